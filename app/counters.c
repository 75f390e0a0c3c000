/* counters.c: who works where now. */
#include "app/counters.h"

#include "app/call.h"
#include "app/dict.h"

void
jn_counter_entry_free (JnCounterEntry *entry)
{
  g_clear_pointer (&entry->zone_names, g_variant_unref);
  g_clear_pointer (&entry->clerk, g_variant_unref);
  g_clear_pointer (&entry->profile_names, g_variant_unref);
  g_free (entry->login);
  g_free (entry->state);
  g_free (entry->profile);
  g_free (entry);
}

static JnCounterEntry *
read_entry (GVariant *row)
{
  g_autoptr (GVariant) zone = jn_dict_dict (row, "zone");
  g_auto (GStrv) services = jn_dict_strings (row, "services");
  JnCounterEntry *entry = g_new0 (JnCounterEntry, 1);

  entry->number = (int)jn_dict_int (row, "counter", 0);
  entry->zone_names = zone != NULL ? jn_dict_dict (zone, "names") : NULL;
  entry->login = g_strdup (jn_dict_string (row, "login"));
  entry->clerk = jn_dict_dict (row, "clerk");
  entry->state = g_strdup (jn_dict_string (row, "state"));
  entry->profile = g_strdup (jn_dict_string (row, "profile"));
  entry->profile_names = jn_dict_dict (row, "profile_names");
  entry->own = jn_dict_boolean (row, "own", FALSE);
  entry->busy = jn_dict_boolean (row, "busy", FALSE);
  entry->n_services = g_strv_length (services);
  entry->whole = jn_dict_boolean (row, "whole", FALSE);
  return entry;
}

static void
listed (GTask *task, GVariant *answer)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, "counters");
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_counter_entry_free);

  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);

      if (row != NULL)
        g_ptr_array_add (entries, read_entry (row));
    }
  g_task_return_pointer (task, entries, (GDestroyNotify)g_ptr_array_unref);
}

void
jn_counters_list_async (JnSession *session,
                        const char *const *services,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (JnQuery) query = NULL;

  g_return_if_fail (JN_IS_SESSION (session));
  query = jn_query_new ("counters", jn_dict_new ("services", "^as", services, NULL));
  jn_call_ask (jn_session_get_backend (session), query,
               g_task_new (session, cancellable, callback, user_data), listed);
}

GPtrArray *
jn_counters_list_finish (JnSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
