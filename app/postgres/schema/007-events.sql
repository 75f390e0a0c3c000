-- 007-events.sql: every step appends an event and nothing is ever overwritten; states are folds of
-- events. An event is the audit row as well: who, from where, when it happened and when it was recorded.
set role janela_owner;

create table desk.event (
  branch       text not null,
  txid         xid8 not null default pg_current_xact_id(),   -- for api.changes and the chain
  id           bigint not null generated always as identity,
  kind         text not null,                    -- ticket, visit, application, person, print, session …
  subject      uuid,                             -- of what
  what         text not null,                    -- issued, called, read, submitted …
  actor        text not null,
  session_role text not null,
  session      uuid,
  terminal     text,
  counter      int,
  offline_grant uuid,                            -- done while the line was down, under this grant
  happened_at  timestamptz not null,             -- the client's clock, corrected
  recorded_at  timestamptz not null default clock_timestamp(),
  reason       text,
  details      jsonb,
  primary key (branch, txid, id)
);
create index event_subject on desk.event (subject);
create index event_recorded on desk.event using brin (recorded_at);

-- The second fence of append-only: the first is that nobody has the right.
create function desk.append_only ()
returns trigger language plpgsql as $$
begin
  raise exception using errcode = '42501', message = 'append-only',
    detail = jsonb_build_object ('code', 'append-only', 'node', null, 'args', '{}'::jsonb)::text;
end $$;
create trigger append_only before update or delete or truncate on desk.event
  for each statement execute function desk.append_only ();

-- The chain: each batch seals the events of its branch whose transactions lie in [from_xid, to_xid).
-- All transactions below to_xid had ended, so the batch cannot grow afterwards, and no commit waits.
create table desk.chain_batch (
  branch     text not null,
  number     bigint not null,
  from_xid   xid8 not null,
  to_xid     xid8 not null,
  events     int not null,
  previous   bytea not null,
  digest     bytea not null,
  sealed_at  timestamptz not null default clock_timestamp(),
  primary key (branch, number)
);
create trigger append_only before update or delete or truncate on desk.chain_batch
  for each statement execute function desk.append_only ();
