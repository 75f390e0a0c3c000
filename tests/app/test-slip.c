/* test-slip.c: the slip of a ticket and of an appointment on a real cupsd; none where there is no printer. */
#include "app/slip.h"

#include "app/dict.h"
#include "tests/app/desk.h"
#include "tests/printing/cups-server.h"

static JnTicket *
make_ticket (void)
{
  return jn_ticket_new (desk_make_ticket ("A034", "waiting", NULL, "dsi-personal-data-cert"));
}

static JnAppointment *
make_appointment (void)
{
  g_autoptr (GVariant) answer = g_variant_ref_sink (
      jn_dict_new ("code", "s", "K7QM-2XFP", "at", "s", "2026-11-26T10:30:00+08:00", "language",
                   "s", "pt", "event", "s", "birth", "state", "s", "booked", NULL));

  return jn_appointment_new (answer);
}

static void
test_no_printer (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnPrintService) printing = jn_print_service_new ("/nowhere/cups.sock");
  g_autoptr (JnTicket) ticket = make_ticket ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (jn_slip_has_printer (desk->session));
  jn_slip_print_async (desk->session, printing, ticket, NULL, 0, NULL, jn_awaited_cb, &result);
  g_assert_false (jn_slip_print_finish (desk->session, jn_await (&result), &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_NOT_FOUND);
  g_assert_cmpstr (jn_backend_error_get_code (error), ==, "printer");
}

static void
sign_in (JnSession *session)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_session_sign_in_async (session, "kaian", "lotus-seven", NULL, 0, NULL, jn_awaited_cb, &result);
  g_assert_true (jn_session_sign_in_finish (session, jn_await (&result), NULL));
}

static void
test_comes_out (void)
{
  g_autoptr (CupsServer) cups = cups_server_new ("abort-job");
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *text = g_strdup_printf (
      "[janela]\nprint-server=%s\n[use]\nticket=roll\n[printer roll]\nqueue=pos\n"
      "kind=escpos\npaper=roll-80\n",
      cups_server_get_socket (cups));
  g_autoptr (JnSettings) settings = jn_settings_new_from_data (text, 7, NULL);
  g_autoptr (JnSession) session = jn_session_new (JN_BACKEND (desk->fake), settings);
  g_autoptr (JnPrintService) printing = jn_print_service_new (cups_server_get_socket (cups));
  g_autoptr (JnTicket) ticket = make_ticket ();
  g_autoptr (JnAppointment) appointment = make_appointment ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) booked = NULL;
  g_autoptr (GPtrArray) printed = NULL;
  g_autoptr (GError) error = NULL;
  JnTicketLine line = { 4, 12, 25 };

  sign_in (session);
  g_assert_true (jn_slip_has_printer (session));
  jn_slip_print_async (session, printing, ticket, &line, 0, NULL, jn_awaited_cb, &result);
  g_assert_true (jn_slip_print_finish (session, jn_await (&result), &error));
  g_assert_no_error (error);
  jn_slip_print_appointment_async (session, printing, appointment, NULL, jn_awaited_cb, &booked);
  g_assert_true (jn_slip_print_finish (session, jn_await (&booked), &error));
  g_assert_no_error (error);
  printed = cups_server_get_printed (cups);
  g_assert_cmpuint (printed->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/slip/no-printer", test_no_printer);
  g_test_add_func ("/app/slip/comes-out", test_comes_out);
  return g_test_run ();
}
