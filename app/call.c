/* call.c: one step of an asynchronous task: ask or run, and go on with the answer. */
#include "app/call.h"

typedef struct
{
  GTask *task;
  JnAnswered answered;
} Step;

static Step *
step_new (GTask *task, JnAnswered answered)
{
  Step *step = g_new (Step, 1);

  step->task = task;
  step->answered = answered;
  return step;
}

static void
go_on (Step *step, GVariant *answer, GError *error)
{
  g_autoptr (GTask) task = step->task;
  JnAnswered answered = step->answered;

  g_free (step);
  if (answer == NULL)
    g_task_return_error (task, error);
  else
    answered (task, answer);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  go_on (user_data, answer, error);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GVariant) answer = jn_backend_ask_finish (JN_BACKEND (source), result, &error);

  go_on (user_data, answer, error);
}

void
jn_call_run (JnBackend *backend, JnCommand *command, GTask *task, JnAnswered answered)
{
  jn_backend_run_async (backend, command, g_task_get_cancellable (task), ran_cb,
                        step_new (task, answered));
}

void
jn_call_ask (JnBackend *backend, JnQuery *query, GTask *task, JnAnswered answered)
{
  jn_backend_ask_async (backend, query, g_task_get_cancellable (task), asked_cb,
                        step_new (task, answered));
}

void
jn_call_command (JnBackend *backend,
                 const char *name,
                 GVariant *args,
                 gboolean deferrable,
                 GTask *task,
                 JnAnswered answered)
{
  g_autoptr (JnCommand) command = jn_command_new (name, args);

  jn_command_set_deferrable (command, deferrable);
  jn_call_run (backend, command, task, answered);
}
