/* event.h: a life event: its services in the order in which they are done (forms/VOCABULARY.md
 * section 3). Expressions see instance('facts') only. */
#pragma once

#include "forms/form.h"
#include "forms/names.h"
#include "forms/service.h"

G_BEGIN_DECLS

typedef struct _JnEvent JnEvent;

/**
 * JnEventService: one service of the event, as the facts stand.
 * @relevant: whether there is a reason for it
 * @optional: offered, not chosen beforehand
 * @deadline: (nullable): "YYYY-MM-DD"; @deadline_days and @deadline_working as the event says.
 *   Working days are counted by the branch's calendar: then it is %NULL
 * @deadline_start: (nullable): the day from which it runs, when the facts have it
 * @needs: (element-type JnNeed): all must be met
 */
typedef struct
{
  const char *code;
  gboolean relevant;
  gboolean optional;
  const JnNames *why;
  GPtrArray *needs;
  char *deadline;
  char *deadline_start;
  guint deadline_days;
  gboolean deadline_working;
  JnOrigin deadline_origin;
} JnEventService;

/**
 * jn_event_new_from_bytes:
 *
 * Errors: %JN_FORM_ERROR_SYNTAX with the line; DOCTYPE and too much are refused as in a form.
 */
JnEvent *jn_event_new_from_bytes (GBytes *xml, GError **error);
JnEvent *jn_event_ref (JnEvent *event);
void jn_event_unref (JnEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnEvent, jn_event_unref)

const char *jn_event_get_code (const JnEvent *event);
const JnNames *jn_event_get_names (const JnEvent *event);
const char *const *jn_event_get_keywords (const JnEvent *event);
/* (array zero-terminated=1): codes, in order */
const char *const *jn_event_get_services (const JnEvent *event);

/**
 * jn_event_list_services:
 * @facts: (nullable): the document of instance('facts')
 * @now: (nullable): what today() means; %NULL: the clock
 *
 * Returns: (transfer full) (element-type JnEventService): every service, in order; %NULL with
 * %JN_FORM_ERROR when an expression fails
 */
GPtrArray *jn_event_list_services (JnEvent *event, GBytes *facts, GDateTime *now, GError **error);

G_END_DECLS
