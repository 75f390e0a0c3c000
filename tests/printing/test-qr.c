/* test-qr.c: symbols, the size of their modules, and whole dots. */
#include "printing/qr.h"
#include "printing/raster.h"
#include "tests/printing/samples.h"

static void
test_symbol (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JnQr) qr = jn_qr_new ("https://janela.example", &error);

  g_assert_no_error (error);
  g_assert_cmpuint ((jn_qr_get_width (qr) - 17) % 4, ==, 0); /* 17 + 4 × version */
  for (guint i = 0; i < 7; i++)                              /* the finder's edge */
    {
      g_assert_true (jn_qr_is_dark (qr, i, 0));
      g_assert_true (jn_qr_is_dark (qr, 0, i));
      g_assert_false (jn_qr_is_dark (qr, i, 7));
    }
}

/* What a receipt holds is version 11 at most: 61 modules, 45.8 mm at 6 dots. */
static void
test_receipt_size (void)
{
  g_autoptr(JnQr) qr = jn_qr_new (sample_seal (), NULL);

  g_assert_cmpuint (jn_qr_get_width (qr), <=, 61);
  g_assert_cmpuint (jn_qr_fit_module (qr, jn_paper_get_size (JN_PAPER_ROLL_80)), ==, 6);
  g_assert_cmpuint (jn_qr_fit_module (qr, jn_paper_get_size (JN_PAPER_ROLL_58)), ==, 5);
  g_assert_cmpuint (jn_qr_fit_module (qr, jn_paper_get_size (JN_PAPER_A5)), ==, 6);
  g_assert_cmpuint (jn_qr_fit_module (qr, jn_paper_get_size (JN_PAPER_A4)), ==, 6);
}

static void
test_long (void)
{
  g_autofree char *longer = g_strnfill (700, 'x');
  g_autofree char *longest = g_strnfill (1500, 'x');
  g_autofree char *too_long = g_strnfill (5000, 'x');
  g_autoptr(JnQr) large = jn_qr_new (longer, NULL);
  g_autoptr(JnQr) larger = jn_qr_new (longest, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (jn_qr_fit_module (large, jn_paper_get_size (JN_PAPER_ROLL_80)), ==, 5);
  g_assert_cmpuint (jn_qr_fit_module (larger, jn_paper_get_size (JN_PAPER_ROLL_58)), ==, 0);
  g_assert_null (jn_qr_new (too_long, &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_TOO_LARGE);
}

/* In the finished raster each module is exactly 6 × 6 dots, wherever the symbol stands, with its quiet zone. */
static void
test_whole_dots (void)
{
  g_autoptr(JnDocument) document = sample_receipt ();
  g_autoptr(JnLayout) layout = jn_layout_new (document, JN_PAPER_ROLL_80, NULL);
  g_autoptr(JnRaster) raster = jn_raster_new_from_page (layout, 0, NULL);
  g_autoptr(JnQr) qr = jn_qr_new (sample_seal (), NULL);
  guint side = jn_qr_get_width (qr) * 6, left = (576 - side) / 2, top = 0;
  gboolean found = FALSE;

  for (top = 24; !found && top + side + 24 < jn_raster_get_height (raster); top++)
    {
      found = TRUE;
      for (guint y = 0; found && y < side; y++)
        for (guint x = 0; found && x < side; x++)
          found = jn_raster_get_dot (raster, left + x, top + y) == jn_qr_is_dark (qr, x / 6, y / 6);
    }
  g_assert_true (found);
  top--;
  for (guint x = left - 24; x < left + side + 24; x++)
    for (guint i = 1; i <= 24; i++)
      {
        g_assert_false (jn_raster_get_dot (raster, x, top - i));
        g_assert_false (jn_raster_get_dot (raster, x, top + side - 1 + i));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/qr/symbol", test_symbol);
  g_test_add_func ("/printing/qr/receipt-size", test_receipt_size);
  g_test_add_func ("/printing/qr/long", test_long);
  g_test_add_func ("/printing/qr/whole-dots", test_whole_dots);
  return g_test_run ();
}
