-- reception.sql: a ticket before its call: checked in, changed, merged, cancelled, printed again; and what
-- the reception sees.
set role janela_owner;

-- The id, code or number in what was scanned or typed: "janela:ticket:B011:<id>", "janela:appointment:<code>",
-- an appointment's code, "B011".
create or replace function desk.read_code (text text, out ticket uuid, out appointment text, out number text)
language plpgsql immutable as $$
declare
  parts text[] := string_to_array (btrim (text), ':');
begin
  if parts[1] = 'janela' and parts[2] = 'ticket' then
    number := parts[3];
    ticket := case when parts[4] ~ '^[0-9a-fA-F-]{36}$' then parts[4]::uuid end;
  elsif parts[1] = 'janela' and parts[2] = 'appointment' then
    appointment := upper (parts[3]);
  elsif btrim (text) ~* '^[0-9A-Z]{4}-[0-9A-Z]{4}$' then
    appointment := upper (btrim (text));
  else
    number := upper (btrim (text));
  end if;
end $$;

-- The ticket that a code means: the slip keeps its text, whatever leg or day its number is in now; the leg
-- that is expected, else the last.
create or replace function desk.ticket_of_code (c desk.call, code text)
returns desk.ticket language plpgsql as $$
declare
  t desk.ticket;
  r record;
begin
  select * into r from desk.read_code (code);
  if r.ticket is not null then
    with recursive leg as (
      select h.id from desk.ticket h where h.id = r.ticket and h.branch = c.branch
      union
      select h.id from leg l join desk.ticket h on h.parent = l.id)
    select h.* into t from leg l join desk.ticket h on h.id = l.id
    order by h.state = 'expected' desc, h.day desc, h.leg desc limit 1;
  else
    select h.* into t from desk.ticket h where h.branch = c.branch and h.day = c.day and h.number = r.number
    order by h.state = 'expected' desc, h.leg desc limit 1;
  end if;
  select h.* into t from desk.ticket h where h.id = t.id for update;
  return t;
end $$;

-- Here at last. Who was sent for a paper keeps his old due time; who booked counts from the booked time; a
-- remote ticket from now.
create or replace function desk.ticket_check_in (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket;
  r record;
  walk_in boolean := coalesce ((args ->> 'as_walk_in')::boolean, false);
begin
  perform desk.need_session (c);
  perform desk.refuse_emergency (c.branch);
  select * into r from desk.read_code (desk.want (args, 'code'));
  if r.appointment is not null then
    return desk.ticket_json (c, desk.appointment_arrived (c, r.appointment, walk_in));
  end if;
  t := desk.ticket_of_code (c, args ->> 'code');
  if t.id is null then
    perform desk.fail ('not-found', 'no-ticket');
  elsif t.state <> 'expected' then
    perform desk.fail ('conflict', 'checked-in-already', null, jsonb_build_object ('state', t.state, 'counter', t.counter));
  elsif t.day > c.day then
    perform desk.fail ('conflict', 'too-early', null, jsonb_build_object ('from', t.day));
  elsif t.day < c.day or t.expected_until < c.at and not walk_in then
    perform desk.fail ('conflict', 'too-late', null, jsonb_build_object ('until', t.expected_until));
  end if;
  t := desk.ticket_do (c, t, 'checked-in', null, jsonb_build_object (
         'booked', case when not walk_in then t.booked end,
         'due', coalesce (t.kept_due, desk.due_of (c.branch, t.priority, c.at, case when not walk_in then t.booked end))));
  return desk.ticket_json (c, t);
end $$;

-- What is given is changed; the due time follows the priority. The event says what, but not the note.
create or replace function desk.ticket_change (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'waiting', 'expected', 'called');
  w desk.ticket;
  details jsonb := '{}';
begin
  w := desk.ticket_wanted (c, jsonb_build_object (
         'event', coalesce (args -> 'event', case when args ? 'services' then 'null' else to_jsonb (t.event) end),
         'services', coalesce (args -> 'services', case when args ->> 'event' is null then to_jsonb (t.services) end),
         'priority', coalesce (args ->> 'priority', t.priority), 'language', coalesce (args ->> 'language', t.language),
         'companions', coalesce (args -> 'companions', t.companions)));
  details := jsonb_build_object ('event', w.event, 'services', w.services, 'priority', w.priority, 'language', w.language,
                                 'companions', w.companions);
  if w.priority <> t.priority then
    details := details || jsonb_build_object ('due', t.due + (
      select o.credit - n.credit from desk.priority o, desk.priority n
      where o.branch = c.branch and o.class = t.priority and n.branch = c.branch and n.class = w.priority));
  end if;
  if args ->> 'note' is not null then
    update desk.ticket h set note = args ->> 'note' where h.id = t.id returning h.note into t.note;
  end if;
  return desk.ticket_json (c, desk.ticket_do (c, t, 'changed', args ->> 'reason', details));
end $$;

create or replace function desk.ticket_cancel (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'waiting', 'expected', 'called');
  how text := coalesce (args ->> 'outcome', 'cancelled');
begin
  if how not in ('cancelled', 'left-waiting') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "outcome"}');
  end if;
  t := desk.ticket_do (c, t, how, args ->> 'reason');
  perform desk.desk_free (c);
  return desk.ticket_json (c, t);
end $$;

-- Two numbers of one person become one visit: the services of both, at the earlier due time, and what was typed for who was
-- sent for a paper and drew a number anew. What is done of either is done, though the other still asks for it: it is one person,
-- and the same wish; who wants it once more has it added at the desk, where it is not done any more (ticket_service_step).
create or replace function desk.ticket_merge (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  into_id uuid := desk.want_uuid (args, 'into');
  t desk.ticket;
  target desk.ticket;
begin
  if into_id = desk.want_uuid (args, 'ticket') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "into"}');
  end if;
  perform desk.need_session (c);
  perform desk.lock_queue (c.branch);            -- who locks more than one ticket is alone
  t := desk.ticket_in (c, args, 'waiting', 'expected');
  target := desk.ticket_in (c, jsonb_build_object ('ticket', into_id), 'waiting', 'called', 'serving', 'expected');
  perform desk.ticket_do (c, t, 'cancelled', args ->> 'reason', jsonb_build_object ('into', into_id));
  target := desk.ticket_do (c, target, 'changed', args ->> 'reason', jsonb_build_object (
    'merged', t.id, 'due', least (t.due, target.due),
    'visit', coalesce (target.visit, (select v.id from desk.visit v where v.id = t.visit and v.submitted_at is null)),
    'services', array (select distinct unnest (t.services || target.services) order by 1),
    'done', array (select distinct unnest (t.done || target.done) order by 1)));
  return desk.ticket_json (c, target);
end $$;

create or replace function desk.ticket_reprint (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket;
begin
  perform desk.need_session (c);
  select * into t from desk.ticket h where h.id = desk.want_uuid (args, 'ticket') and h.branch = c.branch for update;
  if not found then
    perform desk.fail ('not-found', 'no-ticket');
  end if;
  return desk.ticket_json (c, desk.ticket_do (c, t, 'reprinted'));
end $$;

-- Today's tickets, or those that a number, code or slip names.
create or replace function desk.reception_tickets (c desk.call, find text)
returns jsonb language plpgsql stable as $$
declare
  r record;
begin
  select * into r from desk.read_code (find);
  return (
    select coalesce (jsonb_agg (desk.ticket_json (c, f) order by f.arrived desc, f.leg desc), '[]')
    from (select t.* from desk.ticket t
          where t.branch = c.branch and t.day = c.day and r.appointment is null
            and (r.number = '' or t.number like replace (replace (r.number, '%', ''), '_', '') || '%')
          union all
          select t.* from desk.appointment a join desk.ticket t on t.id = a.ticket
          where a.branch = c.branch and a.code = r.appointment
          order by arrived desc limit 50) f);
end $$;

create or replace function desk.reception (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  find text := coalesce (args ->> 'find', '');
  answer jsonb;
begin
  perform desk.need_session (c);
  answer := jsonb_build_object (
    'suspensions', desk.suspensions_json (c.branch), 'emergency', desk.emergency_json (c.branch), 'caps', desk.caps_json (c),
    'priorities', (select jsonb_agg (jsonb_build_object ('class', p.class, 'credit_s', extract (epoch from p.credit)::int) order by p.credit, p.class)
                   from desk.priority p where p.branch = c.branch),
    'figures', (select jsonb_build_object ('waiting', count (*) filter (where t.state = 'waiting'),
                                           'expected', count (*) filter (where t.state = 'expected'),
                                           'served', count (*) filter (where t.outcome = 'served'))
                from desk.ticket t where t.branch = c.branch and t.day = c.day));
  if c.role = 'kiosk' then
    return answer || '{"tickets": [], "appointments": []}';
  end if;
  return answer || jsonb_build_object ('tickets', desk.reception_tickets (c, find), 'appointments', desk.reception_appointments (c, find));
end $$;

select desk.expose ('command', 'ticket_check_in', '{clerk,supervisor,kiosk}'),
       desk.expose ('command', 'ticket_change', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_cancel', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_merge', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_reprint', '{clerk,supervisor,kiosk}'),
       desk.expose ('query', 'reception', '{clerk,supervisor,kiosk}');
