-- submit-rows.sql: what a submission leaves behind, from the same document: nobody asks who sends it, nothing is checked, no
-- answer of before is looked up.
create function test.rows (key uuid, args jsonb)
returns jsonb language plpgsql security definer set plan_cache_mode = force_generic_plan as $$
declare
  v desk.visit;
  n bigint;
  no text;
  receipt uuid := args ->> 'receipt';
  answer jsonb;
begin
  update desk.visit h
  set submitted_at = now (), language = args ->> 'language', papers = args -> 'papers', consents = args -> 'consents',
      signature = args -> 'signature'
  where h.id = (args ->> 'visit')::uuid
  returning * into v;
  delete from desk.draft d where d.visit = v.id;
  insert into desk.number as k (branch, series, period, last) values (v.branch, 'rows', '', 1)
  on conflict (branch, series, period) do update set last = k.last + 1
  returning last into n;
  no := 'R' || v.branch || '-' || n;
  answer := jsonb_build_object ('id', receipt, 'no', no, 'visit', v.id, 'at', now ());
  insert into desk.receipt (id, branch, no, visit, day, at, counter, fee, json)
  values (receipt, v.branch, no, v.id, v.day, now (), 7, 0, answer);
  insert into desk.application (id, branch, visit, no, service, department, version, hash, xml, needs, state, login, day,
                                language, fee, submitted_at)
  select a.id, v.branch, v.id, no || '-' || a.service, a.service, 'dsaj', a.version, a.hash, a.xml, '{}', 'submitted', v.login,
         v.day, 'pt', 0, now ()
  from jsonb_to_recordset (args -> 'applications') a (id uuid, service text, version text, hash text, xml text);
  insert into desk.event (branch, kind, subject, what, actor, session_role, terminal, counter, happened_at, details)
  select v.branch, 'application', a.id, 'submitted', v.login, 'clerk', 'T01', 7, now (), answer
  from (select v.id union all select k.id from jsonb_to_recordset (args -> 'applications') k (id uuid)) a;
  insert into desk.command (key, branch, name, args_hash, login, terminal, answer)
  values (key, v.branch, 'visit_submit', 0, v.login, 'T01', answer);
  return answer;
end $$;
