/* print-place.c: a counter on a real backend with a real print server, whose printer errs as told. */
#include "tests/ui/print-place.h"

#include <string.h>

#include "app/dict.h"
#include "app/receipt-private.h"
#include "app/uuid.h"

#define RECORD_SECONDS 3

JnReceipt *
print_place_commit_receipt (PrintPlace *place)
{
  static guint n;
  g_autofree char *id = jn_uuid_new ();
  g_autofree char *number = g_strdup_printf ("07-2026-09%05u", ++n);
  g_autofree char *done = sql_value (
      place->owner,
      "insert into desk.receipt (id, branch, no, visit, day, at, counter, fee, json) values "
      "('%s', '07', '%s', gen_random_uuid (), (now () at time zone 'Asia/Macau')::date, "
      "now () - interval '5 minutes', 7, 0, '{}')",
      id, number);

  return jn_receipt_new (
      place->session,
      jn_dict_new ("id", "s", id, "no", "s", number, "branch", "s", "07", "counter", "i", 7, NULL),
      NULL, "pt");
}

/* -- opening and closing -- */

void
print_place_sign_in (PrintPlace *place, const char *login, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_session_sign_in_async (place->session, login, password, NULL, 0, NULL, jn_awaited_cb, &result);
  jn_session_sign_in_finish (place->session, jn_await (&result), &error);
  g_assert_no_error (error);
}

void
print_place_hurry (JnPrintService *service)
{
  jn_print_service_set_timing (service, 1000, 500, 20);
}

void
print_place_open_window (PrintPlace *place)
{
  place->window = screen_open (place->session, "en", 1366, 768);
  print_place_hurry (jn_prints_get_service (jn_window_get_prints (place->window)));
  screen_settle ();
}

void
print_place_prepare (PrintPlace *place, int counter, const char *printers)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  if (place->cups == NULL)
    place->cups = cups_server_new ("abort-job");
  place->owner = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));
  g_assert_cmpint (PQstatus (place->owner), ==, CONNECTION_OK);
  text = g_strdup_printf (
      "[janela]\nlanguage=en\nprint-server=%s\n%s",
      place->socket != NULL ? place->socket : cups_server_get_socket (place->cups), printers);
  place->settings = jn_settings_new_from_data (text, counter, &error);
  g_assert_no_error (error);
  place->server = jn_postgres_new (g_getenv ("JANELA_TEST_DSN"));
  place->session = jn_session_new (JN_BACKEND (place->server), place->settings);
}

void
print_place_open (PrintPlace *place, const char *login, const char *password, const char *printers)
{
  print_place_prepare (place, 7, printers);
  print_place_sign_in (place, login, password);
  print_place_open_window (place);
}

void
print_place_close (PrintPlace *place)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (place->window != NULL)
    screen_close (place->window);
  jn_session_sign_out_async (place->session, NULL, jn_awaited_cb, &result);
  jn_session_sign_out_finish (place->session, jn_await (&result), NULL);
  g_object_unref (place->session);
  g_object_unref (place->server);
  g_object_unref (place->settings);
  PQfinish (place->owner);
  cups_server_free (place->cups);
}

/* -- the record -- */

char *
print_place_read_record (PrintPlace *place, const char *attempt)
{
  return sql_value (
      place->owner,
      "select coalesce (outcome, 'under-way') || ' ' || coalesce (reason, '-') || ' ' "
      "|| case when confirmed_by is null then 'machine' else 'clerk' end "
      "from desk.print where attempt = '%s'",
      attempt);
}

typedef struct
{
  PrintPlace *place;
  const char *attempt;
  const char *record;
  gint64 until;
} Record;

static gboolean
says_or_late (gpointer data)
{
  Record *record = data;
  g_autofree char *now = print_place_read_record (record->place, record->attempt);

  return g_strcmp0 (now, record->record) == 0 || g_get_monotonic_time () > record->until;
}

void
print_place_assert_record (PrintPlace *place,
                           const char *attempt,
                           const char *record,
                           const char *events)
{
  Record wanted
      = { place, attempt, record, g_get_monotonic_time () + RECORD_SECONDS * G_USEC_PER_SEC };
  g_autofree char *now = NULL;
  g_autofree char *happened = NULL;

  screen_wait (says_or_late, &wanted, record);
  now = print_place_read_record (place, attempt);
  g_assert_cmpstr (now, ==, record);
  happened
      = sql_value (place->owner,
                   "select string_agg (what, ' ' order by id) from desk.event where kind = 'print' "
                   "and subject = '%s'",
                   attempt);
  g_assert_cmpstr (happened, ==, events);
}

/* -- the window -- */

static gboolean
hides (gpointer data)
{
  gpointer *wanted = data;

  return !screen_shows (wanted[0], wanted[1]);
}

void
print_place_wait_no_text (gpointer window, const char *text)
{
  gpointer unwanted[] = { window, (gpointer)text };

  screen_wait (hides, unwanted, text);
}

void
print_place_open_list (PrintPlace *place)
{
  screen_press (place->window, GDK_KEY_F9, GDK_SHIFT_MASK);
  screen_frame (place->window);
}

static void
find_picture_cb (GtkWidget *widget, gpointer data)
{
  gpointer *search = data;
  const char *name = NULL;
  int size = 0;

  if (!GTK_IS_IMAGE (widget)
      || gtk_image_get_storage_type (GTK_IMAGE (widget)) != GTK_IMAGE_ICON_NAME)
    return;
  gtk_image_get_icon_name (GTK_IMAGE (widget), &name, NULL);
  g_object_get (widget, "pixel-size", &size, NULL);
  if (size >= 40 && g_strcmp0 (name, search[0]) == 0)
    search[1] = widget;
}

void
print_place_assert_picture (gpointer window, const char *picture)
{
  g_autofree char *name = g_strdup_printf ("jn-print-%s-symbolic", picture);
  gpointer search[] = { name, NULL };

  screen_walk (window, find_picture_cb, search);
  if (search[1] == NULL)
    g_error ("the picture %s is not on the screen", name);
}

gboolean
print_place_is_over (gpointer print)
{
  return !jn_print_is_busy (print);
}

gboolean
print_place_needs_clerk (gpointer print)
{
  return jn_print_needs_clerk (print);
}

gboolean
print_place_is_asked (gpointer print)
{
  return jn_print_get_step (print) == JN_PRINT_STEP_UNCONFIRMED;
}
