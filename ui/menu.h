/* menu.h: the clerk's menu: languages, colours, the size of text, and the way out. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full): in the clerk's language; its actions are the window's */
GMenuModel *jn_menu_new (void);

G_END_DECLS
