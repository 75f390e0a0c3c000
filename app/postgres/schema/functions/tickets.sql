-- tickets.sql: a ticket's own steps at the counter: issued, called, recalled, on hold, finished. Each is
-- an event (fold.sql); who is next stands in line.sql.
set role janela_owner;

-- The ticket as this counter sees it: what of it can be served here, which the caller may know already.
create or replace function desk.ticket_json (c desk.call, t desk.ticket)
returns jsonb language plpgsql stable as $$
declare
  suspended text[] := '{}';
  unserved text[] := '{}';
  able jsonb;
begin
  if t.state <> 'done' then
    suspended := desk.suspended_of (t.branch, t.services);
    if c.counter is not null then
      able := desk.able (c, t.services);
      unserved := array (select u.code from unnest (t.services) u (code)
                         where u.code <> all (t.done) and (not able ? u.code or u.code = any (suspended) and not t.leave_papers)
                         order by 1);
    end if;
  end if;
  return desk.ticket_fields (t, desk.zone_of (t.branch, t.counter), suspended, unserved);
end $$;

-- The same, where it is known already where its counter is, what of it is suspended, and what this counter cannot serve.
create or replace function desk.ticket_fields (t desk.ticket, zone jsonb, suspended text[] default '{}', unserved text[] default '{}')
returns jsonb language plpgsql stable as $$
begin
  if t.id is null then
    return null;
  end if;
  return jsonb_build_object (
      'id', t.id, 'number', t.number, 'leg', t.leg, 'state', t.state, 'outcome', t.outcome, 'event', t.event,
      'services', to_jsonb (t.services), 'done', to_jsonb (t.done), 'priority', t.priority, 'language', t.language,
      'channel', t.channel, 'companions', t.companions, 'arrived', case when t.state <> 'expected' then t.arrived end,
      'booked', t.booked, 'due', t.due, 'called', t.called, 'last_called', t.last_called, 'at_desk', t.at_desk,
      'held_s', extract (epoch from t.held_for)::int, 'finished', t.finished,
      'counter', t.counter, 'zone', zone, 'login', t.login, 'recalls', t.recalls,
      'reprints', t.reprints, 'visit', t.visit, 'parent', t.parent,
      'directed', case when t.for_counter is not null or t.for_login is not null
                       then jsonb_build_object ('counter', t.for_counter, 'login', t.for_login) end,
      'expected_until', t.expected_until, 'whole', unserved = '{}', 'unserved', to_jsonb (unserved),
      'suspended', to_jsonb (suspended), 'leave_papers', t.leave_papers, 'pick_up', t.pick_up, 'missing', to_jsonb (t.missing),
      'with', case when t.party is not null then desk.party_numbers (t) end, 'note', t.note);
end $$;

-- The numbers of those who came along with this one and are not done yet.
create or replace function desk.party_numbers (t desk.ticket)
returns jsonb language plpgsql stable as $$
begin
  return (select coalesce (jsonb_agg (o.number order by o.number), '[]') from desk.ticket o
          where o.branch = t.branch and o.day = t.day and o.party = t.party and o.id <> t.id and o.state <> 'done');
end $$;

create or replace function desk.zone_of (at_branch text, at_counter int)
returns jsonb language plpgsql stable as $$
begin
  if at_counter is null then
    return null;
  end if;
  return (select jsonb_build_object ('code', z.code, 'names', z.names)
          from desk.counter k join desk.zone z on z.branch = k.branch and z.code = k.zone
          where k.branch = at_branch and k.number = at_counter);
end $$;

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

-- What those who came along want: [{services, note}].
create or replace function desk.companion_services (companions jsonb)
returns text[] language sql immutable as $$
  select coalesce (array_agg (s.code), '{}')
  from jsonb_array_elements (case jsonb_typeof (companions) when 'array' then companions else '[]' end) k,
       unnest (desk.words (k -> 'services')) s (code)
$$;

-- What a receipt has results of. The seal, where it was scanned, is the one that was given out; nobody is
-- sent for a result that is not there.
create or replace function desk.pick_up_services (c desk.call, args jsonb)
returns text[] language plpgsql stable as $$
declare
  r desk.receipt;
  ready text[];
begin
  select h.* into r from desk.receipt h where h.branch = c.branch and h.no = args ->> 'pick_up';
  if not found then
    perform desk.fail ('not-found', 'no-receipt');
  elsif args ->> 'seal' <> r.seal then
    perform desk.fail ('rejected', 'receipt-tampered');
  end if;
  ready := array (select a.service from desk.application a where a.visit = r.visit and a.state = 'decided' order by a.no);
  if ready = '{}' then
    perform desk.fail ('conflict', 'results-not-ready', null, jsonb_build_object ('day', r.pick_up));
  end if;
  return ready;
end $$;

-- Services, companions, priority and language of the arguments, checked.
create or replace function desk.ticket_wanted (c desk.call, args jsonb)
returns desk.ticket language plpgsql stable as $$
declare
  t desk.ticket;
  named text[] := desk.words (args -> 'services');
  language text := coalesce (args ->> 'language', 'zh-Hant');
begin
  t.event := args ->> 'event';
  if named = '{}' and t.event is null and args ? 'pick_up' then
    named := desk.pick_up_services (c, args);
  end if;
  t.pick_up := args ->> 'pick_up';
  t.services := desk.ticket_services (t.event, named);
  t.companions := coalesce (nullif (args -> 'companions', 'null'), '[]');
  t.services := desk.ticket_services (null, t.services || desk.companion_services (t.companions));
  t.priority := coalesce (args ->> 'priority', 'none');
  t.note := coalesce (args ->> 'note', '');
  if not exists (select from desk.priority p where p.branch = c.branch and p.class = t.priority) then
    perform desk.fail ('rejected', 'unknown-priority', null, jsonb_build_object ('priority', t.priority));
  elsif language not in ('zh-Hant', 'pt', 'en') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "language"}');
  end if;
  t.language := language;
  return t;
end $$;

-- Three digits, and more where a day needs them: lpad alone would cut.
create or replace function desk.numbered (prefix text, n bigint)
returns text language sql immutable as $$
  select prefix || lpad (n::text, greatest (3, length (n::text)), '0')
$$;

-- A new number of its letter. The series' row is locked until the end: ask last.
create or replace function desk.ticket_number (c desk.call, t desk.ticket, on_day date)
returns text language plpgsql as $$
declare
  prefix text := coalesce (desk.ticket_prefix (c.branch, t.event, t.services), 'Z');
begin
  return desk.numbered (prefix, desk.next_number (c.branch, 'ticket:' || prefix, on_day::text));
end $$;

-- Those who came along and need something else have numbers of their own: of one party, one due after the other.
create or replace function desk.ticket_party (c desk.call, t desk.ticket, companions jsonb)
returns jsonb language plpgsql as $$
declare
  k desk.ticket;
  companion jsonb;
  answer jsonb := '[]';
begin
  for companion in select a.value from jsonb_array_elements (companions) a loop
    k := desk.ticket_wanted (c, companion || jsonb_build_object ('priority', t.priority, 'language', coalesce (companion ->> 'language', t.language)));
    perform desk.refuse_cap (c.branch, c.day, k.services);
    k.channel := t.channel;
    k.party := t.party;
    k.follows := t.id;
    k.due := t.due + (jsonb_array_length (answer) + 1) * interval '1 millisecond'; -- after whom he came with
    k.number := desk.ticket_number (c, k, c.day);
    k := desk.ticket_begin (c, k);
    answer := answer || desk.ticket_json (c, k);
  end loop;
  return answer;
end $$;

-- A companion with own: true gets a number of his own; the others' services are the ticket's. One family at a time: each takes
-- numbers of several letters, in an order of its own.
create or replace function desk.ticket_issue (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket;
  along jsonb := case jsonb_typeof (args -> 'companions') when 'array' then args -> 'companions' else '[]' end;
  apart jsonb := jsonb_path_query_array (along, '$[*] ? (@.own == true)');
  party jsonb;
  channel text := case when c.role = 'kiosk' then 'kiosk' else coalesce (args ->> 'channel', 'clerk') end;
begin
  perform desk.need_session (c);
  perform desk.refuse_emergency (c.branch);
  t := desk.ticket_wanted (c, args || jsonb_build_object ('companions', jsonb_path_query_array (along, '$[*] ? (!(@.own == true))')));
  if channel not in ('clerk', 'kiosk') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "channel"}');
  end if;
  t.channel := channel;
  perform desk.refuse_cap (c.branch, c.day, t.services);
  t.due := desk.due_of (c.branch, t.priority, c.at, null);
  if apart <> '[]' then
    perform pg_advisory_xact_lock (hashtextextended ('party:' || c.branch, 0));
    t.party := gen_random_uuid ();
  end if;
  t.number := desk.ticket_number (c, t, c.day);
  t := desk.ticket_begin (c, t);
  party := desk.ticket_party (c, t, apart);
  return desk.ticket_json (c, t) || case when t.party is not null then jsonb_build_object ('party', party) else '{}' end;
end $$;

-- Who came together is served together: nobody calls a follower before the one he follows (is_directed_here).
-- Then those who can be served at that counter are next there, or anybody's when it closes; the others are
-- in line like everybody.
create or replace function desk.party_follow (c desk.call, t desk.ticket)
returns void language plpgsql as $$
declare
  o desk.ticket;
begin
  if t.party is null then
    return;
  end if;
  for o in
    select h.* from desk.ticket h
    where h.branch = t.branch and h.party = t.party and h.state = 'waiting' and h.for_login is null
      and h.for_counter is distinct from c.counter order by h.number for update
  loop
    if desk.able_now (c, o.services) ?| o.services then
      perform desk.ticket_do (c, o, 'routed', 'came-together', jsonb_build_object ('for_counter', c.counter));
    elsif o.follows is not null then
      perform desk.ticket_do (c, o, 'routed', 'came-together', '{"follows": null}');
    end if;
  end loop;
end $$;

-- The ticket named in the arguments, locked, in one of these states. Who is at a desk is that clerk's, or
-- a supervisor's; who was there, too.
create or replace function desk.ticket_in (c desk.call, args jsonb, variadic states text[])
returns desk.ticket language plpgsql as $$
declare
  wanted uuid := desk.want_uuid (args, 'ticket'); -- also where no row is looked at
  allowed text := desk.need_session (c);
  t desk.ticket;
begin
  select * into t from desk.ticket where id = wanted and branch = c.branch for update;
  if not found then
    perform desk.fail ('not-found', 'no-ticket');
  elsif t.state <> all (states) then
    perform desk.fail ('conflict', 'ticket-not-' || states[1], null,
                       jsonb_build_object ('state', t.state, 'counter', t.counter));
  elsif t.state not in ('waiting', 'expected') and t.login is distinct from c.login and c.role <> 'supervisor' then
    perform desk.fail ('denied', 'not-your-ticket', null, jsonb_build_object ('counter', t.counter));
  end if;
  return t;
end $$;

create or replace function desk.refuse_second (c desk.call)
returns void language plpgsql stable as $$
begin
  if exists (select from desk.ticket h where h.branch = c.branch and h.login = c.login
                                         and h.state in ('called', 'serving')) then
    perform desk.fail ('conflict', 'has-ticket');
  end if;
end $$;

-- Who calls sits at a counter that is open, in a branch that is not locked, and has nobody yet. (Both are asked for at once:
-- what costs is the start of a statement.)
create or replace function desk.refuse_call (c desk.call)
returns void language plpgsql stable as $$
declare
  has_one boolean;
  locked boolean;
begin
  if c.session is null then
    perform desk.need_session (c);
  elsif c.counter is null then
    perform desk.fail ('denied', 'no-counter');
  end if;
  select exists (select from desk.ticket h where h.branch = c.branch and h.login = c.login and h.state in ('called', 'serving')),
         exists (select from desk.emergency e where e.branch = c.branch and e.ended_at is null)
    into has_one, locked;
  if has_one then
    perform desk.refuse_second (c);
  elsif locked then
    perform desk.refuse_emergency (c.branch);
  elsif c.state <> 'open' then
    perform desk.fail ('conflict', 'counter-paused', null, jsonb_build_object ('state', c.state));
  end if;
end $$;

-- The best one. It is read again under its own lock: reception may have cancelled it meanwhile. Who may call is asked under the
-- branch's lock: before it an emergency might begin, or the same person be given one at another counter. It is asked together
-- with the ticket, as while one holds the lock all others wait; refuse_call says what it was.
create or replace function desk.ticket_call_next (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  able jsonb := desk.ability_now (c);
  zone jsonb := desk.zone_of (c.branch, c.counter);
  locked text := desk.lock_queue (c.branch);
  next uuid;
  best record;
  t desk.ticket;
begin
  loop
    next := desk.next_ticket (c, able);
    if next is null then
      perform desk.refuse_call (c);
      return '{"ticket": null}';
    end if;
    select w as ticket,
           exists (select from desk.ticket h where h.branch = c.branch and h.login = c.login and h.state in ('called', 'serving'))
           or exists (select from desk.emergency e where e.branch = c.branch and e.ended_at is null) as refused
      into best
    from desk.ticket w where w.id = next and w.state = 'waiting' for update of w;
    exit when found;
  end loop;
  if best.refused or c.state <> 'open' then
    perform desk.refuse_call (c);
  end if;
  t := best.ticket;
  t := desk.ticket_do (c, t, 'called');
  if t.party is not null then
    perform desk.party_follow (c, t);
  end if;
  return jsonb_build_object ('ticket', case when able ?& t.services then desk.ticket_fields (t, zone) else desk.ticket_json (c, t) end);
end $$;

create or replace function desk.ticket_call (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket;
begin
  perform desk.lock_queue (c.branch);
  perform desk.refuse_call (c);
  perform desk.want (args, 'reason');
  t := desk.ticket_in (c, args, 'waiting');
  if not desk.able (c, t.services) ?| t.services then
    perform desk.fail ('denied', 'not-servable');
  end if;
  t := desk.ticket_do (c, t, 'called', args ->> 'reason', '{"chosen": true}');
  perform desk.party_follow (c, t);
  return desk.ticket_json (c, t);
end $$;

create or replace function desk.ticket_recall (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'called');
  wait interval := t.last_called + (select recall_gap from desk.branch where code = c.branch) - c.at;
begin
  perform desk.refuse_emergency (c.branch);
  if wait > '0' then
    perform desk.fail ('conflict', 'recall-too-soon', null,
                       jsonb_build_object ('wait_s', ceil (extract (epoch from wait))::int));
  end if;
  return desk.ticket_json (c, desk.ticket_do (c, t, 'recalled'));
end $$;

-- A pause that was asked for "after this visit" begins when the desk is free, whoever has freed it.
create or replace function desk.desk_free (c desk.call)
returns void language plpgsql as $$
declare
  s desk.session;
begin
  for s in
    update desk.session h
    set state = h.next_state, state_reason = h.next_reason, state_since = c.at, next_state = null, next_reason = null
    where h.branch = c.branch and h.closed_at is null and h.counter is not null and h.next_state is not null
      and not exists (select from desk.ticket t where t.branch = h.branch and t.login = h.login and t.state in ('called', 'serving'))
    returning h.*
  loop
    perform desk.note (c, 'counter', s.id, s.state, s.state_reason, '{"after_visit": true}');
  end loop;
end $$;

-- Not come: done. Put back once at its old due time by ticket_return.
create or replace function desk.ticket_no_show (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'called');
  least_recalls int := (select b.least_recalls from desk.branch b where b.code = c.branch);
  freed text;
begin
  if t.recalls < least_recalls and c.offline_grant is null then
    perform desk.fail ('conflict', 'recall-first', null, jsonb_build_object ('recalls', least_recalls));
  end if;
  t := desk.ticket_do (c, t, 'no-show', args ->> 'reason');
  freed := desk.desk_free (c);
  return desk.ticket_fields (t, desk.zone_of (t.branch, t.counter));
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
  t := desk.ticket_do (c, t, 'returned', args ->> 'reason');
  perform desk.desk_free (c);
  return desk.ticket_json (c, t);
end $$;

create or replace function desk.ticket_hold (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
begin
  return desk.ticket_json (c, desk.ticket_do (c, desk.ticket_in (c, args, 'serving'), 'held', args ->> 'reason'));
end $$;

create or replace function desk.ticket_resume (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  locked text := desk.lock_queue (c.branch);     -- nobody is called to him meanwhile
  t desk.ticket := desk.ticket_in (c, args, 'held');
begin
  perform desk.refuse_second (c);
  t := desk.ticket_do (c, t, 'resumed', args ->> 'reason');
  update desk.visit v set login = c.login, counter = c.counter
  where v.id = t.visit and v.submitted_at is null and v.login <> c.login;
  return desk.ticket_json (c, t);
end $$;

-- What could not be served here waits on, as the next leg of its number, unless the clerk says that
-- nothing is left, or it was applied for all the same.
create or replace function desk.ticket_rest (c desk.call, t desk.ticket)
returns text[] language plpgsql stable as $$
declare
  able jsonb := desk.able (c, t.services);
begin
  if c.counter is null or t.channel in ('phone', 'mail') then
    return '{}';
  end if;
  return array (select u.code from unnest (t.services) u (code)
                where u.code <> all (t.done) and not able ? u.code
                  and not exists (select from desk.application a where a.visit = t.visit and a.service = u.code)
                order by 1);
end $$;

create or replace function desk.ticket_finish (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket;
  wanted uuid := desk.want_uuid (args, 'ticket');
  how text := coalesce (args ->> 'outcome', 'served');
  rest text[] := '{}';
  next desk.ticket;
begin
  if c.offline_grant is not null then              -- he ended it already, and the answer was lost with the line
    select * into t from desk.ticket h
    where h.id = wanted and h.branch = c.branch and h.login = c.login and h.state = 'done' and h.outcome = how;
    if found then
      return desk.ticket_json (c, t) || '{"rest": null}';
    end if;
  end if;
  t := desk.ticket_in (c, args, 'serving', 'held');
  if how not in ('served', 'left-serving') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "outcome"}');
  end if;
  if how = 'served' and coalesce (args ->> 'rest', 'queue') <> 'none' then
    rest := desk.ticket_rest (c, t);
  end if;
  t := desk.ticket_do (c, t, how, args ->> 'reason', case when rest <> '{}' then jsonb_build_object ('rest', rest) end);
  if rest <> '{}' then
    next := desk.next_leg (c, t, rest, null);
  end if;
  perform desk.desk_free (c);
  return desk.ticket_json (c, t) || jsonb_build_object ('rest', desk.ticket_json (c, next));
end $$;

select desk.expose ('command', 'ticket_issue', '{clerk,supervisor,kiosk}', true),
       desk.expose ('command', 'ticket_call_next', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_call', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_recall', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_no_show', '{clerk,supervisor}', true),
       desk.expose ('command', 'ticket_return', '{clerk,supervisor}'),
       desk.expose ('command', 'ticket_hold', '{clerk,supervisor}', true),
       desk.expose ('command', 'ticket_resume', '{clerk,supervisor}', true),
       desk.expose ('command', 'ticket_finish', '{clerk,supervisor}', true);
