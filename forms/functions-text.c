/* functions-text.c: texts (XPath 1.0, 4.2; ODK XForms, "String functions").
 *
 * Places and lengths are counted in characters. */
#include "forms/characters.h"
#include "forms/functions.h"

#include <math.h>
#include <stdlib.h>

static gboolean
call_string (JnEval *eval, const JnCall *call, JnValue *result)
{
  return jn_return_string (result, jn_arg_string (eval, call, 0));
}

/* Joins all single values of the arguments from @first on. */
static gboolean
join_items (JnEval *eval, const JnCall *call, gsize first, const char *glue, JnValue *result)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean any = FALSE;

  for (gsize i = first; i < call->pub.n_args; i++)
    {
      JnItems items;
      JnValue item;

      if (!jn_arg_items (eval, call, i, &items))
        return FALSE;
      for (; jn_items_next (&items, &item); any = TRUE)
        {
          const char *string = jn_eval_to_string (eval, &item);

          if (string == NULL || !jn_eval_spend (eval, 1 + (gint64)(strlen (string) >> 4)))
            return FALSE;
          g_string_append (text, any ? glue : "");
          g_string_append (text, string);
        }
    }
  return jn_return_string (result, jn_eval_copy (eval, text->str, text->len));
}

static gboolean
call_concat (JnEval *eval, const JnCall *call, JnValue *result)
{
  return join_items (eval, call, 0, "", result);
}

static gboolean
call_join (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *glue = jn_arg_string (eval, call, 0);

  return glue != NULL && join_items (eval, call, 1, glue, result);
}

static gboolean
two_strings (JnEval *eval, const JnCall *call, const char **first, const char **second)
{
  *first = jn_arg_string (eval, call, 0);
  *second = *first == NULL ? NULL : jn_arg_string (eval, call, 1);
  return *second != NULL && jn_eval_spend (eval, (gint64)(strlen (*first) >> 4));
}

static gboolean
call_contains (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text, *part;

  return two_strings (eval, call, &text, &part)
         && jn_return_boolean (result, strstr (text, part) != NULL);
}

static gboolean
call_starts_with (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text, *part;

  return two_strings (eval, call, &text, &part)
         && jn_return_boolean (result, g_str_has_prefix (text, part));
}

static gboolean
call_ends_with (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text, *part;

  return two_strings (eval, call, &text, &part)
         && jn_return_boolean (result, g_str_has_suffix (text, part));
}

static gboolean
call_substring_before (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text, *part, *found;

  if (!two_strings (eval, call, &text, &part))
    return FALSE;
  found = strstr (text, part);
  return jn_return_string (result,
                           found == NULL ? "" : jn_eval_copy (eval, text, (gsize)(found - text)));
}

static gboolean
call_substring_after (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text, *part, *found;

  if (!two_strings (eval, call, &text, &part))
    return FALSE;
  found = strstr (text, part);
  return jn_return_string (result, found == NULL ? "" : found + strlen (part));
}

/* Characters @first (from 0) up to but not including @last */
static const char *
slice (JnEval *eval, const char *text, glong first, glong last)
{
  const char *start, *end;

  if (first >= last)
    return "";
  start = g_utf8_offset_to_pointer (text, first);
  end = g_utf8_offset_to_pointer (start, last - first);
  return *end == '\0' ? start : jn_eval_copy (eval, start, (gsize)(end - start));
}

/* A place that may be anything becomes one within the text. */
static glong
clamp_place (double place, glong length)
{
  return (glong)CLAMP (place, 0, (double)length);
}

/* XPath's: from 1, rounded, with a length; NaN takes nothing. */
static gboolean
call_substring (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);
  double first, length = INFINITY, last;
  glong all;

  if (text == NULL || !jn_arg_number (eval, call, 1, &first)
      || (call->pub.n_args == 3 && !jn_arg_number (eval, call, 2, &length)))
    return FALSE;
  first = floor (first + 0.5);
  last = call->pub.n_args == 3 ? first + floor (length + 0.5) : INFINITY;
  if (isnan (first) || isnan (last))
    return jn_return_string (result, "");
  all = g_utf8_strlen (text, -1);
  return jn_return_string (
      result, slice (eval, text, clamp_place (first - 1, all), clamp_place (last - 1, all)));
}

/* ODK's: from 0, to an end that is not included; negative counts from the text's end. */
static gboolean
call_substr (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);
  double first, last = INFINITY;
  glong all;

  if (text == NULL || !jn_arg_number (eval, call, 1, &first)
      || (call->pub.n_args == 3 && !jn_arg_number (eval, call, 2, &last)))
    return FALSE;
  if (isnan (first) || isnan (last))
    return jn_return_string (result, "");
  all = g_utf8_strlen (text, -1);
  first = trunc (first) < 0 ? all + trunc (first) : trunc (first);
  last = trunc (last) < 0 ? all + trunc (last) : trunc (last);
  return jn_return_string (result,
                           slice (eval, text, clamp_place (first, all), clamp_place (last, all)));
}

static gboolean
call_string_length (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);

  return text != NULL && jn_return_number (result, (double)g_utf8_strlen (text, -1));
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static gboolean
call_normalize_space (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);
  char *copy = text == NULL ? NULL : jn_eval_alloc (eval, strlen (text) + 1);
  gsize n = 0;

  if (copy == NULL)
    return FALSE;
  for (; *text != '\0'; text++)
    {
      if (!is_space (*text))
        copy[n++] = *text;
      else if (n > 0 && copy[n - 1] != ' ')
        copy[n++] = ' ';
    }
  if (n > 0 && copy[n - 1] == ' ')
    n--;
  copy[n] = '\0';
  return jn_return_string (result, copy);
}

/* Where @c stands among @from, -1 when it does not */
static glong
place_of (const char *from, gunichar c)
{
  const char *found = g_utf8_strchr (from, -1, c);

  return found == NULL ? -1 : g_utf8_pointer_to_offset (from, found);
}

static gboolean
call_translate (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text, *from, *to;
  g_autoptr(GString) out = g_string_new (NULL);
  glong n_to;

  if (!two_strings (eval, call, &text, &from) || (to = jn_arg_string (eval, call, 2)) == NULL)
    return FALSE;
  n_to = g_utf8_strlen (to, -1);
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      glong place = place_of (from, c);

      if (!jn_eval_spend (eval, 1 + (gint64)(strlen (from) >> 4)))
        return FALSE;
      if (place < 0)
        g_string_append_unichar (out, c);
      else if (place < n_to)
        g_string_append_unichar (out, g_utf8_get_char (g_utf8_offset_to_pointer (to, place)));
    }
  return jn_return_string (result, jn_eval_copy (eval, out->str, out->len));
}

/* ---- patterns ---------------------------------------------------------------------------------- */

/* A pattern comes from outside: the limit stops those that take exponential time. */
GRegex *
jn_regex_compile (const char *pattern, GError **error)
{
  g_autofree char *limited = g_strconcat ("(*LIMIT_MATCH=100000)", pattern, NULL);

  return g_regex_new (limited, G_REGEX_DOLLAR_ENDONLY, 0, error);
}

static gboolean
match (JnEval *eval, const GRegex *regex, const char *text, JnValue *result)
{
  g_autoptr(GError) error = NULL;
  gboolean found = g_regex_match_full (regex, text, -1, 0, 0, NULL, &error);

  if (error != NULL)
    return jn_eval_fail (eval, JN_FORM_ERROR_LIMIT, "the pattern %.80s takes too long",
                         g_regex_get_pattern (regex) + strlen ("(*LIMIT_MATCH=100000)"));
  return jn_return_boolean (result, found);
}

static gboolean
call_regex (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text, *pattern;
  g_autoptr(GRegex) regex = NULL;
  g_autoptr(GError) error = NULL;

  if (call->data != NULL)
    {
      text = jn_arg_string (eval, call, 0);
      return text != NULL && jn_eval_spend (eval, 10 + (gint64)strlen (text))
             && match (eval, call->data, text, result);
    }
  if (!two_strings (eval, call, &text, &pattern)
      || !jn_eval_spend (eval, (gint64)(strlen (text) + 100 + 10 * strlen (pattern))))
    return FALSE;
  regex = jn_regex_compile (pattern, &error);
  if (regex == NULL)
    return jn_eval_fail (eval, JN_FORM_ERROR_REJECTED, "column %u: %s", call->pub.column,
                         error->message);
  return match (eval, regex, text, result);
}

/* ---- digests and codes ------------------------------------------------------------------------- */

static gboolean
find_algorithm (const char *name, GChecksumType *type, GError **error)
{
  static const struct
  {
    const char *name;
    GChecksumType type;
  } algorithms[] = { { "MD5", G_CHECKSUM_MD5 },
                     { "SHA-1", G_CHECKSUM_SHA1 },
                     { "SHA-256", G_CHECKSUM_SHA256 },
                     { "SHA-384", G_CHECKSUM_SHA384 },
                     { "SHA-512", G_CHECKSUM_SHA512 } };

  for (gsize i = 0; i < G_N_ELEMENTS (algorithms); i++)
    if (strcmp (algorithms[i].name, name) == 0)
      {
        *type = algorithms[i].type;
        return TRUE;
      }
  g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED,
               "digest() knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512, not %.40s", name);
  return FALSE;
}

static gboolean
find_encoding (const char *name, gboolean *hex, GError **error)
{
  *hex = strcmp (name, "hex") == 0;
  if (*hex || strcmp (name, "base64") == 0)
    return TRUE;
  g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED,
               "digest() writes base64 or hex, not %.40s", name);
  return FALSE;
}

gboolean
jn_digest_check (const char *algorithm, const char *encoding, GError **error)
{
  GChecksumType type;
  gboolean hex;

  return (algorithm == NULL || find_algorithm (algorithm, &type, error))
         && (encoding == NULL || find_encoding (encoding, &hex, error));
}

static gboolean
call_digest (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text, *name, *encoding = "base64";
  g_autoptr(GChecksum) checksum = NULL;
  g_autoptr(GError) error = NULL;
  guint8 bytes[64];
  gsize n = sizeof bytes;
  GChecksumType type;
  gboolean hex;

  if (!two_strings (eval, call, &text, &name)
      || (call->pub.n_args == 3 && (encoding = jn_arg_string (eval, call, 2)) == NULL))
    return FALSE;
  if (!find_algorithm (name, &type, &error) || !find_encoding (encoding, &hex, &error))
    return jn_eval_fail (eval, JN_FORM_ERROR_REJECTED, "%s", error->message);
  checksum = g_checksum_new (type);
  g_checksum_update (checksum, (const guchar *)text, (gssize)strlen (text));
  if (hex)
    return jn_return_string (result,
                             jn_eval_take (eval, g_strdup (g_checksum_get_string (checksum))));
  g_checksum_get_digest (checksum, bytes, &n);
  return jn_return_string (result, jn_eval_take (eval, g_base64_encode (bytes, n)));
}

/* (transfer full) (nullable): RFC 4648 without white space, padded; NULL: it is no base64 */
static char *
pad_base64 (const char *text)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  GString *padded = g_string_new (NULL);
  gsize n;

  for (; *text != '\0'; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (padded, *text);
  n = strspn (padded->str, letters);
  if (strspn (padded->str + n, "=") != padded->len - n || n % 4 == 1
      || (padded->len > n && padded->len != (n + 3) / 4 * 4))
    return g_string_free (padded, TRUE);
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  return g_string_free (padded, FALSE);
}

static gboolean
call_base64_decode (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);
  g_autofree char *padded = NULL;
  g_autofree guchar *bytes = NULL;
  g_autofree char *decoded = NULL;
  char *clean;
  gsize n;

  if (text == NULL)
    return FALSE;
  padded = pad_base64 (text);
  if (padded == NULL)
    return jn_return_string (result, "");
  bytes = g_base64_decode (padded, &n);
  decoded = g_utf8_make_valid ((char *)bytes, (gssize)n);
  clean = jn_characters_clean (decoded);
  return jn_return_string (result,
                           jn_eval_take (eval, clean != NULL ? clean : g_steal_pointer (&decoded)));
}

/* ---- identifiers ------------------------------------------------------------------------------- */

/* RFC 4122, version 4 */
static void
append_uuid (JnEval *eval, GString *text)
{
  guint8 b[16];

  for (gsize i = 0; i < sizeof b; i++)
    b[i] = (guint8)(jn_eval_random (eval) * 256);
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  for (gsize i = 0; i < sizeof b; i++)
    g_string_append_printf (text, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", b[i]);
}

static gboolean
call_uuid (JnEval *eval, const JnCall *call, JnValue *result)
{
  g_autoptr(GString) text = g_string_new (NULL);
  double length = 36;

  if (call->pub.n_args == 1 && !jn_arg_number (eval, call, 0, &length))
    return FALSE;
  if (!(length >= 0 && length <= 65536))
    return jn_eval_fail (eval, JN_FORM_ERROR_REJECTED, "uuid() needs a length up to 65536");
  if (eval->scope->random == NULL && call->pub.n_args == 0)
    return jn_return_string (result, jn_eval_take (eval, g_uuid_string_random ()));
  while (text->len < (gsize)length)
    append_uuid (eval, text);
  return jn_return_string (result, jn_eval_copy (eval, text->str, (gsize)length));
}

const JnFunction jn_text_functions[] = {
  { "string", 0, 1, JN_FUNCTION_HOST, call_string },
  { "concat", 0, -1, JN_FUNCTION_PURE, call_concat },
  { "join", 1, -1, JN_FUNCTION_PURE, call_join },
  { "contains", 2, 2, JN_FUNCTION_PURE, call_contains },
  { "starts-with", 2, 2, JN_FUNCTION_PURE, call_starts_with },
  { "ends-with", 2, 2, JN_FUNCTION_PURE, call_ends_with },
  { "substring-before", 2, 2, JN_FUNCTION_PURE, call_substring_before },
  { "substring-after", 2, 2, JN_FUNCTION_PURE, call_substring_after },
  { "substring", 2, 3, JN_FUNCTION_PURE, call_substring },
  { "substr", 2, 3, JN_FUNCTION_PURE, call_substr },
  { "string-length", 0, 1, JN_FUNCTION_HOST, call_string_length },
  { "normalize-space", 0, 1, JN_FUNCTION_HOST, call_normalize_space },
  { "translate", 3, 3, JN_FUNCTION_PURE, call_translate },
  { "regex", 2, 2, JN_FUNCTION_PURE, call_regex },
  { "digest", 2, 3, JN_FUNCTION_PURE, call_digest },
  { "base64-decode", 1, 1, JN_FUNCTION_PURE, call_base64_decode },
  { "uuid", 0, 1, JN_FUNCTION_VOLATILE, call_uuid },
  { NULL },
};
