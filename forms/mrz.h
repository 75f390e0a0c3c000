/* mrz.h: machine-readable zones of travel documents (ICAO Doc 9303, parts 4 to 6). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  JN_MRZ_TD1, /* 3 lines of 30: cards */
  JN_MRZ_TD2, /* 2 lines of 36 */
  JN_MRZ_TD3, /* 2 lines of 44: passports */
} JnMrzFormat;

/**
 * JnMrzFault: which check digits do not fit; DATE: a birth that is no date. Several at once.
 */
typedef enum
{
  JN_MRZ_FAULT_NUMBER = 1 << 0,
  JN_MRZ_FAULT_BIRTH = 1 << 1,
  JN_MRZ_FAULT_EXPIRY = 1 << 2,
  JN_MRZ_FAULT_OPTIONAL = 1 << 3,
  JN_MRZ_FAULT_COMPOSITE = 1 << 4,
  JN_MRZ_FAULT_DATE = 1 << 5,
} JnMrzFault;

/**
 * JnMrz: the fields without filling; "" where the zone has none.
 * @type: "P", "I", "ID", …
 * @issuer, @nationality: of three letters: "MAC", "CHN", "UTO"; "D" for Germany
 * @sex: "M", "F" or "X"
 * @birth, @expiry: "YYYY-MM-DD"; "" for a date that is none (an expiry of "<<<<<<": unlimited)
 * @optional: what the issuer adds
 * @faults: a set of JnMrzFault; 0: all fits
 */
typedef struct
{
  JnMrzFormat format;
  char type[3];
  char issuer[4];
  char number[32];
  char nationality[4];
  char surname[40];
  char given[40];
  char birth[11];
  char sex[2];
  char expiry[11];
  char optional[32];
  guint faults;
} JnMrz;

/* The check digit of @length signs: 7, 3, 1 again and again, modulo 10. */
int jn_mrz_check_digit (const char *text, gsize length);

/**
 * jn_mrz_parse:
 * @text: the zone's lines; spaces and line ends do not count, small letters are capitals
 * @today: "YYYY-MM-DD": a birth is never after it, an expiry within 20 years after or 80 before
 *
 * Returns: whether @text has the shape of a zone; what does not fit in it is in @mrz->faults
 */
gboolean jn_mrz_parse (const char *text, const char *today, JnMrz *mrz);

G_END_DECLS
