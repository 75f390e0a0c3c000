/* test-visit.c: whole visits in the real window, against a real server: what the clerk sees and what is kept. */
#include "tests/gui/visit.h"

#include <libpq-fe.h>
#include <locale.h>

/* One value from the database, asked by its owner. */
static char *
kept (const char *sql)
{
  PGconn *line = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));
  PGresult *result = PQexec (line, sql);
  char *value = PQntuples (result) > 0 ? g_strdup (PQgetvalue (result, 0, 0)) : NULL;

  g_assert_cmpstr (PQresultErrorMessage (result), ==, "");
  PQclear (result);
  PQfinish (line);
  return value;
}

/* The other tickets of the demonstration ask for more than one service. */
static void
put_first (const char *ticket)
{
  g_autofree char *sql = g_strdup_printf (
      "update desk.ticket set due = due - interval '1 day' where number = '%s' returning 1",
      ticket);
  g_autofree char *done = kept (sql);

  g_assert_cmpstr (done, ==, "1");
}

static void
assert_kept (const char *sql, const char *wanted)
{
  g_autofree char *value = kept (sql);

  g_assert_cmpstr (value, ==, wanted);
}

static void
test_whole_visits (void)
{
  VisitPlay play;

  visit_open (&play, 7, "en", NULL);
  visit_sign_in (&play, "kaian", "lotus-seven");
  visit_play_birth (&play);
  assert_kept ("select count(*) from desk.application", "3");
  assert_kept ("select count(*) from desk.receipt", "1");
  put_first ("A032");
  visit_finish (&play);
  visit_play_certificate (&play, "70000012");
  assert_kept ("select count(*) from desk.receipt", "2");
  visit_finish (&play);
  visit_close (&play);
}

static void
test_two_counters (void)
{
  VisitPlay seven, eight;

  visit_open (&seven, 7, "en", NULL);
  visit_open (&eight, 8, "pt", NULL);
  visit_sign_in (&seven, "kaian", "lotus-seven");
  visit_sign_in (&eight, "joao", "lotus-eight");
  visit_call (&seven);
  visit_call (&eight);
  assert_kept ("select count(distinct counter) from desk.ticket where counter is not null", "2");
  visit_close (&seven);
  visit_close (&eight);
}

static void
test_wrong_password (void)
{
  VisitPlay play;
  g_autoptr(AtspiAccessible) words = NULL;

  visit_open (&play, 7, "en", NULL);
  jn_desk_driver_fill (play.desk, "Name", "kaian");
  jn_desk_driver_fill (play.desk, "Password", "lotus");
  jn_desk_driver_key (play.desk, "Return");
  words = jn_desk_driver_wait (play.desk, ATSPI_ROLE_LABEL, "The name or the password is wrong*");
  visit_close (&play);
}

/* For `make demo`: one visit in LANGUAGE, its pages as pictures in FOLDER. */
static int
play_demo (const char *folder, const char *language)
{
  VisitPlay play;

  visit_open (&play, 7, language, folder);
  visit_sign_in (&play, "kaian", "lotus-seven");
  visit_play_birth (&play);
  visit_print_on_sheet (&play);
  visit_finish (&play);
  g_print ("%s: %d pages, %u keys\n", language, play.n_pictures,
           jn_desk_driver_get_keys (play.desk));
  visit_close (&play);
  return 0;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  if (argc == 4 && g_str_equal (argv[1], "--demo"))
    return play_demo (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gui/visit/wrong-password", test_wrong_password);
  g_test_add_func ("/gui/visit/whole", test_whole_visits);
  g_test_add_func ("/gui/visit/two-counters", test_two_counters);
  return g_test_run ();
}
