/* functions-number.c: numbers (XPath 1.0, 4.4; ODK XForms, "Number functions"). */
#include "forms/functions.h"

#include <math.h>

static gboolean
call_number (JnEval *eval, const JnCall *call, JnValue *result)
{
  double number;

  if (call->pub.n_args == 0)
    return jn_return_number (result, jn_eval_node_number (eval, eval->context));
  return jn_arg_number (eval, call, 0, &number) && jn_return_number (result, number);
}

/* Functions of one number that the C library has. */
#define UNARY(name, expression)                                                                    \
  static gboolean call_##name (JnEval *eval, const JnCall *call, JnValue *result)                  \
  {                                                                                                \
    double x;                                                                                      \
                                                                                                   \
    return jn_arg_number (eval, call, 0, &x) && jn_return_number (result, (expression));           \
  }

UNARY (int, trunc (x))
UNARY (floor, floor (x))
UNARY (ceiling, ceil (x))
UNARY (abs, fabs (x))
UNARY (sqrt, sqrt (x))
UNARY (exp, exp (x))
UNARY (exp10, pow (10, x))
UNARY (log, log (x))
UNARY (log10, log10 (x))
UNARY (sin, sin (x))
UNARY (cos, cos (x))
UNARY (tan, tan (x))
UNARY (asin, asin (x))
UNARY (acos, acos (x))
UNARY (atan, atan (x))

static gboolean
two_numbers (JnEval *eval, const JnCall *call, double *first, double *second)
{
  return jn_arg_number (eval, call, 0, first) && jn_arg_number (eval, call, 1, second);
}

static gboolean
call_pow (JnEval *eval, const JnCall *call, JnValue *result)
{
  double base, exponent;

  if (!two_numbers (eval, call, &base, &exponent))
    return FALSE;
  return jn_return_number (result, isnan (base) || isnan (exponent) ? NAN : pow (base, exponent));
}

static gboolean
call_atan2 (JnEval *eval, const JnCall *call, JnValue *result)
{
  double y, x;

  return two_numbers (eval, call, &y, &x) && jn_return_number (result, atan2 (y, x));
}

static gboolean
call_pi (JnEval *eval, const JnCall *call, JnValue *result)
{
  return jn_return_number (result, G_PI);
}

static gboolean
call_random (JnEval *eval, const JnCall *call, JnValue *result)
{
  return jn_return_number (result, jn_eval_random (eval));
}

/* Halves go away from zero, as in all engines of ODK; XPath 1.0 rounds them up. */
static double
round_to (double number, double decimals)
{
  double shift = pow (10, trunc (decimals)), shifted;

  if (isnan (number) || isnan (decimals))
    return NAN;
  if (isinf (number) || decimals > 300)
    return number;
  if (shift == 0)
    return 0;
  shifted = fabs (number) * shift;
  return isinf (shifted) ? number : copysign (floor (shifted + 0.5) / shift, number);
}

static gboolean
call_round (JnEval *eval, const JnCall *call, JnValue *result)
{
  double number, decimals = 0;

  if (!jn_arg_number (eval, call, 0, &number)
      || (call->pub.n_args == 2 && !jn_arg_number (eval, call, 1, &decimals)))
    return FALSE;
  return jn_return_number (result, round_to (number, decimals));
}

static gboolean
call_sum (JnEval *eval, const JnCall *call, JnValue *result)
{
  double sum = 0;
  JnItems items;
  JnValue item;

  if (!jn_arg_items (eval, call, 0, &items))
    return FALSE;
  while (jn_items_next (&items, &item))
    sum += jn_eval_to_number (eval, &item);
  return jn_return_number (result, sum);
}

/* Of all single values; one that is no number makes all of it none. */
static gboolean
find_extreme (JnEval *eval, const JnCall *call, gboolean largest, JnValue *result)
{
  double best = NAN;
  gboolean any = FALSE;

  for (gsize i = 0; i < call->pub.n_args; i++)
    {
      JnItems items;
      JnValue item;

      if (!jn_arg_items (eval, call, i, &items))
        return FALSE;
      for (; jn_items_next (&items, &item); any = TRUE)
        {
          double number = jn_eval_to_number (eval, &item);

          if (isnan (number))
            return jn_return_number (result, NAN);
          if (!any || (largest ? number > best : number < best))
            best = number;
        }
    }
  return jn_return_number (result, best);
}

static gboolean
call_max (JnEval *eval, const JnCall *call, JnValue *result)
{
  return find_extreme (eval, call, TRUE, result);
}

static gboolean
call_min (JnEval *eval, const JnCall *call, JnValue *result)
{
  return find_extreme (eval, call, FALSE, result);
}

const JnFunction jn_number_functions[] = {
  { "number", 0, 1, JN_FUNCTION_HOST, call_number },
  { "int", 1, 1, JN_FUNCTION_PURE, call_int },
  { "floor", 1, 1, JN_FUNCTION_PURE, call_floor },
  { "ceiling", 1, 1, JN_FUNCTION_PURE, call_ceiling },
  { "round", 1, 2, JN_FUNCTION_PURE, call_round },
  { "sum", 1, 1, JN_FUNCTION_PURE, call_sum },
  { "max", 1, -1, JN_FUNCTION_PURE, call_max },
  { "min", 1, -1, JN_FUNCTION_PURE, call_min },
  { "abs", 1, 1, JN_FUNCTION_PURE, call_abs },
  { "pow", 2, 2, JN_FUNCTION_PURE, call_pow },
  { "sqrt", 1, 1, JN_FUNCTION_PURE, call_sqrt },
  { "exp", 1, 1, JN_FUNCTION_PURE, call_exp },
  { "exp10", 1, 1, JN_FUNCTION_PURE, call_exp10 },
  { "log", 1, 1, JN_FUNCTION_PURE, call_log },
  { "log10", 1, 1, JN_FUNCTION_PURE, call_log10 },
  { "sin", 1, 1, JN_FUNCTION_PURE, call_sin },
  { "cos", 1, 1, JN_FUNCTION_PURE, call_cos },
  { "tan", 1, 1, JN_FUNCTION_PURE, call_tan },
  { "asin", 1, 1, JN_FUNCTION_PURE, call_asin },
  { "acos", 1, 1, JN_FUNCTION_PURE, call_acos },
  { "atan", 1, 1, JN_FUNCTION_PURE, call_atan },
  { "atan2", 2, 2, JN_FUNCTION_PURE, call_atan2 },
  { "pi", 0, 0, JN_FUNCTION_PURE, call_pi },
  { "random", 0, 0, JN_FUNCTION_VOLATILE, call_random },
  { NULL },
};
