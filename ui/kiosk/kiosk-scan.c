/* kiosk-scan.c: what a scanner types: a slip or an appointment checks in, a receipt fetches its results. */
#include "ui/kiosk/kiosk-private.h"

#include "app/pick-up.h"
#include "app/scan.h"

#define SCAN_PAUSE_US (2 * G_USEC_PER_SEC)
#define MOST_SCANNED 600

static void
receipt_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnKioskView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = jn_pick_up_read_finish (JN_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (number == NULL)
    {
      jn_kiosk_say_sorry (self, error);
      return;
    }
  self->receipt = g_steal_pointer (&number);
  jn_kiosk_go (self, JN_KIOSK_CONFIRM);
}

static void
take_scan (JnKioskView *self, const char *text)
{
  g_autofree char *today = jn_session_today (self->session);
  g_autoptr (JnScan) scan = jn_scan_parse (text, today);

  jn_kiosk_forget (self);
  if (scan->kind != JN_SCAN_RECEIPT)
    {
      jn_kiosk_check_in (self, text);
      return;
    }
  if (g_str_has_prefix (text, "https://"))
    self->seal = g_strdup (text);
  jn_pick_up_read_async (self->session, text, self->cancellable, receipt_read_cb,
                         g_object_ref (self));
}

gboolean
jn_kiosk_take_key (JnKioskView *self, const GdkEventKey *event)
{
  gint64 now = g_get_monotonic_time ();
  gunichar sign = gdk_keyval_to_unicode (event->keyval);
  gboolean enter = event->keyval == GDK_KEY_Return || event->keyval == GDK_KEY_KP_Enter;

  jn_kiosk_note_touch (self);
  if (jn_kiosk_is_way_out (event))
    {
      jn_kiosk_go (self, JN_KIOSK_STAFF);
      return TRUE;
    }
  if (self->page == JN_KIOSK_STAFF || self->page == JN_KIOSK_EMERGENCY)
    return FALSE;
  if (now - self->scanned_at > SCAN_PAUSE_US)
    g_string_truncate (self->scanned, 0);
  if (enter && self->scanned->len > 3)
    {
      g_autofree char *text = g_strdup (self->scanned->str);

      g_string_truncate (self->scanned, 0);
      take_scan (self, text);
      return TRUE;
    }
  if (sign <= ' ' || sign > '~' || self->scanned->len >= MOST_SCANNED)
    return FALSE;
  g_string_append_unichar (self->scanned, sign);
  self->scanned_at = now;
  return TRUE;
}
