/* print-words.h: prints and printers in the words of the clerk's language, and a picture of what to do. */
#pragma once

#include "app/prints.h"

G_BEGIN_DECLS

/* (transfer full): one reason a line, with what to do; "" for none */
char *jn_words_printer (JnPrinterReasons reasons);
/* (nullable): the icon of the reason that is to be mended first; %NULL for none */
const char *jn_picture_printer (JnPrinterReasons reasons);

const char *jn_words_print_step (JnPrintStep step);
/* (transfer full): what is in the way, or why it was not sent, with what to do; "": nothing */
char *jn_words_print_advice (JnPrint *print);
const char *jn_picture_print (JnPrint *print);
/* (transfer full): "Receipt 07-2026-0000001", with "copy 2" where it is one */
char *jn_words_print_title (JnPrint *print);

const char *jn_words_paper_kind (const char *kind); /* of a JnPrintOrder */
const char *jn_words_use (const char *use);         /* "receipt" → "Receipt printer" */
const char *jn_words_printer_kind (JnPrinterKind kind);
const char *jn_words_paper_size (JnPaper paper);
const char *jn_words_printer_state (const JnPrinter *printer);
/* (nullable): why this queue and its profile do not go together, with what to do; %NULL: they do */
const char *jn_words_fit (JnPrinterFit fit);
/* What the reconciliation found: "never-printed" … */
const char *jn_words_mismatch (const char *what);

G_END_DECLS
