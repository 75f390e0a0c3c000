/* test-entity.c: entities. ODK Entities Specification 2022.1 to 2025.1. */
#include "forms/entity.h"

#include <string.h>

#include "tests/forms/sample.h"

#define ID "6e2a1ad6-6b2c-4f0e-8f58-0d0f9c1a2b3c"

static JnEntity *
get_entity (GPtrArray *entities, guint index)
{
  g_assert_cmpuint (entities->len, >, index);
  return entities->pdata[index];
}

/* ---- Declaring that a form creates, updates entities ---------------------------------------------- */

static void
test_create (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><species/><age/><meta><instanceID/>"
      "<entity dataset='trees' id='' create=''><label/></entity></meta></data></instance>"
      "<bind nodeset='/data/species' entities:saveto='species'/>"
      "<bind nodeset='/data/age' type='int'/>"
      "<bind nodeset='/data/meta/entity/@create' calculate='/data/age &gt; 18'/>"
      "<setvalue event='odk-instance-first-load' ref='/data/meta/entity/@id' value='uuid()'/>"
      "<bind nodeset='/data/meta/entity/label' calculate='/data/species'/>",
      "<input ref='/data/species'/><input ref='/data/age'/>");
  g_autoptr(GPtrArray) none = jn_filling_list_entities (filling), some = NULL;
  g_autoptr(GError) error = NULL;
  JnEntity *entity;

  g_assert_cmpuint (none->len, ==, 0);
  put (filling, "/data/species", "oak");
  put (filling, "/data/age", "20");
  some = jn_filling_list_entities (filling);
  entity = get_entity (some, 0);
  g_assert_cmpstr (entity->dataset, ==, "trees");
  g_assert_true (entity->create);
  g_assert_false (entity->update);
  g_assert_cmpstr (entity->label, ==, "oak");
  g_assert_cmpstr (jn_entity_get (entity, "species"), ==, "oak");
  g_assert_null (jn_entity_get (entity, "age"));
  g_assert_true (jn_entity_check (entity, &error));
}

static void
test_update (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><tree>" ID "</tree><size>12</size><meta><instanceID/>"
      "<entity dataset='trees' id='' update='1' baseVersion='' trunkVersion='3' branchId='b'>"
      "<label/></entity></meta></data></instance>"
      "<instance id='trees'><root><item><name>" ID "</name><__version>7</__version></item></root>"
      "</instance><bind nodeset='/data/size' entities:saveto='size_cm'/>"
      "<bind nodeset='/data/meta/entity/@id' calculate='/data/tree'/>"
      "<bind nodeset='/data/meta/entity/@baseVersion' "
      "calculate=\"instance('trees')/root/item[name = /data/tree]/__version\"/>",
      "<input ref='/data/size'/>");
  g_autoptr(GPtrArray) entities = jn_filling_list_entities (filling);
  JnEntity *entity = get_entity (entities, 0);

  g_assert_true (entity->update);
  g_assert_cmpstr (entity->id, ==, ID);
  g_assert_cmpstr (entity->base_version, ==, "7");
  g_assert_cmpstr (entity->trunk_version, ==, "3");
  g_assert_cmpstr (entity->branch_id, ==, "b");
  g_assert_true (jn_entity_check (entity, NULL));
}

/* "1" or "true", and nothing else; both at once are both asked. */
static void
test_actions (void)
{
  static const struct
  {
    const char *create;
    const char *update;
    guint n;
  } asked[] = { { "1", "", 1 },  { "true", "", 1 }, { "TRUE", "", 0 },  { "yes", "", 0 },
                { "0", "1", 1 }, { "", "true", 1 }, { "1", "true", 1 }, { "false", "2", 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *model = g_strdup_printf (
          "<instance><data id='t'><meta><entity dataset='d' id='" ID "' create='%s' update='%s' "
          "baseVersion='1'><label>l</label></entity></meta></data></instance>",
          asked[i].create, asked[i].update);
      g_autoptr(JnFilling) filling = sample_fill (model, "");
      g_autoptr(GPtrArray) entities = jn_filling_list_entities (filling);

      g_assert_cmpuint (entities->len, ==, asked[i].n);
      if (i == 6)
        g_assert_true (get_entity (entities, 0)->create && get_entity (entities, 0)->update);
    }
}

/* An update may leave the label as it is; what is not relevant is no property. */
static void
test_update_of_one_property (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><on>0</on><a>1</a><b>2</b><meta><entity dataset='d' id='" ID "' "
      "update='1' baseVersion='4'/></meta></data></instance>"
      "<bind nodeset='/data/a' entities:saveto='a'/>"
      "<bind nodeset='/data/b' entities:saveto='b' relevant='/data/on = 1'/>",
      "<input ref='/data/on'/>");
  g_autoptr(GPtrArray) entities = jn_filling_list_entities (filling);
  JnEntity *entity = get_entity (entities, 0);

  g_assert_cmpstr (entity->label, ==, "");
  g_assert_true (jn_entity_check (entity, NULL));
  g_assert_cmpstr (jn_entity_get (entity, "a"), ==, "1");
  g_assert_null (jn_entity_get (entity, "b"));
}

static void
test_check (void)
{
  JnEntity entity = { .ref = "/data", .dataset = "d", .id = "x", .label = "", .base_version = "" };
  g_autoptr(GError) no_uuid = NULL, no_label = NULL, no_version = NULL;

  g_assert_false (jn_entity_check (&entity, &no_uuid));
  g_assert_error (no_uuid, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED);
  entity.id = "uuid:" ID;
  entity.create = TRUE;
  g_assert_false (jn_entity_check (&entity, &no_label));
  g_assert_error (no_label, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED);
  entity.create = FALSE;
  entity.update = TRUE;
  g_assert_false (jn_entity_check (&entity, &no_version));
  g_assert_error (no_version, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED);
}

/* ---- 2025.1: in groups and repeats ------------------------------------------------------------------ */

static const char persons[]
    = "<instance><data id='t'>"
      "<mother jn:role='mother'><name>M</name><more><phone>6</phone></more><meta>"
      "<entity dataset='person' id='" ID "' create='1'><label>M</label></entity></meta></mother>"
      "<child jn:role='child'><name>C</name><meta>"
      "<entity dataset='person' id='" ID "' create='1'><label>C</label></entity></meta></child>"
      "<paper><name>P</name></paper><on>1</on>"
      "<meta><entity dataset='birth' id='" ID "' create='1'><label>B</label></entity></meta>"
      "</data></instance>"
      "<bind nodeset='/data/mother/name' entities:saveto='name_zh'/>"
      "<bind nodeset='/data/mother/more/phone' entities:saveto='phone'/>"
      "<bind nodeset='/data/child' relevant='/data/on = 1'/>"
      "<bind nodeset='/data/child/name' entities:saveto='name_zh'/>"
      "<bind nodeset='/data/paper/name' entities:saveto='paper'/>";

static void
test_nearest_declaration (void)
{
  g_autoptr(JnForm) form = sample_form (persons, "<input ref='/data/on'/>");
  g_autoptr(JnFilling) filling = sample_filling (form);
  g_autoptr(GPtrArray) all = jn_filling_list_entities (filling), fewer = NULL;
  const char *subject, *role, *property;

  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (get_entity (all, 0)->role, ==, "mother");
  g_assert_cmpstr (get_entity (all, 0)->ref, ==, "/data/mother");
  g_assert_cmpstr (jn_entity_get (get_entity (all, 0), "phone"), ==, "6");
  g_assert_cmpstr (jn_entity_get (get_entity (all, 1), "name_zh"), ==, "C");
  g_assert_cmpstr (get_entity (all, 2)->dataset, ==, "birth");
  g_assert_cmpstr (jn_entity_get (get_entity (all, 2), "paper"), ==, "P");
  g_assert_null (jn_entity_get (get_entity (all, 2), "name_zh"));

  g_assert_true (jn_form_get_fact (form, "/data/mother/more/phone", &subject, &role, &property));
  g_assert_cmpstr (subject, ==, "person");
  g_assert_cmpstr (role, ==, "mother");
  g_assert_cmpstr (property, ==, "phone");
  g_assert_true (jn_form_get_fact (form, "/data/paper/name", &subject, &role, &property));
  g_assert_cmpstr (subject, ==, "birth");
  g_assert_null (role);
  g_assert_false (jn_form_get_fact (form, "/data/on", &subject, &role, &property));

  put (filling, "/data/on", "0");
  fewer = jn_filling_list_entities (filling);
  g_assert_cmpuint (fewer->len, ==, 2);
}

static void
test_in_repeats (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r jr:template=''><n/><meta><entity dataset='child' id='' create='1'>"
      "<label/></entity></meta></r></data></instance>"
      "<bind nodeset='/data/r/n' entities:saveto='n'/>"
      "<bind nodeset='/data/r/meta/entity/label' calculate='../../../n'/>",
      "<repeat nodeset='/data/r'><setvalue event='odk-instance-first-load odk-new-repeat' "
      "ref='/data/r/meta/entity/@id' value='uuid()'/><input ref='n'/></repeat>");
  g_autoptr(GPtrArray) entities = NULL;

  jn_filling_add (filling, "/data/r", NULL, NULL);
  jn_filling_add (filling, "/data/r", NULL, NULL);
  put (filling, "/data/r[2]/n", "two");
  entities = jn_filling_list_entities (filling);
  g_assert_cmpuint (entities->len, ==, 2);
  g_assert_cmpstr (get_entity (entities, 1)->label, ==, "two");
  g_assert_cmpstr (get_entity (entities, 1)->ref, ==, "/data/r[2]");
  g_assert_cmpstr (get_entity (entities, 0)->id, !=, get_entity (entities, 1)->id);
  g_assert_true (jn_entity_check (get_entity (entities, 1), NULL));
}

static void
expect_warning (const char *model, const char *part)
{
  g_autoptr(JnForm) form = sample_form (model, "");
  GPtrArray *warnings = jn_form_get_warnings (form);

  for (guint i = 0; i < warnings->len; i++)
    if (strstr (warnings->pdata[i], part) != NULL)
      return;
  g_error ("no warning with \"%s\"", part);
}

static void
test_wrong_declarations (void)
{
  expect_warning ("<instance><data id='t'><a/></data></instance>"
                  "<bind nodeset='/data/a' entities:saveto='x'/>",
                  "no entity is declared");
  expect_warning ("<instance><data id='t'><a/><meta><entity dataset='d' id=''/></meta></data>"
                  "</instance><bind nodeset='/data/a' entities:saveto='label'/>",
                  "cannot name a property");
  expect_warning ("<instance><data id='t'><meta><entity dataset='__d' id=''/></meta></data>"
                  "</instance>",
                  "cannot name a dataset");
  expect_warning ("<instance><data id='t'><r><a/></r><r><a/></r><meta><entity dataset='d' id=''/>"
                  "</meta></data></instance><bind nodeset='/data/r/a' entities:saveto='x'/>",
                  "many rows");
}

/* ---- conflicts --------------------------------------------------------------------------------------- */

static void
test_conflicts (void)
{
  char *names[] = { "phone", "address", NULL }, *values[] = { "6", "x", NULL };
  JnEntity update = {
    .update = TRUE, .base_version = "3", .branch_id = "mine", .names = names, .values = values
  };
  const char *const other[] = { "name_zh", NULL }, *const same[] = { "name_zh", "phone", NULL };
  g_autoptr(GPtrArray) both = NULL;

  g_assert_cmpint (jn_entity_find_conflict (&update, 3, NULL, same, NULL), ==,
                   JN_ENTITY_NO_CONFLICT);
  g_assert_cmpint (jn_entity_find_conflict (&update, 5, NULL, other, NULL), ==,
                   JN_ENTITY_SOFT_CONFLICT);
  g_assert_cmpint (jn_entity_find_conflict (&update, 5, "theirs", same, &both), ==,
                   JN_ENTITY_HARD_CONFLICT);
  g_assert_cmpuint (both->len, ==, 1);
  g_assert_cmpstr (both->pdata[0], ==, "phone");
  g_assert_cmpint (jn_entity_find_conflict (&update, 5, "mine", same, NULL), ==,
                   JN_ENTITY_NO_CONFLICT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/entity/create", test_create);
  g_test_add_func ("/forms/entity/update", test_update);
  g_test_add_func ("/forms/entity/actions", test_actions);
  g_test_add_func ("/forms/entity/update-of-one-property", test_update_of_one_property);
  g_test_add_func ("/forms/entity/check", test_check);
  g_test_add_func ("/forms/entity/nearest-declaration", test_nearest_declaration);
  g_test_add_func ("/forms/entity/in-repeats", test_in_repeats);
  g_test_add_func ("/forms/entity/wrong-declarations", test_wrong_declarations);
  g_test_add_func ("/forms/entity/conflicts", test_conflicts);
  return g_test_run ();
}
