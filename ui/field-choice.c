/* field-choice.c: one of several. Few: radio buttons, unless "minimal" asks for a list. Many: a list
 * whose entry finds a choice by any part of its label. */
#include "ui/field-choice.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/composing.h"
#include "ui/widgets.h"

#define MOST_RADIOS 4
#define MOST_LISTED 12

typedef enum
{
  JN_UNMADE,
  JN_RADIOS,
  JN_LIST,
  JN_SEARCHED,
} JnChoiceShape;

enum
{
  COLUMN_VALUE,
  COLUMN_LABEL,
  N_COLUMNS,
};

struct _JnFieldChoice
{
  JnField parent;

  JnChoiceShape shape;
  GtkWidget *widget; /* the combo box, or the box of radio buttons */
  GtkListStore *store;
  GtkWidget *nobody; /* the hidden radio that is on while nothing is answered */
  char *value;
};

G_DEFINE_TYPE (JnFieldChoice, jn_field_choice, JN_TYPE_FIELD)

static const char *value_key = "jn-value";

/* -- radio buttons -- */

static void
radio_toggled_cb (GtkToggleButton *radio, gpointer user_data)
{
  JnFieldChoice *self = JN_FIELD_CHOICE (user_data);

  if (gtk_toggle_button_get_active (radio) && GTK_WIDGET (radio) != self->nobody)
    jn_field_answer (JN_FIELD (self), g_object_get_data (G_OBJECT (radio), value_key));
}

static gboolean
radio_focus_out_cb (GtkWidget *radio, GdkEventFocus *event, gpointer user_data)
{
  g_signal_emit_by_name (user_data, "left");
  return GDK_EVENT_PROPAGATE;
}

/* -- keys: 1 … 9 take the first … ninth choice; in a list a letter takes the next that begins so -- */

/* From 0; -1: the key names no place. */
static int
place_of_key (const GdkEventKey *event)
{
  gunichar digit = gdk_keyval_to_unicode (event->keyval);

  if (event->state & gtk_accelerator_get_default_mod_mask () || digit < '1' || digit > '9')
    return -1;
  return (int)(digit - '1');
}

static gboolean
radio_key_cb (GtkWidget *radio, GdkEventKey *event, gpointer user_data)
{
  JnFieldChoice *self = JN_FIELD_CHOICE (user_data);
  int place = place_of_key (event);
  g_autoptr (GList) radios = NULL;

  if (place < 0)
    return GDK_EVENT_PROPAGATE;
  radios = gtk_container_get_children (GTK_CONTAINER (self->widget));
  for (GList *child = radios; child != NULL; child = child->next)
    if (child->data != self->nobody && place-- == 0)
      {
        gtk_widget_grab_focus (child->data);
        gtk_toggle_button_set_active (child->data, TRUE);
      }
  return GDK_EVENT_STOP;
}

static void
fill_radios (JnFieldChoice *self, const JnNodeState *state)
{
  jn_empty (self->widget);
  self->nobody = gtk_radio_button_new (NULL);
  gtk_widget_set_no_show_all (self->nobody, TRUE);
  gtk_box_pack_end (GTK_BOX (self->widget), self->nobody, FALSE, FALSE, 0);
  for (gsize i = 0; i < state->n_choices; i++)
    {
      GtkWidget *radio = gtk_radio_button_new_with_label_from_widget (
          GTK_RADIO_BUTTON (self->nobody), state->choices[i].label);
      GtkWidget *label = gtk_bin_get_child (GTK_BIN (radio));

      gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      g_object_set_data_full (G_OBJECT (radio), value_key, g_strdup (state->choices[i].value),
                              g_free);
      g_signal_connect (radio, "toggled", G_CALLBACK (radio_toggled_cb), self);
      g_signal_connect (radio, "focus-out-event", G_CALLBACK (radio_focus_out_cb), self);
      g_signal_connect (radio, "key-press-event", G_CALLBACK (radio_key_cb), self);
      jn_field_watch_enter (JN_FIELD (self), radio);
      jn_pack (self->widget, radio);
    }
}

static void
show_radio (JnFieldChoice *self, const char *value)
{
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (self->widget));
  GtkWidget *on = self->nobody;

  for (GList *child = children; child != NULL; child = child->next)
    if (*value != '\0'
        && g_strcmp0 (g_object_get_data (G_OBJECT (child->data), value_key), value) == 0)
      on = child->data;
  if (on != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (on), TRUE);
}

static void
focus_radio (JnFieldChoice *self)
{
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (self->widget));

  for (GList *child = children; child != NULL; child = child->next)
    if (gtk_widget_get_visible (child->data))
      {
        gtk_widget_grab_focus (child->data);
        return;
      }
}

/* -- lists -- */

static gboolean
find_row (JnFieldChoice *self, int column, const char *text, GtkTreeIter *iter)
{
  GtkTreeModel *model = GTK_TREE_MODEL (self->store);

  for (gboolean more = gtk_tree_model_get_iter_first (model, iter); more;
       more = gtk_tree_model_iter_next (model, iter))
    {
      g_autofree char *cell = NULL;

      gtk_tree_model_get (model, iter, column, &cell, -1);
      if (strcmp (cell, text) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
answer_row (JnFieldChoice *self, GtkTreeIter *iter)
{
  g_autofree char *value = NULL;

  gtk_tree_model_get (GTK_TREE_MODEL (self->store), iter, COLUMN_VALUE, &value, -1);
  jn_field_complain (JN_FIELD (self), NULL);
  jn_field_answer (JN_FIELD (self), value);
}

static void
combo_changed_cb (GtkComboBox *combo, gpointer user_data)
{
  JnFieldChoice *self = JN_FIELD_CHOICE (user_data);
  GtkTreeIter iter;

  if (gtk_combo_box_get_active_iter (combo, &iter))
    answer_row (self, &iter);
}

/* The wheel scrolls the page; it never changes an answer that it passes over. */
static gboolean
combo_scrolled_cb (GtkWidget *combo, GdkEvent *event, gpointer user_data)
{
  g_signal_stop_emission_by_name (combo, "scroll-event");
  return GDK_EVENT_PROPAGATE;
}

static gboolean
begins_with (JnFieldChoice *self, int row, gunichar letter)
{
  GtkTreeIter iter;
  g_autofree char *label = NULL;

  gtk_tree_model_iter_nth_child (GTK_TREE_MODEL (self->store), &iter, NULL, row);
  gtk_tree_model_get (GTK_TREE_MODEL (self->store), &iter, COLUMN_LABEL, &label, -1);
  return g_unichar_tolower (g_utf8_get_char (label)) == letter;
}

/* (nullable as -1): the row after the active one whose label begins with that letter */
static int
row_of_letter (JnFieldChoice *self, const GdkEventKey *event, int n)
{
  gunichar letter = g_unichar_tolower (gdk_keyval_to_unicode (event->keyval));
  int active = gtk_combo_box_get_active (GTK_COMBO_BOX (self->widget));

  if (event->state & (GDK_CONTROL_MASK | GDK_MOD1_MASK) || !g_unichar_isalpha (letter))
    return -1;
  for (int i = 1; i <= n; i++)
    if (begins_with (self, (active + i) % n, letter))
      return (active + i) % n;
  return -1;
}

static gboolean
combo_key_cb (GtkWidget *button, GdkEventKey *event, gpointer user_data)
{
  JnFieldChoice *self = JN_FIELD_CHOICE (user_data);
  int n = gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->store), NULL);
  int row = place_of_key (event);

  if (row < 0 && n > 0)
    row = row_of_letter (self, event, n);
  if (row < 0 || row >= n)
    return GDK_EVENT_PROPAGATE;
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->widget), row);
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_list (JnFieldChoice *self)
{
  GtkWidget *combo = gtk_combo_box_new_with_model (GTK_TREE_MODEL (self->store));
  GtkCellRenderer *cell = gtk_cell_renderer_text_new ();

  g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_cell_layout_pack_start (GTK_CELL_LAYOUT (combo), cell, TRUE);
  gtk_cell_layout_set_attributes (GTK_CELL_LAYOUT (combo), cell, "text", COLUMN_LABEL, NULL);
  gtk_combo_box_set_id_column (GTK_COMBO_BOX (combo), COLUMN_VALUE);
  gtk_widget_add_events (combo, GDK_SCROLL_MASK);
  g_signal_connect (combo, "scroll-event", G_CALLBACK (combo_scrolled_cb), NULL);
  g_signal_connect (combo, "changed", G_CALLBACK (combo_changed_cb), self);
  g_signal_connect (jn_get_focusable (combo), "key-press-event", G_CALLBACK (combo_key_cb), self);
  jn_field_set_widget (JN_FIELD (self), combo, combo);
  return combo;
}

/* -- lists that are searched -- */

static gboolean
fits_cb (GtkEntryCompletion *completion, const char *key, GtkTreeIter *iter, gpointer user_data)
{
  JnFieldChoice *self = JN_FIELD_CHOICE (user_data);
  g_autofree char *label = NULL;
  g_autofree char *folded = NULL;

  gtk_tree_model_get (GTK_TREE_MODEL (self->store), iter, COLUMN_LABEL, &label, -1);
  folded = g_utf8_casefold (label, -1);
  return strstr (folded, key) != NULL || g_str_match_string (key, label, TRUE);
}

static gboolean
picked_cb (GtkEntryCompletion *completion,
           GtkTreeModel *model,
           GtkTreeIter *iter,
           gpointer user_data)
{
  JnFieldChoice *self = JN_FIELD_CHOICE (user_data);
  g_autofree char *label = NULL;
  GtkTreeIter own;

  gtk_tree_model_get (model, iter, COLUMN_LABEL, &label, -1);
  gtk_entry_set_text (GTK_ENTRY (self->widget), label);
  gtk_editable_set_position (GTK_EDITABLE (self->widget), -1);
  if (find_row (self, COLUMN_LABEL, label, &own))
    answer_row (self, &own);
  return TRUE;
}

static void
searched_changed_cb (GtkEditable *editable, gpointer user_data)
{
  JnFieldChoice *self = JN_FIELD_CHOICE (user_data);
  const char *text = gtk_entry_get_text (GTK_ENTRY (self->widget));
  GtkTreeIter iter;

  if (find_row (self, COLUMN_LABEL, text, &iter))
    answer_row (self, &iter);
  else if (*text == '\0')
    {
      jn_field_complain (JN_FIELD (self), NULL);
      jn_field_answer (JN_FIELD (self), "");
    }
}

static gboolean
searched_left_cb (GtkWidget *entry, GdkEvent *event, gpointer user_data)
{
  JnFieldChoice *self = JN_FIELD_CHOICE (user_data);
  const char *text = gtk_entry_get_text (GTK_ENTRY (entry));
  GtkTreeIter iter;

  if (*text != '\0' && !find_row (self, COLUMN_LABEL, text, &iter))
    {
      jn_field_answer (JN_FIELD (self), "");
      jn_field_complain (JN_FIELD (self), _("This is not in the list. Type a part of the name and "
                                            "choose from the list."));
    }
  return GDK_EVENT_PROPAGATE;
}

/* Enter takes the first that fits what was typed. */
static gboolean
searched_key_cb (GtkWidget *entry, GdkEventKey *event, gpointer user_data)
{
  JnFieldChoice *self = JN_FIELD_CHOICE (user_data);
  GtkTreeModel *model = GTK_TREE_MODEL (self->store);
  const char *text = gtk_entry_get_text (GTK_ENTRY (entry));
  g_autofree char *key = g_utf8_casefold (text, -1);
  GtkTreeIter iter;

  if ((event->keyval != GDK_KEY_Return && event->keyval != GDK_KEY_KP_Enter) || *text == '\0'
      || jn_composing_in (entry) || find_row (self, COLUMN_LABEL, text, &iter))
    return GDK_EVENT_PROPAGATE;
  for (gboolean more = gtk_tree_model_get_iter_first (model, &iter); more;
       more = gtk_tree_model_iter_next (model, &iter))
    if (fits_cb (NULL, key, &iter, self))
      {
        picked_cb (NULL, model, &iter, self);
        break;
      }
  return GDK_EVENT_PROPAGATE;
}

static GtkWidget *
make_searched (JnFieldChoice *self)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autoptr (GtkEntryCompletion) completion = gtk_entry_completion_new ();

  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (self->store));
  gtk_entry_completion_set_text_column (completion, COLUMN_LABEL);
  gtk_entry_completion_set_match_func (completion, fits_cb, self, NULL);
  gtk_entry_completion_set_minimum_key_length (completion, 1);
  gtk_entry_set_completion (GTK_ENTRY (entry), completion);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Type a part of the name"));
  g_signal_connect (completion, "match-selected", G_CALLBACK (picked_cb), self);
  g_signal_connect (entry, "changed", G_CALLBACK (searched_changed_cb), self);
  g_signal_connect (entry, "key-press-event", G_CALLBACK (searched_key_cb), self);
  jn_field_set_widget (JN_FIELD (self), entry, entry);
  g_signal_connect (entry, "focus-out-event", G_CALLBACK (searched_left_cb), self);
  return entry;
}

static void
fill_store (JnFieldChoice *self, const JnNodeState *state)
{
  gtk_list_store_clear (self->store);
  for (gsize i = 0; i < state->n_choices; i++)
    gtk_list_store_insert_with_values (self->store, NULL, -1, COLUMN_VALUE, state->choices[i].value,
                                       COLUMN_LABEL, state->choices[i].label, -1);
}

static gboolean
same_choices (JnFieldChoice *self, const JnNodeState *state)
{
  GtkTreeModel *model = GTK_TREE_MODEL (self->store);
  GtkTreeIter iter;

  if (gtk_tree_model_iter_n_children (model, NULL) != (int)state->n_choices)
    return FALSE;
  for (gsize i = 0; i < state->n_choices; i++)
    {
      g_autofree char *value = NULL;
      g_autofree char *label = NULL;

      gtk_tree_model_iter_nth_child (model, &iter, NULL, (int)i);
      gtk_tree_model_get (model, &iter, COLUMN_VALUE, &value, COLUMN_LABEL, &label, -1);
      if (strcmp (value, state->choices[i].value) != 0
          || strcmp (label, state->choices[i].label) != 0)
        return FALSE;
    }
  return TRUE;
}

/* -- the field -- */

static JnChoiceShape
shape_for (JnFieldChoice *self, const JnNodeState *state)
{
  JnField *field = JN_FIELD (self);

  if (jn_field_has_appearance (field, "autocomplete") || state->n_choices > MOST_LISTED)
    return JN_SEARCHED;
  if (jn_field_has_appearance (field, "minimal") || state->n_choices > MOST_RADIOS
      || state->n_choices == 0)
    return JN_LIST;
  return JN_RADIOS;
}

static void
make (JnFieldChoice *self, const JnNodeState *state)
{
  self->shape = shape_for (self, state);
  switch (self->shape)
    {
    case JN_RADIOS:
      self->widget = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      jn_field_set_widget (JN_FIELD (self), self->widget, NULL);
      break;
    case JN_LIST:
      self->widget = make_list (self);
      break;
    case JN_SEARCHED:
      self->widget = make_searched (self);
      break;
    case JN_UNMADE:
      break;
    }
}

static void
take_choices (JnFieldChoice *self, const JnNodeState *state)
{
  if (same_choices (self, state) && (self->shape != JN_RADIOS || self->nobody != NULL))
    return;
  fill_store (self, state);
  if (self->shape == JN_RADIOS)
    fill_radios (self, state);
}

static void
show_value (JnFieldChoice *self, const char *value)
{
  GtkTreeIter iter;
  gboolean found = *value != '\0' && find_row (self, COLUMN_VALUE, value, &iter);
  g_autofree char *label = NULL;

  switch (self->shape)
    {
    case JN_RADIOS:
      show_radio (self, value);
      break;
    case JN_LIST:
      if (!gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->widget), found ? value : NULL))
        gtk_combo_box_set_active (GTK_COMBO_BOX (self->widget), -1);
      break;
    case JN_SEARCHED:
      if (jn_field_is_typing (JN_FIELD (self)) || (!found && self->value == NULL))
        break;
      if (found)
        gtk_tree_model_get (GTK_TREE_MODEL (self->store), &iter, COLUMN_LABEL, &label, -1);
      if (found)
        gtk_entry_set_text (GTK_ENTRY (self->widget), label);
      break;
    case JN_UNMADE:
      break;
    }
}

static void
jn_field_choice_show (JnField *field, const JnNodeState *state)
{
  JnFieldChoice *self = JN_FIELD_CHOICE (field);

  if (state->label == NULL)
    return; /* settling: nothing here has another form while it is typed */
  if (self->shape == JN_UNMADE)
    make (self, state);
  take_choices (self, state);
  show_value (self, state->value);
  if (self->shape == JN_RADIOS)
    gtk_widget_set_sensitive (self->widget, !state->readonly);
  g_free (self->value);
  self->value = g_strdup (state->value);
}

static void
jn_field_choice_focus (JnField *field)
{
  JnFieldChoice *self = JN_FIELD_CHOICE (field);

  if (self->shape == JN_RADIOS)
    focus_radio (self);
  else if (self->widget != NULL)
    gtk_widget_grab_focus (self->widget);
}

static void
jn_field_choice_finalize (GObject *object)
{
  JnFieldChoice *self = JN_FIELD_CHOICE (object);

  g_free (self->value);
  g_object_unref (self->store);
  G_OBJECT_CLASS (jn_field_choice_parent_class)->finalize (object);
}

static void
jn_field_choice_class_init (JnFieldChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_field_choice_finalize;
  JN_FIELD_CLASS (klass)->show = jn_field_choice_show;
  JN_FIELD_CLASS (klass)->focus = jn_field_choice_focus;
}

static void
jn_field_choice_init (JnFieldChoice *self)
{
  self->store = gtk_list_store_new (N_COLUMNS, G_TYPE_STRING, G_TYPE_STRING);
}
