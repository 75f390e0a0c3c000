/* help.c: a clerk calls a supervisor, aloud or silently. */
#include "ui/help.h"

#include <glib/gi18n.h>

#include "ui/words.h"

static void
helped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPage) page = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (!jn_queue_help_finish (JN_QUEUE (source), result, &error))
    words = jn_words_error (error);
  if (gtk_widget_get_parent (GTK_WIDGET (page)) != NULL) /* it is still in the window */
    jn_page_say (page, words != NULL ? words : _("A supervisor is called."));
}

void
jn_help_call (JnQueue *queue, JnPage *page, gboolean alarm)
{
  if (alarm)
    jn_queue_help_async (queue, TRUE, NULL, NULL, NULL, NULL);
  else
    jn_queue_help_async (queue, FALSE, NULL, NULL, helped_cb, g_object_ref (page));
}
