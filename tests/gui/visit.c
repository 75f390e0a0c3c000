/* visit.c: the first whole visit, page by page, as a clerk does it. */
#include "tests/gui/visit.h"

#include "app/text.h"
#include "forms/filling.h"

#define MOTHER "12345678"
#define PASSPORT_1 "P<PRTSAMPLE<<JOAO<DEMO<<<<<<<<<<<<<<<<<<<<<<"
#define PASSPORT_2 "L898902C36PRT9003071M3504152<<<<<<<<<<<<<<02"

typedef struct
{
  const char *ref;
  const char *value; /* a select's value, or text; NULL: nine days ago */
} Answer;

/* What the registers and the earlier forms do not know. */
static const Answer registration[] = {
  { "/data/parents/declarant", "mother" },
  { "/data/parents/married", "yes" },
  { "/data/parents/marriage_place", "macau" },
  { "/data/parents/marriage_date", "14/02/2024" },
  { "/data/child/name_zh", "陳樂" },
  { "/data/child/surname_latin", "SAMPLE" },
  { "/data/child/given_latin", "LOK" },
  { "/data/child/sex", "F" },
  { "/data/child/birth_date", NULL },
  { "/data/birth/hospital", "kiang-wu" },
  { "/data/birth/parish", "antonio" },
  { "/data/father/birth_place", "portugal" },
  { "/data/father/phone_area", "351" },
  { "/data/father/phone_no", "912345678" },
  { "/data/father/address_area", "macau" },
  { "/data/father/address_street", "Avenida de Demonstração" },
  { "/data/declaration/true_data", "#1" },
};
static const Answer identity_card[] = {
  { "/data/child/nationality", "CN" },
  { "/data/declaration/true_data", "#1" },
};
static const Answer allowance[] = {
  { "/data/mother/bank_name", "boc" },
  { "/data/mother/bank_account", "0123456789" },
  { "/data/declaration/true_data", "#1" },
};

static const Answer certificate[] = {
  { "/data/certificate/items", "name" },
  { "/data/certificate/purpose", "study" },
  { "/data/certificate/copies", "2" },
  { "/data/declaration/true_data", "#1" },
};

const char *
visit_words (VisitPlay *play, const char *msgid)
{
  return jn_text (play->language, msgid);
}

void
visit_picture (VisitPlay *play, const char *page)
{
  g_autofree char *path = NULL;

  play->n_pictures++;
  if (play->pictures == NULL)
    return;
  path = g_strdup_printf ("%s/%02d-%s.%s.png", play->pictures, play->n_pictures, page,
                          play->language);
  jn_desk_driver_settle (play->desk);
  jn_desk_driver_picture (play->desk, path);
}

static void
wait_for (VisitPlay *play, AtspiRole role, const char *msgid)
{
  g_autoptr(AtspiAccessible) thing
             = jn_desk_driver_wait (play->desk, role, visit_words (play, msgid));

  g_assert_nonnull (thing);
}

static void
press (VisitPlay *play, AtspiRole role, const char *msgid)
{
  jn_desk_driver_press (play->desk, role, visit_words (play, msgid));
}

void
visit_next (VisitPlay *play)
{
  jn_desk_driver_key (play->desk, "Control+Return");
}

/* ---- opening ---- */

static guint n_machines;

void
visit_open (VisitPlay *play, int counter, const char *language, const char *pictures)
{
  g_autofree char *number = g_strdup_printf ("%d", counter);
  g_autofree char *dsn = g_strdup_printf ("JANELA_DSN=%s", g_getenv ("JANELA_TEST_DSN"));
  g_autofree char *state = NULL;
  const char *const arguments[] = { "--counter", number, "--language", language, NULL };
  const char *environment[] = { dsn, NULL, NULL };

  if (counter == 0) /* a machine of its own: several stand in the hall without a counter */
    state = g_strdup_printf ("JANELA_STATE=%s/machine-%u", g_get_tmp_dir (), n_machines++);
  environment[1] = state;
  play->language = language;
  play->pictures = pictures;
  play->n_pictures = 0;
  play->desk = jn_desk_driver_start (arguments, environment);
}

int
visit_close (VisitPlay *play)
{
  return jn_desk_driver_stop (play->desk);
}

void
visit_sign_in (VisitPlay *play, const char *login, const char *password)
{
  visit_sign_in_to (play, login, password, "Call next");
}

void
visit_sign_in_to (VisitPlay *play, const char *login, const char *password, const char *button)
{
  wait_for (play, ATSPI_ROLE_PUSH_BUTTON, "Sign in");
  visit_picture (play, "sign-in");
  jn_desk_driver_fill (play->desk, visit_words (play, "Name"), login);
  jn_desk_driver_fill (play->desk, visit_words (play, "Password"), password);
  jn_desk_driver_key (play->desk, "Return");
  wait_for (play, ATSPI_ROLE_PUSH_BUTTON, button);
}

void
visit_call (VisitPlay *play)
{
  visit_picture (play, "desk");
  jn_desk_driver_key (play->desk, "F2");
  wait_for (play, ATSPI_ROLE_PUSH_BUTTON, "The person is here");
  visit_picture (play, "called");
  press (play, ATSPI_ROLE_PUSH_BUTTON, "The person is here");
  wait_for (play, ATSPI_ROLE_HEADING, "Who is here?");
}

/* ---- persons ---- */

static void
take_document (VisitPlay *play, const char *text)
{
  const char *label = visit_words (play, "Card, passport, or number");

  jn_desk_driver_fill (play->desk, label, text);
  press (play, ATSPI_ROLE_PUSH_BUTTON, "Identify");
  jn_desk_driver_wait_text (play->desk, label, ""); /* it is emptied when the document is taken */
}

void
visit_identify (VisitPlay *play, const char *role, const char *number)
{
  jn_desk_driver_choose (play->desk, visit_words (play, "Role"), visit_words (play, role));
  take_document (play, number);
  wait_for (play, ATSPI_ROLE_PUSH_BUTTON, "Identify");
}

void
visit_scan_passport (VisitPlay *play, const char *role, const char *first, const char *second)
{
  jn_desk_driver_choose (play->desk, visit_words (play, "Role"), visit_words (play, role));
  take_document (play, first);
  take_document (play, second);
  wait_for (play, ATSPI_ROLE_LABEL, role);
}

/* ---- forms ---- */

/* A blank filling beside the window's tells the place of a choice in its list. */
static JnFilling *
open_form (const char *language, const char *department, const char *service)
{
  JnFillingOptions options = { .language = language };
  g_autofree char *path = g_strdup_printf ("%s/build/services/%s/%s.xml", g_getenv ("JANELA_TOP"),
                                           department, service);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnForm) form = jn_form_new_from_file (path, &error);
  JnFilling *filling;

  g_assert_no_error (error);
  filling = jn_filling_new (form, &options, &error);
  g_assert_no_error (error);
  return filling;
}

static char *
as_typed (JnFilling *filling, const Answer *answer)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) born = g_date_time_add_days (now, -9);
  JnNodeState state;

  if (answer->value == NULL)
    return g_date_time_format (born, "%d/%m/%Y");
  g_assert_true (jn_filling_get (filling, answer->ref, &state));
  for (gsize i = 0; i < state.n_choices; i++)
    if (g_str_equal (state.choices[i].value, answer->value))
      return g_strdup_printf ("#%u %s", (guint)i + 1, state.choices[i].label);
  return g_strdup (answer->value);
}

static void
fill_form (
    VisitPlay *play, const char *department, const char *service, const Answer *answers, gsize n)
{
  g_autoptr(JnFilling) filling = open_form (play->language, department, service);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = as_typed (filling, &answers[i]);

      jn_desk_driver_answer (play->desk, answers[i].ref, text);
    }
}

static gboolean
asks_cb (JnDeskDriver *desk, gpointer user_data)
{
  return jn_desk_driver_shows (desk, user_data);
}

static void
wait_question (VisitPlay *play, const char *ref)
{
  jn_desk_driver_until (play->desk, asks_cb, (gpointer)ref, ref);
}

static void
fill_birth_forms (VisitPlay *play)
{
  wait_question (play, "/data/parents/declarant");
  visit_picture (play, "form-empty");
  fill_form (play, "dsaj", "dsaj-birth-reg", registration, G_N_ELEMENTS (registration));
  visit_picture (play, "form");
  visit_next (play);
  wait_question (play, "/data/child/nationality");
  visit_picture (play, "form-known");
  fill_form (play, "dsi", "dsi-bir-first", identity_card, G_N_ELEMENTS (identity_card));
  visit_next (play);
  wait_question (play, "/data/mother/bank_name");
  visit_picture (play, "form-short");
  fill_form (play, "fss", "fss-birth-allowance", allowance, G_N_ELEMENTS (allowance));
  visit_next (play);
}

/* ---- papers, review, receipt ---- */

void
visit_papers (VisitPlay *play)
{
  g_autofree char *seen = g_strdup_printf ("*%s", visit_words (play, "original seen"));

  wait_for (play, ATSPI_ROLE_HEADING, "Papers");
  visit_picture (play, "papers");
  jn_desk_driver_press_all (play->desk, ATSPI_ROLE_RADIO_BUTTON, seen);
  visit_picture (play, "papers-seen");
  visit_next (play);
}

static void
consent_and_sign (VisitPlay *play)
{
  static const char *const languages[] = { "zh-Hant", "pt", "en" };

  for (gsize i = 0; i < G_N_ELEMENTS (languages);
       i++) /* consent is asked in the citizen's language */
    jn_desk_driver_press_all (play->desk, ATSPI_ROLE_RADIO_BUTTON,
                              jn_text (languages[i], "I agree"));
  press (play, ATSPI_ROLE_RADIO_BUTTON, "Signs in ink on the printed form");
}

static void
submit (VisitPlay *play)
{
  visit_next (play);
  wait_for (play, ATSPI_ROLE_HEADING, "Submitted");
  visit_picture (play, "receipt");
}

void
visit_submit (VisitPlay *play)
{
  wait_for (play, ATSPI_ROLE_HEADING, "Review");
  consent_and_sign (play);
  visit_picture (play, "review");
  submit (play);
}

void
visit_print_on_sheet (VisitPlay *play)
{
  g_autofree char *sheet
      = g_strdup_printf (visit_words (play, "Use: %s"), visit_words (play, "Sheet printer"));

  wait_for (play, ATSPI_ROLE_LABEL, "Printed.");
  jn_desk_driver_press (play->desk, ATSPI_ROLE_PUSH_BUTTON, sheet);
  wait_for (play, ATSPI_ROLE_LABEL, "Printed.");
}

void
visit_finish (VisitPlay *play)
{
  g_autofree char *best = g_strdup_printf ("*%s", visit_words (play, "Very good"));

  jn_desk_driver_press (play->desk, ATSPI_ROLE_PUSH_BUTTON, best);
  wait_for (play, ATSPI_ROLE_INVALID, "Thank you. The answer is kept.");
  visit_picture (play, "rated");
  visit_next (play);
  wait_for (play, ATSPI_ROLE_PUSH_BUTTON, "Call next");
}

/* ---- whole visits ---- */

void
visit_play_birth (VisitPlay *play)
{
  visit_call (play);
  visit_identify (play, "Mother", MOTHER);
  visit_scan_passport (play, "Father", PASSPORT_1, PASSPORT_2);
  visit_picture (play, "identify");
  if (play->pictures != NULL) /* the ticket's services are chosen: a clerk need not look */
    {
      jn_desk_driver_key (play->desk, "Alt+2");
      wait_for (play, ATSPI_ROLE_HEADING, "What happened?");
      visit_picture (play, "event");
    }
  visit_next (play);
  fill_birth_forms (play);
  visit_papers (play);
  visit_submit (play);
}

void
visit_play_certificate (VisitPlay *play, const char *number)
{
  g_autofree char *seen = g_strdup_printf ("*%s", visit_words (play, "original seen"));

  visit_call (play);
  visit_identify (play, "Applicant", number);
  visit_next (play);
  wait_question (play, "/data/certificate/items");
  visit_picture (play, "one-service");
  fill_form (play, "dsi", "dsi-personal-data-cert", certificate, G_N_ELEMENTS (certificate));
  jn_desk_driver_press_all (play->desk, ATSPI_ROLE_RADIO_BUTTON, seen);
  consent_and_sign (play);
  submit (play);
}

void
visit_begin_birth (VisitPlay *play)
{
  visit_call (play);
  visit_identify (play, "Mother", MOTHER);
  visit_next (play);
  wait_question (play, "/data/parents/declarant");
}

void
visit_continue (VisitPlay *play)
{
  press (play, ATSPI_ROLE_PUSH_BUTTON, "Continue the visit");
  wait_question (play, "/data/parents/declarant");
}
