/* xpath-lexer.c: the words of an expression (XPath 1.0, 3.7). */
#include "forms/xpath-private.h"

static gboolean
is_name_start (gunichar c)
{
  return c == '_' || g_unichar_isalpha (c);
}

static gboolean
is_name_char (gunichar c)
{
  return is_name_start (c) || c == '-' || c == '.' || c == 0xb7 || g_unichar_isdigit (c)
         || g_unichar_ismark (c);
}

/* Returns: the end of the NCName at @at, @at itself when there is none */
static const char *
name_end (const char *at)
{
  if (!is_name_start (g_utf8_get_char (at)))
    return at;
  while (is_name_char (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  return at;
}

static const char *
skip_space (const char *at)
{
  while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')
    at++;
  return at;
}

static void
finish (JnLexer *lexer, JnToken *token, JnTokenKind kind, const char *end)
{
  token->kind = kind;
  token->text = token->start;
  token->length = (gsize)(end - token->start);
  lexer->at = end;
  lexer->after_operand = kind == TOKEN_NUMBER || kind == TOKEN_LITERAL || kind == TOKEN_NAME
                         || kind == TOKEN_DOT || kind == TOKEN_DOTS || kind == TOKEN_CLOSE
                         || kind == TOKEN_CLOSE_PREDICATE;
}

static void
read_literal (JnLexer *lexer, JnToken *token)
{
  const char *end = strchr (token->start + 1, *token->start);

  if (end == NULL)
    {
      finish (lexer, token, TOKEN_WRONG, token->start + strlen (token->start));
      return;
    }
  finish (lexer, token, TOKEN_LITERAL, end + 1);
  token->text++;
  token->length -= 2;
}

static void
read_number (JnLexer *lexer, JnToken *token)
{
  const char *end = token->start;

  while (g_ascii_isdigit (*end))
    end++;
  if (*end == '.')
    end++;
  while (g_ascii_isdigit (*end))
    end++;
  finish (lexer, token, TOKEN_NUMBER, end);
}

/* Where an operator must stand, "div1" is div and 1. */
static gboolean
read_word_operator (JnLexer *lexer, JnToken *token)
{
  static const struct
  {
    const char *word;
    JnTokenKind kind;
  } words[]
      = { { "or", TOKEN_OR }, { "and", TOKEN_AND }, { "div", TOKEN_DIV }, { "mod", TOKEN_MOD } };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i].word);
      const char *end = token->start + length;

      if (strncmp (token->start, words[i].word, length) == 0
          && !is_name_start (g_utf8_get_char (end)) && *end != '-' && *end != '.')
        {
          finish (lexer, token, words[i].kind, end);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_node_type (const JnToken *token)
{
  static const char *const types[] = { "node", "text", "comment", "processing-instruction" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (strlen (types[i]) == token->length && strncmp (token->start, types[i], token->length) == 0)
      return TRUE;
  return FALSE;
}

static void
read_name (JnLexer *lexer, JnToken *token, const char *end)
{
  const char *after = skip_space (end);

  if (after[0] == ':' && after[1] == ':')
    {
      finish (lexer, token, TOKEN_AXIS, end);
      lexer->at = after + 2;
      return;
    }
  if (end[0] == ':' && end[1] == '*')
    end += 2;
  else if (end[0] == ':' && name_end (end + 1) != end + 1)
    end = name_end (end + 1);
  finish (lexer, token, TOKEN_NAME, end);
  if (*skip_space (end) != '(' || end[-1] == '*')
    return;
  token->kind = is_node_type (token) ? TOKEN_NODE_TYPE : TOKEN_FUNCTION;
  lexer->after_operand = FALSE;
}

static void
read_symbol (JnLexer *lexer, JnToken *token)
{
  static const struct
  {
    const char *symbol;
    JnTokenKind kind;
  } symbols[] = {
    { "!=", TOKEN_UNEQUAL },
    { "<=", TOKEN_LESS_EQUAL },
    { ">=", TOKEN_GREATER_EQUAL },
    { "//", TOKEN_SLASHES },
    { "..", TOKEN_DOTS },
    { "=", TOKEN_EQUAL },
    { "<", TOKEN_LESS },
    { ">", TOKEN_GREATER },
    { "+", TOKEN_PLUS },
    { "-", TOKEN_MINUS },
    { "|", TOKEN_UNION },
    { "/", TOKEN_SLASH },
    { ".", TOKEN_DOT },
    { "@", TOKEN_AT },
    { ",", TOKEN_COMMA },
    { "(", TOKEN_OPEN },
    { ")", TOKEN_CLOSE },
    { "[", TOKEN_OPEN_PREDICATE },
    { "]", TOKEN_CLOSE_PREDICATE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (g_str_has_prefix (token->start, symbols[i].symbol))
      {
        finish (lexer, token, symbols[i].kind, token->start + strlen (symbols[i].symbol));
        return;
      }
  finish (lexer, token, TOKEN_WRONG, g_utf8_next_char (token->start));
}

void
jn_lexer_next (JnLexer *lexer, JnToken *token)
{
  const char *start = skip_space (lexer->at), *end;

  token->start = start;
  if (*start == '\0')
    finish (lexer, token, TOKEN_END, start);
  else if (*start == '"' || *start == '\'')
    read_literal (lexer, token);
  else if (g_ascii_isdigit (*start) || (*start == '.' && g_ascii_isdigit (start[1])))
    read_number (lexer, token);
  else if (*start == '*')
    finish (lexer, token, lexer->after_operand ? TOKEN_TIMES : TOKEN_NAME, start + 1);
  else if (lexer->after_operand && read_word_operator (lexer, token))
    return;
  else if ((end = name_end (start)) != start)
    read_name (lexer, token, end);
  else
    read_symbol (lexer, token);
}
