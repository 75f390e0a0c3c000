/* visit-private.h: what the files of a visit share: its state, and the steps between them. */
#pragma once

#include "app/bundle.h"
#include "app/flow.h"
#include "app/paper-list.h"
#include "app/visit.h"

G_BEGIN_DECLS

struct _JnVisit
{
  GObject parent_instance;
  JnSession *session;
  JnCatalogue *catalogue; /* its entries are borrowed, also after the sign-out */
  JnTicket *ticket;
  char *id;
  char *language;      /* the citizen's */
  char *form_language; /* the clerk's */
  JnStage stage;
  gint64 began;
  guint busy;

  GListStore *persons;
  JnFlow *flow;

  char *event_code;
  JnBundle *bundle;
  GListStore *applications;
  GHashTable *drafts; /* service → Draft, from an earlier sitting */

  JnPaperList *papers;
  GPtrArray *fees; /* of JnFee */
  gboolean stale;  /* proposals, papers and fees are to be worked out again */

  GHashTable *consents; /* department with who is asked and for what → JnConsent */
  JnSignatureMethod signature;
  char *signed_for;            /* (nullable): a sum over what was signed */
  gboolean signature_outdated; /* it is another one now */
  JnPerson *signer;
  GBytes *strokes;

  JnCommand *submission;      /* sent, and its answer not known yet */
  gboolean submission_unsure; /* an answer to it was lost: it may be done */
  char *receipt_id;
  JnReceipt *receipt;
  guint stars;

  guint changed_id;
  guint draft_id;
  guint saving;      /* drafts under way */
  GPtrArray *savers; /* of GTask: wait for all drafts */
  GCancellable *cancellable;
};

/* What an earlier sitting left of one application. */
typedef struct
{
  char *application;
  char *version;
  GBytes *xml;
} JnDraft;

JnBackend *jn_visit_get_backend (JnVisit *self);
const JnServiceEntry *jn_visit_find_service (JnVisit *self, const char *code);
/* Works out proposals, papers and fees where something changed. */
void jn_visit_refresh (JnVisit *self);
/* Something changed: "changed" comes once in this turn of the main loop. */
void jn_visit_mark_changed (JnVisit *self);
/* Nested: "busy" is TRUE while the count is above 0. */
void jn_visit_begin_busy (JnVisit *self);
void jn_visit_end_busy (JnVisit *self);
void jn_visit_set_stage (JnVisit *self, JnStage stage);
void jn_visit_take_receipt (JnVisit *self, JnReceipt *receipt);
/* The list of persons and the flow take @person; one in the same role is replaced. */
void jn_visit_take_person (JnVisit *self, JnPerson *person);
/* visit-services.c: chosen is what the ticket is for, and again what an earlier sitting chose */
void jn_visit_begin_choice (JnVisit *self);
void jn_visit_resume_choice (JnVisit *self, const char *const *services);
/* drafts that a resumed visit brought; the event that it had */
void jn_visit_take_draft (JnVisit *self, GVariant *row);
void jn_visit_drop_applications (JnVisit *self);
void jn_visit_schedule_draft (JnVisit *self);
/* visit-papers.c */
void jn_visit_refresh_fees (JnVisit *self);
/* visit-signature.c */
void jn_visit_refresh_signature (JnVisit *self);

G_END_DECLS
