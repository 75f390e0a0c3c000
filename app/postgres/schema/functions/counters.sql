-- counters.sql: who works where now: what a clerk may know to send somebody on.
set role janela_owner;

-- Every counter with somebody at it: which, where, who, open or on a pause, what it serves, and how much of these
-- services. Those that can serve all of them first, the open ones before those on a pause.
create or replace function desk.counters (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  codes text[] := desk.words (args -> 'services');
begin
  perform desk.need_session (c);
  return jsonb_build_object ('counters', (
    select coalesce (jsonb_agg (jsonb_build_object (
             'counter', k.counter, 'own', k.counter is not distinct from c.counter, 'names', h.names, 'zone', desk.zone_of (c.branch, k.counter),
             'login', k.login, 'clerk', f.name, 'state', k.state, 'profile', h.profile, 'profile_names', p.names,
             'busy', exists (select from desk.ticket t where t.branch = c.branch and t.login = k.login and t.state in ('called', 'serving')),
             'services', to_jsonb (a.services), 'whole', codes <@ a.services)
           order by codes <@ a.services desc, k.state = 'open' desc, k.counter), '[]')
    from desk.staffed_counters (c.branch) k
    join desk.counter h on h.branch = c.branch and h.number = k.counter
    join desk.profile p on p.branch = h.branch and p.code = h.profile
    join desk.staff f on f.login = k.login
    cross join lateral (select coalesce (array_agg (s.service order by s.service), '{}') as services
                        from desk.servable (c.branch, k.counter, k.login, c.day, codes) s) a));
end $$;

select desk.expose ('query', 'counters', '{clerk,supervisor}');
