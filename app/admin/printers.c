/* printers.c: janela-admin printers: the queues, what each most likely wants, a test page, and a terminal's profiles. */
#include "app/admin/admin.h"

#include <stdio.h>

#include "app/papers/test-document.h"
#include "app/prints.h"
#include "app/uuid.h"
#include "printing/job.h"

#define USAGE                                                                                      \
  "janela-admin printers [--server SOCKET|HOST] [--counter N] list|find|test QUEUE|profile [USE "  \
  "[QUEUE|none]]\n"                                                                                \
  "         [--kind escpos|pwg|pdf] [--paper roll-80|roll-58|a5|a4] [--dots N] [--feed MM] "       \
  "[--no-cut] "                                                                                    \
  "[--drawer]"

typedef struct
{
  char *server;
  int counter;
  char *kind;
  char *paper;
  int dots;
  double feed;
  gboolean no_cut;
  gboolean drawer;
  JnPrintService *service;
} Options;

static void
clear_options (Options *options)
{
  g_free (options->server);
  g_free (options->kind);
  g_free (options->paper);
  g_clear_object (&options->service);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* -- waiting for the print thread ------------------------------------------------------------------------ */

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static GPtrArray *
ask_printers (Options *options, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_print_service_list_async (options->service, NULL, keep_result_cb, &result);
  return jn_print_service_list_finish (options->service, wait_for (&result), error);
}

static const JnPrinter *
find_queue (GPtrArray *printers, const char *queue)
{
  for (guint i = 0; i < printers->len; i++)
    if (g_strcmp0 (((JnPrinter *)printers->pdata[i])->queue, queue) == 0)
      return printers->pdata[i];
  return NULL;
}

/* -- list, find -------------------------------------------------------------------------------------------- */

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
  g_autofree char *reasons = jn_printer_reasons_to_text (printer->reasons);

  printf ("%-20s %-9s %3u waiting  %s%s%s\n", printer->queue, state_word (printer->state),
          printer->n_jobs, printer->model != NULL ? printer->model : "",
          *reasons != '\0' ? "  " : "", reasons);
}

static const char *
kind_word (JnPrinterKind kind)
{
  static const char *const words[] = { "escpos", "pwg", "pdf" };

  return words[kind];
}

static void
print_profile (const JnPrinterProfile *profile)
{
  printf ("%s --kind %s --paper %s", profile->queue, kind_word (profile->kind),
          jn_paper_get_size (profile->paper)->name);
  if (profile->dots != 0)
    printf (" --dots %u", profile->dots);
  if (profile->kind == JN_PRINTER_ESCPOS)
    printf (" --feed %g", profile->feed / JN_DOTS_PER_MM);
  if (profile->kind != JN_PRINTER_PDF && !profile->cut)
    printf (" --no-cut");
  if (profile->drawer)
    printf (" --drawer");
}

static int
list (Options *options, gboolean guess)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) printers = ask_printers (options, &error);

  if (printers == NULL)
    return jn_admin_fail (JN_EXIT_FOUND, "the print server does not answer: %s", error->message);
  if (printers->len == 0)
    printf ("no printer is set up at this print server\n");
  for (guint i = 0; i < printers->len; i++)
    {
      g_autoptr (JnPrinterProfile) profile = jn_printer_guess_profile (printers->pdata[i]);

      if (!guess)
        print_printer (printers->pdata[i]);
      else
        {
          print_profile (profile);
          printf ("  # %s\n", profile->model != NULL ? profile->model : "unknown model");
        }
    }
  return JN_EXIT_OK;
}

/* -- profiles ------------------------------------------------------------------------------------------------ */

/* What the options say over what the queue most likely wants. @printer: (nullable): the server knows none. */
static JnPrinterProfile *
make_profile (const Options *options, const char *queue, const JnPrinter *printer, GError **error)
{
  g_autoptr (JnPrinterProfile) guess
             = printer != NULL
                   ? jn_printer_guess_profile (printer)
                   : jn_printer_profile_new (queue, JN_PRINTER_ESCPOS, JN_PAPER_ROLL_80);
  g_autoptr (GKeyFile) text = g_key_file_new ();

  jn_printer_profile_save (guess, text, "p");
  if (options->kind != NULL)
    g_key_file_set_string (text, "p", "kind", options->kind);
  if (options->paper != NULL)
    g_key_file_set_string (text, "p", "paper", options->paper);
  if (options->dots != 0)
    g_key_file_set_integer (text, "p", "dots", options->dots);
  if (options->feed >= 0)
    g_key_file_set_uint64 (text, "p", "feed", (guint64)(options->feed * JN_DOTS_PER_MM + 0.5));
  if (options->no_cut)
    g_key_file_set_boolean (text, "p", "cut", FALSE);
  g_key_file_set_boolean (text, "p", "drawer", options->drawer);
  return jn_printer_profile_load (text, "p", error);
}

static const char *
fit_words (JnPrinterFit fit)
{
  switch (fit)
    {
    case JN_PRINTER_FITS:
      return "fits";
    case JN_PRINTER_MISSING:
      return "the print server has no such queue";
    case JN_PRINTER_IS_RAW:
      return "the queue is raw: made while its printer was down? Make it again (lpadmin -m "
             "everywhere)";
    case JN_PRINTER_HAS_DRIVER:
      return "the queue has a driver: give pwg or pdf, or make it raw";
    case JN_PRINTER_LACKS_FORMAT:
      return "the printer does not take this kind of document";
    case JN_PRINTER_IS_ANOTHER:
      return "another make and model than when the profile was made";
    }
  return "?";
}

static int
show_profiles (Options *options, JnSettings *settings, const char *only)
{
  g_autofree const char **uses = jn_settings_list_uses (settings);
  g_autoptr (GPtrArray) printers = ask_printers (options, NULL);
  gboolean wrong = FALSE;

  for (guint i = 0; uses[i] != NULL; i++)
    {
      const JnPrinterProfile *profile = jn_settings_get_printer (settings, uses[i]);
      JnPrinterFit fit = JN_PRINTER_FITS;

      if (only != NULL && g_strcmp0 (only, uses[i]) != 0)
        continue;
      printf ("%-10s ", uses[i]);
      print_profile (profile);
      if (printers != NULL)
        fit = jn_printer_compare (find_queue (printers, profile->queue), profile);
      printf ("  # %s\n", printers != NULL ? fit_words (fit) : "the print server does not answer");
      wrong |= printers == NULL || fit != JN_PRINTER_FITS;
    }
  return wrong ? JN_EXIT_FOUND : JN_EXIT_OK;
}

static int
set_profile (Options *options, JnSettings *settings, const char *use, const char *queue)
{
  g_autoptr (GPtrArray) printers = ask_printers (options, NULL);
  const JnPrinter *printer = printers != NULL ? find_queue (printers, queue) : NULL;
  g_autoptr (JnPrinterProfile) profile = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_strv_contains (jn_prints_list_uses (), use))
    return jn_admin_fail (JN_EXIT_USAGE, "no use '%s': receipt, ticket, form or report", use);
  if (g_strcmp0 (queue, "none") != 0)
    {
      profile = make_profile (options, queue, printer, &error);
      if (profile == NULL)
        return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
    }
  if (!jn_settings_set_printer (settings, use, profile, &error))
    return jn_admin_fail (JN_EXIT_FOUND, "%s", error->message);
  return profile != NULL ? show_profiles (options, settings, use) : JN_EXIT_OK;
}

static int
run_profile (Options *options, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JnSettings) settings = jn_settings_new (options->counter, &error);

  if (settings == NULL)
    return jn_admin_fail (JN_EXIT_FOUND, "%s", error->message);
  if (argc < 2)
    return show_profiles (options, settings, argc == 1 ? argv[0] : NULL);
  return set_profile (options, settings, argv[0], argv[1]);
}

/* -- a test page --------------------------------------------------------------------------------------------- */

static JnPrintJob *
send_test (Options *options, const JnPrinterProfile *profile, GError **error)
{
  g_autoptr (JnDocument) document = jn_test_document_new (profile, NULL);
  g_autoptr (GBytes) bytes = jn_printer_profile_encode (profile, document, error);
  g_autofree char *attempt = jn_uuid_new ();
  g_autoptr (GAsyncResult) result = NULL;

  if (bytes == NULL)
    return NULL;
  jn_print_service_submit_async (options->service, profile, attempt, bytes, NULL, keep_result_cb,
                                 &result);
  return jn_print_service_submit_finish (options->service, wait_for (&result), error);
}

static void
on_reasons_cb (JnPrintJob *job, GParamSpec *pspec, gpointer user_data)
{
  g_autofree char *reasons = jn_printer_reasons_to_text (jn_print_job_get_reasons (job));

  if (*reasons != '\0')
    printf ("waiting: %s\n", reasons);
  fflush (stdout);
}

static const char *
outcome_word (JnPrintOutcome outcome)
{
  static const char *const words[] = { "pending", "printed", "failed", "cancelled", "unconfirmed" };

  return words[outcome];
}

static int
run_test (Options *options, const char *queue)
{
  g_autoptr (GPtrArray) printers = ask_printers (options, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnPrinterProfile) profile = make_profile (
      options, queue, printers != NULL ? find_queue (printers, queue) : NULL, &error);
  g_autoptr (JnPrintJob) job = profile != NULL ? send_test (options, profile, &error) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  JnPrintOutcome outcome;

  if (job == NULL)
    return jn_admin_fail (JN_EXIT_FOUND, "not printed: %s", error->message);
  g_signal_connect (job, "notify::reasons", G_CALLBACK (on_reasons_cb), NULL);
  jn_print_job_wait_async (job, NULL, keep_result_cb, &result);
  outcome = jn_print_job_wait_finish (job, wait_for (&result), NULL);
  printf ("%s: job %d %s", queue, jn_print_job_get_id (job), outcome_word (outcome));
  if (outcome != JN_PRINT_PRINTED && jn_print_job_get_message (job) != NULL)
    printf (": %s", jn_print_job_get_message (job));
  putchar ('\n');
  return outcome == JN_PRINT_PRINTED ? JN_EXIT_OK : JN_EXIT_FOUND;
}

/* -- which of them --------------------------------------------------------------------------------------------- */

static int
dispatch (Options *options, int argc, char **argv)
{
  const char *verb = argc > 1 ? argv[1] : "list";

  if (g_str_equal (verb, "list") && argc <= 2)
    return list (options, FALSE);
  if (g_str_equal (verb, "find") && argc == 2)
    return list (options, TRUE);
  if (g_str_equal (verb, "test") && argc == 3)
    return run_test (options, argv[2]);
  if (g_str_equal (verb, "profile") && argc <= 4)
    return run_profile (options, argc - 2, argv + 2);
  return jn_admin_usage (USAGE);
}

int
jn_admin_printers (JnAdmin *admin, int argc, char **argv)
{
  g_auto (Options) options = { .feed = -1 };
  const GOptionEntry entries[]
      = { { "server", 0, 0, G_OPTION_ARG_STRING, &options.server, NULL, NULL },
          { "counter", 0, 0, G_OPTION_ARG_INT, &options.counter, NULL, NULL },
          { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, NULL, NULL },
          { "paper", 0, 0, G_OPTION_ARG_STRING, &options.paper, NULL, NULL },
          { "dots", 0, 0, G_OPTION_ARG_INT, &options.dots, NULL, NULL },
          { "feed", 0, 0, G_OPTION_ARG_DOUBLE, &options.feed, NULL, NULL },
          { "no-cut", 0, 0, G_OPTION_ARG_NONE, &options.no_cut, NULL, NULL },
          { "drawer", 0, 0, G_OPTION_ARG_NONE, &options.drawer, NULL, NULL },
          { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return jn_admin_usage (USAGE);
  options.service = jn_print_service_new (options.server);
  return dispatch (&options, argc, argv);
}
