/* search.c: words as people type them against texts in three languages. */
#include "app/search.h"

#include <string.h>

char *
jn_search_fold (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text != NULL ? text : "", -1, G_NORMALIZE_ALL);
  g_autofree char *lower = plain != NULL ? g_utf8_casefold (plain, -1) : g_strdup ("");
  GString *folded = g_string_new (NULL);

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar sign = g_utf8_get_char (p);

      if (g_unichar_ismark (sign))
        continue;
      if (g_unichar_isalnum (sign))
        g_string_append_unichar (folded, sign);
      else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
        g_string_append_c (folded, ' ');
    }
  while (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);
  return g_string_free (folded, FALSE);
}

/* Whether @a and @b differ by one slip at most (Damerau-Levenshtein distance 1) */
static gboolean
one_slip (const char *a, gsize n_a, const char *b, gsize n_b)
{
  gsize head = 0;
  gsize tail = 0;
  gsize rest_a, rest_b;

  if (n_a > n_b + 1 || n_b > n_a + 1)
    return FALSE;
  while (head < n_a && head < n_b && a[head] == b[head])
    head++;
  while (tail < n_a - head && tail < n_b - head && a[n_a - tail - 1] == b[n_b - tail - 1])
    tail++;
  rest_a = n_a - head - tail;
  rest_b = n_b - head - tail;
  if (rest_a <= 1 && rest_b <= 1)
    return TRUE;
  return rest_a == 2 && rest_b == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
}

static double
score_word (const char *word, gsize length, const char *at, gsize size)
{
  const char *inside;

  if (size < length)
    return length >= 5 && one_slip (word, length, at, size) ? 0.4 : 0;
  if (strncmp (word, at, length) == 0)
    return size == length ? 1.0 : (guchar)*word >= 0x80 ? 0.9 : 0.8;
  inside = g_strstr_len (at, (gssize)size, word);
  if (inside != NULL)
    return (guchar)*word >= 0x80 ? 0.9 : 0.6;
  /* also against the beginning: "certifcado" of "certificado…" */
  if (length >= 5
      && (one_slip (word, length, at, size) || one_slip (word, length, at, MIN (size, length + 1))
          || one_slip (word, length, at, length)))
    return 0.4;
  return 0;
}

static double
score_in_text (const char *word, const char *text)
{
  gsize length = strlen (word);
  double best = 0;

  for (const char *at = text; at != NULL && *at != '\0';)
    {
      gsize size = strcspn (at, " ");

      best = MAX (best, score_word (word, length, at, size));
      at += size;
      at += strspn (at, " ");
    }
  return best;
}

double
jn_search_score (const char *query, const char *const *texts)
{
  g_auto (GStrv) words = g_strsplit (query, " ", -1);
  double sum = 0;
  guint count = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      double best = 0;

      if (*words[i] == '\0')
        continue;
      for (guint k = 0; texts[k] != NULL; k++)
        best = MAX (best, score_in_text (words[i], texts[k]));
      if (best <= 0)
        return 0;
      sum += best;
      count++;
    }
  return count > 0 ? sum / count : 0;
}
