/* document.h: what a page says, before anyone decides how it looks: sections, fields, fees, a QR.
 *
 * A document is built once, block by block, in reading order, and is then only read: it may be
 * handed to another thread as soon as nobody adds to it any more. Every text is plain text: markup
 * characters are printed as they are. The same document is drawn on every paper (layout.h). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JnDocumentKind: what the paper is; decides its headline style and nothing else.
 */
typedef enum
{
  JN_DOCUMENT_TICKET,              /* the queue's slip: its number is the page */
  JN_DOCUMENT_RECEIPT,             /* acceptance receipt of a whole visit, with the sealed QR */
  JN_DOCUMENT_NOTICE,              /* one-time notice of what is missing */
  JN_DOCUMENT_NOTICE_NOT_ACCEPTED, /* not accepted, with the reasons and the remedy */
  JN_DOCUMENT_DELIVERY,            /* delivery receipt of a result handed over */
  JN_DOCUMENT_APPLICATION,         /* application form to sign; model and version on it */
  JN_DOCUMENT_HAND_OVER,           /* hand-over slip to a department, or between clerks */
  JN_DOCUMENT_CASH_REPORT,         /* day and cash report */
  JN_DOCUMENT_TEST,                /* a printer's test page */
} JnDocumentKind;

/**
 * JnWords:
 * @first: the text in the document's first language
 * @second: (nullable): the same in its second language, %NULL where the document has one only, or
 *          where the text needs no translation (a name, a number)
 *
 * One text in the document's languages. Borrowed by every call below, and copied there.
 */
typedef struct
{
  const char *first;
  const char *second;
} JnWords;

static inline JnWords
jn_words (const char *first, const char *second)
{
  JnWords words = { first, second };
  return words;
}

typedef enum
{
  JN_PARAGRAPH_NORMAL,
  JN_PARAGRAPH_SMALL,     /* legal notes, foot of the page */
  JN_PARAGRAPH_IMPORTANT, /* bold, in a frame: what the citizen must not overlook */
} JnParagraphStyle;

typedef enum
{
  JN_ITEM_BULLET,
  JN_ITEM_TO_BRING, /* an empty box */
  JN_ITEM_DONE,     /* a ticked box */
} JnItemMark;

typedef enum
{
  JN_ALIGN_START,
  JN_ALIGN_CENTRE,
  JN_ALIGN_END, /* amounts and counts: figures stand below each other */
} JnAlign;

/**
 * JnColumn:
 * @header: (nullable in @header.first): the column's head; a table without any has no head row
 * @align: how its cells stand
 * @grow: TRUE for the columns that take the width which is left (names), FALSE for those that are
 * as wide as their widest cell (amounts, numbers)
 */
typedef struct
{
  JnWords header;
  JnAlign align;
  gboolean grow;
} JnColumn;

typedef struct _JnDocument JnDocument;

#define JN_TYPE_DOCUMENT (jn_document_get_type ())
GType jn_document_get_type (void);

/**
 * jn_document_new:
 * @language: "zh-Hant", "pt" or "en": the citizen's language, printed first
 * @second_language: (nullable): the other one of the pair, printed below or beside it, smaller
 *
 * Returns: (transfer full): an empty document
 */
JnDocument *
jn_document_new (JnDocumentKind kind, const char *language, const char *second_language);
JnDocument *jn_document_ref (JnDocument *document); /* thread-safe */
void jn_document_unref (JnDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnDocument, jn_document_unref)

JnDocumentKind jn_document_get_kind (const JnDocument *document);
const char *jn_document_get_language (const JnDocument *document);
const char *jn_document_get_second_language (const JnDocument *document); /* (nullable) */

/**
 * jn_document_set_copy:
 * @copy: 0 for the first print; from 1, "COPY @copy" (副本, CÓPIA) stands beside the title
 */
void jn_document_set_copy (JnDocument *document, guint copy);
guint jn_document_get_copy (const JnDocument *document);

/**
 * jn_document_set_model:
 * @model: the model's code, its version and approval, e.g. "DSI-RIC-01 · v3 · 2026-11-01"
 *
 * Printed small at the foot of every page (Administrative Procedure Code: model forms carry a
 * version and an approval reference).
 */
void jn_document_set_model (JnDocument *document, const char *model);

/* -- the blocks, in reading order ------------------------------------------------------------- */

/**
 * jn_document_add_masthead:
 * @office: whose paper this is ("Government Services Centre")
 * @place: (nullable in @place.first): branch and counter, below it, smaller
 */
void jn_document_add_masthead (JnDocument *document, JnWords office, JnWords place);
void jn_document_add_title (JnDocument *document, JnWords title);

/**
 * jn_document_add_number:
 * @caption: what it is ("Ticket", "Receipt no.")
 * @number: set large and bold: what is called out, or typed in later
 */
void jn_document_add_number (JnDocument *document, JnWords caption, const char *number);
void jn_document_add_heading (JnDocument *document, JnWords heading);

/**
 * jn_document_add_field: a label and its value; @value.first may be empty, a line to write on is
 * then drawn (application forms filled in by hand).
 */
void jn_document_add_field (JnDocument *document, JnWords label, JnWords value);
void jn_document_add_paragraph (JnDocument *document, JnParagraphStyle style, JnWords text);

/**
 * jn_document_add_item:
 * @text: one item of a list
 * @note: (nullable in @note.first): what to know about it, smaller below ("original and copy")
 */
void jn_document_add_item (JnDocument *document, JnItemMark mark, JnWords text, JnWords note);

/**
 * jn_document_add_table:
 * @columns: (array length=n_columns): at most 8
 *
 * Begins a table; jn_document_add_row() fills it until any other block is added.
 */
void jn_document_add_table (JnDocument *document, const JnColumn *columns, guint n_columns);

/**
 * jn_document_add_row:
 * @cells: as many as the table has columns; a %NULL @first is an empty cell
 * @total: TRUE for the sum: bold, below a rule
 */
void jn_document_add_row (JnDocument *document, const JnWords *cells, gboolean total);
void jn_document_add_rule (JnDocument *document);

/**
 * jn_document_add_qr:
 * @text: what the symbol holds (ASCII; up to about 600 characters fit a 58 mm roll)
 * @caption: (nullable in @caption.first): what it is for, beside or below it
 */
void jn_document_add_qr (JnDocument *document, const char *text, JnWords caption);

/**
 * jn_document_add_signature:
 * @label: who signs here ("Applicant")
 * @name: (nullable): printed below the line
 * @png: (nullable): the signature as drawn on the pad, black on transparent or white
 */
void jn_document_add_signature (JnDocument *document, JnWords label, const char *name, GBytes *png);

/* -- stored as data, so that any terminal can print it again --------------------------------------
 */

/**
 * jn_document_to_json:
 *
 * Returns: (transfer full): the whole document as one JSON object, the same text for the same
 * document; the copy count is left out, it belongs to the print and not to the paper
 */
char *jn_document_to_json (const JnDocument *document);

/**
 * jn_document_new_from_json: the inverse.
 *
 * Returns: (transfer full): the document; %NULL with %JN_PRINT_ERROR_REJECTED when @json is not one
 */
JnDocument *jn_document_new_from_json (const char *json, GError **error);

G_END_DECLS
