/* field-upload.c: the name of what is attached, and a file chooser in a popover. */
#include "ui/field-upload.h"

#include <glib/gi18n.h>

#include "ui/widgets.h"

struct _JnFieldUpload
{
  JnField parent;

  GtkWidget *button;
  GtkWidget *remove;
  GtkWidget *name;
};

G_DEFINE_TYPE (JnFieldUpload, jn_field_upload, JN_TYPE_FIELD)

static void
chosen_cb (GtkFileChooser *chooser, gpointer user_data)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);

  if (file == NULL)
    return;
  jn_pop_down (GTK_WIDGET (chooser));
  g_signal_emit_by_name (user_data, "attach", file);
}

static void
limit (GtkWidget *chooser, const char *media_type)
{
  GtkFileFilter *filter;

  if (media_type == NULL || g_strcmp0 (media_type, "*/*") == 0)
    return;
  filter = gtk_file_filter_new ();
  gtk_file_filter_add_mime_type (filter, media_type);
  gtk_file_chooser_set_filter (GTK_FILE_CHOOSER (chooser), filter);
}

static void
choose_cb (GtkButton *button, gpointer user_data)
{
  JnFieldUpload *self = JN_FIELD_UPLOAD (user_data);
  GtkWidget *chooser = gtk_file_chooser_widget_new (GTK_FILE_CHOOSER_ACTION_OPEN);

  limit (chooser, jn_control_get_attribute (jn_field_get_control (JN_FIELD (self)), "mediatype"));
  gtk_widget_set_size_request (chooser, 620, 380);
  g_signal_connect (chooser, "file-activated", G_CALLBACK (chosen_cb), self);
  jn_pop_up (GTK_WIDGET (button), chooser, _("Attach a file"));
}

static void
remove_cb (GtkButton *button, gpointer user_data)
{
  jn_field_answer (JN_FIELD (user_data), "");
}

static void
jn_field_upload_show (JnField *field, const JnNodeState *state)
{
  JnFieldUpload *self = JN_FIELD_UPLOAD (field);
  gboolean attached = *state->value != '\0';

  gtk_label_set_text (GTK_LABEL (self->name), attached ? state->value : _("nothing attached"));
  gtk_widget_set_visible (self->remove, attached && !state->readonly);
}

static void
jn_field_upload_class_init (JnFieldUploadClass *klass)
{
  JN_FIELD_CLASS (klass)->show = jn_field_upload_show;
}

static void
jn_field_upload_init (JnFieldUpload *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->button = jn_button_new (_("Attach a file"), NULL, "act");
  self->remove = jn_button_new (_("Remove"), NULL, "act");
  self->name = jn_label_new (NULL, "small");
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_MIDDLE);
  jn_pack (row, self->button);
  gtk_box_pack_start (GTK_BOX (row), self->name, TRUE, TRUE, 0);
  gtk_widget_show (self->name);
  jn_pack_end (row, self->remove);
  jn_field_set_widget (JN_FIELD (self), row, self->button);
  g_signal_connect (self->button, "clicked", G_CALLBACK (choose_cb), self);
  g_signal_connect (self->remove, "clicked", G_CALLBACK (remove_cb), self);
}
