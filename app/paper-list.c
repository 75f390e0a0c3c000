/* paper-list.c: one list of papers for all services of a visit, worked out from the answers. */
#include "app/paper-list.h"

#include <string.h>
#include "app/dict.h"
#include "app/visit-paper-private.h"

/* What the clerk said of a paper. */
typedef struct
{
  JnPaperState state;
  char *blob;
} Said;

struct _JnPaperList
{
  GListStore *model;
  GHashTable *said; /* code → Said */
};

static void
said_free (Said *said)
{
  g_free (said->blob);
  g_free (said);
}

JnPaperList *
jn_paper_list_new (void)
{
  JnPaperList *list = g_new0 (JnPaperList, 1);

  list->model = g_list_store_new (JN_TYPE_VISIT_PAPER);
  list->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)said_free);
  return list;
}

void
jn_paper_list_free (JnPaperList *list)
{
  if (list == NULL)
    return;
  g_object_unref (list->model);
  g_hash_table_unref (list->said);
  g_free (list);
}

GListModel *
jn_paper_list_get_model (JnPaperList *list)
{
  return G_LIST_MODEL (list->model);
}

static JnVisitPaper *
find_paper (GPtrArray *papers, const char *code)
{
  for (guint i = 0; i < papers->len; i++)
    if (g_str_equal (jn_visit_paper_get_code (papers->pdata[i]), code))
      return papers->pdata[i];
  return NULL;
}

static void
apply_said (JnPaperList *list, JnVisitPaper *paper)
{
  const Said *said = g_hash_table_lookup (list->said, jn_visit_paper_get_code (paper));

  if (said != NULL)
    jn_visit_paper_set_state (paper, said->state, NULL, NULL, said->blob);
}

void
jn_paper_list_set (JnPaperList *list, const char *code, JnPaperState state, const char *blob)
{
  Said *said = g_new0 (Said, 1);
  GListModel *model = G_LIST_MODEL (list->model);

  said->state = state;
  said->blob = g_strdup (blob);
  g_hash_table_insert (list->said, g_strdup (code), said);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (model, i);

      if (g_str_equal (jn_visit_paper_get_code (paper), code))
        apply_said (list, paper);
    }
}

/* -- what makes a paper unnecessary ------------------------------------------------------------------------- */

/* (nullable): the fact "subject/property" of a register; what is only declared proves nothing */
static const JnFact *
find_held (JnKnown *known, const char *fact)
{
  g_auto (GStrv) parts = g_strsplit (fact != NULL ? fact : "", "/", 2);
  const JnFact *found;

  if (g_strv_length (parts) != 2)
    return NULL;
  found = jn_known_find (known, parts[0], parts[1], NULL);
  return found != NULL && (found->grade == JN_GRADE_A || found->grade == JN_GRADE_B) ? found : NULL;
}

/* (transfer full) (nullable): "service:CODE" of the application here that gives @fact */
static char *
find_result (GListModel *applications, const char *fact)
{
  for (guint i = 0; fact != NULL && i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);
      JnService *service = (JnService *)jn_application_get_service (application);
      g_autoptr (GPtrArray) results
                 = jn_service_list_results (service, jn_application_get_filling (application));

      for (guint k = 0; k < results->len; k++)
        if (g_strcmp0 (((JnServiceResult *)results->pdata[k])->fact, fact) == 0)
          return g_strconcat ("service:", jn_service_get_code (service), NULL);
    }
  return NULL;
}

/* The card of a person, by the code ROLE-id, when it was read at this counter */
static gboolean
was_read_here (JnKnown *known, const char *code)
{
  g_autofree char *role = NULL;
  JnPerson *person;

  if (!g_str_has_suffix (code, "-id"))
    return FALSE;
  role = g_strndup (code, strlen (code) - strlen ("-id"));
  person = jn_known_get_person (known, role);
  return person != NULL && jn_person_was_read_here (person);
}

static void
work_out_state (JnVisitPaper *paper,
                const JnServicePaper *asked,
                GListModel *applications,
                JnKnown *known)
{
  const JnFact *fact = find_held (known, asked->fact);
  g_autofree char *result = fact == NULL ? find_result (applications, asked->fact) : NULL;

  if (jn_visit_paper_get_state (paper) != JN_PAPER_ASKED)
    return;
  if (fact != NULL)
    jn_visit_paper_set_state (paper, JN_PAPER_HELD, fact->source, fact->as_of, NULL);
  else if (result != NULL)
    jn_visit_paper_set_state (paper, JN_PAPER_HELD, result, NULL, NULL);
  else if (asked->fact == NULL && asked->held_by != NULL)
    jn_visit_paper_set_state (paper, JN_PAPER_HELD, asked->held_by, NULL, NULL);
  else if (was_read_here (known, asked->code))
    jn_visit_paper_set_state (paper, JN_PAPER_PRESENTED, "document", NULL, NULL);
}

/* -- the list ---------------------------------------------------------------------------------------------- */

/* The window reads it in the clerk's language, the notice in the citizen's. */
static GVariant *
make_titles (JnApplication *application, const JnServicePaper *asked)
{
  const JnService *service = jn_application_get_service (application);
  g_autofree char *zh = jn_service_get_paper_name (service, asked->code, "zh-Hant");
  g_autofree char *pt = jn_service_get_paper_name (service, asked->code, "pt");
  g_autofree char *en = jn_service_get_paper_name (service, asked->code, "en");

  return jn_dict_new ("zh_Hant", "s", zh != NULL ? zh : asked->name, "pt", "s", pt, "en", "s", en,
                      NULL);
}

static void
add_paper (GPtrArray *papers,
           JnApplication *application,
           const JnServicePaper *asked,
           GListModel *applications,
           JnKnown *known)
{
  JnVisitPaper *paper = find_paper (papers, asked->code);
  JnPaperForm form = (asked->original ? JN_PAPER_ORIGINAL : 0) | (asked->copy ? JN_PAPER_COPY : 0);

  if (paper == NULL)
    {
      paper = jn_visit_paper_new (asked->code);
      g_ptr_array_add (papers, paper);
    }
  jn_visit_paper_add_service (
      paper, jn_service_entry_get_code (jn_application_get_entry (application)),
      make_titles (application, asked), form, asked->optional, asked->accept_missing, asked->days);
  work_out_state (paper, asked, applications, known);
}

static GPtrArray *
work_out (JnPaperList *list, GListModel *applications, JnKnown *known)
{
  GPtrArray *papers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);
      JnService *service = (JnService *)jn_application_get_service (application);
      g_autoptr (GPtrArray) asked
                 = jn_service_list_papers (service, jn_application_get_filling (application));

      for (guint k = 0; k < asked->len; k++)
        add_paper (papers, application, asked->pdata[k], applications, known);
    }
  for (guint i = 0; i < papers->len; i++)
    apply_said (list, papers->pdata[i]);
  return papers;
}

static gboolean
is_same (GListModel *model, GPtrArray *papers)
{
  if (g_list_model_get_n_items (model) != papers->len)
    return FALSE;
  for (guint i = 0; i < papers->len; i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (model, i);

      if (!jn_visit_paper_equal (paper, papers->pdata[i]))
        return FALSE;
    }
  return TRUE;
}

gboolean
jn_paper_list_update (JnPaperList *list, GListModel *applications, JnKnown *known)
{
  g_autoptr (GPtrArray) papers = work_out (list, applications, known);
  GListModel *model = G_LIST_MODEL (list->model);

  if (is_same (model, papers))
    return FALSE;
  g_list_store_splice (list->model, 0, g_list_model_get_n_items (model), papers->pdata,
                       papers->len);
  return TRUE;
}
