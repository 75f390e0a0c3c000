/* style.h: sizes and distances of each paper, in dots: the one place where looks are decided. */
#pragma once

#include "printing/paper.h"

G_BEGIN_DECLS

/**
 * JnStyle:
 * @text: the first language's size (25 dots are 8.9 pt)
 * @second: the second language's, and notes
 * @small: small print
 * @office: masthead
 * @title: what the paper is
 * @number: the number of a receipt
 * @ticket: the number of a queue's slip
 * @leading: from baseline to baseline, as a multiple of the size
 * @label: share of the width that labels take; 0 sets a value below its label
 * @gap: between blocks
 * @thin: a fine rule
 * @thick: a strong rule
 * @centred: the head of the paper is centred (rolls), or stands at the left (sheets)
 */
typedef struct
{
  double text;
  double second;
  double small;
  double office;
  double title;
  double number;
  double ticket;
  double leading;
  double label;
  double gap;
  double thin;
  double thick;
  gboolean centred;
} JnStyle;

/* @size: of @paper, or of another head on it */
const JnStyle *jn_style_get (JnPaper paper, const JnPaperSize *size);

G_END_DECLS
