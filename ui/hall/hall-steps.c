/* hall-steps.c: what a supervisor does in the hall, and the question before each. */
#include "ui/hall/hall-steps.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/ask.h"
#include "ui/language.h"
#include "ui/route/route-form.h"
#include "ui/service-picker.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"

struct _JnHallSteps
{
  GObject parent;

  JnPage *page;
  GtkWidget *slot;
  JnSession *session;
  JnHall *hall;
  JnQueue *queue;
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnHallSteps, jn_hall_steps, G_TYPE_OBJECT)

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnHallSteps) self = user_data;
  g_autoptr (GError) error = NULL;

  jn_hall_finish (JN_HALL (source), result, &error);
  jn_page_say_error (self->page, error);
}

static void
put (JnHallSteps *self, JnAsk *ask, GCallback answered)
{
  g_signal_connect (ask, "answered", answered, self);
  jn_ask_put (ask, self->slot);
}

/* -- a profile -- */

static void
profile_answered_cb (JnAsk *ask, JnHallSteps *self)
{
  GtkWidget *profiles = g_object_get_data (G_OBJECT (ask), "profiles");
  int counter = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (ask), "counter"));

  jn_hall_set_profile_async (
      self->hall, counter, gtk_combo_box_get_active_id (GTK_COMBO_BOX (profiles)),
      jn_ask_get_reason (ask), self->cancellable, done_cb, g_object_ref (self));
  jn_ask_clear (self->slot);
}

void
jn_hall_steps_change_profile (JnHallSteps *self, int counter)
{
  static const char *const reasons[] = { "more-waiting", "clerk-absent", "no-service", NULL };
  g_autofree char *question = g_strdup_printf (_("Change what counter %d serves"), counter);
  JnAsk *ask
      = jn_ask_new (question, _("At once, with the next call. The clerk serves only what he is "
                                   "authorised for."));
  GtkWidget *profiles = jn_ask_add_list (ask, _("Profile"));

  for (guint i = 0; i < jn_hall_get_n_profiles (self->hall); i++)
    {
      GVariant *names = NULL;
      const char *code = jn_hall_get_profile (self->hall, i, &names);
      g_autofree char *name = jn_text_name (jn_language_get ()->tag, names);

      jn_ask_add_row (profiles, code, *name != '\0' ? name : code);
    }
  jn_ask_add_reasons (ask, reasons);
  jn_ask_set_answer (ask, _("Change the profile"), FALSE);
  g_object_set_data (G_OBJECT (ask), "profiles", profiles);
  g_object_set_data (G_OBJECT (ask), "counter", GINT_TO_POINTER (counter));
  put (self, ask, G_CALLBACK (profile_answered_cb));
}

/* -- a ticket -- */

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnHallSteps) self = g_object_ref (user_data);

  done_cb (source, result, user_data);
  if (self->queue != NULL)
    jn_queue_refresh_async (self->queue, NULL, NULL, NULL); /* it is mine now, at the desk */
}

static void
take_answered_cb (JnAsk *ask, JnHallSteps *self)
{
  jn_hall_take_async (self->hall, g_object_get_data (G_OBJECT (ask), "ticket"),
                      jn_ask_get_reason (ask), self->cancellable, taken_cb, g_object_ref (self));
  jn_ask_clear (self->slot);
}

void
jn_hall_steps_take (JnHallSteps *self, JnTicket *ticket)
{
  static const char *const reasons[] = { "clerk-absent", "conflict", "known-case", NULL };
  g_autofree char *question = g_strdup_printf (_("Take over %s"), jn_ticket_get_number (ticket));
  JnAsk *ask
      = jn_ask_new (question, _("The visit goes on at your desk; the other clerk loses it."));

  jn_ask_add_reasons (ask, reasons);
  g_object_set_data_full (G_OBJECT (ask), "ticket", g_object_ref (ticket), g_object_unref);
  put (self, ask, G_CALLBACK (take_answered_cb));
}

static void
reroute_answered_cb (JnAsk *ask, JnHallSteps *self)
{
  JnRoute route;

  if (!jn_route_form_read (g_object_get_data (G_OBJECT (ask), "route"), &route))
    return;
  jn_hall_reroute_async (self->hall, g_object_get_data (G_OBJECT (ask), "ticket"), route.services,
                         route.counter, route.login, jn_ask_get_reason (ask), self->cancellable,
                         done_cb, g_object_ref (self));
  jn_ask_clear (self->slot);
}

void
jn_hall_steps_reroute (JnHallSteps *self, JnTicket *ticket)
{
  static const char *const reasons[]
      = { "belongs-elsewhere", "more-waiting", "known-case", "language", NULL };
  g_autofree char *question = g_strdup_printf (_("Send %s on"), jn_ticket_get_number (ticket));
  JnAsk *ask = jn_ask_new (question, _("Its due time is kept."));

  g_object_set_data (G_OBJECT (ask), "route", jn_route_form_add (ask, self->session, ticket));
  jn_ask_add_reasons (ask, reasons);
  g_object_set_data_full (G_OBJECT (ask), "ticket", g_object_ref (ticket), g_object_unref);
  put (self, ask, G_CALLBACK (reroute_answered_cb));
}

void
jn_hall_steps_acknowledge (JnHallSteps *self, const char *call)
{
  jn_hall_acknowledge_async (self->hall, call, NULL, self->cancellable, done_cb,
                             g_object_ref (self));
}

/* -- a service that cannot be given -- */

static void
suspend_answered_cb (JnAsk *ask, JnHallSteps *self)
{
  JnServicePicker *picker = g_object_get_data (G_OBJECT (ask), "picker");
  GtkWidget *reason = g_object_get_data (G_OBJECT (ask), "reason");
  const char *const *services = jn_service_picker_get_services (picker);

  if (*services == NULL)
    {
      jn_ask_say (ask, _("Choose the service first."));
      jn_service_picker_grab_search (picker);
      return;
    }
  jn_hall_suspend_async (self->hall, services, gtk_entry_get_text (GTK_ENTRY (reason)), 0,
                         self->cancellable, done_cb, g_object_ref (self));
  jn_ask_clear (self->slot);
}

void
jn_hall_steps_suspend (JnHallSteps *self)
{
  JnAsk *ask = jn_ask_new (_("Suspend a service"),
                              _("Reception warns; who waits for it may wait, leave the papers, be "
                                   "called back or book. It stays in the catalogue."));
  GtkWidget *picker = jn_service_picker_new (jn_session_get_catalogue (self->session));

  jn_ask_add (ask, picker);
  g_object_set_data (G_OBJECT (ask), "picker", picker);
  g_object_set_data (G_OBJECT (ask), "reason",
                     jn_ask_add_entry (ask, _("What does not work"), TRUE));
  put (self, ask, G_CALLBACK (suspend_answered_cb));
}

void
jn_hall_steps_resume (JnHallSteps *self, const char *suspension)
{
  jn_hall_resume_async (self->hall, suspension, self->cancellable, done_cb, g_object_ref (self));
}

/* -- the emergency -- */

static void
begin_answered_cb (JnAsk *ask, JnHallSteps *self)
{
  jn_hall_begin_emergency_async (self->hall, jn_ask_get_reason (ask), self->cancellable, done_cb,
                                 g_object_ref (self));
  jn_ask_clear (self->slot);
}

void
jn_hall_steps_emergency (JnHallSteps *self)
{
  static const char *const reasons[] = { "fire", "threat", "typhoon", "drill", NULL };
  JnAsk *ask
      = jn_ask_new (_("Emergency: everybody leaves"),
                       _("All boards say leave, in three languages. Nobody is called, nothing is "
                            "submitted; drafts and places in the line are kept."));
  jn_ask_add_reasons (ask, reasons);
  jn_ask_set_answer (ask, _("Begin the emergency"), TRUE);
  put (self, ask, G_CALLBACK (begin_answered_cb));
}

/* -- the end of the day -- */

static void
close_answered_cb (JnAsk *ask, JnHallSteps *self)
{
  jn_hall_close_day_async (self->hall, "end-of-shift", self->cancellable, done_cb,
                           g_object_ref (self));
  jn_ask_clear (self->slot);
}

void
jn_hall_steps_close_day (JnHallSteps *self)
{
  const JnHallFigures *figures = jn_hall_get_figures (self->hall);
  guint left = figures->waiting + figures->called + figures->serving + figures->held;
  g_autofree char *words = g_strdup_printf (
      ngettext ("%u ticket is left. It is counted as not served at closing.",
                "%u tickets are left. They are counted as not served at closing.", left),
      left);
  JnAsk *ask = jn_ask_new (_("Close the day"), words);

  jn_ask_set_answer (ask, _("Close the day"), TRUE);
  put (self, ask, G_CALLBACK (close_answered_cb));
}

/* -- the object -- */

static void
jn_hall_steps_dispose (GObject *object)
{
  JnHallSteps *self = JN_HALL_STEPS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->hall);
  g_clear_object (&self->queue);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_hall_steps_parent_class)->dispose (object);
}

static void
jn_hall_steps_finalize (GObject *object)
{
  g_object_unref (JN_HALL_STEPS (object)->cancellable);
  G_OBJECT_CLASS (jn_hall_steps_parent_class)->finalize (object);
}

static void
jn_hall_steps_class_init (JnHallStepsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_hall_steps_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_hall_steps_finalize;
}

static void
jn_hall_steps_init (JnHallSteps *self)
{
  self->cancellable = g_cancellable_new ();
}

JnHallSteps *
jn_hall_steps_new (JnPage *page, JnSession *session, JnHall *hall, JnQueue *queue, GtkWidget *slot)
{
  JnHallSteps *self = g_object_new (JN_TYPE_HALL_STEPS, NULL);

  self->page = page;
  self->slot = slot;
  self->session = g_object_ref (session);
  self->hall = g_object_ref (hall);
  self->queue = g_object_ref (queue);
  return self;
}
