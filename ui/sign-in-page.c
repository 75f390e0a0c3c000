/* sign-in-page.c: asks who works here. */
#include "ui/sign-in-page.h"

#include <glib/gi18n.h>

#include "ui/demo-people.h"
#include "ui/language.h"
#include "ui/widgets.h"
#include "ui/words.h"

struct _JnSignInPage
{
  JnPage parent;

  GtkWidget *heading;
  GtkWidget *place;
  GtkWidget *login_label;
  GtkWidget *login;
  GtkWidget *password_label;
  GtkWidget *password;
  GtkWidget *problem;
  GtkWidget *button;
  GtkWidget *other; /* while it is locked: the clerk's work is kept, another takes the counter */
  GtkWidget *demo;
  GtkWidget *people;

  JnSession *session;
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnSignInPage, jn_sign_in_page, JN_TYPE_PAGE)

static gboolean
is_locked (JnSignInPage *self)
{
  return jn_session_get_state (self->session) == JN_SESSION_LOCKED;
}

static void
say (JnSignInPage *self, const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->problem), words != NULL ? words : "");
  gtk_widget_set_visible (self->problem, words != NULL);
  jn_set_description (self->password, words);
  jn_set_class (gtk_widget_get_parent (self->password), "refused", words != NULL);
  if (words != NULL)
    jn_announce (self->problem);
}

static void
set_busy (JnSignInPage *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->button, !busy);
  gtk_button_set_label (
      GTK_BUTTON (self->button),
      busy ? _("Signing in …") : is_locked (self) ? _("Unlock") : _("Sign in"));
}

static void
refuse (JnSignInPage *self, const GError *error)
{
  g_autofree char *words = jn_words_error (error);

  set_busy (self, FALSE);
  say (self, words);
  gtk_widget_grab_focus (self->password);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  jn_session_sign_in_finish (JN_SESSION (source), result, &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    refuse (self, error);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  jn_session_unlock_finish (JN_SESSION (source), result, &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    refuse (self, error);
}

static void
sign_in_cb (GtkWidget *widget, JnSignInPage *self)
{
  g_autofree char *login = g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (self->login))));
  const char *password = gtk_entry_get_text (GTK_ENTRY (self->password));

  if (!gtk_widget_get_sensitive (self->button))
    return;
  if (*login == '\0' || *password == '\0')
    {
      say (self, _("Type your name and your password."));
      gtk_widget_grab_focus (*login == '\0' ? self->login : self->password);
      return;
    }
  say (self, NULL);
  set_busy (self, TRUE);
  if (is_locked (self))
    jn_session_unlock_async (self->session, password, self->cancellable, unlocked_cb,
                             g_object_ref (self));
  else
    jn_session_sign_in_async (self->session, login, password, NULL, 0, self->cancellable,
                              signed_in_cb, g_object_ref (self));
}

static void
login_activated_cb (GtkWidget *entry, JnSignInPage *self)
{
  gtk_widget_grab_focus (self->password);
}

/* -- the demonstration's people -- */

static void
person_clicked_cb (GtkButton *button, JnSignInPage *self)
{
  gtk_entry_set_text (GTK_ENTRY (self->login), g_object_get_data (G_OBJECT (button), "login"));
  gtk_entry_set_text (GTK_ENTRY (self->password),
                      g_object_get_data (G_OBJECT (button), "password"));
  gtk_widget_grab_focus (self->button);
}

static GtkWidget *
make_person (JnSignInPage *self, const JnDemoPerson *person)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *name = jn_language_pick (person->name_zh, person->name_latin, person->name_latin);
  g_autofree char *line = g_strdup_printf ("%s · %s", person->login, person->password);
  g_autofree char *title
      = person->supervisor ? g_strdup_printf (_("%s, supervisor"), name) : g_strdup (name);

  jn_add_classes (button, "tile");
  jn_pack (box, jn_label_new (title, "strong"));
  jn_pack (box, jn_label_new (line, "small number"));
  gtk_container_add (GTK_CONTAINER (button), box);
  gtk_widget_show (box);
  jn_set_name (button, title);
  jn_set_description (button, line);
  g_object_set_data_full (G_OBJECT (button), "login", g_strdup (person->login), g_free);
  g_object_set_data_full (G_OBJECT (button), "password", g_strdup (person->password), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (person_clicked_cb), self);
  return button;
}

static void
show_people (JnSignInPage *self)
{
  g_autoptr (GPtrArray) people = jn_demo_people_list ();

  gtk_widget_set_visible (self->demo, people->len > 0 && !is_locked (self));
  for (guint i = 0; i < people->len; i++)
    jn_pack (self->people, make_person (self, g_ptr_array_index (people, i)));
}

/* -- the page -- */

static void
jn_sign_in_page_shown (JnPage *page)
{
  JnSignInPage *self = JN_SIGN_IN_PAGE (page);
  gboolean locked = is_locked (self);
  g_autofree char *place = NULL;

  if (locked)
    gtk_entry_set_text (GTK_ENTRY (self->login), jn_session_get_login (self->session));
  gtk_entry_set_text (GTK_ENTRY (self->password), "");
  gtk_widget_set_sensitive (self->login, !locked);
  gtk_widget_set_visible (self->other, locked);
  gtk_widget_set_visible (self->demo, !locked && gtk_widget_get_visible (self->demo));
  gtk_label_set_text (GTK_LABEL (self->heading), locked ? _("Locked") : _("One window"));
  place = locked
      ? g_strdup (_("Your work is kept. Type your password to go on."))
      : g_strdup_printf (_("Counter %d"),
                            jn_settings_get_counter (jn_session_get_settings (self->session)));
  gtk_label_set_text (GTK_LABEL (self->place), place);
  set_busy (self, FALSE);
  gtk_widget_grab_focus (*gtk_entry_get_text (GTK_ENTRY (self->login)) == '\0' ? self->login
                                                                               : self->password);
}

static GVariant *
jn_sign_in_page_keep (JnPage *page)
{
  JnSignInPage *self = JN_SIGN_IN_PAGE (page);

  return g_variant_new_string (gtk_entry_get_text (GTK_ENTRY (self->login)));
}

static void
jn_sign_in_page_take (JnPage *page, GVariant *kept)
{
  gtk_entry_set_text (GTK_ENTRY (JN_SIGN_IN_PAGE (page)->login), g_variant_get_string (kept, NULL));
}

static void
jn_sign_in_page_dispose (GObject *object)
{
  JnSignInPage *self = JN_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_sign_in_page_parent_class)->dispose (object);
}

static void
jn_sign_in_page_class_init (JnSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  JnPageClass *page_class = JN_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jn_sign_in_page_dispose;
  page_class->shown = jn_sign_in_page_shown;
  page_class->keep = jn_sign_in_page_keep;
  page_class->take = jn_sign_in_page_take;

  gtk_widget_class_set_template_from_resource (widget_class, "/example/janela/sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JnSignInPage, heading);
  gtk_widget_class_bind_template_child (widget_class, JnSignInPage, place);
  gtk_widget_class_bind_template_child (widget_class, JnSignInPage, login_label);
  gtk_widget_class_bind_template_child (widget_class, JnSignInPage, login);
  gtk_widget_class_bind_template_child (widget_class, JnSignInPage, password_label);
  gtk_widget_class_bind_template_child (widget_class, JnSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, JnSignInPage, problem);
  gtk_widget_class_bind_template_child (widget_class, JnSignInPage, button);
  gtk_widget_class_bind_template_child (widget_class, JnSignInPage, other);
  gtk_widget_class_bind_template_child (widget_class, JnSignInPage, demo);
  gtk_widget_class_bind_template_child (widget_class, JnSignInPage, people);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, login_activated_cb);
}

static void
jn_sign_in_page_init (JnSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  jn_label_for (self->login_label, self->login);
  jn_label_for (self->password_label, self->password);
  jn_set_role (self->heading, ATK_ROLE_HEADING);
}

GtkWidget *
jn_sign_in_page_new (JnSession *session)
{
  JnSignInPage *self = g_object_new (JN_TYPE_SIGN_IN_PAGE, NULL);

  self->session = g_object_ref (session);
  show_people (self);
  return GTK_WIDGET (self);
}
