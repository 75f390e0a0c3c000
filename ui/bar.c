/* bar.c: follows the properties of the page on the screen. */
#include "ui/bar.h"

#include <glib/gi18n.h>

#include "ui/measure.h"
#include "ui/review-page.h"
#include "ui/widgets.h"

#define MOST_ACROSS 1180 /* as a page */

struct _JnBar
{
  GtkBin parent;

  GtkWidget *again; /* of the visit: what was signed is to be signed again */
  GtkWidget *row;
  GtkWidget *back;
  GtkWidget *save;
  GtkWidget *note;
  GtkWidget *side;
  GtkWidget *next;
  JnPage *page;
  JnVisit *visit; /* (nullable) */
  gboolean narrow;
  gboolean has_side;
};

G_DEFINE_TYPE (JnBar, jn_bar, GTK_TYPE_BIN)

static char *
note_text (JnPage *page, gboolean narrow)
{
  guint problems = jn_page_get_problems (page);
  const char *note = narrow ? NULL : jn_page_get_note (page);
  g_autofree char *mend = NULL;

  if (problems > 0)
    mend = g_strdup_printf (ngettext ("%u to mend", "%u to mend", problems), problems);
  if (mend != NULL && note != NULL)
    return g_strdup_printf ("%s · %s", mend, note);
  return mend != NULL ? g_steal_pointer (&mend) : g_strdup (note != NULL ? note : "");
}

static GtkWidget *
add_button (JnBar *self,
            const char *label,
            const char *key,
            const char *classes,
            const char *action,
            gboolean at_end)
{
  GtkWidget *button = jn_button_new (label, self->narrow ? NULL : key, classes);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (at_end)
    jn_pack_end (self->row, button);
  else
    jn_pack (self->row, button);
  return button;
}

static void
build (JnBar *self)
{
  jn_empty (self->row);
  self->back = add_button (self, _("Back"), "Alt ←", "act", "win.back", FALSE);
  self->save = add_button (self, _("Save for later"), "Ctrl S", "act", "win.save", FALSE);
  self->next = add_button (self, "", "Ctrl ↵", "primary", "win.next", TRUE);
  self->side = add_button (self, _("Papers and fees"), "Alt P", "act", "win.side", TRUE);
  jn_button_ellipsize (self->next);
  self->note = jn_text_new (NULL, "small");
  gtk_widget_set_visible (self->side, self->narrow && self->has_side);
  gtk_label_set_width_chars (GTK_LABEL (self->note), 12);
  gtk_label_set_justify (GTK_LABEL (self->note), GTK_JUSTIFY_RIGHT);
  gtk_label_set_xalign (GTK_LABEL (self->note), 1);
  gtk_box_pack_end (GTK_BOX (self->row), self->note, TRUE, TRUE, 0);
  gtk_widget_show (self->note);
}

static void
refresh (JnBar *self)
{
  const char *next = jn_page_get_next_label (self->page);
  const char *back = jn_page_get_back_label (self->page);
  g_autofree char *note = note_text (self->page, self->narrow);

  gtk_widget_set_visible (GTK_WIDGET (self), next != NULL || back != NULL);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (self->next == NULL)
    build (self);
  gtk_widget_set_visible (self->next, next != NULL);
  gtk_widget_set_visible (self->back, back != NULL);
  gtk_widget_set_visible (self->save, jn_page_get_saves (self->page));
  if (next != NULL)
    jn_button_set_label (self->next, next);
  if (back != NULL)
    jn_button_set_label (self->back, back);
  jn_label_set (self->note, note);
  gtk_widget_set_sensitive (self->next, jn_page_get_ready (self->page));
}

static void
focus_next (JnBar *self)
{
  if (self->next != NULL)
    gtk_widget_grab_focus (self->next);
}

static void
drop_page (JnBar *self)
{
  if (self->page != NULL)
    g_signal_handlers_disconnect_by_data (self->page, self);
  g_clear_object (&self->page);
}

static void
drop_visit (JnBar *self)
{
  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_clear_object (&self->visit);
}

/* On whichever page the clerk is when it happens; the review says so itself, where it is signed. */
static void
show_again (JnBar *self)
{
  gboolean again = self->visit != NULL && !JN_IS_REVIEW_PAGE (self->page)
                   && jn_visit_is_signature_outdated (self->visit);

  if (again == gtk_widget_get_visible (self->again))
    return;
  gtk_widget_set_visible (self->again, again);
  if (again)
    jn_announce (self->again);
}

static void
jn_bar_dispose (GObject *object)
{
  drop_page (JN_BAR (object));
  drop_visit (JN_BAR (object));
  G_OBJECT_CLASS (jn_bar_parent_class)->dispose (object);
}

static void
jn_bar_class_init (JnBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_bar_dispose;
}

static void
jn_bar_init (JnBar *self)
{
  GtkWidget *edge = jn_box_new (GTK_ORIENTATION_VERTICAL, 0, "bar");
  GtkWidget *measure = jn_measure_new (MOST_ACROSS);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  self->again = jn_text_new (NULL, "notice soon");
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  jn_set_role (self->again, ATK_ROLE_ALERT);
  gtk_widget_set_no_show_all (self->again, TRUE);
  gtk_widget_hide (self->again);
  gtk_box_pack_start (GTK_BOX (lines), self->again, FALSE, FALSE, 0);
  jn_pack (lines, self->row);
  gtk_container_add (GTK_CONTAINER (measure), lines);
  jn_pack (edge, measure);
  gtk_container_add (GTK_CONTAINER (self), edge);
  gtk_widget_show_all (edge);
}

void
jn_bar_set_page (JnBar *self, JnPage *page)
{
  drop_page (self);
  jn_empty (self->row);
  self->next = NULL;
  self->page = page != NULL ? g_object_ref (page) : NULL;
  show_again (self);
  if (page == NULL)
    {
      gtk_widget_hide (GTK_WIDGET (self));
      return;
    }
  g_signal_connect_swapped (page, "notify", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (page, "focus-next", G_CALLBACK (focus_next), self);
  refresh (self);
}

void
jn_bar_set_visit (JnBar *self, JnVisit *visit)
{
  drop_visit (self);
  self->visit = visit != NULL ? g_object_ref (visit) : NULL;
  jn_label_set (self->again,
                _("What was signed has changed since. Have it signed again at the review."));
  if (visit != NULL)
    g_signal_connect_swapped (visit, "changed", G_CALLBACK (show_again), self);
  show_again (self);
}

void
jn_bar_set_narrow (JnBar *self, gboolean narrow)
{
  gboolean focused = self->next != NULL && gtk_widget_has_focus (self->next);

  self->narrow = narrow;
  if (self->page == NULL)
    return;
  self->next = NULL; /* made again, with or without keys */
  refresh (self);
  if (focused)
    focus_next (self);
}

void
jn_bar_set_has_side (JnBar *self, gboolean has_side)
{
  self->has_side = has_side;
  if (self->next != NULL)
    gtk_widget_set_visible (self->side, self->narrow && has_side);
}
