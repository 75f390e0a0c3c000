/* kiosk-private.h: what the files of the kiosk share: where its citizen is, and the way from page to page. */
#pragma once

#include "app/catalogue.h"
#include "app/prints.h"
#include "app/reception.h"
#include "ui/kiosk/kiosk-view.h"

G_BEGIN_DECLS

typedef enum
{
  JN_KIOSK_WELCOME,
  JN_KIOSK_CHOOSE,
  JN_KIOSK_DEPARTMENT,
  JN_KIOSK_PRIORITY,
  JN_KIOSK_CONFIRM,
  JN_KIOSK_DONE,
  JN_KIOSK_SORRY,
  JN_KIOSK_EMERGENCY,
  JN_KIOSK_STAFF,
} JnKioskPage;

struct _JnKioskView
{
  GtkBin parent;

  GtkWidget *content;
  GtkWidget *foot;
  GtkWidget *password;
  GtkWidget *first; /* what gets the keyboard */

  JnSession *session;
  JnCatalogue *catalogue;
  JnReception *reception;
  JnPrints *prints;
  GCancellable *cancellable; /* what is under way for this citizen */

  JnKioskPage page;
  gboolean spoken; /* the citizen chose a language */
  char *department;
  char *event;
  char *service;
  char *receipt; /* the number, of results that are fetched */
  char *seal;    /* (nullable): its QR's text */
  JnPriority priority;
  JnEstimate *estimate;
  JnTicket *ticket;
  GError *sorry;
  JnPrint *slip; /* (nullable): no printer */

  GString *scanned;
  gint64 scanned_at; /* monotonic, of the last sign */
  guint patience;
  guint idle;
};

/* kiosk-view.c */
void jn_kiosk_go (JnKioskView *self, JnKioskPage page);
/* Nothing of the citizen before is left. */
void jn_kiosk_forget (JnKioskView *self);
/* Somebody is here: the time begins again. */
void jn_kiosk_note_touch (JnKioskView *self);
void jn_kiosk_add (JnKioskView *self, GtkWidget *widget);
/* @grid: (nullable): below the others. Returns @button */
GtkWidget *
jn_kiosk_add_button (JnKioskView *self, GtkWidget *grid, GtkWidget *button, GCallback clicked);

/* Once where the citizen chose a language, else once in each. */
void jn_kiosk_in_every_language (JnKioskView *self, void (*build) (JnKioskView *self));

/* kiosk-choose.c */
void jn_kiosk_build_welcome (JnKioskView *self);
void jn_kiosk_build_choose (JnKioskView *self);
void jn_kiosk_build_department (JnKioskView *self);
void jn_kiosk_build_priority (JnKioskView *self);

/* kiosk-number.c */
void jn_kiosk_build_confirm (JnKioskView *self);
void jn_kiosk_build_done (JnKioskView *self);
void jn_kiosk_build_sorry (JnKioskView *self);
void jn_kiosk_ask_wait (JnKioskView *self);
void jn_kiosk_check_in (JnKioskView *self, const char *text);
void jn_kiosk_say_sorry (JnKioskView *self, const GError *error);

/* kiosk-scan.c: whether it belongs to something scanned, or to the staff's chord */
gboolean jn_kiosk_take_key (JnKioskView *self, const GdkEventKey *event);

/* kiosk-staff.c */
void jn_kiosk_build_staff (JnKioskView *self);
gboolean jn_kiosk_is_way_out (const GdkEventKey *event);

G_END_DECLS
