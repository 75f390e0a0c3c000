-- incidents.sql: help, suspended services, the emergency, closing.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('rui', 'T75', 75), test.open ('eva', 'T02', 2), test.open ('kio', 'T88', null), test.open ('brd', 'T89', null);
create function test.issue (services text, minutes int default 0) returns jsonb language sql as $$
  select test.run ('ana', 'ticket_issue', jsonb_build_object ('services', services::jsonb, 'priority', 'none', 'language', 'pt',
                   'at', now () - make_interval (mins => minutes))) $$;
create function test.of (t jsonb, more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object ('ticket', t ->> 'id', 'reason', 'test') || more $$;
create function test.say (a jsonb) returns text language sql as $$
  select coalesce (a ->> 'fault', concat_ws (' ', t ->> 'number', t ->> 'leg', t ->> 'state', t ->> 'outcome'))
  from (select coalesce (a -> 'ticket', a) as t) x $$;
create function test.next (who text) returns jsonb language sql as $$ select nullif (test.run (who, 'ticket_call_next') -> 'ticket', 'null') $$;
\o
select * from no_plan ();

-- Help.
create temp table h as select test.run ('ana', 'help_call', '{"kind": "alarm", "note": ""}') ->> 'id' as id;
select is (c ->> 'kind' || ' ' || (c ->> 'counter') || ' ' || coalesce (c ->> 'acknowledged', 'open'), 'alarm 1 open', 'supervisors see who calls')
from test.ask ('eva', 'hall') a, jsonb_array_elements (a -> 'calls') c;
select is (test.run ('ana', 'help_acknowledge', jsonb_build_object ('id', id)) ->> 'fault', '42501 permission denied for function help_acknowledge', 'who calls does not answer') from h;
select is (test.run ('eva', 'help_acknowledge', jsonb_build_object ('id', id)), '{}', 'acknowledged') from h;
select is (test.run ('eva', 'help_acknowledge', jsonb_build_object ('id', id)) ->> 'fault', 'JN001 acknowledged-already', 'once') from h;
select is (test.ask ('eva', 'hall') #>> '{calls,0,acknowledged,login}', test.login ('eva'), 'and by whom');

-- A suspended service: warned, not called, not withdrawn.
\o /dev/null
create temp table w as select test.issue ('["fss-birth-allowance"]', 40) as fss, test.issue ('["dsaj-birth-reg", "fss-birth-allowance"]', 30) as pair, test.issue ('["dsi-bir-first"]', 5) as dsi;
create temp table u as select test.run ('eva', 'service_suspend', '{"services": ["fss-*"], "reason": "system down"}') as s;
\o
select is (test.ask ('kio', 'suspensions') #> '{suspensions,0,services}', '["fss-*"]', 'a kiosk knows it too');
select is (test.ask ('ana', 'wait_estimate', '{"services": ["fss-birth-allowance"]}') -> 'suspended', '["fss-birth-allowance"]', 'reception warns');
select is (test.issue ('["fss-birth-allowance"]') -> 'suspended', '["fss-birth-allowance"]', 'and still issues, for who insists');
select is (n ->> 'number' || ' ' || (n ->> 'unserved'), (pair ->> 'number') || ' ["fss-birth-allowance"]', 'a ticket of two is called for the one that can be given') from w, test.next ('ana') n;
select is (test.next ('eva') ->> 'number', (select dsi ->> 'number' from w), 'one of that service alone is not called');
select is ((select count (*) from desk.service where code = 'fss-birth-allowance'), 1::bigint, 'the catalogue has it still');
-- the choices of who waits
select is (test.say (test.run ('ana', 'ticket_choose', test.of (dsi, '{"choice": "wait"}'))), 'JN001 ticket-not-waiting', 'only who waits chooses') from w;
select is (test.run ('ana', 'ticket_choose', test.of (fss, '{"choice": "leave-papers"}')) ->> 'leave_papers', 'true', 'he leaves his papers') from w;
\o /dev/null
select test.run ('eva', 'ticket_no_show', test.of (dsi)), test.run ('ana', 'ticket_no_show', test.of (pair)) from w;
\o
select is (n ->> 'number' || ' ' || (n ->> 'whole'), (fss ->> 'number') || ' true', 'then he is called, by who knows the service') from w, test.next ('eva') n;
create temp table b as select t.* from desk.ticket t where t.state = 'waiting';
select is (test.say (a) || ' ' || (a ->> 'channel') || ' ' || (a ->> 'note'), number || ' 2 waiting phone 6600 0000', 'another is called back: work by phone') from b,
  test.run ('ana', 'ticket_choose', jsonb_build_object ('ticket', b.id, 'choice', 'call-back', 'contact', '6600 0000')) a;
select is (test.next ('ana'), null, 'not before the service is back');
select is (test.run ('ana', 'service_resume', jsonb_build_object ('id', s ->> 'id')) ->> 'fault', '42501 permission denied for function service_resume', 'a clerk does not lift it') from u;
select isnt (test.run ('eva', 'service_resume', jsonb_build_object ('id', s ->> 'id')) ->> 'lifted', null, 'a supervisor does') from u;
select is (test.next ('ana') ->> 'channel', 'phone', 'and the work by phone is next');
select is (test.ask ('brd', 'board') -> 'calling', (select jsonb_agg (c) from jsonb_array_elements (test.ask ('brd', 'board') -> 'calling') c where c ->> 'number' = (select fss ->> 'number' from w)),
           'which the board does not call out');
-- a department speaks for itself, everywhere
select is (test.run ('oto', 'service_suspend', '{"services": ["fss-*"], "reason": "no"}') ->> 'fault', 'JN003 not-your-department', 'an officer only for his own department');
select is (test.run ('oto', 'service_suspend', '{"services": ["dsi-*"], "reason": "system down"}') ->> 'branch', '*', 'but in all branches');
select is (test.ask ('ana', 'wait_estimate', '{"services": ["dsi-bir-first"]}') -> 'suspended', '["dsi-bir-first"]', 'which this one sees');
select is (test.run ('eva', 'service_resume', jsonb_build_object ('id', (select id from desk.suspension where branch = '*'))) ->> 'fault', 'JN004 no-suspension', 'a supervisor does not lift a department''s');
select isnt (test.run ('oto', 'service_resume', jsonb_build_object ('id', (select id from desk.suspension where branch = '*'))) ->> 'lifted', null, 'the department does');
\o /dev/null
select api.demo_load (gen_random_uuid (), jsonb_build_object ('staff', jsonb_build_object ('staff', (
  select jsonb_agg (jsonb_build_object ('login', test.login (s.login), 'name', '{}'::jsonb, 'roles', '["officer"]'::jsonb, 'department', s.department,
    'languages', '[]'::jsonb, 'password', 'test-word', 'authorisations', '[]'::jsonb)) from (values ('ota', 'dsi'), ('otb', 'fss')) s (login, department)))));
create temp table home as select test.run ('oto', 'service_suspend', '{"services": ["dsi-*"], "reason": "system down"}') ->> 'id' as id;
update desk.staff set active = false where login = test.login ('oto');
\o
select is (test.run ('otb', 'service_resume', jsonb_build_object ('id', id)) ->> 'fault', 'JN004 no-suspension', 'another department does not') from home;
select isnt (test.run ('ota', 'service_resume', jsonb_build_object ('id', id)) ->> 'lifted', null, 'a colleague does, when who suspended it has left') from home;
select is (test.run ('ota', 'service_resume', jsonb_build_object ('id', id)) ->> 'fault', 'JN004 no-suspension', 'once') from home;
update desk.staff set active = true where login = test.login ('oto');

-- The emergency.
\o /dev/null
select test.run ('ana', 'ticket_arrive', test.of (to_jsonb (t))), test.run ('eva', 'ticket_arrive', test.of (to_jsonb (e)))
from desk.ticket t, desk.ticket e where t.login = test.login ('ana') and t.state = 'called' and e.login = test.login ('eva') and e.state = 'called';
create temp table g as select * from desk.ticket where state = 'serving' and login = test.login ('eva');
select test.issue ('["dsaj-birth-reg"]', 10);
\o
select isnt (test.run ('eva', 'emergency_begin', '{"reason": "fire alarm"}') ->> 'since', null, 'one command');
select is (test.run ('eva', 'emergency_begin', '{"reason": "again"}') ->> 'fault', 'JN001 emergency', 'once');
select is (test.say (test.run ('ana', 'ticket_call_next')) || ', ' || test.say (test.issue ('["dsaj-birth-reg"]')) || ', ' || test.say (test.run ('ana', 'visit_submit', test.submission (g.visit))),
           'JN001 emergency, JN001 emergency, JN001 emergency', 'no call, no ticket, no submission') from g;
select is (test.run ('eva', 'ticket_undo', test.of (to_jsonb (g))) ->> 'fault', 'JN001 emergency', 'nor is anybody brought back to his desk') from g;
select isnt (test.ask ('brd', 'board') #>> '{emergency,since}', null, 'the board says leave');
select is ((test.ask ('brd', 'board') -> 'emergency') ? 'reason', false, 'and not why');
select is ((select count (*) from desk.ticket where state in ('called', 'serving', 'held')), 0::bigint, 'nobody is at a desk');
select is ((select count (*) from desk.visit v, g where v.id = g.visit), 1::bigint, 'visits and drafts stay');
create temp table e as select test.run ('eva', 'emergency_end', '{"tickets": "keep"}') as a;
select is (a -> 'closed', '0', 'tickets kept their place') from e;
select is (n ->> 'id', g.id::text, 'who was at the desk is first again') from g, test.next ('eva') n;
\o /dev/null
select test.run ('eva', 'ticket_arrive', jsonb_build_object ('ticket', g.id)) from g;
\o
select ok (t.at_desk = g.at_desk and t.held_for > '0' and t.visit = g.visit, 'in the same visit; the interruption is hold, not service') from desk.ticket t, g where t.id = g.id;
\o /dev/null
select test.run ('eva', 'emergency_begin', '{"reason": "fire"}');
\o
create temp table z as select test.run ('eva', 'emergency_end', jsonb_build_object (
  'tickets', 'close', 'rebook', (select min (day) from desk.working_day where branch = '91' and working and day > desk.day_of ('91', now ())))) as a;
select is ((a ->> 'closed')::int, (select count (*)::int from desk.ticket where outcome = 'closed-by-emergency'), 'or they are closed, with an outcome of their own') from z;
select ok (count (*) > 0 and bool_and (number like 'R%' and state = 'expected'), 'and may come on another day, under a letter of their own') from desk.ticket where day > desk.day_of ('91', now ());
select is (test.say (test.run ('kio', 'ticket_check_in', jsonb_build_object ('code', 'janela:ticket:' || g.number || ':' || g.id))), 'JN001 too-early', 'the old slip knows the day') from g;

-- Closing: nobody is served by it.
\o /dev/null
create temp table d as select test.issue ('["dsaj-birth-reg"]', 10) as waits, test.issue ('["dsaj-birth-reg"]', 20) as sits;
select test.run ('ana', 'ticket_arrive', test.of (test.next ('ana')));
\o
select is (test.run ('ana', 'day_close') ->> 'fault', '42501 permission denied for function day_close', 'a supervisor closes');
select is (test.run ('eva', 'day_close'), '{"missed": 0, "unserved": 2}', 'two were left');
select is ((select string_agg (outcome, ' ') from desk.ticket, d where id in ((waits ->> 'id')::uuid, (sits ->> 'id')::uuid)), 'unserved-at-close unserved-at-close', 'both say so');
\o /dev/null
select test.issue ('["dsaj-birth-reg"]', 10);
update desk.ticket set day = day - 1 where state = 'waiting';
\o
select is (test.run ('stw', 'queue_due'), '{"missed": 0, "unserved": 1}', 'what nobody closed the steward closes the day after');
select is (test.run ('stw', 'queue_due'), '{"missed": 0, "unserved": 0}', 'once');
select is_empty ($$ select number from desk.ticket where outcome = 'served' $$, 'nothing was served that was not');
select is ((select jsonb_agg (x) from jsonb_array_elements (test.ask ('adm', 'rebuild_check', '{"limit": 1000}') -> 'differences') x where x ->> 'field' <> 'day'), null, 'and all comes out of the events again');
select * from finish ();
