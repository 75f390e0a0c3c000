/* typist.c: answers what has the focus, presses Enter, and goes on when nothing is asked any more. */
#include "tests/ui/typist.h"

#include <string.h>

#include "tests/ui/screen.h"
#include "ui/field.h"

#define HAN 0x2e80
#define KEYS_OF_HAN 3
#define MOST_QUESTIONS 200
#define PASSPORT_1 "P<PRTSAMPLE<<JOAO<DEMO<<<<<<<<<<<<<<<<<<<<<<"
#define PASSPORT_2 "L898902C36PRT9003071M3504152<<<<<<<<<<<<<<02"

typedef struct
{
  JnWindow *window;
  TypistCount count;
} Typist;

/* @value: a choice's value, or what is typed; NULL: the day nine days ago
 * @before: (nullable): what the question before it has to be changed to first */
typedef struct
{
  const char *ref;
  const char *value;
  const char *before;
} TypistAnswer;

static const TypistAnswer answers[] = {
  { "/data/parents/declarant", "mother" },
  { "/data/parents/married", "yes" },
  { "/data/parents/marriage_place", "macau" },
  { "/data/parents/marriage_date", "14022024" },
  { "/data/child/name_zh", "陳樂" },
  { "/data/child/surname_latin", "SAMPLE" },
  { "/data/child/given_latin", "LOK" },
  { "/data/child/sex", "F" },
  { "/data/child/birth_date", NULL },
  { "/data/birth/hospital", "kiang-wu" },
  { "/data/birth/parish", "antonio" },
  { "/data/father/birth_place", "portugal" },
  { "/data/father/phone_no", "912345678", "351" },
  { "/data/father/address_area", "macau" },
  { "/data/father/address_street", "Rua de Exemplo" },
  { "/data/child/nationality", "CN" },
  { "/data/mother/bank_name", "boc" },
  { "/data/mother/bank_account", "0123456789" },
  { "/data/certificate/items", "name" },
  { "/data/certificate/purpose", "study" },
  { "/data/certificate/copies", "2" },
  { "/data/declaration/data_consent", "yes" },
  { "/data/declaration/true_data", "OK" },
};

static void
press (Typist *self, guint key, GdkModifierType modifiers)
{
  self->count.keys += 1;
  screen_press (self->window, key, modifiers);
}

static void
type (Typist *self, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar sign = g_utf8_get_char (at);

      press (self, gdk_unicode_to_keyval (sign), 0);
      self->count.keys += sign >= HAN ? KEYS_OF_HAN - 1 : 0;
    }
}

static gboolean
shows (gpointer data)
{
  gpointer *wanted = data;

  return screen_shows (wanted[0], wanted[1]);
}

static void
wait_text (Typist *self, const char *text)
{
  gpointer wanted[] = { self->window, (gpointer)text };

  screen_wait (shows, wanted, text);
}

static GtkWidget *
focus_of (Typist *self)
{
  return gtk_window_get_focus (GTK_WINDOW (self->window));
}

static JnField *
field_in_focus (Typist *self) /* (nullable) */
{
  GtkWidget *focus = focus_of (self);

  return focus != NULL ? (JnField *)gtk_widget_get_ancestor (focus, JN_TYPE_FIELD) : NULL;
}

static JnFilling *
filling_of (Typist *self, const char *ref)
{
  GListModel *applications = jn_visit_get_applications (jn_window_get_visit (self->window));
  JnNodeState state;

  for (guint i = 0; i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);
      JnFilling *filling = jn_application_get_filling (application);

      /* several forms ask for a child: the one that is on the screen answers with choices or none */
      if (i + 1 == g_list_model_get_n_items (applications)
          || (jn_filling_get (filling, ref, &state) && state.relevant
              && (*state.value == '\0' || state.invalid != JN_VALID)))
        return filling;
    }
  g_assert_not_reached ();
}

/* From 0: the choice's place in its list; -1: it is none. */
static int
place_of (Typist *self, const char *ref, const char *value, const char **label)
{
  JnNodeState state;

  if (!jn_filling_get (filling_of (self, ref), ref, &state))
    return -1;
  for (gsize i = 0; i < state.n_choices; i++)
    if (g_str_equal (state.choices[i].value, value))
      {
        *label = state.choices[i].label;
        return (int)i;
      }
  return -1;
}

static char *
nine_days_ago (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) born = g_date_time_add_days (now, -9);

  return g_date_time_format (born, "%d%m%Y");
}

static void
answer (Typist *self, const char *ref, const char *value)
{
  g_autofree char *text = value != NULL ? g_strdup (value) : nine_days_ago ();
  const char *label = NULL;
  int place = place_of (self, ref, text, &label);
  GtkWidget *focus = focus_of (self);

  if (GTK_IS_ENTRY (focus) && place >= 0)
    {
      g_autofree char *beginning = g_utf8_substring (label, 0, MIN (4, g_utf8_strlen (label, -1)));

      gtk_editable_select_region (GTK_EDITABLE (focus), 0, -1);
      type (self, beginning); /* Enter takes the first that fits */
    }
  else if (GTK_IS_CHECK_BUTTON (focus) && !GTK_IS_RADIO_BUTTON (focus))
    {
      for (int i = 0; i < place; i++)
        press (self, GDK_KEY_Tab, 0);
      press (self, GDK_KEY_space, 0);
    }
  else if (place >= 0)
    press (self, GDK_KEY_1 + (guint)place, 0);
  else
    type (self, text);
}

static const TypistAnswer *
look_up (const char *ref) /* (nullable) */
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (answers[i].ref, ref))
      return &answers[i];
  return NULL;
}

/* One form: until Enter leads nowhere any more. What is not in the table is left as it is. */
static void
fill_form (Typist *self)
{
  for (guint i = 0; i < MOST_QUESTIONS; i++)
    {
      JnField *field = field_in_focus (self);
      const TypistAnswer *known;

      if (field == NULL)
        return;
      known = look_up (jn_field_get_ref (field));
      if (known != NULL && !jn_field_is_open (field, FALSE))
        known = NULL; /* it is answered */
      if (known != NULL && known->before != NULL)
        {
          press (self, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK);
          answer (self, jn_field_get_ref (field_in_focus (self)), known->before);
          press (self, GDK_KEY_Tab, 0);
        }
      if (known != NULL)
        answer (self, known->ref, known->value);
      press (self, GDK_KEY_Return, 0);
      if (field_in_focus (self) == field)
        return;
    }
  g_assert_not_reached ();
}

static void
next (Typist *self)
{
  press (self, GDK_KEY_Return, GDK_CONTROL_MASK);
}

static void
go_on (Typist *self, JnPlace place)
{
  next (self);
  screen_wait_place (self->window, place);
  self->count.pages += 1;
}

static void
call (Typist *self)
{
  wait_text (self, "Next for this counter");
  press (self, GDK_KEY_F2, 0);
  wait_text (self, "Called to your counter");
  go_on (self, JN_PLACE_IDENTIFY);
}

static gboolean
is_empty (gpointer entry)
{
  return *gtk_entry_get_text (entry) == '\0';
}

static void
identify (Typist *self, const char *number)
{
  GtkWidget *entry = focus_of (self);

  g_assert_true (GTK_IS_ENTRY (entry));
  type (self, number);
  press (self, GDK_KEY_Return, 0);
  screen_wait (is_empty, entry, "the person is taken");
}

/* A reader types for the clerk: no key is counted. */
static void
scan (Typist *self, const char *line)
{
  GtkWidget *entry = focus_of (self);

  gtk_entry_set_text (GTK_ENTRY (entry), line);
  screen_press (self->window, GDK_KEY_Return, 0);
  screen_wait (is_empty, entry, "the line is taken");
}

/* Papers, consents, signature: Space says yes to the one that has the focus, and leads to the next. */
static void
decide (Typist *self)
{
  for (guint i = 0; i < MOST_QUESTIONS; i++)
    {
      GtkWidget *focus = focus_of (self);

      if (!GTK_IS_RADIO_BUTTON (focus))
        return;
      if (g_object_get_data (G_OBJECT (focus), "method") != NULL)
        {
          press (self, GDK_KEY_Down, 0); /* not on the pad: in ink */
          return;
        }
      press (self, GDK_KEY_space, 0);
      screen_frame (self->window);
      if (focus_of (self) == focus
          || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (focus_of (self))))
        return;
    }
  g_assert_not_reached ();
}

static void
finish (Typist *self)
{
  go_on (self, JN_PLACE_DESK);
  self->count.pages -= 1; /* the desk is where it began */
}

TypistCount
typist_birth (JnWindow *window)
{
  Typist self = { .window = window };

  call (&self);
  identify (&self, "12345678");
  scan (&self, PASSPORT_1);
  scan (&self, PASSPORT_2);
  go_on (&self, JN_PLACE_FORMS);
  fill_form (&self);
  next (&self);
  self.count.pages += 1;
  fill_form (&self);
  next (&self);
  self.count.pages += 1;
  fill_form (&self);
  go_on (&self, JN_PLACE_PAPERS);
  decide (&self);
  go_on (&self, JN_PLACE_REVIEW);
  decide (&self);
  go_on (&self, JN_PLACE_RECEIPT);
  finish (&self);
  return self.count;
}

TypistCount
typist_certificate (JnWindow *window)
{
  Typist self = { .window = window };

  call (&self);
  identify (&self, "70000012");
  go_on (&self, JN_PLACE_FORMS);
  fill_form (&self);
  decide (&self);
  decide (&self);
  go_on (&self, JN_PLACE_RECEIPT);
  finish (&self);
  return self.count;
}
