/* test-raster.c: dots, PNG, and what a phone reads off the finished raster. */
#include "printing/seal.h"
#include "tests/printing/picture.h"
#include "tests/printing/samples.h"

static void
test_dots (void)
{
  g_autoptr(JnRaster) raster = jn_raster_new (13, 3);

  g_assert_cmpuint (jn_raster_get_row_size (raster), ==, 2);
  g_assert_true (jn_raster_row_is_blank (raster, 1));
  jn_raster_set_dot (raster, 0, 1, TRUE);
  jn_raster_set_dot (raster, 12, 1, TRUE);
  g_assert_cmphex (jn_raster_get_row (raster, 1)[0], ==, 0x80);
  g_assert_cmphex (jn_raster_get_row (raster, 1)[1], ==, 0x08);
  g_assert_true (jn_raster_get_dot (raster, 12, 1));
  g_assert_false (jn_raster_get_dot (raster, 11, 1));
  g_assert_false (jn_raster_row_is_blank (raster, 1));
  jn_raster_set_dot (raster, 0, 1, FALSE);
  jn_raster_set_dot (raster, 12, 1, FALSE);
  g_assert_true (jn_raster_row_is_blank (raster, 1));
}

static void
test_png (void)
{
  g_autoptr(JnRaster) raster = jn_raster_new (77, 31);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "dots.png", NULL);
  g_autoptr(JnRaster) again = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 31; i++)
    jn_raster_set_dot (raster, i * 2, i, TRUE);
  g_assert_true (jn_raster_save_png (raster, path, &error));
  g_assert_no_error (error);
  again = jn_raster_new_from_png (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jn_raster_get_width (again), ==, 77);
  g_assert_cmpuint (jn_raster_get_height (again), ==, 31);
  for (guint y = 0; y < 31; y++)
    g_assert_cmpmem (jn_raster_get_row (again, y), 10, jn_raster_get_row (raster, y), 10);
  g_assert_null (jn_raster_new_from_png ("/nonexistent.png", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
}

static void
test_too_long (void)
{
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_NOTICE, "en", NULL);
  g_autoptr(JnLayout) layout = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 1200; i++)
    jn_document_add_field (document, jn_words ("a", NULL), jn_words ("b", NULL));
  layout = jn_layout_new (document, JN_PAPER_ROLL_80, NULL);
  g_assert_null (jn_raster_new_from_page (layout, 0, &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_TOO_LARGE);
}

static const JnPaper papers[] = { JN_PAPER_ROLL_80, JN_PAPER_ROLL_58, JN_PAPER_A5, JN_PAPER_A4 };

/* The paper's whole way: sealed, drawn, burned, read by a reader that is not ours, checked. */
static void
test_reads_back (gconstpointer data)
{
  g_autoptr(JnDocument) document = sample_receipt ();
  g_autoptr(JnLayout) layout = jn_layout_new (document, *(const JnPaper *)data, NULL);
  g_autoptr(JnRaster) raster = jn_raster_new_from_page (layout, 0, NULL);
  g_autofree char *text = read_symbol_of_raster (raster);
  g_autoptr(JnKeyList) keys = sample_keys ();
  g_autoptr(JnReceiptClaim) claim = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (text, ==, sample_seal ());
  claim = jn_seal_verify (text, keys, SAMPLE_TIME + 60, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (claim->receipt, ==, "07-2026-0041287");
  g_assert_cmpint (claim->fee, ==, 10500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/raster/dots", test_dots);
  g_test_add_func ("/printing/raster/png", test_png);
  g_test_add_func ("/printing/raster/too-long", test_too_long);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/printing/raster/reads-back/%s", jn_paper_get_size (papers[i])->name);

      g_test_add_data_func (path, &papers[i], test_reads_back);
    }
  return g_test_run ();
}
