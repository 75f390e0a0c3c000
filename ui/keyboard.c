/* keyboard.c: the keyboard is always at something that is seen, whatever goes from under it. */
#include "ui/keyboard.h"

typedef struct
{
  GtkWindow *window;
  GtkWidget *pages;
  GtkWidget *focus;     /* (nullable): not held: it is watched until it goes */
  GPtrArray *around;    /* of GWeakRef: what was seen to have it last, and what that stands in */
  GType type;           /* of what was seen to have it last … */
  char *name;           /* (nullable): … and how a screen reader calls it */
  GdkFrameClock *clock; /* (nullable): the focus is lost, and each frame may have a place for it */
} Keeper;

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static const char *
name_of (GtkWidget *widget)
{
  AtkObject *accessible = gtk_widget_get_accessible (widget);

  return accessible != NULL ? atk_object_get_name (accessible) : NULL;
}

static void
remember (Keeper *self, GtkWidget *widget)
{
  self->type = G_OBJECT_TYPE (widget);
  g_free (self->name);
  self->name = g_strdup (name_of (widget));
  g_ptr_array_set_size (self->around, 0);
  for (; widget != NULL && widget != GTK_WIDGET (self->window);
       widget = gtk_widget_get_parent (widget))
    {
      GWeakRef *ref = g_new0 (GWeakRef, 1);

      g_weak_ref_init (ref, widget);
      g_ptr_array_add (self->around, ref);
      if (widget == self->pages)
        return;
    }
}

static gboolean
is_seen (Keeper *self, GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
         && gtk_widget_get_toplevel (widget) == GTK_WIDGET (self->window);
}

static gboolean
go_into (Keeper *self, GtkWidget *part)
{
  return is_seen (self, part) && gtk_widget_child_focus (part, GTK_DIR_TAB_FORWARD);
}

typedef struct
{
  Keeper *self;
  GtkWidget *found;
} Again;

static void
find_again_cb (GtkWidget *widget, gpointer user_data)
{
  Again *again = user_data;

  if (again->found != NULL || !is_seen (again->self, widget))
    return;
  if (G_OBJECT_TYPE (widget) == again->self->type && gtk_widget_get_can_focus (widget)
      && g_strcmp0 (name_of (widget), again->self->name) == 0)
    again->found = widget;
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_again_cb, user_data);
}

/* A list that was made anew: whoever was at its fifth row is there again, not at the first. */
static gboolean
go_again (Keeper *self, GtkWidget *part)
{
  Again again = { self, NULL };

  if (self->name != NULL && part != NULL)
    find_again_cb (part, &again);
  if (again.found != NULL)
    gtk_widget_grab_focus (again.found);
  return again.found != NULL;
}

static void laid_out_cb (GdkFrameClock *clock, Keeper *self);

static void
stop_looking (Keeper *self)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_func (self->clock, laid_out_cb, self);
  g_clear_object (&self->clock);
}

/* The nearest part of the page around what was lost, and there what is called as that was. */
static gboolean
find_place (Keeper *self)
{
  gboolean found = FALSE;

  if (gtk_window_get_focus (self->window) != NULL)
    gtk_window_set_focus (self->window, NULL); /* each part would go on from there */
  for (guint i = 0; !found && i < self->around->len; i++)
    {
      g_autoptr (GtkWidget) part = g_weak_ref_get (self->around->pdata[i]);

      found = go_again (self, part) || go_into (self, part);
    }
  return found || go_into (self, self->pages);
}

/* An open popover would close if the keyboard went elsewhere, and a menu has the keys itself: where neither has
 * anything to go to, it is nowhere until it closes. */
static gboolean
go_into_grab (Keeper *self, GtkWidget *grab)
{
  if (GTK_IS_BIN (grab) && go_into (self, gtk_bin_get_child (GTK_BIN (grab))))
    return TRUE;
  gtk_window_set_focus (self->window, NULL);
  return FALSE;
}

static GtkWidget *
current_grab (Keeper *self)
{
  return gtk_window_group_get_current_grab (gtk_window_get_group (self->window));
}

/* What popped up, and the keyboard is before it: it closes for that, or could not. */
static gboolean
is_behind (Keeper *self, GtkWidget *focus)
{
  GtkWidget *grab = current_grab (self);

  return GTK_IS_POPOVER (grab) && gtk_widget_get_toplevel (grab) == GTK_WIDGET (self->window)
         && focus != NULL && !gtk_widget_is_ancestor (focus, grab);
}

/* GTK keeps the grab of one whose button went away while it was still fading in, and never says that it is closed. */
static void
close_popover (GtkWidget *popover)
{
  g_autoptr (GtkWidget) hold = g_object_ref (popover);

  gtk_widget_hide (popover);
  if (!gtk_widget_has_grab (popover))
    return;
  gtk_grab_remove (popover);
  g_signal_emit_by_name (popover, "closed");
}

/* What popped up at something that was scrolled away or went with its page would keep the pointer from the page. */
static GtkWidget *
get_grab (Keeper *self)
{
  GtkWidget *grab = current_grab (self);

  if (GTK_IS_POPOVER (grab) && gtk_widget_get_toplevel (grab) == GTK_WIDGET (self->window)
      && (!gtk_widget_get_mapped (grab) || is_behind (self, gtk_window_get_focus (self->window))))
    close_popover (grab);
  return current_grab (self);
}

static gboolean
put_right (Keeper *self)
{
  GtkWidget *grab = get_grab (self);

  if (is_seen (self, gtk_window_get_focus (self->window)))
    return TRUE;
  return grab != NULL ? go_into_grab (self, grab) : find_place (self);
}

static void
laid_out_cb (GdkFrameClock *clock, Keeper *self)
{
  if (put_right (self))
    stop_looking (self);
}

/* Not by what is hidden: a key may come before the next frame. */
static gboolean
key_press_cb (GtkWidget *window, GdkEventKey *event, Keeper *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  if (focus != NULL && !is_seen (self, focus))
    put_right (self);
  return GDK_EVENT_PROPAGATE;
}

/* At the next frame: the page that changed may put the focus somewhere itself until then. */
static void
look (Keeper *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));

  if (clock == NULL)
    return;
  if (self->clock == NULL)
    {
      self->clock = g_object_ref (clock);
      g_signal_connect_after (clock, "layout", G_CALLBACK (laid_out_cb), self);
    }
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
}

static void
forget_focus (Keeper *self)
{
  if (self->focus != NULL)
    g_signal_handlers_disconnect_by_func (self->focus, look, self);
  g_clear_weak_pointer (&self->focus);
}

/* Who is left may have sent it elsewhere than where it was going. */
static void
set_focus_cb (GtkWindow *window, GtkWidget *wanted, Keeper *self)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  forget_focus (self);
  if (focus != NULL && gtk_widget_get_toplevel (focus) != GTK_WIDGET (window))
    {
      gtk_window_set_focus (window, NULL); /* what was left for it took it away: it would dangle */
      return;
    }
  if (!is_seen (self, focus) || is_behind (self, focus))
    look (self); /* a page that is not shown may have asked for it */
  if (focus == NULL)
    return;
  g_set_weak_pointer (&self->focus, focus);
  g_signal_connect_swapped (focus, "unmap", G_CALLBACK (look), self);
  if (gtk_widget_get_mapped (focus))
    remember (self, focus);
}

static void
keeper_free (gpointer data, GObject *window)
{
  Keeper *self = data;

  stop_looking (self);
  forget_focus (self);
  g_ptr_array_unref (self->around);
  g_free (self->name);
  g_free (self);
}

void
jn_keyboard_keep (GtkWindow *window, GtkWidget *pages)
{
  Keeper *self = g_new0 (Keeper, 1);

  self->window = window;
  self->pages = pages;
  self->around = g_ptr_array_new_with_free_func (weak_free);
  g_signal_connect_after (window, "set-focus", G_CALLBACK (set_focus_cb), self);
  g_signal_connect (window, "key-press-event", G_CALLBACK (key_press_cb), self);
  g_signal_connect_swapped (window, "grab-notify", G_CALLBACK (look), self);
  g_object_weak_ref (G_OBJECT (window), keeper_free, self);
}
