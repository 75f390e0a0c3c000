/* cups-server.c: a private cupsd on a socket of its own, as an unprivileged user, for one test. */
#include "tests/printing/cups-server.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#define UNPRIVILEGED "nobody"
#define BACKEND "tests/printing/fault-backend"

struct _CupsServer
{
  char *folder;
  char *socket;
  GSubprocess *process;
};

/* -- what needs no privilege gets none -------------------------------------------------------------------- */

static const struct passwd *
unprivileged (void)
{
  return getuid () == 0 ? getpwnam (UNPRIVILEGED) : NULL;
}

void
give_away (const char *path)
{
  const struct passwd *user = unprivileged ();

  if (user != NULL)
    g_assert_cmpint (chown (path, user->pw_uid, user->pw_gid), ==, 0);
}

GSubprocess *
spawn_unprivileged (const char *const *command, const char *const *environment, const char *log)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr(GStrvBuilder) argv = g_strv_builder_new ();
  g_auto (GStrv) line = NULL;
  g_autoptr(GError) error = NULL;
  GSubprocess *process;

  g_strv_builder_add_many (argv, "setpriv", "--pdeathsig", "KILL", NULL);
  if (unprivileged () != NULL)
    g_strv_builder_add_many (argv, "--reuid=" UNPRIVILEGED, "--regid=nogroup", "--clear-groups",
                             NULL);
  g_strv_builder_addv (argv, (const char **)command);
  line = g_strv_builder_end (argv);
  for (guint i = 0; environment != NULL && environment[i] != NULL; i += 2)
    g_subprocess_launcher_setenv (launcher, environment[i], environment[i + 1], TRUE);
  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)line, &error);
  g_assert_no_error (error);
  return process;
}

void
wait_until (gboolean (*condition) (gpointer data), gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
    }
}

/* -- the server ------------------------------------------------------------------------------------------- */

static void
make_folder (CupsServer *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  give_away (path);
}

static void
write_file (CupsServer *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
  give_away (path);
}

/* Everything of CUPS but its backends, and ours beside the two that talk to simulators. */
static void
link_programs (CupsServer *self)
{
  static const char *const links[] = { "filter", "daemon", "backend/ipp", "backend/socket" };
  g_autofree char *backend = g_build_filename (self->folder, "bin/backend/sim", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *from = g_build_filename ("/usr/lib/cups", links[i], NULL);
      g_autofree char *to = g_build_filename (self->folder, "bin", links[i], NULL);

      g_assert_cmpint (symlink (from, to), ==, 0);
    }
  g_file_get_contents (BACKEND, &text, NULL, &error);
  g_assert_no_error (error);
  write_file (self, "bin/backend/sim", text);
  g_assert_cmpint (g_chmod (backend, 0755), ==, 0);
}

static void
write_settings (CupsServer *self, const char *error_policy)
{
  const struct passwd *other = unprivileged ();
  const char *user = other != NULL ? UNPRIVILEGED : g_get_user_name ();
  g_autofree char *group = other != NULL ? g_strdup ("nogroup") : NULL;
  g_autofree char *files = NULL;
  g_autofree char *server = NULL;
  const char *d = self->folder;

  if (group == NULL) /* cupsd takes no number for SystemGroup */
    group = g_strdup (getgrgid (getgid ())->gr_name);
  files = g_strdup_printf (
      "User %s\nGroup %s\nSystemGroup %s\nFileDevice Yes\nServerRoot %s/etc\nServerBin %s/bin\n"
      "DataDir /usr/share/cups\nDocumentRoot /usr/share/cups/doc-root\nCacheDir %s/cache\n"
      "StateDir %s/state\nRequestRoot %s/spool\nTempDir %s/spool/tmp\nServerKeychain %s/etc/ssl\n"
      "AccessLog %s/log/access\nErrorLog %s/log/error\nPageLog %s/log/page\nPrintcap\n"
      "ConfigFilePerm 0640\n",
      user, group, group, d, d, d, d, d, d, d, d, d, d);
  server = g_strdup_printf (
      "LogLevel debug\nMaxLogSize 0\nListen %s\nBrowsing No\nDefaultAuthType None\n"
      "DefaultEncryption Never\nWebInterface No\nErrorPolicy %s\nMaxJobTime 0\n"
      "PreserveJobHistory Yes\nPreserveJobFiles 3600\nMaxJobs 0\nMaxHoldTime 0\n"
      "DirtyCleanInterval 0\nFilterLimit 0\nServerAlias *\n"
      "<Location />\n  Order allow,deny\n  Allow all\n</Location>\n"
      "<Location /admin>\n  Order allow,deny\n  Allow all\n</Location>\n"
      "<Policy default>\n  JobPrivateAccess all\n  JobPrivateValues none\n"
      "  SubscriptionPrivateAccess all\n  SubscriptionPrivateValues none\n"
      "  <Limit All>\n    Order deny,allow\n  </Limit>\n</Policy>\n",
      self->socket, error_policy);
  write_file (self, "cups-files.conf", files);
  write_file (self, "cupsd.conf", server);
}

static gboolean
answers (gpointer data)
{
  CupsServer *self = data;
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (self->socket);
  g_autoptr(GSocketConnection) connection
             = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);

  return connection != NULL;
}

void
cups_server_start (CupsServer *self)
{
  g_autofree char *main_file = g_build_filename (self->folder, "cupsd.conf", NULL);
  g_autofree char *files = g_build_filename (self->folder, "cups-files.conf", NULL);
  g_autofree char *log = g_build_filename (self->folder, "log/out", NULL);
  const char *const command[] = { "/usr/sbin/cupsd", "-f", "-c", main_file, "-s", files, NULL };
  const char *const environment[] = { "HOME", self->folder, "TMPDIR", "/tmp", NULL };

  self->process = spawn_unprivileged (command, environment, log);
  wait_until (answers, self);
}

void
cups_server_run (CupsServer *self, const char *const *command)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "CUPS_SERVER", self->socket, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, command, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
add_queue (CupsServer *self)
{
  g_autofree char *address = g_strdup_printf ("sim:%s/out", self->folder);
  const char *const command[]
      = { "/usr/sbin/lpadmin", "-p", "pos", "-E", "-v", address, "-m", "raw", NULL };

  cups_server_run (self, command);
}

CupsServer *
cups_server_new (const char *error_policy)
{
  static const char *const folders[]
      = { "etc",   "etc/ppd",   "etc/ssl", "log", "cache",       "state",  "state/certs",
          "spool", "spool/tmp", "out",     "bin", "bin/backend", "printer" };
  CupsServer *self = g_new0 (CupsServer, 1);

  self->folder = g_strdup ("/tmp/janela-cups-XXXXXX"); /* a socket's path is short */
  g_assert_nonnull (g_mkdtemp_full (self->folder, 0755));
  give_away (self->folder);
  self->socket = g_build_filename (self->folder, "sock", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    make_folder (self, folders[i]);
  link_programs (self);
  write_settings (self, error_policy);
  cups_server_start (self);
  add_queue (self);
  return self;
}

void
cups_server_signal (CupsServer *self, int signal)
{
  g_subprocess_send_signal (self->process, signal);
  if (signal != SIGKILL)
    return;
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  g_unlink (self->socket);
}

/* Before the socket's line: where the socket answers, the port does. */
void
cups_server_set_port (CupsServer *self, guint16 port)
{
  g_autofree char *path = g_build_filename (self->folder, "cupsd.conf", NULL);
  g_autofree char *settings = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &settings, NULL, NULL));
  text = g_strdup_printf ("Listen localhost:%u\n%s", port, settings);
  write_file (self, "cupsd.conf", text);
  cups_server_signal (self, SIGKILL);
  cups_server_start (self);
}

static void
remove_tree (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

void
cups_server_free (CupsServer *self)
{
  cups_server_set_fault (self, NULL); /* a backend that waits goes home */
  if (self->process != NULL)
    cups_server_signal (self, SIGKILL);
  remove_tree (self->folder);
  g_free (self->socket);
  g_free (self->folder);
  g_free (self);
}

void
cups_server_forget_jobs (CupsServer *self)
{
  g_autofree char *spool = g_build_filename (self->folder, "spool", NULL);
  g_autofree char *cache = g_build_filename (self->folder, "cache", NULL);

  remove_tree (spool);
  remove_tree (cache);
  make_folder (self, "spool");
  make_folder (self, "spool/tmp");
  make_folder (self, "cache");
}

const char *
cups_server_get_socket (CupsServer *self)
{
  return self->socket;
}

const char *
cups_server_get_folder (CupsServer *self)
{
  return self->folder;
}

void
cups_server_set_fault (CupsServer *self, const char *fault)
{
  g_autofree char *path = g_build_filename (self->folder, "out/fault", NULL);

  if (fault != NULL)
    write_file (self, "out/fault", fault);
  else
    g_unlink (path);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *)a, *(char *const *)b);
}

GPtrArray *
cups_server_get_printed (CupsServer *self)
{
  g_autofree char *out = g_build_filename (self->folder, "out", NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *printed = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr(GDir) dir = g_dir_open (out, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".printed"))
      g_ptr_array_add (names, g_build_filename (out, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      char *data;
      gsize size;

      g_assert_true (g_file_get_contents (names->pdata[i], &data, &size, NULL));
      g_ptr_array_add (printed, g_bytes_new_take (data, size));
    }
  return printed;
}
