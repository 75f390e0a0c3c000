/* event.c: reads a life event and says which of its services the facts ask for. */
#include "forms/event.h"

#include <string.h>

#include "forms/date.h"
#include "forms/vocabulary-private.h"

typedef struct
{
  JnNeed need;
  JnXPath *relevant; /* (nullable) */
} Need;

typedef struct
{
  const char *code;
  gboolean optional;
  JnXPath *relevant; /* (nullable) */
  guint days;
  gboolean working;
  JnXPath *from; /* (nullable) */
  JnOrigin origin;
  GArray *needs;
  JnNames why;
} Service;

struct _JnEvent
{
  gatomicrefcount references;
  xmlDoc *doc;
  const char *code;
  JnNames names;
  GPtrArray *keywords;
  GPtrArray *services;
  GPtrArray *codes;
};

/* ---- reading ------------------------------------------------------------------------------------ */

/* TRUE with %NULL in @xpath where the attribute is not there. */
static gboolean
read_expression (const JnWords *words, const char *name, JnXPath **xpath)
{
  const char *text = jn_words_get (words, name);
  g_autoptr(GError) error = NULL;

  *xpath = NULL;
  if (text == NULL || *text == '\0')
    return TRUE;
  *xpath = jn_xpath_new (text, words->element->doc->dict, NULL, NULL, JN_XPATH_STRICT, &error);
  return *xpath != NULL || jn_words_refuse (words, "%s", error->message);
}

static void
need_clear (gpointer data)
{
  Need *need = data;

  g_clear_pointer (&need->relevant, jn_xpath_unref);
}

static void
service_free (gpointer data)
{
  Service *service = data;

  g_clear_pointer (&service->relevant, jn_xpath_unref);
  g_clear_pointer (&service->from, jn_xpath_unref);
  g_array_unref (service->needs);
  jn_names_clear (&service->why);
  g_free (service);
}

static gboolean
read_needs (Service *service, const JnWords *words)
{
  Need need = { { jn_words_get (words, "service"), jn_words_get (words, "fact"),
                  jn_words_get (words, "paper") },
                NULL };

  if (need.need.service == NULL && need.need.fact == NULL && need.need.paper == NULL)
    return jn_words_refuse (words, "needs service, fact or paper");
  if (!read_expression (words, "relevant", &need.relevant))
    return FALSE;
  g_array_append_val (service->needs, need);
  return TRUE;
}

static gboolean
read_deadline (Service *service, const JnWords *words)
{
  static const char *const kinds[] = { "working", "calendar", NULL };
  guint kind;

  if (jn_words_require (words, "days") == NULL
      || !jn_words_get_number (words, "days", &service->days)
      || !jn_words_choose (words, "kind", kinds, 0, &kind)
      || !jn_words_get_origin (words, &service->origin))
    return FALSE;
  service->working = kind == 0;
  return read_expression (words, "from", &service->from);
}

static gboolean
read_service_child (Service *service, const JnWords *words)
{
  if (jn_xml_is (words->element, "needs", JN_NS_JANELA))
    return read_needs (service, words);
  if (jn_xml_is (words->element, "deadline", JN_NS_JANELA))
    return read_deadline (service, words);
  if (jn_xml_is (words->element, "why", JN_NS_JANELA))
    return jn_names_add (&service->why, words);
  return jn_words_refuse (words, "a service of an event knows no such element");
}

static gboolean
read_service (JnEvent *self, const JnWords *words)
{
  Service *service = g_new0 (Service, 1);

  service->needs = g_array_new (FALSE, FALSE, sizeof (Need));
  g_array_set_clear_func (service->needs, need_clear);
  g_ptr_array_add (self->services, service);
  service->code = jn_words_require (words, "code");
  if (service->code == NULL || !jn_words_get_yes (words, "optional", &service->optional)
      || !read_expression (words, "relevant", &service->relevant))
    return FALSE;
  g_ptr_array_insert (self->codes, (gint)self->codes->len - 1, (char *)service->code);
  for (xmlNode *child = jn_xml_first_element (words->element); child != NULL;
       child = jn_xml_next_element (child))
    {
      JnWords next = { child, words->error };

      if (!read_service_child (service, &next))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_child (JnEvent *self, const JnWords *words)
{
  if (jn_xml_is (words->element, "name", JN_NS_JANELA))
    return jn_names_add (&self->names, words);
  if (jn_xml_is (words->element, "service", JN_NS_JANELA))
    return read_service (self, words);
  if (!jn_xml_is (words->element, "keywords", JN_NS_JANELA))
    return jn_words_refuse (words, "an event knows no such element");
  jn_keywords_add (self->keywords, jn_words_get_text (words));
  return TRUE;
}

static gboolean
read_event (JnEvent *self, const JnWords *words)
{
  if (!jn_xml_is (words->element, "event", JN_NS_JANELA))
    return jn_words_refuse (words, "is no event of %s", JN_NS_JANELA);
  self->code = jn_words_require (words, "code");
  if (self->code == NULL)
    return FALSE;
  for (xmlNode *child = jn_xml_first_element (words->element); child != NULL;
       child = jn_xml_next_element (child))
    {
      JnWords next = { child, words->error };

      if (!read_child (self, &next))
        return FALSE;
    }
  return *jn_names_get (&self->names, NULL) != '\0' || jn_words_refuse (words, "has no name");
}

JnEvent *
jn_event_new_from_bytes (GBytes *xml, GError **error)
{
  xmlDoc *doc = jn_xml_parse (xml, NULL, error);
  JnWords words = { NULL, error };
  JnEvent *self;

  if (doc == NULL)
    return NULL;
  words.element = xmlDocGetRootElement (doc);
  self = g_new0 (JnEvent, 1);
  g_atomic_ref_count_init (&self->references);
  self->doc = doc;
  self->keywords = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->keywords, NULL);
  self->codes = g_ptr_array_new ();
  g_ptr_array_add (self->codes, NULL);
  self->services = g_ptr_array_new_with_free_func (service_free);
  if (!read_event (self, &words))
    g_clear_pointer (&self, jn_event_unref);
  return self;
}

JnEvent *
jn_event_ref (JnEvent *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
jn_event_unref (JnEvent *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  jn_names_clear (&self->names);
  g_ptr_array_unref (self->keywords);
  g_ptr_array_unref (self->codes);
  g_ptr_array_unref (self->services);
  xmlFreeDoc (self->doc);
  g_free (self);
}

/* ---- what it says ------------------------------------------------------------------------------- */

const char *
jn_event_get_code (const JnEvent *self)
{
  return self->code;
}

const JnNames *
jn_event_get_names (const JnEvent *self)
{
  return &self->names;
}

const char *const *
jn_event_get_keywords (const JnEvent *self)
{
  return (const char *const *)self->keywords->pdata;
}

const char *const *
jn_event_get_services (const JnEvent *self)
{
  return (const char *const *)self->codes->pdata;
}

/* ---- as the facts stand ------------------------------------------------------------------------- */

static xmlNode *
get_facts (const char *id, gpointer user_data)
{
  return strcmp (id, "facts") == 0 ? user_data : NULL;
}

static const JnXPathHost host = { .instance = get_facts };

static void
event_service_free (gpointer data)
{
  JnEventService *service = data;

  g_free (service->deadline);
  g_free (service->deadline_start);
  g_ptr_array_unref (service->needs);
  g_free (service);
}

/* Working days are counted by the branch's calendar, which is not ours to know. */
static void
set_deadline (JnEventService *made, const char *start)
{
  int year, month, day;
  g_autoptr(GDateTime) first = NULL, last = NULL;

  if (!jn_date_parse (start, &year, &month, &day))
    return;
  made->deadline_start = g_strdup (start);
  if (made->deadline_working)
    return;
  first = g_date_time_new_utc (year, month, day, 0, 0, 0);
  last = first != NULL ? g_date_time_add_days (first, (gint)made->deadline_days) : NULL;
  if (last != NULL)
    made->deadline = g_date_time_format (last, "%Y-%m-%d");
}

static gboolean
take_needs (JnEventService *made, const Service *service, const JnXPathScope *scope, GError **error)
{
  for (guint i = 0; i < service->needs->len; i++)
    {
      const Need *need = &g_array_index (service->needs, Need, i);
      gboolean applies = TRUE;

      if (need->relevant != NULL
          && !jn_xpath_evaluate_boolean (need->relevant, scope, NULL, &applies, error))
        return FALSE;
      if (applies)
        g_ptr_array_add (made->needs, g_memdup2 (&need->need, sizeof (JnNeed)));
    }
  return TRUE;
}

static gboolean
add_service (const Service *service, const JnXPathScope *scope, GPtrArray *result, GError **error)
{
  JnEventService *made = g_new0 (JnEventService, 1);
  g_autoptr(GString) start = g_string_new (NULL);

  g_ptr_array_add (result, made);
  made->code = service->code;
  made->relevant = TRUE;
  made->optional = service->optional;
  made->why = &service->why;
  made->needs = g_ptr_array_new_with_free_func (g_free);
  made->deadline_days = service->days;
  made->deadline_working = service->working;
  made->deadline_origin = service->origin;
  if (service->relevant != NULL
      && !jn_xpath_evaluate_boolean (service->relevant, scope, NULL, &made->relevant, error))
    return FALSE;
  if (service->from != NULL && !jn_xpath_evaluate_text (service->from, scope, NULL, start, error))
    return FALSE;
  set_deadline (made, start->str);
  return take_needs (made, service, scope, error);
}

GPtrArray *
jn_event_list_services (JnEvent *self, GBytes *facts, GDateTime *now, GError **error)
{
  static const char nothing[] = "<root/>";
  g_autoptr(GBytes) empty = g_bytes_new_static (nothing, sizeof nothing - 1);
  g_autoptr(GPtrArray) result = g_ptr_array_new_with_free_func (event_service_free);
  xmlDoc *doc = jn_xml_parse (facts != NULL ? facts : empty, NULL, error);
  JnXPathScope scope = { .context = (xmlNode *)doc, .host = &host, .host_data = doc };
  gboolean good = doc != NULL;

  if (now != NULL)
    {
      scope.now = g_date_time_to_unix (now) * G_USEC_PER_SEC + g_date_time_get_microsecond (now);
      scope.zone = g_date_time_get_timezone (now);
    }
  for (guint i = 0; good && i < self->services->len; i++)
    good = add_service (self->services->pdata[i], &scope, result, error);
  g_clear_pointer (&doc, xmlFreeDoc);
  return good ? g_steal_pointer (&result) : NULL;
}
