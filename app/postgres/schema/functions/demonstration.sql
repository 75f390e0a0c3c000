-- demonstration.sql: load invented people, staff and tickets (assets/demo/README.md has the
-- shapes); only where the database says of itself that it is a demonstration.
set role janela_owner;

create or replace function desk.demo_branch (b jsonb)
returns void language sql as $$
  insert into desk.branch (code, names, zone, recall_gap, details)
  values (b ->> 'code', b -> 'names', b ->> 'zone', make_interval (secs => coalesce ((b ->> 'recall_gap_seconds')::int, 30)),
          jsonb_build_object ('address', b -> 'address', 'phone', b -> 'phone', 'hours', b -> 'hours',
                              'source', b -> 'source', 'confidence', b -> 'confidence'))
  on conflict do nothing;
  insert into desk.zone (branch, code, names, prefix)
  select b ->> 'code', z ->> 'code', z -> 'names',
         (select s ->> 'prefix' from jsonb_array_elements (b -> 'series') s where s ->> 'zone' = z ->> 'code' limit 1)
  from jsonb_array_elements (b -> 'zones') z on conflict do nothing;
  insert into desk.priority (branch, class, credit)
  select b ->> 'code', p ->> 'class', make_interval (mins => (p ->> 'credit_minutes')::int)
  from jsonb_array_elements (b -> 'priorities') p on conflict do nothing;
  insert into desk.profile (branch, code, names)
  select b ->> 'code', p ->> 'code', p -> 'names' from jsonb_array_elements (b -> 'profiles') p on conflict do nothing;
  insert into desk.profile_match (branch, profile, kind, pattern, rank)
  select b ->> 'code', p ->> 'code', k.kind, desk.pattern (lower (w.word)), min ((m ->> 'rank')::int)
  from jsonb_array_elements (b -> 'profiles') p, jsonb_array_elements (p -> 'match') m,
       (values ('service', 'services'), ('department', 'departments'), ('event', 'events')) k (kind, name),
       unnest (desk.words (m -> k.name)) w (word)
  group by 1, 2, 3, 4 on conflict do nothing;
  insert into desk.counter (branch, number, names, zone, profile, equipment)
  select b ->> 'code', (k ->> 'number')::int, coalesce (k -> 'names', p.names), k ->> 'zone', k ->> 'profile', desk.words (k -> 'equipment')
  from jsonb_array_elements (b -> 'counters') k
  join desk.profile p on p.branch = b ->> 'code' and p.code = k ->> 'profile' on conflict do nothing;
  insert into desk.slot_rule (branch, service_group, weekday, from_time, until_time, capacity)
  select b ->> 'code', s ->> 'group', w.day::int, (s ->> 'from')::time, (s ->> 'until')::time, (s ->> 'capacity')::int
  from jsonb_array_elements (coalesce (b -> 'slots', '[]')) s, jsonb_array_elements_text (s -> 'weekdays') w (day) on conflict do nothing;
$$;

create or replace function desk.demo_calendar (k jsonb)
returns void language sql as $$
  insert into desk.calendar_day (day, kind, names, source, confidence)
  select (d ->> 'day')::date, d ->> 'kind', d -> 'names', d ->> 'source', coalesce (d ->> 'confidence', 'assumed')
  from jsonb_array_elements (k -> 'days') d on conflict do nothing;
  update desk.branch set weekly_rest = array (select jsonb_array_elements_text (k -> 'weekly_rest')::int)
  where k ? 'weekly_rest';
$$;

create or replace function desk.demo_person (p jsonb)
returns uuid language plpgsql as $$
declare
  made uuid;
  d jsonb := desk.document_checked (p -> 'document');
begin
  select h.person into made from desk.document h
  where h.kind = d ->> 'kind' and h.issuer = d ->> 'issuer' and h.number = d ->> 'number';
  if found then
    return made;
  end if;
  insert into desk.person (kind) values (coalesce (p ->> 'kind', 'person')) returning id into made;
  insert into desk.document (kind, issuer, number, person, expires)
  select d ->> 'kind', d ->> 'issuer', d ->> 'number', made, nullif (p #>> '{document,expires}', '')::date where d is not null;
  insert into desk.fact (person, property, value, source, as_of, grade)
  select made, v.key, v.value, f ->> 'source', (f ->> 'as_of')::date, f ->> 'grade'
  from jsonb_array_elements (p -> 'facts') f, jsonb_each_text (f -> 'values') v;
  insert into desk.relation (person, role, name, document)
  select made, r ->> 'role', r -> 'name', r -> 'document'
  from jsonb_array_elements (coalesce (p -> 'relations', '[]')) r on conflict do nothing;
  return made;
end $$;

-- Tickets that wait, or are expected, when the demonstration starts; the counting goes on behind them.
create or replace function desk.demo_tickets (c desk.call, of_branch text, tickets jsonb, keys jsonb)
returns void language plpgsql as $$
declare
  row jsonb;
  t desk.ticket;
begin
  c.branch := of_branch;
  c.day := desk.day_of (of_branch, now ());
  for row in select * from jsonb_array_elements (tickets) loop
    continue when exists (select from desk.ticket h where h.branch = of_branch and h.day = c.day and h.number = row ->> 'number');
    t := null;
    c.at := now () - make_interval (mins => (row ->> 'arrived_minutes_ago')::int);
    t.number := row ->> 'number';
    t.event := row ->> 'event';
    t.services := array (select distinct unnest (desk.words (row -> 'services')) order by 1);
    t.priority := row ->> 'priority';
    t.language := row ->> 'language';
    t.note := row ->> 'note';
    t.channel := row ->> 'channel';
    t.state := row ->> 'state';
    t.person := (keys ->> (row ->> 'person'))::uuid;
    t.due := desk.due_of (of_branch, t.priority, c.at, null);
    t.expected_until := case when t.state = 'expected' then (c.day + time '23:59') at time zone (select b.zone from desk.branch b where b.code = of_branch) end;
    t := desk.ticket_begin (c, t);
    insert into desk.number as n (branch, series, period, last)
    values (of_branch, 'ticket:' || left (t.number, 1), c.day::text, substr (t.number, 2)::bigint)
    on conflict (branch, series, period) do update set last = greatest (n.last, excluded.last);
  end loop;
end $$;

-- Appointments so many working days from today, at a half hour that has a slot.
create or replace function desk.demo_appointments (c desk.call, of_branch text, appointments jsonb)
returns void language plpgsql as $$
declare
  row jsonb;
  t desk.ticket;
  slot timestamptz;
begin
  c.branch := of_branch;
  c.at := now ();
  c.day := desk.day_of (of_branch, now ());
  if exists (select from desk.appointment a where a.branch = of_branch and a.day > c.day) then
    return;
  end if;
  for row in select * from jsonb_array_elements (appointments) loop
    t := desk.ticket_wanted (c, row);
    select (desk.add_working_days (of_branch, c.day, (row ->> 'working_days')::int) + (row ->> 'time')::time) at time zone b.zone
      into slot from desk.branch b where b.code = of_branch;
    perform desk.appointment_put (c, t, slot, row ->> 'contact')
    where exists (select from desk.slots_of (of_branch, desk.group_of (t.services), desk.day_of (of_branch, slot)) s where s.at = slot);
  end loop;
end $$;

-- Any of {branch, calendar, staff, people, tickets}, each as the file of that name; what is there
-- already stays. Tickets may be loaded again on another day.
create or replace function desk.demo_load (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  keys jsonb;
  s jsonb;
begin
  if desk.setting ('demo') <> 'true' then
    perform desk.fail ('denied', 'not-a-demonstration');
  end if;
  if args ? 'branch' then
    perform desk.demo_branch (args -> 'branch');
  end if;
  if args ? 'calendar' then
    perform desk.demo_calendar (args -> 'calendar');
  end if;
  if args ? 'calendar' then
    perform desk.calendar_rebuild ();
  elsif args ? 'branch' then
    perform desk.calendar_rebuild (args #>> '{branch,code}');
  end if;
  for s in select * from jsonb_array_elements (coalesce (args #> '{staff,staff}', '[]')) loop
    perform desk.staff_put (s);
  end loop;
  select coalesce (jsonb_object_agg (p ->> 'key', desk.demo_person (p)), '{}') into keys
  from jsonb_array_elements (coalesce (args #> '{people,people}', '[]')) p;
  if args ? 'tickets' then
    perform desk.demo_tickets (c, coalesce (args #>> '{branch,code}', (select min (code) from desk.branch)),
                               args #> '{tickets,tickets}', keys);
    perform desk.demo_appointments (c, coalesce (args #>> '{branch,code}', (select min (code) from desk.branch)),
                                    coalesce (args #> '{tickets,appointments}', '[]'));
  end if;
  perform desk.note (c, 'demonstration', null, 'loaded');
  return '{}';
end $$;

select desk.expose ('command', 'demo_load', '{admin}');
