/* save-ask.c: under which name and in which folder a receipt is kept as PDF. */
#include "ui/save-ask.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/ask.h"
#include "ui/window.h"
#include "ui/words.h"

typedef struct
{
  JnAsk *ask;        /* that holds this */
  JnPage *page;      /* that holds the question */
  GtkWidget *window; /* (nullable) (weak): that outlives both */
  JnPrints *prints;
  JnReceipt *receipt;
  guint copy;
  GtkWidget *name;
  GtkWidget *folder;
  gboolean saving;
} SaveAsk;

static const char *key = "save";

static void
save_ask_free (gpointer data)
{
  SaveAsk *self = data;

  g_clear_weak_pointer (&self->window);
  g_object_unref (self->prints);
  g_object_unref (self->receipt);
  g_free (self);
}

static const char *
text_of (GtkWidget *entry)
{
  return gtk_entry_get_text (GTK_ENTRY (entry));
}

/* What is typed for a folder, as a shell would take it: "~" is one's own, and so is what has no beginning. */
static char *
folder_path (const char *typed)
{
  const char *home = g_get_home_dir ();

  if (g_path_is_absolute (typed))
    return g_strdup (typed);
  if (g_str_equal (typed, "~") || g_str_has_prefix (typed, "~/"))
    return g_build_filename (home, typed + 1, NULL);
  return g_build_filename (home, typed, NULL);
}

static char *
file_path (SaveAsk *self)
{
  g_autofree char *folder = folder_path (text_of (self->folder));
  const char *name = text_of (self->name);
  g_autofree char *file
      = g_strdup_printf ("%s%s", name, g_str_has_suffix (name, ".pdf") ? "" : ".pdf");

  return g_build_filename (folder, file, NULL);
}

static const char *
problem_words (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return _("A file of that name is there already, and stays as it is. Give this one another "
             "name.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    return _("There is no such folder.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return _("You may not write into this folder. Choose another one.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return _("There is no room left in this folder. Choose another one.");
  return _("It could not be saved there. Choose another folder.");
}

static gboolean
is_about_name (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG);
}

/* (transfer full) */
static char *
error_words (const GError *error)
{
  return error->domain == G_IO_ERROR ? g_strdup (problem_words (error)) : jn_words_error (error);
}

static void
show_problem (SaveAsk *self, const GError *error)
{
  g_autofree char *words = error_words (error);

  jn_ask_say (self->ask, words);
  if (error->domain == G_IO_ERROR)
    gtk_widget_grab_focus (is_about_name (error) ? self->name : self->folder);
}

/* Who left the question while it was written is told on the page where he is by now. */
static void
tell_who_left (SaveAsk *self, const GError *error)
{
  JnWindow *window = self->window != NULL ? JN_WINDOW (self->window) : NULL;
  g_autofree char *why = error != NULL ? error_words (error) : NULL;
  g_autofree char *words
      = error != NULL ? g_strdup_printf (_("The receipt was not saved as PDF: %s"), why)
                      : g_strdup (_("The receipt was saved as PDF."));

  if (window != NULL)
    jn_page_say (jn_window_get_page (window, jn_window_get_place (window)), words);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnAsk) ask = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = jn_prints_save_finish (JN_PRINTS (source), result, &error);
  SaveAsk *self = g_object_get_data (G_OBJECT (ask), key);

  if (gtk_widget_get_parent (GTK_WIDGET (ask)) == NULL) /* it was left, or the page is gone */
    {
      tell_who_left (self, error);
      return;
    }
  self->saving = FALSE;
  if (!saved)
    {
      show_problem (self, error);
      return;
    }
  jn_page_say (self->page, _("Saved as PDF."));
  jn_ask_leave (ask);
}

static void
answered_cb (JnAsk *ask, SaveAsk *self)
{
  g_autofree char *path = file_path (self);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JnDocument) document = jn_receipt_make_document (self->receipt, self->copy);
  const JnPrintOrder order = { "receipt", jn_receipt_get_id (self->receipt),
                               jn_receipt_get_number (self->receipt), NULL, FALSE };

  if (self->saving)
    return;
  if (strchr (text_of (self->name), G_DIR_SEPARATOR) != NULL)
    {
      jn_ask_say (ask, _("A file name has no “/” in it."));
      gtk_widget_grab_focus (self->name);
      return;
    }
  self->saving = TRUE;
  jn_prints_save_async (self->prints, document, &order, JN_PAPER_A5, file, NULL, saved_cb,
                        g_object_ref (ask));
}

/* The receipt's number names nobody. */
static void
propose (SaveAsk *self)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *name = g_strdup_printf ("%s.pdf", jn_receipt_get_number (self->receipt));

  gtk_entry_set_text (GTK_ENTRY (self->name), name);
  gtk_entry_set_text (GTK_ENTRY (self->folder), documents != NULL ? documents : g_get_home_dir ());
}

void
jn_save_ask_put (JnPage *page, JnPrints *prints, JnReceipt *receipt, guint copy, GtkWidget *slot)
{
  SaveAsk *self = g_new0 (SaveAsk, 1);

  self->ask = jn_ask_new (_("Save as PDF"), NULL);
  self->page = page;
  g_set_weak_pointer (&self->window, gtk_widget_get_toplevel (GTK_WIDGET (page)));
  self->prints = g_object_ref (prints);
  self->receipt = g_object_ref (receipt);
  self->copy = copy;
  self->name = jn_ask_add_entry (self->ask, _("File name"), TRUE);
  self->folder = jn_ask_add_entry (self->ask, _("Folder"), TRUE);
  propose (self);
  jn_ask_set_answer (self->ask, _("Save"), FALSE);
  g_object_set_data_full (G_OBJECT (self->ask), key, self, save_ask_free);
  g_signal_connect (self->ask, "answered", G_CALLBACK (answered_cb), self);
  jn_page_say (page, NULL); /* of the file before */
  jn_ask_put (self->ask, slot);
}
