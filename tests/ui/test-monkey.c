/* test-monkey.c: the window under somebody who presses, types and changes at random, on a real server whose line breaks.
 *
 * After each deed: no warning of GLib (which ends the program), the keyboard is at something that is seen,
 * each control has a name, the page shows what its answers hold, and nothing blocked the main loop; now
 * and then also: the server's drafts are those answers, and its tickets are as their events say.
 *
 * By hand, longer: JANELA_MONKEY=FIRST_SEED:SEEDS:STEPS, as in
 *   JANELA_MONKEY=100:20:1500 TEST_SECONDS=7200 make test ONLY=test-monkey
 * What was done stands in build/<mode>/logs/tests/ui/test-monkey.log.tap, the last deed at the end. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/application-private.h"
#include "forms/characters.h"
#include "tests/app/fake-backend.h"
#include "tests/ui/checks.h"
#include "tests/ui/monkey.h"
#include "tests/ui/screen.h"
#include "ui/field-entry.h"
#include "ui/field-text.h"

#define SEEDS 3
#define STEPS 70
#define RECORD_EVERY 35 /* deeds between two looks at the server */
#ifdef __SANITIZE_ADDRESS__
#define MOST_CPU 15 /* seconds of work for one deed, where each access is looked at */
#else
#define MOST_CPU 3
#endif
#define MOST_WAIT 10 /* seconds until it is over, where others keep the machine busy */

static const struct
{
  const char *login;
  const char *password;
  int counter;
} people[] = {
  { "kaian", "lotus-seven", 7 },
  { "waiman", "lotus-super", 9 },
  { "reception", "lotus-front", 0 },
};

/* -- the keyboard -- */

static void
find_stop_cb (GtkWidget *widget, gpointer data)
{
  if (gtk_widget_get_can_focus (widget) && gtk_widget_is_sensitive (widget)
      && (GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget)))
    *(GtkWidget **)data = widget;
}

static GtkWidget *
get_grab (JnWindow *window)
{
  return gtk_window_group_get_current_grab (gtk_window_get_group (GTK_WINDOW (window)));
}

/* Where the page, or what popped up before it, has nothing to press or to fill in, it is nowhere. */
static gboolean
may_be_nowhere (JnWindow *window)
{
  GtkWidget *grab = get_grab (window);
  GtkWidget *stop = NULL;

  if (grab == NULL)
    grab = GTK_WIDGET (jn_window_get_page (window, jn_window_get_place (window)));
  screen_walk (grab, find_stop_cb, &stop);
  return stop == NULL;
}

/* What popped up before the page has the keys: it is nowhere else then. */
static gboolean
is_well (JnWindow *window, GtkWidget *focus)
{
  GtkWidget *grab = get_grab (window);

  if (focus == NULL)
    return may_be_nowhere (window);
  return gtk_widget_get_mapped (focus) && gtk_widget_is_sensitive (focus)
         && gtk_widget_get_toplevel (focus) == GTK_WIDGET (window)
         && (!GTK_IS_POPOVER (grab) || gtk_widget_is_ancestor (focus, grab));
}

static void
check_focus (JnWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  /* it may be on its way with the next frame, and with that frame an answer may come that sends it on */
  for (guint i = 0; i < 2 && !is_well (window, focus); i++)
    {
      screen_frame (window);
      focus = gtk_window_get_focus (GTK_WINDOW (window));
    }
  if (is_well (window, focus))
    return;
  g_test_message ("the keyboard is at %s, %s",
                  focus != NULL ? atk_object_get_name (gtk_widget_get_accessible (focus))
                                : "nothing",
                  focus == NULL                      ? ""
                  : !gtk_widget_get_mapped (focus)   ? "hidden"
                  : !gtk_widget_is_sensitive (focus) ? "insensitive"
                                                     : "behind what popped up");
  g_test_fail ();
}

/* -- what is typed -- */

static gboolean
holds (const JnControl *controls, const JnControl *wanted)
{
  for (; controls != NULL; controls = jn_control_get_next (controls))
    if (controls == wanted || holds (jn_control_get_first_child (controls), wanted))
      return TRUE;
  return FALSE;
}

/* (nullable): whose form asks it */
static JnFilling *
filling_of (JnVisit *visit, JnField *field)
{
  GListModel *model = jn_visit_get_applications (visit);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (model, i);

      if (holds (
              jn_control_get_first_child (jn_form_get_body (jn_application_get_form (application))),
              jn_field_get_control (field)))
        return jn_application_get_filling (application);
    }
  return NULL;
}

static void
find_text_cb (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget))
    *(GtkWidget **)data = widget;
}

/* What an answer can hold of it. */
static char *
text_of (GtkWidget *widget)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  char *clean;

  if (GTK_IS_ENTRY (widget))
    text = g_strdup (gtk_entry_get_text (GTK_ENTRY (widget)));
  else
    {
      gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), &start, &end);
      text = gtk_text_iter_get_text (&start, &end);
    }
  clean = jn_characters_clean (text);
  return clean != NULL ? clean : g_steal_pointer (&text);
}

static void
check_field_cb (GtkWidget *widget, gpointer data)
{
  GtkWidget *entry = NULL;
  g_autofree char *text = NULL;
  JnFilling *filling;
  JnNodeState state;

  if ((!JN_IS_FIELD_ENTRY (widget) && !JN_IS_FIELD_TEXT (widget))
      || jn_field_has_appearance (JN_FIELD (widget), "jn-money"))
    return;
  filling = filling_of (data, JN_FIELD (widget));
  screen_walk (widget, find_text_cb, &entry);
  if (filling == NULL || entry == NULL
      || !jn_filling_get (filling, jn_field_get_ref (JN_FIELD (widget)), &state))
    return;
  text = text_of (entry);
  if (strcmp (text, state.typed != NULL ? state.typed : state.value) == 0)
    return;
  g_test_message ("%s shows “%.60s”, its answer is “%.60s”", jn_field_get_ref (JN_FIELD (widget)),
                  text, state.typed != NULL ? state.typed : state.value);
  g_test_fail ();
}

/* -- the record -- */

static gboolean
is_quiet (gpointer data)
{
  LinePlace *place = data;

  return !line_place_is_down (place) && line_place_is_all_sent (place);
}

static void
check_draft (LinePlace *place, JnApplication *application)
{
  g_autoptr (GBytes) held = jn_filling_save (jn_application_get_filling (application));
  g_autofree char *text = g_strndup (g_bytes_get_data (held, NULL), g_bytes_get_size (held));
  g_autofree char *kept
      = sql_value (place->owner, "select xml from desk.draft where application = '%s'",
                   jn_application_get_id (application));

  if (jn_application_is_unsaved (application)
      || (kept == NULL && jn_application_get_saved_at (application) == 0)
      || g_strcmp0 (kept, text) == 0)
    return;
  g_test_message ("the draft of %s is not what the page holds: %s",
                  jn_service_entry_get_code (jn_application_get_entry (application)),
                  kept == NULL ? "none" : kept);
  g_test_message ("… which is: %s", text);
  g_test_fail ();
}

/* (transfer full) (nullable): why the drafts are not kept */
static GError *
save (JnVisit *visit)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  jn_visit_save_async (visit, NULL, jn_awaited_cb, &result);
  jn_visit_save_finish (visit, jn_await (&result), &error);
  return error;
}

static void
check_drafts (Monkey *monkey)
{
  JnVisit *visit = jn_window_get_visit (monkey->window);
  g_autoptr (GError) error = NULL;
  GListModel *model;

  if (visit == NULL || !jn_visit_can_go (visit, JN_STAGE_FORMS))
    return; /* none yet, or the submission is on its way, with which they go */
  error = save (visit);
  if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_UNKNOWN))
    {
      g_clear_error (
          &error); /* the answer was on a line that broke: again, as with the next change */
      error = save (visit);
    }
  if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_CONFLICT)
      && g_str_equal (jn_backend_error_get_code (error), "visit-submitted"))
    return; /* its answer was on a line that broke: the drafts are with it */
  if (error != NULL)
    {
      g_test_message ("a draft could not be kept: %s", error->message);
      g_test_fail ();
      return;
    }
  jn_await_until (is_quiet, monkey->place);
  if (!jn_visit_can_go (visit, JN_STAGE_FORMS))
    return;
  model = jn_visit_get_applications (visit);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (model, i);

      check_draft (monkey->place, application);
    }
}

static void
check_sql (LinePlace *place, const char *what, const char *sql)
{
  g_autofree char *found = sql_value (place->owner, "%s", sql);

  if (found == NULL || *found == '\0')
    return;
  g_test_message ("%s: %s", what, found);
  g_test_fail ();
}

static void
check_record (Monkey *monkey)
{
  LinePlace *place = monkey->place;

  if (line_place_is_cut (place))
    line_place_mend (place);
  if (jn_session_get_state (place->session) != JN_SESSION_CLOSED)
    jn_await_until (is_quiet, place);
  if (jn_session_get_state (place->session) == JN_SESSION_OPEN)
    check_drafts (monkey);
  check_sql (place, "two visitors at one counter",
             "select string_agg (counter::text, ' ') from (select counter from desk.ticket"
             " where state in ('called', 'serving') and counter is not null"
             " group by branch, counter having count (*) > 1) d");
  check_sql (place, "a number that is at two places",
             "select string_agg (number, ' ') from (select number from desk.ticket"
             " where state <> 'done' group by branch, day, number having count (*) > 1) d");
  check_sql (place, "a ticket that is not what its events say",
             "select string_agg (d::text, ' ') from desk.ticket_differences"
             " ('07', '00000000-0000-0000-0000-000000000000', 100000) d");
  check_sql (place, "what the server did not take",
             "select string_agg (code || ' ' || details::text, ' ') from desk.tray"
             " where kind = 'replay'");
}

/* -- the walk -- */

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
check_time (double cpu, gint64 began)
{
  double worked = cpu_seconds () - cpu;
  double waited = (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC;

  if (worked <= MOST_CPU && waited <= MOST_WAIT)
    return;
  g_test_message ("the window stood still: %.1f s of work in %.1f s", worked, waited);
  g_test_fail ();
}

static void
walk (Monkey *monkey, guint steps)
{
  for (guint i = 1; i <= steps; i++)
    {
      double cpu = cpu_seconds ();
      gint64 began = g_get_monotonic_time ();

      monkey_step (monkey);
      g_test_message ("%u (%d): %s", i, jn_window_get_place (monkey->window), monkey->deed->str);
      check_time (cpu, began);
      check_focus (monkey->window);
      check_names (monkey->window);
      if (jn_window_get_visit (monkey->window) != NULL)
        screen_walk (monkey->window, check_field_cb, jn_window_get_visit (monkey->window));
      if (i % RECORD_EVERY == 0 || i == steps)
        check_record (monkey);
    }
}

/* A file is asked for in a window of its own, which only a hand can answer. */
static gboolean
refuse_dialogs_cb (gpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *w = windows; w != NULL; w = w->next)
    if (GTK_IS_DIALOG (w->data) && gtk_widget_get_visible (w->data))
      gtk_dialog_response (w->data, GTK_RESPONSE_CANCEL);
  return G_SOURCE_CONTINUE;
}

static void
sign_out (JnSession *session)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_session_sign_out_async (session, NULL, jn_awaited_cb, &result);
  jn_session_sign_out_finish (session, jn_await (&result), NULL);
}

static void
test_walk (gconstpointer data)
{
  guint seed = GPOINTER_TO_UINT (data);
  guint who = seed % G_N_ELEMENTS (people);
  LinePlace place = { 0 };
  Monkey monkey = { &place, .login = people[who].login, .password = people[who].password };
  guint seeds, steps = STEPS;
  guint dialogs = g_timeout_add (100, refuse_dialogs_cb, NULL);

  if (g_getenv ("JANELA_MONKEY") != NULL)
    sscanf (g_getenv ("JANELA_MONKEY"), "%*u:%u:%u", &seeds, &steps);
  line_place_open (&place, people[who].counter);
  monkey.rand = g_rand_new_with_seed (seed);
  monkey.deed = g_string_new (NULL);
  screen_let_fade (seed % 2 == 1);
  monkey.window = screen_open (place.session, "en", 1366, 768);
  monkey_enter (&monkey);
  walk (&monkey, steps);
  g_source_remove (dialogs);
  screen_set_text_size (monkey.window, "100");
  screen_close (monkey.window);
  sign_out (place.session);
  g_rand_free (monkey.rand);
  g_string_free (monkey.deed, TRUE);
  line_place_close (&place);
}

int
main (int argc, char **argv)
{
  guint first = 0, seeds = SEEDS;

  screen_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  if (g_getenv ("JANELA_MONKEY") != NULL)
    g_assert_cmpint (sscanf (g_getenv ("JANELA_MONKEY"), "%u:%u", &first, &seeds), ==, 2);
  for (guint seed = first; seed < first + seeds; seed++)
    {
      g_autofree char *name = g_strdup_printf ("/ui/monkey/%u", seed);

      g_test_add_data_func (name, GUINT_TO_POINTER (seed), test_walk);
    }
  return g_test_run ();
}
