/* call.h: one step of an asynchronous task: ask or run, and go on with the answer. */
#pragma once

#include "app/backend.h"

G_BEGIN_DECLS

/* @task is borrowed: who goes on with another step takes a reference. @answer is borrowed too. */
typedef void (*JnAnswered) (GTask *task, GVariant *answer);

/* Each takes @task over; a failure ends it with the error. The task's cancellable is used. */
void jn_call_run (JnBackend *backend, JnCommand *command, GTask *task, JnAnswered answered);
void jn_call_ask (JnBackend *backend, JnQuery *query, GTask *task, JnAnswered answered);
/* New command or query of @name with @args (sunk); the command may be kept where @deferrable. */
void jn_call_command (JnBackend *backend,
                      const char *name,
                      GVariant *args,
                      gboolean deferrable,
                      GTask *task,
                      JnAnswered answered);

G_END_DECLS
