/* block.h: the blocks of a document, for the files that draw and store it (not for other floors). */
#pragma once

#include "printing/document.h"

G_BEGIN_DECLS

#define JN_MAX_COLUMNS 8

typedef enum
{
  JN_BLOCK_MASTHEAD,
  JN_BLOCK_TITLE,
  JN_BLOCK_NUMBER,
  JN_BLOCK_HEADING,
  JN_BLOCK_FIELD,
  JN_BLOCK_PARAGRAPH,
  JN_BLOCK_ITEM,
  JN_BLOCK_TABLE,
  JN_BLOCK_RULE,
  JN_BLOCK_QR,
  JN_BLOCK_SIGNATURE,
} JnBlockType;
#define JN_N_BLOCK_TYPES 11

/**
 * JnRow:
 * @cells: as many as the table has columns
 * @total: the sum
 */
typedef struct
{
  JnWords *cells;
  gboolean total;
} JnRow;

/**
 * JnBlock:
 * @type: decides which of the others mean something
 * @head: office, title, caption, heading, label, text of a paragraph or item
 * @body: place, number, value, note, text of a QR, name of a signer
 * @style: JnParagraphStyle or JnItemMark
 * @png: (nullable): a signature
 * @columns: (element-type JnColumn) (nullable): of a table
 * @rows: (element-type JnRow) (nullable): of a table
 *
 * The texts belong to the document.
 */
typedef struct
{
  JnBlockType type;
  JnWords head;
  JnWords body;
  int style;
  GBytes *png;
  GArray *columns;
  GArray *rows;
} JnBlock;

guint jn_document_get_n_blocks (const JnDocument *document);
const JnBlock *jn_document_get_block (const JnDocument *document, guint i);
const char *jn_document_get_model (const JnDocument *document); /* (nullable) */

G_END_DECLS
