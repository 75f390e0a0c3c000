/* kiosk-slip.c: what becomes of the slip, in words for the citizen; he is asked where nobody can tell. */
#include "ui/kiosk/kiosk-slip.h"

#include <glib/gi18n.h>

#include "ui/kiosk/kiosk-pages.h"
#include "ui/widgets.h"

struct _JnKioskSlip
{
  GtkBin parent;

  GtkWidget *words;
  GtkWidget *answers;

  JnPrint *print; /* (nullable) */
};

static guint asks_signal;

G_DEFINE_TYPE (JnKioskSlip, jn_kiosk_slip, GTK_TYPE_BIN)

/* What waits for paper or a closed cover is taken back and will not come. */
static gboolean
will_not_come (JnPrint *print)
{
  JnPrintStep step = jn_print_get_step (print);

  return step == JN_PRINT_STEP_FAILED || step == JN_PRINT_STEP_CANCELLED
         || (jn_print_is_busy (print) && jn_print_needs_clerk (print));
}

static const char *
describe (JnKioskSlip *self)
{
  if (self->print == NULL || will_not_come (self->print))
    return _("No slip can be printed now: note your number, or ask at reception.");
  if (jn_print_get_step (self->print) == JN_PRINT_STEP_UNCONFIRMED)
    return _("Did your slip come out?");
  return _("Take your slip, and wait until the number is shown.");
}

static void
refresh (JnKioskSlip *self)
{
  gboolean asks
      = self->print != NULL && jn_print_get_step (self->print) == JN_PRINT_STEP_UNCONFIRMED;
  const char *words = describe (self);
  gboolean other = g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->words)), words) != 0;

  gtk_widget_set_visible (self->answers, asks);
  if (!other)
    return;
  jn_label_set (self->words, words);
  if (gtk_widget_get_mapped (self->words))
    jn_announce (self->words);
  if (asks)
    g_signal_emit (self, asks_signal, 0);
}

static void
yes_cb (GtkButton *button, JnKioskSlip *self)
{
  jn_print_confirm (self->print, TRUE);
}

static void
no_cb (GtkButton *button, JnKioskSlip *self)
{
  jn_print_confirm (self->print, FALSE);
}

static void
jn_kiosk_slip_dispose (GObject *object)
{
  JnKioskSlip *self = JN_KIOSK_SLIP (object);

  if (self->print != NULL)
    g_signal_handlers_disconnect_by_data (self->print, self);
  g_clear_object (&self->print);
  G_OBJECT_CLASS (jn_kiosk_slip_parent_class)->dispose (object);
}

static void
jn_kiosk_slip_class_init (JnKioskSlipClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_kiosk_slip_dispose;
  asks_signal = g_signal_new ("asks", JN_TYPE_KIOSK_SLIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
}

static void
add_answer (JnKioskSlip *self, const char *label, GCallback clicked)
{
  GtkWidget *button = jn_kiosk_button_new (NULL, label, NULL, NULL);

  g_signal_connect (button, "clicked", clicked, self);
  jn_kiosk_grid_add (self->answers, button);
}

static void
jn_kiosk_slip_init (JnKioskSlip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 22);

  self->words = jn_text_new (NULL, "kiosk-line");
  self->answers = jn_kiosk_grid_new (2);
  add_answer (self, _("Yes, it came out"), G_CALLBACK (yes_cb));
  add_answer (self, _("No, nothing came"), G_CALLBACK (no_cb));
  gtk_widget_set_no_show_all (self->answers, TRUE);
  jn_pack (box, self->words);
  gtk_box_pack_start (GTK_BOX (box), self->answers, FALSE, FALSE, 0);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self), box);
}

GtkWidget *
jn_kiosk_slip_new (JnPrint *print)
{
  JnKioskSlip *self = g_object_new (JN_TYPE_KIOSK_SLIP, NULL);

  g_set_object (&self->print, print);
  if (print != NULL)
    g_signal_connect_swapped (print, "changed", G_CALLBACK (refresh), self);
  refresh (self);
  gtk_widget_show (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
