/* side.c: papers, fees and pledge of all services of the visit, live. */
#include "ui/side.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "forms/service.h"
#include "ui/language.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define WIDTH 284

struct _JnSide
{
  GtkBin parent;

  GtkWidget *frame;
  GtkWidget *column;
  JnVisit *visit;
};

G_DEFINE_TYPE (JnSide, jn_side, GTK_TYPE_BIN)

static void
add_heading (JnSide *self, const char *text)
{
  GtkWidget *heading = jn_text_new (text, "section");

  jn_set_role (heading, ATK_ROLE_HEADING);
  gtk_widget_set_margin_top (heading, 4);
  jn_pack (self->column, heading);
}

static void
add_paper (JnSide *self, JnVisitPaper *paper)
{
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *title = jn_visit_paper_get_title (paper, jn_language_get ()->tag);
  g_autofree char *state = jn_words_paper (paper, self->visit);
  gboolean ready
      = jn_visit_paper_is_settled (paper) && jn_visit_paper_get_state (paper) != JN_PAPER_MISSING;
  GtkWidget *mark = jn_label_new (ready ? "✓" : "○", ready ? "section" : "small");

  jn_set_name (mark, ready ? _("ready") : _("open"));
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_attach (GTK_GRID (grid), mark, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), jn_text_new (title, NULL), 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), jn_text_new (state, "small"), 1, 1, 1, 1);
  gtk_widget_show_all (grid);
  jn_pack (self->column, grid);
}

static void
add_papers (JnSide *self)
{
  GListModel *papers = jn_visit_get_papers (self->visit);
  guint n_papers = g_list_model_get_n_items (papers);
  guint n_services = jn_visit_get_n_chosen (self->visit);
  g_autofree char *heading
      = n_services > 1 ? g_strdup_printf (
            ngettext ("Papers for the service", "Papers for all %u services", n_services),
            n_services)
                       : g_strdup (_("Papers"));

  add_heading (self, heading);
  if (n_papers == 0)
    jn_pack (self->column, jn_text_new (_("Nothing to bring."), "small"));
  for (guint i = 0; i < n_papers; i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);

      add_paper (self, paper);
    }
}

static void
add_fees (JnSide *self)
{
  GPtrArray *fees = jn_visit_get_fees (self->visit);
  gboolean unconfirmed = FALSE;

  add_heading (self, _("Fees"));
  if (fees == NULL || fees->len == 0)
    jn_pack (self->column, jn_text_new (_("No fee."), "small"));
  for (guint i = 0; fees != NULL && i < fees->len; i++)
    {
      const JnFee *fee = g_ptr_array_index (fees, i);
      g_autofree char *amount = jn_text_format_money (jn_language_get ()->tag, fee->amount);
      g_autofree char *marked
          = g_strdup_printf ("%s%s", amount, fee->confirmed || fee->amount < 0 ? "" : " *");

      jn_pack (self->column, jn_pair_new (fee->name, marked));
      unconfirmed |= !fee->confirmed && fee->amount >= 0;
    }
  if (unconfirmed)
    jn_pack (self->column,
             jn_text_new (_("* not confirmed by the department; not charged today"), "small"));
}

static void
add_pledge (JnSide *self, JnApplication *application)
{
  const JnService *service = jn_application_get_service (application);
  const JnPledge *pledge = service != NULL ? jn_service_get_pledge (service) : NULL;
  g_autofree char *words
      = jn_words_pledge (pledge != NULL ? pledge->days : 0, pledge != NULL && pledge->working);

  jn_pack (self->column,
           jn_pair_new (jn_application_get_title (application, jn_language_get ()->tag), ""));
  jn_pack (self->column, jn_text_new (words, "small"));
}

static void
add_pledges (JnSide *self)
{
  GListModel *applications = jn_visit_get_applications (self->visit);
  guint n = g_list_model_get_n_items (applications);

  if (n == 0)
    return;
  add_heading (self, _("Pledge"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);

      add_pledge (self, application);
    }
}

static void
refresh (JnSide *self)
{
  jn_empty (self->column);
  add_papers (self);
  add_fees (self);
  add_pledges (self);
}

static void
jn_side_dispose (GObject *object)
{
  JnSide *self = JN_SIDE (object);

  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_clear_object (&self->visit);
  G_OBJECT_CLASS (jn_side_parent_class)->dispose (object);
}

static void
jn_side_class_init (JnSideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_side_dispose;
}

static void
jn_side_init (JnSide *self)
{
  self->frame = gtk_scrolled_window_new (NULL, NULL);
  self->column = jn_box_new (GTK_ORIENTATION_VERTICAL, 10, "side");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->frame), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (self->frame, WIDTH, -1);
  gtk_container_add (GTK_CONTAINER (self->frame), self->column);
  gtk_container_add (GTK_CONTAINER (self), self->frame);
  gtk_widget_show_all (self->frame);
}

void
jn_side_set_visit (JnSide *self, JnVisit *visit)
{
  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_set_object (&self->visit, visit);
  jn_empty (self->column);
  if (visit == NULL)
    return;
  jn_set_name (self->column, _("What the visit needs"));
  g_signal_connect_swapped (visit, "changed", G_CALLBACK (refresh), self);
  refresh (self);
}
