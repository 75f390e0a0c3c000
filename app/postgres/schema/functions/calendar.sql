-- calendar.sql: one calendar counts all days: pledges, due dates, lapses and slots.
set role janela_owner;

-- Half days are working days (work until 13:00); 'working' makes a day of rest one. One branch, or all.
create or replace function desk.calendar_rebuild (only_branch text default null)
returns void language sql as $$
  delete from desk.working_day where branch = coalesce (only_branch, branch);
  insert into desk.working_day (branch, day, working, ordinal)
  select d.branch, d.day, d.working,
         count (*) filter (where d.working) over (partition by d.branch order by d.day)
  from (select b.code as branch, g.day::date as day,
               case
                 when 'working' = any (c.kinds) then true
                 when c.kinds && '{holiday,compensatory,waived,closed}'::text[] then false
                 else not extract (isodow from g.day)::int = any (b.weekly_rest)
               end as working
        from desk.branch b
        cross join generate_series (date '2025-01-01', date '2036-12-31', '1 day') g (day)
        left join lateral (select array_agg (kind) as kinds from desk.calendar_day c
                           where c.day = g.day::date and c.branch in ('*', b.code)) c on true
        where b.code = coalesce (only_branch, b.code)) d;
$$;

-- The n-th working day after a day. A pledge "counts from the day after all papers are complete".
create or replace function desk.add_working_days (wanted text, from_day date, n int)
returns date language plpgsql stable as $$
declare
  due date;
begin
  select t.day into due from desk.working_day f
  join desk.working_day t on t.branch = f.branch and t.ordinal = f.ordinal + n and t.working
  where f.branch = wanted and f.day = from_day;
  if due is null then
    perform desk.fail ('rejected', 'calendar-too-short', null, jsonb_build_object ('day', from_day));
  end if;
  return due;
end $$;

-- Working days after the first up to and including the second; what a clock has used up.
create or replace function desk.working_days_between (wanted text, from_day date, to_day date)
returns int language sql stable as $$
  select t.ordinal - f.ordinal from desk.working_day f, desk.working_day t
  where f.branch = wanted and f.day = from_day and t.branch = wanted and t.day = to_day
$$;

create or replace function desk.is_working_day (wanted text, asked date)
returns boolean language sql stable as $$
  select working from desk.working_day where branch = wanted and day = asked
$$;
