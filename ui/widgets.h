/* widgets.h: the small widgets that every page is made of, and their names for a screen reader. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A label, left-aligned, plain text; @classes: (nullable): style classes separated by spaces. */
GtkWidget *jn_label_new (const char *text, const char *classes);
/* The same, wrapping. */
GtkWidget *jn_text_new (const char *text, const char *classes);
/* Sets the text only if it is another one: a label that is set is measured again. */
void jn_label_set (GtkWidget *label, const char *text);
/* A button with a label and, where @key is given, a chip that shows its key. */
GtkWidget *jn_button_new (const char *label, const char *key, const char *classes);
void jn_button_set_label (GtkWidget *button, const char *label);
/* Its label may be cut short where there is no room. */
void jn_button_ellipsize (GtkWidget *button);
/* A line of words that is pressed like a button. */
GtkWidget *jn_link_new (const char *text);
GtkWidget *jn_box_new (GtkOrientation orientation, int spacing, const char *classes);
/* A frame as wide as what is in it, which is rolled where it is too high. */
GtkWidget *jn_scroll_new (GtkWidget *child);
/* A card: a box with a heading (nullable). */
GtkWidget *jn_card_new (const char *heading);
/* A card with something at the end of its heading's line. */
GtkWidget *jn_card_new_beside (const char *heading, GtkWidget *beside);
/* A symbolic icon that tells a screen reader nothing. */
GtkWidget *jn_icon_new (const char *name, int pixels);
/* A row "left …… right" of two labels. */
GtkWidget *jn_pair_new (const char *left, const char *right);

/* A popover at @relative_to with @box in it, gone when it is closed or another one opens; @name: for a screen reader.
 * (transfer none) */
GtkWidget *jn_pop_up (GtkWidget *relative_to, GtkWidget *box, const char *name);
/* Takes the window's popover away, if there is one: before the window goes. */
void jn_pop_away (GtkWidget *window);
/* Closes the popover that @widget is in, if it is in one. */
void jn_pop_down (GtkWidget *widget);

void jn_add_classes (GtkWidget *widget, const char *classes);
void jn_set_class (GtkWidget *widget, const char *name, gboolean on);
void jn_empty (GtkWidget *container);
void jn_pack (GtkWidget *box, GtkWidget *child);     /* shows it too */
void jn_pack_end (GtkWidget *box, GtkWidget *child); /* shows it too */

/* What has the keyboard when @widget is given it: of a combo box the button inside. */
GtkWidget *jn_get_focusable (GtkWidget *widget);

/* For a screen reader */
void jn_set_name (GtkWidget *widget, const char *name);
void jn_set_description (GtkWidget *widget, const char *description);
void jn_set_role (GtkWidget *widget, AtkRole role);
void jn_label_for (GtkWidget *label, GtkWidget *widget);
/* @label's text is read out now. */
void jn_announce (GtkWidget *label);

/* Scrolls so that all of it is seen, as far as the screen is high enough: also of what is new, or grew, and
 * would get its place with the next frame only. */
void jn_reveal (GtkWidget *widget);

G_END_DECLS
