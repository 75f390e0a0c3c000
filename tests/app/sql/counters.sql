-- counters.sql: what a clerk may know of the other counters, to send somebody on.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('rui', 'T75', 75), test.open ('eva', 'T02', 2), test.open ('bob', 'T01', 1), test.open ('kio', 'T88', null);
select test.run ('eva', 'counter_state', '{"state": "break", "reason": "lunch"}');
create function test.list (who text, services text default '[]') returns text language sql as $$
  select string_agg (concat_ws (':', k ->> 'counter', k ->> 'state', k ->> 'whole', k ->> 'services'), ' ' order by n)
  from jsonb_array_elements (test.ask (who, 'counters', jsonb_build_object ('services', services::jsonb)) -> 'counters') with ordinality x (k, n) $$;
\o
select * from no_plan ();

select is (test.list ('ana', '["dsaj-birth-reg", "dsi-bir-first"]'),
           '1:open:true:["dsaj-birth-reg", "dsi-bir-first"] 2:break:true:["dsaj-birth-reg", "dsi-bir-first"] 75:open:false:["dsi-bir-first"]',
           'who can serve all of it first, then who is open; and how much each can');
select is (test.list ('ana', '["dsi-bir-first"]'), '1:open:true:["dsi-bir-first"] 75:open:true:["dsi-bir-first"] 2:break:true:["dsi-bir-first"]', 'by profile, authorisation and equipment');
select is (test.list ('ana', '["dsi-photo"]'), '1:open:false:[] 75:open:false:[] 2:break:false:[]', 'equipment that nobody has');
create temp table k as select k from jsonb_array_elements (test.ask ('ana', 'counters') -> 'counters') k where k ->> 'counter' = '75';
select is (k #>> '{zone,code}' || ' ' || (k ->> 'login') || ' ' || (k #>> '{clerk,latin}') || ' ' || (k ->> 'profile') || ' ' || (k ->> 'own') || ' ' || (k ->> 'busy'),
           'A ' || test.login ('rui') || ' rui identity false false', 'counter, zone, who sits there, what for') from k;
select is ((select string_agg (x, ' ' order by x) from k, jsonb_object_keys (k) x), 'busy clerk counter login names own profile profile_names services state whole zone', 'nothing else of anybody');
\o /dev/null
select test.visit ('rui', '["dsi-bir-first"]');
\o
select is ((select k ->> 'busy' from jsonb_array_elements (test.ask ('ana', 'counters') -> 'counters') k where k ->> 'counter' = '75'), 'true', 'whether somebody is there');
select is (test.list ('bob'), '1:open:true:[]', 'another branch is another list');
\o /dev/null
select test.run ('rui', 'session_close');
\o
select is (test.list ('ana'), '1:open:true:[] 2:break:true:[]', 'who went home is not in it');
select is (test.ask ('kio', 'counters') ->> 'fault', '42501 permission denied for function counters', 'a kiosk has no such list');
select * from finish ();
