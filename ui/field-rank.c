/* field-rank.c: the choices in their order, each with buttons that move it up or down. */
#include "ui/field-rank.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/widgets.h"

struct _JnFieldRank
{
  JnField parent;

  GtkWidget *box;
  GPtrArray *values; /* in the order on the screen */
  GPtrArray *labels;
  gboolean readonly;
};

G_DEFINE_TYPE (JnFieldRank, jn_field_rank, JN_TYPE_FIELD)

static const char *place_key = "jn-place";

static void rebuild (JnFieldRank *self);

static void
swap (GPtrArray *array, guint a, guint b)
{
  gpointer kept = array->pdata[a];

  array->pdata[a] = array->pdata[b];
  array->pdata[b] = kept;
}

static void
answer (JnFieldRank *self)
{
  g_autofree char *value = NULL;

  g_ptr_array_add (self->values, NULL);
  value = g_strjoinv (" ", (char **)self->values->pdata);
  g_ptr_array_set_size (self->values, (int)self->values->len - 1);
  jn_field_answer (JN_FIELD (self), value);
}

/* The button's place, and whether it moves up: negative numbers are up. */
static void
move_cb (GtkButton *button, gpointer user_data)
{
  JnFieldRank *self = JN_FIELD_RANK (user_data);
  int place = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), place_key));
  guint from = (guint)ABS (place) - 1;
  guint to = place < 0 ? from - 1 : from + 1;

  swap (self->values, from, to);
  swap (self->labels, from, to);
  rebuild (self);
  answer (self);
}

static GtkWidget *
make_mover (JnFieldRank *self, guint i, gboolean up)
{
  GtkWidget *button = gtk_button_new_with_label (up ? "↑" : "↓");
  g_autofree char *name = g_strdup_printf (
      up ? _("Move %s up")
         : _("Move %s down"), (const char *)g_ptr_array_index (self->labels, i));

  jn_add_classes (button, "act");
  jn_set_name (button, name);
  gtk_widget_set_sensitive (button, !self->readonly && (up ? i > 0 : i + 1 < self->labels->len));
  g_object_set_data (G_OBJECT (button), place_key, GINT_TO_POINTER ((up ? -1 : 1) * (int)(i + 1)));
  g_signal_connect (button, "clicked", G_CALLBACK (move_cb), self);
  return button;
}

static void
rebuild (JnFieldRank *self)
{
  jn_empty (self->box);
  for (guint i = 0; i < self->labels->len; i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      g_autofree char *text
          = g_strdup_printf ("%u. %s", i + 1, (const char *)g_ptr_array_index (self->labels, i));

      gtk_box_pack_start (GTK_BOX (row), jn_text_new (text, NULL), TRUE, TRUE, 0);
      gtk_box_pack_end (GTK_BOX (row), make_mover (self, i, FALSE), FALSE, FALSE, 0);
      gtk_box_pack_end (GTK_BOX (row), make_mover (self, i, TRUE), FALSE, FALSE, 0);
      gtk_widget_show_all (row);
      jn_pack (self->box, row);
    }
}

static const char *
label_of (const JnNodeState *state, const char *value)
{
  for (gsize i = 0; i < state->n_choices; i++)
    if (strcmp (state->choices[i].value, value) == 0)
      return state->choices[i].label;
  return NULL;
}

static void
add_row (JnFieldRank *self, const char *value, const char *label)
{
  g_ptr_array_add (self->values, g_strdup (value));
  g_ptr_array_add (self->labels, g_strdup (label));
}

/* First what is ranked, in its order; then what is not ranked yet, in the form's order. */
static void
jn_field_rank_show (JnField *field, const JnNodeState *state)
{
  JnFieldRank *self = JN_FIELD_RANK (field);
  g_auto (GStrv) ranked = g_strsplit (state->value, " ", -1);

  if (state->label == NULL)
    return;
  g_ptr_array_set_size (self->values, 0);
  g_ptr_array_set_size (self->labels, 0);
  self->readonly = state->readonly;
  for (char **value = ranked; *value != NULL; value++)
    if (label_of (state, *value) != NULL)
      add_row (self, *value, label_of (state, *value));
  for (gsize i = 0; i < state->n_choices; i++)
    if (!g_strv_contains ((const char *const *)ranked, state->choices[i].value))
      add_row (self, state->choices[i].value, state->choices[i].label);
  rebuild (self);
}

static void
jn_field_rank_focus (JnField *field)
{
  gtk_widget_child_focus (JN_FIELD_RANK (field)->box, GTK_DIR_TAB_FORWARD);
}

static void
jn_field_rank_finalize (GObject *object)
{
  g_ptr_array_unref (JN_FIELD_RANK (object)->values);
  g_ptr_array_unref (JN_FIELD_RANK (object)->labels);
  G_OBJECT_CLASS (jn_field_rank_parent_class)->finalize (object);
}

static void
jn_field_rank_class_init (JnFieldRankClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_field_rank_finalize;
  JN_FIELD_CLASS (klass)->show = jn_field_rank_show;
  JN_FIELD_CLASS (klass)->focus = jn_field_rank_focus;
}

static void
jn_field_rank_init (JnFieldRank *self)
{
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  jn_field_set_widget (JN_FIELD (self), self->box, NULL);
}
