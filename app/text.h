/* text.h: what a citizen reads, in the citizen's language whatever the clerk's is.
 *
 * gettext serves one language at a time; these functions read the same .mo files by themselves. A
 * language is "zh-Hant", "pt" or "en"; another one, and a text without translation, gives the
 * msgid, which is English. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * jn_text_set_folder:
 * @folder: the locale folder: FOLDER/zh_HK/LC_MESSAGES/janela.mo
 *
 * Before the first jn_text(); default: JANELA_LOCALE_DIR of the environment or of the build.
 */
void jn_text_set_folder (const char *folder);

/* Returns: (transfer none): lives as long as the program. Thread-safe. */
const char *jn_text (const char *language, const char *msgid);
/* With a context, as C_() marks it. */
const char *jn_text_context (const char *language, const char *context, const char *msgid);
/* By the plural rule of the .mo file (its header), as ngettext(). */
const char *jn_text_plural (const char *language, const char *one, const char *many, gulong n);

/**
 * jn_text_name:
 * @names: (nullable): a{ss} or a{sv} of names by language: {"zh_Hant":…,"pt":…,"en":…}
 *
 * Returns: (transfer full): the name in @language, else in zh-Hant, pt, en; "" when there is none
 */
char *jn_text_name (const char *language, GVariant *names);

/* "YYYY-MM-DD" → "2026年11月23日", "23 de Novembro de 2026", "23 November 2026"; other text as it is */
char *jn_text_format_date (const char *language, const char *day);
/* "YYYY-MM-DD" → "23/11/2026", as forms and the window write it */
char *jn_text_format_day (const char *day);
/* What %NULL stands for as a zone from now on: the branch's of who is signed in; Asia/Macau until then */
void jn_text_set_zone (GTimeZone *zone);
/* In @zone (%NULL: the branch's): "23/11/2026 14:05", "2026年11月23日 14:05" */
char *jn_text_format_time (const char *language, gint64 unix_seconds, GTimeZone *zone);
/* "09:30" on the day of @now, else "27/11/2026 09:30"; in the branch's zone */
char *jn_text_format_moment (gint64 unix_seconds, gint64 now);
char *jn_text_format_clock (gint64 unix_seconds, GTimeZone *zone); /* "14:05" */
/* "MOP 1,250.00"; zero is "free"; unknown (< 0) is "to be confirmed" */
char *jn_text_format_money (const char *language, gint64 avos);
char *jn_text_format_number (const char *language, gint64 number); /* 1,234; 1 234 in pt */
char *jn_text_format_tenths (const char *language, double number); /* 4.8; 4,8 in pt */
/* "4 min", "1 h 05 min" */
char *jn_text_format_duration (const char *language, gint64 seconds);

/**
 * jn_text_mask:
 *
 * An identity number for the eyes of others: the first and the last two signs stay, brackets too:
 * 1·····7(8). Law 8/2005: full numbers stand on no list, screen or receipt that others see.
 * Returns: (transfer full)
 */
char *jn_text_mask (const char *number);
/* "1234567(8)": as the card prints it; other kinds as they are */
char *jn_text_format_document (const char *kind, const char *number);

G_END_DECLS
