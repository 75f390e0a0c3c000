-- 071-sessions.sql: a session is found by its id, whatever the planner thinks of how many are open.
set role janela_owner;

-- "closed_at is null" let a plan that was made while few were open walk through all open sessions, in each statement
-- of each of a thousand desks. Said in this way only the primary key fits.
create or replace function desk.my_branch ()
returns text language plpgsql stable as $$
declare
  mine text;
begin
  select s.branch into mine from desk.session s
  where s.id = nullif (current_setting ('janela.session', true), '')::uuid
    and s.login = session_user and pg_backend_pid () in (s.pid, s.side_pid) and coalesce (s.closed_at, 'infinity') = 'infinity';
  if mine is null and (pg_has_role (session_user, 'janela_steward', 'member')
                       or pg_has_role (session_user, 'janela_head_office', 'member')
                       or pg_has_role (session_user, 'janela_admin', 'member')) then
    mine := '*';
  end if;
  return mine;
end $$;

do $$
declare
  name text;
begin
  for name in select p.tablename from pg_policies p
              where p.schemaname = 'desk' and p.policyname = 'branch' and p.qual ~ 'FROM desk\.session|FROM session' loop
    execute format ('drop policy branch on desk.%I', name);
    execute format ($p$ create policy branch on desk.%I to janela_api
                        using (branch = (select s.branch from desk.session s
                                         where s.id = nullif (current_setting ('janela.session', true), '')::uuid
                                           and s.login = session_user and s.pid = pg_backend_pid ()
                                           and coalesce (s.closed_at, 'infinity') = 'infinity')
                               or (select desk.my_branch ()) = '*') $p$, name);
  end loop;
end $$;

drop function if exists desk.happened_at (jsonb);
delete from desk.shape;                          -- types are regular expressions from now on (desk.rules)
