/* hosts.c: a conninfo taken apart: one set of connection parameters a host. */
#include "app/postgres/hosts.h"

#include <sodium.h>

#include "app/backend.h"
#include "app/dict.h"
#include "app/postgres/pq.h"

struct _JnHosts
{
  gatomicrefcount refs;
  PQconninfoOption *options;
  char **names; /* "" for the default socket */
  char **ports;
  char **addresses;
  char *login;
  char *password;
};

/* What we want where the dsn says nothing. A dead line is told by three things: keepalives when idle,
 * tcp_user_timeout when data is not acknowledged, and the answer's own timer (line.c). */
static const char *const defaults[][2] = {
  { "application_name", "janela" },
  { "client_encoding", "UTF8" },
  { "keepalives", "1" },
  { "keepalives_idle", "3" },
  { "keepalives_interval", "1" },
  { "keepalives_count", "3" },
  { "tcp_user_timeout", "4000" },
  { "gssencmode", "disable" },
  { "options", "-c statement_timeout=10s -c lock_timeout=8s" },
};

static const char *
option (const JnHosts *self, const char *keyword)
{
  for (PQconninfoOption *o = self->options; o->keyword != NULL; o++)
    if (g_str_equal (o->keyword, keyword))
      return o->val;
  return NULL;
}

/* The @i-th of a list with commas; one value serves all hosts. */
static const char *
pick (char **list, guint i)
{
  guint n = g_strv_length (list);
  const char *value = n == 0 ? NULL : list[n == 1 ? 0 : MIN (i, n - 1)];

  return value != NULL && value[0] != '\0' ? value : NULL;
}

JnHosts *
jn_hosts_new (const char *dsn, const char *login, const char *password, GError **error)
{
  g_autoptr (JnHosts) self = g_new0 (JnHosts, 1);
  char *problem = NULL;
  const char *names;

  g_atomic_ref_count_init (&self->refs);
  self->login = g_strdup (login);
  self->password = g_strdup (password);
  self->options = PQconninfoParse (dsn != NULL ? dsn : "", &problem);
  if (self->options == NULL)
    {
      g_propagate_error (error, jn_backend_error_new (JN_BACKEND_ERROR_REJECTED, "dsn", NULL,
                                                      jn_dict_new ("message", "s", problem, NULL)));
      PQfreemem (problem);
      return NULL;
    }
  names = option (self, "host") != NULL ? option (self, "host") : option (self, "hostaddr");
  self->names = g_strsplit (names != NULL && names[0] != '\0' ? names : " ", ",", -1);
  self->ports = g_strsplit (option (self, "port") != NULL ? option (self, "port") : "", ",", -1);
  self->addresses
      = g_strsplit (option (self, "hostaddr") != NULL ? option (self, "hostaddr") : "", ",", -1);
  return g_steal_pointer (&self);
}

JnHosts *
jn_hosts_ref (JnHosts *hosts)
{
  g_atomic_ref_count_inc (&hosts->refs);
  return hosts;
}

void
jn_hosts_unref (JnHosts *hosts)
{
  if (!g_atomic_ref_count_dec (&hosts->refs))
    return;
  if (hosts->password != NULL)
    sodium_memzero (hosts->password, strlen (hosts->password));
  g_free (hosts->password);
  g_free (hosts->login);
  g_strfreev (hosts->names);
  g_strfreev (hosts->ports);
  g_strfreev (hosts->addresses);
  g_clear_pointer (&hosts->options, PQconninfoFree);
  g_free (hosts);
}

guint
jn_hosts_count (const JnHosts *hosts)
{
  return g_strv_length (hosts->names);
}

static const char *
host_of (const JnHosts *hosts, guint i)
{
  const char *name = hosts->names[i];

  return g_str_equal (name, " ") || name[0] == '\0' ? NULL : name;
}

/* A path, an abstract socket, or no host at all. */
static gboolean
is_socket (const char *host)
{
  return host == NULL || host[0] == '/' || host[0] == '@';
}

const char *
jn_hosts_name (const JnHosts *hosts, guint i)
{
  const char *host = host_of (hosts, i);

  if (is_socket (host) || pick (hosts->addresses, i) != NULL || g_hostname_is_ip_address (host))
    return NULL;
  return host;
}

static void
add (GPtrArray *keywords, GPtrArray *values, const char *keyword, const char *value)
{
  if (value == NULL)
    return;
  g_ptr_array_add (keywords, (gpointer)keyword);
  g_ptr_array_add (values, (gpointer)value);
}

/* Whether the parameters set here take the dsn's place. */
static gboolean
is_ours (const char *keyword)
{
  static const char *const ours[]
      = { "host", "hostaddr", "port", "user", "password", "connect_timeout", NULL };

  return g_strv_contains (ours, keyword);
}

void
jn_hosts_params (
    const JnHosts *hosts, guint i, const char *address, GPtrArray *keywords, GPtrArray *values)
{
  const char *host = host_of (hosts, i);

  for (guint d = 0; d < G_N_ELEMENTS (defaults); d++)
    if (option (hosts, defaults[d][0]) == NULL)
      add (keywords, values, defaults[d][0], defaults[d][1]);
  for (PQconninfoOption *o = hosts->options; o->keyword != NULL; o++)
    if (!is_ours (o->keyword))
      add (keywords, values, o->keyword, o->val);
  if (!is_socket (host) && option (hosts, "sslmode") == NULL)
    {
      add (keywords, values, "sslmode", "verify-full");
      add (keywords, values, "channel_binding", "require");
    }
  if (jn_hosts_count (hosts) > 1 && option (hosts, "target_session_attrs") == NULL)
    add (keywords, values, "target_session_attrs", "read-write");
  add (keywords, values, "host", host);
  add (keywords, values, "hostaddr", address != NULL ? address : pick (hosts->addresses, i));
  add (keywords, values, "port", pick (hosts->ports, i));
  add (keywords, values, "user", hosts->login != NULL ? hosts->login : option (hosts, "user"));
  add (keywords, values, "password",
       hosts->password != NULL ? hosts->password : option (hosts, "password"));
  g_ptr_array_add (keywords, NULL);
  g_ptr_array_add (values, NULL);
}
