/* ipp-printer.c: ippeveprinter on a port of its own, which errs as told. */
#include "tests/printing/ipp-printer.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "tests/printing/cups-server.h"

struct _IppPrinter
{
  char *folder;
  char *uri;
  guint16 port;
  GSubprocess *bus;
  GSubprocess *process;
  GStrv command;
  char *bus_address;
};

guint16
ipp_printer_find_port (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return port;
}

static gboolean
listens (gpointer data)
{
  IppPrinter *self = data;
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection
             = g_socket_client_connect_to_host (client, "localhost", self->port, NULL, NULL);

  return connection != NULL;
}

static gboolean
bus_is_there (gpointer data)
{
  g_autofree char *path = g_build_filename (((IppPrinter *)data)->folder, "bus", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* libavahi, which ippeveprinter starts even where it announces nothing, wants some bus to talk to. */
static char *
start_bus (IppPrinter *self)
{
  char *address = g_strdup_printf ("unix:path=%s/bus", self->folder);
  g_autofree char *option = g_strconcat ("--address=", address, NULL);
  const char *const command[]
      = { "dbus-daemon", "--session", "--nofork", "--nopidfile", option, NULL };

  self->bus = spawn_unprivileged (command, NULL, "/dev/null");
  wait_until (bus_is_there, self);
  return address;
}

static void
copy_file (IppPrinter *self, const char *name, int mode)
{
  g_autofree char *from = g_build_filename (g_getenv ("JANELA_TOP"), "tests/printing", name, NULL);
  g_autofree char *to = g_build_filename (self->folder, name, NULL);
  g_autofree char *text = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &text, &size, NULL));
  g_assert_true (g_file_set_contents_full (to, text, size, 0, mode, NULL));
  g_chmod (to, mode);
  give_away (to);
}

void
ipp_printer_start (IppPrinter *self)
{
  g_autofree char *log = g_build_filename (self->folder, "log", NULL);

  self->process = spawn_unprivileged (
      (const char *const *)self->command,
      (const char *const[]){ "DBUS_SYSTEM_BUS_ADDRESS", self->bus_address, "JANELA_TEST_OUT",
                             self->folder, "HOME", self->folder, "TMPDIR", "/tmp", NULL },
      log);
  wait_until (listens, self);
}

IppPrinter *
ipp_printer_new (const char *const *options)
{
  IppPrinter *self = g_new0 (IppPrinter, 1);
  g_autoptr(GStrvBuilder) command = g_strv_builder_new ();
  g_autofree char *port = NULL, *program = NULL, *conf = NULL;

  self->folder = g_strdup ("/tmp/janela-ipp-XXXXXX");
  g_assert_nonnull (g_mkdtemp_full (self->folder, 0755));
  give_away (self->folder);
  self->port = ipp_printer_find_port ();
  self->uri = g_strdup_printf ("ipp://localhost:%u/ipp/print", self->port);
  copy_file (self, "print-command", 0755);
  copy_file (self, "thermal.conf", 0644);
  self->bus_address = start_bus (self);
  port = g_strdup_printf ("%u", self->port);
  program = g_build_filename (self->folder, "print-command", NULL);
  conf = g_build_filename (self->folder, "thermal.conf", NULL);
  g_strv_builder_add_many (command, "ippeveprinter", "-r", "off", "-n", "localhost", "-p", port,
                           "-d", self->folder, "-c", program, NULL);
  if (options == NULL)
    g_strv_builder_add_many (command, "-a", conf, NULL);
  else
    g_strv_builder_addv (command, (const char **)options);
  g_strv_builder_add (command, "janela-test");
  self->command = g_strv_builder_end (command);
  ipp_printer_start (self);
  return self;
}

static void
kill_process (GSubprocess **process)
{
  g_subprocess_force_exit (*process);
  g_subprocess_wait (*process, NULL, NULL);
  g_clear_object (process);
}

void
ipp_printer_stop (IppPrinter *self)
{
  if (self->process != NULL)
    kill_process (&self->process);
}

void
ipp_printer_free (IppPrinter *self)
{
  const char *const command[] = { "rm", "-rf", self->folder, NULL };
  g_autoptr(GSubprocess) remover = NULL;

  ipp_printer_stop (self);
  kill_process (&self->bus);
  remover = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_NONE, NULL);
  g_subprocess_wait (remover, NULL, NULL);
  g_strfreev (self->command);
  g_free (self->bus_address);
  g_free (self->uri);
  g_free (self->folder);
  g_free (self);
}

void
ipp_printer_set_fault (IppPrinter *self, const char *keyword)
{
  g_autofree char *path = g_build_filename (self->folder, "fault", NULL);

  if (keyword == NULL)
    g_assert_cmpint (g_unlink (path), ==, 0);
  else
    {
      g_assert_true (g_file_set_contents (path, keyword, -1, NULL));
      give_away (path);
    }
}

/* The one document that came out; %NULL when none did. */
char *
ipp_printer_find_printed (IppPrinter *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".printed"))
      return g_build_filename (self->folder, name, NULL);
  return NULL;
}

const char *
ipp_printer_get_uri (IppPrinter *self)
{
  return self->uri;
}
