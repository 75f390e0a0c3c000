/* test-field.c: each kind of field on a small form: what is typed, what is kept, what is said. */
#include <string.h>

#include "tests/ui/screen.h"
#include "ui/day.h"
#include "ui/field.h"
#include "ui/language.h"

typedef struct
{
  JnForm *form;
  JnFilling *filling;
  GHashTable *fields; /* ref → JnField */
  GtkWidget *window;
  char *answered; /* ref=value of the last answer */
} Form;

static void
answered_cb (JnField *field, const char *value, Form *form)
{
  g_autoptr (GPtrArray) changed = NULL;
  JnNodeState state;

  g_free (form->answered);
  form->answered = g_strdup_printf ("%s=%s", jn_field_get_ref (field), value);
  g_assert_true (jn_filling_set (form->filling, jn_field_get_ref (field), value, &changed, NULL));
  for (guint i = 0; i < changed->len; i++)
    {
      JnField *other = g_hash_table_lookup (form->fields, changed->pdata[i]);

      if (other != NULL && jn_filling_get (form->filling, changed->pdata[i], &state))
        {
          jn_field_update (other, &state);
          gtk_widget_set_visible (GTK_WIDGET (other), state.relevant);
        }
    }
}

static Form *
form_new (void)
{
  Form *form = g_new0 (Form, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autoptr (GError) error = NULL;
  const JnControl *control;

  form->form = jn_form_new_from_file ("tests/ui/fields.xml", &error);
  g_assert_no_error (error);
  form->filling = jn_filling_new (form->form, &(JnFillingOptions){ 0 }, &error);
  g_assert_no_error (error);
  form->fields = g_hash_table_new (g_str_hash, g_str_equal);
  form->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  control = jn_control_get_first_child (jn_form_get_body (form->form));
  for (; control != NULL; control = jn_control_get_next (control))
    {
      JnNodeState state;
      GtkWidget *field;

      g_assert_true (jn_filling_get (form->filling, jn_control_get_ref (control), &state));
      field = jn_field_new (control, &state);
      g_signal_connect (field, "answered", G_CALLBACK (answered_cb), form);
      g_hash_table_insert (form->fields, (char *)jn_control_get_ref (control), field);
      gtk_container_add (GTK_CONTAINER (box), field);
      gtk_widget_set_visible (field, state.relevant);
    }
  gtk_container_add (GTK_CONTAINER (form->window), box);
  gtk_widget_show (box);
  gtk_widget_show (form->window);
  screen_frame (form->window);
  return form;
}

static void
form_free (Form *form)
{
  gtk_widget_destroy (form->window);
  screen_settle ();
  g_hash_table_unref (form->fields);
  jn_filling_free (form->filling);
  jn_form_unref (form->form);
  g_free (form->answered);
  g_free (form);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Form, form_free)

static JnField *
field_at (Form *form, const char *ref)
{
  JnField *field = g_hash_table_lookup (form->fields, ref);

  g_assert_nonnull (field);
  return field;
}

static const char *
value_at (Form *form, const char *ref)
{
  static JnNodeState state;

  g_assert_true (jn_filling_get (form->filling, ref, &state));
  return state.value;
}

static void
type (Form *form, const char *ref, const char *name, const char *text)
{
  gtk_entry_set_text (GTK_ENTRY (screen_need (field_at (form, ref), GTK_TYPE_ENTRY, name)), text);
}

static void
check_said (Form *form, const char *ref, const char *words)
{
  const char *said = jn_field_get_error (field_at (form, ref));

  if (said == NULL || !g_str_has_prefix (said, words))
    g_error ("at %s it says: %s", ref, said);
}

static void
test_text (void)
{
  g_autoptr (Form) form = form_new ();
  JnField *field = field_at (form, "/data/text");
  AtkObject *accessible;

  type (form, "/data/text", "Name", "陳大文 <b>");
  g_assert_cmpstr (value_at (form, "/data/text"), ==, "陳大文 <b>");
  accessible = gtk_widget_get_accessible (screen_need (field, GTK_TYPE_ENTRY, "Name"));
  g_assert_cmpstr (atk_object_get_description (accessible), ==, "required · As on the card");
}

static void
test_required (void)
{
  g_autoptr (Form) form = form_new ();
  JnField *field = field_at (form, "/data/text");
  GtkWidget *entry = screen_need (field, GTK_TYPE_ENTRY, "Name");

  g_assert_null (jn_field_get_error (field)); /* nobody was here yet */
  g_assert_false (screen_shows (field, "A name is needed"));
  jn_field_reveal (field);
  screen_frame (form->window);
  g_assert_true (screen_shows (field, "A name is needed"));
  g_assert_true (g_str_has_prefix (atk_object_get_description (gtk_widget_get_accessible (entry)),
                                   "A name is needed"));
  type (form, "/data/text", "Name", "Chan");
  screen_frame (form->window);
  g_assert_false (screen_shows (field, "A name is needed"));
}

static void
test_number (void)
{
  g_autoptr (Form) form = form_new ();
  JnField *field = field_at (form, "/data/whole");
  JnNodeState state;

  type (form, "/data/whole", "Copies", "x7");
  g_assert_true (jn_filling_get (form->filling, "/data/whole", &state));
  g_assert_cmpstr (state.value, ==, "");
  g_assert_cmpstr (state.typed, ==, "x7"); /* typing is never lost */
  jn_field_reveal (field);
  g_assert_cmpstr (jn_field_get_error (field), ==, "Enter a whole number.");
  type (form, "/data/whole", "Copies", "12");
  g_assert_cmpstr (jn_field_get_error (field), ==, "1 to 9");
  type (form, "/data/whole", "Copies", "3");
  g_assert_null (jn_field_get_error (field));
}

static void
test_money (void)
{
  g_autoptr (Form) form = form_new ();

  type (form, "/data/money", "Income", "1,250.5");
  g_assert_cmpstr (value_at (form, "/data/money"), ==, "125050");
  jn_field_settle (field_at (form, "/data/money"));
  g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (
                       screen_need (field_at (form, "/data/money"), GTK_TYPE_ENTRY, "Income"))),
                   ==, "1250.50");
}

static void
test_day (void)
{
  g_autoptr (Form) form = form_new ();
  GtkWidget *entry = screen_need (field_at (form, "/data/day"), GTK_TYPE_ENTRY, "Born on");
  int position = 0;

  for (const char *digit = "01032026"; *digit != '\0'; digit++)
    {
      position = -1;
      gtk_editable_set_position (GTK_EDITABLE (entry), -1);
      position = gtk_editable_get_position (GTK_EDITABLE (entry));
      gtk_editable_insert_text (GTK_EDITABLE (entry), digit, 1, &position);
    }
  g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (entry)), ==, "01/03/2026");
  g_assert_cmpstr (value_at (form, "/data/day"), ==, "2026-03-01");
  gtk_entry_set_text (GTK_ENTRY (entry), "31/02/2026");
  jn_field_reveal (field_at (form, "/data/day"));
  g_assert_cmpstr (value_at (form, "/data/day"), ==, "");
  g_assert_cmpstr (jn_field_get_error (field_at (form, "/data/day")), ==,
                   "Enter a date that exists, as DD/MM/YYYY.");
  g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (entry)), ==, "31/02/2026");
}

static void
test_clock (void)
{
  g_autoptr (Form) form = form_new ();

  type (form, "/data/clock", "Born at", "905");
  jn_field_reveal (field_at (form, "/data/clock"));
  g_assert_nonnull (jn_field_get_error (field_at (form, "/data/clock")));
  type (form, "/data/clock", "Born at", "09:05");
  g_assert_null (jn_field_get_error (field_at (form, "/data/clock")));
  g_assert_true (g_str_has_prefix (value_at (form, "/data/clock"), "09:05:00"));
}

static void
test_radios (void)
{
  g_autoptr (Form) form = form_new ();
  JnField *field = field_at (form, "/data/few");
  GtkWidget *yes = screen_need (field, GTK_TYPE_RADIO_BUTTON, "Yes");

  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (yes)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (field_at (form, "/data/pin"))));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (yes), TRUE);
  g_assert_cmpstr (value_at (form, "/data/few"), ==, "yes");
  /* what depends on it appears */
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (field_at (form, "/data/pin"))));
  screen_frame (form->window);
  g_assert_false (gtk_entry_get_visibility (
      GTK_ENTRY (screen_need (field_at (form, "/data/pin"), GTK_TYPE_ENTRY, "Code"))));
}

static void
test_searched (void)
{
  g_autoptr (Form) form = form_new ();
  JnField *field = field_at (form, "/data/many");
  GtkWidget *entry = screen_need (field, GTK_TYPE_ENTRY, "Parish");
  gboolean stop;

  type (form, "/data/many", "Parish", "Areia Preta");
  g_assert_cmpstr (value_at (form, "/data/many"), ==, "p13");
  type (form, "/data/many", "Parish", "Nowhere");
  g_signal_emit_by_name (entry, "focus-out-event", gdk_event_new (GDK_FOCUS_CHANGE), &stop);
  g_assert_cmpstr (value_at (form, "/data/many"), ==, "");
  g_assert_true (g_str_has_prefix (jn_field_get_error (field), "This is not in the list."));
  g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (entry)), ==, "Nowhere");
}

static void
test_checks (void)
{
  g_autoptr (Form) form = form_new ();
  JnField *field = field_at (form, "/data/several");

  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (screen_need (field, GTK_TYPE_CHECK_BUTTON, "Portuguese")), TRUE);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (screen_need (field, GTK_TYPE_CHECK_BUTTON, "Chinese")), TRUE);
  g_assert_cmpstr (value_at (form, "/data/several"), ==, "zh pt");
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (screen_need (field_at (form, "/data/read"), GTK_TYPE_CHECK_BUTTON,
                                      "Read and understood")),
      TRUE);
  g_assert_cmpstr (value_at (form, "/data/read"), ==, "OK");
}

static void
test_lines (void)
{
  g_autoptr (Form) form = form_new ();
  GtkWidget *view = screen_need (field_at (form, "/data/lines"), GTK_TYPE_TEXT_VIEW, "Remarks");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "one\ntwo", -1);
  g_assert_cmpstr (value_at (form, "/data/lines"), ==, "one\ntwo");
}

static void
test_range (void)
{
  g_autoptr (Form) form = form_new ();
  JnField *field = field_at (form, "/data/share");

  g_assert_true (screen_shows (field, "not answered"));
  gtk_range_set_value (GTK_RANGE (screen_need (field, GTK_TYPE_SCALE, "Share")), 40);
  g_assert_cmpstr (value_at (form, "/data/share"), ==, "40");
}

static void
test_rank (void)
{
  g_autoptr (Form) form = form_new ();
  JnField *field = field_at (form, "/data/order");

  gtk_button_clicked (GTK_BUTTON (screen_need (field, GTK_TYPE_BUTTON, "Move Blue up")));
  g_assert_cmpstr (value_at (form, "/data/order"), ==, "b r");
}

static void
test_note (void)
{
  g_autoptr (Form) form = form_new ();
  JnField *field = field_at (form, "/data/note");
  GtkWidget *entry = screen_find (field, GTK_TYPE_ENTRY, "Note");

  g_assert_true (entry == NULL || !gtk_widget_is_sensitive (entry));
}

static void
test_days_read (void)
{
  static const struct
  {
    const char *text;
    const char *day;
  } days[] = {
    { "01/03/2026", "2026-03-01" },
    { "1/3/2026", "2026-03-01" },
    { "01032026", "2026-03-01" },
    { "1-3-2026", "2026-03-01" },
    { "2026-03-01", "2026-03-01" },
    { "29/02/2024", "2024-02-29" },
    { "29/02/2026", NULL },
    { "1/3/26", NULL },
    { "", NULL },
    { "13/13/2026", NULL },
    { "01/03/2026x", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *day = jn_day_from_text (days[i].text);

      g_assert_cmpstr (day, ==, days[i].day);
    }
}

/* What is wrong and how to mend it, whatever the clerk's language. */
static void
test_languages (void)
{
  static const struct
  {
    const char *code;
    const char *needed, *day, *whole, *many;
  } words[] = {
    { "en", "An answer is needed.", "Enter a date that exists", "Enter a whole number.",
      "This is not in the list." },
    { "pt", "É preciso responder.", "Escreva uma data que exista", "Escreva um número inteiro.",
      "Não está na lista." },
    { "zh_HK", "必須回答。", "請輸入有效日期", "請輸入整數。", "名單中沒有此項。" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (Form) form = NULL;
      JnField *many;
      gboolean stop;

      jn_language_set (jn_language_find (words[i].code));
      form = form_new ();
      type (form, "/data/day", "Born on", "31/02/2026");
      type (form, "/data/whole", "Copies", "two");
      type (form, "/data/many", "Parish", "Nowhere");
      many = field_at (form, "/data/many");
      g_signal_emit_by_name (screen_need (many, GTK_TYPE_ENTRY, "Parish"), "focus-out-event",
                             gdk_event_new (GDK_FOCUS_CHANGE), &stop);
      jn_field_reveal (field_at (form, "/data/day"));
      jn_field_reveal (field_at (form, "/data/whole"));
      jn_field_reveal (field_at (form, "/data/few"));
      check_said (form, "/data/day", words[i].day);
      check_said (form, "/data/whole", words[i].whole);
      check_said (form, "/data/many", words[i].many);
      check_said (form, "/data/few", words[i].needed);
    }
  jn_language_set (jn_language_find ("en"));
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/field/text-and-description", test_text);
  g_test_add_func ("/ui/field/required-is-said-below", test_required);
  g_test_add_func ("/ui/field/number-keeps-what-is-typed", test_number);
  g_test_add_func ("/ui/field/money-in-patacas", test_money);
  g_test_add_func ("/ui/field/day-typed-as-digits", test_day);
  g_test_add_func ("/ui/field/time", test_clock);
  g_test_add_func ("/ui/field/radios-and-what-follows", test_radios);
  g_test_add_func ("/ui/field/list-searched-by-typing", test_searched);
  g_test_add_func ("/ui/field/checks-and-trigger", test_checks);
  g_test_add_func ("/ui/field/several-lines", test_lines);
  g_test_add_func ("/ui/field/range", test_range);
  g_test_add_func ("/ui/field/rank", test_rank);
  g_test_add_func ("/ui/field/note", test_note);
  g_test_add_func ("/ui/field/says-what-is-wrong-in-each-language", test_languages);
  g_test_add_func ("/ui/day/read", test_days_read);
  return g_test_run ();
}
