/* program.c: reads the options, opens the backend and shows the window. */
#include "ui/program.h"

#include <glib/gi18n.h>

#include "app/open.h"
#include "app/session.h"
#include "app/text.h"
#include "ui/board/board-view.h"
#include "ui/caret.h"
#include "ui/composing.h"
#include "ui/keys.h"
#include "ui/kiosk/kiosk-view.h"
#include "ui/language.h"
#include "ui/look.h"
#include "ui/standing-window.h"
#include "ui/widgets.h"
#include "ui/window.h"
#include "ui/words.h"

struct _JnProgram
{
  GtkApplication parent;

  int counter;
  char *language;
  gboolean board;
  gboolean kiosk;
  gboolean failed;
  JnBackend *backend; /* (nullable) */
};

G_DEFINE_TYPE (JnProgram, jn_program, GTK_TYPE_APPLICATION)

static const char *
locale_folder (void)
{
  const char *folder = g_getenv ("JANELA_LOCALE_DIR");

  return folder != NULL ? folder : JN_LOCALE_DIR;
}

static void
show_window (JnProgram *self, JnSession *session)
{
  GtkApplication *program = GTK_APPLICATION (self);
  GtkWidget *window;

  if (self->board || self->kiosk)
    {
      window = self->board ? jn_standing_window_new (program, session, "board", jn_board_view_new)
                           : jn_standing_window_new (program, session, "kiosk", jn_kiosk_view_new);
      gtk_window_fullscreen (GTK_WINDOW (window));
    }
  else
    {
      window = jn_window_new (program, session);
      gtk_window_maximize (GTK_WINDOW (window));
    }
  gtk_window_present (GTK_WINDOW (window));
}

static void
fail (JnProgram *self, const GError *error)
{
  g_printerr ("janela: %s\n", error->message);
  self->failed = TRUE;
}

/* Who starts it from an icon reads no standard error. */
static void
show_failure (JnProgram *self, const GError *error)
{
  GtkWidget *window = gtk_application_window_new (GTK_APPLICATION (self));
  GtkWidget *card = jn_card_new (_("The window cannot be opened"));
  GtkWidget *button = jn_button_new (_("Close"), NULL, "primary");
  g_autofree char *words = jn_words_error (error);
  GtkWidget *text = jn_text_new (words, NULL);

  gtk_label_set_width_chars (GTK_LABEL (text),
                             44); /* else the window is as high as one word is narrow */
  gtk_style_context_add_class (gtk_widget_get_style_context (window), "janela");
  gtk_window_set_title (GTK_WINDOW (window), "Janela");
  gtk_window_set_default_size (GTK_WINDOW (window), 460, -1);
  gtk_window_set_position (GTK_WINDOW (window), GTK_WIN_POS_CENTER);
  jn_pack (card, text);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  jn_pack (card, button);
  g_object_set (card, "margin", 24, NULL);
  gtk_container_add (GTK_CONTAINER (window), card);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (gtk_widget_destroy), window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
jn_program_activate (GApplication *application)
{
  JnProgram *self = JN_PROGRAM (application);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnSettings) settings = jn_settings_new (self->counter, &error);
  g_autoptr (JnSession) session = NULL;
  const char *folder = locale_folder ();

  jn_language_start (folder, self->language != NULL ? self->language
                             : settings != NULL     ? jn_settings_get_language (settings)
                                                    : NULL);
  jn_text_set_folder (folder);
  jn_look_load ();
  /* boards and kiosks stand beside a desk */
  if (settings != NULL && (self->board || self->kiosk || jn_settings_hold_state (settings, &error)))
    self->backend = jn_open_backend (settings, &error);
  if (self->backend == NULL)
    {
      fail (self, error);
      show_failure (self, error);
      return;
    }
  jn_composing_watch ();
  jn_caret_quicken ();
  session = jn_session_new (self->backend, settings);
  show_window (self, session);
}

static void
jn_program_startup (GApplication *application)
{
  G_APPLICATION_CLASS (jn_program_parent_class)->startup (application);
  jn_keys_set (GTK_APPLICATION (application));
}

/* What was pressed last is not lost for that the window went before the disk had it. */
static void
jn_program_shutdown (GApplication *application)
{
  JnProgram *self = JN_PROGRAM (application);

  G_APPLICATION_CLASS (jn_program_parent_class)->shutdown (application);
  if (self->backend != NULL)
    jn_open_close (self->backend);
}

static int
jn_program_handle_local_options (GApplication *application, GVariantDict *options)
{
  JnProgram *self = JN_PROGRAM (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("janela %s\n", JN_VERSION);
      return 0;
    }
  if (self->board && self->kiosk)
    {
      g_printerr ("janela: --board or --kiosk, not both\n");
      return 2;
    }
  if (self->counter < 0 || (self->language != NULL && jn_language_find (self->language) == NULL))
    {
      g_printerr ("janela: --counter wants a number from 1, --language zh_HK, pt or en\n");
      return 2;
    }
  return -1;
}

static void
jn_program_finalize (GObject *object)
{
  JnProgram *self = JN_PROGRAM (object);

  g_free (self->language);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (jn_program_parent_class)->finalize (object);
}

static void
jn_program_class_init (JnProgramClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jn_program_finalize;
  application_class->activate = jn_program_activate;
  application_class->startup = jn_program_startup;
  application_class->shutdown = jn_program_shutdown;
  application_class->handle_local_options = jn_program_handle_local_options;
}

static void
jn_program_init (JnProgram *self)
{
  const GOptionEntry entries[] = {
    { "counter", 'c', 0, G_OPTION_ARG_INT, &self->counter, "Work at counter N", "N" },
    { "board", 0, 0, G_OPTION_ARG_NONE, &self->board, "Be the hall's display", NULL },
    { "kiosk", 0, 0, G_OPTION_ARG_NONE, &self->kiosk, "Give out numbers to citizens", NULL },
    { "language", 'l', 0, G_OPTION_ARG_STRING, &self->language, "zh_HK, pt or en", "LANGUAGE" },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, "Print the version and exit", NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

JnProgram *
jn_program_new (void)
{
  return g_object_new (JN_TYPE_PROGRAM, "application-id", "example.janela.Janela", "flags",
                       G_APPLICATION_NON_UNIQUE, NULL);
}

int
jn_program_run (JnProgram *self, int argc, char **argv)
{
  int status = g_application_run (G_APPLICATION (self), argc, argv);

  if (status == 1 && !g_application_get_is_registered (G_APPLICATION (self)))
    return 2; /* the options were wrong: GApplication says 1 */
  return self->failed ? 1 : status;
}
