/* papers-page.c: every paper once, whoever needs it; its state is one choice away. */
#include "ui/papers-page.h"

#include <glib/gi18n.h>

#include "ui/ask.h"
#include "ui/language.h"
#include "ui/refusal-ask.h"
#include "ui/widgets.h"
#include "ui/words.h"

struct _JnPapersPage
{
  JnPage parent;

  GtkWidget *title;
  GtkWidget *lead;
  GtkWidget *heading;
  GtkWidget *rows;
  GtkWidget *slot;
  JnVisit *visit;
  char *shown; /* what the rows say: they are made again only where they would say something else */
  gboolean filling;
  gboolean advancing; /* to the next open paper, once the rows are made again */
  gboolean part;
};

G_DEFINE_TYPE (JnPapersPage, jn_papers_page, JN_TYPE_PAGE)

static const char *code_key = "paper";
static const char *state_key = "state";

static void refresh (JnPapersPage *self);

static guint
count_open (JnPapersPage *self)
{
  GListModel *papers = jn_visit_get_papers (self->visit);
  guint open = 0;

  for (guint i = 0; i < g_list_model_get_n_items (papers); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);

      open += !jn_visit_paper_is_settled (paper);
    }
  return open;
}

static void
state_toggled_cb (GtkToggleButton *button, JnPapersPage *self)
{
  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  jn_visit_set_paper (self->visit, g_object_get_data (G_OBJECT (button), code_key),
                      GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), state_key)), NULL);
}

/* Enter or Space says it and goes on to the next open paper; the arrow keys only choose. */
static gboolean
state_key_cb (GtkWidget *button, GdkEventKey *event, JnPapersPage *self)
{
  if (event->state & gtk_accelerator_get_default_mod_mask ())
    return FALSE;
  if (event->keyval != GDK_KEY_space && event->keyval != GDK_KEY_Return
      && event->keyval != GDK_KEY_KP_Enter)
    return FALSE;
  self->advancing = TRUE;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
    refresh (self);
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  return TRUE;
}

/* TRANSLATORS: short, on buttons in a row: the state of a paper */
static const char *
short_words (JnPaperState state)
{
  switch (state)
    {
    case JN_PAPER_PRESENTED:
      return C_ ("paper", "Seen");
    case JN_PAPER_SCANNED:
      return C_ ("paper", "Scanned");
    case JN_PAPER_QR:
      return C_ ("paper", "QR code");
    case JN_PAPER_MISSING:
      return C_ ("paper", "Missing");
    case JN_PAPER_ASKED:
    case JN_PAPER_HELD:
    case JN_PAPER_FETCHED:
      break;
    }
  return jn_words_paper_state (state);
}

/* A group of radio buttons that look like buttons: the arrow keys choose. */
static GtkWidget *
make_states (JnPapersPage *self, JnVisitPaper *paper, const char *title)
{
  static const JnPaperState states[]
      = { JN_PAPER_PRESENTED, JN_PAPER_SCANNED, JN_PAPER_QR, JN_PAPER_MISSING };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *nobody = gtk_radio_button_new (NULL); /* on while nothing is said */

  gtk_widget_set_no_show_all (nobody, TRUE);
  gtk_box_pack_end (GTK_BOX (box), nobody, FALSE, FALSE, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      const char *words = jn_words_paper_state (states[i]);
      GtkWidget *button = gtk_radio_button_new_with_label_from_widget (GTK_RADIO_BUTTON (nobody),
                                                                       short_words (states[i]));
      g_autofree char *name = g_strdup_printf (_("%s: %s"), title, words);

      gtk_toggle_button_set_mode (GTK_TOGGLE_BUTTON (button), FALSE);
      jn_add_classes (button, "act");
      jn_set_name (button, name);
      gtk_widget_set_tooltip_text (button, words);
      g_object_set_data_full (G_OBJECT (button), code_key,
                              g_strdup (jn_visit_paper_get_code (paper)), g_free);
      g_object_set_data (G_OBJECT (button), state_key, GINT_TO_POINTER (states[i]));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                    jn_visit_paper_get_state (paper) == states[i]);
      g_signal_connect (button, "toggled", G_CALLBACK (state_toggled_cb), self);
      g_signal_connect (button, "key-press-event", G_CALLBACK (state_key_cb), self);
      jn_pack (box, button);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
make_services (JnPapersPage *self, JnVisitPaper *paper)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (jn_visit_get_session (self->visit));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (const char *const *code = jn_visit_paper_get_services (paper); *code != NULL; code++)
    {
      const JnServiceEntry *entry = jn_catalogue_get_service (catalogue, *code);
      const char *acronym
          = entry != NULL ? jn_catalogue_get_mark (
                catalogue, jn_service_entry_get_department (entry), jn_language_get ()->tag)
                          : NULL;
      GtkWidget *tag = jn_label_new (acronym != NULL ? acronym : *code, "tag");

      if (entry != NULL)
        gtk_widget_set_tooltip_text (tag,
                                     jn_service_entry_get_name (entry, jn_language_get ()->tag));
      jn_pack (box, tag);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_START); /* beside words of several lines */
  return box;
}

static gboolean
is_held (JnVisitPaper *paper)
{
  JnPaperState state = jn_visit_paper_get_state (paper);

  return state == JN_PAPER_HELD || state == JN_PAPER_FETCHED;
}

static void
add_row (JnPapersPage *self, JnVisitPaper *paper)
{
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 14, "row");
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *title = jn_visit_paper_get_title (paper, jn_language_get ()->tag);
  g_autofree char *state = jn_words_paper (paper, self->visit);
  gboolean missing
      = jn_visit_paper_get_state (paper) == JN_PAPER_MISSING && !jn_visit_paper_may_follow (paper);

  jn_pack (words, jn_text_new (title, "strong"));
  jn_pack (line, make_services (self, paper));
  jn_pack (line, jn_text_new (state, missing ? "error" : "small"));
  jn_pack (words, line);
  gtk_box_pack_start (GTK_BOX (row), words, TRUE, TRUE, 0);
  gtk_widget_show (words);
  if (is_held (paper))
    {
      GtkWidget *tag = jn_label_new (_("nothing to bring"), "tag good");

      gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
      jn_pack_end (row, tag);
    }
  else
    jn_pack_end (row, make_states (self, paper, title));
  jn_pack (self->rows, row);
}

static void
show_next (JnPapersPage *self)
{
  guint open = count_open (self);
  g_autofree char *note
      = g_strdup_printf (ngettext ("%u paper to look at", "%u papers to look at", open), open);

  jn_page_set_note (JN_PAGE (self), open > 0 ? note : NULL);
}

/* The radio button that has the focus, to give it back after the rows are made again. */
static void
remember_focus (JnPapersPage *self, char **code, int *state)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
  GtkWidget *focus = GTK_IS_WINDOW (window) ? gtk_window_get_focus (GTK_WINDOW (window)) : NULL;

  *code = focus != NULL ? g_strdup (g_object_get_data (G_OBJECT (focus), code_key)) : NULL;
  *state = focus != NULL ? GPOINTER_TO_INT (g_object_get_data (G_OBJECT (focus), state_key)) : 0;
}

typedef struct
{
  const char *code;
  int state;
} JnWanted;

static void
focus_wanted (GtkWidget *widget, gpointer user_data)
{
  JnWanted *wanted = user_data;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (widget), code_key), wanted->code) == 0
      && GPOINTER_TO_INT (g_object_get_data (G_OBJECT (widget), state_key)) == wanted->state)
    {
      gtk_widget_grab_focus (widget);
      jn_reveal (widget);
    }
  else if (GTK_IS_BOX (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), focus_wanted, user_data);
}

/* What the rows would say now. */
static char *
describe (JnPapersPage *self)
{
  GListModel *papers = jn_visit_get_papers (self->visit);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (papers); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);
      g_autofree char *title = jn_visit_paper_get_title (paper, jn_language_get ()->tag);
      g_autofree char *state = jn_words_paper (paper, self->visit);
      g_autofree char *services = g_strjoinv (",", (GStrv)jn_visit_paper_get_services (paper));

      g_string_append_printf (text, "%s\n%d %s\n%s\n%s\n", jn_visit_paper_get_code (paper),
                              jn_visit_paper_get_state (paper), title, state, services);
    }
  return g_string_free (text, FALSE);
}

static void
make_rows (JnPapersPage *self)
{
  GListModel *papers = jn_visit_get_papers (self->visit);
  guint n = g_list_model_get_n_items (papers);

  self->filling = TRUE;
  jn_empty (self->rows);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);

      add_row (self, paper);
    }
  if (n == 0)
    jn_pack (self->rows,
             jn_text_new (self->part ? _("No paper is needed.")
                                     : _("These services need no paper. Go on to the review."),
                                          self->part ? "small" : "empty"));
  self->filling = FALSE;
}

/* Puts the focus on the first paper of which nothing is said; FALSE: there is none. */
static gboolean
focus_open (JnPapersPage *self)
{
  GListModel *papers = jn_visit_get_papers (self->visit);

  for (guint i = 0; i < g_list_model_get_n_items (papers); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);
      JnWanted wanted = { jn_visit_paper_get_code (paper), JN_PAPER_PRESENTED };

      if (jn_visit_paper_is_settled (paper))
        continue;
      focus_wanted (self->rows, &wanted);
      return TRUE;
    }
  return FALSE;
}

static void
refresh (JnPapersPage *self)
{
  g_autofree char *now = describe (self);
  g_autofree char *code = NULL;
  JnWanted wanted = { NULL, 0 };

  if (g_strcmp0 (now, self->shown) != 0)
    {
      remember_focus (self, &code, &wanted.state);
      wanted.code = code;
      make_rows (self);
      g_free (self->shown);
      self->shown = g_steal_pointer (&now);
      show_next (self);
      if (code != NULL)
        focus_wanted (self->rows, &wanted);
    }
  if (self->advancing && !focus_open (self) && self->part)
    jn_page_go (JN_PAGE (self), JN_PLACE_REVIEW);
  self->advancing = FALSE;
}

static void
jn_papers_page_next (JnPage *page)
{
  jn_page_go (page, JN_PLACE_REVIEW);
}

static void
jn_papers_page_shown (JnPage *page)
{
  JnPapersPage *self = JN_PAPERS_PAGE (page);

  refresh (self);
  if (!focus_open (self))
    gtk_widget_child_focus (self->rows, GTK_DIR_TAB_FORWARD);
}

static gboolean
jn_papers_page_reach (JnPage *page, JnPlace place)
{
  JnPapersPage *self = JN_PAPERS_PAGE (page);

  return place == JN_PLACE_PAPERS
         && (focus_open (self) || gtk_widget_child_focus (self->rows, GTK_DIR_TAB_FORWARD));
}

static gboolean
jn_papers_page_mend (JnPage *page, const JnProblem *problem)
{
  JnWanted wanted = { problem->ref, JN_PAPER_PRESENTED };

  if (problem->kind != JN_PROBLEM_PAPER)
    return FALSE;
  focus_wanted (JN_PAPERS_PAGE (page)->rows, &wanted);
  return TRUE;
}

/* A page that is not on the screen reads again when it is shown. */
static void
on_visit_changed_cb (JnVisit *visit, JnPapersPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
jn_papers_page_dispose (GObject *object)
{
  JnPapersPage *self = JN_PAPERS_PAGE (object);

  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_clear_object (&self->visit);
  G_OBJECT_CLASS (jn_papers_page_parent_class)->dispose (object);
}

static void
jn_papers_page_finalize (GObject *object)
{
  g_free (JN_PAPERS_PAGE (object)->shown);
  G_OBJECT_CLASS (jn_papers_page_parent_class)->finalize (object);
}

static void
jn_papers_page_class_init (JnPapersPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_papers_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_papers_page_finalize;
  JN_PAGE_CLASS (klass)->reach = jn_papers_page_reach;
  JN_PAGE_CLASS (klass)->mend = jn_papers_page_mend;
  JN_PAGE_CLASS (klass)->next = jn_papers_page_next;
  JN_PAGE_CLASS (klass)->shown = jn_papers_page_shown;
}

/* What is missing, for the citizen to take home. */
static GtkWidget *
make_notice_button (void)
{
  GtkWidget *button = jn_button_new (_("Print the notice of what is missing"), "Ctrl ⇧ P", "act");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.print-notice");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static void
refuse_cb (GtkButton *button, JnPapersPage *self)
{
  if (jn_ask_is_open (self->slot))
    jn_ask_clear (self->slot);
  else
    jn_refusal_ask_put (self->visit, self->slot);
}

static GtkWidget *
make_prints (JnPapersPage *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *refuse = jn_button_new (_("Do not accept a service …"), NULL, "act");

  g_signal_connect (refuse, "clicked", G_CALLBACK (refuse_cb), self);
  jn_pack (row, make_notice_button ());
  jn_pack (row, refuse);
  return row;
}

static void
jn_papers_page_init (JnPapersPage *self)
{
  GtkWidget *content = GTK_WIDGET (jn_page_get_content (JN_PAGE (self)));
  GtkWidget *card = jn_card_new (NULL);

  self->title = jn_text_new (_("Papers"), "title");
  self->heading = jn_text_new (_("Papers"), "section");
  jn_set_role (self->title, ATK_ROLE_HEADING);
  jn_set_role (self->heading, ATK_ROLE_HEADING);
  self->lead = jn_text_new (_("One list for all services. What the government holds already is "
                              "not asked for again."),
                               "small");
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  jn_pack (content, self->title);
  jn_pack (content, self->lead);
  gtk_box_pack_start (GTK_BOX (card), self->heading, FALSE, FALSE, 0);
  jn_pack (card, self->rows);
  jn_pack (card, make_prints (self));
  self->slot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_pack_start (GTK_BOX (card), self->slot, FALSE, FALSE, 0);
  jn_pack (content, card);
  jn_page_set_next_label (JN_PAGE (self), _("Next: review"));
  jn_page_set_back_label (JN_PAGE (self), _("Back"));
  jn_page_set_saves (JN_PAGE (self), TRUE);
}

GtkWidget *
jn_papers_page_new (JnVisit *visit)
{
  JnPapersPage *self = g_object_new (JN_TYPE_PAPERS_PAGE, NULL);

  self->visit = g_object_ref (visit);
  g_signal_connect (visit, "changed", G_CALLBACK (on_visit_changed_cb), self);
  refresh (self);
  return GTK_WIDGET (self);
}

GtkWidget *
jn_papers_page_new_part (JnVisit *visit)
{
  JnPapersPage *self = JN_PAPERS_PAGE (jn_papers_page_new (visit));

  self->part = TRUE;
  jn_page_embed (JN_PAGE (self));
  gtk_widget_hide (self->title);
  gtk_widget_hide (self->lead);
  gtk_widget_show (self->heading);
  make_rows (self);
  return GTK_WIDGET (self);
}
