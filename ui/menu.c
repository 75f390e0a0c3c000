/* menu.c: the clerk's menu: languages, colours, the size of text, and the way out. */
#include "ui/menu.h"

#include <glib/gi18n.h>

#include "ui/language.h"

GMenuModel *
jn_menu_new (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) languages = g_menu_new ();
  g_autoptr (GMenu) looks = g_menu_new ();
  g_autoptr (GMenu) sizes = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      g_autofree char *action = g_strdup_printf ("win.language::%s", language->code);

      g_menu_append (languages, language->name, action);
    }
  g_menu_append (looks, _("Normal"), "win.look::0");
  g_menu_append (looks, _("Dark"), "win.look::1");
  g_menu_append (looks, _("High contrast"), "win.look::2");
  for (int percent = 100; percent <= 200; percent += 25)
    {
      g_autofree char *label = g_strdup_printf ("%d %%", percent);
      g_autofree char *action = g_strdup_printf ("win.text-size::%d", percent);

      g_menu_append (sizes, label, action);
    }
  g_menu_append (rest, _("Keys"), "win.keys");
  g_menu_append (rest, _("Full screen"), "win.fullscreen");
  g_menu_append (rest, _("Lock"), "win.lock");
  g_menu_append (rest, _("Sign out"), "win.sign-out");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (languages));
  g_menu_append_submenu (menu, _("Colours"), G_MENU_MODEL (looks));
  g_menu_append_submenu (menu, _("Text size"), G_MENU_MODEL (sizes));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  return G_MENU_MODEL (menu);
}
