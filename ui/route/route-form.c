/* route-form.c: where a ticket goes on. */
#include "ui/route/route-form.h"

#include <glib/gi18n.h>

#include "ui/route/counter-picker.h"
#include "ui/service-picker.h"
#include "ui/widgets.h"

struct _JnRouteForm
{
  GtkBin parent;

  JnAsk *ask; /* not owned: it holds this one */
  GtkWidget *where;
  GtkWidget *services;
  GtkWidget *counters;
};

G_DEFINE_TYPE (JnRouteForm, jn_route_form, GTK_TYPE_BIN)

static gboolean
goes_to (JnRouteForm *self, const char *where)
{
  return g_strcmp0 (gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->where)), where) == 0;
}

static void
where_changed_cb (GtkComboBox *where, JnRouteForm *self)
{
  gtk_widget_set_visible (self->services, goes_to (self, "service"));
  gtk_widget_set_visible (self->counters, !goes_to (self, "service"));
}

static gboolean
read_services (JnRouteForm *self, JnRoute *route)
{
  JnServicePicker *picker = JN_SERVICE_PICKER (self->services);
  const char *const *services = jn_service_picker_get_services (picker);

  if (*services == NULL)
    {
      jn_ask_say (self->ask, _("Choose the service first."));
      jn_service_picker_grab_search (picker);
      return FALSE;
    }
  route->services = services;
  return TRUE;
}

static gboolean
read_counter (JnRouteForm *self, JnRoute *route)
{
  JnCounterPicker *picker = JN_COUNTER_PICKER (self->counters);
  const JnCounterEntry *chosen = jn_counter_picker_get_chosen (picker);

  if (chosen == NULL)
    {
      jn_ask_say (self->ask, _("Choose who it goes to."));
      jn_counter_picker_grab_search (picker);
      return FALSE;
    }
  if (goes_to (self, "person"))
    route->login = chosen->login;
  else
    route->counter = chosen->number;
  return TRUE;
}

gboolean
jn_route_form_read (JnRouteForm *self, JnRoute *route)
{
  *route = (JnRoute){ NULL, 0, NULL };
  return goes_to (self, "service") ? read_services (self, route) : read_counter (self, route);
}

static void
jn_route_form_class_init (JnRouteFormClass *klass)
{
}

static void
jn_route_form_init (JnRouteForm *self)
{
}

JnRouteForm *
jn_route_form_add (JnAsk *ask, JnSession *session, JnTicket *ticket)
{
  JnRouteForm *self = g_object_new (JN_TYPE_ROUTE_FORM, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->ask = ask;
  self->where = jn_ask_add_list (ask, _("To"));
  self->services = jn_service_picker_new (jn_session_get_catalogue (session));
  self->counters = jn_counter_picker_new (session, jn_ticket_get_services (ticket));
  jn_ask_add_row (self->where, "counter", _("another counter"));
  jn_ask_add_row (self->where, "service", _("whoever can serve another service"));
  jn_ask_add_row (self->where, "person", _("a certain person"));
  gtk_box_pack_start (GTK_BOX (box), self->counters, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), self->services, FALSE, FALSE, 0);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self), box);
  where_changed_cb (NULL, self);
  g_signal_connect (self->where, "changed", G_CALLBACK (where_changed_cb), self);
  jn_ask_add (ask, GTK_WIDGET (self));
  return self;
}
