/* paper-list.h: one list of papers for all services of a visit, worked out from the answers. */
#pragma once

#include "app/flow.h"
#include "app/session.h"
#include "app/visit-paper.h"

G_BEGIN_DECLS

typedef struct _JnPaperList JnPaperList;

JnPaperList *jn_paper_list_new (void);
void jn_paper_list_free (JnPaperList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnPaperList, jn_paper_list_free)

GListModel *jn_paper_list_get_model (JnPaperList *list);
/* The clerk's word: it stands before what is worked out. */
void jn_paper_list_set (JnPaperList *list, const char *code, JnPaperState state, const char *blob);

/**
 * jn_paper_list_update:
 * @applications: of JnApplication
 *
 * A paper whose fact is held by a register, or is a result of another application here, or that a
 * department holds, is HELD; the identity card of a person whose document was read at this counter
 * (code "ROLE-id") is PRESENTED. Returns: whether anything changed
 */
gboolean jn_paper_list_update (JnPaperList *list, GListModel *applications, JnKnown *known);

G_END_DECLS
