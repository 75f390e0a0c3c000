-- receipts.sql: after the commit: the seal, the rating, and reading a visit again (prints.sql: its prints).
set role janela_owner;

create or replace function desk.receipt_in (c desk.call, args jsonb)
returns desk.receipt language plpgsql as $$
declare
  r desk.receipt;
begin
  perform desk.need_session (c);
  select * into r from desk.receipt where id = desk.want_uuid (args, 'receipt') and branch = c.branch for update;
  if not found then
    perform desk.fail ('not-found', 'no-receipt');
  end if;
  return r;
end $$;

-- The first seal is kept, so a reprint is the same to the byte.
create or replace function desk.receipt_seal (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  r desk.receipt := desk.receipt_in (c, args);
begin
  if r.seal is null then
    if desk.want (args, 'seal') !~ '^https://[^#[:space:]]+/r#[A-Za-z0-9_-]+$' or length (args ->> 'seal') > 2000 then
      perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "seal"}');
    end if;
    update desk.receipt h set seal = args ->> 'seal', sealed_at = c.at where h.id = r.id returning * into r;
    perform desk.note (c, 'receipt', r.id, 'sealed');
  end if;
  return jsonb_build_object ('seal', r.seal);
end $$;

-- Once a visit, and never after an event for which it would be cruel.
create or replace function desk.visit_rate (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  v desk.visit;
begin
  perform desk.need_session (c);
  select * into v from desk.visit where id = desk.want_uuid (args, 'visit') and branch = c.branch for update;
  if not found then
    perform desk.fail ('not-found', 'no-visit');
  elsif v.rated_at is not null then
    perform desk.fail ('conflict', 'rated-already');
  elsif desk.setting ('rating_excluded_events') ? coalesce (v.event, '') then
    perform desk.fail ('denied', 'rating-excluded');
  elsif coalesce ((args ->> 'stars')::int, 0) not between 1 and 5 then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "stars"}');
  end if;
  update desk.visit h
  set stars = (args ->> 'stars')::int, rating_reason = args ->> 'reason', rated_at = c.at where h.id = v.id;
  perform desk.note (c, 'visit', v.id, 'rated');
  return '{}';
end $$;

-- The whole visit again, for its clerk or a supervisor; a read of persons is logged like any other.
create or replace function desk.visit (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  v desk.visit;
begin
  perform desk.need_session (c);
  select * into v from desk.visit where id = desk.want_uuid (args, 'visit') and branch = c.branch;
  if not found then
    perform desk.fail ('not-found', 'no-visit');
  elsif v.submitted_at is null and v.login <> c.login and c.role <> 'supervisor' then
    perform desk.fail ('denied', 'not-your-visit');
  end if;
  perform desk.note (c, 'visit', v.id, 'read', null, jsonb_build_object (
    'ticket', v.ticket, 'persons', (select jsonb_agg (p.person) from desk.visit_person p
                                    where p.visit = v.id and p.person is not null)));
  return jsonb_build_object (
    'visit', v.id, 'event', v.event, 'services', to_jsonb (v.services),
    'ticket', (select desk.ticket_json (c, t) from desk.ticket t where t.id = v.ticket),
    'persons', (select coalesce (jsonb_agg (desk.person_json (p) order by p.id), '[]')
                from desk.visit_person p where p.visit = v.id),
    'drafts', (select coalesce (jsonb_agg (jsonb_build_object (
                 'application', d.application, 'service', d.service, 'version', d.version, 'xml', d.xml)
                 order by d.application), '[]') from desk.draft d where d.visit = v.id),
    'receipt', (select r.json || jsonb_build_object ('seal', r.seal) from desk.receipt r where r.visit = v.id));
end $$;

-- One receipt as it was answered at submit, by its number: printed again when what the paper said is kept no longer.
create or replace function desk.receipt (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  r desk.receipt;
begin
  perform desk.need_session (c);
  select * into r from desk.receipt h where h.no = desk.want (args, 'no') and h.branch = c.branch;
  if not found then
    perform desk.fail ('not-found', 'no-receipt');
  end if;
  perform desk.note (c, 'receipt', r.id, 'read');
  return jsonb_build_object (
    'receipt', r.json || jsonb_build_object ('seal', r.seal),
    'language', coalesce ((select v.language from desk.visit v where v.id = r.visit), 'zh-Hant'),
    'applications', (
      select coalesce (jsonb_agg (jsonb_build_object (
        'id', a.id, 'no', a.no, 'service', a.service, 'department', a.department, 'state', a.state,
        'pledge', case when a.due is not null then jsonb_build_object ('working_days', a.pledge_days, 'due', a.due) end,
        'fee', case when a.state = 'waiting' then 0 else a.fee end) order by a.no), '[]')
      from desk.application a where a.visit = r.visit));
end $$;

select desk.expose ('command', 'receipt_seal', '{clerk,supervisor}', true),
       desk.expose ('command', 'visit_rate', '{clerk,supervisor}', true),
       desk.expose ('query', 'receipt', '{clerk,supervisor}'),
       desk.expose ('query', 'visit', '{clerk,supervisor}');
