/* test-printer.c: profiles in settings, what each kind is sent, and what printers say of themselves. */
#include <string.h>

#include "printing/reasons.h"
#include "tests/printing/known-leak.h"
#include "tests/printing/samples.h"

static GKeyFile *
parse (const char *text)
{
  GKeyFile *settings = g_key_file_new ();

  g_assert_true (g_key_file_load_from_data (settings, text, -1, G_KEY_FILE_NONE, NULL));
  return settings;
}

static void
test_profile (void)
{
  g_autoptr(GKeyFile) settings = parse (
      "[printer "
      "r]\nqueue=pos\nkind=escpos\npaper=roll-58\ndots=512\nfeed=40\ncut=false\ndrawer=true\n");
  g_autoptr(GError) error = NULL;
  g_autoptr(JnPrinterProfile) profile = jn_printer_profile_load (settings, "printer r", &error);
  g_autoptr(GKeyFile) saved = g_key_file_new ();
  g_autoptr(JnPrinterProfile) again = NULL;

  g_assert_no_error (error);
  jn_printer_profile_save (profile, saved, "p");
  again = jn_printer_profile_load (saved, "p", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->queue, ==, "pos");
  g_assert_cmpint (again->kind, ==, JN_PRINTER_ESCPOS);
  g_assert_cmpint (again->paper, ==, JN_PAPER_ROLL_58);
  g_assert_cmpuint (again->dots, ==, 512);
  g_assert_cmpuint (again->feed, ==, 40);
  g_assert_false (again->cut);
  g_assert_true (again->drawer);
}

/* Each row of the raster is as long as the head, neither shorter nor longer. */
static void
test_profile_head (void)
{
  static const guint heads[] = { 384, 512, 576, 832 };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr(JnPrinterProfile) profile
                 = jn_printer_profile_new ("pos", JN_PRINTER_ESCPOS, JN_PAPER_ROLL_80);
      g_autoptr(JnDocument) document = samples[0].make ();
      g_autoptr(GBytes) bytes = NULL;
      const guint8 *data;
      gsize size;

      profile->dots = heads[i];
      bytes = jn_printer_profile_encode (profile, document, NULL);
      data = g_bytes_get_data (bytes, &size);
      for (gsize at = 0; at + 6 < size; at++)
        if (memcmp (data + at, "\x1dv0", 4) == 0)
          {
            g_assert_cmpuint (data[at + 4] | data[at + 5] << 8, ==, heads[i] / 8);
            break;
          }
    }
}

static void
test_profile_defaults (void)
{
  g_autoptr(GKeyFile) settings = parse ("[p]\nqueue=laser\nkind=pdf\npaper=a5\n");
  g_autoptr(JnPrinterProfile) profile = jn_printer_profile_load (settings, "p", NULL);

  g_assert_cmpuint (profile->dots, ==, 0);
  g_assert_cmpuint (profile->feed, ==, 96);
  g_assert_false (profile->cut);
  g_assert_false (profile->drawer);
}

static void
test_profile_wrong (void)
{
  static const char *const rejected[]
      = { "[p]\nqueue=q\nkind=dance\npaper=a5\n",
          "[p]\nqueue=q\nkind=pdf\npaper=letter\n",
          "[p]\nqueue=q\nkind=escpos\npaper=roll-80\ndots=500\n",
          "[p]\nqueue=q\nkind=escpos\npaper=roll-80\ndots=4096\n",
          "[p]\nqueue=q\nkind=escpos\npaper=roll-80\ndots=4294967872\n",
          "[p]\nqueue=q\nkind=escpos\npaper=roll-80\nfeed=-1\n",
          "[p]\nqueue=q\nkind=escpos\npaper=roll-80\nfeed=96000\n" };
  static const char *const incomplete[] = { "[o]\n",
                                            "[p]\nkind=pdf\npaper=a5\n",
                                            "[p]\nqueue=q\npaper=a5\n",
                                            "[p]\nqueue=q\nkind=pdf\n",
                                            "[p]\nqueue=q\nkind=pdf\npaper=a5\ncut=perhaps\n",
                                            "[p]\nqueue=q\nkind=pdf\npaper=a5\nfeed=much\n" };

  for (guint i = 0; i < G_N_ELEMENTS (rejected); i++)
    {
      g_autoptr(GKeyFile) settings = parse (rejected[i]);
      g_autoptr(GError) error = NULL;

      g_assert_null (jn_printer_profile_load (settings, "p", &error));
      g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_REJECTED);
    }
  for (guint i = 0; i < G_N_ELEMENTS (incomplete); i++)
    {
      g_autoptr(GKeyFile) settings = parse (incomplete[i]);
      g_autoptr(GError) error = NULL;

      g_assert_null (jn_printer_profile_load (settings, "p", &error));
      g_assert_cmpuint (error->domain, ==, G_KEY_FILE_ERROR);
    }
}

static const struct
{
  JnPrinterKind kind;
  JnPaper paper;
  const char *magic;
  const char *type;
} outputs[] = {
  { JN_PRINTER_ESCPOS, JN_PAPER_ROLL_80, "\x1b@", "application/vnd.cups-raw" },
  { JN_PRINTER_PWG, JN_PAPER_ROLL_58, "RaS2PwgRaster", "image/pwg-raster" },
  { JN_PRINTER_PDF, JN_PAPER_A4, "%PDF-1.", "application/pdf" },
};

static void
test_encode (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      g_autoptr(JnPrinterProfile) profile
                 = jn_printer_profile_new ("q", outputs[i].kind, outputs[i].paper);
      g_autoptr(JnDocument) document = sample_receipt ();
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GBytes) again = NULL;

      KNOWN_LEAK_BEGIN;
      bytes = jn_printer_profile_encode (profile, document, &error);
      again = jn_printer_profile_encode (profile, document, &error);
      KNOWN_LEAK_END;
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), strlen (outputs[i].magic), outputs[i].magic,
                       strlen (outputs[i].magic));
      g_assert_cmpstr (jn_printer_profile_get_content_type (profile), ==, outputs[i].type);
      g_assert_true (g_bytes_equal (bytes, again)); /* a reprint is the same to the byte */
    }
}

static void
test_encode_too_large (void)
{
  g_autoptr(JnPrinterProfile) profile
             = jn_printer_profile_new ("q", JN_PRINTER_ESCPOS, JN_PAPER_ROLL_58);
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_NOTICE, "en", NULL);
  g_autofree char *text = g_strnfill (2000, 'x');
  g_autoptr(GError) error = NULL;

  jn_document_add_qr (document, text, jn_words (NULL, NULL));
  g_assert_null (jn_printer_profile_encode (profile, document, &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_TOO_LARGE);
}

static void
test_suits (void)
{
  char *formats[] = { (char *)"application/pdf", (char *)"image/pwg-raster", NULL };
  JnPrinter raw = { .formats = formats };
  JnPrinter driverless = { .formats = formats, .driverless = TRUE };
  JnPrinter formless = { .driverless = TRUE };
  g_autoptr(JnPrinterProfile) pos
             = jn_printer_profile_new ("q", JN_PRINTER_ESCPOS, JN_PAPER_ROLL_80);
  g_autoptr(JnPrinterProfile) laser = jn_printer_profile_new ("q", JN_PRINTER_PDF, JN_PAPER_A4);

  g_assert_true (jn_printer_suits (&raw, pos));
  g_assert_false (jn_printer_suits (&raw, laser));
  g_assert_true (jn_printer_suits (&driverless, laser));
  g_assert_false (jn_printer_suits (&driverless, pos));
  g_assert_false (jn_printer_suits (&formless, laser));
}

static const struct
{
  const char *keyword;
  JnPrinterReasons reasons;
} keywords[] = {
  { "none", JN_PRINTER_REASON_NONE },
  { "media-empty", JN_PRINTER_REASON_MEDIA_EMPTY },
  { "media-empty-error", JN_PRINTER_REASON_MEDIA_EMPTY },
  { "media-needed-warning", JN_PRINTER_REASON_MEDIA_EMPTY },
  { "media-low-report", JN_PRINTER_REASON_MEDIA_LOW },
  { "media-jam-error", JN_PRINTER_REASON_MEDIA_JAM },
  { "cover-open-error", JN_PRINTER_REASON_COVER_OPEN },
  { "door-open", JN_PRINTER_REASON_COVER_OPEN },
  { "interlock-open", JN_PRINTER_REASON_COVER_OPEN },
  { "offline-report", JN_PRINTER_REASON_OFFLINE },
  { "shutdown", JN_PRINTER_REASON_OFFLINE },
  { "paused", JN_PRINTER_REASON_STOPPED },
  { "printer-stopped", JN_PRINTER_REASON_STOPPED },
  { "toner-empty", JN_PRINTER_REASON_SUPPLY },
  { "marker-supply-low-warning", JN_PRINTER_REASON_SUPPLY },
  { "job-hold-until-specified", JN_PRINTER_REASON_HELD },
  { "document-format-error", JN_PRINTER_REASON_REFUSED },
  { "processing-to-stop-point", JN_PRINTER_REASON_NONE },
  { "job-completed-successfully", JN_PRINTER_REASON_NONE },
  { "hailstorm-error", JN_PRINTER_REASON_OTHER },
};

static void
test_keywords (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    g_assert_cmpint (jn_reasons_from_keyword (keywords[i].keyword), ==, keywords[i].reasons);
}

static void
test_messages (void)
{
  g_assert_cmpint (jn_reasons_from_message (NULL), ==, JN_PRINTER_REASON_NONE);
  g_assert_cmpint (jn_reasons_from_message ("Ready to print."), ==, JN_PRINTER_REASON_NONE);
  g_assert_cmpint (
      jn_reasons_from_message ("The printer may not exist or is unavailable at this time."), ==,
      JN_PRINTER_REASON_OFFLINE);
  g_assert_cmpint (jn_reasons_from_message ("Unable to add document to print job."), ==,
                   JN_PRINTER_REASON_REFUSED);
  g_assert_true (jn_message_is_harmless (NULL));
  g_assert_true (jn_message_is_harmless (""));
  g_assert_true (jn_message_is_harmless ("Ready to print."));
  g_assert_true (jn_message_is_harmless ("Print file sent."));
  g_assert_false (jn_message_is_harmless ("Unable to add document to print job."));
  g_assert_false (jn_message_is_harmless ("Paper is out."));
}

/* -- a queue and its profile --------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  gboolean driverless;
  const char *format;
  const char *model;
  JnPrinterKind kind;
  const char *profile_model;
  JnPrinterFit fit;
} Pair;

static const Pair pairs[] = {
  { "raw", FALSE, NULL, "Local Raw Printer", JN_PRINTER_ESCPOS, NULL, JN_PRINTER_FITS },
  { "raw-wanted-driverless", FALSE, NULL, "Local Raw Printer", JN_PRINTER_PDF, NULL,
    JN_PRINTER_IS_RAW },
  { "driver-wanted-raw", TRUE, "application/pdf", "Laser", JN_PRINTER_ESCPOS, NULL,
    JN_PRINTER_HAS_DRIVER },
  { "format", TRUE, "image/pwg-raster", "Laser", JN_PRINTER_PDF, NULL, JN_PRINTER_LACKS_FORMAT },
  { "same-model", TRUE, "application/pdf", "Laser", JN_PRINTER_PDF, "Laser", JN_PRINTER_FITS },
  { "other-model", TRUE, "application/pdf", "Laser", JN_PRINTER_PDF, "Inkjet",
    JN_PRINTER_IS_ANOTHER },
};

static void
test_compare (gconstpointer data)
{
  const Pair *pair = data;
  char *formats[] = { (char *)pair->format, NULL };
  JnPrinter printer = { .queue = (char *)"q",
                        .model = (char *)pair->model,
                        .formats = formats,
                        .driverless = pair->driverless };
  g_autoptr(JnPrinterProfile) profile = jn_printer_profile_new ("q", pair->kind, JN_PAPER_A4);
  g_autoptr(JnPrinterProfile) guess = jn_printer_guess_profile (&printer);

  profile->model = g_strdup (pair->profile_model);
  g_assert_cmpint (jn_printer_compare (&printer, profile), ==, pair->fit);
  g_assert_cmpint (jn_printer_compare (NULL, profile), ==, JN_PRINTER_MISSING);
  g_assert_cmpint (jn_printer_compare (&printer, guess), ==, JN_PRINTER_FITS);
}

/* A printer that takes PDF as it is needs no driver: whoever sets it up says so, and it is kept. */
static void
test_direct (void)
{
  JnPrinter printer = { .queue = (char *)"q", .model = (char *)"Local Raw Printer" };
  g_autoptr(JnPrinterProfile) profile = jn_printer_profile_new ("q", JN_PRINTER_PDF, JN_PAPER_A5);
  g_autoptr(JnPrinterProfile) kept = NULL;
  g_autoptr(GKeyFile) settings = g_key_file_new ();

  g_assert_cmpint (jn_printer_compare (&printer, profile), ==, JN_PRINTER_IS_RAW);
  profile->direct = TRUE;
  jn_printer_profile_save (profile, settings, "printer sheets");
  kept = jn_printer_profile_load (settings, "printer sheets", NULL);
  g_assert_cmpint (jn_printer_compare (&printer, kept), ==, JN_PRINTER_FITS);
}

/* Each reason has a word of its own, and the words are read again. */
static void
test_reasons_text (void)
{
  JnPrinterReasons all = JN_PRINTER_REASON_OTHER * 2 - 1;
  g_autofree char *text = jn_printer_reasons_to_text (all);

  g_assert_cmpstr (text, ==,
                   "media-empty media-jam media-low cover-open offline stopped not-accepting "
                   "refused supply held slow other");
  g_assert_cmpuint (jn_printer_reasons_from_text (text), ==, all);
  g_assert_cmpuint (jn_printer_reasons_from_text (NULL), ==, 0);
  g_assert_cmpuint (jn_printer_reasons_from_text (""), ==, 0);
  g_assert_cmpuint (jn_printer_reasons_from_text ("coffee"), ==, JN_PRINTER_REASON_OTHER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/printer/direct", test_direct);
  g_test_add_func ("/printing/printer/profile", test_profile);
  g_test_add_func ("/printing/printer/profile-head", test_profile_head);
  g_test_add_func ("/printing/printer/profile-defaults", test_profile_defaults);
  g_test_add_func ("/printing/printer/profile-wrong", test_profile_wrong);
  g_test_add_func ("/printing/printer/encode", test_encode);
  g_test_add_func ("/printing/printer/encode-too-large", test_encode_too_large);
  g_test_add_func ("/printing/printer/suits", test_suits);
  g_test_add_func ("/printing/printer/keywords", test_keywords);
  g_test_add_func ("/printing/printer/messages", test_messages);
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/printing/printer/compare/%s", pairs[i].name);

      g_test_add_data_func (path, &pairs[i], test_compare);
    }
  g_test_add_func ("/printing/printer/reasons-text", test_reasons_text);
  return g_test_run ();
}
