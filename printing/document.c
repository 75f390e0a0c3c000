/* document.c: a page's content, kept block by block. */
#include "printing/document.h"

#include <string.h>

#include "printing/block.h"

struct _JnDocument
{
  JnDocumentKind kind;
  guint copy;
  const char *language;
  const char *second_language; /* (nullable) */
  const char *model;           /* (nullable) */
  GStringChunk *texts;         /* every text of the document */
  GArray *blocks;              /* of JnBlock */
};

G_DEFINE_BOXED_TYPE (JnDocument, jn_document, jn_document_ref, jn_document_unref)

/* Characters that steer a terminal, a printer or the direction of other people's text have no business
 * on paper; what is not UTF-8 becomes U+FFFD. */
static gboolean
is_printable (gunichar c)
{
  if (c == '\n')
    return TRUE;
  if (c >= 0x202a && c <= 0x202e)
    return FALSE;
  if (c >= 0x2066 && c <= 0x2069)
    return FALSE;
  return !g_unichar_iscntrl (c) && c != 0x2028 && c != 0x2029;
}

static const char *
keep (JnDocument *self, const char *text)
{
  g_autofree char *valid = NULL;
  g_autoptr(GString) clean = NULL;

  if (text == NULL)
    return NULL;
  valid = g_utf8_make_valid (text, -1);
  clean = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_printable (c))
        g_string_append_unichar (clean, c);
      else if (c == '\t')
        g_string_append_c (clean, ' ');
    }
  return g_string_chunk_insert (self->texts, clean->str);
}

static JnWords
keep_words (JnDocument *self, JnWords words)
{
  return jn_words (keep (self, words.first), keep (self, words.second));
}

static void
clear_block (gpointer data)
{
  JnBlock *block = data;

  g_clear_pointer (&block->png, g_bytes_unref);
  g_clear_pointer (&block->columns, g_array_unref);
  g_clear_pointer (&block->rows, g_array_unref);
}

static void
clear_row (gpointer data)
{
  g_free (((JnRow *)data)->cells);
}

static JnBlock *
add (JnDocument *self, JnBlockType type, JnWords head, JnWords body)
{
  JnBlock block = { .type = type };

  block.head = keep_words (self, head);
  block.body = keep_words (self, body);
  g_array_append_val (self->blocks, block);
  return &g_array_index (self->blocks, JnBlock, self->blocks->len - 1);
}

JnDocument *
jn_document_new (JnDocumentKind kind, const char *language, const char *second_language)
{
  JnDocument *self;

  g_return_val_if_fail (language != NULL, NULL);
  self = g_atomic_rc_box_new0 (JnDocument);
  self->kind = kind;
  self->texts = g_string_chunk_new (1024);
  self->language = keep (self, language);
  self->second_language = keep (self, second_language);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (JnBlock));
  g_array_set_clear_func (self->blocks, clear_block);
  return self;
}

JnDocument *
jn_document_ref (JnDocument *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_document (gpointer data)
{
  JnDocument *self = data;

  g_array_unref (self->blocks);
  g_string_chunk_free (self->texts);
}

void
jn_document_unref (JnDocument *self)
{
  g_atomic_rc_box_release_full (self, clear_document);
}

JnDocumentKind
jn_document_get_kind (const JnDocument *self)
{
  return self->kind;
}

const char *
jn_document_get_language (const JnDocument *self)
{
  return self->language;
}

const char *
jn_document_get_second_language (const JnDocument *self)
{
  return self->second_language;
}

void
jn_document_set_copy (JnDocument *self, guint copy)
{
  self->copy = copy;
}

guint
jn_document_get_copy (const JnDocument *self)
{
  return self->copy;
}

void
jn_document_set_model (JnDocument *self, const char *model)
{
  self->model = keep (self, model);
}

const char *
jn_document_get_model (const JnDocument *self)
{
  return self->model;
}

guint
jn_document_get_n_blocks (const JnDocument *self)
{
  return self->blocks->len;
}

const JnBlock *
jn_document_get_block (const JnDocument *self, guint i)
{
  g_return_val_if_fail (i < self->blocks->len, NULL);
  return &g_array_index (self->blocks, JnBlock, i);
}

void
jn_document_add_masthead (JnDocument *self, JnWords office, JnWords place)
{
  add (self, JN_BLOCK_MASTHEAD, office, place);
}

void
jn_document_add_title (JnDocument *self, JnWords title)
{
  add (self, JN_BLOCK_TITLE, title, jn_words (NULL, NULL));
}

void
jn_document_add_number (JnDocument *self, JnWords caption, const char *number)
{
  add (self, JN_BLOCK_NUMBER, caption, jn_words (number, NULL));
}

void
jn_document_add_heading (JnDocument *self, JnWords heading)
{
  add (self, JN_BLOCK_HEADING, heading, jn_words (NULL, NULL));
}

void
jn_document_add_field (JnDocument *self, JnWords label, JnWords value)
{
  add (self, JN_BLOCK_FIELD, label, value);
}

void
jn_document_add_paragraph (JnDocument *self, JnParagraphStyle style, JnWords text)
{
  add (self, JN_BLOCK_PARAGRAPH, text, jn_words (NULL, NULL))->style = style;
}

void
jn_document_add_item (JnDocument *self, JnItemMark mark, JnWords text, JnWords note)
{
  add (self, JN_BLOCK_ITEM, text, note)->style = mark;
}

void
jn_document_add_table (JnDocument *self, const JnColumn *columns, guint n_columns)
{
  JnBlock *block;

  g_return_if_fail (n_columns > 0 && n_columns <= JN_MAX_COLUMNS);
  block = add (self, JN_BLOCK_TABLE, jn_words (NULL, NULL), jn_words (NULL, NULL));
  block->columns = g_array_sized_new (FALSE, FALSE, sizeof (JnColumn), n_columns);
  block->rows = g_array_new (FALSE, FALSE, sizeof (JnRow));
  g_array_set_clear_func (block->rows, clear_row);
  for (guint i = 0; i < n_columns; i++)
    {
      JnColumn column = columns[i];

      column.header = keep_words (self, columns[i].header);
      g_array_append_val (block->columns, column);
    }
}

void
jn_document_add_row (JnDocument *self, const JnWords *cells, gboolean total)
{
  JnRow row = { .total = total };
  JnBlock *block;
  guint n;

  g_return_if_fail (self->blocks->len > 0);
  block = &g_array_index (self->blocks, JnBlock, self->blocks->len - 1);
  g_return_if_fail (block->type == JN_BLOCK_TABLE);
  n = block->columns->len;
  row.cells = g_new (JnWords, n);
  for (guint i = 0; i < n; i++)
    row.cells[i] = keep_words (self, cells[i]);
  g_array_append_val (block->rows, row);
}

void
jn_document_add_rule (JnDocument *self)
{
  add (self, JN_BLOCK_RULE, jn_words (NULL, NULL), jn_words (NULL, NULL));
}

void
jn_document_add_qr (JnDocument *self, const char *text, JnWords caption)
{
  add (self, JN_BLOCK_QR, caption, jn_words (text, NULL));
}

void
jn_document_add_signature (JnDocument *self, JnWords label, const char *name, GBytes *png)
{
  JnBlock *block = add (self, JN_BLOCK_SIGNATURE, label, jn_words (name, NULL));

  if (png != NULL)
    block->png = g_bytes_ref (png);
}
