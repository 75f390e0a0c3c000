/* writer.c: the journal's thread: it alone touches the file, in the order in which it is asked. */
#include "app/journal/writer.h"

struct _JnWriter
{
  JnStore *store;
  GMainContext *context;
  GAsyncQueue *asked; /* of Job */
  GThread *thread;
};

typedef struct
{
  JnWriterWork work; /* NULL: the thread ends */
  JnWriterDone done;
  gpointer data;
} Job;

static gboolean
done_cb (gpointer user_data)
{
  Job *job = user_data;

  job->done (job->data);
  return G_SOURCE_REMOVE;
}

/* All of a job is freed where it was asked: an object that it holds may be freed with it. */
static void
give_back (JnWriter *writer, Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, done_cb, job, g_free);
  g_source_attach (source, writer->context);
}

static gpointer
run_thread (gpointer data)
{
  JnWriter *writer = data;
  Job *job;

  while ((job = g_async_queue_pop (writer->asked))->work != NULL)
    {
      job->work (writer->store, job->data);
      if (job->done != NULL)
        give_back (writer, job);
      else
        g_free (job);
    }
  g_free (job);
  return NULL;
}

JnWriter *
jn_writer_new (JnStore *store)
{
  JnWriter *writer = g_new0 (JnWriter, 1);

  writer->store = store;
  writer->context = g_main_context_ref_thread_default ();
  writer->asked = g_async_queue_new ();
  writer->thread = g_thread_new ("journal", run_thread, writer);
  return writer;
}

void
jn_writer_free (JnWriter *writer)
{
  if (writer == NULL)
    return;
  jn_writer_ask (writer, NULL, NULL, NULL);
  g_thread_join (writer->thread);
  jn_store_free (writer->store);
  g_async_queue_unref (writer->asked);
  g_main_context_unref (writer->context);
  g_free (writer);
}

void
jn_writer_ask (JnWriter *writer, JnWriterWork work, JnWriterDone done, gpointer data)
{
  Job *job = g_new (Job, 1);

  *job = (Job){ work, done, data };
  g_async_queue_push (writer->asked, job);
}

static void
reach (JnStore *store, gpointer data)
{
  g_autoptr (GAsyncQueue) reached = data;

  g_async_queue_push (reached, reached);
}

void
jn_writer_wait (JnWriter *writer)
{
  g_autoptr (GAsyncQueue) reached = g_async_queue_new ();

  jn_writer_ask (writer, reach, NULL, g_async_queue_ref (reached));
  g_async_queue_pop (reached);
}
