/* counter-picker.c: one of the counters where somebody works, found by type-ahead. */
#include "ui/route/counter-picker.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/search.h"
#include "app/text.h"
#include "ui/desk/pause-strip.h"
#include "ui/language.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define MOST_SHOWN 6

struct _JnCounterPicker
{
  GtkBin parent;

  GtkWidget *search;
  GtkWidget *list;
  GtkWidget *words;

  JnSession *session;
  GPtrArray *entries; /* (nullable): of JnCounterEntry: not answered yet */
  guint n_asked;      /* services of the ticket */
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnCounterPicker, jn_counter_picker, GTK_TYPE_BIN)

/* -- a counter in words -- */

static const char *
clerk_name (const JnCounterEntry *entry)
{
  const char *zh = NULL, *latin = NULL;
  const char *name;

  if (entry->clerk != NULL)
    {
      g_variant_lookup (entry->clerk, "zh", "&s", &zh);
      g_variant_lookup (entry->clerk, "latin", "&s", &latin);
    }
  name = jn_language_pick (zh, latin, latin);
  return name != NULL ? name : entry->login;
}

static char *
describe_ability (JnCounterPicker *self, const JnCounterEntry *entry)
{
  if (self->n_asked == 0)
    return g_strdup ("");
  if (entry->whole)
    return g_strdup (_("serves all of it"));
  if (entry->n_services == 0)
    return g_strdup (_("serves nothing of it"));
  return g_strdup_printf (_("serves %u of %u services"), entry->n_services, self->n_asked);
}

static const char *
describe_state (const JnCounterEntry *entry)
{
  if (!g_str_equal (entry->state, "open"))
    return jn_pause_words (entry->state);
  return entry->busy ? _("busy") : C_ ("counter", "free");
}

/* "Zone A · Identity · serves all of it" */
static char *
describe (JnCounterPicker *self, const JnCounterEntry *entry)
{
  const char *tag = jn_language_get ()->tag;
  g_autofree char *zone = jn_text_name (tag, entry->zone_names);
  g_autofree char *profile = jn_text_name (tag, entry->profile_names);
  g_autofree char *ability = describe_ability (self, entry);
  const char *parts[] = { zone, *profile != '\0' ? profile : entry->profile, ability };
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", parts[i]);
  return g_string_free (words, FALSE);
}

/* All that it can be found by, folded. (transfer full) */
static char *
index_text (JnCounterPicker *self, const JnCounterEntry *entry)
{
  const char *zh = "", *latin = "";
  g_autofree char *about = describe (self, entry);
  g_autofree char *text = NULL;

  if (entry->clerk != NULL)
    {
      g_variant_lookup (entry->clerk, "zh", "&s", &zh);
      g_variant_lookup (entry->clerk, "latin", "&s", &latin);
    }
  text = g_strdup_printf ("%d %s %s %s %s", entry->number, zh, latin, entry->login, about);
  return g_utf8_casefold (text, -1);
}

/* -- the list -- */

/* Every word that is typed begins a word, or is in Chinese anywhere. */
static gboolean
matches (const char *index, const char *typed)
{
  g_autofree char *folded = g_utf8_casefold (typed, -1);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (char **word = words; *word != NULL; word++)
    {
      const char *found = **word != '\0' ? strstr (index, *word) : index;

      while (found != NULL && found != index && found[-1] != ' '
             && g_utf8_get_char (*word) < 0x2E80)
        found = strstr (found + 1, *word);
      if (found == NULL)
        return FALSE;
    }
  return TRUE;
}

static GtkWidget *
make_row (JnCounterPicker *self, const JnCounterEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *state = jn_label_new (describe_state (entry), "tag");
  g_autofree char *number = g_strdup_printf ("%d", entry->number);
  g_autofree char *about = describe (self, entry);
  g_autofree char *name = g_strdup_printf (_("Counter %d, %s, %s, %s"), entry->number,
                                              clerk_name (entry), describe_state (entry), about);
  GtkWidget *figure = jn_label_new (number, "strong number");

  gtk_label_set_width_chars (GTK_LABEL (figure), 3);
  jn_set_class (state, "good", g_str_equal (entry->state, "open") && !entry->busy);
  jn_set_class (state, "soon", !g_str_equal (entry->state, "open"));
  gtk_widget_set_valign (state, GTK_ALIGN_CENTER);
  jn_pack (words, jn_text_new (clerk_name (entry), "strong"));
  jn_pack (words, jn_text_new (about, "small"));
  jn_pack (box, figure);
  gtk_box_pack_start (GTK_BOX (box), words, TRUE, TRUE, 0);
  gtk_widget_show (words);
  jn_pack (box, state);
  gtk_container_add (GTK_CONTAINER (row), box);
  jn_set_name (row, name);
  g_object_set_data (G_OBJECT (row), "entry", (gpointer)entry);
  gtk_widget_show_all (row);
  return row;
}

static void
say (JnCounterPicker *self, const char *words)
{
  jn_label_set (self->words, words);
  gtk_widget_set_visible (self->words, words != NULL);
}

/* The first of those that match; who types on has the first one chosen. */
static void
show (JnCounterPicker *self)
{
  const char *typed = gtk_entry_get_text (GTK_ENTRY (self->search));
  guint shown = 0;

  jn_empty (self->list);
  for (guint i = 0; self->entries != NULL && i < self->entries->len && shown < MOST_SHOWN; i++)
    {
      const JnCounterEntry *entry = self->entries->pdata[i];
      g_autofree char *index = index_text (self, entry);

      if (entry->own || !matches (index, typed))
        continue;
      gtk_container_add (GTK_CONTAINER (self->list), make_row (self, entry));
      shown++;
    }
  gtk_widget_set_visible (self->list, shown > 0);
  if (self->entries != NULL)
    say (self, shown > 0 ? NULL
                         : *typed != '\0'
                   ? _("No counter with a clerk is called that.")
                   : _("Nobody is at another counter now."));
  if (shown == 1 || *typed != '\0')
    gtk_list_box_select_row (GTK_LIST_BOX (self->list),
                             gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
}

static void
search_changed_cb (GtkEntry *entry, JnCounterPicker *self)
{
  show (self);
}

/* Down and Enter go from the field into the list. */
static void
go_to_list (JnCounterPicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  if (row == NULL)
    return;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static gboolean
search_key_cb (GtkWidget *widget, GdkEventKey *event, JnCounterPicker *self)
{
  if (event->keyval != GDK_KEY_Down)
    return FALSE;
  go_to_list (self);
  return TRUE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnCounterPicker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = jn_counters_list_finish (JN_SESSION (source), result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (entries == NULL)
    {
      words = jn_words_error (error);
      say (self, words);
      return;
    }
  self->entries = g_steal_pointer (&entries);
  show (self);
}

const JnCounterEntry *
jn_counter_picker_get_chosen (JnCounterPicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  return row != NULL ? g_object_get_data (G_OBJECT (row), "entry") : NULL;
}

void
jn_counter_picker_grab_search (JnCounterPicker *self)
{
  gtk_widget_grab_focus (self->search);
}

/* -- the widget -- */

static void
jn_counter_picker_dispose (GObject *object)
{
  JnCounterPicker *self = JN_COUNTER_PICKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_counter_picker_parent_class)->dispose (object);
}

static void
jn_counter_picker_finalize (GObject *object)
{
  g_clear_pointer (&JN_COUNTER_PICKER (object)->entries, g_ptr_array_unref);
  G_OBJECT_CLASS (jn_counter_picker_parent_class)->finalize (object);
}

static void
jn_counter_picker_class_init (JnCounterPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_counter_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_counter_picker_finalize;
}

static void
jn_counter_picker_init (JnCounterPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->cancellable = g_cancellable_new ();
  self->search = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->search), JN_SEARCH_MOST);
  self->list = gtk_list_box_new ();
  self->words = jn_text_new (NULL, "small");
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->search), _("Number, zone, name or work"));
  jn_set_name (self->search, _("Find a counter or a person"));
  jn_set_name (self->list, _("Counters with a clerk"));
  jn_add_classes (self->list, "pick");
  jn_pack (box, self->search);
  gtk_box_pack_start (GTK_BOX (box), self->list, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), self->words, FALSE, FALSE, 0);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self), box);
  g_signal_connect (self->search, "changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (go_to_list), self);
  g_signal_connect (self->search, "key-press-event", G_CALLBACK (search_key_cb), self);
}

GtkWidget *
jn_counter_picker_new (JnSession *session, const char *const *services)
{
  JnCounterPicker *self = g_object_new (JN_TYPE_COUNTER_PICKER, NULL);

  self->session = g_object_ref (session);
  self->n_asked = services != NULL ? g_strv_length ((char **)services) : 0;
  jn_counters_list_async (session, services, self->cancellable, listed_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
