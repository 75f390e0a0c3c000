/* test-breaks.c: words that no line holds can be broken, and all else is as it was. */
#include "printing/breaks.h"

#include <string.h>

#define SPACE "\342\200\213" /* U+200B */

static char *
letters (const char *letter, guint n)
{
  GString *text = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (text, letter);
  return g_string_free (text, FALSE);
}

static void
test_as_it_was (void)
{
  g_autofree char *word = letters ("é", 300);
  g_autofree char *words = g_strdup_printf ("%s %s\n%s\u3000%s", word, word, word, word);

  g_assert_null (jn_breaks_add (""));
  g_assert_null (jn_breaks_add ("Lam Tai Man 林大文"));
  g_assert_null (jn_breaks_add (words));
}

static void
test_broken (void)
{
  g_autofree char *word = letters ("長", 5000);
  g_autofree char *text = g_strdup_printf ("a %s b %s", word, word);
  g_autofree char *broken = jn_breaks_add (text);
  g_auto (GStrv) parts = g_strsplit (broken, SPACE, -1);
  g_autofree char *again = g_strjoinv ("", parts);

  g_assert_cmpstr (again, ==, text);
  g_assert_true (g_str_has_prefix (broken, "a 長"));
  for (guint i = 0; parts[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (parts[i], -1), <=, 20 + 3 + 20);
  g_assert_cmpuint (g_strv_length (parts), ==, 2 * 249 + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/breaks/as-it-was", test_as_it_was);
  g_test_add_func ("/printing/breaks/broken", test_broken);
  return g_test_run ();
}
