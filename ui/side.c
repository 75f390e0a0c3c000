/* side.c: papers, fees and pledge of all services of the visit, live. */
#include "ui/side.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "forms/service.h"
#include "ui/language.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define WIDTH 284

typedef enum
{
  JN_SIDE_HEADING,
  JN_SIDE_READY, /* a paper that is there: its name, its state */
  JN_SIDE_OPEN,  /* one that is not */
  JN_SIDE_PAIR,  /* left and right */
  JN_SIDE_SMALL,
} JnSideKind;

typedef struct
{
  JnSideKind kind;
  char *first;
  char *second;
} JnSideLine;

struct _JnSide
{
  GtkBin parent;

  GtkWidget *frame;
  GtkWidget *column;
  GPtrArray *lines; /* of JnSideLine: what is on the screen */
  JnVisit *visit;
};

G_DEFINE_TYPE (JnSide, jn_side, GTK_TYPE_BIN)

static void
line_free (gpointer data)
{
  JnSideLine *line = data;

  g_free (line->first);
  g_free (line->second);
  g_free (line);
}

static void
add (GPtrArray *lines, JnSideKind kind, const char *first, const char *second)
{
  JnSideLine *line = g_new0 (JnSideLine, 1);

  line->kind = kind;
  line->first = g_strdup (first);
  line->second = g_strdup (second);
  g_ptr_array_add (lines, line);
}

/* -- what there is to say -- */

static void
list_papers (JnSide *self, GPtrArray *lines)
{
  GListModel *papers = jn_visit_get_papers (self->visit);
  guint n_papers = g_list_model_get_n_items (papers);
  guint n_services = jn_visit_get_n_chosen (self->visit);
  g_autofree char *heading
      = n_services > 1 ? g_strdup_printf (
            ngettext ("Papers for the service", "Papers for all %u services", n_services),
            n_services)
                       : g_strdup (_("Papers"));

  add (lines, JN_SIDE_HEADING, heading, NULL);
  if (n_papers == 0)
    add (lines, JN_SIDE_SMALL, _("Nothing to bring."), NULL);
  for (guint i = 0; i < n_papers; i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);
      g_autofree char *title = jn_visit_paper_get_title (paper, jn_language_get ()->tag);
      g_autofree char *state = jn_words_paper (paper, self->visit);
      gboolean ready = jn_visit_paper_is_settled (paper)
                       && jn_visit_paper_get_state (paper) != JN_PAPER_MISSING;

      add (lines, ready ? JN_SIDE_READY : JN_SIDE_OPEN, title, state);
    }
}

static void
list_fees (JnSide *self, GPtrArray *lines)
{
  GPtrArray *fees = jn_visit_get_fees (self->visit);
  gboolean unconfirmed = FALSE;

  add (lines, JN_SIDE_HEADING, _("Fees"), NULL);
  if (fees == NULL || fees->len == 0)
    add (lines, JN_SIDE_SMALL, _("No fee."), NULL);
  for (guint i = 0; fees != NULL && i < fees->len; i++)
    {
      const JnFee *fee = g_ptr_array_index (fees, i);
      g_autofree char *amount = jn_text_format_money (jn_language_get ()->tag, fee->amount);
      gboolean marked = !fee->confirmed && fee->amount >= 0;
      g_autofree char *words = g_strdup_printf ("%s%s", amount, marked ? " *" : "");

      add (lines, JN_SIDE_PAIR, fee->name, words);
      unconfirmed |= marked;
    }
  if (unconfirmed)
    add (lines, JN_SIDE_SMALL, _("* not confirmed by the department; not charged today"), NULL);
}

static void
list_pledges (JnSide *self, GPtrArray *lines)
{
  GListModel *applications = jn_visit_get_applications (self->visit);
  guint n = g_list_model_get_n_items (applications);

  if (n > 0)
    add (lines, JN_SIDE_HEADING, _("Pledge"), NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);
      const JnPledge *pledge = jn_service_get_pledge (jn_application_get_service (application));
      g_autofree char *words
          = jn_words_pledge (pledge != NULL ? pledge->days : 0, pledge != NULL && pledge->working);

      add (lines, JN_SIDE_PAIR, jn_application_get_title (application, jn_language_get ()->tag),
           "");
      add (lines, JN_SIDE_SMALL, words, NULL);
    }
}

/* -- how it looks -- */

static GtkWidget *
make_heading (const JnSideLine *line)
{
  GtkWidget *heading = jn_text_new (line->first, "section");

  jn_set_role (heading, ATK_ROLE_HEADING);
  gtk_widget_set_margin_top (heading, 4);
  return heading;
}

static GtkWidget *
make_paper (const JnSideLine *line)
{
  GtkWidget *grid = gtk_grid_new ();
  gboolean ready = line->kind == JN_SIDE_READY;
  GtkWidget *mark = jn_label_new (ready ? "✓" : "○", ready ? "section" : "small");

  jn_set_name (mark, ready ? _("ready") : _("open"));
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_attach (GTK_GRID (grid), mark, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), jn_text_new (line->first, NULL), 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), jn_text_new (line->second, "small"), 1, 1, 1, 1);
  gtk_widget_show_all (grid);
  return grid;
}

static GtkWidget *
make_line (const JnSideLine *line)
{
  switch (line->kind)
    {
    case JN_SIDE_HEADING:
      return make_heading (line);
    case JN_SIDE_READY:
    case JN_SIDE_OPEN:
      return make_paper (line);
    case JN_SIDE_PAIR:
      return jn_pair_new (line->first, line->second);
    case JN_SIDE_SMALL:
      break;
    }
  return jn_text_new (line->first, "small");
}

static gboolean
same_lines (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const JnSideLine *one = a->pdata[i], *other = b->pdata[i];

      if (one->kind != other->kind || g_strcmp0 (one->first, other->first) != 0
          || g_strcmp0 (one->second, other->second) != 0)
        return FALSE;
    }
  return TRUE;
}

/* A visit changes at every key; what stands here seldom does, and is left alone then. */
static void
refresh (JnSide *self)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);

  list_papers (self, lines);
  list_fees (self, lines);
  list_pledges (self, lines);
  if (same_lines (self->lines, lines))
    {
      g_ptr_array_unref (lines);
      return;
    }
  g_ptr_array_unref (self->lines);
  self->lines = lines;
  jn_empty (self->column);
  for (guint i = 0; i < lines->len; i++)
    jn_pack (self->column, make_line (lines->pdata[i]));
}

static void
jn_side_dispose (GObject *object)
{
  JnSide *self = JN_SIDE (object);

  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_clear_object (&self->visit);
  G_OBJECT_CLASS (jn_side_parent_class)->dispose (object);
}

static void
jn_side_finalize (GObject *object)
{
  g_ptr_array_unref (JN_SIDE (object)->lines);
  G_OBJECT_CLASS (jn_side_parent_class)->finalize (object);
}

static void
jn_side_class_init (JnSideClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_side_finalize;
  G_OBJECT_CLASS (klass)->dispose = jn_side_dispose;
}

static void
jn_side_init (JnSide *self)
{
  self->lines = g_ptr_array_new_with_free_func (line_free);
}

/* Not before it is needed: the first frame is the sign-in's. */
static void
ensure_frame (JnSide *self)
{
  if (self->frame != NULL)
    return;
  self->column = jn_box_new (GTK_ORIENTATION_VERTICAL, 10, "side");
  self->frame = jn_scroll_new (self->column);
  gtk_widget_set_size_request (self->frame, WIDTH, -1);
  gtk_container_add (GTK_CONTAINER (self), self->frame);
  gtk_widget_show_all (self->frame);
}

void
jn_side_set_visit (JnSide *self, JnVisit *visit)
{
  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_set_object (&self->visit, visit);
  g_ptr_array_set_size (self->lines, 0);
  if (self->column != NULL)
    jn_empty (self->column);
  if (visit == NULL)
    return;
  ensure_frame (self);
  jn_set_name (self->column, _("What the visit needs"));
  g_signal_connect_swapped (visit, "changed", G_CALLBACK (refresh), self);
  refresh (self);
}
