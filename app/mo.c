/* mo.c: a compiled gettext catalogue, read by ourselves: several languages at once. */
#include "app/mo.h"

#include <gio/gio.h>
#include <string.h>

struct _JnMo
{
  GMappedFile *file;
  const char *data;
  gsize size;
  gboolean swapped;
  guint32 count;
  guint32 originals;
  guint32 translations;
  char *rule; /* of plurals */
};

#define MAGIC 0x950412deU

/* -- plural rules: the C operators that gettext allows, by precedence -------------------------- */

typedef struct
{
  const char *at;
  gulong n;
  gboolean wrong;
} Rule;

static gulong read_choice (Rule *rule);

static gboolean
take (Rule *rule, const char *sign)
{
  while (*rule->at == ' ')
    rule->at++;
  if (!g_str_has_prefix (rule->at, sign))
    return FALSE;
  rule->at += strlen (sign);
  return TRUE;
}

static gulong
read_primary (Rule *rule)
{
  gulong value;

  if (take (rule, "!"))
    return !read_primary (rule);
  if (take (rule, "n"))
    return rule->n;
  if (take (rule, "("))
    {
      value = read_choice (rule);
      rule->wrong |= !take (rule, ")");
      return value;
    }
  if (!g_ascii_isdigit (*rule->at))
    {
      rule->wrong = TRUE;
      return 0;
    }
  return strtoul (rule->at, (char **)&rule->at, 10);
}

static gulong
read_product (Rule *rule)
{
  gulong value = read_primary (rule);

  while (!rule->wrong)
    {
      char sign = take (rule, "%") ? '%' : take (rule, "*") ? '*' : take (rule, "/") ? '/' : '\0';
      gulong other;

      if (sign == '\0')
        break;
      other = read_primary (rule);
      if (sign == '*')
        value *= other;
      else if (other == 0)
        rule->wrong = TRUE;
      else
        value = sign == '%' ? value % other : value / other;
    }
  return value;
}

static gulong
read_sum (Rule *rule)
{
  gulong value = read_product (rule);

  while (!rule->wrong)
    {
      if (take (rule, "+"))
        value += read_product (rule);
      else if (take (rule, "-"))
        value -= read_product (rule);
      else
        break;
    }
  return value;
}

static gulong
read_comparison (Rule *rule)
{
  gulong value = read_sum (rule);

  if (take (rule, "<="))
    return value <= read_sum (rule);
  if (take (rule, ">="))
    return value >= read_sum (rule);
  if (take (rule, "<"))
    return value < read_sum (rule);
  if (take (rule, ">"))
    return value > read_sum (rule);
  if (take (rule, "=="))
    return value == read_sum (rule);
  if (take (rule, "!="))
    return value != read_sum (rule);
  return value;
}

static gulong
read_and (Rule *rule)
{
  gulong value = read_comparison (rule);

  while (!rule->wrong && take (rule, "&&"))
    {
      gulong other = read_comparison (rule);

      value = value && other;
    }
  return value;
}

static gulong
read_or (Rule *rule)
{
  gulong value = read_and (rule);

  while (!rule->wrong && take (rule, "||"))
    {
      gulong other = read_and (rule);

      value = value || other;
    }
  return value;
}

static gulong
read_choice (Rule *rule)
{
  gulong value = read_or (rule);
  gulong yes;
  gulong no;

  if (rule->wrong || !take (rule, "?"))
    return value;
  yes = read_choice (rule);
  rule->wrong |= !take (rule, ":");
  no = read_choice (rule);
  return value ? yes : no;
}

int
jn_plural_evaluate (const char *text, gulong n)
{
  Rule rule = { text, n, FALSE };
  gulong value = read_choice (&rule);

  take (&rule, ";");
  return rule.wrong || *rule.at != '\0' || value > 100 ? -1 : (int)value;
}

/* -- the file ---------------------------------------------------------------------------------- */

static guint32
read_word (const JnMo *mo, gsize offset)
{
  guint32 word;

  if (offset + sizeof word > mo->size)
    return 0;
  memcpy (&word, mo->data + offset, sizeof word);
  return mo->swapped ? GUINT32_SWAP_LE_BE (word) : word;
}

/* (nullable): the string of entry @i; it ends with NUL inside the file, or is none */
static const char *
read_text (const JnMo *mo, guint32 table, guint32 i, gsize *length)
{
  gsize size = read_word (mo, table + 8 * (gsize)i);
  gsize offset = read_word (mo, table + 8 * (gsize)i + 4);

  if (offset >= mo->size || size >= mo->size - offset || mo->data[offset + size] != '\0')
    return NULL;
  *length = size;
  return mo->data + offset;
}

/* (nullable): msgids are sorted by strcmp(); that of a plural ends at its first NUL */
static const char *
look_up (const JnMo *mo, const char *key, gsize *length)
{
  guint32 low = 0;
  guint32 high = mo->count;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      const char *text = read_text (mo, mo->originals, middle, length);
      int order = text != NULL ? strcmp (key, text) : -1;

      if (order == 0)
        return read_text (mo, mo->translations, middle, length);
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

static char *
find_rule (const JnMo *mo)
{
  gsize length = 0;
  const char *header = look_up (mo, "", &length);
  const char *plural = header != NULL ? strstr (header, "plural=") : NULL;
  /* "nplurals=" has no "plural=" in it: the l is followed by an s */
  gsize size;

  if (plural == NULL)
    return g_strdup ("n != 1");
  plural += strlen ("plural=");
  size = strcspn (plural, ";\n");
  return g_strndup (plural, size);
}

JnMo *
jn_mo_new (const char *path, GError **error)
{
  g_autoptr (JnMo) mo = g_new0 (JnMo, 1);
  guint32 magic;

  mo->file = g_mapped_file_new (path, FALSE, error);
  if (mo->file == NULL)
    return NULL;
  mo->data = g_mapped_file_get_contents (mo->file);
  mo->size = g_mapped_file_get_length (mo->file);
  magic = read_word (mo, 0);
  mo->swapped = magic == GUINT32_SWAP_LE_BE (MAGIC);
  if (magic != MAGIC && !mo->swapped)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is no catalogue", path);
      return NULL;
    }
  mo->count = read_word (mo, 8);
  mo->originals = read_word (mo, 12);
  mo->translations = read_word (mo, 16);
  if (mo->count > mo->size / 8)
    mo->count = 0;
  mo->rule = find_rule (mo);
  return g_steal_pointer (&mo);
}

void
jn_mo_free (JnMo *mo)
{
  if (mo == NULL)
    return;
  g_clear_pointer (&mo->file, g_mapped_file_unref);
  g_free (mo->rule);
  g_free (mo);
}

const char *
jn_mo_find (const JnMo *mo, const char *context, const char *msgid)
{
  gsize length = 0;
  g_autofree char *key
      = context != NULL ? g_strconcat (context, "\004", msgid, NULL) : g_strdup (msgid);
  const char *text = look_up (mo, key, &length);

  return text != NULL && length > 0 ? text : NULL;
}

const char *
jn_mo_find_plural (const JnMo *mo, const char *msgid, gulong n)
{
  gsize length = 0;
  const char *text = look_up (mo, msgid, &length);
  const char *end;
  int form = jn_plural_evaluate (mo->rule, n);

  if (text == NULL || length == 0)
    return NULL;
  end = text + length;
  for (; form > 0 && text < end; form--)
    text += strlen (text) + 1;
  return text < end ? text : NULL;
}
