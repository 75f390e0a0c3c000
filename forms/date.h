/* date.h: dates, times and moments of ODK XForms: reading, writing, days since 1970.
 *
 * A moment is a gint64: microseconds since 1970-01-01T00:00:00Z. ODK XForms Specification, "Data
 * Types" and "Date and time functions". A %NULL zone is the process's. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JN_DAY_USEC G_GINT64_CONSTANT (86400000000)

/* "2024-02-29", also "2024-2-9"; a day that does not exist is refused. Each out is optional. */
gboolean jn_date_parse (const char *text, int *year, int *month, int *day);

/**
 * jn_moment_parse:
 * @is_date: (out) (optional): whether there is no time of day
 *
 * A date (midnight in @zone) or a date and time, "2024-02-29T13:45:00.250+08:00", "Z", or without
 * an offset, which is local to @zone.
 */
gboolean jn_moment_parse (const char *text, GTimeZone *zone, gint64 *moment, gboolean *is_date);

/* "13:45", "13:45:00", "13:45:00.250", with or without an offset: since midnight, local to @zone */
gboolean jn_clock_parse (const char *text, GTimeZone *zone, gint64 *usec);

/* (transfer full): "2024-02-29", the day in @zone */
char *jn_moment_to_date (gint64 moment, GTimeZone *zone);
/* (transfer full): "2024-02-29T13:45:00.250+08:00" */
char *jn_moment_to_text (gint64 moment, GTimeZone *zone);
/* (transfer full): "13:45:00.250+08:00" */
char *jn_moment_to_time (gint64 moment, GTimeZone *zone);

/**
 * jn_moment_format:
 * @format: %Y %y %m %n %b %B %d %e %a %A %H %h %M %S %3 %% of the ODK table; else as it is
 * @language: as JnXPathScope.language
 *
 * Returns: (transfer full)
 */
char *jn_moment_format (gint64 moment, GTimeZone *zone, const char *format, const char *language);

/* When the day of @moment began in @zone. */
gint64 jn_moment_midnight (gint64 moment, GTimeZone *zone);

/* Seconds east of Greenwich in @zone at @moment. */
int jn_zone_offset (GTimeZone *zone, gint64 moment);

G_END_DECLS
