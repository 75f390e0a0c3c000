-- 015-security.sql: what janela_api may do with the tables, and which rows it sees. It runs every
-- function for everybody, so these fences stand even where a function forgot to ask.
set role janela_owner;

grant select, insert, update on all tables in schema desk to janela_api;
grant delete on desk.draft, desk.calendar_day, desk.working_day, desk.authorisation, desk.blob_chunk to janela_api;
revoke update on desk.event, desk.chain_batch, desk.fact, desk.command from janela_api;
revoke insert, update on desk.migration, desk.function_file, desk.setting, desk.exposed from janela_api;

-- Rows of a branch are seen from that branch, and by those without borders ('*'). The first half is
-- what desk.my_branch () says of a session, written out: a function would cost four times as much, and a
-- submission asks fifteen times. Standing in (select …) it is asked once a statement, not once a row.
do $$
declare
  name text;
begin
  foreach name in array '{ticket, visit, visit_person, draft, application, fee, paper, consent, receipt, print, tray,
                          event, number, command, offline_grant}'::text[]
  loop
    execute format ('alter table desk.%I enable row level security', name);
    execute format ($p$ create policy branch on desk.%I to janela_api
                        using (branch = (select s.branch from desk.session s
                                         where s.id = nullif (current_setting ('janela.session', true), '')::uuid
                                           and s.login = session_user and s.pid = pg_backend_pid () and s.closed_at is null)
                               or (select desk.my_branch ()) = '*') $p$, name);
  end loop;
end $$;

-- An event or an answer without branch ('*', none) belongs to those who have none: administration.
create policy without_branch on desk.event for insert to janela_api with check (branch = '*');
create policy without_branch on desk.command to janela_api using (branch is null and login = session_user);

-- A department sees what is addressed to it, and nothing before it is verified.
create policy department on desk.application for select to janela_api
  using (verdict = 'verified' and department = (select desk.my_department ()));

-- The register is read at a counter or by the steward, never without a session.
do $$
declare
  name text;
begin
  foreach name in array '{person, document, fact, relation}'::text[] loop
    execute format ('alter table desk.%I enable row level security', name);
    execute format ($p$ create policy counter on desk.%I to janela_api
                        using ((select desk.my_branch ()) is not null) $p$, name);
  end loop;
end $$;

-- Published blobs are everybody's; scans and signatures are their branch's.
alter table desk.blob enable row level security;
create policy branch on desk.blob to janela_api
  using (branch is null or branch = (select desk.my_branch ()) or (select desk.my_branch ()) = '*');

-- The chain is the steward's to write and the auditor's to read.
alter table desk.chain_batch enable row level security;
create policy steward on desk.chain_batch to janela_api using ((select desk.my_branch ()) = '*');
