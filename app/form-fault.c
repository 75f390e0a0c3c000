/* form-fault.c: a form that does not work, told by a code that the window has words for. */
#include "app/form-fault.h"

#include "app/dict.h"

static const char *
code_of (int fault)
{
  switch ((JnFormError)fault)
    {
    case JN_FORM_ERROR_SYNTAX:
      return "form-syntax";
    case JN_FORM_ERROR_REFERENCE:
    case JN_FORM_ERROR_NOT_FOUND:
      return "form-reference";
    case JN_FORM_ERROR_CYCLE:
      return "form-cycle";
    case JN_FORM_ERROR_LIMIT:
      return "form-limit";
    case JN_FORM_ERROR_UNSUPPORTED:
      return "form-unsupported";
    case JN_FORM_ERROR_REJECTED:
    case JN_FORM_ERROR_FAILED:
      return "form-broken";
    }
  return "form-broken";
}

static GError *
fault_of (JnBackendError kind, const char *code, const JnServiceEntry *entry)
{
  GVariant *names = jn_dict_new ("zh_Hant", "s", jn_service_entry_get_name (entry, "zh-Hant"), "pt",
                                 "s", jn_service_entry_get_name (entry, "pt"), "en", "s",
                                 jn_service_entry_get_name (entry, "en"), NULL);

  return jn_backend_error_new (kind, code, jn_service_entry_get_code (entry),
                               jn_dict_new ("names", "@a{sv}", names, NULL));
}

GError *
jn_form_fault_new (GError *said, const JnServiceEntry *entry)
{
  g_autoptr (GError) error = said;

  if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE))
    return fault_of (JN_BACKEND_ERROR_OFFLINE, "form-not-here", entry);
  if (error->domain != JN_FORM_ERROR)
    return g_steal_pointer (&error);
  g_message ("The form of %s cannot be used: %s", jn_service_entry_get_code (entry),
             error->message);
  return fault_of (JN_BACKEND_ERROR_FAILED, code_of (error->code), entry);
}

GError *
jn_form_fault_new_filled (GError *said, const JnServiceEntry *entry, gboolean draft)
{
  g_autoptr (GError) error = said;
  const char *code;

  if (error->domain != JN_FORM_ERROR)
    return g_steal_pointer (&error);
  code = draft && error->code != JN_FORM_ERROR_LIMIT ? "draft-broken" : code_of (error->code);
  g_message ("The form of %s cannot be filled: %s", jn_service_entry_get_code (entry), code);
  return fault_of (JN_BACKEND_ERROR_FAILED, code, entry);
}

GError *
jn_form_fault_new_file (GError *said, const char *code, const char *what)
{
  g_autoptr (GError) error = said;

  if (error->domain != JN_FORM_ERROR)
    return g_steal_pointer (&error);
  g_message ("%s cannot be used: %s", what, error->message);
  return jn_backend_error_new (JN_BACKEND_ERROR_FAILED, code, NULL, NULL);
}
