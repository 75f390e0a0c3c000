/* branch.c: a whole branch's answers around a counter: reception, hall, board, appointments. */
#include "tests/ui/branch.h"

#include "app/dict.h"
#include "app/json.h"

#define IDS "0190aaaa-0000-7000-8000-0000000000"
#define NAMES(zh, pt, en) "{\"zh_Hant\":\"" zh "\",\"pt\":\"" pt "\",\"en\":\"" en "\"}"

/* -- times ------------------------------------------------------------------------------------------- */

static gboolean
put_time_cb (const GMatchInfo *match, GString *text, gpointer user_data)
{
  g_autofree char *minutes = g_match_info_fetch (match, 1);
  g_autofree char *time = jn_time_format (
      g_get_real_time () - g_ascii_strtoll (minutes, NULL, 10) * 60 * G_USEC_PER_SEC);

  g_string_append_printf (text, "\"%s\"", time);
  return FALSE;
}

GVariant *
branch_dict (const char *text)
{
  g_autoptr (GRegex) place = g_regex_new ("@(-?[0-9]+)@", 0, 0, NULL);
  g_autofree char *json = g_regex_replace_eval (place, text, -1, 0, 0, put_time_cb, NULL, NULL);
  g_autoptr (GError) error = NULL;
  GVariant *dict = jn_json_to_dict (json, -1, &error);

  g_assert_no_error (error);
  return dict;
}

/* -- tickets ------------------------------------------------------------------------------------------ */

#define TICKET(id, number, state, rest)                                                            \
  "{\"id\":\"" IDS id "\",\"number\":\"" number "\",\"state\":\"" state "\",\"leg\":1," rest "}"

static const char mine[] = "\"event\":\"birth\",\"services\":[\"dsaj-birth-reg\",\"dsi-bir-first\","
                           "\"fss-birth-allowance\"],\"priority\":\"infant\",\"language\":"
                           "\"zh-Hant\",\"arrived\":@24@,\"due\":@34@,\"whole\":%s,\"unserved\":%s,"
                           "\"counter\":%d";

static char *
ticket_text (Branch *branch, const char *state)
{
  g_autofree char *rest
      = g_strdup_printf (mine, branch->split ? "false" : "true",
                         branch->split ? "[\"fss-birth-allowance\"]" : "[]", branch->left_at);

  return g_strdup_printf (TICKET ("02", "B011", "%s", "%s"), state, rest);
}

static const char others[] = TICKET (
    "11",
    "A032",
    "waiting",
    "\"services\":[\"dsi-personal-data-cert\"],\"priority\":"
    "\"appointed\",\"language\":"
    "\"pt\",\"arrived\":@19@,\"booked\":@12@,\"due\":@12@,"
    "\"whole\":true") "," TICKET ("12",
                                  "A033",
                                  "waiting",
                                  "\"services\":[\"dsi-bir-"
                                  "first\"],\"priority\":"
                                  "\"senior\",\"language\":\"zh-"
                                  "Hant\","
                                  "\"arrived\":@9@,\"due\":@19@,"
                                  "\"whole\":true") "," TICKET ("1"
                                                                "3",
                                                                "B"
                                                                "0"
                                                                "1"
                                                                "2",
                                                                "w"
                                                                "a"
                                                                "i"
                                                                "t"
                                                                "i"
                                                                "n"
                                                                "g",
                                                                "\"event\":\"birth\",\"services\":["
                                                                "\"dsaj-birth-reg\",\"fss-birth-"
                                                                "allowance\"],"
                                                                "\"priority\":\"none\","
                                                                "\"language\":\"en\",\"arrived\":@"
                                                                "6@,\"due\":@6@,\"whole\":"
                                                                "f"
                                                                "a"
                                                                "l"
                                                                "s"
                                                                "e"
                                                                ","
                                                                "\"unserved\":[\"fss-birth-"
                                                                "allowance\"]");

static const char on_hold[]
    = TICKET ("14",
              "A030",
              "held",
              "\"services\":[\"dsi-personal-data-cert\"],\"priority\":\"none\",\"language\":\"en\","
              "\"arrived\":@40@,\"due\":@40@,\"at_desk\":@20@,\"counter\":7,\"whole\":true");

static const char groups[] = "{\"group\":\"civil\",\"names\":" NAMES (
    "民事登記",
    "Registo civil",
    "Civil registry") ","
                      "\"waiting\":2,\"longest_s\":1440,\"pledge_s\":1800,\"late\":0,\"p50_s\":420,"
                      "\"p90_s\":1100,"
                      "\"called_hour\":14,\"counters\":3},"
                      "{\"group\":\"identity\",\"names\":" NAMES (
                          "身份及旅行證件",
                          "Identidade e viagem",
                          "Identity and travel") ","
                                                 "\"waiting\":5,\"longest_s\":760,\"pledge_s\":900,"
                                                 "\"late\":0,\"p50_s\":300,\"p90_s\":840,"
                                                 "\"called_hour\":31,\"counters\":4},"
                                                 "{\"group\":\"social\",\"names\":" NAMES (
                                                     "社會保障",
                                                     "Segurança social",
                                                     "Social security") ","
                                                                        "\"waiting\":3,\"longest_"
                                                                        "s\":1320,\"pledge_s\":900,"
                                                                        "\"late\":2,\"p50_s\":600,"
                                                                        "\"p90_s\":1300,"
                                                                        "\"called_hour\":9,"
                                                                        "\"counters\":1}";

static GVariant *
queue_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Branch *branch = data;
  Counter *counter = branch->counter;
  g_autofree char *here = counter->state != NULL ? ticket_text (branch, counter->state) : NULL;
  g_autofree char *next = ticket_text (branch, "waiting");
  g_autofree char *undo
      = branch->undo != NULL
            ? g_strdup_printf ("{\"ticket\":%s,\"step\":\"%s\",\"until\":@-1@}", next, branch->undo)
            : g_strdup ("null");
  g_autofree char *after = branch->after != NULL
                               ? g_strdup_printf ("{\"state\":\"%s\"}", branch->after)
                               : g_strdup ("null");
  gboolean free_now = here == NULL && counter->waiting > 0;
  g_autofree char *text = g_strdup_printf (
      "{\"next\":%s,\"waiting\":[%s%s%s],\"count\":%u,\"groups\":[%s],\"mine\":%s,\"held\":[%s],"
      "\"undo\":%s,\"state\":\"%s\",\"after\":%s,\"emergency\":null,\"day\":{\"visits\":17,"
      "\"applications\":31,\"median_service_s\":520,\"rating\":4.8}}",
      free_now ? next : "null", free_now ? next : "", free_now ? "," : "", others, counter->waiting,
      groups, here != NULL ? here : "null", branch->held ? on_hold : "", undo, branch->pause,
      after);

  return branch_dict (text);
}

static GVariant *
pause_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Branch *branch = data;
  const char *state = g_intern_string (jn_dict_string (args, "state"));

  if (jn_dict_boolean (args, "after_visit", FALSE))
    branch->after = state;
  else
    branch->pause = state;
  return jn_dict_new ("state", "s", branch->pause, NULL);
}

static GVariant *
step_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Branch *branch = data;
  Counter *counter = branch->counter;
  g_autofree char *text = NULL;
  const char *state = "waiting";

  if (g_str_equal (name, "ticket_call"))
    state = "called";
  else if (g_str_equal (name, "ticket_hold"))
    state = "held";
  else if (g_str_equal (name, "ticket_resume") || g_str_equal (name, "ticket_along"))
    state = "serving";
  else if (g_str_equal (name, "ticket_no_show"))
    state = "done";
  branch->held = g_str_equal (state, "held");
  branch->undo = g_str_equal (name, "ticket_undo")      ? NULL
                 : g_str_equal (name, "ticket_no_show") ? "no-show"
                                                        : branch->undo;
  branch->left_at = 0;
  counter->state = g_str_equal (state, "called") || g_str_equal (state, "serving") ? state : NULL;
  text = ticket_text (branch, state);
  return branch_dict (text);
}

/* -- reception ----------------------------------------------------------------------------------------- */

/* clang-format off */
#define TOLD "\"words\":" NAMES ("今日名額已滿，請明早再來。", "Já não há vagas; venha amanhã de manhã.", "The day is full; come tomorrow morning.")
static const char full_caps[]
    = "{\"service\":null,\"per_day\":300,\"issued\":300,\"next\":\"2026-11-27\"," TOLD "},"
      "{\"service\":\"dsi-bir-first\",\"per_day\":40,\"issued\":37,\"next\":null,\"words\":null}";
/* clang-format on */

static GVariant *
reception_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Branch *branch = data;
  g_autofree char *text = g_strdup_printf (
      "{\"tickets\":[%s],\"appointments\":[{\"id\":\"" IDS "21\",\"code\":\"K7QM-2XFP\",\"branch\":"
      "\"07\",\"at\":@-20@,\"services\":[\"dsi-personal-data-cert\"],\"event\":null,\"group\":"
      "\"identity\",\"language\":\"pt\",\"priority\":\"appointed\",\"note\":\"\",\"state\":"
      "\"booked\","
      "\"from\":@10@,\"until\":@-30@}],\"suspensions\":[],\"emergency\":%s,\"caps\":[%s],"
      "\"priorities\":"
      "[{\"class\":\"infant\",\"credit_s\":600},{\"class\":\"pregnancy\",\"credit_s\":600},{"
      "\"class\":"
      "\"disability\",\"credit_s\":600},{\"class\":\"senior\",\"credit_s\":300}],\"figures\":"
      "{\"waiting\":4,\"expected\":1,\"served\":17}}",
      others, branch->emergency ? "{\"since\":@2@}" : "null", branch->full ? full_caps : "");

  return branch_dict (text);
}

static GVariant *
estimate_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Branch *branch = data;
  g_autofree char *text = g_strdup_printf (
      "{\"p50_s\":700,\"p90_s\":1500,\"ahead\":4,\"counters\":3,\"whole\":%s,\"suspended\":[%s],"
      "\"cap\":%s}",
      branch->split ? "false" : "true", branch->suspended ? "\"dsi-personal-data-cert\"" : "",
      !branch->full  ? "null"
      : branch->told ? "{\"service\":null,\"per_day\":300,\"left\":0,\"next\":\"2026-11-27\"," TOLD
                       "}"
                     : "{\"service\":null,\"per_day\":300,\"left\":0,\"next\":\"2026-11-27\"}");

  return branch_dict (text);
}

/* clang-format off */
static const char concerned[]
    = "{\"suspensions\":[{\"id\":\"" IDS "71\",\"branch\":\"07\",\"services\":[\"fss-birth-allowance\"],"
      "\"reason\":\"the FSS system is down\",\"since\":@25@,\"until\":@-60@},"
      "{\"id\":\"" IDS "72\",\"branch\":\"*\",\"services\":[\"dsi-*\"],\"reason\":\"network\",\"since\":@5@}],"
      "\"waiting\":3,\"tickets\":["
      TICKET ("12", "A033", "waiting", "\"services\":[\"dsi-bir-first\"],\"suspended\":[\"dsi-bir-first\"],"
              "\"priority\":\"senior\",\"language\":\"zh-Hant\",\"arrived\":@9@,\"due\":@19@") ","
      TICKET ("13", "B012", "waiting", "\"services\":[\"dsaj-birth-reg\",\"fss-birth-allowance\"],"
              "\"suspended\":[\"fss-birth-allowance\"],\"leave_papers\":true,\"language\":\"en\",\"arrived\":@6@,\"due\":@6@") ","
      TICKET ("15", "B013", "waiting", "\"services\":[\"fss-birth-allowance\"],\"suspended\":[\"fss-birth-allowance\"],"
              "\"channel\":\"phone\",\"language\":\"pt\",\"arrived\":@4@,\"due\":@4@")
      "],\"pledges_running\":1,\"pledges\":[{\"no\":\"07-2026-0000031-3\",\"service\":\"fss-birth-allowance\","
      "\"department\":\"fss\",\"due\":\"2026-12-30\",\"suspended\":{\"since\":@25@,\"reason\":\"the FSS system is down\"}}]}";
/* clang-format on */

static GVariant *
suspended_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Branch *branch = data;

  return branch_dict (branch->suspended ? concerned
                                        : "{\"suspensions\":[],\"waiting\":0,\"tickets\":[],"
                                          "\"pledges_running\":0,\"pledges\":[]}");
}

static GVariant *
choose_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  const char *choice = jn_dict_string (args, "choice");
  gboolean booked = g_str_equal (choice, "rebook");
  g_autofree char *text = g_strdup_printf (
      TICKET ("12", "A033", "%s",
              "\"services\":[\"dsi-bir-first\"],\"channel\":\"%s\",\"leave_papers\":%s,"
              "\"priority\":\"senior\",\"language\":\"zh-Hant\",\"arrived\":@9@,\"due\":@19@,"
              "\"appointment\":%s"),
      booked ? "done" : "waiting", g_str_equal (choice, "call-back") ? "phone" : "clerk",
      g_str_equal (choice, "leave-papers") ? "true" : "false",
      booked ? "{\"code\":\"K7QM-2XFP\",\"at\":\"2026-11-27T09:00:00+08:00\",\"state\":\"booked\","
               "\"services\":[\"dsi-bir-first\"],\"language\":\"zh-Hant\"}"
             : "null");

  return branch_dict (text);
}

static gboolean
has_own_number (GVariant *args)
{
  g_autoptr (GVariant) companions = jn_dict_list (args, "companions");
  g_autoptr (GVariant) last = jn_list_length (companions) > 0
                                  ? jn_list_dict (companions, jn_list_length (companions) - 1)
                                  : NULL;

  return last != NULL && jn_dict_boolean (last, "own", FALSE);
}

static GVariant *
issue_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  static const char along[]
      = TICKET ("32", "B013", "waiting",
                "\"services\":[\"dsi-bir-first\"],\"priority\":\"none\",\"language\":\"zh-Hant\","
                "\"arrived\":@0@,\"due\":@0@,\"whole\":true");
  static const char alone[]
      = "\"services\":[\"dsi-personal-data-cert\"],\"priority\":\"none\",\"language\":\"%s\","
        "\"arrived\":@0@,\"due\":@0@,\"whole\":true,\"reprints\":1,\"party\":[%s]";
  Branch *branch = data;
  const char *language = jn_dict_string (args, "language");
  g_autofree char *text = g_strdup_printf (TICKET ("31", "A034", "waiting", "%s"), alone);
  g_autofree char *ticket = g_strdup_printf (text, language != NULL ? language : "zh-Hant",
                                             has_own_number (args) ? along : "");

  branch->issued++;
  return branch_dict (ticket);
}

static GVariant *
check_in_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  if (!jn_dict_boolean (args, "as_walk_in", FALSE)
      && g_strcmp0 (jn_dict_string (args, "code"), "LATE-0001") == 0)
    {
      g_propagate_error (error, jn_backend_error_new (
                                    JN_BACKEND_ERROR_CONFLICT, "too-late", NULL,
                                    jn_dict_new ("until", "s", "2026-11-23T10:10:00+08:00", NULL)));
      return NULL;
    }
  if (g_strcmp0 (jn_dict_string (args, "code"), "Z999") == 0)
    {
      g_propagate_error (
          error, jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "no-ticket", NULL, NULL));
      return NULL;
    }
  return issue_cb (fake, name, args, data, error);
}

/* -- the hall ------------------------------------------------------------------------------------------ */

#define CLERK(login, zh, latin)                                                                    \
  "\"login\":\"" login "\",\"clerk\":{\"zh\":\"" zh "\",\"latin\":\"" latin "\"},"
#define COUNTER(number, state, since, clerk, profile, rest)                                        \
  "{\"counter\":" number                                                                           \
  ",\"names\":null,\"zone\":\"A\",\"profile\":\"p\",\"profile_names\":" profile                    \
  ",\"equipment\":[],\"state\":\"" state "\",\"since\":" since "," clerk rest "}"
#define IDENTITY NAMES ("身份證明", "Identificação", "Identity")
#define CIVIL NAMES ("登記", "Registo", "Civil registry")

static const char counters[] = COUNTER (
    "7",
    "open",
    "@6@",
    CLERK ("kaian", "何嘉欣", "Ho Ka Ian"),
    CIVIL,
    "\"ticket\":" TICKET (
        "41",
        "B010",
        "serving",
        "\"services\":[\"dsaj-birth-reg\"],\"priority\":\"none\","
        "\"language\":\"zh-Hant\",\"arrived\":@20@,\"due\":@20@,"
        "\"counter\":7,\"login\":\"kaian\"") ",\"visits\":17,\"median_service_s\":520") "," COUNTER ("8",
                                                                                                     "open",
                                                                                                     "@21@",
                                                                                                     CLERK (
                                                                                                         "joao",
                                                                                                         "若昂",
                                                                                                         "João Exemplo"),
                                                                                                     IDENTITY,
                                                                                                     "\"ticket\":" TICKET (
                                                                                                         "42",
                                                                                                         "A021",
                                                                                                         "serving",
                                                                                                         "\"services\":[\"dsi-bir-first\"],\"priority\":\"none\","
                                                                                                         "\"language\":\"pt\",\"arrived\":@30@,\"due\":@30@,"
                                                                                                         "\"counter\":8,\"login\":\"joao\"") ",\"visits\":12,\"median_service_s\":400,\"long\":true") "," COUNTER ("9",
                                                                                                                                                                                                                   "open",
                                                                                                                                                                                                                   "@0@",
                                                                                                                                                                                                                   CLERK (
                                                                                                                                                                                                                       "meiling",
                                                                                                                                                                                                                       "馮美玲",
                                                                                                                                                                                                                       "Fong Mei Leng"),
                                                                                                                                                                                                                   CIVIL,
                                                                                                                                                                                                                   "\"ticket\":" TICKET ("43",
                                                                                                                                                                                                                                         "B009",
                                                                                                                                                                                                                                         "called",
                                                                                                                                                                                                                                         "\"services\":[\"dsaj-birth-reg\"],\"priority\":\"none\","
                                                                                                                                                                                                                                         "\"language\":\"en\",\"arrived\":@8@,\"due\":@8@,\"counter\":9,"
                                                                                                                                                                                                                                         "\"login\":\"meiling\"") ",\"visits\":15,\"median_service_s\":450") "," COUNTER ("10", "break", "@12@", CLERK ("pou", "吳寶成", "Ng Pou Seng"), IDENTITY, "\"reason\":\"meal\",\"ticket\":null,\"visits\":9,\"median_service_s\":600") "," COUNTER ("11",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "absent",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "null",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             IDENTITY,
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             "\"ticket\":null,\"visits\":0");

static GVariant *
hall_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Branch *branch = data;
  g_autofree char *text = g_strdup_printf (
      "{\"time\":@0@,\"emergency\":%s,\"figures\":{\"waiting\":10,\"called\":1,\"serving\":2,"
      "\"held\":1,\"expected\":1,\"late\":2,\"longest_s\":1440,\"open\":3,\"paused\":1,\"closed\":"
      "0,"
      "\"served\":53,\"no_show\":2,\"left\":1},\"groups\":[%s],\"counters\":[%s],\"profiles\":["
      "{\"code\":\"p\",\"names\":" CIVIL "},{\"code\":\"q\",\"names\":" IDENTITY "}],\"calls\":["
      "{\"id\":\"" IDS "51\",\"kind\":\"help\",\"counter\":9," CLERK (
          "meiling", "馮美玲",
          "Fong Mei Leng") "\"note\":null,\"since\":@1@,\"acknowledged\":null}],"
                           "\"suspensions\":[],\"caps\":[%s]}",
      branch->emergency ? "{\"since\":@2@,\"reason\":\"drill\",\"login\":\"waiman\"}" : "null",
      groups, counters, branch->full ? full_caps : "");

  return branch_dict (text);
}

/* Ten minutes each was what counter 8's kind of work took today. */
static const char served[]
    = TICKET ("6%u",
              "A00%u",
              "done",
              "\"services\":[\"dsi-bir-first\"],\"outcome\":\"served\",\"priority\":\"none\","
              "\"language\":\"en\",\"arrived\":@90@,\"due\":@90@,\"at_desk\":@70@,\"finished\":"
              "@60@");

static GVariant *
hall_tickets_cb (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autofree char *text = NULL;

  if (g_strcmp0 (jn_dict_string (args, "figure"), "served") == 0)
    for (guint i = 0; i < 6; i++)
      {
        g_autofree char *row = g_strdup_printf (served, i, i);

        g_string_append_printf (rows, "%s%s", i > 0 ? "," : "", row);
      }
  else if (g_strcmp0 (jn_dict_string (args, "group"), "social") == 0)
    g_string_append (rows, on_hold);
  else if (g_strcmp0 (jn_dict_string (args, "figure"), "no-show") != 0)
    g_string_append (rows, others);
  text = g_strdup_printf ("{\"tickets\":[%s]}", rows->str);
  return branch_dict (text);
}

/* clang-format off */
#define OTHER(number, state, busy, clerk, profile, services, whole)                                                \
  "{\"counter\":" number ",\"own\":false,\"zone\":{\"code\":\"A\",\"names\":" NAMES ("甲區", "Zona A", "Zone A") "}," clerk    \
  "\"state\":\"" state "\",\"busy\":" busy ",\"profile\":\"p\",\"profile_names\":" profile ",\"services\":[" services          \
  "],\"whole\":" whole "}"
static const char staffed[]
    = "{\"counters\":["
      OTHER ("9", "open", "false", CLERK ("meiling", "馮美玲", "Fong Mei Leng"), CIVIL, "\"dsaj-birth-reg\",\"dsi-bir-first\",\"fss-birth-allowance\"", "true") ","
      OTHER ("8", "open", "true", CLERK ("joao", "若昂", "João Exemplo"), IDENTITY, "\"dsi-bir-first\"", "false") ","
      OTHER ("10", "break", "false", CLERK ("pou", "吳寶成", "Ng Pou Seng"), IDENTITY, "", "false") ","
      "{\"counter\":7,\"own\":true,\"login\":\"kaian\",\"state\":\"open\",\"profile\":\"p\",\"services\":[],\"whole\":false}]}";
/* clang-format on */

static GVariant *
staffed_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  return branch_dict (staffed);
}

static GVariant *
emergency_tickets_cb (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Branch *branch = data;
  g_autofree char *text = NULL;

  if (branch->closed && !branch->emergency)
    return branch_dict ("{\"tickets\":[" TICKET (
        "11", "A032", "done",
        "\"services\":[\"dsi-personal-data-cert\"],\"outcome\":"
        "\"closed-by-emergency\",\"arrived\":@19@,\"due\":@12@,"
        "\"next\":{\"number\":\"R001\",\"day\":\"2026-11-27\"}") "],"
                                                                 "\"appointments\":[],\"days\":[]"
                                                                 "}");
  text = g_strdup_printf ("{\"tickets\":[%s],\"appointments\":[{\"id\":\"" IDS
                          "21\",\"code\":\"K7QM-2XFP\",\"at\":\"2026-11-26T10:30:00+08:00\","
                          "\"services\":[\"dsi-personal-data-cert\"],\"state\":\"booked\"}],"
                          "\"days\":[\"2026-11-27\",\"2026-11-30\"]}",
                          others);
  return branch->emergency ? branch_dict (text)
                           : branch_dict ("{\"tickets\":[],\"appointments\":[],\"days\":[]}");
}

static GVariant *
emergency_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  ((Branch *)data)->emergency = g_str_equal (name, "emergency_begin");
  return branch_dict ("{\"since\":@0@}");
}

static GVariant *
board_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  static const char *const numbers[] = { "B011", "A032", "C007", "A021" };
  Branch *branch = data;
  g_autoptr (GString) calling = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < branch->calling; i++)
    g_string_append_printf (
        calling,
        "%s{\"number\":\"%s\",\"counter\":%u,\"zone\":{\"code\":\"A\",\"names\":" IDENTITY
        "},\"called\":@%u@,\"recalls\":0}",
        i > 0 ? "," : "", numbers[i], 7 + i, i);
  text = g_strdup_printf (
      "{\"branch\":{\"code\":\"07\",\"names\":" NAMES (
          "示範中心", "Centro", "Centre") "},\"time\":@0@,"
                                          "\"emergency\":%s,\"calling\":[%s],\"last\":[{\"number\":"
                                          "\"B010\",\"counter\":7,\"zone\":null,"
                                          "\"called\":@6@,\"recalls\":0},{\"number\":\"A021\","
                                          "\"counter\":8,\"zone\":null,\"called\":@21@,"
                                          "\"recalls\":1}],\"groups\":[%s]}",
      branch->emergency ? "{\"since\":@2@}" : "null", calling->str, groups);
  return branch_dict (text);
}

/* -- appointments -------------------------------------------------------------------------------------- */

static const char appointment[]
    = "{\"id\":\"" IDS "21\",\"code\":\"K7QM-2XFP\",\"branch\":\"07\",\"at\":@-20@,\"services\":["
      "\"dsi-personal-data-cert\"],\"event\":null,\"group\":\"identity\",\"language\":\"pt\","
      "\"priority\":\"appointed\",\"note\":\"\",\"contact\":\"6612 "
      "0000\",\"state\":\"%s\",\"from\":@10@,"
      "\"until\":@-30@}";

static GVariant *
appointments_cb (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  g_autofree char *booked = g_strdup_printf (appointment, "booked");
  g_autofree char *come = g_strdup_printf (appointment, "checked-in");
  g_autofree char *text = g_strdup_printf ("{\"appointments\":[%s,%s]}", booked, come);

  return branch_dict (text);
}

static GVariant *
book_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  g_autofree char *text = g_strdup_printf (
      appointment, g_str_equal (name, "appointment_cancel") ? "cancelled" : "booked");

  return branch_dict (text);
}

static GVariant *
slots_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  return branch_dict (
      "{\"days\":[{\"day\":\"2026-11-26\",\"open\":true,\"slots\":[{\"at\":\"2026-11-26T09:00:00+"
      "08:00"
      "\",\"capacity\":2,\"free\":0},{\"at\":\"2026-11-26T09:30:00+08:00\",\"capacity\":2,\"free\":"
      "2},"
      "{\"at\":\"2026-11-26T10:00:00+08:00\",\"capacity\":2,\"free\":1},{\"at\":\"2026-11-26T10:30:"
      "00"
      "+08:00\",\"capacity\":2,\"free\":2}]},{\"day\":\"2026-11-27\",\"open\":true,\"slots\":[{"
      "\"at\":"
      "\"2026-11-27T09:00:00+08:00\",\"capacity\":2,\"free\":2}]},{\"day\":\"2026-11-28\",\"open\":"
      "false,\"slots\":[]}]}");
}

/* -- the branch ------------------------------------------------------------------------------------------ */

static void
set_answers (Branch *branch)
{
  static const char *const steps[]
      = { "ticket_call", "ticket_hold", "ticket_resume",   "ticket_no_show", "ticket_return",
          "ticket_undo", "ticket_send", "ticket_transfer", "ticket_along",   "ticket_release" };
  static const char *const nothing[]
      = { "counter_profile", "help_call", "help_acknowledge", "service_suspend",
          "service_resume",  "cap_set",   "day_close" };
  JnFakeBackend *fake = branch->counter->desk->fake;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    jn_fake_backend_on (fake, steps[i], step_cb, branch);
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    jn_fake_backend_always (fake, nothing[i], jn_dict_new (NULL, NULL));
  jn_fake_backend_always (fake, "keys", jn_dict_new (NULL, NULL)); /* no key: no seal is genuine */
  jn_fake_backend_on (fake, "queue", queue_cb, branch);
  jn_fake_backend_on (fake, "counter_state", pause_cb, branch);
  jn_fake_backend_on (fake, "reception", reception_cb, branch);
  jn_fake_backend_on (fake, "wait_estimate", estimate_cb, branch);
  jn_fake_backend_on (fake, "ticket_issue", issue_cb, branch);
  jn_fake_backend_on (fake, "ticket_change", issue_cb, branch);
  jn_fake_backend_on (fake, "ticket_cancel", issue_cb, branch);
  jn_fake_backend_on (fake, "ticket_merge", issue_cb, branch);
  jn_fake_backend_on (fake, "ticket_check_in", check_in_cb, branch);
  jn_fake_backend_on (fake, "suspended", suspended_cb, branch);
  jn_fake_backend_on (fake, "ticket_choose", choose_cb, branch);
  jn_fake_backend_on (fake, "hall", hall_cb, branch);
  jn_fake_backend_on (fake, "hall_tickets", hall_tickets_cb, branch);
  jn_fake_backend_on (fake, "emergency_begin", emergency_cb, branch);
  jn_fake_backend_on (fake, "emergency_tickets", emergency_tickets_cb, branch);
  jn_fake_backend_on (fake, "counters", staffed_cb, branch);
  jn_fake_backend_on (fake, "emergency_end", emergency_cb, branch);
  jn_fake_backend_on (fake, "board", board_cb, branch);
  jn_fake_backend_on (fake, "appointments", appointments_cb, branch);
  jn_fake_backend_on (fake, "appointment_book", book_cb, branch);
  jn_fake_backend_on (fake, "appointment_move", book_cb, branch);
  jn_fake_backend_on (fake, "appointment_cancel", book_cb, branch);
  jn_fake_backend_on (fake, "slots", slots_cb, branch);
}

Branch *
branch_new (const char *roles)
{
  Branch *branch = g_new0 (Branch, 1);

  branch->counter = counter_new_as (roles);
  branch->calling = 2;
  branch->pause = "open";
  set_answers (branch);
  return branch;
}

void
branch_free (Branch *branch)
{
  counter_free (branch->counter);
  g_free (branch);
}

void
branch_tell (Branch *branch, const char *kind)
{
  g_signal_emit_by_name (branch->counter->desk->fake, "changed", kind, "");
}

GVariant *
branch_last_args (Branch *branch, const char *command)
{
  GVariant *args = jn_fake_backend_last_args (branch->counter->desk->fake, command);

  g_assert_nonnull (args);
  return args;
}
