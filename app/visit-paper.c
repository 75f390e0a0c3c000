/* visit-paper.c: one paper of the merged list. */
#include "app/visit-paper-private.h"

#include "app/text.h"

struct _JnVisitPaper
{
  GObject parent_instance;
  char *code;
  GVariant *titles;
  GStrv services;
  JnPaperForm form;
  JnPaperState state;
  gboolean optional;
  gboolean may_follow;
  guint follow_days;
  char *source;
  char *source_day;
  char *blob;
};

enum
{
  PROP_STATE = 1,
};

G_DEFINE_TYPE (JnVisitPaper, jn_visit_paper, G_TYPE_OBJECT)

static void
jn_visit_paper_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_STATE)
    g_value_set_int (value, (int)JN_VISIT_PAPER (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
jn_visit_paper_finalize (GObject *object)
{
  JnVisitPaper *self = JN_VISIT_PAPER (object);

  g_free (self->code);
  g_clear_pointer (&self->titles, g_variant_unref);
  g_strfreev (self->services);
  g_free (self->source);
  g_free (self->source_day);
  g_free (self->blob);
  G_OBJECT_CLASS (jn_visit_paper_parent_class)->finalize (object);
}

static void
jn_visit_paper_class_init (JnVisitPaperClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);

  object->get_property = jn_visit_paper_get_property;
  object->finalize = jn_visit_paper_finalize;
  g_object_class_install_property (object, PROP_STATE,
                                   g_param_spec_int ("state", NULL, NULL, JN_PAPER_ASKED,
                                                     JN_PAPER_MISSING, JN_PAPER_ASKED,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
jn_visit_paper_init (JnVisitPaper *self)
{
  self->services = g_new0 (char *, 1);
}

JnVisitPaper *
jn_visit_paper_new (const char *code)
{
  JnVisitPaper *self = g_object_new (JN_TYPE_VISIT_PAPER, NULL);

  self->code = g_strdup (code);
  self->optional = TRUE;
  self->may_follow = TRUE;
  return self;
}

void
jn_visit_paper_add_service (JnVisitPaper *self,
                            const char *service,
                            GVariant *titles,
                            JnPaperForm form,
                            gboolean optional,
                            gboolean may_follow,
                            guint follow_days)
{
  guint count = g_strv_length (self->services);
  g_autoptr (GVariant) names = titles != NULL ? g_variant_ref_sink (titles) : NULL;

  self->services = g_renew (char *, self->services, count + 2);
  self->services[count] = g_strdup (service);
  self->services[count + 1] = NULL;
  if (self->titles == NULL)
    self->titles = g_steal_pointer (&names);
  self->form |= form;
  self->optional &= optional;
  self->may_follow &= may_follow;
  if (follow_days > 0)
    self->follow_days = self->follow_days > 0 ? MIN (self->follow_days, follow_days) : follow_days;
}

void
jn_visit_paper_set_state (JnVisitPaper *self,
                          JnPaperState state,
                          const char *source,
                          const char *source_day,
                          const char *blob)
{
  g_autofree char *old_source = self->source;
  g_autofree char *old_day = self->source_day;
  g_autofree char *old_blob = self->blob;

  self->state = state;
  self->source = g_strdup (source);
  self->source_day = g_strdup (source_day);
  self->blob = g_strdup (blob);
  g_object_notify (G_OBJECT (self), "state");
}

gboolean
jn_visit_paper_equal (JnVisitPaper *a, JnVisitPaper *b)
{
  return g_str_equal (a->code, b->code) && a->form == b->form && a->state == b->state
         && a->optional == b->optional && a->may_follow == b->may_follow
         && a->follow_days == b->follow_days && g_strcmp0 (a->source, b->source) == 0
         && g_strcmp0 (a->source_day, b->source_day) == 0 && g_strcmp0 (a->blob, b->blob) == 0
         && g_strv_equal ((const char *const *)a->services, (const char *const *)b->services)
         && g_variant_equal (a->titles, b->titles);
}

const char *
jn_visit_paper_state_name (JnPaperState state)
{
  switch (state)
    {
    case JN_PAPER_PRESENTED:
      return "presented";
    case JN_PAPER_SCANNED:
      return "scanned";
    case JN_PAPER_QR:
      return "qr";
    case JN_PAPER_HELD:
      return "held";
    case JN_PAPER_FETCHED:
      return "fetched";
    case JN_PAPER_ASKED:
    case JN_PAPER_MISSING:
      return "missing";
    }
  return "missing";
}

const char *
jn_visit_paper_get_code (JnVisitPaper *self)
{
  g_return_val_if_fail (JN_IS_VISIT_PAPER (self), NULL);
  return self->code;
}

char *
jn_visit_paper_get_title (JnVisitPaper *self, const char *language)
{
  g_autofree char *title = NULL;

  g_return_val_if_fail (JN_IS_VISIT_PAPER (self), NULL);
  title = jn_text_name (language, self->titles);
  return *title != '\0' ? g_steal_pointer (&title) : g_strdup (self->code);
}

const char *const *
jn_visit_paper_get_services (JnVisitPaper *self)
{
  g_return_val_if_fail (JN_IS_VISIT_PAPER (self), NULL);
  return (const char *const *)self->services;
}

JnPaperForm
jn_visit_paper_get_form (JnVisitPaper *self)
{
  g_return_val_if_fail (JN_IS_VISIT_PAPER (self), JN_PAPER_ORIGINAL);
  return self->form;
}

JnPaperState
jn_visit_paper_get_state (JnVisitPaper *self)
{
  g_return_val_if_fail (JN_IS_VISIT_PAPER (self), JN_PAPER_ASKED);
  return self->state;
}

gboolean
jn_visit_paper_is_optional (JnVisitPaper *self)
{
  g_return_val_if_fail (JN_IS_VISIT_PAPER (self), FALSE);
  return self->optional;
}

gboolean
jn_visit_paper_may_follow (JnVisitPaper *self)
{
  g_return_val_if_fail (JN_IS_VISIT_PAPER (self), FALSE);
  return self->may_follow;
}

guint
jn_visit_paper_get_follow_days (JnVisitPaper *self)
{
  g_return_val_if_fail (JN_IS_VISIT_PAPER (self), 0);
  return self->follow_days;
}

const char *
jn_visit_paper_get_source (JnVisitPaper *self)
{
  g_return_val_if_fail (JN_IS_VISIT_PAPER (self), NULL);
  return self->source;
}

const char *
jn_visit_paper_get_source_day (JnVisitPaper *self)
{
  g_return_val_if_fail (JN_IS_VISIT_PAPER (self), NULL);
  return self->source_day;
}

const char *
jn_visit_paper_get_blob (JnVisitPaper *self)
{
  g_return_val_if_fail (JN_IS_VISIT_PAPER (self), NULL);
  return self->blob;
}

gboolean
jn_visit_paper_is_settled (JnVisitPaper *self)
{
  g_return_val_if_fail (JN_IS_VISIT_PAPER (self), FALSE);
  if (self->state == JN_PAPER_ASKED)
    return self->optional;
  return self->state != JN_PAPER_MISSING || self->optional || self->may_follow;
}
