/* arena.h: memory that is given back all at once: a tree's nodes, an evaluation's values. */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

typedef struct _JnArenaChunk JnArenaChunk;

struct _JnArenaChunk
{
  JnArenaChunk *previous;
  char *end;
};

/* @at to @end is free; @chunk is the newest block from the heap. */
typedef struct
{
  char *at;
  char *end;
  JnArenaChunk *chunk;
} JnArena;

/* @buffer: (nullable): a first block that the caller owns, usually on its stack */
static inline void
jn_arena_init (JnArena *arena, void *buffer, gsize size)
{
  arena->at = buffer;
  arena->end = buffer == NULL ? NULL : (char *)buffer + size;
  arena->chunk = NULL;
}

void *jn_arena_alloc_slow (JnArena *arena, gsize size);

/* Not cleared; aligned for any pointer or double. */
static inline void *
jn_arena_alloc (JnArena *arena, gsize size)
{
  char *result = arena->at;

  size = (size + 7) & ~(gsize)7;
  if (G_UNLIKELY (size > (gsize)(arena->end - result)))
    return jn_arena_alloc_slow (arena, size);
  arena->at = result + size;
  return result;
}

static inline void *
jn_arena_alloc0 (JnArena *arena, gsize size)
{
  return memset (jn_arena_alloc (arena, size), 0, size);
}

char *jn_arena_strndup (JnArena *arena, const char *text, gsize length);

/* A mark is a copy of the arena; what was allocated after it is given back. */
void jn_arena_release (JnArena *arena, const JnArena *mark);
void jn_arena_clear (JnArena *arena);

G_END_DECLS
