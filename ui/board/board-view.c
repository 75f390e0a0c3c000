/* board-view.c: now calling, last calls, who waits; in three languages in turn; and leave. */
#include "ui/board/board-view.h"

#include <glib/gi18n.h>

#include "app/board.h"
#include "app/text.h"
#include "ui/board/chime.h"
#include "ui/language.h"
#include "ui/widgets.h"

#define TURN_SECONDS 8
#define FRESH_SECONDS 15
#define MOST_CALLING 4
#define MOST_LAST 5
#define MOST_GROUPS 6

typedef struct
{
  GtkWidget *box;
  GtkWidget *number;
  GtkWidget *arrow;
  GtkWidget *counter_word;
  GtkWidget *counter;
  GtkWidget *zone;
} Calling;

typedef struct
{
  GtkWidget *box;
  GtkWidget *left;
  GtkWidget *right;
} Line;

struct _JnBoardView
{
  GtkBin parent;

  GtkWidget *stack;
  GtkWidget *branch;
  GtkWidget *clock;
  GtkWidget *calling_head;
  GtkWidget *nobody;
  Calling calling[MOST_CALLING];
  GtkWidget *last_head;
  Line last[MOST_LAST];
  GtkWidget *groups_head;
  Line groups[MOST_GROUPS];
  GtkWidget *foot;
  GtkWidget *stale;

  JnSession *session;
  JnBoard *board;
  JnChime *chime;
  guint language; /* index in jn_language_list () */
  guint turning;
  guint ticking;
};

G_DEFINE_TYPE (JnBoardView, jn_board_view, GTK_TYPE_BIN)

static const char *
tag (JnBoardView *self)
{
  return jn_language_list ()[self->language].tag;
}

static const char *
say (JnBoardView *self, const char *msgid)
{
  return jn_text (tag (self), msgid);
}

/* -- now calling -- */

static void
show_call (JnBoardView *self, Calling *row, const JnBoardCall *call)
{
  g_autofree char *counter = g_strdup_printf ("%d", call->counter);
  g_autofree char *zone = jn_text_name (tag (self), call->zone_names);
  g_autofree char *zone_words
      = call->zone != NULL ? g_strdup_printf ("%s · %s", call->zone, zone) : NULL;
  gint64 age = jn_session_now (self->session) - call->called;

  jn_label_set (row->number, call->number);
  jn_label_set (row->counter_word, say (self, N_ ("Counter")));
  jn_label_set (row->counter, counter);
  jn_label_set (row->zone, zone_words);
  jn_set_class (row->box, "fresh", age < FRESH_SECONDS);
  gtk_widget_show (row->box);
}

static void
show_calling (JnBoardView *self)
{
  guint n = jn_board_get_n_calling (self->board);

  jn_label_set (self->calling_head, say (self, N_ ("Now calling")));
  jn_label_set (self->nobody, say (self, N_ ("Please wait until your number is called.")));
  gtk_widget_set_visible (self->nobody, n == 0);
  for (guint i = 0; i < MOST_CALLING; i++)
    if (i < n)
      show_call (self, &self->calling[i], jn_board_get_calling (self->board, i));
    else
      gtk_widget_hide (self->calling[i].box);
}

/* -- the right side -- */

static void
show_last (JnBoardView *self)
{
  guint n = jn_board_get_n_last (self->board);

  jn_label_set (self->last_head, say (self, N_ ("Last called")));
  gtk_widget_set_visible (self->last_head, n > 0);
  for (guint i = 0; i < MOST_LAST; i++)
    {
      const JnBoardCall *call = i < n ? jn_board_get_last (self->board, i) : NULL;
      g_autofree char *counter = NULL;

      gtk_widget_set_visible (self->last[i].box, call != NULL);
      if (call == NULL)
        continue;
      counter = g_strdup_printf ("→ %d", call->counter);
      jn_label_set (self->last[i].left, call->number);
      jn_label_set (self->last[i].right, counter);
    }
}

static void
show_groups (JnBoardView *self)
{
  guint n = jn_board_get_n_groups (self->board);

  jn_label_set (self->groups_head, say (self, N_ ("Waiting, and the usual wait")));
  for (guint i = 0; i < MOST_GROUPS; i++)
    {
      const JnBoardGroup *group = i < n ? jn_board_get_group (self->board, i) : NULL;
      g_autofree char *name = group != NULL ? jn_text_name (tag (self), group->names) : NULL;
      g_autofree char *wait = NULL;
      g_autofree char *words = NULL;

      gtk_widget_set_visible (self->groups[i].box, group != NULL);
      if (group == NULL)
        continue;
      wait = group->p50 >= 0 ? jn_text_format_duration (tag (self), MAX (group->p50, 60)) : NULL;
      words = wait != NULL ? g_strdup_printf ("%u · ≈ %s", group->waiting, wait)
                           : g_strdup_printf ("%u", group->waiting);
      jn_label_set (self->groups[i].left, *name != '\0' ? name : group->code);
      jn_label_set (self->groups[i].right, words);
    }
}

/* -- around it -- */

static void
show_clock (JnBoardView *self)
{
  g_autofree char *clock
      = jn_text_format_clock (jn_session_now (self->session), jn_session_get_zone (self->session));

  jn_label_set (self->clock, clock);
}

static void
show_stale (JnBoardView *self)
{
  gint64 since = jn_session_get_offline_since (self->session);
  g_autofree char *clock = jn_text_format_clock (since, jn_session_get_zone (self->session));
  g_autofree char *words = NULL;

  words = g_strdup_printf (
      say (self, N_ ("Not up to date since %s. Please listen to the counters.")), clock);
  jn_label_set (self->stale, words);
  gtk_widget_set_visible (self->stale, since != 0);
}

static void
refresh (JnBoardView *self)
{
  g_autofree char *branch = jn_session_get_branch_name (self->session, tag (self));

  jn_label_set (self->branch, branch);
  jn_label_set (
      self->foot,
      say (self, N_ ("Keep your slip, and go to the counter when your number is shown.")));
  show_clock (self);
  show_calling (self);
  show_last (self);
  show_groups (self);
  show_stale (self);
  gtk_stack_set_visible_child_name (
      GTK_STACK (self->stack), jn_board_get_emergency (self->board) != 0 ? "emergency" : "board");
}

void
jn_board_view_turn (JnBoardView *self)
{
  self->language++;
  if (jn_language_list ()[self->language].code == NULL)
    self->language = 0;
  refresh (self);
}

static gboolean
turn_cb (gpointer user_data)
{
  jn_board_view_turn (JN_BOARD_VIEW (user_data));
  return G_SOURCE_CONTINUE;
}

static gboolean
tick_cb (gpointer user_data)
{
  JnBoardView *self = JN_BOARD_VIEW (user_data);

  show_clock (self);
  show_calling (self); /* what was fresh gets older */
  return G_SOURCE_CONTINUE;
}

/* "B011" is spoken as signs: B 0 1 1 */
static char *
spell (const char *number)
{
  GString *signs = g_string_new (NULL);

  for (const char *c = number; *c != '\0'; c++)
    g_string_append_printf (signs, "%s%c", signs->len > 0 ? " " : "", *c);
  return g_string_free (signs, FALSE);
}

static void
on_called_cb (JnBoard *board, const JnBoardCall *call, JnBoardView *self)
{
  g_autofree char *number = spell (call->number);

  jn_chime_play (self->chime);
  if (!jn_settings_get_speech (jn_session_get_settings (self->session)))
    return;
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      g_autofree char *words = NULL;

      /* TRANSLATORS: spoken in the hall: a ticket's number and a counter's */
      words = g_strdup_printf (jn_text (language->tag, N_ ("Number %s, counter %d")), number,
                                        call->counter);
      jn_chime_speak (self->chime, language->tag, words);
    }
}

/* -- the widget -- */

static void
jn_board_view_dispose (GObject *object)
{
  JnBoardView *self = JN_BOARD_VIEW (object);

  g_clear_handle_id (&self->turning, g_source_remove);
  g_clear_handle_id (&self->ticking, g_source_remove);
  if (self->board != NULL)
    g_signal_handlers_disconnect_by_data (self->board, self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->chime != NULL)
    g_object_run_dispose (G_OBJECT (self->chime));
  g_clear_object (&self->chime);
  g_clear_object (&self->board);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_board_view_parent_class)->dispose (object);
}

static void
jn_board_view_class_init (JnBoardViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_board_view_dispose;
}

static void
jn_board_view_init (JnBoardView *self)
{
  self->chime = jn_chime_new ();
}

static GtkWidget *
make_head (JnBoardView *self)
{
  GtkWidget *head = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 24, "board-head");

  self->branch = jn_label_new (NULL, "board-title");
  self->clock = jn_label_new (NULL, "board-title number");
  gtk_label_set_ellipsize (GTK_LABEL (self->branch), PANGO_ELLIPSIZE_END);
  gtk_box_pack_start (GTK_BOX (head), self->branch, TRUE, TRUE, 0);
  gtk_widget_show (self->branch);
  jn_pack_end (head, self->clock);
  return head;
}

/* Number → counter, as large as four rows let it be; the counter's word and zone stand beside it. */
static void
make_calling (GtkWidget *column, Calling *row)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  row->box = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 20, "board-call");
  row->number = jn_label_new (NULL, "board-number number");
  row->arrow = jn_label_new ("→", "board-arrow");
  row->counter_word = jn_label_new (NULL, "board-word");
  row->counter = jn_label_new (NULL, "board-number number");
  row->zone = jn_label_new (NULL, "board-zone");
  gtk_label_set_ellipsize (GTK_LABEL (row->zone), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (row->number), 4);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  jn_pack (words, row->counter_word);
  jn_pack (words, row->zone);
  jn_pack (row->box, row->number);
  jn_pack (row->box, row->arrow);
  gtk_box_pack_start (GTK_BOX (row->box), words, TRUE, TRUE, 0);
  gtk_widget_show (words);
  jn_pack_end (row->box, row->counter);
  gtk_box_pack_start (GTK_BOX (column), row->box, FALSE, FALSE, 0);
}

static void
make_line (GtkWidget *column, Line *line, const char *classes)
{
  line->box = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 18, "board-line");
  line->left = jn_label_new (NULL, classes);
  line->right = jn_label_new (NULL, "board-small-number number");
  gtk_label_set_ellipsize (GTK_LABEL (line->left), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (line->right), 1);
  gtk_box_pack_start (GTK_BOX (line->box), line->left, TRUE, TRUE, 0);
  gtk_widget_show (line->left);
  jn_pack_end (line->box, line->right);
  gtk_box_pack_start (GTK_BOX (column), line->box, FALSE, FALSE, 0);
}

static GtkWidget *
make_left (JnBoardView *self)
{
  GtkWidget *column = jn_box_new (GTK_ORIENTATION_VERTICAL, 18, "board-left");
  g_autoptr (GtkSizeGroup) numbers = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  self->calling_head = jn_label_new (NULL, "board-section");
  self->nobody = jn_text_new (NULL, "board-word");
  jn_set_role (self->calling_head, ATK_ROLE_HEADING);
  jn_pack (column, self->calling_head);
  gtk_box_pack_start (GTK_BOX (column), self->nobody, FALSE, FALSE, 0);
  for (guint i = 0; i < MOST_CALLING; i++)
    {
      make_calling (column, &self->calling[i]);
      gtk_size_group_add_widget (numbers, self->calling[i].number);
    }
  return column;
}

static GtkWidget *
make_right (JnBoardView *self)
{
  GtkWidget *column = jn_box_new (GTK_ORIENTATION_VERTICAL, 6, "board-right");

  self->last_head = jn_label_new (NULL, "board-section");
  self->groups_head = jn_label_new (NULL, "board-section board-second");
  jn_set_role (self->last_head, ATK_ROLE_HEADING);
  jn_set_role (self->groups_head, ATK_ROLE_HEADING);
  gtk_box_pack_start (GTK_BOX (column), self->last_head, FALSE, FALSE, 0);
  for (guint i = 0; i < MOST_LAST; i++)
    make_line (column, &self->last[i], "board-small-number number");
  jn_pack (column, self->groups_head);
  for (guint i = 0; i < MOST_GROUPS; i++)
    make_line (column, &self->groups[i], "board-group");
  return column;
}

static GtkWidget *
make_emergency (void)
{
  GtkWidget *box = jn_box_new (GTK_ORIENTATION_VERTICAL, 40, "board-emergency");

  gtk_widget_set_valign (box, GTK_ALIGN_FILL);
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      GtkWidget *words
          = jn_text_new (jn_text (language->tag, N_ ("Leave the building now.")), "board-leave");

      gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_CENTER);
      gtk_label_set_xalign (GTK_LABEL (words), 0.5F);
      jn_set_role (words, ATK_ROLE_ALERT);
      gtk_box_pack_start (GTK_BOX (box), words, TRUE, TRUE, 0);
      gtk_widget_show (words);
    }
  gtk_widget_show (box);
  return box;
}

static GtkWidget *
make_board (JnBoardView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_grid_new ();
  GtkWidget *left = make_left (self);
  GtkWidget *right = make_right (self);

  gtk_grid_set_column_homogeneous (GTK_GRID (body), TRUE);
  gtk_grid_attach (GTK_GRID (body), left, 0, 0, 3, 1);
  gtk_grid_attach (GTK_GRID (body), right, 3, 0, 2, 1);
  gtk_widget_set_vexpand (left, TRUE);
  gtk_widget_show (left);
  gtk_widget_show (right);
  self->foot = jn_text_new (NULL, "board-foot");
  self->stale = jn_text_new (NULL, "board-foot late");
  jn_pack (box, make_head (self));
  gtk_box_pack_start (GTK_BOX (box), body, TRUE, TRUE, 0);
  gtk_widget_show (body);
  gtk_box_pack_start (GTK_BOX (box), self->stale, FALSE, FALSE, 0);
  jn_pack (box, self->foot);
  gtk_widget_show (box);
  return box;
}

GtkWidget *
jn_board_view_new (JnSession *session)
{
  JnBoardView *self = g_object_new (JN_TYPE_BOARD_VIEW, NULL);

  self->session = g_object_ref (session);
  self->board = jn_board_new (session);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_board (self), "board");
  gtk_stack_add_named (GTK_STACK (self->stack), make_emergency (), "emergency");
  gtk_widget_show (self->stack);
  gtk_container_add (GTK_CONTAINER (self), self->stack);
  g_signal_connect_swapped (self->board, "changed", G_CALLBACK (refresh), self);
  g_signal_connect (self->board, "called", G_CALLBACK (on_called_cb), self);
  g_signal_connect_swapped (session, "notify::offline-since", G_CALLBACK (show_stale), self);
  self->turning = g_timeout_add_seconds (TURN_SECONDS, turn_cb, self);
  self->ticking = g_timeout_add_seconds (1, tick_cb, self);
  jn_board_refresh_async (self->board, NULL, NULL, NULL);
  refresh (self);
  return GTK_WIDGET (self);
}
