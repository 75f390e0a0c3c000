/* receipt.c: janela-admin receipt verify TEXT|-: whether a receipt's QR is genuine, without line. */
#include "app/admin/admin.h"

#include <stdio.h>
#include <string.h>

#include "printing/seal.h"

#define USAGE "janela-admin receipt verify [--keys FILE] TEXT|-"

static const char *
reason_word (int code)
{
  switch ((JnSealError)code)
    {
    case JN_SEAL_ERROR_MALFORMED:
      return "malformed";
    case JN_SEAL_ERROR_TAMPERED:
      return "tampered";
    case JN_SEAL_ERROR_UNKNOWN_KEY:
      return "unknown-key";
    case JN_SEAL_ERROR_REVOKED:
      return "revoked";
    case JN_SEAL_ERROR_NOT_YET_VALID:
      return "not-yet-valid";
    case JN_SEAL_ERROR_EXPIRED:
      return "expired";
    case JN_SEAL_ERROR_FUTURE:
      return "future";
    }
  return "unknown";
}

static char *
read_line (FILE *stream)
{
  char buffer[8192];

  if (fgets (buffer, sizeof buffer, stream) == NULL)
    return NULL;
  return g_strdup (g_strstrip (buffer));
}

static JnKeyList *
read_keys (const char *path, GError **error)
{
  g_autofree char *json = NULL;

  if (!g_file_get_contents (path, &json, NULL, error))
    return NULL;
  return jn_key_list_new_from_json (json, error);
}

static void
print_claim (const JnReceiptClaim *claim, JnKeyId id)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (claim->time);
  g_autofree char *issued = g_date_time_format_iso8601 (time);
  g_autofree char *kid = jn_key_id_to_string (id);

  printf ("genuine\nreceipt: %s\nbranch: %u\ncounter: %u\nissued: %s\nfee: %" G_GINT64_FORMAT
          " avos\napplications: %u\n",
          claim->receipt, claim->branch, claim->counter, issued, claim->fee, claim->n_applications);
  for (guint i = 0; claim->applications != NULL && claim->applications[i] != NULL; i++)
    printf ("  %s\n", claim->applications[i]);
  printf ("key: %s\n", kid);
}

int
jn_admin_receipt (JnAdmin *admin, int argc, char **argv)
{
  g_autofree char *path = g_strdup (g_getenv ("JANELA_KEYS"));
  const GOptionEntry entries[]
      = { { "keys", 0, 0, G_OPTION_ARG_FILENAME, &path, NULL, NULL }, { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnKeyList) keys = NULL;
  g_autoptr (JnReceiptClaim) claim = NULL;
  g_autofree char *text = NULL;
  JnKeyId kid;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 3
      || !g_str_equal (argv[1], "verify"))
    return jn_admin_usage (USAGE);
  if (path == NULL)
    path = g_build_filename (g_get_user_data_dir (), "janela", "keys.json", NULL);
  keys = read_keys (path, &error);
  if (keys == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "the list of keys cannot be read: %s", error->message);
  text = g_str_equal (argv[2], "-") ? read_line (stdin) : g_strdup (argv[2]);
  if (text == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "nothing on standard input");
  claim = jn_seal_verify (text, keys, g_get_real_time () / G_USEC_PER_SEC, &kid, &error);
  if (claim == NULL)
    {
      printf ("not genuine: %s\n", reason_word (error->code));
      return JN_EXIT_FOUND;
    }
  print_claim (claim, kid);
  return JN_EXIT_OK;
}
