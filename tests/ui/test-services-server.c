/* test-services-server.c: services within the visit on a real server: the window, the ticket, its events and the visit agree. */
#include "tests/app/birth.h"
#include "tests/ui/print-place.h"
#include "ui/ask.h"

#define CERT "dsi-personal-data-cert"
#define ACCOUNT "/data/mother/bank_account"

/* B011 at the desk, its forms begun, an answer typed. */
static void
open_visit (PrintPlace *place)
{
  JnWindow *window;

  print_place_open (place, "kaian", "lotus-seven", PRINT_PLACE_ROLL);
  window = place->window;
  screen_wait_text (window, "Next for this counter");
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Called to your counter");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
  birth_identify (jn_window_get_visit (window));
  screen_settle ();
  screen_press (window, GDK_KEY_2, GDK_MOD1_MASK);
  screen_wait_place (window, JN_PLACE_EVENT);
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_FORMS);
}

typedef struct
{
  PrintPlace *place;
  const char *wanted;
} Wanted;

/* Services of the ticket, of the visit, and the steps so far. */
static gboolean
says (gpointer data)
{
  Wanted *wanted = data;
  g_autofree char *now = sql_value (
      wanted->place->owner,
      "select array_to_string (t.services, ' ') || ' | ' ||"
      " array_to_string (array (select unnest (v.services) order by 1), ' ') || ' | ' ||"
      " coalesce ((select string_agg (e.what || coalesce (' ' || e.reason, ''), ', ' order by e.id)"
      " from desk.event e where e.subject = t.id and (e.what like 'service-%%' or e.what = "
      "'undone')), '')"
      " from desk.ticket t join desk.visit v on v.id = t.visit"
      " where t.branch = '07' and t.number = 'B011' order by t.leg desc limit 1");

  return g_strcmp0 (now, wanted->wanted) == 0;
}

static void
wait_record (PrintPlace *place, const char *text)
{
  Wanted wanted = { place, text };

  screen_wait (says, &wanted, text);
}

static gboolean
has_allowance (gpointer window)
{
  return jn_visit_get_application (jn_window_get_visit (window), FSS) != NULL;
}

static void
test_services (void)
{
  PrintPlace place = { 0 };
  g_autofree char *account = NULL;
  GtkWidget *search;

  open_visit (&place);
  screen_press (place.window, GDK_KEY_F8, GDK_SHIFT_MASK);
  search = screen_need (place.window, GTK_TYPE_ENTRY, "Add a service");
  gtk_entry_set_text (GTK_ENTRY (search), CERT);
  screen_press (place.window, GDK_KEY_Return, 0);
  wait_record (&place,
               REG " " BIR " " CERT " " FSS " | " REG " " BIR " " CERT " " FSS " | service-added");
  screen_wait_text (place.window, "B011: a service was added.");
  screen_press (place.window, GDK_KEY_z, GDK_CONTROL_MASK);
  wait_record (&place, REG " " BIR " " FSS " | " REG " " BIR " " FSS " | service-added, undone");
  desk_set (jn_window_get_visit (place.window), FSS, ACCOUNT, "0123456789");
  screen_press_button (place.window, "Remove: Birth allowance");
  screen_press_button (
      screen_need (place.window, JN_TYPE_ASK, "Not wanted any more: Birth allowance"), "Remove");
  wait_record (&place, REG " " BIR " | " REG " " BIR
                           " | service-added, undone, service-dropped not-wanted");
  screen_wait_text (place.window, "B011: a service was removed.");
  g_assert_null (jn_visit_get_application (jn_window_get_visit (place.window), FSS));
  screen_press (place.window, GDK_KEY_z, GDK_CONTROL_MASK);
  wait_record (&place, REG " " BIR " " FSS " | " REG " " BIR " " FSS
                           " | service-added, undone, service-dropped not-wanted, undone");
  screen_wait (has_allowance, place.window, "the form is back");
  account = desk_get (jn_window_get_visit (place.window), FSS, ACCOUNT);
  g_assert_cmpstr (account, ==, "0123456789"); /* with what was typed */
  print_place_close (&place);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  g_test_add_func ("/ui/services-server/agree", test_services);
  return g_test_run ();
}
