/* print.h: one print of a paper: written down, drawn, sent, followed to its end, and asked about.
 *
 * The backend knows of the attempt before anything is sent, and of its end. Nothing is printed a
 * second time by itself: what nobody can tell is asked of the clerk, and a reprint is a print of
 * its own that says COPY n. Made by JnPrints (app/prints.h), which keeps them. */
#pragma once

#include "app/backend.h"
#include "printing/document.h"
#include "printing/job.h"

G_BEGIN_DECLS

typedef enum
{
  JN_PRINT_STEP_NONE,
  JN_PRINT_STEP_SENDING,
  JN_PRINT_STEP_PRINTING,
  JN_PRINT_STEP_PRINTED,
  JN_PRINT_STEP_FAILED,
  JN_PRINT_STEP_CANCELLED,
  JN_PRINT_STEP_UNCONFIRMED, /* ask the clerk: did it come out? */
} JnPrintStep;

/**
 * JnPrintOrder: what paper it is. Borrowed during a call.
 * @kind: "receipt", "ticket", "appointment", "notice", "not-accepted", "delivery", "application", "hand-over",
 *   "report", "test"
 * @subject: (nullable): the id of what it is of (a receipt, a ticket …): its copies are counted
 * @title: the number that stands on it, for the clerk; never a name
 * @edition: (nullable): of what may say something else each time: a further print of the same edition is a copy,
 *   of another one a new paper
 * @money: cash was taken with it: a till's drawer opens at its first print
 */
typedef struct
{
  const char *kind;
  const char *subject;
  const char *title;
  const char *edition;
  gboolean money;
} JnPrintOrder;

#define JN_TYPE_PRINT (jn_print_get_type ())
G_DECLARE_FINAL_TYPE (JnPrint, jn_print, JN, PRINT, GObject)

/* Signal: "changed" (): step, reasons or copy are others now. */
const JnPrintOrder *jn_print_get_order (JnPrint *self);
const char *jn_print_get_attempt (JnPrint *self);
const char *jn_print_get_use (JnPrint *self);   /* (nullable) */
const char *jn_print_get_queue (JnPrint *self); /* (nullable): no printer is set up */
guint jn_print_get_copy (JnPrint *self);        /* 0: the first */
JnPrintStep jn_print_get_step (JnPrint *self);
/* What is in the way now, or was at the end. */
JnPrinterReasons jn_print_get_reasons (JnPrint *self);
/* (nullable): why it was not sent: JN_PRINT_ERROR, or JN_BACKEND_ERROR NOT_FOUND `printer`: none is set up */
const GError *jn_print_get_error (JnPrint *self);

gboolean jn_print_is_busy (JnPrint *self); /* sending or printing */
/* Somebody has to do something: load paper, answer, print again. Not after jn_print_dismiss (). */
gboolean jn_print_needs_clerk (JnPrint *self);

/* Takes it out of the queue; a page that runs may still come, and is asked about then. */
void jn_print_cancel (JnPrint *self);
/* The clerk's answer to "did it come out?" */
void jn_print_confirm (JnPrint *self, gboolean came_out);
/* A failure is known: it need not be shown any more. */
void jn_print_dismiss (JnPrint *self);

G_END_DECLS
