/* test-spooler.c: what a look at a job leaves behind when the line breaks in the middle of it. */
#include "printing/spooler.h"
#include "tests/printing/cups-server.h"
#include "tests/printing/relay.h"

typedef struct
{
  Relay *relay;
  gint done; /* atomic */
} Talk;

static JnJobStatus
wait_for_message (JnSpooler *spooler, int id)
{
  JnJobStatus status = { 0 };

  do
    {
      g_free (status.message);
      g_assert_true (jn_spooler_look (spooler, "pos", id, "attempt-1", &status, NULL));
    }
  while (status.message == NULL || *status.message == '\0');
  return status;
}

/* In a thread of its own: the relay takes calls on the main loop. */
static gpointer
look_twice (gpointer data)
{
  Talk *talk = data;
  g_autoptr(JnSpooler) spooler = jn_spooler_new (relay_get_socket (talk->relay));
  g_autoptr(JnPrinterProfile) profile
             = jn_printer_profile_new ("pos", JN_PRINTER_ESCPOS, JN_PAPER_ROLL_80);
  g_autoptr(GBytes) bytes = g_bytes_new_static ("paper", 5);
  g_autoptr(GError) error = NULL;
  JnJobStatus status;
  int id = jn_spooler_print (spooler, profile, "attempt-1", bytes, &error);

  g_assert_no_error (error);
  status = wait_for_message (spooler, id);
  g_free (status.message);
  relay_set_mode (talk->relay, RELAY_CUT_PRINTER);
  g_assert_false (jn_spooler_look (spooler, "pos", id, "attempt-1", &status, &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE);
  g_assert_null (status.message);
  g_atomic_int_set (&talk->done, TRUE);
  return NULL;
}

static gboolean
is_done (gpointer data)
{
  return g_atomic_int_get (&((Talk *)data)->done);
}

/* The job is told of, its printer is not: nothing is left for the caller to free. */
static void
test_half_a_look (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(Relay) relay = relay_new (cups_server_get_socket (server));
  Talk talk = { .relay = relay };
  GThread *thread;

  cups_server_set_fault (server, "state=media-empty-error\nmessage=There is no paper.\n");
  thread = g_thread_new ("look", look_twice, &talk);
  wait_until (is_done, &talk);
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/spooler/half-a-look", test_half_a_look);
  return g_test_run ();
}
