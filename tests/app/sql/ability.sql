-- ability.sql: what a counter can serve is remembered, and forgotten with whatever decides it.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('rui', 'T75', 75), test.open ('eva', 'T02', 2);
select test.run ('ana', 'ticket_issue', '{"services": ["dsi-bir-first"]}');
create function test.next (who text) returns text language sql as $$ select coalesce (test.ask (who, 'queue') #>> '{next,number}', 'none') $$;
create function test.remembered (at_counter int) returns boolean language sql as $$
  select exists (select from desk.ability a join desk.ability_version v on v.version = a.version where a.counter = at_counter) $$;
\o
select * from no_plan ();

select is (test.remembered (1), false, 'nothing is remembered of a counter that has not looked at the line');
select is (test.next ('ana'), 'A001', 'it looks');
select is (test.remembered (1), true, 'and remembers');
select is ((select able from desk.ability where branch = '91' and counter = 1), '{"dsaj-birth-reg": 2, "dsi-bir-first": 2, "dsi-personal-data-cert": 2, "fss-birth-allowance": 2}',
           'the services by profile, authorisation and equipment (no fingerprint), with ranks');
select is ((select able from desk.ability where branch = '91' and counter = 1) = desk.able_of (c, array (select code from desk.publication where kind = 'service')), true, 'what the rule itself says')
from (select (jsonb_populate_record (null::desk.call, jsonb_build_object ('branch', '91', 'counter', 1, 'login', test.login ('ana'), 'day', current_date))).*) c;

-- Each of the four that decide it.
\o /dev/null
select test.run ('eva', 'counter_profile', '{"counter": 1, "profile": "identity", "reason": "x"}');
\o
select is (test.remembered (1), false, 'another profile');
select is (test.next ('ana'), 'A001', 'is heard of at once');
select is ((select able from desk.ability where branch = '91' and counter = 1), '{"dsi-bir-first": 1, "dsi-personal-data-cert": 1}', 'and learned');
\o /dev/null
delete from desk.authorisation where login = test.login ('ana');
\o
select is (test.next ('ana'), 'none', 'an authorisation that ended');
\o /dev/null
insert into desk.authorisation values (test.login ('ana'), 'dsi-%', '2020-01-01', null);
\o
select is (test.next ('ana'), 'A001', 'and one that was given');
\o /dev/null
select test.publish ('dsi-bir-first', '{"department": "dsi", "equipment": ["fingerprint"]}', '2');
\o
select is (test.next ('ana'), 'none', 'a service that asks for what the desk has not');
\o /dev/null
update desk.counter set equipment = '{fingerprint}' where branch = '91' and number = 1;
\o
select is (test.next ('ana'), 'A001', 'and a desk that got it');
\o /dev/null
insert into desk.profile_match values ('91', 'identity', 'service', 'fss-%', 3);
\o
select is (test.remembered (1), false, 'another rule of the profile');

-- It is one clerk's, and one day's.
\o /dev/null
update desk.authorisation set until_day = current_date + 1 where login = test.login ('ana');
select test.next ('ana');
select test.run ('ana', 'session_close'), test.open ('rui', 'T01', 1);
update desk.authorisation set pattern = 'dsaj-%' where login = test.login ('rui');
\o
select is (test.next ('rui'), 'none', 'who comes next to the counter is not what the former was');
select is ((select login from desk.ability where branch = '91' and counter = 1), test.login ('rui'), 'the counter remembers him now');
\o /dev/null
update desk.ability set day = day - 1, able = '{"dsi-bir-first": 1}' where branch = '91' and counter = 1;
\o
select is (test.next ('rui'), 'none', 'yesterday''s is not today''s: authorisations have dates');

-- What is learned while something changes is not taken for true afterwards.
\o /dev/null
update desk.ability set version = version - 1, able = '{"dsi-bir-first": 1}' where branch = '91' and counter = 1;
\o
select is (test.next ('rui'), 'none', 'an older version is nobody''s');
select is ((select count (*) from desk.ability where branch = '91'), 1::bigint, 'one row a counter, however often it was learned');
select * from finish ();
