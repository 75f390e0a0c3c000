/* xpath-parser.c: an expression's text becomes a tree (XPath 1.0, 3; ODK XForms, "XPath Paths"). */
#include "forms/xpath-private.h"

/* @outer, @outer_step, @function, @argument: where the path being read stands */
typedef struct
{
  JnXPath *xpath;
  JnXPathResolver resolver;
  gpointer user_data;
  JnXPathFlags flags;
  GError **error;
  JnLexer lexer;
  JnToken token;
  guint depth;
  const char *column_at;
  glong column;
  const JnXPathPath *outer;
  int outer_step;
  const char *function;
  guint argument;
} Parser;

static JnExpr *parse_expr (Parser *parser, int least);

/* ---- errors ------------------------------------------------------------------------------------ */

/* Counts from the last place asked for, which is near. */
static guint
column_of (Parser *parser, const char *at)
{
  parser->column += g_utf8_pointer_to_offset (parser->column_at, at);
  parser->column_at = at;
  return (guint)parser->column;
}

static char *
shorten (const char *text)
{
  const glong most = 120;
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= most)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, most);
  return g_strconcat (start, "…", NULL);
}

/* %NULL always, so that a parse function can return it. */
static gpointer G_GNUC_PRINTF (4, 5)
    fail_at (Parser *parser, JnFormError code, guint column, const char *format, ...)
{
  g_autofree char *expression = shorten (parser->xpath->text);
  g_autofree char *what = NULL;
  va_list args;

  if (parser->error != NULL && *parser->error != NULL)
    return NULL;
  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (parser->error, JN_FORM_ERROR, code, "\"%s\", column %u: %s", expression, column,
               what);
  return NULL;
}

static gpointer
fail_expected (Parser *parser, const char *expected)
{
  const JnToken *token = &parser->token;
  guint column = column_of (parser, token->start);
  g_autofree char *found = NULL;

  if (token->kind == TOKEN_END)
    return fail_at (parser, JN_FORM_ERROR_SYNTAX, column, "expected %s, found the end", expected);
  if (token->kind == TOKEN_WRONG && (*token->start == '"' || *token->start == '\''))
    return fail_at (parser, JN_FORM_ERROR_SYNTAX, column, "expected the closing %c of a text",
                    *token->start);
  if (*token->start == '$')
    return fail_at (parser, JN_FORM_ERROR_SYNTAX, column,
                    "expected %s, found $: variables are no part of ODK XForms", expected);
  found = g_strndup (token->start, MAX (token->length, 1));
  return fail_at (parser, JN_FORM_ERROR_SYNTAX, column, "expected %s, found %s", expected, found);
}

static void
advance (Parser *parser)
{
  jn_lexer_next (&parser->lexer, &parser->token);
}

static gboolean
expect (Parser *parser, JnTokenKind kind, const char *expected)
{
  if (parser->token.kind != kind)
    return fail_expected (parser, expected) != NULL;
  advance (parser);
  return TRUE;
}

static gboolean
enter (Parser *parser)
{
  if (++parser->depth <= JN_XPATH_MAX_DEPTH)
    return TRUE;
  fail_at (parser, JN_FORM_ERROR_LIMIT, column_of (parser, parser->token.start),
           "nested deeper than %d", JN_XPATH_MAX_DEPTH);
  return FALSE;
}

/* ---- nodes of the tree ------------------------------------------------------------------------- */

static JnExpr *
new_expr (Parser *parser, JnExprKind kind)
{
  JnExpr *expr = jn_arena_alloc0 (&parser->xpath->arena, sizeof *expr);

  expr->kind = kind;
  expr->depth = 1;
  return expr;
}

static JnExpr *
new_operation (Parser *parser, JnExprKind kind, JnExpr *left, JnExpr *right)
{
  JnExpr *expr = new_expr (parser, kind);

  expr->operands[0] = left;
  expr->operands[1] = right;
  expr->depth = 1 + MAX (left->depth, right == NULL ? 0 : right->depth);
  if (expr->depth > JN_XPATH_MAX_CHAIN)
    return fail_at (parser, JN_FORM_ERROR_LIMIT, column_of (parser, parser->token.start),
                    "more than %d operators in a row", JN_XPATH_MAX_CHAIN);
  return expr;
}

static const char *
intern (Parser *parser, const char *text, gsize length)
{
  if (parser->xpath->dict != NULL)
    return (const char *)xmlDictLookup (parser->xpath->dict, (const xmlChar *)text, (int)length);
  return jn_arena_strndup (&parser->xpath->arena, text, length);
}

static const char *
token_text (Parser *parser)
{
  return jn_arena_strndup (&parser->xpath->arena, parser->token.text, parser->token.length);
}

/* ---- names ------------------------------------------------------------------------------------- */

static const char *
resolve_prefix (Parser *parser, const char *prefix)
{
  const char *ns = parser->resolver == NULL ? NULL : parser->resolver (prefix, parser->user_data);

  return ns != NULL ? ns : jn_name_known_namespace (prefix);
}

/* ---- function calls ---------------------------------------------------------------------------- */

static const JnFunction *
find_function (Parser *parser, const char *name)
{
  const char *colon = strchr (name, ':');
  g_autofree char *prefix = colon == NULL ? NULL : g_strndup (name, (gsize)(colon - name));
  const char *ns = colon == NULL ? JN_XFORMS_NS : resolve_prefix (parser, prefix);
  g_autofree char *known = jn_name_of_function (ns, colon == NULL ? name : colon + 1);

  return known == NULL ? NULL : jn_function_find (known);
}

static char *
count_problem (const JnFunction *function, gsize n)
{
  int least = function->least, most = function->most;

  if (most < 0)
    return g_strdup_printf ("%s() takes at least %d %s, not %" G_GSIZE_FORMAT, function->name,
                            least, least == 1 ? "argument" : "arguments", n);
  if (least == most)
    return g_strdup_printf ("%s() takes %d %s, not %" G_GSIZE_FORMAT, function->name, least,
                            least == 1 ? "argument" : "arguments", n);
  return g_strdup_printf ("%s() takes %d to %d arguments, not %" G_GSIZE_FORMAT, function->name,
                          least, most, n);
}

/* Notes what is wrong with a call; with STRICT that ends the parse. */
static gboolean
check_call (Parser *parser, JnCall *call)
{
  JnXPath *xpath = parser->xpath;
  JnFormError code = JN_FORM_ERROR_SYNTAX;
  g_autofree char *problem = NULL;
  g_autoptr(GError) error = NULL;
  GError **strict = parser->error;
  gsize n = call->pub.n_args;

  if (call->function == NULL)
    {
      code = JN_FORM_ERROR_REFERENCE;
      problem = g_strdup_printf ("there is no function %s()", call->pub.name);
    }
  else if (n < (gsize)call->function->least
           || (call->function->most >= 0 && n > (gsize)call->function->most))
    problem = count_problem (call->function, n);
  else if (!jn_function_prepare (call, &error))
    problem = g_strdup (error->message);
  if (problem == NULL)
    return TRUE;
  call->pub.problem = jn_arena_strndup (&xpath->arena, problem, strlen (problem));
  if ((parser->flags & JN_XPATH_STRICT) == 0)
    {
      if (xpath->problem != NULL)
        return TRUE;
      parser->error = &xpath->problem;
    }
  fail_at (parser, code, call->pub.column, "%s", problem);
  parser->error = strict;
  return (parser->flags & JN_XPATH_STRICT) == 0;
}

static gboolean
parse_arguments (Parser *parser, JnCall *call, guint *depth)
{
  g_autoptr(GPtrArray) args = g_ptr_array_new ();

  for (parser->argument = 0; parser->token.kind != TOKEN_CLOSE; parser->argument++)
    {
      guint argument = parser->argument;
      JnExpr *arg;

      parser->function = call->pub.name;
      arg = parse_expr (parser, 0);
      if (arg == NULL)
        return FALSE;
      parser->argument = argument;
      *depth = MAX (*depth, arg->depth);
      g_ptr_array_add (args, arg);
      if (parser->token.kind == TOKEN_CLOSE)
        break;
      if (!expect (parser, TOKEN_COMMA, "a comma or )"))
        return FALSE;
      if (parser->token.kind == TOKEN_CLOSE)
        return fail_expected (parser, "an argument") != NULL;
    }
  call->pub.n_args = args->len;
  call->args = jn_arena_alloc (&parser->xpath->arena, MAX (args->len, 1) * sizeof *call->args);
  if (args->len > 0)
    memcpy (call->args, args->pdata, args->len * sizeof *call->args);
  return expect (parser, TOKEN_CLOSE, ")");
}

static void
note_literals (Parser *parser, JnCall *call)
{
  gsize n = call->pub.n_args;
  const char **literals = jn_arena_alloc0 (&parser->xpath->arena, MAX (n, 1) * sizeof *literals);

  for (gsize i = 0; i < n; i++)
    if (call->args[i]->kind == EXPR_STRING)
      literals[i] = call->args[i]->string;
  call->pub.literals = literals;
}

static JnExpr *
parse_call (Parser *parser)
{
  JnCall *call = jn_arena_alloc0 (&parser->xpath->arena, sizeof *call);
  const char *function = parser->function;
  guint argument = parser->argument, depth = 0;
  JnExpr *expr;

  call->pub.name = token_text (parser);
  call->pub.column = column_of (parser, parser->token.start);
  call->function = find_function (parser, call->pub.name);
  g_ptr_array_add (parser->xpath->calls, call);
  advance (parser);
  advance (parser); /* the ( that made it a function */
  if (!parse_arguments (parser, call, &depth))
    return NULL;
  parser->function = function;
  parser->argument = argument;
  note_literals (parser, call);
  if (!check_call (parser, call))
    return NULL;
  expr = new_expr (parser, EXPR_CALL);
  expr->call = call;
  expr->depth = depth + 1;
  return expr;
}

/* ---- paths ------------------------------------------------------------------------------------- */

typedef struct
{
  JnPath *path;
  GArray *steps;
  GArray *predicates;
  guint depth;
} PathBuilder;

static void
builder_clear (PathBuilder *builder)
{
  g_clear_pointer (&builder->steps, g_array_unref);
  g_clear_pointer (&builder->predicates, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PathBuilder, builder_clear)

/* indexed-repeat (nodes, repeat, index, repeat, index …) */
static gboolean
means_all_rows (const Parser *parser)
{
  return g_strcmp0 (parser->function, "indexed-repeat") == 0
         && (parser->argument == 0 || parser->argument % 2 == 1);
}

static void
begin_path (Parser *parser, PathBuilder *builder, JnXPathBase base, const char *at)
{
  JnPath *path = jn_arena_alloc0 (&parser->xpath->arena, sizeof *path);

  path->pub.base = base;
  path->pub.outer = parser->outer;
  path->pub.outer_step = parser->outer_step;
  path->pub.function = parser->function;
  path->pub.argument = parser->argument;
  path->pub.all_rows = means_all_rows (parser);
  path->pub.column = column_of (parser, at);
  path->index = -1;
  g_ptr_array_add (parser->xpath->paths, path);
  builder->path = path;
  builder->depth = 1;
  builder->steps = g_array_new (FALSE, TRUE, sizeof (JnXPathStep));
  builder->predicates = g_array_new (FALSE, TRUE, sizeof (JnPredicates));
}

static gboolean
parse_predicates (Parser *parser, PathBuilder *builder, int step, JnPredicates *predicates)
{
  const JnXPathPath *outer = parser->outer;
  const char *function = parser->function;
  guint argument = parser->argument;
  int outer_step = parser->outer_step;
  g_autoptr(GPtrArray) exprs = g_ptr_array_new ();

  while (parser->token.kind == TOKEN_OPEN_PREDICATE)
    {
      JnExpr *expr;

      advance (parser);
      parser->outer = &builder->path->pub;
      parser->outer_step = step;
      parser->function = NULL;
      expr = parse_expr (parser, 0);
      if (expr == NULL || !expect (parser, TOKEN_CLOSE_PREDICATE, "]"))
        return FALSE;
      builder->depth = MAX (builder->depth, expr->depth + 1);
      g_ptr_array_add (exprs, expr);
    }
  parser->outer = outer;
  parser->outer_step = outer_step;
  parser->function = function;
  parser->argument = argument;
  if (exprs->len == 0)
    return TRUE;
  predicates->n = exprs->len;
  predicates->exprs = jn_arena_alloc (&parser->xpath->arena, exprs->len * sizeof (JnExpr *));
  memcpy (predicates->exprs, exprs->pdata, exprs->len * sizeof (JnExpr *));
  return TRUE;
}

static gboolean
parse_node_type (Parser *parser, JnXPathStep *step)
{
  switch (parser->token.text[0])
    {
    case 'n':
      step->test = JN_XPATH_TEST_NODE;
      break;
    case 't':
      step->test = JN_XPATH_TEST_TEXT;
      break;
    case 'c':
      step->test = JN_XPATH_TEST_COMMENT;
      break;
    default:
      step->test = JN_XPATH_TEST_PI;
      break;
    }
  advance (parser);
  advance (parser);
  if (step->test == JN_XPATH_TEST_PI && parser->token.kind == TOKEN_LITERAL)
    {
      step->name = intern (parser, parser->token.text, parser->token.length);
      advance (parser);
    }
  return expect (parser, TOKEN_CLOSE, ")");
}

static gboolean
parse_name_test (Parser *parser, JnXPathStep *step)
{
  const JnToken *token = &parser->token;
  const char *colon = memchr (token->text, ':', token->length), *local = token->text;
  gsize length = token->length;

  if (colon != NULL)
    {
      g_autofree char *prefix = g_strndup (token->text, (gsize)(colon - token->text));

      step->ns = resolve_prefix (parser, prefix);
      if (step->ns == NULL)
        return fail_at (parser, JN_FORM_ERROR_REFERENCE, column_of (parser, token->start),
                        "the prefix %s stands for no namespace", prefix)
               != NULL;
      step->ns = intern (parser, step->ns, strlen (step->ns));
      local = colon + 1;
      length -= (gsize)(local - token->text);
    }
  step->test = *local == '*' ? JN_XPATH_TEST_ANY : JN_XPATH_TEST_NAME;
  if (step->test == JN_XPATH_TEST_NAME)
    step->name = intern (parser, local, length);
  advance (parser);
  return TRUE;
}

static gboolean
parse_node_test (Parser *parser, JnXPathStep *step)
{
  if (parser->token.kind == TOKEN_NODE_TYPE)
    return parse_node_type (parser, step);
  if (parser->token.kind == TOKEN_NAME)
    return parse_name_test (parser, step);
  return fail_expected (parser, "the name of a node") != NULL;
}

static gboolean
parse_step (Parser *parser, PathBuilder *builder)
{
  JnXPathStep step = { .axis = JN_XPATH_AXIS_CHILD, .test = JN_XPATH_TEST_NODE };
  JnPredicates predicates = { NULL, 0 };

  switch (parser->token.kind)
    {
    case TOKEN_DOT:
    case TOKEN_DOTS:
      step.axis = parser->token.kind == TOKEN_DOT ? JN_XPATH_AXIS_SELF : JN_XPATH_AXIS_PARENT;
      advance (parser);
      break;
    case TOKEN_AT:
      step.axis = JN_XPATH_AXIS_ATTRIBUTE;
      advance (parser);
      if (!parse_node_test (parser, &step))
        return FALSE;
      break;
    case TOKEN_AXIS:
      if (!jn_name_find_axis (parser->token.text, parser->token.length, &step.axis))
        return fail_expected (parser, "an axis such as child:: or parent::") != NULL;
      advance (parser);
      if (!parse_node_test (parser, &step))
        return FALSE;
      break;
    default:
      if (!parse_node_test (parser, &step))
        return FALSE;
      break;
    }
  step.filtered = parser->token.kind == TOKEN_OPEN_PREDICATE;
  if (!parse_predicates (parser, builder, (int)builder->steps->len, &predicates))
    return FALSE;
  g_array_append_val (builder->steps, step);
  g_array_append_val (builder->predicates, predicates);
  return TRUE;
}

static void
add_descendants (PathBuilder *builder)
{
  const JnXPathStep step = { .axis = JN_XPATH_AXIS_DESCENDANT_OR_SELF, .test = JN_XPATH_TEST_NODE };
  const JnPredicates none = { NULL, 0 };

  g_array_append_val (builder->steps, step);
  g_array_append_val (builder->predicates, none);
}

static gboolean
begins_step (const JnToken *token)
{
  return token->kind == TOKEN_NAME || token->kind == TOKEN_NODE_TYPE || token->kind == TOKEN_AXIS
         || token->kind == TOKEN_AT || token->kind == TOKEN_DOT || token->kind == TOKEN_DOTS;
}

/* What follows a path's start: (/ or //) step, again and again. */
static gboolean
parse_more_steps (Parser *parser, PathBuilder *builder)
{
  while (parser->token.kind == TOKEN_SLASH || parser->token.kind == TOKEN_SLASHES)
    {
      if (parser->token.kind == TOKEN_SLASHES)
        add_descendants (builder);
      advance (parser);
      if (!parse_step (parser, builder))
        return FALSE;
    }
  return TRUE;
}

/* Nodes can be remembered for a context node when no predicate looks at values and the path starts
 * at the same node each time. */
static gboolean
is_cacheable (const JnPath *path, const GArray *steps)
{
  gboolean fixed = path->pub.base == JN_XPATH_BASE_ROOT || path->pub.base == JN_XPATH_BASE_CURRENT
                   || (path->pub.base == JN_XPATH_BASE_CONTEXT && path->pub.outer == NULL)
                   || (path->pub.base == JN_XPATH_BASE_INSTANCE && path->pub.instance != NULL);

  if (!fixed || steps->len == 0 || path->start_predicates.n > 0)
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, JnXPathStep, i).filtered)
      return FALSE;
  return TRUE;
}

static JnExpr *
end_path (Parser *parser, PathBuilder *builder)
{
  JnPath *path = builder->path;
  JnArena *arena = &parser->xpath->arena;
  guint n = builder->steps->len;
  JnXPathStep *steps = jn_arena_alloc (arena, MAX (n, 1) * sizeof *steps);
  JnExpr *expr = new_expr (parser, EXPR_PATH);

  path->predicates = jn_arena_alloc (arena, MAX (n, 1) * sizeof *path->predicates);
  if (n > 0)
    {
      memcpy (steps, builder->steps->data, n * sizeof *steps);
      memcpy (path->predicates, builder->predicates->data, n * sizeof *path->predicates);
    }
  path->pub.steps = steps;
  path->pub.n_steps = n;
  if (is_cacheable (path, builder->steps))
    path->index = parser->xpath->n_slots++;
  expr->path = path;
  expr->depth = builder->depth;
  return expr;
}

static JnExpr *
parse_location_path (Parser *parser)
{
  g_auto (PathBuilder) builder = { 0 };
  JnTokenKind first = parser->token.kind;
  gboolean rooted = first == TOKEN_SLASH || first == TOKEN_SLASHES;

  begin_path (parser, &builder, rooted ? JN_XPATH_BASE_ROOT : JN_XPATH_BASE_CONTEXT,
              parser->token.start);
  if (first == TOKEN_SLASHES)
    add_descendants (&builder);
  if (rooted)
    advance (parser);
  if (first == TOKEN_SLASH && !begins_step (&parser->token))
    return end_path (parser, &builder);
  if (!parse_step (parser, &builder) || !parse_more_steps (parser, &builder))
    return NULL;
  return end_path (parser, &builder);
}

static gboolean
is_call_of (const JnExpr *expr, const char *name)
{
  return expr->kind == EXPR_CALL && expr->call->function != NULL && expr->call->pub.problem == NULL
         && strcmp (expr->call->function->name, name) == 0;
}

/* Steps or predicates upon any expression; current() and instance() are starts of their own. */
static JnExpr *
parse_filter_path (Parser *parser, JnExpr *start, const char *at)
{
  g_auto (PathBuilder) builder = { 0 };
  JnXPathBase base = is_call_of (start, "current")    ? JN_XPATH_BASE_CURRENT
                     : is_call_of (start, "instance") ? JN_XPATH_BASE_INSTANCE
                                                      : JN_XPATH_BASE_FILTER;
  gboolean steps = parser->token.kind == TOKEN_SLASH || parser->token.kind == TOKEN_SLASHES
                   || parser->token.kind == TOKEN_OPEN_PREDICATE;

  if (base == JN_XPATH_BASE_FILTER && !steps)
    return start;
  begin_path (parser, &builder, base, at);
  builder.depth = start->depth + 1;
  if (base == JN_XPATH_BASE_INSTANCE)
    {
      builder.path->pub.instance = start->call->pub.literals[0];
      builder.path->start = start->call->args[0];
    }
  else if (base == JN_XPATH_BASE_FILTER)
    builder.path->start = start;
  if (!parse_predicates (parser, &builder, -1, &builder.path->start_predicates)
      || !parse_more_steps (parser, &builder))
    return NULL;
  return end_path (parser, &builder);
}

/* ---- expressions ------------------------------------------------------------------------------- */

static JnExpr *
parse_primary (Parser *parser)
{
  JnExpr *expr;

  switch (parser->token.kind)
    {
    case TOKEN_NUMBER:
      {
        g_autofree char *digits = g_strndup (parser->token.text, parser->token.length);

        expr = new_expr (parser, EXPR_NUMBER);
        expr->number = jn_number_from_text (digits);
        advance (parser);
        return expr;
      }
    case TOKEN_LITERAL:
      expr = new_expr (parser, EXPR_STRING);
      expr->string = token_text (parser);
      advance (parser);
      return expr;
    case TOKEN_FUNCTION:
      return parse_call (parser);
    case TOKEN_OPEN:
      advance (parser);
      expr = parse_expr (parser, 0);
      return expr != NULL && expect (parser, TOKEN_CLOSE, ")") ? expr : NULL;
    default:
      return fail_expected (parser, "a value");
    }
}

static JnExpr *
parse_path_expr (Parser *parser)
{
  const char *at = parser->token.start;
  JnExpr *start;

  if (begins_step (&parser->token) || parser->token.kind == TOKEN_SLASH
      || parser->token.kind == TOKEN_SLASHES)
    return parse_location_path (parser);
  start = parse_primary (parser);
  return start == NULL ? NULL : parse_filter_path (parser, start, at);
}

static JnExpr *
parse_union (Parser *parser)
{
  JnExpr *expr = parse_path_expr (parser);

  while (expr != NULL && parser->token.kind == TOKEN_UNION)
    {
      JnExpr *right;

      advance (parser);
      right = parse_path_expr (parser);
      expr = right == NULL ? NULL : new_operation (parser, EXPR_UNION, expr, right);
    }
  return expr;
}

/* However many signs: one makes a negative number, two a number. */
static JnExpr *
parse_unary (Parser *parser)
{
  guint signs = 0;
  JnExpr *expr;

  for (; parser->token.kind == TOKEN_MINUS; signs++)
    advance (parser);
  expr = parse_union (parser);
  for (guint n = signs > 2 ? 2 - signs % 2 : signs; n > 0 && expr != NULL; n--)
    expr = new_operation (parser, EXPR_NEGATE, expr, NULL);
  return expr;
}

/* Returns: how tightly the operator binds, -1 when the token is none */
static int
precedence (JnTokenKind token, JnExprKind *kind)
{
  switch (token)
    {
    case TOKEN_OR:
      *kind = EXPR_OR;
      return 0;
    case TOKEN_AND:
      *kind = EXPR_AND;
      return 1;
    case TOKEN_EQUAL:
    case TOKEN_UNEQUAL:
      *kind = token == TOKEN_EQUAL ? EXPR_EQUAL : EXPR_UNEQUAL;
      return 2;
    case TOKEN_LESS:
    case TOKEN_LESS_EQUAL:
    case TOKEN_GREATER:
    case TOKEN_GREATER_EQUAL:
      *kind = EXPR_LESS + (token - TOKEN_LESS);
      return 3;
    case TOKEN_PLUS:
    case TOKEN_MINUS:
      *kind = token == TOKEN_PLUS ? EXPR_ADD : EXPR_SUBTRACT;
      return 4;
    case TOKEN_TIMES:
    case TOKEN_DIV:
    case TOKEN_MOD:
      *kind = EXPR_MULTIPLY + (token - TOKEN_TIMES);
      return 5;
    default:
      return -1;
    }
}

static JnExpr *
parse_expr (Parser *parser, int least)
{
  JnExprKind kind = EXPR_OR;
  JnExpr *left;
  int level;

  if (!enter (parser))
    return NULL;
  left = parse_unary (parser);
  while (left != NULL && (level = precedence (parser->token.kind, &kind)) >= least)
    {
      JnExprKind used = kind;
      JnExpr *right;

      advance (parser);
      right = parse_expr (parser, level + 1);
      left = right == NULL ? NULL : new_operation (parser, used, left, right);
    }
  parser->depth--;
  return left;
}

JnExpr *
jn_xpath_parse (JnXPath *xpath,
                JnXPathResolver resolver,
                gpointer user_data,
                JnXPathFlags flags,
                GError **error)
{
  g_autoptr(GError) local = NULL;
  Parser parser = { .xpath = xpath,
                    .resolver = resolver,
                    .user_data = user_data,
                    .flags = flags,
                    .error = &local,
                    .lexer = { .at = xpath->text },
                    .column_at = xpath->text,
                    .column = 1,
                    .outer_step = -1 };
  JnExpr *expr;

  advance (&parser);
  expr = parse_expr (&parser, 0);
  if (expr != NULL && parser.token.kind != TOKEN_END)
    expr = fail_expected (&parser, "an operator or the end");
  if (expr == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return expr;
}
