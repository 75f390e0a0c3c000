/* day.h: dates as clerks type and read them, DD/MM/YYYY, and as forms keep them, YYYY-MM-DD. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "1/3/2026", "01032026", "2026-03-01" → "2026-03-01"; NULL for what is no day. (transfer full) */
char *jn_day_from_text (const char *text);
/* "2026-03-01" → "01/03/2026"; other text as it is. (transfer full) */
char *jn_day_to_text (const char *day);
/* "9:05", "0905" → "09:05"; NULL for what is no time. (transfer full) */
char *jn_clock_from_text (const char *text);
/* What to add while digits are typed at the end of @text: "/" after two and after five signs. */
gboolean jn_day_wants_stroke (const char *text);

G_END_DECLS
