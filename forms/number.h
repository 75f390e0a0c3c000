/* number.h: numbers as text, the way ODK XForms writes and reads them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest number without exponent: -5e-324 has 326 digits and signs. */
#define JN_NUMBER_TEXT_MAX 352

/**
 * jn_number_to_text:
 *
 * The shortest decimal that reads back as @number, never with an exponent; "NaN", "Infinity",
 * "-Infinity". XPath 1.0, 4.2 string(). Independent of the locale. Returns: its length
 */
gsize jn_number_to_text (double number, char text[JN_NUMBER_TEXT_MAX]);

/**
 * jn_number_from_text:
 *
 * XPath 1.0, 4.4 number(): optional space, `-`, digits with at most one point; all else is NaN
 * (also "1.1e6", "+1", "0x10", "Infinity").
 */
double jn_number_from_text (const char *text);

G_END_DECLS
