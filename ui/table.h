/* table.h: a table of words whose cells stay where they are: only what is new is written again. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_TABLE (jn_table_get_type ())
G_DECLARE_FINAL_TYPE (JnTable, jn_table, JN, TABLE, GtkBin)

/**
 * jn_table_new:
 * @heads: ended by NULL; the column named first and last by @wide gets the room that is left
 * @numbers: columns (bit 0: the first) with figures: they stand at the right
 *
 * Signal "row" (guint row, GtkWidget *button): the button of a row was pressed.
 */
GtkWidget *jn_table_new (const char *name, const char *const *heads, guint wide, guint numbers);

/* More rows are made, what is too much is hidden. */
void jn_table_set_n_rows (JnTable *self, guint n);
void jn_table_set_cell (JnTable *self, guint row, guint column, const char *text);
/* As a tag: @kind "good", "soon", "late" or "" for a plain one; an empty text: no tag */
void jn_table_set_tag (JnTable *self, guint row, guint column, const char *text, const char *kind);
/* A button behind the last column; @label: what it says to a screen reader; NULL: none */
void jn_table_set_button (JnTable *self, guint row, const char *icon, const char *label);

G_END_DECLS
