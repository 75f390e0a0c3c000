/* pdf.c: a layout as PDF. */
#include "printing/pdf.h"

#include <cairo-pdf.h>

#include "printing/block.h"

#define POINTS_PER_DOT (72.0 / 25.4 / JN_DOTS_PER_MM)

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static const char *
title_of (const JnDocument *document)
{
  for (guint i = 0; i < jn_document_get_n_blocks (document); i++)
    {
      const JnBlock *block = jn_document_get_block (document, i);

      if (block->type == JN_BLOCK_TITLE && block->head.first != NULL)
        return block->head.first;
    }
  return "";
}

/* The date of a file's making would make each print of one receipt another file. */
static void
describe (cairo_surface_t *surface, const JnDocument *document)
{
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title_of (document));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
}

static void
draw (const JnLayout *layout, cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);

  for (guint page = 0; page < jn_layout_get_n_pages (layout); page++)
    {
      cairo_save (cr);
      cairo_scale (cr, POINTS_PER_DOT, POINTS_PER_DOT);
      jn_layout_draw_page (layout, page, cr);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
}

GBytes *
jn_pdf_encode (const JnLayout *layout, GError **error)
{
  GByteArray *out = g_byte_array_new ();
  double width, height;
  cairo_surface_t *surface;
  cairo_status_t status;

  jn_layout_get_page_size (layout, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (append_cb, out, width * POINTS_PER_DOT,
                                                 height * POINTS_PER_DOT);
  describe (surface, jn_layout_get_document (layout));
  draw (layout, surface);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (out);
  g_byte_array_unref (out);
  g_set_error_literal (error, JN_PRINT_ERROR, JN_PRINT_ERROR_FAILED,
                       cairo_status_to_string (status));
  return NULL;
}

gboolean
jn_pdf_save (const JnLayout *layout, const char *path, GError **error)
{
  g_autoptr(GBytes) pdf = jn_pdf_encode (layout, error);
  gsize size;
  const char *data;

  if (pdf == NULL)
    return FALSE;
  data = g_bytes_get_data (pdf, &size);
  return g_file_set_contents (path, data, size, error);
}
