/* return-ask.c: what a citizen is sent for today: chosen among the visit's open papers, or written. */
#include "ui/desk/return-ask.h"

#include <glib/gi18n.h>

#include "ui/language.h"
#include "ui/widgets.h"

static GtkWidget *
part_of (JnAsk *ask, const char *name)
{
  return g_object_get_data (G_OBJECT (ask), name);
}

static void
forget_problem (JnAsk *ask)
{
  jn_ask_say (ask, NULL);
}

/* In the clerk's language; what it is called for the citizen goes onto the slip. */
static void
add_paper (JnAsk *ask, JnVisitPaper *paper, const char *language)
{
  g_autofree char *label = jn_visit_paper_get_title (paper, jn_language_get ()->tag);
  GtkWidget *tick = gtk_check_button_new_with_label (label);

  g_object_set_data_full (G_OBJECT (tick), "words", jn_visit_paper_get_title (paper, language),
                          g_free);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tick),
                                jn_visit_paper_get_state (paper) == JN_PAPER_MISSING);
  g_signal_connect_swapped (tick, "toggled", G_CALLBACK (forget_problem), ask);
  jn_pack (part_of (ask, "papers"), tick);
}

static void
visit_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnAsk) ask = user_data;
  g_autoptr (JnVisit) visit = jn_queue_arrive_finish (JN_QUEUE (source), result, NULL);
  GListModel *papers = visit != NULL ? jn_visit_get_papers (visit) : NULL;

  if (papers == NULL || gtk_widget_get_parent (GTK_WIDGET (ask)) == NULL)
    return; /* what is missing is written all the same */
  for (guint i = 0; i < g_list_model_get_n_items (papers); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);

      if (!jn_visit_paper_is_settled (paper)
          || jn_visit_paper_get_state (paper) == JN_PAPER_MISSING)
        add_paper (ask, paper, jn_visit_get_language (visit));
    }
}

JnAsk *
jn_return_ask_new (JnQueue *queue)
{
  JnAsk *ask = jn_ask_new (_("Comes back today"),
                              _("For a missing paper: the same ticket, checked in at reception or "
                                   "at the kiosk, is next at its old time until closing. What was "
                                   "typed is kept."));
  GtkWidget *papers = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  jn_set_name (papers, _("Papers that are missing"));
  jn_ask_add (ask, papers);
  g_object_set_data (G_OBJECT (ask), "papers", papers);
  g_object_set_data (G_OBJECT (ask), "other",
                     jn_ask_add_entry (ask, _("What is missing, for the citizen's slip"), FALSE));
  jn_queue_arrive_async (queue, NULL, visit_read_cb, g_object_ref_sink (ask));
  return ask;
}

GStrv
jn_return_ask_list_missing (JnAsk *ask)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  g_autoptr (GList) ticks = gtk_container_get_children (GTK_CONTAINER (part_of (ask, "papers")));
  g_autofree char *other
      = g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (part_of (ask, "other")))));

  for (GList *tick = ticks; tick != NULL; tick = tick->next)
    if (gtk_toggle_button_get_active (tick->data))
      g_strv_builder_add (missing, g_object_get_data (tick->data, "words"));
  if (*other != '\0')
    g_strv_builder_add (missing, other);
  return g_strv_builder_end (missing);
}
