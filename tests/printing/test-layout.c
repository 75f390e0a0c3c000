/* test-layout.c: every sample on every paper looks as it was approved, and fits. */
#include "printing/layout.h"
#include "printing/typeset.h"
#include "tests/printing/picture.h"
#include "tests/printing/samples.h"

typedef struct
{
  const Sample *sample;
  JnPaper paper;
  guint dots; /* 0: the paper's usual head */
} Case;

/* "roll-80", "roll-80-512" (transfer full) */
static char *
name_sheet (const Case *one)
{
  const char *paper = jn_paper_get_size (one->paper)->name;

  return one->dots > 0 ? g_strdup_printf ("%s-%u", paper, one->dots) : g_strdup (paper);
}

static void
test_golden (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(JnDocument) document = one->sample->make ();
  g_autoptr(GError) error = NULL;
  g_autoptr(JnLayout) layout = jn_layout_new_at (document, one->paper, one->dots, &error);
  g_autofree char *sheet = name_sheet (one);

  g_assert_no_error (error);
  for (guint page = 0; page < jn_layout_get_n_pages (layout); page++)
    {
      g_autoptr(JnRaster) raster = jn_raster_new_from_page (layout, page, &error);
      g_autofree char *name = g_strdup_printf ("%s-%s-%u", one->sample->name, sheet, page + 1);

      g_assert_no_error (error);
      assert_like_golden (raster, name);
    }
}

/* Nothing is drawn outside the margins: a head has no dots there, and a laser printer no toner. */
static void
test_margins (gconstpointer data)
{
  const Case *one = data;
  const JnPaperSize size = jn_paper_get_size_at (one->paper, one->dots);
  g_autoptr(JnDocument) document = one->sample->make ();
  g_autoptr(JnLayout) layout = jn_layout_new_at (document, one->paper, one->dots, NULL);

  for (guint page = 0; page < jn_layout_get_n_pages (layout); page++)
    {
      g_autoptr(JnRaster) raster = jn_raster_new_from_page (layout, page, NULL);

      g_assert_cmpuint (jn_raster_get_width (raster), ==, (guint)size.width);
      for (guint y = 0; y < jn_raster_get_height (raster); y++)
        for (guint x = 0; x < size.margin - 1; x++)
          {
            g_assert_false (jn_raster_get_dot (raster, x, y));
            g_assert_false (jn_raster_get_dot (raster, jn_raster_get_width (raster) - 1 - x, y));
          }
    }
}

static JnDocument *
long_document (guint n_rows)
{
  const JnColumn columns[] = { { jn_words ("No.", NULL), JN_ALIGN_END, FALSE },
                               { jn_words ("What", NULL), JN_ALIGN_START, TRUE } };
  JnDocument *document = jn_document_new (JN_DOCUMENT_CASH_REPORT, "en", NULL);

  jn_document_add_table (document, columns, 2);
  for (guint i = 0; i < n_rows; i++)
    {
      const JnWords cells[] = { jn_words ("1", NULL), jn_words ("fee", NULL) };

      jn_document_add_row (document, cells, FALSE);
    }
  return document;
}

static void
test_pages (void)
{
  g_autoptr(JnDocument) document = long_document (200);
  g_autoptr(JnLayout) sheets = jn_layout_new (document, JN_PAPER_A4, NULL);
  g_autoptr(JnLayout) roll = jn_layout_new (document, JN_PAPER_ROLL_80, NULL);
  double width, height;

  g_assert_cmpuint (jn_layout_get_n_pages (sheets), >, 3);
  jn_layout_get_page_size (sheets, &width, &height);
  g_assert_cmpfloat (width, ==, 1680);
  g_assert_cmpfloat (height, ==, 2376);
  g_assert_cmpuint (jn_layout_get_n_pages (roll), ==, 1);
  jn_layout_get_page_size (roll, &width, &height);
  g_assert_cmpfloat (width, ==, 576);
  g_assert_cmpfloat (height, >, 200 * 26);
}

/* The table's head stands on each page, at the same place as on the first one's top. */
static void
test_repeats_head (void)
{
  g_autoptr(JnDocument) document = long_document (200);
  g_autoptr(JnLayout) layout = jn_layout_new (document, JN_PAPER_A4, NULL);
  g_autoptr(JnRaster) first = jn_raster_new_from_page (layout, 0, NULL);
  g_autoptr(JnRaster) second = jn_raster_new_from_page (layout, 1, NULL);
  guint head = 160 + 30; /* below the margin */

  for (guint y = 160; y < head; y++)
    for (guint x = 0; x < jn_raster_get_width (first); x++)
      g_assert_cmpint (jn_raster_get_dot (first, x, y), ==, jn_raster_get_dot (second, x, y));
}

static guint
count_dots (const JnRaster *raster, guint top, guint bottom)
{
  guint n = 0;

  for (guint y = top; y < bottom; y++)
    for (guint x = 0; x < jn_raster_get_width (raster); x++)
      n += jn_raster_get_dot (raster, x, y);
  return n;
}

/* Every page but the first says at its top what it belongs to. */
static void
test_running_head (void)
{
  g_autoptr(JnDocument) titled = jn_document_new (JN_DOCUMENT_NOTICE, "pt", "zh-Hant");
  g_autoptr(JnLayout) layout = NULL;
  g_autoptr(JnRaster) second = NULL;
  g_autoptr(JnRaster) third = NULL;

  jn_document_add_title (titled, jn_words ("Notificação", "通知"));
  for (guint i = 0; i < 120; i++)
    jn_document_add_paragraph (titled, JN_PARAGRAPH_NORMAL, jn_words ("Uma linha.", NULL));
  layout = jn_layout_new (titled, JN_PAPER_A4, NULL);
  g_assert_cmpuint (jn_layout_get_n_pages (layout), >, 2);
  second = jn_raster_new_from_page (layout, 1, NULL);
  third = jn_raster_new_from_page (layout, 2, NULL);
  g_assert_cmpuint (count_dots (second, 160, 210), >, 1360); /* a rule, and words above it */
  g_assert_cmpuint (count_dots (second, 160, 210), ==, count_dots (third, 160, 210));
}

/* -- text that is longer than a page ------------------------------------------------------------------------ */

static char *
many_words (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "palavra%u ", i);
  return g_string_free (text, FALSE);
}

/* A row that is taller than a page goes on below its table's head. */
static void
test_split_row (void)
{
  const JnColumn columns[] = { { jn_words ("Head", NULL), JN_ALIGN_START, TRUE } };
  g_autofree char *text = many_words (1500);
  const JnWords cells[] = { jn_words (text, NULL) };
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_NOTICE, "en", NULL);
  g_autoptr(JnLayout) layout = NULL;
  g_autoptr(JnRaster) first = NULL;

  jn_document_add_table (document, columns, 1);
  jn_document_add_row (document, cells, FALSE);
  layout = jn_layout_new (document, JN_PAPER_A5, NULL);
  g_assert_cmpuint (jn_layout_get_n_pages (layout), >, 2);
  first = jn_raster_new_from_page (layout, 0, NULL);
  for (guint page = 1; page < jn_layout_get_n_pages (layout); page++)
    {
      g_autoptr(JnRaster) raster = jn_raster_new_from_page (layout, page, NULL);

      for (guint y = 96; y < 96 + 30; y++)
        for (guint x = 0; x < jn_raster_get_width (first); x++)
          g_assert_cmpint (jn_raster_get_dot (first, x, y), ==, jn_raster_get_dot (raster, x, y));
    }
}

static JnLayout *
lay_out_reason (JnParagraphStyle style, const char *text, const char *second)
{
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_NOTICE, "pt", "en");

  jn_document_add_title (document, jn_words ("Notificação", NULL));
  jn_document_add_paragraph (document, style, jn_words (text, second));
  return jn_layout_new (document, JN_PAPER_A5, NULL);
}

/* No line is lost: what was set on all pages together is as much ink as on a roll that has no end; nothing
 * stands in the lower margin. */
static void
test_split (gconstpointer data)
{
  JnParagraphStyle style = GPOINTER_TO_INT (data);
  g_autofree char *text = many_words (900);
  g_autofree char *second = many_words (300);
  g_autoptr(JnLayout) layout = lay_out_reason (style, text, second);
  guint foot = 210 * 8 - 96, lines = 0;

  g_assert_cmpuint (jn_layout_get_n_pages (layout), >, 2);
  for (guint page = 0; page < jn_layout_get_n_pages (layout); page++)
    {
      g_autoptr(JnRaster) raster = jn_raster_new_from_page (layout, page, NULL);
      gboolean was_blank = TRUE;

      for (guint y = 160; y < foot - 40; y++)
        {
          gboolean blank = count_dots (raster, y, y + 1) < 8;

          lines += was_blank && !blank;
          was_blank = blank;
        }
    }
  g_assert_cmpuint (lines, >, 90);
}

/* A page is filled before the next one begins, and no single line stands alone. */
static void
test_split_is_full (void)
{
  g_autofree char *text = many_words (900);
  g_autoptr(JnLayout) layout = lay_out_reason (JN_PARAGRAPH_NORMAL, text, NULL);
  guint last = jn_layout_get_n_pages (layout) - 1;
  g_autoptr(JnRaster) first = jn_raster_new_from_page (layout, 0, NULL);
  g_autoptr(JnRaster) end = jn_raster_new_from_page (layout, last, NULL);

  g_assert_cmpuint (count_dots (first, 1400, 1500), >, 500);
  g_assert_cmpuint (count_dots (end, 150, 210), >, 200);
}

/* Those who sign never sign a page with nothing on it. */
static void
test_signature_has_company (void)
{
  for (guint n = 40; n < 60; n++)
    {
      g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_CASH_REPORT, "en", NULL);
      g_autoptr(JnLayout) layout = NULL;
      g_autoptr(JnRaster) last = NULL;

      for (guint i = 0; i < n; i++)
        jn_document_add_paragraph (document, JN_PARAGRAPH_NORMAL, jn_words ("A line.", NULL));
      jn_document_add_signature (document, jn_words ("One", NULL), NULL, NULL);
      layout = jn_layout_new (document, JN_PAPER_A4, NULL);
      if (jn_layout_get_n_pages (layout) == 1)
        continue;
      last = jn_raster_new_from_page (layout, jn_layout_get_n_pages (layout) - 1, NULL);
      g_assert_cmpuint (count_dots (last, 160, 200), >, 100);
    }
}

/* -- single lines ---------------------------------------------------------------------------------------------- */

static PangoLayout *
set_text (JnPaper paper, const char *text, double width)
{
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_NOTICE, "zh-Hant", "pt");
  g_autoptr(GArray) boxes = g_array_new (FALSE, FALSE, sizeof (JnBox));
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  JnSetter setter = { .document = document,
                      .paper = paper,
                      .style = jn_style_get (paper, jn_paper_get_size (paper)),
                      .size = jn_paper_get_size (paper),
                      .context = context,
                      .boxes = boxes };
  JnFace face = { 26, 20, FALSE, JN_ALIGN_START };
  JnBox *box = jn_setter_begin_box (&setter, 0);
  PangoLayout *set;

  jn_setter_put_pair (&setter, box, 0, 0, width, jn_words (text, NULL), &face);
  set = g_object_ref (g_array_index (box->pieces, JnPiece, 0).text);
  g_array_unref (box->pieces);
  g_object_unref (context);
  return set;
}

/* Eleven characters of 26 dots in room for ten: not ten and one, but nine and two or better; and no line more. */
static void
test_orphan (void)
{
  PangoLayout *set = set_text (JN_PAPER_ROLL_80, "請於十二月七日前補交護", 10 * 26 + 4);
  PangoRectangle last;

  g_assert_cmpint (pango_layout_get_line_count (set), ==, 2);
  pango_layout_line_get_extents (pango_layout_get_line_readonly (set, 1), NULL, &last);
  g_assert_cmpint (last.width / PANGO_SCALE, >=, 2 * 26);
  g_object_unref (set);
}

static void
test_grows_with_content (void)
{
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_NOTICE, "en", NULL);
  g_autoptr(JnLayout) before = jn_layout_new (document, JN_PAPER_ROLL_58, NULL);
  g_autoptr(JnLayout) after = NULL;
  double width, empty, filled;

  jn_document_add_paragraph (document, JN_PARAGRAPH_NORMAL, jn_words ("One line.", NULL));
  after = jn_layout_new (document, JN_PAPER_ROLL_58, NULL);
  jn_layout_get_page_size (before, &width, &empty);
  jn_layout_get_page_size (after, &width, &filled);
  g_assert_cmpfloat (filled, >, empty);
}

static void
test_too_large (void)
{
  g_autofree char *text = g_strnfill (1500, 'x');
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_NOTICE, "en", NULL);
  g_autoptr(GError) error = NULL;

  jn_document_add_qr (document, text, jn_words (NULL, NULL));
  g_assert_null (jn_layout_new (document, JN_PAPER_ROLL_58, &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_TOO_LARGE);
}

/* A pad's signature is ink, on transparent as on white, and a broken picture leaves the line. */
static guint
count_ink (GBytes *png)
{
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_APPLICATION, "en", NULL);
  g_autoptr(JnLayout) layout = NULL;
  g_autoptr(JnRaster) raster = NULL;
  guint n = 0;

  jn_document_add_signature (document, jn_words ("Applicant", NULL), NULL, png);
  layout = jn_layout_new (document, JN_PAPER_ROLL_80, NULL);
  raster = jn_raster_new_from_page (layout, 0, NULL);
  for (guint y = 0; y < jn_raster_get_height (raster); y++)
    for (guint x = 0; x < jn_raster_get_width (raster); x++)
      n += jn_raster_get_dot (raster, x, y);
  return n;
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw_signature (gboolean on_white)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 400, 100);
  cairo_t *cr = cairo_create (surface);
  GByteArray *png = g_byte_array_new ();

  if (on_white)
    {
      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
    }
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_rectangle (cr, 50, 40, 300, 20);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append_cb, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

static void
test_signature (void)
{
  g_autoptr(GBytes) transparent = draw_signature (FALSE);
  g_autoptr(GBytes) white = draw_signature (TRUE);
  g_autoptr(GBytes) broken = g_bytes_new_static ("no picture", 10);
  guint line = count_ink (NULL);

  g_assert_cmpuint (count_ink (transparent), >, line + 3000);
  g_assert_cmpuint (count_ink (white), ==, count_ink (transparent));
  g_assert_cmpuint (count_ink (broken), ==, line);
}

/* Every character of a name has a glyph: HKSCS, and the extensions of CJK from B to H. */
static void
test_rare_characters (void)
{
  static const char *const names[]
      = { "陳樣本",     "𠮷𨭎欣",     "\U0002A6D6", "\U0002B740", "\U0002B820",
          "\U0002CEB0", "\U00030000", "\U00031350", "ÁâçãõÉí" };
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_NOTICE, "zh-Hant", "pt");
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  JnSetter setter
      = { .document = document,
          .style = jn_style_get (JN_PAPER_ROLL_80, jn_paper_get_size (JN_PAPER_ROLL_80)),
          .context = context };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint bold = 0; bold < 2; bold++)
      {
        PangoLayout *text
            = jn_setter_make_text (&setter, names[i], FALSE, 26, bold, JN_ALIGN_START);

        g_assert_cmpint (pango_layout_get_unknown_glyphs_count (text), ==, 0);
        g_object_unref (text);
      }
  g_object_unref (context);
}

/* @one: stays */
static void
add_case (Case *one, const Sample *sample, JnPaper paper, guint dots)
{
  g_autofree char *sheet = NULL;
  g_autofree char *golden = NULL;
  g_autofree char *margins = NULL;

  one->sample = sample;
  one->paper = paper;
  one->dots = dots;
  sheet = name_sheet (one);
  golden = g_strdup_printf ("/printing/layout/golden/%s/%s", sample->name, sheet);
  margins = g_strdup_printf ("/printing/layout/margins/%s/%s", sample->name, sheet);
  g_test_add_data_func (golden, one, test_golden);
  g_test_add_data_func (margins, one, test_margins);
}

int
main (int argc, char **argv)
{
  static const guint heads[] = { 384, 512, 832 };
  static Case cases[128];
  guint n = 0;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_samples; i++)
    {
      for (JnPaper paper = 0; paper < JN_N_PAPERS; paper++)
        add_case (&cases[n++], &samples[i], paper, 0);
      for (guint k = 0; k < G_N_ELEMENTS (heads); k++)
        add_case (&cases[n++], &samples[i], JN_PAPER_ROLL_80, heads[k]);
    }
  g_assert_cmpuint (n, <=, G_N_ELEMENTS (cases));
  g_test_add_func ("/printing/layout/pages", test_pages);
  g_test_add_func ("/printing/layout/repeats-head", test_repeats_head);
  g_test_add_func ("/printing/layout/running-head", test_running_head);
  g_test_add_data_func ("/printing/layout/split/plain", GINT_TO_POINTER (JN_PARAGRAPH_NORMAL),
                        test_split);
  g_test_add_data_func ("/printing/layout/split/framed", GINT_TO_POINTER (JN_PARAGRAPH_IMPORTANT),
                        test_split);
  g_test_add_func ("/printing/layout/split/full", test_split_is_full);
  g_test_add_func ("/printing/layout/split/row", test_split_row);
  g_test_add_func ("/printing/layout/signature-has-company", test_signature_has_company);
  g_test_add_func ("/printing/layout/orphan", test_orphan);
  g_test_add_func ("/printing/layout/grows-with-content", test_grows_with_content);
  g_test_add_func ("/printing/layout/too-large", test_too_large);
  g_test_add_func ("/printing/layout/signature", test_signature);
  g_test_add_func ("/printing/layout/rare-characters", test_rare_characters);
  return g_test_run ();
}
