-- submit.sql: submit: one transaction for the visit, each application, papers, fees, consents, the
-- receipt's number and the audit. Committed first, printed after.
set role janela_owner;

-- The fees that a filling says: [{service, code, amount, confirmed}]. A blank node is not charged.
create or replace function desk.fees_said (service text, meta jsonb, amounts jsonb, said bigint)
returns jsonb language plpgsql immutable as $$
begin
  if jsonb_typeof (meta -> 'fees') is distinct from 'array' then
    return case when coalesce (said, 0) = 0 then '[]'
                else jsonb_build_array (jsonb_build_object ('service', service, 'code', 'fee', 'amount', said, 'confirmed', true)) end;
  elsif amounts = '{}' then
    return '[]';
  end if;
  return (select coalesce (jsonb_agg (jsonb_build_object (
            'service', service, 'code', f ->> 'code', 'amount', (amounts ->> (f ->> 'ref'))::numeric::bigint,
            'confirmed', coalesce ((f ->> 'confirmed')::boolean, false)) order by f ->> 'code'), '[]')
          from jsonb_array_elements (meta -> 'fees') f where amounts ? (f ->> 'ref'));
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

-- One application against its published form. Others of this visit are not decided yet: what needs
-- one of them waits, without clock and fee.
create or replace function desk.check_application (c desk.call, app jsonb, ordinal int, together text[])
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
  elsif octet_length (k.xml) > (desk.setting ('instance_limit'))::int then
    perform desk.fail ('rejected', 'too-large', null, jsonb_build_object ('service', k.service));
  end if;
  k.needs := desk.words (app -> 'needs');
  k.waits := k.needs && array_remove (together, k.service);
  k.fee := coalesce ((app ->> 'fee')::bigint, 0);
  k.fees := desk.fees_said (k.service, meta, desk.check_instance (
    k.service, k.version, k.xml, desk.words (meta -> 'fee_refs')), k.fee);
  if not k.waits then
    k.pledge_days := (meta #>> '{pledge,days}')::int;
    k.due := desk.due_day (c, meta -> 'pledge');
  end if;
  k.pick_up := coalesce ((meta ->> 'pick_up')::boolean, false);
  return k;
end $$;

-- The visit to be submitted. One that was begun offline without a slip is made here.
create or replace function desk.visit_to_submit (c desk.call, args jsonb)
returns desk.visit language plpgsql as $$
begin
  if c.offline_grant is not null then
    insert into desk.visit (id, branch, day, login, counter, event, services, opened_at)
    values (desk.want_uuid (args, 'visit'), c.branch, c.day, c.login, c.counter, args ->> 'event',
            array (select a ->> 'service' from jsonb_array_elements (args -> 'applications') a), c.at)
    on conflict (id) do nothing;
  else
    perform desk.refuse_emergency (c.branch); -- the till is locked too; drafts stay
  end if;
  return desk.open_visit (c, args);
end $$;

-- People as they stood at submit, with the signature of the one who signed.
create or replace function desk.submit_persons (c desk.call, v desk.visit, args jsonb)
returns void language plpgsql as $$
begin
  insert into desk.visit_person as h (id, branch, visit, role, capacity, person, document, signature)
  select (p ->> 'id')::uuid, c.branch, v.id, p ->> 'role', coalesce (p ->> 'capacity', ''), d.person,
         n.document, case when p ->> 'id' = args #>> '{signature,person}' then args -> 'signature' end
  from jsonb_array_elements (args -> 'persons') p
  cross join lateral (select desk.document_checked (p -> 'document') as document) n
  left join desk.document d on d.kind = n.document ->> 'kind' and d.issuer = n.document ->> 'issuer'
                           and d.number = n.document ->> 'number'
  on conflict (id) do update
    set role = excluded.role, capacity = excluded.capacity, document = excluded.document, person = excluded.person,
        signature = excluded.signature
    where h.visit = excluded.visit;
end $$;

create or replace function desk.submit_papers (c desk.call, v desk.visit, args jsonb)
returns void language plpgsql as $$
declare
  lost text;
begin
  insert into desk.paper (branch, visit, code, services, state, original, blob, source)
  select c.branch, v.id, p ->> 'code', desk.words (p -> 'services'), p ->> 'state',
         coalesce ((p ->> 'original')::boolean, false), p ->> 'blob', p ->> 'source'
  from jsonb_array_elements (args -> 'papers') p;
  if args @? '$.papers[*].blob ? (@ != null)' then
    select p ->> 'blob' into lost from jsonb_array_elements (args -> 'papers') p
    where p ->> 'blob' is not null and not exists (select from desk.blob b where b.hash = p ->> 'blob') limit 1;
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
  f jsonb;
  fees jsonb := '[]';
  numbers jsonb := '[]';
  year text := to_char (c.day, 'YYYY');
begin
  r.id := coalesce (wanted, gen_random_uuid ()); -- made offline it was sealed and printed under its own id
  r.fee := 0;
  foreach a in array apps loop
    if a.pick_up and a.due is not null then
      r.pick_up := greatest (r.pick_up, a.due);
    end if;
    if not a.waits and a.fees <> '[]' then
      fees := fees || a.fees;
    end if;
  end loop;
  for f in select jsonb_array_elements (fees) loop
    if (f ->> 'confirmed')::boolean then
      r.fee := r.fee + (f ->> 'amount')::bigint;
    end if;
  end loop;
  r.no := coalesce (c.number, c.branch || '-' || year || '-'
                              || lpad (desk.next_number (c.branch, 'receipt', year)::text, 7, '0'));
  foreach a in array apps loop
    numbers := numbers || to_jsonb (r.no || '-' || a.ordinal);
  end loop;
  r.json := jsonb_build_object (
    'id', r.id, 'no', r.no, 'day', c.day, 'time', c.at, 'branch', c.branch, 'counter', coalesce (c.counter, 0),
    'fee', r.fee, 'fees', fees, 'pick_up', r.pick_up, 'visit', v.id, 'applications', numbers);
  insert into desk.receipt (id, branch, no, visit, day, at, counter, fee, pick_up, json)
  values (r.id, c.branch, r.no, v.id, c.day, c.at, coalesce (c.counter, 0), r.fee, r.pick_up, r.json);
  return r;
end $$;

-- One application into its department's inbox, with its fees and its event.
create or replace function desk.make_application (c desk.call, v desk.visit, no text, language text, a desk.checked)
returns jsonb language plpgsql as $$
declare
  state text := case when a.waits then 'waiting' else 'submitted' end;
begin
  insert into desk.application (id, branch, visit, no, service, department, version, hash, xml, needs, state, login,
                                day, language, fee, pledge_days, due, submitted_at)
  values (a.id, c.branch, v.id, no, a.service, a.department, a.version, a.hash, a.xml, a.needs, state, c.login, c.day,
          language, a.fee, a.pledge_days, a.due, c.at);
  if not a.waits and a.fees <> '[]' then
    insert into desk.fee (application, branch, code, amount, confirmed)
    select a.id, c.branch, f ->> 'code', (f ->> 'amount')::bigint, (f ->> 'confirmed')::boolean
    from jsonb_array_elements (a.fees) f;
  end if;
  perform desk.note (c, 'application', a.id, 'submitted', null,
                     jsonb_build_object ('service', a.service, 'version', a.version, 'waits', a.waits));
  return jsonb_build_object (
    'id', a.id, 'no', no, 'service', a.service, 'department', a.department, 'state', state,
    'pledge', case when a.due is not null then jsonb_build_object ('working_days', a.pledge_days, 'due', a.due) end,
    'fee', case when a.waits then 0 else a.fee end);
end $$;

create or replace function desk.visit_submit (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  v desk.visit := desk.visit_to_submit (c, args);
  list jsonb[] := array (select jsonb_array_elements (args -> 'applications'));
  together text[] := '{}';
  apps desk.checked[] := '{}';
  app jsonb;
  a desk.checked;
  r desk.receipt;
  answers jsonb := '[]';
begin
  if list = '{}' then
    perform desk.fail ('rejected', 'no-application');
  end if;
  foreach app in array list loop
    together := together || (app ->> 'service');
  end loop;
  foreach app in array list loop
    apps := apps || desk.check_application (c, app, cardinality (apps) + 1, together);
  end loop;
  perform desk.submit_persons (c, v, args);
  perform desk.submit_papers (c, v, args);
  insert into desk.consent (branch, visit, person, department, given, at)
  select c.branch, v.id, (k ->> 'person')::uuid, k ->> 'department', (k ->> 'given')::boolean, c.at
  from jsonb_array_elements (args -> 'consents') k;
  update desk.visit h set submitted_at = c.at, language = args ->> 'language' where h.id = v.id;
  delete from desk.draft d where d.visit = v.id;
  r := desk.make_receipt (c, v, apps, (args ->> 'receipt')::uuid);
  perform desk.note (c, 'visit', v.id, 'submitted', null, jsonb_build_object ('receipt', r.no, 'fee', r.fee));
  foreach a in array apps loop
    answers := answers || desk.make_application (c, v, r.no || '-' || a.ordinal, args ->> 'language', a);
  end loop;
  return jsonb_build_object ('receipt', r.json, 'applications', answers);
end $$;

select desk.expose ('command', 'visit_submit', '{clerk,supervisor}', true);
