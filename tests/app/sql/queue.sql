-- queue.sql: who is called next: due = later (arrival, booked) − credit; profile ∩ authorisation ∩ equipment.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('rui', 'T75', 75), test.open ('eva', 'T02', 2);
create function test.issue (services text, priority text, minutes int) returns text language sql as $$
  select test.run ('ana', 'ticket_issue', jsonb_build_object ('services', services::jsonb, 'priority', priority, 'language', 'pt',
                   'at', now () - make_interval (mins => minutes))) ->> 'number' $$;
create function test.call (who text) returns text language plpgsql as $$
declare a jsonb := test.run (who, 'ticket_call_next'); begin
  return coalesce (a ->> 'fault', a #>> '{ticket,number}', 'none'); end $$;
create function test.done (who text) returns void language plpgsql as $$ begin
  update desk.ticket set state = 'done', outcome = 'served', finished = now () where login = test.login (who) and state in ('called', 'serving'); end $$;
\o
select * from no_plan ();

select is (test.issue ('["dsaj-birth-reg"]', 'none', 5), 'B001', 'numbers begin with 001 and the letter of the zone that serves it');
select is (test.issue ('["dsaj-birth-reg"]', 'none', 20), 'B002', 'and go on');
select is (test.issue ('["dsaj-birth-reg"]', 'infant', 12), 'B003', 'whatever the priority');
select is (test.issue ('["dsi-bir-first"]', 'senior', 1), 'A001', 'identity has its own counters and its own letter');
-- due: B002 at −20, B003 at −12 −10 = −22, A001 at −1 −15 = −16, B001 at −5
select is (test.call ('ana'), 'B003', 'ten minutes of credit put the infant before who came earlier');
select is (test.call ('ana'), 'JN001 has-ticket', 'who has one gets no second');
select is (test.call ('eva'), 'B002', 'then who waits longest');
select is (test.call ('rui'), 'A001', 'a counter for identity gets its kind only');
\o /dev/null
select test.done ('ana'), test.done ('eva'), test.done ('rui');
\o
select is (test.call ('rui'), 'none', 'what he cannot serve is not his, though somebody waits');
select is (test.call ('ana'), 'B001', 'the last');
\o /dev/null
select test.done ('ana');
\o

-- The booked wait from the booked time, and never come before it.
\o /dev/null
create temp table t as select test.issue ('["dsaj-birth-reg"]', 'none', 60) as booked, test.issue ('["dsaj-birth-reg"]', 'none', 10) as walked;
update desk.ticket set booked = now () - interval '5 minutes', due = desk.due_of ('91', 'none', arrived, now () - interval '5 minutes') where number = (select booked from t);
\o
select is (test.call ('ana'), (select walked from t), 'a booking does not count from the early arrival');
select is (test.call ('eva'), (select booked from t), 'but from its time');
\o /dev/null
select test.done ('ana'), test.done ('eva');
\o

-- Equipment: counters here have a camera and no fingerprint reader.
\o /dev/null
create temp table p as select test.issue ('["dsi-photo"]', 'none', 30) as number;
\o
select is (test.call ('ana'), 'none', 'without the equipment it is nobody''s');
update desk.counter set equipment = '{camera,fingerprint}' where branch = '91' and number = 2;
select is (test.call ('eva'), (select number from p), 'the counter that has it gets it');
\o /dev/null
select test.done ('eva');
\o

-- Dated authorisations.
update desk.authorisation set until_day = current_date - 2 where login = test.login ('rui');
\o /dev/null
create temp table d as select test.issue ('["dsi-bir-first"]', 'none', 1) as number;
\o
select is (test.call ('rui'), 'none', 'an authorisation that ended serves nothing');
update desk.authorisation set until_day = null where login = test.login ('rui');
select is (test.call ('rui'), (select number from d), 'one that lasts does');
\o /dev/null
select test.done ('rui');
\o

-- One window: the ticket waits for the counter that can serve all of it, while one is open.
\o /dev/null
create temp table w as select test.issue ('["dsi-bir-first", "fss-birth-allowance"]', 'none', 1) as number;
\o
select is (test.call ('rui'), 'none', 'a counter that could serve half leaves it to one that can serve all');
select is (test.ask ('rui', 'queue') -> 'waiting', '[]', 'and does not list it');
\o /dev/null
select test.run ('ana', 'counter_state', '{"state": "closed"}'), test.run ('eva', 'counter_state', '{"state": "break"}');
\o
select is (a #>> '{ticket,number}' || ' ' || (a #>> '{ticket,whole}') || ' ' || (a #>> '{ticket,unserved}'), (select number from w) || ' false ["fss-birth-allowance"]',
           'if none is open it goes to who can serve most, and says what is left') from test.run ('rui', 'ticket_call_next') a;
\o /dev/null
select test.done ('rui');
select test.run ('ana', 'counter_state', '{"state": "open"}'), test.run ('eva', 'counter_state', '{"state": "open"}');
\o

-- Recall, no-show, back once.
\o /dev/null
select test.issue ('["dsaj-birth-reg"]', 'none', 50);
create temp table r as select a #>> '{ticket,id}' as id, (a #>> '{ticket,due}')::timestamptz as due from test.run ('ana', 'ticket_call_next') a;
create function test.ticket_do (who text, command text) returns text language plpgsql as $$
declare a jsonb := test.run (who, command, (select jsonb_build_object ('ticket', id, 'reason', 'test') from pg_temp.r)); begin
  return coalesce (a ->> 'fault', coalesce (a #>> '{ticket,state}', a ->> 'state') || coalesce (' ' || (a ->> 'outcome'), '')); end $$;
\o
select is (test.ticket_do ('ana', 'ticket_recall'), 'JN001 recall-too-soon', 'no recall before the least gap');
update desk.ticket set last_called = now () - interval '31 seconds' where id = (select id::uuid from r);
select is (test.ticket_do ('ana', 'ticket_recall'), 'called', 'after it, yes');
select is (test.ticket_do ('eva', 'ticket_no_show'), 'done no-show', 'a supervisor may act on another''s ticket');
select is (test.ticket_do ('ana', 'ticket_return'), 'waiting', 'who comes after all is put back');
select is ((select due from desk.ticket where id = (select id::uuid from r)), (select due from r), 'at the old due time');
\o /dev/null
select test.run ('ana', 'ticket_call_next');
\o
select is (test.ticket_do ('rui', 'ticket_no_show'), 'JN003 not-your-ticket', 'another clerk may not');
select is (test.ticket_do ('ana', 'ticket_no_show'), 'done no-show', 'the second time it stays');
select is (test.ticket_do ('ana', 'ticket_return'), 'JN001 ticket-done', 'a no-show re-enters once');
select is (test.ticket_do ('bob', 'ticket_return'), 'JN003 no-session', 'and not from outside');
select is (test.open ('bob', 'T01', 1) ? 'session', true, 'another branch');
select is (test.ticket_do ('bob', 'ticket_return'), 'JN004 no-ticket', 'does not know this ticket');

-- Hold: its time is not service time.
\o /dev/null
select test.issue ('["dsaj-birth-reg"]', 'none', 1);
delete from r; insert into r select a #>> '{ticket,id}', now () from test.run ('ana', 'ticket_call_next') a;
\o
select is (test.ticket_do ('ana', 'ticket_hold'), 'JN001 ticket-not-serving', 'only who is at the desk is put on hold');
select is (test.ticket_do ('ana', 'ticket_arrive'), 'serving', 'at the desk');
select is (test.ticket_do ('ana', 'ticket_hold'), 'held', 'on hold');
update desk.ticket set held_at = now () - interval '10 minutes' where id = (select id::uuid from r);
select is (test.ticket_do ('ana', 'ticket_resume'), 'serving', 'resumed');
select is (test.ticket_do ('ana', 'ticket_finish'), 'done served', 'served');
select ok (held_for between '10 minutes' and '11 minutes', 'the hold is counted on its own') from desk.ticket where id = (select id::uuid from r);
select is ((select array_agg (what order by recorded_at) from desk.event where subject = (select id::uuid from r)),
           '{issued,called,arrived,held,resumed,served}', 'each step is an event');

-- Bad arguments.
select is (test.run ('ana', 'ticket_issue', '{"services": ["no-such"]}') ->> 'fault', 'JN002 unknown-service', 'unknown service');
select is (test.run ('ana', 'ticket_issue', '{"services": ["dsi-bir-first"], "priority": "vip"}') ->> 'fault', 'JN002 unknown-priority', 'unknown priority');
select is (test.run ('ana', 'ticket_issue', '{"services": ["dsi-bir-first"], "language": "de"}') ->> 'fault', 'JN002 wrong-argument', 'unknown language');
select is (test.run ('kio', 'ticket_issue', '{"event": "birth"}') ->> 'fault', 'JN003 no-session', 'a kiosk opens a session too');
select is (test.run ('kio', 'session_open', '{"terminal": "T88"}') ? 'session', true, 'without a counter');
select is (test.run ('kio', 'ticket_issue', '{"event": "birth", "priority": "none", "language": "en"}') -> 'services', '["dsaj-birth-reg", "dsi-bir-first", "fss-birth-allowance"]', 'an event brings its services, not the optional ones');
update desk.number set last = 999 where branch = '91' and series = 'ticket:B';
select is (test.issue ('["dsaj-birth-reg"]', 'none', 1), 'B1000', 'after B999 comes B1000, not B100 again');
select * from finish ();
