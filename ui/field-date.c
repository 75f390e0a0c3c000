/* field-date.c: DD/MM/YYYY typed as digits, the strokes come by themselves; a calendar beside it. */
#include "ui/field-date.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/day.h"
#include "ui/widgets.h"

typedef enum
{
  JN_DATE,
  JN_TIME,
  JN_DATE_TIME,
} JnDateKind;

struct _JnFieldDate
{
  JnField parent;

  GtkWidget *entry;
  GtkWidget *button;
  GtkWidget *calendar;
  char *zone; /* what followed the minutes of a time or a dateTime: kept as it was */
  JnDateKind kind;
  gboolean made;
  gboolean inserting;
};

G_DEFINE_TYPE (JnFieldDate, jn_field_date, JN_TYPE_FIELD)

/* -- as typed, as kept -- */

static char *
value_from_text (JnFieldDate *self, const char *text)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;
  const char *zone = self->zone != NULL ? self->zone : "";

  switch (self->kind)
    {
    case JN_DATE:
      return jn_day_from_text (text);
    case JN_TIME:
      clock = jn_clock_from_text (text);
      return clock != NULL ? g_strdup_printf ("%s:00.000%s", clock, zone) : NULL;
    case JN_DATE_TIME:
      parts = g_strsplit (text, " ", 2);
      if (g_strv_length (parts) != 2)
        return NULL;
      day = jn_day_from_text (parts[0]);
      clock = jn_clock_from_text (parts[1]);
      return day != NULL && clock != NULL ? g_strdup_printf ("%sT%s:00.000%s", day, clock, zone)
                                          : NULL;
    }
  return NULL;
}

static char *
text_from_value (JnFieldDate *self, const char *value)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *day = NULL;

  switch (self->kind)
    {
    case JN_DATE:
      return jn_day_to_text (value);
    case JN_TIME:
      return g_strndup (value, 5);
    case JN_DATE_TIME:
      parts = g_strsplit (value, "T", 2);
      if (g_strv_length (parts) != 2)
        return g_strdup (value);
      day = jn_day_to_text (parts[0]);
      return g_strdup_printf ("%s %.5s", day, parts[1]);
    }
  return g_strdup (value);
}

static void
changed_cb (GtkEditable *editable, gpointer user_data)
{
  JnFieldDate *self = JN_FIELD_DATE (user_data);
  const char *text = gtk_entry_get_text (GTK_ENTRY (self->entry));
  g_autofree char *value = value_from_text (self, text);

  if (!self->inserting)
    jn_field_answer (JN_FIELD (self), value != NULL ? value : text);
}

/* After the user's own insertion at the end: the stroke or colon that comes next. */
static void
inserted_cb (
    GtkEditable *editable, const char *added, int length, int *position, gpointer user_data)
{
  JnFieldDate *self = JN_FIELD_DATE (user_data);
  const char *text = gtk_entry_get_text (GTK_ENTRY (self->entry));
  const char *next = self->kind == JN_TIME ? ":" : "/";
  gboolean wants = self->kind == JN_TIME ? strlen (text) == 2 && strspn (text, "0123456789") == 2
                                         : jn_day_wants_stroke (text);

  if (self->inserting || length != 1 || !wants || *position != (int)strlen (text))
    return;
  self->inserting = TRUE;
  gtk_editable_insert_text (editable, next, 1, position);
  self->inserting = FALSE;
}

/* -- the calendar -- */

static void
day_chosen_cb (GtkCalendar *calendar, gpointer user_data)
{
  JnFieldDate *self = JN_FIELD_DATE (user_data);
  g_autofree char *text = NULL;
  guint year, month, day;

  gtk_calendar_get_date (calendar, &year, &month, &day);
  text = g_strdup_printf ("%02u/%02u/%04u%s", day, month + 1, year,
                          self->kind == JN_DATE_TIME ? " 00:00" : "");
  gtk_entry_set_text (GTK_ENTRY (self->entry), text);
  gtk_popover_popdown (
      GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (calendar), GTK_TYPE_POPOVER)));
  gtk_widget_grab_focus (self->entry);
}

static void
show_calendar (JnFieldDate *self)
{
  g_autofree char *value = value_from_text (self, gtk_entry_get_text (GTK_ENTRY (self->entry)));
  GDate date;

  g_date_clear (&date, 1);
  if (value != NULL)
    g_date_set_parse (&date, value);
  if (!g_date_valid (&date))
    return;
  gtk_calendar_select_month (GTK_CALENDAR (self->calendar), g_date_get_month (&date) - 1u,
                             g_date_get_year (&date));
  gtk_calendar_select_day (GTK_CALENDAR (self->calendar), g_date_get_day (&date));
}

static void
make_calendar (JnFieldDate *self)
{
  GtkWidget *popover = gtk_popover_new (self->button);

  self->calendar = gtk_calendar_new ();
  jn_set_name (self->calendar, jn_field_get_label (JN_FIELD (self)));
  gtk_container_add (GTK_CONTAINER (popover), self->calendar);
  gtk_widget_show (self->calendar);
  g_signal_connect (self->calendar, "day-selected-double-click", G_CALLBACK (day_chosen_cb), self);
}

static gboolean
calendar_key_cb (GtkWidget *widget, GdkEventKey *event, gpointer user_data)
{
  if (event->keyval != GDK_KEY_Return && event->keyval != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  day_chosen_cb (GTK_CALENDAR (widget), user_data);
  return GDK_EVENT_STOP;
}

static void
button_clicked_cb (GtkButton *button, gpointer user_data)
{
  JnFieldDate *self = JN_FIELD_DATE (user_data);

  if (self->calendar == NULL)
    {
      make_calendar (self);
      g_signal_connect (self->calendar, "key-press-event", G_CALLBACK (calendar_key_cb), self);
    }
  show_calendar (self);
  gtk_popover_popup (GTK_POPOVER (gtk_widget_get_ancestor (self->calendar, GTK_TYPE_POPOVER)));
  gtk_widget_grab_focus (self->calendar);
}

/* -- the field -- */

static void
make (JnFieldDate *self, const char *type)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  static const char *const shapes[] = {
    [JN_DATE] = N_("DD/MM/YYYY"), [JN_TIME] = N_("HH:MM"), [JN_DATE_TIME]
                                                             = N_("DD/MM/YYYY HH:MM"),
                                   };

  self->made = TRUE;
  self->kind = strcmp (type, "time") == 0   ? JN_TIME
               : strcmp (type, "date") == 0 ? JN_DATE
                                            : JN_DATE_TIME;
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _(shapes[self->kind]));
  gtk_box_pack_start (GTK_BOX (row), self->entry, TRUE, TRUE, 0);
  gtk_widget_show (self->entry);
  if (self->kind != JN_TIME)
    {
      gtk_box_pack_start (GTK_BOX (row), self->button, FALSE, FALSE, 0);
      gtk_widget_show_all (self->button);
    }
  jn_field_set_widget (JN_FIELD (self), row, self->entry);
  g_signal_connect (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_after (self->entry, "insert-text", G_CALLBACK (inserted_cb), self);
}

static void
keep_zone (JnFieldDate *self, const char *value)
{
  const char *time = self->kind == JN_TIME ? value : strchr (value, 'T');
  const char *zone = time != NULL ? strpbrk (time, "+-Z") : NULL;

  if (self->kind == JN_DATE || *value == '\0')
    return;
  g_free (self->zone);
  self->zone = g_strdup (zone);
}

static void
jn_field_date_show (JnField *field, const JnNodeState *state)
{
  JnFieldDate *self = JN_FIELD_DATE (field);
  g_autofree char *text = NULL;

  if (!self->made)
    make (self, state->type);
  keep_zone (self, state->value);
  gtk_widget_set_sensitive (self->button, !state->readonly);
  if (jn_field_is_typing (field))
    return;
  text = state->typed != NULL ? g_strdup (state->typed) : text_from_value (self, state->value);
  if (strcmp (gtk_entry_get_text (GTK_ENTRY (self->entry)), text) == 0)
    return;
  self->inserting = TRUE; /* no strokes into what is whole already */
  gtk_entry_set_text (GTK_ENTRY (self->entry), text);
  self->inserting = FALSE;
}

static void
jn_field_date_finalize (GObject *object)
{
  g_free (JN_FIELD_DATE (object)->zone);
  G_OBJECT_CLASS (jn_field_date_parent_class)->finalize (object);
}

static void
jn_field_date_dispose (GObject *object)
{
  JnFieldDate *self = JN_FIELD_DATE (object);

  if (self->button != NULL && gtk_widget_get_parent (self->button) == NULL)
    g_object_unref (g_object_ref_sink (self->button)); /* a time has no calendar */
  self->button = NULL;
  G_OBJECT_CLASS (jn_field_date_parent_class)->dispose (object);
}

static void
jn_field_date_class_init (JnFieldDateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_field_date_finalize;
  G_OBJECT_CLASS (klass)->dispose = jn_field_date_dispose;
  JN_FIELD_CLASS (klass)->show = jn_field_date_show;
}

static void
jn_field_date_init (JnFieldDate *self)
{
  self->entry = gtk_entry_new ();
  self->button = gtk_button_new ();
  gtk_container_add (GTK_CONTAINER (self->button), jn_icon_new ("x-office-calendar-symbolic", 16));
  jn_add_classes (self->button, "act");
  jn_set_name (self->button, _("Calendar"));
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_entry_set_width_chars (GTK_ENTRY (self->entry), 10);
  g_signal_connect (self->button, "clicked", G_CALLBACK (button_clicked_cb), self);
}
