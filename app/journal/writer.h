/* writer.h: the journal's thread: it alone touches the file, in the order in which it is asked.
 *
 * A commit waits for the disk; the main loop does not. What is asked is work for the thread and what
 * becomes of it afterwards, on the main loop. */
#pragma once

#include "app/journal/store.h"

G_BEGIN_DECLS

typedef struct _JnWriter JnWriter;

/* In the thread. */
typedef void (*JnWriterWork) (JnStore *store, gpointer data);
/* In the main context of who made the writer, when the work is done. */
typedef void (*JnWriterDone) (gpointer data);

/* @store: (transfer full) */
JnWriter *jn_writer_new (JnStore *store);
/* Waits until all that was asked is done. */
void jn_writer_free (JnWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnWriter, jn_writer_free)

/* @done: (nullable) */
void jn_writer_ask (JnWriter *writer, JnWriterWork work, JnWriterDone done, gpointer data);
/* Waits until all that was asked so far is done, without its `done`: for who closes. */
void jn_writer_wait (JnWriter *writer);

G_END_DECLS
