/* form-card.c: one card of a form: its heading, what is known and folded away, its fields in columns. */
#include "ui/form-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/columns.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define MOST_SOURCES 3

/* It stands while one of the fields after it is on the screen. */
typedef struct
{
  GtkWidget *label; /* NULL: it has no words */
  guint from;
  guint to;
} JnHeading;

struct _JnFormCard
{
  GtkBox parent;

  char *ref;
  char *heading;
  GtkWidget *fold;
  GtkWidget *fold_words;
  GtkWidget *fold_sources;
  GtkWidget *fold_button;
  GtkWidget *columns;
  GPtrArray *fields; /* of JnField, in order */
  GArray *headings;
  gboolean kept;
};

G_DEFINE_TYPE (JnFormCard, jn_form_card, GTK_TYPE_BOX)

static guint toggled_signal;

/* -- what is on the screen -- */

static void
add_source (GPtrArray *sources, const char *words)
{
  for (guint i = 0; i < sources->len; i++)
    if (strcmp (g_ptr_array_index (sources, i), words) == 0)
      return;
  g_ptr_array_add (sources, g_strdup (words));
}

/* How many answers of the card are known, and from where. */
static guint
count_known (JnFormCard *self, JnApplication *application, JnVisit *visit, char **from)
{
  JnFilling *filling = jn_application_get_filling (application);
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_free);
  guint known = 0;

  for (guint i = 0; i < self->fields->len; i++)
    {
      JnField *field = g_ptr_array_index (self->fields, i);
      const JnFact *fact = NULL;
      g_autofree char *words = NULL;
      JnNodeState state;

      if (!jn_filling_get (filling, jn_field_get_ref (field), &state) || !state.relevant
          || !jn_application_is_known (application, jn_field_get_ref (field), &fact))
        continue;
      known += 1;
      words = fact != NULL ? jn_words_source (fact->source, NULL, visit) : NULL;
      if (words != NULL && sources->len < MOST_SOURCES)
        add_source (sources, words);
    }
  g_ptr_array_add (sources, NULL);
  *from = g_strjoinv (jn_words_comma (), (char **)sources->pdata);
  return known;
}

static gboolean
any_visible (JnFormCard *self, guint from, guint to)
{
  for (guint i = from; i < to && i < self->fields->len; i++)
    if (gtk_widget_get_visible (g_ptr_array_index (self->fields, i)))
      return TRUE;
  return FALSE;
}

static gboolean
is_relevant (JnFormCard *self, JnApplication *application)
{
  JnNodeState state;

  return self->ref == NULL
         || !jn_filling_get (jn_application_get_filling (application), self->ref, &state)
         || state.relevant;
}

static void
show_fold (JnFormCard *self, guint known, const char *from, gboolean unfolded)
{
  g_autofree char *words
      = g_strdup_printf (ngettext ("✓ %u answer is known", "✓ %u answers are known", known), known);
  g_autofree char *sources = g_strdup_printf (_("from %s"), from);

  jn_label_set (self->fold_words, words);
  jn_label_set (self->fold_sources, *from != '\0' ? sources : "");
  jn_button_set_label (self->fold_button, unfolded ? _("Fold") : _("Show"));
  gtk_widget_set_visible (self->fold, known > 0);
}

void
jn_form_card_refresh (JnFormCard *self,
                      JnApplication *application,
                      JnVisit *visit,
                      gboolean unfolded)
{
  g_autofree char *from = NULL;
  guint known = count_known (self, application, visit, &from);
  gboolean some = any_visible (self, 0, self->fields->len) || self->kept;

  for (guint i = 0; i < self->headings->len; i++)
    {
      JnHeading *heading = &g_array_index (self->headings, JnHeading, i);

      if (heading->label != NULL)
        gtk_widget_set_visible (heading->label, any_visible (self, heading->from, heading->to));
    }
  show_fold (self, known, from, unfolded);
  gtk_widget_set_visible (self->columns, some);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          is_relevant (self, application) && (some || known > 0));
}

/* -- what stands in it -- */

void
jn_form_card_add_field (JnFormCard *self, JnField *field)
{
  g_ptr_array_add (self->fields, field);
  jn_columns_add (JN_COLUMNS (self->columns), GTK_WIDGET (field), jn_field_is_wide (field));
}

void
jn_form_card_add_line (JnFormCard *self, GtkWidget *line)
{
  jn_columns_add (JN_COLUMNS (self->columns), line, TRUE);
}

guint
jn_form_card_open_heading (JnFormCard *self, const char *text)
{
  JnHeading heading = { *text != '\0' ? jn_text_new (text, "strong") : NULL, self->fields->len, 0 };

  if (heading.label != NULL)
    jn_form_card_add_line (self, heading.label);
  g_array_append_val (self->headings, heading);
  return self->headings->len - 1;
}

void
jn_form_card_close_heading (JnFormCard *self, guint heading)
{
  g_return_if_fail (heading < self->headings->len);
  g_array_index (self->headings, JnHeading, heading).to = self->fields->len;
}

void
jn_form_card_keep (JnFormCard *self)
{
  self->kept = TRUE;
}

GPtrArray *
jn_form_card_get_fields (JnFormCard *self)
{
  return self->fields;
}

const char *
jn_form_card_get_heading (JnFormCard *self)
{
  return self->heading;
}

/* -- the card -- */

static void
toggle_clicked_cb (GtkButton *button, JnFormCard *self)
{
  g_signal_emit (self, toggled_signal, 0);
}

static void
make_fold (JnFormCard *self)
{
  self->fold = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "known");
  self->fold_words = jn_text_new (NULL, NULL);
  self->fold_sources = jn_text_new (NULL, "small");
  self->fold_button = jn_button_new (_("Show"), "Alt K", "act");
  jn_pack (self->fold, self->fold_words);
  gtk_box_pack_start (GTK_BOX (self->fold), self->fold_sources, TRUE, TRUE, 0);
  gtk_widget_show (self->fold_sources);
  jn_pack_end (self->fold, self->fold_button);
  g_signal_connect (self->fold_button, "clicked", G_CALLBACK (toggle_clicked_cb), self);
  gtk_box_pack_start (GTK_BOX (self), self->fold, FALSE, FALSE, 0);
}

static void
jn_form_card_finalize (GObject *object)
{
  JnFormCard *self = JN_FORM_CARD (object);

  g_free (self->ref);
  g_free (self->heading);
  g_ptr_array_unref (self->fields);
  g_array_unref (self->headings);
  G_OBJECT_CLASS (jn_form_card_parent_class)->finalize (object);
}

static void
jn_form_card_class_init (JnFormCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_form_card_finalize;
  toggled_signal = g_signal_new ("toggled", JN_TYPE_FORM_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
jn_form_card_init (JnFormCard *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  jn_add_classes (GTK_WIDGET (self), "card");
  self->fields = g_ptr_array_new ();
  self->headings = g_array_new (FALSE, FALSE, sizeof (JnHeading));
}

GtkWidget *
jn_form_card_new (const char *ref, const char *heading)
{
  JnFormCard *self = g_object_new (JN_TYPE_FORM_CARD, NULL);

  self->ref = g_strdup (ref);
  self->heading = g_strdup (heading);
  if (heading != NULL && *heading != '\0')
    {
      GtkWidget *label = jn_text_new (heading, "section");

      jn_set_role (label, ATK_ROLE_HEADING);
      jn_pack (GTK_WIDGET (self), label);
    }
  make_fold (self);
  self->columns = jn_columns_new ();
  jn_pack (GTK_WIDGET (self), self->columns);
  gtk_widget_show (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
