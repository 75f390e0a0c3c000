-- fold.sql: a ticket is the fold of its events. Each step appends an event and applies it by the one
-- function here, which rebuild_check and undo use too: so states and clocks come out the same.
--
-- The clocks: wait = later (arrived, booked) → called (the first call); way = last_called → at_desk;
-- service = at_desk → finished, less held_for; hold = held_for. A leg has its own: who is transferred
-- waits anew from the transfer, at his old due time.
set role janela_owner;

-- What is over is not on hold any more.
create or replace function desk.ticket_end (t desk.ticket, how text, at timestamptz)
returns desk.ticket language plpgsql immutable as $$
begin
  t.held_for := t.held_for + coalesce (greatest (at - t.held_at, '0'), '0');
  t.held_at := null;
  t.state := 'done';
  t.outcome := how;
  t.finished := at;
  return t;
end $$;

create or replace function desk.ticket_step (t desk.ticket, e desk.event)
returns desk.ticket language plpgsql stable as $$
begin
  case e.what
    when 'issued' then
      t := jsonb_populate_record (t, e.details);
    when 'checked-in' then
      t.state := 'waiting';
      t.arrived := e.happened_at;
      t.booked := (e.details ->> 'booked')::timestamptz;
      t.due := (e.details ->> 'due')::timestamptz;
    when 'changed', 'routed' then
      t := jsonb_populate_record (t, e.details);
      if e.what = 'routed' then
        t.state := 'waiting';
        t.counter := null;
        t.login := null;
      end if;
    when 'called' then
      t.state := 'called';
      t.called := coalesce (t.called, e.happened_at);
      t.last_called := e.happened_at;
      t.counter := e.counter;
      t.login := e.actor;
    when 'recalled' then
      t.recalls := t.recalls + 1;
      t.last_called := e.happened_at;
    when 'arrived' then
      t.state := 'serving';
      t.called := coalesce (t.called, e.happened_at);
      t.last_called := coalesce (t.last_called, e.happened_at);
      t.at_desk := coalesce (t.at_desk, e.happened_at);
      t.held_for := t.held_for + coalesce (greatest (e.happened_at - t.held_at, '0'), '0');
      t.held_at := null;
      t.counter := e.counter;
      t.login := e.actor;
      t.visit := (e.details ->> 'visit')::uuid;
    when 'held' then
      t.state := 'held';
      t.held_at := e.happened_at;
    when 'resumed', 'taken' then
      t.held_for := t.held_for + coalesce (greatest (e.happened_at - t.held_at, '0'), '0');
      t.held_at := null;
      t.state := case t.state when 'held' then 'serving' else t.state end;
      t.counter := e.counter;
      t.login := e.actor;
    when 'interrupted' then -- back in line; who was at the desk is on hold until he sits there again
      t.held_at := case when t.state in ('serving', 'held') then coalesce (t.held_at, e.happened_at) end;
      t.state := 'waiting';
      t.counter := null;
      t.login := null;
    when 'returned' then
      t.returned := t.returned or t.state = 'done';
      t.state := 'waiting';
      t.outcome := null;
      t.finished := null;
      t.counter := null;
      t.login := null;
    when 'service-added', 'service-done', 'service-dropped' then
      t := desk.ticket_service_step (t, e.what, e.details ->> 'service');
    when 'papers-left' then
      t.leave_papers := true;
    when 'reprinted' then
      t.reprints := t.reprints + 1;
    when 'served', 'no-show', 'left-waiting', 'left-serving', 'transferred', 'cancelled', 'closed-by-emergency',
         'unserved-at-close' then
      t := desk.ticket_end (t, e.what, e.happened_at);
    else
      null;
  end case;
  return t;
end $$;

create or replace function desk.ticket_service_step (t desk.ticket, what text, code text)
returns desk.ticket language plpgsql immutable as $$
begin
  if what = 'service-added' then
    t.services := array (select distinct unnest (t.services || code) order by 1);
    t.done := array_remove (t.done, code);
  elsif what = 'service-done' then
    t.done := array (select distinct unnest (t.done || code) order by 1);
  else
    t.services := array_remove (t.services, code);
    t.done := array_remove (t.done, code);
  end if;
  return t;
end $$;

-- The row as the fold has it now. What was asked for seldom changes, and to write it is dear: the row's generated columns
-- hang on it. Who is done has an outcome, and nobody else.
create or replace function desk.ticket_write (was desk.ticket, t desk.ticket)
returns void language plpgsql as $$
begin
  if (t.state = 'done') <> (t.outcome is not null) then
    raise check_violation using message = format ('a ticket in state %s with outcome %s', t.state, t.outcome);
  end if;
  if (was.event, was.services, was.priority, was.language, was.arrived, was.booked, was.due, was.companions, was.for_counter,
      was.for_login, was.follows, was.leave_papers)
     is distinct from (t.event, t.services, t.priority, t.language, t.arrived, t.booked, t.due, t.companions, t.for_counter,
                       t.for_login, t.follows, t.leave_papers) then
    update desk.ticket h
    set event = t.event, services = t.services, priority = t.priority, language = t.language, arrived = t.arrived,
        booked = t.booked, due = t.due, companions = t.companions, for_counter = t.for_counter, for_login = t.for_login,
        follows = t.follows, leave_papers = t.leave_papers
    where h.id = t.id;
  end if;
  update desk.ticket h
  set state = t.state, outcome = t.outcome, called = t.called, last_called = t.last_called, at_desk = t.at_desk,
      held_at = t.held_at, held_for = t.held_for, finished = t.finished, recalls = t.recalls, returned = t.returned,
      counter = t.counter, login = t.login, visit = t.visit, done = t.done, reprints = t.reprints
  where h.id = t.id;
end $$;

-- One step: the event, and the row by it. The caller has locked the row. (An assignment costs less than a statement.)
create or replace function desk.ticket_do (c desk.call, t desk.ticket, what text, why text default null, details jsonb default null)
returns desk.ticket language plpgsql as $$
declare
  e desk.event;
  folded desk.ticket;
  written text;
begin
  written := desk.note (c, 'ticket', t.id, what, why, details);
  e.what := what;
  e.happened_at := c.at;
  e.actor := c.login;
  e.counter := c.counter;
  e.details := details;
  folded := desk.ticket_step (t, e);
  written := desk.ticket_write (t, folded);
  return folded;
end $$;

-- A ticket begins with an event that holds its whole first row, but for the note: an event is kept long,
-- and a note may name somebody.
create or replace function desk.ticket_begin (c desk.call, t desk.ticket)
returns desk.ticket language plpgsql as $$
begin
  t.id := gen_random_uuid ();
  t.branch := c.branch;
  t.day := coalesce (t.day, c.day);
  t.leg := coalesce (t.leg, 1);
  t.state := coalesce (t.state, 'waiting');
  t.arrived := coalesce (t.arrived, c.at);
  t.channel := coalesce (t.channel, 'clerk');
  t.companions := coalesce (t.companions, '[]');
  t.done := coalesce (t.done, '{}');
  t.leave_papers := false;
  t.note := coalesce (t.note, '');
  t.missing := coalesce (t.missing, '{}');
  t.held_for := '0';
  t.recalls := 0;
  t.reprints := 0;
  t.returned := false;
  insert into desk.ticket (id, branch, day, number, leg, event, services, priority, language, note, state, arrived, booked, due,
                           visit, person, parent, channel, companions, done, for_counter, for_login, kept_due, expected_until, pick_up,
                           party, follows, missing)
  values (t.id, t.branch, t.day, t.number, t.leg, t.event, t.services, t.priority, t.language, t.note, t.state, t.arrived, t.booked,
          t.due, t.visit, t.person, t.parent, t.channel, t.companions, t.done, t.for_counter, t.for_login, t.kept_due,
          t.expected_until, t.pick_up, t.party, t.follows, t.missing);
  perform desk.note (c, 'ticket', t.id, 'issued', null,
                     jsonb_strip_nulls (to_jsonb (t)) - '{id,branch,note,person,directed}'::text[]);
  return t;
end $$;

-- All events of a ticket in order, less those that were undone.
create or replace function desk.ticket_fold (of_ticket uuid, at_branch text)
returns desk.ticket language plpgsql stable as $$
declare
  t desk.ticket;
  e desk.event;
begin
  t.id := of_ticket;
  t.branch := at_branch;
  t.missing := '{}'; -- of tickets that began before there was such a thing
  for e in
    select h.* from desk.event h
    where h.subject = of_ticket and h.kind = 'ticket' and h.what <> 'undone'
      and not exists (select from desk.event u
                      where u.subject = of_ticket and u.kind = 'ticket' and u.what = 'undone'
                        and (u.details ->> 'undoes')::bigint = h.id)
    order by h.id
  loop
    t := desk.ticket_step (t, e);
  end loop;
  return t;
end $$;

-- The visit's own fold: who has it, less what was undone before it was submitted, and whether it was.
create or replace function desk.visit_fold (of_visit uuid)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'login', (select e.actor
              from (select coalesce (min (s.id), 9223372036854775807) as id from desk.event s
                    where s.subject = of_visit and s.kind = 'visit' and s.what = 'submitted') submitted,
                   desk.ticket t join desk.event e on e.subject = t.id
              where t.visit = of_visit and e.kind = 'ticket' and e.what in ('arrived', 'taken', 'resumed') and e.id < submitted.id
                and not exists (select from desk.event u
                                where u.subject = e.subject and u.kind = 'ticket' and u.what = 'undone' and u.id < submitted.id
                                  and (u.details ->> 'undoes')::bigint = e.id)
              order by e.id desc limit 1),
    'submitted_at', (select min (e.happened_at) from desk.event e
                     where e.subject = of_visit and e.kind = 'visit' and e.what = 'submitted'))
$$;

-- Where the row and the fold differ: every state and every clock of tickets after this one, in order of id.
create or replace function desk.ticket_differences (at_branch text, after uuid, most int)
returns table (ticket uuid, number text, field text, stored text, events text) language sql stable as $$
  with part as (select t.* from desk.ticket t
                where (at_branch is null or t.branch = at_branch) and t.id > after order by t.id limit most),
       both_of as (select s.id, s.number, to_jsonb (s) as stored,
                          to_jsonb (desk.ticket_fold (s.id, s.branch)) as folded from part s)
  select b.id, b.number, f.field, b.stored ->> f.field, b.folded ->> f.field
  from both_of b,
       unnest ('{day,number,leg,event,services,priority,language,channel,state,outcome,arrived,booked,due,called,last_called,
                 at_desk,held_at,held_for,finished,recalls,returned,counter,login,visit,companions,done,for_counter,for_login,
                 leave_papers,reprints,parent,kept_due,expected_until,pick_up,party,follows,missing}'::text[]) f (field)
  where b.stored -> f.field is distinct from b.folded -> f.field
$$;

create or replace function desk.visit_differences (at_branch text, after uuid, most int)
returns table (ticket uuid, number text, field text, stored text, events text) language sql stable as $$
  with part as (select v.* from desk.visit v
                where (at_branch is null or v.branch = at_branch) and v.id > after order by v.id limit most),
       both_of as (select s.id, to_jsonb (s) as stored, desk.visit_fold (s.id) as folded from part s)
  select b.id, 'visit', f.field, b.stored ->> f.field, b.folded ->> f.field
  from both_of b, unnest ('{login,submitted_at}'::text[]) f (field)
  where b.stored -> f.field is distinct from b.folded -> f.field
$$;

-- {of: "ticket" or "visit", branch, after, limit}: so many rows at a time.
create or replace function desk.rebuild_check (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  first uuid := coalesce ((args ->> 'after')::uuid, '00000000-0000-0000-0000-000000000000');
  most int := coalesce ((args ->> 'limit')::int, 500);
  at_branch text := args ->> 'branch';
  found_rows jsonb;
  ids uuid[];
begin
  if coalesce (args ->> 'of', 'ticket') = 'visit' then
    ids := array (select v.id from desk.visit v where (at_branch is null or v.branch = at_branch) and v.id > first order by v.id limit most);
    select jsonb_agg (d) into found_rows from desk.visit_differences (at_branch, first, most) d;
  else
    ids := array (select t.id from desk.ticket t where (at_branch is null or t.branch = at_branch) and t.id > first order by t.id limit most);
    select jsonb_agg (d) into found_rows from desk.ticket_differences (at_branch, first, most) d;
  end if;
  return jsonb_build_object ('checked', cardinality (ids), 'last', ids[cardinality (ids)],
                             'differences', coalesce (found_rows, '[]'));
end $$;

select desk.expose ('query', 'rebuild_check', '{admin,head_office}');
