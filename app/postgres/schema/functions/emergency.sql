-- emergency.sql: a supervisor locks the branch; afterwards tickets keep their place or are closed and may come
-- on another day, and who is not in the hall hears of it.
set role janela_owner;

create or replace function desk.emergency_json (at_branch text)
returns jsonb language sql stable as $$
  select jsonb_build_object ('since', e.since, 'reason', e.reason, 'login', e.login)
  from desk.emergency e where e.branch = at_branch and e.ended_at is null
$$;

-- Who is called or at a desk goes back to his place; drafts stay with the visit.
create or replace function desk.emergency_begin (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket;
begin
  perform desk.need_session (c);
  perform desk.lock_queue (c.branch);
  perform desk.refuse_emergency (c.branch);
  insert into desk.emergency (branch, reason, login, since) values (c.branch, desk.want (args, 'reason'), c.login, c.at);
  for t in select h.* from desk.ticket h where h.branch = c.branch and h.state in ('called', 'serving', 'held') order by h.id for update loop
    perform desk.ticket_do (c, t, 'interrupted', 'emergency');
  end loop;
  perform desk.desk_free (c);
  perform desk.note (c, 'emergency', null, 'begun', args ->> 'reason');
  return jsonb_build_object ('since', c.at);
end $$;

-- Tickets keep their place, or are closed; then each for whom something is left to do may come on another day, first in line.
-- So may who has booked for the time of the emergency; who booked for later is expected as ever.
create or replace function desk.emergency_end (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket;
  keep boolean := desk.want (args, 'tickets') = 'keep';
  rebook date := desk.valid (args, 'rebook', 'date')::date;
  closed int := 0;
  moved int := 0;
begin
  perform desk.need_session (c);
  perform desk.lock_queue (c.branch);
  update desk.emergency e set ended_at = c.at, ended_by = c.login where e.branch = c.branch and e.ended_at is null;
  if not found then
    perform desk.fail ('conflict', 'no-emergency');
  elsif not keep and args ->> 'tickets' <> 'close' then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "tickets"}');
  elsif rebook is not null and (rebook <= c.day or not coalesce (desk.is_working_day (c.branch, rebook), false)) then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "rebook"}');
  end if;
  if not keep then
    for t in select h.* from desk.ticket h where h.branch = c.branch and h.state in ('waiting', 'expected') and h.day <= c.day order by h.due for update loop
      perform desk.ticket_do (c, t, 'closed-by-emergency');
      perform desk.rebook (c, t, rebook) where rebook is not null and desk.services_left (t) <> '{}';
      closed := closed + 1;
    end loop;
    moved := desk.move_appointments (c, rebook);
  end if;
  perform desk.note (c, 'emergency', null, 'ended', args ->> 'reason', jsonb_build_object ('tickets', args ->> 'tickets', 'rebook', rebook));
  return jsonb_build_object ('closed', closed, 'appointments', moved,
                             'kept', (select count (*) from desk.ticket h where h.branch = c.branch and h.state = 'waiting'));
end $$;

-- Booked, and the window to check in has begun: nobody could.
create or replace function desk.missed_by_emergency (c desk.call)
returns setof desk.appointment language sql stable as $$
  select a.* from desk.appointment a join desk.branch b on b.code = a.branch
  where a.branch = c.branch and a.state = 'booked' and a.day = c.day and a.at - b.check_in_early <= c.at
$$;

-- To the same hour of another day, above what its slots hold; without a day they are cancelled.
create or replace function desk.move_appointments (c desk.call, rebook date)
returns int language plpgsql as $$
declare
  a desk.appointment;
  n int := 0;
begin
  for a in select h.* from desk.appointment h where h.id in (select m.id from desk.missed_by_emergency (c) m) order by h.id for update loop
    if rebook is null then
      update desk.appointment h set state = 'cancelled' where h.id = a.id;
      perform desk.note (c, 'appointment', a.id, 'cancelled', 'emergency', '{"emergency": true}');
    else
      update desk.appointment h
      set day = rebook, at = (select (rebook + (a.at at time zone b.zone)::time) at time zone b.zone from desk.branch b where b.code = a.branch)
      where h.id = a.id;
      perform desk.note (c, 'appointment', a.id, 'moved', 'emergency', jsonb_build_object ('emergency', true, 'from', a.at, 'day', rebook));
    end if;
    n := n + 1;
  end loop;
  return n;
end $$;

-- On another day, due since midnight: before all who come that day. The old slip is good for it; the number
-- has a letter of its own, for that day counts anew.
create or replace function desk.rebook (c desk.call, t desk.ticket, on_day date)
returns void language plpgsql as $$
declare
  how desk.ticket;
begin
  how.day := on_day;
  how.number := desk.numbered ('R', desk.next_number (c.branch, 'ticket:R', on_day::text));
  how.state := 'expected';
  how.kept_due := on_day::timestamp at time zone (select b.zone from desk.branch b where b.code = c.branch);
  select (on_day + b.closes) at time zone b.zone into how.expected_until from desk.branch b where b.code = c.branch;
  perform desk.next_leg (c, t, desk.services_left (t), how);
end $$;

-- Work by phone or mail that was put off so: nobody comes to check it in.
create or replace function desk.is_put_off (t desk.ticket)
returns boolean language sql stable as $$
  select t.state = 'expected' and t.channel in ('phone', 'mail')
         and exists (select from desk.ticket p where p.id = t.parent and p.outcome = 'closed-by-emergency')
$$;

-- What of it is for this day, once somebody is at a counter: its wait begins then, not in the night.
create or replace function desk.put_off_until (at_branch text, on_day date)
returns setof desk.ticket language sql stable as $$
  select t.* from desk.ticket t
  where t.branch = at_branch and t.state = 'expected' and t.day = on_day and desk.is_put_off (t)
    and exists (select from desk.staffed_counters (at_branch))
$$;

-- It is in line again, at its due time; to serve it is left to who calls it.
create or replace function desk.take_up (c desk.call)
returns void language plpgsql as $$
declare
  t desk.ticket;
begin
  for t in select h.* from desk.ticket h where h.id in (select p.id from desk.put_off_until (c.branch, c.day) p) order by h.id for update loop
    perform desk.ticket_do (c, t, 'checked-in', 'put-off', jsonb_build_object ('due', t.kept_due));
  end loop;
end $$;

-- ---- what happens to each ----

-- The ticket that one has become: the leg that is open, else the last.
create or replace function desk.last_leg (of_ticket uuid)
returns desk.ticket language sql stable as $$
  with recursive leg as (
    select h.id from desk.ticket h where h.id = of_ticket
    union
    select h.id from leg l join desk.ticket h on h.parent = l.id)
  select h.* from leg l join desk.ticket h on h.id = l.id order by h.state <> 'done' desc, h.day desc, h.leg desc limit 1
$$;

create or replace function desk.next_json (t desk.ticket)
returns jsonb language plpgsql stable as $$
declare
  n desk.ticket := desk.last_leg (t.id);
begin
  if n.id = t.id then
    return null;
  end if;
  return jsonb_build_object ('ticket', n.id, 'number', n.number, 'day', n.day, 'until', n.expected_until);
end $$;

-- While it lasts: who waits or is expected, and the appointments that it made miss, in order. Afterwards what
-- became of those that it closed today.
create or replace function desk.emergency_tickets (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  hall desk.call := desk.without_counter (c);
  on_now boolean := exists (select from desk.emergency e where e.branch = c.branch and e.ended_at is null);
begin
  perform desk.need_session (c);
  return jsonb_build_object (
    'emergency', desk.emergency_json (c.branch),
    'tickets', (select coalesce (jsonb_agg (desk.ticket_json (hall, f) || jsonb_build_object ('next', desk.next_json (f)) order by f.due, f.number), '[]')
                from (select t.* from desk.ticket t
                      where t.branch = c.branch and t.day = c.day
                        and (on_now and t.state in ('waiting', 'expected') or not on_now and t.outcome = 'closed-by-emergency')
                      order by t.due, t.number limit 200) f),
    'appointments', (select coalesce (jsonb_agg (desk.appointment_json (a) order by a.at, a.code), '[]') from desk.missed_by_emergency (c) a where on_now),
    'days', (select coalesce (jsonb_agg (w.day order by w.day), '[]')
             from (select k.day from desk.working_day k where k.branch = c.branch and k.working and k.day > c.day order by k.day limit 10) w));
end $$;

-- ---- who is not here hears of it ----
-- What follows runs as the owner: the outside channel sees no tickets and no events, only what the code or the id
-- that it holds leads to.

-- The check-in of an appointment ends late by the branch's rule; where an emergency fell into its window, as long
-- after the emergency; while one lasts, not at all.
create or replace function desk.check_in_until (a desk.appointment)
returns timestamptz language sql stable security definer set search_path = pg_catalog, desk, pg_temp as $$
  select greatest (a.at + b.check_in_late,
                   (select max (coalesce (e.ended_at, 'infinity') + b.check_in_late) from desk.emergency e
                    where e.branch = a.branch and e.since <= a.at + b.check_in_late
                      and coalesce (e.ended_at, 'infinity') >= a.at - b.check_in_early))
  from desk.branch b where b.code = a.branch
$$;

-- The emergency that is on, or the last one that ended on this day.
create or replace function desk.emergency_of_day (at_branch text, on_day date)
returns desk.emergency language sql stable security definer set search_path = pg_catalog, desk, pg_temp as $$
  select e.* from desk.emergency e
  where e.branch = at_branch and (e.ended_at is null or desk.day_of (at_branch, e.ended_at) = on_day) order by e.since desc limit 1
$$;

-- What who holds a number outside should know: {kind, …}; nothing: null.
create or replace function desk.ticket_notice (first desk.ticket, last desk.ticket)
returns jsonb language plpgsql stable security definer set search_path = pg_catalog, desk, pg_temp as $$
declare
  e desk.emergency := desk.emergency_of_day (last.branch, last.day);
  closed timestamptz := (select max (t.finished) from desk.ticket t where t.id in (first.id, last.id, last.parent) and t.outcome = 'closed-by-emergency');
begin
  if e.id is not null and e.ended_at is null and last.state <> 'done' then
    return jsonb_build_object ('kind', 'emergency', 'since', e.since);
  elsif closed is not null then
    return jsonb_build_object ('kind', 'closed-by-emergency', 'at', closed, 'next', case when last.state = 'expected' then
             jsonb_build_object ('ticket', last.id, 'number', last.number, 'day', last.day, 'until', last.expected_until) end);
  elsif e.id is not null and last.state <> 'done' then
    return jsonb_build_object ('kind', 'kept-place', 'since', e.since, 'until', e.ended_at);
  elsif last.state <> 'done' and desk.suspended_of (last.branch, last.services) <> '{}' then
    return jsonb_build_object ('kind', 'suspended', 'services', desk.suspended_of (last.branch, last.services));
  end if;
  return null;
end $$;

-- What the outside channel may know of a number that it gave out: where it is now, in whatever leg. It runs
-- as the owner, as that channel sees no ticket once it is in line; the id cannot be guessed.
create or replace function desk.status_of (of_ticket uuid)
returns jsonb language plpgsql stable security definer set search_path = pg_catalog, desk, pg_temp as $$
declare
  first desk.ticket;
  last desk.ticket;
  here int;                                      -- where it is wanted
begin
  select t.* into first from desk.ticket t where t.id = of_ticket and t.channel in ('remote', 'booked');
  if not found then
    return null;
  end if;
  last := desk.last_leg (first.id);
  here := case when last.state in ('called', 'serving', 'held') then last.counter end;
  return jsonb_build_object (
    'ticket', last.id, 'branch', last.branch, 'number', last.number, 'day', last.day, 'services', last.services, 'state', last.state, 'outcome', last.outcome,
    'expected_until', last.expected_until, 'called', last.last_called, 'counter', here, 'zone', desk.zone_of (last.branch, here),
    'notice', desk.ticket_notice (first, last));
end $$;

-- By the id that ticket_remote gave, whatever its number has become.
create or replace function desk.ticket_status (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  status jsonb := desk.status_of (desk.want_uuid (args, 'ticket'));
begin
  if status is null then
    perform desk.fail ('not-found', 'no-ticket');
  end if;
  return status;
end $$;

create or replace function desk.appointment_notice (a desk.appointment)
returns jsonb language plpgsql stable security definer set search_path = pg_catalog, desk, pg_temp as $$
declare
  n desk.event;
  e desk.emergency := desk.emergency_of_day (a.branch, a.day);
begin
  if a.ticket is not null then
    return desk.status_of (a.ticket) -> 'notice';
  end if;
  select h.* into n from desk.event h where h.subject = a.id and h.kind = 'appointment' order by h.id desc limit 1;
  if n.details ? 'emergency' then
    return jsonb_build_object ('kind', n.what || '-by-emergency', 'at', n.happened_at, 'from', n.details -> 'from');
  elsif e.id is not null and e.ended_at is null and a.state = 'booked' then
    return jsonb_build_object ('kind', 'emergency', 'since', e.since);
  end if;
  return null;
end $$;

-- What an emergency changed for those outside since then, a month ago at most: the channel tells them.
create or replace function desk.notices_since (at_branch text, since timestamptz)
returns jsonb language sql stable security definer set search_path = pg_catalog, desk, pg_temp as $$
  select coalesce (jsonb_agg (n.notice order by n.at, n.id), '[]')
  from (select e.recorded_at as at, e.id, case e.kind
                 when 'emergency' then jsonb_build_object ('kind', 'emergency-' || e.what, 'at', e.happened_at)
                 when 'ticket' then jsonb_build_object ('kind', e.what, 'at', e.happened_at, 'ticket', t.id, 'number', t.number, 'next', desk.next_json (t))
                 else jsonb_build_object ('kind', 'appointment-' || e.what, 'at', e.happened_at, 'code', a.code, 'slot', a.at) end as notice
        from desk.event e
        left join desk.ticket t on e.kind = 'ticket' and t.id = e.subject
        left join desk.appointment a on e.kind = 'appointment' and a.id = e.subject
        where e.branch = at_branch and e.recorded_at > notices_since.since
          and (e.kind = 'emergency' or e.kind = 'ticket' and e.what = 'closed-by-emergency' and t.channel in ('remote', 'booked')
               or e.kind = 'appointment' and e.details ? 'emergency')
        order by e.recorded_at, e.id limit 1000) n
$$;

create or replace function desk.notices (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  k desk.call := desk.at_branch (c, desk.want (args, 'branch'));
begin
  return jsonb_build_object ('time', clock_timestamp (), 'notices', desk.notices_since (k.branch, greatest (desk.want (args, 'since')::timestamptz, now () - interval '31 days')));
end $$;

select desk.expose ('command', 'emergency_begin', '{supervisor}'),
       desk.expose ('command', 'emergency_end', '{supervisor}'),
       desk.expose ('query', 'emergency_tickets', '{supervisor}'),
       desk.expose ('query', 'ticket_status', '{booking}'),
       desk.expose ('query', 'notices', '{booking}');
