/* field-entry.c: one line of text; money is typed in patacas and kept in avos. */
#include "ui/field-entry.h"

#include <math.h>
#include <string.h>

#include "ui/widgets.h"

struct _JnFieldEntry
{
  JnField parent;

  GtkWidget *entry;
  gboolean made;
};

G_DEFINE_TYPE (JnFieldEntry, jn_field_entry, JN_TYPE_FIELD)

static gboolean
is_money (JnFieldEntry *self)
{
  return jn_field_has_appearance (JN_FIELD (self), "jn-money");
}

/* "1,250.5" → "125050"; what is no amount stays as it was typed, so that nothing is lost. */
static char *
to_avos (const char *text)
{
  g_autofree char *plain = g_strdup (text);
  char *end = NULL;
  char *to = plain;
  double amount;

  for (const char *from = text; *from != '\0'; from++)
    if (*from != ',' && *from != ' ')
      *to++ = *from;
  *to = '\0';
  amount = g_ascii_strtod (plain, &end);
  if (*plain == '\0' || *end != '\0' || !isfinite (amount) || fabs (amount) > 1e13)
    return g_strdup (text);
  return g_strdup_printf ("%.0f", round (amount * 100));
}

static char *
to_patacas (const char *avos)
{
  char *end = NULL;
  gint64 amount = g_ascii_strtoll (avos, &end, 10);

  if (*avos == '\0' || *end != '\0')
    return g_strdup (avos);
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", amount / 100, (int)ABS (amount % 100));
}

static void
changed_cb (GtkEditable *editable, gpointer user_data)
{
  JnFieldEntry *self = JN_FIELD_ENTRY (user_data);
  const char *text = gtk_entry_get_text (GTK_ENTRY (self->entry));
  g_autofree char *value = is_money (self) ? to_avos (text) : g_strdup (text);

  jn_field_answer (JN_FIELD (self), value);
}

static GtkInputPurpose
purpose_of (JnFieldEntry *self, const char *type)
{
  JnField *field = JN_FIELD (self);

  if (jn_control_get_kind (jn_field_get_control (field)) == JN_CONTROL_SECRET)
    return GTK_INPUT_PURPOSE_PASSWORD;
  if (jn_field_has_appearance (field, "jn-phone"))
    return GTK_INPUT_PURPOSE_PHONE;
  if (jn_field_has_appearance (field, "url"))
    return GTK_INPUT_PURPOSE_URL;
  if (g_strcmp0 (type, "int") == 0 || g_strcmp0 (type, "decimal") == 0
      || jn_field_has_appearance (field, "numbers"))
    return GTK_INPUT_PURPOSE_NUMBER;
  return GTK_INPUT_PURPOSE_FREE_FORM;
}

static void
make (JnFieldEntry *self, const JnNodeState *state)
{
  GtkInputPurpose purpose = purpose_of (self, state->type);

  self->made = TRUE;
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), purpose);
  gtk_entry_set_visibility (GTK_ENTRY (self->entry), purpose != GTK_INPUT_PURPOSE_PASSWORD);
  if (is_money (self))
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

      jn_pack (row, jn_label_new ("MOP", "small"));
      gtk_box_pack_start (GTK_BOX (row), self->entry, TRUE, TRUE, 0);
      gtk_widget_show (self->entry);
      jn_field_set_widget (JN_FIELD (self), row, self->entry);
    }
  else
    jn_field_set_widget (JN_FIELD (self), self->entry, self->entry);
  g_signal_connect (self->entry, "changed", G_CALLBACK (changed_cb), self);
}

static void
jn_field_entry_show (JnField *field, const JnNodeState *state)
{
  JnFieldEntry *self = JN_FIELD_ENTRY (field);
  g_autofree char *text = NULL;

  if (!self->made)
    make (self, state);
  if (jn_field_is_typing (field))
    return;
  if (state->typed != NULL)
    text = g_strdup (state->typed);
  else
    text = is_money (self) ? to_patacas (state->value) : g_strdup (state->value);
  if (strcmp (gtk_entry_get_text (GTK_ENTRY (self->entry)), text) != 0)
    gtk_entry_set_text (GTK_ENTRY (self->entry), text);
}

static void
jn_field_entry_class_init (JnFieldEntryClass *klass)
{
  JN_FIELD_CLASS (klass)->show = jn_field_entry_show;
}

static void
jn_field_entry_init (JnFieldEntry *self)
{
  self->entry = gtk_entry_new ();
  gtk_entry_set_width_chars (GTK_ENTRY (self->entry), 8);
}
