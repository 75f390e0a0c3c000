/* cap.h: how many numbers a day may bring, of the branch or of a service. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *service; /* (nullable): a pattern, "dsi-*"; NULL: of the whole branch */
  guint per_day;
  guint issued;
  char *next; /* (nullable): it is reached; the next day that has room, "YYYY-MM-DD" */
  GVariant
      *words; /* (nullable): what a citizen is told then, by language; NULL: the standard text */
} JnCap;

void jn_cap_free (JnCap *cap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnCap, jn_cap_free)
gboolean jn_cap_is_reached (const JnCap *cap);
/* (transfer full): of JnCap, from the list below @key */
GPtrArray *jn_cap_list (GVariant *dict, const char *key);

G_END_DECLS
