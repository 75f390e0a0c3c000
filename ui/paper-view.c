/* paper-view.c: draws the pages of a layout below one another, scaled to the widget's width. */
#include "ui/paper-view.h"

#include "ui/widgets.h"

#define GAP 24 /* dots between two pages */

struct _JnPaperView
{
  GtkDrawingArea parent;

  JnLayout *layout;
  int width;
};

G_DEFINE_TYPE (JnPaperView, jn_paper_view, GTK_TYPE_DRAWING_AREA)

static double
scale_of (JnPaperView *self)
{
  double width = 1, height = 1;

  jn_layout_get_page_size (self->layout, &width, &height);
  return self->width / width;
}

static void
draw_page (JnPaperView *self, guint page, double width, double height, cairo_t *cr)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  jn_layout_draw_page (self->layout, page, cr);
}

static gboolean
jn_paper_view_draw (GtkWidget *widget, cairo_t *cr)
{
  JnPaperView *self = JN_PAPER_VIEW (widget);
  double width = 0, height = 0;

  if (self->layout == NULL)
    return FALSE;
  jn_layout_get_page_size (self->layout, &width, &height);
  cairo_scale (cr, scale_of (self), scale_of (self));
  for (guint page = 0; page < jn_layout_get_n_pages (self->layout); page++)
    {
      draw_page (self, page, width, height, cr);
      cairo_translate (cr, 0, height + GAP);
    }
  return FALSE;
}

static void
jn_paper_view_finalize (GObject *object)
{
  JnPaperView *self = JN_PAPER_VIEW (object);

  g_clear_pointer (&self->layout, jn_layout_free);
  G_OBJECT_CLASS (jn_paper_view_parent_class)->finalize (object);
}

static void
jn_paper_view_class_init (JnPaperViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_paper_view_finalize;
  GTK_WIDGET_CLASS (klass)->draw = jn_paper_view_draw;
}

static void
jn_paper_view_init (JnPaperView *self)
{
  jn_add_classes (GTK_WIDGET (self), "paper-view");
  jn_set_role (GTK_WIDGET (self), ATK_ROLE_IMAGE);
}

GtkWidget *
jn_paper_view_new (int width)
{
  JnPaperView *self = g_object_new (JN_TYPE_PAPER_VIEW, NULL);

  self->width = width;
  gtk_widget_set_size_request (GTK_WIDGET (self), width, -1);
  return GTK_WIDGET (self);
}

gboolean
jn_paper_view_set_document (JnPaperView *self,
                            JnDocument *document,
                            const JnPrinterProfile *profile,
                            JnPaper paper,
                            GError **error)
{
  double width = 0, height = 0;
  JnLayout *layout = NULL;

  if (document != NULL)
    {
      layout = profile != NULL ? jn_layout_new_at (document, profile->paper, profile->dots, error)
                               : jn_layout_new (document, paper, error);
      if (layout == NULL)
        return FALSE;
    }
  g_clear_pointer (&self->layout, jn_layout_free);
  self->layout = layout;
  if (layout == NULL)
    return TRUE;
  jn_layout_get_page_size (layout, &width, &height);
  height = jn_layout_get_n_pages (layout) * (height + GAP) - GAP;
  gtk_widget_set_size_request (GTK_WIDGET (self), self->width, (int)(height * scale_of (self)));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}
