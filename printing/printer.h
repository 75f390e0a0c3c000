/* printer.h: a printer as the desk knows it: its profile in the settings, its state at the server.
 */
#pragma once

#include <gio/gio.h>

#include "printing/document.h"
#include "printing/error.h"
#include "printing/paper.h"

G_BEGIN_DECLS

typedef enum
{
  JN_PRINTER_ESCPOS, /* thermal, ESC/POS raster through a raw queue */
  JN_PRINTER_PWG,    /* thermal and driverless: PWG raster */
  JN_PRINTER_PDF,    /* sheets: PDF */
} JnPrinterKind;

/**
 * JnPrinterProfile:
 * @queue: the queue's name at the print server
 * @kind: what it is sent
 * @paper: what lies in it
 * @dots: of the head of a roll printer (384, 512, 576, 832 …); 0: the paper's usual one (576 on 80 mm, 384 on 58 mm)
 * @feed: dots fed before the cut, from the head to the knife (default 96: 12 mm; no more than 800)
 * @cut: whether there is a knife (ESC/POS partial cut, finishings trim)
 * @drawer: whether a cash drawer hangs on it
 * @direct: whether the printer takes PDF as it is, so that its queue needs no driver
 * @model: (nullable): the printer-make-and-model that it was made for
 *
 * A raw queue knows neither media nor width, so the desk does (group [printer NAME] of the
 * settings).
 */
typedef struct
{
  char *queue;
  JnPrinterKind kind;
  JnPaper paper;
  guint dots;
  guint feed;
  gboolean cut;
  gboolean drawer;
  gboolean direct;
  char *model;
} JnPrinterProfile;

JnPrinterProfile *jn_printer_profile_new (const char *queue, JnPrinterKind kind, JnPaper paper);

/**
 * jn_printer_profile_load:
 * @group: a group with keys queue, kind (escpos, pwg, pdf), paper (paper.h), dots, feed, cut,
 * drawer, direct, model
 *
 * Returns: (transfer full): the profile; %NULL with a %G_KEY_FILE_ERROR, or
 * %JN_PRINT_ERROR_REJECTED for an unknown kind or paper, or a head that cannot be
 */
JnPrinterProfile *jn_printer_profile_load (GKeyFile *settings, const char *group, GError **error);
void
jn_printer_profile_save (const JnPrinterProfile *profile, GKeyFile *settings, const char *group);
JnPrinterProfile *jn_printer_profile_copy (const JnPrinterProfile *profile);
void jn_printer_profile_free (JnPrinterProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnPrinterProfile, jn_printer_profile_free)

/**
 * jn_printer_profile_get_content_type: Returns: the MIME type of what jn_printer_profile_encode()
 * makes
 */
const char *jn_printer_profile_get_content_type (const JnPrinterProfile *profile);

/**
 * jn_printer_profile_encode:
 *
 * Sets @document on the profile's paper and makes the bytes that its printer takes. Blocks for some
 * milliseconds; jn_print_service_encode_async() does it in the print thread.
 *
 * Returns: (transfer full): the bytes; %NULL with %JN_PRINT_ERROR
 */
GBytes *
jn_printer_profile_encode (const JnPrinterProfile *profile, JnDocument *document, GError **error);

/**
 * JnPrinterReasons:
 *
 * Why a printer or a job does not go on (RFC 8011 printer-state-reasons by their prefix, and what
 * only we see). The window says each in words, with what to do.
 */
typedef enum
{
  JN_PRINTER_REASON_NONE = 0,
  JN_PRINTER_REASON_MEDIA_EMPTY = 1 << 0,   /* media-empty, media-needed */
  JN_PRINTER_REASON_MEDIA_JAM = 1 << 1,     /* media-jam */
  JN_PRINTER_REASON_MEDIA_LOW = 1 << 2,     /* media-low: a warning, prints on */
  JN_PRINTER_REASON_COVER_OPEN = 1 << 3,    /* cover-open, door-open, interlock-open */
  JN_PRINTER_REASON_OFFLINE = 1 << 4,       /* offline, shutdown, connecting-to-device, timed-out */
  JN_PRINTER_REASON_STOPPED = 1 << 5,       /* the queue is stopped or paused at the server */
  JN_PRINTER_REASON_NOT_ACCEPTING = 1 << 6, /* the queue takes no jobs */
  JN_PRINTER_REASON_REFUSED = 1 << 7,       /* the printer took the job and refused the document */
  JN_PRINTER_REASON_SUPPLY = 1 << 8,        /* toner, marker supply, developer */
  JN_PRINTER_REASON_HELD = 1 << 9,          /* the job is held at the server */
  JN_PRINTER_REASON_SLOW = 1 << 10,         /* 20 s in print without an end */
  JN_PRINTER_REASON_OTHER = 1 << 11,        /* only the server's own message says more */
} JnPrinterReasons;

/**
 * jn_printer_reasons_to_text: Returns: (transfer full): their keywords separated by spaces, "media-empty cover-open";
 * "" for none
 */
char *jn_printer_reasons_to_text (JnPrinterReasons reasons);
/* The inverse; an unknown word counts as JN_PRINTER_REASON_OTHER, %NULL as none. */
JnPrinterReasons jn_printer_reasons_from_text (const char *text);

/**
 * JN_PRINTER_REASONS_HARMLESS: warnings: it prints all the same
 */
#define JN_PRINTER_REASONS_HARMLESS (JN_PRINTER_REASON_MEDIA_LOW | JN_PRINTER_REASON_SUPPLY)

/**
 * JnPrinterState: RFC 8011 printer-state
 */
typedef enum
{
  JN_PRINTER_IDLE,
  JN_PRINTER_PROCESSING,
  JN_PRINTER_STOPPED,
} JnPrinterState;

/**
 * JnPrinter:
 * @queue: its name at the server
 * @info: what the administrator called it
 * @model: printer-make-and-model
 * @state: what it does
 * @reasons: why it does not
 * @message: the server's own words; for the log and for support, not translated
 * @accepting: whether it takes jobs
 * @n_jobs: how many wait in it
 * @formats: %NULL-terminated MIME types
 * @driverless: TRUE when the queue talks IPP to the printer (its state can be believed)
 */
typedef struct
{
  char *queue;
  char *info;
  char *model;
  JnPrinterState state;
  JnPrinterReasons reasons;
  char *message;
  gboolean accepting;
  guint n_jobs;
  GStrv formats;
  gboolean driverless;
} JnPrinter;

JnPrinter *jn_printer_copy (const JnPrinter *printer);
void jn_printer_free (JnPrinter *printer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnPrinter, jn_printer_free)

/**
 * JnPrinterFit: whether a queue takes what its profile sends
 * @JN_PRINTER_FITS: it does
 * @JN_PRINTER_MISSING: the print server has no such queue
 * @JN_PRINTER_IS_RAW: a raw queue where a driverless one is wanted: it was made while its printer was down
 * @JN_PRINTER_HAS_DRIVER: a queue that draws pages where a raw one is wanted: the roll would print gibberish
 * @JN_PRINTER_LACKS_FORMAT: it does not take the profile's kind of document
 * @JN_PRINTER_IS_ANOTHER: its make and model are not those that the profile was made for
 */
typedef enum
{
  JN_PRINTER_FITS,
  JN_PRINTER_MISSING,
  JN_PRINTER_IS_RAW,
  JN_PRINTER_HAS_DRIVER,
  JN_PRINTER_LACKS_FORMAT,
  JN_PRINTER_IS_ANOTHER,
} JnPrinterFit;

/**
 * jn_printer_compare:
 * @printer: (nullable): the queue, as the print server tells of it now
 *
 * Compares a queue with the profile that the settings give it: a queue made while its printer was
 * down is raw, whatever it was asked to be.
 */
JnPrinterFit jn_printer_compare (const JnPrinter *printer, const JnPrinterProfile *profile);
gboolean jn_printer_suits (const JnPrinter *printer, const JnPrinterProfile *profile);

/**
 * jn_printer_guess_profile:
 *
 * Returns: (transfer full): what a queue most likely wants: raw: ESC/POS on an 80 mm roll; driverless: PDF, or PWG raster
 * where it takes no PDF
 */
JnPrinterProfile *jn_printer_guess_profile (const JnPrinter *printer);

G_END_DECLS
