-- appointments.sql: slots, booking from outside, the check-in window; and what janela_booking sees: its own functions, nothing else.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('eva', 'T02', 2), test.open ('kio', 'T88', null);
-- every day of the week from midnight on, so that the test holds at any hour
select test.run ('eva', 'slots_set', jsonb_build_object ('group', 'civil', 'weekday', d, 'from', '00:00', 'until', '23:59', 'capacity', 2)) from generate_series (1, 7) d;
update desk.branch set weekly_rest = '{}' where code = '91';
insert into desk.calendar_day (branch, day, kind, names) values ('91', current_date + 5, 'closed', '{}'), ('91', current_date + 6, 'half-afternoon', '{}');
select desk.calendar_rebuild ('91');
create temp table day as select desk.day_of ('91', now ()) + 1 as tomorrow;
create function test.slot (days int, hour text) returns timestamptz language sql as $$ select (current_date + days + hour::time) at time zone test.zone () $$;
create function test.book (who text, slot timestamptz) returns jsonb language sql as $$
  select test.run (who, 'appointment_book', jsonb_build_object ('branch', '91', 'services', '["dsaj-birth-reg"]'::jsonb, 'slot', slot, 'language', 'pt', 'contact', '6600 0000')) $$;
\o
select * from no_plan ();

-- Slots by the one calendar.
create temp table s as select d ->> 'day' as day, (d ->> 'open')::boolean as open, jsonb_array_length (d -> 'slots') as n
from test.ask ('bok', 'slots', jsonb_build_object ('branch', '91', 'services', '["dsaj-birth-reg"]'::jsonb, 'from', current_date + 2, 'to', current_date + 6)) a, jsonb_array_elements (a -> 'days') d;
select is ((select n from s where day::date = current_date + 2), 47, 'half hours of a day');
select is ((select n || ' ' || open from s where day::date = current_date + 5), '0 false', 'none on a day that is closed');
select is ((select n from s where day::date = current_date + 6), 26, 'half of them on a half day: until 13:00');
select is (test.ask ('bok', 'slots', jsonb_build_object ('branch', '91', 'services', '["dsi-photo"]'::jsonb, 'from', current_date + 2, 'to', current_date + 2)) #> '{days,0,slots}', '[]', 'a group without a rule has none');
select is (test.ask ('bok', 'slots', '{"services": ["dsi-photo"]}') ->> 'fault', 'JN004 no-branch', 'the outside channel names the branch');

-- Capacity, moving, cancelling.
create temp table a as select test.book ('bok', test.slot (2, '10:00')) as one, test.book ('bok', test.slot (2, '10:00')) as two;
select ok (one ->> 'code' ~ '^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$' and one ->> 'code' <> (two ->> 'code'), 'a code that cannot be guessed: ' || (one ->> 'code')) from a;
select is (test.book ('bok', test.slot (2, '10:00')) ->> 'fault', 'JN001 slot-full', 'two places are two');
select is (test.book ('bok', test.slot (2, '10:10')) ->> 'fault', 'JN001 slot-closed', 'no half hour begins then');
select is (test.book ('bok', test.slot (5, '10:00')) ->> 'fault', 'JN001 slot-closed', 'none on a closed day');
select is (test.book ('bok', now () - interval '1 day') ->> 'fault', 'JN001 slot-past', 'nor in the past');
select is ((m ->> 'at')::timestamptz, test.slot (3, '11:30'), 'moved') from a, test.run ('bok', 'appointment_move', jsonb_build_object ('code', one ->> 'code', 'slot', test.slot (3, '11:30'))) m;
select is (test.book ('bok', test.slot (2, '10:00')) ->> 'state', 'booked', 'its place is free');
select is (test.run ('bok', 'appointment_cancel', jsonb_build_object ('code', lower (one ->> 'code'))) ->> 'state', 'cancelled', 'cancelled, in whatever case the code is typed') from a;
select is (test.run ('bok', 'appointment_move', jsonb_build_object ('code', one ->> 'code', 'slot', test.slot (3, '11:30'))) ->> 'fault', 'JN001 appointment-not-booked', 'what is cancelled does not move') from a;
select is (test.ask ('bok', 'appointment', '{"code": "AAAA-AAAA"}') ->> 'fault', 'JN004 no-appointment', 'another code is nobody''s');

-- As that client is: its own functions, and no table.
select is (test.try ('bok', 'select count (*) from desk.appointment'), '42501 permission denied for schema desk', 'it reads no table');
select is (test.ask ('bok', 'appointments', '{}') ->> 'fault', '42501 permission denied for function appointments', 'nor the day''s list');
select is (test.ask ('bok', 'reception', '{}') ->> 'fault', '42501 permission denied for function reception', 'nor the reception');
select is (test.run ('bok', 'ticket_issue', '{"services": ["dsaj-birth-reg"]}') ->> 'fault', '42501 permission denied for function ticket_issue', 'it issues no ticket');
create function api.careless_count () returns text language sql security definer set search_path = pg_catalog, desk, pg_temp
  as $$ select (select count (*) from desk.ticket) || ' ' || (select count (*) from desk.event) || ' ' || (select count (*) from desk.visit) || ' ' || (select count (*) from desk.fact) $$;
alter function api.careless_count () owner to janela_api;
grant execute on function api.careless_count () to public;
\o /dev/null
select test.run ('ana', 'ticket_issue', '{"services": ["dsaj-birth-reg"]}');
\o
select is (test.try ('bok', 'select api.careless_count ()'), '0 0 0 0', 'and a function that forgot to ask shows it nothing');
select is (test.ask ('ana', 'appointments', jsonb_build_object ('day', current_date + 2)) #>> '{appointments,0,contact}', '6600 0000', 'a clerk sees the contact');
select is (test.try ('bok', $$ select api.appointment_cancel ('01890000-0000-7000-8000-000000000001', '{"code": "AAAA-AAAA"}') $$), 'JN004 no-appointment', 'a command with its key');

-- A remote ticket: a number now, in line from the check-in.
create temp table r as select test.run ('bok', 'ticket_remote', '{"branch": "91", "services": ["dsaj-birth-reg"], "language": "en"}') as t;
select is (t ->> 'state' || ' ' || (t ->> 'channel') || ' ' || coalesce (t ->> 'arrived', 'not here'), 'expected remote not here', 'expected') from r;
select is (test.ask ('ana', 'queue') #>> '{next,channel}', 'clerk', 'it passes nobody who stands there');
update desk.ticket set due = due - interval '2 hours' where channel = 'remote';
select ok ((c ->> 'due')::timestamptz > now () - interval '1 minute' and c ->> 'state' = 'waiting', 'it counts from the check-in')
from r, test.run ('kio', 'ticket_check_in', jsonb_build_object ('code', 'janela:ticket:' || (t ->> 'number') || ':' || (t ->> 'id'))) c;
select is (test.ask ('bok', 'slots', '{"branch": "92", "services": ["dsaj-birth-reg"]}') ? 'days', true, 'another branch may be asked too');

-- That client sees how its numbers and bookings stand, and the rules that it tells.
select is (a ->> 'state' || ' ' || (a ->> 'number') || ' ' || coalesce (a ->> 'counter', 'no counter'), 'waiting ' || (t ->> 'number') || ' no counter', 'its number is in line')
from r, test.ask ('bok', 'ticket_status', jsonb_build_object ('ticket', t ->> 'id')) a;
\o /dev/null
select test.run ('ana', 'ticket_call', jsonb_build_object ('ticket', t ->> 'id', 'reason', 'test')) from r;
\o
select is (a ->> 'state' || ' ' || (a ->> 'counter'), 'called 1', 'it is called, and to where') from r, test.ask ('bok', 'ticket_status', jsonb_build_object ('ticket', t ->> 'id')) a;
select is (a - '{ticket,branch,day,number,services,state,outcome,expected_until,called,counter,zone,notice}'::text[], '{}', 'no more is said') from r, test.ask ('bok', 'ticket_status', jsonb_build_object ('ticket', t ->> 'id')) a;
select is (test.ask ('bok', 'ticket_status', jsonb_build_object ('ticket', h.id)) ->> 'fault', 'JN004 no-ticket', 'nor of a number that was given out here') from desk.ticket h where h.channel = 'clerk' limit 1;
select is (test.ask ('bok', 'booking_rules', '{"branch": "91"}') - '{names,suspensions,open}'::text[],
           jsonb_build_object ('zone', test.zone ()) || '{"branch": "91", "closes": "23:59", "check_in_early_s": 1800, "check_in_late_s": 900, "missed": "walk-in"}', 'the rules to be told');
\o /dev/null
select test.run ('ana', 'ticket_no_show', jsonb_build_object ('ticket', t ->> 'id', 'reason', 'did-not-come')) from r;
\o
select is (a ->> 'state' || ' ' || (a ->> 'outcome'), 'done no-show', 'who did not come is told so') from r, test.ask ('bok', 'ticket_status', jsonb_build_object ('ticket', t ->> 'id')) a;

-- The check-in window. The slot is moved to where now is, as time goes on.
create temp table w as select test.book ('bok', test.slot (2, '15:00')) as a;
create function test.shift (minutes int) returns void language sql as $$
  update desk.appointment set at = now () + make_interval (mins => minutes), day = desk.day_of ('91', now ()), state = 'booked' where code = (select a ->> 'code' from pg_temp.w) $$;
create function test.check_in (more jsonb default '{}') returns jsonb language sql as $$
  select test.run ('kio', 'ticket_check_in', jsonb_build_object ('code', 'janela:appointment:' || (a ->> 'code')) || more) from pg_temp.w $$;
\o /dev/null
select test.shift (45);
\o
select is (test.check_in () ->> 'fault', 'JN001 too-early', 'three quarters of an hour before is too early');
\o /dev/null
select test.shift (-20);
\o
select is (test.check_in () ->> 'fault', 'JN001 too-late', 'twenty minutes after is too late');
\o /dev/null
select test.shift (20);
create temp table i as select test.check_in () as t;
\o
select is (t ->> 'state' || ' ' || (t ->> 'channel') || ' ' || ((t ->> 'due')::timestamptz = (t ->> 'booked')::timestamptz)::text, 'waiting booked true', 'twenty minutes before is in time: due at the booked time') from i;
select is (test.check_in () ->> 'fault', 'JN001 checked-in-already', 'once');
\o /dev/null
update w set a = test.book ('bok', test.slot (2, '16:00'));
select test.shift (-20);
\o
select is (test.run ('stw', 'queue_due') ->> 'missed', '1', 'who does not come within the window has missed it');
select is (test.ask ('bok', 'appointment', jsonb_build_object ('code', a ->> 'code')) ->> 'state', 'missed', 'the outside channel sees it') from w;
select is (test.check_in () ->> 'fault', 'JN001 appointment-not-booked', 'and does not check in any more');
select is (t ->> 'state' || ' ' || coalesce (t ->> 'booked', 'no booking'), 'waiting no booking', 'but may come as who walks in') from test.check_in ('{"as_walk_in": true}') t;

-- A cap counts what is booked.
\o /dev/null
select test.run ('eva', 'cap_set', '{"per_day": 1}');
select test.book ('ana', test.slot (4, '10:00'));
\o
select is (test.book ('bok', test.slot (4, '11:00')) ->> 'fault', 'JN001 cap-reached', 'the day is full for who books too');
create temp table m as select test.book ('bok', test.slot (3, '10:00')) as a;
select is (test.run ('bok', 'appointment_move', jsonb_build_object ('code', a ->> 'code', 'slot', test.slot (4, '11:00'))) ->> 'fault', 'JN001 cap-reached', 'and for who moves there') from m;
select is ((test.run ('bok', 'appointment_move', jsonb_build_object ('code', a ->> 'code', 'slot', test.slot (3, '11:00'))) ->> 'at')::timestamptz, test.slot (3, '11:00'), 'but not within his own day') from m;
\o /dev/null
select test.run ('eva', 'cap_set', '{}');
update desk.branch set closes = '00:00' where code = '91';
\o
select is (test.run ('bok', 'ticket_remote', '{"branch": "91", "services": ["dsaj-birth-reg"]}') ->> 'fault', 'JN001 branch-closed', 'no number for a day whose counters have closed');
select is (test.ask ('adm', 'rebuild_check', '{"limit": 1000}') -> 'differences' #>> '{0,field}', null, 'all comes out of the events again');
select * from finish ();
