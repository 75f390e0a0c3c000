-- steward.sql: the server's own hands: verification of submissions.
set role janela_owner;

-- One steward a cluster: who holds this lock, until its connection ends.
create or replace function desk.steward_claim (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
begin
  return jsonb_build_object ('mine', pg_try_advisory_lock (hashtextextended ('steward', 0)));
end $$;

create or replace function desk.xml_text (value text)
returns text language sql immutable as $$
  select replace (replace (replace (value, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')
$$;

-- What the register held of the visit's persons in roles, as the facts instance of a form
-- (forms/VOCABULARY.md section 1): item with subject, kind, id, version and one element a property.
create or replace function desk.facts_xml (of_visit uuid)
returns text language sql stable as $$
  select '<root>' || coalesce (string_agg (
    '<item><subject>' || p.role || '</subject><kind>' || r.kind || '</kind><id>' || r.id || '</id><version>' || r.version || '</version>'
    || coalesce ((select string_agg (format ('<%1$s>%2$s</%1$s>', f.property, desk.xml_text (f.value)), '' order by f.property)
                  from desk.facts_of (r.id) f where f.property ~ '^[a-z][a-z0-9_]*$'), '')
    || '</item>', '' order by p.role, p.id), '') || '</root>'
  from desk.visit_person p join desk.person r on r.id = p.person
  where p.visit = of_visit and p.role ~ '^[a-z][a-z0-9_-]*$'
$$;

create or replace function desk.steward_pending (c desk.call, args jsonb)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'applications', (
      select coalesce (jsonb_agg (jsonb_build_object (
        'id', a.id, 'branch', a.branch, 'service', a.service, 'version', a.version, 'hash', a.hash, 'xml', a.xml,
        'language', a.language, 'facts_xml', desk.facts_xml (a.visit), 'fee', a.fee, 'happened_at', a.submitted_at,
        'others', (select coalesce (jsonb_agg (jsonb_build_object ('hash', o.hash, 'xml', o.xml) order by o.no), '[]')
                   from desk.application o where o.visit = a.visit and o.id <> a.id))
        order by a.submitted_at), '[]')
      from (select * from desk.application a where a.verdict is null
            order by a.submitted_at limit coalesce ((args ->> 'limit')::int, 20)) a),
    'tails', (select coalesce (jsonb_agg (jsonb_build_object ('branch', t.branch, 'unsealed', t.unsealed) order by t.branch)
                               filter (where t.unsealed > 0), '[]')
              from (select b.code as branch, desk.unsealed (b.code) as unsealed
                    from (select code from desk.branch union all select '*') b) t))
$$;

-- No department sees an application before this; a refusal goes to the supervisor's tray. The fee is
-- the steward's.
create or replace function desk.steward_verdict (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  a desk.application;
begin
  if desk.want (args, 'verdict') not in ('verified', 'refused') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "verdict"}');
  end if;
  update desk.application h
  set verdict = args ->> 'verdict', verdict_node = args ->> 'node', verdict_reason = args ->> 'reason',
      verdict_at = now (), fee = coalesce ((args ->> 'fee')::bigint, h.fee)
  where h.id = desk.want_uuid (args, 'application') and h.verdict is null returning * into a;
  if not found then
    perform desk.fail ('conflict', 'verdict-given');
  end if;
  c.branch := a.branch;
  if a.verdict = 'refused' then
    insert into desk.tray (branch, kind, subject, code, details)
    values (a.branch, 'verdict', a.id, coalesce (a.verdict_reason, 'refused'), jsonb_build_object (
      'application', a.no, 'service', a.service, 'node', a.verdict_node, 'visit', a.visit));
  end if;
  perform desk.note (c, 'application', a.id, a.verdict, a.verdict_reason,
                     jsonb_build_object ('node', a.verdict_node, 'fee', a.fee));
  return '{}';
end $$;

select desk.expose ('query', 'steward_claim', '{steward}'),
       desk.expose ('query', 'steward_pending', '{steward}'),
       desk.expose ('command', 'steward_verdict', '{steward}');
