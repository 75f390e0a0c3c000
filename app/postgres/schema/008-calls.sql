-- 008-calls.sql: the frame of every command and query: who calls, once only, and what is exposed.
set role janela_owner;

-- Answers given. The same key again gets the same answer, so a retry is harmless.
create table desk.command (
  key          uuid primary key,
  branch       text,
  name         text not null,
  args_hash    bigint not null,
  login        text not null,
  terminal     text,
  answered_at  timestamptz not null default now(),
  answer       jsonb not null
);

-- Who calls, from where, and when it happened: made once, handed to whatever does the work.
create type desk.call as (
  key            uuid,
  name           text,
  login          text,
  role           text,
  session        uuid,
  branch         text,
  terminal       text,
  counter        int,
  offline_grant  uuid,
  number         text,                           -- the receipt's, taken from the terminal's own series
  at             timestamptz,                    -- happened
  day            date,                           -- the branch's business day then
  answer         jsonb,                          -- the first answer, where there is one
  args_hash      bigint
);

-- What stands in schema api, and for whom.
create table desk.exposed (
  name        text primary key,
  kind        text not null check (kind in ('command', 'query')),
  roles       text[] not null,
  replayable  boolean not null default false
);

-- Make api.NAME around desk.NAME: it runs as janela_api, for these roles alone.
create function desk.expose (kind text, name text, roles text[], replayable boolean default false)
returns void language plpgsql as $$
declare
  body text := case kind
    when 'command' then format ($f$
      create or replace function api.%1$I (key uuid, args jsonb) returns jsonb
      language plpgsql security definer set search_path = pg_catalog, desk, pg_temp as $b$
      declare
        c desk.call := desk.open_call (%1$L, key, args);
      begin
        if c.answer is not null then
          return c.answer;
        end if;
        return desk.close_call (c, desk.%1$I (c, args));
      end $b$ $f$, name)
    when 'query' then format ($f$
      create or replace function api.%1$I (args jsonb) returns jsonb
      language plpgsql security definer set search_path = pg_catalog, desk, pg_temp as $b$
      begin
        return desk.%1$I (desk.caller (%1$L, args), args);
      end $b$ $f$, name)
    end;
  signature text := format (case kind when 'command' then 'api.%I (uuid, jsonb)' else 'api.%I (jsonb)' end, name);
  role text;
begin
  execute body;
  execute format ('revoke all on function %s from public', signature);
  foreach role in array roles loop
    execute format ('grant execute on function %s to %I', signature, 'janela_' || role);
  end loop;
  execute format ('alter function %s owner to janela_api', signature);
  insert into desk.exposed values (name, kind, roles, replayable)
  on conflict on constraint exposed_pkey do update set roles = excluded.roles, replayable = excluded.replayable;
end $$;
