/* ipp-printer.h: a driverless printer for one test: ippeveprinter on a port of its own, which errs as told. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _IppPrinter IppPrinter;

/* @options: (nullable): instead of the thermal printer's attributes */
IppPrinter *ipp_printer_new (const char *const *options);
void ipp_printer_free (IppPrinter *self); /* kills what it started, wipes its folder */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IppPrinter, ipp_printer_free)

const char *ipp_printer_get_uri (IppPrinter *self);
void ipp_printer_stop (IppPrinter *self);  /* as if it were switched off */
void ipp_printer_start (IppPrinter *self); /* and on again */

/* @keyword: (nullable): what it reports of each job until it is told nothing: "media-empty-error" */
void ipp_printer_set_fault (IppPrinter *self, const char *keyword);
/* (transfer full): the one document that came out; %NULL when none did. */
char *ipp_printer_find_printed (IppPrinter *self);

/* A port on which nobody listens. */
guint16 ipp_printer_find_port (void);

G_END_DECLS
