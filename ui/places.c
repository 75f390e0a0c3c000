/* places.c: the table of the window's places. */
#include "ui/places.h"

#include <glib/gi18n.h>

#include "ui/appointments-page.h"
#include "ui/closing-page.h"
#include "ui/desk-page.h"
#include "ui/event-page.h"
#include "ui/form-page.h"
#include "ui/hall-page.h"
#include "ui/identify-page.h"
#include "ui/papers-page.h"
#include "ui/printers-page.h"
#include "ui/receipt-page.h"
#include "ui/reception-page.h"
#include "ui/review-page.h"
#include "ui/sign-in-page.h"

/**
 * JnPlaceRow:
 * @icon: NULL: it does not stand in the navigation
 * @roles: any of them opens it, ended by NULL; none: whoever is signed in
 */
typedef struct
{
  const char *title;
  const char *icon;
  const char *roles[4];
  GtkWidget *(*make) (JnPlaceParts *parts);
} JnPlaceRow;

/* -- what makes each page -- */

static GtkWidget *
make_sign_in (JnPlaceParts *parts)
{
  return jn_sign_in_page_new (parts->session);
}

static GtkWidget *
make_desk (JnPlaceParts *parts)
{
  return jn_desk_page_new (parts->session, parts->queue);
}

static GtkWidget *
make_reception (JnPlaceParts *parts)
{
  return jn_reception_page_new (parts->session, parts->prints);
}

static GtkWidget *
make_appointments (JnPlaceParts *parts)
{
  return jn_appointments_page_new (parts->session);
}

static GtkWidget *
make_hall (JnPlaceParts *parts)
{
  return jn_hall_page_new (parts->session, parts->queue, parts->prints);
}

static GtkWidget *
make_identify (JnPlaceParts *parts)
{
  return jn_identify_page_new (parts->visit);
}

static GtkWidget *
make_event (JnPlaceParts *parts)
{
  return jn_event_page_new (parts->visit);
}

static GtkWidget *
make_forms (JnPlaceParts *parts)
{
  return jn_form_page_new (parts->visit);
}

static GtkWidget *
make_papers (JnPlaceParts *parts)
{
  return jn_papers_page_new (parts->visit);
}

static GtkWidget *
make_review (JnPlaceParts *parts)
{
  return jn_review_page_new (parts->visit);
}

static GtkWidget *
make_receipt (JnPlaceParts *parts)
{
  return jn_receipt_page_new (parts->visit, parts->prints);
}

static GtkWidget *
make_printers (JnPlaceParts *parts)
{
  return jn_printers_page_new (parts->session, parts->prints);
}

static GtkWidget *
make_closing (JnPlaceParts *parts)
{
  return jn_closing_page_new (parts->session, parts->prints);
}

/* clang-format off */
static const JnPlaceRow rows[JN_N_PLACES] = {
  [JN_PLACE_SIGN_IN]  = { N_("Sign in"), NULL, { NULL }, make_sign_in },
  [JN_PLACE_DESK]     = { N_("Desk"), "user-home-symbolic", { NULL }, make_desk },
  [JN_PLACE_RECEPTION] = { N_("Reception"), "contact-new-symbolic", { "clerk", "supervisor", NULL }, make_reception },
  [JN_PLACE_APPOINTMENTS] = { N_("Appointments"), "x-office-calendar-symbolic", { "clerk", "supervisor", NULL }, make_appointments },
  [JN_PLACE_HALL]     = { N_("Hall"), "view-grid-symbolic", { "supervisor", NULL }, make_hall },
  [JN_PLACE_PRINTERS] = { N_("Printers"), "printer-symbolic", { "clerk", "supervisor" }, make_printers },
  [JN_PLACE_CLOSING]  = { N_("Close of day"), "x-office-document-symbolic", { "clerk", "supervisor" }, make_closing },

  [JN_PLACE_IDENTIFY] = { N_("Identify"), NULL, { NULL }, make_identify },
  [JN_PLACE_EVENT]    = { N_("Life event"), NULL, { NULL }, make_event },
  [JN_PLACE_FORMS]    = { N_("Forms"), NULL, { NULL }, make_forms },
  [JN_PLACE_PAPERS]   = { N_("Papers"), NULL, { NULL }, make_papers },
  [JN_PLACE_REVIEW]   = { N_("Review and fees"), NULL, { NULL }, make_review },
  [JN_PLACE_RECEIPT]  = { N_("Receipt"), NULL, { NULL }, make_receipt },
};
/* clang-format on */

/* -- what the table says -- */

const char *
jn_place_get_title (JnPlace place)
{
  g_return_val_if_fail (place < JN_N_PLACES, "");
  return _ (rows[place].title);
}

const char *
jn_place_get_icon (JnPlace place)
{
  g_return_val_if_fail (place < JN_N_PLACES, NULL);
  return rows[place].icon;
}

gboolean
jn_place_is_step (JnPlace place)
{
  return place >= JN_PLACE_FIRST_STEP && place < JN_N_PLACES;
}

JnStage
jn_place_get_stage (JnPlace place)
{
  return JN_STAGE_IDENTIFY + (place - JN_PLACE_FIRST_STEP);
}

JnPlace
jn_place_of_stage (JnStage stage)
{
  return JN_PLACE_FIRST_STEP + (stage - JN_STAGE_IDENTIFY);
}

static gboolean
has_any_role (JnSession *session, const char *const *roles)
{
  for (const char *const *role = roles; *role != NULL; role++)
    if (jn_session_has_role (session, *role))
      return TRUE;
  return *roles == NULL;
}

gboolean
jn_place_is_open (JnPlace place, const JnPlaceParts *parts)
{
  g_return_val_if_fail (place < JN_N_PLACES, FALSE);
  if (place == JN_PLACE_SIGN_IN)
    return TRUE;
  if (jn_place_is_step (place))
    return parts->visit != NULL;
  if (place == JN_PLACE_DESK && jn_session_get_counter (parts->session) == 0
      && has_any_role (parts->session, rows[JN_PLACE_RECEPTION].roles))
    return FALSE; /* nobody is called to where there is no counter: such a day begins at reception */
  return parts->queue != NULL && has_any_role (parts->session, rows[place].roles);
}

gboolean
jn_place_prints (JnPlace place)
{
  return place == JN_PLACE_RECEPTION || place == JN_PLACE_HALL || place == JN_PLACE_PRINTERS
         || place == JN_PLACE_CLOSING || place == JN_PLACE_RECEIPT;
}

JnPlace
jn_place_get_first (const JnPlaceParts *parts)
{
  for (JnPlace place = 0; place < JN_N_PLACES; place++)
    if (rows[place].icon != NULL && jn_place_is_open (place, parts))
      return place;
  return JN_PLACE_DESK;
}

GtkWidget *
jn_place_make_page (JnPlace place, JnPlaceParts *parts)
{
  g_return_val_if_fail (place < JN_N_PLACES, NULL);
  return rows[place].make (parts);
}
