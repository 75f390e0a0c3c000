-- chain.sql: the steward's verdicts, and the chain over the events: sealed in batches, and broken by any change.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('eva', 'T02', 2);
create temp table v as select test.visit ('ana') as id;
\o
select * from no_plan ();
\o /dev/null
select test.run ('ana', 'visit_submit', test.submission (id)) from v;
\o
select is (jsonb_array_length (test.ask ('stw', 'steward_pending', '{"limit": 10}') -> 'applications'), 3, 'three applications wait for the steward');
select is (jsonb_array_length (test.ask ('stw', 'steward_pending', '{"limit": 2}') -> 'applications'), 2, 'as many as asked for');
select ok (p #>> '{applications,0,facts_xml}' ~ '^<root>' and p #>> '{applications,0,hash}' = test.form_hash (p #>> '{applications,0,service}' || '1'), 'with facts and form')
from test.ask ('stw', 'steward_pending', '{"limit": 1}') p;
create temp table a as select id, service from desk.application;
select is (test.run ('stw', 'steward_verdict', jsonb_build_object ('application', id, 'verdict', 'refused', 'node', '/data/fee_avos', 'reason', 'fee-wrong', 'fee', 100)), '{}', 'one is refused')
from a where service = 'dsaj-birth-reg';
select is (test.run ('stw', 'steward_verdict', jsonb_build_object ('application', id, 'verdict', 'verified')) ->> 'fault', 'JN001 verdict-given', 'once') from a where service = 'dsaj-birth-reg';
select is (t #>> '{items,0,kind}' || ' ' || (t #>> '{items,0,code}') || ' ' || (t #>> '{items,0,details,node}'), 'verdict fee-wrong /data/fee_avos', 'and lies in the supervisor''s tray with node and reason')
from test.ask ('eva', 'tray') t;
select is ((select fee from desk.application where verdict = 'refused'), 100::bigint, 'the fee is the steward''s');
select is (test.run ('ana', 'steward_verdict', jsonb_build_object ('application', id, 'verdict', 'verified')) ->> 'fault', '42501 permission denied for function steward_verdict', 'no clerk verifies') from a limit 1;
select is (jsonb_array_length (test.ask ('stw', 'steward_pending', '{}') -> 'applications'), 2, 'two are left');

-- An entity id that somebody has: his role in this visit, or none.
create temp table w as select id as visit, gen_random_uuid () as mother, (select person from desk.document limit 1) as registered from v;
insert into desk.visit_person (id, branch, visit, role, person) select mother, '91', visit, 'mother', registered from w;
create function test.owner (id text) returns jsonb language sql as $$
  select desk.owners (visit, '<data id="demo"><mother><meta><entity dataset="person" id="' || id || '" create="1"/></meta></mother></data>') from pg_temp.w $$;
select is (test.owner (mother::text), jsonb_build_array (jsonb_build_object ('id', mother, 'role', 'mother')), 'a person of this visit stands in his role') from w;
select is (test.owner ('uuid:' || registered) #>> '{0,role}', 'mother', 'so does the one in the register') from w;
insert into desk.person (id) values ('11111111-1111-4111-8111-111111111111');
select is (test.owner ('11111111-1111-4111-8111-111111111111'), '[{"id": "11111111-1111-4111-8111-111111111111", "role": null}]', 'another of the register has none');
select is (test.owner (gen_random_uuid ()::text), '[]', 'a new id is nobody''s');
select ok (test.ask ('stw', 'steward_pending', '{"limit": 1}') #> '{applications,0,owners}' = '[]', 'the steward is told with each application');

-- Shapes of forms are learned, and only so many are kept.
\o /dev/null
insert into desk.shape
select (jsonb_populate_record (s, jsonb_build_object ('tags', 1000 + n, 'learned_at', now () - make_interval (mins => n)))).*
from desk.shape s, generate_series (1, 30) n where s.code = 'dsaj-birth-reg';
\o
select is (test.run ('stw', 'steward_tidy', '{"shapes": 10}'), '{"shapes": 21, "pieces": 0, "spool": 0, "drafts": 0, "blobs": 0}', 'what is too much is dropped');
select is ((select count (*) || ' ' || min (tags) from desk.shape where code = 'dsaj-birth-reg'), (select '10 ' || tags from desk.shape where code = 'dsaj-birth-reg' order by learned_at desc limit 1), 'the newest stay');
select is (test.run ('stw', 'steward_tidy'), '{"shapes": 0, "pieces": 0, "spool": 0, "drafts": 0, "blobs": 0}', 'and nothing more the next time');

-- The chain. All this ran in transactions that ended.
create function test.verify () returns jsonb language sql as $$ select test.ask ('stw', 'audit_verify', '{"branch": "91"}') $$;
-- The chain takes what lies below every running transaction of the cluster: other tests run beside this one.
create function test.settle () returns void language plpgsql as $$
begin
  while exists (select from desk.event where branch = '91' and txid >= pg_snapshot_xmin (pg_current_snapshot ())) loop
    perform pg_sleep (0.01);
  end loop;
end $$;
create temp table events as select count (*) as n from desk.event where branch = '91';
select is (v ->> 'unsealed', n::text, 'all is unsealed') from test.verify () v, events;
\o /dev/null
select test.settle ();
\o
select is (test.run ('stw', 'chain_seal', '{"branch": "91"}') - 'tail', jsonb_build_object ('sealed', n), 'sealed') from events;
select is (v - 'unsealed', jsonb_build_object ('rows', n, 'batches', 1, 'broken', null), 'one batch, whole') from test.verify () v, events;
\o /dev/null
select test.run ('ana', 'ticket_issue', '{"services": ["dsi-bir-first"]}');
select test.settle ();
select test.run ('stw', 'chain_seal', '{"branch": "91"}');
\o
select is (v ->> 'batches' || ' ' || (v ->> 'rows') || ' ' || (v ->> 'unsealed'), '2 ' || n + 1 || ' 0', 'what comes later goes into the next') from test.verify () v, events;
select is (test.run ('stw', 'chain_seal', '{"branch": "91"}') ->> 'sealed', '0', 'nothing new, no batch');
set timezone = 'Asia/Tokyo';
set datestyle = 'German';
select is (test.verify () -> 'broken', 'null'::jsonb, 'no setting of a session changes the bytes');

-- Who has the server itself can change rows, and it shows.
create function test.tamper (statement text) returns jsonb language plpgsql as $$
declare answer jsonb; begin
  begin
    alter table desk.event disable trigger append_only;
    alter table desk.chain_batch disable trigger append_only;
    execute statement;
    answer := desk.audit_verify (null, '{"branch": "91"}') -> 'broken';
    raise exception using errcode = 'ZZZZZ';
  exception when sqlstate 'ZZZZZ' then
    return answer - 'sealed_at';
  end;
end $$;
select is (test.tamper (statement), found::jsonb, why) from (values
  ('update desk.event set actor = ''somebody'' where branch = ''91'' and what = ''called''', '{"batch": 1, "why": "digest"}', 'another actor'),
  ('update desk.event set happened_at = happened_at - interval ''1 second'' where branch = ''91'' and what = ''called''', '{"batch": 1, "why": "digest"}', 'another time'),
  ('update desk.event set details = details || ''{"fee": 1}'' where branch = ''91'' and kind = ''visit'' and what = ''submitted''', '{"batch": 1, "why": "digest"}', 'another fee'),
  ('delete from desk.event where branch = ''91'' and what = ''called''', '{"batch": 1, "why": "events"}', 'an event that is gone'),
  ('insert into desk.event (branch, txid, kind, what, actor, session_role, happened_at) select branch, txid, kind, what, actor, session_role, happened_at from desk.event where branch = ''91'' limit 1', '{"batch": 1, "why": "events"}', 'an event slipped in later'),
  ('delete from desk.chain_batch where number = 1', '{"batch": 2, "why": "batch-missing"}', 'a batch that is gone'),
  ('update desk.chain_batch set digest = sha256 (''x'') where number = 1', '{"batch": 1, "why": "digest"}', 'a batch that was sealed again')) t (statement, found, why);
select is (test.verify () -> 'broken', 'null'::jsonb, 'and untouched it is whole');
select * from finish ();
