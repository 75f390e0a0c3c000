-- sessions.sql: hello, and a clerk's session at a counter with its grant for working offline.
set role janela_owner;

-- hello needs no role: any login may ask which protocol is spoken here.
create or replace function desk.hello (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  spoken jsonb := desk.setting ('protocol');
begin
  if (args ->> 'protocol')::int not between (spoken ->> 'least')::int and (spoken ->> 'newest')::int then
    perform desk.fail ('outdated', 'protocol', null, spoken);
  end if;
  return spoken || jsonb_build_object ('time', clock_timestamp (), 'demo', desk.setting ('demo'));
end $$;

-- The terminal's valid key. In a demonstration a terminal enrols itself; elsewhere an
-- administrator has done it before.
create or replace function desk.session_key (at_branch text, at_terminal text, key text)
returns desk.terminal_key language plpgsql as $$
declare
  k desk.terminal_key;
begin
  select * into k from desk.terminal_key h
  where h.branch = at_branch and h.terminal = at_terminal and h.revoked_at is null
    and coalesce (h.not_after, 'infinity') > now () and (key is null or h.public_key = key)
  order by h.generation desc limit 1;
  if k.kid is not null then
    return k;
  elsif key is null then
    perform 1 from desk.terminal h where h.branch = at_branch and h.code = at_terminal;
    if found or desk.setting ('demo') = 'true' then
      return null;
    end if;
    perform desk.fail ('denied', 'terminal-unknown', null, jsonb_build_object ('terminal', at_terminal));
  elsif desk.setting ('demo') <> 'true' then
    perform desk.fail ('denied', 'terminal-key', null, jsonb_build_object ('terminal', at_terminal));
  end if;
  return desk.enrol (at_branch, at_terminal, key);
end $$;

-- A new key for a terminal; the one before ends now. kid is branch-terminal-generation.
create or replace function desk.enrol (at_branch text, at_terminal text, key text)
returns desk.terminal_key language plpgsql as $$
declare
  k desk.terminal_key;
begin
  insert into desk.terminal values (at_branch, at_terminal) on conflict do nothing;
  perform 1 from desk.terminal h where h.branch = at_branch and h.code = at_terminal for update;
  update desk.terminal_key h set not_after = now ()
  where h.branch = at_branch and h.terminal = at_terminal and h.not_after is null;
  select coalesce (max (h.generation), 0) + 1 into k.generation
  from desk.terminal_key h where h.branch = at_branch and h.terminal = at_terminal;
  insert into desk.terminal_key (kid, branch, terminal, generation, public_key)
  values (at_branch::int || '-' || substr (at_terminal, 2)::int || '-' || k.generation, at_branch, at_terminal,
          k.generation, lower (key))
  returning * into k;
  return k;
end $$;

-- A counter belongs to the connection that holds its lock: it is free as soon as that connection is
-- gone. The same clerk at the same terminal takes it back from his own connection that broke.
create or replace function desk.take_counter (s desk.staff, at_branch text, at_terminal text, at_counter int)
returns void language plpgsql as $$
declare
  lock_key bigint := desk.counter_lock (at_branch, at_counter);
  own int;
begin
  for i in 1..20 loop
    if pg_try_advisory_lock (lock_key) then
      return;
    end if;
    select o.pid into own from desk.session o
    where o.branch = at_branch and o.counter = at_counter and o.closed_at is null
      and o.login = s.login and o.terminal = at_terminal and o.pid <> pg_backend_pid ()
    order by o.opened_at desc limit 1;
    exit when own is null;
    perform pg_terminate_backend (own, 250);
  end loop;
  perform desk.fail ('conflict', 'counter-taken', null, (
    select jsonb_build_object ('counter', at_counter, 'terminal', o.terminal) from desk.session o
    where o.branch = at_branch and o.counter = at_counter and o.closed_at is null
    order by o.opened_at desc limit 1));
end $$;

-- COUNTER of session_open: its profile as the services that it serves now.
create or replace function desk.counter_json (at_branch text, at_counter int)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'number', k.number, 'names', k.names, 'equipment', to_jsonb (k.equipment),
    'profile', (select coalesce (jsonb_agg (s.code order by s.code), '[]') from desk.service s
                where exists (select from desk.profile_match m
                              where m.branch = k.branch and m.profile = k.profile
                                and (m.kind = 'service' and s.code like m.pattern
                                     or m.kind = 'department' and lower (s.department) like m.pattern))))
  from desk.counter k where k.branch = at_branch and k.number = at_counter
$$;

-- What the window must know of the installation.
create or replace function desk.public_settings ()
returns jsonb language sql stable as $$
  select jsonb_object_agg (name, value) from desk.setting
  where name in ('receipt_host', 'official_pair', 'rating_excluded_events', 'demo', 'instance_limit', 'blob_limit')
$$;

-- How this connection's statements are planned. They are the functions' own, so a plan is made once, not five
-- times before it is kept (a clerk's first calls took 4 ms instead of 1.3); and what a desk asks for is one
-- row that lies in memory, so a table that is small today is not read from end to end for the rest of the day.
create or replace function desk.plan_for_a_desk ()
returns void language plpgsql as $$
begin
  perform set_config ('plan_cache_mode', 'force_generic_plan', false), set_config ('random_page_cost', '1.1', false);
end $$;

-- The last number of the terminal's own series that came here: a machine that was set up anew goes on behind it.
create or replace function desk.last_own_number (at_branch text, at_terminal text)
returns bigint language sql stable as $$
  select right (r.no, 6)::bigint from desk.receipt r
  where r.branch = at_branch and r.no between at_branch || '-' || at_terminal || '-000000' and at_branch || '-' || at_terminal || '-999999'
    and r.no ~ ('^' || at_branch || '-' || at_terminal || '-[0-9]{6}$')
  order by r.no desc limit 1
$$;

-- The branch is the terminal's, as its number is one of that branch: staff with a branch of their own
-- work there; staff without one name it.
create or replace function desk.session_open (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  s desk.staff;
  b desk.branch;
  k desk.terminal_key;
  mine desk.session;
  g desk.offline_grant;
  at_terminal text := desk.want (args, 'terminal');
  at_counter int := nullif ((args ->> 'counter')::int, 0);
begin
  select * into s from desk.staff where login = session_user and active for share;  -- not while he is deactivated
  if not found or not s.roles && '{clerk,supervisor,head_office,kiosk,board}'::text[] then
    perform desk.fail ('denied', 'not-staff');
  end if;
  select * into b from desk.branch where code = coalesce (s.branch, args ->> 'branch');
  if not found then
    perform desk.fail ('denied', 'no-branch');
  elsif at_terminal !~ '^T[0-9]{1,4}$' or (args ->> 'public_key') !~* '^[0-9a-f]{64}$' then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "terminal"}');
  elsif at_counter is not null and not exists (select from desk.counter h where h.branch = b.code and h.number = at_counter) then
    perform desk.fail ('not-found', 'no-counter', null, jsonb_build_object ('counter', at_counter));
  end if;
  k := desk.session_key (b.code, at_terminal, lower (args ->> 'public_key'));
  update desk.session h set closed_at = now () where h.pid = pg_backend_pid () and h.login = s.login and h.closed_at is null;
  if at_counter is not null then
    perform desk.take_counter (s, b.code, at_terminal, at_counter);
    update desk.session h set closed_at = now ()
    where h.branch = b.code and h.counter = at_counter and h.closed_at is null;
  end if;
  insert into desk.session (login, role, branch, terminal, counter)
  values (s.login, case when 'supervisor' = any (s.roles) then 'supervisor' else s.roles[1] end, b.code, at_terminal, at_counter)
  returning * into mine;
  perform set_config ('janela.session', mine.id::text, false), desk.plan_for_a_desk ();
  c := desk.caller ('session_open', args);
  insert into desk.offline_grant (session, login, branch, terminal, counter, secret, expires_at)
  values (mine.id, s.login, b.code, at_terminal, at_counter, uuid_send (gen_random_uuid ()) || uuid_send (gen_random_uuid ()),
          now () + make_interval (hours => (desk.setting ('grant_hours'))::int))
  returning * into g;
  perform desk.note (c, 'session', mine.id, 'opened', null, jsonb_build_object ('client', inet_client_addr ()));
  return jsonb_build_object (
    'session', mine.id, 'time', clock_timestamp (), 'settings', desk.public_settings (),
    'staff', jsonb_build_object ('login', s.login, 'name', s.name, 'roles', to_jsonb (s.roles),
                                 'languages', to_jsonb (s.languages), 'immediate', to_jsonb (s.immediate)),
    'branch', jsonb_build_object ('code', b.code, 'names', b.names, 'zone', b.zone, 'details', b.details),
    'counter', desk.counter_json (b.code, at_counter),
    'terminal', jsonb_build_object ('code', at_terminal, 'kid', k.kid, 'generation', k.generation),
    'grant', jsonb_build_object ('id', g.id, 'secret', encode (g.secret, 'hex'), 'expires', g.expires_at,
                                 'number', desk.last_own_number (b.code, at_terminal)));
end $$;

create or replace function desk.session_close (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
begin
  if c.session is not null then
    perform desk.note (c, 'session', c.session, 'closed');
    update desk.session h set closed_at = now (), state = 'closed' where h.id = c.session;
    perform pg_advisory_unlock (desk.counter_lock (c.branch, c.counter)) where c.counter is not null;
  end if;
  return '{}';
end $$;

-- A pause begins now, or, after_visit, as soon as the ticket at the desk is done (desk_free).
create or replace function desk.counter_state (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  s desk.session;
  later boolean := coalesce ((args ->> 'after_visit')::boolean, false)
                   and exists (select from desk.ticket h where h.branch = c.branch and h.login = c.login and h.state in ('called', 'serving'));
begin
  perform desk.need_session (c);
  if c.counter is null then
    perform desk.fail ('denied', 'no-counter');
  elsif desk.want (args, 'state') not in ('open', 'break', 'back-office', 'closed') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "state"}');
  end if;
  later := later and args ->> 'state' <> 'open';
  update desk.session h
  set state = case when later then h.state else args ->> 'state' end,
      state_reason = case when later then h.state_reason else args ->> 'reason' end,
      state_since = case when later then h.state_since else c.at end,
      next_state = case when later then args ->> 'state' end,
      next_reason = case when later then args ->> 'reason' end
  where h.id = c.session returning * into s;
  perform desk.note (c, 'counter', c.session, case when later then 'pause-after' else args ->> 'state' end, args ->> 'reason');
  return jsonb_build_object ('state', s.state, 'after', desk.next_state_json (s));
end $$;

create or replace function desk.next_state_json (s desk.session)
returns jsonb language sql immutable as $$
  select case when s.next_state is not null then jsonb_build_object ('state', s.next_state, 'reason', s.next_reason) end
$$;

select desk.expose ('query', 'hello', '{clerk,supervisor,head_office,officer,department_system,booking,kiosk,board,admin,steward}'),
       desk.expose ('command', 'counter_state', '{clerk,supervisor}', true);

-- Opening and closing belong to one connection and are no commands with a key: the answer holds a
-- secret and is never given twice, and behind the close there is no session that could keep one.
do $$
declare
  name text;
begin
  foreach name in array '{session_open, session_close}'::text[] loop
    execute format ($f$
      create or replace function api.%1$I (key uuid, args jsonb) returns jsonb
      language plpgsql security definer set search_path = pg_catalog, desk, pg_temp as $b$
      declare
        c desk.call := desk.caller (%1$L, args);
      begin
        return desk.%1$I (c, args);
      end $b$ $f$, name);
    execute format ('revoke all on function api.%I (uuid, jsonb) from public', name);
    execute format ('grant execute on function api.%I (uuid, jsonb)
                     to janela_clerk, janela_supervisor, janela_head_office, janela_kiosk, janela_board', name);
    execute format ('alter function api.%I (uuid, jsonb) owner to janela_api', name);
    insert into desk.exposed values (name, 'command', '{clerk,supervisor,head_office,kiosk,board}')
    on conflict on constraint exposed_pkey do update set roles = excluded.roles;
  end loop;
end $$;

-- The second connection of a terminal, for blobs, works under the session of the first: it sees the same
-- rows and can run no command.
create or replace function api.session_join (session uuid) returns void
language plpgsql security definer set search_path = pg_catalog, desk, pg_temp as $$
declare
  stands text := desk.stand (null);
begin
  update desk.session h set side_pid = pg_backend_pid ()
  where h.id = session_join.session and h.login = session_user and h.closed_at is null;
  if not found then
    perform desk.fail ('denied', 'no-session');
  end if;
  perform set_config ('janela.session', session_join.session::text, false);
end $$;
revoke all on function api.session_join (uuid) from public;
grant execute on function api.session_join (uuid) to janela_clerk, janela_supervisor, janela_head_office;
alter function api.session_join (uuid) owner to janela_api;
