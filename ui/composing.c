/* composing.c: every entry and text view tells when an input method's word begins and ends. */
#include "ui/composing.h"

#define KEY "jn-composing"
#define ENDED "jn-composed-until"
#define GIVEN_BACK_WITHIN_MS 2000

/* Key events carry the display's clock: milliseconds that begin at zero after 49 days. */
static guint32
clock_ms (void)
{
  return (guint32)(g_get_monotonic_time () / 1000);
}

static gboolean
preedit_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GObject *object = g_value_get_object (&values[0]);
  const char *preedit = g_value_get_string (&values[1]);

  if (jn_composing_in (GTK_WIDGET (object)) && (preedit == NULL || *preedit == '\0'))
    g_object_set_data (object, ENDED, GUINT_TO_POINTER (clock_ms ()));
  g_object_set_data (object, KEY, GINT_TO_POINTER (preedit != NULL && *preedit != '\0'));
  return TRUE; /* stay connected */
}

static void
watch_type (GType type)
{
  gpointer klass = g_type_class_ref (type);
  guint id = g_signal_lookup ("preedit-changed", type);

  g_return_if_fail (id != 0);
  g_signal_add_emission_hook (id, 0, preedit_cb, NULL, NULL);
  g_type_class_unref (klass);
}

void
jn_composing_watch (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      watch_type (GTK_TYPE_ENTRY);
      watch_type (GTK_TYPE_TEXT_VIEW);
      g_once_init_leave (&once, 1);
    }
}

gboolean
jn_composing_in (GtkWidget *widget)
{
  return widget != NULL && g_object_get_data (G_OBJECT (widget), KEY) != NULL;
}

gboolean
jn_composing_took (GtkWidget *widget, guint32 time)
{
  gpointer ended = widget != NULL ? g_object_get_data (G_OBJECT (widget), ENDED) : NULL;

  return ended != NULL && time != GDK_CURRENT_TIME
         && GPOINTER_TO_UINT (ended) - time < GIVEN_BACK_WITHIN_MS;
}
