-- line.sql: the line before a counter, in one place: who is next there. (Who can serve what: ability.sql.)
-- due = later (arrival, booked time) − credit (priority class); the smallest due goes first, and nobody
-- passes over it. Credits are bounded by an hour, so whoever waits an hour longer than another is before him.
set role janela_owner;

-- Services that cannot be given now, of these.
create or replace function desk.suspended_of (at_branch text, codes text[])
returns text[] language plpgsql stable as $$
begin
  if not exists (select from desk.suspension s where s.branch in (at_branch, '*') and s.lifted_at is null) then
    return '{}';
  end if;
  return array (select u.code from unnest (codes) u (code)
                where exists (select from desk.suspension s, unnest (s.services) p (pattern)
                              where s.branch in (at_branch, '*') and s.lifted_at is null and u.code like p.pattern)
                order by 1);
end $$;

-- The lock that a counter's connection holds as long as it lives (sessions.sql).
create or replace function desk.counter_lock (at_branch text, at_counter int)
returns bigint language sql immutable as $$ select hashtextextended ('counter:' || at_branch || ':' || at_counter, 0) $$;

-- The counters that somebody works at: a session that still holds its counter.
create or replace function desk.staffed_counters (at_branch text)
returns table (counter int, login text, session uuid, state text) language sql stable as $$
  select s.counter, s.login, s.id, s.state from desk.session s
  where s.branch = at_branch and s.closed_at is null and s.counter is not null
    and exists (select from pg_locks l
                where l.locktype = 'advisory' and l.objsubid = 1 and l.granted and l.pid = s.pid
                  and l.classid::bigint << 32 | l.objid::bigint = desk.counter_lock (s.branch, s.counter))
$$;

-- Those that are open now.
create or replace function desk.open_counters (at_branch text)
returns table (counter int, login text) language sql stable as $$
  select s.counter, s.login from desk.staffed_counters (at_branch) s where s.state = 'open'
$$;

-- For each kind of work, how much of it each open counter can serve; suspended services are nobody's.
create or replace function desk.open_ability (at_branch text, on_day date, codes text[])
returns table (counter int, services text[]) language sql stable as $$
  select k.counter, array_agg (s.service)
  from desk.open_counters (at_branch) k
  cross join lateral desk.servable (at_branch, k.counter, k.login, on_day, codes) s
  where s.service <> all (desk.suspended_of (at_branch, codes))
  group by k.counter
$$;

-- The heads of the line: the first of each kind of work, one index descent each, however many wait.
-- Those who were sent to a counter or a person, and those who only leave papers, stand beside it.
create or replace function desk.heads (at_branch text)
returns table (kind text, services text[], due timestamptz, id uuid, number text) language sql stable as $$
  with recursive head as (
    (select t.kind, t.services, t.due, t.id, t.number from desk.ticket t
     where t.branch = at_branch and t.state = 'waiting' and not t.directed
     order by t.kind, t.due, t.id limit 1)
    union all
    select n.kind, n.services, n.due, n.id, n.number
    from head h
    cross join lateral (select t.kind, t.services, t.due, t.id, t.number from desk.ticket t
                        where t.branch = at_branch and t.state = 'waiting' and not t.directed and t.kind > h.kind
                        order by t.kind, t.due, t.id limit 1) n)
  select h.kind, h.services, h.due, h.id, h.number from head h
$$;

-- The first 50 of one kind.
create or replace function desk.kind_line (at_branch text, of_kind text)
returns setof desk.ticket language sql stable as $$
  select t.* from desk.ticket t
  where t.branch = at_branch and t.state = 'waiting' and not t.directed and t.kind = of_kind
  order by t.due, t.id limit 50
$$;

-- One window: who cannot serve all of a kind leaves it to an open counter that can serve more of it.
create or replace function desk.leaves_to_others (c desk.call, kind text[], can int)
returns boolean language plpgsql stable as $$
begin
  return exists (select from desk.open_ability (c.branch, c.day, kind) o
                 where o.counter <> c.counter and cardinality (o.services) > can);
end $$;

-- A ticket that was sent to a counter or a person is theirs while they work; else it is everybody's. Who came
-- along is nobody's before the one whom he follows.
create or replace function desk.is_directed_here (c desk.call, t desk.ticket)
returns boolean language plpgsql stable as $$
begin
  if t.follows is not null and exists (select from desk.ticket h where h.id = t.follows and h.state in ('waiting', 'expected')) then
    return false;
  elsif t.for_counter is null and t.for_login is null or t.for_counter = c.counter or t.for_login = c.login then
    return true;
  end if;
  return not exists (select from desk.staffed_counters (c.branch) k
                     where (k.counter = t.for_counter or k.login = t.for_login) and k.state <> 'closed');
end $$;

-- Whether a kind of work is this counter's: all of it, or as much as anybody open can serve.
create or replace function desk.is_mine (c desk.call, kind text[], able jsonb)
returns boolean language plpgsql stable as $$
begin
  return able ?& kind
         or able ?| kind and not desk.leaves_to_others (c, kind, (select count (*)::int from unnest (kind) u (code) where able ? u.code));
end $$;

-- The best rank of a kind of work at this counter.
create or replace function desk.rank_of (kind text[], able jsonb)
returns int language plpgsql immutable as $$
declare
  best int;
begin
  for n in 1 .. cardinality (kind) loop
    best := least (best, (able ->> kind[n])::int);
  end loop;
  return best;
end $$;

-- The next ticket for this counter, which can give these services now (ability.sql): the first head in line that is this
-- counter's, of those due at the same time the one of the best rank; before it who was sent here and is due then. The
-- caller holds the branch's lock, or only looks.
create or replace function desk.next_ticket (c desk.call, able jsonb)
returns uuid language plpgsql stable as $$
declare
  h record;
  best uuid;
  best_due timestamptz;
  best_rank int;
  rank int;
begin
  for h in
    select x.id, x.services, x.due, x.number, false as directed from desk.heads (c.branch) x where able ?| x.services
    union all
    select o.id, o.services, o.due, o.number, true from desk.ticket o where o.branch = c.branch and o.state = 'waiting' and o.directed
    order by due, directed desc, number
  loop
    exit when best is not null and h.due > best_due;
    if h.directed then
      continue when not (select desk.is_for_me (c, o) from desk.ticket o where o.id = h.id);
      return h.id;
    end if;
    continue when not (able ?& h.services or desk.is_mine (c, h.services, able)); -- most are whole, and need no function
    rank := desk.rank_of (h.services, able);
    if best is null or rank < best_rank then
      best := h.id;
      best_due := h.due;
      best_rank := rank;
    end if;
  end loop;
  return best;
end $$;

-- A directed ticket: sent here, and something of it can be served; papers are taken by who knows the service.
create or replace function desk.is_for_me (c desk.call, t desk.ticket)
returns boolean language plpgsql stable as $$
begin
  return desk.is_directed_here (c, t)
         and case when t.leave_papers then desk.able (c, t.services) else desk.able_now (c, t.services) end ?| t.services;
end $$;

-- One at a time calls in a branch: thousands a second, where less than one is needed. SKIP LOCKED
-- would pass over a better ticket in 6 to 63 % of calls.
create or replace function desk.lock_queue (at_branch text)
returns void language sql as $$
  select pg_advisory_xact_lock (hashtextextended ('queue:' || at_branch, 0))
$$;

create or replace function desk.due_of (at_branch text, class text, arrived timestamptz, booked timestamptz)
returns timestamptz language sql stable as $$
  select greatest (arrived, booked)
         - coalesce ((select p.credit from desk.priority p where p.branch = at_branch and p.class = due_of.class), '0')
$$;

-- The letter before the number: that of the zone whose counters serve this best, and are most.
create or replace function desk.ticket_prefix (at_branch text, of_event text, codes text[])
returns text language sql stable as $$
  select g.prefix
  from (select z.prefix, k.profile, count (*) as counters
        from desk.counter k join desk.zone z on z.branch = k.branch and z.code = k.zone and z.prefix is not null
        where k.branch = at_branch group by 1, 2) g
  cross join lateral (
    select min (m.rank) as rank from desk.profile_match m
    left join desk.service s on s.code = codes[1]
    where m.branch = at_branch and m.profile = g.profile
      and (m.kind = 'event' and of_event like m.pattern
           or of_event is null
              and (m.kind = 'service' and codes[1] like m.pattern
                   or m.kind = 'department'
                      and lower (coalesce (s.department, split_part (codes[1], '-', 1))) like m.pattern))) r
  where r.rank is not null
  group by g.prefix order by min (r.rank), sum (g.counters) desc, g.prefix limit 1
$$;

-- While the branch is locked nothing is issued, called or submitted.
create or replace function desk.refuse_emergency (at_branch text)
returns void language plpgsql stable as $$
begin
  if exists (select from desk.emergency e where e.branch = at_branch and e.ended_at is null) then
    perform desk.fail ('conflict', 'emergency');
  end if;
end $$;
