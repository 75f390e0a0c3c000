/* relay.c: a line between a client and cupsd that breaks as told. */
#include "tests/printing/relay.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PRINT_JOB 0x0002
#define GET_PRINTER_ATTRIBUTES                                                                     \
  "\x02\x00\x00\x0b"   /* behind IPP's version, with which a request begins */
#define CUT_AFTER 2000 /* bytes of the request: its head and a part of the document */

struct _Relay
{
  char *server;
  char *socket;
  GSocketService *service;
  gint mode; /* RelayMode, atomic */
};

typedef struct
{
  Relay *relay;
  int client;
  int server;
  GByteArray *sent;
  gboolean printing; /* the request is a Print-Job */
} Call;

/* The operation stands in the third and fourth byte behind the head of the HTTP request. */
static gboolean
is_print_job (const GByteArray *sent)
{
  const guint8 *end = memmem (sent->data, sent->len, "\r\n\r\n", 4);

  if (end == NULL || (gsize)(end + 8 - sent->data) > sent->len)
    return FALSE;
  return (end[6] << 8 | end[7]) == PRINT_JOB;
}

static gboolean
pass_up (Call *call)
{
  int mode = g_atomic_int_get (&call->relay->mode);
  guint8 data[1024];
  ssize_t n = read (call->client, data, sizeof data);

  if (n <= 0)
    return FALSE;
  g_byte_array_append (call->sent, data, n);
  call->printing = call->printing || is_print_job (call->sent);
  if (mode == RELAY_CUT_REQUEST && call->printing && call->sent->len > CUT_AFTER)
    return FALSE;
  if (mode == RELAY_CUT_PRINTER && memmem (data, n, GET_PRINTER_ATTRIBUTES, 4) != NULL)
    return FALSE;
  return write (call->server, data, n) == n;
}

static gboolean
pass_down (Call *call)
{
  int mode = g_atomic_int_get (&call->relay->mode);
  guint8 data[4096];
  ssize_t n = read (call->server, data, sizeof data);

  if (n <= 0)
    return FALSE;
  if (call->printing && memmem (data, n, " 100 ", 5) == NULL)
    {
      if (mode == RELAY_CUT_REPLY)
        return FALSE;
      if (mode == RELAY_KEEP_REPLY)
        return TRUE;
    }
  return write (call->client, data, n) == n;
}

static void
carry (Call *call)
{
  struct pollfd fds[] = { { call->client, POLLIN, 0 }, { call->server, POLLIN, 0 } };
  gboolean open = TRUE;

  while (open && poll (fds, 2, 10000) > 0)
    {
      if (fds[0].revents != 0)
        open = pass_up (call);
      if (open && fds[1].revents != 0)
        open = pass_down (call);
    }
}

static void
clear_relay (gpointer data)
{
  Relay *self = data;

  g_free (self->socket);
  g_free (self->server);
}

static gboolean
called_cb (GThreadedSocketService *service,
           GSocketConnection *connection,
           GObject *source,
           gpointer user_data)
{
  Relay *self = g_atomic_rc_box_acquire (user_data); /* a call may last longer than its test */
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (self->server);
  g_autoptr(GSocketConnection) up
             = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  g_autoptr(GByteArray) sent = g_byte_array_new ();
  Call call = { .relay = self, .sent = sent };

  if (up == NULL)
    {
      g_atomic_rc_box_release_full (self, clear_relay);
      return TRUE;
    }
  call.client = g_socket_get_fd (g_socket_connection_get_socket (connection));
  call.server = g_socket_get_fd (g_socket_connection_get_socket (up));
  g_socket_set_blocking (g_socket_connection_get_socket (connection), TRUE);
  g_socket_set_blocking (g_socket_connection_get_socket (up), TRUE);
  carry (&call);
  g_atomic_rc_box_release_full (self, clear_relay);
  return TRUE;
}

Relay *
relay_new (const char *server)
{
  Relay *self = g_atomic_rc_box_new0 (Relay);
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GError) error = NULL;

  self->server = g_strdup (server);
  self->socket = g_strconcat (server, ".relay", NULL);
  self->service = g_threaded_socket_service_new (8);
  address = g_unix_socket_address_new (self->socket);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "run", G_CALLBACK (called_cb), self);
  return self;
}

void
relay_free (Relay *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  g_unlink (self->socket);
  g_atomic_rc_box_release_full (self, clear_relay);
}

const char *
relay_get_socket (Relay *self)
{
  return self->socket;
}

void
relay_set_mode (Relay *self, RelayMode mode)
{
  g_atomic_int_set (&self->mode, mode);
}
