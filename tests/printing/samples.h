/* samples.h: papers with invented people, for tests, golden images and the bench. */
#pragma once

#include "printing/document.h"

G_BEGIN_DECLS

/**
 * Sample: a paper that tests know by name
 */
typedef struct
{
  const char *name;
  JnDocument *(*make) (void);
} Sample;

extern const Sample samples[];
extern const guint n_samples;

/* A QR text as long as a real receipt's (244 characters), signed by a fixed test key. */
const char *sample_seal (void);
JnDocument *sample_receipt (void);    /* a birth, three services, zh-Hant + pt */
JnDocument *sample_receipt_en (void); /* one service, pt + en, a copy */

G_END_DECLS
