/* test-queue.c: two counters, a reception, a kiosk, a board and a supervisor on one backend: what is done
 * on one screen is on the others. */
#include "tests/gui/visit.h"

#include <libpq-fe.h>
#include <locale.h>
#include <string.h>

/* A screen that nobody sits at, on a terminal of its own. */
static JnDeskDriver *
open_standing (const char *role, const char *terminal)
{
  g_autofree char *option = g_strdup_printf ("--%s", role);
  const char *const arguments[] = { option, NULL };
  g_autofree char *path = g_strdup_printf ("%s/%s.conf", g_get_home_dir (), role);
  g_autofree char *settings = g_strdup_printf ("[janela]\nterminal=%s\n", terminal);
  g_autofree char *config = g_strdup_printf ("JANELA_CONFIG=%s", path);
  g_autofree char *dsn = g_strdup_printf ("JANELA_DSN=%s", g_getenv ("JANELA_TEST_DSN"));
  g_autofree char *staff
      = g_strdup_printf ("JANELA_DEMO_STAFF=%s/assets/demo/staff.json", g_getenv ("JANELA_TOP"));
  const char *const environment[] = { config, dsn, staff, NULL };
  JnDeskDriver *driver;

  g_assert_true (g_file_set_contents (path, settings, -1, NULL));
  driver = jn_desk_driver_start (arguments, environment);
  return driver;
}

static void
wait_label (JnDeskDriver *driver, const char *text)
{
  g_autoptr(AtspiAccessible) label = jn_desk_driver_wait (driver, ATSPI_ROLE_INVALID, text);

  g_assert_nonnull (label);
}

static void
press (JnDeskDriver *driver, const char *name)
{
  jn_desk_driver_press (driver, ATSPI_ROLE_PUSH_BUTTON, name);
}

static void
sign_in (VisitPlay *play, const char *login, const char *password, const char *button)
{
  g_autoptr(AtspiAccessible) first = NULL;

  jn_desk_driver_fill (play->desk, "Name", login);
  jn_desk_driver_fill (play->desk, "Password", password);
  press (play->desk, "Sign in");
  first = jn_desk_driver_wait (play->desk, ATSPI_ROLE_PUSH_BUTTON, button);
  g_assert_nonnull (first);
}

/* The number of the ticket that is at that counter, asked of the database's owner. */
static char *
number_at (int counter)
{
  g_autofree char *sql = g_strdup_printf (
      "select number from desk.ticket where counter = %d and state in ('called', 'serving')",
      counter);
  PGconn *line = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));
  PGresult *result = PQexec (line, sql);
  char *number = PQntuples (result) == 1 ? g_strdup (PQgetvalue (result, 0, 0)) : NULL;

  g_assert_cmpstr (PQresultErrorMessage (result), ==, "");
  PQclear (result);
  PQfinish (line);
  g_assert_nonnull (number);
  return number;
}

/* A citizen takes a number by himself. Returns: (transfer full): it */
static char *
take_number (JnDeskDriver *kiosk)
{
  g_autoptr(AtspiAccessible) label = NULL;
  g_autofree char *name = NULL;

  press (kiosk, "English");
  press (kiosk, "Birth of a child");
  press (kiosk, "None of these");
  press (kiosk, "Take the number");
  label = jn_desk_driver_wait (kiosk, ATSPI_ROLE_LABEL, "Your number: *");
  name = atspi_accessible_get_name (label, NULL);
  return g_strdup (name + strlen ("Your number: "));
}

static char *
call (VisitPlay *play, int counter)
{
  g_autoptr(AtspiAccessible) here = NULL;

  press (play->desk, "Call next");
  here = jn_desk_driver_wait (play->desk, ATSPI_ROLE_PUSH_BUTTON, "The person is here");
  g_assert_nonnull (here);
  return number_at (counter);
}

static void
test_hall (void)
{
  JnDeskDriver *board = open_standing ("board", "T91");
  JnDeskDriver *kiosk = open_standing ("kiosk", "T92");
  VisitPlay reception, seven, eight, hall;
  g_autofree char *number = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  visit_open (&reception, 0, "en", NULL);
  sign_in (&reception, "reception", "lotus-front", "Reception (you are here)");
  number = take_number (kiosk);
  wait_label (reception.desk, number); /* the kiosk's number is at reception */

  visit_open (&seven, 7, "en", NULL);
  sign_in (&seven, "kaian", "lotus-seven", "Call next");
  visit_open (&eight, 8, "en", NULL);
  sign_in (&eight, "joao", "lotus-eight", "Call next");
  first = call (&seven, 7);
  wait_label (board, first); /* … and what a counter calls is on the board */
  second = call (&eight, 8);
  g_assert_cmpstr (first, !=, second);
  wait_label (board, second);

  visit_open (&hall, 0, "en", NULL);
  sign_in (&hall, "waiman", "lotus-super", "Hall");
  press (hall.desk, "Hall");
  wait_label (hall.desk, first); /* at counter 7 */
  press (seven.desk, "The person is here");
  wait_label (hall.desk, "serving");

  press (hall.desk, "Emergency");
  press (hall.desk, "Begin the emergency");
  wait_label (board, "Leave the building now.");
  wait_label (kiosk, "Leave the building now.");
  wait_label (eight.desk, "Emergency*");

  visit_close (&hall);
  visit_close (&eight);
  visit_close (&seven);
  visit_close (&reception);
  jn_desk_driver_stop (kiosk);
  jn_desk_driver_stop (board);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gui/queue/one-hall", test_hall);
  return g_test_run ();
}
