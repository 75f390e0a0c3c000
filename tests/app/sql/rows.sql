-- rows.sql: row-level security bites inside the functions, also in one that forgot to ask.
\o /dev/null
\ir ../fixture.sql
-- careless: exposed as every function of api is, and looking at no branch
create function desk.careless_count (c desk.call, args jsonb) returns jsonb language sql
  as $$ select to_jsonb (count (*)) from desk.ticket $$;
create function desk.careless_insert (c desk.call, args jsonb) returns jsonb language sql
  as $$ insert into desk.ticket (branch, day, number, services, priority, language, arrived, due)
        values (args ->> 'branch', current_date, 'X001', '{dsi-photo}', 'none', 'pt', now (), now ()) returning to_jsonb (number) $$;
create function desk.careless_facts (c desk.call, args jsonb) returns jsonb language sql
  as $$ select to_jsonb (count (*)) from desk.fact $$;
create function desk.careless_applications (c desk.call, args jsonb) returns jsonb language sql
  as $$ select to_jsonb (count (*)) from desk.application $$;
select desk.expose ('query', 'careless_' || name, '{clerk,officer,steward}') from unnest ('{count,insert,facts,applications}'::text[]) name;
create function test.careless (who text, name text, args jsonb default '{}') returns text language sql
  as $$ select test.try (who, format ('select api.careless_%s (%L)', name, args)) $$;
select test.open ('ana', 'T01', 1), test.open ('bob', 'T01', 1), test.open ('eva', 'T02', 2);
select test.run ('ana', 'ticket_issue', '{"services": ["dsi-bir-first"]}') from generate_series (1, 3);
select test.run ('bob', 'ticket_issue', '{"services": ["dsi-bir-first"]}');
\o
select * from no_plan ();

select is (test.careless ('ana', 'count'), '3', 'a clerk of branch 91 sees its three tickets');
select is (test.careless ('bob', 'count'), '1', 'a clerk of branch 92 sees its one');
select is (test.careless ('rui', 'count'), '0', 'without a session there is no branch, and no row');
select is (test.careless ('oto', 'count'), '0', 'an officer sees no ticket');
select is (test.careless ('stw', 'count'), '4', 'the steward has no borders');
select is (test.careless ('ana', 'insert', '{"branch": "91"}'), '"X001"', 'a row of his own branch goes in');
select is (left (test.careless ('ana', 'insert', '{"branch": "92"}'), 5), '42501', 'a row of another branch does not');
select is (test.careless ('rui', 'facts'), '0', 'the register is not read without a session');
select isnt (test.careless ('ana', 'facts'), '0', 'and is at a counter');

-- The session's id stands in a setting that the client can change.
select is (test.try ('rui', format ($$ select set_config ('janela.session', %L, false), api.careless_count ('{}') $$, (select id from test.session where name = 'ana'))),
           (select id from test.session where name = 'ana'), 'a client may write what it likes into the setting');
select is (test.careless ('rui', 'count'), '0', 'another clerk''s session is not his');
update test.session set id = 'no uuid' where name = 'rui';
select is (left (test.careless ('rui', 'count'), 5), '22P02', 'and nonsense is refused');

-- Applications: the branch sees its own, a department what is verified and addressed to it.
\o /dev/null
create temp table v as select test.visit ('eva', '["dsaj-birth-reg", "dsi-bir-first", "fss-birth-allowance"]') as id;
select test.run ('eva', 'visit_submit', test.submission (id)) from v;
\o
select is (test.careless ('ana', 'applications'), '3', 'the branch sees its three applications');
select is (test.careless ('bob', 'applications'), '0', 'another branch sees none');
select is (test.careless ('oto', 'applications'), '0', 'a department sees nothing before it is verified');
\o /dev/null
select test.run ('stw', 'steward_verdict', jsonb_build_object ('application', id, 'verdict', 'verified', 'fee', 0)) from desk.application;
\o
select is (test.careless ('oto', 'applications'), '1', 'and then only what is addressed to it');
update test.session set id = '' where name = 'rui';

-- The branch stands in one too, and each function of api says it first of all.
select is (test.try ('ana', format ($$ select api.careless_count ('{}') from set_config ('janela.branch', %L, false) $$, branch)), '5',
           'a client who says ' || branch || ' is not believed') from unnest ('{92,*}'::text[]) branch;
select is (test.careless ('rui', 'count'), '0', 'nor who has no session, whatever was said before');
create function test.frameless () returns setof name language sql as $$
  select p.proname from pg_proc p
  where p.pronamespace = 'api'::regnamespace
    and p.prosrc !~ '^\s*declare\s+c desk\.call := desk\.(open_call|caller) \(''\w+'', (key, )?args\);'
    and p.prosrc !~ '^\s*declare\s+\w+ text := (desk\.stand \(null\)|nullif \(desk\.stand \(null\), ''''\));' $$;
select is_empty ('select test.frameless ()', 'each function of api begins with finding whom it works for');
create function api.frameless () returns bigint language sql security definer as $$ select count (*) from desk.ticket $$;
select results_eq ('select test.frameless ()', $$ values ('frameless'::name) $$, 'and one that does not would be found');

-- The session is found by its id, and not by walking through all that are open.
create function test.plan (statement text) returns text language plpgsql as $$
declare plan text := ''; line text; begin
  for line in execute 'explain (costs off) ' || statement loop plan := plan || line; end loop;
  return plan; end $$;
set role janela_api;
select ok (p ~ 'session_pkey' and p !~ 'session_open|session_pid', 'by its primary key') from test.plan ('select from desk.own_session') p;
reset role;

-- What a submission writes is fenced by the branch for which it works, and by nothing that a client says.
\o /dev/null
create temp table w as select test.visit ('bob') as id;
set role janela_submit;
set janela.branch = '91';
\o
select is ((select count (*) from desk.visit where branch <> '91'), 0::bigint, 'the function that submits sees no visit of another branch');
select throws_ok ($$ insert into desk.receipt (branch, no, visit, day, at, counter, fee, json) values ('92', 'x', gen_random_uuid (), current_date, now (), 1, 0, '{}') $$, '42501', null, 'and writes no row of another');
\o /dev/null
reset role;
reset janela.branch;
\o
select is (test.try ('ana', format ($$ select set_config ('janela.branch', '92', false), api.visit_submit (gen_random_uuid (), %L) $$, test.submission (id))), 'JN004 no-visit', 'a client who says another branch is not believed') from w;
select is (test.run ('bob', 'visit_submit', test.submission (id)) #>> '{receipt,branch}', '92', 'the branch''s own clerk submits it') from w;
select * from finish ();
