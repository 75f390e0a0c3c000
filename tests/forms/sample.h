/* sample.h: small forms written in a test, and short ways to fill them. */
#pragma once

#include "forms/filling.h"

/* (transfer full): what stands in model (without the element itself) and in h:body as a document */
GBytes *sample_bytes (const char *model, const char *body);
/* (transfer full): the form must be good */
JnForm *sample_form (const char *model, const char *body);
/* The form must fail with @code and a message that has @part. */
void sample_fails (const char *model, const char *body, JnFormError code, const char *part);
/* (transfer full): 2026-03-02T09:30:00+08:00 in Asia/Macau, in the form's language */
JnFilling *sample_filling (JnForm *form);
/* Form and filling of it in one. */
JnFilling *sample_fill (const char *model, const char *body);
/* (transfer full): what resumes from @xml, with the clock of sample_filling() */
JnFilling *sample_resume (JnForm *form, const char *xml);
JnFillingOptions sample_options (void);

/* Sets, and the change must be taken; the list of what changed in @changed (optional). */
void put (JnFilling *filling, const char *ref, const char *value);
char *put_and_list (JnFilling *filling, const char *ref, const char *value);
/* (transfer full): refs joined by spaces */
char *join_refs (GPtrArray *refs);
JnNodeState state_of (JnFilling *filling, const char *ref);
void expect (JnFilling *filling, const char *ref, const char *value);
void expect_blank (JnFilling *filling, const char *ref); /* not relevant */
char *submit (JnFilling *filling);
