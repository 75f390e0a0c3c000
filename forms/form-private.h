/* form-private.h: the form as it was read, shared by the files of the engine.
 *
 * Everything here is written while a form is being read and never afterwards. */
#pragma once

#include <libxml/tree.h>

#include "forms/check.h"
#include "forms/form.h"
#include "forms/xpath.h"

G_BEGIN_DECLS

#define JN_NS_XFORMS "http://www.w3.org/2002/xforms"
#define JN_NS_XHTML "http://www.w3.org/1999/xhtml"
#define JN_NS_JAVAROSA "http://openrosa.org/javarosa"
#define JN_NS_OPENROSA "http://openrosa.org/xforms"
#define JN_NS_ODK "http://www.opendatakit.org/xforms"
#define JN_NS_ENTITIES "http://www.opendatakit.org/xforms/entities"
#define JN_NS_JANELA "https://janela.example/xforms"

/* Budgets: a form is code from outside. */
#define JN_FORM_MAX_BYTES (10 * 1024 * 1024)
#define JN_FORM_MAX_NODES 100000
#define JN_FORM_MAX_ROWS 10000
#define JN_FORM_MAX_STEPS 500000
#define JN_FORM_MAX_OPERATIONS 200000000  /* of expressions, after one change */
#define JN_FORM_MAX_COMPARISONS 300000000 /* while references are looked for */
#define JN_FORM_MAX_CHAIN 4000            /* of rules that wait for each other */
#define JN_FORM_MAX_INSTANCES 1000
#define JN_FORM_MAX_LANGUAGES 100

typedef struct _JnNode JnNode;
typedef struct _JnRule JnRule;

/* The expressions of a bind and of its controls. Those before JN_RULE_READONLY feed other rules. */
typedef enum
{
  JN_RULE_RELEVANT,
  JN_RULE_COUNT, /* jr:count of a repeat */
  JN_RULE_CALCULATE,
  JN_RULE_CHOICES, /* the itemset of a select: what is no longer offered is taken back */
  JN_RULE_READONLY,
  JN_RULE_REQUIRED,
  JN_RULE_CONSTRAINT,
  JN_RULE_TEXT, /* outputs in labels and hints: nothing to compute, only to show again */
  JN_N_RULES
} JnRuleKind;

/* Where an expression leads: @node, in the instances that share @scope with the rule's own node. */
typedef struct
{
  JnNode *node;
  JnNode *scope;      /* (nullable): the innermost repeat that both are in; NULL: the whole form */
  gboolean structure; /* only which nodes there are, not what they hold */
  gboolean loose;     /* it makes the rule run again, but no circle */
} JnReference;

/**
 * JnRule: one expression at one node of the definition.
 * @xpath: (nullable): only of %JN_RULE_TEXT, and of %JN_RULE_CHOICES with written items
 * @references: (element-type JnReference)
 * @rank: rules run in ascending order
 */
struct _JnRule
{
  JnNode *node;
  JnRuleKind kind;
  JnXPath *xpath;
  GArray *references;
  guint rank;
  guint state; /* of the sort: 0 not met, 1 under way, 2 done */
  long line;
};

/* Whom a change reaches: the instances of @rule's node below the changed node's @scope. */
typedef struct
{
  JnRule *rule;
  JnNode *scope;
} JnEdge;

typedef enum
{
  JN_TYPE_STRING,
  JN_TYPE_INT,
  JN_TYPE_DECIMAL,
  JN_TYPE_BOOLEAN,
  JN_TYPE_DATE,
  JN_TYPE_TIME,
  JN_TYPE_DATETIME,
  JN_TYPE_GEOPOINT,
  JN_TYPE_GEOTRACE,
  JN_TYPE_GEOSHAPE,
  JN_TYPE_OTHER, /* binary, barcode, intent, select, … : text */
} JnType;

/**
 * JnPieces: text with outputs in it.
 * @n: how many pieces; a piece is a literal or an expression
 */
typedef struct
{
  char *literal;
  JnXPath *output;
} JnPiece;

/**
 * JnText: a label, a hint or a message.
 * @itext: (nullable): jr:itext('id') with a literal id
 * @ref: (nullable): any other expression that gives the text
 * @pieces: (element-type JnPiece) (nullable): written content, also where @itext is missing
 */
typedef struct
{
  char *itext;
  JnXPath *ref;
  GArray *pieces;
  long line;
} JnText;

/* One way to offer choices: written items, or an itemset. */
typedef struct
{
  char *value;
  JnText *label;
} JnItem;

typedef struct
{
  GPtrArray *items; /* (nullable) (element-type JnItem) */
  JnXPath *nodeset; /* (nullable) */
  JnXPath *value;
  JnText *label; /* relative to an item of @nodeset */
} JnChoices;

typedef enum
{
  JN_EVENT_FIRST_LOAD = 1 << 0,
  JN_EVENT_LOAD = 1 << 1,
  JN_EVENT_NEW_REPEAT = 1 << 2,
  JN_EVENT_VALUE_CHANGED = 1 << 3,
} JnEvents;

/**
 * JnAction: a setvalue.
 * @target: what is set
 * @ref: (nullable): where predicates say which of its instances
 * @source: (nullable): the node whose control or repeat holds the action
 * @value: (nullable): the expression; else @literal
 */
typedef struct
{
  JnEvents events;
  JnNode *target;
  JnXPath *ref;
  JnNode *source;
  JnXPath *value;
  char *literal;
  long line;
} JnAction;

struct _JnControl
{
  JnControlKind kind;
  xmlNode *element;
  JnNode *node;  /* (nullable) */
  char *ref;     /* (nullable): as resolved */
  char **words;  /* of the appearance */
  JnText *label; /* (nullable) */
  JnText *hint;  /* (nullable) */
  JnChoices *choices;
  JnControl *parent;
  JnControl *first;
  JnControl *last;
  JnControl *next;
};

/**
 * JnNode: a node of the primary instance as defined: one for all instances of a repeat.
 * @path: without positions
 * @ns: (nullable): namespace, with that of XForms left out
 * @chain: (array length=depth+1): the nodes from the root element to this one
 * @slot: index among the parent's children
 * @range: (nullable): the nearest repeat, itself included
 * @source: the element or attribute in the form's document that gives the first value
 * @template: (nullable): of a repeat: jr:template, or its first instance
 * @edges: (element-type JnEdge): whom the value reaches
 * @structure: (element-type JnEdge): of a repeat: whom a row more or less reaches
 */
struct _JnNode
{
  char *path;
  const xmlChar *name;
  const xmlChar *ns;
  const xmlChar *prefix;
  JnNode *parent;
  GPtrArray *children;
  JnNode **chain;
  guint depth;
  guint slot;
  guint index;
  JnNode *range;
  gboolean attribute;
  gboolean repeat;
  gboolean fixed; /* jr:count or jr:noAddRemove */
  gboolean bound;
  gboolean explicit_template;
  xmlNode *source;
  xmlNode *template;
  JnType type;
  char *type_name;
  JnRule *rules[JN_N_RULES];
  gboolean constant[JN_N_RULES]; /* value of a rule that never changes */
  JnText *messages[2];           /* required, constraint */
  char *preload;
  char *preload_params;
  char *saveto;
  const char *role;
  const char *dataset; /* this group's meta/entity declares it */
  JnNode *entity;      /* the node of that declaration */
  JnControl *control;
  GArray *edges;
  GArray *structure;
  GPtrArray *changed_actions; /* (nullable) (element-type JnAction) */
  GPtrArray *repeat_actions;  /* (nullable) (element-type JnAction) */
  long line;
};

typedef struct
{
  char *id;
  xmlNode *root; /* the node whose child is the root element */
  xmlDoc *doc;   /* (nullable): owned, where it came from outside */
  long line;
} JnInstance;

typedef struct
{
  char *lang;
  GHashTable *texts; /* id → the text element */
} JnTranslation;

struct _JnForm
{
  gatomicrefcount references;
  xmlDoc *doc;
  char *id;
  char *version;
  char *title;
  char **languages;
  char *default_language;
  GPtrArray *warnings;
  GPtrArray *findings; /* (element-type JnFinding) */
  GPtrArray *translations;
  JnNode *root;
  GPtrArray *nodes; /* (element-type JnNode): owns all, document order */
  GHashTable *by_path;
  GHashTable *by_parent; /* the same nodes: see jn_node_find_child() */
  GPtrArray *rules;      /* (element-type JnRule): owns all, by rank */
  GPtrArray *instances;
  char *primary_id;
  JnControl *body;
  GPtrArray *controls;       /* owns all */
  GPtrArray *actions;        /* owns all */
  GPtrArray *texts;          /* (element-type JnText): owns all */
  GPtrArray *pieces;         /* (element-type GArray): owns the pieces of itext values */
  GHashTable *xpaths;        /* text → JnXPath: each written once */
  gboolean reads_text_nodes; /* some expression asks for text nodes: text(), //., node() */
  xmlNode *head;
  JnNode *instance_id;   /* meta/instanceID; added when missing */
  JnNode *deprecated_id; /* (nullable): meta/deprecatedID */
  char *entities_version;
};

/* ---- reading (form.c and its neighbours) -------------------------------------------------------- */

typedef struct
{
  JnForm *form;
  JnFormLoader loader;
  gpointer loader_data;
  GHashTable *bind_ids; /* id of a bind → JnNode */
  guint64 comparisons;  /* done while references are looked for */
  gboolean thorough;    /* secondary instances are looked through too: for check.c */
  GError *fatal;        /* the first thing that keeps the form from being used */
} JnReader;

/* For check.c: the form as far as it could be read; whatever is wrong is among its findings. */
JnForm *jn_form_read_document (xmlDoc *doc, const char *path);
JnForm *jn_form_new_empty (void);
void jn_form_add_finding (JnForm *form, long line, gboolean error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* Whether the paths of an expression lead to anything in the secondary instances (check-instances.c). */
void jn_reader_check_data (JnReader *reader, const JnXPath *xpath, long line);
/* The same for value and label of an itemset, whose nodeset is in one. */
void jn_reader_check_items (JnReader *reader, const JnControl *control);
/* Finds the paths of an expression at the root that lead to no node. */
void jn_form_check_paths (JnForm *form, JnXPath *xpath, long line);

void jn_reader_find (JnReader *reader, long line, gboolean error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* Also keeps the form from being used. */
void jn_reader_fail (JnReader *reader, long line, JnFormError code, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* (nullable) (transfer none) */
JnXPath *jn_reader_parse (JnReader *reader, const char *text, const xmlNode *where);
/* (transfer full): an absolute path without `.`, `..` and positions; @context is one already */
char *jn_reader_join (const char *path, const char *context);
/* (nullable): where a ref or nodeset leads, from @context (nullable: the root) */
JnNode *jn_reader_resolve (JnReader *reader, const char *path, const JnNode *context);
JnText *jn_reader_text (JnReader *reader, const xmlNode *element);
JnText *jn_reader_message (JnReader *reader, const char *message, const xmlNode *where);

/* (nullable) */
const JnTranslation *jn_form_get_translation (const JnForm *form, const char *language);
void jn_reader_itext (JnReader *reader, const xmlNode *itext); /* itext.c */
/* Finds an id that no language has. */
void jn_reader_check_itext (JnReader *reader, const char *id, long line);          /* itext.c */
void jn_reader_outputs (JnReader *reader);                                         /* itext.c */
void jn_reader_primary (JnReader *reader, xmlNode *instance, GHashTable *repeats); /* instance.c */
void jn_reader_secondary (JnReader *reader, xmlNode *instance);                    /* instance.c */
void jn_reader_binds (JnReader *reader, const xmlNode *model);                     /* bind.c */
void jn_reader_actions (JnReader *reader, const xmlNode *parent, JnNode *source);  /* body.c */
void jn_reader_body (JnReader *reader, const xmlNode *body);                       /* body.c */
/* (transfer full): the paths of all repeats, before there are nodes */
GHashTable *jn_reader_find_repeats (const xmlNode *body); /* body.c */
void jn_reader_entities (JnReader *reader);               /* entity.c */
void jn_reader_references (JnReader *reader);             /* references.c */
void jn_reader_graph (JnReader *reader);                  /* graph.c */

JnRule *jn_node_add_rule (JnForm *form, JnNode *node, JnRuleKind kind, JnXPath *xpath, long line);
JnNode *jn_node_new (JnForm *form, JnNode *parent, const xmlNode *source);
/* Children are found by parent, name, namespace and whether they are attributes. */
guint jn_node_hash (gconstpointer node);
gboolean jn_node_equal (gconstpointer a, gconstpointer b);
/* (nullable) */
JnNode *jn_node_find_child (const JnForm *form,
                            const JnNode *parent,
                            const xmlChar *name,
                            const xmlChar *ns,
                            gboolean attribute);
/* Whether it is @ancestor or stands below it. */
gboolean jn_node_is_inside (const JnNode *node, const JnNode *ancestor);
/* Whether it is a group: it holds nodes, no text. */
gboolean jn_node_has_elements (const JnNode *node);
void jn_node_free (JnNode *node);
void jn_control_free (JnControl *control);
void jn_text_free (JnText *text);
void jn_action_free (JnAction *action);
void jn_instance_free (JnInstance *instance);

/* ---- small libxml2 helpers (xml.c) -------------------------------------------------------------- */

gboolean jn_xml_is (const xmlNode *node, const char *name, const char *href);
/* Refuses a DOCTYPE and what is larger than JN_FORM_MAX_BYTES. @dict: (nullable): names' home */
xmlDoc *jn_xml_parse (GBytes *bytes, xmlDict *dict, GError **error);
xmlNode *jn_xml_first_element (const xmlNode *parent);
xmlNode *jn_xml_next_element (const xmlNode *node);
xmlNode *jn_xml_find_child (const xmlNode *parent, const char *name, const char *href);
/* (nullable) (transfer none): by local name; @href NULL: no namespace */
const char *jn_xml_attribute (const xmlNode *element, const char *name, const char *href);
/* (transfer full): all text below */
char *jn_xml_text (const xmlNode *node);
long jn_xml_line (const xmlNode *node);

/* CSV (RFC 4180; comma, semicolon or tab) and GeoJSON as root/item documents. Spec, "Secondary
 * Instances - External". */
xmlDoc *jn_external_from_csv (GBytes *bytes, xmlDict *dict, GError **error);
xmlDoc *jn_external_from_geojson (GBytes *bytes, xmlDict *dict, GError **error);

/* ---- types.c: what fits a type, and how it is written ------------------------------------------- */

/* Returns: whether the type is known; what is not is a string */
gboolean jn_type_from_name (const char *name, JnType *type, const char **bare);

/**
 * jn_type_normalise:
 * @value: what came in
 * @result: (out): how it is stored; unchanged when the text does not fit
 *
 * Spec, "Data Types". Returns: whether @value fits
 */
gboolean jn_type_normalise (JnType type, const char *value, GTimeZone *zone, GString *result);

/* What an expression gives: a moment is the date that it falls on, a date the moment it begins. */
void jn_type_cast (JnType type, GTimeZone *zone, GString *text);

G_END_DECLS
