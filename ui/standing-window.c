/* standing-window.c: a full screen that nobody sits at. */
#include "ui/standing-window.h"

#include <glib/gi18n.h>

#include "ui/demo-people.h"
#include "ui/look.h"
#include "ui/sign-in-page.h"
#include "ui/widgets.h"

#define AGAIN_SECONDS 10
#define EM 45.0 /* of which the shorter side of the screen holds so many */

struct _JnStandingWindow
{
  GtkApplicationWindow parent;

  GtkWidget *stack;
  GtkWidget *waiting;
  GtkWidget *content;
  GtkCssProvider *scale;
  int scaled_for;

  JnSession *session;
  char *role;
  GtkWidget *(*make) (JnSession *session);
  GCancellable *cancellable;
  guint again;
};

G_DEFINE_TYPE (JnStandingWindow, jn_standing_window, GTK_TYPE_APPLICATION_WINDOW)

static void sign_in (JnStandingWindow *self);

/* -- signing in -- */

static gboolean
again_cb (gpointer user_data)
{
  JnStandingWindow *self = user_data;

  self->again = 0;
  sign_in (self);
  return G_SOURCE_REMOVE;
}

static void
ask_somebody (JnStandingWindow *self)
{
  GtkWidget *page = gtk_stack_get_child_by_name (GTK_STACK (self->stack), "sign-in");

  if (page == NULL)
    {
      page = jn_sign_in_page_new (self->session);
      gtk_widget_show (page);
      gtk_stack_add_named (GTK_STACK (self->stack), page, "sign-in");
    }
  gtk_stack_set_visible_child (GTK_STACK (self->stack), page);
  jn_page_shown (JN_PAGE (page));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnStandingWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (jn_session_sign_in_finish (JN_SESSION (source), result, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("the %s cannot sign in yet: %s", self->role, error->message);
  if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_DENIED))
    ask_somebody (self);
  else
    self->again = g_timeout_add_seconds (AGAIN_SECONDS, again_cb, self);
}

static void
sign_in (JnStandingWindow *self)
{
  g_autoptr (GError) error = NULL;
  JnSettings *settings = jn_session_get_settings (self->session);
  g_autofree char *password = NULL;
  g_autofree char *login = jn_settings_get_account (settings, self->role);

  if (login != NULL)
    password = jn_settings_read_password (settings, self->role, &error);
  else
    login = jn_demo_people_find_account (self->role, &password);
  if (error != NULL)
    g_message ("the password of the %s cannot be read: %s", self->role, error->message);
  if (login == NULL || password == NULL)
    ask_somebody (self);
  else
    jn_session_sign_in_async (self->session, login, password, NULL, 0, self->cancellable,
                              signed_in_cb, g_object_ref (self));
}

static void
show_content (JnStandingWindow *self)
{
  if (self->content == NULL)
    {
      self->content = self->make (self->session);
      gtk_widget_show (self->content);
      gtk_stack_add_named (GTK_STACK (self->stack), self->content, "content");
    }
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->content);
}

static void
on_state_changed_cb (JnSession *session, GParamSpec *spec, JnStandingWindow *self)
{
  if (jn_session_get_state (session) == JN_SESSION_OPEN)
    show_content (self);
}

/* -- as large as the screen -- */

/* All sizes are in em: the screen's height decides what one is, and not the text size of a desk. */
static void
jn_standing_window_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  JnStandingWindow *self = JN_STANDING_WINDOW (widget);
  int least = MIN (allocation->height, allocation->width); /* screens stand upright too */

  if (least != self->scaled_for && least > 1)
    {
      char pixels[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *css = NULL;

      self->scaled_for = least;
      g_ascii_formatd (pixels, sizeof pixels, "%.1f", least / EM);
      css = g_strdup_printf ("window.janela.standing { font-size: %spx; }", pixels);
      gtk_css_provider_load_from_data (self->scale, css, -1, NULL);
    }
  GTK_WIDGET_CLASS (jn_standing_window_parent_class)->size_allocate (widget, allocation);
}

static void
jn_standing_window_dispose (GObject *object)
{
  JnStandingWindow *self = JN_STANDING_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->again, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->scale != NULL)
    gtk_style_context_remove_provider_for_screen (gdk_screen_get_default (),
                                                  GTK_STYLE_PROVIDER (self->scale));
  g_clear_object (&self->scale);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->role, g_free);
  G_OBJECT_CLASS (jn_standing_window_parent_class)->dispose (object);
}

static void
jn_standing_window_class_init (JnStandingWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_standing_window_dispose;
  GTK_WIDGET_CLASS (klass)->size_allocate = jn_standing_window_size_allocate;
}

static void
jn_standing_window_init (JnStandingWindow *self)
{
  GtkWidget *scroller;

  jn_look_load_standing ();
  self->cancellable = g_cancellable_new ();
  self->scale = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_screen (gdk_screen_get_default (),
                                             GTK_STYLE_PROVIDER (self->scale),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 2);
  self->stack = gtk_stack_new ();
  self->waiting = jn_text_new (_("One moment …"), "title");
  gtk_widget_set_halign (self->waiting, GTK_ALIGN_CENTER);
  gtk_widget_show (self->waiting);
  gtk_stack_add_named (GTK_STACK (self->stack), self->waiting, "waiting");
  gtk_widget_show (self->stack);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  scroller = gtk_scrolled_window_new (NULL, NULL); /* never larger than the screen */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_EXTERNAL);
  gtk_container_add (GTK_CONTAINER (scroller), self->stack);
  gtk_widget_show_all (scroller);
  gtk_container_add (GTK_CONTAINER (self), scroller);
  jn_add_classes (GTK_WIDGET (self), "janela standing");
  gtk_window_set_title (GTK_WINDOW (self), "Janela");
  gtk_window_set_default_size (GTK_WINDOW (self), 1920, 1080);
}

GtkWidget *
jn_standing_window_new (GtkApplication *program,
                        JnSession *session,
                        const char *role,
                        GtkWidget *(*make) (JnSession *session))
{
  JnStandingWindow *self = g_object_new (JN_TYPE_STANDING_WINDOW, "application", program, NULL);

  self->session = g_object_ref (session);
  self->role = g_strdup (role);
  self->make = make;
  jn_add_classes (GTK_WIDGET (self), role);
  g_signal_connect (session, "notify::state", G_CALLBACK (on_state_changed_cb), self);
  if (jn_session_get_state (session) == JN_SESSION_OPEN)
    show_content (self);
  else
    sign_in (self);
  return GTK_WIDGET (self);
}

GtkWidget *
jn_standing_window_get_content (JnStandingWindow *self)
{
  return self->content;
}
