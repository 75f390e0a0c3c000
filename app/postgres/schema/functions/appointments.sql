-- appointments.sql: slots of half an hour by group of services; booked, moved, cancelled, checked in. The
-- outside channel (janela_booking) has no session: it names the branch and holds a code.
set role janela_owner;

create or replace function desk.group_of (codes text[])
returns text language plpgsql stable as $$
begin
  return coalesce ((select s.meta ->> 'group' from desk.service s where s.code = codes[1]), 'other');
end $$;

-- The call at the branch that it names, for who has no session and may name one.
create or replace function desk.at_branch (c desk.call, named text)
returns desk.call language plpgsql stable as $$
begin
  if c.session is not null then
    return c;
  elsif c.role <> 'booking' then
    perform desk.fail ('denied', 'no-session');
  end if;
  select b.code, (c.at at time zone b.zone)::date into c.branch, c.day from desk.branch b where b.code = named;
  if not found then
    perform desk.fail ('not-found', 'no-branch');
  end if;
  return c;
end $$;

-- The half hours of a day with their capacities: rules of its weekday, on working days of the one calendar;
-- on half days the half that is worked.
create or replace function desk.slots_of (at_branch text, of_group text, on_day date)
returns table (at timestamptz, capacity int) language sql stable as $$
  select h.local at time zone b.zone, sum (r.capacity)::int
  from desk.branch b
  join desk.slot_rule r on r.branch = b.code and r.service_group = of_group and r.weekday = extract (isodow from on_day)
  cross join lateral generate_series (on_day + r.from_time, on_day + r.until_time - interval '30 minutes', '30 minutes') h (local)
  where b.code = at_branch and desk.is_working_day (at_branch, on_day)
    and not exists (select from desk.calendar_day d
                    where d.branch in ('*', at_branch) and d.day = on_day
                      and (d.kind = 'half-afternoon' and h.local::time >= '13:00' or d.kind = 'half-morning' and h.local::time < '13:00'))
  group by 1
$$;

create or replace function desk.slot_taken (at_branch text, of_group text, slot timestamptz)
returns int language sql stable as $$
  select count (*)::int from desk.appointment a
  where a.branch = at_branch and a.service_group = of_group and a.at = slot and a.state in ('booked', 'checked-in')
$$;

create or replace function desk.slots (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  k desk.call := desk.at_branch (c, args ->> 'branch');
  codes text[] := desk.ticket_services (args ->> 'event', desk.words (args -> 'services'));
  first date := coalesce ((args ->> 'from')::date, k.day);
  last date := coalesce ((args ->> 'to')::date, first + 13);
begin
  if last - first > 62 then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "to"}');
  end if;
  return jsonb_build_object ('days', (
    select coalesce (jsonb_agg (jsonb_build_object ('day', d.day::date, 'open', coalesce (desk.is_working_day (k.branch, d.day::date), false), 'slots', (
             select coalesce (jsonb_agg (jsonb_build_object ('at', s.at, 'capacity', s.capacity,
                                                             'free', greatest (s.capacity - desk.slot_taken (k.branch, desk.group_of (codes), s.at), 0)) order by s.at), '[]')
             from desk.slots_of (k.branch, desk.group_of (codes), d.day::date) s where s.at > c.at)) order by d.day), '[]')
    from generate_series (first, last, '1 day') d (day)));
end $$;

create or replace function desk.appointment_json (a desk.appointment)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'id', a.id, 'code', a.code, 'branch', a.branch, 'at', a.at, 'from', a.at - b.check_in_early, 'until', nullif (desk.check_in_until (a), 'infinity'),
    'group', a.service_group, 'event', a.event, 'services', to_jsonb (a.services), 'language', a.language, 'priority', a.priority,
    'note', a.note, 'contact', a.contact, 'state', a.state, 'ticket', a.ticket)
  from desk.branch b where b.code = a.branch
$$;

-- Forty random bits in letters and digits that are not mistaken for each other.
create or replace function desk.appointment_code ()
returns text language sql volatile as $$
  select string_agg (substr ('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', get_byte (r.bytes, i) % 32 + 1, 1) || case i when 3 then '-' else '' end, '' order by i)
  from (select sha256 (uuid_send (gen_random_uuid ())) as bytes) r, generate_series (0, 7) i
$$;

-- One at a time books a slot, so that its capacity holds.
create or replace function desk.take_slot (c desk.call, of_group text, slot timestamptz)
returns void language plpgsql as $$
declare
  room int;
begin
  if slot <= c.at then
    perform desk.fail ('conflict', 'slot-past');
  end if;
  perform pg_advisory_xact_lock (hashtextextended ('slot:' || c.branch || ':' || of_group || ':' || extract (epoch from slot), 0));
  select s.capacity into room from desk.slots_of (c.branch, of_group, desk.day_of (c.branch, slot)) s where s.at = slot;
  if not found then
    perform desk.fail ('conflict', 'slot-closed');
  elsif desk.slot_taken (c.branch, of_group, slot) >= room then
    perform desk.fail ('conflict', 'slot-full');
  end if;
end $$;

create or replace function desk.appointment_put (c desk.call, t desk.ticket, slot timestamptz, contact text)
returns desk.appointment language plpgsql as $$
declare
  a desk.appointment;
begin
  perform desk.take_slot (c, desk.group_of (t.services), slot);
  perform desk.refuse_cap (c.branch, desk.day_of (c.branch, slot), t.services);
  insert into desk.appointment (branch, code, at, day, service_group, event, services, language, priority, note, contact, booked_at)
  values (c.branch, desk.appointment_code (), slot, desk.day_of (c.branch, slot), desk.group_of (t.services), t.event, t.services,
          t.language, t.priority, t.note, contact, c.at)
  returning * into a;
  perform desk.note (c, 'appointment', a.id, 'booked', null, jsonb_build_object ('at', a.at, 'services', a.services));
  return a;
end $$;

create or replace function desk.want_slot (args jsonb)
returns timestamptz language plpgsql stable as $$
begin
  perform desk.want (args, 'slot');
  return desk.valid (args, 'slot', 'timestamptz')::timestamptz;
end $$;

create or replace function desk.appointment_book (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  k desk.call := desk.at_branch (c, args ->> 'branch');
begin
  return desk.appointment_json (desk.appointment_put (k, desk.ticket_wanted (k, args), desk.want_slot (args), args ->> 'contact'));
end $$;

-- The appointment of a code, locked and still to come.
create or replace function desk.appointment_in (c desk.call, args jsonb)
returns desk.appointment language plpgsql as $$
declare
  a desk.appointment;
begin
  select * into a from desk.appointment h where h.code = upper (desk.want (args, 'code')) for update;
  if not found then
    perform desk.fail ('not-found', 'no-appointment');
  elsif a.state <> 'booked' then
    perform desk.fail ('conflict', 'appointment-not-booked', null, jsonb_build_object ('state', a.state));
  end if;
  return a;
end $$;

create or replace function desk.appointment_move (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  a desk.appointment := desk.appointment_in (c, args);
  k desk.call := desk.at_branch (c, a.branch);
  former timestamptz := a.at;
  slot timestamptz := desk.want_slot (args);
  on_day date := desk.day_of (a.branch, slot);
begin
  if slot <> a.at then
    perform desk.take_slot (k, a.service_group, slot);
  end if;
  if on_day <> a.day then
    perform desk.refuse_cap (a.branch, on_day, a.services);
  end if;
  update desk.appointment h set at = slot, day = on_day where h.id = a.id returning * into a;
  perform desk.note (k, 'appointment', a.id, 'moved', null, jsonb_build_object ('from', former, 'at', a.at));
  return desk.appointment_json (a);
end $$;

create or replace function desk.appointment_cancel (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  a desk.appointment := desk.appointment_in (c, args);
  k desk.call := desk.at_branch (c, a.branch);
begin
  update desk.appointment h set state = 'cancelled' where h.id = a.id returning * into a;
  perform desk.note (k, 'appointment', a.id, 'cancelled', args ->> 'reason');
  return desk.appointment_json (a);
end $$;

create or replace function desk.appointment (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  a desk.appointment;
begin
  select * into a from desk.appointment h where h.code = upper (desk.want (args, 'code'));
  if not found then
    perform desk.fail ('not-found', 'no-appointment');
  end if;
  perform desk.at_branch (c, a.branch);
  return desk.appointment_json (a) || jsonb_build_object ('notice', desk.appointment_notice (a));
end $$;

create or replace function desk.appointments (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  of_day date := coalesce ((args ->> 'day')::date, c.day); -- apart: a coalesce does not go below row-level security
begin
  perform desk.need_session (c);
  return jsonb_build_object ('appointments', (
    select coalesce (jsonb_agg (desk.appointment_json (a) order by a.at, a.code), '[]')
    from (select h.* from desk.appointment h
          where h.branch = c.branch and h.day = of_day order by h.at, h.code limit 500) a));
end $$;

create or replace function desk.reception_appointments (c desk.call, find text)
returns jsonb language plpgsql stable as $$
declare
  r record;
begin
  select * into r from desk.read_code (find);
  return (select coalesce (jsonb_agg (desk.appointment_json (f) order by f.at, f.code), '[]')
          from (select h.* from desk.appointment h
                where h.branch = c.branch and (r.appointment is null and find = '' and h.day = c.day or h.code = r.appointment)
                order by h.at, h.code limit 50) f);
end $$;

-- In the hall, within the window: a ticket that counts from the booked time. Outside it only as who walks in.
create or replace function desk.appointment_arrived (c desk.call, code text, walk_in boolean)
returns desk.ticket language plpgsql as $$
declare
  a desk.appointment;
  b desk.branch;
  t desk.ticket;
begin
  select * into b from desk.branch h where h.code = c.branch;
  select * into a from desk.appointment h where h.code = appointment_arrived.code and h.branch = c.branch for update;
  if not found then
    perform desk.fail ('not-found', 'no-appointment');
  elsif a.state = 'checked-in' then
    perform desk.fail ('conflict', 'checked-in-already');
  elsif a.state = 'cancelled' or a.state = 'missed' and not walk_in then
    perform desk.fail ('conflict', 'appointment-not-booked', null, jsonb_build_object ('state', a.state));
  elsif c.at < a.at - b.check_in_early and not walk_in then
    perform desk.fail ('conflict', 'too-early', null, jsonb_build_object ('from', a.at - b.check_in_early));
  elsif c.at > desk.check_in_until (a) and not walk_in then
    perform desk.fail ('conflict', 'too-late', null, jsonb_build_object ('until', desk.check_in_until (a)));
  end if;
  t.event := a.event;
  t.services := a.services;
  t.priority := a.priority;
  t.language := a.language;
  t.note := a.note;
  t.channel := 'booked';
  t.booked := case when not walk_in then a.at end;
  t.due := desk.due_of (c.branch, a.priority, c.at, t.booked);
  t.number := desk.ticket_number (c, t, c.day);
  t := desk.ticket_begin (c, t);
  update desk.appointment h set state = 'checked-in', ticket = t.id where h.id = a.id;
  perform desk.note (c, 'appointment', a.id, 'checked-in', null, jsonb_build_object ('ticket', t.id, 'walk_in', walk_in));
  return t;
end $$;

-- A number taken from outside on the same day: expected, and in line from the check-in at the hall, so that
-- it does not crowd out those who stand there.
create or replace function desk.ticket_remote (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  k desk.call := desk.at_branch (c, desk.want (args, 'branch'));
  t desk.ticket := desk.ticket_wanted (k, args - 'pick_up');
begin
  if not coalesce (desk.is_working_day (k.branch, k.day), false) then
    perform desk.fail ('conflict', 'branch-closed');
  end if;
  perform desk.refuse_cap (k.branch, k.day, t.services);
  t.channel := 'remote';
  t.state := 'expected';
  t.due := desk.due_of (k.branch, t.priority, k.at, null);
  select (k.day + b.closes) at time zone b.zone into t.expected_until from desk.branch b where b.code = k.branch;
  if t.expected_until <= k.at then
    perform desk.fail ('conflict', 'branch-closed');
  end if;
  t.number := desk.ticket_number (k, t, k.day);
  return desk.ticket_json (k, desk.ticket_begin (k, t));
end $$;

-- What the outside channel tells before it books: how early and late one may come, until when a remote
-- number is kept, and what happens to who does not come: the place is lost, he may come as who walks in.
create or replace function desk.booking_rules (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  k desk.call := desk.at_branch (c, desk.want (args, 'branch'));
begin
  return (select jsonb_build_object (
            'branch', b.code, 'names', b.names, 'zone', b.zone, 'closes', to_char (b.closes, 'HH24:MI'),
            'check_in_early_s', extract (epoch from b.check_in_early)::int,
            'check_in_late_s', extract (epoch from b.check_in_late)::int, 'missed', 'walk-in',
            'open', coalesce (desk.is_working_day (k.branch, k.day), false), 'suspensions', desk.suspensions_json (k.branch) )
          from desk.branch b where b.code = k.branch);
end $$;

create or replace function desk.slots_set (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  of_group text := desk.want (args, 'group');
  on_weekday int := desk.valid_int (args, 'weekday', 1, 7);
  begins time := desk.valid (args, 'from', 'time')::time;
  ends time := desk.valid (args, 'until', 'time')::time;
  room int := desk.valid_int (args, 'capacity', 0, 10000); -- slots_of adds up those of a half hour
begin
  perform desk.need_session (c);
  perform desk.want (args, n.name) from unnest ('{weekday,from,capacity}'::text[]) n (name);
  delete from desk.slot_rule r
  where r.branch = c.branch and r.service_group = of_group and r.weekday = on_weekday and r.from_time = begins;
  if room > 0 then
    perform desk.want (args, 'until');
    if ends <= begins then
      perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "until"}');
    end if;
    insert into desk.slot_rule (branch, service_group, weekday, from_time, until_time, capacity)
    values (c.branch, of_group, on_weekday, begins, ends, room);
  end if;
  perform desk.note (c, 'slots', null, 'set', null, args - 'at');
  return '{}';
end $$;

select desk.expose ('query', 'slots', '{clerk,supervisor,kiosk,booking}'),
       desk.expose ('command', 'appointment_book', '{clerk,supervisor,booking}'),
       desk.expose ('command', 'appointment_move', '{clerk,supervisor,booking}'),
       desk.expose ('command', 'appointment_cancel', '{clerk,supervisor,booking}'),
       desk.expose ('query', 'appointment', '{clerk,supervisor,booking}'),
       desk.expose ('query', 'appointments', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_remote', '{booking}'),
       desk.expose ('query', 'booking_rules', '{booking}'),
       desk.expose ('command', 'slots_set', '{supervisor}');
