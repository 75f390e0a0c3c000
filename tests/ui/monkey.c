/* monkey.c: somebody who presses, types and changes at random whatever the window has. */
#include "tests/ui/monkey.h"

#include "tests/app/desk.h"
#include "tests/ui/screen.h"
#include "ui/language.h"

#define LONG_TEXT 3000 /* characters */

static guint
pick (Monkey *monkey, guint n)
{
  return (guint)g_rand_int_range (monkey->rand, 0, (gint32)n);
}

static void say (Monkey *monkey, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
say (Monkey *monkey, const char *format, ...)
{
  va_list list;

  va_start (list, format);
  g_string_append_vprintf (monkey->deed, format, list);
  va_end (list);
}

/* -- what is there -- */

typedef gboolean (*Wanted) (GtkWidget *widget);

typedef struct
{
  Wanted wanted;
  GPtrArray *found;
} Gathering;

static void
gather_cb (GtkWidget *widget, gpointer data)
{
  Gathering *gathering = data;

  if (gtk_widget_is_sensitive (widget) && gathering->wanted (widget))
    g_ptr_array_add (gathering->found, widget);
}

/* (transfer none) (nullable) */
static GtkWidget *
pick_widget (Monkey *monkey, Wanted wanted)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  Gathering gathering = { wanted, found };

  screen_walk (monkey->window, gather_cb, &gathering);
  return found->len > 0 ? found->pdata[pick (monkey, found->len)] : NULL;
}

/* The button of a drop-down opens at a pointer's event only; its keys open it too. */
static gboolean
is_button (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_COMBO_BOX) == NULL;
}

static gboolean
is_text (GtkWidget *widget)
{
  return (GTK_IS_ENTRY (widget) && gtk_editable_get_editable (GTK_EDITABLE (widget)))
         || (GTK_IS_TEXT_VIEW (widget) && gtk_text_view_get_editable (GTK_TEXT_VIEW (widget)));
}

static gboolean
is_password (GtkWidget *widget)
{
  return GTK_IS_ENTRY (widget) && !gtk_entry_get_visibility (GTK_ENTRY (widget));
}

static gboolean
is_name (GtkWidget *widget)
{
  return is_text (widget) && !is_password (widget);
}

static gboolean
is_choice (GtkWidget *widget)
{
  return (GTK_IS_TOGGLE_BUTTON (widget) && is_button (widget)) || GTK_IS_LIST_BOX_ROW (widget);
}

static const char *
name_of (GtkWidget *widget)
{
  AtkObject *accessible = gtk_widget_get_accessible (widget);
  const char *name = accessible != NULL ? atk_object_get_name (accessible) : NULL;

  return name != NULL ? name : G_OBJECT_TYPE_NAME (widget);
}

/* -- keys -- */

static void
press_of_the_table (Monkey *monkey)
{
  GtkApplication *program = screen_get_program ();
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (program);
  const char *action = actions[pick (monkey, g_strv_length (actions))];
  g_auto (GStrv) accels = gtk_application_get_accels_for_action (program, action);
  GdkModifierType modifiers;
  guint key;

  say (monkey, "key %s (%s)", accels[0], action);
  gtk_accelerator_parse (accels[0], &key, &modifiers);
  screen_press (monkey->window, key, modifiers);
}

static void
press_plain (Monkey *monkey)
{
  static const guint keys[]
      = { GDK_KEY_Tab,  GDK_KEY_Tab,       GDK_KEY_Return,      GDK_KEY_Return, GDK_KEY_space,
          GDK_KEY_Down, GDK_KEY_Up,        GDK_KEY_Left,        GDK_KEY_Right,  GDK_KEY_Escape,
          GDK_KEY_Home, GDK_KEY_End,       GDK_KEY_Page_Up,     GDK_KEY_1,      GDK_KEY_2,
          GDK_KEY_3,    GDK_KEY_BackSpace, GDK_KEY_KP_Enter,    GDK_KEY_a,      GDK_KEY_Page_Down,
          GDK_KEY_9,    GDK_KEY_Delete,    GDK_KEY_ISO_Left_Tab };
  static const GdkModifierType held[] = { 0, 0, 0, 0, 0, 0, GDK_SHIFT_MASK, GDK_CONTROL_MASK };
  guint key = keys[pick (monkey, G_N_ELEMENTS (keys))];
  GdkModifierType modifiers = held[pick (monkey, G_N_ELEMENTS (held))];
  g_autofree char *name = gtk_accelerator_name (key, modifiers);

  say (monkey, "key %s", name);
  screen_press (monkey->window, key, modifiers);
}

/* -- buttons and choices -- */

/* As a hand does: the keyboard goes there first, and what stood there before may take it all away. */
static gboolean
reach (GtkWidget *widget)
{
  gtk_widget_grab_focus (widget);
  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget);
}

static void
click (Monkey *monkey)
{
  g_autoptr (GtkWidget) button = pick_widget (monkey, is_button);

  if (button == NULL)
    return;
  g_object_ref (button);
  say (monkey, "button “%s”", name_of (button));
  if (reach (button))
    gtk_button_clicked (GTK_BUTTON (button));
  else
    say (monkey, ", which goes away");
}

static void
choose (Monkey *monkey)
{
  g_autoptr (GtkWidget) choice = pick_widget (monkey, is_choice);

  if (choice == NULL)
    return;
  g_object_ref (choice);
  say (monkey, "choice “%s”", name_of (choice));
  if (reach (choice))
    gtk_widget_activate (choice);
}

/* -- typing -- */

static char *
noise (Monkey *monkey)
{
  static const gunichar corners[]
      = { 0x01,   0x07,   0x09,   0x0a,   0x0d,   0x1b,    0x7f,    0x85, 0xad,
          0x200b, 0x202e, 0xfeff, 0xfffd, 0xfffe, 0x1f600, 0x20000, '<',  '&',
          '"',    '\'',   '%',    '\\',   0x3000, 0xff11,  0xe9 };
  GString *text = g_string_new (NULL);

  for (guint n = pick (monkey, 12) + 1; n > 0; n--)
    g_string_append_unichar (text, pick (monkey, 2) == 0
                                       ? corners[pick (monkey, G_N_ELEMENTS (corners))]
                                       : 0x20 + pick (monkey, 0x5f));
  return g_string_free (text, FALSE);
}

static char *
long_text (Monkey *monkey)
{
  static const char *const pieces[] = { "長文 ", "long ", "é", "0123456789" };
  const char *piece = pieces[pick (monkey, G_N_ELEMENTS (pieces))];
  GString *text = g_string_new (NULL);

  for (guint n = 0; n < LONG_TEXT; n += (guint)g_utf8_strlen (piece, -1))
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

static char *
words (Monkey *monkey)
{
  static const char *const words[]
      = { "B011",        "1234567(8)", "7000001(2)", "31/02/2026",       "01/01/1990", "25:61",
          "-1",          "1e309",      "0",          "99999999999999",   "陳大文",     "São Tomé",
          "66123456",    "a@b",        "work",       "dsi-bir-first",    "birth",      "出生",
          "O'Brien; --", "../../etc",  "%s%n",       "https://x/r#AAAA", "CHAN",       "1,250.50" };

  return g_strdup (words[pick (monkey, G_N_ELEMENTS (words))]);
}

/* As the input method commits it: where the cursor is. */
static void
type (Monkey *monkey)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (monkey->window));
  guint kind = pick (monkey, 12);
  g_autofree char *text = kind == 0   ? long_text (monkey)
                          : kind <= 4 ? noise (monkey)
                                      : words (monkey);

  if (focus == NULL || !is_text (focus) || pick (monkey, 2) == 0)
    focus = pick_widget (monkey, is_text);
  if (focus == NULL)
    return;
  g_autofree char *shown = g_strescape (text, NULL);
  say (monkey, "types %.60s into “%s”", shown, name_of (focus));
  if (reach (focus))
    g_signal_emit_by_name (focus, "insert-at-cursor", text);
}

/* -- the window -- */

static void
change_look (Monkey *monkey)
{
  static const char *const sizes[] = { "100", "125", "150", "200" };
  static const char *const looks[] = { "0", "1", "2" };
  static const int windows[][2]
      = { { 1366, 768 }, { 1024, 600 }, { 1920, 1080 }, { 800, 600 }, { 640, 480 } };
  GActionGroup *actions = G_ACTION_GROUP (monkey->window);
  guint n;

  switch (pick (monkey, 4))
    {
    case 0:
      n = pick (monkey, 3);
      say (monkey, "language %s", jn_language_list ()[n].code);
      g_action_group_activate_action (actions, "language",
                                      g_variant_new_string (jn_language_list ()[n].code));
      break;
    case 1:
      n = pick (monkey, G_N_ELEMENTS (sizes));
      say (monkey, "text size %s", sizes[n]);
      g_action_group_activate_action (actions, "text-size", g_variant_new_string (sizes[n]));
      break;
    case 2:
      n = pick (monkey, G_N_ELEMENTS (looks));
      say (monkey, "look %s", looks[n]);
      g_action_group_activate_action (actions, "look", g_variant_new_string (looks[n]));
      break;
    default:
      n = pick (monkey, G_N_ELEMENTS (windows));
      say (monkey, "window %d×%d", windows[n][0], windows[n][1]);
      gtk_window_resize (GTK_WINDOW (monkey->window), windows[n][0], windows[n][1]);
    }
}

/* -- the line -- */

static void
shake_line (Monkey *monkey)
{
  LinePlace *place = monkey->place;

  if (line_place_is_cut (place))
    {
      say (monkey, "the line is mended");
      line_place_mend (place);
    }
  else if (pick (monkey, 2) == 0)
    {
      say (monkey, "the line is cut");
      line_place_cut (place);
    }
  else
    {
      say (monkey, "the server starts again");
      line_place_break (place);
    }
}

static gboolean
passed_cb (gpointer flag)
{
  *(gboolean *)flag = TRUE;
  return G_SOURCE_REMOVE;
}

/* Long enough for a draft to go. */
static void
wait (Monkey *monkey)
{
  gboolean passed = FALSE;

  say (monkey, "waits");
  g_timeout_add (pick (monkey, 4) == 0 ? 600 : 40, passed_cb, &passed);
  while (!passed)
    gtk_main_iteration ();
}

/* -- what a clerk would do -- */

static void
set_text (GtkWidget *entry, const char *text)
{
  gtk_widget_grab_focus (entry);
  gtk_entry_set_text (GTK_ENTRY (entry), text);
}

static void
sign_in (Monkey *monkey)
{
  GtkWidget *name = pick_widget (monkey, is_name);
  GtkWidget *password = pick_widget (monkey, is_password);

  if (password == NULL)
    return;
  say (monkey, "signs in");
  if (name != NULL)
    set_text (name, monkey->login);
  set_text (password, monkey->password);
  gtk_widget_activate (password);
}

static gboolean
has_person (Monkey *monkey)
{
  return g_list_model_get_n_items (jn_visit_get_persons (jn_window_get_visit (monkey->window))) > 0;
}

static void
identify (Monkey *monkey)
{
  GtkWidget *entry = pick_widget (monkey, is_text);

  if (entry == NULL || !GTK_IS_ENTRY (entry))
    return;
  say (monkey, "shows a card");
  set_text (entry, pick (monkey, 2) == 0 ? "1234567(8)" : "7000001(2)");
  gtk_widget_activate (entry);
}

/* Whatever the question takes. */
static void
answer (JnApplication *application, const char *ref)
{
  static const char *const answers[]
      = { "1",        "1990-01-01", "2026-11-20", "66123456",   "LAM",       "林大文",
          "09:30:00", "7000001(2)", "a@b.mo",     "0123456789", "MA1234567", "1234567(8)" };
  JnFilling *filling = jn_application_get_filling (application);
  JnNodeState state;

  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *value = NULL;

      if (!jn_filling_get (filling, ref, &state) || !state.relevant || state.readonly
          || state.calculated || state.invalid == JN_VALID)
        return;
      if (i < state.n_choices)
        value = g_strdup (state.choices[i].value);
      else if (state.n_choices == 0 && i < G_N_ELEMENTS (answers))
        value = g_strdup (answers[i]);
      if (value != NULL)
        jn_application_set (application, ref, value, NULL);
    }
}

/* All that is asked, and half the time papers, consents and signature: so that walks come to a receipt. */
static void
fill_in (Monkey *monkey)
{
  JnVisit *visit = jn_window_get_visit (monkey->window);
  GListModel *model = visit != NULL ? jn_visit_get_applications (visit) : NULL;

  if (visit == NULL || jn_visit_get_receipt (visit) != NULL
      || jn_session_get_state (monkey->place->session) != JN_SESSION_OPEN)
    return;
  say (monkey, "fills in");
  gtk_window_set_focus (GTK_WINDOW (monkey->window), NULL); /* what is being typed is left alone */
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (model, i);
      g_autoptr (GPtrArray) refs = jn_filling_list (jn_application_get_filling (application));

      for (guint k = 0; k < refs->len; k++)
        answer (application, refs->pdata[k]);
    }
  if (g_list_model_get_n_items (model) > 0 && pick (monkey, 2) == 0)
    desk_settle (visit);
}

static void
go_on (Monkey *monkey)
{
  JnPlace at = jn_window_get_place (monkey->window);

  if (jn_session_get_state (monkey->place->session) != JN_SESSION_OPEN)
    {
      sign_in (monkey);
      return;
    }
  if (at == JN_PLACE_IDENTIFY && jn_window_get_visit (monkey->window) != NULL
      && (!has_person (monkey) || pick (monkey, 4) == 0))
    {
      identify (monkey);
      return;
    }
  say (monkey, "goes on");
  if (at == JN_PLACE_DESK && pick (monkey, 2) == 0)
    screen_press (monkey->window, GDK_KEY_F2, 0);
  else
    screen_press (monkey->window, GDK_KEY_Return, GDK_CONTROL_MASK);
}

void
monkey_enter (Monkey *monkey)
{
  while (jn_session_get_state (monkey->place->session) != JN_SESSION_OPEN)
    {
      sign_in (monkey);
      wait (monkey);
    }
}

/* -- one deed -- */

void
monkey_step (Monkey *monkey)
{
  static const struct
  {
    guint weight;
    void (*act) (Monkey *monkey);
  } deeds[] = {
    { 18, press_of_the_table }, { 18, press_plain }, { 16, click }, { 8, choose }, { 16, type },
    { 6, change_look },         { 3, shake_line },   { 7, wait },   { 18, go_on }, { 3, fill_in }
  };
  guint n = 0;

  g_string_truncate (monkey->deed, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    n += deeds[i].weight;
  n = pick (monkey, n);
  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      if (n < deeds[i].weight)
        {
          deeds[i].act (monkey);
          break;
        }
      n -= deeds[i].weight;
    }
  screen_settle ();
}
