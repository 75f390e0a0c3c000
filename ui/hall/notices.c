/* notices.c: what interrupts the hall: the emergency, and calls for help. */
#include "ui/hall/notices.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/language.h"
#include "ui/widgets.h"

struct _JnHallNotices
{
  GtkBin parent;

  GtkWidget *emergency;
  GtkWidget *calls;

  JnSession *session;
  JnHall *hall;
  JnHallSteps *steps;
};

G_DEFINE_TYPE (JnHallNotices, jn_hall_notices, GTK_TYPE_BIN)

static void
acknowledge_cb (GtkButton *button, JnHallNotices *self)
{
  jn_hall_steps_acknowledge (self->steps, g_object_get_data (G_OBJECT (button), "id"));
}

static void
add_notice (GtkWidget *box, const char *words, const char *classes, GtkWidget *button)
{
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 12, classes);
  GtkWidget *label = jn_text_new (words, NULL);

  jn_set_role (label, ATK_ROLE_ALERT);
  gtk_box_pack_start (GTK_BOX (row), label, TRUE, TRUE, 0);
  gtk_widget_show (label);
  if (button != NULL)
    jn_pack (row, button);
  jn_pack (box, row);
}

static GtkWidget *
make_button (JnHallNotices *self, const char *label, const char *id, GCallback clicked)
{
  GtkWidget *button = jn_button_new (label, NULL, "act small-act");

  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

static char *
describe_call (JnHallNotices *self, const JnHallCall *call)
{
  const char *zh = NULL, *latin = NULL;
  g_autofree char *clock = jn_text_format_clock (call->since, jn_session_get_zone (self->session));
  const char *name;

  if (call->clerk != NULL)
    {
      g_variant_lookup (call->clerk, "zh", "&s", &zh);
      g_variant_lookup (call->clerk, "latin", "&s", &latin);
    }
  name = jn_language_pick (zh, latin, latin);
  return g_strdup_printf (call->alarm ? _("Silent alarm: counter %d, %s, since %s")
                                      : _("Calls for help: counter %d, %s, since %s"),
                                           call->counter, name != NULL ? name : call->login, clock);
}

static void
show_calls (JnHallNotices *self)
{
  guint open = 0;

  jn_empty (self->calls);
  for (guint i = 0; i < jn_hall_get_n_calls (self->hall); i++)
    {
      const JnHallCall *call = jn_hall_get_call (self->hall, i);
      g_autofree char *words = describe_call (self, call);

      if (call->acknowledged_by != NULL)
        continue;
      open++;
      add_notice (self->calls, words, call->alarm ? "notice late" : "notice soon",
                  make_button (self, _("I am coming"), call->id, G_CALLBACK (acknowledge_cb)));
    }
  gtk_widget_set_visible (self->calls, open > 0);
}

static void
show_emergency (JnHallNotices *self)
{
  gint64 since = jn_hall_get_emergency (self->hall);
  g_autofree char *clock = jn_text_format_clock (since, jn_session_get_zone (self->session));
  g_autofree char *words
      = g_strdup_printf (_("Emergency since %s. The boards say leave; nobody is called."), clock);

  jn_label_set (self->emergency, words);
  gtk_widget_set_visible (self->emergency, since != 0);
}

static void
refresh (JnHallNotices *self)
{
  show_emergency (self);
  show_calls (self);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_visible (self->emergency)
                                                 || gtk_widget_get_visible (self->calls));
}

/* -- the widget -- */

static void
jn_hall_notices_dispose (GObject *object)
{
  JnHallNotices *self = JN_HALL_NOTICES (object);

  g_clear_object (&self->steps);
  g_clear_object (&self->hall);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_hall_notices_parent_class)->dispose (object);
}

static void
jn_hall_notices_class_init (JnHallNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_hall_notices_dispose;
}

static void
jn_hall_notices_init (JnHallNotices *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->emergency = jn_text_new (NULL, "notice late");
  self->calls = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_box_pack_start (GTK_BOX (box), self->emergency, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), self->calls, FALSE, FALSE, 0);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self), box);
}

GtkWidget *
jn_hall_notices_new (JnSession *session, JnHall *hall, JnHallSteps *steps)
{
  JnHallNotices *self = g_object_new (JN_TYPE_HALL_NOTICES, NULL);

  self->session = g_object_ref (session);
  self->hall = g_object_ref (hall);
  self->steps = g_object_ref (steps);
  g_signal_connect_object (hall, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
