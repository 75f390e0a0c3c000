/* demo-people.h: the invented staff of the demonstration, for the sign-in page of a demonstration. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *login;
  char *password;
  char *name_zh;
  char *name_latin;
  gboolean supervisor;
} JnDemoPerson;

/* (transfer full) (element-type JnDemoPerson): those who work at a counter, from the file that
 * JANELA_DEMO_STAFF names; empty where it names none, as at every real server. */
GPtrArray *jn_demo_people_list (void);
/* (transfer full) (nullable): the demonstration's account for a screen that nobody sits at; @password:
 * (out) (transfer full) */
char *jn_demo_people_find_account (const char *role, char **password);

G_END_DECLS
