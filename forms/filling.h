/* filling.h: one person's answers to a form: set a value, and what depends on it follows.
 *
 * A filling belongs to one thread. A node is named by its path with [n] at each repeat instance
 * only: /data/item[2]/qty. After every change the list of nodes that changed comes back, so that a
 * window touches only those fields. */
#pragma once

#include "forms/form.h"

G_BEGIN_DECLS

typedef struct _JnFilling JnFilling;

/**
 * JnFillingOptions: what a filling stands in. All members may be zero.
 * @language: the form's own lang string; default: the form's default
 * @now: the clock stands at this instant; %NULL: the real clock
 * @zone: for today(), now() and dates; %NULL: the process's zone
 * @properties: (element-type utf8 utf8): preload and property(): "username", "deviceid", …
 * @facts: (nullable): content of instance('facts'), an XML document of DESIGN section 4
 */
typedef struct
{
  const char *language;
  GDateTime *now;
  GTimeZone *zone;
  GHashTable *properties;
  GBytes *facts;
} JnFillingOptions;

JnFilling *jn_filling_new (JnForm *form, const JnFillingOptions *options, GError **error);
/* Resumes what jn_filling_save gave, or refills a submitted instance (the steward's check). */
JnFilling *jn_filling_new_from_xml (JnForm *form,
                                    GBytes *xml,
                                    const JnFillingOptions *options,
                                    GError **error);
/* An edit of a sent instance: deprecatedID := its instanceID, and a new one. */
JnFilling *jn_filling_new_edit (JnForm *form,
                                GBytes *submission,
                                const JnFillingOptions *options,
                                GError **error);
void jn_filling_free (JnFilling *filling);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnFilling, jn_filling_free)

typedef struct
{
  const char *value;
  const char *label;
} JnChoice;

/**
 * JnInvalid: why a value is refused.
 * The order of the checks is the specification's: required, then type, then constraint.
 */
typedef enum
{
  JN_VALID,
  JN_INVALID_REQUIRED,
  JN_INVALID_TYPE,
  JN_INVALID_CONSTRAINT,
} JnInvalid;

/**
 * JnNodeState: all that a window must know of one node. Texts are in the filling's language and
 * plain text (not markup); they are owned by the filling and live until its next change.
 * @type: "string", "int", "decimal", "date", … as the bind says
 * @value: "" where blank or not relevant
 * @typed: (nullable): text that does not fit the type; typing is never lost
 * @choices: (nullable) (array length=n_choices): of a select after its filter
 * @message: (nullable): the form's own words for @invalid
 */
typedef struct
{
  const char *ref;
  const char *type;
  const char *value;
  const char *typed;
  gboolean relevant;
  gboolean readonly;
  gboolean required;
  gboolean calculated;
  const char *label;
  const char *hint;
  const char *guidance;
  const JnChoice *choices;
  gsize n_choices;
  JnInvalid invalid;
  const char *message;
} JnNodeState;

/* Returns: whether the node exists now; fills @state. */
gboolean jn_filling_get (JnFilling *filling, const char *ref, JnNodeState *state);
/* (transfer full) (element-type utf8): refs of all existing nodes in document order */
GPtrArray *jn_filling_list (JnFilling *filling);
/* (transfer full): the label of a control (of a group too), in the filling's language; "" if none */
char *jn_filling_get_label (JnFilling *filling, const JnControl *control, const char *ref);

/* (transfer full) (element-type utf8): refs of all repeats, also without a row, document order */
GPtrArray *jn_filling_list_ranges (JnFilling *filling);
/* Repeats: @ref of the range, without its own [n]: /data/item or /data/item[2]/part */
gsize jn_filling_count (JnFilling *filling, const char *ref, gboolean *fixed);

/**
 * jn_filling_set:
 * @changed: (out) (optional) (element-type utf8) (transfer full): refs of the nodes whose state
 *   changed, @ref first; a node that is gone is in the list and no longer exists
 *
 * Text that does not fit the type is kept as @typed and the value becomes "". That is no error.
 * Errors: NOT_FOUND, REJECTED (read-only), LIMIT.
 */
gboolean jn_filling_set (
    JnFilling *filling, const char *ref, const char *value, GPtrArray **changed, GError **error);
gboolean jn_filling_add (JnFilling *filling, const char *ref, GPtrArray **changed, GError **error);
gboolean
jn_filling_remove (JnFilling *filling, const char *ref, GPtrArray **changed, GError **error);
gboolean jn_filling_set_language (JnFilling *filling,
                                  const char *language,
                                  GPtrArray **changed,
                                  GError **error);
/* Replaces instance('facts') and computes again what reads it. */
gboolean
jn_filling_set_facts (JnFilling *filling, GBytes *facts, GPtrArray **changed, GError **error);

/* (transfer full) (element-type utf8): refs of invalid nodes in document order; empty: valid */
GPtrArray *jn_filling_validate (JnFilling *filling);

/* The value of an expression of the form's own language at a node (%NULL: the root). */
char *
jn_filling_evaluate (JnFilling *filling, const char *expression, const char *ref, GError **error);

/* (transfer full) (element-type utf8): the names of the files that go with the submission */
GPtrArray *jn_filling_list_attachments (JnFilling *filling);

/* The whole instance, to resume later; or what is sent: without what is not relevant. */
GBytes *jn_filling_save (JnFilling *filling);
GBytes *jn_filling_submit (JnFilling *filling, GError **error);

G_END_DECLS
