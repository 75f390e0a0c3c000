/* visit.h: one ticket's whole visit, from the call to the receipt: persons, event, forms, papers.
 *
 * Everything that the window shows of a visit is here; every change is kept in the backend as it is
 * made, so that a visit can be taken up again at any counter. */
#pragma once

#include "app/application.h"
#include "app/visit-paper.h"
#include "app/person.h"
#include "app/receipt.h"
#include "app/session.h"
#include "app/ticket.h"

G_BEGIN_DECLS

typedef enum
{
  JN_STAGE_CALLED,
  JN_STAGE_IDENTIFY,
  JN_STAGE_EVENT,
  JN_STAGE_FORMS,
  JN_STAGE_PAPERS,
  JN_STAGE_REVIEW,
  JN_STAGE_RECEIPT,
  JN_STAGE_RATED,
} JnStage;

#define JN_TYPE_VISIT (jn_visit_get_type ())
G_DECLARE_FINAL_TYPE (JnVisit, jn_visit, JN, VISIT, GObject)

/* Properties (notified): "stage" (JnStage as int), "ticket" (JnTicket), "receipt" (JnReceipt,
 * nullable), "busy" (boolean: something is being sent), "language" (string: the citizen's).
 * Signals: "changed": persons, proposals, papers, fees, consents or problems are new; it is emitted
 * at most once per turn of the main loop. "draft-failed" (GError): a draft could not be kept; it is
 * tried again with the next change and at save. "finished": the person left the desk. */

/* A visit that is open at the desk; jn_queue_arrive_async() makes it. */
JnVisit *jn_visit_new (JnSession *session, JnTicket *ticket, const char *id);
const char *jn_visit_get_id (JnVisit *self);
JnSession *jn_visit_get_session (JnVisit *self);
JnTicket *jn_visit_get_ticket (JnVisit *self);
gint64 jn_visit_get_began (JnVisit *self);         /* Unix seconds: at the desk */
const char *jn_visit_get_language (JnVisit *self); /* the citizen's: papers and review */
void jn_visit_set_language (JnVisit *self, const char *language);
/* The language in which the clerk reads the forms; "changed" of the applications follows. */
void jn_visit_set_form_language (JnVisit *self, const char *language);

/* Takes up what was done before (the backend's `visit`): persons, event, drafts, receipt. */
void jn_visit_resume_async (JnVisit *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean jn_visit_resume_finish (JnVisit *self, GAsyncResult *result, GError **error);

/* -- the stages -------------------------------------------------------------------------------- */

JnStage jn_visit_get_stage (JnVisit *self);
/* Whether that page may be opened now; back is always allowed until the receipt. */
gboolean jn_visit_can_go (JnVisit *self, JnStage stage);
/* Errors: CONFLICT `stage` */
gboolean jn_visit_go (JnVisit *self, JnStage stage, GError **error);
guint jn_visit_get_minutes_left (JnVisit *self); /* an estimate, at least 1 until the receipt */

/* -- persons ----------------------------------------------------------------------------------- */

GListModel *jn_visit_get_persons (JnVisit *self); /* of JnPerson, in the order they came */
JnPerson *jn_visit_get_person (JnVisit *self, const char *role); /* (transfer none) (nullable) */
JnPerson *jn_visit_get_applicant (JnVisit *self); /* who is at the desk: the first; (nullable) */
/* (transfer full): roles of the chosen services' forms that nobody has yet */
GStrv jn_visit_list_open_roles (JnVisit *self);

/**
 * jn_visit_identify_async:
 * @role: "applicant", "mother" … @capacity: (nullable)
 * @document: (nullable): its kind; %NULL: without a number
 *
 * Looks the document up under the visit's purpose (each read is logged); known facts are set into
 * the forms. A second identify in a role replaces the person. Errors: REJECTED `document-number`
 * (node: "shape" or "check-digit"). Returns: (transfer full)
 */
void jn_visit_identify_async (JnVisit *self,
                              const char *role,
                              const char *capacity,
                              const char *document,
                              const char *number,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
JnPerson *jn_visit_identify_finish (JnVisit *self, GAsyncResult *result, GError **error);
/* The same from a scanner's text: BIR, MRZ (its names and dates become facts of grade B), a bar code.
 * A ticket's slip or a receipt: REJECTED `scan-ticket`, `scan-receipt` with its number in args; all
 * else REJECTED `scan-unknown`. */
void jn_visit_scan_async (JnVisit *self,
                          const char *role,
                          const char *capacity,
                          const char *text,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
JnPerson *jn_visit_scan_finish (JnVisit *self, GAsyncResult *result, GError **error);

/* -- the life event and its services ----------------------------------------------------------- */

/**
 * JnProposal: one service of the event, or one found by search.
 * @chosen: to be done in this visit
 * @why: (nullable): in the form language
 * @needs: codes of chosen services that go before it; empty: none
 * @unmet: (nullable): a need that nothing here meets: its service code
 * @deadline: (nullable): "YYYY-MM-DD"; @days_left: until then, negative when it is over
 */
typedef struct
{
  const JnServiceEntry *service;
  gboolean chosen;
  gboolean optional;
  gboolean servable; /* at this counter by this clerk */
  char *why;
  GStrv needs;
  char *unmet;
  char *deadline;
  int days_left;
} JnProposal;

const char *jn_visit_get_event (JnVisit *self);    /* (nullable): its code */
GPtrArray *jn_visit_get_proposals (JnVisit *self); /* (transfer none) (element-type JnProposal) */
guint jn_visit_get_n_chosen (JnVisit *self);
/* Another event, or none: its services are proposed, those with a reason are chosen beforehand.
 * Loads the event's file; "changed" follows. */
void jn_visit_choose_event_async (JnVisit *self,
                                  const char *event,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean jn_visit_choose_event_finish (JnVisit *self, GAsyncResult *result, GError **error);
/* Takes a service in or out; one that is not proposed yet is added. */
void jn_visit_choose (JnVisit *self, const char *service, gboolean chosen);
/* Keeps the choice, loads the forms and makes the applications; what was answered stays. */
void jn_visit_start_forms_async (JnVisit *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean jn_visit_start_forms_finish (JnVisit *self, GAsyncResult *result, GError **error);

/**
 * JnServiceStep: what happens to one service within the visit.
 * @JN_SERVICE_ADD: the citizen wants it too, or again
 * @JN_SERVICE_DONE: it is settled without an application: answered, done elsewhere
 * @JN_SERVICE_DROP: it is not wanted any more
 */
typedef enum
{
  JN_SERVICE_ADD,
  JN_SERVICE_DONE,
  JN_SERVICE_DROP,
} JnServiceStep;

/**
 * jn_visit_service_async:
 * @reason: (nullable): needed for all but adding
 *
 * Kept with the ticket; its form comes and goes where forms are open. What was typed is kept, and
 * is there again when the service comes back. One that cannot be served here stays with the ticket,
 * which waits on for it after the visit: jn_ticket_get_unserved(). While the line is down a service
 * whose form is on this terminal is added all the same, and the ticket hears of it later. Errors:
 * CONFLICT `visit-submitted`, REJECTED `no-service` (the last one is not dropped), OFFLINE
 * `form-not-here` (nothing was added) and others of a form (form-fault.h).
 */
void jn_visit_service_async (JnVisit *self,
                             const char *service,
                             JnServiceStep step,
                             const char *reason,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* Takes the last of these steps back; @step: the event, as jn_queue_get_undo() names it. Errors:
 * CONFLICT `undo-too-late`, `nothing-to-undo` (something else was done since). */
void jn_visit_undo_service_async (JnVisit *self,
                                  const char *step,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean jn_visit_service_finish (JnVisit *self, GAsyncResult *result, GError **error);

/* -- applications ------------------------------------------------------------------------------ */

GListModel *jn_visit_get_applications (JnVisit *self); /* of JnApplication, in their order */
JnApplication *jn_visit_get_application (JnVisit *self, const char *service); /* (nullable) */
/* Keeps all drafts now (Ctrl S). */
void jn_visit_save_async (JnVisit *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean jn_visit_save_finish (JnVisit *self, GAsyncResult *result, GError **error);

/* -- papers ------------------------------------------------------------------------------------ */

GListModel *jn_visit_get_papers (JnVisit *self); /* of JnVisitPaper */
/* @blob: (nullable): hash of a scan. MISSING is allowed at any time; it stops the submission unless
 * the paper may follow. */
void jn_visit_set_paper (JnVisit *self, const char *code, JnPaperState state, const char *blob);

/* -- fees -------------------------------------------------------------------------------------- */

/**
 * JnFee: one charge.
 * @amount: avos; -1: unknown, which is never shown as free
 * @confirmed: by the department; others are shown as to be confirmed and not charged
 * @later: of an application that rests on another one of this visit: not charged yet
 */
typedef struct
{
  const JnServiceEntry *service;
  const char *code;
  char *name; /* in the form language */
  gint64 amount;
  gboolean confirmed;
  gboolean later;
} JnFee;

typedef struct
{
  gint64 charged;     /* confirmed amounts, now */
  gint64 unconfirmed; /* known amounts that no department confirmed */
  guint n_unknown;
} JnFeeTotal;

GPtrArray *jn_visit_get_fees (JnVisit *self); /* (transfer none) (element-type JnFee) */
JnFeeTotal jn_visit_get_fee_total (JnVisit *self);

/* -- consent and signature --------------------------------------------------------------------- */

typedef enum
{
  JN_CONSENT_UNASKED,
  JN_CONSENT_GIVEN,
  JN_CONSENT_REFUSED,
} JnConsent;

/* (transfer full): codes of the departments whose use of data is asked about */
GStrv jn_visit_list_consents (JnVisit *self);
/* A consent is the applicant's, for the department's services of this visit (Law 8/2005 article 4: specific): with
 * another person or service it is to be asked anew. */
JnConsent jn_visit_get_consent (JnVisit *self, const char *department);
void jn_visit_set_consent (JnVisit *self, const char *department, JnConsent consent);

typedef enum
{
  JN_SIGNATURE_NONE,
  JN_SIGNATURE_PAD,
  JN_SIGNATURE_INK,      /* on the printed form */
  JN_SIGNATURE_BY_OTHER, /* at request, with witnesses */
  JN_SIGNATURE_FINGERPRINT,
} JnSignatureMethod;

/* A signature holds for what the review said when it was given: persons, answers, papers, fees and consents. When they
 * become others it is none any more, until it is given again or they are what they were.
 * @person: who signs (%NULL: the applicant); @png: (nullable): the strokes */
void jn_visit_sign (JnVisit *self, JnPerson *person, JnSignatureMethod method, GBytes *png);
/* @png: (out) (optional) (nullable) (transfer none) */
JnSignatureMethod jn_visit_get_signature (JnVisit *self, GBytes **png);
/* Whether there was one, for something else than there is now. */
gboolean jn_visit_is_signature_outdated (JnVisit *self);

/* -- what stands in the way, and the submission ------------------------------------------------- */

typedef enum
{
  JN_PROBLEM_PERSON,  /* nobody is identified */
  JN_PROBLEM_SERVICE, /* no service is chosen, or one that cannot be served here */
  JN_PROBLEM_ANSWER,  /* application and ref say where, message why */
  JN_PROBLEM_PAPER,   /* nothing said, or missing and may not follow: code in ref */
  JN_PROBLEM_CONSENT, /* department in ref */
  JN_PROBLEM_SIGNATURE,
} JnProblemKind;

/**
 * JnProblem:
 * @application: (nullable); @ref: (nullable): node, paper code or department; "changed": what was
 * signed for is not what is there now
 * @label: the question or paper in the form language; @message: (nullable): the form's own words
 */
typedef struct
{
  JnProblemKind kind;
  JnStage stage; /* where it is mended */
  JnApplication *application;
  char *ref;
  char *label;
  char *message;
  JnInvalid invalid;
} JnProblem;

/* (transfer full) (element-type JnProblem): in the order of the pages; empty: ready to submit */
GPtrArray *jn_visit_list_problems (JnVisit *self);

/**
 * jn_visit_submit_async:
 *
 * One transaction: all applications, papers, fees, consents, receipt. Sent again with the same key
 * after a lost answer, so that nothing is submitted twice. The receipt is sealed next; a receipt
 * whose seal could not be kept yet is given all the same and sealed later.
 * Errors: REJECTED `not-ready` (problems), or the server's with the node; UNKNOWN (submit again).
 * Returns: (transfer full)
 */
void jn_visit_submit_async (JnVisit *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
JnReceipt *jn_visit_submit_finish (JnVisit *self, GAsyncResult *result, GError **error);
JnReceipt *jn_visit_get_receipt (JnVisit *self); /* (transfer none) (nullable) */

/* Whether the citizen is asked at all (never after a death). */
gboolean jn_visit_may_rate (JnVisit *self);
/* @stars: 1 … 5; 0: not asked or not answered */
void jn_visit_rate_async (JnVisit *self,
                          guint stars,
                          const char *reason,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean jn_visit_rate_finish (JnVisit *self, GAsyncResult *result, GError **error);
/* The person leaves the desk. @outcome: "served" or "left-serving" (drafts are kept). */
void jn_visit_finish_async (JnVisit *self,
                            const char *outcome,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean jn_visit_finish_finish (JnVisit *self, GAsyncResult *result, GError **error);

G_END_DECLS
