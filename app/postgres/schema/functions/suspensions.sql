-- suspensions.sql: a service that cannot be given for a while, because a department's system is down: who
-- waits for it chooses, and the pledges of what was applied for are flagged. It stays in the catalogue.
set role janela_owner;

create or replace function desk.suspension_json (s desk.suspension)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'id', s.id, 'branch', s.branch, 'reason', s.reason, 'since', s.since, 'until', s.until, 'lifted', s.lifted_at, 'login', s.login,
    'services', (select jsonb_agg (replace (replace (p, '\_', '_'), '%', '*')) from unnest (s.services) p))
$$;

create or replace function desk.suspensions_json (at_branch text)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (desk.suspension_json (s) order by s.since), '[]')
  from desk.suspension s where s.branch in (at_branch, '*') and s.lifted_at is null
$$;

create or replace function desk.suspensions (c desk.call, args jsonb)
returns jsonb language sql stable as $$
  select jsonb_build_object ('suspensions', desk.suspensions_json (coalesce (c.branch, '*')))
$$;

-- A department speaks for its own services, everywhere; a supervisor for his branch.
create or replace function desk.service_suspend (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  s desk.suspension;
  named text[] := array (select desk.pattern (p) from unnest (desk.words (args -> 'services')) p);
  own text := desk.my_department ();
begin
  if named = '{}' then
    perform desk.fail ('rejected', 'missing-argument', null, '{"name": "services"}');
  elsif c.session is null and exists (select from desk.service v, unnest (named) p (pattern)
                                      where v.code like p.pattern and lower (v.department) is distinct from own) then
    perform desk.fail ('denied', 'not-your-department');
  elsif not exists (select from desk.service v, unnest (named) p (pattern) where v.code like p.pattern) then
    perform desk.fail ('rejected', 'unknown-service', null, jsonb_build_object ('services', args -> 'services'));
  end if;
  insert into desk.suspension (branch, services, reason, login, since, until)
  values (case when c.session is null then '*' else c.branch end, named, desk.want (args, 'reason'), c.login, c.at,
          desk.valid (args, 'until', 'timestamptz')::timestamptz)
  returning * into s;
  perform desk.note (c, 'suspension', s.id, 'suspended', s.reason, jsonb_build_object ('services', args -> 'services', 'until', s.until));
  return desk.suspension_json (s);
end $$;

-- What a department suspended any of its officers lifts: who did it may be at home. As the owner, for each sees his own only.
create or replace function desk.lift_everywhere (of_suspension uuid, at timestamptz)
returns desk.suspension language sql security definer set search_path = pg_catalog, desk, pg_temp as $$
  update desk.suspension h set lifted_at = lift_everywhere.at
  where h.id = of_suspension and h.branch = '*' and h.lifted_at is null
    and exists (select from desk.staff s where s.login = h.login and lower (s.department) = desk.my_department ())
  returning h.*
$$;

create or replace function desk.service_resume (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  s desk.suspension;
begin
  if c.session is null then
    s := desk.lift_everywhere (desk.want_uuid (args, 'id'), c.at);
  else
    update desk.suspension h set lifted_at = c.at
    where h.id = desk.want_uuid (args, 'id') and h.lifted_at is null and h.branch = c.branch
    returning * into s;
  end if;
  if s.id is null then
    perform desk.fail ('not-found', 'no-suspension');
  end if;
  perform desk.note (c, 'suspension', s.id, 'resumed', args ->> 'reason');
  return desk.suspension_json (s);
end $$;

-- Whose service is suspended may wait, leave papers with a clerk who knows it, be called back, or book.
create or replace function desk.ticket_choose (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  t desk.ticket := desk.ticket_in (c, args, 'waiting');
  choice text := desk.want (args, 'choice');
  rest desk.ticket := t;                         -- for what is not done yet
  a desk.appointment;
begin
  rest.services := desk.services_left (t);
  if desk.suspended_of (c.branch, rest.services) = '{}' then
    perform desk.fail ('conflict', 'not-suspended');
  end if;
  case choice
    when 'wait' then
      null;
    when 'leave-papers' then
      t := desk.ticket_do (c, t, 'papers-left', args ->> 'reason');
    when 'call-back' then
      t := desk.call_back (c, t, desk.want (args, 'contact'));
    when 'rebook' then
      a := desk.appointment_put (c, rest, desk.want_slot (args), args ->> 'contact');
      t := desk.ticket_do (c, t, 'cancelled', 'suspended', jsonb_build_object ('choice', choice, 'appointment', a.id));
    else
      perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "choice"}');
  end case;
  return desk.ticket_json (c, t) || jsonb_build_object ('appointment', case when a.id is not null then desk.appointment_json (a) end);
end $$;

-- He goes home; the number stays open as work by phone, for a clerk who calls him when the service is back.
create or replace function desk.call_back (c desk.call, t desk.ticket, contact text)
returns desk.ticket language plpgsql as $$
declare
  how desk.ticket;
  n desk.ticket;
begin
  t := desk.ticket_do (c, t, 'cancelled', 'suspended', '{"choice": "call-back"}');
  t.note := concat_ws (' ', nullif (t.note, ''), contact);
  t.channel := 'phone';
  how.state := 'waiting';
  n := desk.next_leg (c, t, desk.services_left (t), how);
  return n;
end $$;

-- ---- whom it concerns ----

-- The services that cannot be given now, each with the suspension that says so; of a department, everywhere.
create or replace function desk.suspended_services (c desk.call)
returns table (code text, suspension desk.suspension) language sql stable as $$
  select distinct on (p.code) p.code, s
  from desk.suspension s
  join desk.publication p on p.kind = 'service' and p.code like any (s.services)
  where s.lifted_at is null and s.branch in (coalesce (c.branch, '*'), '*')
  order by p.code, s.since
$$;

-- Applied for and not decided yet, while the department cannot work on it: the pledge still runs, and says so.
-- What is withdrawn from the catalogue meanwhile has its applications all the same.
create or replace function desk.flagged_pledges (c desk.call)
returns table (application desk.application, suspension desk.suspension) language sql stable as $$
  select a, x.suspension
  from desk.suspended_services (c) x
  join desk.application a on a.service = x.code and a.state <> 'decided'
  where c.branch is null or a.branch = c.branch
$$;

create or replace function desk.pledge_json (a desk.application, s desk.suspension)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'application', a.id, 'no', a.no, 'branch', a.branch, 'service', a.service, 'department', a.department, 'state', a.state,
    'submitted', a.submitted_at, 'working_days', a.pledge_days, 'due', a.due,
    'suspended', jsonb_build_object ('suspension', s.id, 'since', s.since, 'until', s.until, 'reason', s.reason))
$$;

-- Tickets that wait for any of it, and whether the citizen has chosen already.
create or replace function desk.concerned_tickets (c desk.call)
returns table (ticket desk.ticket, has_chosen boolean) language sql stable as $$
  select t, t.leave_papers or t.channel = 'phone' from desk.ticket t
  where t.branch = c.branch and t.state = 'waiting' and desk.services_left (t) && array (select x.code from desk.suspended_services (c) x)
$$;

create or replace function desk.suspended (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  hall desk.call := desk.without_counter (c);
begin
  if c.role <> 'officer' then
    perform desk.need_session (c);
  end if;
  return jsonb_build_object (
    'suspensions', desk.suspensions_json (coalesce (c.branch, '*')),
    'waiting', (select count (*) from desk.concerned_tickets (c)),
    'tickets', (select coalesce (jsonb_agg (desk.ticket_json (hall, f.ticket) order by f.has_chosen, (f.ticket).due, (f.ticket).number), '[]')
                from (select t.* from desk.concerned_tickets (c) t order by t.has_chosen, (t.ticket).due, (t.ticket).number limit 200) f),
    'pledges_running', (select count (*) from desk.flagged_pledges (c)),
    'pledges', (select coalesce (jsonb_agg (desk.pledge_json (f.application, f.suspension) order by (f.application).due, (f.application).no), '[]')
                from (select p.* from desk.flagged_pledges (c) p order by (p.application).due, (p.application).no limit 200) f));
end $$;

select desk.expose ('command', 'service_suspend', '{supervisor,officer}'),
       desk.expose ('command', 'service_resume', '{supervisor,officer}'),
       desk.expose ('query', 'suspensions', '{clerk,supervisor,head_office,officer,kiosk,board,admin,steward}'),
       desk.expose ('query', 'suspended', '{clerk,supervisor,officer}'),
       desk.expose ('command', 'ticket_choose', '{clerk,supervisor}');
