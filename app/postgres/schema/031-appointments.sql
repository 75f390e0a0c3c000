-- 031-appointments.sql: slots of half an hour by group of services, and who has booked one.
set role janela_owner;

-- On which days of the week, from when until when, and how many each half hour. Days that are no
-- working days have no slots: the one calendar says which.
create table desk.slot_rule (
  branch        text not null references desk.branch,
  service_group text not null,                   -- meta.group of the services
  weekday       int not null check (weekday between 1 and 7),
  from_time     time not null,
  until_time    time not null,
  capacity      int not null check (capacity >= 0),
  primary key (branch, service_group, weekday, from_time),
  check (from_time < until_time)
);

create table desk.appointment (
  id            uuid primary key default gen_random_uuid(),
  branch        text not null references desk.branch,
  code          text not null unique,            -- unguessable: who has it may move and cancel
  at            timestamptz not null,
  day           date not null,
  service_group text not null,
  event         text,
  services      text[] not null,
  language      text not null,
  priority      text not null,
  note          text not null default '',
  contact       text,
  state         text not null default 'booked' check (state in ('booked', 'checked-in', 'cancelled', 'missed')),
  ticket        uuid references desk.ticket,
  login         text not null default session_user,
  booked_at     timestamptz not null
);
create index appointment_slot on desk.appointment (branch, service_group, at) where state in ('booked', 'checked-in');
create index appointment_day on desk.appointment (branch, day, at);
create index appointment_open on desk.appointment (day) where state = 'booked';

grant select, insert, update on desk.slot_rule, desk.appointment to janela_api;
grant delete on desk.slot_rule to janela_api;

do $$
declare
  name text;
begin
  foreach name in array '{slot_rule,appointment}'::text[]
  loop
    execute format ('alter table desk.%I enable row level security', name);
    execute format ($p$ create policy branch on desk.%I to janela_api
                        using (branch = (select s.branch from desk.session s
                                         where s.id = nullif (current_setting ('janela.session', true), '')::uuid
                                           and s.login = session_user and s.pid = pg_backend_pid () and s.closed_at is null)
                               or (select desk.my_branch ()) = '*') $p$, name);
  end loop;
end $$;

-- The outside channel has no session: it sees when there are slots, every appointment through functions
-- that want its code, and adds to the line only what is expected.
create policy booking on desk.slot_rule for select to janela_api
  using ((select pg_has_role (session_user, 'janela_booking', 'member')));
create policy booking on desk.appointment to janela_api
  using ((select pg_has_role (session_user, 'janela_booking', 'member')));
create policy booking on desk.ticket to janela_api
  using (channel = 'remote' and login is null and state = 'expected'
         and (select pg_has_role (session_user, 'janela_booking', 'member')));
create policy booking on desk.event for insert to janela_api
  with check (kind in ('appointment', 'ticket') and (select pg_has_role (session_user, 'janela_booking', 'member')));
create policy booking on desk.number to janela_api
  using (series like 'ticket:%' and (select pg_has_role (session_user, 'janela_booking', 'member')));
create policy booking on desk.suspension for select to janela_api
  using ((select pg_has_role (session_user, 'janela_booking', 'member')));
create policy booking on desk.cap for select to janela_api
  using ((select pg_has_role (session_user, 'janela_booking', 'member')));
