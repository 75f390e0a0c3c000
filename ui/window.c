/* window.c: the frame: which page is on the screen, and what stands around it. */
#include "ui/window.h"

#include <glib/gi18n.h>

#include "app/slip.h"
#include "ui/ask.h"
#include "ui/bar.h"
#include "ui/composing.h"
#include "ui/desk/visit-services.h"
#include "ui/header.h"
#include "ui/help.h"
#include "ui/keyboard.h"
#include "ui/keys.h"
#include "ui/language.h"
#include "ui/look.h"
#include "ui/measure.h"
#include "ui/nav.h"
#include "ui/places.h"
#include "ui/print-actions.h"
#include "ui/rail.h"
#include "ui/reception/slip-watch.h"
#include "ui/side.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define NARROW_BELOW 1000 /* pixels at the usual text size */
#define PRINTER_WATCH_SECONDS 10

struct _JnWindow
{
  GtkApplicationWindow parent;

  JnHeader *header;
  JnNav *nav;
  JnRail *rail;
  JnSide *side;
  JnVisitServices *services;
  JnBar *bar;
  GtkWidget *scroller;
  GtkWidget *pages;

  JnPlaceParts parts;
  JnPage *built[JN_N_PLACES];
  GVariant *kept[JN_N_PLACES]; /* of pages that are built again when they are next shown */
  JnPlace place;
  guint idle;
  guint reflow;
  guint warm_up; /* printing begins when the desk is painted */
  guint held;    /* the key that is down since its last press; 0: none */
  gboolean narrow;
  gboolean side_open;
};

G_DEFINE_TYPE (JnWindow, jn_window, GTK_TYPE_APPLICATION_WINDOW)

static void show (JnWindow *self, JnPlace place);

/* -- pages -- */

static void
forget_page (JnWindow *self, JnPlace place)
{
  g_clear_pointer (&self->kept[place], g_variant_unref);
  if (self->built[place] == NULL)
    return;
  if (place == self->place)
    jn_bar_set_page (self->bar, NULL);
  gtk_widget_destroy (GTK_WIDGET (self->built[place]));
  self->built[place] = NULL;
}

/* What was typed is kept now, and not in the half second after which it would be: the visit may be gone by then. */
static void
keep_answers (JnWindow *self)
{
  if (self->parts.visit != NULL)
    jn_visit_save_async (self->parts.visit, NULL, NULL, NULL);
}

/* What stands around the pages. */
static void
show_visit (JnWindow *self, JnVisit *visit)
{
  jn_rail_set_visit (self->rail, visit);
  jn_side_set_visit (self->side, visit);
  jn_header_set_visit (self->header, visit);
  jn_bar_set_visit (self->bar, visit);
  jn_visit_services_set (self->services, visit, self->parts.queue);
}

static void
forget_visit (JnWindow *self)
{
  for (JnPlace place = JN_PLACE_FIRST_STEP; place < JN_N_PLACES; place++)
    forget_page (self, place);
  show_visit (self, NULL);
  keep_answers (self);
  g_clear_object (&self->parts.visit);
}

static void
begin_visit (JnWindow *self, JnVisit *visit)
{
  JnStage stage = CLAMP (jn_visit_get_stage (visit), JN_STAGE_IDENTIFY, JN_STAGE_RECEIPT);

  forget_visit (self);
  self->parts.visit = g_object_ref (visit);
  jn_visit_set_form_language (visit, jn_language_get ()->tag);
  show_visit (self, visit);
  show (self, jn_place_of_stage (stage));
}

static void
on_page_visit_cb (JnPage *page, JnVisit *visit, JnWindow *self)
{
  begin_visit (self, visit);
}

static void
on_page_go_cb (JnPage *page, int place, JnWindow *self)
{
  jn_window_go (self, (JnPlace)place);
}

static void
on_page_mend_cb (JnPage *page, const JnProblem *problem, JnWindow *self)
{
  jn_window_go (self, jn_place_of_stage (problem->stage));
  jn_page_mend (self->built[self->place], problem);
}

static void
on_page_moved_cb (JnPage *page, guint at, guint of, JnWindow *self)
{
  jn_rail_set_form (self->rail, at, of);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

/* The print thread, what this terminal began before, and how its printers stand. */
static void
ensure_prints (JnWindow *self)
{
  g_clear_handle_id (&self->warm_up, g_source_remove);
  if (self->parts.prints != NULL)
    return;
  self->parts.prints = jn_prints_new (self->parts.session);
  jn_print_status_set_prints (jn_header_get_print_status (self->header), self->parts.prints);
  jn_prints_recover (self->parts.prints);
  jn_prints_watch (self->parts.prints, PRINTER_WATCH_SECONDS);
}

static gboolean
warm_up_cb (gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);

  self->warm_up = 0;
  ensure_prints (self);
  return G_SOURCE_REMOVE;
}

/* A desk without a printer tells the number. */
static void
on_page_slip_cb (JnPage *page, JnTicket *ticket, JnWindow *self)
{
  if (!jn_slip_has_printer (self->parts.session))
    return;
  ensure_prints (self);
  jn_slip_watch (page, jn_slip_print (self->parts.prints, self->parts.session, ticket, NULL));
}

JnPage *
jn_window_get_page (JnWindow *self, JnPlace place)
{
  g_return_val_if_fail (place < JN_N_PLACES, NULL);
  if (jn_place_prints (place))
    ensure_prints (self);
  if (self->built[place] != NULL || !jn_place_is_open (place, &self->parts))
    return self->built[place];
  self->built[place] = JN_PAGE (jn_place_make_page (place, &self->parts));
  gtk_container_add (GTK_CONTAINER (self->pages), GTK_WIDGET (self->built[place]));
  g_signal_connect (self->built[place], "go", G_CALLBACK (on_page_go_cb), self);
  g_signal_connect (self->built[place], "mend", G_CALLBACK (on_page_mend_cb), self);
  g_signal_connect (self->built[place], "visit", G_CALLBACK (on_page_visit_cb), self);
  g_signal_connect (self->built[place], "moved", G_CALLBACK (on_page_moved_cb), self);
  g_signal_connect (self->built[place], "slip", G_CALLBACK (on_page_slip_cb), self);
  gtk_widget_show (GTK_WIDGET (self->built[place]));
  if (self->kept[place] != NULL)
    jn_page_take (self->built[place], self->kept[place]);
  g_clear_pointer (&self->kept[place], g_variant_unref);
  return self->built[place];
}

static void
arrange (JnWindow *self)
{
  gboolean open = jn_session_get_state (self->parts.session) == JN_SESSION_OPEN;
  gboolean visiting = open && jn_place_is_step (self->place);
  gboolean has_side = visiting && self->place >= JN_PLACE_FORMS && self->place < JN_PLACE_REVIEW;

  gtk_widget_set_visible (GTK_WIDGET (self->nav),
                          open && !visiting && jn_nav_get_length (self->nav) > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->rail), visiting);
  gtk_widget_set_visible (GTK_WIDGET (self->services), visiting && self->place != JN_PLACE_RECEIPT);
  gtk_widget_set_visible (GTK_WIDGET (self->side), has_side && (!self->narrow || self->side_open));
  jn_bar_set_has_side (self->bar, has_side);
  jn_print_status_set_narrow (jn_header_get_print_status (self->header), self->narrow);
  jn_print_status_set_leads (jn_header_get_print_status (self->header), open && !visiting);
  jn_rail_set_narrow (self->rail, self->narrow);
  jn_nav_set_narrow (self->nav, self->narrow);
}

/* What is on the screen: the page, its ways in the bar, its actions for the keys. */
static void
put_page (JnWindow *self, JnPage *page)
{
  gtk_stack_set_visible_child (GTK_STACK (self->pages), GTK_WIDGET (page));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", jn_page_get_actions (page));
  jn_bar_set_page (self->bar, page);
}

static void
show (JnWindow *self, JnPlace place)
{
  JnPage *page = jn_window_get_page (self, place);

  g_return_if_fail (page != NULL);
  self->place = place;
  if (jn_session_get_state (self->parts.session) == JN_SESSION_LOCKED)
    return; /* an answer that came behind the lock: it is shown with the password */
  put_page (self, page);
  jn_rail_set_place (self->rail, place);
  jn_nav_set_place (self->nav, place);
  arrange (self);
  jn_header_set_place (self->header, place);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  jn_page_shown (page);
}

/* A visit for one service has its papers and review on the page of its form. */
static gboolean
reach (JnWindow *self, JnPlace place)
{
  GListModel *applications = jn_visit_get_applications (self->parts.visit);

  if (g_list_model_get_n_items (applications) != 1
      || (place != JN_PLACE_PAPERS && place != JN_PLACE_REVIEW))
    return FALSE;
  if (self->place != JN_PLACE_FORMS)
    {
      if (!jn_visit_go (self->parts.visit, JN_STAGE_FORMS, NULL))
        return FALSE;
      show (self, JN_PLACE_FORMS);
    }
  return jn_page_reach (self->built[JN_PLACE_FORMS], place);
}

void
jn_window_go (JnWindow *self, JnPlace place)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (!jn_place_is_open (place, &self->parts))
    return;
  if (!jn_place_is_step (place))
    {
      if (self->parts.visit != NULL)
        forget_visit (self);
      show (self, place);
      return;
    }
  if (place == self->place || reach (self, place))
    return;
  if (jn_visit_go (self->parts.visit, jn_place_get_stage (place), &error))
    {
      show (self, place);
      return;
    }
  words = jn_words_error (error);
  jn_page_say (self->built[self->place], words);
}

/* -- the session -- */

static void note_activity (JnWindow *self);

static void
open_desk (JnWindow *self)
{
  if (self->parts.queue == NULL)
    self->parts.queue = jn_queue_new (self->parts.session);
  if (self->parts.prints == NULL && self->warm_up == 0)
    self->warm_up = g_idle_add_full (G_PRIORITY_LOW, warm_up_cb, self, NULL);
  jn_nav_set_parts (self->nav, &self->parts);
  forget_page (self, JN_PLACE_SIGN_IN);
  note_activity (self); /* who signs in and goes away is locked too */
  show (self, self->place != JN_PLACE_SIGN_IN ? self->place : jn_place_get_first (&self->parts));
}

/* What does not end before the next sign-in is taken up again then. */
static void
forget_prints (JnWindow *self)
{
  g_clear_handle_id (&self->warm_up, g_source_remove);
  jn_print_status_set_prints (jn_header_get_print_status (self->header), NULL);
  g_clear_object (&self->parts.prints);
}

static void
close_desk (JnWindow *self)
{
  forget_visit (self);
  for (JnPlace place = JN_PLACE_DESK; place < JN_PLACE_FIRST_STEP; place++)
    forget_page (self, place);
  jn_nav_set_parts (self->nav, NULL);
  g_clear_object (&self->parts.queue);
  forget_prints (self);
  show (self, JN_PLACE_SIGN_IN);
}

static void
cover (JnWindow *self)
{
  JnPage *page = jn_window_get_page (self, JN_PLACE_SIGN_IN);

  keep_answers (self); /* somebody else may sign in from here */
  /* the page below stays as it is, and comes back with the password */
  put_page (self, page);
  arrange (self);
  jn_page_shown (page);
}

static void
on_session_state_changed_cb (JnSession *session, GParamSpec *pspec, JnWindow *self)
{
  switch (jn_session_get_state (session))
    {
    case JN_SESSION_OPEN:
      open_desk (self);
      break;
    case JN_SESSION_LOCKED:
      cover (self);
      break;
    case JN_SESSION_CLOSED:
      close_desk (self);
      break;
    }
}

static gboolean
idle_cb (gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);

  self->idle = 0;
  if (jn_session_get_state (self->parts.session) == JN_SESSION_OPEN)
    jn_session_lock (self->parts.session);
  return G_SOURCE_REMOVE;
}

static void
note_activity (JnWindow *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  self->idle = g_timeout_add_seconds (
      jn_settings_get_lock_after (jn_session_get_settings (self->parts.session)), idle_cb, self);
}

/* -- actions -- */

static JnPage *
current_page (JnWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (GTK_STACK (self->pages));

  return page != NULL ? JN_PAGE (page) : NULL;
}

static gboolean
is_open (JnWindow *self)
{
  return jn_session_get_state (self->parts.session) == JN_SESSION_OPEN;
}

/* A question in the page is answered, or left, before the page goes anywhere. */
static void
next_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnAsk *ask = jn_ask_find_focused (GTK_WINDOW (user_data));

  if (ask != NULL)
    jn_ask_answer (ask);
  else
    jn_page_next (current_page (JN_WINDOW (user_data)));
}

static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);
  JnAsk *ask = jn_ask_find_focused (GTK_WINDOW (self));

  if (ask != NULL)
    {
      jn_ask_leave (ask);
      return;
    }
  if (!is_open (self) || jn_page_back (current_page (self)))
    return;
  if (self->place > JN_PLACE_FIRST_STEP && self->place < JN_PLACE_RECEIPT)
    jn_window_go (self, self->place - 1);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnWindow) self = JN_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (jn_visit_save_finish (JN_VISIT (source), result, &error))
    words = g_strdup (_("Saved. The visit can be taken up again at any counter."));
  else
    words = jn_words_error (error);
  if (current_page (self) != NULL)
    jn_page_say (current_page (self), words);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);

  if (is_open (self) && self->parts.visit != NULL && jn_page_get_saves (current_page (self)))
    jn_visit_save_async (self->parts.visit, NULL, saved_cb, g_object_ref (self));
}

static void
known_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jn_page_known (current_page (JN_WINDOW (user_data)));
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jn_page_search (current_page (JN_WINDOW (user_data)));
}

/* Alt+1 …: a step of the visit, or between visits a place of the navigation. */
static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);
  guint position = (guint)g_variant_get_int32 (parameter);
  JnPlace place = JN_PLACE_FIRST_STEP + position - 1;

  if (!is_open (self))
    return;
  if (!jn_place_is_step (self->place))
    place = jn_nav_get_nth (self->nav, position);
  else if (!jn_place_is_step (place)
           || !jn_visit_can_go (self->parts.visit, jn_place_get_stage (place)))
    return;
  if (place != JN_N_PLACES && place != self->place)
    jn_window_go (self, place);
}

/* Alt+0 in a visit: its answers are kept, and it goes on from the desk. */
static void
desk_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);

  if (is_open (self) && self->place != JN_PLACE_DESK && self->place != JN_PLACE_RECEIPT)
    jn_window_go (self, JN_PLACE_DESK);
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);

  if (self->parts.queue != NULL && is_open (self))
    jn_help_call (self->parts.queue, current_page (self),
                  g_str_equal (g_action_get_name (G_ACTION (action)), "alarm"));
}

static void
lock_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);

  if (is_open (self))
    jn_session_lock (self->parts.session);
}

static void
sign_out_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);

  if (jn_session_get_state (self->parts.session) == JN_SESSION_CLOSED)
    return;
  keep_answers (self); /* goes out before the sign-out does */
  jn_session_sign_out_async (self->parts.session, NULL, NULL, NULL);
}

static void
side_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);

  self->side_open = !self->side_open;
  arrange (self);
}

static void
keys_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);

  jn_keys_show (jn_header_get_clerk (self->header));
}

static void
menu_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jn_header_open_menu (JN_WINDOW (user_data)->header);
}

static void
fullscreen_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GdkWindow *window = gtk_widget_get_window (GTK_WIDGET (user_data));

  if (window != NULL && gdk_window_get_state (window) & GDK_WINDOW_STATE_FULLSCREEN)
    gtk_window_unfullscreen (GTK_WINDOW (user_data));
  else
    gtk_window_fullscreen (GTK_WINDOW (user_data));
}

/* -- language and look -- */

/* All words are built again; what was typed and is nowhere else yet is carried over. */
static void
change_language (JnWindow *self, const JnLanguage *language)
{
  gboolean locked = jn_session_get_state (self->parts.session) == JN_SESSION_LOCKED;

  for (JnPlace place = 0; place < JN_N_PLACES; place++)
    {
      g_autoptr (GVariant) kept = NULL;

      if (self->built[place] == NULL)
        continue;
      kept = jn_page_keep (self->built[place]);
      if (kept != NULL)
        g_variant_ref_sink (kept);
      forget_page (self, place);
      self->kept[place] = g_steal_pointer (&kept);
    }
  jn_language_set (language);
  if (self->parts.visit != NULL)
    {
      jn_visit_set_form_language (self->parts.visit, language->tag);
      show_visit (self, self->parts.visit);
    }
  if (self->parts.queue != NULL)
    jn_nav_set_parts (self->nav, &self->parts);
  show (self, self->place);
  if (locked)
    cover (self);
  jn_header_speak (self->header);
}

static void
language_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);
  const JnLanguage *language = jn_language_find (g_variant_get_string (parameter, NULL));

  if (language == NULL || language == jn_language_get ())
    return;
  g_simple_action_set_state (action, parameter);
  jn_settings_set_language (jn_session_get_settings (self->parts.session), language->tag);
  change_language (self, language);
}

static void
look_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_simple_action_set_state (action, parameter);
  jn_look_set ((JnLook)g_ascii_strtoull (g_variant_get_string (parameter, NULL), NULL, 10));
}

static void
text_size_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);
  int percent = (int)g_ascii_strtoull (g_variant_get_string (parameter, NULL), NULL, 10);

  g_simple_action_set_state (action, parameter);
  jn_look_set_text_size (percent);
  jn_settings_set_text_scale (jn_session_get_settings (self->parts.session), percent / 100.0);
}

static void
prints_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);

  if (is_open (self))
    jn_print_status_open (jn_header_get_print_status (self->header));
}

static const GActionEntry actions[] = {
  { "next", next_cb },
  { "back", back_cb },
  { "save", save_cb },
  { "known", known_cb },
  { "search", search_cb },
  { "step", step_cb, "i" },
  { "lock", lock_cb },
  { "desk", desk_cb },
  { "help", help_cb },
  { "alarm", help_cb },
  { "sign-out", sign_out_cb },
  { "side", side_cb },
  { "keys", keys_cb },
  { "menu", menu_cb },
  { "prints", prints_cb },
  { "fullscreen", fullscreen_cb },
  { "language", language_cb, "s", "'zh_HK'" },
  { "look", look_cb, "s", "'0'" },
  { "text-size", text_size_cb, "s", "'100'" },
};

/* -- the window -- */

/* A finger that stays on Ctrl+Enter goes one page on, not through the review and past the receipt. */
static gboolean
is_next (const GdkEventKey *event)
{
  return (event->state & GDK_CONTROL_MASK) != 0
         && (event->keyval == GDK_KEY_Return || event->keyval == GDK_KEY_KP_Enter);
}

static gboolean
jn_window_key_release_event (GtkWidget *widget, GdkEventKey *event)
{
  JN_WINDOW (widget)->held = 0;
  return GTK_WIDGET_CLASS (jn_window_parent_class)->key_release_event (widget, event);
}

static gboolean
jn_window_focus_out_event (GtkWidget *widget, GdkEventFocus *event)
{
  JN_WINDOW (widget)->held = 0; /* its release goes elsewhere */
  return GTK_WIDGET_CLASS (jn_window_parent_class)->focus_out_event (widget, event);
}

static gboolean
jn_window_key_press_event (GtkWidget *widget, GdkEventKey *event)
{
  JnWindow *self = JN_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));
  gboolean repeats = event->keyval == self->held;

  note_activity (self);
  self->held = event->keyval;
  if (repeats && is_next (event))
    return TRUE;
  /* while a word is composed, every key belongs to the input method */
  if (jn_composing_in (focus) || jn_composing_took (focus, event->time))
    return gtk_window_propagate_key_event (GTK_WINDOW (widget), event);
  return GTK_WIDGET_CLASS (jn_window_parent_class)->key_press_event (widget, event);
}

static gboolean
jn_window_button_press_event (GtkWidget *widget, GdkEventButton *event)
{
  note_activity (JN_WINDOW (widget));
  return GTK_WIDGET_CLASS (jn_window_parent_class)->button_press_event != NULL
         && GTK_WIDGET_CLASS (jn_window_parent_class)->button_press_event (widget, event);
}

/* One green button at a time says that Ctrl+Enter presses it. */
static void
jn_window_set_focus (GtkWindow *window, GtkWidget *focus)
{
  GTK_WINDOW_CLASS (jn_window_parent_class)->set_focus (window, focus);
  jn_set_class (GTK_WIDGET (window), "asked", jn_ask_find_focused (window) != NULL);
}

static gboolean
reflow_cb (gpointer user_data)
{
  JnWindow *self = JN_WINDOW (user_data);
  int dpi = 0;
  gboolean narrow;

  self->reflow = 0;
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  narrow = dpi > 0
           && (gint64)gtk_widget_get_allocated_width (GTK_WIDGET (self)) * 96 * 1024 / dpi
                  < NARROW_BELOW;
  if (narrow == self->narrow)
    return G_SOURCE_REMOVE;
  self->narrow = narrow;
  self->side_open = FALSE;
  jn_bar_set_narrow (self->bar, narrow);
  arrange (self);
  return G_SOURCE_REMOVE;
}

static void
jn_window_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  JnWindow *self = JN_WINDOW (widget);

  GTK_WIDGET_CLASS (jn_window_parent_class)->size_allocate (widget, allocation);
  if (self->reflow == 0)
    self->reflow = g_idle_add (reflow_cb, self);
}

static void
jn_window_dispose (GObject *object)
{
  JnWindow *self = JN_WINDOW (object);

  jn_pop_away (GTK_WIDGET (self));
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_handle_id (&self->reflow, g_source_remove);
  if (self->header
      != NULL) /* an open list listens to the window's focus, which goes before its children */
    jn_print_status_close (jn_header_get_print_status (self->header));
  self->header = NULL;
  if (self->parts.session != NULL)
    g_signal_handlers_disconnect_by_data (self->parts.session, self);
  for (JnPlace place = 0; place < JN_N_PLACES; place++)
    g_clear_pointer (&self->kept[place], g_variant_unref);
  g_clear_object (&self->parts.visit);
  g_clear_object (&self->parts.queue);
  g_clear_handle_id (&self->warm_up, g_source_remove);
  g_clear_object (&self->parts.prints);
  G_OBJECT_CLASS (jn_window_parent_class)->dispose (object);
  g_clear_object (&self->parts.session);
}

static void
jn_window_class_init (JnWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jn_window_dispose;
  widget_class->key_press_event = jn_window_key_press_event;
  widget_class->key_release_event = jn_window_key_release_event;
  widget_class->focus_out_event = jn_window_focus_out_event;
  widget_class->button_press_event = jn_window_button_press_event;
  widget_class->size_allocate = jn_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->set_focus = jn_window_set_focus;

  g_type_ensure (JN_TYPE_MEASURE);
  g_type_ensure (JN_TYPE_NAV);
  g_type_ensure (JN_TYPE_HEADER);
  g_type_ensure (JN_TYPE_RAIL);
  g_type_ensure (JN_TYPE_SIDE);
  g_type_ensure (JN_TYPE_VISIT_SERVICES);
  g_type_ensure (JN_TYPE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/example/janela/window.ui");
  gtk_widget_class_bind_template_child (widget_class, JnWindow, header);
  gtk_widget_class_bind_template_child (widget_class, JnWindow, nav);
  gtk_widget_class_bind_template_child (widget_class, JnWindow, rail);
  gtk_widget_class_bind_template_child (widget_class, JnWindow, side);
  gtk_widget_class_bind_template_child (widget_class, JnWindow, services);
  gtk_widget_class_bind_template_child (widget_class, JnWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, JnWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, JnWindow, pages);
}

/* What gets the keyboard is seen: a viewport of one's own does not scroll to it by itself. */
static void
follow_focus (JnWindow *self)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->scroller);
  GtkContainer *viewport = GTK_CONTAINER (gtk_bin_get_child (GTK_BIN (scroller)));

  gtk_container_set_focus_vadjustment (viewport, gtk_scrolled_window_get_vadjustment (scroller));
  gtk_container_set_focus_hadjustment (viewport, gtk_scrolled_window_get_hadjustment (scroller));
}

static void
jn_window_init (JnWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  follow_focus (self);
  jn_keyboard_keep (GTK_WINDOW (self), self->pages);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  jn_print_actions_add (self);
}

static void
on_go_cb (GtkWidget *around, int place, JnWindow *self)
{
  jn_window_go (self, (JnPlace)place);
}

static void
go_to_printers (JnWindow *self)
{
  jn_window_go (self, JN_PLACE_PRINTERS);
}

static void
set_state (JnWindow *self, const char *name, const char *value)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (value));
}

static void
take_settings (JnWindow *self)
{
  int percent
      = (int)(jn_settings_get_text_scale (jn_session_get_settings (self->parts.session)) * 100
              + 0.5);
  g_autofree char *size = g_strdup_printf ("%d", percent);

  set_state (self, "language", jn_language_get ()->code);
  set_state (self, "text-size", size);
  if (percent != jn_look_get_text_size ())
    jn_look_set_text_size (percent);
}

GtkWidget *
jn_window_new (GtkApplication *program, JnSession *session)
{
  JnWindow *self = g_object_new (JN_TYPE_WINDOW, "application", program, NULL);

  self->parts.session = g_object_ref (session);
  take_settings (self);
  jn_header_set_session (self->header, session);
  g_signal_connect (self->nav, "go", G_CALLBACK (on_go_cb), self);
  g_signal_connect (self->rail, "go", G_CALLBACK (on_go_cb), self);
  g_signal_connect (self->services, "go", G_CALLBACK (on_go_cb), self);
  g_signal_connect_swapped (jn_header_get_print_status (self->header), "settings",
                            G_CALLBACK (go_to_printers), self);
  g_signal_connect (session, "notify::state", G_CALLBACK (on_session_state_changed_cb), self);
  gtk_widget_show (GTK_WIDGET (self->header));
  if (jn_session_get_state (session) == JN_SESSION_CLOSED)
    show (self, JN_PLACE_SIGN_IN);
  else
    on_session_state_changed_cb (session, NULL, self);
  return GTK_WIDGET (self);
}

JnPlace
jn_window_get_place (JnWindow *self)
{
  return self->place;
}

JnVisit *
jn_window_get_visit (JnWindow *self)
{
  return self->parts.visit;
}

JnPrints *
jn_window_get_prints (JnWindow *self)
{
  if (jn_session_get_state (self->parts.session) != JN_SESSION_CLOSED)
    ensure_prints (self);
  return self->parts.prints;
}
