/* test-papers.c: each paper of the desk, made from what the desk holds: as it was approved, in three languages. */
#include <string.h>
#include "app/dict.h"
#include "app/papers/application-document.h"
#include "app/papers/delivery-document.h"
#include "app/papers/handover-document.h"
#include "app/papers/notice-document.h"
#include "app/papers/receipt-document.h"
#include "app/papers/report-document.h"
#include "app/papers/appointment-document.h"
#include "app/papers/return-document.h"
#include "app/papers/ticket-document.h"
#include "app/receipt-private.h"
#include "printing/layout.h"
#include "tests/app/birth.h"
#include "tests/printing/picture.h"

#define TIME G_GINT64_CONSTANT (1795413900) /* 2026-11-23 14:05 in Macau */
#define ID "0190aaaa-0000-7000-8000-000000000001"

static GVariant *
ticket_answer (const char *event, const char *const *services, const char *language)
{
  return jn_dict_new ("id", "s", ID, "number", "s", "B011", "state", "s", "waiting", "event", "s",
                      event, "services", "^as", services, "priority", "s", "disability", "language",
                      "s", language, "arrived", "s", "2026-11-23T13:40:00+08:00", "note", "s",
                      "walks with a stick", NULL);
}

static JnDocument *
make_ticket (Desk *desk, const char *language)
{
  static const char *const services[] = { "dsaj-birth-reg", "dsi-bir-first", NULL };
  static const JnTicketLine line = { 6, 15, 25 };
  g_autoptr (JnTicket) ticket = jn_ticket_new (ticket_answer ("birth", services, language));

  return jn_ticket_document_new (ticket, desk->session, &line, 0);
}

static JnDocument *
make_return (Desk *desk, const char *language)
{
  static const char *const services[] = { "dsaj-birth-reg", NULL };
  static const char *const missing[] = { "Certidão de casamento", "Carta do banco", NULL };
  g_autoptr (JnTicket) ticket = jn_ticket_new (jn_dict_new (
      "id", "s", ID, "number", "s", "B011", "leg", "i", 2, "state", "s", "expected", "event", "s",
      "birth", "services", "^as", services, "language", "s", language, "missing", "^as", missing,
      "expected_until", "s", "2026-11-23T18:00:00+08:00", "note", "s", "walks with a stick", NULL));

  return jn_return_document_new (ticket, desk->session, 0);
}

static JnDocument *
make_appointment (Desk *desk, const char *language)
{
  g_autoptr (GVariant) answer = g_variant_ref_sink (jn_dict_new (
      "code", "s", "K7QM-2XFP", "at", "s", "2026-11-26T10:30:00+08:00", "from", "s",
      "2026-11-26T10:00:00+08:00", "until", "s", "2026-11-26T10:45:00+08:00", "event", "s", "birth",
      "language", "s", language, "state", "s", "booked", "contact", "s", "6612 0000", NULL));
  g_autoptr (JnAppointment) appointment = jn_appointment_new (answer);

  return jn_appointment_document_new (appointment, desk->session, 0);
}

static JnDocument *
make_ticket_of_services (Desk *desk, const char *language)
{
  static const char *const services[]
      = { "dsaj-birth-reg",     "dsi-bir-first",          "fss-birth-allowance",
          "dsi-passport-child", "dsi-personal-data-cert", NULL };
  static const JnTicketLine line = { 0, 0, 4 };
  g_autoptr (JnTicket) ticket = jn_ticket_new (ticket_answer (NULL, services, language));

  return jn_ticket_document_new (ticket, desk->session, &line, 1);
}

/* -- papers of a visit: the birth of a child, with what a father from abroad has to bring --------------- */

static JnVisit *
open_visit (Desk *desk, const char *language)
{
  JnVisit *visit = desk_open_visit (desk);

  jn_visit_set_language (visit, language);
  birth_identify (visit);
  desk_start_forms (visit);
  birth_answer (visit);
  desk_set (visit, REG, "/data/child/birth_date", "2025-11-14"); /* the same whenever this runs */
  return visit;
}

static JnDocument *
make_notice (Desk *desk, const char *language)
{
  g_autoptr (JnVisit) visit = open_visit (desk, language);
  GListModel *papers = jn_visit_get_papers (visit);
  g_autoptr (JnVisitPaper) first = g_list_model_get_item (papers, 0);

  jn_visit_set_paper (visit, jn_visit_paper_get_code (first), JN_PAPER_PRESENTED, NULL);
  return jn_notice_document_new (visit, TIME, 0);
}

static JnDocument *
make_refusal (Desk *desk, const char *language)
{
  g_autoptr (JnVisit) visit = open_visit (desk, language);
  const JnRefusal refusal = {
    FSS,
    jn_words (
        "Nenhum dos pais é beneficiário do Fundo de Segurança Social há pelo menos três meses.",
        "父母均非社會保障基金受益人，或供款未滿三個月。"),
    jn_words ("Lei n.º 4/2010, artigo 45.º", "第4/2010號法律第四十五條"),
    jn_words ("Pode pedir o subsídio assim que um dos pais complete três meses de contribuições.",
              "父母任何一方供款滿三個月後可再申請。")
  };

  return jn_refusal_document_new (visit, &refusal, TIME, 0);
}

static JnDocument *
make_application (Desk *desk, const char *language)
{
  g_autoptr (JnVisit) visit = open_visit (desk, language);

  desk_settle (visit);
  return jn_application_document_new (visit, jn_visit_get_application (visit, REG), TIME, 0);
}

/* -- the receipt ------------------------------------------------------------------------------------- */

static GVariant *
receipt_line (const char *number, const char *service, const char *department, const char *due)
{
  GVariant *pledge = jn_dict_new ("working_days", "i", 5, "due", "s", due, NULL);

  return jn_dict_new ("no", "s", number, "service", "s", service, "department", "s", department,
                      "state", "s", due != NULL ? "submitted" : "waiting", "pledge", "@a{sv}",
                      pledge, "fee", "i", 0, NULL);
}

static JnDocument *
make_receipt (Desk *desk, const char *language)
{
  static const char *const numbers[]
      = { "07-2026-0041287-1", "07-2026-0041287-2", "07-2026-0041287-3", NULL };
  GVariant *lines[] = { receipt_line (numbers[0], REG, "dsaj", "2026-11-30"),
                        receipt_line (numbers[1], BIR, "dsi", NULL),
                        receipt_line (numbers[2], FSS, "fss", "2027-01-04") };
  g_autoptr (JnReceipt) receipt = jn_receipt_new (
      desk->session,
      jn_dict_new ("id", "s", ID, "no", "s", "07-2026-0041287", "time", "s",
                   "2026-11-23T14:05:00+08:00", "branch", "s", "07", "counter", "i", 7, "fee", "i",
                   10500, "applications", "^as", numbers, "pick_up", "s", "2026-12-03", "seal", "s",
                   "https://janela.example/r#hEqiAScERQAHAAcBoFhRhzA3LTIwMjYtMDA0MTI4N2hBBwdqN7aM",
                   NULL),
      jn_list_new (lines, G_N_ELEMENTS (lines)), language);

  return jn_receipt_document_new (receipt, desk->session, 0);
}

/* A visit of nine services, taken while the line was down, the second copy of its receipt; fees are confirmed. */
static JnDocument *
make_receipt_of_many (Desk *desk, const char *language)
{
  static const char *const services[][2] = { { REG, "dsaj" },
                                             { BIR, "dsi" },
                                             { FSS, "fss" },
                                             { "dsi-passport-child", "dsi" },
                                             { "dsi-personal-data-cert", "dsi" } };
  GVariant *lines[9], *fees[5];
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JnReceipt) receipt = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *const *service = services[i % 5];

      g_ptr_array_add (numbers, g_strdup_printf ("07-T07-000031-%u", i + 1));
      lines[i]
          = jn_dict_new ("no", "s", numbers->pdata[i], "service", "s", service[0], "department",
                         "s", service[1], "fee", "i", i % 5 == 3 ? 43000 : 0, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fees); i++)
    fees[i] = jn_dict_new ("service", "s", services[i][0], "code", "s", "fee", "amount", "i", 0,
                           "confirmed", "b", TRUE, NULL);
  g_ptr_array_add (numbers, NULL);
  receipt = jn_receipt_new (
      desk->session,
      jn_dict_new ("id", "s", ID, "no", "s", "07-T07-000031", "time", "s",
                   "2026-11-23T14:05:00+08:00", "branch", "s", "07", "counter", "i", 7, "fee", "i",
                   86000, "fees", "@av", jn_list_new (fees, G_N_ELEMENTS (fees)), "applications",
                   "^as", numbers->pdata, "pick_up", "s", "2026-12-03", "offline", "b", TRUE, NULL),
      jn_list_new (lines, G_N_ELEMENTS (lines)), language);
  return jn_receipt_document_new (receipt, desk->session, 2);
}

/* -- papers of the office -------------------------------------------------------------------------------- */

static JnDocument *
make_delivery (Desk *desk, const char *language)
{
  g_autoptr (GVariant) card = g_variant_ref_sink (
      jn_dict_new ("zh_Hant", "s", "居民身份證", "pt", "s", "Bilhete de Identidade de Residente",
                   "en", "s", "Resident identity card", NULL));
  const JnDeliveredResult results[] = { { "07-2026-0041287-2", BIR, card, "1600001(2)" },
                                        { "07-2026-0041287-1", REG, NULL, NULL } };
  const JnDelivery delivery = { language,
                                "07-2026-0041287",
                                "CHAN Siu Mei 陳小美",
                                "1234567(8)",
                                "SAMPLE Lok 陳樂",
                                TIME,
                                results,
                                2,
                                NULL };

  return jn_delivery_document_new (&delivery, desk->session, 0);
}

static JnDocument *
make_handover (Desk *desk, const char *language)
{
  const JnHandoverLine lines[] = { { "07-2026-0041287-1", REG, 4 },
                                   { "07-2026-0041291-1", "dsaj-birth-reg", 2 },
                                   { "07-2026-0041303-2", "dsaj-birth-reg", 11 } };
  const JnHandover handover
      = { language, "07-E-000118",        "dsaj", "何嘉欣 HO Ka Ian", NULL, TIME,
          lines,    G_N_ELEMENTS (lines), NULL };

  return jn_handover_document_new (&handover, desk->session, 0);
}

static JnDocument *
make_report (Desk *desk, const char *language)
{
  const JnReportLine tickets[]
      = { { jn_words ("服務完成", "Atendidas"), 1184, JN_REPORT_NOTHING, JN_REPORT_NOTHING },
          { jn_words ("未到", "Não compareceram"), 23, JN_REPORT_NOTHING, JN_REPORT_NOTHING },
          { jn_words ("中途離開", "Desistiram"), 9, JN_REPORT_NOTHING, JN_REPORT_NOTHING } };
  const JnReportLine money[]
      = { { jn_words ("現金", "Numerário"), 212, JN_REPORT_NOTHING, 2104500 },
          { jn_words ("銀行卡", "Cartão"), 87, JN_REPORT_NOTHING, 1030050 },
          { jn_words ("退款", "Restituições"), 2, JN_REPORT_NOTHING, -18000 } };
  const JnReportSection sections[]
      = { { jn_words ("籌號", "Senhas"), { NULL, NULL }, tickets, G_N_ELEMENTS (tickets), TRUE },
          { jn_words ("收費", "Taxas"), { NULL, NULL }, money, G_N_ELEMENTS (money), TRUE } };
  const JnReport report
      = { language, "2026-11-23", 7, TIME, sections, G_N_ELEMENTS (sections), 2104500, 2102000 };

  return jn_report_document_new (&report, desk->session, 0);
}

typedef struct
{
  const char *name;
  JnDocument *(*make) (Desk *desk, const char *language);
  const char *papers; /* by name, separated by blanks */
} Kind;

static const Kind kinds[] = {
  { "ticket", make_ticket, "roll-80 roll-58" },
  { "ticket-services", make_ticket_of_services, "roll-80 roll-58" },
  { "return", make_return, "roll-80 roll-58" },
  { "appointment", make_appointment, "roll-80 roll-58" },
  { "receipt", make_receipt, "roll-80 roll-58 a5 a4" },
  { "receipt-many", make_receipt_of_many, "roll-58 a5" },
  { "notice", make_notice, "roll-80 roll-58 a4" },
  { "refusal", make_refusal, "a4 roll-58" },
  { "application", make_application, "a4" },
  { "delivery", make_delivery, "roll-80 roll-58 a5" },
  { "handover", make_handover, "a4 roll-80 roll-58" },
  { "report", make_report, "a4 roll-80 roll-58" },
};

typedef struct
{
  const Kind *kind;
  const char *language;
} Case;

static void
check_paper (const Case *c, JnDocument *document, JnPaper paper)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JnLayout) layout = jn_layout_new (document, paper, &error);
  g_autofree char *lost = NULL;

  g_assert_no_error (error);
  lost = g_strdup_printf ("%s-%s-%s-%u", c->kind->name, jn_paper_get_size (paper)->name,
                          c->language, jn_layout_get_n_pages (layout) + 1);
  assert_no_golden (lost);
  for (guint page = 0; page < jn_layout_get_n_pages (layout); page++)
    {
      g_autoptr (JnRaster) raster = jn_raster_new_from_page (layout, page, &error);
      g_autofree char *name = g_strdup_printf (
          "%s-%s-%s-%u", c->kind->name, jn_paper_get_size (paper)->name, c->language, page + 1);

      g_assert_no_error (error);
      assert_like_golden (raster, name);
    }
}

static void
test_golden (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnDocument) document = c->kind->make (desk, c->language);
  g_auto (GStrv) papers = g_strsplit (c->kind->papers, " ", -1);

  g_assert_cmpstr (jn_document_get_language (document), ==, c->language);
  for (guint i = 0; papers[i] != NULL; i++)
    {
      JnPaper paper;

      g_assert_true (jn_paper_from_name (papers[i], &paper));
      check_paper (c, document, paper);
    }
}

/* The slip finds its ticket again, and does not say why it goes first. */
static void
test_ticket (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnDocument) document = make_ticket (desk, "en");
  g_autoptr (JnLayout) layout = jn_layout_new (document, JN_PAPER_ROLL_58, NULL);
  g_autoptr (JnRaster) raster = jn_raster_new_from_page (layout, 0, NULL);
  g_autofree char *json = jn_document_to_json (document);
  g_autofree char *symbol = read_symbol_of_raster (raster);

  g_assert_cmpstr (symbol, ==, "janela:ticket:B011:" ID);
  g_assert_nonnull (strstr (json, "15 to 25 minutes"));
  g_assert_null (strstr (json, "isab"));
  g_assert_null (strstr (json, "stick"));
}

/* Who was sent for a paper comes back by the same number: read by zbar from the raster, in his language. */
static void
test_return (void)
{
  static const char *const words[][3] = { { "pt", "Traga consigo", "23/11/2026 18:00" },
                                          { "zh-Hant", "請帶同", "18:00" },
                                          { "en", "Bring with you", "23/11/2026 18:00" } };
  g_autoptr (Desk) desk = desk_new ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (JnDocument) document = make_return (desk, words[i][0]);
      g_autoptr (JnLayout) layout = jn_layout_new (document, JN_PAPER_ROLL_80, NULL);
      g_autoptr (JnRaster) raster = jn_raster_new_from_page (layout, 0, NULL);
      g_autofree char *symbol = read_symbol_of_raster (raster);
      g_autofree char *json = jn_document_to_json (document);

      g_assert_cmpstr (symbol, ==, "janela:ticket:B011:" ID);
      for (guint j = 1; j < 3; j++)
        if (strstr (json, words[i][j]) == NULL)
          g_error ("\"%s\" does not stand on the slip: %s", words[i][j], json);
      g_assert_nonnull (strstr (json, "Carta do banco"));
      g_assert_null (strstr (json, "stick"));
    }
}

static gboolean
says (JnDocument *document, const char *text)
{
  g_autofree char *json = jn_document_to_json (document);

  return strstr (json, text) != NULL;
}

/* What the citizen chose stands on it where the service cannot be given now. */
static void
test_ticket_choice (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GVariant) leaves = g_variant_ref_sink (
      jn_dict_new ("number", "s", "B011", "id", "s", ID, "language", "s", "en", "state", "s",
                   "waiting", "channel", "s", "clerk", "leave_papers", "b", TRUE, NULL));
  g_autoptr (GVariant) called = g_variant_ref_sink (
      jn_dict_new ("number", "s", "B011", "id", "s", ID, "language", "s", "en", "state", "s",
                   "waiting", "channel", "s", "phone", NULL));
  g_autoptr (JnTicket) papers = jn_ticket_new (leaves);
  g_autoptr (JnTicket) phone = jn_ticket_new (called);
  g_autoptr (JnDocument) one = jn_ticket_document_new (papers, desk->session, NULL, 0);
  g_autoptr (JnDocument) other = jn_ticket_document_new (phone, desk->session, NULL, 0);
  g_autoptr (JnDocument) usual = make_ticket (desk, "en");

  g_assert_true (says (one, "called to leave your papers"));
  g_assert_true (says (other, "We will call you back"));
  g_assert_false (says (usual, "cannot be done now"));
}

/* The slip of an appointment is read at check-in; the telephone number does not stand on it. */
static void
test_appointment (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnDocument) document = make_appointment (desk, "en");
  g_autoptr (JnLayout) layout = jn_layout_new (document, JN_PAPER_ROLL_58, NULL);
  g_autoptr (JnRaster) raster = jn_raster_new_from_page (layout, 0, NULL);
  g_autofree char *symbol = read_symbol_of_raster (raster);

  g_assert_cmpstr (symbol, ==, "janela:appointment:K7QM-2XFP");
  g_assert_true (says (document, "10:00 – 10:45"));
  g_assert_false (says (document, "6612"));
}

/* In the citizen's language though the clerk works in English; no full identity number. */
static void
test_notice (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnDocument) notice = make_notice (desk, "pt");

  g_assert_true (says (notice, "Comprovativo da conta bancária"));
  g_assert_true (says (notice, "銀行戶口證明"));
  g_assert_false (says (notice, "Proof of"));
  g_assert_true (says (notice, "Esta lista está completa"));
  g_assert_true (says (notice, "janela:ticket:B011:"));
  g_assert_false (says (notice, "1234567"));
}

/* Nothing is asked for where everything is there. */
static void
test_notice_without_gaps (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = open_visit (desk, "en");
  g_autoptr (JnDocument) notice = NULL;

  desk_settle (visit);
  notice = jn_notice_document_new (visit, TIME, 0);
  g_assert_true (says (notice, "Nothing is missing."));
  g_assert_false (says (notice, "This list is complete"));
}

static JnDocument *
sign_application (Desk *desk, JnSignatureMethod method)
{
  g_autoptr (JnVisit) visit = open_visit (desk, "en");

  jn_visit_sign (visit, NULL, method, NULL);
  return jn_application_document_new (visit, jn_visit_get_application (visit, REG), TIME, 0);
}

/* The form's model and version are on it; who cannot sign has two witnesses. */
static void
test_application (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnDocument) own = sign_application (desk, JN_SIGNATURE_INK);
  g_autoptr (JnDocument) other = sign_application (desk, JN_SIGNATURE_BY_OTHER);

  g_assert_true (says (own, "\"model\":\"DSAJ-BIRTH-REG · v"));
  g_assert_true (says (own, "Applicant's signature"));
  g_assert_true (says (own, "I declare that what I have stated is true"));
  g_assert_false (says (own, "witness"));
  g_assert_true (says (other, "First witness"));
  g_assert_true (says (other, "Second witness"));
}

/* Sums are worked out here, from whole avos; a till that nobody counted has a line to write on. */
static void
test_report (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnDocument) report = make_report (desk, "zh-Hant");
  const JnReport open = { "zh-Hant", "2026-11-23", 7, TIME, NULL, 0, 100, JN_REPORT_NOTHING };
  const JnReport without
      = { "zh-Hant", "2026-11-23", 0, TIME, NULL, 0, JN_REPORT_NOTHING, JN_REPORT_NOTHING };
  g_autoptr (JnDocument) uncounted = jn_report_document_new (&open, desk->session, 0);
  g_autoptr (JnDocument) counts = jn_report_document_new (&without, desk->session, 0);

  g_assert_true (says (report, "1,216"));
  g_assert_true (says (report, "31,165.50"));
  g_assert_true (says (report, "−25.00"));
  g_assert_true (says (uncounted, "點算"));
  g_assert_false (says (uncounted, "差額"));
  g_assert_false (says (counts, "錢箱"));
}

static void
test_delivery (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnDocument) delivery = make_delivery (desk, "en");

  g_assert_true (says (delivery, "Resident identity card · 1600001(2) · 07-2026-0041287-2"));
  g_assert_false (says (delivery, "1234567"));
}

static void
add_golden (const Kind *kind, const char *language)
{
  Case *c = g_new0 (Case, 1);
  g_autofree char *path = g_strdup_printf ("/app/papers/golden/%s/%s", kind->name, language);

  c->kind = kind;
  c->language = language;
  g_test_add_data_func_full (path, c, test_golden, g_free);
}

int
main (int argc, char **argv)
{
  static const char *const languages[] = { "zh-Hant", "pt", "en" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint j = 0; j < G_N_ELEMENTS (languages); j++)
      add_golden (&kinds[i], languages[j]);
  g_test_add_func ("/app/papers/ticket", test_ticket);
  g_test_add_func ("/app/papers/return-slip", test_return);
  g_test_add_func ("/app/papers/ticket-choice", test_ticket_choice);
  g_test_add_func ("/app/papers/appointment", test_appointment);
  g_test_add_func ("/app/papers/notice", test_notice);
  g_test_add_func ("/app/papers/notice-without-gaps", test_notice_without_gaps);
  g_test_add_func ("/app/papers/application", test_application);
  g_test_add_func ("/app/papers/report", test_report);
  g_test_add_func ("/app/papers/delivery", test_delivery);
  return g_test_run ();
}
