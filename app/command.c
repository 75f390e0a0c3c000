/* command.c: what is asked of the backend: named arguments, with a key where something changes. */
#include "app/command.h"

#include "app/uuid.h"

struct _JnCommand
{
  gatomicrefcount refs;
  char *name;
  char *key;
  gint64 happened_at;
  GVariant *args;
  gboolean deferrable;
  gboolean repeatable;
};

struct _JnQuery
{
  gatomicrefcount refs;
  char *name;
  GVariant *args;
  gboolean cacheable;
};

/* No arguments are an empty dictionary. */
static GVariant *
take_args (GVariant *args)
{
  if (args == NULL)
    args = g_variant_new ("a{sv}", NULL);
  g_return_val_if_fail (g_variant_is_of_type (args, G_VARIANT_TYPE_VARDICT), NULL);
  return g_variant_ref_sink (args);
}

JnCommand *
jn_command_new (const char *name, GVariant *args)
{
  g_autofree char *key = jn_uuid_new ();

  return jn_command_new_full (name, args, key, g_get_real_time ());
}

JnCommand *
jn_command_new_full (const char *name, GVariant *args, const char *key, gint64 happened_at_us)
{
  JnCommand *self;

  g_return_val_if_fail (name != NULL && key != NULL, NULL);
  self = g_new0 (JnCommand, 1);
  g_atomic_ref_count_init (&self->refs);
  self->name = g_strdup (name);
  self->key = g_strdup (key);
  self->happened_at = happened_at_us;
  self->args = take_args (args);
  return self;
}

JnCommand *
jn_command_ref (JnCommand *command)
{
  g_atomic_ref_count_inc (&command->refs);
  return command;
}

void
jn_command_unref (JnCommand *command)
{
  if (!g_atomic_ref_count_dec (&command->refs))
    return;
  g_free (command->name);
  g_free (command->key);
  g_variant_unref (command->args);
  g_free (command);
}

const char *
jn_command_get_name (const JnCommand *command)
{
  return command->name;
}

const char *
jn_command_get_key (const JnCommand *command)
{
  return command->key;
}

gint64
jn_command_get_happened_at (const JnCommand *command)
{
  return command->happened_at;
}

GVariant *
jn_command_get_args (const JnCommand *command)
{
  return command->args;
}

void
jn_command_set_deferrable (JnCommand *command, gboolean deferrable)
{
  command->deferrable = deferrable;
}

gboolean
jn_command_is_deferrable (const JnCommand *command)
{
  return command->deferrable;
}

void
jn_command_set_repeatable (JnCommand *command, gboolean repeatable)
{
  command->repeatable = repeatable;
}

gboolean
jn_command_is_repeatable (const JnCommand *command)
{
  return command->repeatable;
}

JnQuery *
jn_query_new (const char *name, GVariant *args)
{
  JnQuery *self;

  g_return_val_if_fail (name != NULL, NULL);
  self = g_new0 (JnQuery, 1);
  g_atomic_ref_count_init (&self->refs);
  self->name = g_strdup (name);
  self->args = take_args (args);
  return self;
}

JnQuery *
jn_query_ref (JnQuery *query)
{
  g_atomic_ref_count_inc (&query->refs);
  return query;
}

void
jn_query_unref (JnQuery *query)
{
  if (!g_atomic_ref_count_dec (&query->refs))
    return;
  g_free (query->name);
  g_variant_unref (query->args);
  g_free (query);
}

const char *
jn_query_get_name (const JnQuery *query)
{
  return query->name;
}

GVariant *
jn_query_get_args (const JnQuery *query)
{
  return query->args;
}

void
jn_query_set_cacheable (JnQuery *query, gboolean cacheable)
{
  query->cacheable = cacheable;
}

gboolean
jn_query_is_cacheable (const JnQuery *query)
{
  return query->cacheable;
}
