-- submit.sql: submit: one transaction for the visit, each application, papers, fees, consents, the
-- receipt's number and the audit. Committed first, printed after. It is the dearest step of the day, and what costs is
-- the start of each statement: so each table is written once, and what a form says of itself is read with its shape.
set role janela_owner;

-- The fees that a filling says: [{service, code, confirmed, amount}]. A blank node is not charged.
create or replace function desk.fees_said (service text, said bigint, pieces text[], fee_at int[], fees jsonb[])
returns jsonb language plpgsql immutable as $$
declare
  list jsonb := '[]';
  amount text;
begin
  if fee_at is null then
    return case when said = 0 then list
                else jsonb_build_array (jsonb_build_object ('service', service, 'code', 'fee', 'amount', said, 'confirmed', true)) end;
  end if;
  for n in 1 .. cardinality (fee_at) loop
    amount := substr (pieces[fee_at[n]], strpos (pieces[fee_at[n]], '>') + 1);
    if amount <> '' then
      list := list || (fees[n] || jsonb_build_object ('amount', amount::numeric::bigint));
    end if;
  end loop;
  return list;
end $$;

-- What is charged of them: confirmed amounts only.
create or replace function desk.charged (fees jsonb)
returns bigint language plpgsql immutable as $$
begin
  if fees @> '[{"confirmed": true}]' then
    return (select sum ((f ->> 'amount')::bigint) from jsonb_array_elements (fees) f where (f ->> 'confirmed')::boolean);
  end if;
  return 0;
end $$;

-- The day by which the department pledges: from the branch's business day, by the one calendar.
create or replace function desk.due_day (c desk.call, days int, kind text)
returns date language plpgsql stable as $$
begin
  return case when kind = 'calendar' then c.day + days
              when days is not null then desk.add_working_days (c.branch, c.day, days) end;
end $$;

-- One application, of so many bytes at most, against its published form. A document has a known shape where it has as
-- many "<" and is like its pattern; what is not known as it came is made plain and walked. Others of this visit are
-- not decided yet: what needs one of them waits, without clock and fee.
create or replace function desk.check_application (c desk.call, a desk.sent, ordinal int, together jsonb, most int)
returns desk.checked language plpgsql as $$
declare
  s desk.shape;
  pieces text[] := string_to_array (a.xml, '<');
  needs text[] := coalesce (a.needs, '{}');
  waits boolean := (together - a.service) ?| needs;
  fee bigint := coalesce (a.fee, 0);
  checked int;
begin
  if a.id is null or coalesce (a.xml, '') = '' then
    perform desk.fail ('rejected', 'missing-argument', null, jsonb_build_object ('name', case when a.id is null then 'id' else 'xml' end));
  elsif octet_length (a.xml) > most then
    perform desk.fail ('rejected', 'too-large', null, jsonb_build_object ('service', a.service));
  end if;
  select h.* into s from desk.shape h
  where h.code = a.service and h.version = a.version and h.tags = cardinality (pieces) - 1 and h.hash = a.hash
    and a.xml like h.pattern limit 1;
  if not found then
    a.xml := desk.plain_xml (a.xml);
    pieces := string_to_array (a.xml, '<');
    s := desk.learn_shape (a);
    if s.code is null then
      perform desk.fail ('outdated', 'form-not-published', null, jsonb_build_object ('service', a.service, 'version', a.version));
    end if;
  end if;
  checked := desk.check_values (a.service, pieces, s.marked_at, s.choice_at, s.choices, s.typed_at, s.types);
  return row (a.id, ordinal, a.service, s.department, a.version, a.hash, a.xml, needs, waits, fee,
              case when waits then '[]' else desk.fees_said (a.service, fee, pieces, s.fee_at, s.fees) end,
              case when not waits then s.pledge_days end,
              case when not waits then desk.due_day (c, s.pledge_days, s.pledge_kind) end, s.pick_up)::desk.checked;
end $$;

create or replace function desk.check_applications (c desk.call, list jsonb)
returns desk.checked[] language plpgsql as $$
declare
  apps desk.checked[] := '{}';
  together jsonb := jsonb_path_query_array (list, '$[*].service');
  most int := desk.setting ('instance_limit');
begin
  for n in 1 .. jsonb_array_length (list) loop
    apps := apps || desk.check_application (c, jsonb_populate_record (null::desk.sent, list -> n - 1), n, together, most);
  end loop;
  if apps = '{}' then
    perform desk.fail ('rejected', 'no-application');
  end if;
  return apps;
end $$;

-- The visit, submitted from now on. One that was begun offline without a slip is made here. In an emergency the till
-- is locked too; drafts stay.
create or replace function desk.take_visit (c desk.call, args jsonb)
returns uuid language plpgsql as $$
declare
  wanted uuid := desk.want_uuid (args, 'visit');
begin
  if c.offline_grant is not null then
    insert into desk.visit (id, branch, day, login, counter, event, services, opened_at)
    values (wanted, c.branch, c.day, c.login, c.counter, args ->> 'event',
            array (select a ->> 'service' from jsonb_array_elements (args -> 'applications') a), c.at)
    on conflict (id) do nothing;
  end if;
  update desk.visit h
  set submitted_at = c.at, language = args ->> 'language', papers = desk.papers_checked (coalesce (args -> 'papers', '[]')),
      consents = desk.consents_checked (coalesce (args -> 'consents', '[]')), signature = desk.signature_checked (args -> 'signature')
  where h.id = wanted and h.branch = c.branch and h.submitted_at is null
    and (h.login = c.login or c.role = 'supervisor')
    and (c.offline_grant is not null
         or not exists (select from desk.emergency e where e.branch = c.branch and e.ended_at is null));
  if not found then                              -- and why not
    if c.offline_grant is null then
      perform desk.refuse_emergency (c.branch);
    end if;
    perform desk.open_visit (c, args);
    perform desk.fail ('conflict', 'visit-submitted');
  end if;
  return wanted;
end $$;

-- People as they stand at submit. Who came in the same role with the same document before (visit_person) was looked up
-- then; all are looked up again where one is new or another.
create or replace function desk.submit_persons (c desk.call, of_visit uuid, list jsonb)
returns int language plpgsql as $$
declare
  known int;
begin
  select count (*) into known
  from jsonb_to_recordset (list) p (id uuid, role text, capacity text, document jsonb)
  join desk.visit_person h on h.id = p.id
  where h.visit = of_visit and h.role = p.role and h.capacity = coalesce (p.capacity, '')
    and coalesce (h.document, 'null') @> jsonb_strip_nulls (coalesce (p.document, 'null'));
  if known < jsonb_array_length (list) then
    insert into desk.visit_person as h (id, branch, visit, role, capacity, person, document)
    select (p ->> 'id')::uuid, c.branch, of_visit, p ->> 'role', coalesce (p ->> 'capacity', ''), desk.person_of (n.document), n.document
    from jsonb_array_elements (list) p
    cross join lateral (select desk.document_checked (p -> 'document') as document offset 0) n
    on conflict (id) do update
      set role = excluded.role, capacity = excluded.capacity, document = excluded.document, person = excluded.person
      where h.visit = excluded.visit;
  end if;
  return known;
end $$;

-- A blob that is named has come before.
create or replace function desk.need_blob (wanted jsonb)
returns void language plpgsql as $$
begin
  if not exists (select from desk.blob b where b.hash = wanted #>> '{}') then
    perform desk.fail ('rejected', 'no-blob', null, jsonb_build_object ('blob', wanted));
  end if;
end $$;

-- The signature as it is kept: where it was drawn, the strokes have come.
create or replace function desk.signature_checked (signature jsonb)
returns jsonb language plpgsql as $$
begin
  if signature ->> 'blob' is not null then
    perform desk.need_blob (signature -> 'blob');
  end if;
  return signature;
end $$;

-- Papers as they are kept: each once, in a state that there is, and with a blob that has come.
create or replace function desk.papers_checked (list jsonb)
returns jsonb language plpgsql as $$
declare
  codes text[] := '{}';
  p jsonb;
begin
  for n in 1 .. jsonb_array_length (list) loop
    p := list -> n - 1;
    if coalesce (p ->> 'state' <> all ('{presented,scanned,qr,held,fetched,missing}') or p ->> 'code' = any (codes), true) then
      perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "papers"}');
    elsif p ->> 'blob' is not null then
      perform desk.need_blob (p -> 'blob');
    end if;
    codes := codes || (p ->> 'code');
  end loop;
  return list;
end $$;

-- Consents as they are kept: who has agreed, or not, that a department gets his data.
create or replace function desk.consents_checked (list jsonb)
returns jsonb language plpgsql immutable as $$
declare
  seen text[] := '{}';
  k jsonb;
  one text;
begin
  for n in 1 .. jsonb_array_length (list) loop
    k := list -> n - 1;
    one := (k ->> 'person')::uuid || ' ' || (k ->> 'department');
    if one is null or one = any (seen) or jsonb_typeof (k -> 'given') is distinct from 'boolean' then
      perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "consents"}');
    end if;
    seen := seen || one;
  end loop;
  return list;
end $$;

-- RECEIPT, numbered last: the number's row stays locked until the commit.
create or replace function desk.make_receipt (c desk.call, of_visit uuid, apps desk.checked[], wanted uuid)
returns jsonb language plpgsql as $$
declare
  id uuid := coalesce (wanted, gen_random_uuid ()); -- made offline it was sealed and printed under its own id
  a desk.checked;
  pick_up date;
  fees jsonb := '[]';
  fee bigint;
  year text := extract (year from c.day);
  no text;
  numbers text[] := '{}';
  answer jsonb;
begin
  foreach a in array apps loop
    if a.pick_up then
      pick_up := greatest (pick_up, a.due);
    end if;
    fees := fees || a.fees;
  end loop;
  fee := desk.charged (fees);
  no := coalesce (c.number, c.branch || '-' || year || '-' || lpad (desk.next_number (c.branch, 'receipt', year)::text, 7, '0'));
  for n in 1 .. cardinality (apps) loop
    numbers := numbers || (no || '-' || n);
  end loop;
  answer := jsonb_build_object (
    'id', id, 'no', no, 'day', c.day, 'time', c.at, 'branch', c.branch, 'counter', coalesce (c.counter, 0),
    'fee', fee, 'fees', fees, 'pick_up', pick_up, 'visit', of_visit, 'applications', numbers);
  insert into desk.receipt (id, branch, no, visit, day, at, counter, fee, pick_up, json)
  values (id, c.branch, no, of_visit, c.day, c.at, coalesce (c.counter, 0), fee, pick_up, answer);
  return answer;
end $$;

-- The applications into their departments' inboxes, with their fees. Each table is written once a visit.
create or replace function desk.make_applications (c desk.call, of_visit uuid, of_language text, no text, apps desk.checked[])
returns jsonb language plpgsql as $$
declare
  a desk.checked;
  answers jsonb := '[]';
begin
  insert into desk.application (id, branch, visit, no, service, department, version, hash, xml, needs, state, login,
                                day, language, fee, fees, pledge_days, due, submitted_at)
  select k.id, c.branch, of_visit, no || '-' || k.ordinal, k.service, k.department, k.version, k.hash, k.xml, k.needs,
         case when k.waits then 'waiting' else 'submitted' end, c.login, c.day, of_language, k.fee, k.fees, k.pledge_days, k.due, c.at
  from unnest (apps) k;
  foreach a in array apps loop
    answers := answers || jsonb_build_object (
      'id', a.id, 'no', no || '-' || a.ordinal, 'service', a.service, 'department', a.department,
      'state', case when a.waits then 'waiting' else 'submitted' end,
      'pledge', case when a.due is not null then jsonb_build_object ('working_days', a.pledge_days, 'due', a.due) end,
      'fee', case when a.waits then 0 else a.fee end);
  end loop;
  return answers;
end $$;

-- An event for the visit and one for each application.
create or replace function desk.note_submission (c desk.call, of_visit uuid, no text, fee jsonb, apps desk.checked[])
returns int language plpgsql as $$
declare
  n int;
begin
  insert into desk.event (branch, kind, subject, what, actor, session_role, session, terminal, counter,
                          offline_grant, happened_at, details)
  select c.branch, e.kind, e.subject, 'submitted', c.login, c.role, c.session, c.terminal, c.counter,
         c.offline_grant, c.at, e.details
  from (select 'visit', of_visit, jsonb_build_object ('receipt', no, 'fee', fee)
        union all
        select 'application', a.id, jsonb_build_object ('service', a.service, 'version', a.version, 'waits', a.waits)
        from unnest (apps) a) e (kind, subject, details);
  get diagnostics n = row_count;
  return n;
end $$;

-- It runs as janela_submit (070-submit.sql), for the branch that the frame has said (desk.stand), with the search_path of its door.
create or replace function desk.visit_submit (c desk.call, args jsonb)
returns jsonb language plpgsql security definer set plan_cache_mode = force_generic_plan as $$
declare
  of_visit uuid := desk.take_visit (c, args);
  apps desk.checked[] := desk.check_applications (c, coalesce (args -> 'applications', '[]'));
  persons int := desk.submit_persons (c, of_visit, coalesce (args -> 'persons', '[]'));
  receipt jsonb;
  answers jsonb;
  events int;
begin
  delete from desk.draft d where d.visit = of_visit;
  receipt := desk.make_receipt (c, of_visit, apps, (args ->> 'receipt')::uuid);
  answers := desk.make_applications (c, of_visit, args ->> 'language', receipt ->> 'no', apps);
  events := desk.note_submission (c, of_visit, receipt ->> 'no', receipt -> 'fee', apps);
  return jsonb_build_object ('receipt', receipt, 'applications', answers);
end $$;

grant create on schema desk to janela_submit;    -- an owner must be allowed to create; for this one line
alter function desk.visit_submit (desk.call, jsonb) owner to janela_submit;
revoke create on schema desk from janela_submit;

select desk.expose ('command', 'visit_submit', '{clerk,supervisor}', true);
