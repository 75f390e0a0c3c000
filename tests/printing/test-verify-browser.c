/* test-verify-browser.c: the verifying page in a real Chromium: what it says in three languages, and what it asks for. */
#include <json-glib/json-glib.h>
#include <sodium.h>
#include <string.h>

#include "printing/seal.h"
#include "tests/printing/published.h"
#include "tests/printing/samples.h"

#define NOW (SAMPLE_TIME + 60)
#define N_LANGUAGES 3

/* WebCrypto as older browsers have it, and as a page has it that did not come by https */
#define WITHOUT_ED25519 "crypto.subtle.importKey = async () => { throw new Error('none'); }"
#define WITHOUT_CRYPTO "Object.defineProperty(globalThis, 'crypto', { value: undefined })"

static const char *const languages[] = { "zh-Hant", "pt", "en" };
static const char *const accepted[] = { "zh-TW,zh;q=0.9", "pt-BR,en;q=0.5", "en-US" };

/* One browser serves all cases: a question goes in, an answer comes out. */
static GSubprocess *browser;
static GDataInputStream *answers;

static void
start_browser (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "chromium.cjs", NULL);
  g_autoptr(GError) error = NULL;

  browser = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                              &error, "node", script, NULL);
  g_assert_no_error (error);
  answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (browser));
}

static void
stop_browser (void)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (browser), NULL, NULL);
  g_subprocess_wait (browser, NULL, NULL);
  g_object_unref (answers);
  g_object_unref (browser);
}

/**
 * Question: what the page is shown.
 * @published: (nullable): JSON
 * @accept: (nullable): what the browser says that its user reads
 * @click: (nullable): the language that is chosen on the page
 * @before: (nullable): JavaScript that runs before the page's
 * @picture: (nullable): a file for a screenshot
 */
typedef struct
{
  const char *text;
  const char *published;
  gint64 now;
  const char *accept;
  const char *click;
  const char *before;
  const char *picture;
} Question;

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static char *
write_question (const Question *question)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "text", question->text);
  add_string (builder, "accept", question->accept);
  add_string (builder, "language", question->click);
  add_string (builder, "before", question->before);
  add_string (builder, "picture", question->picture);
  json_builder_set_member_name (builder, "now");
  json_builder_add_int_value (builder, question->now);
  if (question->published != NULL)
    {
      json_builder_set_member_name (builder, "published");
      json_builder_add_value (builder, json_from_string (question->published, NULL));
    }
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return json_to_string (node, FALSE);
}

static JsonNode *
ask (const Question *question)
{
  g_autofree char *json = write_question (question);
  g_autofree char *line = g_strconcat (json, "\n", NULL);
  g_autofree char *answer = NULL;
  g_autoptr(GError) error = NULL;
  JsonNode *node;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (browser), line, strlen (line), NULL, NULL,
                             &error);
  g_assert_no_error (error);
  answer = g_data_input_stream_read_line (answers, NULL, NULL, &error);
  g_assert_no_error (error);
  if (answer == NULL)
    g_error ("the browser gave no answer (assets/setup/packages: chromium, nodejs)");
  node = json_from_string (answer, &error);
  g_assert_no_error (error);
  return node;
}

static const char *
said (JsonNode *answer, const char *name)
{
  return json_object_get_string_member (json_node_get_object (answer), name);
}

/* Nothing but the page's own files, never the receipt; no error in the console; no sideways scrolling on a phone. */
static void
assert_well_behaved (JsonNode *answer)
{
  static const char *const own[]
      = { "/r",         "/r/",        "/r/verify.css", "/r/keys.js", "/r/ed25519.js",
          "/r/seal.js", "/r/page.js", "/favicon.ico",  NULL };
  JsonObject *object = json_node_get_object (answer);
  JsonArray *asked = json_object_get_array_member (object, "asked");
  JsonArray *faults = json_object_get_array_member (object, "faults");

  for (guint i = 0; i < json_array_get_length (asked); i++)
    if (!g_strv_contains (own, json_array_get_string_element (asked, i)))
      g_error ("the page asked for %s", json_array_get_string_element (asked, i));
  if (json_array_get_length (faults) > 0)
    g_error ("the page failed: %s", json_array_get_string_element (faults, 0));
  g_assert_false (json_object_get_boolean_member (object, "wide"));
}

/* -- a genuine receipt ------------------------------------------------------------------------------------------- */

static const struct
{
  const char *title;
  const char *verdict;
  const char *claim[6][2];
} genuine[N_LANGUAGES] = {
  { "核實收據",
    "真確",
    { { "收據編號", "07-2026-0041287" },
      { "櫃檯", "7 號分處，12 號櫃檯" },
      { "發出時間", "2026年11月23日 下午2:05" },
      { "申請編號", "DSAJ-26-0010 · DSI-26-00417 · FSS-26-00083" },
      { "費用", "澳門元 105.00" },
      { "領取日期", "2026年12月3日" } } },
  { "Verificar recibo",
    "Autêntico",
    { { "N.º do recibo", "07-2026-0041287" },
      { "Balcão", "Posto 7, balcão 12" },
      { "Emitido em", "23 de novembro de 2026 às 14:05" },
      { "Pedidos", "DSAJ-26-0010 · DSI-26-00417 · FSS-26-00083" },
      { "Taxas", "MOP 105.00" },
      { "Levantamento", "3 de dezembro de 2026" } } },
  { "Verify a receipt",
    "Genuine",
    { { "Receipt no.", "07-2026-0041287" },
      { "Counter", "Branch 7, counter 12" },
      { "Issued", "23 November 2026 at 14:05" },
      { "Applications", "DSAJ-26-0010 · DSI-26-00417 · FSS-26-00083" },
      { "Fees", "MOP 105.00" },
      { "Pick-up from", "3 December 2026" } } },
};

static void
assert_genuine (JsonNode *answer, guint language)
{
  JsonObject *claim = json_object_get_object_member (json_node_get_object (answer), "claim");

  g_assert_cmpstr (said (answer, "code"), ==, "genuine");
  g_assert_cmpstr (said (answer, "language"), ==, languages[language]);
  g_assert_cmpstr (said (answer, "pressed"), ==, languages[language]);
  g_assert_cmpstr (said (answer, "title"), ==, genuine[language].title);
  g_assert_cmpstr (said (answer, "heading"), ==, genuine[language].title);
  g_assert_cmpstr (said (answer, "verdict"), ==, genuine[language].verdict);
  g_assert_cmpuint (json_object_get_size (claim), ==, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpstr (
        json_object_get_string_member_with_default (claim, genuine[language].claim[i][0], ""), ==,
        genuine[language].claim[i][1]);
  assert_well_behaved (answer);
}

/* In the language that the browser's user reads, and in the one that is chosen on the page. */
static void
test_genuine (gconstpointer data)
{
  guint language = GPOINTER_TO_UINT (data);
  g_autoptr(JnKeyList) keys = sample_keys ();
  g_autofree char *published = publish_keys (keys);
  g_autofree char *file = g_strdup_printf ("verify-genuine-%s.png", languages[language]);
  g_autofree char *picture = g_test_build_filename (G_TEST_BUILT, file, NULL);
  Question reads = { sample_seal (), published, NOW, .accept = accepted[language] };
  Question chooses = { sample_seal (),
                       published,
                       NOW,
                       .accept = accepted[(language + 1) % 3],
                       .click = languages[language],
                       .picture = picture };
  g_autoptr(JsonNode) one = ask (&reads);
  g_autoptr(JsonNode) two = ask (&chooses);

  assert_genuine (one, language);
  assert_genuine (two, language);
}

/* A phone whose browser is older than Ed25519 in WebCrypto. */
static void
test_older_browser (void)
{
  g_autoptr(JnKeyList) keys = sample_keys ();
  g_autofree char *published = publish_keys (keys);
  g_autofree char *other = g_strdup (sample_seal ());
  Question good = { sample_seal (), published, NOW, .before = WITHOUT_ED25519 };
  Question bad = { other, published, NOW, .before = WITHOUT_ED25519 };
  g_autoptr(JsonNode) genuine_one = ask (&good);
  g_autoptr(JsonNode) tampered = NULL;

  other[strlen (other) - 20] = other[strlen (other) - 20] == 'A' ? 'B' : 'A';
  tampered = ask (&bad);
  assert_genuine (genuine_one, 2);
  g_assert_cmpstr (said (tampered, "code"), ==, "tampered");
}

/* -- what is refused ----------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *code;
  char *(*make) (void); /* (nullable): the receipt; the sample's without */
  gint64 not_before;
  gint64 not_after;
  gint64 revoked_at;
  gint64 now;
  const char *before;
  const char *verdicts[N_LANGUAGES];
} Refused;

/* A fee of one avo less: the signature stays that of the whole. */
static char *
change_fee (void)
{
  char *text = g_strdup (sample_seal ());
  char *fragment = strchr (text, '#') + 1;
  gsize size;
  guint8 bytes[512];

  g_assert_cmpint (sodium_base642bin (bytes, sizeof bytes, fragment, strlen (fragment), NULL, &size,
                                      NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                   ==, 0);
  for (gsize i = 0; i + 2 < size; i++)
    if (bytes[i] == 0x19 && bytes[i + 1] == 10500 >> 8 && bytes[i + 2] == (10500 & 0xff))
      bytes[i + 2]--;
  sodium_bin2base64 (fragment, strlen (fragment) + 1, bytes, size,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  g_assert_cmpstr (text, !=, sample_seal ());
  return text;
}

static const char *const none[] = { NULL };

static char *
other_key (void)
{
  const guint8 seed[32] = { 4, 4, 4 };
  g_autoptr(JnSealKey) key = jn_seal_key_new_from_seed ((JnKeyId){ 7, 12, 1 }, seed);
  g_autoptr(JnReceiptClaim) claim
             = jn_receipt_claim_new ("07-2026-0041287", 7, 12, SAMPLE_TIME, none, 0, 0);

  return jn_seal_receipt (key, claim, "janela.example");
}

static char *
unknown_key (void)
{
  const guint8 seed[32] = { 4, 4, 4 };
  g_autoptr(JnSealKey) key = jn_seal_key_new_from_seed ((JnKeyId){ 7, 99, 1 }, seed);
  g_autoptr(JnReceiptClaim) claim
             = jn_receipt_claim_new ("07-2026-0041287", 7, 12, SAMPLE_TIME, none, 0, 0);

  return jn_seal_receipt (key, claim, "janela.example");
}

static char *
nonsense (void)
{
  return g_strdup ("https://janela.example/r#AAAA");
}

static const Refused refused[] = {
  { "tampered", change_fee, .now = NOW,
    .verdicts = { "內容與簽章不符", "O conteúdo não corresponde ao selo",
                  "What it says does not fit its seal" } },
  { "tampered", other_key, .now = NOW,
    .verdicts = { "內容與簽章不符", "O conteúdo não corresponde ao selo",
                  "What it says does not fit its seal" } },
  { "unknown-key", unknown_key, .now = NOW,
    .verdicts = { "簽章的密鑰不在公佈名單內", "A chave do selo não consta da lista publicada",
                  "The key of the seal is not in the published list" } },
  { "revoked", .revoked_at = SAMPLE_TIME, .now = NOW,
    .verdicts
    = { "簽章的密鑰在發出前已被撤銷", "A chave do selo tinha sido revogada antes da emissão",
        "The key of the seal had been revoked before it was issued" } },
  { "not-yet-valid", .not_before = SAMPLE_TIME + 1, .now = NOW,
    .verdicts = { "簽章的密鑰當時尚未生效", "A chave do selo ainda não era válida",
                  "The key of the seal was not valid yet" } },
  { "expired", .not_after = SAMPLE_TIME - 1, .now = NOW,
    .verdicts = { "簽章的密鑰當時已過期", "A chave do selo já não era válida",
                  "The key of the seal was not valid any more" } },
  { "future", .now = SAMPLE_TIME - 301,
    .verdicts = { "收據的發出時間在將來", "O recibo tem data de emissão no futuro",
                  "The receipt says that it was issued in the future" } },
  { "malformed", nonsense, .now = NOW,
    .verdicts
    = { "這不是本中心的收據", "Isto não é um recibo nosso", "This is not one of our receipts" } },
  { "unsupported", .now = NOW, .before = WITHOUT_CRYPTO,
    .verdicts = { "此瀏覽器不能核實簽章", "Este navegador não consegue verificar o selo",
                  "This browser cannot check the seal" } },
};

static void
test_refused (gconstpointer data)
{
  const Refused *one = data;
  g_autoptr(JnKeyList) keys = published_keys (one->not_before, one->not_after, one->revoked_at);
  g_autofree char *published = publish_keys (keys);
  g_autofree char *text = one->make != NULL ? one->make () : g_strdup (sample_seal ());

  for (guint i = 0; i < N_LANGUAGES; i++)
    {
      g_autofree char *file = g_strdup_printf ("verify-%s-%s.png", one->code, languages[i]);
      g_autofree char *picture = g_test_build_filename (G_TEST_BUILT, file, NULL);
      Question question = {
        text, published, one->now, .accept = accepted[i], .before = one->before, .picture = picture
      };
      g_autoptr(JsonNode) answer = ask (&question);
      JsonObject *claim = json_object_get_object_member (json_node_get_object (answer), "claim");

      g_assert_cmpstr (said (answer, "code"), ==, one->code);
      g_assert_cmpstr (said (answer, "verdict"), ==, one->verdicts[i]);
      g_assert_cmpuint (json_object_get_size (claim), ==, 0);
      assert_well_behaved (answer);
    }
}

/* No list, and a list that another root signed, say nothing against the receipt. */
static void
test_no_keys (void)
{
  g_autoptr(JnKeyList) keys = sample_keys ();
  g_autofree char *published = publish_keys (keys);
  char *root = strstr (published, "\"root\":\"") + strlen ("\"root\":\"");
  Question without = { sample_seal (), NULL, NOW, .accept = "pt" };
  Question foreign = { sample_seal (), published, NOW, .accept = "pt" };
  g_autoptr(JsonNode) one = ask (&without);
  g_autoptr(JsonNode) two = NULL;

  root[3] = root[3] == 'A' ? 'B' : 'A';
  two = ask (&foreign);
  g_assert_cmpstr (said (one, "code"), ==, "no-keys");
  g_assert_cmpstr (said (two, "code"), ==, "no-keys");
  g_assert_nonnull (strstr (said (one, "meaning"), "nada diz contra o recibo"));
  assert_well_behaved (one);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  start_browser ();
  for (guint i = 0; i < N_LANGUAGES; i++)
    {
      g_autofree char *path = g_strconcat ("/printing/verify-browser/genuine/", languages[i], NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_genuine);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/printing/verify-browser/refused/%u-%s", i, refused[i].code);

      g_test_add_data_func (path, &refused[i], test_refused);
    }
  g_test_add_func ("/printing/verify-browser/older-browser", test_older_browser);
  g_test_add_func ("/printing/verify-browser/no-keys", test_no_keys);
  status = g_test_run ();
  stop_browser ();
  return status;
}
