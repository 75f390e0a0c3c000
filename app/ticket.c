/* ticket.c: one waiting number and all that is known of it. */
#include "app/ticket.h"

#include "app/dict.h"

struct _JnTicket
{
  GObject parent_instance;
  GVariant *answer;
  JnTicketState state;
  JnPriority priority;
  GStrv services;
  GStrv unserved;
  gint64 arrived;
  gint64 booked;
  gint64 due;
  gint64 called;
  GStrv done;
  GStrv suspended;
  GPtrArray *party; /* of JnTicket */
  GStrv with;
  GStrv missing;
};

static const char *const priorities[]
    = { "none", "infant", "pregnancy", "disability", "senior", "appointed" };

G_DEFINE_TYPE (JnTicket, jn_ticket, G_TYPE_OBJECT)

static int
find_word (const char *word, const char *const *words, int count)
{
  for (int i = 0; i < count; i++)
    if (g_strcmp0 (word, words[i]) == 0)
      return i;
  return 0;
}

static void
jn_ticket_finalize (GObject *object)
{
  JnTicket *self = JN_TICKET (object);

  g_clear_pointer (&self->answer, g_variant_unref);
  g_strfreev (self->services);
  g_strfreev (self->unserved);
  g_strfreev (self->done);
  g_strfreev (self->suspended);
  g_ptr_array_unref (self->party);
  g_strfreev (self->with);
  g_strfreev (self->missing);
  G_OBJECT_CLASS (jn_ticket_parent_class)->finalize (object);
}

static void
jn_ticket_class_init (JnTicketClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_ticket_finalize;
}

static void
jn_ticket_init (JnTicket *self)
{
}

static void
read_parts (JnTicket *self)
{
  self->services = jn_dict_strings (self->answer, "services");
  self->unserved = jn_dict_strings (self->answer, "unserved");
  self->done = jn_dict_strings (self->answer, "done");
  self->suspended = jn_dict_strings (self->answer, "suspended");
  self->party = jn_ticket_list (self->answer, "party");
  self->with = jn_dict_strings (self->answer, "with");
  self->missing = jn_dict_strings (self->answer, "missing");
}

JnTicket *
jn_ticket_new (GVariant *answer)
{
  static const char *const states[]
      = { "waiting", "called", "serving", "held", "done", "expected" };
  JnTicket *self;

  if (answer == NULL || jn_dict_string (answer, "id") == NULL)
    return NULL;
  self = g_object_new (JN_TYPE_TICKET, NULL);
  self->answer = g_variant_ref_sink (answer);
  g_variant_get_data (self->answer); /* one block: borrowed strings live as long as it does */
  self->state = find_word (jn_dict_string (answer, "state"), states, G_N_ELEMENTS (states));
  self->priority
      = find_word (jn_dict_string (answer, "priority"), priorities, G_N_ELEMENTS (priorities));
  read_parts (self);
  self->arrived = jn_dict_time (answer, "arrived");
  self->booked = jn_dict_time (answer, "booked");
  self->due = jn_dict_time (answer, "due");
  self->called = jn_dict_time (answer, "called");
  return self;
}

JnTicket *
jn_ticket_new_from_answer (GVariant *answer)
{
  g_autoptr (GVariant) below = jn_dict_dict (answer, "ticket");

  return jn_ticket_new (below != NULL ? below : answer);
}

/* (transfer full): @list without @word */
static GStrv
without (char *const *list, const char *word)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; *list != NULL; list++)
    if (!g_str_equal (*list, word))
      g_strv_builder_add (builder, *list);
  return g_strv_builder_end (builder);
}

JnTicket *
jn_ticket_new_with_service (JnTicket *self, const char *service)
{
  g_autoptr (GVariantDict) dict = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) services = NULL;
  g_auto (GStrv) done = NULL;

  g_return_val_if_fail (JN_IS_TICKET (self) && service != NULL, NULL);
  dict = g_variant_dict_new (self->answer);
  g_strv_builder_addv (builder, (const char **)self->services);
  if (!g_strv_contains ((const char *const *)self->services, service))
    g_strv_builder_add (builder, service);
  services = g_strv_builder_end (builder);
  done = without (self->done, service);
  g_variant_dict_insert (dict, "services", "^as", services);
  g_variant_dict_insert (dict, "done", "^as", done);
  return jn_ticket_new (g_variant_dict_end (dict));
}

GPtrArray *
jn_ticket_list (GVariant *answer, const char *key)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, key);
  GPtrArray *tickets = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);
      JnTicket *ticket = jn_ticket_new (row);

      if (ticket != NULL)
        g_ptr_array_add (tickets, ticket);
    }
  return tickets;
}

GVariant *
jn_ticket_route (
    JnTicket *self, const char *const *services, int counter, const char *login, const char *reason)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  if (counter > 0)
    return jn_dict_new ("ticket", "s", jn_ticket_get_id (self), "counter", "i", counter, "reason",
                        "s", reason, NULL);
  return jn_dict_new ("ticket", "s", jn_ticket_get_id (self), "services", "^as", services, "login",
                      "s", login, "reason", "s", reason, NULL);
}

const char *
jn_priority_get_word (JnPriority priority)
{
  g_return_val_if_fail (priority < G_N_ELEMENTS (priorities), NULL);
  return priorities[priority];
}

JnPriority
jn_priority_parse (const char *word)
{
  return (JnPriority)find_word (word, priorities, G_N_ELEMENTS (priorities));
}

static const char *
string_or (JnTicket *self, const char *key, const char *fallback)
{
  const char *text = jn_dict_string (self->answer, key);

  return text != NULL ? text : fallback;
}

const char *
jn_ticket_get_id (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return jn_dict_string (self->answer, "id");
}

const char *
jn_ticket_get_number (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return string_or (self, "number", "");
}

JnTicketState
jn_ticket_get_state (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), JN_TICKET_DONE);
  return self->state;
}

const char *
jn_ticket_get_outcome (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return jn_dict_string (self->answer, "outcome");
}

const char *
jn_ticket_get_event (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return jn_dict_string (self->answer, "event");
}

const char *const *
jn_ticket_get_services (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return (const char *const *)self->services;
}

JnPriority
jn_ticket_get_priority (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), JN_PRIORITY_NONE);
  return self->priority;
}

const char *
jn_ticket_get_language (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return string_or (self, "language", "zh-Hant");
}

const char *
jn_ticket_get_note (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return string_or (self, "note", "");
}

const char *
jn_ticket_get_visit (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return jn_dict_string (self->answer, "visit");
}

guint
jn_ticket_get_leg (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), 1);
  return (guint)jn_dict_int (self->answer, "leg", 1);
}

const char *
jn_ticket_get_channel (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return string_or (self, "channel", "clerk");
}

const char *const *
jn_ticket_get_with (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return (const char *const *)self->with;
}

GPtrArray *
jn_ticket_get_party (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return self->party;
}

gboolean
jn_ticket_is_return (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), FALSE);
  return self->state == JN_TICKET_EXPECTED && jn_ticket_get_leg (self) > 1;
}

const char *const *
jn_ticket_get_missing (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return (const char *const *)self->missing;
}

int
jn_ticket_get_counter (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), 0);
  return (int)jn_dict_int (self->answer, "counter", 0);
}

gint64
jn_ticket_get_arrived (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), 0);
  return self->arrived;
}

gint64
jn_ticket_get_booked (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), 0);
  return self->booked;
}

gint64
jn_ticket_get_due (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), 0);
  return self->due;
}

gint64
jn_ticket_get_called (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), 0);
  return self->called;
}

gint64
jn_ticket_get_at_desk (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), 0);
  return jn_dict_time (self->answer, "at_desk");
}

gint64
jn_ticket_get_finished (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), 0);
  return jn_dict_time (self->answer, "finished");
}

gint64
jn_ticket_get_expected_until (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), 0);
  return jn_dict_time (self->answer, "expected_until");
}

gint64
jn_ticket_get_held (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), 0);
  return jn_dict_int (self->answer, "held_s", 0);
}

gint64
jn_ticket_get_waited (JnTicket *self, gint64 now)
{
  g_return_val_if_fail (JN_IS_TICKET (self), 0);
  return MAX (now - MAX (self->arrived, self->booked), 0);
}

int
jn_ticket_get_credit_minutes (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), 0);
  if (self->due == 0)
    return 0;
  return (int)((MAX (self->arrived, self->booked) - self->due) / 60);
}

gboolean
jn_ticket_is_whole (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), FALSE);
  return jn_dict_boolean (self->answer, "whole", TRUE);
}

const char *const *
jn_ticket_get_unserved (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return (const char *const *)self->unserved;
}

const char *const *
jn_ticket_get_done (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return (const char *const *)self->done;
}

const char *const *
jn_ticket_get_suspended (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), NULL);
  return (const char *const *)self->suspended;
}

gboolean
jn_ticket_leaves_papers (JnTicket *self)
{
  g_return_val_if_fail (JN_IS_TICKET (self), FALSE);
  return jn_dict_boolean (self->answer, "leave_papers", FALSE);
}

gboolean
jn_ticket_equal (JnTicket *a, JnTicket *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_variant_equal (a->answer, b->answer);
}
