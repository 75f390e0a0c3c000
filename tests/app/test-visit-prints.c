/* test-visit-prints.c: the notice and the forms of a visit on a real cupsd: what comes out, and what is written down. */
#include "app/visit-prints.h"

#include <string.h>

#include "app/dict.h"
#include "tests/app/birth.h"
#include "tests/printing/cups-server.h"

/* The desk's fake server, and a session of its own whose settings name printers. */
typedef struct
{
  CupsServer *cups;
  Desk *desk;
  Desk own;
  JnPrints *prints;
  JnVisit *visit;
  GPtrArray *begun; /* of GVariant: what print_begin was told */
  guint printed;    /* how many print_end were told so */
} Place;

static GVariant *
begin_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  g_ptr_array_add (((Place *)data)->begun, g_variant_ref (args));
  return jn_dict_new ("copy", "i", 0, NULL);
}

static GVariant *
end_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  g_assert_cmpstr (jn_dict_string (args, "outcome"), ==, "printed");
  ((Place *)data)->printed++;
  return jn_dict_new (NULL, NULL);
}

static void
open_session (Place *place, const char *uses)
{
  /* two rolls, told apart by their widths: the test's print server has one queue */
  g_autofree char *text
      = g_strdup_printf ("[janela]\nprint-server=%s\n[use]\n%s\n"
                         "[printer roll]\nqueue=pos\nkind=escpos\npaper=roll-80\n"
                         "[printer sheet]\nqueue=pos\nkind=escpos\npaper=roll-58\n",
                         cups_server_get_socket (place->cups), uses);
  g_autoptr (GAsyncResult) result = NULL;

  place->own = *place->desk;
  place->own.settings = jn_settings_new_from_data (text, 7, NULL);
  place->own.session = jn_session_new (JN_BACKEND (place->desk->fake), place->own.settings);
  jn_session_sign_in_async (place->own.session, "kaian", "lotus-seven", NULL, 0, NULL,
                            jn_awaited_cb, &result);
  g_assert_true (jn_session_sign_in_finish (place->own.session, jn_await (&result), NULL));
  place->own.queue = jn_queue_new (place->own.session);
}

static void
set_up (Place *place, gconstpointer uses)
{
  place->cups = cups_server_new ("abort-job");
  place->desk = desk_new ();
  place->begun = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  jn_fake_backend_on (place->desk->fake, "print_begin", begin_cb, place);
  jn_fake_backend_on (place->desk->fake, "print_end", end_cb, place);
  open_session (place, uses);
  place->prints = jn_prints_new (place->own.session);
  jn_print_service_set_timing (jn_prints_get_service (place->prints), 3000, 20000, 20);
  place->visit = desk_open_visit (&place->own);
  birth_prepare (place->visit);
}

static void
tear_down (Place *place, gconstpointer uses)
{
  g_clear_object (&place->visit);
  g_clear_object (&place->own.queue);
  jn_await_finalized (place->prints);
  g_object_unref (place->own.session);
  g_object_unref (place->own.settings);
  desk_free (place->desk);
  cups_server_free (place->cups);
  g_ptr_array_unref (place->begun);
}

static void
await_printed (Place *place, guint n)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (place->printed < n && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (place->printed, ==, n);
}

static void
assert_begun (Place *place, guint i, const char *kind, const char *subject, const char *medium)
{
  GVariant *args = place->begun->pdata[i];

  g_assert_cmpstr (jn_dict_string (args, "kind"), ==, kind);
  g_assert_cmpstr (jn_dict_string (args, "subject"), ==, subject);
  g_assert_cmpstr (jn_dict_string (args, "medium"), ==, medium);
  g_assert_cmpstr (jn_dict_string (args, "title"), ==, "B011");
}

/* On the sheet printer where there is one. */
static void
test_notice (Place *place, gconstpointer uses)
{
  gboolean sheet = strstr (uses, "form=") != NULL;

  g_assert_nonnull (jn_visit_print_notice (place->visit, place->prints));
  await_printed (place, 1);
  g_assert_cmpuint (place->begun->len, ==, 1);
  assert_begun (place, 0, "notice", jn_visit_get_id (place->visit), sheet ? "roll58" : "roll80");
}

static const char *
edition (Place *place, guint i)
{
  return jn_dict_string (place->begun->pdata[i], "edition");
}

/* The same again is of the same edition, whenever it is given; what says something else is not. */
static void
test_edition (Place *place, gconstpointer uses)
{
  GListModel *papers = jn_visit_get_papers (place->visit);
  g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, 0);

  jn_visit_print_notice (place->visit, place->prints);
  await_printed (place, 1);
  jn_visit_print_notice (place->visit, place->prints);
  await_printed (place, 2);
  jn_visit_set_paper (place->visit, jn_visit_paper_get_code (paper), JN_PAPER_MISSING, NULL);
  jn_visit_print_notice (place->visit, place->prints);
  await_printed (place, 3);
  g_assert_cmpstr (edition (place, 0), ==, edition (place, 1));
  g_assert_cmpstr (edition (place, 0), !=, edition (place, 2));
}

/* Each reason is a paper of its own; the same again is a copy. */
static void
test_refusal (Place *place, gconstpointer uses)
{
  const JnRefusal one = { "dsi-bir-first", jn_words ("Falta a presença.", NULL),
                          jn_words (NULL, NULL), jn_words (NULL, NULL) };
  const JnRefusal other = { "dsi-bir-first", jn_words ("Outra razão.", NULL),
                            jn_words ("Lei 8/2005", NULL), jn_words (NULL, NULL) };

  jn_visit_print_refusal (place->visit, place->prints, &one);
  await_printed (place, 1);
  jn_visit_print_refusal (place->visit, place->prints, &one);
  await_printed (place, 2);
  jn_visit_print_refusal (place->visit, place->prints, &other);
  await_printed (place, 3);
  assert_begun (place, 0, "not-accepted", jn_visit_get_id (place->visit), "roll80");
  g_assert_cmpstr (edition (place, 0), ==, edition (place, 1));
  g_assert_cmpstr (edition (place, 0), !=, edition (place, 2));
}

/* Each application is a paper of its own, in the order of the visit. */
static void
test_forms (Place *place, gconstpointer uses)
{
  GListModel *applications = jn_visit_get_applications (place->visit);

  g_assert_cmpuint (jn_visit_print_forms (place->visit, place->prints), ==, 3);
  await_printed (place, 3);
  g_assert_cmpuint (place->begun->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);

      assert_begun (place, i, "application", jn_application_get_id (application), "roll58");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/visit-prints/notice/sheet", Place, "receipt=roll\nform=sheet", set_up,
              test_notice, tear_down);
  g_test_add ("/app/visit-prints/notice/roll", Place, "receipt=roll", set_up, test_notice,
              tear_down);
  g_test_add ("/app/visit-prints/edition", Place, "receipt=roll", set_up, test_edition, tear_down);
  g_test_add ("/app/visit-prints/refusal", Place, "receipt=roll", set_up, test_refusal, tear_down);
  g_test_add ("/app/visit-prints/forms", Place, "receipt=roll\nform=sheet", set_up, test_forms,
              tear_down);
  return g_test_run ();
}
