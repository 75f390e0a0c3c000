/* test-escpos.c: the bytes for a thermal printer, decoded back as its firmware would. */
#include <string.h>

#include "printing/escpos.h"
#include "tests/printing/picture.h"
#include "tests/printing/samples.h"

/* -- a printer ------------------------------------------------------------------------------------------------ */

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize at;
  GPtrArray *rows; /* of guint8[72]: what was burned */
  guint n_cuts;
  guint largest_band;
  guint fed_before_cut;
} Firmware;

static void
feed (Firmware *self, guint n)
{
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->rows, g_malloc0 (72));
  self->fed_before_cut += n;
}

static void
burn (Firmware *self)
{
  const guint8 *p = self->data + self->at;
  guint width = p[4] | p[5] << 8, rows = p[6] | p[7] << 8;

  g_assert_cmpuint (self->at + 8 + width * rows, <=, self->size);
  g_assert_cmpuint (p[3], ==, 0);
  g_assert_cmpuint (width, <=, 72);
  for (guint i = 0; i < rows; i++)
    {
      feed (self, 1);
      memcpy (self->rows->pdata[self->rows->len - 1], p + 8 + i * width, width);
    }
  self->fed_before_cut = 0;
  self->largest_band = MAX (self->largest_band, rows);
  self->at += 8 + width * rows;
}

static gboolean
starts (const Firmware *self, const char *command, gsize size)
{
  return self->size - self->at >= size && memcmp (self->data + self->at, command, size) == 0;
}

static void
step (Firmware *self)
{
  if (starts (self, "\x1b@", 2))
    self->at += 2;
  else if (starts (self, "\x1bJ", 2))
    {
      feed (self, self->data[self->at + 2]);
      self->at += 3;
    }
  else if (starts (self, "\x1dv0", 3))
    burn (self);
  else if (starts (self, "\x1dVB\0", 4))
    {
      self->n_cuts++;
      self->at += 4;
    }
  else
    g_assert_not_reached ();
}

static Firmware *
print (GBytes *bytes)
{
  Firmware *self = g_new0 (Firmware, 1);

  self->data = g_bytes_get_data (bytes, &self->size);
  self->rows = g_ptr_array_new_with_free_func (g_free);
  while (self->at < self->size)
    step (self);
  return self;
}

static void
firmware_free (Firmware *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Firmware, firmware_free)

/* -- tests ---------------------------------------------------------------------------------------------------- */

static JnRaster *
draw (JnPaper paper)
{
  g_autoptr(JnDocument) document = sample_receipt ();
  g_autoptr(JnLayout) layout = jn_layout_new (document, paper, NULL);

  return jn_raster_new_from_page (layout, 0, NULL);
}

static const JnPaper rolls[] = { JN_PAPER_ROLL_80, JN_PAPER_ROLL_58 };

/* Dot for dot what was drawn, then the way to the knife, then the cut. */
static void
test_same_dots (gconstpointer data)
{
  JnPaper paper = *(const JnPaper *)data;
  g_autoptr(JnPrinterProfile) profile = jn_printer_profile_new ("q", JN_PRINTER_ESCPOS, paper);
  g_autoptr(JnRaster) raster = draw (paper);
  g_autoptr(GBytes) bytes = jn_escpos_encode (raster, profile);
  g_autoptr(Firmware) paper_out = print (bytes);

  g_assert_cmpuint (paper_out->rows->len, ==, jn_raster_get_height (raster) + profile->feed);
  g_assert_cmpuint (paper_out->n_cuts, ==, 1);
  g_assert_cmpuint (paper_out->largest_band, <=, JN_ESCPOS_BAND);
  g_assert_cmpuint (paper_out->fed_before_cut, >=, profile->feed);
  for (guint y = 0; y < jn_raster_get_height (raster); y++)
    g_assert_cmpmem (paper_out->rows->pdata[y], jn_raster_get_row_size (raster),
                     jn_raster_get_row (raster, y), jn_raster_get_row_size (raster));
}

static void
test_no_knife (void)
{
  g_autoptr(JnPrinterProfile) profile
             = jn_printer_profile_new ("q", JN_PRINTER_ESCPOS, JN_PAPER_ROLL_80);
  g_autoptr(JnRaster) raster = jn_raster_new (576, 10);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(Firmware) paper_out = NULL;

  profile->cut = FALSE;
  profile->feed = 600;
  bytes = jn_escpos_encode (raster, profile);
  paper_out = print (bytes);
  g_assert_cmpuint (paper_out->n_cuts, ==, 0);
  g_assert_cmpuint (paper_out->rows->len, ==, 610);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 30); /* white costs feeds, not dots */
}

static void
test_tall_black (void)
{
  g_autoptr(JnPrinterProfile) profile
             = jn_printer_profile_new ("q", JN_PRINTER_ESCPOS, JN_PAPER_ROLL_58);
  g_autoptr(JnRaster) raster = jn_raster_new (384, 1000);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(Firmware) paper_out = NULL;

  for (guint y = 0; y < 1000; y++)
    jn_raster_set_dot (raster, y % 384, y, TRUE);
  bytes = jn_escpos_encode (raster, profile);
  paper_out = print (bytes);
  g_assert_cmpuint (paper_out->rows->len, ==, 1000 + profile->feed);
  g_assert_cmpuint (paper_out->largest_band, ==, JN_ESCPOS_BAND);
}

static void
test_drawer (void)
{
  g_autoptr(GBytes) kick = jn_escpos_kick_drawer ();
  static const guint8 expected[] = { 0x1b, 0x70, 0, 25, 25 };

  g_assert_cmpmem (g_bytes_get_data (kick, NULL), g_bytes_get_size (kick), expected,
                   sizeof expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/printing/escpos/same-dots/80", &rolls[0], test_same_dots);
  g_test_add_data_func ("/printing/escpos/same-dots/58", &rolls[1], test_same_dots);
  g_test_add_func ("/printing/escpos/no-knife", test_no_knife);
  g_test_add_func ("/printing/escpos/tall-black", test_tall_black);
  g_test_add_func ("/printing/escpos/drawer", test_drawer);
  return g_test_run ();
}
