/* form-page.c: the form on the screen, the summary of what is to be mended, and the way on. */
#include "ui/form-page.h"

#include <glib/gi18n.h>

#include "ui/columns.h"
#include "ui/form-view.h"
#include "ui/language.h"
#include "ui/papers-page.h"
#include "ui/review-page.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define MOST_LINKS 6

struct _JnFormPage
{
  JnPage parent;

  GtkWidget *title;
  GtkWidget *department;
  GtkWidget *names;
  GtkWidget *summary;
  GtkWidget *heading; /* of the summary */
  GtkWidget *links;
  char *listed; /* (nullable): the questions that the summary names */
  GtkWidget *frame;
  JnFormView *view;
  JnPage *papers; /* of a visit for one service: the rest of it, on the same page */
  JnPage *review;
  JnVisit *visit;
  guint at;
  gboolean all_links; /* the summary is not cut short */
};

G_DEFINE_TYPE (JnFormPage, jn_form_page, JN_TYPE_PAGE)

static void show_ways (JnFormPage *self);
static void show_summary (JnFormPage *self, GPtrArray *wrong);

static guint
n_forms (JnFormPage *self)
{
  return g_list_model_get_n_items (jn_visit_get_applications (self->visit));
}

static JnApplication *
application_at (JnFormPage *self, guint i) /* (transfer full) (nullable) */
{
  return g_list_model_get_item (jn_visit_get_applications (self->visit), i);
}

/* -- the summary -- */

static void
link_clicked_cb (GtkButton *button, JnFormPage *self)
{
  jn_form_view_focus (self->view, g_object_get_data (G_OBJECT (button), "ref"));
}

/* "The child · Sex", and what is wrong with it where that is more than "needed". */
static char *
link_text (JnFormPage *self, const char *ref)
{
  const char *section = jn_form_view_get_section (self->view, ref);
  const char *label = jn_form_view_get_label (self->view, ref);
  const char *error = jn_form_view_get_error (self->view, ref);
  GString *text = g_string_new (NULL);

  if (section != NULL && *section != '\0')
    g_string_append_printf (text, "%s · ", section);
  g_string_append (text, label != NULL ? label : ref);
  if (error == NULL || g_strcmp0 (error, jn_words_invalid (JN_INVALID_REQUIRED, NULL)) == 0)
    return g_string_free (text, FALSE);
  g_string_append_printf (text, ": %s", error);
  return g_string_free (text, FALSE);
}

static void
label_link (GtkWidget *button, gpointer user_data)
{
  const char *ref = g_object_get_data (G_OBJECT (button), "ref");
  g_autofree char *text = ref != NULL ? link_text (user_data, ref) : NULL;

  if (text == NULL)
    return; /* the way to those that are not listed yet */
  gtk_label_set_text (GTK_LABEL (gtk_bin_get_child (GTK_BIN (button))), text);
  gtk_widget_set_tooltip_text (button, text);
}

static void
add_link (JnFormPage *self, const char *ref)
{
  GtkWidget *button = jn_link_new ("");
  GtkWidget *label = gtk_bin_get_child (GTK_BIN (button));

  gtk_label_set_line_wrap (GTK_LABEL (label), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  g_object_set_data_full (G_OBJECT (button), "ref", g_strdup (ref), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (link_clicked_cb), self);
  label_link (button, self);
  gtk_widget_show (button);
  jn_columns_add (JN_COLUMNS (self->links), button, FALSE);
}

static void
show_all_cb (GtkButton *button, JnFormPage *self)
{
  g_autoptr (GPtrArray) wrong = jn_filling_validate (
      jn_application_get_filling (jn_form_view_get_application (self->view)));

  self->all_links = TRUE;
  show_summary (self, wrong);
  gtk_widget_child_focus (self->summary, GTK_DIR_TAB_FORWARD);
}

static void
add_rest (JnFormPage *self, guint rest)
{
  g_autofree char *text = g_strdup_printf (ngettext ("Show %u more", "Show %u more", rest), rest);
  GtkWidget *button = jn_link_new (text);

  g_signal_connect (button, "clicked", G_CALLBACK (show_all_cb), self);
  gtk_widget_show (button);
  jn_columns_add (JN_COLUMNS (self->links), button, TRUE);
}

/* (transfer full): the first @shown of them, and how many more there are */
static char *
describe (GPtrArray *wrong, guint shown)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < shown; i++)
    g_string_append_printf (text, "%s\n", (const char *)wrong->pdata[i]);
  g_string_append_printf (text, "%u", wrong->len);
  return g_string_free (text, FALSE);
}

static void
list (JnFormPage *self, GPtrArray *wrong, guint shown)
{
  g_autofree char *heading = g_strdup_printf (
      ngettext ("%u answer is to be mended", "%u answers are to be mended", wrong->len),
      wrong->len);

  jn_empty (self->summary);
  self->links = jn_columns_new ();
  self->heading = jn_text_new (heading, "strong wrong");
  jn_set_role (self->heading, ATK_ROLE_ALERT);
  jn_pack (self->summary, self->heading);
  for (guint i = 0; i < shown; i++)
    add_link (self, g_ptr_array_index (wrong, i));
  if (shown < wrong->len)
    add_rest (self, wrong->len - shown);
  jn_pack (self->summary, self->links);
}

/* A link that is pressed takes the keyboard from a field, and what that says may change the words of the
 * links: never the link itself, while its answer is to be mended. */
static void
show_summary (JnFormPage *self, GPtrArray *wrong)
{
  guint shown = self->all_links || wrong->len <= MOST_LINKS + 1 ? wrong->len : MOST_LINKS;
  g_autofree char *listed = describe (wrong, shown);

  gtk_widget_set_visible (self->summary, wrong->len > 0);
  if (wrong->len == 0)
    return;
  if (g_strcmp0 (listed, self->listed) == 0)
    gtk_container_foreach (GTK_CONTAINER (self->links), label_link, self);
  else
    list (self, wrong, shown);
  g_free (self->listed);
  self->listed = g_steal_pointer (&listed);
  jn_announce (self->heading);
}

static void
on_errors_changed_cb (JnFormView *view, JnFormPage *self)
{
  g_autoptr (GPtrArray) wrong = NULL;

  jn_page_set_problems (JN_PAGE (self), jn_form_view_count_errors (view));
  if (!gtk_widget_get_visible (self->summary))
    return;
  wrong = jn_filling_validate (jn_application_get_filling (jn_form_view_get_application (view)));
  show_summary (self, wrong);
}

/* -- one form after the other -- */

/* Nothing is open in the form: what comes next on this page has the focus. */
static void
on_filled_cb (JnFormView *view, JnFormPage *self)
{
  if (jn_page_reach (JN_PAGE (self), JN_PLACE_PAPERS))
    return;
  jn_page_reach (JN_PAGE (self), JN_PLACE_REVIEW);
}

static void
show_names (JnFormPage *self, JnApplication *application)
{
  const char *own = jn_language_get ()->tag;
  GString *names = g_string_new (NULL);

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    if (g_strcmp0 (language->tag, own) != 0)
      g_string_append_printf (names, "%s%s", names->len > 0 ? " · " : "",
                              jn_application_get_title (application, language->tag));
  gtk_label_set_text (GTK_LABEL (self->names), names->str);
  g_string_free (names, TRUE);
}

/* -- a visit for one service is one page: its form, its papers, its review -- */

static void
on_part_go_cb (JnPage *part, int place, JnFormPage *self)
{
  if (!jn_page_reach (JN_PAGE (self), place))
    jn_page_go (JN_PAGE (self), place);
}

static void
on_part_mend_cb (JnPage *part, const JnProblem *problem, JnFormPage *self)
{
  if (!jn_page_mend (JN_PAGE (self), problem))
    jn_page_go_mend (JN_PAGE (self), problem);
}

static JnPage *
add_part (JnFormPage *self, GtkWidget *part)
{
  jn_pack (GTK_WIDGET (jn_page_get_content (JN_PAGE (self))), part);
  g_signal_connect (part, "go", G_CALLBACK (on_part_go_cb), self);
  g_signal_connect (part, "mend", G_CALLBACK (on_part_mend_cb), self);
  return JN_PAGE (part);
}

static void
show_parts (JnFormPage *self)
{
  gboolean single = n_forms (self) == 1;

  if (single && self->review == NULL)
    {
      self->papers = add_part (self, jn_papers_page_new_part (self->visit));
      self->review = add_part (self, jn_review_page_new_part (self->visit));
      g_signal_connect_swapped (self->review, "notify", G_CALLBACK (show_ways), self);
    }
  if (self->review == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->papers), single);
  gtk_widget_set_visible (GTK_WIDGET (self->review), single);
}

static gboolean
jn_form_page_reach (JnPage *page, JnPlace place)
{
  JnFormPage *self = JN_FORM_PAGE (page);

  if (n_forms (self) != 1 || self->review == NULL)
    return FALSE;
  if (place == JN_PLACE_FORMS)
    jn_form_view_focus_first (self->view);
  return place == JN_PLACE_FORMS || jn_page_reach (self->papers, place)
         || jn_page_reach (self->review, place);
}

static void
show_single_ways (JnFormPage *self, const char *note)
{
  jn_page_set_next_label (JN_PAGE (self), jn_page_get_next_label (self->review));
  jn_page_set_ready (JN_PAGE (self), jn_page_get_ready (self->review));
  jn_page_set_problems (JN_PAGE (self), jn_form_view_count_errors (self->view)
                                            + jn_page_get_problems (self->review));
  jn_page_set_note (JN_PAGE (self), note);
}

static void
show_ways (JnFormPage *self)
{
  g_autoptr (JnApplication) next
             = self->at + 1 < n_forms (self) ? application_at (self, self->at + 1) : NULL;
  guint minutes = jn_visit_get_minutes_left (self->visit);
  g_autofree char *label = next != NULL
      ? g_strdup_printf (_("Next: %s"), jn_application_get_title (next, jn_language_get ()->tag))
      : g_strdup (_("Next: papers"));
  g_autofree char *note = g_strdup_printf (
      ngettext ("about %u minute left", "about %u minutes left", minutes), minutes);

  if (n_forms (self) == 1 && self->review != NULL)
    {
      show_single_ways (self, note);
      return;
    }
  jn_page_set_ready (JN_PAGE (self), TRUE);
  jn_page_set_next_label (JN_PAGE (self), label);
  jn_page_set_note (JN_PAGE (self), note);
}

static void
show_form (JnFormPage *self, guint at)
{
  g_autoptr (JnApplication) application = application_at (self, at);
  JnCatalogue *catalogue = jn_session_get_catalogue (jn_visit_get_session (self->visit));

  if (application == NULL)
    return;
  self->at = at;
  jn_empty (self->frame);
  jn_empty (self->summary);
  g_clear_pointer (&self->listed, g_free);
  gtk_widget_hide (self->summary);
  gtk_label_set_text (GTK_LABEL (self->title),
                      jn_application_get_title (application, jn_language_get ()->tag));
  gtk_label_set_text (GTK_LABEL (self->department),
                      jn_catalogue_get_mark (catalogue, jn_application_get_department (application),
                                             jn_language_get ()->tag));
  gtk_widget_set_tooltip_text (
      self->department,
      jn_catalogue_get_department_name (catalogue, jn_application_get_department (application),
                                        jn_language_get ()->tag));
  show_names (self, application);
  self->view = JN_FORM_VIEW (jn_form_view_new (self->visit, application));
  g_signal_connect (self->view, "errors-changed", G_CALLBACK (on_errors_changed_cb), self);
  g_signal_connect (self->view, "filled", G_CALLBACK (on_filled_cb), self);
  self->all_links = FALSE;
  jn_pack (self->frame, GTK_WIDGET (self->view));
  show_parts (self);
  show_ways (self);
  jn_page_set_problems (JN_PAGE (self), 0);
  jn_page_say (JN_PAGE (self), NULL);
  jn_page_moved (JN_PAGE (self), at + 1, n_forms (self));
}

/* Shows every error and goes to the first; TRUE: there is none.
 * @wanted: (nullable): the question to go to instead, where it is asked */
static gboolean
demand (JnFormPage *self, const char *wanted)
{
  g_autoptr (GPtrArray) wrong = jn_filling_validate (
      jn_application_get_filling (jn_form_view_get_application (self->view)));

  if (wrong->len == 0)
    return TRUE;
  jn_form_view_reveal (self->view);
  show_summary (self, wrong);
  if (wanted == NULL || !jn_form_view_focus (self->view, wanted))
    jn_form_view_focus (self->view, g_ptr_array_index (wrong, 0));
  return FALSE;
}

/* Where that application stands among the forms; n_forms (): nowhere. */
static guint
find_form (JnFormPage *self, JnApplication *wanted)
{
  for (guint i = 0; i < n_forms (self); i++)
    {
      g_autoptr (JnApplication) application = application_at (self, i);

      if (application == wanted)
        return i;
    }
  return n_forms (self);
}

static gboolean
mend_answer (JnFormPage *self, const JnProblem *problem)
{
  guint at = find_form (self, problem->application);

  if (at == n_forms (self))
    return FALSE;
  if (self->view == NULL || jn_form_view_get_application (self->view) != problem->application)
    show_form (self, at);
  demand (self, problem->ref);
  return TRUE;
}

static gboolean
jn_form_page_mend (JnPage *page, const JnProblem *problem)
{
  JnFormPage *self = JN_FORM_PAGE (page);

  if (problem->kind == JN_PROBLEM_ANSWER)
    return mend_answer (self, problem);
  return n_forms (self) == 1 && self->review != NULL
         && (jn_page_mend (self->papers, problem) || jn_page_mend (self->review, problem));
}

/* Sends it, or puts the focus on what is still open: a paper, a consent, the signature. */
static void
submit (JnFormPage *self)
{
  jn_page_next (self->review);
  if (jn_page_get_problems (self->review) == 0)
    return;
  if (jn_page_get_note (self->papers) != NULL)
    jn_page_reach (self->papers, JN_PLACE_PAPERS);
  else
    jn_page_reach (self->review, JN_PLACE_REVIEW);
}

static void
jn_form_page_next (JnPage *page)
{
  JnFormPage *self = JN_FORM_PAGE (page);

  if (self->view == NULL || !demand (self, NULL))
    return;
  if (n_forms (self) == 1)
    {
      submit (self);
      return;
    }
  if (self->at + 1 >= n_forms (self))
    {
      jn_page_go (page, JN_PLACE_PAPERS);
      return;
    }
  show_form (self, self->at + 1);
  jn_form_view_focus_first (self->view);
}

static gboolean
jn_form_page_back (JnPage *page)
{
  JnFormPage *self = JN_FORM_PAGE (page);

  if (self->at == 0)
    return FALSE;
  show_form (self, self->at - 1);
  jn_form_view_focus_first (self->view);
  return TRUE;
}

static void
jn_form_page_known (JnPage *page)
{
  JnFormPage *self = JN_FORM_PAGE (page);

  if (self->view != NULL)
    jn_form_view_toggle_known (self->view);
}

/* Whether the form that is shown is among the forms still, wherever it stands now. */
static gboolean
still_there (JnFormPage *self)
{
  guint at = self->view != NULL ? find_form (self, jn_form_view_get_application (self->view))
                                : n_forms (self);

  if (at == n_forms (self))
    return FALSE;
  self->at = at;
  return TRUE;
}

/* A service came or went: the form that is read stays, if it is among them. */
static void
on_forms_changed_cb (
    GListModel *applications, guint position, guint removed, guint added, JnFormPage *self)
{
  if (self->view == NULL || n_forms (self) == 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return; /* it reads again when it is shown */
  if (!still_there (self))
    {
      show_form (self, MIN (self->at, n_forms (self) - 1));
      return;
    }
  show_parts (self);
  show_ways (self);
  jn_page_moved (JN_PAGE (self), self->at + 1, n_forms (self));
}

static void
jn_form_page_shown (JnPage *page)
{
  JnFormPage *self = JN_FORM_PAGE (page);

  if (!still_there (self))
    show_form (self, self->at < n_forms (self) ? self->at : 0);
  show_parts (self);
  show_ways (self);
  if (self->view == NULL)
    return;
  if (n_forms (self) == 1)
    jn_page_shown (self->review);
  jn_page_moved (page, self->at + 1, n_forms (self));
  jn_form_view_focus_first (self->view);
}

static GVariant *
jn_form_page_keep (JnPage *page)
{
  JnFormPage *self = JN_FORM_PAGE (page);

  return g_variant_new ("(ub)", self->at, gtk_widget_get_visible (self->summary));
}

static void
jn_form_page_take (JnPage *page, GVariant *kept)
{
  JnFormPage *self = JN_FORM_PAGE (page);
  gboolean asked = FALSE;
  guint at = 0;

  g_variant_get (kept, "(ub)", &at, &asked);
  show_form (self, at);
  if (asked && self->view != NULL)
    demand (self, NULL);
}

static void
jn_form_page_dispose (GObject *object)
{
  JnFormPage *self = JN_FORM_PAGE (object);

  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  if (self->review != NULL)
    g_signal_handlers_disconnect_by_data (self->review, self);
  self->review = NULL;
  G_OBJECT_CLASS (jn_form_page_parent_class)->dispose (object);
  g_clear_object (&self->visit);
  g_clear_pointer (&self->listed, g_free);
  self->view = NULL;
}

static void
jn_form_page_class_init (JnFormPageClass *klass)
{
  JnPageClass *page_class = JN_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jn_form_page_dispose;
  page_class->next = jn_form_page_next;
  page_class->back = jn_form_page_back;
  page_class->known = jn_form_page_known;
  page_class->reach = jn_form_page_reach;
  page_class->mend = jn_form_page_mend;
  page_class->shown = jn_form_page_shown;
  page_class->keep = jn_form_page_keep;
  page_class->take = jn_form_page_take;
}

static void
jn_form_page_init (JnFormPage *self)
{
  GtkWidget *content = GTK_WIDGET (jn_page_get_content (JN_PAGE (self)));
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->title = jn_text_new (NULL, "title");
  self->department = jn_label_new (NULL, "tag");
  self->names = jn_text_new (NULL, "small");
  self->summary = jn_box_new (GTK_ORIENTATION_VERTICAL, 4, "summary");
  self->frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  jn_set_role (self->title, ATK_ROLE_HEADING);
  gtk_widget_set_valign (self->department, GTK_ALIGN_CENTER);
  gtk_widget_set_no_show_all (self->summary, TRUE);
  jn_pack (head, self->title);
  jn_pack (head, self->department);
  jn_pack (heading, head);
  jn_pack (heading, self->names);
  jn_pack (content, heading);
  gtk_box_pack_start (GTK_BOX (content), self->summary, FALSE, FALSE, 0);
  jn_pack (content, self->frame);
  jn_page_set_back_label (JN_PAGE (self), _("Back"));
  jn_page_set_saves (JN_PAGE (self), TRUE);
}

GtkWidget *
jn_form_page_new (JnVisit *visit)
{
  JnFormPage *self = g_object_new (JN_TYPE_FORM_PAGE, NULL);

  self->visit = g_object_ref (visit);
  g_signal_connect_swapped (visit, "changed", G_CALLBACK (show_ways), self);
  g_signal_connect_object (jn_visit_get_applications (visit), "items-changed",
                           G_CALLBACK (on_forms_changed_cb), self, 0);
  return GTK_WIDGET (self);
}
