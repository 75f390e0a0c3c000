/* receipt-page.c: printed once by itself; whatever the printer does, the receipt is valid. */
#include "ui/receipt-page.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/ask.h"
#include "ui/language.h"
#include "ui/paper-view.h"
#include "ui/print-view.h"
#include "ui/save-ask.h"
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
  GtkWidget *print_card;
  GtkWidget *print;
  GtkWidget *slot; /* where it is asked into which file */
  GtkWidget *rating;
  GtkWidget *stars[N_STARS];
  GtkWidget *thanks;
  gboolean rated; /* or on its way */

  JnVisit *visit;
  JnReceipt *receipt;
  JnPrints *prints;
  guint copy;     /* on the paper that is shown */
  gboolean begun; /* the first print was begun by this page */
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
  JnPrint *print = jn_prints_find (self->prints, jn_receipt_get_id (self->receipt));
  g_autoptr (JnDocument) document = NULL;
  gboolean shown;

  document
      = jn_receipt_make_document (self->receipt, print != NULL ? jn_print_get_copy (print) : 0);
  shown = jn_paper_view_set_document (JN_PAPER_VIEW (self->paper), document,
                                      jn_prints_get_use (self->prints, "receipt").profile,
                                      JN_PAPER_ROLL_80, NULL);
  gtk_widget_set_visible (self->paper_problem, !shown);
  gtk_widget_set_visible (self->paper, shown);
}

/* The last print of this receipt, whoever began it. */
static void
show_print (JnReceiptPage *self)
{
  JnPrint *print = jn_prints_find (self->prints, jn_receipt_get_id (self->receipt));

  if (print != NULL)
    jn_print_view_set_print (JN_PRINT_VIEW (self->print), print);
}

static void
on_prints_changed_cb (JnPrints *prints, JnReceiptPage *self)
{
  JnPrint *print = jn_prints_find (prints, jn_receipt_get_id (self->receipt));
  guint copy = print != NULL ? jn_print_get_copy (print) : 0;

  if (copy == self->copy)
    return;
  self->copy = copy;
  show_paper (self);
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

/* -- into a file -- */

static void
save_cb (GtkButton *button, JnReceiptPage *self)
{
  if (jn_ask_is_open (self->slot))
    jn_ask_clear (self->slot);
  else
    jn_save_ask_put (JN_PAGE (self), self->prints, self->receipt, self->copy, self->slot);
}

/* -- rating -- */

static void
rated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnReceiptPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (self->visit == NULL) /* the page is gone */
    return;
  self->rated = jn_visit_rate_finish (JN_VISIT (source), result, &error);
  words = self->rated ? g_strdup (_("Thank you. The answer is kept.")) : jn_words_error (error);
  gtk_label_set_text (GTK_LABEL (self->thanks), words);
  gtk_widget_show (self->thanks);
  jn_announce (self->thanks);
}

/* Once: the second mark of a trembling finger would lie in the tray of what the server did not take. */
static void
rate (JnReceiptPage *self, guint stars)
{
  if (self->rated)
    return;
  self->rated = TRUE;
  for (guint i = 0; i < N_STARS; i++)
    {
      jn_set_class (self->stars[i], "primary", i + 1 == stars);
      jn_set_class (self->stars[i], "act", i + 1 != stars);
    }
  jn_visit_rate_async (self->visit, stars, NULL, NULL, rated_cb, g_object_ref (self));
}

static void
star_clicked_cb (GtkButton *button, JnReceiptPage *self)
{
  rate (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "stars")));
}

static void
rate_cb (GSimpleAction *action, GVariant *stars, gpointer user_data)
{
  rate (JN_RECEIPT_PAGE (user_data), (guint)g_variant_get_int32 (stars));
}

static const GActionEntry rating_actions[] = { { "rate", rate_cb, "i" } };

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

  jn_page_set_ready (JN_PAGE (self), TRUE);
  if (jn_visit_finish_finish (JN_VISIT (source), result, &error))
    {
      jn_page_go (JN_PAGE (self), JN_PLACE_DESK);
      return;
    }
  jn_page_say_error (JN_PAGE (self), error);
}

static void
jn_receipt_page_next (JnPage *page)
{
  JnReceiptPage *self = JN_RECEIPT_PAGE (page);

  jn_page_set_ready (page, FALSE);
  jn_visit_finish_async (self->visit, "served", NULL, finished_cb, g_object_ref (self));
}

static void
jn_receipt_page_shown (JnPage *page)
{
  JnReceiptPage *self = JN_RECEIPT_PAGE (page);

  if (!self->begun && jn_prints_find (self->prints, jn_receipt_get_id (self->receipt)) == NULL)
    {
      self->begun = TRUE;
      jn_receipt_print (self->receipt, self->prints, "receipt");
    }
  /* the visit never waits for paper: the keyboard is where it goes on, where a slip of Enter neither
   * gives a mark nor cancels the print */
  jn_page_focus_next (page);
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
  if (self->prints != NULL)
    g_signal_handlers_disconnect_by_data (self->prints, self);
  g_clear_object (&self->receipt);
  g_clear_object (&self->prints);
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
  GtkWidget *card;

  self->number = jn_label_new (NULL, "figure number");
  card = jn_card_new_beside (_("Receipt"), self->number);
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  jn_pack (card, self->lines);
  return card;
}

static GtkWidget *
make_save (JnReceiptPage *self)
{
  GtkWidget *link = jn_link_new (_("Save as PDF …"));

  g_signal_connect (link, "clicked", G_CALLBACK (save_cb), self);
  return link;
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
  self->print_card = jn_card_new_beside (_("Paper"), make_save (self));
  jn_pack (left, self->print_card);
  self->slot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_pack_start (GTK_BOX (left), self->slot, FALSE, FALSE, 0);
  jn_pack (left, self->rating);
  gtk_box_pack_start (GTK_BOX (columns), left, TRUE, TRUE, 0);
  gtk_widget_show (left);
  jn_pack_end (columns, make_paper (self));
  jn_pack (content, title);
  jn_pack (content, columns);
  jn_page_set_next_label (JN_PAGE (self), _("Finish the visit"));
}

GtkWidget *
jn_receipt_page_new (JnVisit *visit, JnPrints *prints)
{
  JnReceiptPage *self = g_object_new (JN_TYPE_RECEIPT_PAGE, NULL);
  JnReceipt *receipt = jn_visit_get_receipt (visit);

  self->visit = g_object_ref (visit);
  self->prints = g_object_ref (prints);
  self->receipt = g_object_ref (receipt);
  self->print = jn_print_view_new (prints);
  jn_print_view_set_offers_copy (JN_PRINT_VIEW (self->print), TRUE);
  jn_pack (self->print_card, self->print);
  gtk_widget_set_visible (self->rating, jn_visit_may_rate (visit));
  if (jn_visit_may_rate (visit))
    jn_page_add_actions (JN_PAGE (self), rating_actions, G_N_ELEMENTS (rating_actions));
  g_signal_connect_swapped (receipt, "notify::seal", G_CALLBACK (show_paper), self);
  g_signal_connect_swapped (prints, "items-changed", G_CALLBACK (show_print), self);
  g_signal_connect (prints, "changed", G_CALLBACK (on_prints_changed_cb), self);
  show_receipt (self);
  show_print (self);
  return GTK_WIDGET (self);
}
