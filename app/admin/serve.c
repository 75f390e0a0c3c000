/* serve.c: janela-admin serve: the steward as a process that runs until it is told to stop. */
#include "app/admin/admin.h"

#include <glib-unix.h>
#include <stdio.h>

#include "app/steward/steward.h"

#define USAGE "janela-admin serve [--zone ZONE]"
#define FIRST_PATIENCE_SECONDS 10 /* the server may still be starting */

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* The first sign-in is tried for some seconds; later losses are the backend's own affair. */
static gboolean
connect_patiently (JnAdmin *admin, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + FIRST_PATIENCE_SECONDS * G_USEC_PER_SEC;

  while (!jn_admin_connect (admin, error))
    {
      if (!g_error_matches (*error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE)
          || g_get_monotonic_time () > deadline)
        return FALSE;
      g_clear_error (error);
      g_usleep (200000);
    }
  return TRUE;
}

static void
work (JnAdmin *admin, GTimeZone *zone)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (JnSteward) steward = jn_steward_new (admin->backend, zone);

  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  jn_steward_start (steward);
  printf ("janela-admin: the steward is at work\n");
  fflush (stdout);
  g_main_loop_run (loop);
}

int
jn_admin_serve (JnAdmin *admin, int argc, char **argv)
{
  g_autofree char *zone_name = g_strdup ("Asia/Macau");
  const GOptionEntry entries[]
      = { { "zone", 0, 0, G_OPTION_ARG_STRING, &zone_name, NULL, NULL }, { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 1)
    return jn_admin_usage (USAGE);
  zone = g_time_zone_new_identifier (zone_name);
  if (zone == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "no time zone '%s'", zone_name);
  if (!connect_patiently (admin, &error))
    return jn_admin_fail (JN_EXIT_FOUND, "cannot sign in: %s", error->message);
  work (admin, zone);
  return JN_EXIT_OK;
}
