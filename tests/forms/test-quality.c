/* test-quality.c: what every form of the catalogue has, whatever its service: somebody who declares
 * and consents, a way for the answer to come back, papers with their conditions, figures with their
 * sources. `janela-form check` finds the rest and must find nothing.
 *
 * build/ holds what `make data` made. */
#include "forms/check.h"

#include <string.h>

#include "forms/facts.h"
#include "forms/service.h"

static const char services[] = "build/services";

typedef struct
{
  char *path;
  char *text; /* the file */
  JnForm *form;
  JnService *service;
  JnFilling *filling;
} Sheet;

static void
sheet_free (Sheet *sheet)
{
  g_free (sheet->path);
  g_free (sheet->text);
  g_clear_pointer (&sheet->filling, jn_filling_free);
  g_clear_pointer (&sheet->service, jn_service_unref);
  g_clear_pointer (&sheet->form, jn_form_unref);
  g_free (sheet);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

static Sheet *
sheet_new (const char *path)
{
  Sheet *sheet = g_new0 (Sheet, 1);
  g_autoptr(GError) error = NULL;

  sheet->path = g_strdup (path);
  g_assert_true (g_file_get_contents (path, &sheet->text, NULL, NULL));
  sheet->form = jn_form_new_from_file (path, &error);
  g_assert_no_error (error);
  sheet->service = jn_service_new (sheet->form, &error);
  g_assert_no_error (error);
  sheet->filling = jn_filling_new (sheet->form, NULL, &error);
  g_assert_no_error (error);
  return sheet;
}

static gboolean
has_node (const Sheet *sheet, const char *end)
{
  g_autoptr(GPtrArray) refs = jn_filling_list (sheet->filling);

  for (guint i = 0; i < refs->len; i++)
    if (g_str_has_suffix (refs->pdata[i], end))
      return TRUE;
  return FALSE;
}

/* ---- the check ---------------------------------------------------------------------------------- */

static void
test_check (gconstpointer path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) findings = jn_check_file (path, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s: %s", (const char *)path, ((JnFinding *)findings->pdata[i])->text);
  g_assert_cmpuint (findings->len, ==, 0);
}

/* ---- what every form has ------------------------------------------------------------------------ */

static void
test_declares (const Sheet *sheet)
{
  g_assert_true (has_node (sheet, "/true_data"));
  g_assert_true (has_node (sheet, "/data_consent"));
}

/* Whoever waits for an answer says in which language, and how he is told. */
static void
test_replies (const Sheet *sheet)
{
  if (jn_service_is_immediate (sheet->service))
    return;
  g_assert_true (has_node (sheet, "/reply_language"));
  g_assert_true (has_node (sheet, "/notify_by"));
}

static gboolean
is_handed_over (const JnServiceResult *result)
{
  return g_str_equal (result->kind, "card") || g_str_equal (result->kind, "certificate")
         || g_str_equal (result->kind, "licence");
}

static void
test_delivers (const Sheet *sheet)
{
  g_autoptr(GPtrArray) results = jn_service_list_results (sheet->service, NULL);
  gboolean handed_over = FALSE;

  for (guint i = 0; i < results->len; i++)
    handed_over = handed_over || is_handed_over (results->pdata[i]);
  if (handed_over && !jn_service_is_immediate (sheet->service))
    g_assert_true (has_node (sheet, "/collect_at") || has_node (sheet, "/deliver"));
}

/* Where somebody may act for another, he is a person of his own or acts for a company, and shows by
 * which power. */
static void
test_proxy (const Sheet *sheet)
{
  gboolean named;

  if (!jn_service_is_proxy_allowed (sheet->service))
    return;
  named = strstr (sheet->text, "role=\"proxy\"") != NULL || has_node (sheet, "/acts_as");
  g_assert_true (named);
}

/* What was read on a page names the page. */
static void
test_sources (const Sheet *sheet)
{
  g_autoptr(GPtrArray) fees = jn_service_list_fees (sheet->service, NULL);
  const JnPledge *pledge = jn_service_get_pledge (sheet->service);

  for (guint i = 0; i < fees->len; i++)
    {
      const JnServiceFee *fee = fees->pdata[i];

      if (fee->origin.confidence >= JN_CONFIDENCE_PAGE)
        g_assert_nonnull (fee->origin.source);
      if (fee->origin.confidence == JN_CONFIDENCE_CONFIRMED)
        g_assert_nonnull (fee->origin.confirmed);
      if (fee->ref == NULL)
        g_assert_cmpint (fee->amount, ==, -1); /* unknown is not free */
    }
  if (pledge->days > 0 && pledge->origin.confidence >= JN_CONFIDENCE_PAGE)
    g_assert_nonnull (pledge->origin.source);
}

/* A fact that is not known is no blank: such a comparison is false either way, and what rests on it
 * is withheld from a stranger. */
static void
test_unknown_facts (const char *path, const char *text)
{
  g_autoptr(GRegex) regex
             = g_regex_new ("(?<!string\\()instance\\('facts'\\)/root/item\\[[^]]*\\]/[a-z_]+ "
                            "(= ''|!= '[^'])",
                            0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  if (g_regex_match (regex, text, 0, &match))
    {
      g_autofree char *found = g_match_info_fetch (match, 0);

      g_error ("%s: %s", path, found);
    }
}

static void
test_sheet (gconstpointer path)
{
  g_autoptr(Sheet) sheet = sheet_new (path);

  test_declares (sheet);
  test_replies (sheet);
  test_delivers (sheet);
  test_proxy (sheet);
  test_sources (sheet);
  test_unknown_facts (sheet->path, sheet->text);
}

static void
test_event (gconstpointer path)
{
  g_autofree char *text = NULL;

  test_check (path);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  test_unknown_facts (path, text);
}

/* ---- facts -------------------------------------------------------------------------------------- */

static JnFacts *
load_facts (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  JnFacts *facts;
  char *text;
  gsize size;

  g_assert_true (g_file_get_contents ("build/facts.xml", &text, &size, NULL));
  bytes = g_bytes_new_take (text, size);
  facts = jn_facts_new_from_bytes (bytes, &error);
  g_assert_no_error (error);
  return facts;
}

/* Each answer that is saved is a fact of the vocabulary; one of health, conviction or hardship is
 * asked by the department that holds it and by nobody else. */
static void
test_saved_facts (gconstpointer path)
{
  g_autoptr(Sheet) sheet = sheet_new (path);
  g_autoptr(JnFacts) facts = load_facts ();
  g_autoptr(GPtrArray) refs = jn_filling_list (sheet->filling);
  const char *department = jn_service_get_department (sheet->service);

  for (guint i = 0; i < refs->len; i++)
    {
      const char *kind, *role, *property;
      const JnProperty *fact;

      if (!jn_form_get_fact (sheet->form, refs->pdata[i], &kind, &role, &property))
        continue;
      fact = jn_facts_find (facts, kind, property);
      if (fact == NULL)
        g_error ("%s: facts.xml has no %s/%s", sheet->path, kind, property);
      if (fact->sensitive != JN_SENSITIVE_NONE)
        g_assert_cmpstr (fact->authority, ==, department);
    }
}

/* Nor is it read by another department's form. */
static void
test_sensitive_facts (gconstpointer path)
{
  g_autoptr(Sheet) sheet = sheet_new (path);
  g_autoptr(JnFacts) facts = load_facts ();
  GPtrArray *properties = jn_facts_get_properties (facts);

  for (guint i = 0; i < properties->len; i++)
    {
      const JnProperty *property = properties->pdata[i];
      g_autofree char *read = g_strdup_printf ("]/%s", property->name);

      if (property->sensitive != JN_SENSITIVE_NONE && strstr (sheet->text, read) != NULL)
        g_assert_cmpstr (property->authority, ==, jn_service_get_department (sheet->service));
    }
}

/* (transfer full): the texts of all forms and events, one after another */
static char *
read_all (GPtrArray *paths)
{
  g_autoptr(GString) all = g_string_new (NULL);

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (paths->pdata[i], &text, NULL, NULL));
      g_string_append (all, text);
    }
  return g_strdup (all->str);
}

static gboolean
is_used (const char *all, const JnProperty *property)
{
  g_autofree char *saved = g_strdup_printf ("entities:saveto=\"%s\"", property->name);
  g_autofree char *read = g_strdup_printf ("]/%s", property->name);
  g_autofree char *given = g_strdup_printf ("/%s\"", property->name);

  return strstr (all, saved) != NULL || strstr (all, read) != NULL || strstr (all, given) != NULL;
}

/* Facts in use, and no other; none is shared by itself, each sharing names its law or permission; what
 * is sensitive fills nothing of another department, whatever is switched on. */
static void
test_vocabulary (gconstpointer data)
{
  g_autoptr(JnFacts) facts = load_facts ();
  g_autofree char *all = read_all ((GPtrArray *)data);
  GPtrArray *properties = jn_facts_get_properties (facts);
  guint sensitive = 0, unused = 0;

  for (guint i = 0; i < properties->len; i++)
    {
      const JnProperty *property = properties->pdata[i];

      if (!is_used (all, property))
        {
          g_test_message ("%s/%s is used by no form", property->subject, property->name);
          unused++;
        }
      g_assert_nonnull (property->authority);
      g_assert_false (property->on);
      if (property->basis != NULL)
        g_assert_nonnull (property->reference);
      g_assert_false (jn_property_may_fill (property, "nobody", FALSE));
      if (property->sensitive == JN_SENSITIVE_NONE)
        continue;
      sensitive++;
      g_assert_null (property->basis);
      g_assert_false (jn_property_may_fill (property, "nobody", TRUE));
      g_assert_true (jn_property_may_fill (property, property->authority, TRUE));
    }
  g_assert_cmpuint (sensitive, >, 0);
  g_assert_cmpuint (unused, ==, 0);
}

/* ---- the whole catalogue ------------------------------------------------------------------------ */

static void
add_forms (GPtrArray *paths, const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    g_error ("%s is missing: make data", folder);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        add_forms (paths, path);
      else if (g_str_has_suffix (name, ".xml"))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
}

/* What the government named must be there, whatever else is. */
static void
test_named (void)
{
  static const char *const named[] = {
    "dsaj/dsaj-birth-reg",
    "dsaj/dsaj-marriage-reg",
    "dsedj/dsedj-attendance",
    "dsi/dsi-bir-first",
    "dsi/dsi-bir-renew",
    "dsi/dsi-passport",
    "dsat/dsat-vehicle-reg",
    "dsat/dsat-driving-test",
    "dsat/dsat-licence-renew",
    "dsat/dsat-licence-exchange",
    "dsat/dsat-licence-duplicate",
    "dsat/dsat-licence-foreign",
    "ias/ias-senior-subsidy",
    "fss/fss-old-age-pension",
    "fss/fss-birth-allowance",
    "fss/fss-marriage-allowance",
    "fss/fss-funeral-allowance",
    "fss/fss-unemployment",
    "fss/fss-sickness",
    "fss/fss-disability-pension",
    "ias/ias-disability-subsidy",
    "iam/iam-fnb-licence",
    "dsal/dsal-domestic-helper",
    "fss/fss-contribution-cert",
    "safp/safp-exam",
    "ssm/ssm-medical-record",
    "ssm/ssm-vaccine-record",
    "safp/safp-appointment",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.xml", services, named[i]);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        g_error ("%s is not there", path);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func (g_free);

  g_test_init (&argc, &argv, NULL);
  add_forms (paths, services);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *name = strrchr (paths->pdata[i], '/') + 1;
      g_autofree char *check = g_strdup_printf ("/forms/quality/check/%s", name);
      g_autofree char *sheet = g_strdup_printf ("/forms/quality/form/%s", name);
      g_autofree char *facts = g_strdup_printf ("/forms/quality/facts/%s", name);
      g_autofree char *sensitive = g_strdup_printf ("/forms/quality/sensitive/%s", name);

      g_test_add_data_func (check, paths->pdata[i], test_check);
      g_test_add_data_func (sheet, paths->pdata[i], test_sheet);
      g_test_add_data_func (facts, paths->pdata[i], test_saved_facts);
      g_test_add_data_func (sensitive, paths->pdata[i], test_sensitive_facts);
    }
  add_forms (events, "build/events");
  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *name
          = g_strconcat ("/forms/quality/event/", strrchr (events->pdata[i], '/') + 1, NULL);

      g_test_add_data_func (name, events->pdata[i], test_event);
    }
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (paths, g_strdup (events->pdata[i]));
  g_test_add_data_func ("/forms/quality/vocabulary", paths, test_vocabulary);
  g_test_add_func ("/forms/quality/named", test_named);
  g_assert_cmpuint (paths->len, >=, 100);
  return g_test_run ();
}
