/* flow.c: how an answer reaches the other forms of a visit, and how known facts reach each. */
#include "app/flow.h"

#include <string.h>

#define MAX_ROUNDS 32 /* two forms that calculate one fact differently end here, and not never */

struct _JnFlow
{
  JnKnown *known;
  JnFacts *vocabulary;
  gboolean demo;
  char *today;
  GPtrArray *members; /* of Member */
  gboolean flowing;
};

/* An application, and what the flow did in it. */
typedef struct
{
  JnFlow *flow;
  JnApplication *application;
  GHashTable *filled; /* ref → the value that came from elsewhere */
  GPtrArray *changed; /* refs not announced yet */
} Member;

static void
member_free (Member *member)
{
  jn_application_set_hook (member->application, NULL, NULL);
  jn_application_set_known (member->application, NULL, NULL, NULL);
  g_object_unref (member->application);
  g_hash_table_unref (member->filled);
  g_ptr_array_unref (member->changed);
  g_free (member);
}

JnFlow *
jn_flow_new (const char *today)
{
  JnFlow *flow = g_new0 (JnFlow, 1);

  flow->known = jn_known_new ();
  flow->today = g_strdup (today);
  flow->members = g_ptr_array_new_with_free_func ((GDestroyNotify)member_free);
  return flow;
}

void
jn_flow_free (JnFlow *flow)
{
  if (flow == NULL)
    return;
  g_ptr_array_unref (flow->members);
  jn_known_free (flow->known);
  g_clear_pointer (&flow->vocabulary, jn_facts_unref);
  g_free (flow->today);
  g_free (flow);
}

void
jn_flow_set_policy (JnFlow *flow, JnFacts *vocabulary, gboolean demo)
{
  g_clear_pointer (&flow->vocabulary, jn_facts_unref);
  flow->vocabulary = vocabulary != NULL ? jn_facts_ref (vocabulary) : NULL;
  flow->demo = demo;
}

JnKnown *
jn_flow_get_known (JnFlow *flow)
{
  return flow->known;
}

static const char *
code_of (Member *member)
{
  return jn_service_entry_get_code (jn_application_get_entry (member->application));
}

/* -- who may see what -------------------------------------------------------------------------------- */

static gboolean
is_said_here (const JnFact *fact)
{
  return g_str_has_prefix (fact->source, "service:") || g_str_equal (fact->source, "document")
         || g_str_equal (fact->source, "clerk");
}

gboolean
jn_flow_may_share (JnFlow *flow, const JnServiceEntry *entry, const char *kind, const JnFact *fact)
{
  const char *department = jn_service_entry_get_department (entry);
  const JnProperty *property
      = flow->vocabulary != NULL ? jn_facts_find (flow->vocabulary, kind, fact->property) : NULL;

  if (is_said_here (fact) && (property == NULL || property->sensitive == JN_SENSITIVE_NONE))
    return TRUE; /* the citizen says it to all the departments of this visit */
  if (property != NULL)
    return jn_property_may_fill (property, department, flow->demo);
  return g_ascii_strcasecmp (fact->source, department) == 0;
}

static gboolean
may_share_cb (const char *kind, const JnFact *fact, gpointer data)
{
  Member *member = data;

  return jn_flow_may_share (member->flow, jn_application_get_entry (member->application), kind,
                            fact);
}

typedef struct
{
  JnFlow *flow;
  const JnServiceEntry *entry;
} ForEntry;

static gboolean
may_share_entry_cb (const char *kind, const JnFact *fact, gpointer data)
{
  ForEntry *about = data;

  return jn_flow_may_share (about->flow, about->entry, kind, fact);
}

GBytes *
jn_flow_make_facts (JnFlow *flow, const JnServiceEntry *entry)
{
  ForEntry about = { flow, entry };

  return jn_known_to_xml (flow->known, jn_service_entry_get_code (entry), may_share_entry_cb,
                          &about);
}

static gboolean
see_all_cb (const char *kind, const JnFact *fact, gpointer data)
{
  return TRUE;
}

GBytes *
jn_flow_make_all_facts (JnFlow *flow)
{
  return jn_known_to_xml (flow->known, NULL, see_all_cb, NULL);
}

/* -- into a form --------------------------------------------------------------------------------------- */

static gboolean
was_filled (Member *member, const char *ref, const char *value)
{
  const char *before = g_hash_table_lookup (member->filled, ref);

  return *value == '\0' || (before != NULL && g_str_equal (before, value));
}

/* @fact: (nullable); @force: what was typed here gives way too: it was answered again elsewhere */
static void
put_fact (Member *member, const JnFactRef *about, const JnFact *fact, gboolean force)
{
  const char *value = "";
  JnNodeState state;

  if (fact != NULL && may_share_cb (about->kind, fact, member)
      && (!about->fresh || g_str_has_prefix (fact->source, "service:")))
    value = fact->value;
  else if (!g_hash_table_contains (member->filled, about->ref))
    return; /* nothing is known, and nothing came from elsewhere that would go now */
  if (!jn_filling_get (jn_application_get_filling (member->application), about->ref, &state)
      || (!force && !was_filled (member, about->ref, state.value)))
    return;
  if (*value != '\0')
    g_hash_table_insert (member->filled, g_strdup (about->ref), g_strdup (value));
  else
    g_hash_table_remove (member->filled, about->ref);
  jn_application_fill (member->application, about->ref, value, member->changed);
}

static void
fill_fact (Member *member, const JnFactRef *about)
{
  put_fact (member, about,
            jn_known_find (member->flow->known, about->subject, about->property, NULL), FALSE);
}

static void
fill_all (Member *member)
{
  GPtrArray *facts = jn_application_get_fact_refs (member->application);

  for (guint i = 0; i < facts->len; i++)
    fill_fact (member, facts->pdata[i]);
}

static void
refresh_facts (Member *member)
{
  g_autoptr (GBytes) xml
             = jn_known_to_xml (member->flow->known, code_of (member), may_share_cb, member);

  jn_application_set_facts (member->application, xml, member->changed);
}

/* -- out of a form ------------------------------------------------------------------------------------- */

static gboolean
said_elsewhere (Member *member, const JnFactRef *about)
{
  return jn_known_find (member->flow->known, about->subject, about->property, code_of (member))
         != NULL;
}

/* Returns: whether the fact is another now */
static gboolean
declare (Member *member, const JnFactRef *about, gboolean typed)
{
  const JnFact *fact;
  JnNodeState state;

  if (!jn_filling_get (jn_application_get_filling (member->application), about->ref, &state)
      || (state.invalid != JN_VALID && state.invalid != JN_INVALID_REQUIRED)
      || (!typed && said_elsewhere (member, about)))
    return FALSE;
  fact = jn_known_find (member->flow->known, about->subject, about->property, NULL);
  if (fact != NULL && g_str_equal (fact->value, state.value))
    return FALSE;
  return jn_known_declare (member->flow->known, about->subject, about->kind, about->property,
                           state.value, code_of (member), member->flow->today);
}

static void
note_entities (Member *member)
{
  JnFilling *filling = jn_application_get_filling (member->application);
  GPtrArray *facts = jn_application_get_fact_refs (member->application);
  g_autofree char *done = g_strdup ("");

  for (guint i = 0; i < facts->len; i++)
    {
      const JnFactRef *about = facts->pdata[i];
      g_autofree char *group = g_path_get_dirname (about->ref);
      g_autofree char *ref = g_strconcat (group, "/meta/entity/@id", NULL);
      JnNodeState state;

      if (g_str_equal (group, done) || !jn_filling_get (filling, ref, &state))
        continue;
      g_free (done);
      done = g_steal_pointer (&group);
      if (state.value != NULL && *state.value != '\0')
        jn_known_set_entity (member->flow->known, about->subject, about->kind, code_of (member),
                             state.value);
    }
}

/* -- the flow -------------------------------------------------------------------------------------------- */

/* The same property of the same person, who may stand in two roles */
static gboolean
is_same_fact (JnFlow *flow, const JnFactRef *a, const JnFactRef *b)
{
  return g_str_equal (a->property, b->property)
         && jn_known_is_same (flow->known, a->subject, b->subject);
}

static void
pass_on (JnFlow *flow, Member *from, const JnFactRef *about)
{
  const JnFact *fact = jn_known_find (flow->known, about->subject, about->property, NULL);

  for (guint i = 0; i < flow->members->len; i++)
    {
      Member *member = flow->members->pdata[i];
      GPtrArray *facts = jn_application_get_fact_refs (member->application);

      for (guint k = 0; k < facts->len; k++)
        if ((member != from || facts->pdata[k] != about)
            && is_same_fact (flow, facts->pdata[k], about))
          put_fact (member, facts->pdata[k], fact, TRUE);
    }
}

/* What changed in @member from its @first changed ref on: declare facts, fill what became relevant. */
static gboolean
settle (Member *member, guint first, const char *typed)
{
  gboolean moved = FALSE;

  for (guint i = first; i < member->changed->len; i++)
    {
      const char *ref = member->changed->pdata[i];
      const JnFactRef *about = jn_application_find_fact (member->application, ref);
      gboolean is_typed = typed != NULL && g_str_equal (ref, typed);

      if (about == NULL)
        continue;
      if (is_typed)
        g_hash_table_remove (member->filled, ref);
      if (declare (member, about, is_typed))
        {
          pass_on (member->flow, member, about);
          moved = TRUE;
        }
      else if (!is_typed)
        fill_fact (member, about);
    }
  return moved;
}

/* Until nothing moves any more */
static void
run (JnFlow *flow, Member *origin, const char *typed)
{
  g_autofree guint *seen = g_new0 (guint, flow->members->len + 1);
  gboolean moved = TRUE;

  for (guint round = 0; moved && round < MAX_ROUNDS; round++)
    {
      moved = FALSE;
      for (guint i = 0; i < flow->members->len; i++)
        {
          Member *member = flow->members->pdata[i];
          guint first = seen[i];

          seen[i] = member->changed->len;
          if (settle (member, first, member == origin ? typed : NULL))
            moved = TRUE;
          note_entities (member);
          refresh_facts (member);
          moved |= member->changed->len > seen[i];
        }
    }
}

/* The hook's own list is announced by the application that was answered. */
static void
announce (JnFlow *flow, Member *origin, GPtrArray *changed)
{
  for (guint i = 0; i < flow->members->len; i++)
    {
      Member *member = flow->members->pdata[i];
      g_autoptr (GPtrArray) refs = member->changed;

      member->changed = g_ptr_array_new_with_free_func (g_free);
      if (member != origin)
        jn_application_announce (member->application, refs);
      else
        for (guint k = changed->len; k < refs->len; k++)
          g_ptr_array_add (changed, g_strdup (refs->pdata[k]));
    }
}

static void
answered_cb (JnApplication *application, GPtrArray *changed, gpointer data)
{
  Member *member = data;
  JnFlow *flow = member->flow;

  if (flow->flowing || changed->len == 0)
    return;
  flow->flowing = TRUE;
  for (guint i = 0; i < changed->len; i++)
    g_ptr_array_add (member->changed, g_strdup (changed->pdata[i]));
  run (flow, member, changed->pdata[0]);
  announce (flow, member, changed);
  flow->flowing = FALSE;
}

void
jn_flow_add (JnFlow *flow, JnApplication *application)
{
  Member *member = g_new0 (Member, 1);
  GPtrArray *facts = jn_application_get_fact_refs (application);

  member->flow = flow;
  member->application = g_object_ref (application);
  member->filled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  member->changed = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (flow->members, member);
  jn_application_set_known (application, flow->known, may_share_cb, member);
  jn_application_set_hook (application, answered_cb, member);
  flow->flowing = TRUE;
  fill_all (member);
  /* what the form holds by itself, or a kept draft, is an answer too */
  for (guint i = 0; i < facts->len; i++)
    g_ptr_array_add (member->changed, g_strdup (((JnFactRef *)facts->pdata[i])->ref));
  run (flow, NULL, NULL);
  announce (flow, NULL, NULL);
  flow->flowing = FALSE;
}

void
jn_flow_remove (JnFlow *flow, JnApplication *application)
{
  for (guint i = 0; i < flow->members->len; i++)
    {
      Member *member = flow->members->pdata[i];

      if (member->application != application)
        continue;
      jn_known_withdraw (flow->known, code_of (member));
      g_ptr_array_remove_index (flow->members, i);
      return;
    }
}

void
jn_flow_set_person (JnFlow *flow, JnPerson *person)
{
  jn_known_set_person (flow->known, person);
  flow->flowing = TRUE;
  for (guint i = 0; i < flow->members->len; i++)
    fill_all (flow->members->pdata[i]);
  run (flow, NULL, NULL);
  announce (flow, NULL, NULL);
  flow->flowing = FALSE;
}
