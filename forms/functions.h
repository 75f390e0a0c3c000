/* functions.h: what the functions-*.c share: their tables, and ways to take arguments. */
#pragma once

#include "forms/xpath-private.h"

G_BEGIN_DECLS

/* Each ends with an entry without name. A new library of functions is one more table here and in
 * functions.c. */
extern const JnFunction jn_text_functions[];
extern const JnFunction jn_number_functions[];
extern const JnFunction jn_logic_functions[];
extern const JnFunction jn_date_functions[];
extern const JnFunction jn_node_functions[];
extern const JnFunction jn_select_functions[];
extern const JnFunction jn_host_functions[];
extern const JnFunction jn_geo_functions[];
extern const JnFunction jn_identity_functions[];

/* An argument's single values: each node of a node-set, or the value itself. */
typedef struct
{
  JnValue value;
  gsize next;
} JnItems;

gboolean jn_arg_items (JnEval *eval, const JnCall *call, gsize arg, JnItems *items);
gboolean jn_items_next (JnItems *items, JnValue *item);

/* The argument's text; that of the context node when it is not given. %NULL on error */
const char *jn_arg_string (JnEval *eval, const JnCall *call, gsize arg);

static inline gboolean
jn_arg_number (JnEval *eval, const JnCall *call, gsize arg, double *number)
{
  return jn_eval_number (eval, call->args[arg], number);
}

/* Whether digest() can do that; each may be %NULL: not known yet. */
gboolean jn_digest_check (const char *algorithm, const char *encoding, GError **error);

/* (transfer full): a pattern as ECMAScript's and Java's, found anywhere in a text */
GRegex *jn_regex_compile (const char *pattern, GError **error);

G_END_DECLS
