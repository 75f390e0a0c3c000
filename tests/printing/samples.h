/* samples.h: papers with invented people, for tests, golden images and the bench. */
#pragma once

#include "printing/document.h"
#include "printing/keys.h"

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

#define SAMPLE_TIME G_GINT64_CONSTANT (1795413900) /* 2026-11-23 14:05 in Macau */

JnSealKey *sample_key (void);  /* a fixed one, for tests alone */
JnKeyList *sample_keys (void); /* the list that knows it, valid in 2026 */

/* A QR text as long as a real receipt's (227 characters), signed by sample_key(). */
const char *sample_seal (void);
JnDocument *sample_receipt (void);    /* a birth, three services, zh-Hant + pt */
JnDocument *sample_receipt_en (void); /* one service, pt + en, a copy */

G_END_DECLS
