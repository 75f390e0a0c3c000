-- rows.sql: row-level security bites inside the functions, also in one that forgot to ask.
\o /dev/null
\ir ../fixture.sql
-- careless: they run as every function of api does, and look at no branch
create function api.careless_count () returns bigint language sql security definer set search_path = pg_catalog, desk, pg_temp
  as $$ select count (*) from desk.ticket $$;
create function api.careless_insert (branch text) returns text language sql security definer set search_path = pg_catalog, desk, pg_temp
  as $$ insert into desk.ticket (branch, day, number, services, priority, language, arrived, due)
        values (branch, current_date, 'X001', '{dsi-photo}', 'none', 'pt', now (), now ()) returning number $$;
create function api.careless_facts () returns bigint language sql security definer set search_path = pg_catalog, desk, pg_temp
  as $$ select count (*) from desk.fact $$;
create function api.careless_applications () returns bigint language sql security definer set search_path = pg_catalog, desk, pg_temp
  as $$ select count (*) from desk.application $$;
do $$ declare f text; begin
  foreach f in array '{"api.careless_count ()", "api.careless_insert (text)", "api.careless_facts ()", "api.careless_applications ()"}'::text[] loop
    execute format ('alter function %s owner to janela_api', f);
    execute format ('grant execute on function %s to public', f);
  end loop;
end $$;
select test.open ('ana', 'T01', 1), test.open ('bob', 'T01', 1), test.open ('eva', 'T02', 2);
select test.run ('ana', 'ticket_issue', '{"services": ["dsi-bir-first"]}') from generate_series (1, 3);
select test.run ('bob', 'ticket_issue', '{"services": ["dsi-bir-first"]}');
\o
select * from no_plan ();

select is (test.try ('ana', 'select api.careless_count ()'), '3', 'a clerk of branch 91 sees its three tickets');
select is (test.try ('bob', 'select api.careless_count ()'), '1', 'a clerk of branch 92 sees its one');
select is (test.try ('rui', 'select api.careless_count ()'), '0', 'without a session there is no branch, and no row');
select is (test.try ('oto', 'select api.careless_count ()'), '0', 'an officer sees no ticket');
select is (test.try ('stw', 'select api.careless_count ()'), '4', 'the steward has no borders');
select is (test.try ('ana', $$ select api.careless_insert ('91') $$), 'X001', 'a row of his own branch goes in');
select is (left (test.try ('ana', $$ select api.careless_insert ('92') $$), 5), '42501', 'a row of another branch does not');
select is (test.try ('rui', 'select api.careless_facts ()'), '0', 'the register is not read without a session');
select isnt (test.try ('ana', 'select api.careless_facts ()'), '0', 'and is at a counter');

-- The session's id stands in a setting that the client can change.
select is (test.try ('rui', format ($$ select set_config ('janela.session', %L, false), api.careless_count () $$, (select id from test.session where name = 'ana'))),
           (select id from test.session where name = 'ana'), 'a client may write what it likes into the setting');
select is (test.try ('rui', 'select api.careless_count ()'), '0', 'another clerk''s session is not his');
update test.session set id = 'no uuid' where name = 'rui';
select is (left (test.try ('rui', 'select api.careless_count ()'), 5), '22P02', 'and nonsense is refused');

-- Applications: the branch sees its own, a department what is verified and addressed to it.
\o /dev/null
create temp table v as select test.visit ('eva', '["dsaj-birth-reg", "dsi-bir-first", "fss-birth-allowance"]') as id;
select test.run ('eva', 'visit_submit', test.submission (id)) from v;
\o
select is (test.try ('ana', 'select api.careless_applications ()'), '3', 'the branch sees its three applications');
select is (test.try ('bob', 'select api.careless_applications ()'), '0', 'another branch sees none');
select is (test.try ('oto', 'select api.careless_applications ()'), '0', 'a department sees nothing before it is verified');
\o /dev/null
select test.run ('stw', 'steward_verdict', jsonb_build_object ('application', id, 'verdict', 'verified', 'fee', 0)) from desk.application;
\o
select is (test.try ('oto', 'select api.careless_applications ()'), '1', 'and then only what is addressed to it');
-- The fence finds the session by its id, and does not walk through all that are open.
create function test.plan (statement text) returns text language plpgsql as $$
declare plan text := ''; line text; begin
  for line in execute 'explain (costs off) ' || statement loop plan := plan || line; end loop;
  return plan; end $$;
set role janela_api;
select ok (p ~ 'session_pkey' and p !~ 'session_open|session_pid', 'by its primary key') from test.plan ('select from desk.ticket') p;
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
