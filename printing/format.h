/* format.h: dates, times and money as each language writes them on paper. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @language is "zh-Hant", "pt" or "en" everywhere; another is treated as "en". */

/**
 * jn_format_date: Returns: (transfer full): "2026年11月23日", "23 de Novembro de 2026", "23
 * November 2026"
 */
char *jn_format_date (const char *language, int year, int month, int day);

/**
 * jn_format_time: Returns: (transfer full): "2026年11月23日 14:05", "23/11/2026 14:05", in @when's
 * own zone
 */
char *jn_format_time (const char *language, GDateTime *when);

/**
 * jn_format_money: Returns: (transfer full): @avos as "1,250.00"; the same in all three languages
 * of Macau's offices
 */
char *jn_format_money (gint64 avos);

/**
 * jn_format_money_mop: Returns: (transfer full): with the currency: "MOP 1,250.00" or "澳門元
 * 1,250.00"
 */
char *jn_format_money_mop (const char *language, gint64 avos);

/**
 * jn_format_copy: Returns: (transfer full): "副本 2", "CÓPIA 2", "COPY 2"
 */
char *jn_format_copy (const char *language, guint copy);

/**
 * jn_format_page: Returns: (transfer full): "第 1 頁，共 2 頁", "Página 1 de 2", "Page 1 of 2"
 */
char *jn_format_page (const char *language, guint page, guint n_pages);

G_END_DECLS
