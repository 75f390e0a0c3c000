/* delivery-document.h: what was handed over, to whom, against which document. */
#pragma once

#include "app/session.h"
#include "printing/document.h"

G_BEGIN_DECLS

/**
 * JnDeliveredResult: one thing handed over.
 * @application: the application's number
 * @service: the service's code
 * @result: (nullable): its name by language, as jn_text_name() reads it ("identity card")
 * @serial: (nullable): the number that stands on it
 */
typedef struct
{
  const char *application;
  const char *service;
  GVariant *result;
  const char *serial;
} JnDeliveredResult;

/**
 * JnDelivery: a pick-up. All strings are borrowed for the call.
 * @language: of who receives
 * @receipt: (nullable): the number of the receipt that was shown
 * @receiver: who takes it, as written
 * @number: (nullable): of the document that was shown, in full: it is masked here
 * @holder: (nullable): whose it is, where that is another person
 * @time: Unix seconds
 * @signature: (nullable): the strokes, a PNG
 */
typedef struct
{
  const char *language;
  const char *receipt;
  const char *receiver;
  const char *number;
  const char *holder;
  gint64 time;
  const JnDeliveredResult *results;
  guint n_results;
  GBytes *signature;
} JnDelivery;

/* Returns: (transfer full) */
JnDocument *jn_delivery_document_new (const JnDelivery *delivery, JnSession *session, guint copy);

G_END_DECLS
