/* form.c: reads a form: the document, its head and model, what it says of itself. */
#include <string.h>

#include "forms/flatten.h"
#include "forms/form-private.h"

/* The newest that we understand; a newer major version is refused. */
#define XFORMS_MAJOR 1
#define ENTITIES_YEAR 2025
#define ENTITIES_COUNT 1

/* ---- findings ----------------------------------------------------------------------------------- */

static void
finding_free (gpointer data)
{
  JnFinding *finding = data;

  g_free (finding->text);
  g_free (finding);
}

static void
add_finding (JnForm *form, long line, gboolean error, char *text)
{
  JnFinding *finding = g_new (JnFinding, 1);

  finding->line = line;
  finding->error = error;
  finding->text = text;
  g_ptr_array_add (form->findings, finding);
  g_ptr_array_add (form->warnings, g_strdup_printf ("line %ld: %s", line, text));
}

void
jn_form_add_finding (JnForm *form, long line, gboolean error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  add_finding (form, line, error, g_strdup_vprintf (format, args));
  va_end (args);
}

void
jn_reader_find (JnReader *reader, long line, gboolean error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  add_finding (reader->form, line, error, g_strdup_vprintf (format, args));
  va_end (args);
}

void
jn_reader_fail (JnReader *reader, long line, JnFormError code, const char *format, ...)
{
  va_list args;
  char *text;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  if (reader->fatal == NULL)
    reader->fatal = g_error_new (JN_FORM_ERROR, code, "line %ld: %s", line, text);
  add_finding (reader->form, line, TRUE, text);
}

/* ---- expressions and paths ---------------------------------------------------------------------- */

static const char *
resolve_prefix (const char *prefix, gpointer user_data)
{
  const xmlNode *where = user_data;
  xmlNs *ns = xmlSearchNs (where->doc, (xmlNode *)where, BAD_CAST prefix);

  return ns != NULL ? (const char *)ns->href : NULL;
}

JnXPath *
jn_reader_parse (JnReader *reader, const char *text, const xmlNode *where)
{
  JnXPath *xpath = g_hash_table_lookup (reader->form->xpaths, text);
  GError *error = NULL;

  if (xpath != NULL)
    return xpath;
  xpath = jn_xpath_new (text, reader->form->doc->dict, resolve_prefix, (gpointer)where,
                        JN_XPATH_DEFAULT, &error);
  if (xpath == NULL)
    {
      jn_reader_fail (reader, jn_xml_line (where), error->code, "%s", error->message);
      g_error_free (error);
      return NULL;
    }
  if (jn_xpath_get_problem (xpath) != NULL)
    jn_reader_find (reader, jn_xml_line (where), TRUE, "%s", jn_xpath_get_problem (xpath)->message);
  g_hash_table_insert (reader->form->xpaths, g_strdup (text), xpath);
  return xpath;
}

static void
append_step (GString *path, const char *step)
{
  const char *slash;

  if (*step == '\0' || strcmp (step, ".") == 0)
    return;
  if (strcmp (step, "..") != 0)
    {
      g_string_append_printf (path, "/%s", step);
      return;
    }
  slash = strrchr (path->str, '/');
  g_string_truncate (path, slash != NULL ? (gsize)(slash - path->str) : 0);
}

char *
jn_reader_join (const char *path, const char *context)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (path));
  const char *rest = g_str_has_prefix (trimmed, "current()/") ? trimmed + 10 : trimmed;
  g_auto (GStrv) steps = g_strsplit (rest, "/", -1);
  GString *result = g_string_new (*rest == '/' ? "" : context);

  for (guint i = 0; steps[i] != NULL; i++)
    append_step (result, g_strstrip (steps[i]));
  return g_string_free (result, FALSE);
}

JnNode *
jn_reader_resolve (JnReader *reader, const char *path, const JnNode *context)
{
  JnForm *form = reader->form;
  JnNode *node = g_hash_table_lookup (form->by_path, path);
  g_autofree char *joined = NULL;

  if (node != NULL || form->root == NULL)
    return node;
  joined = jn_reader_join (path, context != NULL ? context->path : form->root->path);
  return g_hash_table_lookup (form->by_path, joined);
}

/* ---- the document ------------------------------------------------------------------------------- */

static void
check_version (JnReader *reader, const xmlNode *model)
{
  const char *version = jn_xml_attribute (model, "xforms-version", JN_NS_ODK);
  const char *entities = jn_xml_attribute (model, "entities-version", JN_NS_ENTITIES);

  if (version != NULL && g_ascii_strtoull (version, NULL, 10) > XFORMS_MAJOR)
    jn_reader_fail (reader, jn_xml_line (model), JN_FORM_ERROR_UNSUPPORTED,
                    "XForms version %s is newer than %d", version, XFORMS_MAJOR);
  if (entities != NULL)
    {
      char *rest;
      guint64 year = g_ascii_strtoull (entities, &rest, 10);
      guint64 count = *rest == '.' ? g_ascii_strtoull (rest + 1, NULL, 10) : 0;

      reader->form->entities_version = g_strdup (entities);
      if (year > ENTITIES_YEAR || (year == ENTITIES_YEAR && count > ENTITIES_COUNT))
        jn_reader_fail (reader, jn_xml_line (model), JN_FORM_ERROR_UNSUPPORTED,
                        "Entities version %s is newer than %d.%d", entities, ENTITIES_YEAR,
                        ENTITIES_COUNT);
    }
}

static void
read_instances (JnReader *reader, xmlNode *model, const xmlNode *body)
{
  g_autoptr(GHashTable) repeats = jn_reader_find_repeats (body);
  gboolean primary = TRUE;

  for (xmlNode *child = jn_xml_first_element (model); child != NULL;
       child = jn_xml_next_element (child))
    {
      if (strcmp ((const char *)child->name, "instance") != 0)
        continue;
      if (primary)
        jn_reader_primary (reader, child, repeats);
      else
        jn_reader_secondary (reader, child);
      primary = FALSE;
    }
  if (primary)
    jn_reader_fail (reader, jn_xml_line (model), JN_FORM_ERROR_REFERENCE,
                    "the model has no instance");
}

static void
read_itext (JnReader *reader, const xmlNode *model)
{
  for (xmlNode *child = jn_xml_first_element (model); child != NULL;
       child = jn_xml_next_element (child))
    if (strcmp ((const char *)child->name, "itext") == 0)
      jn_reader_itext (reader, child);
  jn_reader_outputs (reader);
}

static void
read_model (JnReader *reader, xmlNode *model, const xmlNode *body)
{
  check_version (reader, model);
  read_itext (reader, model);
  read_instances (reader, model, body);
  if (reader->form->root == NULL)
    return;
  jn_reader_binds (reader, model);
  jn_reader_actions (reader, model, NULL);
}

static xmlNode *
find_body (const xmlNode *root)
{
  return jn_xml_find_child (root, "body", JN_NS_XHTML);
}

static void
read_document (JnReader *reader)
{
  JnForm *form = reader->form;
  xmlNode *root = xmlDocGetRootElement (form->doc);
  xmlNode *head = jn_xml_find_child (root, "head", JN_NS_XHTML);
  xmlNode *model = head != NULL ? jn_xml_find_child (head, "model", JN_NS_XFORMS) : NULL;
  xmlNode *body = find_body (root);
  xmlNode *title;

  if (model == NULL)
    {
      jn_reader_fail (reader, jn_xml_line (root), JN_FORM_ERROR_REFERENCE,
                      "no model in the head of an XHTML document");
      return;
    }
  form->head = head;
  title = jn_xml_find_child (head, "title", JN_NS_XHTML);
  form->title = title != NULL ? jn_xml_text (title) : g_strdup ("");
  read_model (reader, model, body);
  if (form->root == NULL)
    return;
  if (body != NULL)
    jn_reader_body (reader, body);
  else
    jn_reader_body (reader, root);
  jn_reader_entities (reader);
  if (reader->fatal != NULL)
    return;
  jn_reader_references (reader);
  if (reader->fatal == NULL)
    jn_reader_graph (reader);
}

/* ---- lifetime ----------------------------------------------------------------------------------- */

static void
translation_free (gpointer data)
{
  JnTranslation *translation = data;

  g_free (translation->lang);
  g_hash_table_unref (translation->texts);
  g_free (translation);
}

static void
rule_free (gpointer data)
{
  JnRule *rule = data;

  g_array_unref (rule->references);
  g_free (rule);
}

static JnForm *
form_new (xmlDoc *doc)
{
  JnForm *form = g_new0 (JnForm, 1);

  g_atomic_ref_count_init (&form->references);
  form->doc = doc;
  form->languages = g_new0 (char *, 1);
  form->warnings = g_ptr_array_new_with_free_func (g_free);
  form->findings = g_ptr_array_new_with_free_func (finding_free);
  form->translations = g_ptr_array_new_with_free_func (translation_free);
  form->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_node_free);
  form->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  form->by_parent = g_hash_table_new (jn_node_hash, jn_node_equal);
  form->rules = g_ptr_array_new_with_free_func (rule_free);
  form->instances = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_instance_free);
  form->controls = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_control_free);
  form->actions = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_action_free);
  form->texts = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_text_free);
  form->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  form->xpaths
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jn_xpath_unref);
  return form;
}

JnForm *
jn_form_ref (JnForm *form)
{
  g_atomic_ref_count_inc (&form->references);
  return form;
}

void
jn_form_unref (JnForm *form)
{
  if (!g_atomic_ref_count_dec (&form->references))
    return;
  g_ptr_array_unref (form->actions);
  g_ptr_array_unref (form->controls);
  g_ptr_array_unref (form->texts);
  g_ptr_array_unref (form->pieces);
  g_ptr_array_unref (form->rules);
  g_hash_table_unref (form->by_path);
  g_hash_table_unref (form->by_parent);
  g_ptr_array_unref (form->nodes);
  g_ptr_array_unref (form->translations);
  g_ptr_array_unref (form->instances);
  g_hash_table_unref (form->xpaths);
  g_ptr_array_unref (form->findings);
  g_ptr_array_unref (form->warnings);
  g_strfreev (form->languages);
  g_free (form->default_language);
  g_free (form->entities_version);
  g_free (form->primary_id);
  g_free (form->id);
  g_free (form->version);
  g_free (form->title);
  xmlFreeDoc (form->doc);
  g_free (form);
}

/* A name only: what a form refers to lies beside it, nowhere else. */
static GBytes *
load_beside (const char *uri, gpointer user_data)
{
  const char *folder = user_data;
  const char *slash = strrchr (uri, '/');
  g_autofree char *path = NULL;
  char *data;
  gsize size;

  if (slash == NULL || slash[1] == '\0' || slash[1] == '.'
      || g_str_has_prefix (uri, "jr://instance/"))
    return NULL;
  path = g_build_filename (folder, slash + 1, NULL);
  if (!g_file_get_contents (path, &data, &size, NULL))
    return NULL;
  return g_bytes_new_take (data, size);
}

static JnForm *
read_form (xmlDoc *doc, JnFormLoader loader, gpointer user_data, gboolean thorough, GError **fatal)
{
  JnReader reader = { .loader = loader, .loader_data = user_data, .thorough = thorough };

  reader.form = form_new (doc);
  reader.bind_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  read_document (&reader);
  g_hash_table_unref (reader.bind_ids);
  if (reader.fatal != NULL)
    g_propagate_error (fatal, reader.fatal);
  return reader.form;
}

JnForm *
jn_form_read_document (xmlDoc *doc, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GError) fatal = NULL;

  return read_form (doc, load_beside, folder, TRUE, &fatal);
}

JnForm *
jn_form_new_empty (void)
{
  return form_new (xmlNewDoc (BAD_CAST "1.0"));
}

static JnForm *
read_whole_form (xmlDoc *doc, JnFormLoader loader, gpointer user_data, GError **error)
{
  g_autoptr(GError) fatal = NULL;
  JnForm *form = read_form (doc, loader, user_data, FALSE, &fatal);

  if (fatal == NULL)
    return form;
  jn_form_unref (form);
  g_propagate_error (error, g_steal_pointer (&fatal));
  return NULL;
}

JnForm *
jn_form_new_from_bytes (GBytes *xml, JnFormLoader loader, gpointer user_data, GError **error)
{
  xmlDoc *doc = jn_xml_parse (xml, NULL, error);

  return doc != NULL ? read_whole_form (doc, loader, user_data, error) : NULL;
}

JnForm *
jn_form_new_from_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GBytes) bytes = NULL;
  xmlDoc *doc;
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  bytes = g_bytes_new_take (data, size);
  doc = jn_xml_parse (bytes, NULL, error);
  if (doc == NULL)
    return NULL;
  if (memmem (data, size, "XInclude", 8) != NULL && !jn_flatten_document (doc, path, error))
    {
      xmlFreeDoc (doc);
      return NULL;
    }
  return read_whole_form (doc, load_beside, folder, error);
}

/* ---- what the document says of itself ----------------------------------------------------------- */

const char *
jn_form_get_id (const JnForm *form)
{
  return form->id;
}

const char *
jn_form_get_version (const JnForm *form)
{
  return form->version;
}

const char *
jn_form_get_title (const JnForm *form)
{
  return form->title;
}

const char *const *
jn_form_get_languages (const JnForm *form)
{
  return (const char *const *)form->languages;
}

const char *
jn_form_get_default_language (const JnForm *form)
{
  return form->default_language;
}

GPtrArray *
jn_form_get_warnings (const JnForm *form)
{
  return form->warnings;
}

const JnControl *
jn_form_get_body (const JnForm *form)
{
  return form->body;
}

const struct _xmlNode *
jn_form_get_extension (const JnForm *form, const char *name)
{
  return jn_xml_find_child (form->head, name, JN_NS_JANELA);
}
