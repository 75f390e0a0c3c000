/* test-slip.c: the slip of a ticket or an appointment is a print like any other, on a real cupsd; taken back where nobody stands by. */
#include "app/dict.h"
#include "app/slip.h"

#include "tests/app/desk.h"
#include "tests/printing/cups-server.h"

#define ROLL(use) "[use]\n" use "=roll\n[printer roll]\nqueue=pos\nkind=escpos\npaper=roll-80\n"

typedef struct
{
  CupsServer *cups;
  Desk *desk;
  JnSettings *settings;
  JnSession *session;
  JnPrints *prints;
  JnTicket *ticket;
} Place;

static void
sign_in (JnSession *session)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_session_sign_in_async (session, "kaian", "lotus-seven", NULL, 0, NULL, jn_awaited_cb, &result);
  g_assert_true (jn_session_sign_in_finish (session, jn_await (&result), NULL));
}

static void
set_up (Place *place, gconstpointer printers)
{
  g_autofree char *text = NULL;

  place->cups = cups_server_new ("abort-job");
  place->desk = desk_new ();
  text = g_strdup_printf ("[janela]\nprint-server=%s\n%s", cups_server_get_socket (place->cups),
                          printers != NULL ? (const char *)printers : "");
  place->settings = jn_settings_new_from_data (text, 7, NULL);
  place->session = jn_session_new (JN_BACKEND (place->desk->fake), place->settings);
  jn_fake_backend_always (place->desk->fake, "print_begin", jn_dict_new ("copy", "i", 0, NULL));
  jn_fake_backend_always (place->desk->fake, "print_end", jn_dict_new (NULL, NULL));
  sign_in (place->session);
  place->prints = jn_prints_new (place->session);
  jn_print_service_set_timing (jn_prints_get_service (place->prints), 1500, 600, 20);
  place->ticket
      = jn_ticket_new (desk_make_ticket ("A034", "waiting", NULL, "dsi-personal-data-cert"));
}

static void
tear_down (Place *place, gconstpointer printers)
{
  g_object_unref (place->ticket);
  jn_await_finalized (place->prints);
  g_object_unref (place->session);
  g_object_unref (place->settings);
  desk_free (place->desk);
  cups_server_free (place->cups);
}

static gboolean
is_over (gpointer print)
{
  return !jn_print_is_busy (print);
}

static const char *
last_arg (Place *place, const char *command, const char *key)
{
  return jn_dict_string (jn_fake_backend_last_args (place->desk->fake, command), key);
}

/* Without a printer it fails at once, with the reason. */
static void
test_no_printer (Place *place, gconstpointer printers)
{
  JnPrint *print;

  g_assert_false (jn_slip_has_printer (place->session));
  print = jn_slip_print (place->prints, place->session, place->ticket, NULL);
  g_assert_cmpint (jn_print_get_step (print), ==, JN_PRINT_STEP_FAILED);
  g_assert_error (jn_print_get_error (print), JN_BACKEND_ERROR, JN_BACKEND_ERROR_NOT_FOUND);
}

static void
test_comes_out (Place *place, gconstpointer printers)
{
  JnTicketLine line = { 4, 12, 25 };
  g_autoptr (JnPrint) print = NULL;
  g_autoptr (GPtrArray) printed = NULL;

  g_assert_true (jn_slip_has_printer (place->session));
  print = g_object_ref (jn_slip_print (place->prints, place->session, place->ticket, &line));
  wait_until (is_over, print);
  g_assert_cmpint (jn_print_get_step (print), ==, JN_PRINT_STEP_PRINTED);
  printed = cups_server_get_printed (place->cups);
  g_assert_cmpuint (printed->len, ==, 1);
  g_assert_cmpstr (last_arg (place, "print_begin", "kind"), ==, "ticket");
  g_assert_cmpstr (last_arg (place, "print_begin", "title"), ==, "A034");
  g_assert_cmpstr (last_arg (place, "print_begin", "subject"), ==,
                   jn_ticket_get_id (place->ticket));
  g_assert_cmpstr (last_arg (place, "print_end", "outcome"), ==, "printed");
}

static void
test_appointment (Place *place, gconstpointer printers)
{
  g_autoptr (GVariant) answer = g_variant_ref_sink (
      jn_dict_new ("id", "s", "0190aaaa-0000-7000-8000-000000000001", "code", "s", "K7QM-2XFP",
                   "at", "s", "2026-11-26T10:30:00+08:00", "language", "s", "pt", "event", "s",
                   "birth", "state", "s", "booked", NULL));
  g_autoptr (JnAppointment) appointment = jn_appointment_new (answer);
  g_autoptr (JnPrint) print = g_object_ref (
      jn_slip_print_appointment (place->prints, place->session, appointment));

  wait_until (is_over, print);
  g_assert_cmpint (jn_print_get_step (print), ==, JN_PRINT_STEP_PRINTED);
  g_assert_cmpstr (last_arg (place, "print_begin", "kind"), ==, "appointment");
  g_assert_cmpstr (last_arg (place, "print_begin", "title"), ==, "K7QM-2XFP");
  g_assert_cmpstr (last_arg (place, "print_begin", "subject"), ==, appointment->id);
}

/* No paper: a citizen who is gone shall not leave his slip to the next one. */
static void
test_taken_back (Place *place, gconstpointer printers)
{
  g_autoptr (JnPrint) print = NULL;
  g_autoptr (GPtrArray) printed = NULL;

  cups_server_set_fault (place->cups, "state=media-empty-error\n");
  print = g_object_ref (
      jn_slip_print_unattended (place->prints, place->session, place->ticket, NULL));
  wait_until (is_over, print);
  g_assert_cmpint (jn_print_get_step (print), !=, JN_PRINT_STEP_PRINTED);
  cups_server_set_fault (place->cups, NULL);
  printed = cups_server_get_printed (place->cups);
  g_assert_cmpuint (printed->len, ==, 0);
  g_assert_cmpstr (last_arg (place, "print_end", "reason"), ==, "media-empty");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/slip/no-printer", Place, NULL, set_up, test_no_printer, tear_down);
  g_test_add ("/app/slip/comes-out", Place, ROLL ("ticket"), set_up, test_comes_out, tear_down);
  g_test_add ("/app/slip/on-the-receipt-printer", Place, ROLL ("receipt"), set_up, test_comes_out,
              tear_down);
  g_test_add ("/app/slip/appointment", Place, ROLL ("ticket"), set_up, test_appointment, tear_down);
  g_test_add ("/app/slip/taken-back", Place, ROLL ("ticket"), set_up, test_taken_back, tear_down);
  return g_test_run ();
}
