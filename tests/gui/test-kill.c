/* test-kill.c: the power goes in the middle of a form: who signs in again finds what was typed. */
#include "tests/gui/visit.h"

#include <libpq-fe.h>
#include <locale.h>

static gboolean
draft_is_kept_cb (JnDeskDriver *desk, gpointer user_data)
{
  PGconn *line = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));
  PGresult *result = PQexec (line, "select from desk.draft where xml like '%SAMPLEZ%'");
  gboolean kept = PQntuples (result) > 0;

  PQclear (result);
  PQfinish (line);
  return kept;
}

static void
test_killed_in_a_form (void)
{
  VisitPlay play;
  g_autofree char *text = NULL;

  visit_open (&play, 7, "en", NULL);
  visit_sign_in (&play, "kaian", "lotus-seven");
  visit_begin_birth (&play);
  jn_desk_driver_answer (play.desk, "/data/child/surname_latin", "SAMPLEZ");
  jn_desk_driver_until (play.desk, draft_is_kept_cb, NULL, "the draft is kept");
  jn_desk_driver_kill (play.desk);
  visit_open (&play, 7, "en", NULL);
  visit_sign_in_to (&play, "kaian", "lotus-seven", "Continue the visit");
  visit_continue (&play);
  text = jn_desk_driver_read (play.desk, "Surname in Latin letters");
  g_assert_cmpstr (text, ==, "SAMPLEZ");
  visit_close (&play);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gui/kill/in-a-form", test_killed_in_a_form);
  return g_test_run ();
}
