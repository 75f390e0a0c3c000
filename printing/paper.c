/* paper.c: the papers that we print on. */
#include "printing/paper.h"

#define MM(x) ((x)*JN_DOTS_PER_MM)
#define NARROW 448 /* dots below which a roll is set as the 58 mm one */
#define EDGES 8    /* mm of paper beside a head, at the least */

static const JnPaperSize sizes[JN_N_PAPERS] = {
  [JN_PAPER_ROLL_80] = { "roll-80", 576, 0, 12, 80 },
  [JN_PAPER_ROLL_58] = { "roll-58", 384, 0, 8, 58 },
  [JN_PAPER_A5] = { "a5", MM (148), MM (210), MM (12), 148 },
  [JN_PAPER_A4] = { "a4", MM (210), MM (297), MM (20), 210 },
};

const JnPaperSize *
jn_paper_get_size (JnPaper paper)
{
  g_return_val_if_fail ((guint)paper < JN_N_PAPERS, NULL);
  return &sizes[paper];
}

gboolean
jn_paper_is_head (guint dots)
{
  return dots == 0 || (dots >= JN_HEAD_LEAST && dots <= JN_HEAD_MOST && dots % 8 == 0);
}

gboolean
jn_paper_is_narrow (const JnPaperSize *size)
{
  return size->height == 0 && size->width < NARROW;
}

JnPaperSize
jn_paper_get_size_at (JnPaper paper, guint dots)
{
  JnPaperSize size = *jn_paper_get_size (paper);

  g_return_val_if_fail (jn_paper_is_head (dots), size);
  if (dots == 0 || size.height > 0)
    return size;
  size.width = dots;
  size.margin = sizes[jn_paper_is_narrow (&size) ? JN_PAPER_ROLL_58 : JN_PAPER_ROLL_80].margin;
  size.sheet_width = MAX (size.sheet_width, dots / JN_DOTS_PER_MM + EDGES);
  return size;
}

gboolean
jn_paper_from_name (const char *name, JnPaper *paper)
{
  for (guint i = 0; i < JN_N_PAPERS; i++)
    if (g_strcmp0 (name, sizes[i].name) == 0)
      {
        *paper = i;
        return TRUE;
      }
  return FALSE;
}
