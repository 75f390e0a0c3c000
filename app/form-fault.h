/* form-fault.h: a form that does not work, told by a code that the window has words for.
 *
 * The engine speaks of documents and expressions, in one language, and for those who write forms; a
 * clerk wants to know which service it is about and how to go on. */
#pragma once

#include "app/catalogue.h"

G_BEGIN_DECLS

/**
 * jn_form_fault_new:
 * @said: (transfer full): by forms/, or OFFLINE by the backend; all else is returned as it is
 * @entry: the service whose form it is about
 *
 * While a form is read there are no answers yet: the engine's words go to the log.
 * Returns: (transfer full): FAILED `form-syntax`, `form-reference`, `form-cycle`, `form-limit`,
 * `form-unsupported` or `form-broken`; OFFLINE `form-not-here`; the node is the service, args {names}
 */
GError *jn_form_fault_new (GError *said, const JnServiceEntry *entry);
/* The same of a form with a person's answers, which the engine may quote: the log hears only where.
 * @draft: it was resumed: `draft-broken` where what was kept does not fit it */
GError *jn_form_fault_new_filled (GError *said, const JnServiceEntry *entry, gboolean draft);
/* FAILED @code: of a file without a service: the log hears @what it is. */
GError *jn_form_fault_new_file (GError *said, const char *code, const char *what);

G_END_DECLS
