/* kiosk-staff.c: the staff's way out: a chord of keys, then the password. */
#include "ui/kiosk/kiosk-private.h"

#include <glib/gi18n.h>

#include "ui/kiosk/kiosk-pages.h"
#include "ui/widgets.h"

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnKioskView) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

  if (!jn_session_unlock_finish (JN_SESSION (source), result, &error))
    jn_kiosk_say_sorry (self, error);
  else
    gtk_widget_destroy (window);
}

static void
leave_cb (GtkWidget *widget, JnKioskView *self)
{
  jn_session_unlock_async (self->session, gtk_entry_get_text (GTK_ENTRY (self->password)), NULL,
                           unlocked_cb, g_object_ref (self));
}

void
jn_kiosk_build_staff (JnKioskView *self)
{
  jn_kiosk_add (self, jn_kiosk_heading_new (_("For staff: close the kiosk"), NULL));
  self->password = gtk_entry_new ();
  gtk_entry_set_visibility (GTK_ENTRY (self->password), FALSE);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->password), GTK_INPUT_PURPOSE_PASSWORD);
  jn_set_name (self->password, _("Password"));
  g_signal_connect (self->password, "activate", G_CALLBACK (leave_cb), self);
  jn_kiosk_add (self, self->password);
  jn_kiosk_add_button (self, NULL,
                       jn_kiosk_button_new (NULL, _("Close the kiosk"), NULL, "kiosk-primary"),
                                            G_CALLBACK (leave_cb));
  self->first = self->password;
}

gboolean
jn_kiosk_is_way_out (const GdkEventKey *event)
{
  const GdkModifierType chord = GDK_CONTROL_MASK | GDK_MOD1_MASK | GDK_SHIFT_MASK;

  return (event->state & chord) == chord
         && (event->keyval == GDK_KEY_q || event->keyval == GDK_KEY_Q);
}
