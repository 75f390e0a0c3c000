/* catalogue-meta.h: one file of the catalogue as it is published: code, version, hash, and what the
 * backend must know of it (assets/docs/backend.md, catalogue_publish). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JnCatalogueFile:
 * @kind: "service", "event", "facts" or "departments"
 * @hash: SHA-256 of @bytes in hex
 * @version: of the form; of the others the day's hash stands for it: its first 12 digits
 * @meta: a{sv}, not floating
 */
typedef struct
{
  const char *kind;
  char *path;
  char *code;
  char *version;
  char *hash;
  GBytes *bytes;
  GVariant *meta;
} JnCatalogueFile;

JnCatalogueFile *jn_catalogue_file_new (const char *kind, const char *path);
void jn_catalogue_file_free (JnCatalogueFile *file);

/**
 * jn_catalogue_file_read:
 * @files: (element-type JnCatalogueFile): all that is published together; "departments" stands
 *   first and names the group of each service
 *
 * Reads and checks the file. Errors: G_FILE_ERROR, JN_FORM_ERROR with the line.
 */
gboolean jn_catalogue_file_read (JnCatalogueFile *file, GPtrArray *files, GError **error);

G_END_DECLS
