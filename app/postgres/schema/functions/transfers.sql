-- transfers.sql: how a visit goes on elsewhere or changes within: the next leg of a number, transfer,
-- a return ticket for a missing paper, services added and finished, taking over, and undoing.
set role janela_owner;

-- What a ticket still waits for.
create or replace function desk.services_left (t desk.ticket)
returns text[] language sql immutable as $$
  select array (select unnest (t.services) except select unnest (t.done) order by 1)
$$;

-- The same number goes on as a new ticket: it waits anew, at the old due time, with the same visit.
create or replace function desk.next_leg (c desk.call, t desk.ticket, codes text[], how desk.ticket)
returns desk.ticket language plpgsql as $$
declare
  n desk.ticket;
begin
  n.day := coalesce (how.day, t.day);
  n.number := coalesce (how.number, t.number);
  n.leg := case when how.number is not null then 1
                else (select max (h.leg) + 1 from desk.ticket h where h.branch = t.branch and h.day = t.day and h.number = t.number) end;
  n.parent := t.id;
  n.event := t.event;
  n.services := codes;
  n.priority := t.priority;
  n.language := t.language;
  n.note := t.note;
  n.channel := t.channel;
  n.visit := (select v.id from desk.visit v where v.id = t.visit and v.submitted_at is null); -- a receipt ends a visit
  n.person := t.person;
  n.due := coalesce (how.due, t.due);
  n.state := coalesce (how.state, 'waiting');
  n.kept_due := how.kept_due;
  n.expected_until := how.expected_until;
  n.for_counter := how.for_counter;
  n.for_login := how.for_login;
  n.missing := how.missing;
  return desk.ticket_begin (c, n);
end $$;

-- To whom a ticket goes: to services, to a counter, or to a person who works here today.
create or replace function desk.transfer_to (c desk.call, args jsonb)
returns desk.ticket language plpgsql stable as $$
declare
  t desk.ticket;
begin
  t.for_counter := (args ->> 'counter')::int;
  t.for_login := args ->> 'login';
  t.services := nullif (desk.words (args -> 'services'), '{}');
  if num_nonnulls (t.for_counter, t.for_login, t.services) = 0 then
    perform desk.fail ('rejected', 'missing-argument', null, '{"name": "services"}');
  elsif t.services is not null then
    t.services := desk.ticket_services (null, t.services);
  end if;
  if t.for_counter is not null and not exists (select from desk.counter k where k.branch = c.branch and k.number = t.for_counter) then
    perform desk.fail ('not-found', 'no-counter', null, jsonb_build_object ('counter', t.for_counter));
  elsif t.for_login is not null and not exists (select from desk.staff s where s.login = t.for_login and s.active and s.branch = c.branch) then
    perform desk.fail ('not-found', 'no-staff');
  end if;
  return t;
end $$;

-- Of one who was served this leg ends as transferred; one who was not only takes another way.
create or replace function desk.ticket_transfer (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'serving', 'held', 'called', 'waiting');
  target desk.ticket := desk.transfer_to (c, args);
  why text := desk.want (args, 'reason');
  codes text[];
begin
  if t.state = 'waiting' and c.role <> 'supervisor' then
    perform desk.fail ('denied', 'supervisors-only');
  end if;
  codes := coalesce (target.services, desk.services_left (t));
  if codes = '{}' then
    perform desk.fail ('rejected', 'no-service');
  end if;
  if t.state in ('serving', 'held') then
    t := desk.ticket_do (c, t, 'transferred', why, jsonb_strip_nulls (jsonb_build_object (
           'services', codes, 'counter', target.for_counter, 'login', target.for_login)));
    t := desk.next_leg (c, t, codes, target);
  else
    t := desk.ticket_do (c, t, 'routed', why, jsonb_build_object (
           'services', codes, 'for_counter', target.for_counter, 'for_login', target.for_login));
  end if;
  perform desk.desk_free (c);
  return desk.ticket_json (c, t);
end $$;

-- Sent for a missing paper: until closing the same number comes back at its old due time, to a counter
-- that sees the draft: the visit goes with it.
create or replace function desk.ticket_send (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'serving', 'held');
  codes text[] := desk.services_left (t);
  how desk.ticket;
begin
  if codes = '{}' then                           -- nothing is left to come back for
    perform desk.fail ('rejected', 'no-service');
  end if;
  t := desk.ticket_do (c, t, 'transferred', desk.want (args, 'reason'),
                       jsonb_build_object ('for', 'missing-paper', 'papers', coalesce (args -> 'papers', '[]')));
  how.state := 'expected';
  how.kept_due := t.due;
  how.missing := desk.words (args -> 'papers');
  select (t.day + b.closes) at time zone b.zone into how.expected_until from desk.branch b where b.code = c.branch;
  t := desk.next_leg (c, t, codes, how);
  perform desk.desk_free (c);
  return desk.ticket_json (c, t);
end $$;

-- The open visit of a ticket is about what the ticket is about.
create or replace function desk.visit_wants (t desk.ticket, code text, wanted boolean)
returns void language sql as $$
  update desk.visit v
  set services = case when wanted then array_append (array_remove (v.services, code), code) else array_remove (v.services, code) end
  where v.id = t.visit and v.submitted_at is null
$$;

-- Within the visit: another service, one that is finished without an application, one that is not wanted
-- any more. What was typed stays as its draft.
create or replace function desk.ticket_service (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'serving', 'held');
  code text := desk.want (args, 'service');
  step text := desk.want (args, 'step');
begin
  if step not in ('add', 'done', 'drop') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "step"}');
  elsif exists (select from desk.visit v where v.id = t.visit and v.submitted_at is not null) then
    perform desk.fail ('conflict', 'visit-submitted');
  elsif step = 'add' then
    perform desk.ticket_services (null, array[code]);
  elsif code <> all (t.services) then
    perform desk.fail ('rejected', 'unknown-service', null, jsonb_build_object ('services', array[code]));
  elsif step = 'drop' and t.services = array[code] then
    perform desk.fail ('rejected', 'no-service');
  else
    perform desk.want (args, 'reason');
  end if;
  t := desk.ticket_do (c, t, case step when 'add' then 'service-added' when 'done' then 'service-done' else 'service-dropped' end,
                       args ->> 'reason', jsonb_build_object ('service', code));
  perform desk.visit_wants (t, code, step = 'add');
  return desk.ticket_json (c, t);
end $$;

-- What the clerk chose for the visit, told by the ticket too. What cannot be served here stays with the
-- ticket: it waits on for it.
create or replace function desk.ticket_follow (c desk.call, t desk.ticket, chosen text[])
returns desk.ticket language plpgsql as $$
declare
  able jsonb := desk.able (c, t.services);
  code text;
begin
  for code in select unnest (chosen) except select unnest (t.services) except select unnest (t.done) order by 1 loop
    t := desk.ticket_do (c, t, 'service-added', null, jsonb_build_object ('service', code));
  end loop;
  for code in select u.code from unnest (t.services) u (code) where able ? u.code except select unnest (chosen) except select unnest (t.done) order by 1 loop
    t := desk.ticket_do (c, t, 'service-dropped', 'not-chosen', jsonb_build_object ('service', code));
  end loop;
  return t;
end $$;

-- Work that came by phone or mail: the same record, at once at this desk.
create or replace function desk.ticket_open (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket;
begin
  perform desk.lock_queue (c.branch);
  perform desk.refuse_call (c);
  t := desk.ticket_wanted (c, args);
  if desk.want (args, 'channel') not in ('phone', 'mail') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "channel"}');
  end if;
  t.channel := args ->> 'channel';
  t.due := desk.due_of (c.branch, t.priority, c.at, null);
  t.number := desk.ticket_number (c, t, c.day);
  t := desk.ticket_begin (c, t);
  t := desk.ticket_do (c, t, 'called', null, '{"opened": true}');
  return desk.ticket_arrive (c, jsonb_build_object ('ticket', t.id));
end $$;

-- A supervisor takes over what another clerk has, with its visit and drafts.
create or replace function desk.ticket_take (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  locked text := desk.lock_queue (c.branch);     -- nobody is called to him meanwhile
  t desk.ticket := desk.ticket_in (c, args, 'called', 'serving', 'held');
begin
  if c.counter is null then
    perform desk.fail ('denied', 'no-counter');
  end if;
  perform desk.refuse_second (c);
  t := desk.ticket_do (c, t, 'taken', desk.want (args, 'reason'), jsonb_build_object ('from', t.login, 'at', t.counter));
  update desk.visit v set login = c.login, counter = c.counter where v.id = t.visit and v.submitted_at is null;
  perform desk.desk_free (c);
  return jsonb_build_object ('ticket', desk.ticket_json (c, t), 'visit', t.visit);
end $$;

-- Left at another counter when its clerk went there: he takes it along to where he sits now. Who was only
-- called is called there again.
create or replace function desk.ticket_along (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'called', 'serving');
begin
  if c.counter is null then
    perform desk.fail ('denied', 'no-counter');
  elsif t.login <> c.login then
    perform desk.fail ('denied', 'not-your-ticket', null, jsonb_build_object ('counter', t.counter));
  elsif t.counter = c.counter then
    return desk.ticket_json (c, t);
  elsif t.state = 'called' then
    perform desk.refuse_emergency (c.branch);
    return desk.ticket_json (c, desk.ticket_do (c, t, 'called', null, jsonb_build_object ('at', t.counter)));
  end if;
  t := desk.ticket_do (c, t, 'taken', args ->> 'reason', jsonb_build_object ('from', t.login, 'at', t.counter));
  update desk.visit v set counter = c.counter where v.id = t.visit and v.submitted_at is null;
  return desk.ticket_json (c, t);
end $$;

-- Given back to the line, at its old due time, with its visit and drafts: whoever calls it goes on with it.
create or replace function desk.ticket_release (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'called', 'serving', 'held');
begin
  if exists (select from desk.visit v where v.id = t.visit and v.submitted_at is not null) then
    perform desk.fail ('conflict', 'visit-submitted');
  end if;
  t := desk.ticket_do (c, t, case t.state when 'called' then 'returned' else 'interrupted' end, desk.want (args, 'reason'));
  perform desk.desk_free (c);
  return desk.ticket_json (c, t);
end $$;

-- The last step that still counts, if it may be taken back.
create or replace function desk.last_step (of_ticket uuid)
returns desk.event language plpgsql stable as $$
declare
  e desk.event;
begin
  select h.* into e from desk.event h where h.subject = of_ticket and h.kind = 'ticket' order by h.id desc limit 1;
  if e.what in ('issued', 'undone', 'reprinted', 'closed-by-emergency', 'unserved-at-close') or e.details ? 'into' or e.details ? 'merged' then
    return null;
  end if;
  return e;
end $$;

-- What goes on in another leg goes back, as long as nothing was done there: nor is it over there. A leg that was taken back
-- before does not count.
create or replace function desk.undo_legs (c desk.call, t desk.ticket)
returns void language plpgsql as $$
declare
  n desk.ticket;
begin
  for n in
    select h.* from desk.ticket h
    where h.parent = t.id
      and not exists (select from desk.event e
                      where e.subject = h.id and e.kind = 'ticket' and e.what = 'cancelled' and e.reason = 'undone') for update
  loop
    if n.state not in ('waiting', 'expected')
       or (select count (*) from desk.event e where e.subject = n.id and e.kind = 'ticket') > 1 then
      perform desk.fail ('conflict', 'undo-impossible');
    end if;
    perform desk.ticket_do (c, n, 'cancelled', 'undone');
  end loop;
end $$;

-- What was booked in its place is free again.
create or replace function desk.undo_booking (c desk.call, booked uuid)
returns void language plpgsql as $$
declare
  a desk.appointment;
begin
  select * into a from desk.appointment h where h.id = booked for update;
  if a.state = 'checked-in' then
    perform desk.fail ('conflict', 'undo-impossible');
  elsif a.state = 'booked' then
    update desk.appointment h set state = 'cancelled' where h.id = a.id;
    perform desk.note (c, 'appointment', a.id, 'cancelled', 'undone');
  end if;
end $$;

-- The ticket is what its events say without the last one: so the clocks are as if it had not been. Who
-- names the step takes back that one only.
create or replace function desk.ticket_undo (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  was desk.ticket;
  t desk.ticket;
  e desk.event;
  within interval := (select b.undo_within from desk.branch b where b.code = c.branch);
begin
  perform desk.need_session (c);
  perform desk.lock_queue (c.branch);
  perform desk.refuse_emergency (c.branch);        -- nobody is brought back to a desk that is left
  select * into was from desk.ticket where id = desk.want_uuid (args, 'ticket') and branch = c.branch for update;
  if not found then
    perform desk.fail ('not-found', 'no-ticket');
  end if;
  t := was;
  e := desk.last_step (t.id);
  if e.id is null then
    perform desk.fail ('conflict', 'nothing-to-undo');
  elsif e.actor <> c.login and c.role <> 'supervisor' then
    perform desk.fail ('denied', 'not-your-ticket');
  elsif e.recorded_at < clock_timestamp () - within then
    perform desk.fail ('conflict', 'undo-too-late', null, jsonb_build_object ('seconds', extract (epoch from within)::int));
  elsif args ->> 'step' <> e.what then
    perform desk.fail ('conflict', 'nothing-to-undo');
  elsif (e.what = 'arrived' or e.what like 'service-%')
        and exists (select from desk.visit v where v.id = t.visit and v.submitted_at is not null) then
    perform desk.fail ('conflict', 'undo-impossible');
  end if;
  if t.state = 'done' then
    perform desk.undo_legs (c, t);
  end if;
  perform desk.note (c, 'ticket', t.id, 'undone', args ->> 'reason', jsonb_build_object ('undoes', e.id, 'what', e.what));
  if e.what like 'service-%' then
    perform desk.visit_wants (t, e.details ->> 'service', e.what <> 'service-added');
  elsif e.details ? 'appointment' then
    perform desk.undo_booking (c, (e.details ->> 'appointment')::uuid);
  end if;
  t := desk.undone (was, desk.ticket_fold (t.id, t.branch));
  if t.state in ('called', 'serving') and exists (
       select from desk.ticket h where h.branch = t.branch and h.login = t.login and h.state in ('called', 'serving') and h.id <> t.id) then
    perform desk.fail ('conflict', 'has-ticket');
  end if;
  perform desk.ticket_write (was, t);
  if e.what in ('arrived', 'taken', 'resumed') then
    perform desk.undo_visit (was, t);
  end if;
  return desk.ticket_json (c, t);
end $$;

-- Its visit is again whose it was, where he has it.
create or replace function desk.undo_visit (was desk.ticket, t desk.ticket)
returns void language sql as $$
  update desk.visit v
  set login = coalesce (desk.visit_fold (v.id) ->> 'login', v.login), counter = coalesce (t.counter, v.counter)
  where v.id = was.visit and v.submitted_at is null
$$;

-- What the events do not hold stays as it is in the row.
create or replace function desk.undone (t desk.ticket, folded desk.ticket)
returns desk.ticket language plpgsql immutable as $$
begin
  folded.note := t.note;
  folded.person := t.person;
  return folded;
end $$;

select desk.expose ('command', 'ticket_transfer', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_send', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_service', '{clerk,supervisor}', true),
       desk.expose ('command', 'ticket_open', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_take', '{supervisor}'),
       desk.expose ('command', 'ticket_along', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_release', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_undo', '{clerk,supervisor}');
