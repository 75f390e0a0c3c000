-- retention.sql: what was typed and scanned in a visit that came to nothing goes some days later, and nothing else does.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('rui', 'T02', 2), test.open ('eva', 'T03', 3), test.open ('bob', 'T04', 4);
create function test.draft (who text, visit uuid, xml text default '<data>typed</data>') returns uuid language plpgsql as $$
declare
  application uuid := gen_random_uuid ();
begin
  perform test.run (who, 'draft_save', jsonb_build_object (
    'visit', visit, 'application', application, 'service', 'dsaj-birth-reg', 'version', '1', 'xml', xml));
  return application;
end $$;
create function test.age (application uuid, days int default 8) returns void language sql as $$
  update desk.draft set saved_at = now () - make_interval (days => days) where draft.application = age.application $$;
create function test.tidy (what text, args jsonb default '{}') returns text language sql as $$ select test.run ('stw', 'steward_tidy', args) ->> what $$;
create function test.kept (application uuid) returns boolean language sql as $$ select exists (select from desk.draft d where d.application = kept.application) $$;
create function test.ticket (of_visit uuid) returns uuid language sql as $$ select id from desk.ticket where visit = of_visit order by leg desc limit 1 $$;
create function test.step (who text, command text, of_visit uuid, more jsonb default '{}') returns jsonb language sql as $$
  select test.run (who, command, jsonb_build_object ('ticket', test.ticket (of_visit), 'reason', 'test') || more) $$;
create function test.hash (data text) returns text language sql as $$ select encode (sha256 (convert_to (data, 'UTF8')), 'hex') $$;
create function test.put (who text, data text) returns text language sql as $$
  select test.try (who, format ('select api.blob_put (%L, 0, true, convert_to (%L, ''UTF8''))', test.hash (data), data)) $$;
create function test.old (data text, days int default 8) returns void language sql as $$
  update desk.blob set wanted_at = now () - make_interval (days => days) where hash = test.hash (data) $$;
create function test.has (content text, of_branch text default '91') returns text language sql as $$
  select (select count (*) from desk.blob where hash = test.hash (content) and branch = of_branch)
         || ' ' || (select count (*) from desk.blob_chunk where hash = test.hash (content) and branch = of_branch) $$;
create temp table v as select test.visit ('ana') as id;
create temp table d as select v.id as visit, test.draft ('ana', v.id) as id from v;
\o
select * from no_plan ();

-- Who is at the desk, or was put on hold, keeps what he typed.
select test.age (id) from d \g /dev/null
select is (test.tidy ('drafts'), '0', 'who is served keeps it, however old it is');
select test.step ('ana', 'ticket_hold', visit) from d \g /dev/null
select is (test.tidy ('drafts'), '0', 'so does who is on hold');

-- Sent for a paper he comes back until closing.
select test.step ('ana', 'ticket_resume', visit), test.step ('ana', 'ticket_send', visit, '{"papers": ["birth-report"]}') from d \g /dev/null
select is ((select state from desk.ticket where id = test.ticket (visit)), 'expected', 'he is sent for a paper') from d;
select is (test.tidy ('drafts'), '0', 'and finds it when he comes back');
select test.run ('eva', 'day_close', jsonb_build_object ('day', desk.day_of ('91', now ()), 'reason', 'test')) \g /dev/null
select test.age (id, 6) from d \g /dev/null
select is (test.tidy ('drafts'), '0', 'when the branch has closed, so many days are given for what is to be looked at');
select test.age (id) from d \g /dev/null
select is (test.tidy ('drafts'), '1', 'then it goes');
select is (test.kept (id), false, 'and is gone') from d;
select is ((select details from desk.event where kind = 'draft' and branch = '91'), '{"drafts": 1, "days": 7}', 'an event of the branch says how many, and not whose');
select is (test.ask ('eva', 'visit', jsonb_build_object ('visit', visit)) -> 'drafts', '[]', 'the visit stands without it') from d;

-- Who books a day instead keeps it until that day.
\o /dev/null
insert into desk.slot_rule select '91', g, d, '09:00', '10:00', 9 from generate_series (1, 7) d, unnest ('{civil,identity}'::text[]) g;
truncate v, d;
insert into v select test.visit ('ana');
insert into d select v.id, test.draft ('ana', v.id) from v;
select test.age (id), test.step ('ana', 'ticket_release', visit) from d;
select test.run ('eva', 'service_suspend', '{"services": ["dsaj-*"], "reason": "test"}');
create temp table b as select test.step ('ana', 'ticket_choose', visit, jsonb_build_object ('choice', 'rebook', 'slot', (
  select (min (day) + time '09:30') at time zone test.zone () from desk.working_day where branch = '91' and working and day > desk.day_of ('91', now ())))) as a from d;
\o
select is (a ->> 'state' || ' ' || (a #>> '{appointment,state}'), 'done booked', 'his number ended, and a day is booked') from b;
select is (test.tidy ('drafts'), '0', 'until that day it is kept');
update desk.appointment set state = 'missed';
select is (test.tidy ('drafts'), '1', 'he did not come: it goes');

-- Who left while he was served, in batches.
\o /dev/null
select test.run ('eva', 'service_resume', jsonb_build_object ('id', (select id from desk.suspension)));
truncate v, d;
insert into v select test.visit (w) from unnest ('{ana,bob}'::text[]) w;
insert into d select v.id, test.draft (case h.branch when '91' then 'ana' else 'bob' end, v.id) from v join desk.visit h on h.id = v.id, generate_series (1, 2);
select test.age (id) from d;
select test.step (case branch when '91' then 'ana' else 'bob' end, 'ticket_finish', id, '{"outcome": "left-serving"}') from desk.visit where id in (select id from v);
\o
select is (test.tidy ('drafts', '{"drafts": 3}'), '3', 'so many at once');
select is (test.tidy ('drafts', '{"drafts": 3}'), '1', 'and the rest the next time');
select is ((select sum ((details ->> 'drafts')::int) from desk.event where kind = 'draft' and branch = '92'), 2::bigint, 'each branch hears of its own');

-- What nothing names goes, with its pieces. Another branch has its own.
select test.put ('ana', 'scan'), test.put ('bob', 'scan') \g /dev/null
select is (test.tidy ('blobs'), '0', 'a scan that is young stays');
update desk.blob set wanted_at = now () - interval '8 days' where hash = test.hash ('scan') and branch = '91';
select is (test.try ('ana', format ('select api.blob_known (%L)', test.hash ('scan'))), 'true', 'who has it too need not send it');
select is (test.tidy ('blobs'), '0', 'and its days begin anew');
update desk.blob set wanted_at = now () - interval '8 days' where hash = test.hash ('scan') and branch = '91';
select is (test.put ('ana', 'scan'), 'true', 'so they do when it is sent');
select is (test.tidy ('blobs'), '0', 'again');
update desk.blob set wanted_at = now () - interval '8 days' where hash = test.hash ('scan') and branch = '91';
select is (test.tidy ('blobs'), '1', 'what nobody came to use goes');
select is (test.has ('scan') || ', ' || test.has ('scan', '92'), '0 0, 1 1', 'with its pieces, and the other branch''s stays');
select is ((select details from desk.event where kind = 'blob' and branch = '91'), '{"days": 7, "blobs": 1}', 'an event says how many');
select is (test.put ('ana', 'scan'), 'true', 'it can be sent again');
select test.old (n), test.put ('ana', n) from unnest ('{one,two}'::text[]) n \g /dev/null
select test.old (n) from unnest ('{one,two}'::text[]) n \g /dev/null
select is (test.tidy ('blobs', '{"blobs": 1}') || test.tidy ('blobs', '{"blobs": 1}') || test.tidy ('blobs', '{"blobs": 1}'), '110', 'so many at once');
select test.put ('ana', n) from unnest ('{one,two}'::text[]) n \g /dev/null
select test.old (n) from unnest ('{one,two}'::text[]) n \g /dev/null
update desk.blob set size = 64 * 1048576 where hash in (test.hash ('one'), test.hash ('two'));
select is (test.tidy ('blobs') || test.tidy ('blobs') || test.tidy ('blobs'), '110', 'and so many bytes: the steward''s statement has its seconds');
update desk.blob set wanted_at = now () - interval '100 days' where branch is null;
select is (test.tidy ('blobs'), '0', 'nothing that is published goes');

-- A draft holds what it names.
\o /dev/null
truncate v, d;
insert into v select test.visit ('ana');
select test.put ('ana', 'paper'), test.put ('ana', 'drawn'), test.put ('ana', 'upload');
insert into d select v.id, test.draft ('ana', v.id, '<data><file>' || test.hash ('upload') || '</file></data>') from v;
select test.old ('upload', 100), test.age (id) from d;
\o
select is (test.tidy ('blobs'), '0', 'a draft of who is served holds what it names');

-- So does a submission, seen by the steward or not.
create temp table s as select test.submission (v.id, test.instance (n3 => 'x', extra => ''))
  || jsonb_build_object ('papers', jsonb_build_array (jsonb_build_object ('code', 'birth-report', 'services', '["dsaj-birth-reg"]'::jsonb,
                           'state', 'scanned', 'original', true, 'blob', test.hash ('paper'))),
                         'signature', jsonb_build_object ('person', v.id, 'method', 'pad', 'blob', test.hash ('drawn'))) as args from v;
select is (test.run ('ana', 'visit_submit', args) ? 'receipt', true, 'submitted') from s;
update desk.application set xml = replace (xml, '<n4>text 4</n4>', '<n4>' || test.hash ('upload') || '</n4>') where service = 'dsi-bir-first';
select is ((select count (*) from desk.application where strpos (xml, test.hash ('upload')) > 0), 1::bigint, 'a form names the upload');
select test.old (n, 100) from unnest ('{paper,drawn,upload}'::text[]) n \g /dev/null
select is (test.tidy ('blobs'), '0', 'what the steward has not seen keeps what it names');
select test.run ('stw', 'steward_verdict', jsonb_build_object ('application', id, 'verdict', case service when 'dsi-bir-first' then 'refused' else 'verified' end, 'reason', 'constraint'))
from desk.application \g /dev/null
select is (test.tidy ('blobs'), '0', 'and so does what he has seen, verified or refused');
select is (test.has ('paper') || test.has ('drawn') || test.has ('upload'), '1 11 11 1', 'paper, signature and upload are there');

-- What lies in the supervisor's tray may be sent again.
select test.put ('ana', 'kept'), test.old ('kept', 100) \g /dev/null
create temp table t as select test.run ('ana', 'tray_put', jsonb_build_object ('key', gen_random_uuid (), 'code', 'x', 'details',
  jsonb_build_object ('record', '{"args":{"signature":{"blob":"' || test.hash ('kept') || '"}}}'))) ->> 'id' as id;
select test.old ('kept', 100) \g /dev/null
select is (test.tidy ('blobs'), '0', 'the tray holds what it names');
select test.run ('eva', 'tray_clear', jsonb_build_object ('id', id, 'note', 'done')) from t \g /dev/null
select is (test.tidy ('blobs'), '1', 'until it is cleared');

-- A journal may: of a terminal at which its clerk might work on without the line, and which was not back since.
\o /dev/null
select test.put ('ana', 'journal');
select test.old ('journal');
update desk.offline_grant set given_at = now () - interval '9 days', expires_at = now () - interval '6 days' where terminal = 'T01';
update desk.session set opened_at = now () - interval '9 days' where terminal = 'T01';
\o
select is (test.tidy ('blobs'), '0', 'a record may lie on a terminal that was not back');
select test.old ('journal', 22) \g /dev/null
update desk.offline_grant set given_at = now () - interval '23 days', expires_at = now () - interval '20 days' where terminal = 'T01';
update desk.session set opened_at = now () - interval '23 days' where terminal = 'T01';
select is (test.tidy ('blobs'), '1', 'but not for ever');
select test.put ('ana', 'journal'), test.old ('journal') \g /dev/null
select test.old ('journal') \g /dev/null
update desk.offline_grant set given_at = now () - interval '9 days', expires_at = now () - interval '6 days' where terminal = 'T01';
update desk.session set opened_at = now () - interval '5 days' where terminal = 'T01';
select is (test.tidy ('blobs'), '1', 'it was back, and what it kept has come');

-- The setting.
\o /dev/null
select test.step ('ana', 'ticket_finish', id, '{"outcome": "served"}') from v;
truncate v, d;
insert into v select test.visit ('ana');
insert into d select v.id, test.draft ('ana', v.id) from v;
select test.step ('ana', 'ticket_finish', visit, '{"outcome": "left-serving"}') from d;
update desk.setting set value = '0' where name = 'draft_days';
\o
select is (test.tidy ('drafts'), '0', 'a day at least');
select test.age (id, 2) from d \g /dev/null
select is (test.tidy ('drafts'), '1', 'and no more where the setting says so');
select is (test.run ('ana', 'draft_save', jsonb_build_object ('visit', visit, 'application', id, 'service', 'dsaj-birth-reg', 'version', '1', 'xml', '<data/>')) ? 'saved_at', true,
           'a draft that a journal brings afterwards is taken') from d;
select * from finish ();
