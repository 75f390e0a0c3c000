/* handover-document.h: papers that change hands: to a department, or to the next clerk. */
#pragma once

#include "app/session.h"
#include "printing/document.h"

G_BEGIN_DECLS

/**
 * JnHandoverLine: one application that goes along.
 * @number: its number
 * @service: its code
 * @n_papers: how many papers lie in it
 */
typedef struct
{
  const char *number;
  const char *service;
  guint n_papers;
} JnHandoverLine;

/**
 * JnHandover: what goes from whom to whom. All strings are borrowed for the call.
 * @language: of the clerks
 * @number: (nullable): of the slip
 * @department: (nullable): its code; %NULL: to a clerk
 * @from, @to: (nullable): names; without one there is a line to write on
 * @time: Unix seconds
 * @note: (nullable): as the clerk wrote it
 */
typedef struct
{
  const char *language;
  const char *number;
  const char *department;
  const char *from;
  const char *to;
  gint64 time;
  const JnHandoverLine *lines;
  guint n_lines;
  const char *note;
} JnHandover;

/* Numbers of applications and counts of papers, no person. Returns: (transfer full) */
JnDocument *jn_handover_document_new (const JnHandover *handover, JnSession *session, guint copy);

G_END_DECLS
