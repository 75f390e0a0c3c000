-- transfers.sql: a chosen call, pauses, transfer, a split, a return ticket, services within the visit, undo, taking over.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('rui', 'T75', 75), test.open ('eva', 'T02', 2), test.open ('kio', 'T88', null);
create function test.issue (services text, minutes int default 0) returns jsonb language sql as $$
  select test.run ('ana', 'ticket_issue', jsonb_build_object ('services', services::jsonb, 'priority', 'none', 'language', 'pt',
                   'at', now () - make_interval (mins => minutes))) $$;
create function test.of (t jsonb, more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object ('ticket', t ->> 'id', 'reason', 'test') || more $$;
create function test.say (a jsonb) returns text language sql as $$
  select coalesce (a ->> 'fault', concat_ws (' ', t ->> 'number', t ->> 'leg', t ->> 'state', t ->> 'outcome'))
  from (select coalesce (a -> 'ticket', a) as t) x $$;
create function test.next (who text) returns jsonb language sql as $$ select nullif (test.run (who, 'ticket_call_next') -> 'ticket', 'null') $$;
create function test.arrived (who text) returns jsonb language plpgsql as $$ declare t jsonb := test.next (who); begin
  return test.run (who, 'ticket_arrive', test.of (t)) -> 'ticket'; end $$;
\o
select * from no_plan ();

-- A chosen one, with a reason.
\o /dev/null
create temp table c as select test.issue ('["dsaj-birth-reg"]', 30) as first, test.issue ('["dsaj-birth-reg"]', 10) as second;
\o
select is (test.run ('ana', 'ticket_call', jsonb_build_object ('ticket', second ->> 'id')) ->> 'fault', 'JN002 missing-argument', 'out of turn wants a reason') from c;
select is (test.run ('rui', 'ticket_call', test.of (second)) ->> 'fault', 'JN003 not-servable', 'and somebody who can serve it') from c;
select is (test.say (test.run ('ana', 'ticket_call', test.of (second))), 'B002 1 called', 'called though another is before it') from c;
select is (e.reason || ' ' || (e.details ->> 'chosen'), 'test true', 'the event says that it was chosen, and why')
from c join desk.event e on e.subject = (second ->> 'id')::uuid where e.what = 'called';

-- Undo: as if it had not been.
select is (test.say (test.run ('rui', 'ticket_undo', test.of (second))), 'JN003 not-your-ticket', 'not by another clerk') from c;
select is (test.say (a) || ' ' || coalesce (a ->> 'called', 'never'), 'B002 1 waiting never', 'the call is taken back, with its clock') from c, test.run ('ana', 'ticket_undo', test.of (second)) a;
select is (test.say (test.run ('ana', 'ticket_undo', test.of (second))), 'JN001 nothing-to-undo', 'once') from c;
select is (test.next ('ana') ->> 'number', 'B001', 'then the first is next');
select is (test.run ('ana', 'ticket_arrive', test.of (first)) #>> '{ticket,state}', 'serving', 'at the desk') from c;
select is (test.ask ('ana', 'queue') #>> '{undo,step}', 'arrived', 'the desk is told what can be taken back');
select is (test.say (test.run ('ana', 'ticket_finish', test.of (first))), 'B001 1 done served', 'finished by a mis-click') from c;
select is (test.ask ('ana', 'queue') #>> '{undo,step}', 'served', 'that too');
create temp table clocks as select at_desk, called from desk.ticket where number = 'B001';
select is (test.say (test.run ('ana', 'ticket_undo', test.of (first))), 'B001 1 serving', 'the end is taken back') from c;
select ok (t.at_desk = k.at_desk and t.called = k.called and t.finished is null, 'and the service goes on as it began') from desk.ticket t, clocks k where number = 'B001';
select is (test.say (test.run ('ana', 'ticket_finish', test.of (first))), 'B001 1 done served', 'finished') from c;
update desk.branch set undo_within = '0' where code = '91';
select is (test.say (test.run ('ana', 'ticket_undo', test.of (first))), 'JN001 undo-too-late', 'too late is too late') from c;
update desk.branch set undo_within = '20 seconds' where code = '91';
\o /dev/null
select test.next ('ana');
\o
select is (test.say (test.run ('ana', 'ticket_undo', test.of (first))), 'JN001 has-ticket', 'who has called the next cannot have the former back') from c;

-- Transfer: the old due time, a leg of its own, the visit with it.
\o /dev/null
select test.run ('ana', 'ticket_arrive', test.of (second)) from c;
create temp table v as select t.visit, t.due from desk.ticket t, c where t.id = (second ->> 'id')::uuid;
create temp table x as select test.run ('ana', 'ticket_transfer', test.of (second, '{"services": ["dsi-bir-first"]}')) as t from c;
\o
select is (test.say (t), 'B002 2 waiting', 'the same number goes on as its second leg') from x;
select is ((t ->> 'due')::timestamptz, v.due, 'at the old due time') from x, v;
select is (t ->> 'visit', v.visit::text, 'with its visit') from x, v;
select is (outcome, 'transferred', 'the first leg ended as transferred') from desk.ticket, c where id = (second ->> 'id')::uuid;
select is (test.say (test.run ('ana', 'ticket_undo', test.of (second))), 'B002 1 serving', 'the transfer is taken back') from c;
select is (test.say (to_jsonb (d)), 'B002 2 done cancelled', 'and its leg with it') from desk.ticket d, x where d.id = (t ->> 'id')::uuid;
\o /dev/null
drop table x;
create temp table x as select test.run ('ana', 'ticket_transfer', test.of (second, '{"counter": 75}')) as t from c;
\o
select is (test.say (t) || ' ' || (t #>> '{directed,counter}'), 'B002 3 waiting 75', 'to a counter') from x;
select is (test.next ('ana'), null, 'then it is nobody else''s');
select is (test.say (test.run ('rui', 'ticket_call_next')), '', 'nor of a counter that can serve nothing of it');
\o /dev/null
select test.run ('eva', 'ticket_transfer', test.of (t, '{"services": ["dsi-bir-first"], "counter": 75}')) from x;
\o
select is (test.next ('ana'), null, 'a supervisor sends it there with what can be served there');
select is (test.say (test.run ('rui', 'ticket_call_next')), 'B002 3 called', 'and there it is called');
select is (test.say (test.run ('rui', 'ticket_transfer', test.of (t, jsonb_build_object ('login', test.login ('eva'))))), 'B002 3 waiting', 'to a person, before it came to the desk: the same leg') from x;
select is (test.next ('ana'), null, 'hers alone');
select is (test.ask ('eva', 'queue') #>> '{next,number}', 'B002', 'she sees it');
\o /dev/null
select test.run ('eva', 'counter_state', '{"state": "closed"}') ->> 'state';
\o
select is (test.next ('ana') ->> 'number', 'B002', 'when she has closed it is everybody''s: nobody starves');
\o /dev/null
select test.run ('eva', 'counter_state', '{"state": "open"}') ->> 'state';
\o
select is (test.say (test.run ('ana', 'ticket_transfer', test.of (t, '{"login": "nobody"}'))), 'JN004 no-staff', 'a person must exist') from x;
select is (test.say (test.run ('ana', 'ticket_transfer', test.of (t))), 'JN002 missing-argument', 'and a transfer needs an aim') from x;

-- Taking over.
select is (test.run ('ana', 'ticket_take', test.of (t)) ->> 'fault', '42501 permission denied for function ticket_take', 'a clerk takes nothing from another') from x;
\o /dev/null
select test.run ('ana', 'ticket_arrive', test.of (t)) from x;
\o
select is (test.say (test.run ('eva', 'ticket_take', test.of (t))), 'B002 3 serving', 'a supervisor may take over') from x;
select is (v.login, test.login ('eva'), 'with the visit') from desk.visit v join desk.ticket t on t.visit = v.id, x where t.id = (x.t ->> 'id')::uuid;
select is (test.say (test.run ('eva', 'ticket_finish', test.of (t))), 'B002 3 done served', 'and end it') from x;

-- Its clerk sits at another counter now: she takes it along, or gives it back with its drafts.
\o /dev/null
select test.issue ('["dsaj-birth-reg"]', 50);
create temp table l as select test.arrived ('ana') as t;
select test.run ('ana', 'draft_save', jsonb_build_object ('visit', t ->> 'visit', 'application', gen_random_uuid (), 'service', 'dsaj-birth-reg', 'version', '1', 'xml', '<data/>')) from l;
select test.open ('ana', 'T05', 5);
\o
select is (test.ask ('ana', 'queue') #>> '{mine,counter}', '1', 'the desk is told where it was left');
select is (test.say (test.run ('ana', 'ticket_call_next')), 'JN001 has-ticket', 'and nobody else is called before');
select is (test.say (test.run ('rui', 'ticket_along', test.of (t))), 'JN003 not-your-ticket', 'another clerk does not take it along') from l;
select is (test.say (test.run ('eva', 'ticket_along', test.of (t))), 'JN003 not-your-ticket', 'nor a supervisor: that is taking over') from l;
select is (test.say (a) || ' ' || (a ->> 'counter'), (l.t ->> 'number') || ' 1 serving 5', 'taken along') from l, test.run ('ana', 'ticket_along', test.of (t)) a;
select is (v.counter, 5, 'with the visit') from desk.visit v, l where v.id = (t ->> 'visit')::uuid;
select is (test.say (test.run ('ana', 'ticket_undo', test.of (t))) || ' ' || (test.ask ('ana', 'queue') #>> '{mine,counter}'), (l.t ->> 'number') || ' 1 serving 1', 'by mistake: taken back') from l;
select is (test.say (test.run ('ana', 'ticket_release', jsonb_build_object ('ticket', t ->> 'id'))), 'JN002 missing-argument', 'given back: why') from l;
create temp table g as select test.run ('ana', 'ticket_release', test.of (t)) as t from l;
select is (test.say (g.t) || ' ' || (g.t ->> 'due'), (l.t ->> 'number') || ' 1 waiting ' || (l.t ->> 'due'), 'in line at its old due time') from g, l;
select is (test.next ('eva') ->> 'id', t ->> 'id', 'whoever calls it') from l;
select is (test.run ('eva', 'ticket_arrive', test.of (t)) ->> 'visit', t ->> 'visit', 'goes on with the same visit') from l;
select is (jsonb_array_length (test.ask ('eva', 'visit', jsonb_build_object ('visit', t ->> 'visit')) -> 'drafts'), 1, 'and its drafts') from l;
\o /dev/null
select test.run ('eva', 'ticket_finish', test.of (t)) from l;
select test.issue ('["dsaj-birth-reg"]', 50);
create temp table m as select test.next ('ana') as t;
select test.open ('ana', 'T01', 1);
\o
select is (test.say (a) || ' ' || (a ->> 'counter'), (m.t ->> 'number') || ' 1 called 1', 'who was only called is called to where she sits now') from m, test.run ('ana', 'ticket_along', test.of (t)) a;
\o /dev/null
select test.run ('ana', 'ticket_arrive', test.of (t)), test.run ('ana', 'ticket_finish', test.of (t)) from m;
\o

-- A split: no open counter can take all of it; it is told, and the rest goes on.
\o /dev/null
select test.run ('ana', 'counter_state', '{"state": "closed"}'), test.run ('eva', 'counter_state', '{"state": "closed"}');
create temp table s as select test.run ('rui', 'ticket_issue', '{"services": ["dsi-bir-first", "fss-birth-allowance"], "priority": "none", "language": "pt"}') as t;
\o
select is (test.ask ('kio', 'wait_estimate', '{"services": ["dsi-bir-first", "fss-birth-allowance"]}') ->> 'whole', 'false', 'the citizen is told before');
select is (a #>> '{ticket,unserved}', '["fss-birth-allowance"]', 'and the clerk at the call') from test.run ('rui', 'ticket_call_next') a;
\o /dev/null
select test.run ('rui', 'ticket_arrive', test.of (t)) from s;
create temp table r as select test.run ('rui', 'ticket_finish', test.of (t)) as t from s;
\o
select is (test.say (t) || ', ' || test.say (t -> 'rest') || ' ' || (t #>> '{rest,services}'), 'A001 1 done served, A001 2 waiting ["fss-birth-allowance"]', 'what is left waits on') from r;
select is (r.t #>> '{rest,due}', s.t ->> 'due', 'in its old place') from r, s;
select is (test.say (test.run ('rui', 'ticket_undo', test.of (t))), 'A001 1 serving', 'undone, the rest goes back too') from s;
select is (test.run ('rui', 'ticket_finish', test.of (t, '{"rest": "none"}')) -> 'rest', 'null', 'a clerk may say that nothing is left') from s;
\o /dev/null
select test.run ('ana', 'counter_state', '{"state": "open"}') ->> 'state';
\o

-- A missing paper: a return ticket until closing, with the old due time and the draft.
update desk.branch set closes = '23:59:59' where code = '91';
\o /dev/null
select test.issue ('["dsaj-birth-reg"]', 40);
create temp table p as select test.arrived ('ana') as t;
select test.run ('ana', 'draft_save', jsonb_build_object ('visit', t ->> 'visit', 'application', gen_random_uuid (), 'service', 'dsaj-birth-reg', 'version', '1', 'xml', '<data/>')) from p;
create temp table q as select test.run ('ana', 'ticket_send', test.of (t, '{"papers": ["birth-report", "a letter of the bank"]}')) as t from p;
select test.issue ('["dsaj-birth-reg"]', 20);
\o
select is (test.say (q.t) || ' ' || coalesce (q.t ->> 'arrived', 'not here'), (p.t ->> 'number') || ' 2 expected not here', 'the number is expected back') from q, p;
select is (q.t -> 'missing', '["birth-report", "a letter of the bank"]', 'with what is missing') from q;
select is (test.ask ('ana', 'queue') #>> '{next,leg}', '1', 'who is away is not next');
select is (test.say (a), (p.t ->> 'number') || ' 2 waiting', 'with the old slip he is in line again')
from p, test.run ('kio', 'ticket_check_in', jsonb_build_object ('code', 'janela:ticket:' || (p.t ->> 'number') || ':' || (p.t ->> 'id'))) a;
select is (n ->> 'number' || ' ' || (n ->> 'visit'), (t ->> 'number') || ' ' || (t ->> 'visit'), 'before who came after him, and with his draft') from p, test.next ('ana') n;
select is (test.say (test.run ('kio', 'ticket_check_in', jsonb_build_object ('code', t ->> 'number'))), 'JN001 checked-in-already', 'once') from p;
\o /dev/null
select test.run ('ana', 'ticket_arrive', test.of (t)) from q;
\o
select is (jsonb_array_length (test.ask ('ana', 'visit', jsonb_build_object ('visit', t ->> 'visit')) -> 'drafts'), 1, 'the draft is there') from q;

-- Services within the visit: the ticket's events tell them, the visit is about the same, undone it is as before.
create function test.service (t jsonb, service text, step text, reason text default null) returns jsonb language sql as $$
  select test.run ('ana', 'ticket_service', jsonb_build_object ('ticket', t ->> 'id', 'service', service, 'step', step, 'reason', reason)) $$;
create function test.visit_services (t jsonb) returns text language sql as $$
  select array_to_string (array (select unnest (v.services) order by 1), ' ') from desk.visit v where v.id = (t ->> 'visit')::uuid $$;
select is (test.service (t, 'fss-birth-allowance', 'add') -> 'services', '["dsaj-birth-reg", "fss-birth-allowance"]', 'one more') from q;
select is (test.visit_services (t), 'dsaj-birth-reg fss-birth-allowance', 'the visit is about it too') from q;
select is (test.ask ('ana', 'queue') #>> '{undo,step}', 'service-added', 'the desk is told what can be taken back');
select is (test.say (test.run ('ana', 'ticket_undo', test.of (t, '{"step": "called"}'))), 'JN001 nothing-to-undo', 'another step than the last is not taken back') from q;
select is (test.run ('ana', 'ticket_undo', test.of (t, '{"step": "service-added"}')) -> 'services', '["dsaj-birth-reg"]', 'taken back') from q;
select is (test.visit_services (t), 'dsaj-birth-reg', 'for the visit too') from q;
\o /dev/null
select test.service (t, 'fss-birth-allowance', 'add') from q;
\o
select is (test.service (t, 'dsaj-birth-reg', 'done') ->> 'fault', 'JN002 missing-argument', 'finished without an application wants a reason') from q;
select is (test.service (t, 'dsaj-birth-reg', 'done', 'answered') -> 'done', '["dsaj-birth-reg"]', 'one finished') from q;
select is (test.visit_services (t), 'fss-birth-allowance', 'no form is filled in for it any more') from q;
select is (test.run ('ana', 'ticket_undo', test.of (t)) -> 'done', '[]', 'finished by a mis-click: taken back') from q;
select is (test.service (t, 'fss-birth-allowance', 'drop') ->> 'fault', 'JN002 missing-argument', 'so does one not wanted any more') from q;
select is (test.service (t, 'fss-birth-allowance', 'drop', 'not-wanted') -> 'services', '["dsaj-birth-reg"]', 'one not wanted any more') from q;
select is (test.visit_services (t), 'dsaj-birth-reg', 'nor by the visit') from q;
select is (test.service (t, 'dsaj-birth-reg', 'drop', 'not-wanted') ->> 'fault', 'JN002 no-service', 'but not the last') from q;
select is (test.service (t, 'no-such', 'add') ->> 'fault', 'JN002 unknown-service', 'what is added exists') from q;
select is ((select string_agg (e.what || ' ' || coalesce (e.reason, '-'), ', ' order by e.id) from desk.event e, q where e.subject = (q.t ->> 'id')::uuid and e.what like 'service-%'),
           'service-added -, service-added -, service-done answered, service-dropped not-wanted', 'the ticket''s events tell it all, with reasons');
select is (jsonb_array_length (test.ask ('ana', 'visit', jsonb_build_object ('visit', t ->> 'visit')) -> 'drafts'), 1, 'and what was typed is there') from q;

-- What is ticked for the forms is the ticket's too; what this counter cannot serve stays with the ticket.
select is (a #> '{ticket,services}', '["dsaj-birth-reg", "dsi-personal-data-cert"]', 'chosen at the desk: among the ticket''s services')
from q, test.run ('ana', 'visit_bundle', jsonb_build_object ('visit', t ->> 'visit', 'services', '["dsaj-birth-reg", "dsi-personal-data-cert"]'::jsonb)) a;
select is (a #> '{ticket,services}', '["dsaj-birth-reg"]', 'no more chosen: no more among them')
from q, test.run ('ana', 'visit_bundle', jsonb_build_object ('visit', t ->> 'visit', 'services', '["dsaj-birth-reg"]'::jsonb)) a;
\o /dev/null
select test.service (t, 'dsi-photo', 'add') from q;
\o
select is (a #> '{ticket,services}' || (a #> '{ticket,unserved}'), '["dsaj-birth-reg", "dsi-photo", "dsi-photo"]', 'what needs equipment that is not here waits on')
from q, test.run ('ana', 'visit_bundle', jsonb_build_object ('visit', t ->> 'visit', 'services', '["dsaj-birth-reg"]'::jsonb)) a;
\o /dev/null
select test.service (t, 'dsi-photo', 'drop', 'not-wanted') from q;
\o

-- A pause after this visit.
select is (test.run ('ana', 'counter_state', '{"state": "break", "reason": "lunch", "after_visit": true}'), '{"state": "open", "after": {"state": "break", "reason": "lunch"}}', 'not yet');
select is (test.ask ('ana', 'queue') ->> 'state', 'open', 'the counter is still open');
\o /dev/null
select test.run ('ana', 'ticket_finish', test.of (t)) from q;
\o
select is (test.ask ('ana', 'queue') ->> 'state', 'break', 'now it is on a break');
select is (test.say (test.run ('ana', 'ticket_call_next')), 'JN001 counter-paused', 'and calls nobody');
\o /dev/null
select test.run ('ana', 'counter_state', '{"state": "open"}') ->> 'state';
\o

-- Phone and mail are work like any other, and nobody is called to the counter for it.
create temp table o as select test.run ('ana', 'ticket_open', '{"channel": "phone", "services": ["dsi-personal-data-cert"], "language": "pt"}') as a;
select is (test.say (a) || ' ' || (a #>> '{ticket,channel}') || ' ' || (a ? 'visit')::text, 'A002 1 serving phone true', 'opened at the desk') from o;
select is (test.say (test.run ('ana', 'ticket_finish', test.of (a -> 'ticket'))), 'A002 1 done served', 'and finished') from o;

-- Who has nothing left to come back for gets no return ticket: it could never be called.
\o /dev/null
create temp table e as select test.run ('ana', 'ticket_open', '{"channel": "mail", "services": ["dsi-personal-data-cert"], "language": "pt"}') -> 'ticket' as t;
select test.run ('ana', 'ticket_service', test.of (t, '{"service": "dsi-personal-data-cert", "step": "done"}')) from e;
\o
select is (test.say (test.run ('ana', 'ticket_send', test.of (t, '{"papers": ["a letter"]}'))), 'JN002 no-service', 'nobody is sent for a paper of what is finished') from e;
select is (test.run ('ana', 'ticket_finish', test.of (t)) ->> 'state', 'done', 'it ends') from e;

-- The recall rule of the branch.
update desk.branch set least_recalls = 1 where code = '91';
\o /dev/null
create temp table n as select test.next ('ana') as t;
\o
select is (test.say (test.run ('ana', 'ticket_no_show', test.of (t))), 'JN001 recall-first', 'where the branch wants it, nobody is a no-show before he was called again') from n;

-- All of this comes out of the events again.
select is (test.ask ('adm', 'rebuild_check', '{"limit": 1000}') -> 'differences', '[]', 'every ticket is the fold of its events');
select is (test.ask ('adm', 'rebuild_check', '{"limit": 1000, "of": "visit"}') -> 'differences', '[]', 'and every visit');
\o /dev/null
update desk.ticket set held_for = held_for + interval '1 second' where number = 'A002';
update desk.visit set login = 'somebody' where id = (select (a ->> 'visit')::uuid from o);
\o
select is (d ->> 'number' || ' ' || (d ->> 'field') || ' ' || (d ->> 'stored') || ' ' || (d ->> 'events'), 'A002 held_for 00:00:01 00:00:00', 'a planted difference is found')
from test.ask ('adm', 'rebuild_check', '{"limit": 1000}') a, jsonb_array_elements (a -> 'differences') d;
select is (jsonb_array_length (test.ask ('adm', 'rebuild_check', '{"limit": 1000, "of": "visit"}') -> 'differences'), 1, 'one of a visit too');

-- What went on in another leg and was ended there does not come back; nor does a visit stay with who took it by mistake.
\o /dev/null
update desk.branch set undo_within = '10 minutes' where code = '91';
update desk.ticket set state = 'done', outcome = 'served', finished = now () where state <> 'done';
select test.run (who, 'counter_state', '{"state": "open"}') from unnest ('{ana,rui,eva}'::text[]) who;
select test.issue ('["dsaj-birth-reg", "dsi-bir-first"]', 50);
create temp table leg_1 as select test.arrived ('ana') as t;
create temp table leg_2 as select test.run ('ana', 'ticket_transfer', test.of (t, '{"services": ["dsi-bir-first"], "counter": 75}')) as t from leg_1;
select test.run ('rui', 'ticket_call_next');
select test.run ('rui', 'ticket_arrive', test.of (t)), test.run ('rui', 'ticket_finish', test.of (t)) from leg_2;
\o
select is (outcome, 'served', 'the other leg was served meanwhile') from desk.ticket d, leg_2 where d.id = (leg_2.t ->> 'id')::uuid;
select is (test.say (test.run ('ana', 'ticket_undo', test.of (t))), 'JN001 undo-impossible', 'so the transfer is not taken back') from leg_1;
\o /dev/null
select test.issue ('["dsaj-birth-reg"]', 50);
create temp table taken as select test.arrived ('ana') as t;
select test.run ('eva', 'ticket_take', test.of (t)) from taken;
\o
select is (test.say (a) || ' ' || (a ->> 'login'), (taken.t ->> 'number') || ' 1 serving ' || test.login ('ana'), 'taking over is taken back')
from taken, test.run ('eva', 'ticket_undo', test.of (t)) a;
select is (v.login || ' ' || v.counter, test.login ('ana') || ' 1', 'and the visit is her again') from desk.visit v, taken where v.id = (t ->> 'visit')::uuid;
select is (test.run ('ana', 'draft_save', jsonb_build_object ('visit', t ->> 'visit', 'application', gen_random_uuid (), 'service', 'dsaj-birth-reg', 'version', '1', 'xml', '<data/>')) ->> 'fault', null, 'she writes on in it') from taken;
select is ((select count (*) from desk.visit_differences ('91', '00000000-0000-0000-0000-000000000000', 500) d, taken where d.ticket = (taken.t ->> 'visit')::uuid), 0::bigint, 'and its events say so');

-- A pause after this visit begins too where another has ended it for her.
create function test.pause_after (command text, args jsonb) returns text language plpgsql as $$ begin
  perform test.run ('ana', 'counter_state', '{"state": "open"}'), test.issue ('["dsaj-birth-reg"]', 600), test.arrived ('ana');
  perform test.run ('ana', 'counter_state', '{"state": "break", "after_visit": true}');
  args := test.of (test.ask ('ana', 'queue') -> 'mine', args);
  return concat_ws (' ', test.ask ('ana', 'queue') ->> 'state', test.run ('eva', command, args) ->> 'fault', test.ask ('ana', 'queue') ->> 'state'); end $$;
\o /dev/null
select test.run ('ana', 'ticket_finish', test.of (test.ask ('ana', 'queue') -> 'mine'));
\o
select is (test.pause_after ('ticket_finish', '{}'), 'open break', 'a supervisor has finished it');
select is (test.pause_after ('ticket_take', '{}'), 'open break', 'or taken it over');
select is (test.pause_after ('emergency_begin', '{}'), 'open break', 'or locked the branch');
\o /dev/null
select test.run ('eva', 'emergency_end', '{"tickets": "close"}');
\o
select is (test.pause_after ('day_close', '{}'), 'open break', 'or closed the day');

-- Sent for a paper he draws a number anew: the two are one again, with the draft.
\o /dev/null
update desk.ticket set state = 'done', outcome = 'served', finished = now () where state <> 'done';
select test.run (who, 'counter_state', '{"state": "open"}') from unnest ('{ana,eva}'::text[]) who;
select test.issue ('["dsaj-birth-reg"]', 600);
create temp table sent as select test.arrived ('ana') as t;
select test.run ('ana', 'draft_save', jsonb_build_object ('visit', t ->> 'visit', 'application', gen_random_uuid (), 'service', 'dsaj-birth-reg', 'version', '1', 'xml', '<data/>')) from sent;
create temp table anew as select test.run ('ana', 'ticket_send', test.of (t, '{"papers": ["birth-report"]}')) as leg, test.issue ('["dsi-bir-first"]') as t from sent;
select test.run ('ana', 'ticket_merge', test.of (leg, jsonb_build_object ('into', t ->> 'id'))) from anew;
create temp table back as select test.arrived ('eva') as t;
\o
select is (back.t ->> 'number' || ' ' || (back.t -> 'services')::text, (anew.t ->> 'number') || ' ["dsaj-birth-reg", "dsi-bir-first"]', 'both at once') from back, anew;
select is (back.t ->> 'visit', sent.t ->> 'visit', 'in the visit that was begun') from back, sent;
select is (jsonb_array_length (test.ask ('eva', 'visit', jsonb_build_object ('visit', sent.t ->> 'visit')) -> 'drafts'), 1, 'with what was typed') from sent;
select is ((select count (*) from desk.ticket_differences ('91', '00000000-0000-0000-0000-000000000000', 500) d, anew where d.ticket = (t ->> 'id')::uuid), 0::bigint, 'and the events say so');
select is ((select count (*) from desk.visit_differences ('91', '00000000-0000-0000-0000-000000000000', 500) d, sent where d.ticket = (t ->> 'visit')::uuid), 0::bigint, 'of the visit too');
select * from finish ();
