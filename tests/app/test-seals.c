/* test-seals.c: a terminal's key from its making to its end, by the administrator's own commands on a real server.
 *
 * The database of JANELA_TEST_DSN holds the demonstration, whose administrator signs in here. */
#include <glib/gstdio.h>
#include <string.h>

#include "app/terminal-key.h"
#include "printing/raster.h"
#include "printing/seal.h"

#define HOUR 3600

/* One terminal, its key, and what the administrator's commands say. */
typedef struct
{
  char *code;      /* "T51" */
  char *counter;   /* "51" */
  char *folder;    /* its state folder */
  char *root_file; /* the offline root's key */
  char *root;      /* its public half */
  char *list;      /* the signed list, a file */
} Place;

static char *
path_of (const char *name)
{
  return g_build_filename (g_get_tmp_dir (), name, NULL);
}

/* -- janela-admin ----------------------------------------------------------------------------------- */

typedef struct
{
  int status;
  char *output; /* both, trimmed */
} Said;

static void
said_clear (Said *said)
{
  g_clear_pointer (&said->output, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Said, said_clear)

static Said
run (const char *input, const char *const *arguments)
{
  g_autofree char *program = g_build_filename (g_getenv ("JANELA_BIN"), "janela-admin", NULL);
  g_autofree char *password = path_of ("password");
  const char *const lead[]
      = { program,           "--dsn", g_getenv ("JANELA_TEST_DSN"), "--login", "admin",
          "--password-file", password };
  g_autoptr (GPtrArray) command = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  Said said = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (lead); i++)
    g_ptr_array_add (command, (gpointer)lead[i]);
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (command, (gpointer)*arguments);
  g_ptr_array_add (command, NULL);
  process = g_subprocess_newv ((const char *const *)command->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                   | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &said.output, NULL, &error);
  g_assert_no_error (error);
  said.status = g_subprocess_get_exit_status (process);
  g_strstrip (said.output);
  return said;
}

#define admin(...) run (NULL, (const char *const[]){ __VA_ARGS__, NULL })

/* What a command prints that must succeed. (transfer full) */
static char *
answer (Said said)
{
  if (said.status != 0)
    g_error ("exit %d: %s", said.status, said.output);
  return said.output;
}

static void
assert_says (Said said, int status, const char *words)
{
  if (said.status != status || strstr (said.output, words) == NULL)
    g_error ("exit %d: %s; not %d: %s", said.status, said.output, status, words);
  g_free (said.output);
}

/* -- a terminal ---------------------------------------------------------------------------------------- */

static char *
enrol (Place *place, const char *key)
{
  return answer (admin ("terminal", "enrol", place->code, "--branch", "07", "--public-key", key));
}

static void
publish (Place *place)
{
  g_autofree char *json = answer (admin ("keys", "list", "--json"));
  Said said
      = run (json, (const char *const[]){ "keys", "sign", "--root", place->root_file, "-", NULL });
  g_autofree char *list = answer (said);

  g_assert_true (g_file_set_contents (place->list, list, -1, NULL));
}

static void
set_up (Place *place, gconstpointer data)
{
  static guint number = 50;
  g_autofree char *password = path_of ("password");
  g_autofree char *root_name = g_strdup_printf ("root-%u", ++number);

  g_assert_true (g_file_set_contents (password, "lotus-admin\n", -1, NULL));
  place->counter = g_strdup_printf ("%u", number);
  place->code = g_strconcat ("T", place->counter, NULL);
  place->folder = g_build_filename (g_get_user_state_dir (), "janela", place->code, NULL);
  place->root_file = path_of (root_name);
  place->root = answer (admin ("keys", "root", place->root_file));
  place->list = path_of ("keys.jws");
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_free (place->code);
  g_free (place->counter);
  g_free (place->folder);
  g_free (place->root_file);
  g_free (place->root);
  g_free (place->list);
}

static char *
own_key (Place *place)
{
  return answer (admin ("terminal", "key", "--counter", place->counter));
}

/* A receipt that this terminal sealed under @kid, issued @later seconds from now. */
static char *
seal (Place *place, const char *kid, gint64 later)
{
  static const char *const numbers[] = { "07-2026-0000001-1", NULL };
  JnKeyId id;
  g_autoptr (JnSealKey) key = NULL;
  g_autoptr (JnReceiptClaim) claim = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (jn_key_id_from_string (kid, &id));
  key = jn_terminal_key_load (place->folder, id, &error);
  g_assert_no_error (error);
  claim = jn_receipt_claim_new ("07-2026-0000001", 7, 7,
                                g_get_real_time () / G_USEC_PER_SEC + later, numbers, 9000, 0);
  return jn_seal_receipt (key, claim, "janela.example");
}

static Said
verify (Place *place, const char *text)
{
  return admin ("receipt", "verify", "--keys", place->list, "--root", place->root, text);
}

/* -- what must hold -------------------------------------------------------------------------------------- */

/* From the terminal to the published list, and back from a receipt. The secret is nobody's but the terminal's. */
static void
test_enrolment (Place *place, gconstpointer data)
{
  g_autofree char *key = own_key (place);
  g_autofree char *again = own_key (place);
  g_autofree char *wanted = g_strdup_printf ("7-%s-1", place->counter);
  g_autofree char *kid = enrol (place, key);
  g_autofree char *seed = g_build_filename (place->folder, "terminal.seed", NULL);
  g_autofree char *text = NULL;
  g_autofree char *listed = NULL;
  GStatBuf status;

  g_assert_cmpstr (key, ==, again);
  g_assert_cmpstr (kid, ==, wanted);
  g_assert_cmpint (g_stat (seed, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  publish (place);
  text = seal (place, kid, 0);
  assert_says (verify (place, text), 0, "genuine\nreceipt: 07-2026-0000001");
  listed = answer (admin ("keys", "list"));
  g_assert_nonnull (strstr (listed, kid));
}

/* A new key of the same terminal: what the old one sealed stays genuine, what it seals later does not. */
static void
test_rotation (Place *place, gconstpointer data)
{
  g_autofree char *key = own_key (place);
  g_autofree char *first = enrol (place, key);
  g_autofree char *old = seal (place, first, 0);
  g_autofree char *late = seal (place, first, 60);
  g_autofree char *other = answer (admin ("terminal", "key", "--counter", place->counter, "--new"));
  g_autofree char *second = enrol (place, other);
  g_autofree char *wanted = g_strdup_printf ("7-%s-2", place->counter);
  g_autofree char *fresh = seal (place, second, 0);

  g_assert_cmpstr (key, !=, other);
  g_assert_cmpstr (second, ==, wanted);
  publish (place);
  assert_says (verify (place, old), 0, "genuine");
  assert_says (verify (place, fresh), 0, "genuine");
  assert_says (verify (place, late), 1, "not genuine: expired");
}

/* A receipt of the very second in which its key ends is not trusted. */
static void
await_next_second (void)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  while (g_get_real_time () / G_USEC_PER_SEC == now)
    g_usleep (10000);
}

/* A stolen terminal: its key alone ends, at once; another terminal's receipts stand. */
static void
test_revocation (Place *place, gconstpointer data)
{
  g_autofree char *key = own_key (place);
  g_autofree char *kid = enrol (place, key);
  g_autofree char *before = seal (place, kid, 0);
  g_autofree char *after = seal (place, kid, 60);
  g_autofree char *revoked = NULL;
  Place neighbour = { 0 };
  g_autofree char *key_there = NULL;
  g_autofree char *kid_there = NULL;
  g_autofree char *there = NULL;

  set_up (&neighbour, NULL);
  key_there = own_key (&neighbour);
  kid_there = enrol (&neighbour, key_there);
  there = seal (&neighbour, kid_there, 60);
  await_next_second ();
  revoked = answer (admin ("terminal", "revoke", kid, "--reason", "stolen"));
  assert_says (admin ("terminal", "revoke", kid, "--reason", "stolen"), 1, "no-key");
  publish (place);
  assert_says (verify (place, before), 0, "genuine");
  assert_says (verify (place, after), 1, "not genuine: revoked");
  assert_says (verify (place, there), 0, "genuine");
  tear_down (&neighbour, NULL);
}

static void
test_refused (Place *place, gconstpointer data)
{
  g_autofree char *key = own_key (place);
  g_autofree char *kid = enrol (place, key);
  g_autofree char *text = seal (place, kid, 0);
  g_autofree char *future = seal (place, kid, HOUR);
  g_autofree char *unknown = seal (place, "7-99-1", 0);
  char *middle = text + strlen (text) / 2;

  publish (place);
  assert_says (verify (place, future), 1, "not genuine: future");
  assert_says (verify (place, unknown), 1, "not genuine: unknown-key");
  assert_says (verify (place, "https://janela.example/r#AAAA"), 1, "not genuine: malformed");
  *middle = *middle == 'A' ? 'B' : 'A';
  assert_says (verify (place, text), 1, "not genuine: tampered");
}

/* The list counts only under the hand of the root that was named. */
static void
test_root (Place *place, gconstpointer data)
{
  g_autofree char *key = own_key (place);
  g_autofree char *kid = enrol (place, key);
  g_autofree char *text = seal (place, kid, 0);
  g_autofree char *other_file = g_strconcat (place->root_file, "-other", NULL);
  g_autofree char *other = answer (admin ("keys", "root", other_file));
  g_autofree char *page = NULL;
  g_autofree char *json = NULL;
  g_autofree char *plain = path_of ("keys.json");
  g_autofree char *wanted = g_strdup_printf ("janelaKeys = { root: \"%s\", list: {", place->root);

  publish (place);
  assert_says (admin ("receipt", "verify", "--keys", place->list, "--root", other, text), 2,
               "did not sign");
  json = answer (admin ("keys", "list", "--json"));
  g_assert_true (g_file_set_contents (plain, json, -1, NULL));
  assert_says (admin ("receipt", "verify", "--keys", plain, "--root", place->root, text), 2,
               "no signed list");
  assert_says (admin ("receipt", "verify", "--keys", plain, text), 0, "genuine");
  assert_says (admin ("keys", "root", place->root_file), 2, "exists");
  page = answer (admin ("keys", "sign", "--root", place->root_file, "--page", plain));
  g_assert_true (g_str_has_prefix (page, wanted));
}

/* -- pictures ---------------------------------------------------------------------------------------------- */

static char *
print_receipt (const char *text)
{
  g_autoptr (JnDocument) document = jn_document_new (JN_DOCUMENT_RECEIPT, "pt", "zh-Hant");
  g_autoptr (JnLayout) layout = NULL;
  g_autoptr (JnRaster) raster = NULL;
  g_autoptr (GError) error = NULL;
  char *path = path_of ("receipt.png");

  jn_document_add_title (document, jn_words ("Recibo", "收據"));
  jn_document_add_qr (document, text, jn_words ("Verificar", NULL));
  layout = jn_layout_new (document, JN_PAPER_ROLL_80, &error);
  g_assert_no_error (error);
  raster = jn_raster_new_from_page (layout, 0, &error);
  jn_raster_save_png (raster, path, &error);
  g_assert_no_error (error);
  return path;
}

/* As a phone takes it: askew, a little blurred, on grey, as JPEG. */
static char *
photograph (const char *path)
{
  char *photo = path_of ("receipt.jpg");
  const char *const command[]
      = { "convert", path, "-bordercolor", "white", "-border",  "40", "-background", "#707070",
          "-rotate", "7",  "-blur",        "0x1",   "-quality", "70", photo,         NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return photo;
}

static Said
verify_picture (Place *place, const char *path)
{
  return admin ("receipt", "verify", "--keys", place->list, "--root", place->root, "--picture",
                path);
}

static void
test_picture (Place *place, gconstpointer data)
{
  g_autofree char *key = own_key (place);
  g_autofree char *kid = enrol (place, key);
  g_autofree char *text = seal (place, kid, 0);
  g_autofree char *path = print_receipt (text);
  g_autofree char *photo = photograph (path);
  g_autofree char *blank = path_of ("blank.png");
  g_autoptr (JnRaster) white = jn_raster_new (200, 200);

  publish (place);
  assert_says (verify_picture (place, path), 0, "genuine\nreceipt: 07-2026-0000001");
  assert_says (verify_picture (place, photo), 0, "genuine\nreceipt: 07-2026-0000001");
  g_assert_true (jn_raster_save_png (white, blank, NULL));
  assert_says (verify_picture (place, blank), 2, "no QR symbol");
  assert_says (verify_picture (place, place->list), 2, "janela-admin:");
  assert_says (verify_picture (place, "/nowhere.png"), 2, "/nowhere.png");
}

/* There is no camera here; what can be seen is that its lack is said. */
static void
test_camera (Place *place, gconstpointer data)
{
  publish (place);
  assert_says (admin ("receipt", "verify", "--keys", place->list, "--root", place->root, "--camera",
                      "/dev/video99"),
               2, "/dev/video99: no camera");
}

/* A seed that others may read is not used, and not overwritten. */
static void
test_seed_of_others (Place *place, gconstpointer data)
{
  g_autofree char *key = own_key (place);
  g_autofree char *seed = g_build_filename (place->folder, "terminal.seed", NULL);

  g_assert_cmpint (g_chmod (seed, 0644), ==, 0);
  assert_says (admin ("terminal", "key", "--counter", place->counter), 2, "others may read");
  g_assert_cmpint (g_chmod (seed, 0600), ==, 0);
  assert_says (admin ("terminal", "key", "--counter", place->counter), 0, key);
}

static void
test_usage (Place *place, gconstpointer data)
{
  assert_says (admin ("receipt", "verify"), 2, "receipt verify");
  assert_says (admin ("receipt", "verify", "one", "two"), 2, "receipt verify");
  assert_says (admin ("receipt", "verify", "--picture", "x.png", "one"), 2, "receipt verify");
  assert_says (admin ("terminal", "enrol", "T51", "--branch", "07", "--public-key", "12"), 2,
               "is no public key");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Place *place, gconstpointer data);
  } tests[] = { { "/app/seals/enrolment", test_enrolment },
                { "/app/seals/rotation", test_rotation },
                { "/app/seals/revocation", test_revocation },
                { "/app/seals/refused", test_refused },
                { "/app/seals/root", test_root },
                { "/app/seals/picture", test_picture },
                { "/app/seals/camera", test_camera },
                { "/app/seals/seed-of-others", test_seed_of_others },
                { "/app/seals/usage", test_usage } };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
