-- catalogue.sql: the catalogue and calendar as a terminal reads them, publishing, and blobs.
set role janela_owner;

create or replace function desk.service_json (p desk.publication)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'code', p.code, 'department', p.department, 'version', p.version, 'hash', p.hash, 'names', p.meta -> 'names',
    'group', p.meta -> 'group', 'immediate', coalesce (p.meta -> 'immediate', 'false'),
    'offline', coalesce (p.meta -> 'offline', '"no"'), 'keywords', coalesce (p.meta -> 'keywords', '[]'))
$$;

create or replace function desk.event_json (p desk.publication)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'code', p.code, 'names', p.meta -> 'names', 'version', p.version, 'hash', p.hash,
    'keywords', coalesce (p.meta -> 'keywords', '[]'),
    'services', (select coalesce (jsonb_agg (coalesce (s ->> 'code', s #>> '{}') order by n), '[]')
                 from jsonb_array_elements (p.meta -> 'services') with ordinality u (s, n)))
$$;

create or replace function desk.catalogue (c desk.call, args jsonb)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'version', coalesce (md5 (string_agg (p.kind || p.code || p.version || p.hash || md5 (p.meta::text), ',' order by p.kind, p.code)), ''),
    'departments', coalesce ((select d.meta -> 'departments' from desk.publication d where d.kind = 'departments' and d.current), '[]'),
    'services', coalesce (jsonb_agg (desk.service_json (p) order by p.code) filter (where p.kind = 'service'), '[]'),
    'events', coalesce (jsonb_agg (desk.event_json (p) order by p.code) filter (where p.kind = 'event'), '[]'),
    'facts', (select jsonb_build_object ('hash', f.hash) from desk.publication f where f.kind = 'facts' and f.current))
  from desk.publication p where p.current
$$;

create or replace function desk.calendar (c desk.call, args jsonb)
returns jsonb language sql stable as $$
  select jsonb_build_object ('days', coalesce (jsonb_agg (jsonb_build_object (
    'day', d.day, 'kind', d.kind, 'names', d.names, 'source', d.source, 'confidence', d.confidence) order by d.day, d.kind), '[]'))
  from desk.calendar_day d
  where d.branch in ('*', c.branch) and d.day between (args ->> 'from')::date and (args ->> 'to')::date
$$;

-- The same version with another content is refused: a filling keeps the version that it began with.
create or replace function desk.catalogue_publish (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  p desk.publication;
  meta jsonb := coalesce (args -> 'meta', '{}');
  nodes jsonb := coalesce (nullif (meta -> 'nodes', 'null'), '{}');
begin
  p.kind := desk.want (args, 'kind');
  p.code := desk.want (args, 'code');
  p.version := desk.want (args, 'version');
  p.hash := coalesce (args ->> 'hash', '');
  if p.kind <> 'departments' and not exists (select from desk.blob b where b.hash = p.hash) then
    perform desk.fail ('rejected', 'no-blob', null, jsonb_build_object ('blob', p.hash));
  elsif p.kind = 'service' and (meta ->> 'department') is null then
    perform desk.fail ('rejected', 'missing-argument', null, '{"name": "meta.department"}');
  elsif exists (select from desk.publication h where h.kind = p.kind and h.code = p.code
                and h.version = p.version and h.hash <> p.hash) then
    perform desk.fail ('conflict', 'version-taken', null, jsonb_build_object ('code', p.code, 'version', p.version));
  end if;
  meta := meta - 'nodes' || jsonb_build_object (
    'required', (select coalesce (jsonb_agg (n.key), '[]') from jsonb_each (nodes) n
                 where (n.value ->> 'required')::boolean and strpos (n.key, '@') = 0));
  perform desk.forget_shapes (p.code, p.version);
  update desk.publication h set current = false where h.kind = p.kind and h.code = p.code and h.current;
  insert into desk.publication as h (kind, code, version, hash, department, meta, nodes)
  values (p.kind, p.code, p.version, p.hash, meta ->> 'department', meta, desk.nodes_compiled (nodes))
  on conflict (kind, code, version) do update
    set current = true, withdrawn_at = null, meta = excluded.meta, nodes = excluded.nodes, department = excluded.department;
  perform desk.note (c, 'catalogue', null, 'published', null,
                     jsonb_build_object ('kind', p.kind, 'code', p.code, 'version', p.version, 'hash', p.hash));
  return '{}';
end $$;

create or replace function desk.catalogue_withdraw (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
begin
  perform desk.forget_shapes (desk.want (args, 'code'));
  update desk.publication h set current = false, withdrawn_at = now ()
  where h.kind = desk.want (args, 'kind') and h.code = desk.want (args, 'code') and h.withdrawn_at is null;
  if not found then
    perform desk.fail ('not-found', 'not-published');
  end if;
  perform desk.note (c, 'catalogue', null, 'withdrawn', desk.want (args, 'reason'),
                     jsonb_build_object ('kind', args ->> 'kind', 'code', args ->> 'code'));
  return '{}';
end $$;

create or replace function desk.catalogue_all (c desk.call, args jsonb)
returns jsonb language sql stable as $$
  select jsonb_build_object ('entries', coalesce (jsonb_agg (jsonb_build_object (
    'kind', p.kind, 'code', p.code, 'version', p.version, 'hash', p.hash, 'current', p.current,
    'published', p.published_at, 'withdrawn', p.withdrawn_at) order by p.kind, p.code, p.published_at), '[]'))
  from desk.publication p
$$;

select desk.expose ('query', 'catalogue', '{clerk,supervisor,head_office,officer,kiosk,board,admin,steward}'),
       desk.expose ('query', 'calendar', '{clerk,supervisor,head_office,officer,kiosk,board,admin,steward}'),
       desk.expose ('command', 'catalogue_publish', '{admin}'),
       desk.expose ('command', 'catalogue_withdraw', '{admin}'),
       desk.expose ('query', 'catalogue_all', '{admin,steward}');

-- Whether it is here already: nothing is sent twice. Who asks has it too, and goes on to name it: its days are counted anew
-- (retention.sql).
create or replace function desk.blob_wanted (wanted text)
returns boolean language plpgsql as $$
begin
  update desk.blob b set wanted_at = now (), login = session_user
  where b.hash = wanted and b.branch is not null and b.used_at is null;
  return found or exists (select from desk.blob b where b.hash = wanted);
end $$;

-- One chunk of a blob; with the last one all is put together and its hash is checked. A chunk that is sent again
-- takes the place of the one before. Returns whether the blob is complete.
create or replace function api.blob_put (hash text, n int, last boolean, data bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, desk, pg_temp as $$
declare
  scope text := nullif (desk.stand (null), '');
  whole bytea;
begin
  if scope is null then
    perform desk.fail ('denied', 'no-session');
  elsif hash !~ '^[0-9a-f]{64}$' or n not between 0 and 1023 or length (data) > 1048576 then
    perform desk.fail ('rejected', 'too-large');
  elsif desk.blob_wanted (hash) then
    return true;
  end if;
  insert into desk.blob_chunk (hash, branch, n, data) values (hash, scope, n, data)
  on conflict on constraint blob_chunk_pkey do update set data = excluded.data;
  if (select sum (length (k.data)) from desk.blob_chunk k where k.hash = blob_put.hash and k.branch = scope)
     > (desk.setting ('blob_limit'))::bigint then
    perform desk.fail ('rejected', 'too-large');
  elsif not last then
    return false;
  end if;
  delete from desk.blob_chunk k where k.hash = blob_put.hash and k.branch = scope and k.n > blob_put.n;
  select string_agg (k.data, '' order by k.n) into whole from desk.blob_chunk k where k.hash = blob_put.hash and k.branch = scope;
  if encode (sha256 (whole), 'hex') <> hash then
    perform desk.fail ('rejected', 'hash-wrong');
  end if;
  insert into desk.blob (hash, size, branch) values (hash, length (whole), nullif (scope, '*'))
  on conflict do nothing;
  return true;
end $$;

create or replace function api.blob_known (hash text) returns boolean
language plpgsql security definer set search_path = pg_catalog, desk, pg_temp as $$
declare
  stands text := desk.stand (null);
begin
  return desk.blob_wanted (hash);
end $$;

-- Chunk n, null behind the last one. What is published is everybody's, all else its branch's.
create or replace function api.blob_get (hash text, n int) returns bytea
language plpgsql security definer set search_path = pg_catalog, desk, pg_temp as $$
declare
  stands text := desk.stand (null);
begin
  return (select k.data from desk.blob b join desk.blob_chunk k on k.hash = b.hash and k.branch = coalesce (b.branch, '*')
          where b.hash = blob_get.hash and k.n = blob_get.n order by k.branch limit 1);
end $$;

-- Pieces of blobs that never came whole, a day after; what was left longer ago was looked at then.
create or replace function desk.blob_prune ()
returns int language plpgsql as $$
declare
  dropped int;
begin
  delete from desk.blob_chunk k
  where k.put_at between now () - interval '8 days' and now () - interval '1 day'
    and not exists (select from desk.blob b where b.hash = k.hash and coalesce (b.branch, '*') = k.branch);
  get diagnostics dropped = row_count;
  return dropped;
end $$;

do $$
declare
  signature text;
begin
  foreach signature in array '{"api.blob_put (text, int, boolean, bytea)", "api.blob_known (text)", "api.blob_get (text, int)"}'::text[] loop
    execute format ('revoke all on function %s from public', signature);
    execute format ('grant execute on function %s to janela_clerk, janela_supervisor, janela_admin, janela_steward', signature);
    execute format ('alter function %s owner to janela_api', signature);
  end loop;
end $$;
