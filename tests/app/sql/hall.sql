-- hall.sql: what a supervisor and a board see; the profile changed live; and that nothing of it grows with history.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('rui', 'T75', 75), test.open ('eva', 'T02', 2), test.open ('brd', 'T89', null), test.open ('kio', 'T88', null);
create function test.issue (services text, minutes int default 0, priority text default 'none') returns jsonb language sql as $$
  select test.run ('ana', 'ticket_issue', jsonb_build_object ('services', services::jsonb, 'priority', priority, 'language', 'pt', 'note', 'Chan Tai Man',
                   'at', now () - make_interval (mins => minutes))) $$;
create function test.of (t jsonb, more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object ('ticket', t ->> 'id', 'reason', 'test') || more $$;
create temp table w as select test.issue ('["dsaj-birth-reg"]', 40) as late, test.issue ('["dsaj-birth-reg"]', 20) as early, test.issue ('["dsi-bir-first"]', 35) as id;
create temp table k as select test.run ('ana', 'ticket_call_next') -> 'ticket' as t;
select test.run ('ana', 'ticket_arrive', test.of (t)) from k;
create temp table c as select test.run ('rui', 'ticket_call_next') -> 'ticket' as t;
select test.issue ('["dsaj-birth-reg"]', 31);
select test.run ('eva', 'counter_state', '{"state": "break", "reason": "lunch"}');
\o
select * from no_plan ();

create temp table h as select test.ask ('eva', 'hall') as a;
select is ((a -> 'figures') - '{longest_s,closed}'::text[],
           '{"waiting": 2, "called": 1, "serving": 1, "held": 0, "expected": 0, "late": 1, "served": 0, "no_show": 0, "left": 0, "open": 2, "paused": 1}', 'the figures') from h;
select is ((a #>> '{figures,longest_s}')::int / 60, 31, 'the first has waited half an hour') from h;
select is (g - '{names,longest_s,p50_s,p90_s}'::text[], '{"group": "civil", "waiting": 2, "late": 1, "pledge_s": 1800, "called_hour": 1, "counters": 1}', 'a group, and the waits that ended in the last hour')
from h, jsonb_array_elements (a -> 'groups') g where g ->> 'group' = 'civil';
select is ((g ->> 'p50_s')::int / 60, 40, 'its median wait') from h, jsonb_array_elements (a -> 'groups') g where g ->> 'group' = 'civil';
create temp table n as select (x ->> 'counter')::int as counter, x from h, jsonb_array_elements (a -> 'counters') x;
select is (count (*), 80::bigint, 'every counter') from n;
select is (x ->> 'state' || ' ' || (x ->> 'login') || ' ' || (x #>> '{ticket,number}') || ' ' || (x #>> '{ticket,state}') || ' ' || (x ->> 'profile'), 'open ' || test.login ('ana') || ' ' || (t ->> 'number') || ' serving all', 'who is there, with whom')
from n, k where counter = 1;
select is (x ->> 'state' || ' ' || (x ->> 'reason'), 'break lunch', 'who is on a pause, and why') from n where counter = 2;
select is (x ->> 'state', 'absent', 'where nobody is') from n where counter = 3;
select is (test.ask ('ana', 'hall') ->> 'fault', '42501 permission denied for function hall', 'a clerk does not see the hall');

-- Behind a figure.
select is (jsonb_array_length (test.ask ('eva', 'hall_tickets', '{"figure": "late"}') -> 'tickets'), 1, 'the late one');
select is (test.ask ('eva', 'hall_tickets', '{"figure": "waiting", "group": "identity"}') -> 'tickets', '[]', 'none of this group');
select is (test.ask ('eva', 'hall_tickets', '{"figure": "serving", "counter": 1}') #>> '{tickets,0,number}', t ->> 'number', 'who sits at counter 1') from k;

select is ((select jsonb_agg (h -> 'number') from jsonb_array_elements (test.ask ('eva', 'hall_tickets', '{"figure": "called-hour", "group": "civil"}') -> 'tickets') h), jsonb_build_array (t -> 'number'), 'the waits of the last hour that p50 and p90 are of') from k;

-- The profile, live: with a reason and an event.
select is (test.run ('eva', 'counter_profile', '{"counter": 75, "profile": "all"}') ->> 'fault', 'JN002 missing-argument', 'a profile changes for a reason');
select is (test.run ('eva', 'counter_profile', '{"counter": 75, "profile": "all", "reason": "civil is late"}') ->> 'profile', 'all', 'changed');
select is (test.run ('eva', 'counter_profile', '{"counter": 75, "profile": "none", "reason": "x"}') ->> 'fault', 'JN004 no-profile', 'to one that there is');
update desk.authorisation set pattern = '%' where login = test.login ('rui');
\o /dev/null
select test.run ('rui', 'ticket_no_show', test.of (t)) from c;
\o
select is (test.run ('rui', 'ticket_call_next') #>> '{ticket,services}', '["dsaj-birth-reg"]', 'it counts at the next call');
select is ((select details ->> 'from' || ' ' || (details ->> 'profile') || ' ' || reason from desk.event where kind = 'counter' and what = 'profile'), 'identity all civil is late', 'and is on record');

-- The board: numbers and counters, nothing of anybody.
create temp table b as select test.ask ('brd', 'board') as a;
select is (c ->> 'counter' || ' ' || (c #>> '{zone,code}'), '75 A', 'now calling, with counter and zone') from b, jsonb_array_elements (a -> 'calling') c;
select ok (bool_or (l ->> 'number' = t ->> 'number'), 'the last calls') from b, k, jsonb_array_elements (a -> 'last') l;
select is (a::text ~ 'Chan|note|visit|login|language|priority|"id"', false, 'no personal data, no ids') from b;
select is (test.ask ('kio', 'board') ->> 'fault', '42501 permission denied for function board', 'a kiosk is no board');
select is (test.ask ('brd', 'queue') ->> 'fault', '42501 permission denied for function queue', 'and a board no desk');
select is (test.ask ('kio', 'queue') ->> 'fault', '42501 permission denied for function queue', 'nor is a kiosk');

-- With a long history the same reads take the partial indexes.
\o /dev/null
insert into desk.ticket (branch, day, number, services, priority, language, arrived, due, called, last_called, at_desk, finished, state, outcome, counter, login)
select '91', current_date - 1 - i / 200, 'H' || i % 200, '{dsaj-birth-reg}', 'none', 'pt', now () - make_interval (days => 1 + i / 200), now () - make_interval (days => 1 + i / 200),
       now () - make_interval (days => 1 + i / 200), now (), now (), now (), 'done', 'served', 1, test.login ('ana') from generate_series (0, 19999) i;
analyze desk.ticket;
-- as the functions of api see it, behind row-level security
create function test.plan (query text) returns text language plpgsql as $$
declare line text; whole text := ''; begin
  perform set_config ('janela.session', (select s.id from test.session s where s.name = 'ana'), false);
  execute 'set local role janela_api';
  for line in execute 'explain (costs off) ' || query loop whole := whole || line || ' '; end loop;
  reset role;
  return whole; end $$;
-- pages that a query touches
create function test.pages (query text) returns int language plpgsql as $$
declare j json; begin
  perform set_config ('janela.session', (select s.id from test.session s where s.name = 'ana'), false);
  execute 'set local session authorization ' || quote_ident (test.login ('ana'));
  execute query; -- once before, for the plans
  execute 'explain (analyze, buffers, format json) ' || query into j;
  execute 'set local session authorization default';
  return (j #>> '{0,Plan,Shared Hit Blocks}')::int + (j #>> '{0,Plan,Shared Read Blocks}')::int; end $$;
grant usage on schema test to public;
\o /dev/null
select test.issue ('["dsaj-birth-reg"]', i % 60) from generate_series (1, 300) i;
\o
create temp table pages as select test.pages ('select api.queue (''{}'')') as n;
select cmp_ok (n, '<', 2500, 'what a desk looks at touches few pages, whatever was before: ' || n) from pages;
select doesnt_match (test.plan ($$ select count (*) from desk.ticket t where t.branch = '91' and t.state = 'waiting' $$), 'Seq Scan on ticket', 'how many wait, by the index of who waits');
select doesnt_match (test.plan ($$ select * from desk.ticket t where t.branch = '91' and t.state = 'waiting' and t.directed order by t.due $$), 'Seq Scan on ticket', 'who was sent to a counter');
select doesnt_match (test.plan ($$ select * from desk.ticket t where t.branch = '91' and t.day = current_date $$), 'Seq Scan on ticket', 'the day');
select doesnt_match (test.plan ($$ select * from desk.ticket t where t.branch = '91' and t.login = 'x' and t.day = current_date and t.state = 'done' $$), 'Seq Scan on ticket', 'a clerk''s own day');
select doesnt_match (test.plan ($$ select * from desk.ticket t where t.branch = '91' and t.login = 'x' and t.state in ('called', 'serving') $$), 'Seq Scan on ticket', 'who sits at a desk');
create temp table plan as select test.plan ($$ select * from desk.command where key = '00000000-0000-0000-0000-000000000000' $$) as text;
select matches (text, 'command_pkey', 'a retry, by its key, also while there are few') from plan;
select matches (text, 'session_p', 'a policy finds its own session by key or process, not among all that are open') from plan;
select matches (test.plan ($$ select * from desk.heads ('91') $$), 'ticket_waiting.*Index Cond: ..branch = .91.::text. AND .kind > ', 'the head of each kind of work, one descent each behind row-level security');
select matches (test.plan ($$ select * from desk.ticket t where t.visit = '00000000-0000-0000-0000-000000000000' $$), 'ticket_visit', 'the tickets of a visit, when it is checked against its events');
select doesnt_match (test.plan ($$ select * from desk.leftovers ('91', current_date) $$), 'Seq Scan on ticket', 'what is left at closing');
select * from finish ();
