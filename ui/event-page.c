/* event-page.c: tiles of life events, a search over everything, and the services of this visit. */
#include "ui/event-page.h"

#include <glib/gi18n.h>

#include "app/search.h"
#include "app/text.h"
#include "ui/language.h"
#include "ui/look.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define MOST_MATCHES 12
#define TILE_CHARS 20 /* four in a row, so that the services of the chosen one are seen below */

struct _JnEventPage
{
  JnPage parent;

  GtkWidget *search;
  GtkWidget *tiles;
  GtkWidget *matches;
  GtkWidget *bundle;
  GtkWidget *bundle_heading;
  GtkWidget *bundle_rows;

  JnVisit *visit;
  JnCatalogue *catalogue;
  GCancellable *cancellable;
  gboolean choosing; /* a tick is being set by us */
};

G_DEFINE_TYPE (JnEventPage, jn_event_page, JN_TYPE_PAGE)

static const char *
tag (void)
{
  return jn_language_get ()->tag;
}

/* -- the bundle -- */

static void
tick_toggled_cb (GtkToggleButton *tick, JnEventPage *self)
{
  const char *service = g_object_get_data (G_OBJECT (tick), "service");

  if (!self->choosing)
    jn_visit_choose (self->visit, service, gtk_toggle_button_get_active (tick));
}

static char *
names_of (JnEventPage *self, GStrv codes)
{
  GString *names = g_string_new (NULL);

  for (char **code = codes; code != NULL && *code != NULL; code++)
    {
      const JnServiceEntry *entry = jn_catalogue_get_service (self->catalogue, *code);

      g_string_append_printf (names, "%s%s", names->len > 0 ? jn_words_comma () : "",
                              entry != NULL ? jn_service_entry_get_name (entry, tag ()) : *code);
    }
  return g_string_free (names, FALSE);
}

static char *
deadline_words (const JnProposal *proposal)
{
  g_autofree char *day = NULL;

  if (proposal->deadline == NULL)
    return NULL;
  day = jn_text_format_day (proposal->deadline);
  if (proposal->days_left < 0)
    return g_strdup_printf (_("the period ended on %s"), day);
  return g_strdup_printf (
      ngettext ("until %s, %d day left", "until %s, %d days left", proposal->days_left), day,
      proposal->days_left);
}

/* Why it is here, what goes before it, and until when. */
static char *
proposal_words (JnEventPage *self, const JnProposal *proposal)
{
  GString *words = g_string_new (NULL);
  g_autofree char *needs = names_of (self, proposal->needs);
  g_autofree char *deadline = deadline_words (proposal);

  if (!proposal->servable)
    g_string_append (words, _("not handled at this counter"));
  else if (proposal->why != NULL && *proposal->why != '\0')
    g_string_append (words, proposal->why);
  else if (proposal->optional)
    g_string_append (words, _("optional"));
  if (*needs != '\0')
    {
      g_string_append (words, words->len > 0 ? " · " : "");
      g_string_append_printf (words, _("after: %s"), needs);
    }
  if (deadline != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", deadline);
  return g_string_free (words, FALSE);
}

static void
add_proposal (JnEventPage *self, const JnProposal *proposal)
{
  const char *code = jn_service_entry_get_code (proposal->service);
  const char *name = jn_service_entry_get_name (proposal->service, tag ());
  const char *mark = jn_catalogue_get_mark (
      self->catalogue, jn_service_entry_get_department (proposal->service), tag ());
  g_autofree char *words = proposal_words (self, proposal);
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "row");
  GtkWidget *tick = gtk_check_button_new_with_label (name);
  GtkWidget *label = gtk_bin_get_child (GTK_BIN (tick));
  GtkWidget *department = jn_label_new (mark, "tag");
  GtkWidget *why = jn_text_new (words, "small");

  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_sensitive (tick, proposal->servable || proposal->chosen);
  self->choosing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tick), proposal->chosen);
  self->choosing = FALSE;
  jn_set_description (tick, words);
  g_object_set_data_full (G_OBJECT (tick), "service", g_strdup (code), g_free);
  g_signal_connect (tick, "toggled", G_CALLBACK (tick_toggled_cb), self);
  gtk_widget_set_valign (department, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (why), 1);
  gtk_label_set_justify (GTK_LABEL (why), GTK_JUSTIFY_RIGHT);
  jn_pack (row, tick);
  jn_pack (row, department);
  gtk_box_pack_end (GTK_BOX (row), why, TRUE, TRUE, 0);
  gtk_widget_show (why);
  jn_pack (self->bundle_rows, row);
}

static void
show_bundle (JnEventPage *self)
{
  GPtrArray *proposals = jn_visit_get_proposals (self->visit);
  const char *code = jn_visit_get_event (self->visit);
  const JnEventEntry *event = code != NULL ? jn_catalogue_get_event (self->catalogue, code) : NULL;
  g_autofree char *heading = event != NULL
      ? g_strdup_printf (_("%s: chosen for this visit"), jn_event_entry_get_name (event, tag ()))
      : g_strdup (_("Chosen for this visit"));

  gtk_label_set_text (GTK_LABEL (self->bundle_heading), heading);
  jn_empty (self->bundle_rows);
  for (guint i = 0; proposals != NULL && i < proposals->len; i++)
    add_proposal (self, g_ptr_array_index (proposals, i));
  gtk_widget_set_visible (self->bundle, proposals != NULL && proposals->len > 0);
}

static void
show_next (JnEventPage *self)
{
  guint n = jn_visit_get_n_chosen (self->visit);
  guint minutes = jn_visit_get_minutes_left (self->visit);
  g_autofree char *label
      = n > 0 ? g_strdup_printf (ngettext ("Start %u form", "Start %u forms", n), n)
              : g_strdup (_("Start"));
  g_autofree char *note
      = n > 0 ? g_strdup_printf (ngettext ("about %u minute", "about %u minutes", minutes), minutes)
              : g_strdup (_("Choose at least one service"));

  jn_page_set_next_label (JN_PAGE (self), label);
  jn_page_set_ready (JN_PAGE (self), n > 0);
  jn_page_set_note (JN_PAGE (self), note);
}

/* -- events and search -- */

static void
event_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnEventPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jn_visit_choose_event_finish (JN_VISIT (source), result, &error))
    jn_page_say_error (JN_PAGE (self), error);
}

static void
choose_event (JnEventPage *self, const char *code)
{
  jn_page_say (JN_PAGE (self), NULL);
  gtk_entry_set_text (GTK_ENTRY (self->search), "");
  jn_visit_choose_event_async (self->visit, code, self->cancellable, event_chosen_cb,
                               g_object_ref (self));
}

static void
mark_tile (GtkWidget *child, gpointer user_data)
{
  JnEventPage *self = user_data;
  GtkWidget *tile = gtk_bin_get_child (GTK_BIN (child));
  gboolean chosen
      = g_strcmp0 (g_object_get_data (G_OBJECT (tile), "event"), jn_visit_get_event (self->visit))
        == 0;

  self->choosing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile), chosen);
  self->choosing = FALSE;
}

static void
mark_tiles (JnEventPage *self)
{
  gtk_container_foreach (GTK_CONTAINER (self->tiles), mark_tile, self);
}

static void
tile_clicked_cb (GtkButton *tile, JnEventPage *self)
{
  if (self->choosing)
    return;
  choose_event (self, g_object_get_data (G_OBJECT (tile), "event"));
  mark_tiles (self); /* pressing the chosen one again leaves it chosen */
}

static char *
other_names (const char *(*name) (const JnEventEntry *, const char *), const JnEventEntry *event)
{
  GString *names = g_string_new (NULL);

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    if (language != jn_language_get ())
      g_string_append_printf (names, "%s%s", names->len > 0 ? " · " : "",
                              name (event, language->tag));
  return g_string_free (names, FALSE);
}

static GtkWidget *
make_tile (JnEventPage *self, const JnEventEntry *event)
{
  GtkWidget *tile = gtk_toggle_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  guint n = g_strv_length ((char **)jn_event_entry_get_services (event));
  const char *name = jn_event_entry_get_name (event, tag ());
  g_autofree char *names = other_names (jn_event_entry_get_name, event);
  g_autofree char *count = g_strdup_printf (ngettext ("%u service", "%u services", n), n);
  const char *code = jn_event_entry_get_code (event);
  GtkWidget *title = jn_text_new (name, "strong");
  GtkWidget *others = jn_label_new (names, "small");

  jn_add_classes (tile, "tile event");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (title), TILE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (others), TILE_CHARS);
  gtk_label_set_ellipsize (GTK_LABEL (others), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (tile, names);
  jn_pack (box, title);
  jn_pack (box, others);
  jn_pack (row, jn_icon_new (jn_event_entry_get_icon (event), 24));
  gtk_box_pack_start (GTK_BOX (row), box, TRUE, TRUE, 0);
  gtk_widget_show_all (row);
  gtk_container_add (GTK_CONTAINER (tile), row);
  jn_set_name (tile, name);
  jn_set_description (tile, count);
  g_object_set_data_full (G_OBJECT (tile), "event", g_strdup (code), g_free);
  g_signal_connect (tile, "clicked", G_CALLBACK (tile_clicked_cb), self);
  return tile;
}

static void
add_child (GtkWidget *flow, GtkWidget *widget)
{
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_widget_set_can_focus (child, FALSE); /* the button in it has the focus */
  gtk_container_add (GTK_CONTAINER (child), widget);
  gtk_container_add (GTK_CONTAINER (flow), child);
  gtk_widget_show_all (child);
}

static void
show_tiles (JnEventPage *self)
{
  GPtrArray *events = jn_catalogue_get_events (self->catalogue);

  for (guint i = 0; i < events->len; i++)
    add_child (self->tiles, make_tile (self, g_ptr_array_index (events, i)));
}

static void
match_clicked_cb (GtkButton *button, JnEventPage *self)
{
  const char *event = g_object_get_data (G_OBJECT (button), "event");
  const char *service = g_object_get_data (G_OBJECT (button), "service");

  if (event != NULL)
    {
      choose_event (self, event);
      return;
    }
  jn_visit_choose (self->visit, service, TRUE);
  jn_catalogue_note_use (self->catalogue, service);
  gtk_entry_set_text (GTK_ENTRY (self->search), "");
  gtk_widget_grab_focus (self->search);
}

static GtkWidget *
make_match (JnEventPage *self, const JnMatch *match)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  const char *name = match->service != NULL ? jn_service_entry_get_name (match->service, tag ())
                                            : jn_event_entry_get_name (match->event, tag ());
  const char *kind = match->service != NULL ? jn_catalogue_get_mark (
                         self->catalogue, jn_service_entry_get_department (match->service), tag ())
                                            : _("life event");
  GtkWidget *label = jn_text_new (name, NULL);

  jn_add_classes (button, "tile");
  gtk_box_pack_start (GTK_BOX (row), label, TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (row), jn_label_new (kind, "tag"), FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (button), row);
  gtk_widget_show_all (row);
  jn_set_name (button, name);
  jn_set_description (button, kind);
  if (match->service != NULL)
    g_object_set_data_full (G_OBJECT (button), "service",
                            g_strdup (jn_service_entry_get_code (match->service)), g_free);
  else
    g_object_set_data_full (G_OBJECT (button), "event",
                            g_strdup (jn_event_entry_get_code (match->event)), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (match_clicked_cb), self);
  return button;
}

static void
search_changed_cb (GtkEntry *entry, JnEventPage *self)
{
  const char *text = gtk_entry_get_text (entry);
  g_autoptr (GPtrArray) matches = jn_catalogue_search (self->catalogue, text, MOST_MATCHES);
  gboolean searching = *text != '\0';

  jn_empty (self->matches);
  for (guint i = 0; i < matches->len; i++)
    jn_pack (self->matches, make_match (self, g_ptr_array_index (matches, i)));
  if (searching && matches->len == 0)
    jn_pack (self->matches,
             jn_text_new (_("Nothing is called that. Try another word, a code, or a department."),
                             "empty"));
  gtk_widget_set_visible (self->matches, searching);
  gtk_widget_set_visible (self->tiles, !searching);
}

/* Enter takes the first match. */
static void
search_activated_cb (GtkEntry *entry, JnEventPage *self)
{
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (self->matches));

  if (children != NULL && GTK_IS_BUTTON (children->data))
    gtk_button_clicked (children->data);
}

static void
refresh (JnEventPage *self)
{
  mark_tiles (self);
  show_bundle (self);
  show_next (self);
}

/* A tick changes the order and the reasons of others: all rows are made again, the focus stays. */
static void
on_visit_changed_cb (JnVisit *visit, JnEventPage *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
  GtkWidget *focus = GTK_IS_WINDOW (window) ? gtk_window_get_focus (GTK_WINDOW (window)) : NULL;
  g_autofree char *service
      = focus != NULL ? g_strdup (g_object_get_data (G_OBJECT (focus), "service")) : NULL;
  g_autoptr (GList) rows = NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return; /* it reads again when it is shown */
  refresh (self);
  rows = gtk_container_get_children (GTK_CONTAINER (self->bundle_rows));
  for (GList *row = rows; service != NULL && row != NULL; row = row->next)
    {
      g_autoptr (GList) cells = gtk_container_get_children (GTK_CONTAINER (row->data));

      if (g_strcmp0 (g_object_get_data (G_OBJECT (cells->data), "service"), service) == 0)
        gtk_widget_grab_focus (cells->data);
    }
}

/* -- the page -- */

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnEventPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->visit == NULL) /* the page is gone */
    return;
  show_next (self);
  if (jn_visit_start_forms_finish (JN_VISIT (source), result, &error))
    jn_page_go (JN_PAGE (self), JN_PLACE_FORMS);
  else
    jn_page_say_error (JN_PAGE (self), error);
}

static void
jn_event_page_next (JnPage *page)
{
  JnEventPage *self = JN_EVENT_PAGE (page);

  if (*gtk_entry_get_text (GTK_ENTRY (self->search)) != '\0')
    {
      search_activated_cb (GTK_ENTRY (self->search), self); /* what was typed is taken first */
      return;
    }
  jn_page_say (page, NULL);
  jn_page_set_ready (page, FALSE);
  jn_page_set_note (page, _("Opening the forms …"));
  jn_visit_start_forms_async (self->visit, self->cancellable, started_cb, g_object_ref (self));
}

static void
jn_event_page_shown (JnPage *page)
{
  JnEventPage *self = JN_EVENT_PAGE (page);
  const char *event = jn_ticket_get_event (jn_visit_get_ticket (self->visit));

  if (event != NULL && jn_visit_get_event (self->visit) == NULL
      && jn_visit_get_n_chosen (self->visit) == 0)
    choose_event (self, event);
  refresh (self);
  gtk_widget_grab_focus (self->search);
}

static gboolean
jn_event_page_search (JnPage *page)
{
  gtk_widget_grab_focus (JN_EVENT_PAGE (page)->search);
  return TRUE;
}

static GVariant *
jn_event_page_keep (JnPage *page)
{
  return g_variant_new_string (gtk_entry_get_text (GTK_ENTRY (JN_EVENT_PAGE (page)->search)));
}

static void
jn_event_page_take (JnPage *page, GVariant *kept)
{
  gtk_entry_set_text (GTK_ENTRY (JN_EVENT_PAGE (page)->search), g_variant_get_string (kept, NULL));
}

static void
jn_event_page_dispose (GObject *object)
{
  JnEventPage *self = JN_EVENT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_clear_object (&self->visit);
  g_clear_object (&self->catalogue);
  G_OBJECT_CLASS (jn_event_page_parent_class)->dispose (object);
}

static void
jn_event_page_class_init (JnEventPageClass *klass)
{
  JnPageClass *page_class = JN_PAGE_CLASS (klass);

  jn_look_load_icons ();
  G_OBJECT_CLASS (klass)->dispose = jn_event_page_dispose;
  page_class->next = jn_event_page_next;
  page_class->shown = jn_event_page_shown;
  page_class->search = jn_event_page_search;
  page_class->keep = jn_event_page_keep;
  page_class->take = jn_event_page_take;
}

static void
make_search (JnEventPage *self)
{
  self->search = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->search), JN_SEARCH_MOST);
  jn_add_classes (self->search, "search");
  jn_set_name (self->search, _("Find a service"));
  g_signal_connect (self->search, "changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (search_activated_cb), self);
}

static GtkWidget *
make_labelled_search (JnEventPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  jn_pack (box,
           jn_text_new (_("Find a service in any language: 出生, BIR, passaporte …"), "small"));
  jn_pack (box, self->search);
  return box;
}

static void
make_tiles (JnEventPage *self)
{
  self->tiles = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->tiles), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->tiles), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->tiles), 14);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->tiles), 10);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->tiles), 1);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->tiles), 4);
  jn_set_name (self->tiles, _("Life events"));
}

static void
jn_event_page_init (JnEventPage *self)
{
  GtkWidget *content = GTK_WIDGET (jn_page_get_content (JN_PAGE (self)));
  GtkWidget *title = jn_text_new (_("What happened?"), "title");

  self->cancellable = g_cancellable_new ();
  jn_set_role (title, ATK_ROLE_HEADING);
  make_search (self);
  make_tiles (self);
  self->matches = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->bundle = jn_card_new (NULL);
  self->bundle_heading = jn_text_new (NULL, "section");
  self->bundle_rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  jn_set_role (self->bundle_heading, ATK_ROLE_HEADING);
  jn_pack (self->bundle, self->bundle_heading);
  jn_pack (self->bundle, self->bundle_rows);
  jn_pack (content, title);
  jn_pack (content, make_labelled_search (self));
  gtk_box_pack_start (GTK_BOX (content), self->matches, FALSE, FALSE, 0);
  jn_pack (content, self->tiles);
  jn_pack (content, self->bundle);
  jn_page_set_back_label (JN_PAGE (self), _("Back"));
  jn_page_set_saves (JN_PAGE (self), TRUE);
}

GtkWidget *
jn_event_page_new (JnVisit *visit)
{
  JnEventPage *self = g_object_new (JN_TYPE_EVENT_PAGE, NULL);

  self->visit = g_object_ref (visit);
  self->catalogue = g_object_ref (jn_session_get_catalogue (jn_visit_get_session (visit)));
  g_signal_connect (visit, "changed", G_CALLBACK (on_visit_changed_cb), self);
  show_tiles (self);
  refresh (self);
  return GTK_WIDGET (self);
}
