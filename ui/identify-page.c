/* identify-page.c: one box for whatever is scanned or typed, and the persons that it gave. */
#include "ui/identify-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/dict.h"
#include "ui/language.h"
#include "ui/widgets.h"
#include "ui/words.h"

static const char *const roles[]
    = { "applicant", "mother",      "father",  "child",    "spouse", "guardian",
        "proxy",     "interpreter", "witness", "deceased", "company" };
static const char *const kinds[]
    = { "bir", "passport", "hkid", "mainland-id", "home-return-permit", "other" };

struct _JnIdentifyPage
{
  JnPage parent;

  GtkWidget *role;
  GtkWidget *entry;
  GtkWidget *button;
  GtkWidget *error;
  GtkWidget *by_hand;
  GtkWidget *kind;
  GtkWidget *number;
  GtkWidget *persons;
  GtkWidget *bundle; /* the services that are chosen already */
  GtkWidget *services;
  GtkWidget *more;
  GString *lines; /* of a travel document's zone, until all have come */

  JnVisit *visit;
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnIdentifyPage, jn_identify_page, JN_TYPE_PAGE)

static void
say (JnIdentifyPage *self, const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->error), words != NULL ? words : "");
  gtk_widget_set_visible (self->error, words != NULL);
  jn_set_description (self->entry, words);
  if (words != NULL)
    jn_announce (self->error);
}

static const char *
chosen_role (JnIdentifyPage *self)
{
  return gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->role));
}

/* Who comes to the desk for what happened, before any form asks; the first that nobody has yet. */
static const char *
role_of_event (JnIdentifyPage *self) /* (nullable) */
{
  static const struct
  {
    const char *event;
    const char *roles[3];
  } usual[] = {
    { "birth", { "mother", "father" } },
    { "marriage", { "applicant", "spouse" } },
    { "death", { "applicant", "deceased" } },
  };
  const char *event = jn_visit_get_event (self->visit);

  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    for (gsize k = 0; g_strcmp0 (usual[i].event, event) == 0 && usual[i].roles[k] != NULL; k++)
      if (jn_visit_get_person (self->visit, usual[i].roles[k]) == NULL)
        return usual[i].roles[k];
  return NULL;
}

/* The role that is needed next: what the forms ask for, else who stands at the desk. */
static void
propose_role (JnIdentifyPage *self)
{
  g_auto (GStrv) open = jn_visit_list_open_roles (self->visit);
  const char *usual = role_of_event (self);

  if (open != NULL && *open != NULL)
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->role), *open);
  else if (usual != NULL)
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->role), usual);
  else if (gtk_combo_box_get_active (GTK_COMBO_BOX (self->role)) < 0)
    gtk_combo_box_set_active (GTK_COMBO_BOX (self->role), 0);
}

static const char *
capacity_of (const char *role)
{
  if (strcmp (role, "mother") == 0 || strcmp (role, "father") == 0)
    return "parent";
  if (strcmp (role, "guardian") == 0 || strcmp (role, "proxy") == 0)
    return role;
  return strcmp (role, "applicant") == 0 ? "self" : NULL;
}

/* -- the persons -- */

static char *
document_words (JnPerson *person)
{
  g_autofree char *number = jn_person_get_masked_number (person);

  if (!jn_person_has_document (person))
    return g_strdup (_("without a number"));
  return g_strdup_printf ("%s · %s", jn_words_document (jn_person_get_document_kind (person)),
                          number);
}

static char *
facts_words (JnPerson *person)
{
  guint n = jn_person_get_facts (person)->len;

  if (n > 0)
    return g_strdup_printf (ngettext ("%u fact is known", "%u facts are known", n), n);
  return g_strdup (jn_person_has_document (person) && !jn_person_is_known (person)
                   ? _("not in the registers")
                   : _("nothing is known yet"));
}

static void
add_person_row (JnIdentifyPage *self, JnPerson *person)
{
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 16, "row");
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *role = jn_label_new (jn_words_role (jn_person_get_role (person)), "strong");
  g_autofree char *name = jn_person_get_display_name (person, jn_language_get ()->tag);
  g_autofree char *document = document_words (person);
  g_autofree char *facts = facts_words (person);
  GtkWidget *known = jn_label_new (facts, jn_person_is_known (person) ? "tag good" : "tag");

  gtk_label_set_width_chars (GTK_LABEL (role), 12);
  gtk_widget_set_valign (role, GTK_ALIGN_START);
  jn_pack (row, role);
  jn_pack (middle, jn_text_new (*name != '\0' ? name : _("name not known yet"), NULL));
  jn_pack (middle, jn_text_new (document, "small number"));
  gtk_box_pack_start (GTK_BOX (row), middle, TRUE, TRUE, 0);
  gtk_widget_show (middle);
  gtk_widget_set_valign (known, GTK_ALIGN_CENTER);
  jn_pack_end (row, known);
  jn_pack (self->persons, row);
}

static void
open_role_cb (GtkButton *button, JnIdentifyPage *self)
{
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->role),
                               g_object_get_data (G_OBJECT (button), "role"));
  gtk_widget_grab_focus (self->entry);
}

static void
add_open_row (JnIdentifyPage *self, const char *role)
{
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 16, "row");
  GtkWidget *label = jn_label_new (jn_words_role (role), "strong");
  GtkWidget *button = jn_button_new (_("Identify"), NULL, "act");
  g_autofree char *name = g_strdup_printf (_("Identify: %s"), jn_words_role (role));

  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  jn_pack (row, label);
  gtk_box_pack_start (GTK_BOX (row), jn_label_new (_("asked for by the forms"), "small"), TRUE,
                                                   TRUE, 0);
  gtk_box_pack_end (GTK_BOX (row), button, FALSE, FALSE, 0);
  jn_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "role", g_strdup (role), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (open_role_cb), self);
  gtk_widget_show_all (row);
  jn_pack (self->persons, row);
}

/* -- what is chosen already: most visits go straight to their forms -- */

static void
change_cb (GtkButton *button, JnIdentifyPage *self)
{
  jn_page_go (JN_PAGE (self), JN_PLACE_EVENT);
}

static void
add_service_row (JnIdentifyPage *self, const JnServiceEntry *service)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (jn_visit_get_session (self->visit));
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "row");
  GtkWidget *tag
      = jn_label_new (jn_catalogue_get_mark (catalogue, jn_service_entry_get_department (service),
                                             jn_language_get ()->tag),
                      "tag");

  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  jn_pack (row, jn_text_new (jn_service_entry_get_name (service, jn_language_get ()->tag), NULL));
  jn_pack (row, tag);
  jn_pack (self->services, row);
}

/* Its proposals change with the persons: a service that nobody has asked for may help them too. */
static void
show_services (JnIdentifyPage *self)
{
  GPtrArray *proposals = jn_visit_get_proposals (self->visit);
  guint chosen = 0, others = 0;
  g_autofree char *more = NULL;

  jn_empty (self->services);
  for (guint i = 0; proposals != NULL && i < proposals->len; i++)
    {
      const JnProposal *proposal = proposals->pdata[i];

      if (proposal->chosen)
        add_service_row (self, proposal->service);
      chosen += proposal->chosen;
      others += !proposal->chosen && proposal->servable;
    }
  if (others > 0)
    more = g_strdup_printf (
        ngettext ("%u more service fits this person.", "%u more services fit this person.", others),
        others);
  jn_label_set (self->more, more);
  gtk_widget_set_visible (self->more, others > 0);
  gtk_widget_set_visible (self->bundle, chosen > 0);
}

static void
show_next (JnIdentifyPage *self, guint n_persons)
{
  guint n = jn_visit_get_n_chosen (self->visit);
  g_autofree char *label = g_strdup_printf (ngettext ("Next: the form", "Next: %u forms", n), n);

  jn_page_set_next_label (JN_PAGE (self), n > 0 ? label : _("Next: life event"));
  jn_page_set_ready (JN_PAGE (self), n_persons > 0);
  jn_page_set_note (JN_PAGE (self), n_persons > 0 ? NULL : _("Identify who is at the desk"));
}

static void
refresh (JnIdentifyPage *self)
{
  GListModel *persons = jn_visit_get_persons (self->visit);
  guint n = g_list_model_get_n_items (persons);
  g_auto (GStrv) open = jn_visit_list_open_roles (self->visit);

  jn_empty (self->persons);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JnPerson) person = g_list_model_get_item (persons, i);

      add_person_row (self, person);
    }
  for (char **role = open; role != NULL && *role != NULL; role++)
    add_open_row (self, *role);
  if (n == 0 && (open == NULL || *open == NULL))
    jn_pack (self->persons,
             jn_text_new (_("Nobody is identified yet. Scan a card or type its number above."),
                             "small"));
  show_services (self);
  show_next (self, n);
}

/* -- identifying -- */

static void
set_busy (JnIdentifyPage *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->button, !busy);
  jn_button_set_label (self->button, busy ? _("Looking up …") : _("Identify"));
}

static void
found (JnIdentifyPage *self, JnPerson *person, const GError *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (error != NULL)
    {
      words = jn_words_error (error);
      say (self, words);
      gtk_widget_grab_focus (self->entry);
      return;
    }
  say (self, NULL);
  gtk_entry_set_text (GTK_ENTRY (self->entry), "");
  gtk_entry_set_text (GTK_ENTRY (self->number), "");
  refresh (self);
  propose_role (self);
  gtk_widget_grab_focus (self->entry);
}

static void
scanned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnIdentifyPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnPerson) person = jn_visit_scan_finish (JN_VISIT (source), result, &error);

  found (self, person, error);
}

static void
identified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnIdentifyPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnPerson) person = jn_visit_identify_finish (JN_VISIT (source), result, &error);

  found (self, person, error);
}

/* Scanners send a travel document's zone line by line: two lines of 36 or 44 signs, three of 30. */
static gboolean
wants_more_lines (const char *lines)
{
  g_auto (GStrv) parts = g_strsplit (lines, "\n", -1);
  gsize length = strlen (parts[0]);
  guint wanted = length == 30 ? 3 : length == 36 || length == 44 ? 2 : 0;

  return strchr (parts[0], '<') != NULL && g_strv_length (parts) < wanted;
}

static void
scan (JnIdentifyPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (self->entry))));
  const char *role = chosen_role (self);

  if (!gtk_widget_get_sensitive (self->button) || role == NULL)
    return;
  if (*text == '\0')
    {
      say (self, _("Scan a card, or type its number."));
      return;
    }
  g_string_append_printf (self->lines, "%s%s", self->lines->len > 0 ? "\n" : "", text);
  if (wants_more_lines (self->lines->str))
    {
      gtk_entry_set_text (GTK_ENTRY (self->entry), "");
      say (self, _("One line is read. The next one of the document follows."));
      return;
    }
  say (self, NULL);
  set_busy (self, TRUE);
  jn_visit_scan_async (self->visit, role, capacity_of (role), self->lines->str, self->cancellable,
                       scanned_cb, g_object_ref (self));
  g_string_truncate (self->lines, 0);
}

static void
identify (JnIdentifyPage *self, const char *kind, const char *number)
{
  const char *role = chosen_role (self);

  if (!gtk_widget_get_sensitive (self->button) || role == NULL)
    return;
  say (self, NULL);
  set_busy (self, TRUE);
  jn_visit_identify_async (self->visit, role, capacity_of (role), kind, number, self->cancellable,
                           identified_cb, g_object_ref (self));
}

static void
add_clicked_cb (GtkWidget *widget, JnIdentifyPage *self)
{
  g_autofree char *number = g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (self->number))));

  if (*number == '\0')
    {
      say (self, _("Type the number of the document, or add the person without a number."));
      gtk_widget_grab_focus (self->number);
      return;
    }
  identify (self, gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->kind)), number);
}

static void
add_without_cb (GtkWidget *widget, JnIdentifyPage *self)
{
  identify (self, NULL, NULL);
}

/* -- the page -- */

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnIdentifyPage) self = user_data;
  g_autoptr (GError) error = NULL;

  jn_page_set_ready (JN_PAGE (self), TRUE);
  if (jn_visit_start_forms_finish (JN_VISIT (source), result, &error))
    {
      jn_page_go (JN_PAGE (self), JN_PLACE_FORMS);
      return;
    }
  jn_page_say_error (JN_PAGE (self), error);
}

static void
jn_identify_page_next (JnPage *page)
{
  JnIdentifyPage *self = JN_IDENTIFY_PAGE (page);

  if (*gtk_entry_get_text (GTK_ENTRY (self->entry)) != '\0')
    {
      scan (self); /* who was typed is not left behind */
      return;
    }
  if (jn_visit_get_n_chosen (self->visit) == 0)
    {
      jn_page_go (page, JN_PLACE_EVENT);
      return;
    }
  jn_page_set_ready (page, FALSE);
  jn_visit_start_forms_async (self->visit, self->cancellable, started_cb, g_object_ref (self));
}

static void
jn_identify_page_shown (JnPage *page)
{
  JnIdentifyPage *self = JN_IDENTIFY_PAGE (page);

  refresh (self);
  propose_role (self);
  gtk_widget_grab_focus (self->entry);
}

static gboolean
jn_identify_page_search (JnPage *page)
{
  gtk_widget_grab_focus (JN_IDENTIFY_PAGE (page)->entry);
  return TRUE;
}

static GVariant *
jn_identify_page_keep (JnPage *page)
{
  JnIdentifyPage *self = JN_IDENTIFY_PAGE (page);
  const char *role = chosen_role (self);

  return jn_dict_new ("entry", "s", gtk_entry_get_text (GTK_ENTRY (self->entry)), "number", "s",
                      gtk_entry_get_text (GTK_ENTRY (self->number)), "role", "s", role, NULL);
}

static void
jn_identify_page_take (JnPage *page, GVariant *kept)
{
  JnIdentifyPage *self = JN_IDENTIFY_PAGE (page);

  gtk_entry_set_text (GTK_ENTRY (self->entry), jn_dict_string (kept, "entry"));
  gtk_entry_set_text (GTK_ENTRY (self->number), jn_dict_string (kept, "number"));
  gtk_expander_set_expanded (GTK_EXPANDER (self->by_hand),
                             *jn_dict_string (kept, "number") != '\0');
  if (jn_dict_string (kept, "role") != NULL)
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->role), jn_dict_string (kept, "role"));
}

/* A page that is not on the screen reads again when it is shown. */
static void
on_visit_changed_cb (JnVisit *visit, JnIdentifyPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
jn_identify_page_dispose (GObject *object)
{
  JnIdentifyPage *self = JN_IDENTIFY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_clear_object (&self->visit);
  G_OBJECT_CLASS (jn_identify_page_parent_class)->dispose (object);
}

static void
jn_identify_page_finalize (GObject *object)
{
  g_string_free (JN_IDENTIFY_PAGE (object)->lines, TRUE);
  G_OBJECT_CLASS (jn_identify_page_parent_class)->finalize (object);
}

static void
jn_identify_page_class_init (JnIdentifyPageClass *klass)
{
  JnPageClass *page_class = JN_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jn_identify_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_identify_page_finalize;
  page_class->next = jn_identify_page_next;
  page_class->shown = jn_identify_page_shown;
  page_class->search = jn_identify_page_search;
  page_class->keep = jn_identify_page_keep;
  page_class->take = jn_identify_page_take;
}

static GtkWidget *
labelled (const char *text, GtkWidget *widget)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = jn_label_new (text, NULL);

  jn_label_for (label, widget);
  jn_pack (box, label);
  jn_pack (box, widget);
  gtk_widget_show (box);
  return box;
}

static GtkWidget *
make_scan_row (JnIdentifyPage *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *entry_box;

  self->role = gtk_combo_box_text_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (self->role), roles[i], jn_words_role (roles[i]));
  self->entry = gtk_entry_new ();
  self->button = jn_button_new (_("Identify"), "↵", "primary");
  gtk_widget_set_valign (self->button, GTK_ALIGN_END);
  entry_box = labelled (_("Card, passport, or number"), self->entry);
  jn_pack (row, labelled (_("Role"), self->role));
  gtk_box_pack_start (GTK_BOX (row), entry_box, TRUE, TRUE, 0);
  jn_pack (row, self->button);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (scan), self);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (scan), self);
  return row;
}

static GtkWidget *
make_by_hand (JnIdentifyPage *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *add = jn_button_new (_("Add"), NULL, "act");
  GtkWidget *without = jn_button_new (_("Add without a number"), NULL, "act");
  GtkWidget *number_box;

  self->kind = gtk_combo_box_text_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (self->kind), kinds[i],
                               jn_words_document (kinds[i]));
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->kind), "passport");
  self->number = gtk_entry_new ();
  number_box = labelled (_("Number"), self->number);
  gtk_widget_set_valign (add, GTK_ALIGN_END);
  gtk_widget_set_valign (without, GTK_ALIGN_END);
  jn_pack (row, labelled (_("Kind of document"), self->kind));
  gtk_box_pack_start (GTK_BOX (row), number_box, TRUE, TRUE, 0);
  jn_pack (row, add);
  jn_pack (row, without);
  g_signal_connect (self->number, "activate", G_CALLBACK (add_clicked_cb), self);
  g_signal_connect (add, "clicked", G_CALLBACK (add_clicked_cb), self);
  g_signal_connect (without, "clicked", G_CALLBACK (add_without_cb), self);
  gtk_widget_set_margin_top (row, 10);
  return row;
}

static GtkWidget *
make_bundle (JnIdentifyPage *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *change = jn_button_new (_("Change the services"), "Alt 2", "act");

  self->bundle = jn_card_new (_("Services of this visit"));
  self->services = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->more = jn_text_new (NULL, "small");
  g_signal_connect (change, "clicked", G_CALLBACK (change_cb), self);
  jn_pack (self->bundle, self->services);
  jn_pack (foot, change);
  gtk_box_pack_start (GTK_BOX (foot), self->more, TRUE, TRUE, 0);
  jn_pack (self->bundle, foot);
  gtk_widget_set_no_show_all (self->bundle, TRUE);
  return self->bundle;
}

static void
jn_identify_page_init (JnIdentifyPage *self)
{
  GtkWidget *content = GTK_WIDGET (jn_page_get_content (JN_PAGE (self)));
  GtkWidget *title = jn_text_new (_("Who is here?"), "title");
  GtkWidget *card = jn_card_new (NULL);
  GtkWidget *persons = jn_card_new (_("Persons of this visit"));
  GtkWidget *by_hand;

  self->cancellable = g_cancellable_new ();
  self->lines = g_string_new (NULL);
  jn_set_role (title, ATK_ROLE_HEADING);
  jn_pack (content, title);
  jn_pack (card, make_scan_row (self));
  self->error = jn_text_new (NULL, "error");
  gtk_widget_set_no_show_all (self->error, TRUE);
  gtk_box_pack_start (GTK_BOX (card), self->error, FALSE, FALSE, 0);
  self->by_hand
      = gtk_expander_new (_("Passport or another document by hand, or a person without a number"));
  by_hand = make_by_hand (self);
  gtk_container_add (GTK_CONTAINER (self->by_hand), by_hand);
  gtk_widget_show (by_hand);
  jn_pack (card, self->by_hand);
  jn_pack (content, card);
  self->persons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  jn_pack (persons, self->persons);
  jn_pack (content, persons);
  gtk_box_pack_start (GTK_BOX (content), make_bundle (self), FALSE, FALSE, 0);
  jn_page_set_saves (JN_PAGE (self), TRUE);
}

GtkWidget *
jn_identify_page_new (JnVisit *visit)
{
  JnIdentifyPage *self = g_object_new (JN_TYPE_IDENTIFY_PAGE, NULL);

  self->visit = g_object_ref (visit);
  g_signal_connect (visit, "changed", G_CALLBACK (on_visit_changed_cb), self);
  refresh (self);
  propose_role (self);
  return GTK_WIDGET (self);
}
