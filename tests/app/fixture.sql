-- fixture.sql: two small branches with staff and published services, loaded by the owner into a test's
-- own database. Roles are the cluster's, so a login here is NAME.DATABASE; the password is 'test-word'.
update desk.setting set value = 'true' where name = 'demo';
update desk.setting set value = '5256000' where name = 'late_minutes';  -- tests tell of whole days in a moment
truncate desk.publication, desk.ticket, desk.calendar_day cascade;  -- what the template brought
grant usage on schema public to public;
create schema test;
grant usage on schema test to public;

create function test.login (name text) returns text language sql stable as $$ select name || '.' || current_database () $$;

-- A form's instance with 60 questions of four types, and its fee; the rest of the arguments break it.
create function test.instance (n1 text default '12', n2 text default '2026-05-01', n3 text default 'x', fee text default '9000',
                               extra text default '') returns text language sql as $$
  select '<data id="demo" version="1"><part>'
         || (select string_agg (format ('<n%1$s>%2$s</n%1$s>', i, case when i = 1 then n1 when i = 2 then n2 when i = 3 then n3
                    else (array['text ' || i, '12', '2026-05-01', 'x'])[i % 4 + 1] end), '' order by i) from generate_series (1, 60) i)
         || extra || '</part><fee_avos>' || fee || '</fee_avos><meta><instanceID>uuid:1</instanceID></meta></data>'
$$;

create function test.nodes () returns jsonb language sql as $$
  select jsonb_object_agg ('/data/part/n' || i, jsonb_strip_nulls (jsonb_build_object (
           'type', (array['string', 'int', 'date', 'string'])[i % 4 + 1], 'required', case when i % 10 = 1 then true end,
           'choices', case when i % 4 = 3 then '["x", "y", "z"]'::jsonb end)))
         || '{"/data/fee_avos": {"type": "int"}, "/data/meta/instanceID": {"type": "string", "required": true}}'
  from generate_series (1, 60) i
$$;

create function test.form_hash (code text) returns text language sql as $$
  select encode (sha256 (convert_to ('<form code="' || code || '"/>', 'UTF8')), 'hex')
$$;

create function test.publish (code text, meta jsonb, version text default '1') returns void language plpgsql as $$
begin
  perform api.blob_put (test.form_hash (code || version), 0, true, convert_to ('<form code="' || code || version || '"/>', 'UTF8'));
  perform api.catalogue_publish (gen_random_uuid (), jsonb_build_object (
    'kind', 'service', 'code', code, 'version', version, 'hash', test.form_hash (code || version),
    'meta', meta || jsonb_build_object ('names', jsonb_build_object ('zh_Hant', code, 'pt', code, 'en', code), 'nodes', test.nodes ())));
end $$;

-- Arguments of visit_submit: a birth with three services, two of which wait for the first.
create function test.submission (visit uuid, xml text default test.instance ()) returns jsonb language sql as $$
  select jsonb_build_object (
    'visit', visit, 'language', 'zh-Hant',
    'persons', jsonb_build_array (jsonb_build_object ('id', visit, 'role', 'mother', 'capacity', 'parent', 'document', null)),
    'applications', (select jsonb_agg (jsonb_build_object (
       'id', gen_random_uuid (), 'service', a.service, 'version', '1', 'hash', test.form_hash (a.service || '1'), 'xml', xml,
       'needs', a.needs, 'fee', 9000) order by a.n)
       from (values (1, 'dsaj-birth-reg', '[]'::jsonb), (2, 'dsi-bir-first', '["dsaj-birth-reg"]'), (3, 'fss-birth-allowance', '["dsaj-birth-reg"]')) a (n, service, needs)),
    'papers', '[{"code": "birth-report", "services": ["dsaj-birth-reg"], "state": "presented", "original": true}]'::jsonb,
    'consents', jsonb_build_array (jsonb_build_object ('person', visit, 'department', 'dsi', 'given', true)),
    'signature', jsonb_build_object ('person', visit, 'method', 'pad', 'blob', null))
$$;

-- Where the centres of the tests stand: in Macau, and while it is night there, where it is day. What a test puts into the
-- last hours is then of the same day.
create function test.zone () returns text language sql as $$
  select case when extract (hour from now () at time zone 'Asia/Macau') between 4 and 21 then 'Asia/Macau' else 'Atlantic/Azores' end
$$;

create function test.branch (code text) returns jsonb language sql as $$
  select jsonb_build_object (
    'code', code, 'names', '{"en": "Test"}'::jsonb, 'zone', test.zone (), 'recall_gap_seconds', 30,
    'zones', '[{"code": "A", "names": {}}, {"code": "B", "names": {}}]'::jsonb,
    'series', '[{"prefix": "A", "zone": "A"}, {"prefix": "B", "zone": "B"}]'::jsonb,
    'priorities', '[{"class": "none", "credit_minutes": 0}, {"class": "infant", "credit_minutes": 10}, {"class": "senior", "credit_minutes": 15}]'::jsonb,
    'profiles', '[{"code": "all", "names": {}, "match": [{"departments": ["*"], "rank": 2}, {"events": ["*"], "rank": 1}]},
                  {"code": "identity", "names": {}, "match": [{"departments": ["dsi"], "rank": 1}]}]'::jsonb,
    'counters', (select jsonb_agg (jsonb_build_object ('number', i, 'zone', case when i > 70 then 'A' else 'B' end,
                   'profile', case when i > 70 then 'identity' else 'all' end, 'equipment', '["camera"]'::jsonb)) from generate_series (1, 80) i))
$$;

select test.publish (code, meta) from (values
  ('dsaj-birth-reg', '{"department": "dsaj", "group": "civil", "pledge": {"days": 10, "kind": "working"}, "pick_up": true, "fees": [{"code": "record", "ref": "/data/fee_avos", "confirmed": true}]}'::jsonb),
  ('dsi-bir-first', '{"department": "dsi", "group": "identity", "pledge": {"days": 15, "kind": "working"}}'),
  ('fss-birth-allowance', '{"department": "fss", "group": "social", "pledge": {"days": 30, "kind": "calendar"}}'),
  ('dsi-personal-data-cert', '{"department": "dsi", "group": "identity", "pledge": {"days": 1, "kind": "working"}}'),
  ('dsi-photo', '{"department": "dsi", "group": "identity", "equipment": ["fingerprint"]}')) s (code, meta);

select api.blob_put (encode (sha256 ('<event/>'), 'hex'), 0, true, '<event/>');
select api.catalogue_publish (gen_random_uuid (), jsonb_build_object (
  'kind', 'event', 'code', 'birth', 'version', '1', 'hash', encode (sha256 ('<event/>'), 'hex'),
  'meta', '{"names": {"en": "Birth"}, "services": [{"code": "dsaj-birth-reg"}, {"code": "dsi-bir-first"}, {"code": "fss-birth-allowance"}, {"code": "dsi-photo", "optional": true}]}'::jsonb));

select api.demo_load (gen_random_uuid (), jsonb_build_object ('branch', test.branch ('91')));
select api.demo_load (gen_random_uuid (), jsonb_build_object (
  'branch', test.branch ('92'),
  'calendar', '{"weekly_rest": [6, 7], "days": [
      {"day": "2026-12-08", "kind": "holiday", "names": {}}, {"day": "2026-12-22", "kind": "holiday", "names": {}},
      {"day": "2026-12-24", "kind": "holiday", "names": {}}, {"day": "2026-12-25", "kind": "holiday", "names": {}},
      {"day": "2026-12-31", "kind": "half-afternoon", "names": {}}, {"day": "2027-01-01", "kind": "holiday", "names": {}}]}'::jsonb,
  'people', '{"people": [{"key": "a", "kind": "person", "document": {"kind": "bir", "number": "1999999(0)", "issuer": "MO", "expires": ""},
      "facts": [{"source": "DSI", "grade": "A", "as_of": "2023-04-18", "values": {"name_zh": "陳示範", "surname_latin": "CHAN", "given_latin": "SI FAAN"}},
                {"source": "IAS", "grade": "A", "as_of": "2024-01-01", "values": {"disability_grade": "2"}},
                {"source": "DSI", "grade": "D", "as_of": "2020-01-01", "values": {"name_zh": "舊名"}}]}]}'::jsonb,
  'staff', jsonb_build_object ('staff', (
    select jsonb_agg (jsonb_build_object (
      'login', test.login (s.login), 'name', jsonb_build_object ('zh', s.login, 'latin', s.login), 'roles', s.roles, 'branch', s.branch,
      'department', s.department, 'languages', '["zh-Hant"]'::jsonb, 'password', 'test-word', 'immediate', '[]'::jsonb,
      'authorisations', case when s.may is null then '[]'::jsonb
                             else jsonb_build_array (jsonb_build_object ('services', s.may, 'from', '2020-01-01', 'until', null)) end))
    from (values ('ana', '["clerk"]'::jsonb, '91', null, '["*"]'::jsonb), ('rui', '["clerk"]', '91', null, '["dsi-*"]'),
                 ('bob', '["clerk"]', '92', null, '["*"]'), ('eva', '["clerk", "supervisor"]', '91', null, '["*"]'),
                 ('oto', '["officer"]', null, 'dsi', null), ('hed', '["head_office"]', null, null, null),
                 ('adm', '["admin"]', null, null, null), ('stw', '["steward"]', null, null, null),
                 ('kio', '["kiosk"]', '91', null, null), ('brd', '["board"]', '91', null, null),
                 ('sys', '["department_system"]', null, 'dsi', null), ('bok', '["booking"]', null, null, null))
         s (login, roles, branch, department, may)))));

update desk.branch set closes = '23:59:59';  -- numbers of today hold at any hour that a test runs

-- What is health, conviction or hardship never fills another form.
select api.blob_put (encode (sha256 ('<facts/>'), 'hex'), 0, true, '<facts/>');
select api.catalogue_publish (gen_random_uuid (), jsonb_build_object (
  'kind', 'facts', 'code', 'facts', 'version', '1', 'hash', encode (sha256 ('<facts/>'), 'hex'),
  'meta', '{"properties": {"disability_grade": {"sensitive": "health"}}}'::jsonb));

-- Try a statement as somebody: the first value, or "SQLSTATE code". Each keeps his session for the next.
create table test.session (name text primary key, id text);
create function test.try (who text, statement text) returns text language plpgsql as $$
declare
  answer text;
  state text;
  fault text;
begin
  perform set_config ('janela.session', coalesce ((select s.id from test.session s where s.name = who), ''), false);
  execute format ('set local session authorization %I', test.login (who));
  begin
    execute statement into answer;
  exception when others then
    get stacked diagnostics state = returned_sqlstate, fault = message_text;
    answer := state || ' ' || fault;
  end;
  execute 'set local session authorization default';
  insert into test.session values (who, current_setting ('janela.session', true))
  on conflict (name) do update set id = excluded.id;
  return answer;
end $$;

-- A command with a new key, and a query, as somebody.
create function test.run (who text, command text, args jsonb default '{}') returns jsonb language plpgsql as $$
declare
  answer text := test.try (who, format ('select api.%I (gen_random_uuid (), %L::jsonb)', command, args));
begin
  return case when left (answer, 1) in ('{', '[') then answer::jsonb else jsonb_build_object ('fault', answer) end;
end $$;
create function test.ask (who text, query text, args jsonb default '{}') returns jsonb language plpgsql as $$
declare
  answer text := test.try (who, format ('select api.%I (%L::jsonb)', query, args));
begin
  return case when left (answer, 1) in ('{', '[') then answer::jsonb else jsonb_build_object ('fault', answer) end;
end $$;
create function test.open (who text, terminal text, counter int) returns jsonb language sql as $$
  select test.run (who, 'session_open', jsonb_build_object ('terminal', terminal, 'counter', counter, 'public_key', repeat ('ab', 32)))
$$;

-- A ticket of these services, called and at the desk: the visit.
create function test.visit (who text, services text default '["dsaj-birth-reg"]', event text default null) returns uuid language plpgsql as $$
declare
  called jsonb;
begin
  perform test.run (who, 'ticket_issue', jsonb_build_object ('services', services::jsonb, 'event', event, 'priority', 'none', 'language', 'pt'));
  called := test.run (who, 'ticket_call_next');
  return test.run (who, 'ticket_arrive', jsonb_build_object ('ticket', called #>> '{ticket,id}')) ->> 'visit';
end $$;
