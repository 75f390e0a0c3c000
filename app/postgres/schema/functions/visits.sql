-- visits.sql: a visit has people in roles, each with a document, a capacity and a signature of his
-- own; drafts are kept here at each field, not only on the terminal.
set role janela_owner;

-- At the desk: the way is over, the service begins, and the visit is opened. Offline, the slip was
-- scanned and the visit's id was made there; the ticket may still stand as waiting.
create or replace function desk.ticket_arrive (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket;
  v desk.visit;
  made uuid := (args ->> 'visit')::uuid;         -- offline
begin
  if c.offline_grant is not null then
    t := desk.ticket_in (c, args, 'called', 'waiting');
  else
    t := desk.ticket_in (c, args, 'called');
  end if;
  if exists (select from desk.visit h where h.id = made and h.id is distinct from t.visit and h.ticket is distinct from t.id) then
    perform desk.fail ('denied', 'not-your-visit');
  end if;
  v.id := coalesce (made, t.visit,
                    (select h.id from desk.visit h where h.ticket = t.id and h.submitted_at is null limit 1), gen_random_uuid ());
  t := desk.ticket_do (c, t, 'arrived', null, jsonb_build_object ('visit', v.id));
  insert into desk.visit (id, branch, day, ticket, login, counter, event, services, opened_at)
  values (v.id, c.branch, c.day, t.id, c.login, c.counter, t.event, t.services, c.at)
  on conflict (id) do update set login = excluded.login, counter = excluded.counter, ticket = excluded.ticket;
  return jsonb_build_object ('ticket', desk.ticket_json (c, t), 'visit', v.id);
end $$;

-- The visit named in the arguments, locked, not yet submitted, and of this clerk.
create or replace function desk.open_visit (c desk.call, args jsonb)
returns desk.visit language plpgsql as $$
declare
  v desk.visit;
begin
  perform desk.need_session (c);
  select * into v from desk.visit where id = desk.want_uuid (args, 'visit') and branch = c.branch for update;
  if not found then
    perform desk.fail ('not-found', 'no-visit');
  elsif v.submitted_at is not null then
    perform desk.fail ('conflict', 'visit-submitted');
  elsif v.login <> c.login and c.role <> 'supervisor' then
    perform desk.fail ('denied', 'not-your-visit');
  end if;
  return v;
end $$;

-- PERSON: with what is known, and the name from it.
create or replace function desk.person_json (p desk.visit_person)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'id', p.id, 'role', p.role, 'capacity', p.capacity, 'document', p.document, 'known', p.person is not null,
    'name', case when p.person is not null then
      (select nullif (jsonb_strip_nulls (jsonb_build_object (
                'zh', max (f.value) filter (where f.property = 'name_zh'),
                'latin', nullif (concat_ws (' ', max (f.value) filter (where f.property = 'surname_latin'),
                                                 max (f.value) filter (where f.property = 'given_latin')), ''))), '{}')
       from desk.facts_of (p.person) f) end,
    'facts', (select coalesce (jsonb_agg (jsonb_build_object (
                'property', f.property, 'value', f.value, 'source', f.source, 'as_of', f.as_of,
                'grade', f.grade, 'basis', p.basis) order by f.property), '[]')
              from desk.facts_of (p.person) f))
$$;

-- Look the document up and log the read: person, ticket, basis and which properties, never values.
create or replace function desk.visit_person (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  v desk.visit := desk.open_visit (c, args);
  document jsonb := desk.document_checked (args -> 'document');
  p desk.visit_person;
begin
  insert into desk.visit_person as h (id, branch, visit, role, capacity, person, document, basis)
  select desk.want_uuid (args, 'person'), c.branch, v.id, desk.want (args, 'role'), coalesce (args ->> 'capacity', ''),
         desk.person_of (document), document, coalesce (args ->> 'basis', '')
  on conflict (id) do update
    set role = excluded.role, capacity = excluded.capacity, person = excluded.person,
        document = excluded.document, basis = excluded.basis
    where h.visit = excluded.visit
  returning * into p;
  if p.id is null then
    perform desk.fail ('conflict', 'person-of-another-visit');
  elsif p.person is not null and p.basis = '' then
    perform desk.fail ('rejected', 'missing-argument', null, '{"name": "basis"}');
  end if;
  if p.person is not null then
    perform desk.note (c, 'person', p.person, 'read', null, jsonb_build_object (
      'visit', v.id, 'ticket', v.ticket, 'role', p.role, 'basis', p.basis,
      'properties', (select coalesce (jsonb_agg (f.property order by f.property), '[]') from desk.facts_of (p.person) f)));
  end if;
  return desk.person_json (p);
end $$;

-- The visit's ticket first, as who takes it over locks it: each would wait for the other.
create or replace function desk.lock_visit_ticket (c desk.call, of_visit uuid)
returns void language sql as $$
  select from desk.ticket t where t.id = (select v.ticket from desk.visit v where v.id = of_visit and v.branch = c.branch) for update
$$;

create or replace function desk.visit_bundle (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  locked text := desk.lock_visit_ticket (c, desk.want_uuid (args, 'visit'));
  v desk.visit := desk.open_visit (c, args);
  chosen text[] := desk.words (args -> 'services');
  t desk.ticket;
begin
  if exists (select unnest (chosen) except select code from desk.service) then
    perform desk.fail ('rejected', 'unknown-service');
  end if;
  update desk.visit h set event = args ->> 'event', services = chosen where h.id = v.id;
  perform desk.note (c, 'visit', v.id, 'chosen', null,
                     jsonb_build_object ('event', args ->> 'event', 'services', chosen));
  select * into t from desk.ticket h where h.id = v.ticket and h.state in ('serving', 'held') for update;
  if not found or chosen = '{}' then
    return '{}';
  end if;
  return jsonb_build_object ('ticket', desk.ticket_json (c, desk.ticket_follow (c, t, chosen)));
end $$;

-- No event: a draft is typing, not a step. Only its own visit and clerk see it. What comes on the line comes in order, whatever
-- the terminal's clock says, which each connection measures anew; what was typed offline may come after what was typed later.
create or replace function desk.draft_save (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  wanted uuid := desk.want_uuid (args, 'visit');
  v desk.visit;
begin
  if c.offline_grant is not null
     and exists (select from desk.visit h where h.id = wanted and h.branch = c.branch and h.submitted_at is not null) then
    return jsonb_build_object ('saved_at', c.at);  -- kept while the submission was on its way, which has it
  end if;
  v := desk.open_visit (c, args);
  if length (args ->> 'xml') > (desk.setting ('instance_limit'))::int then
    perform desk.fail ('rejected', 'too-large');
  end if;
  insert into desk.draft as h (application, branch, visit, service, version, xml, login, saved_at)
  values (desk.want_uuid (args, 'application'), c.branch, v.id, desk.want (args, 'service'),
          desk.want (args, 'version'), desk.want (args, 'xml'), c.login, c.at)
  on conflict (application) do update
    set xml = excluded.xml, version = excluded.version, login = excluded.login, saved_at = greatest (h.saved_at, excluded.saved_at)
    where h.visit = excluded.visit and (c.offline_grant is null or h.saved_at <= excluded.saved_at);
  return jsonb_build_object ('saved_at', c.at);
end $$;

select desk.expose ('command', 'ticket_arrive', '{clerk,supervisor}', true),
       desk.expose ('command', 'visit_person', '{clerk,supervisor}', true),
       desk.expose ('command', 'visit_bundle', '{clerk,supervisor}', true),
       desk.expose ('command', 'draft_save', '{clerk,supervisor}', true);
