/* test-driverless.c: PWG raster straight to an IPP printer, and PDF through cupsd to one (ippeveprinter). */
#include <cups/raster.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "printing/job.h"
#include "printing/seal.h"
#include "tests/printing/cups-server.h"
#include "tests/printing/ipp-printer.h"
#include "tests/printing/known-leak.h"
#include "tests/printing/picture.h"
#include "tests/printing/samples.h"

/* -- sending -------------------------------------------------------------------------------------------------- */

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *)data != NULL;
}

static JnPrintJob *
print (JnPrintService *service, const JnPrinterProfile *profile)
{
  g_autoptr(JnDocument) document = sample_receipt ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  JnPrintJob *job;

  KNOWN_LEAK_BEGIN;
  bytes = jn_printer_profile_encode (profile, document, NULL);
  KNOWN_LEAK_END;
  jn_print_service_set_timing (service, 3000, 3000, 50);
  jn_print_service_submit_async (service, profile, "attempt-1", bytes, NULL, keep_result_cb,
                                 &result);
  wait_until (is_there, &result);
  job = jn_print_service_submit_finish (service, result, &error);
  g_assert_no_error (error);
  return job;
}

static JnPrintOutcome
wait_for (JnPrintJob *job)
{
  g_autoptr(GAsyncResult) result = NULL;

  jn_print_job_wait_async (job, NULL, keep_result_cb, &result);
  wait_until (is_there, &result);
  return jn_print_job_wait_finish (job, result, NULL);
}

static gboolean
is_out_of_paper (gpointer job)
{
  return (jn_print_job_get_reasons (job) & JN_PRINTER_REASON_MEDIA_EMPTY) != 0;
}

static void
assert_receipt (const char *text)
{
  g_autoptr(JnKeyList) keys = sample_keys ();
  g_autoptr(JnReceiptClaim) claim = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (text);
  claim = jn_seal_verify (text, keys, SAMPLE_TIME, NULL, &error);
  g_assert_no_error (error);
}

/* -- tests ---------------------------------------------------------------------------------------------------- */

static JnRaster *
read_pwg (const char *path)
{
  int fd = g_open (path, O_RDONLY, 0);
  cups_raster_t *reader = cupsRasterOpen (fd, CUPS_RASTER_READ);
  cups_page_header2_t header;
  JnRaster *raster;
  guint8 row[512];

  g_assert_cmpuint (cupsRasterReadHeader2 (reader, &header), ==, 1);
  raster = jn_raster_new (header.cupsWidth, header.cupsHeight);
  for (guint y = 0; y < header.cupsHeight; y++)
    {
      cupsRasterReadPixels (reader, row, header.cupsBytesPerLine);
      for (guint x = 0; x < header.cupsWidth; x++)
        jn_raster_set_dot (raster, x, y, row[x / 8] >> (7 - x % 8) & 1);
    }
  cupsRasterClose (reader);
  close (fd);
  return raster;
}

/* The printer got our dots, untouched by anything between. */
static void
test_thermal (void)
{
  g_autoptr(IppPrinter) printer = ipp_printer_new (NULL);
  g_autoptr(JnPrintService) service = jn_print_service_new ("/nonexistent");
  g_autoptr(JnPrinterProfile) profile = jn_printer_profile_new (ipp_printer_get_uri (printer),
                                                                 JN_PRINTER_PWG, JN_PAPER_ROLL_80);
  g_autoptr(JnPrintJob) job = print (service, profile);
  g_autoptr(JnRaster) raster = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpint (wait_for (job), ==, JN_PRINT_PRINTED);
  path = ipp_printer_find_printed (printer);
  raster = read_pwg (path);
  g_assert_cmpuint (jn_raster_get_width (raster), ==, 576);
  text = read_symbol_of_raster (raster);
  assert_receipt (text);
}

static void
test_thermal_empty (void)
{
  g_autoptr(IppPrinter) printer = ipp_printer_new (NULL);
  g_autoptr(JnPrintService) service = jn_print_service_new ("/nonexistent");
  g_autoptr(JnPrinterProfile) profile = jn_printer_profile_new (ipp_printer_get_uri (printer),
                                                                 JN_PRINTER_PWG, JN_PAPER_ROLL_80);
  g_autoptr(JnPrintJob) job = NULL;
  g_autofree char *path = NULL;

  ipp_printer_set_fault (printer, "media-empty-error");
  job = print (service, profile);
  wait_until (is_out_of_paper, job);
  g_assert_cmpint (jn_print_job_get_outcome (job), ==, JN_PRINT_PENDING);
  ipp_printer_set_fault (printer, NULL);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_PRINTED);
  path = ipp_printer_find_printed (printer);
  g_assert_nonnull (path);
}

static gboolean
has_driver (gpointer data)
{
  g_autofree char *path
      = g_build_filename (cups_server_get_folder (data), "etc/ppd/laser.ppd", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static char *
read_pdf (const char *path)
{
  g_autofree char *base = g_build_filename (g_get_tmp_dir (), "page", NULL);
  g_autofree char *file = g_strconcat (base, ".png", NULL);
  const char *const command[]
      = { "pdftoppm", "-r", "203.2", "-singlefile", "-png", path, base, NULL };
  g_autoptr(GSubprocess) process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_NONE, NULL);
  g_autoptr(JnRaster) raster = NULL;

  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  raster = jn_raster_new_from_png (file, NULL);
  return read_symbol_of_raster (raster);
}

/* cupsd makes an “everywhere” queue of the printer and passes the PDF on. */
static void
test_laser (void)
{
  static const char *const options[] = { "-f", "application/pdf,image/urf", NULL };
  g_autoptr(IppPrinter) printer = ipp_printer_new (options);
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = jn_print_service_new (cups_server_get_socket (server));
  g_autoptr(JnPrinterProfile) profile
             = jn_printer_profile_new ("laser", JN_PRINTER_PDF, JN_PAPER_A4);
  const char *const command[] = { "/usr/sbin/lpadmin",           "-p", "laser",      "-E", "-v",
                                  ipp_printer_get_uri (printer), "-m", "everywhere", NULL };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) printers = NULL;
  g_autoptr(JnPrintJob) job = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  cups_server_run (server, command);
  wait_until (has_driver, server);
  jn_print_service_list_async (service, NULL, keep_result_cb, &result);
  wait_until (is_there, &result);
  printers = jn_print_service_list_finish (service, result, NULL);
  g_assert_cmpuint (printers->len, ==, 2);
  g_assert_true (jn_printer_suits (printers->pdata[0], profile));
  g_assert_false (jn_printer_suits (printers->pdata[1], profile));
  job = print (service, profile);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_PRINTED);
  path = ipp_printer_find_printed (printer);
  text = read_pdf (path);
  assert_receipt (text);
}

static JnPrinter *
find_printer (JnPrintService *service, const char *queue)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) printers = NULL;

  jn_print_service_list_async (service, NULL, keep_result_cb, &result);
  wait_until (is_there, &result);
  printers = jn_print_service_list_finish (service, result, NULL);
  for (guint i = 0; i < printers->len; i++)
    if (g_str_equal (((JnPrinter *)printers->pdata[i])->queue, queue))
      return jn_printer_copy (printers->pdata[i]);
  return NULL;
}

/* Asked to be driverless while its printer was off, a queue becomes raw without a word: the profile tells. */
static void
test_stale_queue (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = jn_print_service_new (cups_server_get_socket (server));
  g_autoptr(JnPrinterProfile) profile
             = jn_printer_profile_new ("laser", JN_PRINTER_PDF, JN_PAPER_A4);
  g_autofree char *uri = g_strdup_printf ("ipp://localhost:%u/ipp/print", ipp_printer_find_port ());
  const char *const command[]
      = { "/usr/sbin/lpadmin", "-p", "laser", "-E", "-v", uri, "-m", "everywhere", NULL };
  g_autoptr(JnPrinter) printer = NULL;

  cups_server_run (server, command);
  printer = find_printer (service, "laser");
  g_assert_nonnull (printer);
  g_assert_cmpint (jn_printer_compare (printer, profile), ==, JN_PRINTER_IS_RAW);
}

/* A printer takes PDF alone; a raw queue sends it what it refuses, and CUPS calls that completed. */
static void
test_refused_document (void)
{
  static const char *const options[] = { "-f", "application/pdf,image/urf", NULL };
  g_autoptr(IppPrinter) printer = ipp_printer_new (options);
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = jn_print_service_new (cups_server_get_socket (server));
  g_autoptr(JnPrinterProfile) profile
             = jn_printer_profile_new ("stale", JN_PRINTER_ESCPOS, JN_PAPER_ROLL_80);
  const char *const command[] = { "/usr/sbin/lpadmin",           "-p", "stale", "-E", "-v",
                                  ipp_printer_get_uri (printer), "-m", "raw",   NULL };
  g_autoptr(JnPrintJob) job = NULL;
  g_autofree char *path = NULL;
  JnPrintOutcome outcome;

  cups_server_run (server, command);
  job = print (service, profile);
  outcome = wait_for (job);
  g_assert_cmpint (outcome, !=, JN_PRINT_PRINTED);
  g_assert_cmpint (outcome, !=, JN_PRINT_PENDING);
  path = ipp_printer_find_printed (printer);
  g_assert_null (path);
}

/* A sheet that the printer has not: CUPS takes the job, then cancels it by itself. */
static void
test_unsupported_media (void)
{
  static const char *const options[] = { "-f", "application/pdf,image/urf", NULL };
  g_autoptr(IppPrinter) printer = ipp_printer_new (options);
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = jn_print_service_new (cups_server_get_socket (server));
  g_autoptr(JnPrinterProfile) profile
             = jn_printer_profile_new ("laser", JN_PRINTER_PDF, JN_PAPER_A5);
  const char *const command[] = { "/usr/sbin/lpadmin",           "-p", "laser",      "-E", "-v",
                                  ipp_printer_get_uri (printer), "-m", "everywhere", NULL };
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_run (server, command);
  wait_until (has_driver, server);
  job = print (service, profile);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_FAILED);
  g_assert_cmpint (jn_print_job_get_reasons (job) & JN_PRINTER_REASON_REFUSED, !=, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/driverless/thermal", test_thermal);
  g_test_add_func ("/printing/driverless/thermal-empty", test_thermal_empty);
  g_test_add_func ("/printing/driverless/laser", test_laser);
  g_test_add_func ("/printing/driverless/stale-queue", test_stale_queue);
  g_test_add_func ("/printing/driverless/refused-document", test_refused_document);
  g_test_add_func ("/printing/driverless/unsupported-media", test_unsupported_media);
  return g_test_run ();
}
