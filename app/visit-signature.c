/* visit-signature.c: who signs how, and what for: a signature holds for nothing else. */
#include "app/visit-private.h"

#include <string.h>

/* Its end belongs to it, so that what follows begins something else. */
static void
sum_text (GChecksum *sum, const char *text)
{
  if (text == NULL)
    text = "";
  g_checksum_update (sum, (const guchar *)text, (gssize)strlen (text) + 1);
}

static void
sum_number (GChecksum *sum, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  sum_text (sum, text);
}

static void
sum_persons (JnVisit *self, GChecksum *sum)
{
  GListModel *model = G_LIST_MODEL (self->persons);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnPerson) person = g_list_model_get_item (model, i);

      sum_text (sum, jn_person_get_id (person));
      sum_text (sum, jn_person_get_role (person));
      sum_text (sum, jn_person_get_capacity (person));
      sum_text (sum, jn_person_get_document_kind (person));
      sum_text (sum, jn_person_get_number (person));
    }
}

/* Values and not their words: in another language they are the same. */
static void
sum_answers (JnApplication *application, GChecksum *sum)
{
  const JnServiceEntry *entry = jn_application_get_entry (application);
  JnFilling *filling = jn_application_get_filling (application);
  g_autoptr (GPtrArray) refs = jn_filling_list (filling);

  sum_text (sum, jn_service_entry_get_code (entry));
  sum_text (sum, jn_service_entry_get_hash (entry));
  for (guint i = 0; i < refs->len; i++)
    {
      JnNodeState state;

      if (!jn_filling_get (filling, refs->pdata[i], &state) || *state.value == '\0')
        continue;
      sum_text (sum, refs->pdata[i]);
      sum_text (sum, state.value);
    }
}

static void
sum_papers (JnVisit *self, GChecksum *sum)
{
  GListModel *model = jn_paper_list_get_model (self->papers);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (model, i);

      sum_text (sum, jn_visit_paper_get_code (paper));
      sum_number (sum, jn_visit_paper_get_state (paper));
      sum_text (sum, jn_visit_paper_get_blob (paper));
    }
}

static void
sum_all_fees (JnVisit *self, GChecksum *sum)
{
  for (guint i = 0; i < self->fees->len; i++)
    {
      const JnFee *fee = self->fees->pdata[i];

      sum_text (sum, fee->code);
      sum_number (sum, fee->amount);
      sum_number (sum, fee->confirmed);
      sum_number (sum, fee->later);
    }
}

static void
sum_consents (JnVisit *self, GChecksum *sum)
{
  g_auto (GStrv) departments = jn_visit_list_consents (self);

  for (guint i = 0; departments[i] != NULL; i++)
    {
      sum_text (sum, departments[i]);
      sum_number (sum, jn_visit_get_consent (self, departments[i]));
    }
}

/* What the review says now. (transfer full) */
static char *
sum_up (JnVisit *self)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  GListModel *model = G_LIST_MODEL (self->applications);

  sum_persons (self, sum);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (model, i);

      sum_answers (application, sum);
    }
  sum_papers (self, sum);
  sum_all_fees (self, sum);
  sum_consents (self, sum);
  return g_strdup (g_checksum_get_string (sum));
}

/* What is submitted stays signed. */
void
jn_visit_refresh_signature (JnVisit *self)
{
  g_autofree char *now = NULL;

  if (self->signed_for == NULL || self->receipt != NULL)
    return;
  now = sum_up (self);
  self->signature_outdated = !g_str_equal (now, self->signed_for);
}

void
jn_visit_sign (JnVisit *self, JnPerson *person, JnSignatureMethod method, GBytes *png)
{
  JnPerson *signer;

  g_return_if_fail (JN_IS_VISIT (self));
  jn_visit_refresh (self);
  signer = person != NULL ? person : jn_visit_get_applicant (self);
  g_set_object (&self->signer, signer);
  self->signature = method;
  g_free (self->signed_for);
  self->signed_for = method != JN_SIGNATURE_NONE ? sum_up (self) : NULL;
  self->signature_outdated = FALSE;
  g_clear_pointer (&self->strokes, g_bytes_unref);
  self->strokes = png != NULL ? g_bytes_ref (png) : NULL;
  jn_visit_mark_changed (self);
}

JnSignatureMethod
jn_visit_get_signature (JnVisit *self, GBytes **png)
{
  gboolean outdated;

  g_return_val_if_fail (JN_IS_VISIT (self), JN_SIGNATURE_NONE);
  outdated = jn_visit_is_signature_outdated (self);
  if (png != NULL)
    *png = outdated ? NULL : self->strokes;
  return outdated ? JN_SIGNATURE_NONE : self->signature;
}

gboolean
jn_visit_is_signature_outdated (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), FALSE);
  jn_visit_refresh (self);
  return self->signature_outdated;
}
