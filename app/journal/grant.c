/* grant.c: under what a clerk works offline at a terminal: given at each sign-in on line. */
#include "app/journal/grant.h"

#include <sodium.h>
#include <string.h>
#include "app/clock.h"
#include "app/dict.h"
#include "app/json.h"

#define SECRET_SIZE 32

struct _JnGrant
{
  char *id;
  char *login;
  char *branch;
  char *terminal;
  gint64 last_number;
  gint64 expires; /* µs */
  gint64 lead;    /* the server's clock: app/clock.h */
  guint8 *secret; /* locked */
};

static gboolean
read_secret (JnGrant *grant, const char *hex)
{
  gsize size = 0;

  grant->secret = sodium_malloc (SECRET_SIZE);
  return hex != NULL && strlen (hex) == 2 * SECRET_SIZE
         && sodium_hex2bin (grant->secret, SECRET_SIZE, hex, strlen (hex), NULL, &size, NULL) == 0
         && size == SECRET_SIZE;
}

JnGrant *
jn_grant_new (GVariant *answer)
{
  g_autoptr (GVariant) given = jn_dict_dict (answer, "grant");
  g_autoptr (GVariant) staff = jn_dict_dict (answer, "staff");
  g_autoptr (GVariant) branch = jn_dict_dict (answer, "branch");
  g_autoptr (GVariant) terminal = jn_dict_dict (answer, "terminal");
  g_autoptr (JnGrant) grant = g_atomic_rc_box_new0 (JnGrant);
  const char *time = jn_dict_string (answer, "time");

  if (given == NULL || staff == NULL || branch == NULL || terminal == NULL
      || !read_secret (grant, jn_dict_string (given, "secret")))
    return NULL;
  grant->id = g_strdup (jn_dict_string (given, "id"));
  grant->login = g_strdup (jn_dict_string (staff, "login"));
  grant->branch = g_strdup (jn_dict_string (branch, "code"));
  grant->terminal = g_strdup (jn_dict_string (terminal, "code"));
  grant->last_number = jn_dict_int (given, "number", 0);
  grant->expires = jn_time_parse (jn_dict_string (given, "expires"));
  grant->lead = time != NULL ? jn_time_parse (time) - jn_clock_steady () : jn_clock_own_lead ();
  if (grant->id == NULL || grant->login == NULL || grant->branch == NULL || grant->terminal == NULL)
    return NULL;
  return g_steal_pointer (&grant);
}

JnGrant *
jn_grant_ref (JnGrant *grant)
{
  return g_atomic_rc_box_acquire (grant);
}

static void
clear (gpointer data)
{
  JnGrant *grant = data;

  g_free (grant->id);
  g_free (grant->login);
  g_free (grant->branch);
  g_free (grant->terminal);
  sodium_free (grant->secret);
}

void
jn_grant_unref (JnGrant *grant)
{
  g_atomic_rc_box_release_full (grant, clear);
}

const char *
jn_grant_get_login (const JnGrant *grant)
{
  return grant->login;
}

gint64
jn_grant_get_last_number (const JnGrant *grant)
{
  return grant->last_number;
}

gboolean
jn_grant_is_valid (const JnGrant *grant)
{
  return jn_clock_steady () + grant->lead < grant->expires;
}

char *
jn_grant_format_number (const JnGrant *grant, gint64 number)
{
  return g_strdup_printf ("%s-%s-%06" G_GINT64_FORMAT, grant->branch, grant->terminal, number);
}

char *
jn_grant_make_record (const JnGrant *grant, JnCommand *command, const char *number, char **mac)
{
  g_autofree char *at
      = jn_time_format (jn_command_get_happened_at (command) + jn_clock_offset (grant->lead));
  g_autoptr (GVariant) record = g_variant_ref_sink (jn_dict_new (
      "command", "s", jn_command_get_name (command), "args", "@a{sv}",
      jn_command_get_args (command), "key", "s", jn_command_get_key (command), "at", "s", at,
      "actor", "s", grant->login, "grant", "s", grant->id, "number", "s", number, NULL));
  char *text = jn_json_from_dict (record);
  guint8 bytes[crypto_auth_hmacsha256_BYTES];
  char hex[2 * sizeof bytes + 1];
  crypto_auth_hmacsha256_state state;

  crypto_auth_hmacsha256_init (&state, grant->secret, SECRET_SIZE);
  crypto_auth_hmacsha256_update (&state, (const guint8 *)text, strlen (text));
  crypto_auth_hmacsha256_final (&state, bytes);
  *mac = g_strdup (sodium_bin2hex (hex, sizeof hex, bytes, sizeof bytes));
  return text;
}
