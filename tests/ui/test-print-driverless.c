/* test-print-driverless.c: what a clerk sees when a driverless printer errs, and what the record says then.
 *
 * A real backend (JANELA_TEST_DSN), and ippeveprinter: straight to it, or behind a queue that was set up wrongly. */
#include "tests/printing/ipp-printer.h"
#include "tests/ui/checks.h"
#include "tests/ui/print-place.h"
#include "ui/language.h"

#define PWG "[use]\nreceipt=roll\n[printer roll]\nqueue=%s\nkind=pwg\npaper=roll-80\n"
#define STALE "[use]\nreceipt=roll\n[printer roll]\nqueue=stale\nkind=escpos\npaper=roll-80\n"

typedef struct
{
  const char *name;
  const char *keyword;  /* that the printer reports; NULL: it is switched off */
  const char *words[3]; /* zh, pt, en */
  const char *picture;
} Fault;

/* clang-format off */
static const Fault faults[] = {
  { "ipp-media-empty", "media-empty-error", { "紙用完了", "O papel acabou", "The paper is used up" }, "media-empty" },
  { "ipp-cover-open", "cover-open-error", { "機蓋打開了", "A tampa está aberta", "The cover is open" }, "cover-open" },
  { "ipp-media-jam", "media-jam-error", { "卡紙", "O papel encravou", "The paper is stuck" }, "media-jam" },
  { "ipp-slow", "toner-low-report", { "所需時間較平常長", "Demora mais", "It takes longer than usual" }, "supply" },
};
/* clang-format on */

static void
look_in_three_languages (PrintPlace *place,
                         const char *name,
                         const char *const *words,
                         const char *picture)
{
  const JnLanguage *languages = jn_language_list ();

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *file = g_strdup_printf ("print-%s.%s", name, languages[i].tag);

      screen_set_language (place->window, languages[i].code);
      print_place_open_list (place);
      screen_wait_text (place->window, words[i]);
      /* Enter, once too often, cancels no print and answers no question */
      g_assert_false (GTK_IS_BUTTON (gtk_window_get_focus (GTK_WINDOW (place->window))));
      print_place_assert_picture (place->window, picture);
      check_names (place->window);
      check_contrast (place->window);
      check_fits (place->window, 1366, 768);
      screen_picture (place->window, file);
      screen_press (place->window, GDK_KEY_Escape, 0);
      print_place_wait_no_text (place->window, words[i]);
    }
  screen_set_language (place->window, "en");
}

typedef struct
{
  PrintPlace place;
  IppPrinter *printer;
  JnReceipt *receipt;
  JnPrint *print;
} Scene;

static void
open_scene (Scene *scene)
{
  g_autofree char *printers = NULL;

  scene->printer = ipp_printer_new (NULL);
  printers = g_strdup_printf (PWG, ipp_printer_get_uri (scene->printer));
  print_place_open (&scene->place, "kaian", "lotus-seven", printers);
  scene->receipt = print_place_commit_receipt (&scene->place);
}

static void
print (Scene *scene)
{
  scene->print = g_object_ref (
      jn_receipt_print (scene->receipt, jn_window_get_prints (scene->place.window), "receipt"));
}

static void
close_scene (Scene *scene)
{
  g_object_unref (scene->print);
  g_object_unref (scene->receipt);
  print_place_close (&scene->place);
  ipp_printer_free (scene->printer);
}

/* It says what is in its way; mended, it prints, and nobody is asked. */
static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  Scene scene = { 0 };
  g_autofree char *printed = NULL;

  open_scene (&scene);
  ipp_printer_set_fault (scene.printer, fault->keyword);
  print (&scene);
  screen_wait (print_place_needs_clerk, scene.print, "the clerk is needed");
  look_in_three_languages (&scene.place, fault->name, fault->words, fault->picture);
  ipp_printer_set_fault (scene.printer, NULL);
  screen_wait (print_place_is_over, scene.print, "the print is over");
  print_place_assert_record (&scene.place, jn_print_get_attempt (scene.print), "printed - machine",
                             "begun printed");
  printed = ipp_printer_find_printed (scene.printer);
  g_assert_nonnull (printed);
  close_scene (&scene);
}

/* Off before it is sent anything: nothing can have come out. */
static void
test_off_before (void)
{
  static const char *const words[] = { "未有列印", "Não foi impresso", "It was not printed" };
  Scene scene = { 0 };

  open_scene (&scene);
  ipp_printer_stop (scene.printer);
  print (&scene);
  screen_wait (print_place_needs_clerk, scene.print, "the clerk is needed");
  look_in_three_languages (&scene.place, "ipp-off-before", words, "offline");
  print_place_open_list (&scene.place);
  screen_press_button (scene.place.window, "Leave it");
  print_place_assert_record (&scene.place, jn_print_get_attempt (scene.print), "failed - machine",
                             "begun failed");
  close_scene (&scene);
}

/* Off while it prints: the job is gone with it, and only the clerk can see what lies there. */
static void
test_off_while_printing (void)
{
  static const char *const words[] = { "請看打印機", "Veja a impressora", "Look at the printer" };
  Scene scene = { 0 };

  open_scene (&scene);
  ipp_printer_set_fault (scene.printer, "media-empty-error");
  print (&scene);
  screen_wait (print_place_needs_clerk, scene.print, "the clerk is needed");
  ipp_printer_stop (scene.printer);
  ipp_printer_set_fault (scene.printer, NULL);
  ipp_printer_start (scene.printer);
  screen_wait (print_place_is_asked, scene.print, "the clerk is asked");
  look_in_three_languages (&scene.place, "ipp-off-while-printing", words, "unconfirmed");
  print_place_open_list (&scene.place);
  screen_press_button (scene.place.window, "No, nothing came");
  screen_press_button (scene.place.window, "Leave it");
  screen_wait (print_place_is_over, scene.print, "the print is over");
  g_assert_cmpint (jn_print_get_step (scene.print), ==, JN_PRINT_STEP_FAILED);
  close_scene (&scene);
}

/* The printer refuses the document, and the print server calls that completed: asked, never believed. */
static void
test_refused (void)
{
  static const char *const options[] = { "-f", "application/pdf,image/urf", NULL };
  static const char *const words[]
      = { "打印機拒收", "A impressora recusou", "The printer refused" };
  Scene scene = { 0 };
  g_autofree char *printed = NULL;
  g_autofree char *outcome = NULL;

  scene.printer = ipp_printer_new (options);
  print_place_open (&scene.place, "kaian", "lotus-seven", STALE);
  {
    const char *const command[] = { "/usr/sbin/lpadmin",
                                    "-p",
                                    "stale",
                                    "-E",
                                    "-v",
                                    ipp_printer_get_uri (scene.printer),
                                    "-m",
                                    "raw",
                                    NULL };

    cups_server_run (scene.place.cups, command);
  }
  scene.receipt = print_place_commit_receipt (&scene.place);
  print (&scene);
  screen_wait (print_place_is_over, scene.print, "the job is over");
  g_assert_true (jn_print_needs_clerk (scene.print));
  look_in_three_languages (&scene.place, "ipp-refused", words, "unconfirmed");
  print_place_open_list (&scene.place);
  screen_press_button (scene.place.window, "No, nothing came");
  screen_press_button (scene.place.window, "Leave it");
  print_place_assert_record (&scene.place, jn_print_get_attempt (scene.print),
                             "failed refused clerk", "begun unconfirmed failed");
  printed = ipp_printer_find_printed (scene.printer);
  g_assert_null (printed);
  close_scene (&scene);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/print-driverless/%s", faults[i].name);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  g_test_add_func ("/ui/print-driverless/off-before", test_off_before);
  g_test_add_func ("/ui/print-driverless/off-while-printing", test_off_while_printing);
  g_test_add_func ("/ui/print-driverless/refused", test_refused);
  return g_test_run ();
}
