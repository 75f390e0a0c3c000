/* service-picker.c: what a citizen came for: found by a search, or among the most common ones. */
#include "ui/service-picker.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/language.h"
#include "ui/look.h"
#include "ui/widgets.h"

#define MOST_MATCHES 6
#define MOST_COMMON 9

struct _JnServicePicker
{
  GtkBin parent;

  GtkWidget
      *hint; /* above the field: a placeholder goes away as soon as the field has the keyboard */
  GtkWidget *search;
  GtkWidget *common;
  GtkWidget *matches;
  GtkWidget *chosen;

  JnCatalogue *catalogue;
  GPtrArray *offered; /* of JnMatch: the common ones */
  char *event;
  GPtrArray *services; /* ended by NULL */
  gboolean offers;     /* the common ones */
  gboolean plain;      /* only a search for services */
};

G_DEFINE_TYPE (JnServicePicker, jn_service_picker, GTK_TYPE_BIN)

static guint changed_signal;
static guint scanned_signal;

static const char *
tag (void)
{
  return jn_language_get ()->tag;
}

/* -- what is chosen -- */

static void show_chosen (JnServicePicker *self);

static void
changed (JnServicePicker *self)
{
  show_chosen (self);
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
has_service (JnServicePicker *self, const char *service, guint *index)
{
  for (guint i = 0; i + 1 < self->services->len; i++)
    if (g_strcmp0 (self->services->pdata[i], service) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static void
remove_clicked_cb (GtkButton *button, JnServicePicker *self)
{
  const char *service = g_object_get_data (G_OBJECT (button), "service");
  guint index;

  if (service == NULL)
    g_clear_pointer (&self->event, g_free);
  else if (has_service (self, service, &index))
    g_ptr_array_remove_index (self->services, index);
  changed (self);
  gtk_widget_grab_focus (self->search);
}

static void
add_chosen (JnServicePicker *self, const char *name, const char *kind, const char *service)
{
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "row");
  GtkWidget *label = jn_text_new (name, "strong");
  GtkWidget *button = gtk_button_new ();
  GtkWidget *chip = jn_label_new (kind, "tag");
  g_autofree char *remove = g_strdup_printf (_("Remove %s"), name);

  gtk_container_add (GTK_CONTAINER (button), jn_icon_new ("window-close-symbolic", 16));
  gtk_widget_show_all (button);
  jn_add_classes (button, "act quiet");
  jn_set_name (button, remove);
  gtk_widget_set_tooltip_text (button, remove);
  g_object_set_data_full (G_OBJECT (button), "service", g_strdup (service), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_clicked_cb), self);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_box_pack_start (GTK_BOX (row), label, TRUE, TRUE, 0);
  gtk_widget_show (label);
  jn_pack (row, chip);
  jn_pack (row, button);
  jn_pack (self->chosen, row);
}

static const char *
department_of (JnServicePicker *self, const JnServiceEntry *service)
{
  const char *mark
      = jn_catalogue_get_mark (self->catalogue, jn_service_entry_get_department (service), tag ());

  return mark != NULL ? mark : jn_service_entry_get_department (service);
}

static void
show_chosen (JnServicePicker *self)
{
  const JnEventEntry *event
      = self->event != NULL ? jn_catalogue_get_event (self->catalogue, self->event) : NULL;

  if (self->plain)
    return;
  jn_empty (self->chosen);
  if (event != NULL)
    add_chosen (self, jn_event_entry_get_name (event, tag ()), _("life event"), NULL);
  for (guint i = 0; i + 1 < self->services->len; i++)
    {
      const char *code = self->services->pdata[i];
      const JnServiceEntry *service = jn_catalogue_get_service (self->catalogue, code);

      if (service != NULL)
        add_chosen (self, jn_service_entry_get_name (service, tag ()),
                    department_of (self, service), code);
    }
  if (jn_service_picker_is_empty (self))
    jn_pack (self->chosen, jn_text_new (_("Nothing is chosen yet."), "small"));
  gtk_widget_set_visible (self->common, self->offers && jn_service_picker_is_empty (self)
                                            && !gtk_widget_get_visible (self->matches));
}

void
jn_service_picker_clear (JnServicePicker *self)
{
  g_clear_pointer (&self->event, g_free);
  g_ptr_array_set_size (self->services, 0);
  g_ptr_array_add (self->services, NULL);
  gtk_entry_set_text (GTK_ENTRY (self->search), "");
  changed (self);
}

void
jn_service_picker_set_event (JnServicePicker *self, const char *event)
{
  g_free (self->event);
  self->event = g_strdup (event);
  changed (self);
}

void
jn_service_picker_add (JnServicePicker *self, const char *service)
{
  guint index;

  if (has_service (self, service, &index))
    return;
  g_ptr_array_insert (self->services, (int)self->services->len - 1, g_strdup (service));
  changed (self);
}

static void
choose (JnServicePicker *self, const JnMatch *match)
{
  gtk_entry_set_text (GTK_ENTRY (self->search), "");
  if (match->event != NULL)
    jn_service_picker_set_event (self, jn_event_entry_get_code (match->event));
  else
    jn_service_picker_add (self, jn_service_entry_get_code (match->service));
}

gboolean
jn_service_picker_choose_nth (JnServicePicker *self, guint position)
{
  if (position == 0 || position > MIN (self->offered->len, MOST_COMMON))
    return FALSE;
  choose (self, self->offered->pdata[position - 1]);
  return TRUE;
}

gboolean
jn_service_picker_is_empty (JnServicePicker *self)
{
  return self->event == NULL && self->services->len <= 1;
}

const char *
jn_service_picker_get_event (JnServicePicker *self)
{
  return self->event;
}

const char *const *
jn_service_picker_get_services (JnServicePicker *self)
{
  return (const char *const *)self->services->pdata;
}

void
jn_service_picker_note_use (JnServicePicker *self)
{
  if (self->event != NULL)
    jn_catalogue_note_use (self->catalogue, self->event);
  for (guint i = 0; i + 1 < self->services->len; i++)
    jn_catalogue_note_use (self->catalogue, self->services->pdata[i]);
}

/* -- what is offered -- */

static void
offer_clicked_cb (GtkButton *button, JnServicePicker *self)
{
  const JnMatch *match = g_object_get_data (G_OBJECT (button), "match");
  JnMatch copy = *match; /* choosing empties the list of matches */

  choose (self, &copy);
}

/* As high as its words, however many lines the name beside it has. */
static void
pack_mark (GtkWidget *row, GtkWidget *mark)
{
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  gtk_box_pack_end (GTK_BOX (row), mark, FALSE, FALSE, 0);
}

static GtkWidget *
make_offer (JnServicePicker *self, const JnMatch *match, guint position)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *name = match->service != NULL ? jn_service_entry_get_name (match->service, tag ())
                                            : jn_event_entry_get_name (match->event, tag ());
  const char *kind
      = match->service != NULL ? department_of (self, match->service) : _("life event");
  g_autofree char *key = position > 0 ? g_strdup_printf ("Ctrl %u", position) : NULL;
  GtkWidget *label = jn_text_new (name, NULL);

  jn_add_classes (button, "tile offer");
  if (match->event != NULL)
    gtk_box_pack_start (GTK_BOX (row), jn_icon_new (jn_event_entry_get_icon (match->event), 20),
                        FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (row), label, TRUE, TRUE, 0);
  if (key != NULL)
    pack_mark (row, jn_label_new (key, "key"));
  if (match->service != NULL)
    pack_mark (row, jn_label_new (kind, "tag"));
  gtk_container_add (GTK_CONTAINER (button), row);
  gtk_widget_show_all (button);
  jn_set_name (button, name);
  jn_set_description (button, key != NULL ? key : kind);
  g_object_set_data_full (G_OBJECT (button), "match", g_memdup2 (match, sizeof *match), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (offer_clicked_cb), self);
  return button;
}

static void
show_common (JnServicePicker *self)
{
  for (guint i = 0; i < MIN (self->offered->len, MOST_COMMON); i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_widget_set_can_focus (child, FALSE); /* the button in it has the focus */
      gtk_container_add (GTK_CONTAINER (child), make_offer (self, self->offered->pdata[i], i + 1));
      gtk_container_add (GTK_CONTAINER (self->common), child);
      gtk_widget_show (child);
    }
}

static void
search_changed_cb (GtkEntry *entry, JnServicePicker *self)
{
  const char *text = gtk_entry_get_text (entry);
  g_autoptr (GPtrArray) found = jn_catalogue_search (self->catalogue, text, MOST_MATCHES);
  gboolean searching = *text != '\0';

  jn_empty (self->matches);
  for (guint i = 0; i < found->len; i++)
    if (!self->plain || ((JnMatch *)found->pdata[i])->service != NULL)
      jn_pack (self->matches, make_offer (self, found->pdata[i], 0));
  if (searching && found->len == 0)
    jn_pack (self->matches,
             jn_text_new (_("Nothing is called that. Try another word, a code, or a department."),
                             "empty"));
  gtk_widget_set_visible (self->matches, searching);
  gtk_widget_set_visible (self->common,
                          !searching && self->offers && jn_service_picker_is_empty (self));
}

/* A scanner types like a keyboard: what no service is called. */
static gboolean
is_scanned (const char *text)
{
  return g_str_has_prefix (text, "janela:") || strstr (text, "/r#") != NULL
         || g_regex_match_simple ("^\\s*([A-Za-z][0-9]{3,5}|[0-9A-Za-z]{4}-[0-9A-Za-z]{4}"
                                  "|[0-9]{2}-([0-9]{4}|T[0-9]+)-[0-9]{6,7})\\s*$",
                                  text, 0, 0);
}

/* Enter takes the first match. */
static void
search_activated_cb (GtkEntry *entry, JnServicePicker *self)
{
  g_autoptr (GList) children = NULL;
  g_autofree char *text = g_strstrip (g_strdup (gtk_entry_get_text (entry)));

  if (is_scanned (text))
    {
      gtk_entry_set_text (entry, "");
      g_signal_emit (self, scanned_signal, 0, text);
      return;
    }
  children = gtk_container_get_children (GTK_CONTAINER (self->matches));
  if (children != NULL && GTK_IS_BUTTON (children->data))
    gtk_button_clicked (children->data);
}

gboolean
jn_service_picker_take_typed (JnServicePicker *self)
{
  if (*gtk_entry_get_text (GTK_ENTRY (self->search)) == '\0')
    return FALSE;
  search_activated_cb (GTK_ENTRY (self->search), self);
  return TRUE;
}

void
jn_service_picker_grab_search (JnServicePicker *self)
{
  gtk_widget_grab_focus (self->search);
}

/* -- another language -- */

GVariant *
jn_service_picker_keep (JnServicePicker *self)
{
  return g_variant_new ("(sms^as)", gtk_entry_get_text (GTK_ENTRY (self->search)), self->event,
                        self->services->pdata);
}

void
jn_service_picker_take (JnServicePicker *self, GVariant *kept)
{
  const char *text;
  const char *event;
  g_autofree const char **services = NULL;

  g_variant_get (kept, "(&sm&s^a&s)", &text, &event, &services);
  gtk_entry_set_text (GTK_ENTRY (self->search), text);
  g_free (self->event);
  self->event = g_strdup (event);
  for (const char **service = services; *service != NULL; service++)
    jn_service_picker_add (self, *service);
  changed (self);
}

/* -- the widget -- */

static void
jn_service_picker_finalize (GObject *object)
{
  JnServicePicker *self = JN_SERVICE_PICKER (object);

  g_free (self->event);
  g_ptr_array_unref (self->services);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  g_clear_object (&self->catalogue);
  G_OBJECT_CLASS (jn_service_picker_parent_class)->finalize (object);
}

static void
jn_service_picker_class_init (JnServicePickerClass *klass)
{
  jn_look_load_icons ();
  G_OBJECT_CLASS (klass)->finalize = jn_service_picker_finalize;
  changed_signal = g_signal_new ("changed", JN_TYPE_SERVICE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  scanned_signal = g_signal_new ("scanned", JN_TYPE_SERVICE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
make_common (JnServicePicker *self)
{
  self->common = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->common), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->common), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->common), 10);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->common), 10);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->common), 1);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->common), 3);
  jn_set_name (self->common, _("Most common here"));
}

static void
jn_service_picker_init (JnServicePicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->services = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->services, NULL);
  self->search = gtk_entry_new ();
  jn_add_classes (self->search, "search");
  self->hint = jn_text_new (_("Find a service in any language: 出生, BIR, passaporte …"), "small");
  jn_set_name (self->search, _("Find a service"));
  make_common (self);
  self->matches = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->chosen = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  jn_pack (top, self->hint);
  jn_pack (top, self->search);
  jn_pack (box, top);
  gtk_box_pack_start (GTK_BOX (box), self->matches, FALSE, FALSE, 0);
  jn_pack (box, self->chosen);
  jn_pack (box, self->common);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self), box);
}

static JnServicePicker *
picker_new (JnCatalogue *catalogue)
{
  JnServicePicker *self = g_object_new (JN_TYPE_SERVICE_PICKER, NULL);

  self->catalogue = g_object_ref (catalogue);
  self->offered = jn_catalogue_list_common (catalogue, MOST_COMMON);
  g_signal_connect (self->search, "changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  return self;
}

GtkWidget *
jn_service_picker_new (JnCatalogue *catalogue)
{
  JnServicePicker *self = picker_new (catalogue);

  self->offers = TRUE;
  show_common (self);
  show_chosen (self);
  return GTK_WIDGET (self);
}

void
jn_service_picker_set_hint (JnServicePicker *self, const char *hint)
{
  jn_label_set (self->hint, hint);
}

static void
set_label (JnServicePicker *self, const char *label)
{
  jn_service_picker_set_hint (self, label);
  jn_set_name (self->search, label);
}

GtkWidget *
jn_service_picker_new_small (JnCatalogue *catalogue, const char *label)
{
  JnServicePicker *self = picker_new (catalogue);

  set_label (self, label);
  show_chosen (self);
  return GTK_WIDGET (self);
}

GtkWidget *
jn_service_picker_new_search (JnCatalogue *catalogue, const char *label)
{
  JnServicePicker *self = picker_new (catalogue);

  self->plain = TRUE;
  gtk_widget_hide (self->chosen);
  gtk_widget_hide (self->common);
  set_label (self, label);
  return GTK_WIDGET (self);
}
