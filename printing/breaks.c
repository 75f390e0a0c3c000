/* breaks.c: places to break a line in words that no line holds. */
#include "printing/breaks.h"

#define LONG_WORD 300 /* letters: longer than any address that we print */
#define STEP 20       /* letters between two places */
#define ZERO_WIDTH_SPACE "\342\200\213"

/* Where its run of letters ends, and how many they are. */
static const char *
end_of_word (const char *p, guint *letters)
{
  for (*letters = 0; *p != '\0' && !g_unichar_isspace (g_utf8_get_char (p)); ++*letters)
    p = g_utf8_next_char (p);
  return p;
}

static void
add_word (GString *text, const char *word, const char *end)
{
  for (guint i = 0; word < end; i++)
    {
      const char *next = g_utf8_next_char (word);

      if (i > 0 && i % STEP == 0)
        g_string_append (text, ZERO_WIDTH_SPACE);
      g_string_append_len (text, word, next - word);
      word = next;
    }
}

/* (nullable) */
static const char *
find_long_word (const char *p, const char **end)
{
  guint letters;

  while (*p != '\0')
    {
      *end = end_of_word (p, &letters);
      if (letters > LONG_WORD)
        return p;
      p = **end != '\0' ? g_utf8_next_char (*end) : *end;
    }
  return NULL;
}

char *
jn_breaks_add (const char *text)
{
  const char *end = NULL;
  const char *word = find_long_word (text, &end);
  GString *broken;

  if (word == NULL)
    return NULL;
  broken = g_string_new (NULL);
  for (; word != NULL; word = find_long_word (text, &end))
    {
      g_string_append_len (broken, text, word - text);
      add_word (broken, word, end);
      text = end;
    }
  g_string_append (broken, text);
  return g_string_free (broken, FALSE);
}
