/* functions-identity.c: numbers of people, cars and money in forms: the prefix jn:
 * (https://janela.example/xforms). Their rules are in identity.h and mrz.h.
 *
 * jn:is-… (text) says whether it fits; jn:…-normal (text) how it is kept, "" when it is none. */
#include "forms/functions.h"
#include "forms/identity.h"
#include "forms/mrz.h"

#include <math.h>

static gboolean
return_fits (JnEval *eval,
             const JnCall *call,
             JnIdentityFault (*check) (const char *text, char **normal),
             JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);

  return text != NULL && jn_eval_spend (eval, (gint64)(strlen (text) >> 2))
         && jn_return_boolean (result, check (text, NULL) == JN_IDENTITY_FITS);
}

static gboolean
return_normal (JnEval *eval,
               const JnCall *call,
               JnIdentityFault (*check) (const char *text, char **normal),
               JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);
  char *normal = NULL;

  if (text == NULL || !jn_eval_spend (eval, (gint64)(strlen (text) >> 2)))
    return FALSE;
  check (text, &normal);
  return jn_return_string (result, jn_eval_take (eval, normal));
}

/* jn:is-NAME and jn:NAME-normal */
#define IDENTITY(name)                                                                             \
  static gboolean call_is_##name (JnEval *eval, const JnCall *call, JnValue *result)               \
  {                                                                                                \
    return return_fits (eval, call, jn_##name##_check, result);                                    \
  }                                                                                                \
                                                                                                   \
  static gboolean call_##name##_normal (JnEval *eval, const JnCall *call, JnValue *result)         \
  {                                                                                                \
    return return_normal (eval, call, jn_##name##_check, result);                                  \
  }

IDENTITY (bir)
IDENTITY (hkid)
IDENTITY (mainland_id)
IDENTITY (home_return_permit)
IDENTITY (passport)
IDENTITY (phone)
IDENTITY (plate)

static gboolean
call_is_name_zh (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);

  return text != NULL && jn_return_boolean (result, jn_name_is_chinese (text));
}

static gboolean
call_is_name_latin (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);

  return text != NULL && jn_return_boolean (result, jn_name_is_latin (text));
}

/* ---- machine-readable zones -------------------------------------------------------------------- */

/* *@is_zone: whether the first argument has the shape of one */
static gboolean
read_zone (JnEval *eval, const JnCall *call, JnMrz *mrz, gboolean *is_zone)
{
  const char *text = jn_arg_string (eval, call, 0);
  g_autofree char *today = jn_moment_to_date (jn_eval_now (eval), jn_eval_zone (eval));

  if (text == NULL)
    return FALSE;
  *is_zone = jn_mrz_parse (text, today, mrz);
  return TRUE;
}

/* jn:mrz-check (text): whether it is a zone and all its check digits fit */
static gboolean
call_mrz_check (JnEval *eval, const JnCall *call, JnValue *result)
{
  gboolean is_zone;
  JnMrz mrz;

  return read_zone (eval, call, &mrz, &is_zone)
         && jn_return_boolean (result, is_zone && mrz.faults == 0);
}

/* jn:mrz (text, field): type, issuer, number, nationality, surname, given, birth, sex, expiry,
 * optional; "" when the text is no zone */
static gboolean
call_mrz (JnEval *eval, const JnCall *call, JnValue *result)
{
  gboolean is_zone;
  JnMrz mrz;
  const struct
  {
    const char *name;
    const char *value;
  } fields[] = {
    { "type", mrz.type },       { "issuer", mrz.issuer },
    { "number", mrz.number },   { "nationality", mrz.nationality },
    { "surname", mrz.surname }, { "given", mrz.given },
    { "birth", mrz.birth },     { "sex", mrz.sex },
    { "expiry", mrz.expiry },   { "optional", mrz.optional },
  };
  const char *wanted = jn_arg_string (eval, call, 1);

  if (wanted == NULL || !read_zone (eval, call, &mrz, &is_zone))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i].name, wanted) == 0)
      return jn_return_string (
          result, is_zone ? jn_eval_copy (eval, fields[i].value, strlen (fields[i].value)) : "");
  return jn_eval_fail (eval, JN_FORM_ERROR_REJECTED, "a zone has no field %.40s", wanted);
}

/* ---- what a number says ------------------------------------------------------------------------ */

/* jn:mainland-id-birth (text): the date of birth that the number holds; "" when it is none */
static gboolean
call_mainland_id_birth (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);
  int year, month, day;
  char sex;

  if (text == NULL)
    return FALSE;
  if (!jn_mainland_id_read (text, &year, &month, &day, &sex))
    return jn_return_string (result, "");
  return jn_return_string (
      result, jn_eval_take (eval, g_strdup_printf ("%04d-%02d-%02d", year, month, day)));
}

/* jn:mainland-id-sex (text): "M" or "F"; "" when it is none */
static gboolean
call_mainland_id_sex (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);
  int year, month, day;
  char sex;

  if (text == NULL)
    return FALSE;
  if (!jn_mainland_id_read (text, &year, &month, &day, &sex))
    return jn_return_string (result, "");
  return jn_return_string (result, sex == 'M' ? "M" : "F");
}

/* ---- how things are shown ---------------------------------------------------------------------- */

/* jn:money (avos): in the scope's language; "" for what is no number */
static gboolean
call_money (JnEval *eval, const JnCall *call, JnValue *result)
{
  double avos;

  if (!jn_arg_number (eval, call, 0, &avos))
    return FALSE;
  if (!(fabs (avos) < 9e15))
    return jn_return_string (result, "");
  return jn_return_string (
      result, jn_eval_take (eval, jn_money_format ((gint64)llround (avos), eval->scope->language)));
}

/* jn:address (area, street, door, building, unit): in the scope's language */
static gboolean
call_address (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *parts[5];
  JnAddress address;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if ((parts[i] = jn_arg_string (eval, call, i)) == NULL)
      return FALSE;
  address = (JnAddress){ parts[0], parts[1], parts[2], parts[3], parts[4] };
  return jn_return_string (
      result, jn_eval_take (eval, jn_address_format (&address, eval->scope->language)));
}

static gboolean
call_bir_format (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);

  return text != NULL && jn_return_string (result, jn_eval_take (eval, jn_bir_format (text)));
}

static gboolean
call_phone_format (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);

  return text != NULL && jn_return_string (result, jn_eval_take (eval, jn_phone_format (text)));
}

const JnFunction jn_identity_functions[] = {
  { "jn:is-bir", 1, 1, JN_FUNCTION_PURE, call_is_bir },
  { "jn:bir-normal", 1, 1, JN_FUNCTION_PURE, call_bir_normal },
  { "jn:bir-format", 1, 1, JN_FUNCTION_PURE, call_bir_format },
  { "jn:is-hkid", 1, 1, JN_FUNCTION_PURE, call_is_hkid },
  { "jn:hkid-normal", 1, 1, JN_FUNCTION_PURE, call_hkid_normal },
  { "jn:is-mainland-id", 1, 1, JN_FUNCTION_PURE, call_is_mainland_id },
  { "jn:mainland-id-normal", 1, 1, JN_FUNCTION_PURE, call_mainland_id_normal },
  { "jn:mainland-id-birth", 1, 1, JN_FUNCTION_PURE, call_mainland_id_birth },
  { "jn:mainland-id-sex", 1, 1, JN_FUNCTION_PURE, call_mainland_id_sex },
  { "jn:is-home-return-permit", 1, 1, JN_FUNCTION_PURE, call_is_home_return_permit },
  { "jn:home-return-permit-normal", 1, 1, JN_FUNCTION_PURE, call_home_return_permit_normal },
  { "jn:is-passport", 1, 1, JN_FUNCTION_PURE, call_is_passport },
  { "jn:passport-normal", 1, 1, JN_FUNCTION_PURE, call_passport_normal },
  { "jn:is-phone", 1, 1, JN_FUNCTION_PURE, call_is_phone },
  { "jn:phone-normal", 1, 1, JN_FUNCTION_PURE, call_phone_normal },
  { "jn:phone-format", 1, 1, JN_FUNCTION_PURE, call_phone_format },
  { "jn:is-plate", 1, 1, JN_FUNCTION_PURE, call_is_plate },
  { "jn:plate-normal", 1, 1, JN_FUNCTION_PURE, call_plate_normal },
  { "jn:is-name-zh", 1, 1, JN_FUNCTION_PURE, call_is_name_zh },
  { "jn:is-name-latin", 1, 1, JN_FUNCTION_PURE, call_is_name_latin },
  { "jn:mrz-check", 1, 1, JN_FUNCTION_HOST, call_mrz_check },
  { "jn:mrz", 2, 2, JN_FUNCTION_HOST, call_mrz },
  { "jn:money", 1, 1, JN_FUNCTION_HOST, call_money },
  { "jn:address", 5, 5, JN_FUNCTION_HOST, call_address },
  { NULL },
};
