/* rail.c: the six steps of a visit and how far each one is. */
#include "ui/rail.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/language.h"
#include "ui/places.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define N_STEPS (JN_N_PLACES - JN_PLACE_FIRST_STEP)
#define WIDTH 220

typedef struct
{
  GtkWidget *button;
  GtkWidget *number;
  GtkWidget *label;
  GtkWidget *line;
} JnStep;

struct _JnRail
{
  GtkBin parent;

  GtkWidget *frame;
  GtkWidget *column;
  JnStep steps[N_STEPS];
  GtkWidget *services;
  JnVisit *visit;
  JnPlace place;
  guint form;
  guint n_forms;
  gboolean narrow;
};

G_DEFINE_TYPE (JnRail, jn_rail, GTK_TYPE_BIN)

static guint go_signal;

/* -- the line below each step -- */

static char *
identify_line (JnVisit *visit)
{
  JnPerson *person = jn_visit_get_applicant (visit);
  g_autofree char *number = NULL;

  if (person == NULL)
    return NULL;
  number = jn_person_get_masked_number (person);
  if (*number == '\0')
    return g_strdup (jn_words_role (jn_person_get_role (person)));
  return g_strdup_printf ("%s · %s", jn_words_role (jn_person_get_role (person)), number);
}

static char *
event_line (JnVisit *visit)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (jn_visit_get_session (visit));
  const char *code = jn_visit_get_event (visit);
  const JnEventEntry *event = code != NULL ? jn_catalogue_get_event (catalogue, code) : NULL;
  guint chosen = jn_visit_get_n_chosen (visit);

  if (event != NULL)
    return g_strdup (jn_event_entry_get_name (event, jn_language_get ()->tag));
  if (chosen == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%u service", "%u services", chosen), chosen);
}

static char *
papers_line (JnVisit *visit)
{
  GListModel *papers = jn_visit_get_papers (visit);
  guint all = g_list_model_get_n_items (papers);
  guint ready = 0;

  for (guint i = 0; i < all; i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);

      ready += jn_visit_paper_is_settled (paper);
    }
  return all > 0 ? g_strdup_printf (_("%u of %u ready"), ready, all) : NULL;
}

static char *
review_line (JnVisit *visit)
{
  GPtrArray *fees = jn_visit_get_fees (visit);
  JnFeeTotal total = jn_visit_get_fee_total (visit);

  if (fees == NULL || fees->len == 0)
    return NULL;
  if (total.charged == 0 && (total.unconfirmed > 0 || total.n_unknown > 0))
    return g_strdup (_("fees to be confirmed"));
  return jn_text_format_money (jn_language_get ()->tag, total.charged);
}

static char *
line_of (JnRail *self, JnPlace place)
{
  JnReceipt *receipt = jn_visit_get_receipt (self->visit);

  switch (place)
    {
    case JN_PLACE_IDENTIFY:
      return identify_line (self->visit);
    case JN_PLACE_EVENT:
      return event_line (self->visit);
    case JN_PLACE_FORMS:
      return self->n_forms > 0 && jn_visit_can_go (self->visit, JN_STAGE_FORMS)
          ? g_strdup_printf (_("%u of %u"), self->form, self->n_forms)
          : NULL;
    case JN_PLACE_PAPERS:
      return papers_line (self->visit);
    case JN_PLACE_REVIEW:
      return review_line (self->visit);
    case JN_PLACE_RECEIPT:
      return receipt != NULL ? g_strdup (jn_receipt_get_number (receipt)) : NULL;
    default:
      break; /* no step of a visit */
    }
  return NULL;
}

static void
refresh_step (JnRail *self, guint i)
{
  JnStep *step = &self->steps[i];
  JnPlace place = JN_PLACE_FIRST_STEP + i;
  g_autofree char *line = line_of (self, place);
  g_autofree char *name = NULL;
  gboolean here = self->place == place;
  gboolean done = jn_visit_get_stage (self->visit) > jn_place_get_stage (place);

  jn_label_set (step->line, line);
  gtk_widget_set_visible (step->line, line != NULL && !self->narrow);
  gtk_widget_set_visible (step->label, !self->narrow);
  jn_set_class (step->button, "here", here);
  jn_set_class (step->button, "done", done && !here);
  gtk_widget_set_sensitive (step->button,
                            here || jn_visit_can_go (self->visit, jn_place_get_stage (place)));
  name = g_strdup_printf ("%u %s. %s%s", i + 1, jn_place_get_title (place),
                          line != NULL ? line : "", here ? _(" (you are here)") : "");
  jn_set_name (step->button, name);
}

static void
refresh (JnRail *self)
{
  if (self->frame != NULL)
    gtk_widget_set_size_request (self->frame, self->narrow ? -1 : WIDTH, -1);
  for (guint i = 0; self->visit != NULL && i < N_STEPS; i++)
    refresh_step (self, i);
  if (self->visit != NULL)
    gtk_widget_set_visible (self->services,
                            !self->narrow && jn_visit_get_receipt (self->visit) == NULL);
}

static void
step_clicked_cb (GtkButton *button, gpointer user_data)
{
  JnRail *self = JN_RAIL (user_data);

  for (guint i = 0; i < N_STEPS; i++)
    if (GTK_WIDGET (button) == self->steps[i].button)
      g_signal_emit (self, go_signal, 0, (int)(JN_PLACE_FIRST_STEP + i));
}

static void
build_step (JnRail *self, guint i)
{
  JnStep *step = &self->steps[i];
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *number = g_strdup_printf ("%u", i + 1);
  g_autofree char *key = g_strdup_printf ("Alt+%u", i + 1);

  step->button = gtk_button_new ();
  step->number = jn_label_new (number, "number");
  step->label = jn_text_new (jn_place_get_title (JN_PLACE_FIRST_STEP + i), NULL);
  step->line = jn_text_new (NULL, "small number");
  gtk_widget_set_no_show_all (step->line, TRUE);
  gtk_widget_set_valign (step->number, GTK_ALIGN_START);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 9);
  gtk_grid_attach (GTK_GRID (grid), step->number, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), step->label, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), step->line, 1, 1, 1, 1);
  gtk_container_add (GTK_CONTAINER (step->button), grid);
  gtk_widget_set_tooltip_text (step->button, key);
  g_signal_connect (step->button, "clicked", G_CALLBACK (step_clicked_cb), self);
  gtk_widget_show_all (step->button);
  jn_pack (self->column, step->button);
}

/* At any step: what else the citizen came for. */
static void
build_services (JnRail *self)
{
  self->services = jn_button_new (_("Services"), "⇧F8", "act");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->services), "visit.services");
  gtk_widget_set_tooltip_text (self->services, _("Services: add, settle, remove"));
  g_object_set (self->services, "margin-top", 16, "margin-start", 10, "margin-end", 10, NULL);
  jn_pack (self->column, self->services);
}

static void
jn_rail_dispose (GObject *object)
{
  JnRail *self = JN_RAIL (object);

  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_clear_object (&self->visit);
  G_OBJECT_CLASS (jn_rail_parent_class)->dispose (object);
}

static void
jn_rail_class_init (JnRailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_rail_dispose;
  go_signal = g_signal_new ("go", JN_TYPE_RAIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                            1, G_TYPE_INT);
}

static void
jn_rail_init (JnRail *self)
{
}

/* Not before it is needed: the first frame is the sign-in's. */
static void
ensure_frame (JnRail *self)
{
  if (self->frame != NULL)
    return;
  self->column = jn_box_new (GTK_ORIENTATION_VERTICAL, 0, "rail");
  self->frame = jn_scroll_new (self->column);
  gtk_container_add (GTK_CONTAINER (self), self->frame);
  gtk_widget_show_all (self->frame);
}

void
jn_rail_set_visit (JnRail *self, JnVisit *visit)
{
  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_set_object (&self->visit, visit);
  self->form = self->n_forms = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), visit != NULL);
  if (self->column != NULL)
    jn_empty (self->column);
  if (visit == NULL)
    return;
  ensure_frame (self);
  for (guint i = 0; i < N_STEPS; i++)
    build_step (self, i);
  build_services (self);
  jn_set_name (self->column, _("Steps of the visit"));
  g_signal_connect_swapped (visit, "changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (visit, "notify", G_CALLBACK (refresh), self);
  refresh (self);
}

void
jn_rail_set_place (JnRail *self, JnPlace place)
{
  self->place = place;
  refresh (self);
}

void
jn_rail_set_form (JnRail *self, guint at, guint of)
{
  self->form = at;
  self->n_forms = of;
  refresh (self);
}

void
jn_rail_set_narrow (JnRail *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  refresh (self);
}
