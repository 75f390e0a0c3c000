/* tiles.c: the figures of the hall now, large. */
#include "ui/hall/tiles.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/hall/drill-card.h"
#include "ui/language.h"
#include "ui/widgets.h"

typedef enum
{
  FIGURE_WAITING,
  FIGURE_LATE,
  FIGURE_CALLED,
  FIGURE_SERVING,
  FIGURE_OPEN,
  FIGURE_SERVED,
  N_FIGURES,
} Figure;

static const char *const figure_codes[N_FIGURES]
    = { "waiting", "late", "called", "serving", "open", "served" };

typedef struct
{
  GtkWidget *button;
  GtkWidget *figure;
  GtkWidget *tag;
  GtkWidget *line;
} Tile;

struct _JnHallTiles
{
  GtkBin parent;

  Tile tiles[N_FIGURES];
  JnHall *hall;
};

G_DEFINE_TYPE (JnHallTiles, jn_hall_tiles, GTK_TYPE_BIN)

static guint figure_signal;

static const char *
figure_words (Figure figure)
{
  return figure == FIGURE_OPEN ? _("Open counters")
                               : jn_drill_card_get_words (figure_codes[figure]);
}

static void
set_tile (JnHallTiles *self, Figure figure, guint number, const char *line)
{
  Tile *tile = &self->tiles[figure];
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_autofree char *name = g_strdup_printf ("%s: %u, %s", figure_words (figure), number, line);

  jn_label_set (tile->figure, text);
  jn_label_set (tile->line, line);
  jn_set_name (tile->button, name);
}

static void
set_mark (Tile *tile, const char *words, const char *kind)
{
  jn_label_set (tile->tag, words);
  gtk_widget_set_visible (tile->tag, words != NULL);
  jn_set_class (tile->tag, "late", g_strcmp0 (kind, "late") == 0);
  jn_set_class (tile->tag, "good", g_strcmp0 (kind, "good") == 0);
}

static void
show_figures (JnHallTiles *self)
{
  const JnHallFigures *figures = jn_hall_get_figures (self->hall);
  g_autofree char *longest = jn_text_format_duration (jn_language_get ()->tag, figures->longest);
  g_autofree char *waiting = g_strdup_printf (_("longest %s"), longest);
  g_autofree char *expected = g_strdup_printf (
      ngettext ("%u not here yet", "%u not here yet", figures->expected), figures->expected);
  g_autofree char *held
      = g_strdup_printf (ngettext ("%u on hold", "%u on hold", figures->held), figures->held);
  g_autofree char *paused = g_strdup_printf (
      ngettext ("%u on a pause", "%u on a pause", figures->paused), figures->paused);
  g_autofree char *no_show = g_strdup_printf (
      ngettext ("%u no-show", "%u no-shows", figures->no_show), figures->no_show);
  g_autofree char *left
      = g_strdup_printf (ngettext ("%u went away", "%u went away", figures->left), figures->left);
  g_autofree char *served = g_strdup_printf ("%s · %s", no_show, left);

  set_tile (self, FIGURE_WAITING, figures->waiting, waiting);
  set_tile (self, FIGURE_LATE, figures->late, _("over their pledge"));
  set_mark (&self->tiles[FIGURE_LATE],
            figures->late > 0 ? _("late") : _("on time"), figures->late > 0 ? "late" : "good");
  set_tile (self, FIGURE_CALLED, figures->called, expected);
  set_tile (self, FIGURE_SERVING, figures->serving, held);
  set_tile (self, FIGURE_OPEN, figures->open, paused);
  set_tile (self, FIGURE_SERVED, figures->served, served);
}

static void
tile_clicked_cb (GtkButton *button, JnHallTiles *self)
{
  Figure figure = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "figure"));

  g_signal_emit (self, figure_signal, 0, figure_codes[figure]);
}

void
jn_hall_tiles_grab (JnHallTiles *self)
{
  gtk_widget_grab_focus (self->tiles[FIGURE_WAITING].button);
}

/* -- the widget -- */

static void
add_tile (JnHallTiles *self, GtkWidget *flow, Figure figure)
{
  Tile *tile = &self->tiles[figure];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *child = gtk_flow_box_child_new ();

  tile->button = gtk_button_new ();
  tile->figure = jn_label_new ("–", "figure number");
  tile->tag = jn_label_new (NULL, "tag");
  tile->line = jn_text_new (NULL, "small number");
  gtk_widget_set_valign (tile->tag, GTK_ALIGN_CENTER);
  jn_pack (box, jn_text_new (figure_words (figure), "strong"));
  jn_pack (row, tile->figure);
  gtk_box_pack_start (GTK_BOX (row), tile->tag, FALSE, FALSE, 0);
  jn_pack (box, row);
  jn_pack (box, tile->line);
  gtk_widget_show (box);
  jn_add_classes (tile->button, "tile");
  gtk_container_add (GTK_CONTAINER (tile->button), box);
  g_object_set_data (G_OBJECT (tile->button), "figure", GUINT_TO_POINTER (figure));
  g_signal_connect (tile->button, "clicked", G_CALLBACK (tile_clicked_cb), self);
  gtk_widget_show (tile->button);
  gtk_widget_set_can_focus (child, FALSE);
  gtk_container_add (GTK_CONTAINER (child), tile->button);
  gtk_container_add (GTK_CONTAINER (flow), child);
  gtk_widget_show (child);
}

static void
jn_hall_tiles_dispose (GObject *object)
{
  g_clear_object (&JN_HALL_TILES (object)->hall);
  G_OBJECT_CLASS (jn_hall_tiles_parent_class)->dispose (object);
}

static void
jn_hall_tiles_class_init (JnHallTilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_hall_tiles_dispose;
  figure_signal = g_signal_new ("figure", JN_TYPE_HALL_TILES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
jn_hall_tiles_init (JnHallTiles *self)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 14);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 14);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), N_FIGURES);
  jn_set_name (flow, _("The hall now"));
  for (Figure figure = 0; figure < N_FIGURES; figure++)
    add_tile (self, flow, figure);
  gtk_widget_show (flow);
  gtk_container_add (GTK_CONTAINER (self), flow);
}

GtkWidget *
jn_hall_tiles_new (JnHall *hall)
{
  JnHallTiles *self = g_object_new (JN_TYPE_HALL_TILES, NULL);

  self->hall = g_object_ref (hall);
  g_signal_connect_object (hall, "changed", G_CALLBACK (show_figures), self, G_CONNECT_SWAPPED);
  show_figures (self);
  return GTK_WIDGET (self);
}
