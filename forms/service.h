/* service.h: what a form says of its service: the element jn:service (forms/VOCABULARY.md section 1).
 *
 * Figures carry where they come from and how sure they are; only what a department confirmed is
 * shown as fact and charged. */
#pragma once

#include "forms/filling.h"
#include "forms/names.h"

G_BEGIN_DECLS

typedef struct _JnService JnService;

typedef enum
{
  JN_CONFIDENCE_ASSUMED, /* the default: nothing is known */
  JN_CONFIDENCE_INFERRED,
  JN_CONFIDENCE_RECALL,
  JN_CONFIDENCE_PAGE,      /* read on the department's own page */
  JN_CONFIDENCE_CONFIRMED, /* by the department, on a day that is given */
} JnConfidence;

/**
 * JnOrigin: where a figure comes from. All nullable.
 */
typedef struct
{
  JnConfidence confidence;
  const char *source;    /* an address */
  const char *confirmed; /* "YYYY-MM-DD" */
} JnOrigin;

typedef enum
{
  JN_OFFLINE_NO,
  JN_OFFLINE_PAPERS, /* papers may be taken; the rest follows */
  JN_OFFLINE_YES,
} JnOffline;

/**
 * JnPledge:
 * @days: 0: no pledge is known
 * @from: "complete", "received", "paid" or "decided"
 */
typedef struct
{
  guint days;
  gboolean working;
  const char *from;
  JnOrigin origin;
} JnPledge;

/**
 * JnNeed: what must be there first; met by any one of the three that are given.
 * @fact: "subject/property"
 */
typedef struct
{
  const char *service; /* (nullable) */
  const char *fact;    /* (nullable) */
  const char *paper;   /* (nullable) */
} JnNeed;

/**
 * JnServicePaper: a paper that is asked for, as the answers stand.
 * @name: in the filling's language
 * @fact: (nullable): "subject/property" that makes it unnecessary
 * @held_by: (nullable): the department that already has it
 * @days: within how many days what is missing must follow; 0: not said
 */
typedef struct
{
  const char *code;
  char *name;
  gboolean original;
  gboolean copy;
  const char *fact;
  const char *held_by;
  gboolean optional;
  gboolean accept_missing;
  guint days;
  JnOrigin origin;
} JnServicePaper;

/**
 * JnServiceFee: a charge, as the answers stand.
 * @name: in the filling's language
 * @ref: (nullable): the node that holds it
 * @amount: in avos; -1: unknown, which is not free
 */
typedef struct
{
  const char *code;
  char *name;
  const char *ref;
  gint64 amount;
  JnOrigin origin;
} JnServiceFee;

/**
 * JnServiceResult: what the citizen gets.
 * @kind: "card", "certificate", "licence", "letter", "payment" or "entry"
 * @fact: (nullable): "subject/property" that a delivered result gives
 */
typedef struct
{
  const char *code;
  char *name;
  const char *kind;
  gboolean pick_up;
  const char *fact;
} JnServiceResult;

/**
 * JnServiceSource: where what the form says was read, or the law it rests on.
 * @title: the law, or what was read at the source
 * @article: (nullable): of a law
 * @href: (nullable): an address
 * @read: (nullable): the day, "YYYY-MM-DD"
 */
typedef struct
{
  const char *title;
  const char *article;
  const char *href;
  const char *read;
  JnConfidence confidence;
} JnServiceSource;

/**
 * jn_service_new:
 *
 * Errors: %JN_FORM_ERROR_NOT_FOUND without jn:service; %JN_FORM_ERROR_SYNTAX with a word or number
 * that the vocabulary does not have, or without code, department or name; the message has the line.
 */
JnService *jn_service_new (JnForm *form, GError **error);
JnService *jn_service_ref (JnService *service);
void jn_service_unref (JnService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnService, jn_service_unref)

/* All borrowed from the service. */
JnForm *jn_service_get_form (const JnService *service);
const char *jn_service_get_code (const JnService *service);
const char *jn_service_get_department (const JnService *service);
const JnNames *jn_service_get_names (const JnService *service);
/* (array zero-terminated=1): the words that people search by, of all languages */
const char *const *jn_service_get_keywords (const JnService *service);
gboolean jn_service_is_immediate (const JnService *service);
gboolean jn_service_is_proxy_allowed (const JnService *service);
JnOffline jn_service_get_offline (const JnService *service);
const char *const *jn_service_get_equipment (const JnService *service);
const JnPledge *jn_service_get_pledge (const JnService *service);

/* (transfer none) (element-type JnServiceSource) */
GPtrArray *jn_service_get_laws (const JnService *service);
GPtrArray *jn_service_get_sources (const JnService *service);

/* As the answers of @filling stand; (transfer full), elements are freed with the array.
 * @filling may be %NULL for fees and results: then whatever the form declares, amounts unknown. */
GPtrArray *jn_service_list_papers (JnService *service, JnFilling *filling);  /* JnServicePaper */
GPtrArray *jn_service_list_fees (JnService *service, JnFilling *filling);    /* JnServiceFee */
GPtrArray *jn_service_list_results (JnService *service, JnFilling *filling); /* JnServiceResult */
GPtrArray *jn_service_list_needs (JnService *service, JnFilling *filling);   /* JnNeed */

/* (transfer full) (nullable): the name of a paper of this service in a language of the form, whatever the
 * filling's is */
char *jn_service_get_paper_name (const JnService *service, const char *code, const char *language);

/* Only what the department confirmed is taken from a citizen. */
gboolean jn_service_fee_is_charged (const JnServiceFee *fee);

G_END_DECLS
