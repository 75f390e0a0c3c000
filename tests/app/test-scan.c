/* test-scan.c: what a scanner or a keyboard may give. */
#include "app/scan.h"

#define TODAY "2026-11-23"

typedef struct
{
  const char *name;
  const char *text;
  JnScanKind kind;
  const char *document;
  const char *number;
  const char *fault;
} Case;

/* The specimens of ICAO Doc 9303 parts 4 and 5; the vectors of the published check rules */
static const Case cases[] = {
  { "bir", "1234567(8)", JN_SCAN_DOCUMENT, "bir", "12345678", NULL },
  { "bir-full-width", "１２３４５６７（８）", JN_SCAN_DOCUMENT, "bir", "12345678", NULL },
  { "bir-strokes", "1/234567/8", JN_SCAN_DOCUMENT, "bir", "12345678", NULL },
  { "hkid", "A123456(3)", JN_SCAN_DOCUMENT, "hkid", "A1234563", NULL },
  { "hkid-wrong", "A123456(4)", JN_SCAN_DOCUMENT, "hkid", "A1234564", "check-digit" },
  { "mainland", "11010519491231002X", JN_SCAN_DOCUMENT, "mainland-id", "11010519491231002X", NULL },
  { "permit", "H12345678", JN_SCAN_DOCUMENT, "home-return-permit", "H12345678", NULL },
  { "ticket", "b011", JN_SCAN_TICKET, NULL, "B011", NULL },
  { "ticket-qr", "janela:ticket:B011", JN_SCAN_TICKET, NULL, "B011", NULL },
  { "receipt", "07-2026-0000001", JN_SCAN_RECEIPT, NULL, "07-2026-0000001", NULL },
  { "receipt-offline", "07-T07-000031", JN_SCAN_RECEIPT, NULL, "07-T07-000031", NULL },
  { "receipt-qr", "https://janela.example/r#abc", JN_SCAN_RECEIPT, NULL,
    "https://janela.example/r#abc", NULL },
  { "passport",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    JN_SCAN_MRZ, "passport", "L898902C3", NULL },
  { "passport-wrong",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408123F1204159ZE184226B<<<<<10",
    JN_SCAN_MRZ, "passport", "L898902C3", "check-digit" },
  { "card",
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<"
    "<",
    JN_SCAN_MRZ, "other", "D23145890", NULL },
  { "ticket-beyond-999", "b1000", JN_SCAN_TICKET, NULL, "B1000", NULL },
  { "ticket-too-short", "B11", JN_SCAN_NOTHING, NULL, NULL, NULL },
  { "nothing", "hello", JN_SCAN_NOTHING, NULL, NULL, NULL },
  { "blank", "  ", JN_SCAN_NOTHING, NULL, NULL, NULL },
};

static void
test_scan (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (JnScan) scan = jn_scan_parse (c->text, TODAY);

  g_assert_cmpint (scan->kind, ==, c->kind);
  g_assert_cmpstr (scan->document, ==, c->document);
  g_assert_cmpstr (scan->number, ==, c->number);
  g_assert_cmpstr (scan->fault, ==, c->fault);
}

static void
test_fields (void)
{
  g_autoptr (JnScan) scan = jn_scan_parse (cases[12].text, TODAY);

  g_assert_cmpstr (scan->surname, ==, "ERIKSSON");
  g_assert_cmpstr (scan->given, ==, "ANNA MARIA");
  g_assert_cmpstr (scan->birth, ==, "1974-08-12");
  g_assert_cmpstr (scan->sex, ==, "F");
  g_assert_cmpstr (scan->expiry, ==, "2012-04-15");
  g_assert_cmpstr (scan->nationality, ==, "UTO");
}

/* Numbers come again every day; the slip's symbol says which one it is. */
static void
test_slip (void)
{
  g_autoptr (JnScan) scan
             = jn_scan_parse ("janela:ticket:B011:0190aaaa-0000-7000-8000-000000000001", TODAY);
  g_autoptr (JnScan) bare = jn_scan_parse ("janela:ticket:B011", TODAY);

  g_assert_cmpint (scan->kind, ==, JN_SCAN_TICKET);
  g_assert_cmpstr (scan->number, ==, "B011");
  g_assert_cmpstr (scan->id, ==, "0190aaaa-0000-7000-8000-000000000001");
  g_assert_null (bare->id);
}

static void
test_check (void)
{
  g_autofree char *normal = NULL;

  g_assert_null (jn_scan_check_document ("passport", "l898902 c3", &normal));
  g_assert_cmpstr (normal, ==, "L898902C3");
  g_assert_cmpstr (jn_scan_check_document ("bir", "2234567(8)", NULL), ==, "shape");
  g_assert_cmpstr (jn_scan_check_document ("bir", "", NULL), ==, "shape");
  g_assert_cmpstr (jn_scan_check_document ("mainland-id", "110105194912310021", NULL), ==,
                   "check-digit");
  g_assert_null (jn_scan_check_document ("other", "ab 12", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app/scan/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_scan);
    }
  g_test_add_func ("/app/scan/fields", test_fields);
  g_test_add_func ("/app/scan/slip", test_slip);
  g_test_add_func ("/app/scan/check", test_check);
  return g_test_run ();
}
