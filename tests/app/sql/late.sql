-- late.sql: how far back an online command may say that it happened.
\o /dev/null
\ir ../fixture.sql
update desk.setting set value = '15' where name = 'late_minutes';
create temp table s as select test.open ('ana', 'T01', 1) as ana;
create function test.ago (said timestamptz, key uuid default gen_random_uuid ()) returns interval language plpgsql as $$
declare
  before bigint := (select max (id) from desk.event);
  answer text := test.try ('ana', format ('select api.counter_state (%L, %L)', key, jsonb_build_object ('state', 'open', 'at', said)));
begin
  return coalesce ((select recorded_at - happened_at from desk.event where id > before), '0');
end $$;
create function test.settings_read () returns bigint language sql volatile as $$
  select seq_scan + coalesce (idx_scan, 0) from pg_stat_xact_user_tables where relid = 'desk.setting'::regclass $$;
\o
select * from no_plan ();

select ok (test.ago (now () - interval '14 minutes') between '14 minutes' and '14.1 minutes', 'what waited for the line keeps its time');
select ok (test.ago (now () - interval '3 hours') between '15 minutes' and '15.1 minutes', 'an hour of this morning is not the client''s to say');
select ok (test.ago ('-infinity') between '15 minutes' and '15.1 minutes', 'nor is any other');
\o /dev/null
update desk.setting set value = '60' where name = 'late_minutes';
\o
select ok (test.ago (now () - interval '3 hours') between '60 minutes' and '60.1 minutes', 'the setting says how far');
\o /dev/null
update desk.setting set value = '15' where name = 'late_minutes';
create temp table k as select gen_random_uuid () as key;
select test.ago (now (), key) from k;
\o
select is (test.try ('ana', format ('select api.counter_state (%L, %L)', key, jsonb_build_object ('state', 'open', 'at', now () - interval '2 days'))),
           d.answer::text, 'a retry that comes days later still finds its first answer') from k join desk.command d using (key);

-- The work of an offline grant happened when it happened.
\o /dev/null
update desk.offline_grant set given_at = now () - interval '5 hours';
create temp table o as select gen_random_uuid () as visit, gen_random_uuid () as key, ana -> 'grant' as g, null::text as record from s;
update o set record = jsonb_build_object ('command', 'visit_submit', 'args', test.submission (visit), 'key', key, 'at', now () - interval '3 hours',
                                          'actor', test.login ('ana'), 'grant', g -> 'id', 'number', '91-T01-000001');
select test.run ('ana', 'replay', jsonb_build_object ('record', record, 'mac',
  encode (desk.hmac (decode (g ->> 'secret', 'hex'), convert_to (record, 'UTF8')), 'hex'))) from o;
\o
select ok (now () - submitted_at >= '3 hours', 'what is replayed keeps its own time') from desk.visit v join o on o.visit = v.id;

-- The way of every command asks nothing more.
begin;
create temp table reads as select test.settings_read () as n;
\o /dev/null
select desk.caller ('x', jsonb_build_object ('at', now ())) is not null;
\o
select is (test.settings_read (), n, 'who tells of now does not have the setting read') from reads;
\o /dev/null
select desk.caller ('x', jsonb_build_object ('at', now () - interval '2 minutes')) is not null;
\o
select is (test.settings_read (), n + 1, 'who tells of what was has it read once') from reads;
commit;
select * from finish ();
