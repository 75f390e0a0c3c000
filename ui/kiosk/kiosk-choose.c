/* kiosk-choose.c: in which language, for what, and whether somebody goes first. */
#include "ui/kiosk/kiosk-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/text.h"
#include "ui/kiosk/kiosk-pages.h"
#include "ui/language.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"

#define MOST_COMMON 6

static const char *
tag (void)
{
  return jn_language_get ()->tag;
}

/* -- welcome -- */

static void
language_clicked_cb (GtkButton *button, JnKioskView *self)
{
  jn_language_set (g_object_get_data (G_OBJECT (button), "language"));
  self->spoken = TRUE;
  jn_kiosk_go (self, JN_KIOSK_CHOOSE);
}

void
jn_kiosk_build_welcome (JnKioskView *self)
{
  GtkWidget *grid = jn_kiosk_grid_new (3);

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      g_autofree char *branch = jn_session_get_branch_name (self->session, language->tag);

      jn_kiosk_add (
          self, jn_kiosk_heading_new (jn_text (language->tag, N_ ("Take a number here")), branch));
    }
  jn_kiosk_add (self, grid);
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      GtkWidget *button
          = jn_kiosk_button_new (NULL, language->name, NULL, "kiosk-primary kiosk-language");

      g_object_set_data (G_OBJECT (button), "language", (gpointer)language);
      jn_kiosk_add_button (self, grid, button, G_CALLBACK (language_clicked_cb));
    }
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    jn_kiosk_add (self, jn_text_new (jn_text (language->tag,
                                              N_ ("Booked, or fetching a result? Scan the "
                                                      "appointment, the slip or the receipt.")),
                                              "kiosk-line"));
}

/* -- choosing -- */

static void
event_clicked_cb (GtkButton *button, JnKioskView *self)
{
  g_free (self->event);
  self->event = g_strdup (g_object_get_data (G_OBJECT (button), "code"));
  g_clear_pointer (&self->service, g_free);
  jn_kiosk_go (self, JN_KIOSK_PRIORITY);
}

static void
service_clicked_cb (GtkButton *button, JnKioskView *self)
{
  g_free (self->service);
  self->service = g_strdup (g_object_get_data (G_OBJECT (button), "code"));
  g_clear_pointer (&self->event, g_free);
  jn_kiosk_go (self, JN_KIOSK_PRIORITY);
}

static void
department_clicked_cb (GtkButton *button, JnKioskView *self)
{
  g_free (self->department);
  self->department = g_strdup (g_object_get_data (G_OBJECT (button), "code"));
  jn_kiosk_go (self, JN_KIOSK_DEPARTMENT);
}

static void
add_coded (JnKioskView *self,
           GtkWidget *grid,
           const char *icon,
           const char *name,
           const char *second,
           const char *code,
           GCallback clicked)
{
  GtkWidget *button = jn_kiosk_button_new (icon, name, second, NULL);

  g_object_set_data_full (G_OBJECT (button), "code", g_strdup (code), g_free);
  jn_kiosk_add_button (self, grid, button, clicked);
}

static void
add_service (JnKioskView *self, GtkWidget *grid, const JnServiceEntry *service)
{
  add_coded (self, grid, NULL, jn_service_entry_get_name (service, tag ()),
             jn_catalogue_get_acronym (self->catalogue, jn_service_entry_get_department (service)),
             jn_service_entry_get_code (service), G_CALLBACK (service_clicked_cb));
}

static void
add_common (JnKioskView *self, GtkWidget *grid)
{
  g_autoptr (GPtrArray) common = jn_catalogue_list_common (self->catalogue, 0);

  for (guint i = 0; i < MIN (common->len, MOST_COMMON); i++)
    {
      const JnMatch *match = common->pdata[i];

      if (match->service != NULL && match->score > 0)
        add_service (self, grid, match->service);
    }
}

/* Departments in the order of their services. */
static void
add_departments (JnKioskView *self, GtkWidget *grid)
{
  GPtrArray *services = jn_catalogue_get_services (self->catalogue);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < services->len; i++)
    {
      const char *code = jn_service_entry_get_department (services->pdata[i]);
      const char *name = jn_catalogue_get_department_name (self->catalogue, code, tag ());

      if (code != NULL && g_hash_table_add (seen, (gpointer)code))
        add_coded (self, grid, NULL, name != NULL ? name : code,
                   jn_catalogue_get_acronym (self->catalogue, code), code,
                   G_CALLBACK (department_clicked_cb));
    }
}

void
jn_kiosk_build_choose (JnKioskView *self)
{
  GPtrArray *events = jn_catalogue_get_events (self->catalogue);
  GtkWidget *first = jn_kiosk_grid_new (3);
  GtkWidget *second = jn_kiosk_grid_new (3);

  jn_kiosk_add (self, jn_kiosk_heading_new (_("What do you need?"), NULL));
  jn_kiosk_add (self, first);
  add_common (self, first);
  for (guint i = 0; i < events->len; i++)
    {
      const JnEventEntry *event = events->pdata[i];

      add_coded (self, first, jn_event_entry_get_icon (event),
                 jn_event_entry_get_name (event, tag ()), NULL, jn_event_entry_get_code (event),
                 G_CALLBACK (event_clicked_cb));
    }
  jn_kiosk_add (self, jn_kiosk_heading_new (_("Or by department"), NULL));
  jn_kiosk_add (self, second);
  add_departments (self, second);
}

void
jn_kiosk_build_department (JnKioskView *self)
{
  GPtrArray *services = jn_catalogue_get_services (self->catalogue);
  const char *name = jn_catalogue_get_department_name (self->catalogue, self->department, tag ());
  GtkWidget *grid = jn_kiosk_grid_new (2);

  jn_kiosk_add (self, jn_kiosk_heading_new (name != NULL ? name : self->department, NULL));
  jn_kiosk_add (self, grid);
  for (guint i = 0; i < services->len; i++)
    if (g_strcmp0 (jn_service_entry_get_department (services->pdata[i]), self->department) == 0)
      add_service (self, grid, services->pdata[i]);
}

/* -- who goes first -- */

static void
priority_clicked_cb (GtkButton *button, JnKioskView *self)
{
  self->priority = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "priority"));
  jn_kiosk_go (self, JN_KIOSK_CONFIRM);
}

/* Words that stand in the middle of a sentence elsewhere. */
static char *
begin_large (const char *words)
{
  g_autofree char *first = g_utf8_substring (words, 0, 1);
  g_autofree char *large = g_utf8_strup (first, -1);

  return g_strconcat (large, words + strlen (first), NULL);
}

void
jn_kiosk_build_priority (JnKioskView *self)
{
  GtkWidget *grid = jn_kiosk_grid_new (2);

  jn_kiosk_add (self, jn_kiosk_heading_new (_("Does one of these apply to you?"),
                                               _("Then you wait a little less.")));
  jn_kiosk_add (self, grid);
  for (JnPriority priority = JN_PRIORITY_NONE; priority < JN_PRIORITY_APPOINTED; priority++)
    {
      gboolean none = priority == JN_PRIORITY_NONE;
      g_autofree char *name
          = none ? g_strdup (_("None of these")) : begin_large (jn_ticket_words_class (priority));
      GtkWidget *button = jn_kiosk_button_new (NULL, name, NULL, none ? "kiosk-primary" : NULL);

      g_object_set_data (G_OBJECT (button), "priority", GUINT_TO_POINTER (priority));
      jn_kiosk_add_button (self, grid, button, G_CALLBACK (priority_clicked_cb));
    }
}
