/* receipt.c: janela-admin receipt verify: whether a receipt is genuine, from its text, a picture or a camera, offline. */
#include "app/admin/admin.h"

#include <stdio.h>
#include <string.h>

#include "app/admin/symbol.h"
#include "printing/seal.h"

#define USAGE                                                                                      \
  "janela-admin receipt verify [--keys FILE] [--root KEY] TEXT|- | --picture FILE|- | --camera "   \
  "DEVICE"

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

/* A list under the root's hand where the root is given; else one that this machine vouches for. */
static JnKeyList *
read_keys (const char *path, const char *root, GError **error)
{
  g_autofree char *json = NULL;
  guint8 key[JN_KEY_PUBLIC_SIZE];

  if (!g_file_get_contents (path, &json, NULL, error))
    return NULL;
  if (root == NULL)
    return jn_key_list_new_from_json (json, error);
  if (!jn_admin_read_public_key (root, key, error))
    return NULL;
  return jn_key_list_open (json, key, error);
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

typedef struct
{
  char *keys;
  char *root;
  char *picture;
  char *camera;
} Options;

static void
clear_options (Options *options)
{
  g_free (options->keys);
  g_free (options->root);
  g_free (options->picture);
  g_free (options->camera);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static gboolean
parse_options (Options *options, int *argc, char ***argv)
{
  const GOptionEntry entries[]
      = { { "keys", 0, 0, G_OPTION_ARG_FILENAME, &options->keys, NULL, NULL },
          { "root", 0, 0, G_OPTION_ARG_STRING, &options->root, NULL, NULL },
          { "picture", 0, 0, G_OPTION_ARG_FILENAME, &options->picture, NULL, NULL },
          { "camera", 0, 0, G_OPTION_ARG_FILENAME, &options->camera, NULL, NULL },
          { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  int n_sources;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, NULL) || *argc < 2
      || !g_str_equal ((*argv)[1], "verify"))
    return FALSE;
  n_sources = (*argc - 2) + (options->picture != NULL) + (options->camera != NULL);
  if (options->keys == NULL)
    options->keys = g_build_filename (g_get_user_data_dir (), "janela", "keys.json", NULL);
  return n_sources == 1;
}

static char *
read_text (const Options *options, const char *argument, GError **error)
{
  char *text;

  if (options->picture != NULL)
    return jn_symbol_read_picture (options->picture, error);
  if (options->camera != NULL)
    return jn_symbol_read_camera (options->camera, error);
  text = g_str_equal (argument, "-") ? read_line (stdin) : g_strdup (argument);
  if (text == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "nothing on standard input");
  return text;
}

int
jn_admin_receipt (JnAdmin *admin, int argc, char **argv)
{
  g_auto (Options) options = { .keys = g_strdup (g_getenv ("JANELA_KEYS")),
                               .root = g_strdup (g_getenv ("JANELA_ROOT")) };
  g_autoptr (GError) error = NULL;
  g_autoptr (JnKeyList) keys = NULL;
  g_autoptr (JnReceiptClaim) claim = NULL;
  g_autofree char *text = NULL;
  JnKeyId kid;

  if (!parse_options (&options, &argc, &argv))
    return jn_admin_usage (USAGE);
  keys = read_keys (options.keys, options.root, &error);
  if (keys == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "the list of keys cannot be read: %s", error->message);
  text = read_text (&options, argc > 2 ? argv[2] : NULL, &error);
  if (text == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  claim = jn_seal_verify (text, keys, g_get_real_time () / G_USEC_PER_SEC, &kid, &error);
  if (claim == NULL)
    {
      printf ("not genuine: %s\n", reason_word (error->code));
      return JN_EXIT_FOUND;
    }
  print_claim (claim, kid);
  return JN_EXIT_OK;
}
