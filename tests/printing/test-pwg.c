/* test-pwg.c: PWG Raster read back by libcups' own reader. */
#include <cups/raster.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "printing/pwg.h"
#include "tests/printing/samples.h"

static int
write_out (GBytes *bytes)
{
  g_autofree char *path = NULL;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  int fd = g_file_open_tmp ("pwg-XXXXXX", &path, NULL);

  g_assert_cmpint (write (fd, data, size), ==, (gssize)size);
  lseek (fd, 0, SEEK_SET);
  g_unlink (path);
  return fd;
}

static void
assert_page (cups_raster_t *reader, const JnRaster *page, guint n_pages)
{
  cups_page_header2_t header;
  guint8 row[512];

  g_assert_cmpuint (cupsRasterReadHeader2 (reader, &header), ==, 1);
  g_assert_cmpstr (header.MediaClass, ==, "PwgRaster");
  g_assert_cmpuint (header.cupsWidth, ==, jn_raster_get_width (page));
  g_assert_cmpuint (header.cupsHeight, ==, jn_raster_get_height (page));
  g_assert_cmpuint (header.cupsBitsPerPixel, ==, 1);
  g_assert_cmpuint (header.cupsBitsPerColor, ==, 1);
  g_assert_cmpuint (header.cupsColorSpace, ==, CUPS_CSPACE_K);
  g_assert_cmpuint (header.cupsNumColors, ==, 1);
  g_assert_cmpuint (header.HWResolution[0], ==, 203);
  g_assert_cmpuint (header.CutMedia, ==, CUPS_CUT_PAGE);
  g_assert_cmpuint (header.cupsInteger[CUPS_RASTER_PWG_TotalPageCount], ==, n_pages);
  g_assert_cmpuint (header.cupsInteger[CUPS_RASTER_PWG_ImageBoxBottom], ==,
                    jn_raster_get_height (page));
  for (guint y = 0; y < header.cupsHeight; y++)
    {
      g_assert_cmpuint (cupsRasterReadPixels (reader, row, header.cupsBytesPerLine), ==,
                        header.cupsBytesPerLine);
      g_assert_cmpmem (row, header.cupsBytesPerLine, jn_raster_get_row (page, y),
                       jn_raster_get_row_size (page));
    }
}

static JnRaster *
noise (guint width, guint height)
{
  JnRaster *raster = jn_raster_new (width, height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      jn_raster_set_dot (raster, x, y, g_test_rand_int_range (0, y % 7 + 2) == 0);
  return raster;
}

static void
test_round_trip (void)
{
  g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_raster_free);
  g_autoptr(JnDocument) document = sample_receipt ();
  g_autoptr(JnLayout) layout = jn_layout_new (document, JN_PAPER_ROLL_80, NULL);
  g_autoptr(GBytes) bytes = NULL;
  cups_raster_t *reader;
  int fd;

  g_ptr_array_add (pages, jn_raster_new_from_page (layout, 0, NULL));
  g_ptr_array_add (pages, noise (384, 700));
  g_ptr_array_add (pages, noise (17, 3));
  g_ptr_array_add (pages, jn_raster_new (2000, 600));
  bytes = jn_pwg_encode (pages, TRUE);
  fd = write_out (bytes);
  reader = cupsRasterOpen (fd, CUPS_RASTER_READ);
  for (guint i = 0; i < pages->len; i++)
    assert_page (reader, pages->pdata[i], pages->len);
  cupsRasterClose (reader);
  close (fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/pwg/round-trip", test_round_trip);
  return g_test_run ();
}
