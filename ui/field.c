/* field.c: what all kinds of fields share: label, required mark, source, hint, error, names. */
#include "ui/field.h"

#include <glib/gi18n.h>

#include "ui/composing.h"
#include "ui/field-checks.h"
#include "ui/field-choice.h"
#include "ui/field-date.h"
#include "ui/field-entry.h"
#include "ui/field-note.h"
#include "ui/field-range.h"
#include "ui/field-rank.h"
#include "ui/field-text.h"
#include "ui/field-upload.h"
#include "ui/widgets.h"
#include "ui/words.h"

typedef struct
{
  GtkWidget *label;
  GtkWidget *mark;
  GtkWidget *chip;
  GtkWidget *hint;
  GtkWidget *error;
  GtkWidget *focusable;

  const JnControl *control;
  char *ref;
  char *type;
  char *value;
  char *typed;
  char *message;
  char *complaint;
  JnInvalid invalid;
  gboolean required;
  gboolean readonly;
  gboolean revealed;
  gboolean showing;
} JnFieldPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (JnField, jn_field, GTK_TYPE_BOX)

enum
{
  ANSWERED,
  LEFT,
  ENTERED,
  ATTACH,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define PRIVATE(self) ((JnFieldPrivate *)jn_field_get_instance_private (self))

static void
show_text (GtkWidget *label, const char *text)
{
  jn_label_set (label, text);
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

const char *
jn_field_get_error (JnField *self)
{
  JnFieldPrivate *priv = PRIVATE (self);

  if (priv->complaint != NULL)
    return priv->complaint;
  if (!priv->revealed || priv->invalid == JN_VALID)
    return NULL;
  if (priv->message != NULL && *priv->message != '\0')
    return priv->message;
  return jn_words_invalid (priv->invalid, priv->type);
}

/* What a reader says after the name: the error first, then what helps to answer. */
static void
describe (JnField *self, const char *error)
{
  JnFieldPrivate *priv = PRIVATE (self);
  GtkWidget *const labels[] = { priv->mark, priv->hint, priv->chip };
  GString *words = g_string_new (error);

  if (priv->focusable == NULL)
    {
      g_string_free (words, TRUE);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (gtk_widget_get_visible (labels[i]))
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "",
                              gtk_label_get_text (GTK_LABEL (labels[i])));
  jn_set_description (priv->focusable, words->str);
  g_string_free (words, TRUE);
}

static void
show_error (JnField *self)
{
  JnFieldPrivate *priv = PRIVATE (self);
  const char *error = jn_field_get_error (self);
  gboolean was_wrong = gtk_widget_get_visible (priv->error);

  show_text (priv->error, error);
  jn_set_class (GTK_WIDGET (self), "invalid", error != NULL);
  describe (self, error);
  if (error != NULL && !was_wrong)
    jn_announce (priv->error);
}

static void
name_widget (JnField *self)
{
  JnFieldPrivate *priv = PRIVATE (self);

  if (priv->focusable != NULL)
    jn_set_name (priv->focusable, gtk_label_get_text (GTK_LABEL (priv->label)));
}

/* -- the parts -- */

static void
jn_field_finalize (GObject *object)
{
  JnFieldPrivate *priv = PRIVATE (JN_FIELD (object));

  g_free (priv->ref);
  g_free (priv->type);
  g_free (priv->value);
  g_free (priv->typed);
  g_free (priv->message);
  g_free (priv->complaint);
  G_OBJECT_CLASS (jn_field_parent_class)->finalize (object);
}

static void
jn_field_class_init (JnFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_field_finalize;
  signals[ANSWERED] = g_signal_new ("answered", JN_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LEFT] = g_signal_new ("left", JN_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[ENTERED] = g_signal_new ("entered", JN_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[ATTACH] = g_signal_new ("attach", JN_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_FILE);
}

static void
jn_field_init (JnField *self)
{
  JnFieldPrivate *priv = PRIVATE (self);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
  priv->label = jn_text_new (NULL, NULL);
  priv->mark = jn_label_new (_("required"), "small");
  priv->chip = jn_text_new (NULL, "chip");
  priv->hint = jn_text_new (NULL, "small");
  priv->error = jn_text_new (NULL, "error");
  jn_set_role (priv->error, ATK_ROLE_ALERT);
  gtk_widget_set_valign (priv->mark, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (priv->label, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (priv->chip, GTK_ALIGN_CENTER);
  gtk_box_pack_start (GTK_BOX (head), priv->label, FALSE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (head), priv->mark, FALSE, FALSE, 0);
  gtk_box_pack_end (GTK_BOX (head), priv->chip, FALSE, TRUE, 0);
  gtk_widget_show (priv->label);
  jn_pack (GTK_WIDGET (self), head);
  gtk_box_pack_end (GTK_BOX (self), priv->error, FALSE, FALSE, 0);
  gtk_box_pack_end (GTK_BOX (self), priv->hint, FALSE, FALSE, 0);
  gtk_widget_set_no_show_all (GTK_WIDGET (self), TRUE);
}

static gboolean
focus_out_cb (GtkWidget *widget, GdkEventFocus *event, gpointer user_data)
{
  JnField *self = JN_FIELD (user_data);

  jn_field_settle (self);
  g_signal_emit (self, signals[LEFT], 0);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
enter_cb (GtkWidget *widget, GdkEventKey *event, gpointer user_data)
{
  if ((event->keyval != GDK_KEY_Return && event->keyval != GDK_KEY_KP_Enter)
      || event->state & gtk_accelerator_get_default_mod_mask () || jn_composing_in (widget)
      || jn_composing_took (widget, event->time))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (user_data, signals[ENTERED], 0);
  return GDK_EVENT_STOP;
}

void
jn_field_watch_enter (JnField *self, GtkWidget *widget)
{
  g_signal_connect (widget, "key-press-event", G_CALLBACK (enter_cb), self);
}

gboolean
jn_field_is_open (JnField *self, gboolean must)
{
  JnFieldPrivate *priv = PRIVATE (self);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)) || priv->readonly || JN_IS_FIELD_NOTE (self))
    return FALSE;
  return priv->invalid != JN_VALID
         || (!must && !priv->revealed && (priv->value == NULL || *priv->value == '\0'));
}

void
jn_field_set_widget (JnField *self, GtkWidget *widget, GtkWidget *focusable)
{
  JnFieldPrivate *priv = PRIVATE (self);

  jn_pack (GTK_WIDGET (self), widget);
  priv->focusable = focusable;
  if (focusable == NULL)
    return;
  jn_label_for (priv->label, focusable);
  g_signal_connect (jn_get_focusable (focusable), "focus-out-event", G_CALLBACK (focus_out_cb),
                    self);
  if (!GTK_IS_TEXT_VIEW (focusable)) /* there it begins a new line */
    jn_field_watch_enter (self, jn_get_focusable (focusable));
}

/* -- state -- */

static void
keep_state (JnField *self, const JnNodeState *state)
{
  JnFieldPrivate *priv = PRIVATE (self);

  g_free (priv->value);
  g_free (priv->typed);
  g_free (priv->message);
  priv->value = g_strdup (state->value);
  priv->typed = g_strdup (state->typed);
  priv->message = g_strdup (state->message);
  priv->invalid = state->invalid;
  priv->required = state->required;
  priv->readonly = state->readonly;
}

void
jn_field_update (JnField *self, const JnNodeState *state)
{
  JnFieldPrivate *priv = PRIVATE (self);

  keep_state (self, state);
  jn_label_set (priv->label, state->label);
  show_text (priv->hint, state->hint);
  gtk_widget_set_tooltip_text (priv->label, state->guidance);
  gtk_widget_set_visible (priv->mark, state->required && !state->readonly);
  priv->showing = TRUE;
  JN_FIELD_GET_CLASS (self)->show (self, state);
  priv->showing = FALSE;
  if (priv->focusable != NULL)
    gtk_widget_set_sensitive (priv->focusable, !state->readonly);
  name_widget (self);
  show_error (self);
}

void
jn_field_settle (JnField *self)
{
  JnFieldPrivate *priv = PRIVATE (self);
  JnNodeState state = { .ref = priv->ref,
                        .type = priv->type,
                        .value = priv->value,
                        .typed = priv->typed,
                        .relevant = TRUE,
                        .readonly = priv->readonly };

  if (priv->value == NULL)
    return;
  priv->showing = TRUE;
  JN_FIELD_GET_CLASS (self)->show (self, &state);
  priv->showing = FALSE;
}

void
jn_field_answer (JnField *self, const char *value)
{
  JnFieldPrivate *priv = PRIVATE (self);

  if (!priv->showing)
    g_signal_emit (self, signals[ANSWERED], 0, value);
}

gboolean
jn_field_is_typing (JnField *self)
{
  JnFieldPrivate *priv = PRIVATE (self);

  return priv->focusable != NULL && gtk_widget_has_focus (jn_get_focusable (priv->focusable));
}

void
jn_field_set_source (JnField *self, const char *words, const char *grade)
{
  JnFieldPrivate *priv = PRIVATE (self);

  show_text (priv->chip, words);
  gtk_widget_set_tooltip_text (priv->chip, grade);
  describe (self, jn_field_get_error (self));
}

void
jn_field_reveal (JnField *self)
{
  PRIVATE (self)->revealed = TRUE;
  show_error (self);
}

void
jn_field_complain (JnField *self, const char *words)
{
  JnFieldPrivate *priv = PRIVATE (self);

  g_free (priv->complaint);
  priv->complaint = g_strdup (words);
  show_error (self);
}

void
jn_field_focus (JnField *self)
{
  JnFieldPrivate *priv = PRIVATE (self);

  if (JN_FIELD_GET_CLASS (self)->focus != NULL)
    JN_FIELD_GET_CLASS (self)->focus (self);
  else if (priv->focusable != NULL)
    gtk_widget_grab_focus (priv->focusable);
}

const char *
jn_field_get_ref (JnField *self)
{
  return PRIVATE (self)->ref;
}

const JnControl *
jn_field_get_control (JnField *self)
{
  return PRIVATE (self)->control;
}

const char *
jn_field_get_label (JnField *self)
{
  return gtk_label_get_text (GTK_LABEL (PRIVATE (self)->label));
}

gboolean
jn_field_has_appearance (JnField *self, const char *word)
{
  return jn_control_has_appearance (PRIVATE (self)->control, word);
}

gboolean
jn_field_is_wide (JnField *self)
{
  JnFieldPrivate *priv = PRIVATE (self);
  JnControlKind kind = jn_control_get_kind (priv->control);

  if (jn_field_has_appearance (self, "w1"))
    return FALSE;
  if (jn_field_has_appearance (self, "w2") || jn_field_has_appearance (self, "multiline"))
    return TRUE;
  return kind == JN_CONTROL_SELECT || kind == JN_CONTROL_TRIGGER || kind == JN_CONTROL_RANK
         || JN_IS_FIELD_NOTE (self);
}

/* -- which kind -- */

static gboolean
is_temporal (const char *type)
{
  return g_strcmp0 (type, "date") == 0 || g_strcmp0 (type, "time") == 0
         || g_strcmp0 (type, "dateTime") == 0;
}

static GType
kind_of_input (const JnControl *control, const JnNodeState *state)
{
  if (state->calculated || jn_control_has_appearance (control, "jn-summary")
      || (state->readonly && *state->value == '\0'))
    return JN_TYPE_FIELD_NOTE;
  if (jn_control_has_appearance (control, "multiline"))
    return JN_TYPE_FIELD_TEXT;
  if (is_temporal (state->type))
    return JN_TYPE_FIELD_DATE;
  return JN_TYPE_FIELD_ENTRY;
}

static GType
kind_of (const JnControl *control, const JnNodeState *state)
{
  switch (jn_control_get_kind (control))
    {
    case JN_CONTROL_SELECT1:
      return JN_TYPE_FIELD_CHOICE;
    case JN_CONTROL_SELECT:
    case JN_CONTROL_TRIGGER:
      return JN_TYPE_FIELD_CHECKS;
    case JN_CONTROL_RANGE:
      return JN_TYPE_FIELD_RANGE;
    case JN_CONTROL_RANK:
      return JN_TYPE_FIELD_RANK;
    case JN_CONTROL_UPLOAD:
      return JN_TYPE_FIELD_UPLOAD;
    case JN_CONTROL_INPUT:
      return kind_of_input (control, state);
    case JN_CONTROL_SECRET:
    case JN_CONTROL_GROUP:
    case JN_CONTROL_REPEAT:
      break;
    }
  return JN_TYPE_FIELD_ENTRY;
}

GtkWidget *
jn_field_new (const JnControl *control, const JnNodeState *state)
{
  JnField *self = g_object_new (kind_of (control, state), NULL);
  JnFieldPrivate *priv = PRIVATE (self);

  priv->control = control;
  priv->ref = g_strdup (state->ref);
  priv->type = g_strdup (state->type);
  atk_object_set_accessible_id (gtk_widget_get_accessible (GTK_WIDGET (self)), priv->ref);
  jn_field_update (self, state);
  return GTK_WIDGET (self);
}
