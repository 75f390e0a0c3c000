/* submission.c: a filling as XML: kept to resume, or sent without what is not relevant.
 *
 * Spec, "Bind Attributes" (relevant), "Metadata" (instanceID, deprecatedID), "Submission". */
#include <string.h>

#include <libxml/xmlsave.h>

#include "forms/date.h"
#include "forms/filling-private.h"

static void
append_escaped (GString *out, const char *text, gboolean attribute)
{
  for (; *text != '\0'; text++)
    switch (*text)
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      case '\r':
        g_string_append (out, "&#13;");
        break;
      case '"':
        g_string_append (out, attribute ? "&quot;" : "\"");
        break;
      case '\n':
      case '\t':
        if (attribute)
          g_string_append_printf (out, "&#%d;", *text);
        else
          g_string_append_c (out, *text);
        break;
      default:
        g_string_append_c (out, *text);
      }
}

static void
append_attribute (GString *out, const char *prefix, const char *name, const char *value)
{
  g_string_append_printf (out, " %s%s%s=\"", prefix != NULL ? prefix : "",
                          prefix != NULL ? ":" : "", name);
  append_escaped (out, value, TRUE);
  g_string_append_c (out, '"');
}

static void
append_name (GString *out, const JnNode *node)
{
  if (node->prefix != NULL)
    g_string_append_printf (out, "%s:", node->prefix);
  g_string_append (out, (const char *)node->name);
}

/* The root says which namespaces are in use; that of XForms is left out, as in other clients. */
static void
append_namespaces (GString *out, const JnFilling *filling, gboolean typed)
{
  const xmlNs *own = filling->form->root->source->ns;

  if (own != NULL && own->prefix == NULL && !xmlStrEqual (own->href, BAD_CAST JN_NS_XFORMS))
    append_attribute (out, NULL, "xmlns", (const char *)own->href);
  for (guint i = 0; i < filling->namespaces->len; i++)
    {
      const xmlNs *ns = filling->namespaces->pdata[i];

      append_attribute (out, "xmlns", (const char *)ns->prefix, (const char *)ns->href);
      typed = typed && !xmlStrEqual (ns->href, BAD_CAST JN_NS_JANELA);
    }
  if (typed)
    append_attribute (out, "xmlns", "jn", JN_NS_JANELA);
}

typedef struct
{
  JnFilling *filling;
  GString *out;
  gboolean whole; /* what is not relevant too, and what was typed */
} Writer;

static void append_answer (const Writer *writer, const JnAnswer *answer);

static void
append_attributes (const Writer *writer, const JnAnswer *answer)
{
  for (guint i = 0; i < answer->node->children->len; i++)
    {
      const JnNode *node = answer->node->children->pdata[i];
      const JnAnswer *attribute = answer->slots[i].one;

      if (node->attribute && (writer->whole || attribute->visible))
        append_attribute (writer->out, (const char *)node->prefix, (const char *)node->name,
                          jn_answer_get_text (attribute));
    }
  if (writer->whole && answer->typed != NULL)
    append_attribute (writer->out, "jn", "typed", answer->typed);
}

/* Beside the instanceID of an edit stands that which it replaces. */
static void
append_deprecated (const Writer *writer, const JnAnswer *id)
{
  const char *prefix = (const char *)id->node->prefix, *colon = prefix != NULL ? ":" : "";
  GString *out = writer->out;

  prefix = prefix != NULL ? prefix : "";
  g_string_append_printf (out, "<%s%sdeprecatedID>", prefix, colon);
  append_escaped (out, writer->filling->deprecated, FALSE);
  g_string_append_printf (out, "</%s%sdeprecatedID>", prefix, colon);
}

static void
append_children (const Writer *writer, const JnAnswer *answer)
{
  for (guint i = 0; i < answer->node->children->len; i++)
    {
      const JnNode *node = answer->node->children->pdata[i];
      JnSlot slot = answer->slots[i];

      if (node->attribute)
        continue;
      if (!node->repeat)
        append_answer (writer, slot.one);
      else
        for (guint k = 0; k < slot.rows->len; k++)
          append_answer (writer, slot.rows->pdata[k]);
      if (node == writer->filling->form->instance_id && writer->filling->deprecated != NULL)
        append_deprecated (writer, slot.one);
    }
}

static void
append_answer (const Writer *writer, const JnAnswer *answer)
{
  GString *out = writer->out;
  gsize before;

  if (!writer->whole && !answer->visible)
    return;
  g_string_append_c (out, '<');
  append_name (out, answer->node);
  if (answer->parent == NULL)
    append_namespaces (out, writer->filling, writer->whole);
  append_attributes (writer, answer);
  before = out->len;
  g_string_append_c (out, '>');
  append_children (writer, answer);
  append_escaped (out, jn_answer_get_text (answer), FALSE);
  if (out->len == before + 1)
    {
      g_string_truncate (out, before);
      g_string_append (out, "/>");
      return;
    }
  g_string_append (out, "</");
  append_name (out, answer->node);
  g_string_append_c (out, '>');
}

static GBytes *
write_answers (JnFilling *filling, gboolean whole)
{
  Writer writer = { filling, g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), whole };

  append_answer (&writer, filling->root);
  return g_string_free_to_bytes (writer.out);
}

GBytes *
jn_filling_save (JnFilling *filling)
{
  return write_answers (filling, TRUE);
}

/* jr:preload timestamp end is due now: spec, "Preload Attributes". */
static void
stamp_end (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  gint64 now = filling->scope.now != 0 ? filling->scope.now : g_get_real_time ();
  g_autofree char *text = NULL;

  if (g_strcmp0 (answer->node->preload, "timestamp") != 0
      || g_strcmp0 (answer->node->preload_params, "end") != 0)
    return;
  text = jn_moment_to_text (now, filling->zone);
  jn_filling_put (filling, answer, text, FALSE);
}

/* Spec, "Metadata": every record that is sent has an instanceID. */
static void
ensure_instance_id (JnFilling *filling)
{
  JnAnswer *answer = filling->single[filling->form->instance_id->index];
  g_autofree char *uuid = NULL, *value = NULL;

  if (*jn_answer_get_text (answer) != '\0')
    return;
  uuid = g_uuid_string_random ();
  value = g_strconcat ("uuid:", uuid, NULL);
  jn_filling_put (filling, answer, value, FALSE);
}

GBytes *
jn_filling_submit (JnFilling *filling, GError **error)
{
  jn_filling_start (filling);
  jn_answer_walk (filling, filling->root, stamp_end, NULL);
  ensure_instance_id (filling);
  jn_filling_run (filling);
  jn_filling_finish (filling, NULL);
  if (g_error_matches (filling->problem, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT))
    {
      g_propagate_error (error, g_steal_pointer (&filling->problem));
      return NULL;
    }
  return write_answers (filling, FALSE);
}

/* ---- attachments -------------------------------------------------------------------------------- */

static void
list_attachment (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  const JnControl *control = answer->node->control;
  gboolean file = strcmp (answer->node->type_name, "binary") == 0
                  || (control != NULL && control->kind == JN_CONTROL_UPLOAD);

  if (file && answer->visible && *jn_answer_get_text (answer) != '\0')
    g_ptr_array_add (user_data, g_strdup (jn_answer_get_text (answer)));
}

GPtrArray *
jn_filling_list_attachments (JnFilling *filling)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  jn_answer_walk (filling, filling->root, list_attachment, names);
  return names;
}

/* ---- editing what was sent ---------------------------------------------------------------------- */

JnFilling *
jn_filling_new_edit (JnForm *form,
                     GBytes *submission,
                     const JnFillingOptions *options,
                     GError **error)
{
  JnFilling *filling = jn_filling_new_from_xml (form, submission, options, error);
  g_autofree char *uuid = NULL, *value = NULL;
  JnAnswer *id;

  if (filling == NULL)
    return NULL;
  id = filling->single[form->instance_id->index];
  if (form->deprecated_id != NULL)
    jn_answer_set_text (filling, filling->single[form->deprecated_id->index],
                        jn_answer_get_text (id));
  else
    {
      g_free (filling->deprecated);
      filling->deprecated = g_strdup (jn_answer_get_text (id));
    }
  uuid = g_uuid_string_random ();
  value = g_strconcat ("uuid:", uuid, NULL);
  jn_answer_set_text (filling, id, value);
  return filling;
}
