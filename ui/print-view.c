/* print-view.c: one print: a picture of what to do, how it goes in words, and what can be done about it. */
#include "ui/print-view.h"

#include <glib/gi18n.h>

#include "ui/look.h"
#include "ui/print-words.h"
#include "ui/widgets.h"

#define PICTURE_SIZE 56
#define ADVICE_CHARS 56 /* then it wraps, where there is no more room anyway */
#define MOST_OTHERS 2   /* printers that are offered instead */

struct _JnPrintView
{
  GtkBin parent;

  GtkWidget *picture;
  GtkWidget *
      said; /* the three lines below; the keyboard comes there before the buttons: Enter does nothing */
  GtkWidget *title;
  GtkWidget *state;
  GtkWidget *advice;
  GtkWidget *question;
  GtkWidget *actions;
  GtkWidget *again;
  GtkWidget *cancel;
  GtkWidget *dismiss;
  GtkWidget *others[MOST_OTHERS];
  const char *other_uses[MOST_OTHERS];

  JnPrints *prints;
  JnPrint *print; /* (nullable) */
  gboolean offers_copy;
};

G_DEFINE_TYPE (JnPrintView, jn_print_view, GTK_TYPE_BIN)

/* -- what it says -- */

static const JnPrinterProfile *
profile_of (JnPrintView *self, const char *use)
{
  return jn_prints_get_use (self->prints, use).profile;
}

/* Printers that are not the one that has it, each once. */
static guint
find_others (JnPrintView *self)
{
  const char *const *uses = jn_prints_list_uses ();
  guint n = 0;

  for (guint i = 0; uses[i] != NULL && n < MOST_OTHERS; i++)
    {
      const JnPrinterProfile *profile = profile_of (self, uses[i]);
      gboolean seen
          = profile == NULL || g_strcmp0 (profile->queue, jn_print_get_queue (self->print)) == 0;

      for (guint k = 0; k < n && !seen; k++)
        seen = g_str_equal (profile_of (self, self->other_uses[k])->queue, profile->queue);
      if (!seen)
        self->other_uses[n++] = uses[i];
    }
  return n;
}

static void
show_others (JnPrintView *self, gboolean wanted)
{
  guint n = wanted ? find_others (self) : 0;

  for (guint i = 0; i < MOST_OTHERS; i++)
    {
      g_autofree char *label = NULL;

      gtk_widget_set_visible (self->others[i], i < n);
      if (i >= n)
        continue;
      /* TRANSLATORS: a button: print it on that printer instead: "Use: Sheet printer" */
      label = g_strdup_printf (_("Use: %s"), jn_words_use (self->other_uses[i]));
      jn_button_set_label (self->others[i], label);
    }
}

static void
show_actions (JnPrintView *self)
{
  JnPrintStep step = jn_print_get_step (self->print);
  gboolean busy = jn_print_is_busy (self->print);
  gboolean needy = jn_print_needs_clerk (self->print);
  gboolean printed = step == JN_PRINT_STEP_PRINTED;
  gboolean over = step == JN_PRINT_STEP_FAILED || step == JN_PRINT_STEP_CANCELLED;

  gtk_widget_set_visible (self->question, step == JN_PRINT_STEP_UNCONFIRMED);
  gtk_widget_set_visible (self->cancel, busy);
  gtk_widget_set_visible (self->again, over || (printed && self->offers_copy));
  jn_button_set_label (self->again, printed ? _("Print a copy") : _("Print again"));
  gtk_widget_set_visible (self->dismiss, needy && over && !self->offers_copy);
  show_others (self, (busy && needy) || over || (printed && self->offers_copy));
}

static void
name_said (JnPrintView *self)
{
  g_autofree char *words = g_strdup_printf (
      "%s. %s %s", gtk_label_get_text (GTK_LABEL (self->title)),
      gtk_label_get_text (GTK_LABEL (self->state)), gtk_label_get_text (GTK_LABEL (self->advice)));

  jn_set_name (self->said, words);
}

static void
refresh (JnPrintView *self)
{
  g_autofree char *title = jn_words_print_title (self->print);
  g_autofree char *advice = jn_words_print_advice (self->print);
  const char *state = jn_words_print_step (jn_print_get_step (self->print));
  gboolean other = g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->state)), state) != 0
                   || g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->advice)), advice) != 0;

  gtk_image_set_from_icon_name (GTK_IMAGE (self->picture), jn_picture_print (self->print),
                                GTK_ICON_SIZE_DIALOG);
  jn_label_set (self->title, title);
  jn_label_set (self->state, state);
  jn_label_set (self->advice, advice);
  gtk_widget_set_visible (self->advice, *advice != '\0');
  name_said (self);
  show_actions (self);
  if (other && gtk_widget_get_mapped (self->state))
    jn_announce (*advice != '\0' ? self->advice : self->state);
}

static void
show_none (JnPrintView *self)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (self->picture), "jn-print-printing-symbolic",
                                GTK_ICON_SIZE_DIALOG);
  jn_label_set (self->title, NULL);
  jn_label_set (self->state, jn_words_print_step (JN_PRINT_STEP_NONE));
  jn_set_name (self->said, gtk_label_get_text (GTK_LABEL (self->state)));
  gtk_widget_hide (self->advice);
  gtk_widget_hide (self->question);
  gtk_container_foreach (GTK_CONTAINER (self->actions),
                         (GtkCallback)(void (*) (void))gtk_widget_hide, NULL);
}

/* -- what is done -- */

static void
again_cb (GtkButton *button, JnPrintView *self)
{
  const char *use = jn_print_get_use (self->print);

  jn_prints_again (self->prints, self->print, use != NULL ? use : "receipt");
}

static void
cancel_cb (GtkButton *button, JnPrintView *self)
{
  jn_print_cancel (self->print);
}

static void
dismiss_cb (GtkButton *button, JnPrintView *self)
{
  jn_print_dismiss (self->print);
}

static void
other_cb (GtkButton *button, JnPrintView *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "which"));

  if (jn_print_get_step (self->print) == JN_PRINT_STEP_PRINTED)
    jn_prints_again (self->prints, self->print, self->other_uses[i]);
  else
    jn_prints_move (self->prints, self->print, self->other_uses[i]);
}

static void
came_out_cb (GtkButton *button, JnPrintView *self)
{
  jn_print_confirm (self->print, TRUE);
}

static void
did_not_cb (GtkButton *button, JnPrintView *self)
{
  jn_print_confirm (self->print, FALSE);
}

/* -- the widget -- */

static GtkWidget *
add_action (JnPrintView *self, const char *label, GCallback callback)
{
  GtkWidget *button = jn_button_new (label, NULL, "act");

  gtk_widget_set_no_show_all (button, TRUE);
  g_signal_connect (button, "clicked", callback, self);
  gtk_container_add (GTK_CONTAINER (self->actions), button);
  return button;
}

static void
make_actions (JnPrintView *self)
{
  self->actions = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->cancel = add_action (self, _("Cancel printing"), G_CALLBACK (cancel_cb));
  self->again = add_action (self, _("Print again"), G_CALLBACK (again_cb));
  for (guint i = 0; i < MOST_OTHERS; i++)
    {
      self->others[i] = add_action (self, "", G_CALLBACK (other_cb));
      g_object_set_data (G_OBJECT (self->others[i]), "which", GUINT_TO_POINTER (i));
    }
  /* TRANSLATORS: a button: the failure is known and need not be shown any more */
  self->dismiss = add_action (self, _("Leave it"), G_CALLBACK (dismiss_cb));
}

static void
make_question (JnPrintView *self)
{
  GtkWidget *yes = jn_button_new (_("Yes, it came out"), NULL, "act");
  GtkWidget *no = jn_button_new (_("No, nothing came"), NULL, "act");
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->question = jn_box_new (GTK_ORIENTATION_VERTICAL, 8, "notice soon");
  jn_pack (self->question,
           jn_text_new (_("Look at the printer: did the paper come out?"), "strong"));
  jn_pack (row, yes);
  jn_pack (row, no);
  jn_pack (self->question, row);
  gtk_widget_set_no_show_all (self->question, TRUE);
  g_signal_connect (yes, "clicked", G_CALLBACK (came_out_cb), self);
  g_signal_connect (no, "clicked", G_CALLBACK (did_not_cb), self);
}

static void
jn_print_view_dispose (GObject *object)
{
  JnPrintView *self = JN_PRINT_VIEW (object);

  if (self->print != NULL)
    g_signal_handlers_disconnect_by_data (self->print, self);
  g_clear_object (&self->print);
  g_clear_object (&self->prints);
  G_OBJECT_CLASS (jn_print_view_parent_class)->dispose (object);
}

static void
jn_print_view_class_init (JnPrintViewClass *klass)
{
  jn_look_load_icons ();
  G_OBJECT_CLASS (klass)->dispose = jn_print_view_dispose;
}

static void
jn_print_view_init (JnPrintView *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *said = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->said = gtk_event_box_new ();
  self->picture = jn_icon_new ("jn-print-printing-symbolic", PICTURE_SIZE);
  self->title = jn_text_new (NULL, "small number");
  self->state = jn_text_new (NULL, "strong");
  self->advice = jn_text_new (NULL, NULL);
  gtk_label_set_max_width_chars (GTK_LABEL (self->advice), ADVICE_CHARS);
  jn_add_classes (self->picture, "print-picture");
  gtk_widget_set_valign (self->picture, GTK_ALIGN_START);
  gtk_widget_set_no_show_all (self->advice, TRUE);
  make_question (self);
  make_actions (self);
  jn_pack (row, self->picture);
  jn_pack (said, self->title);
  jn_pack (said, self->state);
  gtk_box_pack_start (GTK_BOX (said), self->advice, FALSE, FALSE, 0);
  gtk_widget_show (said);
  gtk_container_add (GTK_CONTAINER (self->said), said);
  gtk_widget_set_can_focus (self->said, TRUE);
  jn_pack (words, self->said);
  gtk_box_pack_start (GTK_BOX (words), self->question, FALSE, FALSE, 0);
  jn_pack (words, self->actions);
  gtk_box_pack_start (GTK_BOX (row), words, TRUE, TRUE, 0);
  gtk_widget_show (words);
  gtk_widget_show (row);
  gtk_container_add (GTK_CONTAINER (self), row);
}

GtkWidget *
jn_print_view_new (JnPrints *prints)
{
  JnPrintView *self = g_object_new (JN_TYPE_PRINT_VIEW, NULL);

  self->prints = g_object_ref (prints);
  show_none (self);
  gtk_widget_show (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

void
jn_print_view_set_print (JnPrintView *self, JnPrint *print)
{
  g_return_if_fail (JN_IS_PRINT_VIEW (self));
  if (self->print == print)
    return;
  if (self->print != NULL)
    g_signal_handlers_disconnect_by_data (self->print, self);
  g_set_object (&self->print, print);
  if (print == NULL)
    {
      show_none (self);
      return;
    }
  g_signal_connect_swapped (print, "changed", G_CALLBACK (refresh), self);
  refresh (self);
}

void
jn_print_view_set_offers_copy (JnPrintView *self, gboolean offers)
{
  g_return_if_fail (JN_IS_PRINT_VIEW (self));
  self->offers_copy = offers;
  if (self->print != NULL)
    refresh (self);
}
