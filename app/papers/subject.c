/* subject.c: what a citizen came for, on a slip. */
#include "app/papers/subject.h"

#include <glib/gi18n.h>
#include "app/catalogue.h"
#include "app/text.h"

#define SERVICES_MOST 4 /* a slip is short */

/* A life event says it in one line. */
static gboolean
add_event (const JnSheet *sheet, const char *code)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (sheet->session);
  const JnEventEntry *entry
      = catalogue != NULL && code != NULL ? jn_catalogue_get_event (catalogue, code) : NULL;

  if (entry == NULL)
    return FALSE;
  /* TRANSLATORS: of a queue's slip: what the citizen came for */
  jn_sheet_add_field (sheet, N_ ("What you came for"),
                                 jn_event_entry_get_name (entry, sheet->first),
                                 jn_event_entry_get_name (entry, sheet->second));
  return TRUE;
}

static char *
describe_rest (const char *language, guint n)
{
  /* TRANSLATORS: of a queue's slip: services that have no line of their own */
  return g_strdup_printf (jn_text_plural (language, "and %u more", "and %u more", n), n);
}

static void
add_rest (const JnSheet *sheet, guint n)
{
  g_autofree char *first = describe_rest (sheet->first, n);
  g_autofree char *second = describe_rest (sheet->second, n);

  if (n > 0)
    jn_document_add_item (sheet->document, JN_ITEM_BULLET, jn_sheet_pair (first, second),
                          jn_words (NULL, NULL));
}

static void
add_services (const JnSheet *sheet, const char *const *services)
{
  guint n = services != NULL ? g_strv_length ((GStrv)services) : 0;
  guint shown = n > SERVICES_MOST ? SERVICES_MOST - 1 : n;

  if (n == 1)
    jn_document_add_field (sheet->document,
                           jn_sheet_say (sheet, N_ ("What you came for")),
                                         jn_sheet_name_service (sheet, services[0]));
  for (guint i = 0; n > 1 && i < shown; i++)
    jn_document_add_item (sheet->document, JN_ITEM_BULLET,
                          jn_sheet_name_service (sheet, services[i]), jn_words (NULL, NULL));
  add_rest (sheet, n - shown);
}

void
jn_sheet_add_subject (const JnSheet *sheet, const char *event, const char *const *services)
{
  if (!add_event (sheet, event))
    add_services (sheet, services);
}
