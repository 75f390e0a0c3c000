/* paper.h: the papers that we print on, measured in dots of an eighth of a millimetre. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JN_DOTS_PER_MM: the pitch of thermal heads (203.2 dpi). All lengths of printing/ are in dots.
 */
#define JN_DOTS_PER_MM 8.0

typedef enum
{
  JN_PAPER_ROLL_80, /* 80 mm thermal roll, head of 576 dots (72 mm) */
  JN_PAPER_ROLL_58, /* 58 mm thermal roll, head of 384 dots (48 mm) */
  JN_PAPER_A5,
  JN_PAPER_A4,
} JnPaper;
#define JN_N_PAPERS 4

/**
 * JnPaperSize:
 * @name: "roll-80", "roll-58", "a5", "a4": as written in settings
 * @width: of what is drawn: the head of a roll printer, the whole sheet otherwise
 * @height: of a sheet; 0 for a roll, which is as long as what stands on it
 * @margin: to each side
 * @sheet_width: of the paper itself, in millimetres
 */
typedef struct
{
  const char *name;
  double width;
  double height;
  double margin;
  double sheet_width;
} JnPaperSize;

const JnPaperSize *jn_paper_get_size (JnPaper paper);

/**
 * JN_HEAD_LEAST, JN_HEAD_MOST: how many dots a roll printer's head may have; a multiple of eight
 */
#define JN_HEAD_LEAST 320
#define JN_HEAD_MOST 1024

/**
 * jn_paper_get_size_at:
 * @dots: of the printer's head (384, 512, 576, 832 …); 0: the paper's usual one
 *
 * Returns: the paper's size where another head prints on it; a sheet's is its own whatever prints on it
 */
JnPaperSize jn_paper_get_size_at (JnPaper paper, guint dots);

/**
 * jn_paper_is_head: Returns: whether a head may have so many dots, or 0
 */
gboolean jn_paper_is_head (guint dots);

/**
 * jn_paper_is_narrow: Returns: whether @size is set as on a 58 mm roll: smaller, labels above their values
 */
gboolean jn_paper_is_narrow (const JnPaperSize *size);

/**
 * jn_paper_from_name: Returns: FALSE when there is no such paper
 */
gboolean jn_paper_from_name (const char *name, JnPaper *paper);

G_END_DECLS
