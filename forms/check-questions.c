/* check-questions.c: looks for what a clerk would miss in the form of a service. */
#include "forms/check-private.h"

#include <string.h>

#include "forms/names.h"

static gboolean
has_word (const JnControl *control, const char *word)
{
  return control->words != NULL && g_strv_contains ((const char *const *)control->words, word);
}

static gboolean
is_typed (const JnControl *control)
{
  const JnNode *node = control->node;

  return control->kind == JN_CONTROL_INPUT && node != NULL && node->rules[JN_RULE_CALCULATE] == NULL
         && node->rules[JN_RULE_READONLY] == NULL && !node->constant[JN_RULE_READONLY];
}

/* (nullable): what the box takes when neither a constraint bounds it nor a hint says what to write */
static const char *
takes_anything (const JnControl *control)
{
  const JnNode *node = control->node;

  if (node->rules[JN_RULE_CONSTRAINT] != NULL)
    return NULL;
  if (g_str_equal (node->type_name, "int") || g_str_equal (node->type_name, "decimal"))
    return "number";
  if (control->hint != NULL)
    return NULL;
  if (g_str_equal (node->type_name, "date") || g_str_equal (node->type_name, "dateTime"))
    return "day";
  if (g_str_equal (node->type_name, "string") && !has_word (control, "multiline"))
    return "text";
  return NULL;
}

static void
check_box (JnForm *form, const JnControl *control)
{
  const char *what = is_typed (control) ? takes_anything (control) : NULL;

  if (what != NULL)
    jn_form_add_finding (form, jn_xml_line (control->element), FALSE,
                         "%s takes any %s: bound it, or say in a hint what to write", control->ref,
                         what);
}

/* What is worked out again, at the latest when a draft is resumed or the steward refills the form, is not a person's to say. */
static void
check_calculated (JnForm *form, const JnControl *control)
{
  const JnNode *node = control->node;

  if (node != NULL && node->rules[JN_RULE_CALCULATE] != NULL
      && node->rules[JN_RULE_READONLY] == NULL && !node->constant[JN_RULE_READONLY])
    jn_form_add_finding (
        form, jn_xml_line (control->element), FALSE,
        "%s is calculated, so what is typed there does not last: make it read-only", control->ref);
}

static gboolean
has_element (const xmlNode *service, const char *name, const char *lang)
{
  for (xmlNode *child = jn_xml_first_element (service); child != NULL;
       child = jn_xml_next_element (child))
    if (jn_xml_is (child, name, JN_NS_JANELA)
        && (lang == NULL || g_strcmp0 (jn_xml_attribute (child, "lang", NULL), lang) == 0))
      return TRUE;
  return FALSE;
}

static void
check_service_says (JnForm *form, const xmlNode *service)
{
  static const char *const wanted[][2] = { { "who", "who may apply" },
                                           { "result", "what the citizen gets" },
                                           { "source", "where this was read" } };

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (!has_element (service, wanted[i][0], NULL))
      jn_form_add_finding (form, jn_xml_line (service), FALSE,
                           "the service does not say %s (jn:%s)", wanted[i][1], wanted[i][0]);
  for (guint i = 0; i < JN_N_LANGUAGES; i++)
    if (!has_element (service, "keywords", jn_languages[i]))
      jn_form_add_finding (form, jn_xml_line (service), FALSE, "no keywords in '%s'",
                           jn_languages[i]);
}

static gboolean
is_declaration (const JnControl *control)
{
  return control->kind == JN_CONTROL_TRIGGER && has_word (control, "jn-declaration");
}

void
jn_form_check_questions (JnForm *form, const xmlNode *service)
{
  gboolean declared = FALSE;

  for (guint i = 0; i < form->controls->len; i++)
    {
      const JnControl *control = form->controls->pdata[i];

      check_box (form, control);
      check_calculated (form, control);
      declared = declared || is_declaration (control);
    }
  if (!declared)
    jn_form_add_finding (form, jn_xml_line (service), FALSE,
                         "nobody declares: no trigger has the appearance jn-declaration");
  check_service_says (form, service);
}
