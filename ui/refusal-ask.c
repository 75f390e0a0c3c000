/* refusal-ask.c: why a service of the visit is not accepted, for the notice that the citizen takes home. */
#include "ui/refusal-ask.h"

#include <glib/gi18n.h>

#include "ui/ask.h"
#include "ui/language.h"

static const char *
text_of (JnAsk *ask, const char *field)
{
  return gtk_entry_get_text (GTK_ENTRY (g_object_get_data (G_OBJECT (ask), field)));
}

static void
answered_cb (JnAsk *ask, GtkWidget *slot)
{
  GtkWidget *services = g_object_get_data (G_OBJECT (ask), "services");
  GtkWidget *window = gtk_widget_get_toplevel (slot);
  GVariant *refusal
      = g_variant_new ("(ssss)", gtk_combo_box_get_active_id (GTK_COMBO_BOX (services)),
                       text_of (ask, "reason"), text_of (ask, "basis"), text_of (ask, "remedy"));

  g_action_group_activate_action (G_ACTION_GROUP (window), "print-refusal", refusal);
  jn_ask_clear (slot);
}

static void
add_services (JnVisit *visit, GtkWidget *list)
{
  GListModel *applications = jn_visit_get_applications (visit);

  for (guint i = 0; i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);

      jn_ask_add_row (list, jn_service_entry_get_code (jn_application_get_entry (application)),
                      jn_application_get_title (application, jn_language_get ()->tag));
    }
}

static void
add_entry (JnAsk *ask, const char *field, const char *label, gboolean required)
{
  g_object_set_data (G_OBJECT (ask), field, jn_ask_add_entry (ask, label, required));
}

void
jn_refusal_ask_put (JnVisit *visit, GtkWidget *slot)
{
  JnAsk *ask = jn_ask_new (
      _("Do not accept a service"),
         _("The citizen gets the reasons on paper. Write them in his language; the other services "
                         "of the visit go on."));
  GtkWidget *services = jn_ask_add_list (ask, _("Service"));

  add_services (visit, services);
  g_object_set_data (G_OBJECT (ask), "services", services);
  add_entry (ask, "reason", _("Reason"), TRUE);
  add_entry (ask, "basis", _("Legal basis"), FALSE);
  add_entry (ask, "remedy", _("What the citizen can do"), FALSE);
  jn_ask_set_answer (ask, _("Print the notice"), FALSE);
  g_signal_connect (ask, "answered", G_CALLBACK (answered_cb), slot);
  jn_ask_put (ask, slot);
}
