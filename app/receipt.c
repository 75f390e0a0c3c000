/* receipt.c: the one receipt of a visit: committed first, then sealed, then printed. */
#include "app/receipt-private.h"

#include <stdio.h>
#include "app/dict.h"
#include "app/papers/receipt-document.h"
#include "printing/seal.h"

struct _JnReceipt
{
  GObject parent_instance;
  JnSession *session;
  GVariant *answer;
  GVariant *applications; /* (nullable) */
  GArray *lines;          /* of JnReceiptLine, borrowing from answer and applications */
  char *language;
  char *seal;
  gint64 time;
};

typedef enum
{
  PROP_SEAL = 1,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];

G_DEFINE_TYPE (JnReceipt, jn_receipt, G_TYPE_OBJECT)

static void
jn_receipt_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JnReceipt *self = JN_RECEIPT (object);

  switch ((Property)id)
    {
    case PROP_SEAL:
      g_value_set_string (value, self->seal);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
jn_receipt_finalize (GObject *object)
{
  JnReceipt *self = JN_RECEIPT (object);

  g_clear_object (&self->session);
  g_array_unref (self->lines);
  g_clear_pointer (&self->answer, g_variant_unref);
  g_clear_pointer (&self->applications, g_variant_unref);
  g_free (self->language);
  g_free (self->seal);
  G_OBJECT_CLASS (jn_receipt_parent_class)->finalize (object);
}

static void
jn_receipt_class_init (JnReceiptClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = jn_receipt_get_property;
  object->finalize = jn_receipt_finalize;
  properties[PROP_SEAL] = g_param_spec_string ("seal", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
jn_receipt_init (JnReceipt *self)
{
  self->lines = g_array_new (FALSE, TRUE, sizeof (JnReceiptLine));
}

/* Strings are borrowed from the list, which is made one block before. */
static JnReceiptLine
read_line (GVariant *row)
{
  g_autoptr (GVariant) pledge = jn_dict_dict (row, "pledge");
  const char *state = jn_dict_string (row, "state");
  JnReceiptLine line = {
    .number = jn_dict_string (row, "no"),
    .service = jn_dict_string (row, "service"),
    .department = jn_dict_string (row, "department"),
    .state = state != NULL ? state : "submitted",
    .fee = jn_dict_int (row, "fee", -1),
  };

  if (pledge != NULL)
    {
      line.pledge_days = (guint)jn_dict_int (pledge, "working_days", 0);
      line.due = jn_dict_string (pledge, "due");
    }
  return line;
}

/* An amount is only said where the department confirmed all of it: what is not known is not free. */
static gboolean
is_fee_confirmed (GVariant *receipt, const JnReceiptLine *line)
{
  g_autoptr (GVariant) fees = jn_dict_list (receipt, "fees");
  guint n_confirmed = 0;

  if (g_str_equal (line->state, "waiting"))
    return FALSE;
  for (gsize i = 0; i < jn_list_length (fees); i++)
    {
      g_autoptr (GVariant) fee = jn_list_dict (fees, i);

      if (g_strcmp0 (jn_dict_string (fee, "service"), line->service) != 0)
        continue;
      if (!jn_dict_boolean (fee, "confirmed", FALSE))
        return FALSE;
      n_confirmed++;
    }
  return n_confirmed > 0;
}

JnReceipt *
jn_receipt_new (JnSession *session, GVariant *receipt, GVariant *applications, const char *language)
{
  JnReceipt *self = g_object_new (JN_TYPE_RECEIPT, NULL);
  const char *time;

  self->session = g_object_ref (session);
  self->answer = g_variant_ref_sink (receipt);
  g_variant_get_data (self->answer); /* one block: borrowed strings live as long as it does */
  self->applications = applications != NULL ? g_variant_ref_sink (applications) : NULL;
  if (self->applications != NULL)
    g_variant_get_data (self->applications);
  self->language = g_strdup (language);
  time = jn_dict_string (self->answer, "time");
  self->time = time != NULL ? jn_time_parse (time) / G_USEC_PER_SEC : jn_session_now (session);
  self->seal = g_strdup (jn_dict_string (self->answer, "seal"));
  for (gsize i = 0; i < jn_list_length (self->applications); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (self->applications, i);
      JnReceiptLine line = read_line (row);

      if (!is_fee_confirmed (self->answer, &line))
        line.fee = -1;
      g_array_append_val (self->lines, line);
    }
  return self;
}

/* -- the seal ------------------------------------------------------------------------------------------ */

static gint32
days_since_1970 (const char *day)
{
  int y, m, d;
  GDate date;
  GDate epoch;

  if (day == NULL || sscanf (day, "%4d-%2d-%2d", &y, &m, &d) != 3 || !g_date_valid_dmy (d, m, y))
    return 0;
  g_date_clear (&date, 1);
  g_date_clear (&epoch, 1);
  g_date_set_dmy (&date, d, m, y);
  g_date_set_dmy (&epoch, 1, 1, 1970);
  return g_date_days_between (&epoch, &date);
}

static char *
make_seal (JnReceipt *self)
{
  const JnSealKey *key = jn_session_get_key (self->session);
  const char *host = jn_session_get_setting (self->session, "receipt_host");
  g_auto (GStrv) numbers = jn_dict_strings (self->answer, "applications");
  g_autoptr (JnReceiptClaim) claim = NULL;

  if (key == NULL)
    return NULL;
  claim = jn_receipt_claim_new (jn_receipt_get_number (self),
                                (guint)g_ascii_strtoull (jn_receipt_get_branch (self), NULL, 10),
                                (guint)jn_receipt_get_counter (self), self->time,
                                (const char *const *)numbers, jn_receipt_get_fee (self),
                                days_since_1970 (jn_receipt_get_pick_up (self)));
  return jn_seal_receipt (key, claim, host != NULL ? host : "janela.example");
}

static void
set_seal (JnReceipt *self, const char *seal)
{
  if (g_strcmp0 (self->seal, seal) == 0)
    return;
  g_free (self->seal);
  self->seal = g_strdup (seal);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEAL]);
}

static void
sealed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnReceipt *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);
  const char *kept = answer != NULL ? jn_dict_string (answer, "seal") : NULL;

  if (kept != NULL)
    set_seal (self, kept); /* the first one counts: a reprint is the same to the byte */
  else if (error != NULL)
    g_message ("A receipt's seal is not kept yet: %s", jn_backend_error_get_code (error));
  g_task_return_boolean (task, TRUE);
}

void
jn_receipt_seal_async (JnReceipt *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *seal = self->seal == NULL ? make_seal (self) : NULL;
  g_autoptr (JnCommand) command = NULL;

  if (seal == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  set_seal (self, seal);
  command = jn_command_new ("receipt_seal", jn_dict_new ("receipt", "s", jn_receipt_get_id (self),
                                                         "seal", "s", seal, NULL));
  jn_command_set_deferrable (command, TRUE);
  jn_command_set_repeatable (command, TRUE);
  jn_backend_run_async (jn_session_get_backend (self->session), command, cancellable, sealed_cb,
                        g_steal_pointer (&task));
}

gboolean
jn_receipt_seal_finish (JnReceipt *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- printing -------------------------------------------------------------------------------------------- */

JnPrint *
jn_receipt_print (JnReceipt *self, JnPrints *prints, const char *use)
{
  JnPrintOrder order = { .kind = "receipt" };
  g_autoptr (JnDocument) document = NULL;

  g_return_val_if_fail (JN_IS_RECEIPT (self) && JN_IS_PRINTS (prints), NULL);
  order.subject = jn_receipt_get_id (self);
  order.title = jn_receipt_get_number (self);
  order.money = jn_receipt_get_fee (self) > 0;
  document = jn_receipt_document_new (self, self->session, 0);
  return jn_prints_print (prints, document, &order, use);
}

JnDocument *
jn_receipt_make_document (JnReceipt *self, guint copy)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  return jn_receipt_document_new (self, self->session, copy);
}

/* -- what it says ------------------------------------------------------------------------------------------ */

const char *
jn_receipt_get_id (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  return jn_dict_string (self->answer, "id");
}

const char *
jn_receipt_get_number (JnReceipt *self)
{
  const char *number;

  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  number = jn_dict_string (self->answer, "no");
  return number != NULL ? number : "";
}

const char *
jn_receipt_get_language (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  return self->language;
}

const char *
jn_receipt_get_branch (JnReceipt *self)
{
  const char *branch;

  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  branch = jn_dict_string (self->answer, "branch");
  return branch != NULL ? branch : jn_session_get_branch (self->session);
}

int
jn_receipt_get_counter (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), 0);
  return (int)jn_dict_int (self->answer, "counter", jn_session_get_counter (self->session));
}

gint64
jn_receipt_get_time (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), 0);
  return self->time;
}

const char *
jn_receipt_get_pick_up (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  return jn_dict_string (self->answer, "pick_up");
}

guint
jn_receipt_get_n_lines (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), 0);
  return self->lines->len;
}

const JnReceiptLine *
jn_receipt_get_line (JnReceipt *self, guint i)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self) && i < self->lines->len, NULL);
  return &g_array_index (self->lines, JnReceiptLine, i);
}

gboolean
jn_receipt_has_open_fees (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), FALSE);
  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, JnReceiptLine, i).fee < 0)
      return TRUE;
  return FALSE;
}

gint64
jn_receipt_get_fee (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), 0);
  return jn_dict_int (self->answer, "fee", 0);
}

gboolean
jn_receipt_is_offline (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), FALSE);
  return jn_dict_boolean (self->answer, "offline", FALSE);
}

const char *
jn_receipt_get_seal (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  return self->seal;
}
