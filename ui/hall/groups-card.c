/* groups-card.c: who waits by group of services, and the waits of the last hour against the pledge. */
#include "ui/hall/groups-card.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/table.h"
#include "ui/language.h"
#include "ui/widgets.h"

struct _JnGroupsCard
{
  GtkBin parent;

  GtkWidget *table;
  JnHall *hall;
};

G_DEFINE_TYPE (JnGroupsCard, jn_groups_card, GTK_TYPE_BIN)

static guint group_signal;

static const char *
tag (void)
{
  return jn_language_get ()->tag;
}

static char *
minutes (gint64 seconds)
{
  return seconds < 0 ? g_strdup ("–") : jn_text_format_duration (tag (), seconds);
}

enum
{
  GROUP_NAME,
  GROUP_WAITING,
  GROUP_STATE,
  GROUP_LONGEST,
  GROUP_P50,
  GROUP_P90,
  GROUP_PLEDGE,
  GROUP_COUNTERS,
};

static void
show_group_state (JnGroupsCard *self, guint row, const JnHallGroup *group)
{
  g_autofree char *late
      = g_strdup_printf (ngettext ("%u late", "%u late", group->late), group->late);
  gboolean soon = group->pledge > 0 && group->longest * 4 > group->pledge * 3;

  if (group->late > 0)
    jn_table_set_tag (JN_TABLE (self->table), row, GROUP_STATE, late, "late");
  else if (group->waiting == 0)
    jn_table_set_tag (JN_TABLE (self->table), row, GROUP_STATE, "", NULL);
  else if (soon)
    jn_table_set_tag (JN_TABLE (self->table), row, GROUP_STATE, _("late soon"), "soon");
  else
    jn_table_set_tag (JN_TABLE (self->table), row, GROUP_STATE, _("on time"), "good");
}

static void
show_group (JnGroupsCard *self, guint row, const JnHallGroup *group)
{
  JnTable *table = JN_TABLE (self->table);
  g_autofree char *name = jn_text_name (tag (), group->names);
  g_autofree char *waiting = g_strdup_printf ("%u", group->waiting);
  g_autofree char *longest = minutes (group->waiting > 0 ? group->longest : -1);
  g_autofree char *p50 = minutes (group->p50);
  g_autofree char *p90 = minutes (group->p90);
  g_autofree char *pledge = minutes (group->pledge > 0 ? group->pledge : -1);
  g_autofree char *counters = g_strdup_printf ("%u", group->counters);
  g_autofree char *look = NULL;
  gboolean late = group->pledge > 0 && group->p90 > group->pledge;

  jn_table_set_cell (table, row, GROUP_NAME, *name != '\0' ? name : group->code);
  jn_table_set_cell (table, row, GROUP_WAITING, waiting);
  show_group_state (self, row, group);
  jn_table_set_cell (table, row, GROUP_LONGEST, longest);
  jn_table_set_cell (table, row, GROUP_P50, p50);
  jn_table_set_tag (table, row, GROUP_P90, late ? p90 : "", late ? "late" : NULL);
  jn_table_set_cell (table, row, GROUP_P90, p90);
  jn_table_set_cell (table, row, GROUP_PLEDGE, pledge);
  jn_table_set_cell (table, row, GROUP_COUNTERS, counters);
  look = g_strdup_printf (_("The tickets behind it: %s"), *name != '\0' ? name : group->code);
  jn_table_set_button (table, row, "view-list-symbolic", look);
}

static void
show_groups (JnGroupsCard *self)
{
  guint n = jn_hall_get_n_groups (self->hall);

  jn_table_set_n_rows (JN_TABLE (self->table), n);
  for (guint i = 0; i < n; i++)
    show_group (self, i, jn_hall_get_group (self->hall, i));
}

static void
on_row_cb (JnTable *table, guint row, GtkWidget *button, JnGroupsCard *self)
{
  const JnHallGroup *group = jn_hall_get_group (self->hall, row);
  g_autofree char *name = jn_text_name (tag (), group->names);

  g_signal_emit (self, group_signal, 0, group->code, *name != '\0' ? name : group->code);
}

/* -- the widget -- */

static void
jn_groups_card_dispose (GObject *object)
{
  g_clear_object (&JN_GROUPS_CARD (object)->hall);
  G_OBJECT_CLASS (jn_groups_card_parent_class)->dispose (object);
}

static void
jn_groups_card_class_init (JnGroupsCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_groups_card_dispose;
  group_signal = g_signal_new ("group", JN_TYPE_GROUPS_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
jn_groups_card_init (JnGroupsCard *self)
{
  const char *const heads[]
      = { _("Group"), C_ ("how many", "Waiting"), "",
                           _("Longest"), _("Wait p50"), _("Wait p90"), _("Pledge"),
                                                                             _("Counters"), NULL };
  GtkWidget *card = jn_card_new (_("Waits by group, last hour"));

  self->table = jn_table_new (_("Waits by group, last hour"), heads, GROUP_NAME,
                                 1 << GROUP_WAITING | 1 << GROUP_LONGEST | 1 << GROUP_P50
                                     | 1 << GROUP_P90 | 1 << GROUP_PLEDGE | 1 << GROUP_COUNTERS);
  g_signal_connect (self->table, "row", G_CALLBACK (on_row_cb), self);
  jn_pack (card, self->table);
  gtk_container_add (GTK_CONTAINER (self), card);
}

GtkWidget *
jn_groups_card_new (JnHall *hall)
{
  JnGroupsCard *self = g_object_new (JN_TYPE_GROUPS_CARD, NULL);

  self->hall = g_object_ref (hall);
  g_signal_connect_object (hall, "changed", G_CALLBACK (show_groups), self, G_CONNECT_SWAPPED);
  show_groups (self);
  return GTK_WIDGET (self);
}
