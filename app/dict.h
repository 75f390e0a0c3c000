/* dict.h: arguments and answers of the backend: building an a{sv}, and looking up in one.
 *
 * What is null is the same as what is missing, in both directions. Integers are int64 throughout.
 * Look-ups never fail: a missing key, or one of another type, gives the fallback. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * jn_dict_new: (skip)
 * @key: (nullable): the first key
 * @...: its format and value; then further keys, each with format and value; then NULL
 *
 * Formats are GVariant's, with two differences: "i" takes an int and stores an int64 (an "x" wants
 * a real gint64), and a NULL for "s", "^as" or "@…" leaves the key out.
 *
 *   jn_dict_new ("visit", "s", id, "counter", "i", 7, "original", "b", TRUE,
 *                "services", "^as", codes, "document", "@a{sv}", document, NULL)
 *
 * Returns: (transfer floating): an a{sv}
 */
GVariant *jn_dict_new (const char *key, ...) G_GNUC_NULL_TERMINATED;

/* (transfer none) (nullable): borrowed from @dict, until @dict is turned into one block of memory
 * (g_variant_get_data (), sending it anywhere); what jn_json_to_dict () gives is one already. */
const char *jn_dict_string (GVariant *dict, const char *key);
gint64 jn_dict_int (GVariant *dict, const char *key, gint64 fallback);
gboolean jn_dict_boolean (GVariant *dict, const char *key, gboolean fallback);
double jn_dict_double (GVariant *dict, const char *key, double fallback); /* takes integers too */
/* A time as it travels, in Unix seconds; 0 where there is none. */
gint64 jn_dict_time (GVariant *dict, const char *key);
/* Whether the key is there and not null. */
gboolean jn_dict_has (GVariant *dict, const char *key);

/* (transfer full) (nullable): the a{sv} below @key. */
GVariant *jn_dict_dict (GVariant *dict, const char *key);
/* (transfer full) (nullable): the list below @key, an "av" (from JSON) or any other array. */
GVariant *jn_dict_list (GVariant *dict, const char *key);
/* (transfer full): the strings in the list below @key; empty where there is none. */
char **jn_dict_strings (GVariant *dict, const char *key);
/* A text by language ({"zh_Hant":…,"pt":…,"en":…}) below @key; @language is "zh-Hant", "pt" or
 * "en"; where it is missing, any that is there. (transfer none) (nullable) */
const char *jn_dict_text (GVariant *dict, const char *key, const char *language);

/* Length of a list (0 for NULL), and its @i-th element: (transfer full) (nullable). */
gsize jn_list_length (GVariant *list);
GVariant *jn_list_dict (GVariant *list, gsize i);
const char *jn_list_string (GVariant *list, gsize i); /* (transfer none) (nullable) */
/* A list of dictionaries, (transfer floating): consumes floating elements. @n_dicts may be 0. */
GVariant *jn_list_new (GVariant *const *dicts, gsize n_dicts);

/* RFC 3339 with offset, as times travel; µs since 1970. The second gives 0 for what is no time. */
char *jn_time_format (gint64 at_us);
gint64 jn_time_parse (const char *text);

G_END_DECLS
