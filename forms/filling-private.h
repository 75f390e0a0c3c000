/* filling-private.h: the answers of one filling, shared by the files that work on them. */
#pragma once

#include "forms/filling.h"
#include "forms/form-private.h"

G_BEGIN_DECLS

typedef struct _JnAnswer JnAnswer;

typedef union
{
  JnAnswer *one;
  GPtrArray *rows; /* (element-type JnAnswer): where the child node is a repeat */
} JnSlot;

/* What is shown of an answer; made when it is asked for. */
typedef struct
{
  char *label;
  char *hint;
  char *guidance;
  char *message;
  GArray *choices; /* (nullable) (element-type JnChoice) */
} JnShown;

/**
 * JnAnswer: one existing node. Its text stands in @xml, whose _private leads back here.
 * @chosen: (nullable): of a select: all that was chosen, while some of it is not offered
 * @computed: (nullable): what its calculate gave, fitting or not, where a person wrote something else over it
 * @born: the change that made it
 * @position: from 1, among the rows of its repeat
 * @relevant: what its own rule says
 * @visible: whether it and all above it are relevant
 * @pending: bits of the rule kinds that wait
 * @stirred: whether actions wait that its change triggers
 * @growing: whether what is below it is still being made, in document order
 * @caches: (nullable) (array length=JN_N_RULES)
 */
struct _JnAnswer
{
  JnNode *node;
  JnAnswer *parent;
  xmlNode *xml;
  char *typed;
  char *chosen;
  char *computed;
  char *ref;
  JnShown *shown;
  JnXPathCache **caches;
  guint born;
  guint position;
  guint pending : 16;
  guint relevant : 1;
  guint visible : 1;
  guint readonly : 1;
  guint required : 1;
  guint violated : 1;
  guint changed : 1;
  guint stirred : 1;
  guint growing : 1;
  guint turns : 4; /* how often its relevance turned in this change */
  JnSlot slots[];
};

struct _JnFilling
{
  JnForm *form;
  xmlDoc *doc;
  JnAnswer *root;
  JnAnswer **single; /* by index of the node; of a node in a repeat NULL */
  GPtrArray *namespaces;
  JnXPathScope scope;
  xmlNode *here; /* what is being evaluated now stands at this node */
  GTimeZone *zone;
  GDateTime *now;
  GHashTable *properties;
  const JnTranslation *translation;
  char *language;
  char *deprecated; /* the instanceID that an edit replaces, where the form has no node for it */
  xmlDoc *facts;
  guint rows;

  GPtrArray **waiting; /* by rank: (element-type JnAnswer) */
  guint64 *waits;      /* bit set of ranks */
  guint n_words;
  guint steps;
  guint64 operations; /* of expressions, in this change */
  guint epoch;        /* counts the changes */
  gboolean blank;     /* rows that grow now get no values: their form has no template */
  GPtrArray *stirred; /* (element-type JnAnswer): whose change is to be told to actions, in order */
  JnAnswer *source;   /* (nullable): of them the one whose actions run now */
  gint loading;       /* the rank that the first round has reached; -1: none under way */
  GError *problem;
  JnAnswer *first;    /* (nullable): what the change begins with; it may go away meanwhile */
  GPtrArray *changes; /* (element-type JnAnswer) */
  GPtrArray *gone;    /* (element-type utf8) */
  GString *text;      /* a value as its type has it */
  GString *result;    /* of a calculate */
};

/* ---- answers.c: the tree ------------------------------------------------------------------------ */

/* @source: the element, of the form or of a saved instance, that has the first values */
JnAnswer *
jn_answer_grow (JnFilling *filling, JnNode *node, const xmlNode *source, JnAnswer *parent);
void jn_answer_free (JnFilling *filling, JnAnswer *answer);
const char *jn_answer_get_text (const JnAnswer *answer);
void jn_answer_set_text (JnFilling *filling, JnAnswer *answer, const char *text);
const char *jn_answer_get_ref (JnAnswer *answer); /* kept by the answer */
char *jn_answer_dup_ref (JnAnswer *answer);
void jn_answer_forget_refs (JnAnswer *answer);
/* (nullable): by ref, /data/item[2]/qty */
JnAnswer *jn_filling_find (JnFilling *filling, const char *ref);
/* (nullable): of a repeat: its rows, by the range's ref */
GPtrArray *
jn_filling_find_rows (JnFilling *filling, const char *ref, JnNode **node, JnAnswer **parent);
/* (nullable): what @answer is in, at @node's place */
JnAnswer *jn_answer_get_above (JnAnswer *answer, const JnNode *node);
typedef void (*JnAnswerFunc) (JnFilling *filling, JnAnswer *answer, gpointer user_data);
/* All instances of @node below @top. */
void jn_answer_each (
    JnFilling *filling, JnAnswer *top, const JnNode *node, JnAnswerFunc func, gpointer user_data);
/* @answer and all below it, document order, attributes too. */
void jn_answer_walk (JnFilling *filling, JnAnswer *answer, JnAnswerFunc func, gpointer user_data);
JnAnswer *jn_answer_add_row (JnFilling *filling, JnAnswer *parent, JnNode *node);
/* The row that the form itself writes at the next place, else one like the template. */
JnAnswer *
jn_answer_add_defined_row (JnFilling *filling, JnAnswer *parent, JnNode *node, gboolean *defined);
void jn_answer_remove_row (JnFilling *filling, JnAnswer *row);

/* ---- recompute.c: what follows from a change ---------------------------------------------------- */

void jn_filling_start (JnFilling *filling);
void jn_filling_enqueue (JnFilling *filling, JnRule *rule, JnAnswer *answer);
void jn_filling_enqueue_edges (JnFilling *filling, JnAnswer *answer, const GArray *edges);
void jn_filling_enqueue_row (JnFilling *filling, JnAnswer *row);
/* At every instance of the rule's node. */
void jn_filling_enqueue_everywhere (JnFilling *filling, JnRule *rule);
void jn_filling_mark (JnFilling *filling, JnAnswer *answer);
void jn_filling_mark_below (JnFilling *filling, JnAnswer *top);
/* What is to be told of an answer, and all below it, that goes away. */
void jn_filling_note_gone (JnFilling *filling, JnAnswer *top);
void jn_filling_forget (JnFilling *filling, JnAnswer *answer);
/* All rules that wait, then the actions that listen to what changed, until nothing is left. */
void jn_filling_run (JnFilling *filling);
/* The rules alone. */
void jn_filling_settle (JnFilling *filling);
/* FALSE, and the problem is kept, when a change has no end. */
gboolean jn_filling_take_step (JnFilling *filling);
void jn_filling_run_all (JnFilling *filling);
/* Whether @text is a value of @node; it is then in filling->text as its type has it. */
gboolean jn_filling_fits (JnFilling *filling, const JnNode *node, const char *text);
/* What is stored is @text as its type has it; FALSE: it does not fit and is kept as typed. */
gboolean jn_filling_put (JnFilling *filling, JnAnswer *answer, const char *text, gboolean keep);
/* Remembers what the calculate of @answer gives now, before a person's answer takes its place. */
void jn_filling_write_over (JnFilling *filling, JnAnswer *answer);
/* What an expression gave, as @answer can hold it: no number is no answer, a moment is a date … */
void jn_filling_tidy (JnFilling *filling, const JnAnswer *answer, GString *result);
void jn_filling_finish (JnFilling *filling, GPtrArray **changed);
/* An xpath's result at a node, as text; errors are kept in filling->problem. */
gboolean
jn_filling_compute (JnFilling *filling, const JnXPath *xpath, JnAnswer *answer, GString *result);

/* ---- events.c ----------------------------------------------------------------------------------- */

void jn_filling_preload (JnFilling *filling, JnAnswer *top);
void jn_filling_dispatch (JnFilling *filling, JnEvents event);
void jn_filling_dispatch_changed (JnFilling *filling);
void jn_filling_dispatch_row (JnFilling *filling, JnAnswer *row);

/* ---- display.c: labels and choices -------------------------------------------------------------- */

extern const JnXPathHost jn_filling_host;

void jn_shown_free (JnShown *shown);
void jn_answer_hide (JnAnswer *answer); /* what is shown is made again when asked for */
JnShown *jn_filling_show (JnFilling *filling, JnAnswer *answer);
/* (transfer full) */
char *
jn_filling_get_text (JnFilling *filling, const JnText *text, JnAnswer *answer, const char *form);
/* (transfer full): of @text what @answer's select offers; @sorted: as it stands in the list */
char *jn_filling_pick (JnFilling *filling, JnAnswer *answer, const char *text, gboolean sorted);
/* (transfer full) (element-type JnChoice): @labels: whether they are wanted too */
GArray *jn_filling_list_choices (JnFilling *filling, JnAnswer *answer, gboolean labels);
JnInvalid jn_answer_get_invalid (const JnAnswer *answer);
gboolean jn_answer_is_readonly (const JnAnswer *answer);

G_END_DECLS
