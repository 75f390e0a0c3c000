/* keys.c: the table of keys: what a clerk sees under F1, and what the program sets as accelerators. */
#include "ui/keys.h"

#include <glib/gi18n.h>

#include "ui/widgets.h"

typedef struct
{
  const char *key;
  const char *words;
} JnKey;

/* clang-format off */
static const JnKey keys[] = {
  { "F2", N_("Call the next ticket") },
  { "F3", N_("Call it again") },
  { "Ctrl ↵", N_("Next, or the green button") },
  { "Alt ←", N_("Back") },
  { "Alt 1 … 6", N_("Go to a step of the visit") },
  { "Alt K", N_("Show or fold known answers") },
  { "Alt P", N_("Papers and fees, in a narrow window") },
  { "Ctrl F", N_("Search") },
  { "Ctrl S", N_("Save for later") },
  { "Ctrl L", N_("Lock the screen") },
  { "F10", N_("Clerk, language and look") },
  { "F11", N_("Full screen") },
  { "F1", N_("This overview") },
  { "Tab ⇧Tab", N_("Next and previous field") },
  { "␣", N_("Tick, choose, press") },
  { NULL, NULL },
};
/* clang-format on */

static GtkWidget *
make_table (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 16);
  for (gsize i = 0; keys[i].key != NULL; i++)
    {
      GtkWidget *key = jn_label_new (keys[i].key, "key");

      gtk_widget_set_halign (key, GTK_ALIGN_START);
      gtk_grid_attach (GTK_GRID (grid), key, 0, (int)i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), jn_label_new (_ (keys[i].words), NULL), 1, (int)i, 1, 1);
    }
  return grid;
}

void
jn_keys_show (GtkWidget *relative_to)
{
  GtkWidget *popover = gtk_popover_new (relative_to);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  jn_pack (box, jn_label_new (_("Keys"), "section"));
  jn_pack (box, make_table ());
  gtk_container_add (GTK_CONTAINER (popover), box);
  gtk_widget_show_all (box);
  jn_set_name (popover, _("Keys"));
  g_signal_connect (popover, "closed", G_CALLBACK (gtk_widget_destroy), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}
