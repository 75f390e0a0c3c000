/* hall-private.h: the hall's parts, for hall.c and hall-commands.c. */
#pragma once

#include "app/hall.h"
#include "app/live.h"

G_BEGIN_DECLS

typedef struct
{
  const char *code;
  GVariant *names;
} JnHallProfile;

/* What the arrays hold borrows from the answer that live keeps. */
struct _JnHall
{
  GObject parent_instance;
  JnSession *session;
  JnLive *live;
  JnHallFigures figures;
  GArray *groups;    /* of JnHallGroup */
  GArray *counters;  /* of JnHallCounter */
  GArray *calls;     /* of JnHallCall */
  GArray *profiles;  /* of JnHallProfile */
  GPtrArray *caps;   /* of JnCap */
  GHashTable *heard; /* ids of calls that were told */
  gint64 emergency;
};

G_END_DECLS
