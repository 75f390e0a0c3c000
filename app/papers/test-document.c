/* test-document.c: a printer's test page: width, cut, letters of three languages and a symbol. */
#include "app/papers/test-document.h"

#include <glib/gi18n.h>

#include "app/text.h"

static JnWords
say (const char *msgid)
{
  return jn_words (jn_text ("zh-Hant", msgid), jn_text ("pt", msgid));
}

/* What stands at both edges shows whether the head is as wide as the profile says. */
static void
add_edges (JnDocument *document)
{
  static const JnColumn columns[] = { { { NULL, NULL }, JN_ALIGN_START, TRUE },
                                      { { NULL, NULL }, JN_ALIGN_CENTRE, TRUE },
                                      { { NULL, NULL }, JN_ALIGN_END, FALSE } };
  const JnWords cells[] = { { "▌12345", NULL }, { "67890", NULL }, { "12345▐", NULL } };

  jn_document_add_table (document, columns, G_N_ELEMENTS (columns));
  jn_document_add_row (document, cells, FALSE);
}

JnDocument *
jn_test_document_new (const JnPrinterProfile *profile, const char *place)
{
  JnDocument *document = jn_document_new (JN_DOCUMENT_TEST, "zh-Hant", "pt");
  g_autofree char *feed = g_strdup_printf ("%.1f mm", profile->feed / JN_DOTS_PER_MM);
  g_autofree char *symbol = g_strdup_printf ("janela:test:%s", profile->queue);

  jn_document_add_masthead (document, jn_words ("Janela 一窗", NULL), jn_words (place, NULL));
  /* TRANSLATORS: the title of a printer's test page */
  jn_document_add_title (document, say (N_ ("Test page")));
  jn_document_add_field (document, say (N_ ("Printer")), jn_words (profile->queue, NULL));
  jn_document_add_field (document, say (N_ ("Paper")),
                                        jn_words (jn_paper_get_size (profile->paper)->name, NULL));
  if (profile->cut)
    jn_document_add_field (document, say (N_ ("Feed before the cut")), jn_words (feed, NULL));
  jn_document_add_rule (document);
  jn_document_add_paragraph (document, JN_PARAGRAPH_NORMAL,
                             say (N_ ("Both bars must stand whole at the edges:")));
  add_edges (document);
  jn_document_add_paragraph (
      document, JN_PARAGRAPH_NORMAL,
      jn_words ("陳大文 歐陽 㗎 𨋢 0123456789", "ÁÂÃÀÇÉÊÍÓÔÕÚÜ áâãàçéêíóôõúü"));
  jn_document_add_qr (document, symbol, jn_words (symbol, NULL));
  return document;
}
