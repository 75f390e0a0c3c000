-- queue.sql: what the desk sees between two visits: what waits, for whom, and the clerk's own day.
set role janela_owner;

-- What waits, by group of services: how many, and how long the longest.
create or replace function desk.queue_groups (c desk.call)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (jsonb_build_object (
           'group', g.name, 'names', g.names, 'waiting', g.waiting,
           'longest_s', greatest (0, extract (epoch from now () - g.oldest))::int, 'pledge_s', g.pledge)
         order by g.waiting desc, g.name), '[]')
  from (select coalesce (s.meta ->> 'group', 'other') as name, (array_agg (s.meta -> 'group_names'))[1] as names,
               sum (k.waiting) as waiting, min (k.oldest) as oldest,
               extract (epoch from min (desk.pledge_of (c.branch, k.services)))::int as pledge
        from (select t.services, count (*) as waiting, min (greatest (t.arrived, t.booked)) as oldest
              from desk.ticket t where t.branch = c.branch and t.state = 'waiting' group by t.services) k
        left join desk.service s on s.code = k.services[1] group by 1) g
$$;

-- The clerk's own day.
create or replace function desk.queue_day (c desk.call)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'visits', count (*) filter (where t.outcome = 'served'),
    'applications', (select count (*) from desk.application a join desk.visit v on v.id = a.visit
                     where v.branch = c.branch and v.day = c.day and v.login = c.login and a.login = c.login),
    'median_service_s', (percentile_cont (0.5) within group (order by extract (epoch from t.finished - t.at_desk - t.held_for))
                         filter (where t.outcome = 'served'))::int,
    'rating', (select round (avg (v.stars), 1) from desk.visit v
               where v.branch = c.branch and v.login = c.login and v.day = c.day and v.stars is not null))
  from desk.ticket t where t.branch = c.branch and t.login = c.login and t.day = c.day and t.state = 'done'
$$;

-- The 50 first that are this counter's: of each of its kinds the first 50, and those sent here.
create or replace function desk.my_waiting (c desk.call)
returns setof desk.ticket language sql stable as $$
  select w.* from (
    select t.*
    from (with head as materialized (select h.kind, h.services from desk.heads (c.branch) h)
          select h.kind
          from head h, (select desk.able_now (c, array (select distinct u.code from head, unnest (head.services) u (code)))) a (able)
          where desk.is_mine (c, h.services, a.able)) k
    cross join lateral desk.kind_line (c.branch, k.kind) t
    union all
    select t.* from desk.ticket t
    where t.branch = c.branch and t.state = 'waiting' and t.directed and desk.is_for_me (c, t)) w
  order by w.due, w.number limit 50
$$;

-- The clerk's last step that he may still take back.
create or replace function desk.queue_undo (c desk.call)
returns jsonb language plpgsql stable as $$
declare
  t desk.ticket;
  e desk.event;
  within interval := (select b.undo_within from desk.branch b where b.code = c.branch);
begin
  for t in
    (select h.* from desk.ticket h where h.branch = c.branch and h.login = c.login and h.state in ('called', 'serving', 'held'))
    union all
    (select h.* from desk.ticket h
     where h.branch = c.branch and h.day = c.day and h.login = c.login and h.state = 'done' order by h.finished desc limit 1)
  loop
    e := desk.last_step (t.id);
    if e.actor = c.login and e.recorded_at > clock_timestamp () - within then
      return jsonb_build_object ('ticket', desk.ticket_json (c, t), 'step', case when e.details ->> 'for' = 'missing-paper' then 'sent' else e.what end, 'until', e.recorded_at + within);
    end if;
  end loop;
  return null;
end $$;

create or replace function desk.queue (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  next uuid := desk.next_ticket (c, desk.ability_now (c));
  mine desk.ticket;
  s desk.session;
begin
  perform desk.need_session (c);
  select * into mine from desk.ticket t
  where t.branch = c.branch and t.login = c.login and t.state in ('called', 'serving')
  order by t.last_called desc limit 1;
  select * into s from desk.session h where h.id = c.session;
  return jsonb_build_object (
    'next', (select desk.ticket_json (c, t) from desk.ticket t where t.id = next),
    'waiting', (select coalesce (jsonb_agg (desk.ticket_json (c, w) order by w.due, w.number), '[]') from desk.my_waiting (c) w),
    'count', (select count (*) from desk.ticket t where t.branch = c.branch and t.state = 'waiting'),
    'groups', desk.queue_groups (c),
    'mine', desk.ticket_json (c, mine),
    'held', (select coalesce (jsonb_agg (desk.ticket_json (c, h) order by h.held_at), '[]')
             from desk.ticket h where h.branch = c.branch and h.login = c.login and h.state = 'held'),
    'undo', desk.queue_undo (c), 'state', s.state, 'after', desk.next_state_json (s),
    'emergency', desk.emergency_json (c.branch) - 'login', 'day', desk.queue_day (c));
end $$;

select desk.expose ('query', 'queue', '{clerk,supervisor}');
