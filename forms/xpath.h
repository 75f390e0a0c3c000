/* xpath.h: the expressions of an ODK XForm: parsed once into a tree, read for what they depend on,
 * evaluated on libxml2 nodes.
 *
 * Source of the rules: ODK XForms Specification, "XPath Paths", "XPath Operators", "XPath Functions"
 * on top of XPath 1.0; where engines differ we follow getodk/web-forms (forms/DECISIONS.md).
 * A JnXPath is immutable and may be shared by threads; evaluation keeps its state in the caller's
 * JnXPathScope and JnXPathCache, each of which belongs to one thread. */
#pragma once

#include <libxml/tree.h>
#include <libxml/dict.h>

#include "forms/form.h"

G_BEGIN_DECLS

/* ---- parsing ---------------------------------------------------------------------------------- */

/* What is longer or deeper than this is refused with %JN_FORM_ERROR_LIMIT. */
#define JN_XPATH_MAX_LENGTH 65536
#define JN_XPATH_MAX_DEPTH 256

typedef struct _JnXPath JnXPath;

/**
 * JnXPathResolver:
 *
 * Returns: (nullable) (transfer none): the namespace that @prefix stands for. h, xhtml, xf, jr, orx,
 * odk, entities, ev, xsd and jn are known when it returns %NULL (or when there is no resolver).
 */
typedef const char *(*JnXPathResolver) (const char *prefix, gpointer user_data);

/**
 * JnXPathFlags:
 * @JN_XPATH_STRICT: an unknown function or a wrong number of arguments is an error at once. Without
 *   it such a call fails when it is reached (so `false() and f()` is false), and
 *   jn_xpath_get_problem() tells of it.
 */
typedef enum
{
  JN_XPATH_DEFAULT = 0,
  JN_XPATH_STRICT = 1 << 0,
} JnXPathFlags;

/**
 * jn_xpath_new:
 * @dict: (nullable): the dictionary that the documents' names come from; makes comparing names a
 *   comparison of pointers (see JnXPathScope.interned). The expression keeps a reference; the
 *   dictionary is written to here only, never when evaluating.
 *
 * An unprefixed name matches a node in no namespace or in that of XForms, never one of XHTML.
 * Errors: SYNTAX (the message has the expression, the column and what was expected; with STRICT also
 * wrong numbers of arguments), REFERENCE (unknown prefix; with STRICT also unknown function), LIMIT.
 */
JnXPath *jn_xpath_new (const char *expression,
                       xmlDict *dict,
                       JnXPathResolver resolver,
                       gpointer user_data,
                       JnXPathFlags flags,
                       GError **error);
JnXPath *jn_xpath_ref (JnXPath *xpath);
void jn_xpath_unref (JnXPath *xpath);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnXPath, jn_xpath_unref)

const char *jn_xpath_get_text (const JnXPath *xpath);
/* (nullable) (transfer none): the first call of an unknown function or with wrong arguments */
const GError *jn_xpath_get_problem (const JnXPath *xpath);

/* ---- reading the tree: who depends on whom ------------------------------------------------------ */

/**
 * JnXPathBase: where a path starts.
 * @JN_XPATH_BASE_ROOT: `/data/a`: the root of the primary instance, also inside a predicate on
 *   another instance
 * @JN_XPATH_BASE_CONTEXT: `a`, `../a`, `.`: the context node; inside a predicate that is the node
 *   that @outer reaches with the step @outer_step
 * @JN_XPATH_BASE_CURRENT: `current()/a`: the node that the whole expression is evaluated for
 * @JN_XPATH_BASE_INSTANCE: `instance('x')/root/item`
 * @JN_XPATH_BASE_FILTER: steps upon any other expression: `(a | b)/c`, `randomize(x)/y`; the paths
 *   inside are visited by themselves
 */
typedef enum
{
  JN_XPATH_BASE_ROOT,
  JN_XPATH_BASE_CONTEXT,
  JN_XPATH_BASE_CURRENT,
  JN_XPATH_BASE_INSTANCE,
  JN_XPATH_BASE_FILTER,
} JnXPathBase;

typedef enum
{
  JN_XPATH_AXIS_CHILD,
  JN_XPATH_AXIS_PARENT,
  JN_XPATH_AXIS_SELF,
  JN_XPATH_AXIS_ATTRIBUTE,
  JN_XPATH_AXIS_DESCENDANT,
  JN_XPATH_AXIS_DESCENDANT_OR_SELF,
  JN_XPATH_AXIS_ANCESTOR,
  JN_XPATH_AXIS_ANCESTOR_OR_SELF,
  JN_XPATH_AXIS_FOLLOWING,
  JN_XPATH_AXIS_FOLLOWING_SIBLING,
  JN_XPATH_AXIS_PRECEDING,
  JN_XPATH_AXIS_PRECEDING_SIBLING,
} JnXPathAxis;

typedef enum
{
  JN_XPATH_TEST_NAME, /* local name, in the namespace or (without a prefix) in none or XForms' */
  JN_XPATH_TEST_ANY,  /* * or p:* */
  JN_XPATH_TEST_NODE, /* node() */
  JN_XPATH_TEST_TEXT,
  JN_XPATH_TEST_COMMENT,
  JN_XPATH_TEST_PI,
} JnXPathTest;

/**
 * JnXPathStep:
 * @ns: (nullable): the namespace of a prefixed name; %NULL for an unprefixed one
 * @name: (nullable): local name; of a processing-instruction() test its target
 * @filtered: whether predicates follow
 */
typedef struct
{
  JnXPathAxis axis;
  JnXPathTest test;
  const char *ns;
  const char *name;
  gboolean filtered;
} JnXPathStep;

typedef struct _JnXPathPath JnXPathPath;

/**
 * JnXPathPath: one path in an expression.
 * @instance: (nullable): with %JN_XPATH_BASE_INSTANCE its id, when that is a literal
 * @outer: (nullable): the path in whose predicate this one stands
 * @outer_step: index of @outer's step that has the predicate; -1: a predicate on its start itself
 *   (`instance('x')[…]`, `current()[…]`)
 * @function: (nullable): the function whose argument this path is, `sum`, `position`, …
 * @argument: which argument, from 0
 * @all_rows: in a repeat it means every row, not the one around: a node-set of indexed-repeat()
 * @column: where it starts in the text, in characters from 1
 *
 * `//` is a step of its own: descendant-or-self, any node.
 */
struct _JnXPathPath
{
  JnXPathBase base;
  const char *instance;
  const JnXPathStep *steps;
  gsize n_steps;
  const JnXPathPath *outer;
  int outer_step;
  const char *function;
  guint argument;
  gboolean all_rows;
  guint column;
};

/* (array length=n_paths) (transfer none): every path, also inside predicates and arguments; an
 * outer path stands before those in its predicates */
const JnXPathPath *const *jn_xpath_get_paths (const JnXPath *xpath, gsize *n_paths);

/**
 * JnXPathCall: one function call.
 * @name: as written, with its prefix
 * @literals: (array length=n_args) (element-type utf8) (nullable elements): the arguments that are
 *   literal strings (`jr:itext('id')`, `instance('x')`, `pulldata('file', …)`)
 * @problem: (nullable): unknown function, wrong number of arguments
 */
typedef struct
{
  const char *name;
  const char *const *literals;
  gsize n_args;
  guint column;
  const char *problem;
} JnXPathCall;

/* (array length=n_calls) (transfer none): every call in the order of the text */
const JnXPathCall *const *jn_xpath_get_calls (const JnXPath *xpath, gsize *n_calls);
gboolean jn_xpath_calls (const JnXPath *xpath, const char *function);
/* Whether it uses now(), today(), random(), uuid() or randomize() without seed. */
gboolean jn_xpath_is_volatile (const JnXPath *xpath);
/* Whether it has no path and calls nothing that reads the host: its value never changes. */
gboolean jn_xpath_is_constant (const JnXPath *xpath);

/* ---- evaluating --------------------------------------------------------------------------------- */

/**
 * JnXPathHost: what expressions ask of the document they stand in. Every member may be %NULL.
 *
 * @instance: the node whose child is the root element of the instance with that id (an `instance`
 *   element, or an xmlDoc); %NULL when there is none: an empty node-set
 * @is_blank: whether an element or attribute reads as "" because it is not relevant; must be quick
 * @is_repeat: whether an element is an instance of a repeat. When given, absolute paths are
 *   contextualised: each element of /data/item/qty that is an instance of a repeat and has the
 *   current node inside it stands for that instance alone, except at the last step (so that
 *   count(/data/item) counts them all) and at a step with a predicate
 * @itext: (transfer full) (nullable): the text in the scope's language; %NULL: no such id
 * @itext_nodes: appends the `value` elements instead of making a text; asked before @itext
 * @choice_name: (transfer full) (nullable): label of the choice with @value of the select whose ref
 *   is @path (as written in the second argument), for the scope's current node
 * @property: (transfer full) (nullable): property('username'), 'deviceid', 'version' …
 */
typedef struct
{
  xmlNode *(*instance) (const char *id, gpointer user_data);
  gboolean (*is_blank) (const xmlNode *node, gpointer user_data);
  gboolean (*is_repeat) (const xmlNode *node, gpointer user_data);
  char *(*itext) (const char *id, gpointer user_data);
  void (*itext_nodes) (const char *id, GPtrArray *nodes, gpointer user_data);
  char *(*choice_name) (const char *value, const char *path, gpointer user_data);
  char *(*property) (const char *name, gpointer user_data);
} JnXPathHost;

/* The budget that a scope with zero operations gets. */
#define JN_XPATH_OPERATIONS 10000000

/**
 * JnXPathScope: where and when an expression is evaluated. All but @context may be zero.
 *
 * @context: the context node, and current()
 * @current: what current() means, when it is not @context (a nodeset's predicate of an itemset …)
 * @root: the node that `/` means: the parent of the primary instance's root element; %NULL: the
 *   document of @context
 * @default_ns: (nullable): unprefixed names match this namespace too: that of the primary instance's
 *   root element, when the form gives it one of its own
 * @position, @size: position() and last(); 0 means 1
 * @now: microseconds since 1970 that now() and today() answer; 0: the real clock
 * @zone: %NULL: the process's zone
 * @language: of the names of months and days: a BCP 47 tag or any `lang` string beginning with one
 *   or holding one in brackets ("Português (pt)"); %NULL: English
 * @random: source of random(), uuid(), randomize(); %NULL: GLib's own
 * @generation: changes whenever nodes are added to or removed from the documents; see JnXPathCache
 * @interned: all documents reached have element and attribute names from the expression's dict (or
 *   a sub-dictionary), so different pointers mean different names
 * @operations: how much one evaluation may do, about one a node visited or a character scanned by a
 *   regular expression; 0: %JN_XPATH_OPERATIONS. Beyond: %JN_FORM_ERROR_LIMIT
 * @spent: (nullable): what each evaluation did is added to it
 */
typedef struct
{
  xmlNode *context;
  xmlNode *current;
  xmlNode *root;
  const char *default_ns;
  gsize position;
  gsize size;
  const JnXPathHost *host;
  gpointer host_data;
  gint64 now;
  GTimeZone *zone;
  const char *language;
  GRand *random;
  guint64 generation;
  gboolean interned;
  guint64 operations;
  guint64 *spent;
} JnXPathScope;

/**
 * JnXPathCache: the nodes that the paths of one expression lead to from one context node.
 *
 * Optional. One for each (expression, context node) that is evaluated again and again; only used
 * while the scope has the same generation (not 0), context, current node and root.
 */
typedef struct _JnXPathCache JnXPathCache;

JnXPathCache *jn_xpath_cache_new (JnXPath *xpath);
void jn_xpath_cache_free (JnXPathCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnXPathCache, jn_xpath_cache_free)

typedef enum
{
  JN_XPATH_NUMBER,
  JN_XPATH_STRING,
  JN_XPATH_BOOLEAN,
  JN_XPATH_NODESET,
} JnXPathType;

/**
 * JnXPathValue: a result that owns what it holds, nodes excepted. Only the members of its type are
 * set. A date or a moment is a string (ISO 8601) that also has its @number of days since 1970.
 * @nodes: (array length=n_nodes): in document order; attributes are xmlAttr
 */
typedef struct
{
  JnXPathType type;
  double number;
  gboolean boolean;
  char *string;
  xmlNode **nodes;
  gsize n_nodes;
} JnXPathValue;

void jn_xpath_value_clear (JnXPathValue *value);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JnXPathValue, jn_xpath_value_clear)

/* Errors of all: REFERENCE (unknown function or instance), REJECTED (an argument that a function
 * cannot take), LIMIT. */
gboolean jn_xpath_evaluate (const JnXPath *xpath,
                            const JnXPathScope *scope,
                            JnXPathCache *cache,
                            JnXPathValue *value,
                            GError **error);
gboolean jn_xpath_evaluate_boolean (const JnXPath *xpath,
                                    const JnXPathScope *scope,
                                    JnXPathCache *cache,
                                    gboolean *result,
                                    GError **error);
gboolean jn_xpath_evaluate_number (const JnXPath *xpath,
                                   const JnXPathScope *scope,
                                   JnXPathCache *cache,
                                   double *result,
                                   GError **error);
/* Replaces what is in @result: the way without allocation for calculates. */
gboolean jn_xpath_evaluate_text (const JnXPath *xpath,
                                 const JnXPathScope *scope,
                                 JnXPathCache *cache,
                                 GString *result,
                                 GError **error);
/* Replaces what is in @result: (element-type xmlNode); an error (REJECTED) when not a node-set. */
gboolean jn_xpath_evaluate_nodes (const JnXPath *xpath,
                                  const JnXPathScope *scope,
                                  JnXPathCache *cache,
                                  GPtrArray *result,
                                  GError **error);

/* Replaces what is in @result with a node's string value, blank nodes left out. */
void jn_xpath_node_text (const JnXPathScope *scope, const xmlNode *node, GString *result);

G_END_DECLS
