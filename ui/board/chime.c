/* chime.c: libcanberra plays the chime of the sound theme; spd-say speaks, one call at a time. */
#include "ui/board/chime.h"

#include <canberra.h>
#include <gio/gio.h>

#define MOST_SPEECHES 12 /* a call that is older than these is not worth hearing */

struct _JnChime
{
  GObject parent;

  ca_context *sound; /* NULL: there is none */
  GQueue *speeches;  /* of GStrv: what spd-say is told */
  GCancellable *cancellable;
  gboolean speaking;
};

G_DEFINE_TYPE (JnChime, jn_chime, G_TYPE_OBJECT)

void
jn_chime_play (JnChime *self)
{
  int fault;

  if (self->sound == NULL)
    return;
  fault = ca_context_play (self->sound, 0, CA_PROP_EVENT_ID, "complete", CA_PROP_MEDIA_ROLE,
                           "event", NULL);
  if (fault != CA_SUCCESS)
    g_debug ("the chime is not heard: %s", ca_strerror (fault));
}

/* -- speech -- */

static void speak_next (JnChime *self);

static void
spoken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnChime) self = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error);
  self->speaking = FALSE;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    speak_next (self);
}

static void
speak_next (JnChime *self)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  if (self->speaking)
    return;
  arguments = g_queue_pop_head (self->speeches);
  if (arguments == NULL)
    return;
  process = g_subprocess_newv (
      (const char *const *)arguments,
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  if (process == NULL)
    {
      g_debug ("nothing is spoken: %s", error->message);
      return;
    }
  self->speaking = TRUE;
  g_subprocess_wait_async (process, self->cancellable, spoken_cb, g_object_ref (self));
}

static const char *
voice_of (const char *language)
{
  if (g_strcmp0 (language, "pt") == 0)
    return "pt-PT";
  return g_strcmp0 (language, "en") == 0 ? "en" : "yue"; /* Cantonese is what Macau speaks */
}

void
jn_chime_speak (JnChime *self, const char *language, const char *words)
{
  const char *const arguments[]
      = { "spd-say", "--wait", "--language", voice_of (language), "--", words, NULL };

  if (g_queue_get_length (self->speeches) >= MOST_SPEECHES)
    g_strfreev (g_queue_pop_head (self->speeches));
  g_queue_push_tail (self->speeches, g_strdupv ((char **)arguments));
  speak_next (self);
}

/* -- the object -- */

static void
free_speech (gpointer speech)
{
  g_strfreev (speech);
}

static void
jn_chime_finalize (GObject *object)
{
  JnChime *self = JN_CHIME (object);

  if (self->sound != NULL)
    ca_context_destroy (self->sound);
  g_queue_free_full (self->speeches, free_speech);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (jn_chime_parent_class)->finalize (object);
}

static void
jn_chime_dispose (GObject *object)
{
  g_cancellable_cancel (JN_CHIME (object)->cancellable);
  G_OBJECT_CLASS (jn_chime_parent_class)->dispose (object);
}

static void
jn_chime_class_init (JnChimeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_chime_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_chime_finalize;
}

static void
jn_chime_init (JnChime *self)
{
  self->speeches = g_queue_new ();
  self->cancellable = g_cancellable_new ();
  if (ca_context_create (&self->sound) != CA_SUCCESS)
    self->sound = NULL;
  else
    ca_context_change_props (self->sound, CA_PROP_APPLICATION_NAME, "Janela", NULL);
}

JnChime *
jn_chime_new (void)
{
  return g_object_new (JN_TYPE_CHIME, NULL);
}
