-- branches.sql: branches with their zones, counters, profiles, priorities and terminals.
set role janela_owner;

-- plpgsql keeps its plans for the whole session, which SQL functions do not.
create or replace function desk.setting (wanted text)
returns jsonb language plpgsql stable as $$
begin
  return (select value from desk.setting where name = wanted);
end $$;

-- When a day begins in the branch.
create or replace function desk.day_begins (wanted text, on_day date)
returns timestamptz language sql stable as $$
  select on_day::timestamp at time zone zone from desk.branch where code = wanted
$$;

-- The business day at a moment is the branch's, never the process's.
create or replace function desk.day_of (wanted text, at timestamptz)
returns date language sql stable as $$
  select (at at time zone zone)::date from desk.branch where code = wanted
$$;
