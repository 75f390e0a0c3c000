/* visit-papers.c: the papers, fees and consents of a visit. */
#include "app/text.h"
#include "app/visit-private.h"

/* -- papers ------------------------------------------------------------------------------------------------ */

GListModel *
jn_visit_get_papers (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  jn_visit_refresh (self);
  return jn_paper_list_get_model (self->papers);
}

void
jn_visit_set_paper (JnVisit *self, const char *code, JnPaperState state, const char *blob)
{
  g_return_if_fail (JN_IS_VISIT (self) && code != NULL);
  jn_paper_list_set (self->papers, code, state, blob);
  jn_visit_mark_changed (self);
}

/* -- fees -------------------------------------------------------------------------------------------------- */

static void
fee_free (JnFee *fee)
{
  g_free (fee->name);
  g_free (fee);
}

static void
add_fees (JnVisit *self, JnApplication *application)
{
  const JnServiceEntry *entry = jn_application_get_entry (application);
  JnService *service = (JnService *)jn_application_get_service (application);
  g_autoptr (GPtrArray) charges
             = jn_service_list_fees (service, jn_application_get_filling (application));
  g_auto (GStrv) needs = jn_bundle_list_needs (self->bundle, jn_service_entry_get_code (entry));

  for (guint i = 0; i < charges->len; i++)
    {
      const JnServiceFee *charge = charges->pdata[i];
      JnFee *fee = g_new0 (JnFee, 1);

      fee->service = entry;
      fee->code = charge->code;
      fee->name = g_strdup (charge->name);
      fee->amount = charge->amount;
      fee->confirmed = jn_service_fee_is_charged (charge);
      fee->later = *needs != NULL;
      g_ptr_array_add (self->fees, fee);
    }
}

void
jn_visit_refresh_fees (JnVisit *self)
{
  GListModel *applications = G_LIST_MODEL (self->applications);

  g_ptr_array_unref (self->fees);
  self->fees = g_ptr_array_new_with_free_func ((GDestroyNotify)fee_free);
  for (guint i = 0; i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);

      add_fees (self, application);
    }
}

GPtrArray *
jn_visit_get_fees (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  jn_visit_refresh (self);
  return self->fees;
}

JnFeeTotal
jn_visit_get_fee_total (JnVisit *self)
{
  JnFeeTotal total = { 0, 0, 0 };

  g_return_val_if_fail (JN_IS_VISIT (self), total);
  jn_visit_refresh (self);
  for (guint i = 0; i < self->fees->len; i++)
    {
      const JnFee *fee = self->fees->pdata[i];

      if (fee->amount < 0)
        total.n_unknown++;
      else if (!fee->confirmed)
        total.unconfirmed += fee->amount;
      else if (!fee->later)
        total.charged += fee->amount;
    }
  return total;
}

/* -- consents: of each department whose form was filled with what another one holds -------------------------- */

static gboolean
uses_others (JnApplication *application)
{
  const char *department = jn_application_get_department (application);
  g_autoptr (GPtrArray) known = jn_application_list_known (application, NULL);

  for (guint i = 0; i < known->len; i++)
    {
      const JnAnswer *answer = known->pdata[i];

      if (answer->source != NULL && !g_str_has_prefix (answer->source, "service:")
          && !g_str_equal (answer->source, "document") && !g_str_equal (answer->source, "clerk")
          && g_ascii_strcasecmp (answer->source, department) != 0)
        return TRUE;
    }
  return FALSE;
}

GStrv
jn_visit_list_consents (JnVisit *self)
{
  GPtrArray *departments = g_ptr_array_new ();
  GListModel *applications;

  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  applications = G_LIST_MODEL (self->applications);
  for (guint i = 0; i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);
      const char *department = jn_application_get_department (application);

      if (uses_others (application)
          && !g_ptr_array_find_with_equal_func (departments, department, g_str_equal, NULL))
        g_ptr_array_add (departments, g_strdup (department));
    }
  g_ptr_array_add (departments, NULL);
  return (GStrv)g_ptr_array_free (departments, FALSE);
}

/* What was agreed to: by whom, and for which services. (transfer full) */
static char *
describe_consent (JnVisit *self, const char *department)
{
  GString *text = g_string_new (department);
  GListModel *applications = G_LIST_MODEL (self->applications);
  JnPerson *person = jn_visit_get_applicant (self);
  const char *number = person != NULL ? jn_person_get_number (person) : NULL;

  if (person != NULL)
    g_string_append_printf (text, "\n%s %s", jn_person_get_id (person),
                            number != NULL ? number : "");
  for (guint i = 0; i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);

      if (g_str_equal (jn_application_get_department (application), department))
        g_string_append_printf (text, "\n%s",
                                jn_service_entry_get_code (jn_application_get_entry (application)));
    }
  return g_string_free (text, FALSE);
}

JnConsent
jn_visit_get_consent (JnVisit *self, const char *department)
{
  g_autofree char *what = NULL;

  g_return_val_if_fail (JN_IS_VISIT (self) && department != NULL, JN_CONSENT_UNASKED);
  what = describe_consent (self, department);
  return (JnConsent)GPOINTER_TO_INT (g_hash_table_lookup (self->consents, what));
}

void
jn_visit_set_consent (JnVisit *self, const char *department, JnConsent consent)
{
  g_return_if_fail (JN_IS_VISIT (self) && department != NULL);
  g_hash_table_insert (self->consents, describe_consent (self, department),
                       GINT_TO_POINTER ((int)consent));
  jn_visit_mark_changed (self);
}
