/* page.c: the base of the window's pages: a column with a line for what went wrong at its top. */
#include "ui/page.h"

#include "ui/widgets.h"
#include "ui/words.h"

typedef struct
{
  GtkWidget *column;
  GtkWidget *notice;
  GtkWidget *content;
  char *next_label;
  char *back_label;
  char *note;
  guint problems;
  gboolean saves;
  gboolean ready;
  GSimpleActionGroup *actions;
} JnPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (JnPage, jn_page, GTK_TYPE_BIN)

enum
{
  PROP_0,
  PROP_NEXT_LABEL,
  PROP_BACK_LABEL,
  PROP_NOTE,
  PROP_PROBLEMS,
  PROP_SAVES,
  PROP_READY,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
enum
{
  GO,
  MEND,
  VISIT,
  MOVED,
  SLIP,
  FOCUS_NEXT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define PRIVATE(self) ((JnPagePrivate *)jn_page_get_instance_private (self))

static void
jn_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JnPagePrivate *priv = PRIVATE (JN_PAGE (object));

  switch (id)
    {
    case PROP_NEXT_LABEL:
      g_value_set_string (value, priv->next_label);
      break;
    case PROP_BACK_LABEL:
      g_value_set_string (value, priv->back_label);
      break;
    case PROP_NOTE:
      g_value_set_string (value, priv->note);
      break;
    case PROP_PROBLEMS:
      g_value_set_uint (value, priv->problems);
      break;
    case PROP_SAVES:
      g_value_set_boolean (value, priv->saves);
      break;
    case PROP_READY:
      g_value_set_boolean (value, priv->ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* A template's children go into the content. */
static void
jn_page_add (GtkContainer *container, GtkWidget *child)
{
  JnPagePrivate *priv = PRIVATE (JN_PAGE (container));

  if (child == priv->column)
    GTK_CONTAINER_CLASS (jn_page_parent_class)->add (container, child);
  else
    gtk_box_pack_start (GTK_BOX (priv->content), child, FALSE, FALSE, 0);
}

/* Answers to what it asked may come when it is gone from the screen. */
static void
jn_page_dispose (GObject *object)
{
  G_OBJECT_CLASS (jn_page_parent_class)->dispose (object);
  PRIVATE (JN_PAGE (object))->notice = NULL;
}

static void
jn_page_finalize (GObject *object)
{
  JnPagePrivate *priv = PRIVATE (JN_PAGE (object));

  g_free (priv->next_label);
  g_free (priv->back_label);
  g_free (priv->note);
  g_clear_object (&priv->actions);
  G_OBJECT_CLASS (jn_page_parent_class)->finalize (object);
}

static void
jn_page_class_init (JnPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = jn_page_get_property;
  object_class->finalize = jn_page_finalize;
  object_class->dispose = jn_page_dispose;
  GTK_CONTAINER_CLASS (klass)->add = jn_page_add;

  props[PROP_NEXT_LABEL] = g_param_spec_string ("next-label", NULL, NULL, NULL, flags);
  props[PROP_BACK_LABEL] = g_param_spec_string ("back-label", NULL, NULL, NULL, flags);
  props[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  props[PROP_PROBLEMS] = g_param_spec_uint ("problems", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_SAVES] = g_param_spec_boolean ("saves", NULL, NULL, FALSE, flags);
  props[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[GO] = g_signal_new ("go", JN_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_INT);
  signals[MEND] = g_signal_new ("mend", JN_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[VISIT] = g_signal_new ("visit", JN_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, JN_TYPE_VISIT);
  signals[MOVED] = g_signal_new ("moved", JN_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SLIP] = g_signal_new ("slip", JN_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, JN_TYPE_TICKET);
  signals[FOCUS_NEXT] = g_signal_new ("focus-next", JN_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 0);
}

static void
jn_page_init (JnPage *self)
{
  JnPagePrivate *priv = PRIVATE (self);

  priv->ready = TRUE;
  priv->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  priv->notice = jn_label_new (NULL, "notice");
  priv->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  gtk_label_set_line_wrap (GTK_LABEL (priv->notice), TRUE);
  gtk_widget_set_no_show_all (priv->notice, TRUE);
  jn_set_role (priv->notice, ATK_ROLE_ALERT);
  gtk_box_pack_start (GTK_BOX (priv->column), priv->notice, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (priv->column), priv->content, TRUE, TRUE, 0);
  g_object_set (priv->column, "margin", 24, NULL);
  gtk_container_add (GTK_CONTAINER (self), priv->column);
  gtk_widget_show_all (priv->column);
}

/* -- what the frame asks -- */

void
jn_page_shown (JnPage *self)
{
  JnPageClass *klass = JN_PAGE_GET_CLASS (self);

  if (klass->shown != NULL)
    klass->shown (self);
}

void
jn_page_next (JnPage *self)
{
  JnPageClass *klass = JN_PAGE_GET_CLASS (self);

  if (klass->next != NULL && PRIVATE (self)->ready)
    klass->next (self);
}

gboolean
jn_page_back (JnPage *self)
{
  JnPageClass *klass = JN_PAGE_GET_CLASS (self);

  return klass->back != NULL && klass->back (self);
}

void
jn_page_known (JnPage *self)
{
  JnPageClass *klass = JN_PAGE_GET_CLASS (self);

  if (klass->known != NULL)
    klass->known (self);
}

gboolean
jn_page_search (JnPage *self)
{
  JnPageClass *klass = JN_PAGE_GET_CLASS (self);

  return klass->search != NULL && klass->search (self);
}

GVariant *
jn_page_keep (JnPage *self)
{
  JnPageClass *klass = JN_PAGE_GET_CLASS (self);

  return klass->keep != NULL ? klass->keep (self) : NULL;
}

void
jn_page_take (JnPage *self, GVariant *kept)
{
  JnPageClass *klass = JN_PAGE_GET_CLASS (self);

  if (klass->take != NULL && kept != NULL)
    klass->take (self, kept);
}

gboolean
jn_page_reach (JnPage *self, JnPlace place)
{
  JnPageClass *klass = JN_PAGE_GET_CLASS (self);

  return klass->reach != NULL && klass->reach (self, place);
}

gboolean
jn_page_mend (JnPage *self, const JnProblem *problem)
{
  JnPageClass *klass = JN_PAGE_GET_CLASS (self);

  return klass->mend != NULL && klass->mend (self, problem);
}

/* -- what the page tells -- */

static void
set_text (JnPage *self, char **member, const char *text, int prop)
{
  if (g_strcmp0 (*member, text) == 0)
    return;
  g_free (*member);
  *member = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_flag (JnPage *self, gboolean *member, gboolean flag, int prop)
{
  if (*member == flag)
    return;
  *member = flag;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
jn_page_set_next_label (JnPage *self, const char *label)
{
  set_text (self, &PRIVATE (self)->next_label, label, PROP_NEXT_LABEL);
}

void
jn_page_set_back_label (JnPage *self, const char *label)
{
  set_text (self, &PRIVATE (self)->back_label, label, PROP_BACK_LABEL);
}

void
jn_page_set_note (JnPage *self, const char *note)
{
  set_text (self, &PRIVATE (self)->note, note, PROP_NOTE);
}

void
jn_page_set_problems (JnPage *self, guint problems)
{
  JnPagePrivate *priv = PRIVATE (self);

  if (priv->problems == problems)
    return;
  priv->problems = problems;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEMS]);
}

void
jn_page_set_saves (JnPage *self, gboolean saves)
{
  set_flag (self, &PRIVATE (self)->saves, saves, PROP_SAVES);
}

void
jn_page_set_ready (JnPage *self, gboolean ready)
{
  set_flag (self, &PRIVATE (self)->ready, ready, PROP_READY);
}

void
jn_page_go (JnPage *self, JnPlace place)
{
  g_signal_emit (self, signals[GO], 0, (int)place);
}

void
jn_page_go_mend (JnPage *self, const JnProblem *problem)
{
  g_signal_emit (self, signals[MEND], 0, problem);
}

void
jn_page_begin_visit (JnPage *self, JnVisit *visit)
{
  g_signal_emit (self, signals[VISIT], 0, visit);
}

void
jn_page_print_slip (JnPage *self, JnTicket *ticket)
{
  g_signal_emit (self, signals[SLIP], 0, ticket);
}

void
jn_page_moved (JnPage *self, guint at, guint of)
{
  g_signal_emit (self, signals[MOVED], 0, at, of);
}

void
jn_page_focus_next (JnPage *self)
{
  g_signal_emit (self, signals[FOCUS_NEXT], 0);
}

void
jn_page_add_actions (JnPage *self, const GActionEntry *entries, int n_entries)
{
  JnPagePrivate *priv = PRIVATE (self);

  if (priv->actions == NULL)
    priv->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (priv->actions), entries, n_entries, self);
}

GActionGroup *
jn_page_get_actions (JnPage *self)
{
  JnPagePrivate *priv = PRIVATE (self);

  return priv->actions != NULL ? G_ACTION_GROUP (priv->actions) : NULL;
}

const char *
jn_page_get_next_label (JnPage *self)
{
  return PRIVATE (self)->next_label;
}

const char *
jn_page_get_back_label (JnPage *self)
{
  return PRIVATE (self)->back_label;
}

const char *
jn_page_get_note (JnPage *self)
{
  return PRIVATE (self)->note;
}

guint
jn_page_get_problems (JnPage *self)
{
  return PRIVATE (self)->problems;
}

gboolean
jn_page_get_saves (JnPage *self)
{
  return PRIVATE (self)->saves;
}

gboolean
jn_page_get_ready (JnPage *self)
{
  return PRIVATE (self)->ready;
}

void
jn_page_say (JnPage *self, const char *text)
{
  JnPagePrivate *priv = PRIVATE (self);

  if (priv->notice == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (priv->notice), text != NULL ? text : "");
  gtk_widget_set_visible (priv->notice, text != NULL);
  if (text != NULL)
    jn_announce (priv->notice);
}

void
jn_page_say_error (JnPage *self, const GError *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    words = jn_words_error (error);
  jn_page_say (self, words);
}

void
jn_page_embed (JnPage *self)
{
  g_object_set (PRIVATE (self)->column, "margin", 0, NULL);
}

GtkBox *
jn_page_get_content (JnPage *self)
{
  return GTK_BOX (PRIVATE (self)->content);
}
