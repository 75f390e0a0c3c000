/* catalogue.h: what this house can do: departments, services, life events; and their forms.
 *
 * The entries come with the session; a form is fetched by its hash when it is first needed, kept on
 * disk under the terminal's state folder (checked against the hash at every read) and parsed once. */
#pragma once

#include "app/backend.h"
#include "forms/event.h"
#include "forms/facts.h"
#include "forms/form.h"
#include "forms/service.h"

G_BEGIN_DECLS

/* -- entries: immutable, owned by the catalogue, alive as long as it is ----------------------- */

typedef struct _JnServiceEntry JnServiceEntry;
typedef struct _JnEventEntry JnEventEntry;

const char *jn_service_entry_get_code (const JnServiceEntry *entry);
const char *jn_service_entry_get_department (const JnServiceEntry *entry); /* code, "dsi" */
const char *jn_service_entry_get_version (const JnServiceEntry *entry);
const char *jn_service_entry_get_hash (const JnServiceEntry *entry);
/* @language: "zh-Hant", "pt", "en"; another language's name where it has none */
const char *jn_service_entry_get_name (const JnServiceEntry *entry, const char *language);
const char *jn_service_entry_get_offline (const JnServiceEntry *entry); /* "yes" "papers" "no" */

const char *jn_event_entry_get_code (const JnEventEntry *entry);
const char *jn_event_entry_get_name (const JnEventEntry *entry, const char *language);
const char *const *jn_event_entry_get_services (const JnEventEntry *entry); /* codes, in order */
const char *jn_event_entry_get_icon (const JnEventEntry *entry);            /* symbolic icon name */

/* -- the catalogue ---------------------------------------------------------------------------- */

#define JN_TYPE_CATALOGUE (jn_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (JnCatalogue, jn_catalogue, JN, CATALOGUE, GObject)

/* Signal "changed": the entries were read again; those that were borrowed before stay valid. */
JnCatalogue *jn_catalogue_new (JnBackend *backend, const char *state_folder);
/* Reads the entries (a kept answer serves while the line is down). */
void jn_catalogue_load_async (JnCatalogue *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean jn_catalogue_load_finish (JnCatalogue *self, GAsyncResult *result, GError **error);

const JnServiceEntry *jn_catalogue_get_service (JnCatalogue *self,
                                                const char *code);                /* (nullable) */
const JnEventEntry *jn_catalogue_get_event (JnCatalogue *self, const char *code); /* (nullable) */
/* (transfer none) (element-type JnServiceEntry / JnEventEntry): in the catalogue's order */
GPtrArray *jn_catalogue_get_services (JnCatalogue *self);
GPtrArray *jn_catalogue_get_events (JnCatalogue *self);
/* (nullable): the acronym is shown as a tag: "DSI"; the name in full */
const char *jn_catalogue_get_acronym (JnCatalogue *self, const char *department);
/* What stands on a chip: in Chinese the name, which is short and what everybody says; else the acronym. */
const char *jn_catalogue_get_mark (JnCatalogue *self, const char *department, const char *language);
const char *
jn_catalogue_get_department_name (JnCatalogue *self, const char *department, const char *language);

/**
 * JnMatch: one hit of a search, a service or an event.
 */
typedef struct
{
  const JnServiceEntry *service; /* (nullable) */
  const JnEventEntry *event;     /* (nullable) */
  double score;                  /* best first */
} JnMatch;

/**
 * jn_catalogue_search:
 * @limit: 0: all
 *
 * By any part of the name in three languages, code, department or keyword; accents, case, width and
 * one slip in a longer word do not matter; every word must be found. Ranked by how well it fits,
 * then by use at this counter (jn_catalogue_note_use).
 *
 * Returns: (transfer full) (element-type JnMatch): empty for a blank text, and for more than JN_SEARCH_MOST characters
 */
GPtrArray *jn_catalogue_search (JnCatalogue *self, const char *text, guint limit);
/* @code: of a service or an event */
void jn_catalogue_note_use (JnCatalogue *self, const char *code);
/* What is used most at this counter, then the events and services in the catalogue's order.
 * @limit: 0: all. Returns: (transfer full) (element-type JnMatch): score is how often */
GPtrArray *jn_catalogue_list_common (JnCatalogue *self, guint limit);

/**
 * jn_catalogue_load_form_async: the form of a service, by its published version.
 *
 * jn_catalogue_load_form_finish() gives it (transfer full). Errors: NOT_FOUND `service`,
 * OUTDATED (the blob does not fit its hash), and those of jn_form_fault_new(): the file is broken,
 * or was never fetched before and the line is down.
 */
void jn_catalogue_load_form_async (JnCatalogue *self,
                                   const char *service,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
JnForm *jn_catalogue_load_form_finish (JnCatalogue *self, GAsyncResult *result, GError **error);

/* The file of a life event. (transfer full). Errors as above; FAILED `event-broken` */
void jn_catalogue_load_event_async (JnCatalogue *self,
                                    const char *event,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
JnEvent *jn_catalogue_load_event_finish (JnCatalogue *self, GAsyncResult *result, GError **error);

/* (transfer none) (nullable): the vocabulary of facts; %NULL: none is published */
JnFacts *jn_catalogue_get_facts (JnCatalogue *self);

G_END_DECLS
