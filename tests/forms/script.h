/* script.h: what the scripted fillings of tests/forms/ share: facts, steps and what they expect. */
#pragma once

#include "forms/filling.h"

#include <json-glib/json-glib.h>

/* (transfer full) (element-type JsonObject): the lines of a JSON Lines file; a bad one ends the test */
GPtrArray *script_read (const char *path);

/* (transfer full): instance('facts') of { role: { property: value } } */
GBytes *script_facts (JsonObject *facts);

/* Begins a filling as @head says: "now", "language"; @facts as above, (nullable). */
JnFilling *script_begin (JnForm *form, JsonObject *head, JsonObject *facts);

/* One step: set, add, remove, validate, state (test-services.c says how they are written). */
void script_play (JnFilling *filling, JsonObject *line);

void script_expect_valid (JnFilling *filling);
