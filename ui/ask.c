/* ask.c: a question that appears in the page: some choices, a text, and the button that answers it. */
#include "ui/ask.h"

#include <glib/gi18n.h>

#include "ui/ticket-words.h"
#include "ui/widgets.h"

struct _JnAsk
{
  GtkBin parent;

  GtkWidget *body;
  GtkWidget *problem;
  GtkWidget *answer;
  GtkWidget *leave;
  GtkWidget *first;    /* what gets the keyboard */
  GtkWidget *reasons;  /* any of the radio buttons */
  GtkWidget *other;    /* a reason in own words */
  GPtrArray *required; /* of GtkEntry */
  gboolean danger;
  GtkWidget *before; /* (nullable) (weak): had the keyboard before */
  int height;        /* that was scrolled to */
  guint reveal;
};

G_DEFINE_TYPE (JnAsk, jn_ask, GTK_TYPE_BIN)

static guint answered_signal;
static guint left_signal;

static const char *
text_of (GtkWidget *entry)
{
  return gtk_entry_get_text (GTK_ENTRY (entry));
}

static void
remember_first (JnAsk *self, GtkWidget *widget)
{
  if (self->first == NULL)
    self->first = widget;
}

void
jn_ask_say (JnAsk *self, const char *words)
{
  jn_label_set (self->problem, words);
  gtk_widget_set_visible (self->problem, words != NULL);
  if (words != NULL)
    jn_announce (self->problem);
}

static GtkWidget *
find_missing (JnAsk *self)
{
  for (guint i = 0; i < self->required->len; i++)
    if (*text_of (self->required->pdata[i]) == '\0')
      return self->required->pdata[i];
  if (self->reasons != NULL && *jn_ask_get_reason (self) == '\0')
    return self->other;
  return NULL;
}

/* What was wrong is being mended. */
static void
forget_problem (JnAsk *self)
{
  jn_ask_say (self, NULL);
}

static void
answer_cb (GtkWidget *widget, JnAsk *self)
{
  GtkWidget *missing = find_missing (self);

  if (missing == NULL)
    {
      jn_ask_say (self, NULL);
      g_signal_emit (self, answered_signal, 0);
      return;
    }
  jn_ask_say (self, _("Something is missing here. Write it in a few words."));
  gtk_widget_grab_focus (missing);
}

void
jn_ask_leave (JnAsk *self)
{
  g_autoptr (JnAsk) hold = g_object_ref (self);

  g_signal_emit (self, left_signal, 0);
  jn_ask_clear (gtk_widget_get_parent (GTK_WIDGET (self)));
  if (self->before != NULL && gtk_widget_get_mapped (self->before))
    gtk_widget_grab_focus (self->before);
}

/* What cannot be taken back wants the key twice. */
void
jn_ask_answer (JnAsk *self)
{
  if (self->danger && !gtk_widget_has_focus (self->answer))
    gtk_widget_grab_focus (self->answer);
  else
    gtk_button_clicked (GTK_BUTTON (self->answer));
}

JnAsk *
jn_ask_find_focused (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  return focus != NULL ? JN_ASK (gtk_widget_get_ancestor (focus, JN_TYPE_ASK)) : NULL;
}

/* -- what it asks -- */

static void
reason_toggled_cb (GtkToggleButton *button, JnAsk *self)
{
  gboolean own = g_object_get_data (G_OBJECT (button), "code") == NULL
                 && gtk_toggle_button_get_active (button);

  jn_ask_say (self, NULL);
  gtk_widget_set_sensitive (self->other, own);
  if (own)
    gtk_widget_grab_focus (self->other);
}

static GtkWidget *
add_reason (JnAsk *self, const char *code, const char *words)
{
  GtkWidget *button = gtk_radio_button_new_with_label_from_widget (
      self->reasons != NULL ? GTK_RADIO_BUTTON (self->reasons) : NULL, words);

  self->reasons = button;
  g_object_set_data (G_OBJECT (button), "code", (gpointer)code);
  g_signal_connect (button, "toggled", G_CALLBACK (reason_toggled_cb), self);
  remember_first (self, button);
  gtk_label_set_line_wrap (GTK_LABEL (gtk_bin_get_child (GTK_BIN (button))), TRUE);
  gtk_widget_show (button);
  return button;
}

/* In two columns, so that the answer stands on the same screen as the question. */
static GtkWidget *
make_reasons (JnAsk *self, const char *const *codes)
{
  GtkWidget *grid = gtk_grid_new ();
  int rows = ((int)g_strv_length ((char **)codes) + 1) / 2;

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
  for (int i = 0; codes[i] != NULL; i++)
    gtk_grid_attach (GTK_GRID (grid), add_reason (self, codes[i], jn_ticket_words_why (codes[i])),
                     i / rows, i % rows, 1, 1);
  return grid;
}

void
jn_ask_add_reasons (JnAsk *self, const char *const *codes)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->other = gtk_entry_new ();
  jn_set_name (self->other, _("Another reason"));
  gtk_widget_set_sensitive (self->other, FALSE);
  gtk_entry_set_activates_default (GTK_ENTRY (self->other), FALSE);
  g_signal_connect (self->other, "activate", G_CALLBACK (answer_cb), self);
  g_signal_connect_swapped (self->other, "changed", G_CALLBACK (forget_problem), self);
  jn_pack (box, make_reasons (self, codes));
  jn_pack (row, add_reason (self, NULL, _("Another reason")));
  gtk_box_pack_start (GTK_BOX (row), self->other, TRUE, TRUE, 0);
  gtk_widget_show_all (row);
  jn_pack (box, row);
  jn_pack (self->body, box);
}

const char *
jn_ask_get_reason (JnAsk *self)
{
  GSList *buttons = self->reasons != NULL
                        ? gtk_radio_button_get_group (GTK_RADIO_BUTTON (self->reasons))
                        : NULL;

  for (GSList *button = buttons; button != NULL; button = button->next)
    if (gtk_toggle_button_get_active (button->data))
      {
        const char *code = g_object_get_data (button->data, "code");

        return code != NULL ? code : text_of (self->other);
      }
  return "";
}

void
jn_ask_add_field (JnAsk *self, const char *label, GtkWidget *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *name = jn_text_new (label, "small");

  jn_label_for (name, field);
  jn_pack (box, name);
  jn_pack (box, field);
  jn_pack (self->body, box);
  remember_first (self, field);
}

GtkWidget *
jn_ask_add_list (JnAsk *self, const char *label)
{
  GtkWidget *list = gtk_combo_box_text_new ();

  jn_ask_add_field (self, label, list);
  return list;
}

void
jn_ask_add_row (GtkWidget *list, const char *id, const char *words)
{
  gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (list), id, words);
  if (gtk_combo_box_get_active (GTK_COMBO_BOX (list)) < 0)
    gtk_combo_box_set_active (GTK_COMBO_BOX (list), 0);
}

GtkWidget *
jn_ask_add_entry (JnAsk *self, const char *label, gboolean required)
{
  GtkWidget *entry = gtk_entry_new ();

  g_signal_connect (entry, "activate", G_CALLBACK (answer_cb), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (forget_problem), self);
  jn_ask_add_field (self, label, entry);
  if (required)
    g_ptr_array_add (self->required, entry);
  return entry;
}

void
jn_ask_add (JnAsk *self, GtkWidget *widget)
{
  jn_pack (self->body, widget);
}

void
jn_ask_set_answer (JnAsk *self, const char *label, gboolean danger)
{
  jn_button_set_label (self->answer, label);
  jn_set_class (self->answer, "danger", danger);
  self->danger = danger;
}

/* -- where it stands -- */

void
jn_ask_clear (GtkWidget *slot)
{
  if (slot == NULL)
    return;
  jn_empty (slot);
  gtk_widget_hide (slot);
}

/* Enter at once answers nothing that cannot be taken back. */
static GtkWidget *
find_first (JnAsk *self)
{
  if (self->first != NULL)
    return jn_get_focusable (self->first);
  return self->danger ? self->leave : self->answer;
}

void
jn_ask_put (JnAsk *self, GtkWidget *slot)
{
  GtkWidget *window = gtk_widget_get_toplevel (slot);

  if (GTK_IS_WINDOW (window))
    g_set_weak_pointer (&self->before, gtk_window_get_focus (GTK_WINDOW (window)));
  jn_ask_clear (slot);
  jn_pack (slot, GTK_WIDGET (self));
  gtk_widget_show (slot);
  gtk_widget_grab_focus (find_first (self));
}

gboolean
jn_ask_is_open (GtkWidget *slot)
{
  return gtk_widget_get_visible (slot);
}

/* -- the widget -- */

/* From its question to its button, as far as the screen is high enough. */
static gboolean
reveal_cb (gpointer user_data)
{
  JnAsk *self = user_data;

  self->reveal = 0;
  jn_reveal (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* Also when what it offers came later. */
static void
jn_ask_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  JnAsk *self = JN_ASK (widget);

  GTK_WIDGET_CLASS (jn_ask_parent_class)->size_allocate (widget, allocation);
  if (allocation->height == self->height || allocation->height <= 1)
    return;
  self->height = allocation->height;
  if (self->reveal == 0)
    self->reveal = g_idle_add (reveal_cb, self);
}

static void
jn_ask_finalize (GObject *object)
{
  g_ptr_array_unref (JN_ASK (object)->required);
  g_clear_weak_pointer (&JN_ASK (object)->before);
  g_clear_handle_id (&JN_ASK (object)->reveal, g_source_remove);
  G_OBJECT_CLASS (jn_ask_parent_class)->finalize (object);
}

static void
jn_ask_class_init (JnAskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_ask_finalize;
  GTK_WIDGET_CLASS (klass)->size_allocate = jn_ask_size_allocate;
  answered_signal = g_signal_new ("answered", JN_TYPE_ASK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  left_signal
      = g_signal_new ("left", JN_TYPE_ASK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jn_ask_init (JnAsk *self)
{
  self->required = g_ptr_array_new ();
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->problem = jn_text_new (NULL, "error");
  gtk_widget_set_no_show_all (self->problem, TRUE);
  jn_set_role (self->problem, ATK_ROLE_ALERT);
}

JnAsk *
jn_ask_new (const char *question, const char *words)
{
  JnAsk *self = g_object_new (JN_TYPE_ASK, NULL);
  GtkWidget *card = jn_card_new (question);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->leave = jn_button_new (_("Do not"), "Alt ←", "act");
  self->answer = jn_button_new (question, "Ctrl ↵", "primary");
  g_signal_connect (self->answer, "clicked", G_CALLBACK (answer_cb), self);
  g_signal_connect_swapped (self->leave, "clicked", G_CALLBACK (jn_ask_leave), self);
  jn_add_classes (card, "ask");
  if (words != NULL)
    jn_pack (card, jn_text_new (words, NULL));
  jn_pack (card, self->body);
  gtk_box_pack_start (GTK_BOX (card), self->problem, FALSE, FALSE, 0);
  jn_pack_end (buttons, self->answer);
  jn_pack_end (buttons, self->leave);
  jn_pack (card, buttons);
  gtk_container_add (GTK_CONTAINER (self), card);
  jn_set_role (GTK_WIDGET (self), ATK_ROLE_PANEL);
  jn_set_name (GTK_WIDGET (self), question);
  return self;
}
