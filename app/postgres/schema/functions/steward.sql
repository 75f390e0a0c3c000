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

-- Ids in a filled form that somebody has: of the register, or as a person of a visit. role: where he stands in
-- this visit. Who goes by the id of another would have the other's facts changed.
create or replace function desk.owners (of_visit uuid, xml text)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (jsonb_build_object ('id', m.word, 'role', (
           select p.role from desk.visit_person p
           where p.visit = of_visit and (p.id = m.id or p.person = m.id) order by p.id <> m.id limit 1))), '[]')
  from (select distinct t[1] as word, right (t[1], 36)::uuid as id
        from regexp_matches (xml, '\sid="((?:uuid:)?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12})"', 'g') t) m
  where exists (select from desk.person r where r.id = m.id) or exists (select from desk.visit_person p where p.id = m.id)
$$;

create or replace function desk.steward_pending (c desk.call, args jsonb)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'applications', (
      select coalesce (jsonb_agg (jsonb_build_object (
        'id', a.id, 'branch', a.branch, 'service', a.service, 'version', a.version, 'hash', a.hash, 'xml', a.xml,
        'language', a.language, 'facts_xml', desk.facts_xml (a.visit), 'fee', a.fee, 'happened_at', a.submitted_at,
        'owners', desk.owners (a.visit, a.xml),
        'others', (select coalesce (jsonb_agg (jsonb_build_object ('hash', o.hash, 'xml', o.xml) order by o.no), '[]')
                   from desk.application o where o.visit = a.visit and o.id <> a.id))
        order by a.submitted_at), '[]')
      from (select * from desk.application a where a.verdict is null
            order by a.submitted_at limit coalesce ((args ->> 'limit')::int, 20)) a),
    'tails', (select coalesce (jsonb_agg (jsonb_build_object ('branch', t.branch, 'unsealed', t.unsealed) order by t.branch)
                               filter (where t.unsealed > 0), '[]')
              from (select b.code as branch, desk.unsealed (b.code) as unsealed
                    from (select code from desk.branch union all select '*') b) t),
    'queue_due', desk.queue_is_due (now ()))
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
  perform desk.use_blobs (a);
  if a.verdict = 'refused' then
    insert into desk.tray (branch, kind, subject, code, details)
    values (a.branch, 'verdict', a.id, coalesce (a.verdict_reason, 'refused'), jsonb_build_object (
      'application', a.no, 'service', a.service, 'node', a.verdict_node, 'visit', a.visit));
  end if;
  perform desk.note (c, 'application', a.id, a.verdict, a.verdict_reason,
                     jsonb_build_object ('node', a.verdict_node, 'fee', a.fee));
  return '{}';
end $$;

-- Housekeeping. Shapes of forms: the newest of each service are kept; what is dropped is learned again. What papers
-- say is kept for some days (prints.sql), so is what was typed and scanned for nothing (retention.sql), pieces of blobs for one
-- (catalogue.sql). Drafts go before the blobs that they alone name.
create or replace function desk.steward_tidy (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  dropped int;
  drafts int;
begin
  delete from desk.shape h using (
    select s.code, s.version, s.tags, s.digest,
           row_number () over (partition by s.code order by s.learned_at desc) as age
    from desk.shape s) old
  where old.age > coalesce ((args ->> 'shapes')::int, 200)
    and (h.code, h.version, h.tags, h.digest) = (old.code, old.version, old.tags, old.digest);
  get diagnostics dropped = row_count;
  drafts := desk.draft_prune (c, coalesce ((args ->> 'drafts')::int, 2000));
  return jsonb_build_object (
    'shapes', dropped, 'pieces', desk.blob_prune (), 'spool', desk.spool_prune (c, coalesce ((args ->> 'spool')::int, 2000)),
    'drafts', drafts, 'blobs', desk.unused_blob_prune (c, coalesce ((args ->> 'blobs')::int, 200)));
end $$;

select desk.expose ('query', 'steward_claim', '{steward}'),
       desk.expose ('query', 'steward_pending', '{steward}'),
       desk.expose ('command', 'steward_verdict', '{steward}'),
       desk.expose ('command', 'steward_tidy', '{steward}');
