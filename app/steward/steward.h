/* steward.h: the server's own hands: what time or distrust demands (DESIGN section 3).
 *
 * One steward works for a cluster; others that are started wait for its advisory lock. It works in
 * rounds: take what is not verified yet, fill each instance again, record the verdict; then seal
 * the audit chain of every branch with an unsealed tail. A round begins when the backend says that
 * an application changed, and at the latest after some seconds. The desk works without it. */
#pragma once

#include "app/backend.h"

G_BEGIN_DECLS

#define JN_TYPE_STEWARD (jn_steward_get_type ())
G_DECLARE_FINAL_TYPE (JnSteward, jn_steward, JN, STEWARD, GObject)

/**
 * jn_steward_new:
 * @backend: signed in as a member of janela_steward
 * @zone: of the branches: what their forms' today() means
 *
 * Signal "round-done" (guint verified, guint refused): after each round.
 */
JnSteward *jn_steward_new (JnBackend *backend, GTimeZone *zone);
void jn_steward_start (JnSteward *self);

G_END_DECLS
