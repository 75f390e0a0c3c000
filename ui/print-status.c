/* print-status.c: the printers in the header: nothing while all is well, what asks for the clerk otherwise. */
#include "ui/print-status.h"

#include <glib/gi18n.h>

#include "ui/look.h"
#include "ui/print-view.h"
#include "ui/print-words.h"
#include "ui/widgets.h"

#define LIST_WIDTH 460
#define PICTURE_SIZE 56
#define ADVICE_CHARS 56

struct _JnPrintStatus
{
  GtkBin parent;

  GtkWidget *button;
  GtkWidget *icon;
  GtkWidget *words;
  GtkWidget *popover;
  GtkWidget *list;
  GtkWidget *settings;

  JnPrints *prints; /* (nullable) */
  gboolean leads;
};

static guint settings_signal;

G_DEFINE_TYPE (JnPrintStatus, jn_print_status, GTK_TYPE_BIN)

static void make_popover (JnPrintStatus *self);

/* Not while it fades away: what was settled in it would stay in the header. */
static gboolean
is_list_open (JnPrintStatus *self)
{
  return self->popover != NULL && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->button));
}

/* -- what the header says -- */

static char *
words_of (JnPrintStatus *self, JnPrint *print)
{
  guint n = jn_prints_count_needy (self->prints);

  if (n > 1)
    return g_strdup_printf (ngettext ("%u paper needs you", "%u papers need you", n), n);
  if (jn_print_get_step (print) == JN_PRINT_STEP_UNCONFIRMED)
    return g_strdup (_("Did it come out?"));
  if (jn_print_get_step (print) == JN_PRINT_STEP_FAILED)
    return g_strdup (_("Not printed"));
  if (jn_print_needs_clerk (print))
    return g_strdup (_("The printer needs you"));
  return g_strdup (_("Printing …"));
}

/* A printer that is down, or is not what it was set up as, before anything is printed on it. */
static const char *
find_trouble (JnPrintStatus *self)
{
  const char *const *uses = jn_prints_list_uses ();

  for (guint i = 0; uses[i] != NULL; i++)
    {
      JnPrinterUse use = jn_prints_get_use (self->prints, uses[i]);

      if (use.profile == NULL)
        continue;
      if (jn_prints_get_server_error (self->prints) != NULL)
        return "jn-print-offline-symbolic";
      if (use.printer != NULL && use.printer->reasons != JN_PRINTER_REASON_NONE)
        return jn_picture_printer (use.printer->reasons);
      if (jn_prints_get_printers (self->prints) != NULL && use.fit != JN_PRINTER_FITS)
        return "jn-print-other-symbolic";
    }
  return NULL;
}

/* Nothing of it stays in the header when there is nothing to say, not even a gap. */
static void
appear (JnPrintStatus *self, gboolean shown)
{
  gtk_widget_set_visible (self->button, shown);
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
}

static void
say (JnPrintStatus *self, const char *picture, const char *words, gboolean wrong)
{
  gboolean other = g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->words)), words) != 0
                   || !gtk_widget_get_visible (self->button);

  if (self->popover == NULL)
    make_popover (self);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), picture, GTK_ICON_SIZE_BUTTON);
  jn_label_set (self->words, words);
  jn_set_name (self->button, words);
  gtk_widget_set_tooltip_text (self->button, words);
  jn_set_class (self->button, "down", wrong);
  appear (self, TRUE);
  if (other && wrong)
    jn_announce (self->words);
}

static void
refresh (JnPrintStatus *self)
{
  JnPrint *print = jn_prints_get_foremost (self->prints);
  const char *trouble = find_trouble (self);
  g_autofree char *words = print != NULL ? words_of (self, print) : NULL;

  if (print != NULL)
    say (self, jn_picture_print (print), words, jn_print_needs_clerk (print));
  else if (trouble != NULL)
    say (self, trouble, _("The printer needs you"), TRUE);
  else if (!is_list_open (self))
    appear (self, FALSE);
}

/* -- the list -- */

static void
add_row (JnPrintStatus *self, const char *icon, const char *title, const char *advice)
{
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 16, "row");
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *picture = jn_icon_new (icon, PICTURE_SIZE);
  GtkWidget *text;

  jn_add_classes (picture, "print-picture");
  gtk_widget_set_valign (picture, GTK_ALIGN_START);
  jn_pack (row, picture);
  jn_pack (words, jn_text_new (title, "strong"));
  text = jn_text_new (advice, NULL);
  gtk_label_set_max_width_chars (GTK_LABEL (text), ADVICE_CHARS);
  jn_pack (words, text);
  gtk_box_pack_start (GTK_BOX (row), words, TRUE, TRUE, 0);
  gtk_widget_show (words);
  jn_pack (self->list, row);
}

static void
add_trouble (JnPrintStatus *self, const char *name)
{
  JnPrinterUse use = jn_prints_get_use (self->prints, name);
  g_autofree char *advice = NULL;

  if (use.profile == NULL || jn_prints_get_printers (self->prints) == NULL)
    return;
  if (use.fit != JN_PRINTER_FITS)
    add_row (self, "jn-print-other-symbolic", jn_words_use (name), jn_words_fit (use.fit));
  if (use.printer == NULL || use.printer->reasons == JN_PRINTER_REASON_NONE)
    return;
  advice = jn_words_printer (use.printer->reasons);
  add_row (self, jn_picture_printer (use.printer->reasons), jn_words_use (name), advice);
}

static void
fill_list (JnPrintStatus *self)
{
  const char *const *uses = jn_prints_list_uses ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->prints));

  jn_empty (self->list);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JnPrint) print = g_list_model_get_item (G_LIST_MODEL (self->prints), i);
      GtkWidget *view;

      if (!jn_print_is_busy (print) && !jn_print_needs_clerk (print))
        continue;
      view = jn_print_view_new (self->prints);
      jn_add_classes (view, "row");
      jn_print_view_set_print (JN_PRINT_VIEW (view), print);
      jn_pack (self->list, view);
    }
  if (jn_prints_get_server_error (self->prints) != NULL)
    add_row (self, "jn-print-offline-symbolic",
             _("Print server"),
                _("It does not answer. Printing waits until it does; tell the help desk."));
  for (guint i = 0; uses[i] != NULL; i++)
    add_trouble (self, uses[i]);
}

static void
on_items_changed_cb (GListModel *model, guint at, guint removed, guint added, JnPrintStatus *self)
{
  if (is_list_open (self))
    fill_list (self);
  refresh (self);
}

static void
on_shown_cb (GtkWidget *popover, JnPrintStatus *self)
{
  if (self->prints == NULL)
    return; /* who printed has signed out meanwhile */
  fill_list (self);
  gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

static void
on_closed_cb (GtkPopover *popover, JnPrintStatus *self)
{
  if (self->prints != NULL)
    refresh (self);
}

static void
settings_cb (GtkButton *button, JnPrintStatus *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, settings_signal, 0);
}

/* -- the widget -- */

static void
jn_print_status_dispose (GObject *object)
{
  JnPrintStatus *self = JN_PRINT_STATUS (object);

  if (self->prints != NULL)
    g_signal_handlers_disconnect_by_data (self->prints, self);
  g_clear_object (&self->prints);
  G_OBJECT_CLASS (jn_print_status_parent_class)->dispose (object);
}

static void
jn_print_status_class_init (JnPrintStatusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_print_status_dispose;
  settings_signal = g_signal_new ("settings", JN_TYPE_PRINT_STATUS, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
make_popover (JnPrintStatus *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  jn_look_load_icons ();
  self->popover = gtk_popover_new (self->button);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_size_request (self->list, LIST_WIDTH, -1);
  jn_pack (box, self->list);
  self->settings = jn_link_new (_("Printers of this counter"));
  gtk_box_pack_start (GTK_BOX (box), self->settings, FALSE, FALSE, 0);
  gtk_widget_set_visible (self->settings, self->leads);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self->popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  jn_set_name (self->popover, _("At the printer"));
  g_signal_connect (self->popover, "show", G_CALLBACK (on_shown_cb), self);
  g_signal_connect (self->popover, "closed", G_CALLBACK (on_closed_cb), self);
  g_signal_connect (self->settings, "clicked", G_CALLBACK (settings_cb), self);
}

static void
jn_print_status_init (JnPrintStatus *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->button = gtk_menu_button_new ();
  self->icon = jn_icon_new ("jn-print-printing-symbolic", 22);
  self->words = jn_label_new (NULL, NULL);
  gtk_menu_button_set_use_popover (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_no_show_all (self->button, TRUE);
  jn_add_classes (self->icon, "print-picture");
  jn_pack (row, self->icon);
  jn_pack (row, self->words);
  gtk_widget_show (row);
  gtk_container_add (GTK_CONTAINER (self->button), row);
  gtk_container_add (GTK_CONTAINER (self), self->button);
}

void
jn_print_status_set_prints (JnPrintStatus *self, JnPrints *prints)
{
  if (self->prints != NULL)
    g_signal_handlers_disconnect_by_data (self->prints, self);
  g_set_object (&self->prints, prints);
  if (prints == NULL)
    {
      jn_print_status_close (self);
      appear (self, FALSE);
      return;
    }
  g_signal_connect (prints, "items-changed", G_CALLBACK (on_items_changed_cb), self);
  g_signal_connect_swapped (prints, "changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (prints, "printers", G_CALLBACK (refresh), self);
  refresh (self);
}

void
jn_print_status_speak (JnPrintStatus *self)
{
  jn_print_status_close (self);
  g_clear_pointer (&self->popover, gtk_widget_destroy);
  if (self->prints != NULL)
    refresh (self);
}

void
jn_print_status_set_leads (JnPrintStatus *self, gboolean leads)
{
  self->leads = leads;
  if (self->popover != NULL)
    gtk_widget_set_visible (self->settings, leads);
}

void
jn_print_status_set_narrow (JnPrintStatus *self, gboolean narrow)
{
  gtk_widget_set_visible (self->words, !narrow);
}

void
jn_print_status_open (JnPrintStatus *self)
{
  if (gtk_widget_get_visible (self->button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->button), TRUE);
}

/* At once, without its fading: it gives the keyboard back to who had it, who must still be there. */
void
jn_print_status_close (JnPrintStatus *self)
{
  if (self->popover != NULL)
    gtk_widget_hide (self->popover);
}
