/* bundle.c: which services a life event brings, in which order, and which the clerk chose. */
#include "app/bundle.h"

#include <stdio.h>

struct _JnBundle
{
  JnEvent *event;
  GHashTable *choices; /* service → whether it is chosen */
  GPtrArray *added;    /* codes beside the event, in the order they came */
  gboolean limited;    /* the ticket said what is wanted */
  GPtrArray *proposals;
};

static void
proposal_free (JnProposal *proposal)
{
  g_free (proposal->why);
  g_strfreev (proposal->needs);
  g_free (proposal->unmet);
  g_free (proposal->deadline);
  g_free (proposal);
}

JnBundle *
jn_bundle_new (void)
{
  JnBundle *bundle = g_new0 (JnBundle, 1);

  bundle->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  bundle->added = g_ptr_array_new_with_free_func (g_free);
  bundle->proposals = g_ptr_array_new_with_free_func ((GDestroyNotify)proposal_free);
  return bundle;
}

void
jn_bundle_free (JnBundle *bundle)
{
  if (bundle == NULL)
    return;
  g_clear_pointer (&bundle->event, jn_event_unref);
  g_hash_table_unref (bundle->choices);
  g_ptr_array_unref (bundle->added);
  g_ptr_array_unref (bundle->proposals);
  g_free (bundle);
}

void
jn_bundle_set_event (JnBundle *bundle, JnEvent *event)
{
  g_clear_pointer (&bundle->event, jn_event_unref);
  bundle->event = event;
}

void
jn_bundle_choose (JnBundle *bundle, const char *service, gboolean chosen)
{
  g_hash_table_insert (bundle->choices, g_strdup (service), GINT_TO_POINTER (chosen));
  if (!g_ptr_array_find_with_equal_func (bundle->added, service, g_str_equal, NULL))
    g_ptr_array_add (bundle->added, g_strdup (service));
}

void
jn_bundle_set_wanted (JnBundle *bundle, const char *const *services)
{
  for (guint i = 0; services != NULL && services[i] != NULL; i++)
    {
      jn_bundle_choose (bundle, services[i], TRUE);
      bundle->limited = TRUE;
    }
}

static gboolean
is_chosen (JnBundle *bundle, const char *service, gboolean proposed)
{
  gpointer chosen;

  if (g_hash_table_lookup_extended (bundle->choices, service, NULL, &chosen))
    return GPOINTER_TO_INT (chosen);
  return proposed && !bundle->limited;
}

/* -- deadlines ------------------------------------------------------------------------------------------ */

static int
count_days (const char *from, const char *to)
{
  GDate a, b;
  int y, m, d;

  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  if (sscanf (from, "%4d-%2d-%2d", &y, &m, &d) != 3 || !g_date_valid_dmy (d, m, y))
    return 0;
  g_date_set_dmy (&a, d, m, y);
  if (sscanf (to, "%4d-%2d-%2d", &y, &m, &d) != 3 || !g_date_valid_dmy (d, m, y))
    return 0;
  g_date_set_dmy (&b, d, m, y);
  return g_date_days_between (&a, &b);
}

/* -- needs ------------------------------------------------------------------------------------------------ */

static const JnProposal *
find_proposal (JnBundle *bundle, const char *service)
{
  for (guint i = 0; i < bundle->proposals->len; i++)
    {
      const JnProposal *proposal = bundle->proposals->pdata[i];

      if (g_strcmp0 (jn_service_entry_get_code (proposal->service), service) == 0)
        return proposal;
    }
  return NULL;
}

static gboolean
is_fact_held (JnFlow *flow, const char *fact)
{
  g_auto (GStrv) parts = g_strsplit (fact != NULL ? fact : "", "/", 2);

  return g_strv_length (parts) == 2
         && jn_known_find (jn_flow_get_known (flow), parts[0], parts[1], NULL) != NULL;
}

/* A need that rests on nothing else is met by the paper that the merged list asks for. */
static void
read_needs (JnBundle *bundle, JnProposal *proposal, GPtrArray *needs, JnFlow *flow)
{
  GPtrArray *before = g_ptr_array_new ();

  for (guint i = 0; needs != NULL && i < needs->len; i++)
    {
      const JnNeed *need = needs->pdata[i];
      const JnProposal *other
          = need->service != NULL ? find_proposal (bundle, need->service) : NULL;

      if (is_fact_held (flow, need->fact))
        continue;
      if (other != NULL && other->chosen)
        g_ptr_array_add (before, g_strdup (need->service));
      else if (need->paper == NULL && proposal->unmet == NULL)
        proposal->unmet = g_strdup (need->service != NULL ? need->service : need->fact);
    }
  g_ptr_array_add (before, NULL);
  proposal->needs = (GStrv)g_ptr_array_free (before, FALSE);
}

/* -- the proposals ------------------------------------------------------------------------------------------ */

static JnProposal *
add_proposal (JnBundle *bundle, JnSession *session, JnCatalogue *catalogue, const char *code)
{
  const JnServiceEntry *entry = jn_catalogue_get_service (catalogue, code);
  JnProposal *proposal;

  if (entry == NULL || find_proposal (bundle, code) != NULL)
    return NULL; /* withdrawn since */
  proposal = g_new0 (JnProposal, 1);
  proposal->service = entry;
  proposal->servable = jn_session_can_serve (session, code);
  g_ptr_array_add (bundle->proposals, proposal);
  return proposal;
}

static void
propose_event (JnBundle *bundle,
               JnSession *session,
               JnCatalogue *catalogue,
               GPtrArray *services,
               const char *language,
               const char *today)
{
  for (guint i = 0; i < services->len; i++)
    {
      const JnEventService *service = services->pdata[i];
      const char *why = jn_names_get (service->why, language);
      gboolean chosen = is_chosen (bundle, service->code, service->relevant && !service->optional);
      JnProposal *proposal;

      if (!service->relevant && !chosen)
        continue;
      proposal = add_proposal (bundle, session, catalogue, service->code);
      if (proposal == NULL)
        continue;
      proposal->chosen = chosen;
      proposal->optional = service->optional;
      proposal->why = g_strdup (why);
      proposal->deadline = g_strdup (service->deadline);
      if (service->deadline != NULL)
        proposal->days_left = count_days (today, service->deadline);
    }
}

static GPtrArray *
ask_event (JnBundle *bundle, JnSession *session, JnFlow *flow)
{
  g_autoptr (GBytes) facts = jn_flow_make_all_facts (flow);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (jn_session_now (session));
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, jn_session_get_zone (session));
  g_autoptr (GError) error = NULL;
  GPtrArray *services = jn_event_list_services (bundle->event, facts, now, &error);

  if (services == NULL)
    g_warning ("The event %s: %s", jn_event_get_code (bundle->event), error->message);
  return services;
}

static const JnEventService *
find_event_service (GPtrArray *services, const char *code)
{
  for (guint i = 0; services != NULL && i < services->len; i++)
    {
      const JnEventService *service = services->pdata[i];

      if (g_str_equal (service->code, code))
        return service;
    }
  return NULL;
}

static void
settle_needs (JnBundle *bundle, GPtrArray *services, JnFlow *flow)
{
  for (guint i = 0; i < bundle->proposals->len; i++)
    {
      JnProposal *proposal = bundle->proposals->pdata[i];
      const JnEventService *service
          = find_event_service (services, jn_service_entry_get_code (proposal->service));

      read_needs (bundle, proposal, service != NULL ? service->needs : NULL, flow);
    }
}

void
jn_bundle_update (JnBundle *bundle,
                  JnSession *session,
                  JnCatalogue *catalogue,
                  JnFlow *flow,
                  const char *language)
{
  g_autofree char *today = jn_session_today (session);
  g_autoptr (GPtrArray) services = NULL;

  g_ptr_array_set_size (bundle->proposals, 0);
  if (bundle->event != NULL)
    services = ask_event (bundle, session, flow);
  if (services != NULL)
    propose_event (bundle, session, catalogue, services, language, today);
  for (guint i = 0; i < bundle->added->len; i++)
    {
      JnProposal *proposal = add_proposal (bundle, session, catalogue, bundle->added->pdata[i]);

      if (proposal != NULL)
        proposal->chosen = is_chosen (bundle, bundle->added->pdata[i], FALSE);
    }
  settle_needs (bundle, services, flow);
}

GPtrArray *
jn_bundle_get_proposals (JnBundle *bundle)
{
  return bundle->proposals;
}

GStrv
jn_bundle_list_chosen (JnBundle *bundle)
{
  GPtrArray *codes = g_ptr_array_new ();

  for (guint i = 0; i < bundle->proposals->len; i++)
    {
      const JnProposal *proposal = bundle->proposals->pdata[i];

      if (proposal->chosen)
        g_ptr_array_add (codes, g_strdup (jn_service_entry_get_code (proposal->service)));
    }
  g_ptr_array_add (codes, NULL);
  return (GStrv)g_ptr_array_free (codes, FALSE);
}

GStrv
jn_bundle_list_needs (JnBundle *bundle, const char *service)
{
  const JnProposal *proposal = find_proposal (bundle, service);

  return proposal != NULL ? g_strdupv (proposal->needs) : g_new0 (char *, 1);
}
