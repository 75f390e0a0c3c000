/* test-qr-quality.c: a receipt's symbol under blur, turning, noise, blots and dead dots, read by zbar and by ZXing;
 * prints a table. */
#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "tests/printing/picture.h"
#include "printing/qr.h"
#include "tests/printing/samples.h"

/* A photograph: grey values, as a phone's camera would have them at two pixels a dot. */
typedef struct
{
  guint width;
  guint height;
  double *grey;
  guint left; /* of the symbol, in pixels, as long as nothing was turned */
  guint top;
  guint side;
} Photo;

#define SCALE 2
#define BORDER 60 /* dots of table around the paper */
#define TRIALS 3

/* The paper as the head burns it, and where the symbol stands on it, in dots. */
typedef struct
{
  JnRaster *raster;
  guint left;
  guint top;
  guint side;
} Print;

static void
photo_free (Photo *photo)
{
  g_free (photo->grey);
  g_free (photo);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Photo, photo_free)

static Photo *
photo_new (guint width, guint height)
{
  Photo *photo = g_new0 (Photo, 1);

  photo->width = width;
  photo->height = height;
  photo->grey = g_new (double, (gsize)width *height);
  return photo;
}

static Photo *
take_photo (const Print *print)
{
  g_autofree guint8 *dots = raster_to_grey (print->raster, BORDER);
  guint width = jn_raster_get_width (print->raster) + 2 * BORDER;
  guint height = jn_raster_get_height (print->raster) + 2 * BORDER;
  Photo *photo = photo_new (width * SCALE, height * SCALE);

  photo->left = (print->left + BORDER) * SCALE;
  photo->top = (print->top + BORDER) * SCALE;
  photo->side = print->side * SCALE;

  for (guint y = 0; y < photo->height; y++)
    for (guint x = 0; x < photo->width; x++)
      photo->grey[(gsize)y * photo->width + x] = dots[(gsize)(y / SCALE) * width + x / SCALE];
  return photo;
}

static void
blur_line (const double *from, double *to, guint n, gsize step, const double *kernel, int radius)
{
  for (int i = 0; i < (int)n; i++)
    {
      double sum = 0;

      for (int k = -radius; k <= radius; k++)
        sum += kernel[k + radius] * from[CLAMP (i + k, 0, (int)n - 1) * step];
      to[i * step] = sum;
    }
}

static void
blur (Photo *photo, double sigma)
{
  int radius = ceil (3 * sigma);
  g_autofree double *kernel = g_new (double, 2 * radius + 1);
  g_autofree double *half = g_new (double, (gsize)photo->width * photo->height);
  double sum = 0;

  for (int k = -radius; k <= radius; k++)
    sum += kernel[k + radius] = exp (-k * k / (2 * sigma * sigma));
  for (int k = 0; k <= 2 * radius; k++)
    kernel[k] /= sum;
  for (guint y = 0; y < photo->height; y++)
    blur_line (photo->grey + (gsize)y * photo->width, half + (gsize)y * photo->width, photo->width,
               1, kernel, radius);
  for (guint x = 0; x < photo->width; x++)
    blur_line (half + x, photo->grey + x, photo->height, photo->width, kernel, radius);
}

static void
turn (Photo *photo, double degrees)
{
  double angle = degrees * G_PI / 180, c = cos (angle), s = sin (angle);
  double *turned = g_new (double, (gsize)photo->width * photo->height);
  double cx = photo->width / 2.0, cy = photo->height / 2.0;

  for (guint y = 0; y < photo->height; y++)
    for (guint x = 0; x < photo->width; x++)
      {
        double u = c * (x - cx) + s * (y - cy) + cx, v = -s * (x - cx) + c * (y - cy) + cy;
        gboolean inside = u >= 0 && v >= 0 && u < photo->width - 1 && v < photo->height - 1;

        turned[(gsize)y * photo->width + x]
            = inside ? photo->grey[(gsize)v * photo->width + (gsize)u] : 255;
      }
  g_free (photo->grey);
  photo->grey = turned;
}

/* Dots that failed to burn, and specks. */
static void
add_noise (Photo *photo, GRand *random, double share)
{
  for (guint y = 0; y + SCALE <= photo->height; y += SCALE)
    for (guint x = 0; x + SCALE <= photo->width; x += SCALE)
      if (g_rand_double (random) < share)
        for (guint i = 0; i < SCALE * SCALE; i++)
          {
            double *grey = &photo->grey[(gsize)(y + i / SCALE) * photo->width + x + i % SCALE];

            *grey = 255 - *grey;
          }
}

static void
wipe (Photo *photo, guint left, guint top, guint width, guint height)
{
  for (guint y = top; y < MIN (top + height, photo->height); y++)
    for (guint x = left; x < MIN (left + width, photo->width); x++)
      photo->grey[(gsize)y * photo->width + x] = 255;
}

/* -- what befalls a receipt ----------------------------------------------------------------------------------- */

static void
nothing (Photo *photo, GRand *random)
{
}

static void
lens (Photo *photo, GRand *random)
{
  blur (photo, 1.5 * SCALE);
}

static void
hand (Photo *photo, GRand *random)
{
  turn (photo, 5);
  blur (photo, 1);
}

static void
wear (Photo *photo, GRand *random)
{
  add_noise (photo, random, 0.05);
  blur (photo, SCALE);
  turn (photo, 3);
}

/* A white blot over 9 % of the symbol, anywhere but on a finder. */
static void
blot (Photo *photo, GRand *random)
{
  guint edge = sqrt (0.09) * photo->side, quarter = photo->side / 4;
  guint room = photo->side / 2 > edge ? photo->side / 2 - edge : 1;

  wipe (photo, photo->left + quarter + g_rand_int_range (random, 0, room),
        photo->top + quarter + g_rand_int_range (random, 0, room), edge, edge);
  blur (photo, 1);
}

/* @from, @to: in eighths of the symbol */
static void
kill_dots (Photo *photo, GRand *random, guint from, guint to)
{
  guint eighth = photo->side / SCALE / 8;

  for (guint i = 0; i < 2; i++)
    wipe (photo, photo->left + g_rand_int_range (random, from * eighth, to * eighth) * SCALE, 0,
          SCALE, photo->height);
  blur (photo, SCALE);
}

/* Two dots of the head never burn: a white line down the whole paper. */
static void
dead_dots (Photo *photo, GRand *random)
{
  kill_dots (photo, random, 2, 6);
}

/* The worst place: zbar, unlike newer readers, wants a finder's scan line whole. */
static void
dead_dots_in_finder (Photo *photo, GRand *random)
{
  kill_dots (photo, random, 0, 1);
}

static void
fade (Photo *photo, GRand *random)
{
  for (gsize i = 0; i < (gsize)photo->width * photo->height; i++)
    photo->grey[i] = 255 - (255 - photo->grey[i]) * 0.4;
  blur (photo, 1);
}

static const struct
{
  const char *name;
  void (*befall) (Photo *photo, GRand *random);
  guint least; /* of TRIALS that must be read */
} fates[] = {
  { "clean", nothing, TRIALS },
  { "blur 1.5 dots", lens, TRIALS },
  { "turned 5 degrees", hand, TRIALS },
  { "5 % noise, blur, turned", wear, TRIALS },
  { "blot 9 %", blot, TRIALS },
  { "two dead dots", dead_dots, TRIALS },
  { "two dead dots in a finder", dead_dots_in_finder, 0 },
  { "faded to 40 %", fade, TRIALS },
};

/* -- those who read ------------------------------------------------------------------------------------------ */

/* A second opinion, as of the reader that many phones have: ZXing's own program, a picture at a time. */
static gboolean
zxing_reads (const guint8 *grey, guint width, guint height)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "symbol.pgm", NULL);
  g_autofree char *wanted = g_strdup_printf ("%s QRCode \"%s\"\n", path, sample_seal ());
  g_autofree char *answer = NULL;
  g_autoptr(GString) picture = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) reader = NULL;

  g_string_printf (picture, "P5 %u %u 255\n", width, height);
  g_string_append_len (picture, (const char *)grey, (gssize)width * height);
  g_file_set_contents (path, picture->str, (gssize)picture->len, &error);
  g_assert_no_error (error);
  reader = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "ZXingReader", "-1", "-format",
                             "QRCode", path, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (reader, NULL, NULL, &answer, NULL, &error);
  g_assert_no_error (error);
  return g_str_equal (answer, wanted);
}

static gboolean
zbar_reads (const guint8 *grey, guint width, guint height)
{
  g_autofree char *text = read_symbol (grey, width, height);

  return g_strcmp0 (text, sample_seal ()) == 0;
}

/* -- the paper ------------------------------------------------------------------------------------------------- */

/* A finder's upper edge: seven modules of black below white */
static gboolean
is_top (const JnRaster *raster, guint left, guint y, guint module)
{
  for (guint x = left; x < left + 7 * module; x++)
    if (!jn_raster_get_dot (raster, x, y))
      return FALSE;
  return !jn_raster_get_dot (raster, left + 7 * module, y);
}

/* The raster that goes to the head: a paper with the symbol where the layout puts it, and text around. */
static Print
print_paper (JnPaper paper)
{
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_RECEIPT, "zh-Hant", "pt");
  g_autoptr(JnQr) qr = jn_qr_new (sample_seal (), NULL);
  g_autoptr(JnLayout) layout = NULL;
  guint module = jn_qr_fit_module (qr, jn_paper_get_size (paper));
  Print print = { .side = jn_qr_get_width (qr) * module };

  jn_document_add_rule (document);
  jn_document_add_qr (document, sample_seal (), jn_words ("掃描以查詢申請進度", "Leia o código"));
  layout = jn_layout_new (document, paper, NULL);
  print.raster = jn_raster_new_from_page (layout, 0, NULL);
  print.left = (jn_raster_get_width (print.raster) - print.side) / 2;
  while (!is_top (print.raster, print.left, print.top, module))
    print.top++;
  return print;
}

static void
count_reads (const Print *print, guint fate, guint *by_zbar, guint *by_zxing)
{
  *by_zbar = *by_zxing = 0;
  for (guint trial = 0; trial < TRIALS; trial++)
    {
      g_autoptr(Photo) photo = take_photo (print);
      g_autoptr(GRand) random = g_rand_new_with_seed (1000 * fate + trial);
      g_autofree guint8 *grey = g_malloc ((gsize)photo->width * photo->height);

      fates[fate].befall (photo, random);
      for (gsize i = 0; i < (gsize)photo->width * photo->height; i++)
        grey[i] = (guint8)CLAMP (photo->grey[i], 0, 255);
      *by_zbar += zbar_reads (grey, photo->width, photo->height);
      *by_zxing += zxing_reads (grey, photo->width, photo->height);
    }
}

/* At the sizes designed both read it every time, but for the one fate that is only told: the line of the table
 * says how it went. */
static void
test_fate (gconstpointer data)
{
  static const JnPaper papers[] = { JN_PAPER_ROLL_80, JN_PAPER_ROLL_58 };
  guint fate = GPOINTER_TO_UINT (data);
  g_autoptr(GString) line = g_string_new (NULL);
  gboolean good = TRUE;

  g_string_append_printf (line, "%-26s", fates[fate].name);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      Print print = print_paper (papers[i]);
      guint by_zbar, by_zxing;

      count_reads (&print, fate, &by_zbar, &by_zxing);
      g_string_append_printf (
          line, " | %s, %u dots: zbar %u/%u, ZXing %u/%u", jn_paper_get_size (papers[i])->name,
          papers[i] == JN_PAPER_ROLL_80 ? 6 : 5, by_zbar, TRIALS, by_zxing, TRIALS);
      jn_raster_free (print.raster);
      good &= by_zbar >= fates[fate].least && by_zxing >= fates[fate].least;
    }
  g_test_message ("%s", line->str);
  g_assert_true (good);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fates); i++)
    {
      g_autofree char *path = g_strdup_printf ("/printing/qr-quality/%s", fates[i].name);

      g_test_add_data_func (g_strdelimit (path, " ", '-'), GUINT_TO_POINTER (i), test_fate);
    }
  return g_test_run ();
}
