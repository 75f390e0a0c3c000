-- visit.sql: persons and the log of reading them, drafts, submit and its refusals, receipt, prints, rating.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1), test.open ('rui', 'T02', 2), test.open ('eva', 'T03', 3);
create temp table v as select test.visit ('ana') as id, gen_random_uuid () as mother;
grant select on v to public;
create function test.person (document jsonb, basis text default 'Law 2/2020', who text default 'ana') returns jsonb language sql as $$
  select test.run (who, 'visit_person', jsonb_build_object ('visit', v.id, 'person', v.mother, 'role', 'mother', 'capacity', 'parent',
                   'document', document, 'basis', basis)) from pg_temp.v $$;
\o
select * from no_plan ();

-- Documents: shapes as published (Macao, home return permit), check digits by their rules (Hong Kong, mainland; worked examples).
select is (desk.document_number (kind, typed), kept, kind || ' ' || typed) from (values
  ('bir', '1234567(8)', '12345678'), ('bir', '１２３４５６７（８）', '12345678'), ('bir', '1/234567/8', '12345678'), ('bir', '2234567(8)', null), ('bir', '123', null),
  ('hkid', 'A123456(3)', 'A1234563'), ('hkid', 'H856049(A)', 'H856049A'), ('hkid', 'A123456(4)', null), ('hkid', 'Z683365(5)', null),
  ('mainland-id', '11010519491231002X', '11010519491231002X'), ('mainland-id', '440524188001010014', '440524188001010014'), ('mainland-id', '110105194912310021', null),
  ('home-return-permit', 'M12345678', 'M12345678'), ('home-return-permit', 'H1234567800', 'H1234567800'), ('home-return-permit', 'X12345678', null),
  ('passport', 'l898902c3', 'L898902C3'), ('passport', 'A1', null), ('other', '', null), ('nonsense', '12345678', null)) t (kind, typed, kept);

-- Known: what the register holds, newest first, without what is sensitive; the read names ticket and basis.
select is (p #>> '{name,zh}' || ' ' || (p #>> '{name,latin}') || ' ' || (p ->> 'known'), '陳示範 CHAN SI FAAN true', 'a known person with the newest name')
from test.person ('{"kind": "bir", "number": "1999999(0)", "issuer": "MO"}') p;
select is ((select array_agg (f ->> 'property' order by 1) from jsonb_array_elements (test.person ('{"kind": "bir", "number": "19999990", "issuer": "MO"}') -> 'facts') f),
           '{given_latin,name_zh,surname_latin}', 'a fact of health is not among them');
select results_eq ($$ select distinct actor, details ->> 'basis', details ->> 'ticket' = (select ticket::text from desk.visit where id = v.id), details -> 'properties'
                      from desk.event, pg_temp.v where kind = 'person' and what = 'read' $$,
                   $$ values (test.login ('ana'), 'Law 2/2020', true, '["given_latin", "name_zh", "surname_latin"]'::jsonb) $$, 'each read is logged with ticket, basis and properties');
select is_empty ($$ select 1 from desk.event where details::text ~ '陳示範|19999990' $$, 'and with no value and no number');
select is (test.person ('{"kind": "bir", "number": "19999990", "issuer": "MO"}', '') ->> 'fault', 'JN002 missing-argument', 'no read without a basis');
select is (test.person ('{"kind": "bir", "number": "123", "issuer": "MO"}') ->> 'fault', 'JN002 document-number', 'a wrong number is refused at its place');
select is (p ->> 'known' || (p ->> 'facts'), 'false[]', 'an unknown number is valid, and nothing is known') from test.person ('{"kind": "bir", "number": "15555555", "issuer": "MO"}') p;
select is (p ->> 'known', 'false', 'so is a person without any') from test.person (null) p;
select is (test.person (null, 'x', 'rui') ->> 'fault', 'JN003 not-your-visit', 'another clerk''s visit is closed to him');

-- Drafts. A clock is measured anew with each connection, and may then stand a little before what it said last.
\o /dev/null
select test.run ('ana', 'draft_save', jsonb_build_object ('visit', id, 'application', mother, 'service', 'dsaj-birth-reg', 'version', '1', 'xml', '<data>old</data>')) from v;
select test.run ('ana', 'draft_save', jsonb_build_object ('visit', id, 'application', mother, 'service', 'dsaj-birth-reg', 'version', '1', 'xml', '<data>new</data>',
                 'at', now () - interval '5 seconds')) from v;
\o
select is (test.ask ('ana', 'visit', jsonb_build_object ('visit', id)) #>> '{drafts,0,xml}', '<data>new</data>', 'what was typed last at the desk is kept, whatever its clock says') from v;
select is (test.ask ('rui', 'visit', jsonb_build_object ('visit', id)) ->> 'fault', 'JN003 not-your-visit', 'unfinished work is invisible to the next clerk') from v;
select is (test.ask ('eva', 'visit', jsonb_build_object ('visit', id)) ->> 'event', null, 'a supervisor can recover it') from v;

-- The id of a visit that was made offline is a new one, and takes nobody's visit from him.
create temp table taken as select test.run ('rui', 'ticket_issue', '{"services": ["dsi-bir-first"], "priority": "none", "language": "pt"}') ->> 'id' as ticket;
\o /dev/null
select test.run ('rui', 'ticket_call', jsonb_build_object ('ticket', ticket, 'reason', 'test')) from taken;
\o
select is (test.run ('rui', 'ticket_arrive', jsonb_build_object ('ticket', ticket, 'visit', v.id)) ->> 'fault', 'JN003 not-your-visit', 'a ticket does not open another''s visit') from taken, v;
select is ((select h.login from desk.visit h where h.id = v.id), test.login ('ana'), 'it stays her own') from v;
select is (test.run ('rui', 'ticket_arrive', jsonb_build_object ('ticket', ticket, 'visit', ticket)) ->> 'visit', ticket, 'a new id is taken') from taken;

-- Submit: what it refuses, and where.
create function test.submit (change jsonb default '{}', xml text default test.instance ()) returns text language plpgsql as $$
declare
  args jsonb := (select test.submission (v.id, xml) from pg_temp.v);
  a jsonb;
begin
  args := args || change;
  a := test.run ('ana', 'visit_submit', args);
  return coalesce (a ->> 'fault', 'ok');
end $$;
create temp table wrong (xml text, fault text, why text);
insert into wrong values
  (test.instance (n1 => 'twelve'), 'JN002 wrong-type', 'a number that is none'),
  (test.instance (n2 => '2026-13-01'), 'JN002 wrong-type', 'a date that is none'),
  (test.instance (n3 => 'q'), 'JN002 not-a-choice', 'a value that is no choice'),
  (test.instance (n3 => 'x|y'), 'JN002 not-a-choice', 'two choices that look like one'),
  (test.instance (n1 => '1-2'), 'JN002 wrong-type', 'a stroke within a number'),
  (test.instance (n1 => '1>2'), 'JN002 not-plain-xml', 'a bare > in a value'),
  (test.instance (n1 => '<n1>12</n1>'), 'JN002 unknown-node', 'a node within a value'),
  (replace (test.instance (), '</n2>', '</n9>'), 'JN002 not-plain-xml', 'a tag that is closed by another'),
  (replace (test.instance (), '<part>', '<part>text'), 'JN002 not-plain-xml', 'text beside the nodes'),
  (test.instance () || '<data></data>', 'JN002 not-plain-xml', 'a second root'),
  ('plain text', 'JN002 not-plain-xml', 'no tag at all'),
  (test.instance (n1 => ''), 'JN002 required', 'a blank where an answer is always required'),
  (test.instance (extra => '<hidden>1</hidden>'), 'JN002 unknown-node', 'a node that the form has not'),
  (test.instance (extra => '<!-- note -->'), 'JN002 not-plain-xml', 'a comment'),
  (test.instance (extra => '<![CDATA[x]]>'), 'JN002 not-plain-xml', 'a CDATA section'),
  (test.instance (extra => '<?pi x?>'), 'JN002 not-plain-xml', 'a processing instruction'),
  ('<!DOCTYPE data>' || test.instance (), 'JN002 not-plain-xml', 'a DOCTYPE'),
  (replace (test.instance (), '</part>', ''), 'JN002 unknown-node', 'a tag that is not closed where it should be'),
  (replace (test.instance (), '</data>', ''), 'JN002 not-plain-xml', 'a tag that is never closed'),
  ('<data><part/></data>', 'JN002 required', 'a form without its required nodes'),
  (test.instance (n1 => repeat ('1', 300000)), 'JN002 too-large', 'a form of a quarter of a million characters'),
  (replace (test.instance (), '<data id="demo" version="1">', '<data id="demo">text>'), 'JN002 not-plain-xml', 'text that looks like the end of a tag'),
  (replace (test.instance (), '<data id="demo" version="1">', '<data id="demo"/>'), 'JN002 not-plain-xml', 'a tag that is closed at once');
select is (test.submit ('{}', xml), fault, why) from wrong;
select is (test.submit ('{"applications": []}'), 'JN002 no-application', 'a visit without application');
select is (test.submit (jsonb_build_object ('applications', jsonb_build_array ((test.submission (id) #> '{applications,0}') || '{"version": "9"}'))), 'JN005 form-not-published', 'a version that is not published') from v;
select is (test.submit (jsonb_build_object ('applications', jsonb_build_array ((test.submission (id) #> '{applications,0}') || '{"hash": "00"}'))), 'JN005 form-not-published', 'a form that was changed') from v;
select is (test.submit ('{"papers": [{"code": "scan", "services": [], "state": "scanned", "blob": "00"}]}'), 'JN002 no-blob', 'a scan that was never sent');
select is (test.submit ('{"signature": {"method": "pad", "blob": "00"}}'), 'JN002 no-blob', 'a signature that was never sent');
select is (test.submit ('{"papers": [{"code": "p", "services": [], "state": "eaten"}]}'), 'JN002 wrong-argument', 'a state of a paper that does not exist');
select is ((select count (*) from desk.application) + (select count (*) from desk.receipt) + (select count (*) from desk.number where series = 'receipt'), 0::bigint, 'and nothing of all that stayed');

-- Submit.
create temp table r as select test.run ('ana', 'visit_submit', test.submission (id, replace (test.instance (), 'text 4', 'a > b'))) as a from v;
grant select on r to public;
select is (a #>> '{receipt,no}', '91-' || to_char (now () at time zone test.zone (), 'YYYY') || '-0000001', 'the first receipt of the branch and year') from r;
select is ((select array_agg (x ->> 'state') from r, jsonb_array_elements (a -> 'applications') x), '{submitted,waiting,waiting}', 'what needs a registration that is not decided yet waits');
select is (a #>> '{receipt,fee}', '9000', 'without a fee of its own') from r;
select is ((select array_agg (due is null) from (select due from desk.application order by no) d), '{f,t,t}', 'and without a clock');
select is ((select due from desk.application where service = 'dsaj-birth-reg'), desk.add_working_days ('91', desk.day_of ('91', now ()), 10), 'the pledge is in working days');
select is ((select count (*) from desk.draft, v where visit = v.id), 0::bigint, 'drafts are gone');
select set_eq ($$ select kind, what, count (*) from desk.event where what = 'submitted' group by 1, 2 $$, $$ values ('visit', 'submitted', 1::bigint), ('application', 'submitted', 3) $$, 'an event for the visit and each application');
select is (test.run ('ana', 'visit_submit', test.submission (id)) ->> 'fault', 'JN001 visit-submitted', 'once') from v;
select is ((select count (*) from desk.application where xml like '%>a > b<%'), 3::bigint, 'a text may hold what XML allows in it');
select is ((select row (papers -> 0 ->> 'code', consents -> 0 -> 'given', signature ->> 'method')::text from desk.visit, v where visit.id = v.id), '(birth-report,true,pad)', 'papers, consents and the signature stay with the visit');
select results_eq ('select code, services, state, original from desk.paper', $$ values ('birth-report', '{dsaj-birth-reg}'::text[], 'presented', true) $$, 'papers can be read as rows');
select results_eq ('select a.no, f.code, f.amount, f.confirmed from desk.fee f join desk.application a on a.id = f.application', $$ values ('91-' || to_char (now () at time zone test.zone (), 'YYYY') || '-0000001-1', 'record', 9000::bigint, true) $$, 'and so can the fees of what does not wait');
select results_eq ('select department, given, person from desk.consent', $$ select 'dsi', true, id from v $$, 'and consents');

-- The next form of the same shape is compared with what was learned of the first.
\o /dev/null
update v set id = gen_random_uuid ();
insert into desk.visit (id, branch, day, login, opened_at) select id, '91', current_date, test.login ('ana'), now () from v;
create temp table shapes as select count (*) as n from desk.shape;
\o
select is (test.submit ('{}', xml), fault, why || ', again') from wrong;
select is (test.submit ('{"papers": [{"code": "p", "services": [], "state": "presented"}, {"code": "p", "services": [], "state": "held"}]}'), 'JN002 wrong-argument', 'a paper that is named twice');
select is (test.submit ('{"consents": [{"person": "00000000-0000-4000-8000-000000000000", "department": "dsi"}]}'), 'JN002 wrong-argument', 'a consent that says neither yes nor no');
select is (test.submit ('{}', test.instance (n1 => '-7')), 'ok', 'another filling of the same form');
select is (count (*), n, 'needed nothing new to be learned') from desk.shape, shapes group by n;

-- Seal, prints, rating.
select is (test.run ('ana', 'receipt_seal', jsonb_build_object ('receipt', a #> '{receipt,id}', 'seal', 'https://janela.example/r#first')) ->> 'seal', 'https://janela.example/r#first', 'the seal') from r;
select is (test.run ('ana', 'receipt_seal', jsonb_build_object ('receipt', a #> '{receipt,id}', 'seal', 'https://janela.example/r#second')) ->> 'seal', 'https://janela.example/r#first', 'the first one is kept') from r;
create function test.print (how text) returns text language plpgsql as $$
declare attempt uuid := gen_random_uuid (); copy text; begin
  copy := test.run ('ana', 'print_begin', (select jsonb_build_object ('receipt', a #> '{receipt,id}', 'attempt', attempt, 'medium', 'roll80', 'printer', 'p') from pg_temp.r)) ->> 'copy';
  perform test.run ('ana', 'print_end', jsonb_build_object ('attempt', attempt, 'outcome', how));
  return copy; end $$;
select is (test.print ('failed'), '0', 'the first print');
select is (test.print ('printed'), '0', 'failed, so the next is the first still');
select is (test.print ('unconfirmed'), '1', 'then a copy');
select is (test.print ('printed'), '2', 'what may have come out counts');
select is (test.run ('ana', 'visit_rate', jsonb_build_object ('visit', id, 'stars', 9)) ->> 'fault', 'JN002 wrong-argument', 'five levels') from v;
select is (test.run ('ana', 'visit_rate', jsonb_build_object ('visit', id)) ->> 'fault', 'JN002 wrong-argument', 'and none is no level') from v;
select is (test.run ('ana', 'visit_rate', jsonb_build_object ('visit', id, 'stars', 5)), '{}', 'rated') from v;
select is (test.run ('ana', 'visit_rate', jsonb_build_object ('visit', id, 'stars', 1)) ->> 'fault', 'JN001 rated-already', 'once a visit') from v;
update desk.visit set rated_at = null, event = 'death' where id = (select id from v);
select is (test.run ('ana', 'visit_rate', jsonb_build_object ('visit', id, 'stars', 5)) ->> 'fault', 'JN003 rating-excluded', 'never after a death') from v;

-- A form withdrawn.
\o /dev/null
update v set id = gen_random_uuid ();
insert into desk.visit (id, branch, day, login, opened_at) select id, '91', current_date, test.login ('ana'), now () from v;
select test.run ('adm', 'catalogue_withdraw', '{"kind": "service", "code": "fss-birth-allowance", "reason": "test"}');
select test.run ('adm', 'catalogue_withdraw', '{"kind": "service", "code": "dsi-photo", "reason": "test"}');
\o
select is (test.run ('ana', 'ticket_issue', '{"services": ["dsi-photo"]}') ->> 'fault', 'JN002 unknown-service', 'a withdrawn service is offered no more');
select is (test.submit (), 'JN005 form-not-published', 'nor is a filling of it taken, though its shape was known');
select is (test.run ('adm', 'catalogue_publish', jsonb_build_object ('kind', 'service', 'code', 'dsi-bir-first', 'version', '1', 'hash', test.form_hash ('dsi-photo1'), 'meta', '{"department": "dsi"}'::jsonb)) ->> 'fault',
           'JN001 version-taken', 'a published version never changes');
select * from finish ();
