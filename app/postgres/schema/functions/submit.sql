-- submit.sql: submit: one transaction for the visit, each application, papers, fees, consents, the
-- receipt's number and the audit. Committed first, printed after.
set role janela_owner;

-- The fees that a filling says: [{service, code, amount, confirmed}]; amounts stand as meta has its fees.
-- A blank node is not charged.
create or replace function desk.fees_said (service text, meta jsonb, amounts text[], said bigint)
returns jsonb language plpgsql immutable as $$
begin
  if jsonb_typeof (meta -> 'fees') is distinct from 'array' then
    return case when said = 0 then '[]'
                else jsonb_build_array (jsonb_build_object ('service', service, 'code', 'fee', 'amount', said, 'confirmed', true)) end;
  elsif array_to_string (amounts, '') = '' then
    return '[]';
  end if;
  return (select jsonb_agg (jsonb_build_object (
            'service', service, 'code', f ->> 'code', 'amount', amounts[n]::numeric::bigint,
            'confirmed', coalesce ((f ->> 'confirmed')::boolean, false)) order by f ->> 'code')
          from jsonb_array_elements (meta -> 'fees') with ordinality u (f, n) where amounts[n] <> '');
end $$;

-- What is charged of them: confirmed amounts only.
create or replace function desk.charged (fees jsonb)
returns bigint language plpgsql immutable as $$
begin
  return (select coalesce (sum ((f ->> 'amount')::bigint), 0) from jsonb_array_elements (fees) f
          where (f ->> 'confirmed')::boolean);
end $$;

-- The day by which the department pledges: from the branch's business day, by the one calendar.
create or replace function desk.due_day (c desk.call, pledge jsonb)
returns date language plpgsql stable as $$
begin
  if pledge ->> 'days' is null then
    return null;
  elsif pledge ->> 'kind' = 'calendar' then
    return c.day + (pledge ->> 'days')::int;
  end if;
  return desk.add_working_days (c.branch, c.day, (pledge ->> 'days')::int);
end $$;

-- One application, of so many bytes at most, against its published form. Others of this visit are not decided yet: what needs
-- one of them waits, without clock and fee.
create or replace function desk.check_application (c desk.call, app jsonb, ordinal int, together text[], most int)
returns desk.checked language plpgsql as $$
declare
  k desk.checked;
  meta jsonb;
begin
  k.id := desk.want_uuid (app, 'id');
  k.ordinal := ordinal;
  k.service := app ->> 'service';
  k.version := app ->> 'version';
  k.hash := app ->> 'hash';
  k.xml := desk.want (app, 'xml');
  select p.department, p.meta into k.department, meta from desk.publication p
  where p.kind = 'service' and p.code = k.service and p.version = k.version and p.hash = k.hash and p.withdrawn_at is null;
  if not found then
    perform desk.fail ('outdated', 'form-not-published', null, jsonb_build_object (
      'service', k.service, 'version', k.version));
  elsif octet_length (k.xml) > most then
    perform desk.fail ('rejected', 'too-large', null, jsonb_build_object ('service', k.service));
  end if;
  k.needs := desk.words (app -> 'needs');
  k.waits := k.needs && array_remove (together, k.service);
  k.fee := coalesce ((app ->> 'fee')::bigint, 0);
  k.fees := desk.fees_said (k.service, meta, desk.check_instance (k.service, k.version, k.xml), k.fee);
  if not k.waits then
    k.pledge_days := (meta #>> '{pledge,days}')::int;
    k.due := desk.due_day (c, meta -> 'pledge');
  end if;
  k.pick_up := coalesce ((meta ->> 'pick_up')::boolean, false);
  return k;
end $$;

-- The visit, submitted from now on. One that was begun offline without a slip is made here.
create or replace function desk.take_visit (c desk.call, args jsonb)
returns desk.visit language plpgsql as $$
declare
  wanted uuid := desk.want_uuid (args, 'visit');
  v desk.visit;
begin
  if c.offline_grant is not null then
    insert into desk.visit (id, branch, day, login, counter, event, services, opened_at)
    values (wanted, c.branch, c.day, c.login, c.counter, args ->> 'event',
            array (select a ->> 'service' from jsonb_array_elements (args -> 'applications') a), c.at)
    on conflict (id) do nothing;
  else
    perform desk.refuse_emergency (c.branch); -- the till is locked too; drafts stay
  end if;
  update desk.visit h set submitted_at = c.at, language = args ->> 'language'
  where h.id = wanted and h.branch = c.branch and h.submitted_at is null
    and (h.login = c.login or c.role = 'supervisor') returning * into v;
  if not found then
    perform desk.open_visit (c, args);           -- says why not
    perform desk.fail ('conflict', 'visit-submitted');
  end if;
  return v;
end $$;

-- People as they stood at submit, with the signature of the one who signed. Who came with the same document
-- before (visit_person) was looked up then; all are looked up again where one is new.
create or replace function desk.submit_persons (c desk.call, v desk.visit, args jsonb)
returns void language plpgsql as $$
declare
  list jsonb := coalesce (args -> 'persons', '[]');
  signed jsonb := args -> 'signature';
  known int;
begin
  update desk.visit_person h
  set role = p ->> 'role', capacity = coalesce (p ->> 'capacity', ''),
      signature = case when p ->> 'id' = signed ->> 'person' then signed end
  from jsonb_array_elements (list) p
  where h.id = (p ->> 'id')::uuid and h.visit = v.id
    and case jsonb_typeof (p -> 'document') when 'object' then h.document @> jsonb_strip_nulls (p -> 'document')
                                            else h.document is null end;
  get diagnostics known = row_count;
  if known < jsonb_array_length (list) then
    insert into desk.visit_person as h (id, branch, visit, role, capacity, person, document, signature)
    select (p ->> 'id')::uuid, c.branch, v.id, p ->> 'role', coalesce (p ->> 'capacity', ''), desk.person_of (n.document),
           n.document, case when p ->> 'id' = signed ->> 'person' then signed end
    from jsonb_array_elements (list) p
    cross join lateral (select desk.document_checked (p -> 'document') as document offset 0) n
    on conflict (id) do update
      set role = excluded.role, capacity = excluded.capacity, document = excluded.document, person = excluded.person,
          signature = excluded.signature
      where h.visit = excluded.visit;
  end if;
end $$;

create or replace function desk.submit_papers (c desk.call, v desk.visit, args jsonb)
returns void language plpgsql as $$
declare
  lost text;
begin
  insert into desk.paper (branch, visit, code, services, state, original, blob, source)
  select c.branch, v.id, p.code, coalesce (p.services, '{}'), p.state, coalesce (p.original, false), p.blob, p.source
  from jsonb_to_recordset (args -> 'papers') p (code text, services text[], state text, original boolean, blob text, source text);
  if args @? '$.papers[*].blob ? (@ != null)' then
    select p.blob into lost from desk.paper p
    where p.visit = v.id and p.blob is not null and not exists (select from desk.blob b where b.hash = p.blob) limit 1;
    if found then
      perform desk.fail ('rejected', 'no-blob', null, jsonb_build_object ('blob', lost));
    end if;
  end if;
end $$;

-- RECEIPT, numbered last: the number's row stays locked until the commit.
create or replace function desk.make_receipt (c desk.call, v desk.visit, apps desk.checked[], wanted uuid)
returns desk.receipt language plpgsql as $$
declare
  r desk.receipt;
  a desk.checked;
  fees jsonb := '[]';
  numbers text[] := '{}';
  year text := to_char (c.day, 'YYYY');
begin
  r.id := coalesce (wanted, gen_random_uuid ()); -- made offline it was sealed and printed under its own id
  foreach a in array apps loop
    if a.pick_up and a.due is not null then
      r.pick_up := greatest (r.pick_up, a.due);
    end if;
    if not a.waits and a.fees <> '[]' then
      fees := fees || a.fees;
    end if;
  end loop;
  r.fee := case when fees = '[]' then 0 else desk.charged (fees) end;
  r.no := coalesce (c.number, c.branch || '-' || year || '-'
                              || lpad (desk.next_number (c.branch, 'receipt', year)::text, 7, '0'));
  for n in 1 .. cardinality (apps) loop
    numbers := numbers || (r.no || '-' || n);
  end loop;
  r.json := jsonb_build_object (
    'id', r.id, 'no', r.no, 'day', c.day, 'time', c.at, 'branch', c.branch, 'counter', coalesce (c.counter, 0),
    'fee', r.fee, 'fees', fees, 'pick_up', r.pick_up, 'visit', v.id,
    'applications', numbers);
  insert into desk.receipt (id, branch, no, visit, day, at, counter, fee, pick_up, json)
  values (r.id, c.branch, r.no, v.id, c.day, c.at, coalesce (c.counter, 0), r.fee, r.pick_up, r.json);
  return r;
end $$;

-- The applications into their departments' inboxes, with their fees. Each table is written once a visit.
create or replace function desk.make_applications (c desk.call, v desk.visit, r desk.receipt, apps desk.checked[])
returns jsonb language plpgsql as $$
declare
  a desk.checked;
  answers jsonb := '[]';
begin
  insert into desk.application (id, branch, visit, no, service, department, version, hash, xml, needs, state, login,
                                day, language, fee, pledge_days, due, submitted_at)
  select k.id, c.branch, v.id, r.no || '-' || k.ordinal, k.service, k.department, k.version, k.hash, k.xml, k.needs,
         case when k.waits then 'waiting' else 'submitted' end, c.login, c.day, v.language, k.fee, k.pledge_days, k.due, c.at
  from unnest (apps) k;
  if r.json -> 'fees' <> '[]' then
    insert into desk.fee (application, branch, code, amount, confirmed)
    select k.id, c.branch, f ->> 'code', (f ->> 'amount')::bigint, (f ->> 'confirmed')::boolean
    from unnest (apps) k, jsonb_array_elements (k.fees) f where not k.waits;
  end if;
  foreach a in array apps loop
    answers := answers || jsonb_build_object (
      'id', a.id, 'no', r.no || '-' || a.ordinal, 'service', a.service, 'department', a.department,
      'state', case when a.waits then 'waiting' else 'submitted' end,
      'pledge', case when a.due is not null then jsonb_build_object ('working_days', a.pledge_days, 'due', a.due) end,
      'fee', case when a.waits then 0 else a.fee end);
  end loop;
  return answers;
end $$;

-- An event for the visit and one for each application.
create or replace function desk.note_submission (c desk.call, v desk.visit, r desk.receipt, apps desk.checked[])
returns void language plpgsql as $$
begin
  insert into desk.event (branch, kind, subject, what, actor, session_role, session, terminal, counter,
                          offline_grant, happened_at, details)
  select c.branch, e.kind, e.subject, 'submitted', c.login, c.role, c.session, c.terminal, c.counter,
         c.offline_grant, c.at, e.details
  from (select 'visit', v.id, jsonb_build_object ('receipt', r.no, 'fee', r.fee)
        union all
        select 'application', a.id, jsonb_build_object ('service', a.service, 'version', a.version, 'waits', a.waits)
        from unnest (apps) a) e (kind, subject, details);
end $$;

create or replace function desk.visit_submit (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  v desk.visit := desk.take_visit (c, args);
  list jsonb := coalesce (args -> 'applications', '[]');
  together text[] := array (select a ->> 'service' from jsonb_array_elements (list) a);
  most int := desk.setting ('instance_limit');
  apps desk.checked[] := '{}';
  r desk.receipt;
  answers jsonb;
begin
  if together = '{}' then
    perform desk.fail ('rejected', 'no-application');
  end if;
  for i in 1 .. cardinality (together) loop
    apps := apps || desk.check_application (c, list -> i - 1, i, together, most);
  end loop;
  perform desk.submit_persons (c, v, args);
  perform desk.submit_papers (c, v, args);
  insert into desk.consent (branch, visit, person, department, given, at)
  select c.branch, v.id, (k ->> 'person')::uuid, k ->> 'department', (k ->> 'given')::boolean, c.at
  from jsonb_array_elements (args -> 'consents') k;
  delete from desk.draft d where d.visit = v.id;
  r := desk.make_receipt (c, v, apps, (args ->> 'receipt')::uuid);
  answers := desk.make_applications (c, v, r, apps);
  perform desk.note_submission (c, v, r, apps);
  return jsonb_build_object ('receipt', r.json, 'applications', answers);
end $$;

select desk.expose ('command', 'visit_submit', '{clerk,supervisor}', true);
