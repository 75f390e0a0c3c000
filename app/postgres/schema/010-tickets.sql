-- 010-tickets.sql: the queue. due = later (arrival, booked time) − credit (priority class); the
-- smallest due goes first, and nobody passes over it.
set role janela_owner;

create table desk.ticket (
  id           uuid primary key default gen_random_uuid(),
  branch       text not null,
  day          date not null,
  number       text not null,                    -- "B011"
  event        text,
  services     text[] not null,                  -- sorted: it is the key of a kind of work
  priority     text not null,
  language     text not null check (language in ('zh-Hant', 'pt', 'en')),
  note         text not null default '',
  state        text not null default 'waiting' check (state in ('waiting', 'called', 'serving', 'held', 'done')),
  outcome      text check (outcome in ('served', 'no-show', 'left-waiting', 'left-serving', 'transferred',
                                       'cancelled', 'closed-by-emergency', 'unserved-at-close')),
  arrived      timestamptz not null,
  booked       timestamptz,
  due          timestamptz not null,
  called       timestamptz,                      -- first call: the wait's end
  last_called  timestamptz,
  at_desk      timestamptz,
  held_at      timestamptz,
  held_for     interval not null default '0',
  finished     timestamptz,
  recalls      int not null default 0,
  returned     boolean not null default false,   -- a no-show re-enters once
  counter      int,
  login        text,
  visit        uuid,
  person       uuid,                             -- whose card reception read, if it did
  check ((state = 'done') = (outcome is not null)),
  unique (branch, day, number)
);
-- One index head a kind of work: the waiting only, so history costs nothing.
create index ticket_waiting on desk.ticket (branch, services, due, id) where state = 'waiting';
create index ticket_at_desk on desk.ticket (branch, login) where state in ('called', 'serving', 'held');
create index ticket_history on desk.ticket using brin (arrived);
create index ticket_day on desk.ticket (branch, arrived) include (called, at_desk, finished, held_for, outcome);
