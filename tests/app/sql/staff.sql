-- staff.sql: whose login may be taken for a member of staff, and what is left to whom it was taken from.
\o /dev/null
\ir ../fixture.sql
create function test.add (who text) returns text language sql as $$
  select coalesce (a ->> 'fault', a::text) from test.run ('adm', 'staff_add', jsonb_build_object (
    'login', test.login (who), 'name', '{}'::jsonb, 'roles', '["clerk"]'::jsonb, 'branch', '91', 'password', 'test-word')) a $$;
create function test.active (who text, active boolean) returns text language sql as $$
  select coalesce (a ->> 'fault', a::text) from test.run ('adm', 'staff_set_active', jsonb_build_object (
    'login', test.login (who), 'active', active, 'reason', 'gone')) a $$;
create function test.role (who text, roles text) returns void language plpgsql as $$ begin
  execute format ('create role %I login; grant %s to %1$I', test.login (who), roles); end $$;
select test.role ('own', 'janela_owner'), test.role ('api', 'janela_api, janela_clerk'), test.role ('sub', 'janela_submit'),
       test.role ('kee', 'janela_keeper, janela_clerk'), test.role ('mon', 'pg_monitor, janela_clerk'), test.role ('old', 'janela_officer');
\o
select * from no_plan ();

select is (test.add (who), 'JN001 login-taken', 'who has ' || role || ' is made no clerk')
from (values ('own', 'the tables'), ('api', 'the functions'), ('sub', 'the submissions'), ('kee', 'the logins'), ('mon', 'a role of the server')) w (who, role);
select is (test.add ('old'), '{}', 'who has had a role for people is');
select ok (pg_has_role (test.login ('old'), 'janela_clerk', 'member') and not pg_has_role (test.login ('old'), 'janela_officer', 'member'), 'with the new one alone');

-- Who leaves.
\o /dev/null
select test.open ('ana', 'T01', 1);
\o
select is (test.active ('ana', false), '{}', 'a clerk leaves');
select is ((select rolcanlogin from pg_roles where rolname = test.login ('ana')), false, 'the login is none any more');
select is ((select count (*) from desk.session where login = test.login ('ana') and closed_at is null), 0::bigint, 'the session has ended');
select is ((select count (*) from desk.offline_grant where login = test.login ('ana') and expires_at > now ()), 0::bigint, 'and with it the leave to work offline');
select is (test.run ('ana', 'ticket_issue', '{"services": ["dsi-photo"]}') ->> 'fault', 'JN003 not-staff', 'a connection that were left does nothing');
select is (test.run ('ana', 'session_open', jsonb_build_object ('terminal', 'T01', 'public_key', repeat ('0a', 32))) ->> 'fault', 'JN003 not-staff', 'nor does it open another session');
select is ((select row (what, actor, reason, details ->> 'login')::text from desk.event where kind = 'staff' and what = 'deactivated'),
           format ('(deactivated,%s,gone,%s)', test.login ('adm'), test.login ('ana')), 'who did it, and why, is written down');
select is ((select s ->> 'active' from jsonb_array_elements (test.ask ('adm', 'staff') -> 'staff') s where s ->> 'login' = test.login ('ana')), 'false', 'the list says so');
select is (test.add ('ana'), '{}', 'whose entry is written anew');
select is ((select row (rolcanlogin, active)::text from pg_roles, desk.staff where rolname = login and login = test.login ('ana')), '(f,f)', 'stays away');
select is (test.active ('ana', true), '{}', 'until called back');
select is ((select row (rolcanlogin, active)::text from pg_roles, desk.staff where rolname = login and login = test.login ('ana')), '(t,t)', 'with the login');
select isnt (test.run ('ana', 'session_open', jsonb_build_object ('terminal', 'T77', 'public_key', repeat ('0b', 32))) ->> 'session', null, 'and a session');

-- Who came in while he was deactivated, so that nobody ended his connection, and works without a session.
create function test.all_of (who text) returns text language sql as $$
  select string_agg (coalesce (a ->> 'fault', 'answered'), ', ') from unnest ('{hello,suspensions,catalogue,audit_export}'::text[]) with ordinality q (name, n),
    lateral (select test.ask (who, name, '{"protocol": 1, "branch": "91", "from": "2026-01-01", "to": "2026-01-02"}') as a) x
  where has_function_privilege (test.login (who), format ('api.%I (jsonb)', name), 'execute') $$;
create temp table scan as select encode (sha256 ('scan'), 'hex') as hash;
grant select on scan to public;
\o /dev/null
select test.try ('ana', format ('select api.blob_put (%L, 0, true, ''scan'')', hash)) from scan;
select test.run ('adm', 'staff_add', jsonb_build_object ('login', test.login ('two'), 'name', '{}'::jsonb, 'roles', '["admin"]'::jsonb, 'password', 'test-word'));
\o
select is (test.all_of ('oto'), 'answered, answered, answered', 'an officer asks without a session');
select is (test.all_of ('sys'), 'answered', 'so does a department''s system');
select is (test.all_of ('hed'), 'answered, answered, answered, answered', 'and the head office');
select is (test.try ('two', format ('select api.blob_get (%L, 0)', hash)), '\x7363616e', 'an administrator sees each branch''s scans') from scan;
select is (string_agg (test.active (who, false), ''), '{}{}{}{}', 'they leave') from unnest ('{oto,sys,hed,two}'::text[]) who;
select is (test.all_of ('oto'), 'JN003 not-staff, JN003 not-staff, JN003 not-staff', 'the officer''s connection hears nothing more');
select is (test.run ('oto', 'service_suspend', '{"services": ["dsi-*"], "reason": "test"}') ->> 'fault', 'JN003 not-staff', 'and changes nothing');
select is (test.all_of ('sys'), 'JN003 not-staff', 'nor the department''s system');
select is (test.all_of ('hed'), 'JN003 not-staff, JN003 not-staff, JN003 not-staff, JN003 not-staff', 'nor the head office');
select is (test.run ('two', 'staff_set_active', jsonb_build_object ('login', test.login ('oto'), 'active', true)) ->> 'fault', 'JN003 not-staff', 'an administrator calls nobody back');
select is (test.try ('two', format ('select api.blob_get (%L, 0)', hash)), null, 'and sees no scan') from scan;
select is (test.active ('oto', true), '{}', 'who is called back');
select is (test.all_of ('oto'), 'answered, answered, answered', 'asks again');
select is (test.active ('nobody', false), 'JN004 no-staff', 'nobody else can leave');
select is (test.active ('adm', false), 'JN002 wrong-argument', 'and no administrator locks himself out');
select is (test.run ('eva', 'staff_set_active', '{}') ->> 'fault', '42501 permission denied for function staff_set_active', 'a supervisor has no say in it');
select * from finish ();
