/* printer-editor.c: which queue serves a use, what its printer is sent, and how it feeds, cuts and kicks. */
#include "ui/printer-editor.h"

#include <glib/gi18n.h>

#include "printing/paper.h"
#include "ui/print-words.h"
#include "ui/widgets.h"

#define N_KINDS (JN_PRINTER_PDF + 1)

struct _JnPrinterEditor
{
  GtkBin parent;

  GtkWidget *heading;
  GtkWidget *queue;
  GtkWidget *kind;
  GtkWidget *paper;
  GtkWidget *dots;
  GtkWidget *feed;
  GtkWidget *cut;
  GtkWidget *drawer;
  GtkWidget *warning;
  GtkWidget *save;
  GtkWidget *test;
  GtkWidget *remove;

  char *use;
  GPtrArray *printers; /* (nullable): of JnPrinter */
  gboolean direct;     /* not asked here, but kept for the same queue */
  gboolean filling;
};

static guint save_signal, test_signal, remove_signal, closed_signal;

G_DEFINE_TYPE (JnPrinterEditor, jn_printer_editor, GTK_TYPE_BIN)

/* -- what is chosen -- */

static const JnPrinter *
find_printer (JnPrinterEditor *self, const char *queue)
{
  for (guint i = 0; self->printers != NULL && i < self->printers->len; i++)
    if (g_strcmp0 (((JnPrinter *)self->printers->pdata[i])->queue, queue) == 0)
      return self->printers->pdata[i];
  return NULL;
}

/* 0: the paper's usual head */
static guint
get_dots (JnPrinterEditor *self)
{
  const char *id = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->dots));

  return id != NULL ? (guint)g_ascii_strtoull (id, NULL, 10) : 0;
}

JnPrinterProfile *
jn_printer_editor_get_profile (JnPrinterEditor *self)
{
  const char *queue = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->queue));
  int kind = gtk_combo_box_get_active (GTK_COMBO_BOX (self->kind));
  int paper = gtk_combo_box_get_active (GTK_COMBO_BOX (self->paper));
  const JnPrinter *printer = queue != NULL ? find_printer (self, queue) : NULL;
  JnPrinterProfile *profile;

  if (queue == NULL || kind < 0 || paper < 0)
    return NULL;
  profile = jn_printer_profile_new (queue, (JnPrinterKind)kind, (JnPaper)paper);
  if (jn_paper_get_size ((JnPaper)paper)->height == 0)
    profile->dots = get_dots (self);
  profile->feed
      = (guint)(gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->feed)) * JN_DOTS_PER_MM + 0.5);
  profile->cut = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->cut));
  profile->drawer = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->drawer));
  profile->direct = self->direct && profile->kind == JN_PRINTER_PDF;
  profile->model = g_strdup (printer != NULL ? printer->model : NULL);
  return profile;
}

const char *
jn_printer_editor_get_use (JnPrinterEditor *self)
{
  return self->use;
}

/* What makes no sense for this kind is not asked. */
static void
refresh (JnPrinterEditor *self)
{
  g_autoptr (JnPrinterProfile) profile = jn_printer_editor_get_profile (self);
  const char *words = NULL;
  gboolean roll = profile != NULL && profile->kind != JN_PRINTER_PDF;

  if (profile != NULL && self->printers != NULL)
    words = jn_words_fit (jn_printer_compare (find_printer (self, profile->queue), profile));
  jn_label_set (self->warning, words);
  gtk_widget_set_visible (self->warning, words != NULL);
  gtk_widget_set_sensitive (self->dots,
                            profile != NULL && jn_paper_get_size (profile->paper)->height == 0);
  gtk_widget_set_sensitive (self->feed, profile != NULL && profile->kind == JN_PRINTER_ESCPOS);
  gtk_widget_set_sensitive (self->cut, roll);
  gtk_widget_set_sensitive (self->drawer, profile != NULL && profile->kind == JN_PRINTER_ESCPOS);
  gtk_widget_set_sensitive (self->save, profile != NULL);
  gtk_widget_set_sensitive (self->test, profile != NULL);
}

static void
add_dots (JnPrinterEditor *self, guint dots)
{
  g_autofree char *id = g_strdup_printf ("%u", dots);
  g_autofree char *label = g_strdup_printf (ngettext ("%u dot", "%u dots", dots), dots);

  gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (self->dots), id,
                             dots > 0 ? label : _("As usual for the paper"));
}

/* A head that the settings name and that is none of the common ones stands in the list, too. */
static void
show_dots (JnPrinterEditor *self, guint dots)
{
  g_autofree char *id = g_strdup_printf ("%u", dots);

  if (!gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->dots), id))
    {
      add_dots (self, dots);
      gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->dots), id);
    }
}

static void
show_profile (JnPrinterEditor *self, const JnPrinterProfile *profile)
{
  self->filling = TRUE;
  self->direct = profile->direct;
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->queue), profile->queue);
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->kind), (int)profile->kind);
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->paper), (int)profile->paper);
  show_dots (self, profile->dots);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->feed), profile->feed / JN_DOTS_PER_MM);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->cut), profile->cut);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->drawer), profile->drawer);
  self->filling = FALSE;
  refresh (self);
}

static void
changed_cb (GtkWidget *widget, JnPrinterEditor *self)
{
  if (!self->filling)
    refresh (self);
}

/* Another queue: what it most likely wants. */
static void
queue_changed_cb (GtkComboBox *combo, JnPrinterEditor *self)
{
  const JnPrinter *printer;
  g_autoptr (JnPrinterProfile) guess = NULL;

  if (self->filling)
    return;
  printer = find_printer (self, gtk_combo_box_get_active_id (combo));
  if (printer == NULL)
    {
      refresh (self);
      return;
    }
  guess = jn_printer_guess_profile (printer);
  show_profile (self, guess);
}

/* -- filling it -- */

static void
add_queue (JnPrinterEditor *self, const JnPrinter *printer)
{
  g_autofree char *label = NULL;

  if (printer->model != NULL && *printer->model != '\0')
    label = g_strdup_printf ("%s · %s", printer->queue, printer->model);
  gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (self->queue), printer->queue,
                             label != NULL ? label : printer->queue);
}

static void
fill_queues (JnPrinterEditor *self, const JnPrinterProfile *profile)
{
  self->filling = TRUE;
  gtk_combo_box_text_remove_all (GTK_COMBO_BOX_TEXT (self->queue));
  for (guint i = 0; self->printers != NULL && i < self->printers->len; i++)
    add_queue (self, self->printers->pdata[i]);
  if (profile != NULL && find_printer (self, profile->queue) == NULL)
    gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (self->queue), profile->queue, profile->queue);
  self->filling = FALSE;
}

void
jn_printer_editor_edit (JnPrinterEditor *self,
                        const char *use,
                        const JnPrinterProfile *profile,
                        GPtrArray *printers)
{
  g_return_if_fail (JN_IS_PRINTER_EDITOR (self) && use != NULL);
  g_free (self->use);
  self->use = g_strdup (use);
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  self->printers = printers != NULL ? g_ptr_array_ref (printers) : NULL;
  jn_label_set (self->heading, jn_words_use (use));
  fill_queues (self, profile);
  gtk_widget_set_visible (self->remove, profile != NULL);
  if (profile != NULL)
    show_profile (self, profile);
  else if (printers != NULL && printers->len > 0)
    gtk_combo_box_set_active (GTK_COMBO_BOX (self->queue), 0);
  refresh (self);
  gtk_widget_grab_focus (jn_get_focusable (self->queue));
}

/* -- the widget -- */

static void
save_cb (GtkButton *button, JnPrinterEditor *self)
{
  g_signal_emit (self, save_signal, 0);
}

static void
test_cb (GtkButton *button, JnPrinterEditor *self)
{
  g_signal_emit (self, test_signal, 0);
}

static void
remove_cb (GtkButton *button, JnPrinterEditor *self)
{
  g_signal_emit (self, remove_signal, 0);
}

static void
close_cb (GtkButton *button, JnPrinterEditor *self)
{
  g_signal_emit (self, closed_signal, 0);
}

static void
jn_printer_editor_finalize (GObject *object)
{
  JnPrinterEditor *self = JN_PRINTER_EDITOR (object);

  g_clear_pointer (&self->printers, g_ptr_array_unref);
  g_free (self->use);
  G_OBJECT_CLASS (jn_printer_editor_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, JN_TYPE_PRINTER_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
jn_printer_editor_class_init (JnPrinterEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_printer_editor_finalize;
  save_signal = new_signal ("save");
  test_signal = new_signal ("test");
  remove_signal = new_signal ("forget");
  closed_signal = new_signal ("closed");
}

static void
add_row (GtkWidget *grid, int row, const char *label, GtkWidget *widget)
{
  GtkWidget *name = jn_text_new (label, NULL);

  gtk_widget_set_hexpand (widget, TRUE);
  jn_label_for (name, widget);
  jn_set_name (jn_get_focusable (widget), label);
  gtk_grid_attach (GTK_GRID (grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), widget, 1, row, 1, 1);
}

static GtkWidget *
make_combo (JnPrinterEditor *self, GCallback changed)
{
  GtkWidget *combo = gtk_combo_box_text_new ();
  g_autoptr (GList) cells = gtk_cell_layout_get_cells (GTK_CELL_LAYOUT (combo));

  g_object_set (cells->data, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  g_signal_connect (combo, "changed", changed, self);
  return combo;
}

static void
make_choices (JnPrinterEditor *self)
{
  static const guint heads[] = { 0, 384, 512, 576, 832 };

  self->queue = make_combo (self, G_CALLBACK (queue_changed_cb));
  self->kind = make_combo (self, G_CALLBACK (changed_cb));
  self->paper = make_combo (self, G_CALLBACK (changed_cb));
  for (int i = 0; i < N_KINDS; i++)
    gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (self->kind),
                                    jn_words_printer_kind ((JnPrinterKind)i));
  for (int i = 0; i < JN_N_PAPERS; i++)
    gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (self->paper),
                                    jn_words_paper_size ((JnPaper)i));
  self->dots = make_combo (self, G_CALLBACK (changed_cb));
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    add_dots (self, heads[i]);
  self->feed = gtk_spin_button_new_with_range (0, 60, 0.5);
  self->cut = gtk_check_button_new_with_label (_("It cuts the paper"));
  self->drawer
      = gtk_check_button_new_with_label (_("A cash drawer hangs on it (opens at tills only)"));
}

static GtkWidget *
make_grid (JnPrinterEditor *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 14);
  make_choices (self);
  add_row (grid, 0, _("Queue"), self->queue);
  add_row (grid, 1, _("It is sent"), self->kind);
  add_row (grid, 2, C_ ("printer", "Paper"), self->paper);
  add_row (grid, 3, _("Width of the head"), self->dots);
  add_row (grid, 4, _("Feed before the cut, in mm"), self->feed);
  gtk_grid_attach (GTK_GRID (grid), self->cut, 1, 5, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->drawer, 1, 6, 1, 1);
  return grid;
}

static GtkWidget *
make_buttons (JnPrinterEditor *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *close = jn_button_new (_("Close"), NULL, "act");

  self->save = jn_button_new (_("Save"), NULL, "primary");
  self->test = jn_button_new (_("Print a test page"), NULL, "act");
  self->remove = jn_button_new (_("No printer"), NULL, "act");
  g_signal_connect (self->save, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect (self->test, "clicked", G_CALLBACK (test_cb), self);
  g_signal_connect (self->remove, "clicked", G_CALLBACK (remove_cb), self);
  g_signal_connect (close, "clicked", G_CALLBACK (close_cb), self);
  jn_pack (row, self->save);
  jn_pack (row, self->test);
  jn_pack (row, self->remove);
  jn_pack_end (row, close);
  return row;
}

static void
jn_printer_editor_init (JnPrinterEditor *self)
{
  GtkWidget *card = jn_card_new (NULL);

  self->heading = jn_text_new (NULL, "section");
  self->warning = jn_text_new (NULL, "notice soon");
  gtk_widget_set_no_show_all (self->warning, TRUE);
  jn_pack (card, self->heading);
  gtk_box_pack_start (GTK_BOX (card), make_grid (self), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (card), self->warning, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (card), make_buttons (self), FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (self), card);
  gtk_widget_show_all (card);
}

GtkWidget *
jn_printer_editor_new (void)
{
  return g_object_new (JN_TYPE_PRINTER_EDITOR, NULL);
}
