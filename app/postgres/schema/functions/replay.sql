-- replay.sql: work that was done while the line was down, delivered by any session of the same
-- terminal; the actor is the clerk of the grant, and the event says that it was offline.
set role janela_owner;

-- HMAC-SHA-256 (RFC 2104) of keys up to 64 bytes, by the server's own sha256.
create or replace function desk.hmac (secret bytea, message bytea)
returns bytea language plpgsql immutable as $$
declare
  inner_pad bytea := decode (repeat ('36', 64), 'hex');
  outer_pad bytea := decode (repeat ('5c', 64), 'hex');
begin
  for i in 0..length (secret) - 1 loop
    inner_pad := set_byte (inner_pad, i, 54 # get_byte (secret, i));
    outer_pad := set_byte (outer_pad, i, 92 # get_byte (secret, i));
  end loop;
  return sha256 (outer_pad || sha256 (inner_pad || message));
end $$;

-- The grant under which a record was made: of this terminal, valid then, and signed with its secret.
create or replace function desk.grant_of (c desk.call, record jsonb, signed bytea, mac text)
returns desk.offline_grant language plpgsql stable as $$
declare
  g desk.offline_grant;
  at timestamptz := desk.want (record, 'at')::timestamptz;
begin
  select * into g from desk.offline_grant h
  where h.id = (record ->> 'grant')::uuid and h.branch = c.branch and h.terminal = c.terminal;
  if not found then
    perform desk.fail ('denied', 'grant-unknown');
  elsif mac is distinct from encode (desk.hmac (g.secret, signed), 'hex') then
    perform desk.fail ('denied', 'mac-wrong');
  elsif record ->> 'actor' is distinct from g.login then
    perform desk.fail ('denied', 'actor-wrong');
  elsif at > g.expires_at or at < g.given_at - interval '10 minutes' then
    perform desk.fail ('denied', 'grant-expired', null, jsonb_build_object ('expires', g.expires_at));
  end if;
  return g;
end $$;

-- The call as the clerk of the grant made it then.
create or replace function desk.offline_call (c desk.call, g desk.offline_grant, record jsonb)
returns desk.call language plpgsql stable as $$
declare
  r desk.call := c;
  may desk.exposed;
begin
  r.name := record ->> 'command';
  select * into may from desk.exposed e where e.name = r.name and e.kind = 'command' and e.replayable;
  if not found then
    perform desk.fail ('rejected', 'not-replayable', null, jsonb_build_object ('command', r.name));
  elsif not exists (select from desk.staff s where s.login = g.login and s.roles && may.roles) then
    perform desk.fail ('denied', 'not-allowed');
  elsif record ->> 'number' !~ ('^' || c.branch || '-' || c.terminal || '-[0-9]{6}$') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "number"}');
  end if;
  r.key := desk.want_uuid (record, 'key');
  r.login := g.login;
  select case when 'supervisor' = any (s.roles) then 'supervisor' else s.roles[1] end into r.role
  from desk.staff s where s.login = g.login;
  r.session := g.session;
  r.counter := g.counter;
  r.offline_grant := g.id;
  r.number := record ->> 'number';
  r.at := least ((record ->> 'at')::timestamptz, now ());
  r.day := desk.day_of (c.branch, r.at);
  r.args_hash := desk.hash_of (record -> 'args');
  return r;
end $$;

-- record is the JSON as text, because its bytes are what was signed. The record's own key decides
-- what was done already, also when it once went out online and the answer was lost.
create or replace function desk.replay (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  record jsonb := desk.want (args, 'record')::jsonb;
  g desk.offline_grant;
  r desk.call;
  answer jsonb;
begin
  perform desk.need_session (c);
  g := desk.grant_of (c, record, convert_to (args ->> 'record', 'UTF8'), lower (args ->> 'mac'));
  r := desk.offline_call (c, g, record);
  perform pg_advisory_xact_lock (hashtextextended (r.key::text, 1));
  select d.answer into answer from desk.command d where d.key = r.key and d.terminal = r.terminal;
  if found then
    return answer;
  end if;
  execute format ('select desk.%I ($1, $2)', r.name) into answer using r, coalesce (record -> 'args', '{}');
  return desk.close_call (r, answer);
end $$;

create or replace function api.replay (key uuid, args jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, desk, pg_temp as $$
declare
  c desk.call := desk.caller ('replay', args);
begin
  return desk.replay (c, args);
end $$;
revoke all on function api.replay (uuid, jsonb) from public;
grant execute on function api.replay (uuid, jsonb) to janela_clerk, janela_supervisor;
alter function api.replay (uuid, jsonb) owner to janela_api;
insert into desk.exposed values ('replay', 'command', '{clerk,supervisor}')
on conflict on constraint exposed_pkey do update set roles = excluded.roles;

-- What could not be delivered goes to a tray that a supervisor clears, never to the bin.
create or replace function desk.tray_put (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  put uuid;
begin
  perform desk.need_session (c);
  perform pg_advisory_xact_lock (hashtextextended (args ->> 'key', 1));  -- as its replay: once, however often the answer is lost
  select h.id into put from desk.tray h where h.branch = c.branch and h.kind = 'replay' and h.subject = (args ->> 'key')::uuid;
  if found then
    return jsonb_build_object ('id', put);
  end if;
  insert into desk.tray (branch, kind, subject, code, details)
  values (c.branch, 'replay', (args ->> 'key')::uuid, desk.want (args, 'code'), coalesce (args -> 'details', '{}'))
  returning id into put;
  perform desk.note (c, 'tray', put, 'put', args ->> 'code');
  return jsonb_build_object ('id', put);
end $$;

create or replace function desk.tray_clear (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
begin
  perform desk.need_session (c);
  update desk.tray h set cleared_at = c.at, cleared_by = c.login, note = desk.want (args, 'note')
  where h.id = desk.want_uuid (args, 'id') and h.branch = c.branch and h.cleared_at is null;
  if not found then
    perform desk.fail ('conflict', 'cleared-already');
  end if;
  perform desk.note (c, 'tray', (args ->> 'id')::uuid, 'cleared', args ->> 'note');
  return '{}';
end $$;

create or replace function desk.tray (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
begin
  perform desk.need_session (c);
  return jsonb_build_object ('items', (
    select coalesce (jsonb_agg (jsonb_build_object (
      'id', h.id, 'kind', h.kind, 'subject', h.subject, 'code', h.code, 'details', h.details, 'put_at', h.put_at)
      order by h.put_at), '[]')
    from desk.tray h where h.branch = c.branch and h.cleared_at is null));
end $$;

select desk.expose ('command', 'tray_put', '{clerk,supervisor}'),
       desk.expose ('command', 'tray_clear', '{supervisor}'),
       desk.expose ('query', 'tray', '{supervisor}');
