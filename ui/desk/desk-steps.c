/* desk-steps.c: what a clerk does between two visits, and the question before a step that needs one. */
#include "ui/desk/desk-steps.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/ask.h"
#include "ui/desk/return-ask.h"
#include "ui/language.h"
#include "ui/route/route-form.h"
#include "ui/service-picker.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"

struct _JnDeskSteps
{
  GObject parent;

  JnPage *page;
  GtkWidget *slot;
  JnSession *session;
  JnQueue *queue;
  GCancellable *cancellable;
  gboolean busy;
};

G_DEFINE_TYPE (JnDeskSteps, jn_desk_steps, G_TYPE_OBJECT)

enum
{
  PROP_BUSY = 1,
};

static GParamSpec *busy_property;

static void
set_busy (JnDeskSteps *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), busy_property);
}

/* The end of a step: its error in words, or nothing. Returns: whether it went well */
static gboolean
ended (JnDeskSteps *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  set_busy (self, FALSE);
  jn_page_say_error (self->page, error);
  return error == NULL;
}

/* Whether a step may begin: one at a time. */
static gboolean
begin (JnDeskSteps *self)
{
  if (self->busy)
    return FALSE;
  jn_ask_clear (self->slot);
  set_busy (self, TRUE);
  return TRUE;
}

static gboolean
is_mine (JnDeskSteps *self, JnTicketState state)
{
  JnTicket *mine = jn_queue_get_mine (self->queue);

  return mine != NULL && jn_ticket_get_state (mine) == state
         && !jn_queue_is_left_behind (self->queue);
}

static gboolean
is_at_desk (JnDeskSteps *self)
{
  return is_mine (self, JN_TICKET_SERVING);
}

static gboolean
is_called (JnDeskSteps *self)
{
  return is_mine (self, JN_TICKET_CALLED);
}

/* -- steps without a question -- */

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnDeskSteps) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = jn_queue_call_next_finish (JN_QUEUE (source), result, &error);

  if (ended (self, error) && ticket == NULL)
    jn_page_say (self->page, _("Nobody is waiting whom this counter can serve."));
}

void
jn_desk_steps_call_next (JnDeskSteps *self)
{
  if (jn_queue_get_mine (self->queue) != NULL || !begin (self))
    return;
  jn_queue_call_next_async (self->queue, self->cancellable, called_cb, g_object_ref (self));
}

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnDeskSteps) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = jn_queue_step_finish (JN_QUEUE (source), result, &error);

  ended (self, error);
}

static void
step (JnDeskSteps *self, JnQueueStep what, const char *reason)
{
  if (begin (self))
    jn_queue_step_async (self->queue, what, reason, self->cancellable, stepped_cb,
                         g_object_ref (self));
}

void
jn_desk_steps_recall (JnDeskSteps *self)
{
  if (is_called (self))
    step (self, JN_QUEUE_RECALL, NULL);
}

static void
arrived_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnDeskSteps) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnVisit) visit = jn_queue_arrive_finish (JN_QUEUE (source), result, &error);

  if (ended (self, error))
    jn_page_begin_visit (self->page, visit);
}

static void
take_along (JnDeskSteps *self)
{
  if (begin (self))
    jn_queue_along_async (self->queue, self->cancellable, stepped_cb, g_object_ref (self));
}

void
jn_desk_steps_arrive (JnDeskSteps *self)
{
  JnTicket *mine = jn_queue_get_mine (self->queue);

  if (mine == NULL)
    return;
  if (jn_queue_is_left_behind (self->queue))
    take_along (self);
  else if (jn_ticket_get_state (mine) == JN_TICKET_HELD)
    jn_desk_steps_resume (self, mine);
  else if (begin (self))
    jn_queue_arrive_async (self->queue, self->cancellable, arrived_cb, g_object_ref (self));
}

void
jn_desk_steps_resume (JnDeskSteps *self, JnTicket *ticket)
{
  if (begin (self))
    jn_queue_resume_ticket_async (self->queue, ticket, self->cancellable, stepped_cb,
                                  g_object_ref (self));
}

void
jn_desk_steps_undo (JnDeskSteps *self)
{
  if (jn_queue_get_undo (self->queue, NULL, NULL) != NULL && begin (self))
    jn_queue_undo_async (self->queue, self->cancellable, stepped_cb, g_object_ref (self));
}

/* -- steps with a reason -- */

typedef void (*Answered) (JnAsk *ask, JnDeskSteps *self);

static JnAsk *
ask_reason (JnDeskSteps *self,
            const char *question,
            const char *words,
            const char *const *reasons,
            Answered answered)
{
  JnAsk *ask = jn_ask_new (question, words);

  jn_ask_add_reasons (ask, reasons);
  g_signal_connect (ask, "answered", G_CALLBACK (answered), self);
  return ask;
}

static void
no_show_answered_cb (JnAsk *ask, JnDeskSteps *self)
{
  step (self, JN_QUEUE_NO_SHOW, "did-not-come");
}

/* Can be taken back for a while, and the person may come back once: no question. */
void
jn_desk_steps_no_show (JnDeskSteps *self)
{
  if (is_called (self))
    no_show_answered_cb (NULL, self);
}

static void
return_answered_cb (JnAsk *ask, JnDeskSteps *self)
{
  g_autofree char *reason = g_strdup (jn_ask_get_reason (ask));

  step (self, JN_QUEUE_RETURN, reason);
}

static void
release_answered_cb (JnAsk *ask, JnDeskSteps *self)
{
  g_autofree char *reason = g_strdup (jn_ask_get_reason (ask));

  if (begin (self))
    jn_queue_release_async (self->queue, reason, self->cancellable, stepped_cb,
                            g_object_ref (self));
}

static void
ask_release (JnDeskSteps *self)
{
  static const char *const reasons[] = { "moved", "belongs-elsewhere", "asks-somebody", NULL };

  jn_ask_put (ask_reason (self, _("Back to the line"),
                                   _("It waits at its old due time; whoever calls it goes on with "
                                        "what was typed."),
                                      reasons, release_answered_cb),
                          self->slot);
}

void
jn_desk_steps_return (JnDeskSteps *self)
{
  static const char *const reasons[]
      = { "called-by-mistake", "belongs-elsewhere", "no-service", NULL };

  if (jn_queue_is_left_behind (self->queue) && !self->busy)
    ask_release (self);
  else if (is_called (self) && !self->busy)
    jn_ask_put (ask_reason (self, _("Back to the line"),
                                     _("The ticket keeps its due time, so it is next again."),
                                        reasons, return_answered_cb),
                            self->slot);
}

static void
hold_answered_cb (JnAsk *ask, JnDeskSteps *self)
{
  g_autofree char *reason = g_strdup (jn_ask_get_reason (ask));

  step (self, JN_QUEUE_HOLD, reason);
}

void
jn_desk_steps_hold (JnDeskSteps *self)
{
  static const char *const reasons[] = { "fetches-paper", "pays-elsewhere", "asks-somebody", NULL };

  if (is_at_desk (self) && !self->busy)
    jn_ask_put (ask_reason (self, _("Put on hold"),
                                     _("What was typed is kept. You can call others meanwhile."),
                                        reasons, hold_answered_cb),
                            self->slot);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnDeskSteps) self = user_data;
  g_autoptr (GError) error = NULL;

  jn_queue_finish_finish (JN_QUEUE (source), result, &error);
  ended (self, error);
}

static void
leave_answered_cb (JnAsk *ask, JnDeskSteps *self)
{
  if (begin (self))
    jn_queue_finish_async (self->queue, "left-serving", self->cancellable, left_cb,
                           g_object_ref (self));
}

/* What was typed is lost to the citizen: this one is confirmed. */
void
jn_desk_steps_leave (JnDeskSteps *self)
{
  JnAsk *ask;

  if (!is_at_desk (self) || self->busy)
    return;
  ask = jn_ask_new (_("The person left"), _("The visit ends without a receipt. Nothing that was "
                                                  "typed is submitted."));
  jn_ask_set_answer (ask, _("End the visit"), TRUE);
  g_signal_connect (ask, "answered", G_CALLBACK (leave_answered_cb), self);
  jn_ask_put (ask, self->slot);
}

/* -- a chosen one -- */

static void
call_answered_cb (JnAsk *ask, JnDeskSteps *self)
{
  g_autoptr (JnTicket) ticket = g_object_ref (g_object_get_data (G_OBJECT (ask), "ticket"));
  g_autofree char *reason = g_strdup (jn_ask_get_reason (ask));

  if (begin (self))
    jn_queue_call_ticket_async (self->queue, ticket, reason, self->cancellable, stepped_cb,
                                g_object_ref (self));
}

void
jn_desk_steps_call (JnDeskSteps *self, JnTicket *ticket)
{
  static const char *const reasons[]
      = { "was-here-before", "needs-help", "language", "known-case", NULL };
  g_autofree char *question
      = g_strdup_printf (_("Call %s out of turn"), jn_ticket_get_number (ticket));
  JnAsk *ask;

  if (self->busy || jn_queue_get_mine (self->queue) != NULL)
    return;
  ask = ask_reason (self, question,
                    _("Others have waited longer. The reason is kept with the ticket."), reasons,
                       call_answered_cb);
  g_object_set_data_full (G_OBJECT (ask), "ticket", g_object_ref (ticket), g_object_unref);
  jn_ask_put (ask, self->slot);
}

/* -- to somebody else -- */

static void
transfer_answered_cb (JnAsk *ask, JnDeskSteps *self)
{
  JnRoute route;
  g_autofree char *reason = g_strdup (jn_ask_get_reason (ask));

  if (!jn_route_form_read (g_object_get_data (G_OBJECT (ask), "route"), &route) || self->busy)
    return;
  set_busy (self, TRUE);
  jn_queue_transfer_async (self->queue, route.services, route.counter, route.login, reason,
                           self->cancellable, stepped_cb, g_object_ref (self));
  jn_ask_clear (self->slot);
}

void
jn_desk_steps_transfer (JnDeskSteps *self)
{
  static const char *const reasons[]
      = { "belongs-elsewhere", "known-case", "language", "no-service", NULL };
  JnAsk *ask;

  if ((!is_at_desk (self) && !is_called (self)) || self->busy)
    return;
  ask = jn_ask_new (_("Transfer"), _("The ticket keeps its number and its due time; what was typed goes along."));
  g_object_set_data (G_OBJECT (ask), "route",
                     jn_route_form_add (ask, self->session, jn_queue_get_mine (self->queue)));
  jn_ask_add_reasons (ask, reasons);
  g_signal_connect (ask, "answered", G_CALLBACK (transfer_answered_cb), self);
  jn_ask_put (ask, self->slot);
}

/* -- sent for a paper -- */

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnDeskSteps) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = jn_queue_step_finish (JN_QUEUE (source), result, &error);
  g_autofree char *until = NULL;
  g_autofree char *words = NULL;

  if (!ended (self, error))
    return;
  until = jn_text_format_clock (jn_ticket_get_expected_until (ticket),
                                jn_session_get_zone (self->session));
  words = g_strdup_printf (
      _("%s comes back today, until %s, to reception or to the kiosk: the slip says with what."),
         jn_ticket_get_number (ticket), until);
  jn_page_say (self->page, words);
  jn_page_print_slip (self->page, ticket);
}

static void
send_answered_cb (JnAsk *ask, JnDeskSteps *self)
{
  g_auto (GStrv) missing = jn_return_ask_list_missing (ask);

  if (missing[0] == NULL)
    {
      jn_ask_say (ask, _("Choose what is missing, or write it in a few words."));
      return;
    }
  if (begin (self))
    jn_queue_send_async (self->queue, (const char *const *)missing, "missing-paper",
                         self->cancellable, sent_cb, g_object_ref (self));
}

void
jn_desk_steps_send (JnDeskSteps *self)
{
  JnAsk *ask;

  if (!is_at_desk (self) || self->busy)
    return;
  ask = jn_return_ask_new (self->queue);
  g_signal_connect (ask, "answered", G_CALLBACK (send_answered_cb), self);
  jn_ask_put (ask, self->slot);
}

/* -- by phone or mail -- */

typedef struct
{
  GtkWidget *channel;
  GtkWidget *picker;
  GtkWidget *language;
  GtkWidget *note;
} Work;

static void
work_answered_cb (JnAsk *ask, JnDeskSteps *self)
{
  Work *work = g_object_get_data (G_OBJECT (ask), "work");
  JnServicePicker *picker = JN_SERVICE_PICKER (work->picker);

  if (jn_service_picker_is_empty (picker))
    {
      jn_ask_say (ask, _("Choose the service first."));
      jn_service_picker_grab_search (picker);
      return;
    }
  if (self->busy)
    return;
  set_busy (self, TRUE);
  jn_queue_open_async (self->queue, gtk_combo_box_get_active_id (GTK_COMBO_BOX (work->channel)),
                       jn_service_picker_get_event (picker),
                       jn_service_picker_get_services (picker),
                       gtk_combo_box_get_active_id (GTK_COMBO_BOX (work->language)),
                       gtk_entry_get_text (GTK_ENTRY (work->note)), self->cancellable, arrived_cb,
                       g_object_ref (self));
  jn_ask_clear (self->slot);
}

void
jn_desk_steps_open_work (JnDeskSteps *self)
{
  JnAsk *ask;
  Work *work;

  if (self->busy || jn_queue_get_mine (self->queue) != NULL)
    return;
  ask = jn_ask_new (_("Work by phone or mail"),
                       _("Kept like a visit at the counter, and counted apart."));
  work = g_new0 (Work, 1);
  g_object_set_data_full (G_OBJECT (ask), "work", work, g_free);
  work->channel = jn_ask_add_list (ask, _("It came by"));
  jn_ask_add_row (work->channel, "phone", _("phone"));
  jn_ask_add_row (work->channel, "mail", _("mail"));
  work->picker = jn_service_picker_new (jn_session_get_catalogue (self->session));
  jn_ask_add (ask, work->picker);
  work->language = jn_ask_add_list (ask, _("Language of the citizen"));
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    jn_ask_add_row (work->language, language->tag, language->name);
  work->note = jn_ask_add_entry (ask, _("Note"), FALSE);
  jn_ask_set_answer (ask, _("Begin"), FALSE);
  g_signal_connect (ask, "answered", G_CALLBACK (work_answered_cb), self);
  jn_ask_put (ask, self->slot);
}

/* -- the object -- */

gboolean
jn_desk_steps_is_busy (JnDeskSteps *self)
{
  return self->busy;
}

static void
jn_desk_steps_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_BUSY)
    g_value_set_boolean (value, JN_DESK_STEPS (object)->busy);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
jn_desk_steps_dispose (GObject *object)
{
  JnDeskSteps *self = JN_DESK_STEPS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->queue);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_desk_steps_parent_class)->dispose (object);
}

static void
jn_desk_steps_finalize (GObject *object)
{
  g_object_unref (JN_DESK_STEPS (object)->cancellable);
  G_OBJECT_CLASS (jn_desk_steps_parent_class)->finalize (object);
}

static void
jn_desk_steps_class_init (JnDeskStepsClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);

  object->get_property = jn_desk_steps_get_property;
  object->dispose = jn_desk_steps_dispose;
  object->finalize = jn_desk_steps_finalize;
  busy_property
      = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object, PROP_BUSY, busy_property);
}

static void
jn_desk_steps_init (JnDeskSteps *self)
{
  self->cancellable = g_cancellable_new ();
}

JnDeskSteps *
jn_desk_steps_new (JnPage *page, JnSession *session, JnQueue *queue, GtkWidget *slot)
{
  JnDeskSteps *self = g_object_new (JN_TYPE_DESK_STEPS, NULL);

  self->page = page;
  self->slot = slot;
  self->session = g_object_ref (session);
  self->queue = g_object_ref (queue);
  return self;
}
