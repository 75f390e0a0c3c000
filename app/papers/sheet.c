/* sheet.c: how every paper of the desk begins: two languages, the office, its fields. */
#include "app/papers/sheet.h"

#include <glib/gi18n.h>
#include "app/catalogue.h"
#include "app/text.h"

static const char *
known_language (const char *language)
{
  if (g_strcmp0 (language, "pt") == 0)
    return "pt";
  return g_strcmp0 (language, "en") == 0 ? "en" : "zh-Hant";
}

JnSheet
jn_sheet_speak (JnSession *session, const char *language)
{
  const char *first = known_language (language);
  const char *second = g_str_equal (first, "zh-Hant") ? "pt" : "zh-Hant";

  return (JnSheet){ session, first, second, NULL };
}

JnSheet
jn_sheet_begin (JnSession *session, JnDocumentKind kind, const char *language, guint copy)
{
  JnSheet sheet = jn_sheet_speak (session, language);

  sheet.document = jn_document_new (kind, sheet.first, sheet.second);
  jn_document_set_copy (sheet.document, copy);
  return sheet;
}

JnWords
jn_sheet_say (const JnSheet *sheet, const char *msgid)
{
  return jn_sheet_pair (jn_text (sheet->first, msgid), jn_text (sheet->second, msgid));
}

JnWords
jn_sheet_pair (const char *first, const char *second)
{
  return jn_words (first, g_strcmp0 (first, second) == 0 ? NULL : second);
}

static char *
dup_place (const char *language, int counter)
{
  /* TRANSLATORS: the number of a service counter, on a receipt */
  return g_strdup_printf (jn_text (language, "Counter %d"), counter);
}

void
jn_sheet_add_masthead (const JnSheet *sheet, int counter)
{
  g_autofree char *branch = jn_session_get_branch_name (sheet->session, sheet->first);
  g_autofree char *branch_second = jn_session_get_branch_name (sheet->session, sheet->second);
  g_autofree char *place = dup_place (sheet->first, counter);
  g_autofree char *place_second = dup_place (sheet->second, counter);

  jn_document_add_masthead (sheet->document, jn_sheet_pair (branch, branch_second),
                            counter > 0 ? jn_sheet_pair (place, place_second)
                                        : jn_words (NULL, NULL));
}

void
jn_sheet_add_field (const JnSheet *sheet, const char *label, const char *first, const char *second)
{
  jn_document_add_field (sheet->document, jn_sheet_say (sheet, label),
                         jn_sheet_pair (first, second));
}

void
jn_sheet_add_time (const JnSheet *sheet, const char *label, gint64 unix_seconds)
{
  GTimeZone *zone = jn_session_get_zone (sheet->session);
  g_autofree char *first = jn_text_format_time (sheet->first, unix_seconds, zone);
  g_autofree char *second = jn_text_format_time (sheet->second, unix_seconds, zone);

  jn_sheet_add_field (sheet, label, first, second);
}

void
jn_sheet_add_day (const JnSheet *sheet, const char *label, const char *day)
{
  g_autofree char *first = jn_text_format_date (sheet->first, day);
  g_autofree char *second = jn_text_format_date (sheet->second, day);

  if (day != NULL)
    jn_sheet_add_field (sheet, label, first, second);
}

JnWords
jn_sheet_name_service (const JnSheet *sheet, const char *service)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (sheet->session);
  const JnServiceEntry *entry
      = catalogue != NULL ? jn_catalogue_get_service (catalogue, service) : NULL;

  if (entry == NULL)
    return jn_words (service, NULL);
  return jn_sheet_pair (jn_service_entry_get_name (entry, sheet->first),
                        jn_service_entry_get_name (entry, sheet->second));
}

const char *
jn_sheet_get_acronym (const JnSheet *sheet, const char *department)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (sheet->session);
  const char *acronym = catalogue != NULL ? jn_catalogue_get_acronym (catalogue, department) : NULL;

  return acronym != NULL ? acronym : department;
}

JnWords
jn_sheet_name_department (const JnSheet *sheet, const char *department)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (sheet->session);
  const char *first = catalogue != NULL
                          ? jn_catalogue_get_department_name (catalogue, department, sheet->first)
                          : NULL;

  if (first == NULL)
    return jn_words (department, NULL);
  return jn_sheet_pair (first,
                        jn_catalogue_get_department_name (catalogue, department, sheet->second));
}

void
jn_sheet_add_plain (const JnSheet *sheet, const char *label, const char *text)
{
  if (text != NULL && *text != '\0')
    jn_sheet_add_field (sheet, label, text, NULL);
}

void
jn_sheet_add_heading (const JnSheet *sheet, const char *heading)
{
  jn_document_add_heading (sheet->document, jn_sheet_say (sheet, heading));
}

void
jn_sheet_add_note (const JnSheet *sheet, JnParagraphStyle style, const char *text)
{
  jn_document_add_paragraph (sheet->document, style, jn_sheet_say (sheet, text));
}

void
jn_sheet_add_signature (const JnSheet *sheet, const char *label, const char *name, GBytes *png)
{
  jn_document_add_signature (sheet->document, jn_sheet_say (sheet, label), name, png);
}
