-- 093-frame.sql: the fence of a branch (015-security.sql) goes by what the frame of a call has found. It asked for the session
-- again at each table: a call of the next ticket ten times while it holds the branch's lock, a sixth of that time.
set role janela_owner;

-- Each function of schema api begins with desk.open_call, desk.caller or desk.stand, which find the session and say in
-- janela.branch which branch is worked for ('*': all of them, '': none): what a client has put there is never read
-- (tests/app/sql/rows.sql looks at each of them).
do $$
declare
  name text;
  mine text := $p$ branch = (select current_setting ('janela.branch', true)) or current_setting ('janela.branch', true) = '*' $p$;
begin
  for name in select p.tablename from pg_policies p
              where p.schemaname = 'desk' and p.policyname = 'branch' and p.tablename not in ('blob', 'command') loop
    execute format ('alter policy branch on desk.%I using (%s)', name, mine);
  end loop;
  execute format ('alter policy branch on desk.blob using (branch is null or %s)', mine);
  execute format ('create policy branch_answered on desk.command for insert to janela_api with check (%s)', mine);
  foreach name in array '{person, document, fact, relation}'::text[] loop
    execute format ($p$ alter policy counter on desk.%I using ((select current_setting ('janela.branch', true)) <> '') $p$, name);
  end loop;
end $$;
alter policy catalogue on desk.event
  using (branch = '*' and kind = 'catalogue' and (select current_setting ('janela.branch', true)) <> '');
alter policy steward on desk.chain_batch using ((select current_setting ('janela.branch', true)) = '*');

-- The first answer to a retry is read together with the session, before anything is said: it asks for itself.
drop policy branch on desk.command;
create policy branch on desk.command for select to janela_api
  using (branch = (select s.branch from desk.own_session s) or (select desk.my_branch ()) = '*');

-- As in 008-calls.sql; but the frame of a query stands by itself. As an argument it would be left out where desk.NAME
-- is written into the query and does not look at its call.
create or replace function desk.expose (kind text, name text, roles text[], replayable boolean default false)
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
      declare
        c desk.call := desk.caller (%1$L, args);
      begin
        return desk.%1$I (c, args);
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
select desk.expose (e.kind, e.name, e.roles, e.replayable) from desk.exposed e where e.kind = 'query';

-- Made again in functions/, otherwise.
drop function if exists desk.ticket_fields (desk.ticket, text[], text[]);
