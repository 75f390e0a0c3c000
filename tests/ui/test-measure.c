/* test-measure.c: a page's comfortable width: in the middle of a wide screen, and never less than what stands in it. */
#include <gtk/gtk.h>
#include <locale.h>

#include "ui/measure.h"

#define MOST 400

static void
allocate (GtkWidget *child, int width, GtkAllocation *given)
{
  GtkWidget *window = gtk_offscreen_window_new ();
  GtkWidget *measure = jn_measure_new (MOST);
  GtkAllocation whole = { .x = 10, .y = 0, .width = width, .height = 60 };
  int least;

  gtk_container_add (GTK_CONTAINER (measure), child);
  gtk_container_add (GTK_CONTAINER (window), measure);
  gtk_widget_show_all (window);
  gtk_widget_get_preferred_width (measure, &least, NULL);
  gtk_widget_size_allocate (measure, &whole);
  gtk_widget_get_allocation (child, given);
  gtk_widget_destroy (window);
}

static void
test_middle (void)
{
  GtkAllocation given;

  allocate (gtk_label_new ("x"), 1000, &given);
  g_assert_cmpint (given.width, ==, MOST);
  g_assert_cmpint (given.x, ==, 10 + 300);
}

/* As while the text grows, and the window has not grown yet: what gets less than its least complains. */
static void
test_least (void)
{
  GtkWidget *expander = gtk_expander_new ("A label that says more than fits into so little room");
  GtkAllocation given;

  allocate (g_object_ref_sink (expander), 20, &given);
  g_assert_cmpint (given.width, >, 20);
  g_assert_cmpint (given.x, ==, 10);
  g_object_unref (expander);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/measure/middle", test_middle);
  g_test_add_func ("/measure/least", test_least);
  return g_test_run ();
}
