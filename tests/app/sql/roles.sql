-- roles.sql: what each role may and may not.
\o /dev/null
\ir ../fixture.sql
\o
select * from no_plan ();

-- The whole surface of api, and who may call what (assets/docs/backend.md).
create temp table allowed (name text, roles text);
insert into allowed values
  ('hello', 'clerk supervisor head_office officer department_system booking kiosk board admin steward'),
  ('session_open', 'clerk supervisor head_office kiosk board'), ('session_close', 'clerk supervisor head_office kiosk board'),
  ('session_join', 'clerk supervisor head_office'), ('counter_state', 'clerk supervisor'),
  ('changes', 'clerk supervisor head_office kiosk board'), ('queue', 'clerk supervisor'),
  ('catalogue', 'clerk supervisor head_office officer kiosk board admin steward'),
  ('calendar', 'clerk supervisor head_office officer kiosk board admin steward'),
  ('ticket_issue', 'clerk supervisor kiosk'), ('ticket_call_next', 'clerk supervisor'), ('ticket_recall', 'clerk supervisor'),
  ('ticket_arrive', 'clerk supervisor'), ('ticket_no_show', 'clerk supervisor'), ('ticket_return', 'clerk supervisor'),
  ('ticket_hold', 'clerk supervisor'), ('ticket_resume', 'clerk supervisor'), ('ticket_finish', 'clerk supervisor'),
  ('ticket_call', 'clerk supervisor'), ('ticket_transfer', 'clerk supervisor'), ('ticket_send', 'clerk supervisor'),
  ('ticket_service', 'clerk supervisor'), ('ticket_open', 'clerk supervisor'), ('ticket_take', 'supervisor'), ('ticket_along', 'clerk supervisor'), ('ticket_release', 'clerk supervisor'), ('ticket_undo', 'clerk supervisor'),
  ('ticket_check_in', 'clerk supervisor kiosk'), ('ticket_change', 'clerk supervisor'), ('ticket_cancel', 'clerk supervisor'),
  ('ticket_merge', 'clerk supervisor'), ('ticket_reprint', 'clerk supervisor kiosk'), ('ticket_choose', 'clerk supervisor'),
  ('reception', 'clerk supervisor kiosk'), ('wait_estimate', 'clerk supervisor kiosk'), ('cap_set', 'supervisor'),
  ('hall', 'supervisor'), ('hall_tickets', 'supervisor'), ('counter_profile', 'supervisor'), ('board', 'supervisor board'),
  ('help_call', 'clerk supervisor'), ('help_acknowledge', 'supervisor'), ('emergency_begin', 'supervisor'), ('emergency_end', 'supervisor'), ('emergency_tickets', 'supervisor'),
  ('service_suspend', 'supervisor officer'), ('service_resume', 'supervisor officer'),
  ('suspended', 'clerk supervisor officer'), ('counters', 'clerk supervisor'), ('suspensions', 'clerk supervisor head_office officer kiosk board admin steward'), ('day_close', 'supervisor'), ('queue_due', 'steward'),
  ('slots', 'clerk supervisor kiosk booking'), ('appointment_book', 'clerk supervisor booking'), ('appointment_move', 'clerk supervisor booking'),
  ('appointment_cancel', 'clerk supervisor booking'), ('appointment', 'clerk supervisor booking'), ('ticket_status', 'booking'), ('notices', 'booking'), ('appointments', 'clerk supervisor'),
  ('ticket_remote', 'booking'), ('booking_rules', 'booking'), ('slots_set', 'supervisor'), ('rebuild_check', 'head_office admin'),
  ('visit', 'clerk supervisor'), ('visit_person', 'clerk supervisor'), ('visit_bundle', 'clerk supervisor'),
  ('draft_save', 'clerk supervisor'), ('visit_submit', 'clerk supervisor'), ('receipt_seal', 'clerk supervisor'),
  ('print_saved', 'clerk supervisor'), ('receipt', 'clerk supervisor'), ('print_begin', 'clerk supervisor kiosk'), ('print_end', 'clerk supervisor kiosk'),
  ('day_report', 'clerk supervisor'), ('hand_overs', 'clerk supervisor'), ('hand_over', 'clerk supervisor'),
  ('prints', 'clerk supervisor kiosk'), ('spool', 'clerk supervisor'), ('reconcile', 'supervisor head_office admin'), ('visit_rate', 'clerk supervisor'),
  ('replay', 'clerk supervisor'), ('tray_put', 'clerk supervisor'), ('tray', 'supervisor'), ('tray_clear', 'supervisor'),
  ('notify', 'clerk supervisor head_office officer kiosk admin steward'),
  ('steward_claim', 'steward'), ('steward_pending', 'steward'), ('steward_verdict', 'steward'), ('steward_tidy', 'steward'), ('chain_seal', 'steward'),
  ('audit_verify', 'steward admin head_office'), ('audit_export', 'admin head_office'), ('staff', 'admin'),
  ('catalogue_publish', 'admin'), ('catalogue_withdraw', 'admin'), ('catalogue_all', 'admin steward'),
  ('staff_add', 'admin'), ('staff_set_active', 'admin'), ('terminal_enrol', 'admin'), ('terminal_revoke', 'admin'), ('demo_load', 'admin'),
  ('keys', 'clerk supervisor head_office officer kiosk admin steward'),
  ('blob_put', 'clerk supervisor admin steward'), ('blob_get', 'clerk supervisor admin steward'), ('blob_known', 'clerk supervisor admin steward');

select set_eq ($$ select proname::text from pg_proc where pronamespace = 'api'::regnamespace $$, $$ select name from allowed $$,
               'api holds these functions and no others');

-- Each function for each role: allowed where it is said above, and nowhere else.
select is (has_function_privilege ('janela_' || r.role, p.oid, 'execute'), r.role = any (string_to_array (a.roles, ' ')),
           p.proname || ' for ' || r.role)
from pg_proc p join allowed a on a.name = p.proname::text
cross join unnest ('{clerk,supervisor,head_office,officer,department_system,booking,kiosk,board,admin,steward}'::text[]) r (role)
where p.pronamespace = 'api'::regnamespace
order by p.proname, r.role;

select is_empty ($$ select proname from pg_proc p, aclexplode (coalesce (p.proacl, acldefault ('f', p.proowner))) a
                    where p.pronamespace in ('api'::regnamespace, 'desk'::regnamespace) and a.grantee = 0 $$,
                 'PUBLIC may call nothing');
select is_empty ($$ select proname from pg_proc where pronamespace = 'api'::regnamespace
                    and not (prosecdef and proowner = 'janela_api'::regrole and proconfig @> '{"search_path=pg_catalog, desk, pg_temp"}') $$,
                 'every function of api runs as janela_api with a fixed search_path');
select is_empty ($$ select relname from pg_class where relnamespace = 'desk'::regnamespace and relowner <> 'janela_owner'::regrole $$,
                 'every table belongs to janela_owner');
select ok (not rolbypassrls and not rolsuper and not rolcanlogin, 'janela_api has no way round row-level security')
from pg_roles where rolname = 'janela_api';
select ok (not pg_has_role ('janela_api', 'janela_owner', 'member'), 'janela_api is not the owner');
select ok (not rolbypassrls and not rolsuper and not rolcanlogin, 'nor has janela_submit') from pg_roles where rolname = 'janela_submit';
select is (array_agg (proname::text), '{visit_submit}', 'which runs one function') from pg_proc where proowner = 'janela_submit'::regrole;
select is_empty ($$ select rolname from pg_roles where pg_has_role (rolname, 'janela_submit', 'member') and not rolsuper and rolname not in ('janela_submit', 'janela_owner') $$, 'and which nobody can become');
select is_empty ($$ select rolname from pg_roles where rolname not in ('janela_owner', 'janela_api', 'janela_submit') and not rolsuper and has_function_privilege (rolname, 'desk.visit_submit (desk.call, jsonb)', 'execute') $$, 'nor call past its door');
select is_empty ($$ select r.rolname from pg_roles r where r.rolname ~ '^janela_(clerk|supervisor|head_office|officer|department_system|booking|kiosk|board|admin|steward)$'
                    and has_schema_privilege (r.rolname, 'desk', 'usage') $$, 'no role of people reaches the tables'' schema');

-- Rows that belong to a branch are fenced.
select is_empty ($$ select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'branch'
                    where c.relnamespace = 'desk'::regnamespace and c.relkind = 'r' and not c.relrowsecurity
                      and c.relname not in ('zone', 'priority', 'profile', 'profile_match', 'counter', 'terminal', 'terminal_key', 'staff', 'session',
                                            'calendar_day', 'working_day') $$, 'every table with rows of a branch has row-level security');

-- As themselves.
select is (test.try (who, 'select count(*) from desk.ticket'), '42501 permission denied for schema desk', who || ' reads no table')
from unnest ('{ana,eva,oto,hed,adm,stw,kio,brd,sys,bok}'::text[]) who;
select is (test.try ('ana', 'select desk.hmac (''a'', ''b'')'), '42501 permission denied for schema desk', 'a clerk calls nothing in desk');
select is (test.try ('ana', 'select set_config (''role'', ''janela_owner'', false)'), '42501 permission denied to set role "janela_owner"', 'a clerk cannot become the owner');
select is (test.try ('ana', 'select set_config (''role'', ''janela_api'', false)'), '42501 permission denied to set role "janela_api"', 'a clerk cannot become janela_api');
select is (test.run ('ana', 'ticket_call_next') ->> 'fault', 'JN003 no-session', 'identity alone is not enough: a command at a counter needs a session');
select is (test.ask ('ana', 'queue') ->> 'fault', 'JN003 no-session', 'and so does the queue');
select is (test.run ('oto', 'session_open', '{"terminal": "T90"}') ->> 'fault', '42501 permission denied for function session_open', 'an officer has no counter');

-- Which protocol is spoken.
select is (test.ask ('ana', 'hello', '{"protocol": 1}') - 'time', '{"least": 1, "newest": 1, "demo": true}', 'hello says the least and newest protocol');
select is (test.ask ('ana', 'hello', '{"protocol": 99}') ->> 'fault', 'JN005 protocol', 'a client of a later one is told');
select is (test.ask ('ana', 'hello', '{"protocol": 0}') ->> 'fault', 'JN005 protocol', 'and so is one of an older');

-- Logins are made with our own roles only.
select is (test.run ('adm', 'staff_add', '{"login": "postgres", "name": {}, "roles": ["clerk"], "password": "x"}') ->> 'fault', 'JN001 login-taken', 'an existing role of the server is not taken over');
select is (test.run ('adm', 'staff_add', '{"login": "pg_monitor", "name": {}, "roles": ["clerk"]}') ->> 'fault', 'JN002 wrong-argument', 'nor is one of PostgreSQL''s own');
select is (test.run ('adm', 'staff_add', jsonb_build_object ('login', test.login ('new'), 'name', '{}'::jsonb, 'roles', '["clerk", "owner", "api"]'::jsonb, 'branch', '91', 'password', 'x')), '{}', 'a new clerk is made');
select ok (pg_has_role (test.login ('new'), 'janela_clerk', 'member') and not pg_has_role (test.login ('new'), 'janela_owner', 'member')
           and not pg_has_role (test.login ('new'), 'janela_api', 'member'), 'and gets no role that is not for people');
select * from finish ();
