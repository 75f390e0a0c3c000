/* review-page.c: what the citizen reads and signs, and the one button that sends all of it. */
#include "ui/review-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/text.h"
#include "ui/columns.h"
#include "ui/language.h"
#include "ui/signing-pad.h"
#include "ui/widgets.h"
#include "ui/words.h"

struct _JnReviewPage
{
  JnPage parent;

  GtkWidget *head;
  GtkWidget *title;
  GtkWidget *language;
  GtkWidget *summary;
  GtkWidget *reading; /* of a part: what the citizen reads, folded */
  GtkWidget *columns; /* what is read, and beside it what is decided */
  GtkWidget *decisions;
  GtkWidget *applications;
  GtkWidget *fees;
  GtkWidget *consents;
  GtkWidget *again; /* says that it is to be signed again */
  GtkWidget *methods;
  GtkWidget *pad;
  GtkWidget *pad_row;
  gboolean filling;
  gboolean outdated;   /* what was signed for has changed since */
  gboolean waits;      /* something was being sent when this page was made */
  gboolean asked;      /* Submit was pressed: what stands in the way is shown */
  char *shown;         /* what fees and problems say now */
  char *read;          /* (nullable): what the citizen reads now */
  char *asked_of;      /* (nullable): the departments whose consent is asked */
  GPtrArray *problems; /* that the summary lists */

  JnVisit *visit;
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnReviewPage, jn_review_page, JN_TYPE_PAGE)

/* -- the applications, in the citizen's language -- */

static void
add_section (GtkWidget *grid, int *row, const char *section)
{
  GtkWidget *label = jn_text_new (section, "strong");

  gtk_widget_set_margin_top (label, *row > 0 ? 8 : 0);
  gtk_grid_attach (GTK_GRID (grid), label, 0, (*row)++, 2, 1);
}

static void
add_answer (GtkWidget *grid, int *row, const JnAnswer *answer)
{
  GtkWidget *label = jn_text_new (answer->label, "small");
  GtkWidget *value = jn_text_new (answer->value, "number");

  gtk_widget_set_valign (label,
                         GTK_ALIGN_BASELINE); /* two sizes, and Chinese beside Latin: on one line */
  gtk_widget_set_valign (value, GTK_ALIGN_BASELINE);
  gtk_label_set_width_chars (GTK_LABEL (label), 24);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_set_hexpand (value, TRUE);
  jn_label_for (label, value);
  jn_set_name (value, answer->value);
  gtk_label_set_selectable (GTK_LABEL (value), FALSE);
  gtk_grid_attach (GTK_GRID (grid), label, 0, *row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), value, 1, (*row)++, 1, 1);
}

static GtkWidget *
make_answers (JnApplication *application, const char *language)
{
  GtkWidget *grid = gtk_grid_new ();
  g_autoptr (GPtrArray) answers = jn_application_list_answers (application, language);
  const char *section = NULL;
  int row = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (guint i = 0; i < answers->len; i++)
    {
      const JnAnswer *answer = g_ptr_array_index (answers, i);

      if (*answer->section != '\0' && g_strcmp0 (section, answer->section) != 0)
        add_section (grid, &row, answer->section);
      section = answer->section;
      add_answer (grid, &row, answer);
    }
  gtk_widget_show_all (grid);
  return grid;
}

static void
add_application (JnReviewPage *self, JnApplication *application)
{
  const char *language = jn_visit_get_language (self->visit);
  JnCatalogue *catalogue = jn_session_get_catalogue (jn_visit_get_session (self->visit));
  GtkWidget *card = jn_card_new (NULL);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *title = jn_text_new (jn_application_get_title (application, language), "section");
  GtkWidget *tag = jn_label_new (
      jn_catalogue_get_mark (catalogue, jn_application_get_department (application), language),
      "tag");

  jn_set_role (title, ATK_ROLE_HEADING);
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  jn_pack (head, title);
  jn_pack (head, tag);
  jn_pack (card, head);
  jn_pack (card, make_answers (application, language));
  jn_pack (self->applications, card);
}

/* All that stands there; labels and values hold no line end. (transfer full) */
static char *
describe_reading (JnReviewPage *self)
{
  GListModel *applications = jn_visit_get_applications (self->visit);
  const char *language = jn_visit_get_language (self->visit);
  GString *text = g_string_new (language);

  for (guint i = 0; i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);
      g_autoptr (GPtrArray) answers = jn_application_list_answers (application, language);

      g_string_append_printf (text, "\n%s", jn_application_get_title (application, language));
      for (guint k = 0; k < answers->len; k++)
        {
          const JnAnswer *answer = answers->pdata[k];

          g_string_append_printf (text, "\n%s\t%s\t%s", answer->section, answer->label,
                                  answer->value);
        }
    }
  return g_string_free (text, FALSE);
}

/* A visit changes at every key; what stands here seldom does, and is left alone then. */
static void
show_applications (JnReviewPage *self)
{
  GListModel *applications = jn_visit_get_applications (self->visit);
  g_autofree char *now = describe_reading (self);

  if (g_strcmp0 (now, self->read) == 0)
    return;
  g_free (self->read);
  self->read = g_steal_pointer (&now);
  jn_empty (self->applications);
  for (guint i = 0; i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);

      add_application (self, application);
    }
}

/* -- fees -- */

static void
add_total (JnReviewPage *self)
{
  JnFeeTotal total = jn_visit_get_fee_total (self->visit);
  const char *tag = jn_language_get ()->tag;
  g_autofree char *charged = jn_text_format_money (tag, total.charged);
  GtkWidget *row = jn_pair_new (_("To pay today"), charged);

  jn_add_classes (row, "strong");
  gtk_widget_set_margin_top (row, 6);
  jn_pack (self->fees, row);
  if (total.unconfirmed > 0 || total.n_unknown > 0)
    jn_pack (self->fees,
             jn_text_new (_("* not confirmed by the department; not charged today"), "small"));
}

static void
show_fees (JnReviewPage *self)
{
  GPtrArray *fees = jn_visit_get_fees (self->visit);
  const char *tag = jn_language_get ()->tag;

  jn_empty (self->fees);
  if (fees == NULL || fees->len == 0)
    {
      jn_pack (self->fees, jn_text_new (_("These services are free of charge."), "small"));
      return;
    }
  for (guint i = 0; i < fees->len; i++)
    {
      const JnFee *fee = g_ptr_array_index (fees, i);
      g_autofree char *amount = jn_text_format_money (tag, fee->amount);
      g_autofree char *name
          = g_strdup_printf ("%s · %s", jn_service_entry_get_name (fee->service, tag), fee->name);

      g_autofree char *marked
          = g_strdup_printf ("%s%s", amount, fee->confirmed || fee->amount < 0 ? "" : " *");

      jn_pack (self->fees, jn_pair_new (name, marked));
    }
  add_total (self);
}

/* -- consent -- */

static gboolean focus_open (JnReviewPage *self);

/* Of the radio buttons in @box the one whose @what that is; the one that is not shown has 0: nothing is decided. */
static void
choose (GtkWidget *box, const char *what, int value)
{
  g_autoptr (GList) buttons = gtk_container_get_children (GTK_CONTAINER (box));

  for (GList *button = buttons; button != NULL; button = button->next)
    if (GPOINTER_TO_INT (g_object_get_data (button->data, what)) == value)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button->data), TRUE);
}

/* Enter or Space decides, and goes on to what is still to be decided. */
static gboolean
decided_key_cb (GtkWidget *button, GdkEventKey *event, JnReviewPage *self)
{
  if (event->state & gtk_accelerator_get_default_mod_mask ()
      || (event->keyval != GDK_KEY_space && event->keyval != GDK_KEY_Return
          && event->keyval != GDK_KEY_KP_Enter))
    return GDK_EVENT_PROPAGATE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  focus_open (self);
  return GDK_EVENT_STOP;
}

static void
consent_toggled_cb (GtkToggleButton *button, JnReviewPage *self)
{
  if (!self->filling && gtk_toggle_button_get_active (button))
    jn_visit_set_consent (self->visit, g_object_get_data (G_OBJECT (button), "department"),
                          GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "consent")));
}

static GtkWidget *
make_consent_button (JnReviewPage *self,
                     GtkWidget *group,
                     const char *department,
                     JnConsent consent,
                     const char *label)
{
  GtkWidget *button = gtk_radio_button_new_with_label_from_widget (GTK_RADIO_BUTTON (group), label);

  g_object_set_data_full (G_OBJECT (button), "department", g_strdup (department), g_free);
  g_object_set_data (G_OBJECT (button), "consent", GINT_TO_POINTER (consent));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                jn_visit_get_consent (self->visit, department) == consent);
  g_signal_connect (button, "toggled", G_CALLBACK (consent_toggled_cb), self);
  g_signal_connect (button, "key-press-event", G_CALLBACK (decided_key_cb), self);
  return button;
}

static void
add_consent (JnReviewPage *self, const char *department)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (jn_visit_get_session (self->visit));
  const char *language = jn_visit_get_language (self->visit);
  const char *name = jn_catalogue_get_department_name (catalogue, department, language);
  g_autofree char *text = g_strdup_printf (
      jn_text (language, "%s may use the answers and papers above for these applications."),
      name != NULL ? name : department);
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_VERTICAL, 4, "row");
  GtkWidget *choice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *nobody = gtk_radio_button_new (NULL);
  GtkWidget *given = make_consent_button (self, nobody, department, JN_CONSENT_GIVEN,
                                          jn_text (language, "I agree"));
  GtkWidget *refused = make_consent_button (self, nobody, department, JN_CONSENT_REFUSED,
                                            jn_text (language, "I do not agree"));

  gtk_widget_set_no_show_all (nobody, TRUE);
  gtk_box_pack_start (GTK_BOX (row), jn_text_new (text, NULL), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (choice), given, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (choice), refused, FALSE, FALSE, 0);
  gtk_box_pack_end (GTK_BOX (choice), nobody, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (row), choice, FALSE, FALSE, 0);
  jn_set_description (given, text);
  jn_set_description (refused, text);
  g_object_set_data_full (G_OBJECT (row), "department", g_strdup (department), g_free);
  g_object_set_data (G_OBJECT (row), "choice", choice);
  gtk_widget_show_all (row);
  jn_pack (self->consents, row);
}

/* A service or a person came or went: what was agreed to is another thing now. */
static void
choose_consents (JnReviewPage *self)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->consents));

  for (GList *row = rows; row != NULL; row = row->next)
    choose (g_object_get_data (row->data, "choice"), "consent",
            (int)jn_visit_get_consent (self->visit, g_object_get_data (row->data, "department")));
}

/* Not made anew by what the clerk ticks in them. */
static void
show_consents (JnReviewPage *self)
{
  g_auto (GStrv) departments = jn_visit_list_consents (self->visit);
  g_autofree char *codes = departments != NULL ? g_strjoinv (" ", departments) : g_strdup ("");
  g_autofree char *now = g_strdup_printf ("%s %s", jn_visit_get_language (self->visit), codes);

  if (g_strcmp0 (now, self->asked_of) == 0)
    {
      choose_consents (self);
      return;
    }
  g_free (self->asked_of);
  self->asked_of = g_steal_pointer (&now);
  jn_empty (self->consents);
  for (char **department = departments; department != NULL && *department != NULL; department++)
    add_consent (self, *department);
  gtk_widget_set_visible (gtk_widget_get_parent (self->consents),
                          departments != NULL && *departments != NULL);
}

/* -- signature -- */

static void
sign (JnReviewPage *self, JnSignatureMethod method)
{
  g_autoptr (GBytes) png = NULL;

  if (method == JN_SIGNATURE_PAD)
    {
      png = jn_signing_pad_get_png (JN_SIGNING_PAD (self->pad));
      if (png == NULL)
        method = JN_SIGNATURE_NONE;
    }
  jn_visit_sign (self->visit, NULL, method, png);
}

/* Strokes for what was another thing stand for nothing else. */
static void
drop_strokes (JnReviewPage *self)
{
  self->filling = TRUE;
  jn_signing_pad_clear (JN_SIGNING_PAD (self->pad));
  self->filling = FALSE;
}

static void
method_toggled_cb (GtkToggleButton *button, JnReviewPage *self)
{
  JnSignatureMethod method;

  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  method = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "method"));
  if (jn_visit_is_signature_outdated (self->visit))
    drop_strokes (self);
  gtk_widget_set_visible (self->pad_row, method == JN_SIGNATURE_PAD);
  sign (self, method);
}

static void
pad_signed_cb (JnSigningPad *pad, JnReviewPage *self)
{
  if (!self->filling)
    sign (self, JN_SIGNATURE_PAD);
}

static void
make_methods (JnReviewPage *self)
{
  /* clang-format off */
  static const struct
  {
    JnSignatureMethod method;
    const char *words;
  } methods[] = {
    { JN_SIGNATURE_PAD, N_("Signs here, on the pad") },
    { JN_SIGNATURE_INK, N_("Signs in ink on the printed form") },
    { JN_SIGNATURE_BY_OTHER, N_("Another signs at request, before witnesses") },
    { JN_SIGNATURE_FINGERPRINT, N_("Fingerprint in place of a signature") },
  };
  /* clang-format on */
  GtkWidget *nobody = gtk_radio_button_new (NULL);
  JnSignatureMethod now = jn_visit_get_signature (self->visit, NULL);

  gtk_widget_set_no_show_all (nobody, TRUE);
  gtk_box_pack_end (GTK_BOX (self->methods), nobody, FALSE, FALSE, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      GtkWidget *button = gtk_radio_button_new_with_label_from_widget (GTK_RADIO_BUTTON (nobody),
                                                                       _(methods[i].words));

      g_object_set_data (G_OBJECT (button), "method", GINT_TO_POINTER (methods[i].method));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), methods[i].method == now);
      g_signal_connect (button, "toggled", G_CALLBACK (method_toggled_cb), self);
      g_signal_connect (button, "key-press-event", G_CALLBACK (decided_key_cb), self);
      jn_pack (self->methods, button);
    }
  gtk_widget_set_visible (self->pad_row, now == JN_SIGNATURE_PAD);
}

/* No way of signing is chosen while it is to be signed again; what became again what was signed for has its own. */
static void
show_signature (JnReviewPage *self)
{
  gboolean outdated = jn_visit_is_signature_outdated (self->visit);
  JnSignatureMethod method = jn_visit_get_signature (self->visit, NULL);

  if (outdated == self->outdated)
    return;
  self->outdated = outdated;
  gtk_widget_set_visible (self->again, outdated);
  if (outdated)
    jn_announce (self->again);
  if (!outdated && method == JN_SIGNATURE_NONE)
    return; /* a pad without strokes yet */
  choose (self->methods, "method", (int)method);
  gtk_widget_set_visible (self->pad_row, method == JN_SIGNATURE_PAD);
}

/* -- what stands in the way -- */

static const char *
problem_words (const JnProblem *problem)
{
  switch (problem->kind)
    {
    case JN_PROBLEM_PERSON:
      return _("Nobody is identified yet.");
    case JN_PROBLEM_SERVICE:
      return _("No service is chosen, or one that this counter does not handle.");
    case JN_PROBLEM_ANSWER:
      return problem->message != NULL ? problem->message
                                      : jn_words_invalid (problem->invalid, NULL);
    case JN_PROBLEM_PAPER:
      return _("Say whether this paper is here.");
    case JN_PROBLEM_CONSENT:
      return _("Ask whether this department may use the data.");
    case JN_PROBLEM_SIGNATURE:
      return problem->ref != NULL ? _("What was signed has changed since: have it signed again.")
                                  : _("The signature is missing.");
    }
  return "";
}

static void
problem_clicked_cb (GtkButton *button, JnReviewPage *self)
{
  g_autoptr (GPtrArray) hold
             = g_ptr_array_ref (self->problems); /* on the way they are listed anew */

  jn_page_go_mend (JN_PAGE (self), g_object_get_data (G_OBJECT (button), "problem"));
}

static void
add_problem (JnReviewPage *self, JnProblem *problem)
{
  const char *words = problem_words (problem);
  g_autofree char *text = problem->label != NULL && *problem->label != '\0'
      ? g_strdup_printf (_("%s: %s"), problem->label, words)
      : g_strdup (words);
  GtkWidget *button = jn_link_new (text);

  g_object_set_data (G_OBJECT (button), "problem", problem);
  g_signal_connect (button, "clicked", G_CALLBACK (problem_clicked_cb), self);
  jn_pack (self->summary, button);
}

static guint
show_problems (JnReviewPage *self)
{
  GPtrArray *problems = jn_visit_list_problems (self->visit);
  g_autofree char *heading = g_strdup_printf (
      ngettext ("%u thing is to be done before it can be submitted",
                "%u things are to be done before it can be submitted", problems->len),
      problems->len);
  GtkWidget *label = jn_text_new (heading, "strong wrong");

  jn_empty (self->summary);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = problems;
  gtk_widget_set_visible (self->summary, self->asked && problems->len > 0);
  jn_set_role (label, ATK_ROLE_ALERT);
  jn_pack (self->summary, label);
  for (guint i = 0; i < problems->len; i++)
    add_problem (self, g_ptr_array_index (problems, i));
  jn_page_set_problems (JN_PAGE (self), self->asked || self->reading == NULL ? problems->len : 0);
  return problems->len;
}

/* -- submitting -- */

static gboolean
is_busy (JnReviewPage *self)
{
  gboolean busy;

  g_object_get (self->visit, "busy", &busy, NULL);
  return busy;
}

static void
show_next (JnReviewPage *self)
{
  gboolean busy = is_busy (self);
  guint n = g_list_model_get_n_items (jn_visit_get_applications (self->visit));
  g_autofree char *label
      = g_strdup_printf (ngettext ("Submit %u application", "Submit %u applications", n), n);

  jn_page_set_next_label (JN_PAGE (self), busy ? _("Sending …") : label);
  jn_page_set_ready (JN_PAGE (self), !busy && n > 0);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnReviewPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnReceipt) receipt = jn_visit_submit_finish (JN_VISIT (source), result, &error);

  if (self->visit == NULL) /* the page is gone */
    return;
  show_next (self);
  if (receipt != NULL)
    {
      jn_page_go (JN_PAGE (self), JN_PLACE_RECEIPT);
      return;
    }
  jn_page_say_error (JN_PAGE (self), error);
  show_problems (self);
}

/* A page of another language, gone meanwhile, had it sent: this one goes on with what came of it. */
static void
on_busy_cb (JnVisit *visit, GParamSpec *pspec, JnReviewPage *self)
{
  if (!self->waits || is_busy (self))
    return;
  self->waits = FALSE;
  show_next (self);
  if (jn_visit_get_receipt (visit) != NULL)
    jn_page_go (JN_PAGE (self), JN_PLACE_RECEIPT);
}

static void
jn_review_page_next (JnPage *page)
{
  JnReviewPage *self = JN_REVIEW_PAGE (page);

  self->asked = TRUE;
  if (show_problems (self) > 0)
    {
      gtk_widget_child_focus (self->summary, GTK_DIR_TAB_FORWARD);
      return;
    }
  jn_page_say (page, NULL);
  jn_visit_submit_async (self->visit, self->cancellable, submitted_cb, g_object_ref (self));
  show_next (self);
}

/* -- the page -- */

/* What fees and problems would say: a visit changes at every key, they seldom do. */
static char *
describe (JnReviewPage *self)
{
  GPtrArray *fees = jn_visit_get_fees (self->visit);
  g_autoptr (GPtrArray) problems = NULL;
  GString *text = g_string_new (jn_language_get ()->tag);

  for (guint i = 0; fees != NULL && i < fees->len; i++)
    {
      const JnFee *fee = fees->pdata[i];

      g_string_append_printf (text, "\n%s %" G_GINT64_FORMAT " %d", fee->name, fee->amount,
                              fee->confirmed);
    }
  if (self->reading != NULL && !self->asked)
    return g_string_free (text, FALSE);
  problems = jn_visit_list_problems (self->visit);
  for (guint i = 0; i < problems->len; i++)
    {
      const JnProblem *problem = problems->pdata[i];

      g_string_append_printf (text, "\n%d %s %s", problem->kind, problem->ref, problem->message);
    }
  return g_string_free (text, FALSE);
}

static void
refresh_status (JnReviewPage *self)
{
  g_autofree char *now = describe (self);

  if (g_strcmp0 (now, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&now);
  show_fees (self);
  show_problems (self);
}

/* What the citizen reads and signs is what will be sent, whatever changed since the page was shown. */
static void
follow (JnReviewPage *self)
{
  self->filling = TRUE;
  if (self->reading == NULL || gtk_expander_get_expanded (GTK_EXPANDER (self->reading)))
    show_applications (self);
  show_consents (self);
  show_signature (self);
  self->filling = FALSE;
  refresh_status (self);
}

static void
refresh (JnReviewPage *self)
{
  g_clear_pointer (&self->asked_of, g_free); /* some may be given elsewhere since */
  g_clear_pointer (&self->shown, g_free);
  follow (self);
}

static void
language_changed_cb (GtkComboBox *combo, JnReviewPage *self)
{
  const char *language = gtk_combo_box_get_active_id (combo);

  if (self->filling || language == NULL)
    return;
  jn_visit_set_language (self->visit, language);
  refresh (self);
}

/* -- what is to be decided: consents, then the signature -- */

static gboolean
is_decided (JnReviewPage *self, GtkWidget *row)
{
  const char *department = g_object_get_data (G_OBJECT (row), "department");

  return jn_visit_get_consent (self->visit, department) != JN_CONSENT_UNASKED;
}

/* Puts the focus on the first thing that is still to be decided; FALSE: nothing is. */
static gboolean
focus_open (JnReviewPage *self)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->consents));

  for (GList *row = rows; row != NULL; row = row->next)
    if (!is_decided (self, row->data))
      return gtk_widget_child_focus (row->data, GTK_DIR_TAB_FORWARD);
  if (jn_visit_get_signature (self->visit, NULL) != JN_SIGNATURE_NONE)
    return FALSE;
  return gtk_widget_child_focus (self->methods, GTK_DIR_TAB_FORWARD);
}

static void
jn_review_page_shown (JnPage *page)
{
  JnReviewPage *self = JN_REVIEW_PAGE (page);

  refresh (self);
  show_next (self);
  if (self->reading == NULL && !focus_open (self))
    gtk_widget_grab_focus (self->language);
}

static gboolean
jn_review_page_reach (JnPage *page, JnPlace place)
{
  JnReviewPage *self = JN_REVIEW_PAGE (page);

  return place == JN_PLACE_REVIEW
         && (focus_open (self) || gtk_widget_child_focus (self->methods, GTK_DIR_TAB_FORWARD));
}

/* The consents' row of that department; the methods of signing. */
static gboolean
jn_review_page_mend (JnPage *page, const JnProblem *problem)
{
  JnReviewPage *self = JN_REVIEW_PAGE (page);
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->consents));

  if (problem->kind == JN_PROBLEM_SIGNATURE)
    return gtk_widget_child_focus (self->methods, GTK_DIR_TAB_FORWARD);
  for (GList *row = rows; problem->kind == JN_PROBLEM_CONSENT && row != NULL; row = row->next)
    if (g_strcmp0 (g_object_get_data (row->data, "department"), problem->ref) == 0)
      return gtk_widget_child_focus (row->data, GTK_DIR_TAB_FORWARD);
  return FALSE;
}

static void
expanded_cb (GObject *expander, GParamSpec *pspec, JnReviewPage *self)
{
  refresh (self);
}

/* A page that is not on the screen reads again when it is shown. */
static void
on_visit_changed_cb (JnVisit *visit, JnReviewPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  follow (self);
  show_next (self);
}

static void
jn_review_page_dispose (GObject *object)
{
  JnReviewPage *self = JN_REVIEW_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_clear_object (&self->visit);
  G_OBJECT_CLASS (jn_review_page_parent_class)->dispose (object);
}

static void
jn_review_page_finalize (GObject *object)
{
  g_free (JN_REVIEW_PAGE (object)->shown);
  g_free (JN_REVIEW_PAGE (object)->read);
  g_free (JN_REVIEW_PAGE (object)->asked_of);
  g_clear_pointer (&JN_REVIEW_PAGE (object)->problems, g_ptr_array_unref);
  G_OBJECT_CLASS (jn_review_page_parent_class)->finalize (object);
}

static void
jn_review_page_class_init (JnReviewPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_review_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_review_page_finalize;
  JN_PAGE_CLASS (klass)->reach = jn_review_page_reach;
  JN_PAGE_CLASS (klass)->mend = jn_review_page_mend;
  JN_PAGE_CLASS (klass)->next = jn_review_page_next;
  JN_PAGE_CLASS (klass)->shown = jn_review_page_shown;
}

static GtkWidget *
make_head (JnReviewPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = jn_label_new (_("The citizen reads"), "small");

  self->title = jn_text_new (_("Review"), "title");
  jn_set_role (self->title, ATK_ROLE_HEADING);
  self->language = gtk_combo_box_text_new ();
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (self->language), language->tag, language->name);
  jn_label_for (label, self->language);
  g_signal_connect (self->language, "changed", G_CALLBACK (language_changed_cb), self);
  gtk_box_pack_start (GTK_BOX (head), self->title, TRUE, TRUE, 0);
  gtk_widget_show (self->title);
  jn_pack_end (head, self->language);
  jn_pack_end (head, label);
  return head;
}

static GtkWidget *
make_signature (JnReviewPage *self)
{
  GtkWidget *card = jn_card_new (_("Signature"));
  GtkWidget *clear = jn_button_new (_("Clear"), NULL, "act");
  GtkWidget *print = jn_button_new (_("Print the forms to sign"), "Ctrl P", "act");

  self->again
      = jn_text_new (_("What was signed has changed since: have it signed again."), "notice soon");
  gtk_widget_set_no_show_all (self->again, TRUE);
  gtk_widget_hide (self->again);
  self->methods = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->pad_row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->pad = jn_signing_pad_new ();
  jn_set_name (self->pad, _("Signature pad"));
  gtk_widget_set_valign (clear, GTK_ALIGN_END);
  jn_pack (self->pad_row, self->pad);
  jn_pack (self->pad_row, clear);
  gtk_widget_set_no_show_all (self->pad_row, TRUE);
  gtk_box_pack_start (GTK_BOX (card), self->again, FALSE, FALSE, 0);
  jn_pack (card, self->methods);
  gtk_box_pack_start (GTK_BOX (card), self->pad_row, FALSE, FALSE, 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "win.print-forms");
  gtk_widget_set_halign (print, GTK_ALIGN_START);
  jn_pack (card, print);
  g_signal_connect (self->pad, "signed", G_CALLBACK (pad_signed_cb), self);
  g_signal_connect_swapped (clear, "clicked", G_CALLBACK (jn_signing_pad_clear), self->pad);
  return card;
}

static void
jn_review_page_init (JnReviewPage *self)
{
  GtkWidget *content = GTK_WIDGET (jn_page_get_content (JN_PAGE (self)));
  GtkWidget *fees = jn_card_new (_("Fees"));
  GtkWidget *consents = jn_card_new (_("Consent"));

  self->cancellable = g_cancellable_new ();
  self->summary = jn_box_new (GTK_ORIENTATION_VERTICAL, 4, "summary");
  self->applications = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  self->fees = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->consents = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_no_show_all (self->summary, TRUE);
  self->head = make_head (self);
  jn_pack (content, self->head);
  gtk_box_pack_start (GTK_BOX (content), self->summary, FALSE, FALSE, 0);
  self->columns = jn_columns_new ();
  self->decisions = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  gtk_widget_show (self->decisions);
  jn_columns_add (JN_COLUMNS (self->columns), self->applications, FALSE);
  jn_columns_add (JN_COLUMNS (self->columns), self->decisions, FALSE);
  gtk_widget_show (self->applications);
  jn_pack (content, self->columns);
  jn_pack (fees, self->fees);
  jn_pack (self->decisions, fees);
  jn_pack (consents, self->consents);
  jn_pack (self->decisions, consents);
  jn_pack (self->decisions, make_signature (self));
  jn_page_set_back_label (JN_PAGE (self), _("Back"));
  jn_page_set_saves (JN_PAGE (self), TRUE);
}

GtkWidget *
jn_review_page_new (JnVisit *visit)
{
  JnReviewPage *self = g_object_new (JN_TYPE_REVIEW_PAGE, NULL);

  self->visit = g_object_ref (visit);
  self->filling = TRUE;
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->language), jn_visit_get_language (visit));
  make_methods (self);
  self->filling = FALSE;
  refresh (self);
  self->waits = is_busy (self);
  show_next (self);
  g_signal_connect (visit, "changed", G_CALLBACK (on_visit_changed_cb), self);
  g_signal_connect (visit, "notify::busy", G_CALLBACK (on_busy_cb), self);
  return GTK_WIDGET (self);
}

/* From the page into @box. */
static void
move_into (GtkWidget *box, GtkWidget *widget)
{
  g_object_ref (widget);
  gtk_container_remove (GTK_CONTAINER (gtk_widget_get_parent (widget)), widget);
  jn_pack (box, widget);
  g_object_unref (widget);
}

GtkWidget *
jn_review_page_new_part (JnVisit *visit)
{
  JnReviewPage *self = JN_REVIEW_PAGE (jn_review_page_new (visit));
  GtkBox *content = jn_page_get_content (JN_PAGE (self));
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *card = jn_card_new (NULL);

  jn_page_embed (JN_PAGE (self));
  gtk_widget_hide (self->title);
  jn_empty (self->applications); /* until it is unfolded */
  g_clear_pointer (&self->read, g_free);
  self->reading = gtk_expander_new (_("What the citizen reads and signs"));
  gtk_container_add (GTK_CONTAINER (self->reading), inside);
  move_into (inside, self->head);
  move_into (inside, self->applications);
  move_into (GTK_WIDGET (content), self->decisions);
  gtk_widget_destroy (self->columns);
  gtk_widget_show (inside);
  gtk_widget_set_margin_top (inside, 12);
  jn_pack (card, self->reading);
  jn_pack (GTK_WIDGET (content), card);
  gtk_box_reorder_child (content, card, 1);
  g_signal_connect (self->reading, "notify::expanded", G_CALLBACK (expanded_cb), self);
  return GTK_WIDGET (self);
}
