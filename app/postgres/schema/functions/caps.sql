-- caps.sql: how many numbers a day may bring, of the branch and of a service, and what a citizen is told then.
set role janela_owner;

-- Tickets of the day that a cap counts: each number once, not those cancelled. It runs as the owner, for
-- the outside channel sees no tickets, and a number is all it learns.
create or replace function desk.cap_used (at_branch text, pattern text, on_day date)
returns int language sql stable security definer set search_path = pg_catalog, desk, pg_temp as $$
  select (select count (*) from desk.ticket t
          where t.branch = at_branch and t.day = on_day and t.leg = 1 and t.outcome is distinct from 'cancelled'
            and (pattern = '%' or exists (select from unnest (t.services) u (code) where u.code like pattern)))
       + (select count (*) from desk.appointment a
          where a.branch = at_branch and a.day = on_day and a.state = 'booked'
            and (pattern = '%' or exists (select from unnest (a.services) u (code) where u.code like pattern)))
$$;

-- The next working day with room: what to tell the citizen.
create or replace function desk.cap_next (at_branch text, pattern text, per_day int, after date)
returns date language sql stable as $$
  select w.day from desk.working_day w
  where w.branch = at_branch and w.working and w.day > after and w.day <= after + 60
    and desk.cap_used (at_branch, pattern, w.day) < per_day
  order by w.day limit 1
$$;

-- The cap that leaves least room for these services; nothing where there is none.
create or replace function desk.cap_json (at_branch text, on_day date, codes text[])
returns jsonb language sql stable as $$
  select jsonb_build_object ('service', nullif (replace (k.pattern, '%', '*'), '*'), 'per_day', k.per_day, 'left', greatest (k.per_day - k.used, 0),
                             'next', case when k.used >= k.per_day then desk.cap_next (at_branch, k.pattern, k.per_day, on_day) end,
                             'words', k.words)
  from (select p.*, desk.cap_used (at_branch, p.pattern, on_day) as used from desk.cap p
        where p.branch = at_branch and (p.pattern = '%' or exists (select from unnest (codes) u (code) where u.code like p.pattern))) k
  order by k.per_day - k.used, k.pattern limit 1
$$;

-- Who issues holds the cap's lock until the end, so a full day is full.
create or replace function desk.refuse_cap (at_branch text, on_day date, codes text[])
returns void language plpgsql as $$
declare
  room jsonb;
begin
  if not exists (select from desk.cap p where p.branch = at_branch) then
    return;
  end if;
  perform pg_advisory_xact_lock (hashtextextended ('cap:' || at_branch, 0));
  room := desk.cap_json (at_branch, on_day, codes);
  if (room ->> 'left')::int = 0 then
    perform desk.fail ('conflict', 'cap-reached', null, room - 'left');
  end if;
end $$;

-- What to tell is told in all three languages, or not at all.
create or replace function desk.cap_words (words jsonb)
returns jsonb language plpgsql immutable as $$
begin
  if coalesce (words, 'null') = 'null' then
    return null;
  elsif exists (select from unnest ('{zh_Hant,pt,en}'::text[]) l (language) where coalesce (btrim (words ->> l.language), '') = '') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "words"}');
  end if;
  return jsonb_build_object ('zh_Hant', btrim (words ->> 'zh_Hant'), 'pt', btrim (words ->> 'pt'), 'en', btrim (words ->> 'en'));
end $$;

create or replace function desk.cap_set (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  of_pattern text := desk.pattern (coalesce (nullif (args ->> 'service', ''), '*'));
begin
  perform desk.need_session (c);
  if (args ->> 'per_day') is null then
    delete from desk.cap p where p.branch = c.branch and p.pattern = of_pattern;
  elsif desk.valid (args, 'per_day', 'int')::int < 0 then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "per_day"}');
  elsif not exists (select from desk.service s where s.code like of_pattern) then
    perform desk.fail ('rejected', 'unknown-service', null, jsonb_build_object ('services', jsonb_build_array (args -> 'service')));
  else
    insert into desk.cap as p (branch, pattern, per_day, words)
    values (c.branch, of_pattern, (args ->> 'per_day')::int, desk.cap_words (args -> 'words'))
    on conflict (branch, pattern) do update set per_day = excluded.per_day, words = excluded.words;
  end if;
  perform desk.note (c, 'cap', null, 'set', args ->> 'reason',
                     jsonb_build_object ('service', args ->> 'service', 'per_day', args -> 'per_day'));
  return '{}';
end $$;

create or replace function desk.caps_json (c desk.call)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (jsonb_build_object (
           'service', nullif (replace (p.pattern, '%', '*'), '*'), 'per_day', p.per_day, 'issued', u.used,
           'next', case when u.used >= p.per_day then desk.cap_next (c.branch, p.pattern, p.per_day, c.day) end,
           'words', p.words) order by p.pattern), '[]')
  from desk.cap p cross join lateral (select desk.cap_used (c.branch, p.pattern, c.day) as used) u
  where p.branch = c.branch
$$;

select desk.expose ('command', 'cap_set', '{supervisor}');
