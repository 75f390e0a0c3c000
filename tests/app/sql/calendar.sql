-- calendar.sql: working days by the one calendar. Days of December 2026 as published by the government: 8, 22, 24
-- and 25 are holidays, the 31st is half a day, 2027-01-01 is a holiday; Saturdays and Sundays are days of rest.
\o /dev/null
\ir ../fixture.sql
\o
select * from no_plan ();
select is (desk.add_working_days ('91', from_day, n), due, from_day || ' + ' || n) from (values
  (date '2026-12-01', 1, date '2026-12-02'), ('2026-12-04', 1, '2026-12-07'), ('2026-12-05', 1, '2026-12-07'),
  ('2026-12-06', 1, '2026-12-07'), ('2026-12-07', 1, '2026-12-09'), ('2026-12-07', 0, '2026-12-07'), ('2026-12-08', 1, '2026-12-09'),
  ('2026-12-21', 1, '2026-12-23'), ('2026-12-23', 1, '2026-12-28'), ('2026-12-23', 4, '2026-12-31'),
  ('2026-12-23', 5, '2027-01-04'), ('2026-12-01', 15, '2026-12-28'), ('2026-12-01', 20, '2027-01-05')) t (from_day, n, due);
select is (desk.is_working_day ('91', day), works, day || ' ' || why) from (values
  (date '2026-12-31', true, 'half a day is a working day'), ('2026-12-25', false, 'holiday'), ('2026-12-26', false, 'Saturday'), ('2026-12-28', true, 'Monday')) t (day, works, why);
select is (desk.working_days_between ('91', '2026-12-01', '2026-12-23'), 14, 'and back again');

-- By counting one by one, over two years.
select is_empty ($$
  select f.day, n from generate_series (date '2026-03-01', '2027-11-30', '1 day') g (day)
  cross join lateral (select g.day::date as day) f cross join unnest ('{1,5,10,30}'::int[]) n
  where desk.add_working_days ('91', f.day, n) is distinct from (
    select c.day::date from generate_series (f.day + 1, f.day + 80, '1 day') c (day)
    where extract (isodow from c.day) < 6 and c.day::date not in ('2026-12-08', '2026-12-22', '2026-12-24', '2026-12-25', '2027-01-01')
    order by c.day offset n - 1 limit 1) $$, 'counting with numbered days is counting one by one');

-- A typhoon closes one branch for a day; all else counts on.
insert into desk.calendar_day (branch, day, kind, names) values ('91', '2026-12-02', 'closed', '{"en": "Typhoon signal 8"}');
select desk.calendar_rebuild ();
select is (desk.add_working_days ('91', '2026-12-01', 1), date '2026-12-03', 'a closed day does not count');
select is (desk.add_working_days ('92', '2026-12-01', 1), date '2026-12-02', 'and counts where nothing was closed');
insert into desk.calendar_day (branch, day, kind, names) values ('91', '2026-12-05', 'working', '{"en": "Extra Saturday"}');
select desk.calendar_rebuild ();
select is (desk.add_working_days ('91', '2026-12-04', 1), date '2026-12-05', 'a Saturday that is worked counts');
select throws_ok ($$ select desk.add_working_days ('91', '2036-12-20', 40) $$, 'JN002', 'calendar-too-short', 'beyond the calendar it says so');

-- The business day is the branch's: 23:30 in Macau is 15:30 UTC, and past 16:00 UTC it is tomorrow.
update desk.branch set zone = 'Asia/Macau' where code = '91';
set timezone = 'America/New_York';
select is (desk.day_of ('91', '2026-12-01 15:30+00'), date '2026-12-01', 'the zone of the process does not matter');
select is (desk.day_of ('91', '2026-12-01 16:00+00'), date '2026-12-02', 'the branch''s does');
select * from finish ();
