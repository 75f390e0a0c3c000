/* ink.c: texts, rules and frames put into a box. */
#include "printing/typeset.h"
#include "printing/breaks.h"

#include <math.h>
#include <string.h>

/* Text with any Chinese in it is set in the Chinese face, Latin and figures included, which its
 * designers matched; the rest in the Latin one. HK is the one set of glyph forms that covers Macau's
 * names (HKSCS). */
#define FAMILIES_CHINESE "Noto Sans CJK HK, Noto Sans"
#define FAMILIES_LATIN "Noto Sans, Noto Sans CJK HK"

/* What the last line of a paragraph must be long, in its size */
#define ORPHAN 2.5

/* … and of a centred one, as a share of the width; and how far lines are narrowed for it */
#define CENTRED_LAST 0.4
#define NARROWEST 0.65

static void
clear_piece (gpointer data)
{
  JnPiece *piece = data;

  g_clear_object (&piece->text);
  g_clear_pointer (&piece->qr, jn_qr_free);
  g_clear_pointer (&piece->image, cairo_surface_destroy);
}

GArray *
jn_pieces_new (void)
{
  GArray *pieces = g_array_new (FALSE, TRUE, sizeof (JnPiece));

  g_array_set_clear_func (pieces, clear_piece);
  return pieces;
}

JnBox *
jn_setter_begin_box (JnSetter *self, double before)
{
  JnBox box = { .before = before, .pieces = jn_pieces_new () };

  g_array_append_val (self->boxes, box);
  return &g_array_index (self->boxes, JnBox, self->boxes->len - 1);
}

static JnPiece *
add (JnBox *box, JnPieceType type, double x, double y, double width, double height)
{
  JnPiece piece = { .type = type, .x = x, .y = y, .width = width, .height = height };

  g_array_append_val (box->pieces, piece);
  return &g_array_index (box->pieces, JnPiece, box->pieces->len - 1);
}

void
jn_box_add_fill (JnBox *box, double x, double y, double width, double height)
{
  add (box, JN_PIECE_FILL, x, y, width, height);
}

void
jn_box_add_frame (JnBox *box, double x, double y, double width, double height, double stroke)
{
  add (box, JN_PIECE_FRAME, x, y, width, height)->stroke = stroke;
}

JnPiece *
jn_box_add_text (JnBox *box, PangoLayout *text, double x, double y)
{
  JnPiece *piece
      = add (box, JN_PIECE_TEXT, x, y, jn_text_get_width (text), jn_text_get_height (text));

  piece->text = text;
  return piece;
}

double
jn_box_get_baseline (const JnBox *box, guint i)
{
  const JnPiece *piece;

  if (i >= box->pieces->len)
    return 0;
  piece = &g_array_index (box->pieces, JnPiece, i);
  return piece->type == JN_PIECE_TEXT
             ? piece->y + pango_layout_get_baseline (piece->text) / (double)PANGO_SCALE
             : 0;
}

static const char *
language_of (const JnSetter *self, gboolean second)
{
  const char *other = jn_document_get_second_language (self->document);

  return second && other != NULL ? other : jn_document_get_language (self->document);
}

static gboolean
has_chinese (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) >= 0x2e80)
      return TRUE;
  return FALSE;
}

static PangoFontDescription *
describe (gboolean chinese, double size, gboolean bold)
{
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, chinese ? FAMILIES_CHINESE : FAMILIES_LATIN);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  return font;
}

/* The Chinese faces set a middle dot as wide as a character, which is for names of people; between words it
 * is the Latin one. */
static void
narrow_dots (PangoAttrList *list, const char *text)
{
  for (const char *dot = strstr (text, " ·"); dot != NULL; dot = strstr (dot + 1, " ·"))
    {
      PangoAttribute *family = pango_attr_family_new (FAMILIES_LATIN);

      family->start_index = (guint)(dot + 1 - text);
      family->end_index = family->start_index + (guint)strlen ("·");
      pango_attr_list_insert (list, family);
    }
}

static PangoAttrList *
make_attributes (const JnSetter *self, const char *language, const char *text, double size)
{
  PangoAttrList *list = pango_attr_list_new ();
  int leading = ceil (size * self->style->leading);

  language = g_str_has_prefix (language, "zh") ? "zh-HK" : language;
  pango_attr_list_insert (list, pango_attr_language_new (pango_language_from_string (language)));
  pango_attr_list_insert (list, pango_attr_line_height_new_absolute (leading * PANGO_SCALE));
  pango_attr_list_insert (list, pango_attr_font_features_new ("tnum=1"));
  pango_attr_list_insert (list, pango_attr_insert_hyphens_new (FALSE)); /* a name has none */
  narrow_dots (list, text);
  return list;
}

PangoLayout *
jn_setter_make_text (const JnSetter *self,
                     const char *text,
                     gboolean second,
                     double size,
                     gboolean bold,
                     JnAlign align)
{
  static const PangoAlignment alignments[] = { [JN_ALIGN_START] = PANGO_ALIGN_LEFT,
                                               [JN_ALIGN_CENTRE] = PANGO_ALIGN_CENTER,
                                               [JN_ALIGN_END] = PANGO_ALIGN_RIGHT };
  const char *language = language_of (self, second);
  g_autofree char *broken = jn_breaks_add (text);
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = describe (has_chinese (text), size, bold);
  PangoAttrList *attributes;

  if (broken != NULL)
    text = broken;
  attributes = make_attributes (self, language, text, size);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, alignments[align]);
  pango_layout_set_text (layout, text, -1);
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

double
jn_text_get_height (PangoLayout *text)
{
  int height;

  pango_layout_get_size (text, NULL, &height);
  return ceil ((double)height / PANGO_SCALE);
}

double
jn_text_get_width (PangoLayout *text)
{
  int width;

  pango_layout_get_size (text, &width, NULL);
  return ceil ((double)width / PANGO_SCALE);
}

/* Width of the last of several lines; -1 where there is one only */
static double
last_line (PangoLayout *text)
{
  int n = pango_layout_get_line_count (text);
  PangoRectangle logical;

  if (n < 2)
    return -1;
  pango_layout_line_get_extents (pango_layout_get_line_readonly (text, n - 1), NULL, &logical);
  return (double)logical.width / PANGO_SCALE;
}

/* One or two characters alone on the last line look lost, and so does one word below a centred line: the lines above
 * give them company, as long as none is added. Returns: the width that the text is set in. */
static double
avoid_orphan (PangoLayout *text, double width, double size, double least)
{
  int n = pango_layout_get_line_count (text);
  double last = last_line (text);

  if (last < 0 || last >= least)
    return width;
  for (double narrow = width - size; narrow > width * NARROWEST; narrow -= size)
    {
      pango_layout_set_width (text, narrow * PANGO_SCALE);
      if (pango_layout_get_line_count (text) > n)
        break;
      if (last_line (text) >= least)
        return narrow;
    }
  pango_layout_set_width (text, width * PANGO_SCALE);
  return width;
}

/* Text at the right keeps its width, which it stands in. */
static double
put_text (JnBox *box, PangoLayout *text, double x, double y, double width, double size)
{
  PangoAlignment alignment = pango_layout_get_alignment (text);

  pango_layout_set_width (text, width * PANGO_SCALE);
  if (alignment == PANGO_ALIGN_LEFT)
    avoid_orphan (text, width, size, ORPHAN * size);
  else if (alignment == PANGO_ALIGN_CENTER)
    x += (width - avoid_orphan (text, width, size, width * CENTRED_LAST)) / 2;
  return jn_box_add_text (box, text, x, y)->height;
}

double
jn_setter_put_pair (const JnSetter *self,
                    JnBox *box,
                    double x,
                    double y,
                    double width,
                    JnWords words,
                    const JnFace *face)
{
  double height = 0;

  if (words.first != NULL && *words.first != '\0')
    height += put_text (
        box, jn_setter_make_text (self, words.first, FALSE, face->first, face->bold, face->align),
        x, y, width, face->first);
  if (words.second != NULL && *words.second != '\0')
    height += put_text (
        box, jn_setter_make_text (self, words.second, TRUE, face->second, face->bold, face->align),
        x, y + height, width, face->second);
  return height;
}

static gboolean
are_two_lines (JnWords words)
{
  return words.first != NULL && *words.first != '\0' && strchr (words.first, '\n') == NULL
         && words.second != NULL && *words.second != '\0' && strchr (words.second, '\n') == NULL;
}

/* Returns: FALSE where they do not fit */
static gboolean
put_beside (const JnSetter *self,
            JnBox *box,
            double x,
            double y,
            double width,
            JnWords words,
            const JnFace *face)
{
  PangoLayout *first
      = jn_setter_make_text (self, words.first, FALSE, face->first, face->bold, JN_ALIGN_START);
  PangoLayout *second
      = jn_setter_make_text (self, words.second, TRUE, face->second, FALSE, JN_ALIGN_START);
  double room = ceil (jn_text_get_width (first) + face->first * 0.6);
  double drop = (pango_layout_get_baseline (first) - pango_layout_get_baseline (second))
                / (double)PANGO_SCALE;

  if (room + jn_text_get_width (second) > width)
    {
      g_object_unref (first);
      g_object_unref (second);
      return FALSE;
    }
  jn_box_add_text (box, first, x, y);
  jn_box_add_text (box, second, x + room, y + round (drop));
  return TRUE;
}

double
jn_setter_put_line (const JnSetter *self,
                    JnBox *box,
                    double x,
                    double y,
                    double width,
                    JnWords words,
                    const JnFace *face)
{
  guint n = box->pieces->len;

  if (are_two_lines (words) && put_beside (self, box, x, y, width, words, face))
    return g_array_index (box->pieces, JnPiece, n).height;
  return jn_setter_put_pair (self, box, x, y, width, words, face);
}

double
jn_setter_put_joined (const JnSetter *self,
                      JnBox *box,
                      double x,
                      double y,
                      double width,
                      JnWords words,
                      const JnFace *face)
{
  g_autofree char *both = NULL;
  PangoLayout *text;

  if (!are_two_lines (words))
    return jn_setter_put_pair (self, box, x, y, width, words, face);
  both = g_strconcat (words.first, " · ", words.second, NULL);
  text = jn_setter_make_text (self, both, FALSE, face->first, face->bold, face->align);
  if (jn_text_get_width (text) <= width)
    return put_text (box, text, x, y, width, face->first);
  g_object_unref (text);
  return jn_setter_put_pair (self, box, x, y, width, words, face);
}
