/* sheet.h: how every paper of the desk begins: two languages, the office, its fields. For app/papers/ only.
 *
 * A paper is in the citizen's language with the other of the official pair below it: zh + pt, pt + zh,
 * and en + zh for who reads English. */
#pragma once

#include "app/session.h"
#include "printing/document.h"

G_BEGIN_DECLS

/**
 * JnSheet: a document that is being written
 * @session: whose branch, zone and catalogue are meant; borrowed
 * @first: the citizen's language
 * @second: the other one
 * @document: what is written
 */
typedef struct
{
  JnSession *session;
  const char *first;
  const char *second;
  JnDocument *document;
} JnSheet;

/* @language: "zh-Hant", "pt" or "en"; any other is taken for "zh-Hant". The caller gives the document on. */
JnSheet jn_sheet_begin (JnSession *session, JnDocumentKind kind, const char *language, guint copy);

/* The same for who only needs its words: without a document. */
JnSheet jn_sheet_speak (JnSession *session, const char *language);

/* A text of ours in both languages: mark it with N_(). Borrowed for as long as the program runs. */
JnWords jn_sheet_say (const JnSheet *sheet, const char *msgid);
/* Two texts as words; one that is the same in both stands once. Borrows both. */
JnWords jn_sheet_pair (const char *first, const char *second);

/* The branch, and the counter where there is one (0: none) */
void jn_sheet_add_masthead (const JnSheet *sheet, int counter);
/* A label of ours and a value in both languages */
void
jn_sheet_add_field (const JnSheet *sheet, const char *label, const char *first, const char *second);
void jn_sheet_add_time (const JnSheet *sheet, const char *label, gint64 unix_seconds);
/* @day: (nullable) "YYYY-MM-DD": nothing is added without one */
void jn_sheet_add_day (const JnSheet *sheet, const char *label, const char *day);
/* The service's name in both languages; its code where the catalogue does not know it. Borrowed from the catalogue. */
JnWords jn_sheet_name_service (const JnSheet *sheet, const char *service);
/* "DSI"; the code where nobody knows the acronym. Borrowed. */
const char *jn_sheet_get_acronym (const JnSheet *sheet, const char *department);
/* Its name in both languages, or its code. Borrowed. */
JnWords jn_sheet_name_department (const JnSheet *sheet, const char *department);
/* A label of ours and a text that is the same in all languages; nothing is added where it is blank */
void jn_sheet_add_plain (const JnSheet *sheet, const char *label, const char *text);
void jn_sheet_add_heading (const JnSheet *sheet, const char *heading);
void jn_sheet_add_note (const JnSheet *sheet, JnParagraphStyle style, const char *text);
/* A line to sign on; @name and @png may be missing */
void
jn_sheet_add_signature (const JnSheet *sheet, const char *label, const char *name, GBytes *png);

G_END_DECLS
