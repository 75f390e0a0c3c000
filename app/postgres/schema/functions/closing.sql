-- closing.sql: the end of the day: what a counter or the branch did, and the papers that leave it.
set role janela_owner;

-- A clerk sees his own counter; a supervisor any, or the whole branch (none named).
create or replace function desk.closing_counter (c desk.call, args jsonb)
returns int language plpgsql stable as $$
declare
  wanted int := (args ->> 'counter')::int;
begin
  perform desk.need_session (c);
  if c.role = 'supervisor' then
    return wanted;
  elsif c.counter is null or coalesce (wanted, c.counter) <> c.counter then
    perform desk.fail ('denied', 'not-your-counter', null, jsonb_build_object ('counter', wanted));
  end if;
  return c.counter;
end $$;

create or replace function desk.closing_day (c desk.call, args jsonb)
returns date language sql stable as $$ select coalesce ((args ->> 'day')::date, c.day) $$;

-- ---- the day's report ----

-- Tickets by what became of them; what has no outcome yet is open.
create or replace function desk.day_tickets (of_branch text, of_day date, of_counter int)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (jsonb_build_object ('outcome', k.outcome, 'count', k.n) order by k.n desc, k.outcome), '[]')
  from (select coalesce (t.outcome, 'open') as outcome, count (*) as n from desk.ticket t
        where t.branch = of_branch and t.day = of_day and (of_counter is null or t.counter = of_counter)
        group by 1) k
$$;

-- By department: applications of receipts of the day, and of their fees what the department confirmed.
create or replace function desk.day_applications (of_branch text, of_day date, of_counter int)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (jsonb_build_object ('department', k.department, 'count', k.n, 'charged', k.charged, 'amount', k.amount)
                              order by k.department), '[]')
  from (select a.department, count (*) as n, coalesce (sum (f.n), 0) as charged, coalesce (sum (f.amount), 0) as amount
        from desk.receipt r join desk.application a on a.visit = r.visit
        left join lateral (select count (*) as n, sum (h.amount) as amount from desk.fee h where h.application = a.id and h.confirmed and h.amount > 0) f on true
        where r.branch = of_branch and r.day = of_day and (of_counter is null or r.counter = of_counter)
        group by a.department) k
$$;

create or replace function desk.day_prints (of_branch text, of_day date, of_counter int)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (to_jsonb (k) order by k.kind), '[]') from (
    select p.kind, count (*) filter (where p.outcome = 'printed') as printed,
           count (*) filter (where p.outcome = 'printed' and p.confirmed_at is not null) as confirmed,
           count (*) filter (where coalesce (p.outcome, 'unconfirmed') = 'unconfirmed') as open
    from desk.print p
    where p.branch = of_branch and p.begun_at >= desk.day_begins (of_branch, of_day) and p.begun_at < desk.day_begins (of_branch, of_day + 1)
      and p.kind <> 'test'
      and (of_counter is null or p.counter = of_counter)
    group by p.kind) k
$$;

-- Counts and sums, no person.
create or replace function desk.day_report (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  of_counter int := desk.closing_counter (c, args);
  of_day date := desk.closing_day (c, args);
  visits jsonb;
begin
  select jsonb_build_object ('opened', count (*), 'submitted', count (*) filter (where v.submitted_at is not null)) into visits
  from desk.visit v where v.branch = c.branch and v.day = of_day and (of_counter is null or v.counter = of_counter);
  return jsonb_build_object (
    'branch', c.branch, 'day', of_day, 'counter', of_counter, 'visits', visits,
    'tickets', desk.day_tickets (c.branch, of_day, of_counter),
    'applications', desk.day_applications (c.branch, of_day, of_counter),
    'prints', desk.day_prints (c.branch, of_day, of_counter),
    'fee', (select coalesce (sum (r.fee), 0) from desk.receipt r
            where r.branch = c.branch and r.day = of_day and (of_counter is null or r.counter = of_counter)),
    'till', exists (select from desk.counter k where k.branch = c.branch and (of_counter is null or k.number = of_counter) and 'till' = any (k.equipment)),
    'mismatches', (select count (*) from desk.print_mismatches (c.branch, of_day) m where of_counter is null or m.counter = of_counter));
end $$;

-- ---- handing over ----

-- Papers that were laid on the desk lie in the first application of the visit that needs them.
create or replace function desk.papers_in (a desk.application)
returns int language sql stable as $$
  select count (*)::int from desk.paper p
  where p.visit = a.visit and p.state = 'presented' and a.service = any (p.services)
    and not exists (select from desk.application o where o.visit = a.visit and o.no < a.no and o.service = any (p.services))
$$;

-- What lies here and has not gone to its department: of the day and before.
create or replace function desk.lying_here (of_branch text, last_day date, of_counter int, of_department text)
returns table (application uuid, no text, service text, department text, papers int)
language sql stable as $$
  select a.id, a.no, a.service, a.department, desk.papers_in (a)
  from desk.receipt r join desk.application a on a.visit = r.visit
  where r.branch = of_branch and r.day <= last_day and r.day > last_day - 31
    and (of_counter is null or r.counter = of_counter) and (of_department is null or a.department = of_department)
    and not exists (select from desk.hand_over_line l join desk.hand_over h on h.id = l.hand_over
                    where l.application = a.id and h.department is not null)
  order by a.department, a.no
$$;

create or replace function desk.hand_over_lines (of_branch text, last_day date, of_counter int, of_department text)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (jsonb_build_object (
           'application', l.application, 'no', l.no, 'service', l.service, 'department', l.department, 'papers', l.papers)), '[]')
  from desk.lying_here (of_branch, last_day, of_counter, of_department) l
$$;

-- What could be handed over now, and the slips of the day.
create or replace function desk.hand_overs (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  of_counter int := desk.closing_counter (c, args);
  of_day date := desk.closing_day (c, args);
begin
  return jsonb_build_object (
    'lines', desk.hand_over_lines (c.branch, of_day, of_counter, null),
    'slips', (select coalesce (jsonb_agg (jsonb_build_object (
                'id', h.id, 'no', h.no, 'department', h.department, 'at', h.at,
                'applications', (select count (*) from desk.hand_over_line l where l.hand_over = h.id)) order by h.at desc), '[]')
              from desk.hand_over h
              where h.branch = c.branch and h.day = of_day and (of_counter is null or h.counter is not distinct from of_counter)));
end $$;

-- Drawn up and numbered: to a department it takes what lies here with it, to the next clerk it only lists it.
create or replace function desk.hand_over (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  of_counter int := desk.closing_counter (c, args);
  h desk.hand_over;
  lines jsonb;
begin
  h.id := desk.want_uuid (args, 'id');
  h.department := args ->> 'department';
  perform pg_advisory_xact_lock (hashtextextended ('hand-over:' || c.branch, 0)); -- nothing goes on two slips
  lines := desk.hand_over_lines (c.branch, c.day, of_counter, h.department);
  if lines = '[]' then
    perform desk.fail ('conflict', 'nothing-to-hand-over');
  end if;
  h.no := c.branch || '-E-' || to_char (c.day, 'YYYYMMDD') || '-' || lpad (desk.next_number (c.branch, 'hand-over', c.day::text)::text, 2, '0');
  insert into desk.hand_over (id, branch, no, day, counter, department, note, login, at)
  values (h.id, c.branch, h.no, c.day, of_counter, h.department, coalesce (args ->> 'note', ''), c.login, c.at);
  insert into desk.hand_over_line (hand_over, branch, application, papers)
  select h.id, c.branch, (l ->> 'application')::uuid, (l ->> 'papers')::int from jsonb_array_elements (lines) l;
  perform desk.note (c, 'hand-over', h.id, 'drawn-up', null, jsonb_build_object (
    'no', h.no, 'department', h.department, 'applications', jsonb_array_length (lines)));
  return jsonb_build_object ('id', h.id, 'no', h.no, 'at', c.at, 'department', h.department, 'lines', lines);
end $$;

select desk.expose ('query', 'day_report', '{clerk,supervisor}'),
       desk.expose ('query', 'hand_overs', '{clerk,supervisor}'),
       desk.expose ('command', 'hand_over', '{clerk,supervisor}');
