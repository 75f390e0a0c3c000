-- arguments.sql: what somebody mistypes in a command of a supervisor or an administrator is refused by its name, and
-- changes nothing.
\o /dev/null
\ir ../fixture.sql
select test.open ('eva', 'T02', 2);
-- the fault as a client reads it: its code, and the argument that it names
create function test.refused (who text, command text, args jsonb) returns text language plpgsql as $$
declare
  answer text;
  detail text;
begin
  perform set_config ('janela.session', coalesce ((select s.id from test.session s where s.name = who), ''), false);
  execute format ('set local session authorization %I', test.login (who));
  begin
    execute format ('select api.%I (gen_random_uuid (), %L::jsonb)', command, args) into answer;
  exception when others then
    get stacked diagnostics answer = returned_sqlstate, detail = pg_exception_detail;
    answer := answer || coalesce (' ' || (case when detail like '{%' then detail::jsonb end #>> '{args,name}'), '');
  end;
  execute 'set local session authorization default';
  return answer;
end $$;
create function test.slot_rule (more jsonb) returns text language sql as $$
  select test.refused ('eva', 'slots_set', '{"group": "civil", "weekday": 1, "from": "09:00", "until": "17:30", "capacity": 2}'::jsonb || more) $$;
\o
select * from no_plan ();

-- Slots: a weekday, two times in order, a capacity.
select is (test.slot_rule (format ('{"weekday": %s}', w)::jsonb), 'JN002 weekday', 'no weekday: ' || w) from unnest (array['0', '-1', '8', '99999999999', '"x"', '1.5']) w;
select is (test.slot_rule (jsonb_build_object ('from', f)), 'JN002 from', 'no time: ' || f) from unnest ('{25:00,noon,2026-02-30}'::text[]) f;
select is (test.slot_rule (jsonb_build_object ('until', u)), 'JN002 until', 'no time after nine: ' || u) from unnest ('{24:01,08:30,09:00,x}'::text[]) u;
select is (test.slot_rule (format ('{"capacity": %s}', n)::jsonb), 'JN002 capacity', 'no capacity: ' || n) from unnest (array['-1', '2147483647', '1e30', '"many"']) n;
select is_empty ($$ select from desk.slot_rule where branch = '91' $$, 'nothing of it is kept');
select is (test.slot_rule ('{"from": null}'), 'JN002 from', 'what is missing is named as ever');
select is (test.slot_rule ('{"capacity": 0, "until": null}'), '{}', 'to take one away wants no end');
select is (test.slot_rule ('{"weekday": 7, "from": "00:00", "until": "24:00", "capacity": 200}'), '{}', 'a whole Sunday is legal');

-- The others.
select is (test.refused (t.who, t.command, t.args), 'JN002 ' || t.name, t.command || ': ' || t.args)
from (values
  ('eva', 'cap_set', '{"per_day": 99999999999}'::jsonb, 'per_day'), ('eva', 'cap_set', '{"per_day": 1.5}', 'per_day'),
  ('eva', 'counter_profile', '{"counter": 99999999999, "profile": "all", "reason": "x"}', 'counter'),
  ('eva', 'counter_profile', '{"counter": "x", "profile": "all", "reason": "x"}', 'counter'),
  ('eva', 'emergency_end', '{"tickets": "close", "rebook": "2026-02-30"}', 'rebook'),
  ('eva', 'day_close', '{"day": "yester"}', 'day'),
  ('eva', 'service_suspend', '{"services": ["fss-*"], "reason": "x", "until": "25:00"}', 'until'),
  ('eva', 'appointment_book', '{"services": ["dsaj-birth-reg"], "slot": "2026-02-30T10:00Z"}', 'slot'),
  ('eva', 'appointment_book', '{"services": ["dsaj-birth-reg"]}', 'slot'),
  ('adm', 'staff_add', jsonb_build_object ('login', test.login ('nova'), 'name', '{}'::jsonb, 'roles', '["clerk"]'::jsonb, 'branch', '91',
     'authorisations', '[{"services": ["*"], "from": "2026-13-01"}]'::jsonb), 'from')) t (who, command, args, name);
select is (test.refused ('eva', t.command, t.args) ~ '^\{', true, t.command || ' as it should be')
from (values ('cap_set', '{"per_day": 0}'::jsonb), ('cap_set', '{"per_day": null}'), ('counter_profile', '{"counter": "3", "profile": "identity", "reason": "x"}'),
             ('day_close', '{"day": "2026-01-01"}'), ('day_close', '{"day": null}'), ('service_suspend', '{"services": ["fss-*"], "reason": "x", "until": null}')) t (command, args);
select * from finish ();
