/* functions-date.c: dates and times (ODK XForms, "Date functions"). */
#include "forms/functions.h"

#include <math.h>

static gboolean
call_now (JnEval *eval, const JnCall *call, JnValue *result)
{
  return jn_return_moment (result, jn_eval_now (eval));
}

static gboolean
call_today (JnEval *eval, const JnCall *call, JnValue *result)
{
  return jn_return_moment (result, jn_moment_midnight (jn_eval_now (eval), jn_eval_zone (eval)));
}

/* "1970-1-2" too */
static gint64
loose_date (JnEval *eval, const char *text)
{
  g_autofree char *date = NULL;
  int year, month, day;
  gint64 moment;

  if (!jn_date_parse (text, &year, &month, &day))
    return JN_NO_MOMENT;
  date = g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  return jn_moment_parse (date, jn_eval_zone (eval), &moment, NULL) ? moment : JN_NO_MOMENT;
}

static gboolean
call_date (JnEval *eval, const JnCall *call, JnValue *result)
{
  JnValue value;
  const char *text;
  gint64 moment;

  if (!jn_eval_expr (eval, call->args[0], &value))
    return FALSE;
  if (value.kind == VALUE_BOOLEAN)
    return jn_return_string (result, "");
  if (value.kind == VALUE_NUMBER || value.kind == VALUE_MOMENT)
    return jn_return_moment (result, jn_eval_to_moment (eval, &value));
  text = jn_eval_to_string (eval, &value);
  if (text == NULL || text[0] == '\0')
    return jn_return_string (result, text);
  moment = jn_eval_to_moment (eval, &value);
  return jn_return_moment (result, moment == JN_NO_MOMENT ? loose_date (eval, text) : moment);
}

static gboolean
call_format_date (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *format;
  gint64 moment;
  JnValue value;

  if (!jn_eval_expr (eval, call->args[0], &value)
      || (format = jn_arg_string (eval, call, 1)) == NULL)
    return FALSE;
  moment = jn_eval_to_moment (eval, &value);
  if (moment == JN_NO_MOMENT)
    return jn_return_string (result, "");
  return jn_return_string (result,
                           jn_eval_take (eval, jn_moment_format (moment, jn_eval_zone (eval),
                                                                 format, eval->scope->language)));
}

static gboolean
call_decimal_date_time (JnEval *eval, const JnCall *call, JnValue *result)
{
  gint64 moment;
  JnValue value;

  if (!jn_eval_expr (eval, call->args[0], &value))
    return FALSE;
  if (value.kind == VALUE_NUMBER)
    return jn_return_number (result, value.number);
  moment = jn_eval_to_moment (eval, &value);
  return jn_return_number (result, moment == JN_NO_MOMENT ? NAN : jn_moment_to_days (moment));
}

static gboolean
call_decimal_time (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);
  gint64 usec;

  if (text == NULL)
    return FALSE;
  if (!jn_clock_parse (text, jn_eval_zone (eval), &usec))
    return jn_return_number (result, NAN);
  return jn_return_number (result, jn_moment_to_days (usec));
}

const JnFunction jn_date_functions[] = {
  { "now", 0, 0, JN_FUNCTION_VOLATILE, call_now },
  { "today", 0, 0, JN_FUNCTION_VOLATILE, call_today },
  { "date", 1, 1, JN_FUNCTION_HOST, call_date },
  { "date-time", 1, 1, JN_FUNCTION_HOST, call_date },
  { "format-date", 2, 2, JN_FUNCTION_HOST, call_format_date },
  { "format-date-time", 2, 2, JN_FUNCTION_HOST, call_format_date },
  { "decimal-date-time", 1, 1, JN_FUNCTION_HOST, call_decimal_date_time },
  { "decimal-time", 1, 1, JN_FUNCTION_HOST, call_decimal_time },
  { NULL },
};
