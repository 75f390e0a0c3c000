/* error.h: the error domain of printing: what a clerk can do about a paper that did not come. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JN_PRINT_ERROR (jn_print_error_quark ())
GQuark jn_print_error_quark (void);

/**
 * JnPrintError:
 * @JN_PRINT_ERROR_OFFLINE: the print server cannot be reached, or did not answer in time
 * @JN_PRINT_ERROR_REJECTED: the server or the printer does not take this document
 * @JN_PRINT_ERROR_DENIED: this user may not print or cancel here
 * @JN_PRINT_ERROR_NOT_FOUND: no such printer, or no job with this attempt id
 * @JN_PRINT_ERROR_UNKNOWN: the answer was lost: the job may or may not have been accepted
 * @JN_PRINT_ERROR_TOO_LARGE: the text does not fit (a QR symbol, a page, a band)
 * @JN_PRINT_ERROR_FAILED: anything else
 */
typedef enum
{
  JN_PRINT_ERROR_OFFLINE,
  JN_PRINT_ERROR_REJECTED,
  JN_PRINT_ERROR_DENIED,
  JN_PRINT_ERROR_NOT_FOUND,
  JN_PRINT_ERROR_UNKNOWN,
  JN_PRINT_ERROR_TOO_LARGE,
  JN_PRINT_ERROR_FAILED,
} JnPrintError;

G_END_DECLS
