-- estimates.sql: what a new ticket would have to wait: from the work ahead, the open counters that can
-- take it, and how long each kind of that work took lately; as a p50 and a p90.
--
-- How long a kind of work takes is taken from those served before, the closest that at least five are known of:
-- the same services in the last three hours, the same in ten days; their group in three hours, in ten days; the
-- branch in three hours, in ten days; else ten minutes. "Three hours": who arrived in them.
set role janela_owner;

-- A quantile of a sum of independent times, taken as gamma-distributed (Wilson and Hilferty's
-- approximation): never negative, skewed as waits are.
create or replace function desk.gamma_quantile (mean float8, variance float8, z float8)
returns float8 language sql immutable as $$
  select case
    when mean <= 0 then 0
    when variance <= 0 then mean
    else mean * greatest (1 - variance / (9 * mean * mean) + z * sqrt (variance) / (3 * mean), 0) ^ 3
  end
$$;

-- Seconds from the call until the desk is free again, of the last thousand served; those of the last hours apart.
create or replace function desk.served_times (at_branch text, at timestamptz)
returns table (services text[], service_group text, recent boolean, seconds float8) language sql stable as $$
  with served as materialized (
         select t.services, t.arrived, extract (epoch from t.finished - t.last_called - t.held_for)::float8 as seconds
         from desk.ticket t
         where t.branch = at_branch and t.arrived > at - interval '10 days' and t.outcome = 'served' and t.channel not in ('phone', 'mail')
         order by t.arrived desc limit 1000),
       kind as materialized (select k.services, desk.group_of (k.services) as service_group from (select distinct s.services from served s) k)
  select s.services, k.service_group, s.arrived > at - interval '3 hours', s.seconds from served s join kind k using (services)
$$;

-- Mean and variance of each kind, group and of the branch, where five are known; the lowest level is the closest.
create or replace function desk.work_times (at_branch text, at timestamptz)
returns table (level int, services text[], service_group text, mean float8, variance float8) language sql stable as $$
  select case when grouping (s.services) = 0 then 1 when grouping (s.service_group) = 0 then 3 else 5 end + grouping (s.recent),
         s.services, s.service_group, avg (s.seconds), var_samp (s.seconds)
  from desk.served_times (at_branch, at) s
  group by grouping sets ((s.services, s.recent), (s.services), (s.service_group, s.recent), (s.service_group), (s.recent), ())
  having count (*) >= 5 and (grouping (s.recent) = 1 or s.recent)
$$;

-- The work of a branch by kind: what waits before a due time, and what is at these counters; with its times.
create or replace function desk.work_kinds (at_branch text, at timestamptz, before timestamptz, counters int[])
returns table (services text[], at_desk boolean, n int, mean float8, variance float8) language sql stable as $$
  with times as materialized (select w.* from desk.work_times (at_branch, at) w),
       kind as (select t.services, t.state <> 'waiting' as at_desk, count (*)::int as n from desk.ticket t
                where t.branch = at_branch
                  and (t.state = 'waiting' and t.due <= before or t.state in ('called', 'serving') and t.counter = any (counters))
                group by 1, 2)
  select k.services, k.at_desk, k.n, coalesce (w.mean, 600), coalesce (w.variance, 360 * 360)
  from kind k
  left join lateral (select m.mean, m.variance from times m
                     where case when m.level <= 2 then m.services = k.services
                                when m.level <= 4 then m.service_group = desk.group_of (k.services)
                                else true end
                     order by m.level limit 1) w on true
$$;

-- The work ahead of a due time for these counters, in seconds of one desk. A ticket that others can take as well
-- counts for a part only; who sits at a desk is half through on average.
create or replace function desk.work_ahead (at_branch text, on_day date, at timestamptz, before timestamptz, counters int[],
                                            out tickets int, out share float8, out busy int, out mean float8, out variance float8)
language plpgsql stable as $$
declare
  kind record;
  open_now int;
  ours int;
  part float8;
begin
  tickets := 0;
  share := 0;
  busy := 0;
  mean := 0;
  variance := 0;
  for kind in select k.* from desk.work_kinds (at_branch, at, before, counters) k loop
    if kind.at_desk then
      busy := busy + kind.n;
      mean := mean + kind.n * kind.mean / 2;
      variance := variance + kind.n * kind.mean ^ 2 / 12;
      continue;
    end if;
    select count (*), count (*) filter (where o.counter = any (counters)) into open_now, ours
    from desk.open_ability (at_branch, on_day, kind.services) o
    where cardinality (o.services) = cardinality (kind.services);
    if ours > 0 then
      part := kind.n * ours::float8 / open_now;
      tickets := tickets + kind.n;
      share := share + part;
      mean := mean + part * kind.mean;
      variance := variance + part * kind.variance;
    end if;
  end loop;
end $$;

-- The open counters that would take it: all of it if any can, else most of it.
create or replace function desk.counters_for (at_branch text, on_day date, codes text[], out counters int[], out whole boolean)
language sql stable as $$
  select coalesce (array_agg (o.counter order by o.counter) filter (where o.n = o.most), '{}'), coalesce (max (o.n) = cardinality (codes), false)
  from (select a.counter, cardinality (a.services) as n, max (cardinality (a.services)) over () as most
        from desk.open_ability (at_branch, on_day, codes) a) o
$$;

-- k counters side by side work off what is ahead.
create or replace function desk.estimate (c desk.call, codes text[], due timestamptz)
returns jsonb language plpgsql stable as $$
declare
  k record;
  ahead record;
  n int;
  mean float8;
  variance float8;
begin
  select f.counters, f.whole into k from desk.counters_for (c.branch, c.day, codes) f;
  n := cardinality (k.counters);
  select * into ahead from desk.work_ahead (c.branch, c.day, c.at, due, k.counters);
  if n > 0 and (ahead.share >= 1 or ahead.busy >= n) then
    mean := ahead.mean / n;
    variance := ahead.variance / n ^ 2;
  elsif n > 0 then
    mean := 0;
    variance := 0;
  end if;
  return jsonb_build_object (
    'p50_s', desk.gamma_quantile (mean, variance, 0)::int, 'p90_s', desk.gamma_quantile (mean, variance, 1.2816)::int,
    'ahead', ahead.tickets, 'counters', n, 'whole', k.whole);
end $$;

create or replace function desk.wait_estimate (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  t desk.ticket;
begin
  perform desk.need_session (c);
  t := desk.ticket_wanted (c, args);
  return desk.estimate (c, t.services, desk.due_of (c.branch, t.priority, c.at, null))
         || jsonb_build_object ('suspended', desk.suspended_of (c.branch, t.services),
                                'cap', desk.cap_json (c.branch, c.day, t.services));
end $$;

select desk.expose ('query', 'wait_estimate', '{clerk,supervisor,kiosk}');
