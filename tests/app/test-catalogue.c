/* test-catalogue.c: finding a service by what people type; forms kept on the terminal. */
#include <glib/gstdio.h>
#include "app/appointments.h"
#include "app/dict.h"
#include "app/search.h"
#include "tests/app/desk.h"

static const char *
best (JnCatalogue *catalogue, const char *text)
{
  g_autoptr (GPtrArray) matches = jn_catalogue_search (catalogue, text, 0);
  const JnMatch *match = matches->len > 0 ? matches->pdata[0] : NULL;

  if (match == NULL)
    return NULL;
  return match->service != NULL ? jn_service_entry_get_code (match->service)
                                : jn_event_entry_get_code (match->event);
}

static void
test_search (void)
{
  g_autoptr (Desk) desk = desk_new ();
  JnCatalogue *catalogue = jn_session_get_catalogue (desk->session);
  g_autoptr (GPtrArray) none = jn_catalogue_search (catalogue, "  ", 0);
  g_autoptr (GPtrArray) all = jn_catalogue_search (catalogue, "dsi", 2);

  g_assert_cmpstr (best (catalogue, "birth allowance"), ==, "fss-birth-allowance");
  g_assert_cmpstr (best (catalogue, "出生津貼"), ==, "fss-birth-allowance");
  g_assert_cmpstr (best (catalogue, "津貼"), ==, "fss-birth-allowance");
  g_assert_cmpstr (best (catalogue, "SUBSIDIO nascimento"), ==, "fss-birth-allowance");
  g_assert_cmpstr (best (catalogue, "certifcate personal"), ==, "dsi-personal-data-cert");
  g_assert_cmpstr (best (catalogue, "dsi-bir-first"), ==, "dsi-bir-first");
  g_assert_cmpstr (best (catalogue, "social security"), ==, "fss-birth-allowance");
  g_assert_null (best (catalogue, "birth zebra")); /* every word must be found */
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (all->len, ==, 2);
}

/* What is taken often at this counter stands first where the words fit equally well. */
static void
test_use (void)
{
  g_autoptr (Desk) desk = desk_new ();
  JnCatalogue *catalogue = jn_session_get_catalogue (desk->session);

  for (guint i = 0; i < 5; i++)
    jn_catalogue_note_use (catalogue, "dsi-passport-child");
  g_assert_cmpstr (best (catalogue, "dsi"), ==, "dsi-passport-child");
}

/* The counts are kept for the next day; the last one too, which came while others were being written. */
static void
test_use_kept (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "uses.conf", NULL);
  g_autoptr (GKeyFile) kept = g_key_file_new ();
  JnCatalogue *catalogue = jn_catalogue_new (JN_BACKEND (desk->fake), g_get_tmp_dir ());
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    jn_catalogue_note_use (catalogue, "dsi-passport-child");
  jn_await_finalized (catalogue);
  g_key_file_load_from_file (kept, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_key_file_get_integer (kept, "uses", "dsi-passport-child", NULL), ==, 5);
}

static void
test_fold (void)
{
  g_autofree char *accents = jn_search_fold ("  Ｃarta de CONDUÇÃO! ");
  const char *texts[] = { "certificado de dados", NULL };

  g_assert_cmpstr (accents, ==, "carta de conducao");
  g_assert_cmpfloat (jn_search_score ("certificado", texts), ==, 1.0);
  g_assert_cmpfloat (jn_search_score ("certif", texts), ==, 0.8);
  g_assert_cmpfloat (jn_search_score ("certifcado", texts), ==, 0.4);  /* one letter missing */
  g_assert_cmpfloat (jn_search_score ("certfiicado", texts), ==, 0.4); /* two exchanged */
  g_assert_cmpfloat (jn_search_score ("certxxicado", texts), ==, 0.0);
}

static JnForm *
load (JnCatalogue *catalogue, const char *service, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_catalogue_load_form_async (catalogue, service, NULL, jn_awaited_cb, &result);
  return jn_catalogue_load_form_finish (catalogue, jn_await (&result), error);
}

/* Fetched once; then also without a line; and one that was changed on disk is not used. */
static void
test_kept_forms (void)
{
  g_autoptr (Desk) desk = desk_new ();
  JnCatalogue *catalogue = jn_session_get_catalogue (desk->session);
  const char *hash
      = jn_service_entry_get_hash (jn_catalogue_get_service (catalogue, "dsi-bir-first"));
  g_autofree char *path
      = g_build_filename (jn_settings_get_state_folder (desk->settings), "forms", hash, NULL);
  g_autoptr (JnForm) form = load (catalogue, "dsi-bir-first", NULL);
  g_autoptr (JnCatalogue) other = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (JnForm) kept = NULL;
  g_autoptr (JnCatalogue) third = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (jn_form_get_id (form), ==, "dsi-bir-first");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  other = jn_catalogue_new (JN_BACKEND (desk->fake), jn_settings_get_state_folder (desk->settings));
  jn_catalogue_load_async (other, NULL, jn_awaited_cb, &loaded);
  jn_await (&loaded);
  jn_fake_backend_cut_line (desk->fake, TRUE);
  kept = load (other, "dsi-bir-first", NULL);
  g_assert_nonnull (kept);
  jn_fake_backend_cut_line (desk->fake, FALSE);
  third = jn_catalogue_new (JN_BACKEND (desk->fake), jn_settings_get_state_folder (desk->settings));
  jn_catalogue_load_async (third, NULL, jn_awaited_cb, &again);
  jn_await (&again);
  g_assert_true (g_file_set_contents (path, "<changed/>", -1, NULL));
  jn_fake_backend_cut_line (desk->fake, TRUE);
  g_assert_null (load (third, "dsi-bir-first", &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
  jn_fake_backend_cut_line (desk->fake, FALSE);
}

static void
test_unknown (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (load (jn_session_get_catalogue (desk->session), "no-such-service", &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_NOT_FOUND);
}

static void
counted_cb (GObject *object, guint *count)
{
  (*count)++;
}

static gboolean
is_told (gpointer count)
{
  return *(guint *)count > 0;
}

/* What was published or booked while the line was down is looked for when it is back. */
static void
test_moved (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnAppointments) appointments = jn_appointments_new (desk->session);
  JnCatalogue *catalogue = jn_session_get_catalogue (desk->session);
  guint n_catalogues = 0;
  guint n_appointments = 0;

  g_signal_connect (catalogue, "changed", G_CALLBACK (counted_cb), &n_catalogues);
  g_signal_connect (appointments, "changed", G_CALLBACK (counted_cb), &n_appointments);
  jn_fake_backend_always (desk->fake, "catalogue", jn_dict_new ("version", "s", "2", NULL));
  jn_backend_moved (JN_BACKEND (desk->fake));
  jn_await_until (is_told, &n_catalogues);
  g_assert_null (jn_catalogue_get_service (catalogue, "dsi-bir-first"));
  g_assert_cmpuint (n_appointments, ==, 1);
}

/* A line that comes and goes for weeks, and a catalogue that stays what it is. */
static void
test_moved_often (void)
{
  g_autoptr (Desk) desk = desk_new ();
  JnCatalogue *catalogue = jn_session_get_catalogue (desk->session);
  const JnServiceEntry *entry = jn_catalogue_get_service (catalogue, "dsi-bir-first");
  guint asked = jn_fake_backend_count_calls (desk->fake, "catalogue");
  guint n_catalogues = 0;

  g_signal_connect (catalogue, "changed", G_CALLBACK (counted_cb), &n_catalogues);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      jn_catalogue_load_async (catalogue, NULL, jn_awaited_cb, &result);
      g_assert_true (jn_catalogue_load_finish (catalogue, jn_await (&result), NULL));
    }
  g_assert_cmpuint (jn_fake_backend_count_calls (desk->fake, "catalogue"), ==, asked + 3);
  g_assert_cmpuint (n_catalogues, ==, 0);
  g_assert_true (jn_catalogue_get_service (catalogue, "dsi-bir-first") == entry);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/catalogue/search", test_search);
  g_test_add_func ("/app/catalogue/use", test_use);
  g_test_add_func ("/app/catalogue/use-kept", test_use_kept);
  g_test_add_func ("/app/catalogue/fold", test_fold);
  g_test_add_func ("/app/catalogue/kept-forms", test_kept_forms);
  g_test_add_func ("/app/catalogue/unknown", test_unknown);
  g_test_add_func ("/app/catalogue/moved", test_moved);
  g_test_add_func ("/app/catalogue/moved-often", test_moved_often);
  return g_test_run ();
}
