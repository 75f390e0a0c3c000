/* format.c: dates, times and money as each language writes them on paper. */
#include "printing/format.h"

#include <string.h>

typedef enum
{
  CHINESE,
  PORTUGUESE,
  ENGLISH,
} Tongue;

/* Portuguese as it is written in Macau, before the agreement of 1990: months are names. */
static const char *const months[][12] = {
  [PORTUGUESE] = { "Janeiro", "Fevereiro", "Março", "Abril", "Maio", "Junho", "Julho", "Agosto",
                   "Setembro", "Outubro", "Novembro", "Dezembro" },
  [ENGLISH] = { "January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December" },
};

static Tongue
tongue_of (const char *language)
{
  if (g_str_has_prefix (language, "zh"))
    return CHINESE;
  return g_str_has_prefix (language, "pt") ? PORTUGUESE : ENGLISH;
}

char *
jn_format_date (const char *language, int year, int month, int day)
{
  Tongue tongue = tongue_of (language);

  g_return_val_if_fail (month >= 1 && month <= 12, NULL);
  switch (tongue)
    {
    case CHINESE:
      return g_strdup_printf ("%d年%d月%d日", year, month, day);
    case PORTUGUESE: /* the first of a month is ordinal in Portuguese */
      return g_strdup_printf ("%d%s de %s de %d", day, day == 1 ? ".º" : "",
                              months[tongue][month - 1], year);
    case ENGLISH:
      return g_strdup_printf ("%d %s %d", day, months[tongue][month - 1], year);
    }
  g_return_val_if_reached (NULL);
}

char *
jn_format_time (const char *language, GDateTime *when)
{
  if (tongue_of (language) == CHINESE)
    return g_date_time_format (when, "%Y年%-m月%-d日 %H:%M");
  return g_date_time_format (when, "%d/%m/%Y %H:%M");
}

char *
jn_format_money (gint64 avos)
{
  guint64 amount = avos < 0 ? -(guint64)avos : (guint64)avos;
  g_autofree char *whole = g_strdup_printf ("%" G_GUINT64_FORMAT, amount / 100);
  gsize digits = strlen (whole);
  GString *text = g_string_new (avos < 0 ? "−" : NULL);

  for (gsize i = 0; i < digits; i++)
    {
      if (i > 0 && (digits - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, whole[i]);
    }
  g_string_append_printf (text, ".%02u", (guint)(amount % 100));
  return g_string_free (text, FALSE);
}

char *
jn_format_money_mop (const char *language, gint64 avos)
{
  g_autofree char *amount = jn_format_money (avos);

  return g_strconcat (tongue_of (language) == CHINESE ? "澳門元 " : "MOP ", amount, NULL);
}

char *
jn_format_copy (const char *language, guint copy)
{
  switch (tongue_of (language))
    {
    case CHINESE:
      return g_strdup_printf ("副本 %u", copy);
    case PORTUGUESE:
      return g_strdup_printf ("CÓPIA %u", copy);
    case ENGLISH:
      return g_strdup_printf ("COPY %u", copy);
    }
  g_return_val_if_reached (NULL);
}

char *
jn_format_page (const char *language, guint page, guint n_pages)
{
  switch (tongue_of (language))
    {
    case CHINESE:
      return g_strdup_printf ("第 %u 頁，共 %u 頁", page, n_pages);
    case PORTUGUESE:
      return g_strdup_printf ("Página %u de %u", page, n_pages);
    case ENGLISH:
      return g_strdup_printf ("Page %u of %u", page, n_pages);
    }
  g_return_val_if_reached (NULL);
}
