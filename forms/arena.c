/* arena.c: blocks from the heap, each as large as all before it. */
#include "forms/arena.h"

#define FIRST_CHUNK 1024
#define LARGEST_CHUNK (1024 * 1024)

void *
jn_arena_alloc_slow (JnArena *arena, gsize size)
{
  gsize room = FIRST_CHUNK;
  JnArenaChunk *chunk;

  if (arena->chunk != NULL)
    room = MIN (2 * (gsize)(arena->chunk->end - (char *)arena->chunk), LARGEST_CHUNK);
  room = MAX (room, size + sizeof (JnArenaChunk));
  chunk = g_malloc (room);
  chunk->previous = arena->chunk;
  chunk->end = (char *)chunk + room;
  arena->chunk = chunk;
  arena->at = (char *)(chunk + 1) + size;
  arena->end = chunk->end;
  return chunk + 1;
}

char *
jn_arena_strndup (JnArena *arena, const char *text, gsize length)
{
  char *copy = jn_arena_alloc (arena, length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}

void
jn_arena_release (JnArena *arena, const JnArena *mark)
{
  while (arena->chunk != mark->chunk)
    {
      JnArenaChunk *previous = arena->chunk->previous;

      g_free (arena->chunk);
      arena->chunk = previous;
    }
  *arena = *mark;
}

void
jn_arena_clear (JnArena *arena)
{
  const JnArena empty = { NULL, NULL, NULL };

  jn_arena_release (arena, &empty);
}
