/* printers-page.c: this counter's printers: how they stand, what they are sent, a test; papers again; the day's paper. */
#include "ui/printers-page.h"

#include <glib/gi18n.h>

#include "app/paper-report.h"
#include "app/papers/test-document.h"
#include "app/reprint.h"
#include "app/text.h"
#include "ui/look.h"
#include "ui/print-words.h"
#include "ui/printer-editor.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define PICTURE_SIZE 44
#define NOT_SET_UP 0.35 /* how much of its picture is seen */
#define REPORT_WIDTH 340
#define MOST_LINES 12 /* of what does not match */

struct _JnPrintersPage
{
  JnPage parent;

  GtkWidget *server;
  GtkWidget *uses_card;
  GtkWidget *uses;
  GtkWidget *editor;
  GtkWidget *number;
  GtkWidget *again;
  GtkWidget *again_state;
  GtkWidget *report_card;
  GtkWidget *report;

  JnSession *session;
  JnPrints *prints;
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnPrintersPage, jn_printers_page, JN_TYPE_PAGE)

/* -- the printers -- */

static void
edit (JnPrintersPage *self, const char *use)
{
  gtk_widget_show (self->editor);
  gtk_widget_hide (self->uses_card); /* the editor stands in its place, whole on the screen */
  jn_printer_editor_edit (JN_PRINTER_EDITOR (self->editor), use,
                          jn_prints_get_use (self->prints, use).profile,
                          jn_prints_get_printers (self->prints));
}

static void
edit_cb (GtkButton *button, JnPrintersPage *self)
{
  edit (self, g_object_get_data (G_OBJECT (button), "use"));
}

/* A profile that is being tried is the use's own for one print. */
static void
print_test (JnPrintersPage *self, const char *use, const JnPrinterProfile *profile)
{
  JnPrintOrder order = { .kind = "test", .title = profile->queue };
  g_autoptr (JnDocument) document
             = jn_test_document_new (profile, jn_session_get_terminal (self->session));

  jn_prints_print_on (self->prints, document, &order, use, profile);
  jn_page_say (JN_PAGE (self), _("The test page is on its way. The header tells how it goes."));
}

static void
test_cb (GtkButton *button, JnPrintersPage *self)
{
  const char *use = g_object_get_data (G_OBJECT (button), "use");
  const JnPrinterProfile *profile = jn_prints_get_use (self->prints, use).profile;

  if (profile != NULL)
    print_test (self, use, profile);
}

static GtkWidget *
make_use_button (JnPrintersPage *self, const char *use, const char *label, GCallback callback)
{
  GtkWidget *button = jn_button_new (label, NULL, "act");
  g_autofree char *name = g_strdup_printf ("%s: %s", jn_words_use (use), label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  jn_set_name (button, name);
  g_object_set_data (G_OBJECT (button), "use", (gpointer)use);
  g_signal_connect (button, "clicked", callback, self);
  return button;
}

static char *
describe_queue (const JnPrinterUse *use)
{
  const char *model = use->printer != NULL ? use->printer->model : use->profile->model;
  const char *paper = jn_words_paper_size (use->profile->paper);

  if (model == NULL || *model == '\0')
    return g_strdup_printf ("%s · %s", use->profile->queue, paper);
  return g_strdup_printf ("%s · %s · %s", use->profile->queue, model, paper);
}

static const char *
picture_of_use (const JnPrinterUse *use)
{
  const char *picture = use->printer != NULL ? jn_picture_printer (use->printer->reasons) : NULL;

  if (picture != NULL)
    return picture;
  if (use->profile != NULL && use->fit != JN_PRINTER_FITS)
    return "jn-print-other-symbolic";
  return "jn-print-printing-symbolic";
}

static void
add_state (JnPrintersPage *self, GtkWidget *words, const JnPrinterUse *use)
{
  g_autofree char *advice = use->printer != NULL ? jn_words_printer (use->printer->reasons) : NULL;
  gboolean known = jn_prints_get_printers (self->prints) != NULL;

  if (use->printer != NULL)
    jn_pack (words, jn_text_new (jn_words_printer_state (use->printer), "small"));
  if (advice != NULL && *advice != '\0')
    jn_pack (words, jn_text_new (advice, NULL));
  if (known && use->fit != JN_PRINTER_FITS)
    jn_pack (words, jn_text_new (jn_words_fit (use->fit), "notice soon"));
}

static GtkWidget *
make_use_row (JnPrintersPage *self, const char *name)
{
  JnPrinterUse use = jn_prints_get_use (self->prints, name);
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 14, "row");
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *picture = jn_icon_new (picture_of_use (&use), PICTURE_SIZE);
  g_autofree char *queue = use.profile != NULL ? describe_queue (&use) : NULL;

  jn_add_classes (picture, "print-picture");
  gtk_widget_set_valign (picture, GTK_ALIGN_START);
  jn_pack (row, picture);
  jn_pack (words, jn_text_new (jn_words_use (name), "strong"));
  gtk_widget_set_opacity (picture, queue != NULL ? 1 : NOT_SET_UP);
  jn_pack (words, jn_text_new (queue != NULL
                                   ? queue
                                   : _("No printer is set up."), queue != NULL ? NULL : "soft"));
  if (use.profile != NULL)
    add_state (self, words, &use);
  gtk_box_pack_start (GTK_BOX (row), words, TRUE, TRUE, 0);
  jn_pack_end (row, make_use_button (self, name, _("Set up"), G_CALLBACK (edit_cb)));
  if (use.profile != NULL)
    jn_pack_end (row, make_use_button (self, name, _("Test page"), G_CALLBACK (test_cb)));
  gtk_widget_show (words);
  return row;
}

static char *
describe_server (JnPrintersPage *self)
{
  const GError *error = jn_prints_get_server_error (self->prints);
  GPtrArray *printers = jn_prints_get_printers (self->prints);

  if (error != NULL)
    return g_strdup (
        _("The print server does not answer. Printing waits until it does; tell the help desk."));
  if (printers == NULL)
    return g_strdup (_("Looking for printers …"));
  if (printers->len == 0)
    return g_strdup (
        _("The print server knows no printer. The help desk sets one up there first."));
  return g_strdup_printf (ngettext ("The print server knows %u printer.",
                                    "The print server knows %u printers.", printers->len),
                          printers->len);
}

/* Which of the buttons has the keyboard, so that it stays there when the rows are made again. */
static char *
find_focus (JnPrintersPage *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
  GtkWidget *focus = GTK_IS_WINDOW (window) ? gtk_window_get_focus (GTK_WINDOW (window)) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->uses))
    return NULL;
  return g_strdup (atk_object_get_name (gtk_widget_get_accessible (focus)));
}

static void
focus_named_cb (GtkWidget *widget, gpointer name)
{
  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (atk_object_get_name (gtk_widget_get_accessible (widget)), name) == 0)
    gtk_widget_grab_focus (widget);
  else if (GTK_IS_CONTAINER (widget) && !GTK_IS_BUTTON (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), focus_named_cb, name);
}

static void
show_printers (JnPrintersPage *self)
{
  const char *const *uses = jn_prints_list_uses ();
  g_autofree char *words = describe_server (self);
  g_autofree char *focus = find_focus (self);

  jn_label_set (self->server, words);
  jn_empty (self->uses);
  for (guint i = 0; uses[i] != NULL; i++)
    jn_pack (self->uses, make_use_row (self, uses[i]));
  if (focus != NULL)
    gtk_container_foreach (GTK_CONTAINER (self->uses), focus_named_cb, focus);
}

/* -- setting one up -- */

static void
close_editor (JnPrintersPage *self)
{
  gtk_widget_hide (self->editor);
  gtk_widget_show (self->uses_card);
  gtk_widget_child_focus (self->uses, GTK_DIR_TAB_FORWARD);
}

static void
keep (JnPrintersPage *self, const JnPrinterProfile *profile)
{
  const char *use = jn_printer_editor_get_use (JN_PRINTER_EDITOR (self->editor));
  g_autoptr (GError) error = NULL;
  gboolean kept
      = jn_settings_set_printer (jn_session_get_settings (self->session), use, profile, &error);

  jn_page_say (JN_PAGE (self), kept ? _("Saved at this terminal.")
                                    : _("It holds until the program ends: the terminal's folder "
                                        "cannot be written. Tell the help desk."));
  close_editor (self);
  show_printers (self);
}

static void
on_editor_save_cb (JnPrinterEditor *editor, JnPrintersPage *self)
{
  g_autoptr (JnPrinterProfile) profile = jn_printer_editor_get_profile (editor);

  if (profile != NULL)
    keep (self, profile);
}

static void
on_editor_remove_cb (JnPrinterEditor *editor, JnPrintersPage *self)
{
  keep (self, NULL);
}

static void
on_editor_test_cb (JnPrinterEditor *editor, JnPrintersPage *self)
{
  g_autoptr (JnPrinterProfile) profile = jn_printer_editor_get_profile (editor);

  if (profile != NULL)
    print_test (self, jn_printer_editor_get_use (editor), profile);
}

/* -- a paper again -- */

static void
reprinted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPrintersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnPrint) print = jn_reprint_finish (result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->again, TRUE);
  if (print != NULL)
    words = g_strdup (_("It is on its way, marked as a copy. The header tells how it goes."));
  else
    words = jn_words_error (error);
  jn_label_set (self->again_state, words);
  gtk_widget_show (self->again_state);
  jn_announce (self->again_state);
}

static void
again_cb (GtkWidget *widget, JnPrintersPage *self)
{
  g_autofree char *number = g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (self->number))));

  if (*number == '\0')
    {
      gtk_widget_grab_focus (self->number);
      return;
    }
  gtk_widget_set_sensitive (self->again, FALSE);
  jn_reprint_async (self->prints, self->session, number, "receipt", self->cancellable, reprinted_cb,
                    g_object_ref (self));
}

static GtkWidget *
make_again_card (JnPrintersPage *self)
{
  GtkWidget *card = jn_card_new (_("Print a paper again"));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = jn_text_new (_("The number that stands on it: of a receipt, a ticket, a slip; from any counter of this branch."),
                                     "small");

  self->number = gtk_entry_new ();
  self->again = jn_button_new (_("Print a copy"), NULL, "act");
  self->again_state = jn_text_new (NULL, NULL);
  gtk_widget_set_no_show_all (self->again_state, TRUE);
  jn_label_for (label, self->number);
  jn_set_name (self->number, _("Number of the paper"));
  g_signal_connect (self->number, "activate", G_CALLBACK (again_cb), self);
  g_signal_connect (self->again, "clicked", G_CALLBACK (again_cb), self);
  gtk_box_pack_start (GTK_BOX (row), self->number, TRUE, TRUE, 0);
  gtk_widget_show (self->number);
  jn_pack (row, self->again);
  jn_pack (card, label);
  jn_pack (card, row);
  gtk_box_pack_start (GTK_BOX (card), self->again_state, FALSE, FALSE, 0);
  return card;
}

/* -- the day's paper -- */

static void
add_count (JnPrintersPage *self, const char *label, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);

  jn_pack (self->report, jn_pair_new (label, number));
}

static void
add_mismatch (JnPrintersPage *self, const JnPaperMismatch *mismatch)
{
  GtkWidget *box = jn_box_new (GTK_ORIENTATION_VERTICAL, 0, "row");
  g_autofree char *clock
      = jn_text_format_clock (mismatch->since, jn_session_get_zone (self->session));
  g_autofree char *counter
      = mismatch->counter > 0 ? g_strdup_printf (_("Counter %d"), mismatch->counter)
                              : g_strdup ("");
  g_autofree char *where = g_strdup_printf ("%s · %s%s%s", mismatch->number, clock,
                                            *counter != '\0' ? " · " : "", counter);

  jn_pack (box, jn_text_new (jn_words_mismatch (mismatch->what), "strong"));
  jn_pack (box, jn_text_new (where, "small number"));
  jn_pack (self->report, box);
}

static void
add_mismatches (JnPrintersPage *self, GPtrArray *mismatches)
{
  g_autofree char *more = NULL;

  if (mismatches->len == 0)
    jn_pack (self->report, jn_text_new (_("Everything matches."), "notice"));
  for (guint i = 0; i < mismatches->len && i < MOST_LINES; i++)
    add_mismatch (self, mismatches->pdata[i]);
  if (mismatches->len <= MOST_LINES)
    return;
  more = g_strdup_printf (ngettext ("… and %u more", "… and %u more", mismatches->len - MOST_LINES),
                          mismatches->len - MOST_LINES);
  jn_pack (self->report, jn_text_new (more, "small"));
}

static void
reported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPrintersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnPaperReport) report = jn_paper_report_ask_finish (result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  jn_empty (self->report);
  if (report == NULL)
    {
      words = jn_words_error (error);
      jn_pack (self->report, jn_text_new (words, NULL));
      return;
    }
  add_count (self, _("Receipts accepted"), report->committed);
  add_count (self, _("sealed"), report->sealed);
  add_count (self, _("printed"), report->printed);
  add_count (self, _("confirmed by a clerk"), report->confirmed);
  add_count (self, _("copies"), report->copies);
  add_count (self, _("results collected"), report->collected);
  add_mismatches (self, report->mismatches);
}

static void
ask_report (JnPrintersPage *self)
{
  gboolean may = jn_session_has_role (self->session, "supervisor")
                 || jn_session_has_role (self->session, "head_office");

  gtk_widget_set_visible (self->report_card, may);
  if (may)
    jn_paper_report_ask_async (self->session, NULL, self->cancellable, reported_cb,
                               g_object_ref (self));
}

/* -- the page -- */

/* A paper is printed again more often than a printer is set up, and Enter there prints no test page. */
static void
focus_usual (JnPrintersPage *self)
{
  if (jn_prints_get_use (self->prints, "receipt").profile != NULL)
    gtk_widget_grab_focus (self->number);
  else
    gtk_widget_child_focus (self->uses, GTK_DIR_TAB_FORWARD);
}

static void
jn_printers_page_shown (JnPage *page)
{
  JnPrintersPage *self = JN_PRINTERS_PAGE (page);

  jn_prints_watch (self->prints, 5);
  show_printers (self);
  ask_report (self);
  if (!gtk_widget_get_visible (self->editor))
    focus_usual (self);
}

/* Built again in another language, the page shows what was being set up. */
static GVariant *
jn_printers_page_keep (JnPage *page)
{
  JnPrintersPage *self = JN_PRINTERS_PAGE (page);

  if (!gtk_widget_get_visible (self->editor))
    return NULL;
  return g_variant_new_string (jn_printer_editor_get_use (JN_PRINTER_EDITOR (self->editor)));
}

static void
jn_printers_page_take (JnPage *page, GVariant *kept)
{
  edit (JN_PRINTERS_PAGE (page), g_variant_get_string (kept, NULL));
}

static gboolean
jn_printers_page_search (JnPage *page)
{
  gtk_widget_grab_focus (JN_PRINTERS_PAGE (page)->number);
  return TRUE;
}

static void
jn_printers_page_dispose (GObject *object)
{
  JnPrintersPage *self = JN_PRINTERS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->prints != NULL)
    g_signal_handlers_disconnect_by_data (self->prints, self);
  g_clear_object (&self->prints);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_printers_page_parent_class)->dispose (object);
}

static void
jn_printers_page_finalize (GObject *object)
{
  g_object_unref (JN_PRINTERS_PAGE (object)->cancellable);
  G_OBJECT_CLASS (jn_printers_page_parent_class)->finalize (object);
}

static void
jn_printers_page_class_init (JnPrintersPageClass *klass)
{
  JnPageClass *page_class = JN_PAGE_CLASS (klass);

  jn_look_load_icons ();
  G_OBJECT_CLASS (klass)->dispose = jn_printers_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_printers_page_finalize;
  page_class->shown = jn_printers_page_shown;
  page_class->search = jn_printers_page_search;
  page_class->keep = jn_printers_page_keep;
  page_class->take = jn_printers_page_take;
}

static GtkWidget *
make_left (JnPrintersPage *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  self->uses_card = jn_card_new (_("Printers of this counter"));
  self->server = jn_text_new (NULL, "small");
  self->uses = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->editor = jn_printer_editor_new ();
  g_signal_connect (self->editor, "save", G_CALLBACK (on_editor_save_cb), self);
  g_signal_connect (self->editor, "test", G_CALLBACK (on_editor_test_cb), self);
  g_signal_connect (self->editor, "forget", G_CALLBACK (on_editor_remove_cb), self);
  g_signal_connect_swapped (self->editor, "closed", G_CALLBACK (close_editor), self);
  jn_pack (self->uses_card, self->server);
  jn_pack (self->uses_card, self->uses);
  jn_pack (left, self->uses_card);
  gtk_box_pack_start (GTK_BOX (left), self->editor, FALSE, FALSE, 0);
  jn_pack (left, make_again_card (self));
  gtk_widget_show (left);
  return left;
}

static void
jn_printers_page_init (JnPrintersPage *self)
{
  GtkWidget *content = GTK_WIDGET (jn_page_get_content (JN_PAGE (self)));
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *title = jn_text_new (_("Printers"), "title");

  self->cancellable = g_cancellable_new ();
  self->report_card = jn_card_new (_("Today's receipts on paper"));
  self->report = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_size_request (self->report_card, REPORT_WIDTH, -1);
  gtk_widget_set_valign (self->report_card, GTK_ALIGN_START);
  jn_pack (self->report_card, self->report);
  jn_set_role (title, ATK_ROLE_HEADING);
  gtk_box_pack_start (GTK_BOX (columns), make_left (self), TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (columns), self->report_card, FALSE, FALSE, 0);
  jn_pack (content, title);
  jn_pack (content, columns);
}

GtkWidget *
jn_printers_page_new (JnSession *session, JnPrints *prints)
{
  JnPrintersPage *self = g_object_new (JN_TYPE_PRINTERS_PAGE, NULL);

  self->session = g_object_ref (session);
  self->prints = g_object_ref (prints);
  g_signal_connect_swapped (prints, "printers", G_CALLBACK (show_printers), self);
  show_printers (self);
  return GTK_WIDGET (self);
}
