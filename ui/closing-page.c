/* closing-page.c: the close of the day: its report, and the slips with which papers go to the departments. */
#include "ui/closing-page.h"

#include <glib/gi18n.h>

#include "app/catalogue.h"
#include "app/closing.h"
#include "ui/language.h"
#include "ui/paper-view.h"
#include "ui/widgets.h"

#define PAPER_WIDTH 360

struct _JnClosingPage
{
  JnPage parent;

  GtkWidget *scope;
  GtkWidget *piles;
  GtkWidget *paper;
  GtkWidget *paper_title;

  JnSession *session;
  JnPrints *prints;
  JnClosing *closing;
  GCancellable *cancellable;
  gboolean shows_slip;
  char *department; /* (nullable): of the slip that is shown; none: to the next clerk */
};

G_DEFINE_TYPE (JnClosingPage, jn_closing_page, JN_TYPE_PAGE)

static const char *
name_department (JnClosingPage *self, const char *code)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (self->session);
  const char *name = jn_catalogue_get_department_name (catalogue, code, jn_language_get ()->tag);

  return name != NULL ? name : code;
}

/* -- the paper as it would be printed -- */

static char *
title_paper (JnClosingPage *self)
{
  if (!self->shows_slip)
    return g_strdup (_("Day report"));
  /* TRANSLATORS: the hand-over slip for that department */
  if (self->department != NULL)
    return g_strdup_printf (_("Hand-over slip: %s"), name_department (self, self->department));
  return g_strdup (_("Hand-over slip: next clerk"));
}

static void
show_paper (JnClosingPage *self)
{
  const char *language = jn_language_get ()->tag;
  g_autofree char *title = title_paper (self);
  g_autoptr (JnDocument) document = NULL;

  if (!jn_closing_is_known (self->closing))
    return;
  document = self->shows_slip ? jn_closing_make_slip (self->closing, self->department, language)
                              : jn_closing_make_report (self->closing, language);
  jn_label_set (self->paper_title, title);
  jn_set_name (self->paper, title);
  jn_paper_view_set_document (
      JN_PAPER_VIEW (self->paper), document,
      jn_prints_get_use (self->prints, jn_closing_find_use (self->closing)).profile, JN_PAPER_A4,
      NULL);
}

static void
show_report_cb (GtkButton *button, JnClosingPage *self)
{
  self->shows_slip = FALSE;
  show_paper (self);
  jn_announce (self->paper_title);
}

static const char *
department_of (GtkButton *button)
{
  return g_object_get_data (G_OBJECT (button), "department");
}

static void
show_slip_cb (GtkButton *button, JnClosingPage *self)
{
  g_autofree char *before = self->department;

  self->department = g_strdup (department_of (button));
  self->shows_slip = TRUE;
  show_paper (self);
  jn_announce (self->paper_title);
}

/* -- printing -- */

static void show_piles (JnClosingPage *self);

static void
handed_over_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnClosingPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = jn_closing_hand_over_finish (JN_CLOSING (source), result, &error);
  g_autofree char *words = NULL;

  if (number == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_piles (self); /* to be pressed again */
      jn_page_say_error (JN_PAGE (self), error);
      return;
    }
  words
      = g_strdup_printf (_("Slip %s goes to the printer. The header tells how it goes."), number);
  jn_page_say (JN_PAGE (self), words);
}

static void
print_slip_cb (GtkButton *button, JnClosingPage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE); /* the list is made anew */
  jn_page_say (JN_PAGE (self), NULL);
  jn_closing_hand_over_async (self->closing, self->prints, department_of (button),
                              jn_language_get ()->tag, self->cancellable, handed_over_cb,
                              g_object_ref (self));
}

static void
jn_closing_page_next (JnPage *page)
{
  JnClosingPage *self = JN_CLOSING_PAGE (page);

  if (!jn_closing_is_known (self->closing))
    return;
  jn_closing_print_report (self->closing, self->prints, jn_language_get ()->tag);
  jn_page_say (page, _("The report goes to the printer. The header tells how it goes."));
}

/* -- what lies here -- */

static GtkWidget *
make_act (JnClosingPage *self,
          const char *label,
          const char *of,
          const char *department,
          GCallback clicked)
{
  GtkWidget *button = jn_button_new (label, NULL, "act small-act");
  g_autofree char *name = g_strdup_printf ("%s: %s", of, label);

  jn_set_name (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "department", g_strdup (department), g_free);
  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

/* @department: (nullable): to the next clerk */
static void
add_pile (JnClosingPage *self, const char *department, guint n_applications, guint n_papers)
{
  const char *name = department != NULL ? name_department (self, department)
                                        : _("All of it, to the next clerk");
  g_autofree char *applications = g_strdup_printf (
      ngettext ("%u application", "%u applications", n_applications), n_applications);
  g_autofree char *papers
      = g_strdup_printf (ngettext ("%u paper", "%u papers", n_papers), n_papers);
  g_autofree char *counts = g_strdup_printf ("%s · %s", applications, papers);
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "row");
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  jn_pack (words, jn_text_new (name, "strong"));
  jn_pack (words, jn_text_new (counts, "small number"));
  gtk_box_pack_start (GTK_BOX (row), words, TRUE, TRUE, 0);
  gtk_widget_show (words);
  jn_pack_end (row,
               make_act (self, _("Print the slip"), name, department, G_CALLBACK (print_slip_cb)));
  jn_pack_end (row,
               make_act (self, C_ ("paper", "Show"), name, department, G_CALLBACK (show_slip_cb)));
  jn_pack (self->piles, row);
}

static void
show_piles (JnClosingPage *self)
{
  GPtrArray *piles = jn_closing_get_piles (self->closing);
  guint n_applications = 0, n_papers = 0;

  jn_empty (self->piles);
  for (guint i = 0; i < piles->len; i++)
    {
      const JnClosingPile *pile = piles->pdata[i];

      add_pile (self, pile->department, pile->n_applications, pile->n_papers);
      n_applications += pile->n_applications;
      n_papers += pile->n_papers;
    }
  if (piles->len > 0)
    add_pile (self, NULL, n_applications, n_papers);
  else
    jn_pack (self->piles, jn_text_new (_("Nothing lies here that has to go on."), "notice"));
}

static gboolean
is_still_there (JnClosingPage *self)
{
  GPtrArray *piles = jn_closing_get_piles (self->closing);

  for (guint i = 0; i < piles->len; i++)
    if (self->department == NULL
        || g_str_equal (((JnClosingPile *)piles->pdata[i])->department, self->department))
      return TRUE;
  return FALSE;
}

static void
on_changed_cb (JnClosing *closing, JnClosingPage *self)
{
  self->shows_slip = self->shows_slip && is_still_there (self);
  show_piles (self);
  show_paper (self);
  jn_page_set_ready (JN_PAGE (self), TRUE);
}

/* -- reading -- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnClosingPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jn_closing_refresh_finish (JN_CLOSING (source), result, &error))
    jn_page_say_error (JN_PAGE (self), error);
}

static void
read_again (JnClosingPage *self)
{
  jn_closing_refresh_async (self->closing, self->cancellable, read_cb, g_object_ref (self));
}

static void
scope_changed_cb (GtkComboBox *combo, JnClosingPage *self)
{
  const char *id = gtk_combo_box_get_active_id (combo);

  jn_closing_set_counter (self->closing, (int)g_ascii_strtoll (id, NULL, 10));
  self->shows_slip = FALSE;
  jn_page_set_ready (JN_PAGE (self), FALSE);
  read_again (self);
}

static void
jn_closing_page_shown (JnPage *page)
{
  JnClosingPage *self = JN_CLOSING_PAGE (page);

  read_again (self);
  gtk_widget_child_focus (GTK_WIDGET (jn_page_get_content (page)), GTK_DIR_TAB_FORWARD);
}

/* Built again in another language, the page shows the same counter. */
static GVariant *
jn_closing_page_keep (JnPage *page)
{
  return g_variant_new_int32 (jn_closing_get_counter (JN_CLOSING_PAGE (page)->closing));
}

static void
jn_closing_page_take (JnPage *page, GVariant *kept)
{
  g_autofree char *id = g_strdup_printf ("%d", g_variant_get_int32 (kept));
  GtkWidget *scope = JN_CLOSING_PAGE (page)->scope;

  if (scope != NULL)
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (scope), id);
}

/* -- the page -- */

static void
jn_closing_page_dispose (GObject *object)
{
  JnClosingPage *self = JN_CLOSING_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->closing != NULL)
    g_signal_handlers_disconnect_by_data (self->closing, self);
  g_clear_object (&self->closing);
  g_clear_object (&self->prints);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_closing_page_parent_class)->dispose (object);
}

static void
jn_closing_page_finalize (GObject *object)
{
  JnClosingPage *self = JN_CLOSING_PAGE (object);

  g_object_unref (self->cancellable);
  g_free (self->department);
  G_OBJECT_CLASS (jn_closing_page_parent_class)->finalize (object);
}

static void
jn_closing_page_class_init (JnClosingPageClass *klass)
{
  JnPageClass *page_class = JN_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jn_closing_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_closing_page_finalize;
  page_class->shown = jn_closing_page_shown;
  page_class->next = jn_closing_page_next;
  page_class->keep = jn_closing_page_keep;
  page_class->take = jn_closing_page_take;
}

static void
jn_closing_page_init (JnClosingPage *self)
{
  self->cancellable = g_cancellable_new ();
}

/* A supervisor chooses between this counter and the branch. */
static GtkWidget *
make_scope (JnClosingPage *self)
{
  int counter = jn_session_get_counter (self->session);
  g_autofree char *id = g_strdup_printf ("%d", counter);
  g_autofree char *here = g_strdup_printf (_("Counter %d"), counter);

  self->scope = gtk_combo_box_text_new ();
  if (counter > 0)
    gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (self->scope), id, here);
  gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (self->scope), "0", _("The whole branch"));
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->scope), 0);
  jn_set_name (jn_get_focusable (self->scope), _("Of which counter"));
  g_signal_connect (self->scope, "changed", G_CALLBACK (scope_changed_cb), self);
  return self->scope;
}

static GtkWidget *
make_report_card (JnClosingPage *self)
{
  GtkWidget *card = jn_card_new (_("Day report"));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  jn_pack (card, jn_text_new (_("Visits, applications, tickets, papers and fees of today, to be "
                                "signed. No citizen's name is in it."),
                                 "small"));
  if (jn_closing_may_see_branch (self->closing))
    jn_pack (row, make_scope (self));
  jn_pack (row, make_act (self, C_ ("paper", "Show"),
                                    _("Day report"), NULL, G_CALLBACK (show_report_cb)));
  jn_pack (card, row);
  return card;
}

static GtkWidget *
make_piles_card (JnClosingPage *self)
{
  GtkWidget *card = jn_card_new (_("Papers to hand over"));

  jn_pack (card, jn_text_new (_("Applications that were accepted here and have gone to no department yet. A "
                                "printed slip takes them off this list."),
                     "small"));
  self->piles = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  jn_pack (card, self->piles);
  return card;
}

static GtkWidget *
make_paper (JnClosingPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->paper_title = jn_text_new (NULL, "section");
  self->paper = jn_paper_view_new (PAPER_WIDTH);
  jn_pack (box, self->paper_title);
  jn_pack (box, self->paper);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  return box;
}

static void
build (JnClosingPage *self)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  jn_pack (left, make_report_card (self));
  jn_pack (left, make_piles_card (self));
  gtk_box_pack_start (GTK_BOX (columns), left, TRUE, TRUE, 0);
  gtk_widget_show (left);
  jn_pack_end (columns, make_paper (self));
  jn_pack (GTK_WIDGET (jn_page_get_content (JN_PAGE (self))), columns);
  jn_page_set_next_label (JN_PAGE (self), _("Print the day report"));
  jn_page_set_ready (JN_PAGE (self), FALSE);
}

GtkWidget *
jn_closing_page_new (JnSession *session, JnPrints *prints)
{
  JnClosingPage *self = g_object_new (JN_TYPE_CLOSING_PAGE, NULL);

  self->session = g_object_ref (session);
  self->prints = g_object_ref (prints);
  self->closing = jn_closing_new (session);
  g_signal_connect (self->closing, "changed", G_CALLBACK (on_changed_cb), self);
  build (self);
  return GTK_WIDGET (self);
}
