/* test-keyboard.c: whatever goes from under the keyboard, it is at something that is seen. */
#include "ui/keyboard.h"

#include "tests/ui/screen.h"
#include "ui/widgets.h"

/* Two pages, of two entries each, and a button beside them. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *pages;
  GtkWidget *boxes[2];
  GtkWidget *entries[2][2];
} Frame;

static void
open_frame (Frame *frame)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  frame->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  frame->pages = gtk_stack_new ();
  for (guint i = 0; i < 2; i++)
    {
      frame->boxes[i] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      for (guint k = 0; k < 2; k++)
        {
          frame->entries[i][k] = gtk_entry_new ();
          gtk_container_add (GTK_CONTAINER (frame->boxes[i]), frame->entries[i][k]);
        }
      gtk_container_add (GTK_CONTAINER (frame->pages), frame->boxes[i]);
    }
  gtk_container_add (GTK_CONTAINER (box), gtk_button_new_with_label ("Beside"));
  gtk_container_add (GTK_CONTAINER (box), frame->pages);
  gtk_widget_show_all (box);
  gtk_container_add (GTK_CONTAINER (frame->window), box);
  jn_keyboard_keep (GTK_WINDOW (frame->window), frame->pages);
  screen_show (frame->window, 400, 300);
}

static gboolean
has_focus (gpointer widget)
{
  return gtk_widget_has_focus (widget);
}

static void
test_taken_away (void)
{
  Frame frame;

  open_frame (&frame);
  gtk_widget_grab_focus (frame.entries[0][0]);
  gtk_widget_destroy (frame.entries[0][0]);
  screen_wait (has_focus, frame.entries[0][1], "the entry beside it has the keyboard");
  gtk_widget_set_sensitive (frame.entries[0][1], FALSE);
  screen_frame (frame.window);
  gtk_widget_set_sensitive (frame.entries[0][1], TRUE);
  gtk_widget_queue_resize (frame.window);
  screen_wait (has_focus, frame.entries[0][1], "it comes back with what can be filled in again");
  screen_close (frame.window);
}

/* A list that is made anew under the hand, as each change of the hall makes it: its row has the keyboard, not the
 * first one; where that row is gone, the first one has. */
static void
fill (GtkWidget *list, guint first)
{
  jn_empty (list);
  for (guint i = first; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("Ticket %u", i);

      jn_pack (list, gtk_button_new_with_label (name));
    }
}

static gboolean
has_name (gpointer data)
{
  gpointer *wanted = data;
  GtkWidget *focus = gtk_window_get_focus (wanted[0]);

  return focus != NULL
         && g_strcmp0 (atk_object_get_name (gtk_widget_get_accessible (focus)), wanted[1]) == 0;
}

static void
test_made_anew (void)
{
  Frame frame;
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  open_frame (&frame);
  jn_pack (frame.boxes[0], list);
  fill (list, 1);
  screen_frame (frame.window);
  gtk_widget_grab_focus (screen_need (list, GTK_TYPE_BUTTON, "Ticket 3"));
  fill (list, 0);
  screen_wait (has_name, (gpointer[]){ frame.window, "Ticket 3" }, "the same row has it");
  fill (list, 4);
  screen_wait (has_name, (gpointer[]){ frame.window, "Ticket 4" }, "the first row has it");
  screen_close (frame.window);
}

/* A page that has nothing yet: as soon as it has. */
static void
test_other_page (void)
{
  Frame frame;

  open_frame (&frame);
  gtk_widget_grab_focus (frame.entries[0][1]);
  for (guint k = 0; k < 2; k++)
    gtk_widget_hide (frame.entries[1][k]);
  gtk_stack_set_visible_child (GTK_STACK (frame.pages), frame.boxes[1]);
  screen_frame (frame.window);
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (frame.window)));
  gtk_widget_show (frame.entries[1][1]);
  screen_wait (has_focus, frame.entries[1][1], "the page's first entry has the keyboard");
  screen_close (frame.window);
}

/* A page that is not shown any more asks for the keyboard, for an answer that came late. */
static void
test_asked_behind (void)
{
  Frame frame;

  open_frame (&frame);
  gtk_stack_set_visible_child (GTK_STACK (frame.pages), frame.boxes[1]);
  gtk_widget_grab_focus (frame.entries[1][1]);
  gtk_widget_grab_focus (frame.entries[0][0]);
  screen_wait (has_focus, frame.entries[1][1], "the keyboard stays on the page that is shown");
  screen_close (frame.window);
}

static gboolean
left_cb (GtkWidget *entry, GdkEventFocus *event, gpointer other)
{
  g_signal_handlers_disconnect_by_func (entry, left_cb, other);
  gtk_widget_destroy (other);
  return GDK_EVENT_PROPAGATE;
}

/* What is left takes away what the keyboard was going to. */
static void
test_taken_away_before (void)
{
  Frame frame;
  GtkWidget *gone;

  open_frame (&frame);
  gone = g_object_ref (frame.entries[0][1]);
  gtk_widget_grab_focus (frame.entries[0][0]);
  g_signal_connect (frame.entries[0][0], "focus-out-event", G_CALLBACK (left_cb), gone);
  gtk_widget_grab_focus (gone);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (frame.window)) != gone);
  g_assert_finalize_object (gone);
  screen_wait (has_focus, frame.entries[0][0], "the keyboard is back");
  screen_close (frame.window);
}

/* Who is left sends it elsewhere than where it was going, and that goes away then. */
static gboolean
elsewhere_cb (GtkWidget *entry, GdkEventFocus *event, gpointer other)
{
  g_signal_handlers_disconnect_by_func (entry, elsewhere_cb, other);
  gtk_widget_grab_focus (other);
  return GDK_EVENT_PROPAGATE;
}

static void
test_sent_elsewhere (void)
{
  Frame frame;
  GtkWidget *last = gtk_entry_new ();

  open_frame (&frame);
  gtk_container_add (GTK_CONTAINER (frame.boxes[0]), last);
  gtk_widget_show (last);
  gtk_widget_grab_focus (frame.entries[0][0]);
  g_signal_connect (frame.entries[0][0], "focus-out-event", G_CALLBACK (elsewhere_cb), last);
  gtk_widget_grab_focus (frame.entries[0][1]);
  g_assert_true (gtk_widget_has_focus (last));
  screen_frame (frame.window);
  gtk_widget_set_child_visible (last, FALSE);
  screen_wait (has_focus, frame.entries[0][0], "the keyboard is at something that is seen");
  screen_close (frame.window);
}

/* A button that is there only while there is something to say, as the header's of the printers. */
static void
closed_cb (GtkWidget *popover, gpointer button)
{
  gtk_widget_hide (button);
}

static GtkWidget *
add_list (Frame *frame, GtkWidget *inside)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new (button);

  gtk_container_add (GTK_CONTAINER (gtk_bin_get_child (GTK_BIN (frame->window))), button);
  gtk_widget_show (button);
  gtk_widget_show (inside);
  gtk_container_add (GTK_CONTAINER (popover), inside);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), button);
  return button;
}

/* It is gone to while its list is open: the list closes for that, and it goes away with it. */
static void
go_to_what_goes (Frame *frame, GtkWidget *button, GtkWidget *inside)
{
  gtk_widget_grab_focus (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  screen_frame (frame->window);
  gtk_widget_grab_focus (inside);
  gtk_widget_grab_focus (button);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (frame->window)) == button);
  g_assert_false (gtk_widget_get_mapped (button));
}

static void
test_closed_away (void)
{
  Frame frame;
  GtkWidget *inside = gtk_button_new_with_label ("Inside");
  GtkWidget *button;

  open_frame (&frame);
  button = add_list (&frame, inside);
  go_to_what_goes (&frame, button, inside);
  screen_wait (has_focus, frame.entries[0][0], "the keyboard is on the page");
  gtk_widget_show (button);
  go_to_what_goes (&frame, button, inside);
  screen_press (frame.window, GDK_KEY_space, 0);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  g_assert_true (gtk_widget_has_focus (frame.entries[0][0]));
  screen_close (frame.window);
}

static gboolean
is_gone (gpointer widget)
{
  return *(GtkWidget **)widget == NULL;
}

/* A list below what is seen: pressed as a screen reader presses it, and then scrolled away. */
static void
test_scrolled_away (void)
{
  Frame frame;
  GtkWidget *scroller = gtk_scrolled_window_new (NULL, NULL);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *space = gtk_label_new ("a long list");
  GtkWidget *button = gtk_button_new_with_label ("What may be done");
  GtkWidget *inside = gtk_button_new_with_label ("Inside");
  GtkWidget *popover;

  open_frame (&frame);
  gtk_widget_set_size_request (space, -1, 2000);
  gtk_widget_set_size_request (scroller, -1, 200);
  gtk_container_add (GTK_CONTAINER (column), space);
  gtk_container_add (GTK_CONTAINER (column), button);
  gtk_container_add (GTK_CONTAINER (scroller), column);
  gtk_container_add (GTK_CONTAINER (frame.boxes[0]), scroller);
  gtk_widget_show_all (scroller);
  gtk_widget_grab_focus (frame.entries[0][1]);
  screen_frame (frame.window);
  popover = jn_pop_up (button, inside, "What may be done");
  screen_frame (frame.window);
  g_assert_true (gtk_widget_get_mapped (popover));
  g_assert_true (gtk_widget_has_focus (inside));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                            0);
  screen_wait (has_focus, frame.entries[0][1], "the keyboard is back where it was");
  g_assert_null (gtk_window_group_get_current_grab (
      gtk_window_get_group (GTK_WINDOW (frame.window)))); /* and the pointer is free */
  screen_close (frame.window);
}

/* A list whose button goes with its page while it fades in: the pointer is not kept from the other page. */
static void
test_gone_while_fading_in (void)
{
  Frame frame;
  GtkWidget *button = gtk_button_new_with_label ("What may be done");
  GtkWidget *popover;

  open_frame (&frame);
  jn_pack (frame.boxes[0], button);
  screen_let_fade (TRUE);
  screen_frame (frame.window);
  popover = jn_pop_up (button, gtk_button_new_with_label ("Inside"), "What may be done");
  g_object_add_weak_pointer (G_OBJECT (popover), (gpointer *)&popover);
  gtk_stack_set_visible_child (GTK_STACK (frame.pages), frame.boxes[1]);
  gtk_widget_grab_focus (frame.entries[1][0]);
  screen_wait (is_gone, &popover, "the list is gone");
  g_assert_null (
      gtk_window_group_get_current_grab (gtk_window_get_group (GTK_WINDOW (frame.window))));
  g_assert_true (gtk_widget_has_focus (frame.entries[1][0]));
  screen_let_fade (FALSE);
  screen_close (frame.window);
}

/* While a menu is open, a window of its own that has the keys: nothing that is hidden has them behind it. */
static void
test_behind_menu (void)
{
  Frame frame;
  GtkWidget *menu = gtk_window_new (GTK_WINDOW_POPUP);
  GtkWidget *inside = gtk_button_new_with_label ("Inside");
  GtkWidget *button;

  open_frame (&frame);
  button = add_list (&frame, inside);
  go_to_what_goes (&frame, button, inside);
  gtk_widget_show (menu);
  gtk_grab_add (menu);
  screen_frame (frame.window);
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (frame.window)));
  gtk_widget_destroy (menu);
  screen_wait (has_focus, frame.entries[0][0], "the keyboard is on the page");
  screen_close (frame.window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/keyboard/taken-away", test_taken_away);
  g_test_add_func ("/ui/keyboard/made-anew", test_made_anew);
  g_test_add_func ("/ui/keyboard/other-page", test_other_page);
  g_test_add_func ("/ui/keyboard/asked-behind", test_asked_behind);
  g_test_add_func ("/ui/keyboard/taken-away-before", test_taken_away_before);
  g_test_add_func ("/ui/keyboard/sent-elsewhere", test_sent_elsewhere);
  g_test_add_func ("/ui/keyboard/closed-away", test_closed_away);
  g_test_add_func ("/ui/keyboard/scrolled-away", test_scrolled_away);
  g_test_add_func ("/ui/keyboard/gone-while-fading-in", test_gone_while_fading_in);
  g_test_add_func ("/ui/keyboard/behind-menu", test_behind_menu);
  return g_test_run ();
}
