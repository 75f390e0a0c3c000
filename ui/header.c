/* header.c: the top edge: whose turn it is, the line to the server, the printers, the counter and its clerk. */
#include "ui/header.h"

#include <glib/gi18n.h>

#include "ui/language.h"
#include "ui/menu.h"
#include "ui/widgets.h"
#include "ui/words.h"

struct _JnHeader
{
  GtkBox parent;

  GtkWidget *ticket;
  GtkWidget *person;
  GtkWidget *subtitle;
  GtkWidget *link;
  JnPrintStatus *print_status;
  GtkWidget *counter;
  GtkWidget *clerk;
  GtkWidget *clerk_name;
  GtkWidget *menu; /* made when it is first opened */

  JnSession *session;
  JnVisit *visit; /* (nullable) */
  JnPlace place;
  guint clock; /* while there is a visit */
};

G_DEFINE_TYPE (JnHeader, jn_header, GTK_TYPE_BOX)

/* -- whose turn it is -- */

static char *
person_name (JnHeader *self)
{
  JnPerson *person = jn_visit_get_applicant (self->visit);
  g_autofree char *name = NULL;

  if (person != NULL)
    name = jn_person_get_display_name (person, jn_language_get ()->tag);
  if (name != NULL && *name != '\0')
    return g_steal_pointer (&name);
  return g_strdup (jn_place_get_title (self->place));
}

static void
refresh_person (JnHeader *self)
{
  gboolean open = self->visit != NULL && jn_session_get_state (self->session) == JN_SESSION_OPEN;
  g_autofree char *name = open ? person_name (self) : g_strdup (jn_place_get_title (self->place));
  g_autofree char *subtitle = NULL;

  if (open)
    subtitle = jn_words_visit (self->visit);
  else if (jn_session_get_state (self->session) != JN_SESSION_CLOSED)
    subtitle = jn_session_get_branch_name (self->session, jn_language_get ()->tag);
  gtk_widget_set_visible (self->ticket, open);
  if (open)
    jn_label_set (self->ticket, jn_ticket_get_number (jn_visit_get_ticket (self->visit)));
  /* "…" is measured in a font of its own */
  gtk_label_set_ellipsize (GTK_LABEL (self->person),
                           open ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  jn_label_set (self->person, name);
  jn_label_set (self->subtitle, subtitle);
  gtk_widget_set_tooltip_text (self->subtitle,
                               open ? NULL : subtitle); /* cut short in a narrow window */
  gtk_widget_set_visible (self->subtitle, subtitle != NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  refresh_person (JN_HEADER (user_data));
  return G_SOURCE_CONTINUE;
}

/* -- the line, the counter and the clerk -- */

static void
refresh_link (JnHeader *self)
{
  gboolean open = jn_session_get_state (self->session) != JN_SESSION_CLOSED;
  int counter = jn_session_get_counter (self->session);
  g_autofree char *words = jn_words_link (self->session);
  g_autofree char *number = g_strdup_printf (_("Counter %d"), counter);
  g_autofree char *before = gtk_label_get_text (GTK_LABEL (self->link)) != NULL
                                ? g_strdup (gtk_label_get_text (GTK_LABEL (self->link)))
                                : NULL;

  gtk_widget_set_visible (self->link, open);
  gtk_widget_set_visible (self->counter, open && counter > 0);
  jn_label_set (self->link, words);
  jn_label_set (self->counter, number);
  jn_set_class (self->link, "down", jn_session_get_offline_since (self->session) != 0);
  if (open && g_strcmp0 (before, words) != 0)
    jn_announce (self->link);
  gtk_label_set_ellipsize (GTK_LABEL (self->clerk_name),
                           open ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->clerk_name), open ? 24 : -1);
  jn_label_set (self->clerk_name,
                open ? jn_session_get_staff_name (self->session, jn_language_get ()->tag)
                     : jn_language_get ()->name);
  jn_set_name (self->clerk, open ? _("Clerk, language and look") : _("Language and look"));
}

static void
refresh (JnHeader *self)
{
  refresh_link (self);
  refresh_person (self);
}

/* -- language and look -- */

void
jn_header_open_menu (JnHeader *self)
{
  g_autoptr (GMenuModel) menu = NULL;

  if (self->menu == NULL)
    {
      menu = jn_menu_new ();
      self->menu = gtk_popover_new_from_model (self->clerk, menu);
    }
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* Later: it may be the menu itself that changes the language. */
static gboolean
drop_cb (gpointer menu)
{
  gtk_widget_destroy (menu);
  return G_SOURCE_REMOVE;
}

void
jn_header_speak (JnHeader *self)
{
  if (self->menu != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_cb, g_object_ref (self->menu), g_object_unref);
  self->menu = NULL;
  jn_print_status_speak (self->print_status);
  refresh (self);
}

/* -- the header -- */

static void
jn_header_dispose (GObject *object)
{
  JnHeader *self = JN_HEADER (object);

  jn_header_set_visit (self, NULL);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_header_parent_class)->dispose (object);
}

static void
jn_header_class_init (JnHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jn_header_dispose;
  g_type_ensure (JN_TYPE_PRINT_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/example/janela/header.ui");
  gtk_widget_class_bind_template_child (widget_class, JnHeader, ticket);
  gtk_widget_class_bind_template_child (widget_class, JnHeader, person);
  gtk_widget_class_bind_template_child (widget_class, JnHeader, subtitle);
  gtk_widget_class_bind_template_child (widget_class, JnHeader, link);
  gtk_widget_class_bind_template_child (widget_class, JnHeader, print_status);
  gtk_widget_class_bind_template_child (widget_class, JnHeader, counter);
  gtk_widget_class_bind_template_child (widget_class, JnHeader, clerk);
  gtk_widget_class_bind_template_child (widget_class, JnHeader, clerk_name);
  gtk_widget_class_bind_template_callback (widget_class, jn_header_open_menu);
}

static void
jn_header_init (JnHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
jn_header_set_session (JnHeader *self, JnSession *session)
{
  g_return_if_fail (self->session == NULL);
  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (session, "notify::link-state", G_CALLBACK (refresh_link), self);
  g_signal_connect_swapped (session, "notify::unsent", G_CALLBACK (refresh_link), self);
  g_signal_connect_swapped (session, "notify::offline-since", G_CALLBACK (refresh_link), self);
  g_signal_connect_swapped (session, "notify::refusal", G_CALLBACK (refresh_link), self);
  refresh (self);
}

void
jn_header_set_visit (JnHeader *self, JnVisit *visit)
{
  g_clear_handle_id (&self->clock, g_source_remove);
  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_set_object (&self->visit, visit);
  if (visit == NULL)
    return;
  g_signal_connect_swapped (visit, "changed", G_CALLBACK (refresh_person), self);
  self->clock = g_timeout_add_seconds (1, tick_cb, self);
}

void
jn_header_set_place (JnHeader *self, JnPlace place)
{
  self->place = place;
  refresh_person (self);
}

JnPrintStatus *
jn_header_get_print_status (JnHeader *self)
{
  return self->print_status;
}

GtkWidget *
jn_header_get_clerk (JnHeader *self)
{
  return self->clerk;
}
