/* fuzz-paper.c: any text is a receipt, a list of keys or a document, or an error; what is taken holds, and can be printed. */
#include <string.h>

#include "printing/raster.h"
#include "printing/seal.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static JnKeyList *
make_keys (void)
{
  const guint8 seed[32] = { 1, 2, 3, 4, 5, 6, 7, 8 };
  const JnKeyId id = { 7, 12, 1 };
  g_autoptr(JnSealKey) key = jn_seal_key_new_from_seed (id, seed);
  JnKeyList *keys = jn_key_list_new ();
  JnPublicKey entry = { .id = id };

  memcpy (entry.key, jn_seal_key_get_public (key), sizeof entry.key);
  jn_key_list_add (keys, &entry);
  return keys;
}

/* No text that was not sealed is genuine. */
static void
check_receipt (const char *text)
{
  static JnKeyList *keys;
  g_autofree char *whole = g_strconcat ("https://janela.example/r#", text, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnReceiptClaim) claim = NULL;

  if (keys == NULL)
    keys = make_keys ();
  claim = jn_seal_verify (whole, keys, G_MAXINT32, NULL, &error);
  g_assert ((claim == NULL) == (error != NULL));
}

/* What was read is written the same way again. */
static void
check_keys (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JnKeyList) list = jn_key_list_new_from_json (text, &error);
  g_autofree char *json = NULL;
  g_autoptr(JnKeyList) again = NULL;

  g_assert ((list == NULL) == (error != NULL));
  if (list == NULL)
    return;
  json = jn_key_list_to_json (list);
  again = jn_key_list_new_from_json (json, NULL);
  g_assert (again != NULL && jn_key_list_get_size (again) == jn_key_list_get_size (list));
}

static void
check_signed (const char *text)
{
  const guint8 root[JN_KEY_PUBLIC_SIZE] = { 1 };
  g_autoptr(JnKeyList) list = jn_key_list_open (text, root, NULL);

  g_assert_null (list);
}

static void
check_document (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JnDocument) document = jn_document_new_from_json (text, &error);
  JnPaper paper = strlen (text) % JN_N_PAPERS;
  g_autoptr(JnLayout) layout = NULL;
  g_autoptr(JnRaster) raster = NULL;
  g_autofree char *json = NULL;
  g_autoptr(JnDocument) again = NULL;

  g_assert ((document == NULL) == (error != NULL));
  if (document == NULL)
    return;
  json = jn_document_to_json (document);
  again = jn_document_new_from_json (json, NULL);
  g_assert_nonnull (again);
  layout = jn_layout_new (document, paper, NULL);
  if (layout != NULL)
    raster = jn_raster_new_from_page (layout, jn_layout_get_n_pages (layout) - 1, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);

  check_receipt (text);
  check_keys (text);
  check_signed (text);
  check_document (text);
  return 0;
}
