-- prints.sql: attempts of every kind of paper, the spool, what a terminal takes up again, and the reconciliation.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('rui', 'T02', 2), test.open ('eva', 'T03', 3), test.open ('bob', 'T04', 4);
create temp table v as select test.visit ('ana') as id;
create temp table r as select test.run ('ana', 'visit_submit', test.submission (id)) #> '{receipt}' as receipt from v;
grant select on v, r to public;
create function test.begin (who text, attempt uuid, more jsonb) returns jsonb language sql as $$
  select test.run (who, 'print_begin', jsonb_build_object ('attempt', attempt, 'medium', 'roll80', 'printer', 'pos') || more) $$;
create function test.finish (who text, attempt uuid, how text, more jsonb default '{}') returns jsonb language sql as $$
  select test.run (who, 'print_end', jsonb_build_object ('attempt', attempt, 'outcome', how) || more) $$;
create function test.receipt () returns jsonb language sql as $$ select jsonb_build_object ('receipt', receipt ->> 'id') from pg_temp.r $$;
create function test.id (n int) returns uuid language sql as $$ select ('0190aaaa-0000-7000-8000-' || lpad (n::text, 12, '0'))::uuid $$;
create function test.report () returns jsonb language sql as $$ select test.ask ('eva', 'reconcile') $$;
create function test.found () returns text language sql as $$
  select coalesce (string_agg (m ->> 'what', ' '), '-') from jsonb_array_elements (test.report () -> 'mismatches') m $$;
\o
select * from no_plan ();

-- Written down before anything is sent, with what the paper says.
select is (test.begin ('ana', test.id (1), test.receipt () || '{"document": "{\"title\": \"x\"}"}') ->> 'copy', '0', 'the first print');
select is (test.begin ('ana', test.id (1), test.receipt ()) ->> 'copy', '0', 'begun twice is begun once');
select results_eq ($$ select kind, title, copy, terminal, counter, login, outcome is null from desk.print where attempt = test.id (1) $$,
                   $$ select 'receipt', receipt ->> 'no', 0, 'T01', 1, test.login ('ana'), true from r $$, 'who, where, what');
select is (test.ask ('rui', 'spool', jsonb_build_object ('attempt', test.id (1))) ->> 'document', '{"title": "x"}', 'another terminal reads what it says, to the byte');
select is ((select count (*) from desk.event where subject = test.id (1) and what = 'read'), 1::bigint, 'and the read is logged');
select is (test.ask ('bob', 'spool', jsonb_build_object ('attempt', test.id (1))) ->> 'fault', 'JN004 no-document', 'another branch does not');
select is (test.begin ('ana', test.id (9), test.receipt () || '{"document": "no JSON"}') ->> 'fault' ~ '^22|JN002', true, 'what is no document is refused');

-- What a terminal does not know the end of.
select is ((select array_agg (p ->> 'attempt') from jsonb_array_elements (test.ask ('ana', 'prints') -> 'prints') p), array[test.id (1)::text], 'the terminal finds its own');
select is (test.ask ('rui', 'prints') -> 'prints', '[]', 'another one does not');
select is (test.finish ('ana', test.id (1), 'unconfirmed', '{"reason": "offline", "bytes": "ab", "job": 7}'), '{}', 'nobody knows');
select is (test.ask ('ana', 'prints') #>> '{prints,0,outcome}', 'unconfirmed', 'so it is asked about again');
select is (test.finish ('ana', test.id (1), 'printed', '{"by_clerk": true}'), '{}', 'the clerk says');
select results_eq ($$ select outcome, bytes, job, confirmed_by from desk.print where attempt = test.id (1) $$, $$ values ('printed', 'ab', 7, test.login ('ana')) $$, 'that is kept beside what was sent');
select is (test.ask ('ana', 'prints') -> 'prints', '[]', 'and asked no more');
select is (test.finish ('ana', test.id (1), 'failed') ->> 'fault', 'JN001 print-ended', 'an end is an end');
select is ((select string_agg (what, ' ' order by id) from desk.event where kind = 'print' and subject = test.id (1) and what <> 'read'), 'begun unconfirmed printed', 'each step is an event');
select is ((select p ->> 'printer' from jsonb_array_elements (test.ask ('rui', 'prints', (select jsonb_build_object ('title', receipt ->> 'no') from r)) -> 'prints') p), 'pos', 'by its number any counter finds it');

-- Copies of anything are counted by what they are of.
select is (test.begin ('rui', test.id (2), test.receipt ()) ->> 'copy', '1', 'what came out counts: COPY 1, at another counter');
select is (test.begin ('ana', test.id (3), jsonb_build_object ('kind', 'ticket', 'subject', test.id (100), 'title', 'A001')) ->> 'copy', '0', 'a ticket');
select is (test.begin ('ana', test.id (4), jsonb_build_object ('kind', 'ticket', 'subject', test.id (100), 'title', 'A001')) ->> 'copy', '1', 'the slip that is under way may come out');
select is (test.begin ('ana', test.id (5), '{"kind": "test", "title": "pos"}') ->> 'copy', '0', 'a test page is of nothing');
select is (test.begin ('ana', test.id (6), '{"kind": "poem"}') ->> 'fault' ~ '^23514', true, 'a kind that does not exist');
select is ((select count (*) from jsonb_array_elements (test.ask ('rui', 'prints', '{"title": "A001"}') -> 'prints')), 2::bigint, 'of a ticket of today');
update desk.print set begun_at = begun_at - interval '1 day' where kind = 'ticket';
select is (test.ask ('rui', 'prints', '{"title": "A001"}') -> 'prints', '[]', 'the number of yesterday is another ticket''s today');
update desk.print set begun_at = begun_at + interval '1 day' where kind = 'ticket';

-- A notice that says something else is a new paper.
create function test.notice (attempt int, edition text) returns text language sql as $$
  select test.begin ('ana', test.id (attempt), jsonb_build_object ('kind', 'notice', 'subject', test.id (101), 'title', 'A001', 'edition', edition)) ->> 'copy' $$;
select is (test.notice (20, 'a') || test.notice (21, 'a') || test.notice (22, 'b'), '010', 'the same again is a copy, another edition is not');
\o /dev/null
select test.finish ('ana', test.id (n), 'printed') from generate_series (20, 22) n;
\o
select is (test.run ('ana', 'print_saved', (select jsonb_build_object ('kind', 'receipt', 'subject', receipt ->> 'id', 'title', receipt ->> 'no', 'medium', 'a5') from r)), '{}', 'saved as a file');
select is ((select details ->> 'medium' from desk.event where kind = 'print' and what = 'saved'), 'a5', 'which is an event');
select is (test.run ('ana', 'print_saved', '{"kind": "Receipt of Mr. X"}') ->> 'fault', 'JN002 wrong-argument', 'whose kind is a word');

-- The reconciliation. What began a moment ago may be under way still.
select is (test.report () #>> '{receipts,committed}', '1', 'committed');
select is (test.report () #>> '{receipts,printed}', '1', 'printed');
select is (test.report () #>> '{receipts,confirmed}', '1', 'confirmed by a clerk');
select is (test.found (), '-', 'a fresh one is given its time');
update desk.print set begun_at = begun_at - interval '10 minutes';
update desk.receipt set at = at - interval '10 minutes';
select is (test.found (), 'not-sealed never-ended never-ended never-ended never-ended', 'what never ended, and what has no seal');
\o /dev/null
select test.finish ('rui', test.id (2), 'failed'), test.finish ('ana', test.id (3), 'printed'), test.finish ('ana', test.id (4), 'cancelled'), test.finish ('ana', test.id (5), 'printed');
select test.run ('ana', 'receipt_seal', test.receipt () || '{"seal": "https://janela.example/r#x"}');
\o
select is (test.found (), '-', 'mended');
select is (test.report () -> 'prints' @> '[{"printer": "pos", "kind": "receipt"}]', true, 'by printer and kind');
update desk.print set outcome = 'failed' where attempt = test.id (1);
select is (test.found (), 'never-printed', 'accepted, and nothing came out');
insert into desk.event (branch, kind, subject, what, actor, session_role, happened_at)
select a.branch, 'application', a.id, 'collected', 'x', 'clerk', now () from desk.application a, v where a.visit = v.id limit 1;
select is (test.found (), 'collected-unprinted never-printed', 'collected on a receipt that never came out');
update desk.print set outcome = 'printed', copy = 0 where attempt in (test.id (1), test.id (2));
select is (test.found (), 'printed-twice', 'two originals');
select is (test.report () #>> '{receipts,collected}', '1', 'collected');
select is (test.ask ('ana', 'reconcile') ->> 'fault' ~ '^42501', true, 'no clerk''s business');
select is (test.ask ('adm', 'reconcile', '{"branch": "91"}') #>> '{receipts,committed}', '1', 'the administration names the branch');
select is (test.ask ('adm', 'reconcile', '{"branch": "92"}') #>> '{receipts,committed}', '0', 'and another has its own');

-- What papers say is kept for some days, and longer while its end may be told.
create function test.prune () returns text language sql as $$ select test.run ('stw', 'steward_tidy') ->> 'spool' $$;
select is (test.prune (), '0', 'what is young stays');
update desk.spool set put_at = now () - interval '31 days';
select is (test.prune (), '0', 'what was printed lately, too');
update desk.print set ended_at = now () - interval '31 days', begun_at = now () - interval '31 days';
update desk.print set outcome = 'unconfirmed' where attempt = test.id (1);
select is (test.prune (), '0', 'what is asked about serves still');
update desk.print set outcome = null where attempt = test.id (1);
select is (test.prune (), '0', 'so does what is under way');
update desk.print set outcome = 'printed' where attempt = test.id (1);
select is (test.prune (), '1', 'what serves nobody goes');
select is ((select count (*) from desk.spool where branch = '91'), 0::bigint, 'and is gone');
select is ((select details ->> 'documents' from desk.event where kind = 'spool' and what = 'pruned' and branch = '91'), '1', 'its branch is told by an event');
select is (test.ask ('rui', 'spool', jsonb_build_object ('attempt', test.id (1))) ->> 'fault', 'JN004 document-pruned', 'who asks for it hears why');
select is (test.ask ('rui', 'receipt', (select jsonb_build_object ('no', receipt ->> 'no') from r)) #>> '{receipt,seal}', 'https://janela.example/r#x', 'but the receipt stands in the record, with its seal');
select is (jsonb_array_length (test.ask ('rui', 'receipt', (select jsonb_build_object ('no', receipt ->> 'no') from r)) -> 'applications'), 3, 'and its applications');
select is (test.ask ('bob', 'receipt', (select jsonb_build_object ('no', receipt ->> 'no') from r)) ->> 'fault', 'JN004 no-receipt', 'not for another branch');
insert into desk.spool (branch, hash, json, put_at) values ('91', repeat ('a', 64), '{}', now () - interval '31 days');
update desk.print set document = repeat ('a', 64), outcome = null where attempt = test.id (1);
update desk.print set begun_at = now () - interval '91 days' where attempt = test.id (1);
select is (test.prune (), '1', 'nobody will tell of it any more');
update desk.setting set value = '0' where name = 'spool_days';
insert into desk.spool (branch, hash, json) values ('91', repeat ('b', 64), '{}');
select is (test.prune (), '0', 'a day at least');
select * from finish ();
