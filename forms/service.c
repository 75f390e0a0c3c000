/* service.c: reads jn:service, and says which papers and fees the answers ask for. */
#include "forms/service.h"

#include <string.h>

#include "forms/filling-private.h"
#include "forms/vocabulary-private.h"

typedef struct
{
  const char *code;
  const char *ref;   /* (nullable) */
  const char *itext; /* (nullable) */
  JnOrigin origin;
} Fee;

typedef struct
{
  JnServicePaper paper; /* without its name */
  const char *itext;
  const char *relevant; /* (nullable) */
} Paper;

typedef struct
{
  JnServiceResult result; /* without its name */
  const char *itext;
} Result;

typedef struct
{
  JnNeed need;
  const char *relevant; /* (nullable) */
} Need;

struct _JnService
{
  gatomicrefcount references;
  JnForm *form;
  const char *code;
  const char *department;
  gboolean immediate;
  gboolean proxy;
  JnOffline offline;
  char **equipment;
  JnNames names;
  GPtrArray *keywords;
  JnPledge pledge;
  GArray *needs;
  GArray *results;
  GArray *fees;
  GArray *papers;
  GPtrArray *laws;
  GPtrArray *sources;
};

/* ---- elements ----------------------------------------------------------------------------------- */

static gboolean
read_name (JnService *self, const JnWords *words)
{
  return jn_names_add (&self->names, words);
}

static gboolean
read_keywords (JnService *self, const JnWords *words)
{
  jn_keywords_add (self->keywords, jn_words_get_text (words));
  return TRUE;
}

static gboolean
read_who (JnService *self, const JnWords *words)
{
  return jn_words_require (words, "itext") != NULL;
}

static gboolean
read_pledge (JnService *self, const JnWords *words)
{
  static const char *const kinds[] = { "working", "calendar", NULL };
  static const char *const starts[] = { "complete", "received", "paid", "decided", NULL };
  guint kind, start;

  if (jn_words_require (words, "days") == NULL
      || !jn_words_get_number (words, "days", &self->pledge.days)
      || !jn_words_choose (words, "kind", kinds, 0, &kind)
      || !jn_words_choose (words, "from", starts, 0, &start))
    return FALSE;
  self->pledge.working = kind == 0;
  self->pledge.from = starts[start];
  return jn_words_get_origin (words, &self->pledge.origin);
}

static gboolean
read_fee (JnService *self, const JnWords *words)
{
  Fee fee = { .code = jn_words_require (words, "code"),
              .ref = jn_words_get (words, "ref"),
              .itext = jn_words_get (words, "itext") };

  if (fee.code == NULL || !jn_words_get_origin (words, &fee.origin))
    return FALSE;
  g_array_append_val (self->fees, fee);
  return TRUE;
}

static gboolean
read_needs (JnService *self, const JnWords *words)
{
  Need need = { { jn_words_get (words, "service"), jn_words_get (words, "fact"),
                  jn_words_get (words, "paper") },
                jn_words_get (words, "relevant") };

  if (need.need.service == NULL && need.need.fact == NULL && need.need.paper == NULL)
    return jn_words_refuse (words, "needs service, fact or paper");
  g_array_append_val (self->needs, need);
  return TRUE;
}

static gboolean
read_paper (JnService *self, const JnWords *words)
{
  static const char *const forms[] = { "original", "copy", "original-and-copy", NULL };
  Paper paper
      = { .itext = jn_words_get (words, "itext"), .relevant = jn_words_get (words, "relevant") };
  guint form;

  paper.paper.code = jn_words_require (words, "code");
  paper.paper.fact = jn_words_get (words, "fact");
  paper.paper.held_by = jn_words_get (words, "held-by");
  if (paper.paper.code == NULL || !jn_words_choose (words, "form", forms, 0, &form)
      || !jn_words_get_yes (words, "optional", &paper.paper.optional)
      || !jn_words_get_yes (words, "accept-missing", &paper.paper.accept_missing)
      || !jn_words_get_number (words, "days", &paper.paper.days)
      || !jn_words_get_origin (words, &paper.paper.origin))
    return FALSE;
  paper.paper.original = form != 1;
  paper.paper.copy = form != 0;
  g_array_append_val (self->papers, paper);
  return TRUE;
}

static gboolean
read_result (JnService *self, const JnWords *words)
{
  static const char *const kinds[]
      = { "letter", "card", "certificate", "licence", "payment", "entry", NULL };
  Result result = { .itext = jn_words_get (words, "itext") };
  guint kind;

  result.result.code = jn_words_require (words, "code");
  result.result.fact = jn_words_get (words, "fact");
  if (result.result.code == NULL || !jn_words_choose (words, "kind", kinds, 0, &kind)
      || !jn_words_get_yes (words, "pick-up", &result.result.pick_up))
    return FALSE;
  result.result.kind = kinds[kind];
  g_array_append_val (self->results, result);
  return TRUE;
}

static gboolean
add_source (GPtrArray *list, const JnWords *words, const char *title, const char *href)
{
  JnServiceSource *source = g_new0 (JnServiceSource, 1);
  JnOrigin origin;

  g_ptr_array_add (list, source);
  source->title = title;
  source->href = href;
  source->article = jn_words_get (words, "article");
  source->read = jn_words_get (words, "read");
  if (title == NULL || !jn_words_get_origin (words, &origin))
    return FALSE;
  source->confidence = origin.confidence;
  return TRUE;
}

static gboolean
read_basis (JnService *self, const JnWords *words)
{
  return add_source (self->laws, words, jn_words_require (words, "law"),
                     jn_words_get (words, "source"));
}

static gboolean
read_source (JnService *self, const JnWords *words)
{
  const char *href = jn_words_require (words, "href");

  return href != NULL && add_source (self->sources, words, jn_words_get_text (words), href);
}

static const struct
{
  const char *name;
  gboolean (*read) (JnService *self, const JnWords *words);
} elements[] = {
  { "name", read_name },     { "keywords", read_keywords }, { "who", read_who },
  { "pledge", read_pledge }, { "fee", read_fee },           { "needs", read_needs },
  { "paper", read_paper },   { "result", read_result },     { "basis", read_basis },
  { "source", read_source },
};

static gboolean
read_element (JnService *self, const JnWords *words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (jn_xml_is (words->element, elements[i].name, JN_NS_JANELA))
      return elements[i].read (self, words);
  return jn_words_refuse (words, "jn:service knows no such element");
}

static gboolean
read_service (JnService *self, const JnWords *words)
{
  static const char *const offline[] = { "no", "papers", "yes", NULL };
  const char *equipment = jn_words_get (words, "equipment");
  guint choice;

  self->code = jn_words_require (words, "code");
  self->department = self->code != NULL ? jn_words_require (words, "department") : NULL;
  self->equipment = g_strsplit (equipment != NULL ? equipment : "", " ", -1);
  if (self->department == NULL || !jn_words_choose (words, "offline", offline, 0, &choice)
      || !jn_words_get_yes (words, "immediate", &self->immediate)
      || !jn_words_get_yes (words, "proxy", &self->proxy))
    return FALSE;
  self->offline = (JnOffline)choice;
  for (xmlNode *child = jn_xml_first_element (words->element); child != NULL;
       child = jn_xml_next_element (child))
    {
      JnWords next = { child, words->error };

      if (!read_element (self, &next))
        return FALSE;
    }
  return *jn_names_get (&self->names, NULL) != '\0' || jn_words_refuse (words, "has no name");
}

/* ---- lifetime ----------------------------------------------------------------------------------- */

JnService *
jn_service_new (JnForm *form, GError **error)
{
  JnWords words = { jn_form_get_extension (form, "service"), error };
  JnService *self;

  if (words.element == NULL)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND, "the form has no jn:service");
      return NULL;
    }
  self = g_new0 (JnService, 1);
  g_atomic_ref_count_init (&self->references);
  self->form = jn_form_ref (form);
  self->keywords = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->keywords, NULL);
  self->pledge.working = TRUE;
  self->pledge.from = "complete";
  self->needs = g_array_new (FALSE, FALSE, sizeof (Need));
  self->results = g_array_new (FALSE, FALSE, sizeof (Result));
  self->fees = g_array_new (FALSE, FALSE, sizeof (Fee));
  self->papers = g_array_new (FALSE, FALSE, sizeof (Paper));
  self->laws = g_ptr_array_new_with_free_func (g_free);
  self->sources = g_ptr_array_new_with_free_func (g_free);
  if (!read_service (self, &words))
    g_clear_pointer (&self, jn_service_unref);
  return self;
}

JnService *
jn_service_ref (JnService *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
jn_service_unref (JnService *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_strfreev (self->equipment);
  jn_names_clear (&self->names);
  g_ptr_array_unref (self->keywords);
  g_array_unref (self->needs);
  g_array_unref (self->results);
  g_array_unref (self->fees);
  g_array_unref (self->papers);
  g_ptr_array_unref (self->laws);
  g_ptr_array_unref (self->sources);
  jn_form_unref (self->form);
  g_free (self);
}

/* ---- what it says ------------------------------------------------------------------------------- */

JnForm *
jn_service_get_form (const JnService *self)
{
  return self->form;
}

const char *
jn_service_get_code (const JnService *self)
{
  return self->code;
}

const char *
jn_service_get_department (const JnService *self)
{
  return self->department;
}

const JnNames *
jn_service_get_names (const JnService *self)
{
  return &self->names;
}

const char *const *
jn_service_get_keywords (const JnService *self)
{
  return (const char *const *)self->keywords->pdata;
}

gboolean
jn_service_is_immediate (const JnService *self)
{
  return self->immediate;
}

gboolean
jn_service_is_proxy_allowed (const JnService *self)
{
  return self->proxy;
}

JnOffline
jn_service_get_offline (const JnService *self)
{
  return self->offline;
}

const char *const *
jn_service_get_equipment (const JnService *self)
{
  return (const char *const *)self->equipment;
}

const JnPledge *
jn_service_get_pledge (const JnService *self)
{
  return &self->pledge;
}

GPtrArray *
jn_service_get_laws (const JnService *self)
{
  return self->laws;
}

GPtrArray *
jn_service_get_sources (const JnService *self)
{
  return self->sources;
}

/* ---- as the answers stand ----------------------------------------------------------------------- */

/* (nullable): as it stands in the form, without outputs */
static char *
get_plain_text (const JnService *self, const char *itext, const char *language)
{
  const JnTranslation *translation = jn_form_get_translation (self->form, language);
  const xmlNode *element
      = translation != NULL ? g_hash_table_lookup (translation->texts, itext) : NULL;

  return element != NULL ? g_strstrip (jn_xml_text (element)) : NULL;
}

/* Without a filling the texts are those of the form's own language. */
static char *
get_text (const JnService *self, JnFilling *filling, const char *itext)
{
  const JnText text = { .itext = (char *)itext };

  if (itext == NULL)
    return NULL;
  if (filling != NULL)
    return jn_filling_get_text (filling, &text, filling->root, NULL);
  return get_plain_text (self, itext, self->form->default_language);
}

static char *
get_name (const JnService *self, JnFilling *filling, const char *itext, const char *code)
{
  char *name = get_text (self, filling, itext);

  if (name != NULL && *name != '\0')
    return name;
  g_free (name);
  return g_strdup (code);
}

static gboolean
applies (JnFilling *filling, const char *relevant)
{
  g_autofree char *expression = NULL, *result = NULL;

  if (relevant == NULL || filling == NULL)
    return TRUE;
  expression = g_strdup_printf ("boolean(%s)", relevant);
  result = jn_filling_evaluate (filling, expression, NULL, NULL);
  return g_strcmp0 (result, "true") == 0;
}

static void
paper_free (gpointer data)
{
  JnServicePaper *paper = data;

  g_free (paper->name);
  g_free (paper);
}

GPtrArray *
jn_service_list_papers (JnService *self, JnFilling *filling)
{
  GPtrArray *papers = g_ptr_array_new_with_free_func (paper_free);

  for (guint i = 0; i < self->papers->len; i++)
    {
      const Paper *paper = &g_array_index (self->papers, Paper, i);
      JnServicePaper *made;

      if (!applies (filling, paper->relevant))
        continue;
      made = g_memdup2 (&paper->paper, sizeof (JnServicePaper));
      made->name = get_name (self, filling, paper->itext, made->code);
      g_ptr_array_add (papers, made);
    }
  return papers;
}

char *
jn_service_get_paper_name (const JnService *self, const char *code, const char *language)
{
  char *name = NULL;

  for (guint i = 0; i < self->papers->len && name == NULL; i++)
    {
      const Paper *paper = &g_array_index (self->papers, Paper, i);

      if (paper->itext != NULL && g_str_equal (paper->paper.code, code))
        name = get_plain_text (self, paper->itext, language);
    }
  return name;
}

static void
fee_free (gpointer data)
{
  JnServiceFee *fee = data;

  g_free (fee->name);
  g_free (fee);
}

/* FALSE: the answers ask for no such charge. */
static gboolean
get_amount (JnFilling *filling, const char *ref, gint64 *amount)
{
  const JnAnswer *answer = filling != NULL && ref != NULL ? jn_filling_find (filling, ref) : NULL;
  const char *text;

  *amount = -1;
  if (filling == NULL || ref == NULL)
    return TRUE;
  text = answer != NULL && answer->visible ? jn_answer_get_text (answer) : "";
  return *text != '\0' && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, amount, NULL);
}

GPtrArray *
jn_service_list_fees (JnService *self, JnFilling *filling)
{
  GPtrArray *fees = g_ptr_array_new_with_free_func (fee_free);

  for (guint i = 0; i < self->fees->len; i++)
    {
      const Fee *fee = &g_array_index (self->fees, Fee, i);
      JnServiceFee *made;
      gint64 amount;

      if (!get_amount (filling, fee->ref, &amount))
        continue;
      made = g_new0 (JnServiceFee, 1);
      made->code = fee->code;
      made->name = get_name (self, filling, fee->itext, fee->code);
      made->ref = fee->ref;
      made->amount = amount;
      made->origin = fee->origin;
      g_ptr_array_add (fees, made);
    }
  return fees;
}

gboolean
jn_service_fee_is_charged (const JnServiceFee *fee)
{
  return fee->origin.confidence == JN_CONFIDENCE_CONFIRMED && fee->amount >= 0;
}

static void
result_free (gpointer data)
{
  JnServiceResult *result = data;

  g_free (result->name);
  g_free (result);
}

GPtrArray *
jn_service_list_results (JnService *self, JnFilling *filling)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (result_free);

  for (guint i = 0; i < self->results->len; i++)
    {
      const Result *result = &g_array_index (self->results, Result, i);
      JnServiceResult *made = g_memdup2 (&result->result, sizeof (JnServiceResult));

      made->name = get_name (self, filling, result->itext, made->code);
      g_ptr_array_add (results, made);
    }
  return results;
}

GPtrArray *
jn_service_list_needs (JnService *self, JnFilling *filling)
{
  GPtrArray *needs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->needs->len; i++)
    {
      const Need *need = &g_array_index (self->needs, Need, i);

      if (applies (filling, need->relevant))
        g_ptr_array_add (needs, g_memdup2 (&need->need, sizeof (JnNeed)));
    }
  return needs;
}
