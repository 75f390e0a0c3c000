/* test-text.c: the citizen's texts in three languages at once, dates, money, masks; catalogues read. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include "app/dict.h"
#include "app/mo.h"
#include "app/text.h"

#define zh "zh-Hant"

/* A catalogue as msgfmt writes it (gettext manual, "The Format of GNU MO Files") */
static void
write_catalogue (const char *folder, const char *locale, const char *po)
{
  g_autofree char *messages = g_build_filename (folder, locale, "LC_MESSAGES", NULL);
  g_autofree char *source = g_build_filename (folder, "in.po", NULL);
  g_autofree char *target = g_build_filename (messages, "janela.mo", NULL);
  const char *argv[] = { "msgfmt", "-o", target, source, NULL };
  int status = 1;

  g_assert_cmpint (g_mkdir_with_parents (messages, 0700), ==, 0);
  g_assert_true (g_file_set_contents (source, po, -1, NULL));
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

#define HEAD(plural)                                                                               \
  "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n"                                \
  "Plural-Forms: " plural "\\n\"\n\n"

static void
test_languages (void)
{
  g_autofree char *folder = g_dir_make_tmp ("locale-XXXXXX", NULL);

  write_catalogue (
      folder, "zh_HK",
      HEAD ("nplurals=1; plural=0;") "msgid \"Receipt\"\nmsgstr \"收據\"\n\n"
                                     "msgctxt \"verb\"\nmsgid \"Call\"\nmsgstr \"叫號\"\n\n"
                                     "msgid \"%d paper\"\nmsgid_plural \"%d papers\"\nmsgstr[0] "
                                     "\"%d 份文件\"\n");
  write_catalogue (
      folder, "pt",
      HEAD ("nplurals=2; plural=n != 1;") "msgid \"Receipt\"\nmsgstr \"Recibo\"\n\n"
                                          "msgid \"%d paper\"\nmsgid_plural \"%d papers\"\n"
                                          "msgstr[0] \"%d documento\"\nmsgstr[1] \"%d "
                                          "documentos\"\n");
  jn_text_set_folder (folder);
  g_assert_cmpstr (jn_text (zh, "Receipt"), ==, "收據");
  g_assert_cmpstr (jn_text ("pt", "Receipt"), ==, "Recibo");
  g_assert_cmpstr (jn_text ("en", "Receipt"), ==, "Receipt");
  g_assert_cmpstr (jn_text (zh, "not there"), ==, "not there");
  g_assert_cmpstr (jn_text (zh, ""), ==, "");
  g_assert_cmpstr (jn_text_context (zh, "verb", "Call"), ==, "叫號");
  g_assert_cmpstr (jn_text (zh, "Call"), ==, "Call");
  g_assert_cmpstr (jn_text_plural (zh, "%d paper", "%d papers", 2), ==, "%d 份文件");
  g_assert_cmpstr (jn_text_plural ("pt", "%d paper", "%d papers", 1), ==, "%d documento");
  g_assert_cmpstr (jn_text_plural ("pt", "%d paper", "%d papers", 0), ==, "%d documentos");
  g_assert_cmpstr (jn_text_plural ("en", "%d paper", "%d papers", 1), ==, "%d paper");
  g_assert_cmpstr (jn_text_plural ("en", "%d paper", "%d papers", 0), ==, "%d papers");
}

/* The rules of the gettext manual, "Additional functions for plural forms" */
static void
test_plural_rules (void)
{
  const char *polish = "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2";

  g_assert_cmpint (jn_plural_evaluate ("0", 7), ==, 0);
  g_assert_cmpint (jn_plural_evaluate ("n != 1;", 1), ==, 0);
  g_assert_cmpint (jn_plural_evaluate ("n>1", 2), ==, 1);
  g_assert_cmpint (jn_plural_evaluate (polish, 1), ==, 0);
  g_assert_cmpint (jn_plural_evaluate (polish, 22), ==, 1);
  g_assert_cmpint (jn_plural_evaluate (polish, 12), ==, 2);
  g_assert_cmpint (jn_plural_evaluate ("!n", 0), ==, 1);
  g_assert_cmpint (jn_plural_evaluate ("n / 0", 1), ==, -1);
  g_assert_cmpint (jn_plural_evaluate ("n +", 1), ==, -1);
  g_assert_cmpint (jn_plural_evaluate ("system()", 1), ==, -1);
}

static void
test_broken_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mo-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.mo", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnMo) mo = NULL;
  guint32 lies[7] = { 0x950412de, 0, 0x7fffffff, 28, 28, 0, 28 };

  g_assert_true (g_file_set_contents (path, "no catalogue at all, but long enough", -1, NULL));
  g_assert_null (jn_mo_new (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_true (g_file_set_contents (path, (const char *)lies, sizeof lies, NULL));
  mo = jn_mo_new (path, NULL);
  g_assert_nonnull (mo);
  g_assert_null (jn_mo_find (mo, NULL, "x"));
}

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_formats (void)
{
  g_autoptr (GTimeZone) macau = g_time_zone_new_identifier ("Asia/Macau");

  assert_text (jn_text_format_date (zh, "2026-11-23"), "2026年11月23日");
  assert_text (jn_text_format_date ("pt", "2026-11-23"), "23 de Novembro de 2026");
  assert_text (jn_text_format_date ("en", "2026-11-23"), "23 November 2026");
  assert_text (jn_text_format_date ("en", "2026-02-30"), "2026-02-30");
  assert_text (jn_text_format_date ("en", NULL), "");
  assert_text (jn_text_format_day ("2026-11-03"), "03/11/2026");
  assert_text (jn_text_format_day ("soon"), "soon");
  /* 2026-11-23T14:05:00+08:00, whatever zone this machine stands in */
  assert_text (jn_text_format_clock (1795413900, macau), "14:05");
  assert_text (jn_text_format_clock (1795413900, NULL), "14:05");
  assert_text (jn_text_format_money ("en", 125000), "MOP 1,250.00");
  assert_text (jn_text_format_money ("en", 0), "free");
  assert_text (jn_text_format_money ("en", -1), "to be confirmed"); /* unknown is not free */
  assert_text (jn_text_format_number ("en", 1234567), "1,234,567");
  assert_text (jn_text_format_number ("en", 999), "999");
  assert_text (jn_text_format_number ("pt", 1234), "1\u00a0234");
  assert_text (jn_text_format_tenths ("en", 4.76), "4.8");
  assert_text (jn_text_format_tenths ("pt", 4.76), "4,8");
  assert_text (jn_text_format_duration ("en", 59), "0 min");
  assert_text (jn_text_format_duration ("en", 275), "4 min");
  assert_text (jn_text_format_duration ("en", 3900), "1 h 05 min");
}

static void
test_names (void)
{
  g_autoptr (GVariant) names = g_variant_ref_sink (
      jn_dict_new ("zh_Hant", "s", "登記", "en", "s", "Registration", NULL));

  assert_text (jn_text_name (zh, names), "登記");
  assert_text (jn_text_name ("en", names), "Registration");
  assert_text (jn_text_name ("pt", names), "登記");
  assert_text (jn_text_name ("en", NULL), "");
}

/* Law 8/2005: never a full number where others see it */
static void
test_masks (void)
{
  assert_text (jn_text_mask ("1234567(8)"), "1·····7(8)");
  assert_text (jn_text_mask ("L898902C3"), "L······C3");
  assert_text (jn_text_mask ("A123"), "A··3");
  assert_text (jn_text_mask (""), "");
  assert_text (jn_text_mask (NULL), "");
  assert_text (jn_text_format_document ("bir", "12345678"), "1234567(8)");
  assert_text (jn_text_format_document ("passport", "L898902C3"), "L898902C3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/text/languages", test_languages);
  g_test_add_func ("/app/text/plural-rules", test_plural_rules);
  g_test_add_func ("/app/text/broken-file", test_broken_file);
  g_test_add_func ("/app/text/formats", test_formats);
  g_test_add_func ("/app/text/names", test_names);
  g_test_add_func ("/app/text/masks", test_masks);
  return g_test_run ();
}
