/* test-papers.c: each paper of the desk, made from what the desk holds: as it was approved, in three languages. */
#include <string.h>
#include "app/dict.h"
#include "app/papers/ticket-document.h"
#include "printing/layout.h"
#include "tests/app/desk.h"
#include "tests/printing/picture.h"

#define ID "0190aaaa-0000-7000-8000-000000000001"

static GVariant *
ticket_answer (const char *event, const char *const *services, const char *language)
{
  return jn_dict_new ("id", "s", ID, "number", "s", "B011", "state", "s", "waiting", "event", "s",
                      event, "services", "^as", services, "priority", "s", "disability", "language",
                      "s", language, "arrived", "s", "2026-11-23T13:40:00+08:00", "note", "s",
                      "walks with a stick", NULL);
}

static JnDocument *
make_ticket (Desk *desk, const char *language)
{
  static const char *const services[] = { "dsaj-birth-reg", "dsi-bir-first", NULL };
  static const JnTicketLine line = { 6, 15, 25 };
  g_autoptr (JnTicket) ticket = jn_ticket_new (ticket_answer ("birth", services, language));

  return jn_ticket_document_new (ticket, desk->session, &line, 0);
}

static JnDocument *
make_ticket_of_services (Desk *desk, const char *language)
{
  static const char *const services[]
      = { "dsaj-birth-reg",     "dsi-bir-first",          "fss-birth-allowance",
          "dsi-passport-child", "dsi-personal-data-cert", NULL };
  static const JnTicketLine line = { 0, 0, 4 };
  g_autoptr (JnTicket) ticket = jn_ticket_new (ticket_answer (NULL, services, language));

  return jn_ticket_document_new (ticket, desk->session, &line, 1);
}

typedef struct
{
  const char *name;
  JnDocument *(*make) (Desk *desk, const char *language);
  const char *papers; /* by name, separated by blanks */
} Kind;

static const Kind kinds[] = {
  { "ticket", make_ticket, "roll-80 roll-58" },
  { "ticket-services", make_ticket_of_services, "roll-80" },
};

typedef struct
{
  const Kind *kind;
  const char *language;
  JnPaper paper;
} Case;

static void
test_golden (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnDocument) document = c->kind->make (desk, c->language);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnLayout) layout = jn_layout_new (document, c->paper, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (jn_document_get_language (document), ==, c->language);
  for (guint page = 0; page < jn_layout_get_n_pages (layout); page++)
    {
      g_autoptr (JnRaster) raster = jn_raster_new_from_page (layout, page, &error);
      g_autofree char *name = g_strdup_printf (
          "%s-%s-%s-%u", c->kind->name, jn_paper_get_size (c->paper)->name, c->language, page + 1);

      g_assert_no_error (error);
      assert_like_golden (raster, name);
    }
}

/* The slip finds its ticket again, and does not say why it goes first. */
static void
test_ticket (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnDocument) document = make_ticket (desk, "en");
  g_autoptr (JnLayout) layout = jn_layout_new (document, JN_PAPER_ROLL_58, NULL);
  g_autoptr (JnRaster) raster = jn_raster_new_from_page (layout, 0, NULL);
  g_autofree char *json = jn_document_to_json (document);
  g_autofree char *symbol = read_symbol_of_raster (raster);

  g_assert_cmpstr (symbol, ==, "janela:ticket:B011:" ID);
  g_assert_nonnull (strstr (json, "15 to 25 minutes"));
  g_assert_null (strstr (json, "isab"));
  g_assert_null (strstr (json, "stick"));
}

static void
add_golden (const Kind *kind, const char *language, const char *paper)
{
  Case *c = g_new0 (Case, 1);
  g_autofree char *path
      = g_strdup_printf ("/app/papers/golden/%s/%s/%s", kind->name, paper, language);

  c->kind = kind;
  c->language = language;
  g_assert_true (jn_paper_from_name (paper, &c->paper));
  g_test_add_data_func_full (path, c, test_golden, g_free);
}

int
main (int argc, char **argv)
{
  static const char *const languages[] = { "zh-Hant", "pt", "en" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint j = 0; j < G_N_ELEMENTS (languages); j++)
      {
        g_auto (GStrv) papers = g_strsplit (kinds[i].papers, " ", -1);

        for (guint k = 0; papers[k] != NULL; k++)
          add_golden (&kinds[i], languages[j], papers[k]);
      }
  g_test_add_func ("/app/papers/ticket", test_ticket);
  return g_test_run ();
}
