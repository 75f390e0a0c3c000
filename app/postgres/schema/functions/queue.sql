-- queue.sql: what the desk sees between two visits: what waits, for whom, and the clerk's own day.
set role janela_owner;

-- What waits, by group of services: how many, and how long the longest.
create or replace function desk.queue_groups (c desk.call)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (jsonb_build_object (
           'group', g.name, 'names', g.names, 'waiting', g.waiting,
           'longest_s', greatest (0, extract (epoch from now () - g.oldest))::int, 'pledge_s', g.pledge)
         order by g.waiting desc, g.name), '[]')
  from (select coalesce (s.meta ->> 'group', 'other') as name, min (s.meta ->> 'group_names')::jsonb as names,
               count (*) as waiting, min (greatest (t.arrived, t.booked)) as oldest,
               min ((s.meta ->> 'wait_pledge_s')::int) as pledge
        from desk.ticket t left join desk.service s on s.code = t.services[1]
        where t.branch = c.branch and t.state = 'waiting' group by 1) g
$$;

-- The clerk's own day.
create or replace function desk.queue_day (c desk.call)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'visits', count (*) filter (where t.outcome = 'served'),
    'applications', (select count (*) from desk.application a where a.branch = c.branch and a.login = c.login and a.day = c.day),
    'median_service_s', (percentile_cont (0.5) within group (order by extract (epoch from t.finished - t.at_desk - t.held_for))
                         filter (where t.outcome = 'served'))::int,
    'rating', (select round (avg (v.stars), 1) from desk.visit v
               where v.branch = c.branch and v.login = c.login and v.day = c.day and v.stars is not null))
  from desk.ticket t where t.branch = c.branch and t.login = c.login and t.day = c.day
$$;

create or replace function desk.queue (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  mine desk.ticket;
begin
  perform desk.need_session (c);
  select * into mine from desk.ticket t
  where t.branch = c.branch and t.login = c.login and t.state in ('called', 'serving')
  order by t.last_called desc limit 1;
  return jsonb_build_object (
    'next', desk.ticket_json (c, desk.best_ticket (c)),
    'waiting', (select coalesce (jsonb_agg (desk.ticket_json (c, w) order by w.due, w.number), '[]')
                from (select t.* from desk.work_of (c) k
                      join desk.ticket t on t.branch = c.branch and t.state = 'waiting' and t.services = k.services
                      order by t.due, t.number limit 50) w),
    'count', (select count (*) from desk.ticket t where t.branch = c.branch and t.state = 'waiting'),
    'groups', desk.queue_groups (c),
    'mine', desk.ticket_json (c, mine),
    'day', desk.queue_day (c));
end $$;

select desk.expose ('query', 'queue', '{clerk,supervisor}');
