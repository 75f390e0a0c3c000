/* test-form.c: a form's cards in the window: entries of a repeat, and files that are attached. */
#include <string.h>

#include "app/application.h"
#include "app/dict.h"
#include "tests/ui/checks.h"
#include "tests/ui/counter.h"
#include "tests/ui/screen.h"
#include "ui/field.h"
#include "ui/form-view.h"

#define KINSHIP "dsi-kinship-cert"

static JnWindow *
open_form (Counter *counter)
{
  JnWindow *window;

  counter->event = NULL;
  counter->services = KINSHIP;
  window = screen_open (counter->desk->session, "en", 1366, 768);
  screen_wait_text (window, "Next for this counter");
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Called to your counter");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
  g_object_unref (desk_identify (jn_window_get_visit (window), "applicant", "bir", "70000012"));
  screen_wait_text (window, "Certificate of Kinship");
  screen_settle ();
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_FORMS);
  return window;
}

static GtkWidget *
form_view (JnWindow *window)
{
  return gtk_widget_get_ancestor (screen_need (window, GTK_TYPE_BUTTON, "Add: Relative"),
                                  JN_TYPE_FORM_VIEW);
}

/* Named by the group around them; a new one has the keyboard; removing one numbers the others anew. */
static void
test_entries (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_form (counter);
  GtkWidget *name;

  screen_wait_text (window, "Relative 1");
  g_assert_false (screen_shows (window, "Entry"));
  g_assert_false (screen_shows (window, "Relative 2"));
  desk_set (jn_window_get_visit (window), KINSHIP, "/data/certificate/relative[1]/name", "FIRST");
  screen_press_button (window, "Add: Relative");
  screen_wait_text (window, "Relative 2");
  name = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (GTK_IS_ENTRY (name));
  gtk_entry_set_text (GTK_ENTRY (name), "SECOND");
  screen_settle ();
  check_names (window);
  check_fits (window, 1366, 768);
  screen_picture (window, "23-entries.en");
  screen_press_button (window, "Remove Relative 1");
  screen_settle ();
  g_assert_false (screen_shows (window, "Relative 2"));
  {
    g_autofree char *left
        = desk_get (jn_window_get_visit (window), KINSHIP, "/data/certificate/relative[1]/name");

    g_assert_cmpstr (left, ==, "SECOND");
  }
  screen_close (window);
}

static void
find_link_cb (GtkWidget *widget, gpointer data)
{
  if (*(GtkWidget **)data == NULL && GTK_IS_BUTTON (widget)
      && gtk_style_context_has_class (gtk_widget_get_style_context (widget), "link"))
    *(GtkWidget **)data = widget;
}

/* What is to be mended is listed above: a link that is pressed stays, though the field that is left for it has
 * its say. */
static void
test_links (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_form (counter);
  GtkWidget *link = NULL;
  GtkWidget *left;

  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (window, "to be mended");
  left = gtk_window_get_focus (GTK_WINDOW (window));
  screen_walk (window, find_link_cb, &link);
  g_assert_nonnull (link);
  g_object_ref (link);
  gtk_widget_grab_focus (link); /* as the pointer's press does, before its release is the click */
  screen_settle ();
  g_assert_true (gtk_widget_get_mapped (link));
  gtk_button_clicked (GTK_BUTTON (link));
  g_object_unref (link);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == left); /* the first one's question */
  screen_close (window);
}

static gboolean
complains (gpointer field)
{
  return jn_field_get_error (field) != NULL;
}

static gboolean
has_value (gpointer data)
{
  g_autofree char *value = desk_get (data, KINSHIP, "/data/certificate/purpose_other");

  return strlen (value) == 64;
}

/* Any field will do: the view answers the signal. */
static void
test_attach (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_form (counter);
  JnVisit *visit = jn_window_get_visit (window);
  g_autoptr (GFile) nothing = g_file_new_for_path ("/nonexistent/scan.png");
  g_autoptr (GFile) scan = g_file_new_for_path ("tests/ui/fields.xml");
  GtkWidget *field;

  desk_set (visit, KINSHIP, "/data/certificate/purpose", "other");
  screen_settle ();
  g_assert_true (
      jn_form_view_focus (JN_FORM_VIEW (form_view (window)), "/data/certificate/purpose_other"));
  field = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), JN_TYPE_FIELD);
  g_signal_emit_by_name (field, "attach", nothing);
  screen_wait (complains, field, "it says that the file cannot be read");
  g_signal_emit_by_name (field, "attach", scan);
  screen_wait (has_value, visit, "the file's hash is the answer");
  /* all words are built again while another is read: it is an answer of the visit, not of the page */
  desk_set (visit, KINSHIP, "/data/certificate/purpose_other", "");
  field = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), JN_TYPE_FIELD);
  g_signal_emit_by_name (field, "attach", scan);
  screen_set_language (window, "pt");
  screen_wait (has_value, visit, "the answer of the form that was built anew");
  screen_close (window);
}

static gboolean
is_kept (gpointer fake)
{
  GVariant *args = jn_fake_backend_last_args (fake, "draft_save");

  return args != NULL && strstr (jn_dict_string (args, "xml"), "TYPED LAST") != NULL;
}

/* What was typed the moment before is kept, wherever the clerk goes: to the desk, away, out. */
static void
test_leave (gconstpointer way)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_form (counter);

  jn_fake_backend_always (counter->desk->fake, "draft_save",
                          jn_dict_new ("saved_at", "s", "2026-11-25T12:00:00+08:00", NULL));
  screen_wait_text (window, "Relative 1");
  desk_set (jn_window_get_visit (window), KINSHIP, "/data/certificate/relative[1]/name",
            "TYPED LAST");
  g_action_group_activate_action (G_ACTION_GROUP (window), way, NULL);
  screen_wait (is_kept, counter->desk->fake, "the draft is kept");
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/form/entries-are-added-named-and-removed", test_entries);
  g_test_add_func ("/ui/form/links-stay", test_links);
  g_test_add_func ("/ui/form/a-file-is-attached", test_attach);
  g_test_add_data_func ("/ui/form/kept/to-the-desk", "desk", test_leave);
  g_test_add_data_func ("/ui/form/kept/locked", "lock", test_leave);
  g_test_add_data_func ("/ui/form/kept/signed-out", "sign-out", test_leave);
  return g_test_run ();
}
