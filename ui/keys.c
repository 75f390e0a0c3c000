/* keys.c: the table of keys: one row makes the key work and tells it to the clerk. */
#include "ui/keys.h"

#include <glib/gi18n.h>

#include "ui/widgets.h"

#define MOST_COLUMNS 3
#define AROUND_ACROSS 60 /* pixels of the window that the overview leaves free */
#define AROUND_DOWN 200

/**
 * JnKey:
 * @shown: as it stands on the card; NULL: the key works without being listed by itself
 * @action: (nullable): "win.…" everywhere, "page.…" where the page on the screen has it
 * @keys: as gtk_accelerator_parse () reads them
 */
typedef struct
{
  const char *shown;
  const char *words;
  const char *action;
  const char *keys[3];
} JnKey;

/* clang-format off */
static const JnKey keys[] = {
  { "F2", N_("Call the next ticket"), "page.call", { "F2" } },
  { "⇧F2", N_("Work by phone or mail"), "page.open-work", { "<Shift>F2" } },
  { "F3", N_("Call it again"), "page.recall", { "F3" } },
  { "F4", N_("Put on hold"), "page.hold", { "F4" } },
  { "F5", N_("Did not come"), "page.no-show", { "F5" } },
  { "⇧F5", N_("The person left"), "page.leave", { "<Shift>F5" } },
  { "F6", N_("Transfer"), "page.transfer", { "F6" } },
  { "⇧F6", N_("Comes back today"), "page.send", { "<Shift>F6" } },
  { "F7", N_("Back to the line; at reception: who goes first"), "page.return", { "F7" } },
  { NULL, NULL, "page.priority", { "F7" } },
  { "⇧F7", N_("At reception: somebody along with other needs"), "page.companion", { "<Shift>F7" } },
  { "F8", N_("Choose from the line; at reception: language"), "page.choose", { "F8" } },
  { NULL, NULL, "page.citizen-language", { "F8" } },
  { "⇧F8", N_("In a visit: its services"), "visit.services", { "<Shift>F8" } },
  { "F9", N_("Pause, and back; at reception: find a ticket"), "page.pause", { "F9" } },
  { NULL, NULL, "page.find", { "F9" } },
  { "Ctrl Z", N_("Take the last step back"), "page.undo", { "<Control>z" } },
  { NULL, NULL, "visit.undo", { "<Control>z" } },
  { "Ctrl 1 … 9", N_("At reception: one of the most common"), "page.common(1)", { "<Control>1" } },
  { NULL, NULL, "page.common(2)", { "<Control>2" } },
  { NULL, NULL, "page.common(3)", { "<Control>3" } },
  { NULL, NULL, "page.common(4)", { "<Control>4" } },
  { NULL, NULL, "page.common(5)", { "<Control>5" } },
  { NULL, NULL, "page.common(6)", { "<Control>6" } },
  { NULL, NULL, "page.common(7)", { "<Control>7" } },
  { NULL, NULL, "page.common(8)", { "<Control>8" } },
  { NULL, NULL, "page.common(9)", { "<Control>9" } },
  { "1 … 5", N_("After the visit: how it was"), "page.rate(1)", { "1", "KP_1" } },
  { NULL, NULL, "page.rate(2)", { "2", "KP_2" } },
  { NULL, NULL, "page.rate(3)", { "3", "KP_3" } },
  { NULL, NULL, "page.rate(4)", { "4", "KP_4" } },
  { NULL, NULL, "page.rate(5)", { "5", "KP_5" } },
  { "F12", N_("Call a supervisor"), "win.help", { "F12" } },
  { "Ctrl F12", N_("Silent alarm"), "win.alarm", { "<Control>F12" } },
  { "⇧F12", N_("In the hall: emergency"), "page.emergency", { "<Shift>F12" } },
  { "Alt 0", N_("From a visit to the desk: hold, transfer"), "win.desk", { "<Alt>0" } },
  { "Ctrl ↵", N_("Next, or the green button"), "win.next", { "<Control>Return", "<Control>KP_Enter" } },
  { "Alt ←", N_("Back"), "win.back", { "<Alt>Left" } },
  { "Alt 1 … 9", N_("Go to a step of the visit, or to a place"), "win.step(1)", { "<Alt>1" } },
  { NULL, NULL, "win.step(2)", { "<Alt>2" } },
  { NULL, NULL, "win.step(3)", { "<Alt>3" } },
  { NULL, NULL, "win.step(4)", { "<Alt>4" } },
  { NULL, NULL, "win.step(5)", { "<Alt>5" } },
  { NULL, NULL, "win.step(6)", { "<Alt>6" } },
  { NULL, NULL, "win.step(7)", { "<Alt>7" } },
  { NULL, NULL, "win.step(8)", { "<Alt>8" } },
  { NULL, NULL, "win.step(9)", { "<Alt>9" } },
  { "Alt K", N_("Show or fold known answers"), "win.known", { "<Alt>k" } },
  { "Alt P", N_("Papers and fees, in a narrow window"), "win.side", { "<Alt>p" } },
  { "Ctrl F", N_("Search"), "win.search", { "<Control>f" } },
  { "Ctrl S", N_("Save for later"), "win.save", { "<Control>s" } },
  { "Ctrl L", N_("Lock the screen"), "win.lock", { "<Control>l" } },
  { "Ctrl P", N_("Print the forms to sign"), "win.print-forms", { "<Control>p" } },
  { "Ctrl ⇧ P", N_("Print the notice of what is missing"), "win.print-notice", { "<Control><Shift>p" } },
  { "⇧F9", N_("What is at the printer"), "win.prints", { "<Shift>F9" } },
  { "F10", N_("Clerk, language and look"), "win.menu", { "F10" } },
  { "F11", N_("Full screen"), "win.fullscreen", { "F11" } },
  { "F1", N_("This overview"), "win.keys", { "F1" } },
  { "Tab ⇧Tab", N_("Next and previous field"), NULL, { NULL } },
  { "↵", N_("Next question without an answer") },
  { "1 … 9", N_("First to ninth choice of a list") },
  { "␣", N_("Tick, choose, press"), NULL, { NULL } },
};
/* clang-format on */

static int
count_shown (void)
{
  int n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    n += keys[i].shown != NULL;
  return n;
}

static GtkWidget *
make_table (int columns)
{
  GtkWidget *grid = gtk_grid_new ();
  int n = 0;
  int rows = (count_shown () + columns - 1) / columns;

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 16);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *key;
      GtkWidget *words;

      if (keys[i].shown == NULL)
        continue;
      key = jn_label_new (keys[i].shown, "key");
      words = jn_label_new (_ (keys[i].words), NULL);
      gtk_widget_set_halign (key, GTK_ALIGN_START);
      gtk_grid_attach (GTK_GRID (grid), key, n / rows * 2, n % rows, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), words, n / rows * 2 + 1, n % rows, 1, 1);
      n++;
    }
  gtk_widget_show_all (grid);
  return grid;
}

/* In as many columns as there is room for beside each other. */
static GtkWidget *
make_fitting_table (int room)
{
  int columns = MOST_COLUMNS;
  GtkWidget *table = make_table (columns);
  int wanted;

  gtk_widget_get_preferred_width (table, NULL, &wanted);
  while (wanted > room && columns > 1)
    {
      g_object_unref (g_object_ref_sink (table));
      table = make_table (--columns);
      gtk_widget_get_preferred_width (table, NULL, &wanted);
    }
  return table;
}

/* Scrolled by Page Down where the text is so large that the screen does not hold it. */
static GtkWidget *
make_scroller (GtkWidget *window)
{
  GtkWidget *scroller = jn_scroll_new (
      make_fitting_table (gtk_widget_get_allocated_width (window) - AROUND_ACROSS));

  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (
      GTK_SCROLLED_WINDOW (scroller), gtk_widget_get_allocated_height (window) - AROUND_DOWN);
  return scroller;
}

void
jn_keys_set (GtkApplication *program)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].action != NULL)
      gtk_application_set_accels_for_action (program, keys[i].action, keys[i].keys);
}

void
jn_keys_show (GtkWidget *relative_to)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *scroller = make_scroller (gtk_widget_get_toplevel (relative_to));

  jn_pack (box, jn_label_new (_("Keys"), "section"));
  jn_pack (box, scroller);
  gtk_widget_show_all (box);
  jn_pop_up (relative_to, box, _("Keys"));
  gtk_widget_grab_focus (scroller);
}
