/* test-verify-page.c: the page's JavaScript and our C judge the same receipts alike; two libraries of others agree. */
#include <json-glib/json-glib.h>
#include <sodium.h>
#include <string.h>

#include "printing/seal.h"
#include "tests/printing/samples.h"
#include "tests/printing/published.h"

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define NOW (SAMPLE_TIME + 60)

static const char *const reasons[] = { [JN_SEAL_ERROR_MALFORMED] = "malformed",
                                       [JN_SEAL_ERROR_TAMPERED] = "tampered",
                                       [JN_SEAL_ERROR_UNKNOWN_KEY] = "unknown-key",
                                       [JN_SEAL_ERROR_REVOKED] = "revoked",
                                       [JN_SEAL_ERROR_NOT_YET_VALID] = "not-yet-valid",
                                       [JN_SEAL_ERROR_EXPIRED] = "expired",
                                       [JN_SEAL_ERROR_FUTURE] = "future" };

/* The receipts to judge, and what we think of each. */
typedef struct
{
  GString *questions;
  GPtrArray *expected; /* a reason, or the receipt's number */
} Cases;

static void
add_case (Cases *cases, const char *text, const JnKeyList *keys, gint64 now)
{
  g_autofree char *published = publish_keys (keys);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnReceiptClaim) claim = jn_seal_verify (text, keys, now, NULL, &error);
  g_autoptr(JsonNode) node = json_node_init_string (json_node_alloc (), text);
  g_autofree char *quoted = json_to_string (node, FALSE);

  g_string_append_printf (cases->questions,
                          "{\"text\":%s,\"published\":%s,\"now\":%" G_GINT64_FORMAT "}\n", quoted,
                          published, now);
  g_ptr_array_add (cases->expected,
                   g_strdup (claim != NULL ? claim->receipt : reasons[error->code]));
}

static void
add_times (Cases *cases)
{
  static const gint64 times[][4] = {
    { 0, 0, 0, NOW },
    { SAMPLE_TIME, SAMPLE_TIME, SAMPLE_TIME + 1, SAMPLE_TIME - 300 },
    { SAMPLE_TIME + 1, 0, 0, NOW },
    { 0, SAMPLE_TIME - 1, 0, NOW },
    { 0, 0, SAMPLE_TIME, NOW },
    { 0, 0, 0, SAMPLE_TIME - 301 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr(JnKeyList) keys = published_keys (times[i][0], times[i][1], times[i][2]);

      add_case (cases, sample_seal (), keys, times[i][3]);
    }
}

static void
add_tampered (Cases *cases, guint step)
{
  g_autoptr(JnKeyList) keys = sample_keys ();
  const char *fragment = strchr (sample_seal (), '#') + 1;
  char text[1024] = "https://janela.example/r#";
  gsize start = strlen (text);
  guint8 data[512];
  size_t size;

  sodium_base642bin (data, sizeof data, fragment, strlen (fragment), NULL, &size, NULL, BASE64);
  for (gsize bit = 0; bit < size * 8; bit += step)
    {
      data[bit / 8] ^= 1 << bit % 8;
      sodium_bin2base64 (text + start, sizeof text - start, data, size, BASE64);
      add_case (cases, text, keys, NOW);
      data[bit / 8] ^= 1 << bit % 8;
    }
}

static void
add_others (Cases *cases)
{
  static const char *const texts[]
      = { "", "https://janela.example/r#", "https://janela.example/r#AAAA",
          "https://janela.example/r#é", "http://janela.example/r#hEqi" };
  static const char *const six[] = { "A1", "A2", "A3", "A4", "A5", "A6", NULL };
  g_autoptr(JnSealKey) key = sample_key ();
  g_autoptr(JnReceiptClaim) claim
             = jn_receipt_claim_new ("07-收據", 7, 12, SAMPLE_TIME, six, 1, 0);
  g_autofree char *many = jn_seal_receipt (key, claim, "janela.example");
  g_autoptr(JnKeyList) keys = sample_keys ();
  g_autoptr(JnKeyList) empty = jn_key_list_new ();

  add_case (cases, many, keys, NOW);
  add_case (cases, sample_seal (), empty, NOW);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    add_case (cases, texts[i], keys, NOW);
}

static const char *
verdict_of (const char *line)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonObject *object;

  g_assert_true (json_parser_load_from_data (parser, line, -1, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  return g_intern_string (json_object_get_string_member (
      object, json_object_has_member (object, "refused") ? "refused" : "receipt"));
}

static char *
run (const char *const *command, const char *input, int *status)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) process = g_subprocess_newv (
      command, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  char *output = NULL;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, input, NULL, &output, NULL, NULL));
  *status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
  return output;
}

static void
judge (const char *mode, guint step)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "verify-page.cjs", NULL);
  const char *const command[] = { "node", script, mode, NULL };
  g_autoptr(GString) questions = g_string_new (NULL);
  g_autoptr(GPtrArray) expected = g_ptr_array_new_with_free_func (g_free);
  Cases cases = { questions, expected };
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  int status;

  add_times (&cases);
  add_others (&cases);
  add_tampered (&cases, step);
  output = run (command, questions->str, &status);
  if (status == 3)
    g_error ("the page's code cannot be tried: this node has no WebCrypto");
  g_assert_cmpint (status, ==, 0);
  lines = g_strsplit (output, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, expected->len + 1);
  for (guint i = 0; i < expected->len; i++)
    g_assert_cmpstr (verdict_of (lines[i]), ==, expected->pdata[i]);
}

static void
test_alike (void)
{
  judge (NULL, 3);
}

/* An older browser's: our own Ed25519. */
static void
test_plain (void)
{
  judge ("plain", 29);
}

/* RFC 8032 section 7.1, tests 1 to 3; and what a checker must refuse: s + L, points that are none. */
static void
test_vectors (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "ed25519-vectors.cjs", NULL);
  const char *const command[] = { "node", script, NULL };
  g_autofree char *output = NULL;
  int status;

  output = run (command, "", &status);
  g_assert_cmpstr (output, ==, "3 taken, 7 refused\n");
  g_assert_cmpint (status, ==, 0);
}

/* Implementations of COSE that nobody here wrote: a seal that only we can read is none. */
static void
judge_seal (const char *language, const char *name)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, name, NULL);
  g_autoptr(JnSealKey) key = sample_key ();
  const char *command[] = { language, script, NULL, strchr (sample_seal (), '#') + 1, NULL };
  g_autofree char *output = NULL;
  char x[64];
  int status;

  sodium_bin2base64 (x, sizeof x, jn_seal_key_get_public (key), 32, BASE64);
  command[2] = x;
  output = run (command, "", &status);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpstr (output, ==, "genuine 07-2026-0041287\ntampered refused\n");
}

/* Debian's: Ruby's cose */
static void
test_cose (void)
{
  judge_seal ("ruby", "cose.rb");
}

/* npm's: @auth0/cose. Where its registry cannot be reached this says so. */
static void
test_npm (void)
{
  g_autofree char *room = g_test_build_filename (G_TEST_DIST, "npm-room", NULL);
  const char *const install[] = { room, NULL };
  g_autofree char *said = NULL;
  int status;

  said = run (install, "", &status);
  if (status != 0)
    g_test_skip (g_strchomp (said));
  else
    judge_seal ("node", "cose.cjs");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/printing/verify-page/alike", test_alike);
  g_test_add_func ("/printing/verify-page/plain", test_plain);
  g_test_add_func ("/printing/verify-page/vectors", test_vectors);
  g_test_add_func ("/printing/verify-page/cose", test_cose);
  g_test_add_func ("/printing/verify-page/npm", test_npm);
  return g_test_run ();
}
