/* layout.c: boxes broken into pages, and drawn. */
#include "printing/layout.h"

#include <math.h>

#include "printing/format.h"
#include "printing/pages.h"
#include "printing/typeset.h"

/* How much of the lower margin is left white below the foot */
#define FOOT_SHARE 0.7

struct _JnLayout
{
  JnDocument *document;
  JnPaper paper;
  JnPaperSize size;
  PangoContext *context;
  GArray *boxes; /* of JnBox */
  GArray *spots; /* of JnSpot, page by page */
  GArray *heads; /* of JnBox: what stands at the top of every page but the first; none on a roll */
  GArray *feet;  /* of JnBox: one a page on sheets, one at a roll's end */
  guint n_pages;
  double height; /* of a page */
};

/* -- the foot: model and version, copy, page ------------------------------------------------------ */

static char *
foot_text (const JnLayout *self, guint page)
{
  guint copy = jn_document_get_copy (self->document);
  const char *language = jn_document_get_language (self->document);
  g_autofree char *number = NULL;
  g_autofree char *mark = NULL;
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();

  if (jn_document_get_model (self->document) != NULL)
    g_ptr_array_add (parts, (gpointer)jn_document_get_model (self->document));
  if (self->n_pages > 1)
    g_ptr_array_add (parts, number = jn_format_page (language, page + 1, self->n_pages));
  if (copy > 0 && page > 0)
    g_ptr_array_add (parts, mark = jn_format_copy (language, copy));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv ("      ", (char **)parts->pdata);
}

static void
set_foot (JnLayout *self, JnSetter *setter, guint page)
{
  g_autofree char *text = foot_text (self, page);
  JnFace face = { setter->style->small, 0, FALSE, JN_ALIGN_CENTRE };
  JnBox *box = jn_setter_begin_box (setter, 0);

  box->height = jn_setter_put_pair (setter, box, setter->left, 0, setter->width,
                                    jn_words (text, NULL), &face);
}

static void
set_feet (JnLayout *self, JnSetter *setter)
{
  setter->boxes = self->feet;
  for (guint i = 0; i < self->n_pages; i++)
    set_foot (self, setter, i);
  if (self->size.height > 0)
    self->height = self->size.height;
  else
    self->height += ceil (setter->style->gap * 2 + g_array_index (self->feet, JnBox, 0).height);
}

/* -- the running head: what the page belongs to ----------------------------------------------------------- */

static const JnBlock *
find_block (const JnLayout *self, JnBlockType type)
{
  for (guint i = 0; i < jn_document_get_n_blocks (self->document); i++)
    if (jn_document_get_block (self->document, i)->type == type)
      return jn_document_get_block (self->document, i);
  return NULL;
}

/* The title at the left, the number at the right, or whose paper it is. */
static void
set_running_head (JnLayout *self, JnSetter *setter)
{
  const JnStyle *style = setter->style;
  const JnBlock *title = find_block (self, JN_BLOCK_TITLE);
  const JnBlock *number = find_block (self, JN_BLOCK_NUMBER);
  const JnBlock *masthead = find_block (self, JN_BLOCK_MASTHEAD);
  const char *right = number != NULL     ? number->body.first
                      : masthead != NULL ? masthead->head.first
                                         : NULL;
  JnFace left_face = { style->second, 0, TRUE, JN_ALIGN_START };
  JnFace right_face = { style->second, 0, FALSE, JN_ALIGN_END };
  double half = floor (setter->width / 2);
  JnBox *box;

  setter->boxes = self->heads;
  box = jn_setter_begin_box (setter, 0);
  if (title == NULL && right == NULL)
    return;
  if (title != NULL)
    box->height = jn_setter_put_pair (setter, box, setter->left, 0, setter->width - half,
                                      jn_words (title->head.first, NULL), &left_face);
  box->height
      = fmax (box->height, jn_setter_put_pair (setter, box, setter->left + setter->width - half, 0,
                                               half, jn_words (right, NULL), &right_face));
  box->height += round (style->gap / 2);
  jn_box_add_fill (box, setter->left, box->height, setter->width, style->thin);
  box->height += style->thin;
}

/* -- making --------------------------------------------------------------------------------------- */

static void
clear_box (gpointer data)
{
  g_array_unref (((JnBox *)data)->pieces);
}

static GArray *
new_boxes (void)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (JnBox));

  g_array_set_clear_func (boxes, clear_box);
  return boxes;
}

/* Nothing here depends on the surface or the desktop's settings: lines break alike on a raster, in a PDF
 * and on a screen. */
static PangoContext *
new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_SLIGHT);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  cairo_font_options_destroy (options);
  return context;
}

static double
head_room (const JnLayout *self, const JnStyle *style)
{
  double height = g_array_index (self->heads, JnBox, 0).height;

  return height > 0 ? height + style->gap : 0;
}

static gboolean
set_pages (JnLayout *self, GError **error)
{
  const JnPaperSize *size = &self->size;
  const JnStyle *style = jn_style_get (self->paper, size);
  JnSetter setter = { .document = self->document,
                      .paper = self->paper,
                      .size = size,
                      .style = style,
                      .context = self->context,
                      .boxes = self->boxes,
                      .left = size->margin,
                      .width = size->width - 2 * size->margin };
  JnPages pages = { style->gap, style->gap, INFINITY };

  if (!jn_setter_set_document (&setter, error))
    return FALSE;
  setter.width = setter.full_width;
  if (size->height > 0)
    {
      double foot = ceil (style->small * style->leading) + 2 * style->gap;

      set_running_head (self, &setter);
      pages.first_top = size->margin;
      pages.top = size->margin + head_room (self, style);
      pages.bottom = size->height - floor (size->margin * FOOT_SHARE) - foot;
    }
  self->n_pages = jn_pages_fill (&pages, self->boxes, self->spots, &self->height);
  self->height = ceil (self->height);
  set_feet (self, &setter);
  return TRUE;
}

JnLayout *
jn_layout_new (JnDocument *document, JnPaper paper, GError **error)
{
  return jn_layout_new_at (document, paper, 0, error);
}

JnLayout *
jn_layout_new_at (JnDocument *document, JnPaper paper, guint dots, GError **error)
{
  g_autoptr(JnLayout) self = NULL;

  g_return_val_if_fail (document != NULL, NULL);
  g_return_val_if_fail ((guint)paper < JN_N_PAPERS, NULL);
  self = g_new0 (JnLayout, 1);
  self->document = jn_document_ref (document);
  self->paper = paper;
  self->size = jn_paper_get_size_at (paper, dots);
  self->context = new_context ();
  self->boxes = new_boxes ();
  self->heads = new_boxes ();
  self->feet = new_boxes ();
  self->spots = g_array_new (FALSE, FALSE, sizeof (JnSpot));
  if (!set_pages (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
jn_layout_free (JnLayout *self)
{
  g_array_unref (self->spots);
  g_array_unref (self->heads);
  g_array_unref (self->feet);
  g_array_unref (self->boxes);
  g_object_unref (self->context);
  jn_document_unref (self->document);
  g_free (self);
}

JnDocument *
jn_layout_get_document (const JnLayout *self)
{
  return self->document;
}

guint
jn_layout_get_n_pages (const JnLayout *self)
{
  return self->n_pages;
}

void
jn_layout_get_page_size (const JnLayout *self, double *width, double *height)
{
  *width = self->size.width;
  *height = self->height;
}

/* -- drawing -------------------------------------------------------------------------------------- */

static void
draw_tick (const JnPiece *piece, cairo_t *cr, double y)
{
  cairo_set_line_width (cr, piece->stroke);
  cairo_move_to (cr, piece->x + piece->width * 0.2, y + piece->height * 0.5);
  cairo_line_to (cr, piece->x + piece->width * 0.42, y + piece->height * 0.75);
  cairo_line_to (cr, piece->x + piece->width * 0.85, y + piece->height * 0.2);
  cairo_stroke (cr);
}

/* Scaled to fit, never stretched, standing on the line. */
static void
draw_image (const JnPiece *piece, cairo_t *cr, double y)
{
  double width = cairo_image_surface_get_width (piece->image);
  double height = cairo_image_surface_get_height (piece->image);
  double scale = MIN (piece->width / width, piece->height / height);

  cairo_save (cr);
  cairo_translate (cr, piece->x, y + piece->height - height * scale);
  cairo_scale (cr, scale, scale);
  cairo_mask_surface (cr, piece->image, 0, 0);
  cairo_restore (cr);
}

/* A surface that holds ink alone has no white: there the band's ink is taken away. */
static void
draw_text (const JnPiece *piece, cairo_t *cr, double y)
{
  cairo_content_t content = cairo_surface_get_content (cairo_get_target (cr));

  cairo_save (cr);
  if (piece->white && content == CAIRO_CONTENT_ALPHA)
    cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OUT);
  else if (piece->white)
    cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_move_to (cr, piece->x, y);
  pango_cairo_show_layout (cr, piece->text);
  cairo_restore (cr);
}

static void
draw_piece (const JnPiece *piece, cairo_t *cr, double y)
{
  switch (piece->type)
    {
    case JN_PIECE_TEXT:
      draw_text (piece, cr, y);
      break;
    case JN_PIECE_FILL:
      cairo_rectangle (cr, piece->x, y, piece->width, piece->height);
      cairo_fill (cr);
      break;
    case JN_PIECE_FRAME:
      cairo_set_line_width (cr, piece->stroke);
      cairo_rectangle (cr, piece->x + piece->stroke / 2, y + piece->stroke / 2,
                       piece->width - piece->stroke, piece->height - piece->stroke);
      cairo_stroke (cr);
      break;
    case JN_PIECE_TICK:
      draw_tick (piece, cr, y);
      break;
    case JN_PIECE_QR:
      jn_qr_draw (piece->qr, cr, piece->x, y, piece->module);
      break;
    case JN_PIECE_IMAGE:
      draw_image (piece, cr, y);
      break;
    case JN_PIECE_NOTHING:
      break;
    }
}

static void
draw_box (const JnBox *box, cairo_t *cr, double y)
{
  for (guint i = 0; i < box->pieces->len; i++)
    {
      const JnPiece *piece = &g_array_index (box->pieces, JnPiece, i);

      draw_piece (piece, cr, y + piece->y);
    }
}

static double
foot_y (const JnLayout *self, const JnBox *foot)
{
  return self->height - foot->height
         - (self->size.height > 0 ? floor (self->size.margin * FOOT_SHARE) : 0);
}

void
jn_layout_draw_page (const JnLayout *self, guint page, cairo_t *cr)
{
  const JnBox *foot;

  g_return_if_fail (page < self->n_pages);
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  if (cairo_surface_get_content (cairo_get_target (cr)) == CAIRO_CONTENT_ALPHA)
    cairo_set_operator (cr, CAIRO_OPERATOR_ADD); /* the same on ink alone, and pixman's fast way */
  for (guint i = 0; i < self->spots->len; i++)
    {
      const JnSpot *spot = &g_array_index (self->spots, JnSpot, i);

      if (spot->page == page)
        draw_box (&g_array_index (self->boxes, JnBox, spot->box), cr, spot->y);
    }
  if (page > 0)
    draw_box (&g_array_index (self->heads, JnBox, 0), cr, self->size.margin);
  foot = &g_array_index (self->feet, JnBox, page);
  draw_box (foot, cr, foot_y (self, foot));
  cairo_restore (cr);
}

/* -- fonts, before anyone waits for them ------------------------------------------------------------ */

void
jn_layout_warm_up (void)
{
  static const char *const sample = "一窗 Áãç 0123456789";
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_TEST, "zh-Hant", "pt");
  g_autoptr(JnLayout) layout = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 576, 400);
  cairo_t *cr = cairo_create (surface);

  jn_document_add_title (document, jn_words (sample, sample));
  jn_document_add_field (document, jn_words (sample, sample), jn_words (sample, sample));
  layout = jn_layout_new (document, JN_PAPER_ROLL_80, NULL);
  if (layout != NULL)
    jn_layout_draw_page (layout, 0, cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}
