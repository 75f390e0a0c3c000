/* desk-driver.c: finds by role and name over libatspi, presses keys over XTest, waits with deadlines. */
#include "tests/gui/desk-driver.h"
#include "tests/gui/display.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#define LOOK_EVERY_MS 15
#define FORGET_EVERY_US (G_USEC_PER_SEC / 2)
#define DEEPEST 60

struct _JnDeskDriver
{
  Display *display;
  GPid pid;
  int status; /* of waitpid (), once it has ended */
  gboolean ended;
  double deadline;
  guint keys;
};

typedef struct
{
  AtspiRole role; /* ATSPI_ROLE_INVALID: any */
  const char *name;
  const char *id; /* the accessible id instead of role and name, or NULL */
  gboolean off;   /* only what is not checked */
} Wanted;

/* ---- looking ---- */

static AtspiAccessible *
find_program (JnDeskDriver *self)
{
  g_autoptr(AtspiAccessible) desktop = atspi_get_desktop (0);
  int n = atspi_accessible_get_child_count (desktop, NULL);

  for (int i = 0; i < n; i++)
    {
      g_autoptr(AtspiAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);

      if (child != NULL && atspi_accessible_get_process_id (child, NULL) == (guint)self->pid)
        return g_steal_pointer (&child);
    }
  return NULL;
}

static gboolean
has_state (AtspiAccessible *thing, AtspiStateType state)
{
  g_autoptr(AtspiStateSet) states = atspi_accessible_get_state_set (thing);

  return states != NULL && atspi_state_set_contains (states, state);
}

static char *
name_by_label (AtspiAccessible *thing)
{
  g_autoptr(GArray) relations = atspi_accessible_get_relation_set (thing, NULL);
  char *name = NULL;

  for (guint i = 0; relations != NULL && i < relations->len; i++)
    {
      AtspiRelation *relation = g_array_index (relations, AtspiRelation *, i);

      if (name == NULL && atspi_relation_get_relation_type (relation) == ATSPI_RELATION_LABELLED_BY)
        {
          g_autoptr(AtspiAccessible) label = atspi_relation_get_target (relation, 0);

          name = label != NULL ? atspi_accessible_get_name (label, NULL) : NULL;
        }
      g_object_unref (relation);
    }
  return name;
}

static char *
name_of (AtspiAccessible *thing)
{
  char *name = atspi_accessible_get_name (thing, NULL);

  if (name != NULL && *name != '\0')
    return name;
  g_free (name);
  return name_by_label (thing);
}

static gboolean
name_matches (const char *name, const char *wanted)
{
  size_t length = strlen (wanted);

  if (name == NULL)
    return FALSE;
  if (*wanted == '*')
    return g_str_has_suffix (name, wanted + 1);
  if (length > 0 && wanted[length - 1] == '*')
    return strncmp (name, wanted, length - 1) == 0;
  return strcmp (name, wanted) == 0;
}

static gboolean
matches (AtspiAccessible *thing, const Wanted *wanted)
{
  g_autofree char *name = NULL;

  if (wanted->id != NULL)
    {
      g_autofree char *id = atspi_accessible_get_accessible_id (thing, NULL);

      return g_strcmp0 (id, wanted->id) == 0;
    }
  if (wanted->off && has_state (thing, ATSPI_STATE_CHECKED))
    return FALSE;
  if (wanted->role != ATSPI_ROLE_INVALID && atspi_accessible_get_role (thing, NULL) != wanted->role)
    return FALSE;
  name = name_of (thing);
  return name_matches (name, wanted->name);
}

/* Depth first, in reading order, through what is visible. */
static AtspiAccessible *
search (AtspiAccessible *thing, const Wanted *wanted, int depth)
{
  int n = atspi_accessible_get_child_count (thing, NULL);

  if (depth > DEEPEST)
    return NULL;
  for (int i = 0; i < n; i++)
    {
      g_autoptr(AtspiAccessible) child = atspi_accessible_get_child_at_index (thing, i, NULL);
      AtspiAccessible *found;

      if (child == NULL || !has_state (child, ATSPI_STATE_VISIBLE))
        continue;
      if (matches (child, wanted))
        return g_steal_pointer (&child);
      found = search (child, wanted, depth + 1);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static AtspiAccessible *
find (JnDeskDriver *self, const Wanted *wanted)
{
  g_autoptr(AtspiAccessible) program = find_program (self);

  return program != NULL ? search (program, wanted, 0) : NULL;
}

AtspiAccessible *
jn_desk_driver_find (JnDeskDriver *self, AtspiRole role, const char *name)
{
  Wanted wanted = { role, name, NULL, FALSE };

  return find (self, &wanted);
}

gboolean
jn_desk_driver_shows (JnDeskDriver *self, const char *id)
{
  Wanted wanted = { ATSPI_ROLE_INVALID, NULL, id, FALSE };
  g_autoptr(AtspiAccessible) thing = find (self, &wanted);

  return thing != NULL;
}

static void
describe (AtspiAccessible *thing, int depth, GString *text)
{
  int n = atspi_accessible_get_child_count (thing, NULL);
  g_autofree char *role = atspi_accessible_get_role_name (thing, NULL);
  g_autofree char *name = name_of (thing);
  g_autofree char *id = atspi_accessible_get_accessible_id (thing, NULL);

  if (depth > DEEPEST || (depth > 0 && !has_state (thing, ATSPI_STATE_VISIBLE)))
    return;
  g_string_append_printf (text, "%*s%s \"%s\"%s%s%s%s%s%s\n", depth * 2, "", role,
                          name != NULL ? name : "", id != NULL && *id != '\0' ? " " : "",
                          id != NULL ? id : "",
                          has_state (thing, ATSPI_STATE_SHOWING) ? "" : " off-screen",
                          has_state (thing, ATSPI_STATE_SENSITIVE) ? "" : " insensitive",
                          has_state (thing, ATSPI_STATE_FOCUSED) ? " focused" : "",
                          has_state (thing, ATSPI_STATE_CHECKED) ? " checked" : "");
  for (int i = 0; i < n; i++)
    {
      g_autoptr(AtspiAccessible) child = atspi_accessible_get_child_at_index (thing, i, NULL);

      if (child != NULL)
        describe (child, depth + 1, text);
    }
}

char *
jn_desk_driver_describe (JnDeskDriver *self)
{
  g_autoptr(AtspiAccessible) program = find_program (self);
  GString *text = g_string_new (NULL);

  if (program != NULL)
    {
      atspi_accessible_clear_cache (program);
      describe (program, 0, text);
    }
  return g_string_free (text, FALSE);
}

/* ---- waiting ---- */

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets the news of the program arrive for a moment. */
static void
listen (void)
{
  gboolean awake = FALSE;

  g_timeout_add (LOOK_EVERY_MS, wake_cb, &awake);
  while (!awake)
    g_main_context_iteration (NULL, TRUE);
}

static void
forget (JnDeskDriver *self)
{
  g_autoptr(AtspiAccessible) program = find_program (self);

  if (program != NULL)
    atspi_accessible_clear_cache (program);
}

static gboolean
has_ended (JnDeskDriver *self)
{
  if (!self->ended && waitpid (self->pid, &self->status, WNOHANG) == self->pid)
    self->ended = TRUE;
  return self->ended;
}

/* Leaves what was seen where the logs are, and ends the test. */
static void G_GNUC_NORETURN
give_up (JnDeskDriver *self, const char *what)
{
  const char *folder = g_getenv ("JANELA_LOGS");
  g_autofree char *tree = jn_desk_driver_describe (self);
  g_autofree char *program
      = g_path_get_basename (g_get_prgname () != NULL ? g_get_prgname () : "driver");
  g_autofree char *picture = g_strdup_printf (
      "%s/%s-%d.png", folder != NULL ? folder : g_get_tmp_dir (), program, (int)getpid ());

  g_printerr ("%s\n", tree);
  if (self->display != NULL)
    jn_desk_driver_picture (self, picture);
  if (!self->ended)
    kill (self->pid, SIGKILL);
  g_error ("waited in vain for %s%s; see %s", what, self->ended ? " (the program has ended)" : "",
           picture);
}

void
jn_desk_driver_until (JnDeskDriver *self,
                      JnDeskCondition condition,
                      gpointer user_data,
                      const char *what)
{
  gint64 started = g_get_monotonic_time ();
  gint64 end = started + (gint64)(self->deadline * G_USEC_PER_SEC);
  gint64 forgotten = started;

  while (!condition (self, user_data))
    {
      gint64 now = g_get_monotonic_time ();

      if (now > end || has_ended (self))
        give_up (self, what);
      if (now - forgotten > FORGET_EVERY_US)
        {
          forget (self); /* libatspi's own picture of the tree may have missed a change */
          forgotten = now;
        }
      listen ();
    }
}

typedef struct
{
  Wanted wanted;
  AtspiAccessible *found;
} Search;

static gboolean
is_there (JnDeskDriver *self, gpointer user_data)
{
  Search *look = user_data;

  look->found = find (self, &look->wanted);
  return look->found != NULL;
}

static gboolean
is_ready (JnDeskDriver *self, gpointer user_data)
{
  Search *look = user_data;

  if (!is_there (self, user_data))
    return FALSE;
  if (has_state (look->found, ATSPI_STATE_SENSITIVE))
    return TRUE;
  g_clear_object (&look->found);
  return FALSE;
}

static gboolean
is_gone (JnDeskDriver *self, gpointer user_data)
{
  Search *look = user_data;

  if (!is_there (self, user_data))
    return TRUE;
  g_clear_object (&look->found);
  return FALSE;
}

static AtspiAccessible *
look_until (JnDeskDriver *self,
            JnDeskCondition condition,
            AtspiRole role,
            const char *name,
            const char *state)
{
  Search look = { { role, name, NULL, FALSE }, NULL };
  g_autofree char *role_name
      = role == ATSPI_ROLE_INVALID ? g_strdup ("thing") : atspi_role_get_name (role);
  g_autofree char *what = g_strdup_printf ("the %s \"%s\" %s", role_name, name, state);

  jn_desk_driver_until (self, condition, &look, what);
  return look.found;
}

AtspiAccessible *
jn_desk_driver_wait (JnDeskDriver *self, AtspiRole role, const char *name)
{
  return look_until (self, is_there, role, name, "to be there");
}

void
jn_desk_driver_wait_gone (JnDeskDriver *self, AtspiRole role, const char *name)
{
  look_until (self, is_gone, role, name, "to go");
}

void
jn_desk_driver_set_deadline (JnDeskDriver *self, double seconds)
{
  self->deadline = seconds;
}

/* ---- doing ---- */

void
jn_desk_driver_press (JnDeskDriver *self, AtspiRole role, const char *name)
{
  g_autoptr(AtspiAccessible) thing = look_until (self, is_ready, role, name, "to be ready");
  g_autoptr(AtspiAction) action = atspi_accessible_get_action_iface (thing);

  if (action == NULL || !atspi_action_do_action (action, 0, NULL))
    give_up (self, "something that can be pressed");
  self->keys++;
}

static gboolean
is_on_or_gone (JnDeskDriver *self, gpointer user_data)
{
  AtspiAccessible *thing = user_data;

  atspi_accessible_clear_cache (thing);
  return has_state (thing, ATSPI_STATE_CHECKED) || !has_state (thing, ATSPI_STATE_VISIBLE);
}

guint
jn_desk_driver_press_all (JnDeskDriver *self, AtspiRole role, const char *name)
{
  Wanted wanted = { role, name, NULL, TRUE };
  AtspiAccessible *thing;
  guint n = 0;

  while ((thing = find (self, &wanted)) != NULL)
    {
      g_autoptr(AtspiAction) action = atspi_accessible_get_action_iface (thing);

      if (action == NULL || !atspi_action_do_action (action, 0, NULL))
        give_up (self, name);
      jn_desk_driver_until (self, is_on_or_gone, thing, name);
      g_object_unref (thing);
      self->keys++;
      n++;
    }
  return n;
}

static gboolean
is_field (AtspiAccessible *thing)
{
  g_autoptr(AtspiEditableText) text = atspi_accessible_get_editable_text_iface (thing);

  return text != NULL;
}

static const AtspiRole FIELDS[] = { ATSPI_ROLE_TEXT, ATSPI_ROLE_ENTRY, ATSPI_ROLE_PASSWORD_TEXT,
                                    ATSPI_ROLE_SPIN_BUTTON, ATSPI_ROLE_COMBO_BOX };

static gboolean
is_field_there (JnDeskDriver *self, gpointer user_data)
{
  Search *look = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    {
      look->wanted.role = FIELDS[i];
      if (is_ready (self, look))
        return TRUE;
    }
  return FALSE;
}

static AtspiAccessible *
wait_field (JnDeskDriver *self, const char *label)
{
  return look_until (self, is_field_there, ATSPI_ROLE_INVALID, label, "to take an answer");
}

static gboolean
is_focused (JnDeskDriver *self, gpointer user_data)
{
  atspi_accessible_clear_cache (user_data);
  return has_state (user_data, ATSPI_STATE_FOCUSED);
}

static void
focus_field (JnDeskDriver *self, AtspiAccessible *field)
{
  g_autoptr(AtspiComponent) component = atspi_accessible_get_component_iface (field);

  if (component == NULL)
    give_up (self, "a field that takes the focus");
  atspi_component_grab_focus (component, NULL);
  jn_desk_driver_until (self, is_focused, field, "the field to have the focus");
}

void
jn_desk_driver_focus (JnDeskDriver *self, const char *label)
{
  g_autoptr(AtspiAccessible) field = wait_field (self, label);

  focus_field (self, field);
}

void
jn_desk_driver_fill (JnDeskDriver *self, const char *label, const char *text)
{
  g_autoptr(AtspiAccessible) field = wait_field (self, label);
  g_autoptr(AtspiEditableText) editable = NULL;

  if (!is_field (field))
    give_up (self, "a field that can be written in");
  focus_field (self, field);
  editable = atspi_accessible_get_editable_text_iface (field);
  if (!atspi_editable_text_set_text_contents (editable, text, NULL))
    give_up (self, "a field to take its text");
  self->keys += (guint)g_utf8_strlen (text, -1);
}

char *
jn_desk_driver_read (JnDeskDriver *self, const char *label)
{
  g_autoptr(AtspiAccessible) field = wait_field (self, label);
  g_autoptr(AtspiText) text = atspi_accessible_get_text_iface (field);

  if (text == NULL)
    return name_of (field);
  return atspi_text_get_text (text, 0, -1, NULL);
}

typedef struct
{
  const char *label;
  const char *text;
} Reading;

static gboolean
reads_so (JnDeskDriver *self, gpointer user_data)
{
  Reading *reading = user_data;
  g_autofree char *text = jn_desk_driver_read (self, reading->label);

  return g_strcmp0 (text, reading->text) == 0;
}

void
jn_desk_driver_wait_text (JnDeskDriver *self, const char *label, const char *text)
{
  Reading reading = { label, text };
  g_autofree char *what = g_strdup_printf ("\"%s\" to read \"%s\"", label, text);

  jn_desk_driver_until (self, reads_so, &reading, what);
}

static int
index_of_child (AtspiAccessible *parent, const char *name)
{
  int n = atspi_accessible_get_child_count (parent, NULL);

  for (int i = 0; i < n; i++)
    {
      g_autoptr(AtspiAccessible) child = atspi_accessible_get_child_at_index (parent, i, NULL);
      g_autofree char *its = child != NULL ? name_of (child) : NULL;

      if (name_matches (its, name))
        return i;
    }
  return -1;
}

/* A combo box of GTK holds a menu that holds the choices. */
void
jn_desk_driver_choose (JnDeskDriver *self, const char *label, const char *choice)
{
  g_autoptr(AtspiAccessible) combo = wait_field (self, label);
  g_autoptr(AtspiAccessible) menu = atspi_accessible_get_child_at_index (combo, 0, NULL);
  g_autoptr(AtspiSelection) selection = atspi_accessible_get_selection_iface (combo);
  int at = menu != NULL ? index_of_child (menu, choice) : -1;

  if (at < 0 || selection == NULL || !atspi_selection_select_child (selection, at, NULL))
    give_up (self, choice);
  self->keys++;
}

/* ---- answering a form's question ---- */

static gboolean
has_role (AtspiAccessible *thing, AtspiRole role)
{
  return atspi_accessible_get_role (thing, NULL) == role;
}

/* What a question is answered with, in the order in which it stands on the screen. */
static void
collect_controls (AtspiAccessible *thing, GPtrArray *controls, int depth)
{
  int n = atspi_accessible_get_child_count (thing, NULL);

  for (int i = 0; i < n && depth < DEEPEST; i++)
    {
      g_autoptr(AtspiAccessible) child = atspi_accessible_get_child_at_index (thing, i, NULL);

      if (child == NULL || !has_state (child, ATSPI_STATE_VISIBLE))
        continue;
      if (has_role (child, ATSPI_ROLE_RADIO_BUTTON) || has_role (child, ATSPI_ROLE_CHECK_BOX)
          || has_role (child, ATSPI_ROLE_COMBO_BOX) || is_field (child))
        g_ptr_array_add (controls, g_steal_pointer (&child));
      else
        collect_controls (child, controls, depth + 1);
    }
}

static gboolean
answer_by_number (GPtrArray *controls, guint number)
{
  AtspiAccessible *first = g_ptr_array_index (controls, 0);
  g_autoptr(AtspiSelection) selection = NULL;
  g_autoptr(AtspiAction) action = NULL;

  if (has_role (first, ATSPI_ROLE_COMBO_BOX))
    {
      selection = atspi_accessible_get_selection_iface (first);
      return selection != NULL && atspi_selection_select_child (selection, (int)number - 1, NULL);
    }
  if (number > controls->len)
    return FALSE;
  action = atspi_accessible_get_action_iface (g_ptr_array_index (controls, number - 1));
  return action != NULL && atspi_action_do_action (action, 0, NULL);
}

static gboolean
answer_by_text (JnDeskDriver *self, AtspiAccessible *field, const char *text)
{
  g_autoptr(AtspiEditableText) editable = atspi_accessible_get_editable_text_iface (field);

  if (editable == NULL)
    return FALSE;
  focus_field (self, field);
  return atspi_editable_text_set_text_contents (editable, text, NULL);
}

void
jn_desk_driver_answer (JnDeskDriver *self, const char *id, const char *answer)
{
  Search look = { { ATSPI_ROLE_INVALID, NULL, id, FALSE }, NULL };
  g_autofree char *what = g_strdup_printf ("the question %s to take \"%s\"", id, answer);
  g_autoptr(AtspiAccessible) question = NULL;
  g_autoptr(GPtrArray) controls = g_ptr_array_new_with_free_func (g_object_unref);
  const char *label;
  gboolean taken;

  jn_desk_driver_until (self, is_ready, &look, what);
  question = look.found;
  collect_controls (question, controls, 0);
  if (controls->len == 0)
    give_up (self, what);
  label = *answer == '#' ? strchr (answer, ' ') : NULL;
  if (label != NULL && is_field (g_ptr_array_index (controls, 0)))
    taken = answer_by_text (self, g_ptr_array_index (controls, 0), label + 1);
  else if (*answer == '#')
    taken = answer_by_number (controls, (guint)atoi (answer + 1));
  else
    taken = answer_by_text (self, g_ptr_array_index (controls, 0), answer);
  if (!taken)
    give_up (self, what);
  self->keys += *answer == '#' ? 1 : (guint)g_utf8_strlen (answer, -1);
}

/* ---- keys ---- */

void
jn_desk_driver_key (JnDeskDriver *self, const char *keys)
{
  display_give_keyboard (self->display, self->pid);
  display_press (self->display, keys);
  self->keys++;
}

void
jn_desk_driver_type (JnDeskDriver *self, const char *text)
{
  display_give_keyboard (self->display, self->pid);
  display_type (self->display, text);
  self->keys += (guint)strlen (text);
}

guint
jn_desk_driver_get_keys (JnDeskDriver *self)
{
  return self->keys;
}

/* ---- pictures ---- */

guint
jn_desk_driver_get_checksum (JnDeskDriver *self)
{
  return display_checksum (self->display);
}

#define STILL_FRAMES 8

typedef struct
{
  guint sum;
  guint frames;
} Stillness;

static gboolean
is_still (JnDeskDriver *self, gpointer user_data)
{
  Stillness *still = user_data;
  guint sum = jn_desk_driver_get_checksum (self);

  still->frames = sum == still->sum ? still->frames + 1 : 0;
  still->sum = sum;
  return still->frames >= STILL_FRAMES;
}

void
jn_desk_driver_settle (JnDeskDriver *self)
{
  Stillness still = { 0, 0 };

  jn_desk_driver_until (self, is_still, &still, "the screen to stand still");
}

void
jn_desk_driver_picture (JnDeskDriver *self, const char *path)
{
  display_picture (self->display, path);
}

/* ---- the program ---- */

/* The program must not outlive a test that was killed. */
static void
child_setup_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static gboolean
window_is_there (JnDeskDriver *self, gpointer user_data)
{
  g_autoptr(AtspiAccessible) program = find_program (self);
  g_autoptr(AtspiAccessible) window = NULL;

  if (program == NULL || atspi_accessible_get_child_count (program, NULL) < 1)
    return FALSE;
  window = atspi_accessible_get_child_at_index (program, 0, NULL);
  return window != NULL && has_state (window, ATSPI_STATE_SHOWING);
}

static char **
with_environment (const char *const *extra)
{
  char **environment = g_get_environ ();

  for (guint i = 0; extra != NULL && extra[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (extra[i], "=", 2);

      environment = g_environ_setenv (environment, pair[0], pair[1], TRUE);
    }
  return environment;
}

static char **
with_program (const char *path, const char *const *arguments)
{
  GPtrArray *command = g_ptr_array_new ();

  g_ptr_array_add (command, g_strdup (path));
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add (command, g_strdup (arguments[i]));
  g_ptr_array_add (command, NULL);
  return (char **)g_ptr_array_free (command, FALSE);
}

JnDeskDriver *
jn_desk_driver_start_program (const char *path,
                              const char *const *arguments,
                              const char *const *environment)
{
  JnDeskDriver *self = g_new0 (JnDeskDriver, 1);
  g_auto (GStrv) command = with_program (path, arguments);
  g_auto (GStrv) variables = with_environment (environment);
  g_autoptr(GError) error = NULL;

  atspi_init ();
  self->deadline = 60;
  self->display = XOpenDisplay (NULL);
  if (self->display == NULL)
    g_error ("no display: run under tests/with-x");
  if (!g_spawn_async (NULL, command, variables, G_SPAWN_DO_NOT_REAP_CHILD, child_setup_cb, NULL,
                      &self->pid, &error))
    g_error ("%s", error->message);
  jn_desk_driver_until (self, window_is_there, NULL, "the program's window");
  display_give_keyboard (self->display, self->pid);
  return self;
}

JnDeskDriver *
jn_desk_driver_start (const char *const *arguments, const char *const *environment)
{
  const char *folder = g_getenv ("JANELA_BIN");
  g_autofree char *path = g_build_filename (folder != NULL ? folder : "build/bin", "janela", NULL);

  return jn_desk_driver_start_program (path, arguments, environment);
}

static gboolean
ended_cb (JnDeskDriver *self)
{
  for (int i = 0; i < 300 && !has_ended (self); i++)
    g_usleep (10 * 1000); /* a child's end is polled: SIGCHLD belongs to nobody here */
  return self->ended;
}

int
jn_desk_driver_wait_end (JnDeskDriver *self)
{
  int status;

  if (!ended_cb (self))
    {
      kill (self->pid, SIGKILL);
      waitpid (self->pid, NULL, 0);
    }
  status = self->ended && WIFEXITED (self->status) ? WEXITSTATUS (self->status) : -1;
  XCloseDisplay (self->display);
  g_free (self);
  return status;
}

int
jn_desk_driver_stop (JnDeskDriver *self)
{
  if (!has_ended (self))
    kill (self->pid, SIGTERM);
  return jn_desk_driver_wait_end (self);
}

void
jn_desk_driver_kill (JnDeskDriver *self)
{
  kill (self->pid, SIGKILL);
  jn_desk_driver_stop (self);
}
