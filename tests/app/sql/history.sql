-- history.sql: what is asked of a day reads that day's rows, however many lie before it.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('eva', 'T02', 2);
-- 200 days of two branches: 100 receipts a day, each printed once, and a call for help
insert into desk.receipt (id, branch, no, visit, day, at, counter, fee, json)
select gen_random_uuid (), '9' || b, '9' || b || '-' || d || '-' || n, gen_random_uuid (), current_date - d, now () - make_interval (days => d), n, 0,
       jsonb_build_object ('filler', repeat (md5 (n::text), 12))
from generate_series (200, 1, -1) d, generate_series (1, 2) b, generate_series (1, 50) n;
insert into desk.print (attempt, branch, receipt, subject, title, copy, medium, printer, begun_at, ended_at, outcome, terminal)
select gen_random_uuid (), r.branch, r.id, r.id, r.no, 0, 'roll80', 'till ' || r.counter || repeat (' ', 100), r.at, r.at, 'printed', 'T01' from desk.receipt r order by r.at;
insert into desk.help_call (branch, kind, login, counter, at, acknowledged_by, acknowledged_at)
select '91', 'help', test.login ('ana'), 1, now () - make_interval (hours => n), test.login ('eva'), now () - make_interval (hours => n) from generate_series (1, 5000) n;
insert into desk.appointment (branch, code, at, day, service_group, services, language, priority, state, booked_at)
select r.branch, r.no, r.at, r.day, 'civil', '{dsaj-birth-reg}', 'pt', 'none', 'checked-in', r.at from desk.receipt r order by r.day;
insert into desk.event (branch, kind, subject, what, actor, session_role, happened_at, recorded_at)
select r.branch, 'receipt', r.id, 'sealed', 'somebody', 'clerk', r.at, r.at from desk.receipt r order by r.at;
-- what lies below every running transaction of the cluster: other tests run beside this one
do $$ begin
  while exists (select from desk.event where txid >= pg_snapshot_xmin (pg_current_snapshot ())) loop
    perform pg_sleep (0.01);
  end loop;
end $$;
select test.run ('stw', 'chain_seal', jsonb_build_object ('branch', b)) from unnest ('{91,92,*}'::text[]) b;
-- and today
select test.run ('ana', 'visit_submit', test.submission (test.visit ('ana')));
create temp table r as select id, no from desk.receipt where day = desk.day_of ('91', now ()) and branch = '91' and no not like '91-%-%-%';
grant select on r to public;
vacuum analyze desk.receipt, desk.print, desk.help_call, desk.appointment, desk.event;  -- as the server does by itself
-- How many rows of a table a call reads.
create function test.read_so_far (rel regclass) returns bigint language sql as $$
  select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relid = rel $$;
create function test.reads (rel regclass, who text, call text) returns bigint language plpgsql as $$
declare
  before bigint := test.read_so_far (rel);
  answer text := test.try (who, call);
begin
  if left (answer, 1) <> '{' then
    raise exception '%: %', call, answer;
  end if;
  return test.read_so_far (rel) - before;
end $$;
\o
select * from no_plan ();

select is ((select count (*) from desk.receipt), 20001::bigint, 'a year''s work of a small house');
select cmp_ok (test.reads ('desk.receipt', 'eva', $$ select api.day_report ('{}') $$), '<', 10000::bigint, 'the day''s report reads no old receipt');
select cmp_ok (test.reads ('desk.receipt', 'eva', $$ select api.reconcile ('{}') $$), '<', 10000::bigint, 'nor does the reconciliation');
select cmp_ok (test.reads ('desk.print', 'eva', $$ select api.reconcile ('{}') $$), '<', 10000::bigint, 'nor an old print');
select cmp_ok (test.reads ('desk.print', 'ana', $$ select api.prints ('{}') $$), '<', 100::bigint, 'what this terminal has open is found by itself');
select cmp_ok (test.reads ('desk.print', 'ana', $$ select api.prints ('{"title": "91-100-7"}') $$), '<', 100::bigint, 'so is a paper by its number');
select cmp_ok (test.reads ('desk.help_call', 'eva', $$ select api.hall ('{}') $$), '<', 100::bigint, 'and the calls for help of the last minutes');
select cmp_ok (test.reads ('desk.appointment', 'ana', $$ select api.appointments ('{}') $$), '<', 100::bigint, 'the appointments of today');
select cmp_ok (test.reads ('desk.event', 'stw', $$ select api.steward_pending ('{}') $$), '<', 1000::bigint, 'what the steward has to do, every other second');
select cmp_ok (test.reads ('desk.event', 'bok', $$ select api.notices ('{"branch": "91", "since": "2020-01-01"}') $$), '<', 15000::bigint, 'the notices of a month, whatever is asked for');
select is (jsonb_array_length (test.ask ('ana', 'prints', '{"title": "91-100-7"}') -> 'prints'), 1, 'which is there');

-- The log of a branch, exported a page at a time.
create temp table page (n int, answer jsonb);
create function test.export (more text) returns bigint language plpgsql as $$
declare
  before bigint := test.read_so_far ('desk.event');
  after jsonb;
  rows jsonb;
begin
  truncate page;
  for n in 1 .. 100 loop
    rows := test.ask ('adm', 'audit_export', jsonb_build_object ('branch', '91', 'limit', 1000, 'after', after) || more::jsonb) -> 'rows';
    insert into page values (n, rows);
    after := jsonb_build_object ('txid', rows -> -1 -> 'txid', 'id', rows -> -1 -> 'id');
    exit when jsonb_array_length (rows) < 1000;
  end loop;
  return test.read_so_far ('desk.event') - before;
end $$;
create function test.exported () returns table (txid xid8, id bigint) language sql as $$
  select (e ->> 'txid')::xid8, (e ->> 'id')::bigint from page, jsonb_array_elements (answer) with ordinality r (e, m) order by page.n, m $$;
select cmp_ok (test.export ('{}'), '<', 12000::bigint, 'the export of ten thousand events reads each once');
select results_eq ('select * from test.exported ()', $$ select e.txid, e.id from desk.event e where branch = '91' order by 1, 2 $$, 'all of them, in the order of the chain');
select cmp_ok (test.export (format ('{"from": "%s"}', current_date - 100)), '<', 15000::bigint, 'and so does that of half of them');
select set_eq ('select id from test.exported ()', $$ select id from desk.event where branch = '91' and desk.day_of ('91', recorded_at) >= current_date - 100 $$, 'which are those of its days');
select is (test.ask ('adm', 'audit_export', '{"branch": "91", "after": 7}') ->> 'fault', 'JN002 wrong-argument', 'a page begins at a key, not at a number');
select * from finish ();
