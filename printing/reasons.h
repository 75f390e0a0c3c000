/* reasons.h: what a print server's keywords and messages mean. Not for other floors. */
#pragma once

#include "printing/printer.h"

G_BEGIN_DECLS

/**
 * jn_reasons_from_keyword:
 * @keyword: of printer-state-reasons or job-state-reasons; a suffix -error, -warning, -report is ignored, since
 *     simulators and drivers do not agree on them
 */
JnPrinterReasons jn_reasons_from_keyword (const char *keyword);

/**
 * jn_reasons_from_message:
 * @message: (nullable): printer-state-message: where a printer cannot be reached, CUPS says so here alone
 */
JnPrinterReasons jn_reasons_from_message (const char *message);

/**
 * jn_message_is_harmless:
 * @message: (nullable): what a completed job leaves behind
 *
 * CUPS calls a job completed that its printer refused; the last error's text is the only trace. So only the words that
 * its backends use for success count as such.
 */
gboolean jn_message_is_harmless (const char *message);

G_END_DECLS
