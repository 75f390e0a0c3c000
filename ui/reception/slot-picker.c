/* slot-picker.c: the half hours of the next days in which something is free. */
#include "ui/reception/slot-picker.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/language.h"
#include "ui/widgets.h"

struct _JnSlotPicker
{
  GtkBin parent;

  GtkWidget *days;
  GtkWidget *slots;
  GtkWidget *words;

  JnSession *session;
  GPtrArray *known; /* (nullable): of JnSlotDay */
  gint64 at;
  gboolean filling;
};

G_DEFINE_TYPE (JnSlotPicker, jn_slot_picker, GTK_TYPE_BIN)

static guint changed_signal;

static void
choose (JnSlotPicker *self, gint64 at)
{
  if (self->at == at)
    return;
  self->at = at;
  g_signal_emit (self, changed_signal, 0);
}

static void
toggled_cb (GtkToggleButton *button, JnSlotPicker *self)
{
  gint64 *at = g_object_get_data (G_OBJECT (button), "at");

  if (!self->filling && gtk_toggle_button_get_active (button))
    choose (self, *at);
}

/* A group of radio buttons has one that is on: this one stands for none and is not shown. */
static GtkWidget *
make_slot (JnSlotPicker *self, GtkWidget *none, const JnSlot *slot)
{
  g_autofree char *clock = jn_text_format_clock (slot->at, jn_session_get_zone (self->session));
  g_autofree char *free_words
      = g_strdup_printf (ngettext ("%d free", "%d free", slot->free), slot->free);
  g_autofree char *label = g_strdup_printf ("%s · %s", clock, free_words);
  GtkWidget *button = gtk_radio_button_new_with_label_from_widget (GTK_RADIO_BUTTON (none), label);

  gtk_toggle_button_set_mode (GTK_TOGGLE_BUTTON (button), FALSE);
  jn_add_classes (button, "act number");
  gtk_widget_set_sensitive (button, slot->free > 0);
  g_object_set_data_full (G_OBJECT (button), "at", g_memdup2 (&slot->at, sizeof slot->at), g_free);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
  return button;
}

static void
show_day (JnSlotPicker *self)
{
  int index = gtk_combo_box_get_active (GTK_COMBO_BOX (self->days));
  const char *id = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->days));
  GtkWidget *none = gtk_radio_button_new (NULL);

  jn_empty (self->slots);
  choose (self, 0);
  g_object_ref_sink (none);
  for (guint i = 0; index >= 0 && i < self->known->len; i++)
    {
      const JnSlotDay *day = self->known->pdata[i];

      for (guint j = 0; g_strcmp0 (day->day, id) == 0 && j < day->slots->len; j++)
        {
          GtkWidget *child = gtk_flow_box_child_new ();

          gtk_widget_set_can_focus (child, FALSE);
          gtk_container_add (GTK_CONTAINER (child),
                             make_slot (self, none, &g_array_index (day->slots, JnSlot, j)));
          gtk_container_add (GTK_CONTAINER (self->slots), child);
          gtk_widget_show_all (child);
        }
    }
  g_object_set_data_full (G_OBJECT (self->slots), "none", none, g_object_unref);
}

static void
day_changed_cb (GtkComboBox *days, JnSlotPicker *self)
{
  if (!self->filling)
    show_day (self);
}

static int
count_free (const JnSlotDay *day)
{
  int n = 0;

  for (guint i = 0; i < day->slots->len; i++)
    n += MAX (0, g_array_index (day->slots, JnSlot, i).free);
  return n;
}

static void
fill_days (JnSlotPicker *self)
{
  gtk_combo_box_text_remove_all (GTK_COMBO_BOX_TEXT (self->days));
  for (guint i = 0; self->known != NULL && i < self->known->len; i++)
    {
      const JnSlotDay *day = self->known->pdata[i];
      int n = count_free (day);
      g_autofree char *date = jn_text_format_date (jn_language_get ()->tag, day->day);
      g_autofree char *words
          = g_strdup_printf (ngettext ("%s · %d free", "%s · %d free", n), date, n);

      if (day->open && n > 0)
        gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (self->days), day->day, words);
    }
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->days), 0);
}

void
jn_slot_picker_set_days (JnSlotPicker *self, GPtrArray *days)
{
  gboolean some;

  if (days != NULL)
    g_ptr_array_ref (days);
  g_clear_pointer (&self->known, g_ptr_array_unref);
  self->known = days;
  self->filling = TRUE;
  fill_days (self);
  self->filling = FALSE;
  show_day (self);
  some = gtk_combo_box_get_active (GTK_COMBO_BOX (self->days)) >= 0;
  gtk_widget_set_visible (self->days, some);
  gtk_widget_set_visible (self->slots, some);
  jn_label_set (self->words, days == NULL ? _("Choose a service to see what is free.")
                                          : _("Nothing is free in the next weeks."));
  gtk_widget_set_visible (self->words, !some);
}

gint64
jn_slot_picker_get_at (JnSlotPicker *self)
{
  return self->at;
}

static void
jn_slot_picker_dispose (GObject *object)
{
  JnSlotPicker *self = JN_SLOT_PICKER (object);

  self->filling = TRUE;
  g_clear_pointer (&self->known, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_slot_picker_parent_class)->dispose (object);
}

static void
jn_slot_picker_class_init (JnSlotPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_slot_picker_dispose;
  changed_signal = g_signal_new ("changed", JN_TYPE_SLOT_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
jn_slot_picker_init (JnSlotPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  self->days = gtk_combo_box_text_new ();
  self->slots = gtk_flow_box_new ();
  self->words = jn_text_new (NULL, "small");
  jn_set_name (self->days, _("Day"));
  jn_set_name (self->slots, _("Half hours"));
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->slots), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->slots), 8);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->slots), 8);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->slots), 6);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->slots), TRUE);
  gtk_box_pack_start (GTK_BOX (box), self->days, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), self->slots, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), self->words, FALSE, FALSE, 0);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self), box);
  g_signal_connect (self->days, "changed", G_CALLBACK (day_changed_cb), self);
}

GtkWidget *
jn_slot_picker_new (JnSession *session)
{
  JnSlotPicker *self = g_object_new (JN_TYPE_SLOT_PICKER, NULL);

  self->session = g_object_ref (session);
  jn_slot_picker_set_days (self, NULL);
  return GTK_WIDGET (self);
}
