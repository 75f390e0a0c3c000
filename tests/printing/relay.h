/* relay.h: a line between a client and cupsd that breaks as told. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RELAY_PASS,
  RELAY_CUT_REQUEST, /* a Print-Job is cut before its document is complete */
  RELAY_CUT_REPLY,   /* a Print-Job arrives, its answer does not: the line is closed */
  RELAY_KEEP_REPLY,  /* … and the line stays open, silent */
  RELAY_CUT_PRINTER, /* a Get-Printer-Attributes does not arrive: the line is closed */
} RelayMode;

typedef struct _Relay Relay;

/**
 * relay_new: listens on a socket beside @server and passes on to it
 */
Relay *relay_new (const char *server);
void relay_free (Relay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Relay, relay_free)

const char *relay_get_socket (Relay *self);
void relay_set_mode (Relay *self, RelayMode mode);

G_END_DECLS
