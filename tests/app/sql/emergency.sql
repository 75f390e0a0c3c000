-- emergency.sql: after an emergency: what becomes of each ticket and appointment, and that who is not in the hall
-- hears of it. Its beginning and what it locks: incidents.sql.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('eva', 'T02', 2);
select test.run ('eva', 'slots_set', jsonb_build_object ('group', 'civil', 'weekday', d, 'from', '00:00', 'until', '23:59', 'capacity', 2)) from generate_series (1, 7) d;
update desk.branch set weekly_rest = '{}' where code = '91';
select desk.calendar_rebuild ('91');
create function test.issue (services text, minutes int default 0) returns jsonb language sql as $$
  select test.run ('ana', 'ticket_issue', jsonb_build_object ('services', services::jsonb, 'priority', 'none', 'language', 'pt',
                   'at', now () - make_interval (mins => minutes))) $$;
create function test.remote () returns jsonb language sql as $$
  select test.run ('bok', 'ticket_remote', '{"branch": "91", "services": ["dsaj-birth-reg"], "language": "en"}') $$;
create function test.status (t jsonb) returns jsonb language sql as $$
  select test.ask ('bok', 'ticket_status', jsonb_build_object ('ticket', t ->> 'id')) $$;
create function test.notice (t jsonb) returns text language sql as $$
  select coalesce (a ->> 'fault', a #>> '{notice,kind}', 'none') from test.status (t) a $$;
-- an appointment booked for tomorrow, then set on a time of today
create function test.booked (at timestamptz) returns text language plpgsql as $$
declare mine text; begin
  mine := test.run ('bok', 'appointment_book', jsonb_build_object ('branch', '91', 'services', '["dsaj-birth-reg"]'::jsonb, 'language', 'pt',
    'slot', (desk.day_of ('91', now ()) + 1 + time '10:00') at time zone test.zone ())) ->> 'code';
  update desk.appointment a set at = booked.at, day = desk.day_of ('91', now ()) where a.code = mine;
  return mine; end $$;
create temp table w as select test.issue ('["dsaj-birth-reg"]', 40) as here, test.issue ('["dsaj-birth-reg"]', 30) as next, test.remote () as far;
create temp table b as select test.booked (now () - interval '5 minutes') as now, test.booked (now () + interval '4 hours') as later;
select test.run ('ana', 'ticket_call_next');
\o
select * from no_plan ();

select is (test.notice (far), 'none', 'nothing is to be told while all is well') from w;
select is (test.status (far) ->> 'state' || ' ' || (test.status (far) ->> 'number'), 'expected ' || (far ->> 'number'), 'a remote ticket is followed by its id') from w;
select is (test.notice (here), 'JN004 no-ticket', 'not one that was issued in the hall') from w;
select is (test.ask ('ana', 'ticket_status', jsonb_build_object ('ticket', far ->> 'id')) ->> 'fault', '42501 permission denied for function ticket_status', 'it is the outside channel''s') from w;
select is (test.status (far)::text ~ 'note|login|visit|priority', false, 'it holds nothing of the desk') from w;

-- While it lasts.
\o /dev/null
create temp table since as select clock_timestamp () as at;
select test.run ('eva', 'emergency_begin', '{"reason": "fire"}');
\o
select is (test.notice (far), 'emergency', 'who holds a remote number hears of it') from w;
select is (test.ask ('bok', 'appointment', jsonb_build_object ('code', now)) #>> '{notice,kind}', 'emergency', 'who has booked, too') from b;
select is (test.ask ('bok', 'appointment', jsonb_build_object ('code', now)) -> 'until', 'null', 'and need not come in time') from b;
create temp table e as select test.ask ('eva', 'emergency_tickets') as a;
select is ((select string_agg (t ->> 'number' || ':' || (t ->> 'state'), ' ' order by n) from jsonb_array_elements (a -> 'tickets') with ordinality x (t, n)),
           (here ->> 'number') || ':waiting ' || (next ->> 'number') || ':waiting ' || (far ->> 'number') || ':expected', 'the supervisor sees whom it concerns, in the order of the line') from e, w;
select is ((select jsonb_agg (x -> 'code') from jsonb_array_elements (a -> 'appointments') x), jsonb_build_array (now), 'and who has booked for now, not for later') from e, b;
select is (a #>> '{days,0}', (select min (day)::text from desk.working_day where branch = '91' and working and day > desk.day_of ('91', now ())), 'and the days on which they may come') from e;
select is (test.ask ('ana', 'emergency_tickets') ->> 'fault', '42501 permission denied for function emergency_tickets', 'a clerk does not');

-- Lifted: all keep their place.
\o /dev/null
select test.run ('stw', 'queue_due');
\o
select is ((select state from desk.appointment, b where code = now), 'booked', 'nobody is missed while the branch is locked');
\o /dev/null
update desk.appointment a set at = a.at - interval '1 hour' from b where a.code = b.now;
update desk.emergency set since = since - interval '2 hours';
select test.run ('eva', 'emergency_end', '{"tickets": "keep"}');
\o
select is (test.notice (far), 'kept-place', 'the remote number is told that it keeps its place') from w;
select ok ((test.ask ('bok', 'appointment', jsonb_build_object ('code', now)) ->> 'until')::timestamptz > now (), 'who booked for the time of the emergency may come after it') from b;
\o /dev/null
select test.run ('stw', 'queue_due');
\o
select is ((select state from desk.appointment, b where code = now), 'booked', 'and is not counted as missed');
select is (test.run ('ana', 'ticket_check_in', jsonb_build_object ('code', now)) ->> 'state', 'waiting', 'he is checked in, at his booked time') from b;
select is (test.ask ('eva', 'emergency_tickets') -> 'tickets', '[]', 'nothing was closed');

-- Another one, after which they are to come on another day.
\o /dev/null
create temp table d as select min (day) as day from desk.working_day where branch = '91' and working and day > desk.day_of ('91', now ()) + 1;
create temp table c as select test.booked (now () - interval '5 minutes') as now;
select test.run ('eva', 'emergency_begin', '{"reason": "fire"}');
create temp table z as select test.run ('eva', 'emergency_end', jsonb_build_object ('tickets', 'close', 'rebook', day)) as a from d;
\o
select is (a - 'kept', '{"closed": 4, "appointments": 1}', 'three tickets and the booked one that had come, and one appointment') from z;
select is (test.status (far) #>> '{notice,kind}' || ' ' || (test.status (far) #>> '{notice,next,day}') || ' ' || (test.status (far) ->> 'state'),
           'closed-by-emergency ' || day || ' expected', 'the remote number is told the day') from w, d;
select is (test.status (far) #>> '{notice,next,number}', (select number from desk.ticket t, w where t.parent = (far ->> 'id')::uuid), 'and the number that it has then') from w;
select ok (bool_and (t ->> 'outcome' = 'closed-by-emergency' and t #>> '{next,number}' like 'R%' and (t #>> '{next,day}')::date = day), 'the supervisor sees what became of each')
from test.ask ('eva', 'emergency_tickets') a, d, jsonb_array_elements (a -> 'tickets') t;
select is (x #>> '{notice,kind}' || ' ' || (x ->> 'state') || ' ' || desk.day_of ('91', (x ->> 'at')::timestamptz), 'moved-by-emergency booked ' || day, 'an appointment goes along, at its hour')
from c, d, test.ask ('bok', 'appointment', jsonb_build_object ('code', now)) x;
select is (x #>> '{notice,kind}', 'closed-by-emergency', 'one whose ticket waited is told as the ticket is') from b, test.ask ('bok', 'appointment', jsonb_build_object ('code', now)) x;
select is ((select state || ' ' || day from desk.appointment, b where code = later), 'booked ' || desk.day_of ('91', now ()), 'who booked for later is expected as ever');

-- A channel that asks what happened hears all of it, once.
create temp table n as select test.ask ('bok', 'notices', jsonb_build_object ('branch', '91', 'since', at)) as a from since;
select is ((select string_agg (x ->> 'kind', ' ' order by n) from jsonb_array_elements (a -> 'notices') with ordinality y (x, n) where x ->> 'kind' like 'emergency%'),
           'emergency-begun emergency-ended emergency-begun emergency-ended', 'begun and ended') from n;
select is ((select jsonb_agg (x -> 'ticket') from jsonb_array_elements (a -> 'notices') x where x ->> 'kind' = 'closed-by-emergency' and x ->> 'ticket' = far ->> 'id'), jsonb_build_array (far -> 'id'), 'the remote number') from n, w;
select is ((select x ->> 'code' from jsonb_array_elements (a -> 'notices') x where x ->> 'kind' = 'appointment-moved'), c.now, 'the appointment') from n, c;
select is (jsonb_path_exists (a, '$.notices[*] ? (@.number == $number)', jsonb_build_object ('number', here -> 'number')), false, 'nobody who stood in the hall') from n, w;
select is (test.ask ('bok', 'notices', jsonb_build_object ('branch', '91', 'since', a -> 'time')) -> 'notices', '[]', 'and nothing twice') from n;

-- Closed for good: cancelled, and told.
\o /dev/null
create temp table f as select test.booked (now () - interval '5 minutes') as code, test.remote () as t;
select test.run ('eva', 'emergency_begin', '{"reason": "fire"}'), test.run ('eva', 'emergency_end', '{"tickets": "close"}');
\o
select is (test.status (t) #>> '{notice,kind}' || ' ' || (test.status (t) #> '{notice,next}'), 'closed-by-emergency null', 'a number without another day') from f;
select is (x ->> 'state' || ' ' || (x #>> '{notice,kind}'), 'cancelled cancelled-by-emergency', 'an appointment') from f, test.ask ('bok', 'appointment', jsonb_build_object ('code', code)) x;
select is ((select jsonb_agg (x) from jsonb_array_elements (test.ask ('adm', 'rebuild_check', '{"limit": 1000}') -> 'differences') x), null, 'and all comes out of the events again');

-- Who went home to be called back comes to no hall: on the day that the emergency puts him off to he waits as before.
\o /dev/null
create function test.call_back () returns uuid language sql as $$
  select (test.run ('ana', 'ticket_choose', jsonb_build_object ('ticket', test.issue ('["fss-birth-allowance"]') ->> 'id', 'choice', 'call-back', 'contact', '6600 0000')) ->> 'id')::uuid $$;
create function test.put_off (called_back uuid) returns desk.ticket language sql as $$
  select t from desk.ticket t where t.parent = called_back $$;
select test.run ('eva', 'service_suspend', '{"services": ["fss-*"], "reason": "system down"}');
create temp table h as select test.call_back () as soon, test.call_back () as never, test.issue ('["dsaj-birth-reg"]') ->> 'id' as comes;
select test.run ('eva', 'emergency_begin', '{"reason": "fire"}'), test.run ('eva', 'emergency_end', jsonb_build_object ('tickets', 'close', 'rebook', day)) from d;
select test.run ('stw', 'queue_due');
\o
select is (o.state || ' ' || o.channel || ' ' || o.day, 'expected phone ' || d.day, 'put off') from h, d, test.put_off (soon) o;
\o /dev/null
create temp table night as select t.id, desk.day_of ('91', now ()) - (t.parent = never)::int as day from desk.ticket t, h where t.parent in (soon, never, comes::uuid);
update desk.ticket t set day = n.day from night n where t.id = n.id;
create temp table q as select test.run ('stw', 'queue_due') as a;
\o
select is (o.state || ' ' || (o.due = o.kept_due), 'waiting true', 'the day has come: in line, before all who come that day') from h, test.put_off (soon) o;
select is (a || jsonb_build_object ('outcome', o.outcome), '{"missed": 0, "unserved": 1, "outcome": "unserved-at-close"}', 'a day that passes leaves him unserved: he has not missed it') from q, h, test.put_off (never) o;
select is (o.state, 'expected', 'who is to come himself is expected until he does') from h, test.put_off (comes::uuid) o;
select is (test.run ('stw', 'queue_due'), '{"missed": 0, "unserved": 0}', 'once');
select is ((select jsonb_agg (x) from jsonb_array_elements (test.ask ('adm', 'rebuild_check', '{"limit": 1000}') -> 'differences') x where x ->> 'field' <> 'day'), null, 'and this, too, but for the day that was turned');
-- Whose visit it broke off comes back for what is left of it, and for nothing that is done.
\o /dev/null
create function test.broken_off (done text[]) returns jsonb language plpgsql as $$
declare
  t jsonb := test.run ('ana', 'ticket_issue', jsonb_build_object ('services', '["dsaj-birth-reg", "dsi-bir-first"]'::jsonb, 'at', now () - interval '2 days'));
  code text;
begin
  perform test.run ('ana', 'ticket_call', jsonb_build_object ('ticket', t -> 'id', 'reason', 'x'));
  perform test.run ('ana', 'ticket_arrive', jsonb_build_object ('ticket', t -> 'id'));
  foreach code in array done loop
    perform test.run ('ana', 'ticket_service', jsonb_build_object ('ticket', t -> 'id', 'service', code, 'step', 'done', 'reason', 'informed'));
  end loop;
  return test.run ('ana', 'ticket_hold', jsonb_build_object ('ticket', t -> 'id'));
end $$;
create temp table half as select test.broken_off ('{dsaj-birth-reg}') as one, test.broken_off ('{dsaj-birth-reg,dsi-bir-first}') as entirely;
select test.run ('eva', 'emergency_begin', '{"reason": "fire"}'), test.run ('eva', 'emergency_end', jsonb_build_object ('tickets', 'close', 'rebook', day)) from d;
\o
select is (one -> 'done' || (entirely -> 'done'), '["dsaj-birth-reg", "dsaj-birth-reg", "dsi-bir-first"]', 'one of two done, and both of them') from half;
select is ((select array_agg (t.services) from desk.ticket t where t.parent = (one ->> 'id')::uuid), '{{dsi-bir-first}}', 'he comes for the other') from half;
select is ((select row (t.outcome, (select count (*) from desk.ticket n where n.parent = t.id))::text from desk.ticket t where t.id = (entirely ->> 'id')::uuid), '(closed-by-emergency,0)', 'who wants nothing more need not come') from half;

select * from finish ();
