/* scan.c: what a scanner or a keyboard gave: a card, a passport, a ticket or a receipt. */
#include "app/scan.h"

#include <string.h>
#include "forms/identity.h"
#include "forms/mrz.h"

static const char *
name_fault (JnIdentityFault fault)
{
  switch (fault)
    {
    case JN_IDENTITY_FITS:
      return NULL;
    case JN_IDENTITY_SHAPE:
      return "shape";
    case JN_IDENTITY_CHECK:
      return "check-digit";
    }
  return "shape";
}

/* Another country's paper: anything short, kept in capitals without blanks */
static JnIdentityFault
check_other (const char *text, char **normal)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *upper = g_utf8_strup (plain != NULL ? plain : "", -1);
  g_auto (GStrv) parts = g_strsplit_set (upper, " \t\r\n", -1);
  glong length;

  *normal = g_strjoinv ("", parts);
  length = g_utf8_strlen (*normal, -1);
  return length >= 3 && length <= 40 ? JN_IDENTITY_FITS : JN_IDENTITY_SHAPE;
}

const char *
jn_scan_check_document (const char *kind, const char *number, char **normal)
{
  g_autofree char *kept = NULL;
  JnIdentityFault fault;

  if (g_strcmp0 (kind, "bir") == 0)
    fault = jn_bir_check (number, &kept);
  else if (g_strcmp0 (kind, "hkid") == 0)
    fault = jn_hkid_check (number, &kept);
  else if (g_strcmp0 (kind, "mainland-id") == 0)
    fault = jn_mainland_id_check (number, &kept);
  else if (g_strcmp0 (kind, "home-return-permit") == 0)
    fault = jn_home_return_permit_check (number, &kept);
  else if (g_strcmp0 (kind, "passport") == 0)
    fault = jn_passport_check (number, &kept);
  else
    fault = check_other (number, &kept);
  if (normal != NULL)
    *normal = g_steal_pointer (&kept);
  return name_fault (fault);
}

/* -- machine-readable zones -------------------------------------------------------------------------- */

/* (nullable) */
static char *
dup_filled (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

/* A Macau card carries the BIR number with its check sign. */
static const char *
kind_of_zone (const JnMrz *mrz)
{
  if (mrz->type[0] == 'P')
    return "passport";
  if (g_str_equal (mrz->issuer, "MAC") && jn_bir_check (mrz->number, NULL) == JN_IDENTITY_FITS)
    return "bir";
  return "other";
}

static gboolean
scan_zone (JnScan *scan, const char *text, const char *today)
{
  JnMrz mrz;

  if (strchr (text, '<') == NULL || !jn_mrz_parse (text, today, &mrz))
    return FALSE;
  scan->kind = JN_SCAN_MRZ;
  scan->document = kind_of_zone (&mrz);
  scan->number = g_strdup (mrz.number);
  scan->issuer = dup_filled (mrz.issuer);
  scan->nationality = dup_filled (mrz.nationality);
  scan->surname = dup_filled (mrz.surname);
  scan->given = dup_filled (mrz.given);
  scan->birth = dup_filled (mrz.birth);
  scan->sex = dup_filled (mrz.sex);
  scan->expiry = dup_filled (mrz.expiry);
  if ((mrz.faults & ~(guint)JN_MRZ_FAULT_DATE) != 0)
    scan->fault = "check-digit";
  else if (mrz.faults != 0)
    scan->fault = "date";
  return TRUE;
}

/* -- tickets, receipts, bare numbers --------------------------------------------------------------- */

static gboolean
all_digits (const char *text)
{
  return strspn (text, "0123456789") == strlen (text);
}

/* A letter and three digits, or up to five on a day that needs them: longer ones are documents. */
static gboolean
is_ticket_number (const char *text)
{
  gsize length = strlen (text);

  return g_ascii_isalpha (*text) && length >= 4 && length <= 6 && all_digits (text + 1);
}

/* As typed, or a slip's QR: janela:ticket:B011:id */
static gboolean
scan_ticket (JnScan *scan, const char *text)
{
  const gboolean slip = g_str_has_prefix (text, "janela:ticket:");
  const char *number = slip ? text + strlen ("janela:ticket:") : text;
  gsize length = strcspn (number, ":");

  if (!slip && !is_ticket_number (number))
    return FALSE;
  scan->kind = JN_SCAN_TICKET;
  scan->number = g_ascii_strup (number, (gssize)length);
  if (number[length] == ':')
    scan->id = dup_filled (number + length + 1);
  return TRUE;
}

/* The text of a receipt's QR, or its number: branch, year or terminal, serial */
static gboolean
scan_receipt (JnScan *scan, const char *text)
{
  gboolean sealed = g_str_has_prefix (text, "https://") && strstr (text, "/r#") != NULL;

  if (!sealed && !g_regex_match_simple ("^\\d{2}-(\\d{4}-\\d{7}|T\\d{2}-\\d{6})$", text, 0, 0))
    return FALSE;
  scan->kind = JN_SCAN_RECEIPT;
  scan->number = g_strdup (text);
  return TRUE;
}

static gboolean
scan_number (JnScan *scan, const char *text)
{
  static const char *const kinds[] = { "bir", "hkid", "mainland-id", "home-return-permit" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *normal = NULL;
      const char *fault = jn_scan_check_document (kinds[i], text, &normal);

      if (g_strcmp0 (fault, "shape") == 0)
        continue;
      scan->kind = JN_SCAN_DOCUMENT;
      scan->document = kinds[i];
      scan->number = g_steal_pointer (&normal);
      scan->fault = fault;
      return TRUE;
    }
  return FALSE;
}

JnScan *
jn_scan_parse (const char *text, const char *today)
{
  JnScan *scan = g_new0 (JnScan, 1);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  g_return_val_if_fail (text != NULL && today != NULL, scan);
  if (*trimmed == '\0' || scan_zone (scan, trimmed, today) || scan_receipt (scan, trimmed)
      || scan_ticket (scan, trimmed) || scan_number (scan, trimmed))
    return scan;
  scan->kind = JN_SCAN_NOTHING;
  return scan;
}

void
jn_scan_free (JnScan *scan)
{
  if (scan == NULL)
    return;
  g_free (scan->number);
  g_free (scan->id);
  g_free (scan->issuer);
  g_free (scan->nationality);
  g_free (scan->surname);
  g_free (scan->given);
  g_free (scan->birth);
  g_free (scan->sex);
  g_free (scan->expiry);
  g_free (scan);
}
