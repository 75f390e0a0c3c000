/* test-pdf.c: PDF files: the pages' sizes, the text in them, and nothing about who made them. */
#include <string.h>

#include "printing/pdf.h"
#include "tests/printing/known-leak.h"
#include "tests/printing/samples.h"

static char *
path_of (const char *name)
{
  return g_build_filename (g_get_tmp_dir (), name, NULL);
}

static void
save (JnDocument *document, JnPaper paper, const char *path)
{
  g_autoptr(JnLayout) layout = jn_layout_new (document, paper, NULL);
  g_autoptr(GError) error = NULL;

  KNOWN_LEAK_BEGIN;
  g_assert_true (jn_pdf_save (layout, path, &error));
  KNOWN_LEAK_END;
  g_assert_no_error (error);
}

static char *
ask (const char *const *command)
{
  g_autoptr(GSubprocess) process
             = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  char *output = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, NULL));
  g_assert_true (g_subprocess_get_successful (process));
  return output;
}

static const struct
{
  JnPaper paper;
  const char *size; /* as pdfinfo says it */
} papers[] = {
  { JN_PAPER_A4, "595.276 x 841.89 pts (A4)" },
  { JN_PAPER_A5, "419.528 x 595.276 pts" },
  { JN_PAPER_ROLL_80, "204.094 x " },
};

static void
test_sizes (void)
{
  g_autofree char *path = path_of ("receipt.pdf");
  g_autoptr(JnDocument) document = sample_receipt ();

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autofree char *info = NULL;

      save (document, papers[i].paper, path);
      info = ask ((const char *const[]){ "pdfinfo", path, NULL });
      g_assert_nonnull (strstr (info, papers[i].size));
      g_assert_nonnull (strstr (info, "Pages:           1\n"));
      g_assert_nonnull (strstr (info, "申請收據"));
      g_assert_null (strstr (info, "CreationDate"));
      g_assert_null (strstr (info, g_get_user_name ()));
    }
}

/* What is printed can be searched and read aloud; markup in it is text. */
static void
test_text (void)
{
  g_autofree char *path = path_of ("application.pdf");
  g_autoptr(JnDocument) document = samples[n_samples - 1].make ();
  g_autofree char *text = NULL;

  save (document, JN_PAPER_A4, path);
  text = ask ((const char *const[]){ "pdftotext", path, "-", NULL });
  g_assert_nonnull (strstr (text, "示範寶寶 DEMO BOU BOU"));
  g_assert_nonnull (strstr (text, "Data de nascimento"));
  g_assert_nonnull (strstr (text, "<b>&amp;</b>"));
  g_assert_nonnull (strstr (text, "DSI-BIR-01"));
  g_assert_nonnull (strstr (text, "第 2 頁，共 2 頁"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/pdf/sizes", test_sizes);
  g_test_add_func ("/printing/pdf/text", test_text);
  return g_test_run ();
}
