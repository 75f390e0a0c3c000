-- ability.sql: who can serve what: the counter's profile ∩ the clerk's dated authorisations ∩ the desk's equipment (DESIGN
-- section 7). It is asked at each look at the line and changes a few times a day: so each counter remembers it.
set role janela_owner;

-- Which of these services a counter and a clerk can serve, with the rank of the counter's profile.
create or replace function desk.servable (at_branch text, at_counter int, by_login text, on_day date, codes text[])
returns table (service text, rank int) language sql stable as $$
  select w.code, min (m.rank)
  from unnest (codes) w (code)
  join desk.counter k on k.branch = at_branch and k.number = at_counter
  left join desk.service s on s.code = w.code
  join desk.profile_match m on m.branch = k.branch and m.profile = k.profile
   and (m.kind = 'service' and w.code like m.pattern
        or m.kind = 'department' and lower (coalesce (s.department, split_part (w.code, '-', 1))) like m.pattern)
  where coalesce (nullif (s.meta -> 'equipment', 'null'), '[]') <@ to_jsonb (k.equipment)
    and exists (select from desk.authorisation a
                where a.login = by_login and w.code like a.pattern
                  and on_day >= a.from_day and on_day <= coalesce (a.until_day, 'infinity'))
  group by w.code
$$;

-- ABLE: {service: rank} of what a counter can serve; of these services.
create or replace function desk.able_of (c desk.call, codes text[])
returns jsonb language sql stable as $$
  select coalesce (jsonb_object_agg (s.service, s.rank), '{}') from desk.servable (c.branch, c.counter, c.login, c.day, codes) s
$$;

-- ABLE of all services that were ever published, as the counter remembers it; null when it does not, or not rightly.
create or replace function desk.remembered_ability (c desk.call)
returns jsonb language plpgsql stable as $$
begin
  return (select a.able from desk.ability a, desk.ability_version v
          where a.branch = c.branch and a.counter = c.counter and a.login = c.login and a.day = c.day and a.version = v.version);
end $$;

-- The same, and remembered from now on. What changes while it is learned bears a later version.
create or replace function desk.ability (c desk.call)
returns jsonb language plpgsql as $$
declare
  able jsonb := desk.remembered_ability (c);
  seen bigint;
begin
  if c.counter is null then
    return '{}';                                   -- reception and hall look at the line too, and serve nobody
  elsif able is null then
    select v.version into seen from desk.ability_version v;
    able := desk.able_of (c, array (select distinct p.code from desk.publication p where p.kind = 'service'));
    insert into desk.ability as h (branch, counter, login, day, version, able)
    values (c.branch, c.counter, c.login, c.day, seen, able)
    on conflict on constraint ability_pkey do update
      set login = excluded.login, day = excluded.day, version = excluded.version, able = excluded.able;
  end if;
  return able;
end $$;

-- ABLE of these services, and perhaps of others.
create or replace function desk.able (c desk.call, codes text[])
returns jsonb language plpgsql stable as $$
begin
  return coalesce (desk.remembered_ability (c), desk.able_of (c, codes));
end $$;

-- The same without what is suspended.
create or replace function desk.able_now (c desk.call, codes text[])
returns jsonb language plpgsql stable as $$
begin
  return desk.able (c, codes) - desk.suspended_of (c.branch, codes);
end $$;

-- What is not suspended of all that this counter can serve.
create or replace function desk.ability_now (c desk.call)
returns jsonb language plpgsql as $$
declare
  able jsonb := desk.ability (c);
begin
  if exists (select from desk.suspension s where s.branch in (c.branch, '*') and s.lifted_at is null) then
    able := able - desk.suspended_of (c.branch, array (select jsonb_object_keys (able)));
  end if;
  return able;
end $$;
