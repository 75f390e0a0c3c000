/* kiosk-view.c: a citizen takes a number by himself: from page to page, and back when nobody is there. */
#include "ui/kiosk/kiosk-private.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/kiosk/kiosk-pages.h"
#include "ui/language.h"
#include "ui/look.h"
#include "ui/widgets.h"

#define PATIENCE_SECONDS 60
#define DONE_SECONDS 12

G_DEFINE_TYPE (JnKioskView, jn_kiosk_view, GTK_TYPE_BIN)

/* -- beginning anew -- */

void
jn_kiosk_forget (JnKioskView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->department, g_free);
  g_clear_pointer (&self->event, g_free);
  g_clear_pointer (&self->service, g_free);
  g_clear_pointer (&self->receipt, g_free);
  g_clear_pointer (&self->estimate, jn_estimate_free);
  g_clear_pointer (&self->seal, g_free);
  g_clear_error (&self->sorry);
  g_clear_object (&self->ticket);
  self->priority = JN_PRIORITY_NONE;
  g_clear_object (&self->slip);
}

static void
begin_anew (JnKioskView *self)
{
  const char *own = jn_settings_get_language (jn_session_get_settings (self->session));

  jn_kiosk_forget (self);
  self->spoken = FALSE;
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    if (g_strcmp0 (language->tag, own) == 0)
      jn_language_set (language);
  jn_kiosk_go (self,
               jn_reception_is_emergency (self->reception) ? JN_KIOSK_EMERGENCY : JN_KIOSK_WELCOME);
}

static gboolean
idle_cb (gpointer user_data)
{
  JnKioskView *self = user_data;

  self->idle = 0;
  begin_anew (self);
  return G_SOURCE_REMOVE;
}

/* Somebody is here: the time begins again. */
void
jn_kiosk_note_touch (JnKioskView *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->page == JN_KIOSK_WELCOME || self->page == JN_KIOSK_EMERGENCY)
    return;
  self->idle = g_timeout_add_seconds (
      self->page == JN_KIOSK_DONE ? MIN (DONE_SECONDS, self->patience) : self->patience, idle_cb,
      self);
}

/* -- pieces -- */

void
jn_kiosk_add (JnKioskView *self, GtkWidget *widget)
{
  jn_pack (self->content, widget);
}

GtkWidget *
jn_kiosk_add_button (JnKioskView *self, GtkWidget *grid, GtkWidget *button, GCallback clicked)
{
  g_signal_connect (button, "clicked", clicked, self);
  if (grid != NULL)
    jn_kiosk_grid_add (grid, button);
  else
    jn_pack (self->content, button);
  if (self->first == NULL)
    self->first = button;
  return button;
}

void
jn_kiosk_in_every_language (JnKioskView *self, void (*build) (JnKioskView *self))
{
  const JnLanguage *own = jn_language_get ();

  if (self->spoken)
    {
      build (self);
      return;
    }
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      jn_language_set (language);
      build (self);
    }
  jn_language_set (own);
}

static void
anew_clicked_cb (GtkButton *button, JnKioskView *self)
{
  begin_anew (self);
}

static void
back_clicked_cb (GtkButton *button, JnKioskView *self)
{
  switch (self->page)
    {
    case JN_KIOSK_DEPARTMENT:
    case JN_KIOSK_PRIORITY:
      jn_kiosk_go (self, JN_KIOSK_CHOOSE);
      break;
    case JN_KIOSK_CONFIRM:
      jn_kiosk_go (self, self->receipt != NULL ? JN_KIOSK_CHOOSE : JN_KIOSK_PRIORITY);
      break;
    case JN_KIOSK_WELCOME:
    case JN_KIOSK_CHOOSE:
    case JN_KIOSK_DONE:
    case JN_KIOSK_SORRY:
    case JN_KIOSK_EMERGENCY:
    case JN_KIOSK_STAFF:
      begin_anew (self);
      break;
    }
}

/* Whoever has not said his language yet is told in all of them. */
static GtkWidget *
make_foot_button (JnKioskView *self, const char *icon, const char *msgid)
{
  const JnLanguage *language = jn_language_list ();
  GString *others = g_string_new (NULL);
  GtkWidget *button;

  if (self->spoken)
    language = jn_language_get ();
  else
    for (const JnLanguage *other = language + 1; other->code != NULL; other++)
      g_string_append_printf (others, "%s%s", others->len > 0 ? " · " : "",
                              jn_text (other->tag, msgid));
  button = jn_kiosk_button_new (icon, jn_text (language->tag, msgid),
                                others->len > 0 ? others->str : NULL, NULL);
  g_string_free (others, TRUE);
  return button;
}

static void
show_foot (JnKioskView *self)
{
  gboolean done = self->page == JN_KIOSK_DONE;
  GtkWidget *back;
  GtkWidget *anew;

  jn_empty (self->foot);
  gtk_widget_set_visible (self->foot,
                          self->page != JN_KIOSK_WELCOME && self->page != JN_KIOSK_EMERGENCY);
  if (!gtk_widget_get_visible (self->foot))
    return;
  back = make_foot_button (self, "go-previous-symbolic", N_ ("Back"));
  anew = done
      ? make_foot_button (self, "object-select-symbolic", N_ ("Finish"))
                          : make_foot_button (self, "view-refresh-symbolic", N_ ("Begin again"));
  g_signal_connect (back, "clicked", G_CALLBACK (back_clicked_cb), self);
  g_signal_connect (anew, "clicked", G_CALLBACK (anew_clicked_cb), self);
  if (!done)
    jn_pack (self->foot, back);
  jn_pack_end (self->foot, anew);
}

static void
build_emergency (JnKioskView *self)
{
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      GtkWidget *words
          = jn_text_new (jn_text (language->tag, N_ ("Leave the building now.")), "board-leave");

      jn_set_role (words, ATK_ROLE_ALERT);
      jn_kiosk_add (self, words);
    }
}

/* -- from page to page -- */

static void
build (JnKioskView *self)
{
  switch (self->page)
    {
    case JN_KIOSK_WELCOME:
      jn_kiosk_build_welcome (self);
      break;
    case JN_KIOSK_CHOOSE:
      jn_kiosk_build_choose (self);
      break;
    case JN_KIOSK_DEPARTMENT:
      jn_kiosk_build_department (self);
      break;
    case JN_KIOSK_PRIORITY:
      jn_kiosk_build_priority (self);
      break;
    case JN_KIOSK_CONFIRM:
      jn_kiosk_build_confirm (self);
      break;
    case JN_KIOSK_DONE:
      jn_kiosk_build_done (self);
      break;
    case JN_KIOSK_SORRY:
      jn_kiosk_build_sorry (self);
      break;
    case JN_KIOSK_EMERGENCY:
      build_emergency (self);
      break;
    case JN_KIOSK_STAFF:
      jn_kiosk_build_staff (self);
      break;
    }
}

/* Lists begin at the top; what is short stands in the middle, where the eye is. */
static gboolean
is_long (JnKioskPage page)
{
  return page == JN_KIOSK_CHOOSE || page == JN_KIOSK_DEPARTMENT;
}

void
jn_kiosk_go (JnKioskView *self, JnKioskPage page)
{
  gboolean asks = page == JN_KIOSK_CONFIRM && self->page != JN_KIOSK_CONFIRM;

  self->page = page;
  self->first = NULL;
  self->password = NULL;
  jn_empty (self->content);
  build (self);
  show_foot (self);
  jn_set_class (GTK_WIDGET (self), "board-emergency", page == JN_KIOSK_EMERGENCY);
  gtk_widget_set_valign (self->content, is_long (page) ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  if (self->first != NULL)
    gtk_widget_grab_focus (self->first);
  jn_kiosk_note_touch (self);
  if (asks)
    jn_kiosk_ask_wait (self);
}

/* -- keys and touches -- */

static gboolean
on_key_cb (GtkWidget *window, GdkEventKey *event, JnKioskView *self)
{
  return jn_kiosk_take_key (self, event);
}

static gboolean
on_touched_cb (GtkWidget *window, GdkEvent *event, JnKioskView *self)
{
  jn_kiosk_note_touch (self);
  return FALSE;
}

static gboolean
on_delete_cb (GtkWidget *window, GdkEvent *event, JnKioskView *self)
{
  return TRUE; /* nobody closes it but staff */
}

static void
on_reception_changed_cb (JnReception *reception, JnKioskView *self)
{
  gboolean emergency = jn_reception_is_emergency (reception);

  if (emergency != (self->page == JN_KIOSK_EMERGENCY))
    begin_anew (self);
}

static void
on_anchored_cb (GtkWidget *widget, GtkWidget *before, JnKioskView *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (widget);

  if (!GTK_IS_WINDOW (window) || before == window)
    return;
  gtk_widget_add_events (window, GDK_BUTTON_PRESS_MASK | GDK_TOUCH_MASK);
  g_signal_connect_object (window, "key-press-event", G_CALLBACK (on_key_cb), self, 0);
  g_signal_connect_object (window, "button-press-event", G_CALLBACK (on_touched_cb), self, 0);
  g_signal_connect_object (window, "touch-event", G_CALLBACK (on_touched_cb), self, 0);
  g_signal_connect_object (window, "delete-event", G_CALLBACK (on_delete_cb), self, 0);
}

/* -- the widget -- */

static void
jn_kiosk_view_dispose (GObject *object)
{
  JnKioskView *self = JN_KIOSK_VIEW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->reception != NULL)
    g_signal_handlers_disconnect_by_data (self->reception, self);
  if (self->cancellable != NULL)
    jn_kiosk_forget (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reception);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->prints);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_kiosk_view_parent_class)->dispose (object);
}

static void
jn_kiosk_view_finalize (GObject *object)
{
  g_string_free (JN_KIOSK_VIEW (object)->scanned, TRUE);
  G_OBJECT_CLASS (jn_kiosk_view_parent_class)->finalize (object);
}

static void
jn_kiosk_view_class_init (JnKioskViewClass *klass)
{
  jn_look_load_icons ();
  G_OBJECT_CLASS (klass)->dispose = jn_kiosk_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_kiosk_view_finalize;
}

static void
jn_kiosk_view_init (JnKioskView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller;

  self->scanned = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  self->patience = PATIENCE_SECONDS;
  self->content = jn_box_new (GTK_ORIENTATION_VERTICAL, 22, "kiosk-content");
  self->foot = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 18, "kiosk-foot");
  scroller = jn_scroll_new (self->content);
  gtk_widget_show (self->content);
  gtk_box_pack_start (GTK_BOX (box), scroller, TRUE, TRUE, 0);
  gtk_widget_show_all (scroller);
  jn_pack (box, self->foot);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self), box);
  g_signal_connect (self, "hierarchy-changed", G_CALLBACK (on_anchored_cb), self);
}

GtkWidget *
jn_kiosk_view_new (JnSession *session)
{
  JnKioskView *self = g_object_new (JN_TYPE_KIOSK_VIEW, NULL);

  self->session = g_object_ref (session);
  self->catalogue = g_object_ref (jn_session_get_catalogue (session));
  self->reception = jn_reception_new (session);
  self->prints = jn_prints_new (session);
  g_signal_connect (self->reception, "changed", G_CALLBACK (on_reception_changed_cb), self);
  jn_reception_refresh_async (self->reception, NULL, NULL, NULL);
  jn_prints_recover (self->prints);
  begin_anew (self);
  return GTK_WIDGET (self);
}

void
jn_kiosk_view_set_patience (JnKioskView *self, guint seconds)
{
  self->patience = seconds;
}
