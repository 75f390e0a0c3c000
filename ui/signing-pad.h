/* signing-pad.h: where the citizen signs with a pen, a finger or the mouse. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_SIGNING_PAD (jn_signing_pad_get_type ())
G_DECLARE_FINAL_TYPE (JnSigningPad, jn_signing_pad, JN, SIGNING_PAD, GtkDrawingArea)

/* Signal "signed" (): a stroke was finished, or all were cleared. */
GtkWidget *jn_signing_pad_new (void);
void jn_signing_pad_clear (JnSigningPad *self);
/* (transfer full) (nullable): black strokes on nothing, as PNG; NULL while it is empty */
GBytes *jn_signing_pad_get_png (JnSigningPad *self);

G_END_DECLS
