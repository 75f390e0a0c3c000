/* printers.c: janela-admin printers: the queues of the print server and what is in their way. */
#include "app/admin/admin.h"

#include <stdio.h>

#include "printing/job.h"

#define USAGE "janela-admin printers [--server SOCKET|HOST]"

static const struct
{
  JnPrinterReasons reason;
  const char *word;
} words[] = {
  { JN_PRINTER_REASON_MEDIA_EMPTY, "media-empty" },
  { JN_PRINTER_REASON_MEDIA_JAM, "media-jam" },
  { JN_PRINTER_REASON_MEDIA_LOW, "media-low" },
  { JN_PRINTER_REASON_COVER_OPEN, "cover-open" },
  { JN_PRINTER_REASON_OFFLINE, "offline" },
  { JN_PRINTER_REASON_STOPPED, "stopped" },
  { JN_PRINTER_REASON_NOT_ACCEPTING, "not-accepting" },
  { JN_PRINTER_REASON_REFUSED, "refused" },
  { JN_PRINTER_REASON_SUPPLY, "supply" },
  { JN_PRINTER_REASON_HELD, "held" },
  { JN_PRINTER_REASON_SLOW, "slow" },
  { JN_PRINTER_REASON_OTHER, "other" },
};

static const char *
state_word (JnPrinterState state)
{
  switch (state)
    {
    case JN_PRINTER_IDLE:
      return "idle";
    case JN_PRINTER_PROCESSING:
      return "printing";
    case JN_PRINTER_STOPPED:
      return "stopped";
    }
  return "unknown";
}

static void
print_printer (const JnPrinter *printer)
{
  printf ("%-20s %-9s %3u waiting  %s", printer->queue, state_word (printer->state),
          printer->n_jobs, printer->model != NULL ? printer->model : "");
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (printer->reasons & words[i].reason)
      printf ("  %s", words[i].word);
  putchar ('\n');
}

typedef struct
{
  GMainLoop *loop;
  GPtrArray *printers;
  GError *error;
} Listing;

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listing *listing = user_data;

  listing->printers
      = jn_print_service_list_finish (JN_PRINT_SERVICE (source), result, &listing->error);
  g_main_loop_quit (listing->loop);
}

int
jn_admin_printers (JnAdmin *admin, int argc, char **argv)
{
  g_autofree char *server = NULL;
  const GOptionEntry entries[]
      = { { "server", 0, 0, G_OPTION_ARG_STRING, &server, NULL, NULL }, { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (JnPrintService) service = NULL;
  g_autoptr (GPtrArray) printers = NULL;
  g_autoptr (GError) error = NULL;
  Listing listing = { .loop = loop };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 1)
    return jn_admin_usage (USAGE);
  service = jn_print_service_new (server);
  jn_print_service_list_async (service, NULL, listed_cb, &listing);
  g_main_loop_run (loop);
  printers = listing.printers;
  error = listing.error;
  if (printers == NULL)
    return jn_admin_fail (JN_EXIT_FOUND, "the print server does not answer: %s", error->message);
  if (printers->len == 0)
    printf ("no printer is set up at this print server\n");
  for (guint i = 0; i < printers->len; i++)
    print_printer (g_ptr_array_index (printers, i));
  return JN_EXIT_OK;
}
