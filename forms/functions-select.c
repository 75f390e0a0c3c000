/* functions-select.c: answers that are lists of choices (ODK XForms, "Select functions"). */
#include "forms/functions.h"

#include <math.h>

#define SPACE " \t\r\n"

/* The next word at or after *@at; moves *@at behind it. Returns: its length, 0 at the end */
static gsize
next_word (const char **at, const char **word)
{
  gsize length;

  *word = *at + strspn (*at, SPACE);
  length = strcspn (*word, SPACE);
  *at = *word + length;
  return length;
}

static gboolean
call_selected (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *list = jn_arg_string (eval, call, 0);
  const char *value = list == NULL ? NULL : jn_arg_string (eval, call, 1), *word;
  gsize length, wanted, n = 0;

  if (value == NULL || !jn_eval_spend (eval, (gint64)(strlen (list) >> 3)))
    return FALSE;
  value += strspn (value, SPACE);
  for (wanted = strlen (value); wanted > 0 && strchr (SPACE, value[wanted - 1]) != NULL;)
    wanted--;
  for (; (length = next_word (&list, &word)) > 0; n++)
    if (length == wanted && strncmp (word, value, length) == 0)
      return jn_return_boolean (result, TRUE);
  return jn_return_boolean (result, n == 0 && wanted == 0);
}

static gboolean
call_selected_at (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *list = jn_arg_string (eval, call, 0), *word;
  double index;
  gsize length;

  if (list == NULL || !jn_arg_number (eval, call, 1, &index)
      || !jn_eval_spend (eval, (gint64)(strlen (list) >> 3)))
    return FALSE;
  index = trunc (index);
  for (double i = 0; index >= 0 && (length = next_word (&list, &word)) > 0; i++)
    if (i == index)
      return jn_return_string (result, jn_eval_copy (eval, word, length));
  return jn_return_string (result, "");
}

static gboolean
call_count_selected (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *list = jn_arg_string (eval, call, 0), *word;
  double n = 0;

  if (list == NULL || !jn_eval_spend (eval, (gint64)(strlen (list) >> 3)))
    return FALSE;
  while (next_word (&list, &word) > 0)
    n++;
  return jn_return_number (result, n);
}

const JnFunction jn_select_functions[] = {
  { "selected", 2, 2, JN_FUNCTION_PURE, call_selected },
  { "is-selected", 2, 2, JN_FUNCTION_PURE, call_selected },
  { "selected-at", 2, 2, JN_FUNCTION_PURE, call_selected_at },
  { "count-selected", 1, 1, JN_FUNCTION_PURE, call_count_selected },
  { NULL },
};
