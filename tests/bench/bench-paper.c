/* bench-paper.c: how long a receipt takes: seal, symbol, drawing, PDF, job; prints JSON Lines. */
#include <locale.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <sodium.h>
#include <string.h>

#include "printing/block.h"
#include "printing/job.h"
#include "printing/layout.h"
#include "printing/pdf.h"
#include "printing/qr.h"
#include "printing/raster.h"
#include "printing/seal.h"
#include "tests/printing/cups-server.h"
#include "tests/printing/samples.h"

#define ROUNDS 60
#define JOBS 20

static const char *prefix = "";

static double
milliseconds_since (gint64 began)
{
  return (g_get_monotonic_time () - began) / 1000.0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

/* What is measured: its work, how often a round does it, and what each round took. */
typedef struct
{
  void (*work) (void);
  guint repeat;
  double times[ROUNDS];
} Work;

/* Each round does every work once, so that what else the machine does meets a floor and what is held against it alike.
 * Afterwards times[ROUNDS / 2] is the median, in ms. */
static void
measure (Work *works, guint n)
{
  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < n; i++)
      {
        gint64 began = g_get_monotonic_time ();

        for (guint k = 0; k < works[i].repeat; k++)
          works[i].work ();
        works[i].times[round] = milliseconds_since (began) / works[i].repeat;
      }
  for (guint i = 0; i < n; i++)
    qsort (works[i].times, ROUNDS, sizeof *works[i].times, compare);
}

static double
median (const Work *work)
{
  return work->times[ROUNDS / 2];
}

typedef struct
{
  const char *name;
  double value;
  const char *unit;
  const char *against; /* (nullable) */
  double floor;
  double target;       /* of the value; 0 for none */
  double target_ratio; /* 0 for none */
} Row;

static void
print_row (const Row *row)
{
  double ratio = row->against != NULL ? row->value / row->floor : 0;
  gboolean meets = (row->target == 0 || row->value <= row->target)
                   && (row->target_ratio == 0 || ratio <= row->target_ratio);
  g_autofree char *limit
      = row->target > 0 ? g_strdup_printf ("≤ %g %s", row->target, row->unit) : g_strdup ("");
  g_autofree char *ratio_limit
      = row->target_ratio > 0
            ? g_strdup_printf ("%s≤ %g ×", row->target > 0 ? ", " : "", row->target_ratio)
            : g_strdup ("");

  if (!g_str_has_prefix (row->name, prefix))
    return;
  g_print ("{\"name\":\"%s\",\"value\":%.4f,\"unit\":\"%s\",", row->name, row->value, row->unit);
  if (row->against != NULL)
    g_print ("\"against\":\"%s\",\"ratio\":%.2f,", row->against, ratio);
  else
    g_print ("\"against\":null,\"ratio\":null,");
  g_print ("\"target\":\"%s%s\",\"meets\":%s}\n", limit, ratio_limit, meets ? "true" : "false");
}

/* -- the libraries alone: the floors ------------------------------------------------------------------------ */

static void
sign_plainly (void)
{
  static guint8 secret[crypto_sign_SECRETKEYBYTES], public[crypto_sign_PUBLICKEYBYTES];
  guint8 message[160] = { 0 }, signature[crypto_sign_BYTES];

  if (public[0] == 0)
    crypto_sign_keypair (public, secret);
  crypto_sign_detached (signature, NULL, message, sizeof message, secret);
}

static void
encode_plainly (void)
{
  QRcode_free (QRcode_encodeString8bit (sample_seal (), 0, QR_ECLEVEL_M));
}

static void
show_plainly (cairo_t *cr, const char *text, double size)
{
  PangoLayout *layout;
  PangoFontDescription *font;

  if (text == NULL)
    return;
  layout = pango_cairo_create_layout (cr);
  font = pango_font_description_from_string ("Noto Sans CJK HK, Noto Sans");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, 550 * PANGO_SCALE);
  pango_layout_set_text (layout, text, -1);
  pango_cairo_show_layout (cr, layout);
  pango_font_description_free (font);
  g_object_unref (layout);
}

/* Every text of the receipt once, on a surface of its size: what Pango and cairo cost by themselves. */
static void
draw_plainly (void)
{
  g_autoptr(JnDocument) document = sample_receipt ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 576, 2120);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < jn_document_get_n_blocks (document); i++)
    {
      const JnBlock *block = jn_document_get_block (document, i);

      cairo_move_to (cr, 10, 10 + i * 100);
      show_plainly (cr, block->head.first, 26);
      show_plainly (cr, block->head.second, 20);
      if (block->type != JN_BLOCK_QR)
        show_plainly (cr, block->body.first, 26);
      show_plainly (cr, block->body.second, 20);
      for (guint r = 0; block->rows != NULL && r < block->rows->len; r++)
        for (guint c = 0; c < block->columns->len; c++)
          {
            show_plainly (cr, g_array_index (block->rows, JnRow, r).cells[c].first, 26);
            show_plainly (cr, g_array_index (block->rows, JnRow, r).cells[c].second, 20);
          }
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* -- ours --------------------------------------------------------------------------------------------------- */

static void
seal (void)
{
  static const char *const numbers[] = { "DSAJ-26-0010", "DSI-26-00417", "FSS-26-00083", NULL };
  static JnSealKey *key;
  g_autoptr(JnReceiptClaim) claim = NULL;
  g_autofree char *text = NULL;

  if (key == NULL)
    key = sample_key ();
  claim = jn_receipt_claim_new ("07-2026-0041287", 7, 12, SAMPLE_TIME, numbers, 10500, 20790);
  text = jn_seal_receipt (key, claim, "janela.example");
}

static void
make_symbol (void)
{
  g_autoptr(JnQr) qr = jn_qr_new (sample_seal (), NULL);

  jn_qr_get_width (qr);
}

static void
make_receipt (void)
{
  g_autoptr(JnDocument) document = sample_receipt ();
  g_autoptr(JnPrinterProfile) profile
             = jn_printer_profile_new ("pos", JN_PRINTER_ESCPOS, JN_PAPER_ROLL_80);
  g_autoptr(GBytes) bytes = NULL;

  seal ();
  bytes = jn_printer_profile_encode (profile, document, NULL);
}

static void
make_pdf (void)
{
  g_autoptr(JnDocument) document = sample_receipt ();
  g_autoptr(JnLayout) layout = jn_layout_new (document, JN_PAPER_A5, NULL);
  g_autoptr(GBytes) bytes = jn_pdf_encode (layout, NULL);
}

/* In a process that drew nothing before: the warm-up after sign-in, then the first receipt. */
static void
measure_cold (void)
{
  gint64 began = g_get_monotonic_time ();
  double warm_up, first;

  jn_layout_warm_up ();
  warm_up = milliseconds_since (began);
  began = g_get_monotonic_time ();
  make_receipt ();
  first = milliseconds_since (began);
  print_row (&(Row){ "paper/warm-up", warm_up, "ms", NULL, 0, 0, 0 });
  print_row (&(Row){ "paper/receipt-cold", first, "ms", NULL, 0, 100, 0 });
}

static void
measure_drawing (void)
{
  enum
  {
    SIGN,
    ENCODE,
    DRAW,
    SEAL,
    SYMBOL,
    RECEIPT,
    N_WORKS,
  };
  static Work works[N_WORKS] = {
    [SIGN] = { sign_plainly, 20 }, [ENCODE] = { encode_plainly, 4 }, [DRAW] = { draw_plainly, 1 },
    [SEAL] = { seal, 20 },         [SYMBOL] = { make_symbol, 4 },    [RECEIPT] = { make_receipt, 1 }
  };
  static Work pdf = { make_pdf, 1 }; /* apart: it reads whole fonts, and leaves no cache warm */
  double sign, encode, draw;

  measure (works, N_WORKS);
  measure (&pdf, 1);
  sign = median (&works[SIGN]);
  encode = median (&works[ENCODE]);
  draw = median (&works[DRAW]);
  print_row (&(Row){ "paper/seal", median (&works[SEAL]), "ms", "libsodium signs 160 bytes", sign,
                     0, 2.5 });
  print_row (
      &(Row){ "paper/qr", median (&works[SYMBOL]), "ms", "libqrencode alone", encode, 0, 1.5 });
  print_row (&(Row){ "paper/receipt-warm", median (&works[RECEIPT]), "ms",
                     "libsodium + libqrencode + the same texts by Pango and cairo",
                     sign + encode + draw, 5, 2.5 });
  print_row (&(Row){ "paper/receipt-pdf", median (&pdf), "ms", NULL, 0, 40, 0 });
}

/* -- printing, with a main loop beside it (the window's own frames: bench-window.c) ---------------------------------------------------------------- */

typedef struct
{
  gint64 last;
  double longest;
} Frames;

static gboolean
frame_cb (gpointer data)
{
  Frames *frames = data;
  gint64 now = g_get_monotonic_time ();

  frames->longest = MAX (frames->longest, (now - frames->last) / 1000.0);
  frames->last = now;
  return G_SOURCE_CONTINUE;
}

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

static double
print_one (JnPrintService *service, const JnPrinterProfile *profile, guint n)
{
  g_autoptr(JnDocument) document = sample_receipt ();
  g_autoptr(GAsyncResult) encoded = NULL;
  g_autoptr(GAsyncResult) accepted = NULL;
  g_autoptr(GAsyncResult) ended = NULL;
  g_autofree char *attempt = g_strdup_printf ("attempt-%u", n);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JnPrintJob) job = NULL;
  gint64 began;
  double taken;

  jn_print_service_encode_async (service, document, profile, NULL, keep_result_cb, &encoded);
  bytes = jn_print_service_encode_finish (service, wait_for (&encoded), NULL);
  began = g_get_monotonic_time ();
  jn_print_service_submit_async (service, profile, attempt, bytes, NULL, keep_result_cb, &accepted);
  job = jn_print_service_submit_finish (service, wait_for (&accepted), NULL);
  g_assert_nonnull (job);
  taken = milliseconds_since (began);
  jn_print_job_wait_async (job, NULL, keep_result_cb, &ended);
  g_assert_cmpint (jn_print_job_wait_finish (job, wait_for (&ended), NULL), ==, JN_PRINT_PRINTED);
  return taken;
}

static void
measure_printing (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = jn_print_service_new (cups_server_get_socket (server));
  g_autoptr(JnPrinterProfile) profile
             = jn_printer_profile_new ("pos", JN_PRINTER_ESCPOS, JN_PAPER_ROLL_80);
  Frames frames = { 0 };
  double times[JOBS];
  guint clock;

  jn_print_service_set_timing (service, 3000, 20000, 50);
  frames.last = g_get_monotonic_time ();
  clock = g_timeout_add (1, frame_cb, &frames);
  for (guint i = 0; i < JOBS; i++)
    times[i] = print_one (service, profile, i);
  g_source_remove (clock);
  qsort (times, JOBS, sizeof *times, compare);
  print_row (&(Row){ "paper/print-job", times[JOBS / 2], "ms", NULL, 0, 30, 0 });
  print_row (&(Row){ "paper/loop-max", frames.longest, "ms", NULL, 0, 16, 0 });
}

int
main (int argc, char **argv)
{
  if (argc > 1)
    prefix = argv[1];
  setlocale (LC_ALL, "");
  if (sodium_init () < 0)
    return 1;
  measure_cold ();
  measure_drawing ();
  measure_printing ();
  return 0;
}
