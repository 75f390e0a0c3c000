-- suspensions.sql: whom a suspended service concerns: who waits for it and what he chose, and the pledges that run
-- meanwhile; told in every branch, never withdrawn from the catalogue. The choices themselves: incidents.sql.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('eva', 'T02', 2), test.open ('bob', 'T01', 1);
create function test.issue (services text, minutes int default 0) returns jsonb language sql as $$
  select test.run ('ana', 'ticket_issue', jsonb_build_object ('services', services::jsonb, 'priority', 'none', 'language', 'pt',
                   'at', now () - make_interval (mins => minutes))) $$;
create function test.numbers (a jsonb) returns text language sql as $$
  select string_agg (t ->> 'number', ' ' order by n) from jsonb_array_elements (a -> 'tickets') with ordinality x (t, n) $$;
-- three applications of a birth, of which one is the benefit's
select test.run ('ana', 'visit_submit', test.submission (test.visit ('ana', '["dsaj-birth-reg", "dsi-bir-first", "fss-birth-allowance"]')));
select test.run ('ana', 'ticket_finish', jsonb_build_object ('ticket', t.id)) from desk.ticket t where t.state = 'serving';
create temp table w as select test.issue ('["fss-birth-allowance"]', 20) as late, test.issue ('["dsaj-birth-reg", "fss-birth-allowance"]', 30) as pair,
  test.issue ('["dsi-bir-first"]', 40) as other, test.issue ('["fss-birth-allowance"]', 10) as third;
\o
select * from no_plan ();

select is (test.ask ('ana', 'suspended'), '{"suspensions": [], "waiting": 0, "tickets": [], "pledges_running": 0, "pledges": []}', 'while all works nobody is concerned');

-- One step: who waits, who applied.
create temp table u as select test.run ('eva', 'service_suspend', '{"services": ["fss-*"], "reason": "system down"}') as s;
create temp table a as select test.ask ('ana', 'suspended') as a;
select is (test.numbers (a), (pair ->> 'number') || ' ' || (late ->> 'number') || ' ' || (third ->> 'number'), 'who waits for it, in the order of the line') from a, w;
select is (a ->> 'waiting', '3', 'and how many') from a;
select is (p ->> 'service' || ' ' || (p ->> 'department') || ' ' || (p #>> '{suspended,reason}'), 'fss-birth-allowance fss system down', 'the pledge that runs is flagged')
from a, jsonb_array_elements (a -> 'pledges') p;
select is (a ->> 'pledges_running', '1', 'that one alone') from a;
select is (p ->> 'due', null, 'which has no due day while it waits for another service') from a, jsonb_array_elements (a -> 'pledges') p;
select is (a::text ~ 'Chan|person|xml', false, 'and names nobody') from a;
select is (test.ask ('eva', 'suspended') -> 'pledges', a -> 'pledges', 'a supervisor sees the same') from a;
select is (test.ask ('bob', 'suspended') -> 'waiting', '0', 'another branch is not concerned');
select is ((select count (*) from desk.service where code = 'fss-birth-allowance'), 1::bigint, 'the service stands in the catalogue');
select is ((select meta -> 'pledge' from desk.service where code = 'fss-birth-allowance'), '{"days": 30, "kind": "calendar"}', 'with its pledge');

-- What is applied for meanwhile is flagged, too; what is decided is not.
\o /dev/null
create temp table v as select test.visit ('eva', '["dsi-bir-first"]') as id;
select test.run ('eva', 'visit_submit', test.submission (id)) from v;
\o
select is (test.ask ('ana', 'suspended') ->> 'pledges_running', '2', 'papers that are left meanwhile are flagged');
\o /dev/null
update desk.application set state = 'decided' where service = 'fss-birth-allowance' and visit = (select id from v);
\o
select is (test.ask ('ana', 'suspended') ->> 'pledges_running', '1', 'what is decided is not');

-- The choices stand in the list.
select is (test.run ('ana', 'ticket_choose', jsonb_build_object ('ticket', late ->> 'id', 'choice', 'leave-papers')) ->> 'leave_papers', 'true', 'one leaves his papers') from w;
select is (test.run ('ana', 'ticket_choose', jsonb_build_object ('ticket', third ->> 'id', 'choice', 'call-back', 'contact', '6600 0000')) ->> 'channel', 'phone', 'one is called back') from w;
select is ((select string_agg (t ->> 'number' || ':' || (t ->> 'channel') || ':' || (t ->> 'leave_papers'), ' ' order by n) from jsonb_array_elements (test.ask ('ana', 'suspended') -> 'tickets') with ordinality x (t, n)),
           (pair ->> 'number') || ':clerk:false ' || (late ->> 'number') || ':clerk:true ' || (third ->> 'number') || ':phone:false', 'the list says who chose what, who did not stands first') from w;
create temp table k as select test.run ('ana', 'ticket_choose', jsonb_build_object ('ticket', pair ->> 'id', 'choice', 'rebook',
  'slot', (select (min (day) + time '09:30') at time zone test.zone () from desk.working_day where branch = '91' and working and day > desk.day_of ('91', now ())))) as a from w;
select is (a ->> 'fault', 'JN001 slot-closed', 'booked only where there is a slot') from k;
\o /dev/null
insert into desk.slot_rule select '91', 'civil', d, '09:00', '10:00', 1 from generate_series (1, 7) d;
truncate k;
insert into k select test.run ('ana', 'ticket_choose', jsonb_build_object ('ticket', pair ->> 'id', 'choice', 'rebook',
  'slot', (select (min (day) + time '09:30') at time zone test.zone () from desk.working_day where branch = '91' and working and day > desk.day_of ('91', now ())))) from w;
\o
select is (a ->> 'outcome' || ' ' || (a #>> '{appointment,state}') || ' ' || (a #>> '{appointment,services}'), 'cancelled booked ["dsaj-birth-reg", "fss-birth-allowance"]', 'else he books: the number ends, the appointment is for the same') from k;
select is (test.ask ('ana', 'suspended') ->> 'waiting', '2', 'and is not concerned any more');
select is (test.run ('ana', 'ticket_undo', jsonb_build_object ('ticket', pair ->> 'id')) ->> 'state', 'waiting', 'taken back, he waits again') from w;
select is ((select p.state from desk.appointment p where p.id = (a #>> '{appointment,id}')::uuid), 'cancelled', 'and the half hour is free') from k;
\o /dev/null
select test.run ('ana', 'ticket_choose', jsonb_build_object ('ticket', pair ->> 'id', 'choice', 'rebook', 'slot', a #>> '{appointment,at}')) from w, k;
\o
select is (test.ask ('ana', 'suspended') ->> 'waiting', '2', 'for him, if he books it after all');
select is (test.run ('ana', 'ticket_choose', jsonb_build_object ('ticket', o ->> 'id', 'choice', 'leave-papers')) ->> 'fault', 'JN001 not-suspended', 'who waits for another service has nothing to choose') from test.issue ('["dsi-bir-first"]') o;

-- Who was given back to the line with something done chooses for the rest.
\o /dev/null
create function test.half_done (done text) returns jsonb language plpgsql as $$
declare
  t jsonb := test.issue ('["dsaj-birth-reg", "dsi-bir-first", "fss-birth-allowance"]');
begin
  perform test.run ('ana', 'ticket_call', jsonb_build_object ('ticket', t -> 'id', 'reason', 'x'));
  perform test.run ('ana', 'ticket_arrive', jsonb_build_object ('ticket', t -> 'id'));
  perform test.run ('ana', 'ticket_service', jsonb_build_object ('ticket', t -> 'id', 'service', done, 'step', 'done', 'reason', 'informed'));
  return test.run ('ana', 'ticket_release', jsonb_build_object ('ticket', t -> 'id', 'reason', 'suspended'));
end $$;
create temp table half as select test.half_done ('dsaj-birth-reg') as a, test.half_done ('dsaj-birth-reg') as b, test.half_done ('fss-birth-allowance') as c;
update desk.slot_rule set service_group = 'identity' where branch = '91';
\o
select is (test.run ('ana', 'ticket_choose', jsonb_build_object ('ticket', a ->> 'id', 'choice', 'call-back', 'contact', '6600 0000')) -> 'services', '["dsi-bir-first", "fss-birth-allowance"]', 'called back for what is not done') from half;
select is (r #> '{appointment,services}' || to_jsonb (r ->> 'outcome') || (r -> 'services'), '["dsi-bir-first", "fss-birth-allowance", "cancelled", "dsaj-birth-reg", "dsi-bir-first", "fss-birth-allowance"]', 'or booked for it; the ticket that ends keeps what it was for')
from half, k, test.run ('ana', 'ticket_choose', jsonb_build_object ('ticket', b ->> 'id', 'choice', 'rebook', 'slot', k.a #>> '{appointment,at}')) r;
select is (test.run ('ana', 'ticket_choose', jsonb_build_object ('ticket', c ->> 'id', 'choice', 'call-back', 'contact', '6600 0000')) ->> 'fault', 'JN001 not-suspended', 'who has had what is suspended has nothing to choose') from half;
select is ((select count (*) from desk.ticket_differences ('91', '00000000-0000-0000-0000-000000000000', 100000)), 0::bigint, 'all of it comes out of the events again');
\o /dev/null
select test.run ('ana', 'ticket_cancel', jsonb_build_object ('ticket', t.id)) from desk.ticket t, half
where t.state = 'waiting' and (t.id = (c ->> 'id')::uuid or t.parent = (half.a ->> 'id')::uuid);
\o

-- It works again.
\o /dev/null
select test.run ('eva', 'service_resume', jsonb_build_object ('id', s ->> 'id')) from u;
\o
select is (test.ask ('ana', 'suspended') ->> 'waiting' || (test.ask ('ana', 'suspended') ->> 'pledges_running'), '00', 'nobody is concerned, no pledge is flagged');

-- A department says so for all branches: it sees what is its own, and every branch hears.
\o /dev/null
update desk.application set verdict = 'verified', verdict_at = now () where service = 'dsi-bir-first';
create temp table since as select test.ask ('bob', 'changes') ->> 'snapshot' as s;
\o
select is (test.run ('oto', 'service_suspend', '{"services": ["dsi-*"], "reason": "system down"}') ->> 'branch', '*', 'a department suspends everywhere');
select is ((select string_agg (distinct p ->> 'service', ' ') from jsonb_array_elements (test.ask ('oto', 'suspended') -> 'pledges') p), 'dsi-bir-first', 'it sees its pledges that are flagged');
select is (test.ask ('oto', 'suspended') -> 'tickets', '[]', 'and nobody who waits');
select ok (bool_or (r ->> 'kind' = 'suspension'), 'a branch that lost the notice finds it') from since, jsonb_array_elements (test.ask ('bob', 'changes', jsonb_build_object ('since', s)) -> 'rows') r;
select ok (bool_and (r ->> 'kind' = 'suspension'), 'and nothing else of what belongs to no branch') from since, jsonb_array_elements (test.ask ('bob', 'changes', jsonb_build_object ('since', s)) -> 'rows') r;
select is (test.ask ('ana', 'suspended') ->> 'waiting', '2', 'whoever waits there is concerned');
select is (test.ask ('bok', 'suspended') ->> 'fault', '42501 permission denied for function suspended', 'the outside channel sees no such list');
select doesnt_match (test.try ('oto', 'select api.notify (''suspension'', '''')'), 'denied|fault', 'a department may tell');
select * from finish ();
