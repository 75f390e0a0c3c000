/* printer.c: printer profiles, and what each kind of printer is sent. */
#include "printing/printer.h"

#include "printing/escpos.h"
#include "printing/pdf.h"
#include "printing/pwg.h"
#include "printing/raster.h"

#define FEED_DEFAULT 96 /* 12 mm: from the head to the knife on the common mechanisms */
#define FEED_MOST 800   /* 10 cm: no knife is further away, and a slip of the pen empties no roll */

static const struct
{
  const char *name;
  const char *content_type;
} kinds[] = {
  [JN_PRINTER_ESCPOS] = { "escpos", "application/vnd.cups-raw" },
  [JN_PRINTER_PWG] = { "pwg", "image/pwg-raster" },
  [JN_PRINTER_PDF] = { "pdf", "application/pdf" },
};

/* -- profiles ------------------------------------------------------------------------------------------ */

JnPrinterProfile *
jn_printer_profile_new (const char *queue, JnPrinterKind kind, JnPaper paper)
{
  JnPrinterProfile *profile = g_new0 (JnPrinterProfile, 1);

  profile->queue = g_strdup (queue);
  profile->kind = kind;
  profile->paper = paper;
  profile->feed = FEED_DEFAULT;
  profile->cut = kind != JN_PRINTER_PDF;
  return profile;
}

JnPrinterProfile *
jn_printer_profile_copy (const JnPrinterProfile *profile)
{
  JnPrinterProfile *copy = g_memdup2 (profile, sizeof *profile);

  copy->queue = g_strdup (profile->queue);
  copy->model = g_strdup (profile->model);
  return copy;
}

void
jn_printer_profile_free (JnPrinterProfile *profile)
{
  g_free (profile->queue);
  g_free (profile->model);
  g_free (profile);
}

static gboolean
kind_from_name (const char *name, JnPrinterKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (name, kinds[i].name) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/* A minus sign makes a number without one very large: what is too large for its place must not be cut to fit. */
static void
read_dots (GKeyFile *settings, const char *group, const char *key, guint *dots, GError **error)
{
  GError *problem = NULL;
  guint64 value = g_key_file_get_uint64 (settings, group, key, &problem);

  if (problem != NULL)
    g_propagate_error (error, problem);
  else
    *dots = (guint)MIN (value, G_MAXUINT);
}

static gboolean
read_options (JnPrinterProfile *profile, GKeyFile *settings, const char *group, GError **error)
{
  g_autoptr(GError) problem = NULL;

  if (g_key_file_has_key (settings, group, "dots", NULL))
    read_dots (settings, group, "dots", &profile->dots, &problem);
  if (problem == NULL && !jn_paper_is_head (profile->dots))
    g_set_error (&problem, JN_PRINT_ERROR, JN_PRINT_ERROR_REJECTED,
                 "[%s]: dots are a multiple of 8 from %d to %d, not %u", group, JN_HEAD_LEAST,
                 JN_HEAD_MOST, profile->dots);
  if (problem == NULL && g_key_file_has_key (settings, group, "feed", NULL))
    read_dots (settings, group, "feed", &profile->feed, &problem);
  if (problem == NULL && profile->feed > FEED_MOST)
    g_set_error (&problem, JN_PRINT_ERROR, JN_PRINT_ERROR_REJECTED,
                 "[%s]: no more than %d dots are fed before the cut", group, FEED_MOST);
  if (problem == NULL && g_key_file_has_key (settings, group, "cut", NULL))
    profile->cut = g_key_file_get_boolean (settings, group, "cut", &problem);
  if (problem == NULL && g_key_file_has_key (settings, group, "drawer", NULL))
    profile->drawer = g_key_file_get_boolean (settings, group, "drawer", &problem);
  if (problem == NULL && g_key_file_has_key (settings, group, "direct", NULL))
    profile->direct = g_key_file_get_boolean (settings, group, "direct", &problem);
  profile->model = g_key_file_get_string (settings, group, "model", NULL);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

JnPrinterProfile *
jn_printer_profile_load (GKeyFile *settings, const char *group, GError **error)
{
  g_autofree char *queue = g_key_file_get_string (settings, group, "queue", error);
  g_autofree char *kind_name
      = queue != NULL ? g_key_file_get_string (settings, group, "kind", error) : NULL;
  g_autofree char *paper_name
      = kind_name != NULL ? g_key_file_get_string (settings, group, "paper", error) : NULL;
  g_autoptr(JnPrinterProfile) profile = NULL;
  JnPrinterKind kind;
  JnPaper paper;

  if (paper_name == NULL)
    return NULL;
  if (!kind_from_name (kind_name, &kind) || !jn_paper_from_name (paper_name, &paper))
    {
      g_set_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_REJECTED,
                   "[%s]: no printer is of kind “%s” with paper “%s”", group, kind_name,
                   paper_name);
      return NULL;
    }
  profile = jn_printer_profile_new (queue, kind, paper);
  if (!read_options (profile, settings, group, error))
    return NULL;
  return g_steal_pointer (&profile);
}

void
jn_printer_profile_save (const JnPrinterProfile *profile, GKeyFile *settings, const char *group)
{
  g_key_file_set_string (settings, group, "queue", profile->queue);
  g_key_file_set_string (settings, group, "kind", kinds[profile->kind].name);
  g_key_file_set_string (settings, group, "paper", jn_paper_get_size (profile->paper)->name);
  if (profile->dots != 0)
    g_key_file_set_uint64 (settings, group, "dots", profile->dots);
  g_key_file_set_uint64 (settings, group, "feed", profile->feed);
  g_key_file_set_boolean (settings, group, "cut", profile->cut);
  g_key_file_set_boolean (settings, group, "drawer", profile->drawer);
  if (profile->direct)
    g_key_file_set_boolean (settings, group, "direct", TRUE);
  if (profile->model != NULL)
    g_key_file_set_string (settings, group, "model", profile->model);
}

const char *
jn_printer_profile_get_content_type (const JnPrinterProfile *profile)
{
  return kinds[profile->kind].content_type;
}

/* -- encoding ------------------------------------------------------------------------------------------ */

static GPtrArray *
draw_pages (const JnLayout *layout, GError **error)
{
  g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_raster_free);

  for (guint i = 0; i < jn_layout_get_n_pages (layout); i++)
    {
      JnRaster *page = jn_raster_new_from_page (layout, i, error);

      if (page == NULL)
        return NULL;
      g_ptr_array_add (pages, page);
    }
  return g_steal_pointer (&pages);
}

static GBytes *
encode_escpos (const JnPrinterProfile *profile, GPtrArray *pages)
{
  GByteArray *out = g_byte_array_new ();

  for (guint i = 0; i < pages->len; i++)
    {
      g_autoptr(GBytes) page = jn_escpos_encode (pages->pdata[i], profile);

      g_byte_array_append (out, g_bytes_get_data (page, NULL), g_bytes_get_size (page));
    }
  return g_byte_array_free_to_bytes (out);
}

GBytes *
jn_printer_profile_encode (const JnPrinterProfile *profile, JnDocument *document, GError **error)
{
  g_autoptr(JnLayout) layout = jn_layout_new_at (document, profile->paper, profile->dots, error);
  g_autoptr(GPtrArray) pages = NULL;

  if (layout == NULL)
    return NULL;
  if (profile->kind == JN_PRINTER_PDF)
    return jn_pdf_encode (layout, error);
  pages = draw_pages (layout, error);
  if (pages == NULL)
    return NULL;
  if (profile->kind == JN_PRINTER_PWG)
    return jn_pwg_encode (pages, profile->cut);
  return encode_escpos (profile, pages);
}

/* -- printers ------------------------------------------------------------------------------------------ */

JnPrinter *
jn_printer_copy (const JnPrinter *printer)
{
  JnPrinter *copy = g_memdup2 (printer, sizeof *printer);

  copy->queue = g_strdup (printer->queue);
  copy->info = g_strdup (printer->info);
  copy->model = g_strdup (printer->model);
  copy->message = g_strdup (printer->message);
  copy->formats = g_strdupv (printer->formats);
  return copy;
}

void
jn_printer_free (JnPrinter *printer)
{
  g_free (printer->queue);
  g_free (printer->info);
  g_free (printer->model);
  g_free (printer->message);
  g_strfreev (printer->formats);
  g_free (printer);
}

/* A raw queue passes on anything, so it must not be mistaken for one that prints sheets. */
JnPrinterFit
jn_printer_compare (const JnPrinter *printer, const JnPrinterProfile *profile)
{
  const char *type = jn_printer_profile_get_content_type (profile);

  if (printer == NULL)
    return JN_PRINTER_MISSING;
  if (profile->kind == JN_PRINTER_ESCPOS && printer->driverless)
    return JN_PRINTER_HAS_DRIVER;
  if (profile->kind != JN_PRINTER_ESCPOS && !profile->direct && !printer->driverless)
    return JN_PRINTER_IS_RAW;
  if (profile->kind != JN_PRINTER_ESCPOS && !profile->direct
      && (printer->formats == NULL
          || !g_strv_contains ((const char *const *)printer->formats, type)))
    return JN_PRINTER_LACKS_FORMAT;
  if (profile->model != NULL && g_strcmp0 (profile->model, printer->model) != 0)
    return JN_PRINTER_IS_ANOTHER;
  return JN_PRINTER_FITS;
}

gboolean
jn_printer_suits (const JnPrinter *printer, const JnPrinterProfile *profile)
{
  return jn_printer_compare (printer, profile) == JN_PRINTER_FITS;
}

JnPrinterProfile *
jn_printer_guess_profile (const JnPrinter *printer)
{
  JnPrinterKind kind = JN_PRINTER_ESCPOS;
  JnPrinterProfile *profile;

  if (printer->driverless)
    kind = printer->formats != NULL
                   && g_strv_contains ((const char *const *)printer->formats, "application/pdf")
               ? JN_PRINTER_PDF
               : JN_PRINTER_PWG;
  profile = jn_printer_profile_new (printer->queue, kind,
                                    kind == JN_PRINTER_PDF ? JN_PAPER_A4 : JN_PAPER_ROLL_80);
  profile->model = g_strdup (printer->model);
  return profile;
}
