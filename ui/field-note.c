/* field-note.c: a text of the form, or a value that the form computes. */
#include "ui/field-note.h"

#include "app/text.h"
#include "ui/day.h"
#include "ui/language.h"
#include "ui/widgets.h"

struct _JnFieldNote
{
  JnField parent;

  GtkWidget *value;
};

G_DEFINE_TYPE (JnFieldNote, jn_field_note, JN_TYPE_FIELD)

static char *
as_read (JnField *field, const JnNodeState *state)
{
  if (jn_field_has_appearance (field, "jn-money") && *state->value != '\0')
    return jn_text_format_money (jn_language_get ()->tag, g_ascii_strtoll (state->value, NULL, 10));
  if (g_strcmp0 (state->type, "date") == 0)
    return jn_day_to_text (state->value);
  return g_strdup (state->value);
}

static void
jn_field_note_show (JnField *field, const JnNodeState *state)
{
  JnFieldNote *self = JN_FIELD_NOTE (field);
  g_autofree char *text = as_read (field, state);

  gtk_label_set_text (GTK_LABEL (self->value), text);
  gtk_widget_set_visible (self->value, *text != '\0');
}

static void
jn_field_note_class_init (JnFieldNoteClass *klass)
{
  JN_FIELD_CLASS (klass)->show = jn_field_note_show;
}

static void
jn_field_note_init (JnFieldNote *self)
{
  self->value = jn_text_new (NULL, "strong number");
  jn_field_set_widget (JN_FIELD (self), self->value, NULL);
}
