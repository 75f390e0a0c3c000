/* caps-card.c: how many numbers a day may bring, set and taken away. */
#include "ui/hall/caps-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/text.h"
#include "ui/ask.h"
#include "ui/service-picker.h"
#include "ui/table.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"

#define MOST 9999
#define FEW_LEFT 5

struct _JnCapsCard
{
  GtkBin parent;

  GtkWidget *table;
  GtkWidget *none;

  JnPage *page;
  GtkWidget *slot;
  JnSession *session;
  JnHall *hall;
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnCapsCard, jn_caps_card, GTK_TYPE_BIN)

enum
{
  COLUMN_NAME,
  COLUMN_STATE,
  COLUMN_PER_DAY,
  COLUMN_ISSUED,
  COLUMN_NEXT,
};

/* (transfer full): of what it is */
static char *
name_cap (JnCapsCard *self, const JnCap *cap)
{
  const char *const patterns[] = { cap->service, NULL };

  return cap->service == NULL ? g_strdup (_("All services of the branch"))
                              : jn_ticket_words_patterns (patterns, self->session);
}

static void
show_state (JnCapsCard *self, guint row, const JnCap *cap)
{
  guint left = cap->per_day > cap->issued ? cap->per_day - cap->issued : 0;
  g_autofree char *words = g_strdup_printf (ngettext ("%u left", "%u left", left), left);

  if (left == 0)
    jn_table_set_tag (JN_TABLE (self->table), row, COLUMN_STATE, _("full"), "late");
  else
    jn_table_set_tag (JN_TABLE (self->table), row, COLUMN_STATE, words,
                      left <= FEW_LEFT ? "soon" : "good");
}

static void
show_cap (JnCapsCard *self, guint row, const JnCap *cap)
{
  JnTable *table = JN_TABLE (self->table);
  g_autofree char *name = name_cap (self, cap);
  g_autofree char *per_day = g_strdup_printf ("%u", cap->per_day);
  g_autofree char *issued = g_strdup_printf ("%u", cap->issued);
  g_autofree char *next = cap->next != NULL ? jn_text_format_day (cap->next) : g_strdup ("–");
  g_autofree char *act = g_strdup_printf (_("%s: what can be done"), name);

  jn_table_set_cell (table, row, COLUMN_NAME, name);
  show_state (self, row, cap);
  jn_table_set_cell (table, row, COLUMN_PER_DAY, per_day);
  jn_table_set_cell (table, row, COLUMN_ISSUED, issued);
  jn_table_set_cell (table, row, COLUMN_NEXT, next);
  jn_table_set_button (table, row, "view-more-symbolic", act);
}

static void
show_caps (JnCapsCard *self)
{
  GPtrArray *caps = jn_hall_get_caps (self->hall);

  jn_table_set_n_rows (JN_TABLE (self->table), caps->len);
  gtk_widget_set_visible (self->table, caps->len > 0);
  gtk_widget_set_visible (self->none, caps->len == 0);
  for (guint i = 0; i < caps->len; i++)
    show_cap (self, i, caps->pdata[i]);
}

/* -- setting one -- */

typedef struct
{
  char *service; /* (nullable): of the cap that is changed */
  GtkWidget *where;
  GtkWidget *picker; /* NULL: it is changed, not new */
  GtkWidget *per_day;
  GtkWidget *words[3]; /* zh, pt, en */
} Form;

static void
form_free (gpointer data)
{
  g_free (((Form *)data)->service);
  g_free (data);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnCapsCard) self = user_data;
  g_autoptr (GError) error = NULL;

  jn_hall_finish (JN_HALL (source), result, &error);
  jn_page_say_error (self->page, error);
}

/* Returns: whether it can be sent: all three languages, or none. */
static gboolean
read_words (Form *form, JnCapWords *words)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (form->words); i++)
    n += *gtk_entry_get_text (GTK_ENTRY (form->words[i])) != '\0';
  *words = (JnCapWords){ gtk_entry_get_text (GTK_ENTRY (form->words[0])),
                         gtk_entry_get_text (GTK_ENTRY (form->words[1])),
                         gtk_entry_get_text (GTK_ENTRY (form->words[2])) };
  return n == 0 || n == G_N_ELEMENTS (form->words);
}

/* FALSE: it is of a service, and none is chosen. @service: (out) (nullable) */
static gboolean
read_service (Form *form, const char **service)
{
  *service = form->service;
  if (form->picker == NULL
      || g_strcmp0 (gtk_combo_box_get_active_id (GTK_COMBO_BOX (form->where)), "branch") == 0)
    return TRUE;
  *service = jn_service_picker_get_services (JN_SERVICE_PICKER (form->picker))[0];
  return *service != NULL;
}

static void
answered_cb (JnAsk *ask, JnCapsCard *self)
{
  Form *form = g_object_get_data (G_OBJECT (ask), "form");
  const char *service = NULL;
  JnCapWords words;

  if (!read_service (form, &service))
    {
      jn_ask_say (ask, _("Choose the service first."));
      jn_service_picker_grab_search (JN_SERVICE_PICKER (form->picker));
      return;
    }
  if (!read_words (form, &words))
    {
      jn_ask_say (ask, _("Write it in all three languages, or in none: then the standard text is "
                         "shown."));
      return;
    }
  jn_hall_set_cap_async (
      self->hall, service, gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (form->per_day)),
      *words.zh != '\0' ? &words : NULL, self->cancellable, done_cb, g_object_ref (self));
  jn_ask_clear (self->slot);
}

static void
where_changed_cb (GtkComboBox *where, Form *form)
{
  gtk_widget_set_visible (form->picker,
                          g_strcmp0 (gtk_combo_box_get_active_id (where), "service") == 0);
}

static void
add_where (JnCapsCard *self, JnAsk *ask, Form *form)
{
  form->where = jn_ask_add_list (ask, _("Of what"));
  form->picker = jn_service_picker_new (jn_session_get_catalogue (self->session));
  jn_ask_add_row (form->where, "branch", _("All services of the branch"));
  jn_ask_add_row (form->where, "service", _("one service"));
  jn_ask_add (ask, form->picker);
  gtk_widget_hide (form->picker);
  g_signal_connect (form->where, "changed", G_CALLBACK (where_changed_cb), form);
}

static void
add_words (JnAsk *ask, Form *form, const JnCap *cap)
{
  const char *const labels[] = { _("To tell the citizen, in Chinese (empty: the standard text)"),
                                    _("In Portuguese"), _("In English") };
  static const char *const keys[] = { "zh_Hant", "pt", "en" };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      const char *told = NULL;

      form->words[i] = jn_ask_add_entry (ask, labels[i], FALSE);
      if (cap != NULL && cap->words != NULL && g_variant_lookup (cap->words, keys[i], "&s", &told))
        gtk_entry_set_text (GTK_ENTRY (form->words[i]), told);
    }
}

/* @cap: (nullable): that is changed */
static void
ask_cap (JnCapsCard *self, const JnCap *cap)
{
  g_autofree char *name = cap != NULL ? name_cap (self, cap) : NULL;
  g_autofree char *question = name != NULL ? g_strdup_printf (_("Numbers a day: %s"), name)
                                           : g_strdup (_("Limit the numbers of a day"));
  JnAsk *ask = jn_ask_new (
      question, _("When it is reached, reception and kiosk issue no more of it and tell "
                                "the citizen what stands here, with the next day that has room."));
  Form *form = g_new0 (Form, 1);

  g_object_set_data_full (G_OBJECT (ask), "form", form, form_free);
  form->service = cap != NULL ? g_strdup (cap->service) : NULL;
  if (cap == NULL)
    add_where (self, ask, form);
  form->per_day = gtk_spin_button_new_with_range (0, MOST, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (form->per_day), cap != NULL ? cap->per_day : 100);
  jn_ask_add_field (ask, _("Numbers a day"), form->per_day);
  add_words (ask, form, cap);
  jn_ask_set_answer (ask, _("Set the limit"), FALSE);
  g_signal_connect (ask, "answered", G_CALLBACK (answered_cb), self);
  jn_ask_put (ask, self->slot);
}

/* -- what can be done with one -- */

static void
new_clicked_cb (GtkButton *button, JnCapsCard *self)
{
  ask_cap (self, NULL);
}

/* (nullable): that of the button's row; it may be gone meanwhile */
static const JnCap *
cap_of (JnCapsCard *self, GtkButton *button)
{
  GPtrArray *caps = jn_hall_get_caps (self->hall);
  const char *service = g_object_get_data (G_OBJECT (button), "service");

  for (guint i = 0; i < caps->len; i++)
    if (g_strcmp0 (((const JnCap *)caps->pdata[i])->service, service) == 0)
      return caps->pdata[i];
  return NULL;
}

static void
change_clicked_cb (GtkButton *button, JnCapsCard *self)
{
  const JnCap *cap = cap_of (self, button);

  jn_pop_down (GTK_WIDGET (button));
  if (cap != NULL)
    ask_cap (self, cap);
}

static void
drop_clicked_cb (GtkButton *button, JnCapsCard *self)
{
  const JnCap *cap = cap_of (self, button);

  jn_pop_down (GTK_WIDGET (button));
  if (cap != NULL)
    jn_hall_set_cap_async (self->hall, cap->service, -1, NULL, self->cancellable, done_cb,
                           g_object_ref (self));
}

static void
on_row_cb (JnTable *table, guint row, GtkWidget *button, JnCapsCard *self)
{
  const JnCap *cap = jn_hall_get_caps (self->hall)->pdata[row];
  const struct
  {
    const char *words;
    GCallback clicked;
  } acts[] = { { _("Change the limit"), G_CALLBACK (change_clicked_cb) },
                 { _("No limit any more"), G_CALLBACK (drop_clicked_cb) } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *name = name_cap (self, cap);

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      GtkWidget *act = jn_button_new (acts[i].words, NULL, "act small-act");

      g_object_set_data_full (G_OBJECT (act), "service", g_strdup (cap->service), g_free);
      g_signal_connect (act, "clicked", acts[i].clicked, self);
      jn_pack (box, act);
    }
  jn_pop_up (button, box, name);
}

/* -- the widget -- */

static void
jn_caps_card_dispose (GObject *object)
{
  JnCapsCard *self = JN_CAPS_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->hall);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_caps_card_parent_class)->dispose (object);
}

static void
jn_caps_card_class_init (JnCapsCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_caps_card_dispose;
}

static void
jn_caps_card_init (JnCapsCard *self)
{
  const char *const heads[] = {
    _("Service"), "", _("Numbers a day"), _("Issued today"), _("Next day with room"), NULL };
  GtkWidget *card = jn_card_new (_("Limits of the day"));
  GtkWidget *set = jn_button_new (_("Limit the numbers of a day"), NULL, "act");

  self->cancellable = g_cancellable_new ();
  self->table = jn_table_new (_("Limits of the day"), heads, COLUMN_NAME,
                                 1 << COLUMN_PER_DAY | 1 << COLUMN_ISSUED | 1 << COLUMN_NEXT);
  self->none = jn_text_new (_("No limit: numbers are issued as long as people come."), "small");
  gtk_widget_set_halign (set, GTK_ALIGN_START);
  g_signal_connect (self->table, "row", G_CALLBACK (on_row_cb), self);
  g_signal_connect (set, "clicked", G_CALLBACK (new_clicked_cb), self);
  gtk_box_pack_start (GTK_BOX (card), self->table, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (card), self->none, FALSE, FALSE, 0);
  jn_pack (card, set);
  gtk_container_add (GTK_CONTAINER (self), card);
}

GtkWidget *
jn_caps_card_new (JnPage *page, JnSession *session, JnHall *hall, GtkWidget *slot)
{
  JnCapsCard *self = g_object_new (JN_TYPE_CAPS_CARD, NULL);

  self->page = page;
  self->slot = slot;
  self->session = g_object_ref (session);
  self->hall = g_object_ref (hall);
  g_signal_connect_object (hall, "changed", G_CALLBACK (show_caps), self, G_CONNECT_SWAPPED);
  show_caps (self);
  return GTK_WIDGET (self);
}
