/* field-checks.c: a tick for each choice; a trigger is one tick: acknowledged. */
#include "ui/field-checks.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/widgets.h"

struct _JnFieldChecks
{
  JnField parent;

  GtkWidget *box;
  gboolean made; /* the one tick of a trigger */
};

G_DEFINE_TYPE (JnFieldChecks, jn_field_checks, JN_TYPE_FIELD)

static const char *value_key = "jn-value";

static void
toggled_cb (GtkToggleButton *button, gpointer user_data)
{
  JnFieldChecks *self = JN_FIELD_CHECKS (user_data);
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (self->box));
  GString *value = g_string_new (NULL);

  for (GList *child = children; child != NULL; child = child->next)
    if (gtk_toggle_button_get_active (child->data))
      g_string_append_printf (value, "%s%s", value->len > 0 ? " " : "",
                              (char *)g_object_get_data (child->data, value_key));
  jn_field_answer (JN_FIELD (self), value->str);
  g_string_free (value, TRUE);
}

static gboolean
focus_out_cb (GtkWidget *widget, GdkEventFocus *event, gpointer user_data)
{
  g_signal_emit_by_name (user_data, "left");
  return GDK_EVENT_PROPAGATE;
}

static void
add_check (JnFieldChecks *self, const char *value, const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);
  GtkWidget *text = gtk_bin_get_child (GTK_BIN (check));

  gtk_label_set_line_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  g_object_set_data_full (G_OBJECT (check), value_key, g_strdup (value), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  g_signal_connect (check, "focus-out-event", G_CALLBACK (focus_out_cb), self);
  jn_field_watch_enter (JN_FIELD (self), check);
  jn_pack (self->box, check);
}

static gboolean
same_choices (JnFieldChecks *self, const JnNodeState *state)
{
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (self->box));
  gsize i = 0;

  if (g_list_length (children) != state->n_choices)
    return FALSE;
  for (GList *child = children; child != NULL; child = child->next, i++)
    if (strcmp (g_object_get_data (child->data, value_key), state->choices[i].value) != 0
        || strcmp (gtk_button_get_label (child->data), state->choices[i].label) != 0)
      return FALSE;
  return TRUE;
}

static void
take_choices (JnFieldChecks *self, const JnNodeState *state)
{
  const JnControl *control = jn_field_get_control (JN_FIELD (self));

  if (jn_control_get_kind (control) == JN_CONTROL_TRIGGER)
    {
      if (!self->made)
        add_check (self, "OK",
                   jn_field_has_appearance (JN_FIELD (self), "jn-declaration")
                   ? _("Read aloud, and confirmed by the citizen")
                   : _("Read and understood"));
      self->made = TRUE;
      return;
    }
  if (same_choices (self, state))
    return;
  jn_empty (self->box);
  for (gsize i = 0; i < state->n_choices; i++)
    add_check (self, state->choices[i].value, state->choices[i].label);
}

static void
jn_field_checks_show (JnField *field, const JnNodeState *state)
{
  JnFieldChecks *self = JN_FIELD_CHECKS (field);
  g_auto (GStrv) chosen = g_strsplit (state->value, " ", -1);
  g_autoptr (GList) children = NULL;

  if (state->label == NULL)
    return;
  take_choices (self, state);
  children = gtk_container_get_children (GTK_CONTAINER (self->box));
  for (GList *child = children; child != NULL; child = child->next)
    gtk_toggle_button_set_active (
        child->data,
        g_strv_contains ((const char *const *)chosen, g_object_get_data (child->data, value_key)));
  gtk_widget_set_sensitive (self->box, !state->readonly);
}

static void
jn_field_checks_focus (JnField *field)
{
  g_autoptr (GList) children
             = gtk_container_get_children (GTK_CONTAINER (JN_FIELD_CHECKS (field)->box));

  if (children != NULL)
    gtk_widget_grab_focus (children->data);
}

static void
jn_field_checks_class_init (JnFieldChecksClass *klass)
{
  JN_FIELD_CLASS (klass)->show = jn_field_checks_show;
  JN_FIELD_CLASS (klass)->focus = jn_field_checks_focus;
}

static void
jn_field_checks_init (JnFieldChecks *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  jn_field_set_widget (JN_FIELD (self), self->box, NULL);
}
