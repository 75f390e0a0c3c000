-- administration.sql: staff and terminals.
set role janela_owner;

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
  elsif not exists (select from pg_auth_members m join pg_roles r on r.oid = m.member
                    where r.rolname = login and m.roleid::regrole::text ~ '^janela_') then
    raise exception using errcode = 'JN001', message = 'login-taken',
      detail = '{"code": "login-taken", "node": null, "args": {}}';
  end if;
  if password is not null then
    execute format ('alter role %I password %L', login, password);
  end if;
  foreach role in array '{clerk,supervisor,head_office,officer,department_system,booking,kiosk,board,admin,steward}'::text[] loop
    if role = any (roles) then
      execute format ('grant %I to %I', 'janela_' || role, login);
    elsif pg_has_role (login, 'janela_' || role, 'member') then
      execute format ('revoke %I from %I', 'janela_' || role, login);
    end if;
  end loop;
end $$;
grant create on schema desk to janela_keeper;  -- an owner must be allowed to create; for this one line
alter function desk.make_login (text, text, text[]) owner to janela_keeper;
revoke create on schema desk from janela_keeper;
revoke all on function desk.make_login (text, text, text[]) from public;
grant execute on function desk.make_login (text, text, text[]) to janela_api;

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
        languages = excluded.languages, immediate = excluded.immediate, active = true;
  delete from desk.authorisation a where a.login = who;
  insert into desk.authorisation (login, pattern, from_day, until_day)
  select distinct on (desk.pattern (p), (a ->> 'from')) who, desk.pattern (p), (a ->> 'from')::date, (a ->> 'until')::date
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
       desk.expose ('query', 'staff', '{admin}'),
       desk.expose ('command', 'terminal_enrol', '{admin}'),
       desk.expose ('command', 'terminal_revoke', '{admin}'),
       desk.expose ('query', 'keys', '{clerk,supervisor,head_office,officer,kiosk,admin,steward}');
