/* verify.h: fills a submitted instance again and says whether it can stand.
 *
 * The third of the three checks (DESIGN section 3): the window's own checks are a help to the
 * clerk, the backend's are lexical, this one is the form's. It trusts nothing of the client's but
 * the answers themselves: every calculated value, fee and relevance is made again. */
#pragma once

#include <gio/gio.h>
#include "forms/form.h"

G_BEGIN_DECLS

/**
 * JnSubmission: what was handed in. Borrowed during the call.
 * @instance: the XML as sent, without what was not relevant
 * @facts: (nullable): instance('facts') as the register held it
 * @happened_at: the clock of its today() and now(), in the branch's zone
 * @fee: what the client charged, in avos
 * @owners: (nullable) (element-type utf8 utf8): whose the entity ids are that somebody has already: his
 *   role in this visit, or "" for one who has none
 */
typedef struct
{
  GBytes *instance;
  GBytes *facts;
  GDateTime *happened_at;
  gint64 fee;
  GHashTable *owners;
} JnSubmission;

/**
 * JnVerdict:
 * @verified: whether an authority may see it
 * @node: (nullable): the first node at fault, in document order
 * @reason: (nullable): "form-broken", "instance-broken", "required", "type", "constraint", "choice",
 *   "value-differs", "unknown-node", "missing-node", "entity-id", "fee-wrong"
 * @fee: what the form charges, in avos
 */
typedef struct
{
  gboolean verified;
  char *node;
  char *reason;
  gint64 fee;
} JnVerdict;

/**
 * jn_verify_submission:
 * @form: (nullable): the published form; %NULL when it does not load
 *
 * Never fails: what cannot be read is refused. Returns: (transfer full)
 */
JnVerdict *jn_verify_submission (JnForm *form, const JnSubmission *submission);
void jn_verdict_free (JnVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnVerdict, jn_verdict_free)

G_END_DECLS
