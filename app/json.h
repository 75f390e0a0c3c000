/* json.h: arguments and answers as they travel: a{sv} to JSON text and back. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Compact JSON of @dict; keys stand in the dictionary's own order. (transfer full) */
char *jn_json_from_dict (GVariant *dict);

/**
 * jn_json_to_dict:
 * @length: in bytes, or -1
 * Objects become a{sv}, lists av, integers int64, null a maybe that is nothing (see dict.h). Text
 * that is no JSON object is %G_IO_ERROR_INVALID_DATA. Returns: (transfer full): an a{sv}, not
 * floating, in one block of memory: what is borrowed from it stays where it is
 */
GVariant *jn_json_to_dict (const char *text, gssize length, GError **error);

G_END_DECLS
