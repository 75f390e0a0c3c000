/* characters.c: which characters an answer may hold: those that an XML document can. */
#include "forms/characters.h"

/* Where a character begins that cannot be written, of @length bytes; its end where there is none. */
static const char *
find_wrong (const char *text, gsize *length)
{
  const guchar *p = (const guchar *)text;

  for (; *p != '\0'; p++)
    if (*p < 0x20 && *p != '\t' && *p != '\n' && *p != '\r')
      {
        *length = 1;
        break;
      }
    else if (*p == 0xef && p[1] == 0xbf && p[2] >= 0xbe) /* U+FFFE, U+FFFF */
      {
        *length = 3;
        break;
      }
  return (const char *)p;
}

char *
jn_characters_clean (const char *text)
{
  gsize length = 0;
  const char *wrong = find_wrong (text, &length);
  GString *clean;

  if (*wrong == '\0')
    return NULL;
  clean = g_string_new (NULL);
  while (*wrong != '\0')
    {
      g_string_append_len (clean, text, wrong - text);
      text = wrong + length;
      wrong = find_wrong (text, &length);
    }
  g_string_append (clean, text);
  return g_string_free (clean, FALSE);
}
