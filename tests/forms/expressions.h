/* expressions.h: what the tests of expressions share: a small form, and ways to evaluate on it. */
#pragma once

#include "forms/xpath.h"

G_BEGIN_DECLS

/* A primary instance with two repeats, one inside the other, and the secondary instance "places". */
typedef struct _Sheet Sheet;

Sheet *sheet_new (void);
void sheet_free (Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

/* The scope at the node that @path names; the clock stands at 2024-03-01T10:20:30.456+08:00 in
 * Asia/Macau. Owned by the sheet, the same each time. */
JnXPathScope *sheet_scope (Sheet *sheet, const char *path);
xmlNode *sheet_find (Sheet *sheet, const char *path);
xmlDoc *sheet_document (Sheet *sheet);

/* (transfer full): the value as text; "error: CODE" where there is none */
char *evaluate_text (JnXPathScope *scope, const char *expression);

/* An expression at a node (%NULL: /data) and its value as text. */
typedef struct
{
  const char *context;
  const char *expression;
  const char *expected;
} Expectation;

/* Checks all of @expectations, a table that ends with an entry without expression; says which fail. */
void check_expectations (const Expectation *expectations);

G_END_DECLS
