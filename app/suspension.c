/* suspension.c: a service that cannot be given for a while. */
#include "app/suspension.h"

#include "app/dict.h"

JnSuspension *
jn_suspension_new (GVariant *answer)
{
  JnSuspension *suspension = g_new0 (JnSuspension, 1);

  suspension->id = g_strdup (jn_dict_string (answer, "id"));
  suspension->services = jn_dict_strings (answer, "services");
  suspension->everywhere = g_strcmp0 (jn_dict_string (answer, "branch"), "*") == 0;
  suspension->reason = g_strdup (jn_dict_string (answer, "reason"));
  suspension->since = jn_dict_time (answer, "since");
  suspension->until = jn_dict_time (answer, "until");
  return suspension;
}

void
jn_suspension_free (JnSuspension *suspension)
{
  g_free (suspension->id);
  g_strfreev (suspension->services);
  g_free (suspension->reason);
  g_free (suspension);
}

GPtrArray *
jn_suspension_list (GVariant *dict, const char *key)
{
  g_autoptr (GVariant) list = jn_dict_list (dict, key);
  GPtrArray *suspensions = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_suspension_free);

  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);

      if (row != NULL)
        g_ptr_array_add (suspensions, jn_suspension_new (row));
    }
  return suspensions;
}
