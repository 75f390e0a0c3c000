/* form-view.c: builds the fields from the form's body, and keeps them true to the filling. */
#include "ui/form-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/field-note.h"
#include "ui/field.h"
#include "ui/form-card.h"
#include "ui/widgets.h"
#include "ui/words.h"

/* Where in the instance a repeat's copies are: "/data/item" stands for "/data/item[2]". */
typedef struct
{
  const char *plain;
  const char *placed;
} JnScope;

typedef struct
{
  char *ref;
  gsize count;
} JnRepeat;

struct _JnFormView
{
  GtkBox parent;

  JnVisit *visit;
  JnApplication *application;
  GHashTable *fields; /* ref → JnField */
  GPtrArray *cards;
  GPtrArray *repeats;
  const JnControl *rest; /* of the body: what is built once the first cards are on the screen */
  JnFormCard *loose;
  guint building;
  gboolean unfolded;
  gboolean revealed;
};

#define FIELDS_AT_ONCE 20 /* more than a screen shows */

static void build_rest (JnFormView *self);

G_DEFINE_TYPE (JnFormView, jn_form_view, GTK_TYPE_BOX)

static guint errors_signal;
static guint filled_signal;

static void
build_children (JnFormView *self, JnFormCard *card, const JnControl *parent, const JnScope *scope);
static void rebuild (JnFormView *self);

static JnFilling *
filling (JnFormView *self)
{
  return jn_application_get_filling (self->application);
}

static char *
place (const char *ref, const JnScope *scope)
{
  gsize length = scope != NULL ? strlen (scope->plain) : 0;

  if (ref == NULL)
    return NULL;
  if (scope != NULL && g_str_has_prefix (ref, scope->plain)
      && (ref[length] == '/' || ref[length] == '\0'))
    return g_strconcat (scope->placed, ref + length, NULL);
  return g_strdup (ref);
}

static void
repeat_free (gpointer data)
{
  JnRepeat *repeat = data;

  g_free (repeat->ref);
  g_free (repeat);
}

/* -- what is on the screen -- */

static gboolean
is_known (JnFormView *self, JnField *field)
{
  return jn_application_is_known (self->application, jn_field_get_ref (field), NULL);
}

static gboolean
is_asked (JnFormView *self, JnField *field, const JnNodeState *state)
{
  if (!state->relevant)
    return FALSE;
  if (JN_IS_FIELD_NOTE (field) && *state->value == '\0'
      && (state->label == NULL || *state->label == '\0'))
    return FALSE;
  return self->unfolded || state->invalid != JN_VALID || jn_field_is_typing (field)
         || !is_known (self, field);
}

static void
show_source (JnFormView *self, JnField *field)
{
  const JnFact *fact = NULL;
  g_autofree char *words = NULL;

  if (!jn_application_is_known (self->application, jn_field_get_ref (field), &fact) || fact == NULL)
    {
      jn_field_set_source (field, NULL, NULL);
      return;
    }
  words = jn_words_source (fact->source, fact->as_of, self->visit);
  jn_field_set_source (field, words, jn_words_grade (fact->grade));
}

/* Returns FALSE when the node does not exist any more. */
static gboolean
refresh_field (JnFormView *self, JnField *field)
{
  JnNodeState state;

  if (!jn_filling_get (filling (self), jn_field_get_ref (field), &state))
    return FALSE;
  jn_field_update (field, &state);
  show_source (self, field);
  gtk_widget_set_visible (GTK_WIDGET (field), is_asked (self, field, &state));
  return TRUE;
}

static void
refresh_cards (JnFormView *self)
{
  for (guint i = 0; i < self->cards->len; i++)
    jn_form_card_refresh (self->cards->pdata[i], self->application, self->visit, self->unfolded);
  g_signal_emit (self, errors_signal, 0);
}

static gboolean
repeats_changed (JnFormView *self)
{
  for (guint i = 0; i < self->repeats->len; i++)
    {
      JnRepeat *repeat = g_ptr_array_index (self->repeats, i);

      if (jn_filling_count (filling (self), repeat->ref, NULL) != repeat->count)
        return TRUE;
    }
  return FALSE;
}

static void
on_application_changed_cb (JnApplication *application, GPtrArray *refs, JnFormView *self)
{
  gboolean gone = repeats_changed (self);

  for (guint i = 0; !gone && i < refs->len; i++)
    {
      JnField *field = g_hash_table_lookup (self->fields, g_ptr_array_index (refs, i));

      if (field != NULL && !refresh_field (self, field))
        gone = TRUE;
    }
  if (gone)
    rebuild (self);
  else
    refresh_cards (self);
}

/* -- answers -- */

static void
answered_cb (JnField *field, const char *value, JnFormView *self)
{
  g_autoptr (GError) error = NULL;

  if (!jn_application_set (self->application, jn_field_get_ref (field), value, &error))
    jn_field_complain (field, _("This answer cannot be changed here."));
}

static void
left_cb (JnField *field, JnFormView *self)
{
  jn_field_reveal (field);
  g_signal_emit (self, errors_signal, 0);
}

/* The first question after @field that is open; @field NULL: from the beginning. */
static JnField *
find_open (JnFormView *self, JnField *field, gboolean must) /* (nullable) */
{
  gboolean passed = field == NULL;

  build_rest (self);
  for (guint i = 0; i < self->cards->len; i++)
    {
      GPtrArray *fields = jn_form_card_get_fields (self->cards->pdata[i]);

      for (guint k = 0; k < fields->len; k++)
        {
          if (passed && jn_field_is_open (fields->pdata[k], must))
            return fields->pdata[k];
          passed |= fields->pdata[k] == field;
        }
    }
  return NULL;
}

/* Enter: on to the next open question, then back to those that were passed over. */
static void
entered_cb (JnField *field, JnFormView *self)
{
  JnField *next = find_open (self, field, FALSE);

  if (next == NULL)
    next = find_open (self, NULL, TRUE);
  if (next != NULL && next != field)
    jn_field_focus (next);
  else
    g_signal_emit (self, filled_signal, 0);
}

/* A file on its way into an answer, also when the form has left the screen meanwhile. */
typedef struct
{
  JnFormView *view;
  JnApplication *application;
  JnBackend *backend;
  char *ref;
} JnAttachment;

static void
attachment_free (JnAttachment *attachment)
{
  g_object_unref (attachment->view);
  g_object_unref (attachment->application);
  g_object_unref (attachment->backend);
  g_free (attachment->ref);
  g_free (attachment);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnAttachment, attachment_free)

static void
attached_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnAttachment) attachment = user_data;
  JnFormView *self = attachment->view;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = jn_backend_put_blob_finish (JN_BACKEND (source), result, &error);
  JnField *field = g_hash_table_lookup (self->fields, attachment->ref);
  g_autofree char *words = error != NULL ? jn_words_error (error) : NULL;

  if (field != NULL)
    jn_field_complain (field, words);
  if (hash != NULL)
    jn_application_set (attachment->application, attachment->ref, hash, NULL);
}

static void
loaded_cb (GObject *file, GAsyncResult *result, gpointer user_data)
{
  JnAttachment *attachment = user_data;
  JnFormView *self = attachment->view;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (file), result, NULL, NULL);
  JnField *field = g_hash_table_lookup (self->fields, attachment->ref);

  if (bytes != NULL)
    {
      jn_backend_put_blob_async (attachment->backend, bytes, NULL, attached_cb, attachment);
      return;
    }
  if (field != NULL)
    jn_field_complain (field, _("This file cannot be read. Choose another one."));
  attachment_free (attachment);
}

static void
attach_cb (JnField *field, GFile *file, JnFormView *self)
{
  JnAttachment *attachment = g_new0 (JnAttachment, 1);

  attachment->view = g_object_ref (self);
  attachment->application = g_object_ref (self->application);
  attachment->backend = g_object_ref (jn_session_get_backend (jn_visit_get_session (self->visit)));
  attachment->ref = g_strdup (jn_field_get_ref (field));
  g_file_load_bytes_async (file, NULL, loaded_cb, attachment);
}

/* -- building -- */

static void
add_field (JnFormView *self, JnFormCard *card, const JnControl *control, const JnScope *scope)
{
  g_autofree char *ref = place (jn_control_get_ref (control), scope);
  JnNodeState state;
  GtkWidget *field;

  if (ref == NULL || !jn_filling_get (filling (self), ref, &state))
    return;
  field = jn_field_new (control, &state);
  g_signal_connect (field, "answered", G_CALLBACK (answered_cb), self);
  g_signal_connect (field, "left", G_CALLBACK (left_cb), self);
  g_signal_connect (field, "entered", G_CALLBACK (entered_cb), self);
  g_signal_connect (field, "attach", G_CALLBACK (attach_cb), self);
  g_hash_table_insert (self->fields, g_strdup (ref), field);
  jn_form_card_add_field (card, JN_FIELD (field));
  if (self->revealed)
    jn_field_reveal (JN_FIELD (field));
  refresh_field (self, JN_FIELD (field));
}

/* As pyxform writes it: a group that stands around a repeat of the same place only names it. */
static gboolean
names_repeat (const JnControl *group)
{
  const JnControl *child = jn_control_get_first_child (group);

  return child != NULL && jn_control_get_kind (child) == JN_CONTROL_REPEAT
         && jn_control_get_next (child) == NULL
         && g_strcmp0 (jn_control_get_ref (group), jn_control_get_ref (child)) == 0;
}

static void
add_group (JnFormView *self, JnFormCard *card, const JnControl *control, const JnScope *scope)
{
  g_autofree char *ref = place (jn_control_get_ref (control), scope);
  g_autofree char *text = jn_filling_get_label (filling (self), control, ref);
  gboolean names = names_repeat (control);
  guint heading = names ? 0 : jn_form_card_open_heading (card, text);

  build_children (self, card, control, scope);
  if (!names)
    jn_form_card_close_heading (card, heading);
}

static void
add_clicked_cb (GtkButton *button, JnFormView *self)
{
  const char *ref = g_object_get_data (G_OBJECT (button), "ref");
  g_autofree char *added = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", ref,
                                            jn_filling_count (filling (self), ref, NULL) + 1);
  g_autoptr (GError) error = NULL;

  if (!jn_application_add (self->application, ref, &error))
    {
      g_warning ("an entry could not be added: %s", error->message);
      return;
    }
  for (guint i = 0; i < self->cards->len; i++)
    {
      GPtrArray *fields = jn_form_card_get_fields (self->cards->pdata[i]);

      for (guint k = 0; k < fields->len; k++)
        if (g_str_has_prefix (jn_field_get_ref (g_ptr_array_index (fields, k)), added)
            && gtk_widget_get_visible (g_ptr_array_index (fields, k)))
          {
            jn_field_focus (g_ptr_array_index (fields, k));
            return;
          }
    }
}

static void
remove_clicked_cb (GtkButton *button, JnFormView *self)
{
  g_autofree char *ref = g_strdup (g_object_get_data (G_OBJECT (button), "ref"));
  g_autoptr (GError) error = NULL;

  if (!jn_application_remove (self->application, ref, &error))
    g_warning ("an entry could not be removed: %s", error->message);
}

static GtkWidget *
repeat_button (
    JnFormView *self, const char *label, const char *name, const char *ref, GCallback clicked)
{
  GtkWidget *button = jn_button_new (label, NULL, "act");

  jn_set_name (button, name);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "ref", g_strdup (ref), g_free);
  g_signal_connect (button, "clicked", clicked, self);
  gtk_widget_show (button);
  return button;
}

static void
add_copy (JnFormView *self,
          JnFormCard *card,
          const JnControl *control,
          const char *ref,
          gsize i,
          const char *label,
          gboolean fixed)
{
  g_autofree char *placed = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", ref, i);
  g_autofree char *title = g_strdup_printf ("%s %" G_GSIZE_FORMAT, label, i);
  g_autofree char *name = g_strdup_printf (_("Remove %s"), title);
  JnScope scope = { jn_control_get_ref (control), placed };
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_box_pack_start (GTK_BOX (head), jn_text_new (title, "strong"), TRUE, TRUE, 0);
  if (!fixed)
    gtk_box_pack_end (
        GTK_BOX (head),
        repeat_button (self, _("Remove"), name, placed, G_CALLBACK (remove_clicked_cb)), FALSE,
                       FALSE, 0);
  gtk_widget_show_all (head);
  jn_form_card_add_line (card, head);
  build_children (self, card, control, &scope);
}

/* (transfer full): what one of its entries is called */
static char *
name_repeat (JnFormView *self, const JnControl *control, const char *ref)
{
  const JnControl *group = jn_control_get_parent (control);
  g_autofree char *label = jn_filling_get_label (filling (self), control, ref);

  if (*label == '\0' && group != NULL && names_repeat (group))
    {
      g_free (label);
      label = jn_filling_get_label (filling (self), group, ref);
    }
  return *label != '\0' ? g_steal_pointer (&label) : g_strdup (_("Entry"));
}

static void
add_repeat (JnFormView *self, JnFormCard *card, const JnControl *control, const JnScope *scope)
{
  g_autofree char *ref = place (jn_control_get_ref (control), scope);
  g_autofree char *label = name_repeat (self, control, ref);
  JnRepeat *repeat = g_new0 (JnRepeat, 1);
  gboolean fixed = FALSE;
  g_autofree char *add = NULL;

  repeat->ref = g_strdup (ref);
  repeat->count = jn_filling_count (filling (self), ref, &fixed);
  g_ptr_array_add (self->repeats, repeat);
  jn_form_card_keep (card);
  for (gsize i = 1; i <= repeat->count; i++)
    add_copy (self, card, control, ref, i, label, fixed);
  if (fixed)
    return;
  add = g_strdup_printf (_("Add: %s"), label);
  jn_form_card_add_line (card, repeat_button (self, add, add, ref, G_CALLBACK (add_clicked_cb)));
}

static void
build_children (JnFormView *self, JnFormCard *card, const JnControl *parent, const JnScope *scope)
{
  const JnControl *control = jn_control_get_first_child (parent);

  for (; control != NULL; control = jn_control_get_next (control))
    switch (jn_control_get_kind (control))
      {
      case JN_CONTROL_GROUP:
        add_group (self, card, control, scope);
        break;
      case JN_CONTROL_REPEAT:
        add_repeat (self, card, control, scope);
        break;
      case JN_CONTROL_INPUT:
      case JN_CONTROL_SELECT1:
      case JN_CONTROL_SELECT:
      case JN_CONTROL_RANGE:
      case JN_CONTROL_RANK:
      case JN_CONTROL_UPLOAD:
      case JN_CONTROL_TRIGGER:
      case JN_CONTROL_SECRET:
        add_field (self, card, control, scope);
        break;
      }
}

static JnFormCard *
make_card (JnFormView *self,
           const JnControl *control) /* (nullable): what stands outside any group */
{
  const char *ref = control != NULL ? jn_control_get_ref (control) : NULL;
  g_autofree char *heading
      = control != NULL ? jn_filling_get_label (filling (self), control, ref) : NULL;
  GtkWidget *card = jn_form_card_new (ref, heading);

  g_signal_connect_swapped (card, "toggled", G_CALLBACK (jn_form_view_toggle_known), self);
  gtk_box_pack_start (GTK_BOX (self), card, FALSE, FALSE, 0);
  g_ptr_array_add (self->cards, card);
  return JN_FORM_CARD (card);
}

static gboolean
is_group (const JnControl *control)
{
  return jn_control_get_kind (control) == JN_CONTROL_GROUP;
}

/* Every group of the body is a card; what stands between groups shares one. */
static void
build_next (JnFormView *self)
{
  const JnControl *control = self->rest;

  self->rest = jn_control_get_next (control);
  if (is_group (control))
    {
      self->loose = NULL;
      build_children (self, make_card (self, control), control, NULL);
      return;
    }
  if (self->loose == NULL)
    self->loose = make_card (self, NULL);
  if (jn_control_get_kind (control) == JN_CONTROL_REPEAT)
    add_repeat (self, self->loose, control, NULL);
  else
    add_field (self, self->loose, control, NULL);
}

static gboolean
building_cb (gpointer user_data)
{
  JnFormView *self = JN_FORM_VIEW (user_data);

  if (self->rest != NULL)
    build_next (self);
  if (self->rest != NULL)
    return G_SOURCE_CONTINUE;
  self->building = 0;
  refresh_cards (self);
  return G_SOURCE_REMOVE;
}

/* Whoever asks for a question that is not built yet: all of it, now. */
static void
build_rest (JnFormView *self)
{
  if (self->rest == NULL)
    return;
  while (self->rest != NULL)
    build_next (self);
  g_clear_handle_id (&self->building, g_source_remove);
  refresh_cards (self);
}

/* The first screen at once; the rest card by card, behind painting and keys. */
static void
build (JnFormView *self)
{
  const JnControl *body = jn_form_get_body (jn_application_get_form (self->application));

  g_clear_handle_id (&self->building, g_source_remove);
  self->loose = NULL;
  self->rest = jn_control_get_first_child (body);
  while (self->rest != NULL && g_hash_table_size (self->fields) < FIELDS_AT_ONCE)
    build_next (self);
  if (self->rest != NULL)
    self->building = g_idle_add_full (G_PRIORITY_LOW, building_cb, self, NULL);
  refresh_cards (self);
}

static const char *
focused_ref (JnFormView *self)
{
  GHashTableIter iter;
  gpointer ref, field;

  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, &ref, &field))
    if (gtk_container_get_focus_child (GTK_CONTAINER (field)) != NULL)
      return ref;
  return NULL;
}

static void
rebuild (JnFormView *self)
{
  g_autofree char *ref = g_strdup (focused_ref (self));

  build_rest (self); /* it holds what stands in the cards */
  g_hash_table_remove_all (self->fields);
  g_ptr_array_set_size (self->cards, 0);
  g_ptr_array_set_size (self->repeats, 0);
  jn_empty (GTK_WIDGET (self));
  build (self);
  if (ref != NULL)
    jn_form_view_focus (self, ref);
}

/* -- the view -- */

static void
jn_form_view_dispose (GObject *object)
{
  JnFormView *self = JN_FORM_VIEW (object);

  g_clear_handle_id (&self->building, g_source_remove);
  self->rest = NULL;
  if (self->application != NULL)
    g_signal_handlers_disconnect_by_data (self->application, self);
  g_hash_table_remove_all (self->fields);
  g_ptr_array_set_size (self->cards, 0);
  G_OBJECT_CLASS (jn_form_view_parent_class)->dispose (object);
  g_clear_object (&self->application);
  g_clear_object (&self->visit);
}

static void
jn_form_view_finalize (GObject *object)
{
  JnFormView *self = JN_FORM_VIEW (object);

  g_hash_table_unref (self->fields);
  g_ptr_array_unref (self->cards);
  g_ptr_array_unref (self->repeats);
  G_OBJECT_CLASS (jn_form_view_parent_class)->finalize (object);
}

static void
jn_form_view_class_init (JnFormViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_form_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_form_view_finalize;
  errors_signal = g_signal_new ("errors-changed", JN_TYPE_FORM_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  filled_signal = g_signal_new ("filled", JN_TYPE_FORM_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
jn_form_view_init (JnFormView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 16);
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cards = g_ptr_array_new ();
  self->repeats = g_ptr_array_new_with_free_func (repeat_free);
}

GtkWidget *
jn_form_view_new (JnVisit *visit, JnApplication *application)
{
  JnFormView *self = g_object_new (JN_TYPE_FORM_VIEW, NULL);

  self->visit = visit != NULL ? g_object_ref (visit) : NULL;
  self->application = g_object_ref (application);
  g_signal_connect (application, "changed", G_CALLBACK (on_application_changed_cb), self);
  build (self);
  return GTK_WIDGET (self);
}

static JnField *
find_field (JnFormView *self, const char *ref) /* (nullable) */
{
  if (!g_hash_table_contains (self->fields, ref))
    build_rest (self);
  return g_hash_table_lookup (self->fields, ref);
}

JnApplication *
jn_form_view_get_application (JnFormView *self)
{
  return self->application;
}

gboolean
jn_form_view_focus (JnFormView *self, const char *ref)
{
  JnField *field = find_field (self, ref);

  if (field == NULL)
    return FALSE;
  if (!gtk_widget_get_visible (GTK_WIDGET (field)) && !self->unfolded)
    jn_form_view_toggle_known (self);
  if (!gtk_widget_get_visible (GTK_WIDGET (field)))
    return FALSE;
  jn_field_focus (field);
  jn_reveal (GTK_WIDGET (field));
  return TRUE;
}

void
jn_form_view_focus_first (JnFormView *self)
{
  for (guint i = 0; i < self->cards->len; i++)
    {
      GPtrArray *fields = jn_form_card_get_fields (self->cards->pdata[i]);

      for (guint k = 0; k < fields->len; k++)
        {
          JnField *field = g_ptr_array_index (fields, k);

          if (gtk_widget_get_visible (GTK_WIDGET (field)) && !JN_IS_FIELD_NOTE (field))
            {
              jn_field_focus (field);
              return;
            }
        }
    }
  if (self->rest == NULL)
    return;
  build_rest (self); /* all that is built yet is known and folded */
  jn_form_view_focus_first (self);
}

void
jn_form_view_toggle_known (JnFormView *self)
{
  GHashTableIter iter;
  gpointer field;

  build_rest (self);
  self->unfolded = !self->unfolded;
  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, NULL, &field))
    refresh_field (self, field);
  refresh_cards (self);
}

void
jn_form_view_reveal (JnFormView *self)
{
  GHashTableIter iter;
  gpointer field;

  build_rest (self);
  self->revealed = TRUE;
  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, NULL, &field))
    {
      jn_field_reveal (field);
      refresh_field (self, field);
    }
  refresh_cards (self);
}

guint
jn_form_view_count_errors (JnFormView *self)
{
  guint errors = 0;
  GHashTableIter iter;
  gpointer field;

  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, NULL, &field))
    errors += gtk_widget_get_visible (field) && jn_field_get_error (field) != NULL;
  return errors;
}

const char *
jn_form_view_get_label (JnFormView *self, const char *ref)
{
  JnField *field = find_field (self, ref);

  return field != NULL ? jn_field_get_label (field) : NULL;
}

const char *
jn_form_view_get_section (JnFormView *self, const char *ref)
{
  JnField *field = find_field (self, ref);

  for (guint i = 0; field != NULL && i < self->cards->len; i++)
    {
      if (g_ptr_array_find (jn_form_card_get_fields (self->cards->pdata[i]), field, NULL))
        return jn_form_card_get_heading (self->cards->pdata[i]);
    }
  return NULL;
}

const char *
jn_form_view_get_error (JnFormView *self, const char *ref)
{
  JnField *field = find_field (self, ref);

  return field != NULL ? jn_field_get_error (field) : NULL;
}
