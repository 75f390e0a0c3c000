/* print-words.c: prints and printers in words, and a picture of what to do. */
#include "ui/print-words.h"

#include <glib/gi18n.h>

#include "ui/words.h"

#define PICTURE(name) "jn-print-" name "-symbolic"

/* -- reasons: in the order in which they are to be mended -- */

/* clang-format off */
static const struct
{
  JnPrinterReasons reason;
  const char *picture;
  const char *words;
} reasons_words[] = {
  { JN_PRINTER_REASON_OFFLINE, PICTURE ("offline"), N_("The printer does not answer. Switch it on and look at its cable.") },
  { JN_PRINTER_REASON_COVER_OPEN, PICTURE ("cover-open"), N_("The cover is open. Close it until it clicks.") },
  { JN_PRINTER_REASON_MEDIA_JAM, PICTURE ("media-jam"), N_("The paper is stuck. Open the cover and take it out.") },
  { JN_PRINTER_REASON_MEDIA_EMPTY, PICTURE ("media-empty"), N_("The paper is used up. Put in new paper; printing then goes on by itself.") },
  { JN_PRINTER_REASON_STOPPED, PICTURE ("stopped"), N_("The printer is paused at the print server. Ask the help desk to start it, or use another printer.") },
  { JN_PRINTER_REASON_NOT_ACCEPTING, PICTURE ("not-accepting"), N_("The print server takes no pages for this printer now. Use another printer, and tell the help desk.") },
  { JN_PRINTER_REASON_HELD, PICTURE ("held"), N_("The page is held at the print server. Cancel it and print again, or use another printer.") },
  { JN_PRINTER_REASON_REFUSED, PICTURE ("refused"), N_("The printer refused the page. Use another printer, and tell the help desk.") },
  { JN_PRINTER_REASON_SUPPLY, PICTURE ("supply"), N_("Toner or ribbon is nearly used up. Have it changed.") },
  { JN_PRINTER_REASON_MEDIA_LOW, PICTURE ("media-low"), N_("The paper is nearly used up. Have a new roll at hand.") },
  { JN_PRINTER_REASON_SLOW, PICTURE ("slow"), N_("It takes longer than usual. Wait, or use another printer.") },
  { JN_PRINTER_REASON_OTHER, PICTURE ("other"), N_("The printer reports a fault. Look at its display.") },
};
/* clang-format on */

char *
jn_words_printer (JnPrinterReasons reasons)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (reasons_words); i++)
    if (reasons & reasons_words[i].reason)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", _ (reasons_words[i].words));
  return g_string_free (text, FALSE);
}

const char *
jn_picture_printer (JnPrinterReasons reasons)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons_words); i++)
    if (reasons & reasons_words[i].reason)
      return reasons_words[i].picture;
  return NULL;
}

/* -- prints -- */

const char *
jn_words_print_step (JnPrintStep step)
{
  switch (step)
    {
    case JN_PRINT_STEP_NONE:
      return _("Not printed yet.");
    case JN_PRINT_STEP_SENDING:
      return _("Sending to the printer …");
    case JN_PRINT_STEP_PRINTING:
      return _("Printing …");
    case JN_PRINT_STEP_PRINTED:
      return _("Printed.");
    case JN_PRINT_STEP_FAILED:
      return _("It was not printed.");
    case JN_PRINT_STEP_CANCELLED:
      return _("Printing was cancelled.");
    case JN_PRINT_STEP_UNCONFIRMED:
      return _("Nobody knows whether it was printed.");
    }
  g_return_val_if_reached ("");
}

char *
jn_words_print_advice (JnPrint *print)
{
  const GError *error = jn_print_get_error (print);

  if (error != NULL && !g_error_matches (error, JN_PRINT_ERROR, JN_PRINT_ERROR_UNKNOWN))
    return jn_words_error (error);
  return jn_words_printer (jn_print_get_reasons (print));
}

static const char *
picture_of_error (const GError *error)
{
  if (g_error_matches (error, JN_PRINT_ERROR, JN_PRINT_ERROR_REJECTED))
    return PICTURE ("not-accepting");
  if (g_error_matches (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE))
    return PICTURE ("offline");
  return PICTURE ("failed");
}

const char *
jn_picture_print (JnPrint *print)
{
  const char *reason = jn_picture_printer (jn_print_get_reasons (print));

  switch (jn_print_get_step (print))
    {
    case JN_PRINT_STEP_PRINTED:
      return PICTURE ("printed");
    case JN_PRINT_STEP_UNCONFIRMED:
      return PICTURE ("unconfirmed");
    case JN_PRINT_STEP_FAILED:
      if (jn_print_get_error (print) != NULL)
        return picture_of_error (jn_print_get_error (print));
      return reason != NULL ? reason : PICTURE ("failed");
    case JN_PRINT_STEP_CANCELLED:
      return PICTURE ("failed");
    case JN_PRINT_STEP_NONE:
    case JN_PRINT_STEP_SENDING:
    case JN_PRINT_STEP_PRINTING:
      return reason != NULL ? reason : PICTURE ("printing");
    }
  g_return_val_if_reached (NULL);
}

char *
jn_words_print_title (JnPrint *print)
{
  const JnPrintOrder *order = jn_print_get_order (print);
  guint copy = jn_print_get_copy (print);
  GString *text = g_string_new (jn_words_paper_kind (order->kind));

  if (*order->title != '\0')
    g_string_append_printf (text, " %s", order->title);
  if (copy > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("copy %u"), copy);
    }
  return g_string_free (text, FALSE);
}

/* -- names -- */

typedef struct
{
  const char *name;
  const char *words;
} Word;

static const char *
look_up (const Word *words, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (words[i].name, name) == 0)
      return _ (words[i].words);
  return name;
}

const char *
jn_words_paper_kind (const char *kind)
{
  /* clang-format off */
  static const Word kinds[] = {
    { "ticket", N_("Ticket") },
    { "appointment", N_("Appointment") },
    { "receipt", N_("Receipt") },
    { "notice", N_("One-time notice") },
    { "not-accepted", N_("Notice: not accepted") },
    { "delivery", N_("Delivery receipt") },
    { "application", N_("Application form") },
    { "hand-over", N_("Hand-over slip") },
    { "report", N_("Report") },
    { "test", N_("Test page") },
  };
  /* clang-format on */

  return look_up (kinds, G_N_ELEMENTS (kinds), kind);
}

const char *
jn_words_use (const char *use)
{
  /* clang-format off */
  static const Word uses[] = {
    { "receipt", N_("Receipt printer") },
    { "ticket", N_("Ticket printer") },
    { "form", N_("Sheet printer") },
    { "report", N_("Report printer") },
  };
  /* clang-format on */

  return look_up (uses, G_N_ELEMENTS (uses), use);
}

const char *
jn_words_printer_kind (JnPrinterKind kind)
{
  switch (kind)
    {
    case JN_PRINTER_ESCPOS:
      return _("Thermal, raw queue (ESC/POS)");
    case JN_PRINTER_PWG:
      return _("Thermal, driverless (PWG raster)");
    case JN_PRINTER_PDF:
      return _("Sheets (PDF)");
    }
  g_return_val_if_reached ("");
}

const char *
jn_words_paper_size (JnPaper paper)
{
  switch (paper)
    {
    case JN_PAPER_ROLL_80:
      return _("Roll, 80 mm (576 dots)");
    case JN_PAPER_ROLL_58:
      return _("Roll, 58 mm (384 dots)");
    case JN_PAPER_A5:
      return _("Sheet, A5");
    case JN_PAPER_A4:
      return _("Sheet, A4");
    }
  g_return_val_if_reached ("");
}

const char *
jn_words_printer_state (const JnPrinter *printer)
{
  switch (printer->state)
    {
    case JN_PRINTER_IDLE:
      return printer->accepting ? _("Ready") : _("Takes no pages");
    case JN_PRINTER_PROCESSING:
      return C_ ("printer", "Printing");
    case JN_PRINTER_STOPPED:
      return _("Stopped");
    }
  g_return_val_if_reached ("");
}

const char *
jn_words_fit (JnPrinterFit fit)
{
  switch (fit)
    {
    case JN_PRINTER_FITS:
      return NULL;
    case JN_PRINTER_MISSING:
      return _("The print server does not know this printer. Choose another, or tell the help desk.");
    case JN_PRINTER_IS_RAW:
      return _("This queue is raw: it was set up while its printer was off. Have it set up again, or "
               "choose ESC/POS.");
    case JN_PRINTER_HAS_DRIVER:
      return _("This queue has a driver and would print gibberish. Choose PDF or PWG raster, or a raw "
               "queue.");
    case JN_PRINTER_LACKS_FORMAT:
      return _("This printer does not take this kind of page. Choose another kind.");
    case JN_PRINTER_IS_ANOTHER:
      return _("Another printer stands behind this queue than when it was set up. Print a test page and "
               "save again.");
    }
  g_return_val_if_reached (NULL);
}

const char *
jn_words_mismatch (const char *what)
{
  /* clang-format off */
  static const Word words[] = {
    { "never-printed", N_("Accepted, but never printed") },
    { "printed-twice", N_("Printed twice as an original") },
    { "not-sealed", N_("Without a seal") },
    { "collected-unprinted", N_("Collected, but its receipt never came out") },
    { "never-ended", N_("Begun, and its end is not known") },
    { "unconfirmed", N_("Nobody said whether it came out") },
  };
  /* clang-format on */

  return look_up (words, G_N_ELEMENTS (words), what);
}
