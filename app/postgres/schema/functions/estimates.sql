-- estimates.sql: what a new ticket would have to wait: from the work ahead, the open counters that can
-- take it, and how long such work took lately; as a p50 and a p90.
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

-- Seconds from the call until the desk is free again, of who arrived in the branch's last three hours; where
-- fewer than five are served, of the last ten days; where that is too few, ten minutes.
create or replace function desk.service_times (at_branch text, at timestamptz, out mean float8, out variance float8)
language plpgsql stable as $$
declare
  n int;
begin
  foreach n in array '{3,240}'::int[] loop
    select avg (x.s), coalesce (var_samp (x.s), 0) into mean, variance
    from (select extract (epoch from t.finished - t.last_called - t.held_for) as s from desk.ticket t
          where t.branch = at_branch and t.arrived > at - make_interval (hours => n) and t.outcome = 'served'
            and t.channel not in ('phone', 'mail')
          order by t.arrived desc limit 500) x
    having count (*) >= 5;
    exit when mean is not null;
  end loop;
  mean := coalesce (mean, 600);
  variance := coalesce (variance, 360 * 360);
end $$;

-- The line ahead of a due time, as work for these counters: a ticket that others can take as well counts
-- for a part only. One row a kind of work.
create or replace function desk.work_ahead (at_branch text, on_day date, before timestamptz, counters int[], out tickets int, out share float8)
language plpgsql stable as $$
declare
  kind record;
  open_now int;
  ours int;
begin
  tickets := 0;
  share := 0;
  for kind in
    select t.services, count (*) as n from desk.ticket t
    where t.branch = at_branch and t.state = 'waiting' and t.due <= before group by t.services
  loop
    select count (*), count (*) filter (where o.counter = any (counters)) into open_now, ours
    from desk.open_ability (at_branch, on_day, kind.services) o
    where cardinality (o.services) = cardinality (kind.services);
    if ours > 0 then
      tickets := tickets + kind.n;
      share := share + kind.n * ours::float8 / open_now;
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

-- k counters side by side work off the share ahead; those that are busy are half through on average.
create or replace function desk.estimate (c desk.call, codes text[], due timestamptz)
returns jsonb language plpgsql stable as $$
declare
  k record;
  ahead record;
  times record;
  busy int;
  mean float8;
  variance float8;
begin
  select f.counters, f.whole into k from desk.counters_for (c.branch, c.day, codes) f;
  select * into ahead from desk.work_ahead (c.branch, c.day, due, k.counters);
  select * into times from desk.service_times (c.branch, c.at);
  select count (distinct t.counter) into busy from desk.ticket t
  where t.branch = c.branch and t.state in ('called', 'serving') and t.counter = any (k.counters);
  if cardinality (k.counters) > 0 and (ahead.share >= 1 or busy = cardinality (k.counters)) then
    mean := (ahead.share + busy * 0.5) * times.mean / cardinality (k.counters);
    variance := (ahead.share * times.variance + busy * times.mean ^ 2 / 12) / cardinality (k.counters) ^ 2;
  elsif cardinality (k.counters) > 0 then
    mean := 0;
    variance := 0;
  end if;
  return jsonb_build_object (
    'p50_s', desk.gamma_quantile (mean, variance, 0)::int, 'p90_s', desk.gamma_quantile (mean, variance, 1.2816)::int,
    'ahead', ahead.tickets, 'counters', cardinality (k.counters), 'whole', k.whole);
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
