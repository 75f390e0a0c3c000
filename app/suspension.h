/* suspension.h: a service that cannot be given for a while: a department's system is down. It stays
 * in the catalogue; reception warns, and who waits for it may choose. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *id;
  GStrv services;      /* patterns: "dsi-*" */
  gboolean everywhere; /* in all branches: a department said so */
  char *reason;
  gint64 since; /* Unix seconds */
  gint64 until; /* expected end; 0: not known */
} JnSuspension;

/* @answer: a SUSPENSION of assets/docs/backend.md */
JnSuspension *jn_suspension_new (GVariant *answer);
void jn_suspension_free (JnSuspension *suspension);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnSuspension, jn_suspension_free)

/* (transfer full): of JnSuspension, from the list below @key */
GPtrArray *jn_suspension_list (GVariant *dict, const char *key);

G_END_DECLS
