/* test-receipt.c: the receipt's page and its seal. */
#include <string.h>
#include "app/dict.h"
#include "app/papers/receipt-document.h"
#include "app/receipt-private.h"
#include "printing/layout.h"
#include "printing/seal.h"
#include "tests/app/desk.h"

static JnReceipt *
make_receipt (Desk *desk, const char *language)
{
  GVariant *lines[] = {
    jn_dict_new ("no", "s", "07-2026-0000001-1", "service", "s", "dsaj-birth-reg", "department",
                 "s", "dsaj", "state", "s", "submitted", "pledge", "@a{sv}",
                 jn_dict_new ("working_days", "i", 5, "due", "s", "2026-11-30", NULL), "fee", "i",
                 0, NULL),
    jn_dict_new ("no", "s", "07-2026-0000001-2", "service", "s", "dsi-bir-first", "department", "s",
                 "dsi", "state", "s", "waiting", "fee", "i", 0, NULL),
  };
  const char *numbers[] = { "07-2026-0000001-1", "07-2026-0000001-2", NULL };

  return jn_receipt_new (desk->session,
                         jn_dict_new ("id", "s", "0190aaaa-0000-7000-8000-0000000000ee", "no", "s",
                                      "07-2026-0000001", "time", "s", "2026-11-23T10:00:00+08:00",
                                      "branch", "s", "07", "counter", "i", 7, "fee", "i", 1500,
                                      "applications", "^as", numbers, "pick_up", "s", "2026-12-01",
                                      NULL),
                         jn_list_new (lines, 2), language);
}

static void
seal (JnReceipt *receipt)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_receipt_seal_async (receipt, NULL, jn_awaited_cb, &result);
  g_assert_true (jn_receipt_seal_finish (receipt, jn_await (&result), NULL));
}

static void
test_page (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnReceipt) receipt = make_receipt (desk, "en");
  g_autoptr (JnDocument) page = NULL;
  g_autoptr (JnLayout) layout = NULL;
  g_autofree char *json = NULL;

  seal (receipt);
  g_assert_true (jn_fake_backend_last_deferrable (desk->fake, "receipt_seal"));
  g_assert_true (jn_fake_backend_last_repeatable (desk->fake, "receipt_seal"));
  page = jn_receipt_document_new (receipt, desk->session, 2);
  json = jn_document_to_json (page);
  g_assert_cmpstr (jn_document_get_language (page), ==, "en");
  g_assert_cmpstr (jn_document_get_second_language (page), ==, "zh-Hant");
  g_assert_cmpuint (jn_document_get_copy (page), ==, 2);
  g_assert_nonnull (strstr (json, "07-2026-0000001"));
  g_assert_nonnull (strstr (json, "MOP 15.00"));
  g_assert_nonnull (strstr (json, "pledged by 30 November 2026"));
  g_assert_nonnull (strstr (json, "1 December 2026"));
  g_assert_nonnull (strstr (json, jn_receipt_get_seal (receipt)));
  layout = jn_layout_new (page, JN_PAPER_ROLL_80, NULL);
  g_assert_nonnull (layout);
}

/* zh and pt are the official pair */
/* What a department did not confirm, or what has not begun, is not called free. */
static void
test_open_fees (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GVariant *line = jn_dict_new ("no", "s", "1-1", "service", "s", "dsi-bir-first", "state", "s",
                                "submitted", "fee", "i", 0, NULL);
  GVariant *fee = jn_dict_new ("service", "s", "dsi-bir-first", "code", "s", "card", "amount", "i",
                               9000, "confirmed", "b", FALSE, NULL);
  g_autoptr (JnReceipt) receipt
             = jn_receipt_new (desk->session,
                               jn_dict_new ("id", "s", "r", "no", "s", "1", "fee", "i", 0, "fees",
                                            "@av", jn_list_new (&fee, 1), NULL),
                               jn_list_new (&line, 1), "en");
  g_autoptr (JnDocument) page = jn_receipt_document_new (receipt, desk->session, 0);
  g_autofree char *json = jn_document_to_json (page);

  g_assert_true (jn_receipt_has_open_fees (receipt));
  g_assert_cmpint (jn_receipt_get_line (receipt, 0)->fee, ==, -1);
  g_assert_null (strstr (json, "free"));
  g_assert_nonnull (strstr (json, "nothing charged today; to be confirmed"));
}

static void
test_pair (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnReceipt) chinese = make_receipt (desk, "zh-Hant");
  g_autoptr (JnReceipt) portuguese = make_receipt (desk, "pt");
  g_autoptr (JnDocument) one = jn_receipt_make_document (chinese, 0);
  g_autoptr (JnDocument) two = jn_receipt_make_document (portuguese, 0);

  g_assert_cmpstr (jn_document_get_second_language (one), ==, "pt");
  g_assert_cmpstr (jn_document_get_second_language (two), ==, "zh-Hant");
}

static GVariant *
keep_first (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  return jn_dict_new ("seal", "s", "https://janela.example/r#first", NULL);
}

/* Another terminal sealed it before: its seal counts. */
static void
test_first_seal (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnReceipt) receipt = make_receipt (desk, "pt");

  jn_fake_backend_on (desk->fake, "receipt_seal", keep_first, NULL);
  seal (receipt);
  g_assert_cmpstr (jn_receipt_get_seal (receipt), ==, "https://janela.example/r#first");
}

/* Committed is committed: the receipt is there with its seal when the line went down after it. */
static void
test_seal_offline (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnReceipt) receipt = make_receipt (desk, "pt");

  jn_fake_backend_cut_line (desk->fake, TRUE);
  seal (receipt);
  g_assert_true (g_str_has_prefix (jn_receipt_get_seal (receipt), "https://janela.example/r#"));
}

static void
test_claim (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnReceipt) receipt = make_receipt (desk, "pt");
  g_autoptr (JnKeyList) keys = jn_key_list_new ();
  const JnSealKey *key = jn_session_get_key (desk->session);
  JnPublicKey public = { .id = jn_seal_key_get_id (key) };
  g_autoptr (JnReceiptClaim) claim = NULL;

  seal (receipt);
  memcpy (public.key, jn_seal_key_get_public (key), JN_KEY_PUBLIC_SIZE);
  jn_key_list_add (keys, &public);
  claim = jn_seal_verify (jn_receipt_get_seal (receipt), keys, 1800000000, NULL, NULL);
  g_assert_nonnull (claim);
  g_assert_cmpstr (claim->receipt, ==, "07-2026-0000001");
  g_assert_cmpuint (claim->branch, ==, 7);
  g_assert_cmpuint (claim->counter, ==, 7);
  g_assert_cmpint (claim->time, ==, 1795399200); /* 2026-11-23T10:00:00+08:00 */
  g_assert_cmpint (claim->fee, ==, 1500);
  g_assert_cmpint (claim->pick_up, ==, 20788); /* 2026-12-01 */
  g_assert_cmpuint (claim->n_applications, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/receipt/page", test_page);
  g_test_add_func ("/app/receipt/open-fees", test_open_fees);
  g_test_add_func ("/app/receipt/pair", test_pair);
  g_test_add_func ("/app/receipt/first-seal", test_first_seal);
  g_test_add_func ("/app/receipt/seal-offline", test_seal_offline);
  g_test_add_func ("/app/receipt/claim", test_claim);
  return g_test_run ();
}
