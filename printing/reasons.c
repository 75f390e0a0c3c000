/* reasons.c: what a print server's keywords (RFC 8011 section 5.4.12, PWG 5100.9) and messages mean. */
#include "printing/reasons.h"

static const struct
{
  const char *prefix;
  JnPrinterReasons reason;
} keywords[] = {
  { "media-empty", JN_PRINTER_REASON_MEDIA_EMPTY },
  { "media-needed", JN_PRINTER_REASON_MEDIA_EMPTY },
  { "input-media-supply-empty", JN_PRINTER_REASON_MEDIA_EMPTY },
  { "media-low", JN_PRINTER_REASON_MEDIA_LOW },
  { "media-jam", JN_PRINTER_REASON_MEDIA_JAM },
  { "cover-open", JN_PRINTER_REASON_COVER_OPEN },
  { "door-open", JN_PRINTER_REASON_COVER_OPEN },
  { "interlock-open", JN_PRINTER_REASON_COVER_OPEN },
  { "offline", JN_PRINTER_REASON_OFFLINE },
  { "shutdown", JN_PRINTER_REASON_OFFLINE },
  { "timed-out", JN_PRINTER_REASON_OFFLINE },
  { "connecting-to-device", JN_PRINTER_REASON_OFFLINE },
  { "paused", JN_PRINTER_REASON_STOPPED },
  { "moving-to-paused", JN_PRINTER_REASON_STOPPED },
  { "stopped", JN_PRINTER_REASON_STOPPED },
  { "printer-stopped", JN_PRINTER_REASON_STOPPED },
  { "toner", JN_PRINTER_REASON_SUPPLY },
  { "marker-", JN_PRINTER_REASON_SUPPLY },
  { "developer-", JN_PRINTER_REASON_SUPPLY },
  { "job-hold", JN_PRINTER_REASON_HELD },
  { "resources-are-not-ready", JN_PRINTER_REASON_HELD },
  { "document-format-error", JN_PRINTER_REASON_REFUSED },
  { "document-unprintable", JN_PRINTER_REASON_REFUSED },
  { "unsupported-", JN_PRINTER_REASON_REFUSED },
};

/* Keywords that say nothing is wrong, or that another already says. */
static const char *const silent[] = {
  "none",         "job-printing",     "job-completed",     "processing-to-stop-point",
  "job-incoming", "job-canceled",     "aborted-by-system", "cups-",
  "job-queued",   "job-outgoing",     "job-transforming",  "com.apple",
  "job-data-",    "job-interpreting", "queued-in-device",  "job-fetchable",
  "wifi-",        "cups-ipp-",        "job-streaming",     "job-saved",
};

static const char *const unreachable[] = {
  "The printer may not exist",
  "The printer is not responding",
  "The printer is not connected",
  "The printer is unreachable",
  "Network host",
  "Unable to connect",
  "Unable to locate printer",
  "Unable to open device",
  "Unable to get printer status",
  "No such device",
};

static const char *const refused[] = {
  "Unable to add document",
  "Printer cannot print with supplied options",
  "Printer cannot print supplied content",
  "The printer did not accept",
  "Unsupported format",
};

static const char *const harmless[] = {
  "Ready to print",
  "Print file sent",
  "Connected to printer",
  "Connecting to printer",
  "Sending data to printer",
  "Sending print file",
  "Spooling job",
  "Printing page",
  "Waiting for job to complete",
  "Waiting for printer to finish",
  "Copying print data",
  "Now connected",
  "Printer is now online",
  "Data file sent",
  "Looking for printer",
  "Preparing to print",
  "Rendering completed",
  "Processing page",
  "Starting page",
  "Finished page",
  "Formatting page",
};

static const struct
{
  const char *word;
  JnPrinterReasons reason;
} words[] = {
  { "media-empty", JN_PRINTER_REASON_MEDIA_EMPTY },
  { "media-jam", JN_PRINTER_REASON_MEDIA_JAM },
  { "media-low", JN_PRINTER_REASON_MEDIA_LOW },
  { "cover-open", JN_PRINTER_REASON_COVER_OPEN },
  { "offline", JN_PRINTER_REASON_OFFLINE },
  { "stopped", JN_PRINTER_REASON_STOPPED },
  { "not-accepting", JN_PRINTER_REASON_NOT_ACCEPTING },
  { "refused", JN_PRINTER_REASON_REFUSED },
  { "supply", JN_PRINTER_REASON_SUPPLY },
  { "held", JN_PRINTER_REASON_HELD },
  { "slow", JN_PRINTER_REASON_SLOW },
  { "other", JN_PRINTER_REASON_OTHER },
};

static gboolean
begins_with_any (const char *text, const char *const *prefixes, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_str_has_prefix (text, prefixes[i]))
      return TRUE;
  return FALSE;
}

JnPrinterReasons
jn_reasons_from_keyword (const char *keyword)
{
  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (g_str_has_prefix (keyword, keywords[i].prefix))
      return keywords[i].reason;
  if (begins_with_any (keyword, silent, G_N_ELEMENTS (silent)))
    return JN_PRINTER_REASON_NONE;
  return JN_PRINTER_REASON_OTHER;
}

JnPrinterReasons
jn_reasons_from_message (const char *message)
{
  if (message != NULL && begins_with_any (message, refused, G_N_ELEMENTS (refused)))
    return JN_PRINTER_REASON_REFUSED;
  if (message != NULL && begins_with_any (message, unreachable, G_N_ELEMENTS (unreachable)))
    return JN_PRINTER_REASON_OFFLINE;
  return JN_PRINTER_REASON_NONE;
}

gboolean
jn_message_is_harmless (const char *message)
{
  return message == NULL || *message == '\0'
         || begins_with_any (message, harmless, G_N_ELEMENTS (harmless));
}

char *
jn_printer_reasons_to_text (JnPrinterReasons reasons)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (reasons & words[i].reason)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[i].word);
  return g_string_free (text, FALSE);
}

static JnPrinterReasons
reason_from_word (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i].word))
      return words[i].reason;
  return *word != '\0' ? JN_PRINTER_REASON_OTHER : JN_PRINTER_REASON_NONE;
}

JnPrinterReasons
jn_printer_reasons_from_text (const char *text)
{
  g_auto (GStrv) found = g_strsplit (text != NULL ? text : "", " ", -1);
  JnPrinterReasons reasons = JN_PRINTER_REASON_NONE;

  for (guint i = 0; found[i] != NULL; i++)
    reasons |= reason_from_word (found[i]);
  return reasons;
}
