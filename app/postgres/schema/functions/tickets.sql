-- tickets.sql: the queue. due = later (arrival, booked time) − credit (priority class); the
-- smallest due goes first, and nobody passes over it.
set role janela_owner;

-- Which of these services a counter and a clerk can serve, with the rank of the counter's profile:
-- profile ∩ dated authorisations ∩ equipment (DESIGN section 7).
create or replace function desk.servable (at_branch text, at_counter int, by_login text, on_day date, codes text[])
returns table (service text, rank int) language sql stable as $$
  select w.code, min (m.rank)
  from unnest (codes) w (code)
  join desk.counter k on k.branch = at_branch and k.number = at_counter
  left join desk.service s on s.code = w.code
  join desk.profile_match m on m.branch = k.branch and m.profile = k.profile
   and (m.kind = 'service' and w.code like m.pattern
        or m.kind = 'department' and lower (coalesce (s.department, split_part (w.code, '-', 1))) like m.pattern)
  where desk.words (s.meta -> 'equipment') <@ k.equipment
    and exists (select from desk.authorisation a
                where a.login = by_login and w.code like a.pattern
                  and on_day >= a.from_day and on_day <= coalesce (a.until_day, 'infinity'))
  group by w.code
$$;

-- The kinds of work that wait in a branch: one index descent each, however many tickets wait.
create or replace function desk.kinds_waiting (at_branch text)
returns table (services text[]) language sql stable as $$
  with recursive kind as (
    (select t.services from desk.ticket t
     where t.branch = at_branch and t.state = 'waiting' order by t.services limit 1)
    union all
    select (select t.services from desk.ticket t
            where t.branch = at_branch and t.state = 'waiting' and t.services > k.services
            order by t.services limit 1)
    from kind k where k.services is not null)
  select k.services from kind k where k.services is not null
$$;

-- The lock that a counter's connection holds as long as it lives (sessions.sql).
create or replace function desk.counter_lock (at_branch text, at_counter int)
returns bigint language sql immutable as $$ select hashtextextended ('counter:' || at_branch || ':' || at_counter, 0) $$;

-- The counters that are open now: a session that still holds its counter.
create or replace function desk.open_counters (at_branch text)
returns table (counter int, login text) language sql stable as $$
  select s.counter, s.login from desk.session s
  where s.branch = at_branch and s.closed_at is null and s.counter is not null and s.state = 'open'
    and exists (select from pg_locks l
                where l.locktype = 'advisory' and l.objsubid = 1 and l.granted and l.pid = s.pid
                  and l.classid::bigint << 32 | l.objid::bigint = desk.counter_lock (s.branch, s.counter))
$$;

-- The kinds of work that are this counter's: those it can serve whole; and those that no open
-- counter can, if none can serve more of them.
create or replace function desk.work_of (c desk.call)
returns table (services text[], whole boolean, rank int) language sql stable as $$
  with kind as (select k.services, cardinality (k.services) as n from desk.kinds_waiting (c.branch) k),
       code as (select array_agg (distinct u.code) as codes from kind, unnest (kind.services) u (code)),
       mine as (select s.* from code, desk.servable (c.branch, c.counter, c.login, c.day, code.codes) s),
       fit as (select k.services, k.n, count (m.service) as can, min (m.rank) as rank
               from kind k left join mine m on m.service = any (k.services)
               group by k.services, k.n)
  select f.services, f.can = f.n, f.rank from fit f
  where f.can > 0
    and (f.can = f.n
         or f.can >= (select coalesce (max (o.can), 0)
                      from desk.open_counters (c.branch) k
                      cross join lateral (select count (*) as can
                                          from desk.servable (c.branch, k.counter, k.login, c.day, f.services)) o
                      where k.counter <> c.counter))
$$;

-- The next ticket for this counter. The caller holds the branch's lock, or only looks.
create or replace function desk.best_ticket (c desk.call)
returns desk.ticket language sql stable as $$
  select h.*
  from desk.work_of (c) w
  cross join lateral (select t.* from desk.ticket t
                      where t.branch = c.branch and t.state = 'waiting' and t.services = w.services
                      order by t.due, t.id limit 1) h
  order by h.due, w.rank, h.number limit 1
$$;

-- One at a time calls in a branch: thousands a second, where less than one is needed. SKIP LOCKED
-- would pass over a better ticket in 6 to 63 % of calls.
create or replace function desk.lock_queue (at_branch text)
returns void language sql as $$
  select pg_advisory_xact_lock (hashtextextended ('queue:' || at_branch, 0))
$$;

-- The ticket as this counter sees it: what of it can be served here.
create or replace function desk.ticket_json (c desk.call, t desk.ticket)
returns jsonb language plpgsql stable as $$
declare
  unserved text[] := '{}';
begin
  if t.id is null then
    return null;
  end if;
  if c.counter is not null then
    unserved := array (select u.code from unnest (t.services) u (code)
                       except select s.service from desk.servable (c.branch, c.counter, c.login, c.day, t.services) s
                       order by 1);
  end if;
  return jsonb_build_object (
    'id', t.id, 'number', t.number, 'state', t.state, 'outcome', t.outcome, 'event', t.event,
    'services', to_jsonb (t.services), 'priority', t.priority, 'language', t.language,
    'arrived', t.arrived, 'booked', t.booked, 'due', t.due, 'called', t.called, 'counter', t.counter,
    'recalls', t.recalls, 'visit', t.visit, 'whole', unserved = '{}', 'unserved', to_jsonb (unserved),
    'note', t.note);
end $$;

-- The letter before the number: that of the zone whose counters serve this best, and are most.
create or replace function desk.ticket_prefix (at_branch text, of_event text, codes text[])
returns text language sql stable as $$
  select z.prefix
  from desk.counter k
  join desk.zone z on z.branch = k.branch and z.code = k.zone and z.prefix is not null
  cross join lateral (
    select min (m.rank) as rank from desk.profile_match m
    left join desk.service s on s.code = codes[1]
    where m.branch = k.branch and m.profile = k.profile
      and (m.kind = 'event' and of_event like m.pattern
           or of_event is null
              and (m.kind = 'service' and codes[1] like m.pattern
                   or m.kind = 'department'
                      and lower (coalesce (s.department, split_part (codes[1], '-', 1))) like m.pattern))) r
  where k.branch = at_branch and r.rank is not null
  group by z.prefix order by min (r.rank), count (*) desc, z.prefix limit 1
$$;

-- The services of a ticket: named, or those of the event that are not optional.
create or replace function desk.ticket_services (of_event text, named text[])
returns text[] language plpgsql stable as $$
declare
  codes text[] := named;
  unknown text[];
begin
  if codes = '{}' then
    select array_agg (s ->> 'code') into codes
    from desk.publication p, jsonb_array_elements (p.meta -> 'services') s
    where p.kind = 'event' and p.code = of_event and p.current and not coalesce ((s ->> 'optional')::boolean, false);
  end if;
  if coalesce (codes, '{}') = '{}' then
    perform desk.fail ('rejected', 'no-service', null, jsonb_build_object ('event', of_event));
  end if;
  unknown := array (select unnest (codes) except select code from desk.service);
  if unknown <> '{}' then
    perform desk.fail ('rejected', 'unknown-service', null, jsonb_build_object ('services', unknown));
  end if;
  return array (select distinct unnest (codes) order by 1);
end $$;

create or replace function desk.due_of (at_branch text, class text, arrived timestamptz, booked timestamptz)
returns timestamptz language sql stable as $$
  select greatest (arrived, booked)
         - coalesce ((select p.credit from desk.priority p where p.branch = at_branch and p.class = due_of.class), '0')
$$;

create or replace function desk.ticket_issue (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket;
  prefix text;
begin
  perform desk.need_session (c);
  t.event := args ->> 'event';
  t.services := desk.ticket_services (t.event, desk.words (args -> 'services'));
  t.priority := coalesce (args ->> 'priority', 'none');
  t.language := coalesce (args ->> 'language', 'zh-Hant');
  if not exists (select from desk.priority p where p.branch = c.branch and p.class = t.priority) then
    perform desk.fail ('rejected', 'unknown-priority', null, jsonb_build_object ('priority', t.priority));
  elsif t.language not in ('zh-Hant', 'pt', 'en') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "language"}');
  end if;
  prefix := coalesce (desk.ticket_prefix (c.branch, t.event, t.services), 'Z');
  insert into desk.ticket (branch, day, number, event, services, priority, language, note, arrived, due)
  values (c.branch, c.day, prefix || lpad (desk.next_number (c.branch, 'ticket:' || prefix, c.day::text)::text, 3, '0'),
          t.event, t.services, t.priority, t.language, coalesce (args ->> 'note', ''), c.at,
          desk.due_of (c.branch, t.priority, c.at, null))
  returning * into t;
  perform desk.note (c, 'ticket', t.id, 'issued', null,
                     jsonb_build_object ('number', t.number, 'services', t.services, 'priority', t.priority));
  return desk.ticket_json (c, t);
end $$;

-- The ticket named in the arguments, locked, in one of these states.
create or replace function desk.ticket_in (c desk.call, args jsonb, variadic states text[])
returns desk.ticket language plpgsql as $$
declare
  t desk.ticket;
begin
  perform desk.need_session (c);
  select * into t from desk.ticket where id = desk.want_uuid (args, 'ticket') and branch = c.branch for update;
  if not found then
    perform desk.fail ('not-found', 'no-ticket');
  elsif t.state <> all (states) then
    perform desk.fail ('conflict', 'ticket-not-' || states[1], null,
                       jsonb_build_object ('state', t.state, 'counter', t.counter));
  elsif t.state <> 'waiting' and t.login is distinct from c.login and c.role <> 'supervisor' then
    perform desk.fail ('denied', 'not-your-ticket', null, jsonb_build_object ('counter', t.counter));
  end if;
  return t;
end $$;

create or replace function desk.ticket_call_next (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket;
begin
  perform desk.need_session (c);
  if c.counter is null then
    perform desk.fail ('denied', 'no-counter');
  elsif exists (select from desk.ticket h where h.branch = c.branch and h.login = c.login
                                            and h.state in ('called', 'serving')) then
    perform desk.fail ('conflict', 'has-ticket');
  end if;
  perform desk.lock_queue (c.branch);
  t := desk.best_ticket (c);
  if t.id is null then
    return '{"ticket": null}';
  end if;
  update desk.ticket h
  set state = 'called', called = coalesce (h.called, c.at), last_called = c.at, counter = c.counter, login = c.login
  where h.id = t.id and h.state = 'waiting' returning * into t;
  perform desk.note (c, 'ticket', t.id, 'called');
  return jsonb_build_object ('ticket', desk.ticket_json (c, t));
end $$;

create or replace function desk.ticket_recall (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'called');
  wait interval := t.last_called + (select recall_gap from desk.branch where code = c.branch) - c.at;
begin
  if wait > '0' then
    perform desk.fail ('conflict', 'recall-too-soon', null,
                       jsonb_build_object ('wait_s', ceil (extract (epoch from wait))::int));
  end if;
  update desk.ticket h set recalls = h.recalls + 1, last_called = c.at where h.id = t.id returning * into t;
  perform desk.note (c, 'ticket', t.id, 'recalled');
  return desk.ticket_json (c, t);
end $$;

-- Not come: done. Put back once at its old due time by ticket_return.
create or replace function desk.ticket_no_show (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'called');
begin
  update desk.ticket h set state = 'done', outcome = 'no-show', finished = c.at where h.id = t.id returning * into t;
  perform desk.note (c, 'ticket', t.id, 'no-show', args ->> 'reason');
  return desk.ticket_json (c, t);
end $$;

-- Back into the queue at the old due time: a mis-click while called, or a no-show who came, once.
create or replace function desk.ticket_return (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'called', 'done');
begin
  if t.state = 'done' and (t.outcome <> 'no-show' or t.returned or t.day <> c.day) then
    perform desk.fail ('conflict', 'ticket-done', null, jsonb_build_object ('outcome', t.outcome));
  end if;
  update desk.ticket h
  set state = 'waiting', outcome = null, finished = null, counter = null, login = null,
      returned = h.returned or t.state = 'done'
  where h.id = t.id returning * into t;
  perform desk.note (c, 'ticket', t.id, 'returned', args ->> 'reason');
  return desk.ticket_json (c, t);
end $$;

create or replace function desk.ticket_hold (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'serving');
begin
  update desk.ticket h set state = 'held', held_at = c.at where h.id = t.id returning * into t;
  perform desk.note (c, 'ticket', t.id, 'held', args ->> 'reason');
  return desk.ticket_json (c, t);
end $$;

create or replace function desk.ticket_resume (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'held');
begin
  if exists (select from desk.ticket h where h.branch = c.branch and h.login = c.login
                                         and h.state in ('called', 'serving')) then
    perform desk.fail ('conflict', 'has-ticket');
  end if;
  update desk.ticket h
  set state = 'serving', held_for = h.held_for + greatest (c.at - h.held_at, '0'), held_at = null,
      counter = c.counter, login = c.login
  where h.id = t.id returning * into t;
  perform desk.note (c, 'ticket', t.id, 'resumed', args ->> 'reason');
  return desk.ticket_json (c, t);
end $$;

create or replace function desk.ticket_finish (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'serving', 'held');
  how text := coalesce (args ->> 'outcome', 'served');
begin
  if how not in ('served', 'left-serving') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "outcome"}');
  end if;
  update desk.ticket h
  set state = 'done', outcome = how, finished = c.at,
      held_for = h.held_for + coalesce (greatest (c.at - h.held_at, '0'), '0'), held_at = null
  where h.id = t.id returning * into t;
  perform desk.note (c, 'ticket', t.id, how, args ->> 'reason');
  return desk.ticket_json (c, t);
end $$;

select desk.expose ('command', 'ticket_issue', '{clerk,supervisor,kiosk}', true),
       desk.expose ('command', 'ticket_call_next', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_recall', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_no_show', '{clerk,supervisor}', true),
       desk.expose ('command', 'ticket_return', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_hold', '{clerk,supervisor}', true),
       desk.expose ('command', 'ticket_resume', '{clerk,supervisor}', true),
       desk.expose ('command', 'ticket_finish', '{clerk,supervisor}', true);
