/* counter.c: a desk whose queue behaves. */
#include "tests/ui/counter.h"

#include "app/dict.h"
#include "app/json.h"

#define SERVICES "dsaj-birth-reg dsi-bir-first fss-birth-allowance"
#define VISIT "0190aaaa-0000-7000-8000-000000000001"

/* What the demonstration's branch would answer, with times that stand still beside the clock. */
static const char others[]
    = "[{\"id\":\"0190aaaa-0000-7000-8000-000000000011\",\"number\":\"A032\",\"state\":\"waiting\","
      "\"services\":[\"dsi-personal-data-cert\"],\"priority\":\"appointed\",\"language\":\"pt\","
      "\"arrived\":\"%1$s\",\"booked\":\"%1$s\",\"due\":\"%2$s\",\"whole\":true},"
      "{\"id\":\"0190aaaa-0000-7000-8000-000000000012\",\"number\":\"A033\",\"state\":\"waiting\","
      "\"services\":[\"dsi-bir-first\"],\"priority\":\"senior\",\"language\":\"zh-Hant\","
      "\"arrived\":\"%1$s\",\"due\":\"%2$s\",\"whole\":true},"
      "{\"id\":\"0190aaaa-0000-7000-8000-000000000013\",\"number\":\"B012\",\"state\":\"waiting\","
      "\"event\":\"birth\",\"services\":[\"dsaj-birth-reg\",\"fss-birth-allowance\"],"
      "\"priority\":\"none\",\"language\":\"en\",\"arrived\":\"%1$s\",\"due\":\"%1$s\","
      "\"whole\":false,\"unserved\":[\"fss-birth-allowance\"]}]";

static const char groups[]
    = "[{\"group\":\"civil\",\"names\":{\"zh_Hant\":\"民事登記\",\"pt\":\"Registo civil\",\"en\":"
      "\"Civil registry\"},\"waiting\":2,\"longest_s\":180,\"pledge_s\":900},"
      "{\"group\":\"identity\",\"names\":{\"zh_Hant\":\"身份及旅行證件\",\"pt\":\"Identidade e "
      "viagem\",\"en\":\"Identity and travel\"},\"waiting\":5,\"longest_s\":760,\"pledge_s\":900},"
      "{\"group\":\"social\",\"names\":{\"zh_Hant\":\"社會保障\",\"pt\":\"Segurança social\","
      "\"en\":\"Social security\"},\"waiting\":1,\"longest_s\":1320,\"pledge_s\":900}]";

static GVariant *
ticket (Counter *counter, const char *state)
{
  g_autoptr (GVariant) plain = g_variant_ref_sink (
      desk_make_ticket ("B011", state, counter->event, counter->services));
  g_autoptr (GVariantDict) ticket = g_variant_dict_new (plain);
  g_auto (GStrv) done = g_strsplit (counter->done, " ", -1);

  g_variant_dict_insert (ticket, "done", "^as", done);
  g_variant_dict_insert (ticket, "visit", "s", VISIT);
  return g_variant_dict_end (ticket);
}

/* -- services within the visit -- */

static void
set_services (Counter *counter, char *services, char *done)
{
  g_free (counter->former);
  g_free (counter->former_done);
  counter->former = g_strdup (counter->services);
  counter->former_done = counter->done;
  g_free (counter->own);
  counter->services = counter->own = services;
  counter->done = done;
}

/* (transfer full): the words of @list without @word, and with it where @with */
static char *
put_word (const char *list, const char *word, gboolean with)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);
  GString *text = g_string_new (NULL);

  for (char **w = words; *w != NULL; w++)
    if (**w != '\0' && !g_str_equal (*w, word))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", *w);
  if (with)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", word);
  return g_string_free (text, FALSE);
}

static GVariant *
service_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Counter *counter = data;
  const char *service = jn_dict_string (args, "service");
  const char *step = jn_dict_string (args, "step");
  gboolean add = g_str_equal (step, "add");
  gboolean done = g_str_equal (step, "done");

  set_services (counter,
                done ? g_strdup (counter->services) : put_word (counter->services, service, add),
                put_word (counter->done, service, done));
  counter->step = add ? "service-added" : done ? "service-done" : "service-dropped";
  jn_backend_changed (JN_BACKEND (fake), "ticket", "x");
  return ticket (counter, "serving");
}

static GVariant *
undo_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Counter *counter = data;

  g_assert_cmpstr (jn_dict_string (args, "step"), ==, counter->step);
  set_services (counter, g_strdup (counter->former), g_strdup (counter->former_done));
  counter->step = NULL;
  jn_backend_changed (JN_BACKEND (fake), "ticket", "x");
  return ticket (counter, "serving");
}

static GVariant *
queue_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Counter *counter = data;
  gint64 now = g_get_real_time ();
  g_autofree char *came = jn_time_format (now - 9 * 60 * G_USEC_PER_SEC);
  g_autofree char *due = jn_time_format (now - 4 * 60 * G_USEC_PER_SEC);
  g_autofree char *until = jn_time_format (now + 20 * G_USEC_PER_SEC);
  g_autofree char *rows = g_strdup_printf (others, came, due);
  g_autofree char *text = g_strdup_printf (
      "{\"waiting\":%s,\"count\":%u,\"groups\":%s,\"day\":{\"visits\":%u,\"applications\":31,"
      "\"median_service_s\":520,\"rating\":4.8}}",
      counter->waiting > 0 ? rows : "[]", counter->waiting, counter->waiting > 0 ? groups : "[]",
      counter->finished == 0 ? 0 : 16 + counter->finished);
  g_autoptr (GVariant) base = jn_json_to_dict (text, -1, error);
  g_autoptr (GVariantDict) answer = g_variant_dict_new (base);

  if (counter->state != NULL)
    g_variant_dict_insert (answer, "mine", "@a{sv}", ticket (counter, counter->state));
  if (counter->step != NULL)
    g_variant_dict_insert (answer, "undo", "@a{sv}",
                           jn_dict_new ("ticket", "@a{sv}", ticket (counter, "serving"), "step",
                                        "s", counter->step, "until", "s", until, NULL));
  if (counter->waiting > 0)
    g_variant_dict_insert (answer, "next", "@a{sv}", ticket (counter, "waiting"));
  return g_variant_dict_end (answer);
}

static GVariant *
call_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Counter *counter = data;

  if (counter->waiting == 0)
    return jn_dict_new (NULL, NULL);
  counter->state = "called";
  return jn_dict_new ("ticket", "@a{sv}", ticket (counter, "called"), NULL);
}

static GVariant *
arrive_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  ((Counter *)data)->state = "serving";
  return jn_dict_new ("ticket", "@a{sv}", ticket (data, "serving"), "visit", "s", VISIT, NULL);
}

static GVariant *
finish_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Counter *counter = data;

  counter->state = NULL;
  counter->finished += 1;
  return ticket (counter, "done");
}

static GVariant *
recall_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  g_propagate_error (error, jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "recall-too-soon",
                                                  NULL, jn_dict_new ("wait_s", "i", 25, NULL)));
  return NULL;
}

Counter *
counter_new (void)
{
  return counter_new_as ("\"clerk\"");
}

Counter *
counter_new_as (const char *roles)
{
  return counter_new_at (desk_new_as (roles));
}

Counter *
counter_new_at (Desk *desk)
{
  Counter *counter = g_new0 (Counter, 1);

  counter->desk = desk;
  counter->event = "birth";
  counter->services = SERVICES;
  counter->waiting = 4;
  counter->done = g_strdup ("");
  jn_fake_backend_on (counter->desk->fake, "ticket_service", service_cb, counter);
  jn_fake_backend_on (counter->desk->fake, "ticket_undo", undo_cb, counter);
  jn_fake_backend_on (counter->desk->fake, "queue", queue_cb, counter);
  jn_fake_backend_on (counter->desk->fake, "ticket_call_next", call_cb, counter);
  jn_fake_backend_on (counter->desk->fake, "ticket_arrive", arrive_cb, counter);
  jn_fake_backend_on (counter->desk->fake, "ticket_recall", recall_cb, counter);
  jn_fake_backend_on (counter->desk->fake, "ticket_finish", finish_cb, counter);
  jn_fake_backend_on (counter->desk->fake, "ticket_no_show", finish_cb, counter);
  return counter;
}

void
counter_free (Counter *counter)
{
  desk_free (counter->desk);
  g_free (counter->done);
  g_free (counter->own);
  g_free (counter->former);
  g_free (counter->former_done);
  g_free (counter);
}
