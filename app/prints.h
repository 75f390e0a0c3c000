/* prints.h: the prints of this terminal, and its printers: what is under way, what asks for the clerk.
 *
 * A GListModel of JnPrint, the newest first; what ended well and what was dismissed leaves it by and by. */
#pragma once

#include "app/print.h"
#include "app/session.h"

G_BEGIN_DECLS

#define JN_TYPE_PRINTS (jn_prints_get_type ())
G_DECLARE_FINAL_TYPE (JnPrints, jn_prints, JN, PRINTS, GObject)

/* Signals: "changed" (): one of the prints did; "printers" (): what is known of the printers did.
 *
 * Starts the print thread for the print server of the session's settings. */
JnPrints *jn_prints_new (JnSession *session);
JnPrintService *jn_prints_get_service (JnPrints *self); /* (transfer none) */

/**
 * jn_prints_print:
 * @document: read now; it may change afterwards
 * @use: the printer's use in the settings: "receipt" (roll), "form" (sheet) …
 *
 * Returns: (transfer none): the print that begins; it tells itself how it goes
 */
JnPrint *
jn_prints_print (JnPrints *self, JnDocument *document, const JnPrintOrder *order, const char *use);

/* The same on a printer that is not set up yet, to try it. @profile: (nullable) */
JnPrint *jn_prints_print_on (JnPrints *self,
                             JnDocument *document,
                             const JnPrintOrder *order,
                             const char *use,
                             const JnPrinterProfile *profile);

/* Again: as a print of its own, which says COPY n where the one before may have come out. */
void jn_prints_again (JnPrints *self, JnPrint *print, const char *use);
/* Cancels what waits and prints it on the printer of another use; asks first where it may have come
 * out. */
void jn_prints_move (JnPrints *self, JnPrint *print, const char *use);

/**
 * jn_prints_reprint_async:
 * @title: the number that stands on a paper which was printed at any terminal of the branch
 *
 * From the spool alone (app/reprint.h: from the record too). Errors: JN_BACKEND_ERROR NOT_FOUND `no-document`,
 * `document-pruned` args {kind, title}
 */
void jn_prints_reprint_async (JnPrints *self,
                              const char *title,
                              const char *use,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* (transfer full) */
JnPrint *jn_prints_reprint_finish (JnPrints *self, GAsyncResult *result, GError **error);

/**
 * jn_prints_save_async:
 * @order: what paper it is
 * @paper: a sheet: the same drawing as PDF
 *
 * Into a new file instead of onto paper: no attempt, and no copy, but an event of the record; what stands
 * there already stays. Errors: JN_PRINT_ERROR, G_IO_ERROR (EXISTS …), JN_BACKEND_ERROR
 */
void jn_prints_save_async (JnPrints *self,
                           JnDocument *document,
                           const JnPrintOrder *order,
                           JnPaper paper,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean jn_prints_save_finish (JnPrints *self, GAsyncResult *result, GError **error);

/* After sign-in: takes up what this terminal began and does not know the end of. */
void jn_prints_recover (JnPrints *self);

/* The last print of what has that id. (transfer none) (nullable) */
JnPrint *jn_prints_find (JnPrints *self, const char *subject);
/* What the header says: the print that needs the clerk first, else the one under way. (transfer none)
 * (nullable) */
JnPrint *jn_prints_get_foremost (JnPrints *self);
guint jn_prints_count_needy (JnPrints *self);

/* -- printers ---------------------------------------------------------------------------------------------- */

/**
 * JnPrinterUse: a printer of this terminal.
 * @profile: (nullable): none is set up
 * @printer: (nullable): not at the print server, or not asked yet
 */
typedef struct
{
  const char *use;
  const JnPrinterProfile *profile;
  const JnPrinter *printer;
  JnPrinterFit fit;
} JnPrinterUse;

/* The uses that the desk knows: %NULL-terminated. */
const char *const *jn_prints_list_uses (void);

/* Asks the print server now, and then every @seconds; 0: not again. "printers" tells of the answer. */
void jn_prints_watch (JnPrints *self, guint seconds);
gboolean jn_prints_is_server_known (JnPrints *self);       /* it answered once */
const GError *jn_prints_get_server_error (JnPrints *self); /* (nullable): it does not answer */
/* (element-type JnPrinter) (transfer none) (nullable) */
GPtrArray *jn_prints_get_printers (JnPrints *self);
JnPrinterUse jn_prints_get_use (JnPrints *self, const char *use);

G_END_DECLS
