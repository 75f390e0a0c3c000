/* receipt-page.c: printed once by itself; whatever the printer does, the receipt is valid. */
#include "ui/receipt-page.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/language.h"
#include "ui/paper-view.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define PAPER_WIDTH 360
#define N_STARS 5

struct _JnReceiptPage
{
  JnPage parent;

  GtkWidget *number;
  GtkWidget *lines;
  GtkWidget *paper;
  GtkWidget *paper_problem;
  GtkWidget *print_state;
  GtkWidget *print_advice;
  GtkWidget *print_again;
  GtkWidget *print_sheet;
  GtkWidget *question;
  GtkWidget *rating;
  GtkWidget *stars[N_STARS];
  GtkWidget *thanks;

  JnVisit *visit;
  JnReceipt *receipt;
  JnPrintService *printing;
  GCancellable *cancellable;
  gboolean begun; /* the first print was begun by this page */
  gboolean busy;
};

G_DEFINE_TYPE (JnReceiptPage, jn_receipt_page, JN_TYPE_PAGE)

/* -- what it says -- */

static char *
line_words (const JnReceiptLine *line)
{
  g_autofree char *due = NULL;

  if (g_strcmp0 (line->state, "waiting") == 0)
    return g_strdup (_("waits for what it needs; no clock runs yet"));
  if (line->due != NULL)
    {
      due = jn_text_format_day (line->due);
      return g_strdup_printf (_("pledged by %s"), due);
    }
  if (line->pledge_days > 0)
    return g_strdup_printf (
        ngettext ("pledge: %u working day", "pledge: %u working days", line->pledge_days),
        line->pledge_days);
  return g_strdup (_("no pledge is published"));
}

static void
add_line (JnReceiptPage *self, const JnReceiptLine *line)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (jn_visit_get_session (self->visit));
  const JnServiceEntry *entry = jn_catalogue_get_service (catalogue, line->service);
  const char *name
      = entry != NULL ? jn_service_entry_get_name (entry, jn_language_get ()->tag) : line->service;
  g_autofree char *fee = jn_text_format_money (jn_language_get ()->tag, line->fee);
  g_autofree char *pledge = line_words (line);
  g_autofree char *words = g_strdup_printf ("%s · %s", line->number, pledge);
  GtkWidget *box = jn_box_new (GTK_ORIENTATION_VERTICAL, 0, "row");

  jn_pack (box, jn_pair_new (name, fee));
  jn_pack (box, jn_text_new (words, "small number"));
  jn_pack (self->lines, box);
}

static void
show_paper (JnReceiptPage *self)
{
  g_autoptr (JnDocument) document = jn_receipt_make_document (self->receipt);
  g_autoptr (GError) error = NULL;
  gboolean shown = jn_paper_view_set_document (JN_PAPER_VIEW (self->paper), document,
                                               JN_PAPER_ROLL_80, &error);

  gtk_widget_set_visible (self->paper_problem, !shown);
  gtk_widget_set_visible (self->paper, shown);
}

static void
show_receipt (JnReceiptPage *self)
{
  guint n = jn_receipt_get_n_lines (self->receipt);

  gtk_label_set_text (GTK_LABEL (self->number), jn_receipt_get_number (self->receipt));
  jn_empty (self->lines);
  for (guint i = 0; i < n; i++)
    add_line (self, jn_receipt_get_line (self->receipt, i));
  show_paper (self);
}

/* -- printing -- */

static void
show_printing (JnReceiptPage *self)
{
  JnPrintStep step = jn_receipt_get_print_step (self->receipt);
  g_autofree char *advice = jn_words_printer (jn_receipt_get_print_reasons (self->receipt));
  gboolean busy = step == JN_PRINT_STEP_SENDING || step == JN_PRINT_STEP_PRINTING;

  gtk_label_set_text (GTK_LABEL (self->print_state), jn_words_print_step (step));
  gtk_label_set_text (GTK_LABEL (self->print_advice), advice);
  gtk_widget_set_visible (self->print_advice, *advice != '\0');
  gtk_widget_set_visible (self->question, step == JN_PRINT_STEP_UNCONFIRMED);
  gtk_widget_set_sensitive (self->print_again, !busy && step != JN_PRINT_STEP_UNCONFIRMED);
  gtk_widget_set_sensitive (self->print_sheet, !busy && step != JN_PRINT_STEP_UNCONFIRMED);
  jn_button_set_label (self->print_again,
                       step == JN_PRINT_STEP_PRINTED ? _("Print a copy") : _("Print"));
  jn_announce (self->print_state);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnReceiptPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  jn_receipt_print_finish (JN_RECEIPT (source), result, &error);
  self->busy = FALSE;
  if (self->receipt == NULL)
    return; /* the page has gone, the job goes on */
  show_printing (self);
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  words = jn_words_error (error);
  gtk_label_set_text (GTK_LABEL (self->print_advice), words);
  gtk_widget_show (self->print_advice);
  jn_announce (self->print_advice);
}

static void
print (JnReceiptPage *self, const char *use)
{
  if (self->busy)
    return;
  self->busy = TRUE;
  self->begun = TRUE;
  jn_receipt_print_async (self->receipt, self->printing, use, NULL, printed_cb,
                          g_object_ref (self));
}

static void
print_clicked_cb (GtkButton *button, JnReceiptPage *self)
{
  print (self, "receipt");
}

static void
sheet_clicked_cb (GtkButton *button, JnReceiptPage *self)
{
  print (self, "form");
}

static void
came_out_cb (GtkButton *button, JnReceiptPage *self)
{
  jn_receipt_confirm_print (self->receipt, TRUE);
  gtk_widget_grab_focus (self->print_again);
}

static void
did_not_cb (GtkButton *button, JnReceiptPage *self)
{
  jn_receipt_confirm_print (self->receipt, FALSE);
  gtk_widget_grab_focus (self->print_again);
}

/* -- rating -- */

static void
rated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnReceiptPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (jn_visit_rate_finish (JN_VISIT (source), result, &error))
    words = g_strdup (_("Thank you. The answer is kept."));
  else
    words = jn_words_error (error);
  gtk_label_set_text (GTK_LABEL (self->thanks), words);
  gtk_widget_show (self->thanks);
  jn_announce (self->thanks);
}

static void
star_clicked_cb (GtkButton *button, JnReceiptPage *self)
{
  guint stars = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "stars"));

  for (guint i = 0; i < N_STARS; i++)
    {
      jn_set_class (self->stars[i], "primary", i + 1 == stars);
      jn_set_class (self->stars[i], "act", i + 1 != stars);
    }
  jn_visit_rate_async (self->visit, stars, NULL, NULL, rated_cb, g_object_ref (self));
}

static GtkWidget *
make_rating (JnReceiptPage *self)
{
  static const char *const levels[N_STARS]
      = { N_("Very poor"), N_("Poor"), N_("Fair"), N_("Good"), N_("Very good") };
  GtkWidget *card = jn_card_new (_("How was this visit?"));
  GtkWidget *row = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (row), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (row), N_STARS);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (row), 8);
  jn_set_name (row, _("Rating"));
  for (guint i = 0; i < N_STARS; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u · %s", i + 1, _(levels[i]));
      GtkWidget *child = gtk_flow_box_child_new ();

      self->stars[i] = jn_button_new (label, NULL, "act");
      g_object_set_data (G_OBJECT (self->stars[i]), "stars", GUINT_TO_POINTER (i + 1));
      g_signal_connect (self->stars[i], "clicked", G_CALLBACK (star_clicked_cb), self);
      gtk_widget_set_can_focus (child, FALSE);
      gtk_container_add (GTK_CONTAINER (child), self->stars[i]);
      gtk_container_add (GTK_CONTAINER (row), child);
    }
  gtk_widget_show_all (row);
  self->thanks = jn_text_new (NULL, "small");
  gtk_widget_set_no_show_all (self->thanks, TRUE);
  jn_pack (card, row);
  gtk_box_pack_start (GTK_BOX (card), self->thanks, FALSE, FALSE, 0);
  return card;
}

/* -- the page -- */

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnReceiptPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  jn_page_set_ready (JN_PAGE (self), TRUE);
  if (jn_visit_finish_finish (JN_VISIT (source), result, &error))
    {
      jn_page_go (JN_PAGE (self), JN_PLACE_DESK);
      return;
    }
  words = jn_words_error (error);
  jn_page_say (JN_PAGE (self), words);
}

static void
jn_receipt_page_next (JnPage *page)
{
  JnReceiptPage *self = JN_RECEIPT_PAGE (page);

  if (jn_receipt_get_print_step (self->receipt) == JN_PRINT_STEP_UNCONFIRMED)
    {
      gtk_widget_child_focus (self->question, GTK_DIR_TAB_FORWARD);
      return;
    }
  jn_page_set_ready (page, FALSE);
  jn_visit_finish_async (self->visit, "served", NULL, finished_cb, g_object_ref (self));
}

static void
jn_receipt_page_shown (JnPage *page)
{
  JnReceiptPage *self = JN_RECEIPT_PAGE (page);

  show_printing (self);
  if (!self->begun && jn_receipt_get_print_step (self->receipt) == JN_PRINT_STEP_NONE)
    print (self, "receipt");
  gtk_widget_grab_focus (self->print_again);
}

static GVariant *
jn_receipt_page_keep (JnPage *page)
{
  return g_variant_new_boolean (JN_RECEIPT_PAGE (page)->begun);
}

static void
jn_receipt_page_take (JnPage *page, GVariant *kept)
{
  JN_RECEIPT_PAGE (page)->begun = g_variant_get_boolean (kept);
}

static void
jn_receipt_page_dispose (GObject *object)
{
  JnReceiptPage *self = JN_RECEIPT_PAGE (object);

  if (self->receipt != NULL)
    g_signal_handlers_disconnect_by_data (self->receipt, self);
  g_clear_object (&self->receipt);
  g_clear_object (&self->printing);
  g_clear_object (&self->visit);
  G_OBJECT_CLASS (jn_receipt_page_parent_class)->dispose (object);
}

static void
jn_receipt_page_class_init (JnReceiptPageClass *klass)
{
  JnPageClass *page_class = JN_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jn_receipt_page_dispose;
  page_class->next = jn_receipt_page_next;
  page_class->shown = jn_receipt_page_shown;
  page_class->keep = jn_receipt_page_keep;
  page_class->take = jn_receipt_page_take;
}

static GtkWidget *
make_question (JnReceiptPage *self)
{
  GtkWidget *box = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "notice soon");
  GtkWidget *yes = jn_button_new (_("Yes, it came out"), NULL, "act");
  GtkWidget *no = jn_button_new (_("No"), NULL, "act");

  gtk_box_pack_start (GTK_BOX (box), jn_text_new (_("Did the receipt come out?"), "strong"), TRUE,
                                                  TRUE, 0);
  gtk_box_pack_end (GTK_BOX (box), no, FALSE, FALSE, 0);
  gtk_box_pack_end (GTK_BOX (box), yes, FALSE, FALSE, 0);
  g_signal_connect (yes, "clicked", G_CALLBACK (came_out_cb), self);
  g_signal_connect (no, "clicked", G_CALLBACK (did_not_cb), self);
  gtk_widget_show_all (box);
  gtk_widget_hide (box);
  gtk_widget_set_no_show_all (box, TRUE);
  return box;
}

static GtkWidget *
make_print_card (JnReceiptPage *self)
{
  GtkWidget *card = jn_card_new (_("Paper"));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->print_state = jn_text_new (NULL, "strong");
  self->print_advice = jn_text_new (NULL, NULL);
  self->question = make_question (self);
  self->print_again = jn_button_new (_("Print"), NULL, "act");
  self->print_sheet = jn_button_new (_("Print on a sheet"), NULL, "act");
  gtk_widget_set_no_show_all (self->print_advice, TRUE);
  g_signal_connect (self->print_again, "clicked", G_CALLBACK (print_clicked_cb), self);
  g_signal_connect (self->print_sheet, "clicked", G_CALLBACK (sheet_clicked_cb), self);
  jn_pack (card, self->print_state);
  gtk_box_pack_start (GTK_BOX (card), self->print_advice, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (card), self->question, FALSE, FALSE, 0);
  jn_pack (row, self->print_again);
  jn_pack (row, self->print_sheet);
  jn_pack (card, row);
  return card;
}

static GtkWidget *
make_paper (JnReceiptPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->paper = jn_paper_view_new (PAPER_WIDTH);
  self->paper_problem
      = jn_text_new (_("The receipt cannot be shown here. It is valid all the same."), "empty");
  gtk_widget_set_no_show_all (self->paper_problem, TRUE);
  jn_set_name (self->paper, _("The receipt as it is printed"));
  gtk_box_pack_start (GTK_BOX (box), self->paper, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), self->paper_problem, FALSE, FALSE, 0);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  return box;
}

static GtkWidget *
make_number_card (JnReceiptPage *self)
{
  GtkWidget *card = jn_card_new (_("Receipt"));

  self->number = jn_label_new (NULL, "figure number");
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  jn_pack (card, self->number);
  jn_pack (card, self->lines);
  return card;
}

static void
jn_receipt_page_init (JnReceiptPage *self)
{
  GtkWidget *content = GTK_WIDGET (jn_page_get_content (JN_PAGE (self)));
  GtkWidget *title = jn_text_new (_("Submitted"), "title");
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  jn_set_role (title, ATK_ROLE_HEADING);
  self->rating = make_rating (self);
  jn_pack (left, make_number_card (self));
  jn_pack (left, make_print_card (self));
  jn_pack (left, self->rating);
  gtk_box_pack_start (GTK_BOX (columns), left, TRUE, TRUE, 0);
  gtk_widget_show (left);
  jn_pack_end (columns, make_paper (self));
  jn_pack (content, title);
  jn_pack (content, columns);
  jn_page_set_next_label (JN_PAGE (self), _("Finish the visit"));
}

GtkWidget *
jn_receipt_page_new (JnVisit *visit, JnPrintService *printing)
{
  JnReceiptPage *self = g_object_new (JN_TYPE_RECEIPT_PAGE, NULL);
  JnReceipt *receipt = jn_visit_get_receipt (visit);

  self->visit = g_object_ref (visit);
  self->printing = g_object_ref (printing);
  self->receipt = g_object_ref (receipt);
  gtk_widget_set_visible (self->rating, jn_visit_may_rate (visit));
  g_signal_connect_swapped (receipt, "notify::print-step", G_CALLBACK (show_printing), self);
  g_signal_connect_swapped (receipt, "notify::print-reasons", G_CALLBACK (show_printing), self);
  g_signal_connect_swapped (receipt, "notify::seal", G_CALLBACK (show_paper), self);
  g_signal_connect_swapped (receipt, "notify::copies", G_CALLBACK (show_paper), self);
  show_receipt (self);
  return GTK_WIDGET (self);
}
