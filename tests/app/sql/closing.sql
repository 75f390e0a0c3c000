-- closing.sql: the day's report of a counter and of the branch, and the slips with which papers leave it.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('rui', 'T02', 2), test.open ('eva', 'T03', 3), test.open ('bob', 'T04', 4);
create temp table v as select test.visit ('ana') as id;
create temp table r as select test.run ('ana', 'visit_submit', test.submission (id)) as answer from v;
grant select on v, r to public;
create function test.report (who text, args jsonb default '{}') returns jsonb language sql as $$ select test.ask (who, 'day_report', args) $$;
create function test.id (n int) returns uuid language sql as $$ select ('0190bbbb-0000-7000-8000-' || lpad (n::text, 12, '0'))::uuid $$;
select test.run ('ana', 'print_begin', jsonb_build_object ('attempt', test.id (1), 'medium', 'roll80', 'printer', 'pos', 'receipt', answer #>> '{receipt,id}')) from r;
select test.run ('ana', 'print_end', jsonb_build_object ('attempt', test.id (1), 'outcome', 'printed', 'by_clerk', true));
select test.run ('ana', 'print_begin', jsonb_build_object ('attempt', test.id (2), 'medium', 'roll80', 'printer', 'pos', 'kind', 'test', 'title', 'pos'));
\o
select * from no_plan ();

-- Counts and sums of one counter.
select is (test.report ('ana') -> 'counter', '1', 'a clerk''s own counter');
select is (test.report ('ana') -> 'visits', '{"opened": 1, "submitted": 1}', 'visits');
select is (test.report ('ana') -> 'tickets', '[{"count": 1, "outcome": "open"}]', 'a ticket at the desk has no outcome yet');
select is (test.report ('ana') -> 'applications',
           '[{"count": 1, "amount": 9000, "charged": 1, "department": "dsaj"}, {"count": 1, "amount": 0, "charged": 0, "department": "dsi"}, {"count": 1, "amount": 0, "charged": 0, "department": "fss"}]',
           'by department; only what a department confirmed is a fee');
select is (test.report ('ana') -> 'prints', '[{"kind": "receipt", "open": 0, "printed": 1, "confirmed": 1}]', 'papers; no test page');
select is (test.report ('ana') -> 'fee', '9000', 'taken');
select is (test.report ('ana') -> 'till', 'false', 'no till stands there');
select is (test.report ('ana') ->> 'mismatches', '0', 'everything matches');
update desk.counter set equipment = '{till}' where branch = '91' and number = 1;
select is (test.report ('ana') -> 'till', 'true', 'now one does');
select is (test.report ('ana')::text !~* 'person|document|name', true, 'no person');

-- Whose it is.
select is (test.report ('ana', '{"counter": 2}') ->> 'fault', 'JN003 not-your-counter', 'another counter is not a clerk''s');
select is (test.report ('rui') #>> '{visits,submitted}', '0', 'another counter has its own');
select is (test.report ('eva', '{"counter": 1}') #>> '{visits,submitted}', '1', 'a supervisor sees each counter');
select is (test.report ('eva') #>> '{visits,submitted}', '1', 'and the branch');
select is (test.report ('eva') -> 'counter', 'null', 'which has no number');
select is (test.report ('bob') -> 'fee', '0', 'another branch has its own');
select is (test.report ('ana', '{"day": "2026-01-02"}') -> 'tickets', '[]', 'another day too');
select is (test.ask ('hed', 'day_report') ->> 'fault' ~ '^42501', true, 'head office reads statistics, not this');

-- Papers leave: to a department once, to the next clerk as often as needed.
select is (jsonb_array_length (test.ask ('ana', 'hand_overs') -> 'lines'), 3, 'three applications lie here');
select is (test.ask ('ana', 'hand_overs') #> '{lines,0}' -> 'papers', '1', 'with the paper that was shown');
select is (test.ask ('ana', 'hand_overs') #> '{lines,1}' -> 'papers', '0', 'once, where it lies');
select is (jsonb_array_length (test.ask ('rui', 'hand_overs') -> 'lines'), 0, 'nothing at the other counter');
select matches (test.run ('ana', 'hand_over', jsonb_build_object ('id', test.id (10))) ->> 'no', '^91-E-[0-9]{8}-01$', 'numbered, to the next clerk');
select is (jsonb_array_length (test.ask ('ana', 'hand_overs') -> 'lines'), 3, 'they lie here still');
select is (test.run ('ana', 'hand_over', jsonb_build_object ('id', test.id (11), 'department', 'dsaj')) #>> '{lines,0,service}', 'dsaj-birth-reg', 'to the department');
select is ((select array_agg (l ->> 'department') from jsonb_array_elements (test.ask ('ana', 'hand_overs') -> 'lines') l), '{dsi,fss}', 'and gone');
select is (test.run ('ana', 'hand_over', jsonb_build_object ('id', test.id (12), 'department', 'dsaj')) ->> 'fault', 'JN001 nothing-to-hand-over', 'nothing goes twice');
select is (jsonb_array_length (test.ask ('eva', 'hand_overs') -> 'lines'), 2, 'a supervisor sees the branch''s');
select is (jsonb_array_length (test.ask ('eva', 'hand_overs') -> 'slips'), 2, 'and its slips');
select is ((select count (*) from desk.event where kind = 'hand-over' and what = 'drawn-up'), 2::bigint, 'each is an event');
select is (test.run ('ana', 'hand_over', jsonb_build_object ('id', test.id (13), 'counter', 2)) ->> 'fault', 'JN003 not-your-counter', 'not for another counter');
select is (jsonb_array_length (test.ask ('bob', 'hand_overs') -> 'lines'), 0, 'another branch has its own');
select * from finish ();
