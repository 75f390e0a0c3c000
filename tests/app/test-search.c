/* test-search.c: what people type at a counter finds what they mean, in the whole catalogue. */
#include "app/catalogue.h"

#include "app/search.h"
#include "tests/app/shelf.h"

typedef struct
{
  JnFakeBackend *fake;
  JnCatalogue *catalogue;
} Shelf;

static void
set_up (Shelf *shelf, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("search-XXXXXX", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  shelf->fake = jn_fake_backend_new ();
  shelf_stock (shelf->fake);
  shelf->catalogue = jn_catalogue_new (JN_BACKEND (shelf->fake), folder);
  jn_catalogue_load_async (shelf->catalogue, NULL, jn_awaited_cb, &result);
  jn_catalogue_load_finish (shelf->catalogue, jn_await (&result), &error);
  g_assert_no_error (error);
}

static void
tear_down (Shelf *shelf, gconstpointer data)
{
  jn_await_finalized (shelf->catalogue);
  jn_await_finalized (shelf->fake);
}

static const char *
code_of (const JnMatch *match)
{
  return match->service != NULL ? jn_service_entry_get_code (match->service)
                                : jn_event_entry_get_code (match->event);
}

/* (transfer full): the first @n codes */
static char *
first (Shelf *shelf, const char *text, guint n)
{
  g_autoptr (GPtrArray) matches = jn_catalogue_search (shelf->catalogue, text, n);
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < matches->len; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? " " : "", code_of (matches->pdata[i]));
  return g_strdup (codes->str);
}

/* @among: what was meant stands among the first so many */
typedef struct
{
  const char *text;
  const char *code;
  guint among;
} Case;

static const Case cases[] = {
  /* by any part of the name, in three languages */
  { "birth registration", "dsaj-birth-reg", 1 },
  { "出生登記", "dsaj-birth-reg", 2 },
  { "registo de nascimento", "dsaj-birth-reg", 3 },
  { "結婚登記", "dsaj-marriage-reg", 1 },
  { "casamento", "dsaj-marriage-reg", 3 },
  { "在學聲明書", "dsedj-attendance", 1 },
  { "敬老金", "ias-senior-subsidy", 1 },
  { "養老金", "fss-old-age-pension", 1 },
  { "old-age pension", "fss-old-age-pension", 1 },
  { "pensão para idosos", "fss-old-age-pension", 2 },
  { "出生津貼", "fss-birth-allowance", 1 },
  { "結婚津貼", "fss-marriage-allowance", 1 },
  { "喪葬津貼", "fss-funeral-allowance", 1 },
  { "失業津貼", "fss-unemployment", 1 },
  { "疾病津貼", "fss-sickness", 1 },
  { "殘疾津貼", "ias-disability-subsidy", 1 },
  { "殘疾金", "fss-disability-pension", 1 },
  { "飲食場所牌照", "iam-fnb-licence", 1 },
  { "家務工作", "dsal-domestic-helper", 1 },
  { "外傭", "dsal-domestic-helper", 1 },
  { "供款證明", "fss-contribution-cert", 2 },
  { "vehicle registration", "dsat-vehicle-reg", 2 },
  { "matrícula", "dsat-vehicle-reg", 3 },
  { "passport", "dsi-passport", 2 },
  { "護照", "dsi-passport", 2 },
  { "疫苗", "ssm-vaccine-record", 1 },
  { "預約", "safp-appointment", 1 },
  { "取籌", "safp-appointment", 1 },
  /* common words */
  { "carta", "dsat-licence-renew", 6 },
  { "carta conducao renovar", "dsat-licence-renew", 1 },
  { "BIR", "dsi-bir-renew", 3 },
  { "車牌", "dsat-licence-renew", 8 },
  { "敬老", "ias-senior-subsidy", 1 },
  { "籌", "safp-appointment", 2 },
  { "身份證", "dsi-bir-renew", 4 },
  { "經屋", "ih-economic-housing", 1 },
  { "社屋", "ih-social-housing", 1 },
  { "狗牌", "iam-dog-licence", 1 },
  { "無犯罪紀錄", "dsi-criminal-record", 1 },
  { "藍卡", "cpsp-nrw-card-new", 2 },
  { "金咭", "ssm-user-card", 1 },
  { "BB", "birth", 2 },
  /* codes and departments */
  { "dsat-fine-pay", "dsat-fine-pay", 1 },
  { "fss old", "fss-old-age-pension", 2 },
  { "社會保障基金 出生", "fss-birth-allowance", 1 },
  { "Housing Bureau economic", "ih-economic-housing", 1 },
  { "DST", "mgto-car-rental", 1 },
  /* a slip */
  { "pasport", "dsi-passport", 3 },
  { "certifcate kinship", "dsi-kinship-cert", 1 },
  { "marraige registration", "dsaj-marriage-reg", 1 },
  { "passaprote", "dsi-passport", 3 },
  { "trademrak", "dsedt-trademark", 1 },
  /* accents, case, width */
  { "ＢＩＲ", "dsi-bir-renew", 3 },
  { "LICENCA DE CAO", "iam-dog-licence", 1 },
};

static void
test_finds (Shelf *shelf, gconstpointer data)
{
  guint wrong = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = first (shelf, cases[i].text, cases[i].among);
      g_auto (GStrv) codes = g_strsplit (found, " ", -1);

      if (g_strv_contains ((const char *const *)codes, cases[i].code))
        continue;
      g_test_message ("\"%s\" finds %s, not %s", cases[i].text, found, cases[i].code);
      wrong++;
    }
  g_assert_cmpuint (wrong, ==, 0);
}

/* A word that is the name stands before one that only occurs in it. */
static void
test_relevance (Shelf *shelf, gconstpointer data)
{
  g_autoptr (GPtrArray) matches = jn_catalogue_search (shelf->catalogue, "養老金", 0);

  g_assert_cmpuint (matches->len, >, 1);
  for (guint i = 1; i < matches->len; i++)
    g_assert_cmpfloat (((JnMatch *)matches->pdata[i - 1])->score, >=,
                       ((JnMatch *)matches->pdata[i])->score);
}

/* What is taken often at this counter comes first where the words fit alike, and only there. */
static void
test_use (Shelf *shelf, gconstpointer data)
{
  g_autofree char *before = first (shelf, "dsi", 1);
  g_autofree char *after = NULL, *exact = NULL;

  for (guint i = 0; i < 20; i++)
    jn_catalogue_note_use (shelf->catalogue, "dsi-no-children-cert");
  after = first (shelf, "dsi", 1);
  exact = first (shelf, "養老金", 1);
  g_assert_cmpstr (before, !=, "dsi-no-children-cert");
  g_assert_cmpstr (after, ==, "dsi-no-children-cert");
  g_assert_cmpstr (exact, ==, "fss-old-age-pension");
}

/* Every service is found by its own name in each language, among the first three. */
static void
test_every_name (Shelf *shelf, gconstpointer data)
{
  static const char *const languages[] = { "zh-Hant", "pt", "en" };
  GPtrArray *services = jn_catalogue_get_services (shelf->catalogue);
  guint wrong = 0;

  g_assert_cmpuint (services->len, >=, 100);
  for (guint i = 0; i < services->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (languages); k++)
      {
        const char *name = jn_service_entry_get_name (services->pdata[i], languages[k]);
        g_autofree char *found = first (shelf, name, 3);
        g_auto (GStrv) codes = g_strsplit (found, " ", -1);

        if (g_strv_contains ((const char *const *)codes,
                             jn_service_entry_get_code (services->pdata[i])))
          continue;
        g_test_message ("\"%s\" finds %s", name, found);
        wrong++;
      }
  g_assert_cmpuint (wrong, ==, 0);
}

/* A page that was pasted, or a receipt that was scanned, is not looked for word by word. */
static void
test_long (Shelf *shelf, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("");
  g_autoptr (GPtrArray) found = NULL, none = NULL;

  while (text->len < JN_SEARCH_MOST)
    g_string_append (text, "dsi ");
  found = jn_catalogue_search (shelf->catalogue, text->str, 0);
  g_assert_cmpuint (found->len, >, 0);
  g_string_append (text, "dsi ");
  none = jn_catalogue_search (shelf->catalogue, text->str, 0);
  g_assert_cmpuint (none->len, ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/search/" name, Shelf, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("finds", test_finds);
  ADD ("relevance", test_relevance);
  ADD ("use", test_use);
  ADD ("every-name", test_every_name);
  ADD ("long", test_long);
  return g_test_run ();
}
