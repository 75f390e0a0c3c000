/* field-rank.h: an order: each line moves up or down. */
#pragma once

#include "ui/field.h"

G_BEGIN_DECLS

#define JN_TYPE_FIELD_RANK (jn_field_rank_get_type ())
G_DECLARE_FINAL_TYPE (JnFieldRank, jn_field_rank, JN, FIELD_RANK, JnField)

G_END_DECLS
