/* identity.h: numbers by which Macau's counters know people, cars and money: shapes, check signs, how
 * they are kept and shown.
 *
 * Typed text may have brackets, spaces, strokes, full-width signs and small letters; the normal form
 * has only capitals and digits. Sources: DSI (BIR), HK Registration of Persons, GB 11643-1999, ICAO
 * Doc 9303, Order 179/2006 of the Chief Executive (numbering plan), the DSAT's series. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JnIdentityFault:
 * @JN_IDENTITY_SHAPE: not such a number at all
 * @JN_IDENTITY_CHECK: the check sign, or the date inside, does not fit: mistyped
 */
typedef enum
{
  JN_IDENTITY_FITS,
  JN_IDENTITY_SHAPE,
  JN_IDENTITY_CHECK,
} JnIdentityFault;

/* In all of these @normal is (out) (optional) (transfer full): how it is kept, "" with SHAPE. */

/* Resident identity card: seven digits, the first 1, 5 or 7, and a check sign, 0 to 9 or A. How the
 * sign is made is not published: it is never a fault. "12345678" */
JnIdentityFault jn_bir_check (const char *text, char **normal);
/* (transfer full): "1234567(8)", as it is printed; @text itself when it is none */
char *jn_bir_format (const char *text);

/* Hong Kong identity card: one or two letters, six digits, check 0 to 9 or A. "A1234563" */
JnIdentityFault jn_hkid_check (const char *text, char **normal);

/* GB 11643-1999, also residence permits (areas 81, 82, 83): area, birth date, sequence, check 0 to 9
 * or X. "11010519491231002X" */
JnIdentityFault jn_mainland_id_check (const char *text, char **normal);
/* The date and the sex ('M' or 'F') that a mainland number says; FALSE when it does not fit. */
gboolean jn_mainland_id_read (const char *text, int *year, int *month, int *day, char *sex);

/* Home return permit: H or M and eight digits kept for life; two more count the issues. "M12345678" */
JnIdentityFault jn_home_return_permit_check (const char *text, char **normal);

/* A passport's number, five to nine letters and digits with a digit among them: countries differ, so
 * this refuses nothing that could be one. */
JnIdentityFault jn_passport_check (const char *text, char **normal);

/* Telephone: Macau's eight digits that begin with 2, 6 or 8; with 852 eight more, with 86 eleven that
 * begin with 1, any other country after + or 00. "+85366123456" (E.164) */
JnIdentityFault jn_phone_check (const char *text, char **normal);
/* (transfer full): "6612 3456" at home, "+86 13812345678" abroad; @text itself when it is none */
char *jn_phone_format (const char *text);

/* Number plate: M-12-34, MA-12-34 to MZ-, AA-12-34 and on, CM-123 for mopeds. Cars and motorcycles
 * share the series: the class is kept with it. Other marks are possible: warn only. "MA-12-34" */
JnIdentityFault jn_plate_check (const char *text, char **normal);

/* Names: Han characters, with extensions, variation selectors and the middle dot; Latin letters with
 * accents, spaces, hyphens, apostrophes and full stops. */
gboolean jn_name_is_chinese (const char *text);
gboolean jn_name_is_latin (const char *text);

/* (transfer full): "MOP 1,234.50", in Portuguese "MOP 1.234,50"; @language as JnXPathScope.language */
char *jn_money_format (gint64 avos, const char *language);

/**
 * JnAddress: an address in Macau, as it is typed; there is no postal code. All nullable.
 * @area: "macau", "taipa", "coloane" or "cotai"
 * @door: a number or a range, "52", "762-804"
 */
typedef struct
{
  const char *area;
  const char *street;
  const char *door;
  const char *building;
  const char *unit;
} JnAddress;

/* In one line: in Chinese from the large to the small, "澳門黑沙環新街52號1樓P區"; in Portuguese and
 * English the other way round. What is blank is left out. Returns: (transfer full) */
char *jn_address_format (const JnAddress *address, const char *language);

G_END_DECLS
