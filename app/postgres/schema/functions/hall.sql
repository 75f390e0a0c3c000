-- hall.sql: what a supervisor and the board see of a hall now, and what he changes in it. What is read here
-- is the day's, by indexes on branch and day: history costs nothing.
set role janela_owner;

-- A group's own promise of how long one waits, else the branch's.
create or replace function desk.pledge_of (at_branch text, codes text[])
returns interval language plpgsql stable as $$
begin
  return coalesce ((select make_interval (secs => (s.meta ->> 'wait_pledge_s')::int) from desk.service s where s.code = codes[1]),
                   (select b.wait_pledge from desk.branch b where b.code = at_branch));
end $$;

-- Groups, names and pledges of the kinds of work of these days' tickets: looked up once a kind.
create or replace function desk.kinds_of_day (at_branch text, on_day date)
returns table (services text[], service_group text, names jsonb, pledge interval) language sql stable as $$
  select k.services, coalesce (s.meta ->> 'group', 'other'), s.meta -> 'group_names', desk.pledge_of (at_branch, k.services)
  from (select distinct t.services from desk.ticket t where t.branch = at_branch and t.day = on_day) k
  left join desk.service s on s.code = k.services[1]
$$;

create or replace function desk.hall_figures (c desk.call)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'waiting', count (*) filter (where t.state = 'waiting'), 'called', count (*) filter (where t.state = 'called'),
    'serving', count (*) filter (where t.state = 'serving'), 'held', count (*) filter (where t.state = 'held'),
    'expected', count (*) filter (where t.state = 'expected'),
    'late', count (*) filter (where t.state = 'waiting' and c.at > greatest (t.arrived, t.booked) + k.pledge),
    'longest_s', coalesce (extract (epoch from c.at - min (greatest (t.arrived, t.booked)) filter (where t.state = 'waiting')), 0)::int,
    'served', count (*) filter (where t.outcome = 'served'), 'no_show', count (*) filter (where t.outcome = 'no-show'),
    'left', count (*) filter (where t.outcome in ('left-waiting', 'left-serving')))
  from desk.ticket t join desk.kinds_of_day (c.branch, c.day) k on k.services = t.services
  where t.branch = c.branch and t.day = c.day
$$;

-- The groups: who waits now, and the waits that ended in the last hour.
create or replace function desk.hall_groups (c desk.call)
returns table (service_group text, names jsonb, waiting int, late int, longest_s int, pledge_s int, called_hour int, p50_s int, p90_s int)
language sql stable as $$
  with kind as materialized (select * from desk.kinds_of_day (c.branch, c.day)),
       line as (select k.service_group, count (*) as waiting, count (*) filter (where c.at > greatest (t.arrived, t.booked) + k.pledge) as late,
                       min (greatest (t.arrived, t.booked)) as oldest
                from desk.ticket t join kind k on k.services = t.services
                where t.branch = c.branch and t.state = 'waiting' group by 1),
       hour as (select k.service_group, count (*) as n, percentile_cont ('{0.5,0.9}'::float8[]) within group (
                         order by extract (epoch from greatest (t.called - greatest (t.arrived, t.booked), '0'))) as p
                from desk.ticket t join kind k on k.services = t.services
                where t.branch = c.branch and t.day = c.day and t.called > c.at - interval '1 hour' and t.called <= c.at and t.channel not in ('phone', 'mail')
                group by 1)
  select g.service_group, g.names, coalesce (l.waiting, 0)::int, coalesce (l.late, 0)::int,
         coalesce (greatest (extract (epoch from c.at - l.oldest), 0), 0)::int, extract (epoch from g.pledge)::int,
         coalesce (h.n, 0)::int, h.p[1]::int, h.p[2]::int
  from (select k.service_group, (array_agg (k.names) filter (where k.names is not null))[1] as names, min (k.pledge) as pledge
        from kind k group by 1) g
  left join line l using (service_group) left join hour h using (service_group)
$$;

-- How many open counters can serve anything that waits in a group.
create or replace function desk.group_counters (c desk.call)
returns table (service_group text, counters int) language sql stable as $$
  with code as (select array_agg (distinct u.code) as codes from desk.ticket t, unnest (t.services) u (code)
                where t.branch = c.branch and t.state = 'waiting'),
       able as (select a.counter, u.code from code, desk.open_ability (c.branch, c.day, code.codes) a, unnest (a.services) u (code))
  select coalesce (s.meta ->> 'group', 'other'), count (distinct a.counter)::int
  from able a left join desk.service s on s.code = a.code group by 1
$$;

create or replace function desk.hall_groups_json (c desk.call)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (jsonb_build_object (
           'group', g.service_group, 'names', g.names, 'waiting', g.waiting, 'late', g.late, 'longest_s', g.longest_s, 'pledge_s', g.pledge_s,
           'called_hour', g.called_hour, 'p50_s', g.p50_s, 'p90_s', g.p90_s, 'counters', coalesce (k.counters, 0))
         order by g.waiting desc, g.service_group), '[]')
  from desk.hall_groups (c) g left join desk.group_counters (c) k using (service_group)
$$;

-- Seen from the hall, nothing is "whole" or not.
create or replace function desk.without_counter (c desk.call)
returns desk.call language plpgsql immutable as $$
begin
  c.counter := null;
  return c;
end $$;

-- Every counter: who is there, in which state, with whom, since when, and how the day went.
create or replace function desk.hall_counters (c desk.call)
returns jsonb language sql stable as $$
  with staffed as materialized (select k.counter, k.login, s.state, s.state_reason, s.state_since, s.next_state, s.opened_at
                                from desk.staffed_counters (c.branch) k join desk.session s on s.id = k.session),
       day as (select t.counter, count (*) filter (where t.outcome = 'served') as visits,
                      percentile_cont (0.5) within group (order by extract (epoch from t.finished - t.at_desk - t.held_for))
                        filter (where t.outcome = 'served') as median
               from desk.ticket t where t.branch = c.branch and t.day = c.day and t.state = 'done' and t.counter is not null group by 1)
  select coalesce (jsonb_agg (jsonb_build_object (
           'counter', k.number, 'names', k.names, 'zone', k.zone, 'profile', k.profile, 'profile_names', p.names,
           'equipment', to_jsonb (k.equipment), 'state', coalesce (w.state, 'absent'), 'reason', w.state_reason,
           'since', coalesce (t.at_desk, t.last_called, w.state_since), 'after', w.next_state, 'login', w.login, 'clerk', f.name,
           'ticket', case when t.id is not null then desk.ticket_json (hall, t) end,
           'visits', coalesce (d.visits, 0), 'median_service_s', d.median::int)
         order by k.number), '[]')
  from desk.without_counter (c) hall
  join desk.counter k on k.branch = c.branch
  join desk.profile p on p.branch = k.branch and p.code = k.profile
  left join staffed w on w.counter = k.number
  left join desk.staff f on f.login = w.login
  left join day d on d.counter = k.number
  left join lateral (select h.* from desk.ticket h
                     where h.branch = k.branch and h.login = w.login and h.state in ('called', 'serving')
                     order by h.last_called desc limit 1) t on true
$$;

create or replace function desk.hall (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  counters jsonb;
begin
  perform desk.need_session (c);
  counters := desk.hall_counters (c);
  return jsonb_build_object (
    'time', c.at, 'emergency', desk.emergency_json (c.branch),
    'figures', desk.hall_figures (c) || (
      select jsonb_build_object ('open', count (*) filter (where k ->> 'state' = 'open'),
                                 'paused', count (*) filter (where k ->> 'state' in ('break', 'back-office')),
                                 'closed', count (*) filter (where k ->> 'state' in ('closed', 'absent')))
      from jsonb_array_elements (counters) k),
    'groups', desk.hall_groups_json (c), 'counters', counters,
    'profiles', (select jsonb_agg (jsonb_build_object ('code', p.code, 'names', p.names) order by p.code) from desk.profile p where p.branch = c.branch),
    'calls', desk.help_json (c), 'suspensions', desk.suspensions_json (c.branch), 'caps', desk.caps_json (c));
end $$;

-- The tickets behind a figure.
create or replace function desk.hall_tickets (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  figure text := desk.want (args, 'figure');
begin
  perform desk.need_session (c);
  c := desk.without_counter (c);
  return jsonb_build_object ('tickets', (
    select coalesce (jsonb_agg (desk.ticket_json (c, f) order by f.due, f.number), '[]')
    from (select t.* from desk.ticket t join desk.kinds_of_day (c.branch, c.day) k on k.services = t.services
          where t.branch = c.branch and t.day = c.day
            and case figure
                  when 'late' then t.state = 'waiting' and c.at > greatest (t.arrived, t.booked) + k.pledge
                  when 'left' then t.outcome in ('left-waiting', 'left-serving')
                  when 'served' then t.outcome = 'served'
                  when 'no-show' then t.outcome = 'no-show'
                  when 'called-hour' then t.called > c.at - interval '1 hour' and t.called <= c.at and t.channel not in ('phone', 'mail')
                  else t.state = figure
                end
            and (args ->> 'group' is null or k.service_group = args ->> 'group')
            and (coalesce ((args ->> 'counter')::int, 0) = 0 or t.counter = (args ->> 'counter')::int)
          order by t.due, t.number limit 200) f));
end $$;

create or replace function desk.counter_profile (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  k desk.counter;
  former text;
  at_counter int := desk.valid (args, 'counter', 'int')::int;
begin
  perform desk.need_session (c);
  perform desk.want (args, 'counter');
  if not exists (select from desk.profile p where p.branch = c.branch and p.code = desk.want (args, 'profile')) then
    perform desk.fail ('not-found', 'no-profile', null, jsonb_build_object ('profile', args ->> 'profile'));
  end if;
  select * into k from desk.counter h where h.branch = c.branch and h.number = at_counter for update;
  if not found then
    perform desk.fail ('not-found', 'no-counter', null, jsonb_build_object ('counter', args -> 'counter'));
  end if;
  former := k.profile;
  update desk.counter h set profile = args ->> 'profile' where h.branch = c.branch and h.number = k.number returning * into k;
  perform desk.note (c, 'counter', null, 'profile', desk.want (args, 'reason'),
                     jsonb_build_object ('counter', k.number, 'from', former, 'profile', k.profile));
  return jsonb_build_object ('counter', k.number, 'profile', k.profile);
end $$;

-- ---- the board: numbers and counters, nothing of anybody ----

create or replace function desk.board_calls (c desk.call, states text[], most int)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (jsonb_build_object (
           'number', f.number, 'counter', f.counter, 'zone', desk.zone_of (c.branch, f.counter), 'called', f.last_called, 'recalls', f.recalls)
         order by f.last_called desc, f.number), '[]')
  from (select t.* from desk.ticket t
        where t.branch = c.branch and t.state = any (states) and t.day = c.day and t.channel not in ('phone', 'mail')
        order by t.last_called desc, t.number limit most) f
$$;

create or replace function desk.board (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
begin
  perform desk.need_session (c);
  return jsonb_build_object (
    'branch', (select jsonb_build_object ('code', b.code, 'names', b.names) from desk.branch b where b.code = c.branch), 'time', c.at,
    'emergency', desk.emergency_json (c.branch) - '{reason,login}'::text[],
    'calling', desk.board_calls (c, '{called}', 100), 'last', desk.board_calls (c, '{serving,held,done}', 8),
    'groups', (select coalesce (jsonb_agg (jsonb_build_object ('group', g.service_group, 'names', g.names, 'waiting', g.waiting, 'p50_s', g.p50_s)
                                           order by g.waiting desc, g.service_group), '[]')
               from desk.hall_groups (c) g where g.waiting > 0));
end $$;

select desk.expose ('query', 'hall', '{supervisor}'),
       desk.expose ('query', 'hall_tickets', '{supervisor}'),
       desk.expose ('command', 'counter_profile', '{supervisor}'),
       desk.expose ('query', 'board', '{board,supervisor}');
