/* style.c: sizes and distances of each paper. */
#include "printing/style.h"

static const JnStyle styles[JN_N_PAPERS] = {
  [JN_PAPER_ROLL_80] = { .text = 26,
                         .second = 20,
                         .small = 18,
                         .office = 30,
                         .title = 38,
                         .number = 46,
                         .ticket = 150,
                         .leading = 1.3,
                         .label = 0.36,
                         .gap = 10,
                         .thin = 2,
                         .thick = 4,
                         .centred = TRUE },
  [JN_PAPER_ROLL_58] = { .text = 24,
                         .second = 19,
                         .small = 17,
                         .office = 26,
                         .title = 32,
                         .number = 36,
                         .ticket = 110,
                         .leading = 1.28,
                         .label = 0,
                         .gap = 9,
                         .thin = 2,
                         .thick = 3,
                         .centred = TRUE },
  [JN_PAPER_A5] = { .text = 26,
                    .second = 20,
                    .small = 19,
                    .office = 28,
                    .title = 44,
                    .number = 46,
                    .ticket = 200,
                    .leading = 1.3,
                    .label = 0.26,
                    .gap = 10,
                    .thin = 1,
                    .thick = 4,
                    .centred = FALSE },
  [JN_PAPER_A4] = { .text = 30,
                    .second = 24,
                    .small = 21,
                    .office = 32,
                    .title = 54,
                    .number = 54,
                    .ticket = 280,
                    .leading = 1.33,
                    .label = 0.25,
                    .gap = 15,
                    .thin = 1,
                    .thick = 5,
                    .centred = FALSE },
};

const JnStyle *
jn_style_get (JnPaper paper, const JnPaperSize *size)
{
  g_return_val_if_fail ((guint)paper < JN_N_PAPERS, NULL);
  if (size->height > 0)
    return &styles[paper];
  return &styles[jn_paper_is_narrow (size) ? JN_PAPER_ROLL_58 : JN_PAPER_ROLL_80];
}
