-- once.sql: a command's key gives the first answer again; work done offline is delivered once, as its clerk's.
\o /dev/null
\ir ../fixture.sql
create temp table s as select test.open ('ana', 'T01', 1) as ana;
select test.open ('eva', 'T01', 2), test.open ('rui', 'T09', 9);
create temp table k as select gen_random_uuid () as key;
create function test.keyed (who text, command text, args jsonb) returns text language sql as $$
  select test.try (who, format ('select api.%I (%L, %L::jsonb)', command, key, args)) from pg_temp.k $$;
\o
select * from no_plan ();

create temp table first as select test.keyed ('ana', 'ticket_issue', '{"services": ["dsi-bir-first"], "at": "2026-01-05T09:00:00+08:00"}') as answer;
select is (test.keyed ('ana', 'ticket_issue', '{"services": ["dsi-bir-first"], "at": "2026-01-05T09:00:00+08:00"}'), answer, 'the same key, the same answer to the byte') from first;
select is (test.keyed ('eva', 'ticket_issue', '{"services": ["dsi-bir-first"], "at": "2026-01-05T09:00:01+08:00"}'), answer, 'whoever asks within the same terminal') from first;
select is ((select count (*) from desk.ticket), 1::bigint, 'and one ticket');
select is (test.keyed ('ana', 'ticket_issue', '{"services": ["dsi-photo"]}'), 'JN001 key-reused', 'other arguments under the same key are refused');
select is (test.keyed ('ana', 'ticket_call_next', '{}'), 'JN001 key-reused', 'another command too');
select isnt (left (test.keyed ('rui', 'ticket_issue', '{"services": ["dsi-bir-first"]}'), 1), '{', 'another terminal does not read the answer');
select is (test.try ('ana', 'select api.ticket_call_next (null, ''{}'')'), 'JN002 missing-argument', 'no key, no command');

-- HMAC-SHA-256: RFC 4231, test cases 1 and 2.
select is (encode (desk.hmac (decode (repeat ('0b', 20), 'hex'), 'Hi There'), 'hex'), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7', 'RFC 4231, case 1');
select is (encode (desk.hmac ('Jefe', 'what do ya want for nothing?'), 'hex'), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'RFC 4231, case 2');

-- A visit submitted while the line was down.
create function test.replay (who text, command text, args jsonb, change jsonb default '{}', secret text default null, number text default '91-T01-000001', at timestamptz default now (), key uuid default gen_random_uuid ())
returns jsonb language plpgsql as $$
declare
  g jsonb := (select ana -> 'grant' from pg_temp.s);
  record text := (jsonb_build_object ('command', command, 'args', args, 'key', key, 'at', at, 'actor', test.login ('ana'), 'grant', g -> 'id', 'number', number) || change)::text;
begin
  return test.run (who, 'replay', jsonb_build_object ('record', record, 'mac',
    encode (desk.hmac (decode (coalesce (secret, g ->> 'secret'), 'hex'), convert_to (record, 'UTF8')), 'hex')));
end $$;
create temp table o as select gen_random_uuid () as visit, gen_random_uuid () as key;
\o /dev/null
select test.run ('ana', 'session_close');
update desk.offline_grant set given_at = now () - interval '5 hours';
\o
create temp table d as select visit, key, test.submission (visit) || jsonb_build_object ('receipt', key) as args from o;
create temp table answer as select test.replay ('eva', 'visit_submit', args, key => d.key, at => now () - interval '2 hours') as a from d;
select is (a #>> '{receipt,no}', '91-T01-000001', 'delivered under another''s session, with the number that is on the paper') from answer;
select is (a, test.replay ('eva', 'visit_submit', d.args, key => d.key, at => now () - interval '2 hours'), 'delivered again: the first answer') from answer, d;
select is (test.open (who, terminal, counter) #>> '{grant,number}', number, 'a sign-in there says which number came last: ' || terminal)
from (values ('ana', 'T01', 1, '1'), ('rui', 'T09', 9, null)) w (who, terminal, counter, number);
select is ((select id from desk.receipt), key, 'one receipt, under the id that it was sealed and printed with') from o;
select ok (test.replay ('eva', 'draft_save', jsonb_build_object ('visit', visit, 'application', gen_random_uuid (), 'service', 'dsi-bir-first', 'version', '1', 'xml', '<data/>'), number => null) ? 'saved_at', 'a draft that comes behind its submission is in it: it is no record for a supervisor') from o;
select is ((select count (*) from desk.draft d where d.visit = o.visit), 0::bigint, 'and is kept no more') from o;
select results_eq ($$ select distinct actor, session_role, terminal, offline_grant is not null, recorded_at - happened_at > '1 hour' from desk.event where what = 'submitted' $$,
                   $$ values (test.login ('ana'), 'clerk', 'T01', true, true) $$, 'the actor is the clerk who did it, marked offline, at the time when it happened');
select is ((select login from desk.application limit 1), test.login ('ana'), 'the applications are hers');

-- A waiting ticket, taken offline by its slip.
create temp table w as select test.run ('eva', 'ticket_issue', '{"services": ["dsi-bir-first"]}') ->> 'id' as ticket, gen_random_uuid () as visit;
select is (test.replay ('eva', 'ticket_arrive', jsonb_build_object ('ticket', ticket, 'visit', visit), number => null) ->> 'visit', visit::text, 'the visit keeps the id that was made offline') from w;
create function test.draft (xml text, at timestamptz) returns jsonb language sql as $$
  select test.replay ('eva', 'draft_save', jsonb_build_object ('visit', visit, 'application', visit, 'service', 'dsi-bir-first', 'version', '1', 'xml', xml), number => null, at => at) from pg_temp.w $$;
\o /dev/null
select test.draft ('<data>new</data>', now () - interval '1 hour'), test.draft ('<data>old</data>', now () - interval '2 hours');
\o
select is ((select xml from desk.draft where application = w.visit), '<data>new</data>', 'a draft that arrives late does not overwrite a later one') from w;
select is (test.replay ('eva', 'ticket_finish', jsonb_build_object ('ticket', ticket), number => null) ->> 'outcome', 'served', 'and is settled in order') from w;
select is (test.replay ('eva', 'ticket_finish', jsonb_build_object ('ticket', ticket), number => null) ->> 'outcome', 'served', 'who ends again what he has ended, as the answer was lost, is not refused') from w;
select is (test.replay ('eva', 'ticket_finish', jsonb_build_object ('ticket', ticket, 'outcome', 'left-serving'), number => null) ->> 'fault', 'JN001 ticket-not-serving', 'otherwise than it ended he is') from w;

-- What is refused.
select is (test.replay ('eva', 'visit_submit', '{}', secret => repeat ('00', 32)) ->> 'fault', 'JN003 mac-wrong', 'a record that was not signed with the secret');
select is (test.replay ('eva', 'visit_submit', '{}', jsonb_build_object ('actor', test.login ('eva'))) ->> 'fault', 'JN003 actor-wrong', 'another actor than the grant''s');
select is (test.replay ('eva', 'visit_submit', '{}', jsonb_build_object ('grant', gen_random_uuid ())) ->> 'fault', 'JN003 grant-unknown', 'an unknown grant');
select is (test.replay ('rui', 'visit_submit', '{}') ->> 'fault', 'JN003 grant-unknown', 'a session of another terminal');
select is (test.replay ('eva', 'visit_submit', '{}', at => now () + interval '4 days') ->> 'fault', 'JN003 grant-expired', 'a record from after the grant''s end');
select is (test.replay ('eva', 'visit_submit', '{}', at => now () - interval '1 day') ->> 'fault', 'JN003 grant-expired', 'a record from before the grant');
select is (test.replay ('eva', 'ticket_issue', '{"services": ["dsi-bir-first"]}', '{"at": null}', number => null) ->> 'fault', 'JN002 missing-argument', 'a record of no time, which no end of a grant would stop');
select is (test.replay ('eva', 'ticket_call_next', '{}') ->> 'fault', 'JN002 not-replayable', 'no ticket is called blind');
select is (test.replay ('eva', 'tray_clear', '{}') ->> 'fault', 'JN002 not-replayable', 'nor is anything else done that needs the line');
select is (test.replay ('eva', 'visit_submit', '{}', number => '91-T09-000001') ->> 'fault', 'JN002 wrong-argument', 'a number of another terminal''s series');

-- The tray.
select is (test.ask ('eva', 'tray') #>> '{items,0,code}', null, 'the tray is empty');
\o /dev/null
create temp table p as select test.run ('rui', 'tray_put', jsonb_build_object ('key', key, 'code', 'form-not-published', 'details', '{}'::jsonb)) as put, key from k;
\o
select is (test.run ('rui', 'tray_put', jsonb_build_object ('key', key, 'code', 'visit-submitted', 'details', '{}'::jsonb)), put, 'a record whose answer was lost is put there once') from p;
select is (jsonb_array_length (test.ask ('eva', 'tray') -> 'items'), 1, 'and lies there once');
select is (test.ask ('eva', 'tray') #>> '{items,0,code}', 'form-not-published', 'what could not be delivered lies in the tray');
select is (test.ask ('rui', 'tray') ->> 'fault', '42501 permission denied for function tray', 'which only a supervisor sees');
select is (test.run ('eva', 'tray_clear', jsonb_build_object ('id', (test.ask ('eva', 'tray') #>> '{items,0,id}'), 'note', 'taken again')), '{}', 'and clears');
select is (jsonb_array_length (test.ask ('eva', 'tray') -> 'items'), 0, 'with a note');
select * from finish ();
