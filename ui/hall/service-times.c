/* service-times.c: how long each kind of work takes at the desk today. */
#include "ui/hall/service-times.h"

#define LEAST_KNOWN 5

struct _JnServiceTimes
{
  GHashTable *times; /* kind of work → GArray of gint64, sorted */
};

/* The services together are the kind of work, as for the queue. (transfer full) */
static char *
kind_of (JnTicket *ticket)
{
  return g_strjoinv (" ", (char **)jn_ticket_get_services (ticket));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 *one = a, *other = b;

  return (*one > *other) - (*one < *other);
}

static void
add (JnServiceTimes *times, JnTicket *ticket)
{
  gint64 began = jn_ticket_get_at_desk (ticket);
  gint64 ended = jn_ticket_get_finished (ticket);
  gint64 seconds = ended - began - jn_ticket_get_held (ticket);
  char *kind = kind_of (ticket);
  GArray *known = g_hash_table_lookup (times->times, kind);

  if (began == 0 || ended == 0 || seconds < 0)
    {
      g_free (kind);
      return;
    }
  if (known == NULL)
    {
      known = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (times->times, kind, known);
    }
  else
    g_free (kind);
  g_array_append_val (known, seconds);
}

JnServiceTimes *
jn_service_times_new (GListModel *served)
{
  JnServiceTimes *times = g_new0 (JnServiceTimes, 1);
  GHashTableIter iter;
  gpointer known;

  times->times
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  for (guint i = 0; i < g_list_model_get_n_items (served); i++)
    {
      g_autoptr (JnTicket) ticket = g_list_model_get_item (served, i);

      add (times, ticket);
    }
  g_hash_table_iter_init (&iter, times->times);
  while (g_hash_table_iter_next (&iter, NULL, &known))
    g_array_sort (known, compare);
  return times;
}

void
jn_service_times_free (JnServiceTimes *times)
{
  g_hash_table_unref (times->times);
  g_free (times);
}

gint64
jn_service_times_get_p90 (JnServiceTimes *times, JnTicket *ticket)
{
  g_autofree char *kind = kind_of (ticket);
  GArray *known = g_hash_table_lookup (times->times, kind);

  if (known == NULL || known->len < LEAST_KNOWN)
    return -1;
  return g_array_index (known, gint64, (known->len * 9 + 9) / 10 - 1);
}
