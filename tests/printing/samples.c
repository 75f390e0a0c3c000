/* samples.c: papers with invented people, for tests, golden images and the bench. */
#include "tests/printing/samples.h"

#include <string.h>

#include "printing/seal.h"

#define W(first, second) jn_words (first, second)
#define ONE(text) jn_words (text, NULL)
#define NONE jn_words (NULL, NULL)

JnSealKey *
sample_key (void)
{
  const guint8 seed[32] = { 1, 2, 3, 4, 5, 6, 7, 8 };
  JnKeyId id = { 7, 12, 1 };

  return jn_seal_key_new_from_seed (id, seed);
}

JnKeyList *
sample_keys (void)
{
  g_autoptr(JnSealKey) key = sample_key ();
  JnKeyList *list = jn_key_list_new ();
  JnPublicKey entry = { .id = jn_seal_key_get_id (key),
                        .not_before = SAMPLE_TIME - 300 * 86400,
                        .not_after = SAMPLE_TIME + 65 * 86400 };

  memcpy (entry.key, jn_seal_key_get_public (key), sizeof entry.key);
  jn_key_list_add (list, &entry);
  return list;
}

const char *
sample_seal (void)
{
  static char *text;
  static const char *const numbers[] = { "DSAJ-26-0010", "DSI-26-00417", "FSS-26-00083", NULL };

  if (g_once_init_enter (&text))
    {
      g_autoptr(JnSealKey) key = sample_key ();
      g_autoptr(JnReceiptClaim) claim = jn_receipt_claim_new ("07-2026-0041287", 7, 12,
                                                               SAMPLE_TIME, numbers, 10500, 20790);

      g_once_init_leave (&text, jn_seal_receipt (key, claim, "janela.example"));
    }
  return text;
}

static JnDocument *
begin_receipt (const char *language, const char *second)
{
  return jn_document_new (JN_DOCUMENT_RECEIPT, language, second);
}

static void
add_birth_fees (JnDocument *document)
{
  const JnColumn columns[] = { { W ("服務", "Serviço"), JN_ALIGN_START, TRUE },
                               { W ("澳門元", "MOP"), JN_ALIGN_END, FALSE } };
  const JnWords rows[][2] = {
    { W ("出生登記聲明（法務局）", "Declaração de nascimento (DSAJ)"), W ("免費", "Gratuito") },
    { W ("首次申請居民身份證（身份證明局）",
         "Bilhete de identidade de residente, primeira emissão (DSI)"),
      ONE ("105.00") },
    { W ("出生津貼（社會保障基金）", "Subsídio de nascimento (FSS)"), W ("免費", "Gratuito") },
  };
  const JnWords total[] = { W ("合計（現金）", "Total (numerário)"), ONE ("105.00") };

  jn_document_add_heading (document, W ("服務及費用", "Serviços e taxas"));
  jn_document_add_table (document, columns, 2);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    jn_document_add_row (document, rows[i], FALSE);
  jn_document_add_row (document, total, TRUE);
}

JnDocument *
sample_receipt (void)
{
  JnDocument *document = begin_receipt ("zh-Hant", "pt");

  jn_document_add_masthead (document, W ("政府綜合服務中心", "Centro de Serviços da RAEM"),
                            W ("黑沙環分處　7 號櫃台", "Areia Preta · Balcão 7"));
  jn_document_add_title (document, W ("申請收據", "Recibo de pedido"));
  jn_document_add_number (document, W ("收據編號", "N.º do recibo"), "07-2026-0041287");
  jn_document_add_field (document, W ("日期", "Data"),
                         W ("2026年11月23日 14:05", "23/11/2026 14:05"));
  jn_document_add_field (document, W ("申請人", "Requerente"), ONE ("陳樣本 CHAN IEONG PUN"));
  jn_document_add_field (document, W ("證件", "Documento"), ONE ("BIR •••••67(8)"));
  jn_document_add_field (document, W ("子女", "Filho(a)"), ONE ("示範寶寶 DEMO BOU BOU"));
  add_birth_fees (document);
  jn_document_add_heading (document, W ("領取", "Levantamento"));
  jn_document_add_field (document, W ("領取日期", "A partir de"),
                         W ("2026年12月3日", "3 de dezembro de 2026"));
  jn_document_add_field (
      document, W ("地點", "Local"),
      W ("本中心任何櫃台，憑本收據及身份證明文件",
         "Qualquer balcão deste Centro, com este recibo e documento de identificação"));
  jn_document_add_paragraph (document, JN_PARAGRAPH_IMPORTANT,
                             W ("請於 2026年12月7日或之前補交父親護照副本。",
                                "Falta: cópia do passaporte do pai, até 7 de dezembro de 2026."));
  jn_document_add_qr (
      document, sample_seal (),
      W ("掃描以查詢進度及核實本收據", "Leia o código para consultar o estado e verificar"));
  jn_document_add_paragraph (
      document, JN_PARAGRAPH_SMALL,
      W ("本收據證明申請已獲接收，並不代表申請已獲批准。",
         "Este recibo comprova a entrega do pedido; não significa o seu deferimento."));
  jn_document_set_model (document, "JN-REC-01 · v1");
  return document;
}

JnDocument *
sample_receipt_en (void)
{
  JnDocument *document = begin_receipt ("pt", "en");
  const JnColumn columns[] = { { W ("Serviço", "Service"), JN_ALIGN_START, TRUE },
                               { W ("N.º", "No."), JN_ALIGN_START, FALSE },
                               { W ("MOP", NULL), JN_ALIGN_END, FALSE } };
  const JnWords row[] = { W ("Certificado de registo criminal", "Criminal record certificate"),
                          ONE ("DSI-26-00418"), ONE ("1,250.00") };
  const JnWords total[] = { W ("Total", NULL), NONE, ONE ("1,250.00") };

  jn_document_set_copy (document, 2);
  jn_document_add_masthead (document,
                            W ("Centro de Serviços da RAEM", "Government Services Centre"),
                            W ("Areia Preta · Balcão 12", NULL));
  jn_document_add_title (document, W ("Recibo de pedido", "Application receipt"));
  jn_document_add_number (document, W ("N.º do recibo", "Receipt no."), "07-2026-0041288");
  jn_document_add_field (
      document, W ("Requerente", "Applicant"),
      ONE ("Maria Exemplo da Conceição Fictícia de Albuquerque e Vasconcelos 𠮷𨭎欣"));
  jn_document_add_table (document, columns, 3);
  jn_document_add_row (document, row, FALSE);
  jn_document_add_row (document, total, TRUE);
  jn_document_add_qr (document, sample_seal (), W ("Verificar", "Verify"));
  jn_document_set_model (document, "JN-REC-01 · v1");
  return document;
}

static JnDocument *
sample_ticket (void)
{
  JnDocument *document = jn_document_new (JN_DOCUMENT_TICKET, "zh-Hant", "pt");

  jn_document_add_masthead (document, W ("政府綜合服務中心", "Centro de Serviços da RAEM"),
                            W ("黑沙環分處", "Areia Preta"));
  jn_document_add_number (document, W ("籌號", "Senha"), "B011");
  jn_document_add_field (document, W ("服務", "Serviço"), W ("子女出生", "Nascimento de um filho"));
  jn_document_add_field (document, W ("派籌時間", "Emitida às"),
                         W ("2026年11月23日 13:40", "23/11/2026 13:40"));
  jn_document_add_field (document, W ("預計等候", "Espera prevista"),
                         W ("15 至 25 分鐘", "15 a 25 minutos"));
  jn_document_add_qr (document, "https://janela.example/t/07-20261123-B011",
                      W ("在手機上查看輪候情況", "Acompanhe a fila no telemóvel"));
  return document;
}

static JnDocument *
sample_notice (void)
{
  JnDocument *document = jn_document_new (JN_DOCUMENT_NOTICE, "zh-Hant", "en");

  jn_document_add_masthead (document, W ("政府綜合服務中心", "Government Services Centre"),
                            W ("黑沙環分處　7 號櫃台", "Areia Preta · Counter 7"));
  jn_document_add_title (document, W ("一次性告知書", "One-time notice"));
  jn_document_add_field (document, W ("申請人", "Applicant"), ONE ("陳樣本 CHAN IEONG PUN"));
  jn_document_add_heading (document, W ("請帶備以下文件", "Please bring"));
  jn_document_add_item (document, JN_ITEM_TO_BRING, W ("父親護照", "Father's passport"),
                        W ("正本及副本", "original and copy"));
  jn_document_add_item (document, JN_ITEM_TO_BRING,
                        W ("由醫院發出之出生證明", "Birth statement issued by the hospital"), NONE);
  jn_document_add_item (document, JN_ITEM_DONE, W ("母親居民身份證", "Mother's identity card"),
                        W ("本局已存有，毋須提交", "held already, need not be brought"));
  jn_document_add_paragraph (document, JN_PARAGRAPH_NORMAL,
                             W ("憑此告知書於今日內返回，毋須重新輪候。",
                                "Come back today with this notice: no new ticket is needed."));
  jn_document_add_signature (document, W ("經辦人員", "Officer"), NULL, NULL);
  jn_document_set_model (document, "JN-NOT-01 · v1");
  return document;
}

static JnDocument *
sample_application (void)
{
  JnDocument *document = jn_document_new (JN_DOCUMENT_APPLICATION, "zh-Hant", "pt");

  jn_document_add_masthead (document, W ("身份證明局", "Direcção dos Serviços de Identificação"),
                            NONE);
  jn_document_add_title (document,
                         W ("首次申請居民身份證", "Pedido de bilhete de identidade de residente"));
  jn_document_add_heading (document, W ("申請人資料", "Dados do requerente"));
  for (guint i = 0; i < 24; i++)
    {
      jn_document_add_field (document, W ("姓名", "Nome"), ONE ("示範寶寶 DEMO BOU BOU"));
      jn_document_add_field (document, W ("出生日期", "Data de nascimento"),
                             W ("2026年11月20日", "20 de novembro de 2026"));
    }
  jn_document_add_field (document, W ("備註", "Observações"), NONE);
  jn_document_add_heading (document, W ("聲明", "Declaração"));
  jn_document_add_paragraph (
      document, JN_PARAGRAPH_NORMAL,
      W ("本人聲明以上資料均屬真確，並知悉虛假聲明之法律後果 <b>&amp;</b>。",
         "Declaro que as informações prestadas são verdadeiras e que conheço as "
         "consequências legais das falsas declarações <b>&amp;</b>."));
  jn_document_add_signature (document, W ("申請人簽名", "Assinatura do requerente"),
                             "陳樣本 CHAN IEONG PUN", NULL);
  jn_document_set_model (document, "DSI-BIR-01 · v3 · 2026-11-01");
  return document;
}

static JnDocument *
sample_cash (void)
{
  JnDocument *document = jn_document_new (JN_DOCUMENT_CASH_REPORT, "pt", "zh-Hant");
  const JnColumn columns[] = { { W ("Recibo", "收據"), JN_ALIGN_START, FALSE },
                               { W ("Serviço", "服務"), JN_ALIGN_START, TRUE },
                               { W ("Modo", "方式"), JN_ALIGN_START, FALSE },
                               { W ("MOP", NULL), JN_ALIGN_END, FALSE } };
  const JnWords rows[][4] = {
    { ONE ("0041287"), W ("Bilhete de identidade de residente", "居民身份證"),
      W ("Numerário", "現金"), ONE ("105.00") },
    { ONE ("0041288"), W ("Certificado de registo criminal", "刑事紀錄證明書"),
      W ("Cartão", "銀行卡"), ONE ("1,250.00") },
    { ONE ("0041290"), W ("Certidão de nascimento, por reprodução integral", "出生證明"),
      W ("Numerário", "現金"), ONE ("−25.00") },
  };
  const JnWords total[] = { NONE, W ("Total", "合計"), NONE, ONE ("1,330.00") };

  jn_document_add_masthead (document, W ("Centro de Serviços da RAEM", "政府綜合服務中心"),
                            W ("Areia Preta · Balcão 7", "黑沙環分處　7 號櫃台"));
  jn_document_add_title (document, W ("Mapa de caixa", "收款日報"));
  jn_document_add_field (document, W ("Dia", "日期"),
                         W ("23 de novembro de 2026", "2026年11月23日"));
  jn_document_add_table (document, columns, 4);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    jn_document_add_row (document, rows[i], FALSE);
  jn_document_add_row (document, total, TRUE);
  jn_document_add_signature (document, W ("Conferido por", "覆核"), NULL, NULL);
  jn_document_set_model (document, "JN-CX-01 · v1");
  return document;
}

const Sample samples[] = {
  { "cash", sample_cash },     { "receipt", sample_receipt }, { "receipt-copy", sample_receipt_en },
  { "ticket", sample_ticket }, { "notice", sample_notice },   { "application", sample_application },
};
const guint n_samples = G_N_ELEMENTS (samples);
