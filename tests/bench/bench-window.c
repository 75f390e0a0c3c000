/* bench-window.c: how long a clerk waits for the window: first frame, desk, a key; JSON Lines.
 * Wants a display (JANELA_BENCH_DISPLAY). */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/dict.h"
#include "app/papers/test-document.h"
#include "tests/app/birth.h"
#include "tests/printing/cups-server.h"
#include "tests/ui/counter.h"
#include "tests/ui/screen.h"
#include "tests/ui/typist.h"
#include "ui/program.h"

#define STARTS 11
#define DESKS 7
#define KEYS 60
#define RECEIPTS 20

static const char *prefix = "";

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static double
percentile (double *values, guint n, double share)
{
  qsort (values, n, sizeof *values, compare);
  return values[MIN (n - 1, (guint)(share * n))];
}

static void
print_row (const char *name,
           double value,
           const char *against,
           double ratio,
           const char *target,
           gboolean meets)
{
  g_autofree char *other
      = against != NULL ? g_strdup_printf ("\"%s\"", against) : g_strdup ("null");
  g_autofree char *factor = against != NULL ? g_strdup_printf ("%.3f", ratio) : g_strdup ("null");

  g_print ("{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"ms\",\"against\":%s,\"ratio\":%s,"
           "\"target\":\"%s\",\"meets\":%s}\n",
           name, value, other, factor, target, meets ? "true" : "false");
}

/* -- the first frame: a process of its own, from its start to the first painted frame -- */

static void
first_painted_cb (GdkFrameClock *clock, gpointer data)
{
  printf ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  fflush (stdout);
  _exit (0);
}

static void
mapped_cb (GtkWidget *window, gpointer data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                    G_CALLBACK (first_painted_cb), NULL);
}

static void
window_added_cb (GtkApplication *program, GtkWindow *window, gpointer data)
{
  g_signal_connect (window, "map", G_CALLBACK (mapped_cb), NULL);
}

static int
show_program (void)
{
  g_autoptr (JnProgram) program = jn_program_new ();
  char *arguments[] = { "janela", "--counter", "7", "--language", "zh_HK", NULL };

  g_signal_connect (program, "window-added", G_CALLBACK (window_added_cb), NULL);
  return g_application_run (G_APPLICATION (program), 5, arguments);
}

static int
show_bare (void)
{
  GtkWidget *window;

  gtk_init (NULL, NULL);
  window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_container_add (GTK_CONTAINER (window), gtk_label_new ("名稱或密碼"));
  g_signal_connect (window, "map", G_CALLBACK (mapped_cb), NULL);
  gtk_widget_show_all (window);
  gtk_main ();
  return 1;
}

static double
time_start (const char *program, const char *mode)
{
  const char *const arguments[] = { program, mode, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  if (!g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL,
                     NULL, &error))
    g_error ("%s: %s", program, error->message);
  return (g_ascii_strtoll (output, NULL, 10) - began) / 1000.0;
}

static void
bench_first_frame (const char *program)
{
  double ours[STARTS], bare[STARTS];
  double value, floor;

  time_start (program, "--show-program"); /* what the disk has to read, is read */
  time_start (program, "--show-bare");
  for (guint i = 0; i < STARTS; i++)
    {
      ours[i] = time_start (program, "--show-program");
      bare[i] = time_start (program, "--show-bare");
    }
  value = percentile (ours, STARTS, 0.5);
  floor = percentile (bare, STARTS, 0.5);
  print_row ("window/first-frame", value, "a bare GTK 3 window with one Chinese label",
             value / floor, "≤ 1.6 ×", value / floor <= 1.6);
}

/* -- the desk: from the accepted sign-in to its painted page -- */

static void
painted_cb (GdkFrameClock *clock, gpointer data)
{
  *(gint64 *)data = g_get_monotonic_time ();
}

static gboolean
is_set (gpointer data)
{
  return *(gint64 *)data != 0;
}

static void
accepted_cb (JnSession *session, GParamSpec *pspec, gpointer data)
{
  gint64 *accepted = data;

  if (*accepted == 0 && jn_session_get_state (session) == JN_SESSION_OPEN)
    *accepted = g_get_monotonic_time ();
}

static double
time_desk (Counter *counter)
{
  g_autoptr (JnSession) session
             = jn_session_new (JN_BACKEND (counter->desk->fake), counter->desk->settings);
  gint64 accepted = 0, painted = 0;
  JnWindow *window;

  /* before the window's own handler, which builds the desk */
  g_signal_connect (session, "notify::state", G_CALLBACK (accepted_cb), &accepted);
  window = screen_open (session, "zh_HK", 1366, 768);
  jn_session_sign_in_async (session, "kaian", "lotus-seven", NULL, 0, NULL, NULL, NULL);
  screen_wait (is_set, &accepted, "the sign-in is accepted");
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                    G_CALLBACK (painted_cb), &painted);
  gtk_widget_queue_draw (GTK_WIDGET (window));
  screen_wait (is_set, &painted, "the desk is painted");
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (GTK_WIDGET (window)), &painted);
  g_signal_handlers_disconnect_by_data (session, &accepted);
  screen_close (window);
  return (painted - accepted) / 1000.0;
}

static void
bench_desk (Counter *counter)
{
  double times[DESKS];
  double value;

  for (guint i = 0; i < DESKS; i++)
    times[i] = time_desk (counter);
  value = percentile (times, DESKS, 0.5);
  print_row ("window/desk", value, NULL, 0, "≤ 100 ms", value <= 100);
}

/* -- the largest form of the catalogue (a birth, 84 questions): from the key to its page's first frame, and until all
 * of it stands, behind that frame -- */

#define FIRST_QUESTION "姓氏（葡文或拉丁字母）"

typedef struct
{
  JnWindow *window;
  gint64 painted; /* the first time with the form */
} FirstFrame;

static void
form_painted_cb (GdkFrameClock *clock, gpointer data)
{
  FirstFrame *first = data;
  GtkWidget *entry;

  if (first->painted != 0 || jn_window_get_place (first->window) != JN_PLACE_FORMS)
    return;
  entry = screen_find (first->window, GTK_TYPE_ENTRY, FIRST_QUESTION);
  if (entry != NULL && gtk_widget_get_mapped (entry) && gtk_widget_get_allocated_height (entry) > 1)
    first->painted = g_get_monotonic_time ();
}

static gboolean
is_form_painted (gpointer first)
{
  return ((FirstFrame *)first)->painted != 0;
}

static void
time_form (Counter *counter, double *frame, double *whole)
{
  JnWindow *window = screen_open (counter->desk->session, "zh_HK", 1366, 768);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  FirstFrame first = { .window = window };
  gint64 began;

  screen_press (window, GDK_KEY_F2, 0);
  screen_frame (window);
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
  birth_identify (jn_window_get_visit (window));
  desk_start_forms (jn_window_get_visit (window)); /* the forms are here; their page is not */
  screen_frame (window);
  g_signal_connect (clock, "after-paint", G_CALLBACK (form_painted_cb), &first);
  began = g_get_monotonic_time ();
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait (is_form_painted, &first, "the form is painted");
  screen_settle ();
  *whole = (g_get_monotonic_time () - began) / 1000.0;
  *frame = (first.painted - began) / 1000.0;
  g_signal_handlers_disconnect_by_data (clock, &first);
  screen_close (window);
  counter->state = NULL;
}

static void
bench_form (Counter *counter)
{
  double frames[DESKS], wholes[DESKS];
  double value;

  for (guint i = 0; i < DESKS; i++)
    time_form (counter, &frames[i], &wholes[i]);
  value = percentile (frames, DESKS, 0.5);
  print_row ("window/form-open", value, NULL, 0, "≤ 100 ms", value <= 100);
  print_row ("window/form-whole", percentile (wholes, DESKS, 0.5), NULL, 0, "reported", TRUE);
}

/* -- a key in a form: until what it changed is painted -- */

static void
bench_key (Counter *counter)
{
  JnWindow *window = screen_open (counter->desk->session, "zh_HK", 1366, 768);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  double times[KEYS];
  double median, worst;
  gint64 painted;
  GtkWidget *entry;

  screen_press (window, GDK_KEY_F2, 0);
  screen_frame (window);
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
  birth_identify (jn_window_get_visit (window));
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_FORMS);
  entry = screen_need (window, GTK_TYPE_ENTRY, FIRST_QUESTION);
  gtk_widget_grab_focus (entry);
  screen_frame (window);
  g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);
  for (guint i = 0; i < KEYS; i++)
    {
      gint64 began;

      g_usleep (40000); /* as a quick typist; the frame before is over */
      screen_settle ();
      painted = 0;
      began = g_get_monotonic_time ();
      screen_press (window, GDK_KEY_A + i % 26, 0);
      screen_wait (is_set, &painted, "the key is painted");
      times[i] = (painted - began) / 1000.0;
    }
  g_signal_handlers_disconnect_by_data (clock, &painted);
  median = percentile (times, KEYS, 0.5);
  worst = percentile (times, KEYS, 0.95);
  print_row ("window/key-to-paint", median, NULL, 0, "≤ 16 ms", median <= 16);
  print_row ("window/key-to-paint-p95", worst, NULL, 0, "≤ 33 ms", worst <= 33);
  screen_close (window);
}

/* -- a window that is being painted while receipts are printed beside it -- */

typedef struct
{
  gint64 began;
  gint64 last;
  gint64 worked;
  double longest; /* of one frame's work, by the clock … */
  double work;    /* … and by the processor's, which no neighbour lengthens */
  double gap;     /* between two frames */
} Trace;

static gint64
processor_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
begins_cb (GdkFrameClock *clock, gpointer data)
{
  Trace *trace = data;

  trace->began = g_get_monotonic_time ();
  trace->worked = processor_time ();
}

static void
ends_cb (GdkFrameClock *clock, gpointer data)
{
  Trace *trace = data;
  gint64 now = g_get_monotonic_time ();

  trace->work = MAX (trace->work, (processor_time () - trace->worked) / 1000.0);
  trace->longest = MAX (trace->longest, (now - trace->began) / 1000.0);
  if (trace->last != 0)
    trace->gap = MAX (trace->gap, (now - trace->last) / 1000.0);
  trace->last = now;
}

/* As a clerk's typing would: a strip of the window, frame after frame. */
static gboolean
tick_cb (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_queue_draw_area (window, 0, 64, 600, 200);
  return G_SOURCE_CONTINUE;
}

static JnSession *
open_printing_session (Counter *counter, CupsServer *server)
{
  g_autofree char *text
      = g_strdup_printf ("[janela]\nprint-server=%s\n[use]\nreceipt=roll\n"
                         "[printer roll]\nqueue=pos\nkind=escpos\npaper=roll-80\n",
                         cups_server_get_socket (server));
  g_autoptr (JnSettings) settings = jn_settings_new_from_data (text, 7, NULL);
  JnSession *session = jn_session_new (JN_BACKEND (counter->desk->fake), settings);
  g_autoptr (GAsyncResult) result = NULL;

  jn_fake_backend_always (counter->desk->fake, "print_begin", jn_dict_new ("copy", "i", 0, NULL));
  jn_fake_backend_always (counter->desk->fake, "print_end", jn_dict_new (NULL, NULL));
  jn_session_sign_in_async (session, "kaian", "lotus-seven", NULL, 0, NULL, jn_awaited_cb, &result);
  if (!jn_session_sign_in_finish (session, jn_await (&result), NULL))
    g_error ("no sign-in");
  return session;
}

static gboolean
is_printed (gpointer print)
{
  return !jn_print_is_busy (print);
}

static void
print_receipts (JnPrints *prints, guint n)
{
  g_autoptr (JnPrinterProfile) profile
             = jn_printer_profile_new ("pos", JN_PRINTER_ESCPOS, JN_PAPER_ROLL_80);
  g_autoptr (JnDocument) document = jn_test_document_new (profile, "T07");
  JnPrintOrder order = { .kind = "test", .title = "pos" };

  for (guint i = 0; i < n; i++)
    screen_wait (is_printed, jn_prints_print (prints, document, &order, "receipt"),
                 "it is printed");
}

static void
bench_printing (Counter *counter)
{
  g_autoptr (CupsServer) server = cups_server_new ("abort-job");
  g_autoptr (JnSession) session = open_printing_session (counter, server);
  JnWindow *window = screen_open (session, "zh_HK", 1366, 768);
  JnPrints *prints = jn_window_get_prints (window);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  Trace trace = { 0 };
  guint tick;

  print_receipts (prints, 1); /* fonts, and the header's button, are there */
  screen_frame (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (begins_cb), &trace);
  g_signal_connect (clock, "after-paint", G_CALLBACK (ends_cb), &trace);
  tick = gtk_widget_add_tick_callback (GTK_WIDGET (window), tick_cb, NULL, NULL);
  print_receipts (prints, RECEIPTS);
  gtk_widget_remove_tick_callback (GTK_WIDGET (window), tick);
  g_signal_handlers_disconnect_by_data (clock, &trace);
  print_row ("paper/frame-max", trace.longest, NULL, 0, "≤ 16 ms", trace.longest <= 16);
  print_row ("paper/frame-work-max", trace.work, NULL, 0, "≤ 16 ms", trace.work <= 16);
  print_row ("paper/frame-gap-max", trace.gap, NULL, 0, "≤ 33 ms", trace.gap <= 33);
  screen_close (window);
}

/* -- keys: what a clerk without a mouse presses, from the waiting desk to the waiting desk -- */

static void
print_count (const char *name, const char *unit, guint value, guint most)
{
  g_print ("{\"name\":\"window/%s\",\"value\":%u,\"unit\":\"%s\",\"against\":null,\"ratio\":null,"
           "\"target\":\"≤ %u %s\",\"meets\":%s}\n",
           name, value, unit, most, unit, value <= most ? "true" : "false");
}

static void
bench_visits (void)
{
  g_autoptr (Counter) birth = counter_new ();
  g_autoptr (Counter) certificate = counter_new ();
  JnWindow *window = screen_open (birth->desk->session, "en", 1366, 768);
  TypistCount count = typist_birth (window);

  print_count ("visit-keys", "keys", count.keys, 132);
  print_count ("visit-pages", "pages", count.pages, 7);
  screen_close (window);
  certificate->event = NULL;
  certificate->services = "dsi-personal-data-cert";
  window = screen_open (certificate->desk->session, "en", 1366, 768);
  count = typist_certificate (window);
  print_count ("visit-keys-one-service", "keys", count.keys, 26);
  print_count ("visit-pages-one-service", "pages", count.pages, 3);
  screen_close (window);
}

static gboolean
is_wanted (const char *name)
{
  return g_str_has_prefix (name, prefix) || g_str_has_prefix (prefix, name);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_setenv ("GDK_GL", "disable", TRUE);
  if (argc > 1 && strcmp (argv[1], "--show-program") == 0)
    return show_program ();
  if (argc > 1 && strcmp (argv[1], "--show-bare") == 0)
    return show_bare ();
  if (argc > 1)
    prefix = argv[1];
  g_setenv ("JANELA_DSN", "host=/nonexistent", FALSE); /* nothing is connected before sign-in */
  if (is_wanted ("window/first-frame"))
    bench_first_frame (argv[0]);
  screen_init (&argc, &argv);
  if (is_wanted ("window/desk") || is_wanted ("window/key-to-paint"))
    {
      g_autoptr (Counter) counter = counter_new ();

      bench_desk (counter);
      bench_key (counter);
    }
  if (is_wanted ("paper/frame-max"))
    {
      g_autoptr (Counter) counter = counter_new ();

      bench_printing (counter);
    }

  if (is_wanted ("window/form-open"))
    {
      g_autoptr (Counter) counter = counter_new ();

      bench_form (counter);
    }
  if (is_wanted ("window/visit-keys") || is_wanted ("window/visit-pages"))
    bench_visits ();
  return 0;
}
