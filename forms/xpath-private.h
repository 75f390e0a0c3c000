/* xpath-private.h: what the files of the XPath engine share: the tree, values, an evaluation.
 *
 * xpath-lexer → xpath-parser → xpath (the public object) · xpath-value (conversions, comparison),
 * xpath-path (nodes), xpath-eval (operators) → functions → functions-*. */
#pragma once

#include "forms/arena.h"
#include "forms/date.h"
#include "forms/number.h"
#include "forms/xpath.h"

G_BEGIN_DECLS

#define JN_XFORMS_NS "http://www.w3.org/2002/xforms"
#define JN_JAVAROSA_NS "http://openrosa.org/javarosa"
#define JN_EXTENSION_NS "https://janela.example/xforms"

/* The tree's depth, longer chains of one operator included. */
#define JN_XPATH_MAX_CHAIN 4000

/* ---- tokens ------------------------------------------------------------------------------------ */

typedef enum
{
  TOKEN_END,
  TOKEN_NUMBER,
  TOKEN_LITERAL,
  TOKEN_NAME,     /* a, p:a, p:*, * */
  TOKEN_FUNCTION, /* a name before ( */
  TOKEN_NODE_TYPE,
  TOKEN_AXIS, /* a name before :: (which is taken too) */
  TOKEN_OR,
  TOKEN_AND,
  TOKEN_EQUAL,
  TOKEN_UNEQUAL,
  TOKEN_LESS,
  TOKEN_LESS_EQUAL,
  TOKEN_GREATER,
  TOKEN_GREATER_EQUAL,
  TOKEN_PLUS,
  TOKEN_MINUS,
  TOKEN_TIMES,
  TOKEN_DIV,
  TOKEN_MOD,
  TOKEN_UNION,
  TOKEN_SLASH,
  TOKEN_SLASHES,
  TOKEN_DOT,
  TOKEN_DOTS,
  TOKEN_AT,
  TOKEN_COMMA,
  TOKEN_OPEN,
  TOKEN_CLOSE,
  TOKEN_OPEN_PREDICATE,
  TOKEN_CLOSE_PREDICATE,
  TOKEN_WRONG, /* anything that XPath does not know */
} JnTokenKind;

/* @text: where it starts; a literal's text is without its quotes */
typedef struct
{
  JnTokenKind kind;
  const char *start;
  const char *text;
  gsize length;
  double number;
} JnToken;

typedef struct
{
  const char *at;
  gboolean after_operand; /* whether * and names are operators here */
} JnLexer;

/* XPath 1.0, 3.7 Lexical Structure, less variables. */
void jn_lexer_next (JnLexer *lexer, JnToken *token);

/* ---- the tree ---------------------------------------------------------------------------------- */

typedef struct _JnExpr JnExpr;
typedef struct _JnCall JnCall;
typedef struct _JnPath JnPath;
typedef struct _JnEval JnEval;
typedef struct _JnFunction JnFunction;

typedef enum
{
  EXPR_NUMBER,
  EXPR_STRING,
  EXPR_OR,
  EXPR_AND,
  EXPR_EQUAL,
  EXPR_UNEQUAL,
  EXPR_LESS,
  EXPR_LESS_EQUAL,
  EXPR_GREATER,
  EXPR_GREATER_EQUAL,
  EXPR_ADD,
  EXPR_SUBTRACT,
  EXPR_MULTIPLY,
  EXPR_DIVIDE,
  EXPR_MODULO,
  EXPR_NEGATE,
  EXPR_UNION,
  EXPR_CALL,
  EXPR_PATH,
} JnExprKind;

struct _JnExpr
{
  JnExprKind kind;
  guint depth;
  union
  {
    double number;
    const char *string;
    JnExpr *operands[2];
    JnCall *call;
    JnPath *path;
  };
};

typedef struct
{
  JnExpr **exprs;
  gsize n;
} JnPredicates;

/* @index: the path's slot in a cache, -1 when its nodes must be found each time
 * @start: the expression upon which steps stand (BASE_FILTER), or the id (BASE_INSTANCE) */
struct _JnPath
{
  JnXPathPath pub;
  int index;
  JnExpr *start;
  JnPredicates start_predicates;
  JnPredicates *predicates; /* (array length=n_steps) */
};

/* @data: what the function made of literal arguments when parsed (a GRegex) */
struct _JnCall
{
  JnXPathCall pub;
  const JnFunction *function;
  JnExpr **args;
  gpointer data;
};

struct _JnXPath
{
  int ref_count;
  char *text;
  xmlDict *dict;
  JnArena arena;
  JnExpr *root;
  GPtrArray *paths;
  GPtrArray *calls;
  GError *problem;
  int n_slots;
};

JnExpr *jn_xpath_parse (JnXPath *xpath,
                        JnXPathResolver resolver,
                        gpointer user_data,
                        JnXPathFlags flags,
                        GError **error);

/* ---- names that need no declaration ------------------------------------------------------------- */

/* (nullable): what a prefix stands for where nobody says otherwise */
const char *jn_name_known_namespace (const char *prefix);
/* (transfer full) (nullable): the name by which the tables know a function; %NULL: no such library */
char *jn_name_of_function (const char *ns, const char *local);
gboolean jn_name_find_axis (const char *text, gsize length, JnXPathAxis *axis);

/* ---- values ------------------------------------------------------------------------------------ */

typedef enum
{
  VALUE_NUMBER,
  VALUE_BOOLEAN,
  VALUE_STRING,
  VALUE_MOMENT, /* a date or date and time: a number of days that is written as ISO 8601 */
  VALUE_NODES,
} JnValueKind;

#define JN_NO_MOMENT G_MININT64

/* Lives as long as the evaluation; @n nodes: one of them is in @node itself. */
typedef struct
{
  JnValueKind kind;
  guint n;
  union
  {
    double number;
    gboolean boolean;
    const char *string;
    gint64 moment;
    xmlNode *node;
    xmlNode **nodes;
  };
} JnValue;

static inline xmlNode *const *
jn_value_nodes (const JnValue *value)
{
  return value->n == 1 ? &value->node : value->nodes;
}

/* Nodes being collected, in the evaluation's arena. */
typedef struct
{
  xmlNode **nodes;
  gsize n;
  gsize room;
} JnNodes;

/* ---- evaluating -------------------------------------------------------------------------------- */

/* @context, @position, @size change inside predicates; @outer_context is the scope's */
struct _JnEval
{
  const JnXPath *xpath;
  const JnXPathScope *scope;
  JnXPathCache *cache;
  GError **error;
  xmlNode *context;
  xmlNode *current;
  xmlNode *root;
  gsize position;
  gsize size;
  gint64 left;
  GTimeZone *zone;
  gboolean owns_zone;
  const xmlNs *known_ns; /* the last namespace that unprefixed names matched */
  JnArena arena;
};

gboolean jn_eval_fail (JnEval *eval, JnFormError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
gboolean jn_eval_exhausted (JnEval *eval);

static inline gboolean
jn_eval_spend (JnEval *eval, gint64 operations)
{
  eval->left -= operations;
  return G_LIKELY (eval->left >= 0) || jn_eval_exhausted (eval);
}

/* %NULL (and the error set) when the budget is spent */
char *jn_eval_alloc (JnEval *eval, gsize size);
const char *jn_eval_copy (JnEval *eval, const char *text, gsize length);
/* Takes @text, which may be %NULL for "". */
const char *jn_eval_take (JnEval *eval, char *text);
gboolean jn_eval_push (JnEval *eval, JnNodes *nodes, xmlNode *node);
void jn_eval_nodes_value (const JnNodes *nodes, JnValue *value);
GTimeZone *jn_eval_zone (JnEval *eval);
gint64 jn_eval_now (JnEval *eval);
double jn_eval_random (JnEval *eval);

gboolean jn_eval_expr (JnEval *eval, const JnExpr *expr, JnValue *value);
gboolean jn_eval_number (JnEval *eval, const JnExpr *expr, double *number);
gboolean jn_eval_boolean (JnEval *eval, const JnExpr *expr, gboolean *boolean);
/* %NULL on error */
const char *jn_eval_string (JnEval *eval, const JnExpr *expr);
gboolean jn_eval_path (JnEval *eval, const JnPath *path, JnValue *value);
/* Evaluates the argument; an error (REJECTED) when it is not a node-set. */
gboolean jn_eval_arg_nodes (JnEval *eval, const JnCall *call, gsize arg, JnValue *value);

double jn_eval_to_number (JnEval *eval, const JnValue *value);
gboolean jn_value_to_boolean (const JnValue *value);
const char *jn_eval_to_string (JnEval *eval, const JnValue *value);
const char *jn_eval_node_string (JnEval *eval, const xmlNode *node);
double jn_eval_node_number (JnEval *eval, const xmlNode *node);
double jn_eval_string_number (JnEval *eval, const char *text);
double jn_moment_to_days (gint64 moment);
gint64 jn_days_to_moment (double days);
/* The moment that a value means: a number of days, a date, a date and time; else JN_NO_MOMENT. */
gint64 jn_eval_to_moment (JnEval *eval, const JnValue *value);
gboolean jn_eval_compare (
    JnEval *eval, JnExprKind kind, const JnValue *a, const JnValue *b, gboolean *result);

gboolean jn_node_contains (const xmlNode *outer, const xmlNode *node);
/* Sorts into document order and drops doubles. */
gboolean jn_eval_sort (JnEval *eval, JnNodes *nodes);
/* The text without what is blank, appended to @text. Returns: how many nodes were visited */
gsize jn_node_append_text (const JnXPathScope *scope, const xmlNode *node, GString *text);

/* ---- functions --------------------------------------------------------------------------------- */

/* @JN_FUNCTION_VOLATILE: gives something else each time
 * @JN_FUNCTION_HOST: reads the host, the context or the scope */
typedef enum
{
  JN_FUNCTION_PURE = 0,
  JN_FUNCTION_VOLATILE = 1 << 0,
  JN_FUNCTION_HOST = 1 << 1,
} JnFunctionFlags;

/* Arguments are not evaluated yet: a function takes what it needs. Returns: %FALSE on error */
typedef gboolean (*JnFunctionCall) (JnEval *eval, const JnCall *call, JnValue *result);

/* @name: with prefix jr: or jn: for those namespaces
 * @most: -1 for any number */
struct _JnFunction
{
  const char *name;
  int least;
  int most;
  JnFunctionFlags flags;
  JnFunctionCall call;
};

const JnFunction *jn_function_find (const char *name);
/* Makes a call's data from its literal arguments, if the function has any. */
gboolean jn_function_prepare (JnCall *call, GError **error);
void jn_function_unprepare (JnCall *call);

static inline gboolean
jn_return_number (JnValue *result, double number)
{
  result->kind = VALUE_NUMBER;
  result->number = number;
  return TRUE;
}

static inline gboolean
jn_return_boolean (JnValue *result, gboolean boolean)
{
  result->kind = VALUE_BOOLEAN;
  result->boolean = boolean;
  return TRUE;
}

/* %NULL is the error of whoever made it. */
static inline gboolean
jn_return_string (JnValue *result, const char *string)
{
  result->kind = VALUE_STRING;
  result->string = string;
  return string != NULL;
}

static inline gboolean
jn_return_moment (JnValue *result, gint64 moment)
{
  result->kind = VALUE_MOMENT;
  result->moment = moment;
  return TRUE;
}

G_END_DECLS
