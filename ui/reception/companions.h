/* companions.h: who came along and needs something else: a number of his own, called at the same counter. */
#pragma once

#include "app/catalogue.h"
#include "app/reception.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_COMPANIONS (jn_companions_get_type ())
G_DECLARE_FINAL_TYPE (JnCompanions, jn_companions, JN, COMPANIONS, GtkBin)

GtkWidget *jn_companions_new (JnCatalogue *catalogue);
/* One more, whose needs are searched for next. */
void jn_companions_add (JnCompanions *self);
void jn_companions_clear (JnCompanions *self);

/* Those for whom something is chosen; borrowed until something changes. */
const JnCompanion *jn_companions_get (JnCompanions *self, guint *n_companions);
/* (transfer full) and back: for a page that is built again in another language */
GVariant *jn_companions_keep (JnCompanions *self);
void jn_companions_take (JnCompanions *self, GVariant *kept);

G_END_DECLS
