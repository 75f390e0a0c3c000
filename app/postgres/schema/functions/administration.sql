-- administration.sql: staff and terminals.
set role janela_owner;

-- The roles that people get.
create or replace function desk.staff_roles ()
returns text[] language sql immutable as $$
  select '{clerk,supervisor,head_office,officer,department_system,booking,kiosk,board,admin,steward}'::text[]
$$;

-- A login of ours: it has a role that people get, and none of those that own tables and functions or rule the server.
create or replace function desk.is_staff_login (login text)
returns boolean language sql stable as $$
  select not r.rolsuper and not r.rolcreaterole
         and exists (select from pg_auth_members m join pg_roles g on g.oid = m.roleid
                     where m.member = r.oid and g.rolname = any (select 'janela_' || unnest (desk.staff_roles ())))
         and not exists (select from pg_auth_members m join pg_roles g on g.oid = m.roleid
                         where m.member = r.oid and g.rolname <> all (select 'janela_' || unnest (desk.staff_roles ())))
  from pg_roles r where r.rolname = login
$$;
grant execute on function desk.staff_roles (), desk.is_staff_login (text) to janela_keeper;

-- The one function with the right to make logins, and only members of our own roles. password is
-- plain, or a SCRAM verifier made by the client (PQencryptPasswordConn), which is kept as it is.
create or replace function desk.make_login (login text, password text, roles text[])
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  role text;
begin
  if login !~ '^[a-z][a-z0-9._-]{1,30}$' or login ~ '^(janela|pg_)' then
    raise exception using errcode = 'JN002', message = 'wrong-argument',
      detail = '{"code": "wrong-argument", "node": null, "args": {"name": "login"}}';
  elsif not exists (select from pg_roles r where r.rolname = login) then
    execute format ('create role %I login noinherit connection limit 5', login);
    execute format ('alter role %I inherit', login);
  elsif not desk.is_staff_login (login) then
    raise exception using errcode = 'JN001', message = 'login-taken',
      detail = '{"code": "login-taken", "node": null, "args": {}}';
  end if;
  if password is not null then
    execute format ('alter role %I password %L', login, password);
  end if;
  foreach role in array desk.staff_roles () loop
    if role = any (roles) then
      execute format ('grant %I to %I', 'janela_' || role, login);
    elsif pg_has_role (login, 'janela_' || role, 'member') then
      execute format ('revoke %I from %I', 'janela_' || role, login);
    end if;
  end loop;
end $$;

-- Whether a login of ours may be signed in with.
create or replace function desk.allow_login (login text, allowed boolean)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if desk.is_staff_login (login) then
    execute format ('alter role %I %s', login, case when allowed then 'login' else 'nologin' end);
  end if;
end $$;
grant create on schema desk to janela_keeper;  -- an owner must be allowed to create; for these lines
alter function desk.make_login (text, text, text[]) owner to janela_keeper;
alter function desk.allow_login (text, boolean) owner to janela_keeper;
revoke create on schema desk from janela_keeper;
revoke all on function desk.make_login (text, text, text[]), desk.allow_login (text, boolean) from public;
grant execute on function desk.make_login (text, text, text[]), desk.allow_login (text, boolean) to janela_api;

create or replace function desk.staff_put (args jsonb)
returns void language plpgsql as $$
declare
  who text := desk.want (args, 'login');
begin
  perform desk.make_login (who, coalesce (args ->> 'verifier', args ->> 'password'), desk.words (args -> 'roles'));
  insert into desk.staff as h (login, name, roles, branch, department, languages, immediate)
  values (who, args -> 'name', desk.words (args -> 'roles'), args ->> 'branch', lower (args ->> 'department'),
          desk.words (args -> 'languages'),
          array (select desk.pattern (p) from unnest (desk.words (args -> 'immediate')) p))
  on conflict on constraint staff_pkey do update
    set name = excluded.name, roles = excluded.roles, branch = excluded.branch, department = excluded.department,
        languages = excluded.languages, immediate = excluded.immediate;
  delete from desk.authorisation a where a.login = who;
  insert into desk.authorisation (login, pattern, from_day, until_day)
  select distinct on (desk.pattern (p), (a ->> 'from')) who, desk.pattern (p), desk.valid (a, 'from', 'date')::date,
         desk.valid (a, 'until', 'date')::date
  from jsonb_array_elements (coalesce (args -> 'authorisations', '[]')) a, unnest (desk.words (a -> 'services')) p;
end $$;

create or replace function desk.staff_add (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
begin
  perform desk.staff_put (args);
  perform desk.note (c, 'staff', null, 'added', null,
                     jsonb_build_object ('login', args ->> 'login', 'roles', args -> 'roles', 'branch', args -> 'branch'));
  return '{}';
end $$;

-- Who leaves: no login, no open session, no leave to work offline from now on; what was done offline before is still
-- delivered. The row is locked first: whoever opens a session meanwhile waits and is refused (session_open). Who connects meanwhile
-- may stay connected, and is refused whatever he asks (standing_role).
create or replace function desk.staff_set_active (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  who text := desk.want (args, 'login');
  allowed boolean := (desk.want (args, 'active'))::boolean;
begin
  if who = c.login then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "login"}');
  end if;
  update desk.staff s set active = allowed where s.login = who;
  if not found then
    perform desk.fail ('not-found', 'no-staff');
  end if;
  perform desk.allow_login (who, allowed);
  if not allowed then
    update desk.session s set closed_at = now (), state = 'closed' where s.login = who and s.closed_at is null;
    update desk.offline_grant g set expires_at = now () where g.login = who and g.expires_at > now ();
    perform pg_terminate_backend (a.pid) from pg_stat_activity a where a.usename = who;
  end if;
  perform desk.note (c, 'staff', null, case when allowed then 'activated' else 'deactivated' end, args ->> 'reason',
                     jsonb_build_object ('login', who));
  return '{}';
end $$;

create or replace function desk.staff (c desk.call, args jsonb)
returns jsonb language sql stable as $$
  select jsonb_build_object ('staff', coalesce (jsonb_agg (jsonb_build_object (
    'login', s.login, 'name', s.name, 'roles', s.roles, 'branch', s.branch, 'department', s.department,
    'languages', s.languages, 'active', s.active) order by s.login), '[]'))
  from desk.staff s
$$;

create or replace function desk.terminal_enrol (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  k desk.terminal_key := desk.enrol (desk.want (args, 'branch'), desk.want (args, 'terminal'), desk.want (args, 'public_key'));
begin
  c.branch := k.branch;
  perform desk.note (c, 'terminal', null, 'enrolled', null, jsonb_build_object ('kid', k.kid));
  return jsonb_build_object ('kid', k.kid);
end $$;

create or replace function desk.terminal_revoke (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  k desk.terminal_key;
begin
  update desk.terminal_key h set revoked_at = now (), reason = desk.want (args, 'reason')
  where h.kid = desk.want (args, 'kid') and h.revoked_at is null returning * into k;
  if not found then
    perform desk.fail ('not-found', 'no-key');
  end if;
  c.branch := k.branch;
  perform desk.note (c, 'terminal', null, 'revoked', args ->> 'reason', jsonb_build_object ('kid', k.kid));
  return '{}';
end $$;

-- The public list: who may have sealed a receipt, and when. It is signed outside by the root key.
create or replace function desk.keys (c desk.call, args jsonb)
returns jsonb language sql stable as $$
  select jsonb_build_object ('keys', coalesce (jsonb_agg (jsonb_build_object (
    'kid', k.kid, 'branch', k.branch, 'terminal', k.terminal, 'generation', k.generation, 'public_key', k.public_key,
    'not_before', k.not_before, 'not_after', k.not_after, 'revoked_at', k.revoked_at) order by k.branch, k.terminal, k.generation), '[]'))
  from desk.terminal_key k
$$;

select desk.expose ('command', 'staff_add', '{admin}'),
       desk.expose ('command', 'staff_set_active', '{admin}'),
       desk.expose ('query', 'staff', '{admin}'),
       desk.expose ('command', 'terminal_enrol', '{admin}'),
       desk.expose ('command', 'terminal_revoke', '{admin}'),
       desk.expose ('query', 'keys', '{clerk,supervisor,head_office,officer,kiosk,admin,steward}');
