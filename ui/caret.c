/* caret.c: an arrow key in a long line goes to the next character in the text's order, not in the screen's.
 *
 * Pango finds the next one on the screen by work that grows with the square of the line: at 15,000 characters, which
 * may be pasted into any entry, the window stood still for five seconds a press. Both are the same where text runs
 * from left to right. */
#include "ui/caret.h"

#define LONG 500 /* characters: a press takes 10 ms there */

typedef void (*MoveCursor) (GtkEntry *entry, GtkMovementStep step, int count, gboolean extends);

static MoveCursor move_cursor_of_gtk;

static void
move_cursor (GtkEntry *entry, GtkMovementStep step, int count, gboolean extends)
{
  if (step == GTK_MOVEMENT_VISUAL_POSITIONS && gtk_entry_get_text_length (entry) > LONG)
    step = GTK_MOVEMENT_LOGICAL_POSITIONS;
  move_cursor_of_gtk (entry, step, count, extends);
}

/* Classes below it that are made later take it from there. */
void
jn_caret_quicken (void)
{
  GtkEntryClass *klass = GTK_ENTRY_CLASS (g_type_class_ref (GTK_TYPE_ENTRY));

  if (move_cursor_of_gtk == NULL)
    {
      move_cursor_of_gtk = klass->move_cursor;
      klass->move_cursor = move_cursor;
    }
  g_type_class_unref (klass);
}
