-- reception.sql: before the call: the wait told, caps, check-in, change, merge, cancel, print again.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('rui', 'T75', 75), test.open ('eva', 'T02', 2), test.open ('kio', 'T88', null);
create function test.issue (services text, minutes int default 0, priority text default 'none') returns jsonb language sql as $$
  select test.run ('ana', 'ticket_issue', jsonb_build_object ('services', services::jsonb, 'priority', priority, 'language', 'pt',
                   'at', now () - make_interval (mins => minutes))) $$;
create function test.done () returns void language sql as $$
  update desk.ticket set state = 'done', outcome = 'served', finished = now () where state <> 'done' $$;
create function test.of (t jsonb, more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object ('ticket', t ->> 'id') || more $$;
\o
select * from no_plan ();

-- The estimate. Nothing is known of service times yet: ten minutes are taken.
select is (test.ask ('ana', 'wait_estimate', '{"services": ["dsaj-birth-reg"]}') -> 'p50_s', '0', 'nobody waits and a counter is free: no wait');
select is (test.ask ('kio', 'wait_estimate', '{"services": ["dsaj-birth-reg"]}') - '{p50_s,p90_s}'::text[],
           '{"ahead": 0, "counters": 2, "whole": true, "suspended": [], "cap": null}', 'a kiosk may ask; two open counters can take it');
\o /dev/null
select test.issue ('["dsaj-birth-reg"]', 5) from generate_series (1, 10);
\o
-- 10 tickets of 10 minutes at 2 counters: 50 minutes on average. The median lies a little below (skewed).
select ok ((e ->> 'p50_s')::int between 44 * 60 and 50 * 60, 'ten ahead of two counters: about fifty minutes: ' || (e ->> 'p50_s'))
from test.ask ('ana', 'wait_estimate', '{"services": ["dsaj-birth-reg"]}') e;
select ok ((e ->> 'p90_s')::int between 60 * 60 and 75 * 60, 'and nine of ten wait no longer than an hour and a bit: ' || (e ->> 'p90_s'))
from test.ask ('ana', 'wait_estimate', '{"services": ["dsaj-birth-reg"]}') e;
select is (e -> 'ahead', '10', 'ten are ahead')
from test.ask ('ana', 'wait_estimate', '{"services": ["dsaj-birth-reg"]}') e;
select is (test.ask ('ana', 'wait_estimate', '{"services": ["dsaj-birth-reg"], "priority": "infant"}') -> 'ahead', '0', 'ten minutes of credit go before all of them');
select is (test.ask ('ana', 'wait_estimate', '{"services": ["dsi-bir-first"]}') - '{p50_s,p90_s}'::text[],
           '{"ahead": 10, "counters": 3, "whole": true, "suspended": [], "cap": null}', 'identity: the same ten stand before two of its three counters');
select is ((test.ask ('ana', 'wait_estimate', '{"services": ["dsi-bir-first"]}') ->> 'p50_s')::int <
           (test.ask ('ana', 'wait_estimate', '{"services": ["dsaj-birth-reg"]}') ->> 'p50_s')::int, true, 'with one more counter it is shorter');
select is (test.ask ('ana', 'wait_estimate', '{"services": ["dsi-photo"]}') - 'cap', '{"p50_s": null, "p90_s": null, "ahead": 0, "counters": 0, "whole": false, "suspended": []}',
           'no open counter can take it: no wait is told');
\o /dev/null
select test.done ();
-- what was served lately takes four minutes each
insert into desk.ticket (branch, day, number, services, priority, language, arrived, due, called, last_called, at_desk, finished, state, outcome, counter, login)
select '91', current_date, 'X' || i, '{dsaj-birth-reg}', 'none', 'pt', now () - interval '1 hour', now (), now () - interval '30 minutes', now () - interval '30 minutes',
       now () - interval '29 minutes', now () - interval '26 minutes', 'done', 'served', 1, test.login ('ana') from generate_series (1, 6) i;
select test.issue ('["dsaj-birth-reg"]', 5) from generate_series (1, 10);
\o
select ok ((e ->> 'p50_s')::int between 19 * 60 and 21 * 60, 'recent service times count: ten of four minutes at two counters are twenty: ' || (e ->> 'p50_s'))
from test.ask ('ana', 'wait_estimate', '{"services": ["dsaj-birth-reg"]}') e;
\o /dev/null
select test.done ();
\o

-- Issuing: companions, channel, language.
create temp table k as select test.run ('ana', 'ticket_issue', '{"services": ["dsaj-birth-reg"], "companions": [{"services": ["dsi-bir-first"], "note": "son"}], "language": "en"}') as t;
select is (t -> 'services', '["dsaj-birth-reg", "dsi-bir-first"]', 'what companions want is among the services') from k;
select is (t ->> 'channel', 'clerk', 'a clerk issued it') from k;
select is (test.run ('kio', 'ticket_issue', '{"services": ["dsi-bir-first"], "channel": "clerk"}') ->> 'channel', 'kiosk', 'a kiosk cannot say that it was a clerk');
select is (test.run ('ana', 'ticket_issue', '{"services": ["dsi-bir-first"], "channel": "booked"}') ->> 'fault', 'JN002 wrong-argument', 'nobody books by issuing');
select is (test.run ('ana', 'ticket_issue', '{"pick_up": "07-2026-0000001"}') ->> 'fault', 'JN004 no-receipt', 'a pick-up wants a receipt');

-- A companion with other needs: a number of his own, due at the same time, called next at the same counter.
\o /dev/null
select test.done ();
create temp table p as select test.run ('ana', 'ticket_issue', jsonb_build_object (
  'services', '["dsaj-birth-reg"]'::jsonb, 'priority', 'infant', 'language', 'pt', 'at', now () - interval '10 minutes',
  'companions', '[{"services": ["dsi-bir-first"], "own": true}, {"services": ["dsi-photo"], "own": true, "language": "en"}, {"services": ["fss-birth-allowance"]}]'::jsonb)) as t;
\o
select is (t -> 'services', '["dsaj-birth-reg", "fss-birth-allowance"]', 'who has no number of his own is served with the ticket') from p;
select is (jsonb_array_length (t -> 'party'), 2, 'the others have theirs') from p;
select is (t #> '{party,0,services}' || (t #> '{party,1,services}'), '["dsi-bir-first", "dsi-photo"]', 'for what they need') from p;
select ok ((t #>> '{party,0,due}')::timestamptz - (t ->> 'due')::timestamptz between '0' and '1 second' and (t #>> '{party,1,language}') = 'en', 'due at one time, each in his language') from p;
select is (a -> 'with', jsonb_build_array (t #>> '{party,0,number}', t #>> '{party,1,number}'), 'each ticket says who came along') from p, test.ask ('ana', 'reception', jsonb_build_object ('find', t ->> 'number')) r, jsonb_array_elements (r -> 'tickets') a where a ->> 'id' = t ->> 'id';
select is (test.run ('rui', 'ticket_call_next') -> 'ticket', 'null', 'who came along is nobody''s before: not even of a counter that can serve only him');
\o /dev/null
select test.issue ('["dsi-bir-first"]', 10, 'infant'); -- another one, who is due then too
create temp table g as select test.run ('ana', 'ticket_call_next') -> 'ticket' as t;
\o
select is (g.t ->> 'number', p.t ->> 'number', 'the first of them is called') from p, g;
select is (test.run ('rui', 'ticket_call_next') #>> '{ticket,services}', '["dsi-bir-first"]', 'another counter calls who is not of them');
select isnt (h.number, t #>> '{party,0,number}', 'but not the companion') from p, desk.ticket h where h.login = test.login ('rui') and h.state = 'called';
\o /dev/null
select test.run ('ana', 'ticket_arrive', test.of (t)), test.run ('ana', 'ticket_finish', test.of (t)) from g;
\o
select is (test.run ('ana', 'ticket_call_next') #>> '{ticket,number}', t #>> '{party,0,number}', 'he is next at the same counter') from p;
select is ((select count (*) from desk.ticket_differences ('91', '00000000-0000-0000-0000-000000000000', 100000) d where d.ticket in (select h.id from desk.ticket h where h.party is not null)), 0::bigint, 'all of it comes out of the events again');
select is (h.for_counter, null, 'who needs what is not there (a fingerprint) waits as everybody') from p, desk.ticket h where h.id = (t #>> '{party,1,id}')::uuid;
select is (test.run ('ana', 'ticket_issue', '{"services": ["dsaj-birth-reg"], "companions": [{"services": ["no-such"], "own": true}]}') ->> 'fault', 'JN002 unknown-service', 'what a companion wants exists');
select is ((select count (*) from desk.ticket h where h.party is not null and h.arrived > now () - interval '1 minute'), 0::bigint, 'and nobody gets a number without the others');
\o /dev/null
select test.done ();
\o

-- A receipt's results are fetched: its seal is the one given out, its results are there.
\o /dev/null
create temp table v as select test.visit ('eva') as visit;
create temp table s as select test.run ('eva', 'visit_submit', test.submission (visit)) as r from v;
select test.run ('eva', 'receipt_seal', jsonb_build_object ('receipt', r #>> '{receipt,id}', 'seal', 'https://janela.example/r#genuine')) from s;
create function test.pick_up (who text, more jsonb default '{}') returns jsonb language sql as $$
  select test.run (who, 'ticket_issue', jsonb_build_object ('pick_up', r #>> '{receipt,no}') || more) from pg_temp.s $$;
\o
select is (test.pick_up ('kio') ->> 'fault', 'JN001 results-not-ready', 'nobody is sent for a result that is not there');
\o /dev/null
update desk.application set state = 'decided' where visit = (select visit from v) and service = 'dsaj-birth-reg';
\o
select is (test.pick_up ('kio', '{"seal": "https://janela.example/r#forged"}') ->> 'fault', 'JN002 receipt-tampered', 'another seal than was given out is none of ours');
select is (a ->> 'pick_up' || ' ' || (a -> 'services')::text, (r #>> '{receipt,no}') || ' ["dsaj-birth-reg"]', 'a number for what is ready') from s, test.pick_up ('kio', '{"seal": "https://janela.example/r#genuine"}') a;
\o /dev/null
select test.open ('bob', 'T03', 3);
\o
select is (test.pick_up ('bob') ->> 'fault', 'JN004 no-receipt', 'a receipt of another branch is not here');
\o /dev/null
select test.done ();
\o

-- Caps: of the branch and of a service; what to tell.
select is (test.run ('ana', 'cap_set', '{"service": "dsi-photo", "per_day": 3}') ->> 'fault', '42501 permission denied for function cap_set', 'a clerk sets no cap');
\o /dev/null
select test.run ('eva', 'cap_set', '{"service": "dsi-photo", "per_day": 3}');
select test.issue ('["dsi-photo"]');
\o
select is (test.ask ('ana', 'wait_estimate', '{"services": ["dsi-photo"]}') -> 'cap' ->> 'left', '1', 'one more today');
select is (test.issue ('["dsi-photo"]') ->> 'state', 'waiting', 'the last');
select is (test.issue ('["dsi-photo"]') ->> 'fault', 'JN001 cap-reached', 'then the day is full');
select is (test.issue ('["dsi-bir-first"]') ->> 'state', 'waiting', 'for this service only');
create temp table caps as select test.ask ('ana', 'reception') -> 'caps' -> 0 as c;
select is (c ->> 'service' || ' ' || (c ->> 'per_day') || ' ' || (c ->> 'issued'), 'dsi-photo 3 3', 'the reception sees the cap') from caps;
select is ((c ->> 'next')::date, (select min (day) from desk.working_day where branch = '91' and working and day > desk.day_of ('91', now ())), 'and the next working day') from caps;
select is (c -> 'words', 'null', 'no words of its own: the standard ones') from caps;
select is (test.run ('eva', 'cap_set', '{"service": "dsi-photo", "per_day": 2, "words": {"zh_Hant": "滿", "pt": "", "en": "Full."}}') ->> 'fault', 'JN002 wrong-argument', 'what is told is told in three languages');
select is (test.run ('eva', 'cap_set', '{"service": "dsi-photo", "per_day": -1}') ->> 'fault', 'JN002 wrong-argument', 'a number of numbers');
select is (test.run ('eva', 'cap_set', '{"service": "dsi-none", "per_day": 1}') ->> 'fault', 'JN002 unknown-service', 'of a service that there is');
select is (test.run ('eva', 'cap_set', '{"service": "dsi-photo", "per_day": 2, "words": {"zh_Hant": "相機壞了", "pt": "A câmara avariou.", "en": "The camera is broken."}}'), '{}', 'so it is');
select is (test.ask ('kio', 'wait_estimate', '{"services": ["dsi-photo"]}') #>> '{cap,words,pt}', 'A câmara avariou.', 'a kiosk knows what to tell');
select is (test.ask ('ana', 'reception') #>> '{caps,0,words,en}', 'The camera is broken.', 'and the reception');
select is (test.ask ('eva', 'hall') #>> '{caps,0,words,zh_Hant}', '相機壞了', 'and the hall');
select is ((test.run ('eva', 'cap_set', '{"per_day": 0}'), test.issue ('["dsi-bir-first"]') ->> 'fault')::text, '({},"JN001 cap-reached")', 'of the whole branch: nobody gets a number');
select is (test.ask ('ana', 'wait_estimate', '{"services": ["dsi-bir-first"]}') #> '{cap,service}', 'null', 'and all know that it is the branch''s');
\o /dev/null
select test.run ('eva', 'cap_set', '{"per_day": null}');
select test.run ('eva', 'cap_set', '{"service": "dsi-photo", "per_day": null}');
\o
select is (test.issue ('["dsi-photo"]') ->> 'state', 'waiting', 'without a cap it goes on');
\o /dev/null
select test.done ();
\o

-- Change: the due time follows the priority, and what was called is not lost.
\o /dev/null
create temp table c as select test.issue ('["dsaj-birth-reg"]', 30) as t;
\o
select is ((a ->> 'due')::timestamptz, (t ->> 'due')::timestamptz - interval '10 minutes', 'an infant: ten minutes earlier')
from c, test.run ('ana', 'ticket_change', test.of (t, '{"priority": "infant", "note": "with a pram"}')) a;
select is (a -> 'services', '["dsaj-birth-reg"]', 'the services stay')
from c, test.run ('ana', 'ticket_change', test.of (t, '{"priority": "infant", "note": "with a pram"}')) a;
select is (a -> 'services' || to_jsonb (a ->> 'note'), '["dsi-bir-first", "with a pram"]', 'other services; the note stays')
from c, test.run ('ana', 'ticket_change', test.of (t, '{"services": ["dsi-bir-first"]}')) a;
select is ((select count (*) from desk.event e, c where e.subject = (t ->> 'id')::uuid and e.details::text like '%pram%'), 0::bigint, 'a note never stands in an event');
select is (test.run ('ana', 'ticket_change', test.of (t, '{"services": ["no-such"]}')) ->> 'fault', 'JN002 unknown-service', 'unknown services are refused') from c;

-- Merge: one visit instead of two.
\o /dev/null
create temp table m as select test.issue ('["fss-birth-allowance"]', 50) as a, test.issue ('["dsaj-birth-reg"]', 20) as b;
\o
select is (r -> 'services' || to_jsonb ((r ->> 'due')::timestamptz = (a ->> 'due')::timestamptz), '["dsaj-birth-reg", "fss-birth-allowance", true]',
           'both services, at the earlier due time') from m, test.run ('ana', 'ticket_merge', test.of (a, jsonb_build_object ('into', b ->> 'id', 'reason', 'one family'))) r;
select is ((select outcome || ' ' || state from desk.ticket, m where id = (a ->> 'id')::uuid), 'cancelled done', 'the other is cancelled');
select is (test.run ('ana', 'ticket_merge', test.of (b, jsonb_build_object ('into', b ->> 'id'))) ->> 'fault', 'JN002 wrong-argument', 'not into itself') from m;
select is (test.run ('ana', 'ticket_undo', test.of (a)) ->> 'fault', 'JN001 nothing-to-undo', 'and merging is not undone') from m;

-- What was done before somebody was given back to the line stays done, whichever number goes into the other.
\o /dev/null
create function test.half_done () returns jsonb language plpgsql as $$
declare
  t jsonb := test.run ('ana', 'ticket_issue', '{"services": ["dsaj-birth-reg", "fss-birth-allowance"], "at": "2026-01-01T00:00Z"}');
begin
  perform test.run ('ana', 'ticket_call_next'), test.run ('ana', 'ticket_arrive', test.of (t)),
          test.run ('ana', 'ticket_service', test.of (t, '{"service": "dsaj-birth-reg", "step": "done", "reason": "informed"}'));
  return test.run ('ana', 'ticket_release', test.of (t, '{"reason": "break"}'));
end $$;
create temp table h as select test.half_done () as a;
alter table h add b jsonb, add r jsonb, add d jsonb;
update h set b = test.issue ('["dsaj-birth-reg", "dsi-bir-first"]');
update h set r = test.run ('ana', 'ticket_merge', test.of (a, jsonb_build_object ('into', b ->> 'id')));
update h set d = test.half_done ();
\o
select is (a ->> 'state' || ' ' || (a ->> 'done'), 'waiting ["dsaj-birth-reg"]', 'given back with one of two done') from h;
select is (r -> 'done', '["dsaj-birth-reg"]', 'what is done is not served again, though the other number asks for it as well') from h;
select is (r -> 'services', '["dsaj-birth-reg", "dsi-bir-first", "fss-birth-allowance"]', 'the rest is') from h;
select is (x -> 'done', '["dsaj-birth-reg"]', 'nor where the other number is the one that ends') from h, test.run ('ana', 'ticket_merge', test.of (test.issue ('["dsaj-birth-reg"]'), jsonb_build_object ('into', d ->> 'id'))) x;
select is ((select count (*) from desk.ticket_differences ('91', '00000000-0000-0000-0000-000000000000', 100000) x where x.ticket in ((r ->> 'id')::uuid, (d ->> 'id')::uuid)), 0::bigint, 'all of it comes out of the events again') from h;
\o /dev/null
update desk.ticket t set state = 'done', outcome = 'served', finished = now () from h where t.id in ((r ->> 'id')::uuid, (d ->> 'id')::uuid);
\o

-- Print again, cancel, left.
select is (test.run ('kio', 'ticket_reprint', test.of (b)) -> 'reprints', '1', 'a copy is counted') from m;
select is (test.run ('ana', 'ticket_cancel', test.of (b, '{"outcome": "left-waiting", "reason": "went away"}')) ->> 'outcome', 'left-waiting', 'who went away has an outcome of his own') from m;
select is (test.run ('ana', 'ticket_cancel', test.of (b)) ->> 'fault', 'JN001 ticket-not-waiting', 'what is done is not cancelled') from m;
select is (test.run ('ana', 'ticket_cancel', test.of (t, '{"reason": "changed his mind"}')) ->> 'outcome', 'cancelled', 'cancelled') from c;

-- What the reception sees; a kiosk sees no lists.
\o /dev/null
create temp table f as select test.issue ('["dsaj-birth-reg"]') as t;
\o
select is (jsonb_array_length (test.ask ('ana', 'reception', jsonb_build_object ('find', t ->> 'number')) -> 'tickets'), 1, 'found by its number') from f;
select is (test.ask ('ana', 'reception', jsonb_build_object ('find', 'janela:ticket:' || (t ->> 'number') || ':' || (t ->> 'id'))) #>> '{tickets,0,id}', t ->> 'id', 'and by its slip') from f;
select is (test.ask ('kio', 'reception') -> 'tickets', '[]', 'a kiosk sees no tickets');
select is (test.ask ('ana', 'reception') -> 'priorities', '[{"class": "none", "credit_s": 0}, {"class": "infant", "credit_s": 600}, {"class": "senior", "credit_s": 900}]', 'the classes and their credits');
select is (test.ask ('ana', 'reception') #> '{figures,waiting}', '1', 'one waits');
select * from finish ();
