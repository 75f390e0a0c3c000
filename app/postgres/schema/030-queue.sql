-- 030-queue.sql: all that happens to a ticket beside being called: expected ones, legs of one number,
-- direction; pauses, caps, calls for help, suspended services, the emergency.
set role janela_owner;

-- The branch's own rules of the queue.
alter table desk.branch
  add column undo_within     interval not null default '20 seconds' check (undo_within between '0' and '10 minutes'),
  add column check_in_early  interval not null default '30 minutes',
  add column check_in_late   interval not null default '15 minutes',
  add column least_recalls   int not null default 0,         -- before a no-show
  add column wait_pledge     interval not null default '30 minutes',  -- of a group that has none of its own
  add column closes          time not null default '18:00';

-- expected: booked, remote or sent for a paper, and not in the hall yet. A number goes on in legs: a
-- transfer, the rest of a split, a return ticket.
alter table desk.ticket
  drop constraint ticket_state_check,
  drop constraint ticket_branch_day_number_key,
  add column leg            int not null default 1,
  add column parent         uuid references desk.ticket,
  add column channel        text not null default 'clerk'
                            check (channel in ('clerk', 'kiosk', 'remote', 'booked', 'phone', 'mail')),
  add column companions     jsonb not null default '[]',  -- [{services, note}]: among the services
  add column done           text[] not null default '{}', -- finished within the visit
  add column for_counter    int,                          -- transferred to a counter or a person
  add column for_login      text,
  add column leave_papers   boolean not null default false, -- chosen while its service is suspended
  add column kept_due       timestamptz,                  -- the due time that it has at check-in
  add column expected_until timestamptz,
  add column pick_up        text,                         -- number of the receipt whose results are fetched
  add column reprints       int not null default 0,
  add column directed       boolean not null
                            generated always as (for_counter is not null or for_login is not null or leave_papers) stored,
  add constraint ticket_state_check check (state in ('expected', 'waiting', 'called', 'serving', 'held', 'done')),
  add constraint ticket_number unique (branch, day, number, leg);
create index ticket_directed on desk.ticket (branch, due) where state = 'waiting' and directed;
create index ticket_open on desk.ticket (branch, day) where state <> 'done';
create index ticket_called on desk.ticket (branch, called) include (arrived, booked);
create index ticket_done on desk.ticket (branch, day, login) where state = 'done';
create index visit_ticket on desk.visit (ticket);
create index ticket_parent on desk.ticket (parent) where parent is not null;

alter table desk.session
  add column state_reason text,
  add column state_since  timestamptz not null default now(),
  add column next_state   text check (next_state in ('break', 'back-office', 'closed')),  -- after this visit
  add column next_reason  text;

-- How many tickets of a day: of all services ('%') or of some.
create table desk.cap (
  branch   text not null references desk.branch,
  pattern  text not null,
  per_day  int not null check (per_day >= 0),
  primary key (branch, pattern)
);

-- A clerk calls a supervisor; an alarm does so silently.
create table desk.help_call (
  id               uuid primary key default gen_random_uuid(),
  branch           text not null,
  kind             text not null check (kind in ('help', 'alarm')),
  login            text not null,
  counter          int,
  note             text not null default '',
  at               timestamptz not null,
  acknowledged_by  text,
  acknowledged_at  timestamptz,
  answer           text
);
create index help_call_open on desk.help_call (branch, at) where acknowledged_at is null;

-- A department's system is down: the service stays in the catalogue, and nobody is called for it.
create table desk.suspension (
  id        uuid primary key default gen_random_uuid(),
  branch    text not null,                       -- '*': everywhere, by the department
  services  text[] not null,                     -- patterns for LIKE
  reason    text not null,
  login     text not null,
  since     timestamptz not null,
  until     timestamptz,                         -- as far as known
  lifted_at timestamptz
);
create index suspension_open on desk.suspension (branch) where lifted_at is null;
create index suspension_past on desk.suspension (branch, lifted_at);

-- One supervisor's command locks the branch.
create table desk.emergency (
  id        uuid primary key default gen_random_uuid(),
  branch    text not null references desk.branch,
  reason    text not null,
  login     text not null,
  since     timestamptz not null,
  ended_at  timestamptz,
  ended_by  text
);
create unique index emergency_now on desk.emergency (branch) where ended_at is null;

grant select, insert, update on desk.cap, desk.help_call, desk.suspension, desk.emergency to janela_api;
grant delete on desk.cap to janela_api;

-- As in 015-security.sql; what holds everywhere is seen everywhere.
do $$
declare
  name text;
begin
  foreach name in array '{cap,help_call,suspension,emergency}'::text[]
  loop
    execute format ('alter table desk.%I enable row level security', name);
    execute format ($p$ create policy branch on desk.%I to janela_api
                        using (branch = (select s.branch from desk.session s
                                         where s.id = nullif (current_setting ('janela.session', true), '')::uuid
                                           and s.login = session_user and s.pid = pg_backend_pid () and s.closed_at is null)
                               or (select desk.my_branch ()) = '*') $p$, name);
  end loop;
end $$;
create policy everywhere on desk.suspension for select to janela_api using (branch = '*');
create policy officer on desk.suspension to janela_api
  using (login = session_user) with check (branch = '*' and login = session_user);
