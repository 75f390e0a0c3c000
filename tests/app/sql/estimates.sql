-- estimates.sql: how long each kind of work takes is learned from those served: the same services, else their group,
-- else the branch, else ten minutes; lately before long ago.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1);
create sequence test.n;
-- n served of these services, each minutes at the desk, hours ago
create function test.served (services text, n int, minutes numeric, hours int default 1) returns void language sql as $$
  insert into desk.ticket (branch, day, number, services, priority, language, arrived, due, called, last_called, at_desk, finished, state, outcome, counter, login)
  select '91', current_date - 1, 'S' || nextval ('test.n'), services::text[], 'none', 'pt', a, a, a, a, a, a + make_interval (secs => (minutes * 60)::float8), 'done', 'served', 1, test.login ('ana')
  from generate_series (1, n), lateral (select now () - make_interval (hours => hours) as a) x $$;
create function test.time (services text) returns text language sql as $$
  select round (k.mean::numeric / 60, 1)::text from desk.work_kinds ('91', now (), 'infinity', '{}') k where k.services = time.services::text[] $$;
create function test.issue (services text, n int) returns void language sql as $$
  select test.run ('ana', 'ticket_issue', jsonb_build_object ('services', to_jsonb (services::text[]), 'priority', 'none', 'language', 'pt', 'at', now () - interval '5 minutes'))
  from generate_series (1, n) $$;
create function test.p (who text, services text, what text) returns int language sql as $$
  select (test.ask (who, 'wait_estimate', jsonb_build_object ('services', to_jsonb (services::text[]))) ->> what)::int $$;
select test.issue ('{dsi-bir-first}', 1), test.issue ('{dsi-personal-data-cert}', 1), test.issue ('{dsaj-birth-reg}', 1), test.issue ('{dsaj-birth-reg,dsi-bir-first}', 1);
\o
select * from no_plan ();

select is (test.time ('{dsi-bir-first}'), '10.0', 'nothing is known: ten minutes');
select test.served ('{dsaj-birth-reg}', 4, 30) \g /dev/null
select is (test.time ('{dsaj-birth-reg}'), '10.0', 'four are too few to learn from');
select test.served ('{dsaj-birth-reg}', 1, 30) \g /dev/null
select is (test.time ('{dsaj-birth-reg}'), '30.0', 'five of the same services are not');
select is (test.time ('{dsi-bir-first}'), '30.0', 'for want of better, the branch''s time');
select test.served ('{dsi-personal-data-cert}', 5, 4, 100) \g /dev/null
select is (test.time ('{dsi-bir-first}'), '4.0', 'the time of its own group is closer, though it is of days ago');
select is (test.time ('{dsaj-birth-reg}'), '30.0', 'another group''s is not touched');
select test.served ('{dsi-bir-first}', 5, 12, 200) \g /dev/null
select is (test.time ('{dsi-bir-first}'), '12.0', 'that of the same services closer still');
select test.served ('{dsi-bir-first}', 5, 20) \g /dev/null
select is (test.time ('{dsi-bir-first}'), '20.0', 'and that of the last hours before all');
select is (test.time ('{dsi-personal-data-cert}'), '4.0', 'each kind has its own');
select is (test.time ('{dsaj-birth-reg,dsi-bir-first}'), '30.0', 'two services together are a kind of the first one''s group');
select test.served ('{dsaj-birth-reg}', 20, 60, 300) \g /dev/null
select is (test.time ('{dsaj-birth-reg}'), '30.0', 'what is older than ten days counts no more');

-- What a citizen is told: ten short ones ahead are not ten long ones.
\o /dev/null
update desk.ticket set state = 'done', outcome = 'served', finished = now (), last_called = now (), channel = 'phone' where state = 'waiting';
select test.issue ('{dsi-personal-data-cert}', 10);
create temp table short as select test.p ('ana', '{dsi-personal-data-cert}', 'p50_s') as p50, test.p ('ana', '{dsi-personal-data-cert}', 'p90_s') as p90;
update desk.ticket set services = '{dsaj-birth-reg}' where state = 'waiting';
create temp table long as select test.p ('ana', '{dsi-personal-data-cert}', 'p50_s') as p50, test.p ('ana', '{dsi-personal-data-cert}', 'p90_s') as p90;
update desk.ticket set services = '{dsi-personal-data-cert}' where id in (select id from desk.ticket where state = 'waiting' limit 5);
create temp table mixed as select test.p ('ana', '{dsi-personal-data-cert}', 'p50_s') as p50;
\o
select is (p50 / 60, 40, 'ten of four minutes before one counter') from short;
select is (p50 / 60, 300, 'ten of thirty') from long;
select is (p50 / 60, 170, 'five of each') from mixed;
select is (p90, p50, 'where all took the same time there is nothing to doubt') from short;
\o /dev/null
select test.served ('{dsi-personal-data-cert}', 5, 8);
update desk.ticket set services = '{dsi-personal-data-cert}' where state = 'waiting';
select test.served ('{dsi-personal-data-cert}', 5, 2);
\o
select ok (test.p ('ana', '{dsi-personal-data-cert}', 'p90_s') > test.p ('ana', '{dsi-personal-data-cert}', 'p50_s') * 1.1, 'where they differ nine of ten is more than the half');
select is (test.p ('ana', '{dsi-personal-data-cert}', 'p50_s') / 60 between 48 and 50, true, 'ten of five minutes on average: the median a little below fifty: ' || test.p ('ana', '{dsi-personal-data-cert}', 'p50_s'));

-- Who sits at the desk is half through, of his own kind of work.
\o /dev/null
update desk.ticket set state = 'done', outcome = 'served', finished = now (), last_called = now (), channel = 'phone' where state = 'waiting';
select test.visit ('ana', '["dsaj-birth-reg"]');
\o
select is (test.p ('ana', '{dsi-personal-data-cert}', 'p50_s') / 60 between 13 and 15, true, 'half of thirty minutes: ' || test.p ('ana', '{dsi-personal-data-cert}', 'p50_s'));
select * from finish ();
