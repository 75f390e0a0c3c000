-- incidents.sql: what interrupts the hall: calls for help, and closing.
set role janela_owner;

-- ---- help ----

create or replace function desk.help_call (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  h desk.help_call;
begin
  perform desk.need_session (c);
  if desk.want (args, 'kind') not in ('help', 'alarm') then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "kind"}');
  end if;
  insert into desk.help_call (branch, kind, login, counter, note, at)
  values (c.branch, args ->> 'kind', c.login, c.counter, coalesce (args ->> 'note', ''), c.at) returning * into h;
  perform desk.note (c, 'help', h.id, h.kind);
  return jsonb_build_object ('id', h.id);
end $$;

create or replace function desk.help_acknowledge (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
begin
  perform desk.need_session (c);
  update desk.help_call h set acknowledged_by = c.login, acknowledged_at = c.at, answer = args ->> 'note'
  where h.id = desk.want_uuid (args, 'id') and h.branch = c.branch and h.acknowledged_at is null;
  if not found then
    perform desk.fail ('conflict', 'acknowledged-already');
  end if;
  perform desk.note (c, 'help', (args ->> 'id')::uuid, 'acknowledged', args ->> 'note');
  return '{}';
end $$;

-- Those that nobody has answered, and those of the last quarter of an hour.
create or replace function desk.help_json (c desk.call)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (jsonb_build_object (
           'id', h.id, 'kind', h.kind, 'counter', h.counter, 'login', h.login, 'clerk', s.name, 'note', h.note, 'since', h.at,
           'acknowledged', case when h.acknowledged_at is not null
                                then jsonb_build_object ('login', h.acknowledged_by, 'at', h.acknowledged_at) end)
         order by h.acknowledged_at is not null, h.at desc), '[]')
  from (select o.* from desk.help_call o where o.branch = c.branch and o.acknowledged_at is null
        union all
        select o.* from desk.help_call o where o.branch = c.branch and o.acknowledged_at > c.at - interval '15 minutes') h
  join desk.staff s on s.login = h.login
$$;

-- ---- closing ----

-- Whose work is not done, by the partial indexes of the states.
create or replace function desk.leftovers (at_branch text, last_day date)
returns setof desk.ticket language sql stable as $$
  select t.* from desk.ticket t where t.branch = at_branch and t.state = 'waiting' and t.day <= last_day
  union all
  select t.* from desk.ticket t where t.branch = at_branch and t.state in ('called', 'serving', 'held') and t.day <= last_day
  union all
  select t.* from desk.ticket t where t.branch = at_branch and t.state = 'expected' and t.day <= last_day
$$;

-- Leftovers get an outcome of their own: who waits, was called or sits at a desk is unserved at close; who
-- was expected and never came is a no-show; who was to be called back is unserved, too. Nobody is served by it.
create or replace function desk.close_until (c desk.call, last_day date, out unserved int, out missed int)
language plpgsql as $$
declare
  t desk.ticket;
begin
  unserved := 0;
  missed := 0;
  perform desk.lock_queue (c.branch);
  for t in
    select h.* from desk.ticket h
    where h.id in (select l.id from desk.leftovers (c.branch, last_day) l) and h.state <> 'done' order by h.id for update
  loop
    if t.state = 'expected' and not desk.is_put_off (t) then
      perform desk.ticket_do (c, t, 'no-show', 'closing');
      missed := missed + 1;
    else
      perform desk.ticket_do (c, t, 'unserved-at-close', 'closing');
      unserved := unserved + 1;
    end if;
  end loop;
  perform desk.desk_free (c);
  missed := missed + desk.miss_appointments (c);
end $$;

-- Booked and not come within the window.
create or replace function desk.miss_appointments (c desk.call)
returns int language plpgsql as $$
declare
  a desk.appointment;
  n int := 0;
begin
  for a in
    select h.* from desk.appointment h join desk.branch b on b.code = h.branch
    where h.branch = c.branch and h.state = 'booked' and h.day <= c.day and h.at + b.check_in_late < c.at
      and desk.check_in_until (h) < c.at order by h.id for update of h
  loop
    update desk.appointment h set state = 'missed' where h.id = a.id;
    perform desk.note (c, 'appointment', a.id, 'missed');
    n := n + 1;
  end loop;
  return n;
end $$;

create or replace function desk.day_close (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  r record;
  last_day date := coalesce (desk.valid (args, 'day', 'date')::date, c.day);
begin
  perform desk.need_session (c);
  if last_day > c.day then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "day"}');
  end if;
  select * into r from desk.close_until (c, last_day);
  perform desk.note (c, 'day', null, 'closed', args ->> 'reason', jsonb_build_object ('day', last_day, 'unserved', r.unserved, 'missed', r.missed));
  return jsonb_build_object ('unserved', r.unserved, 'missed', r.missed);
end $$;

-- The steward's part: branches with days that are over, with appointments that nobody came to, or with work that was put off
-- to today.
create or replace function desk.branches_due (at timestamptz)
returns table (branch text, today date) language sql stable as $$
  select b.code, b.today
  from (select k.*, (at at time zone k.zone)::date as today from desk.branch k) b
  where exists (select from desk.leftovers (b.code, b.today - 1))
     or exists (select from desk.put_off_until (b.code, b.today))
     or exists (select from desk.appointment a
                where a.branch = b.code and a.state = 'booked' and a.day <= b.today and a.at + b.check_in_late < branches_due.at
                  and desk.check_in_until (a) < branches_due.at)
$$;

create or replace function desk.queue_is_due (at timestamptz)
returns boolean language sql stable as $$ select exists (select from desk.branches_due (at)) $$;

create or replace function desk.queue_due (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  b record;
  r record;
  unserved int := 0;
  missed int := 0;
begin
  for b in select d.* from desk.branches_due (c.at) d loop
    c.branch := b.branch;
    c.day := b.today;
    select * into r from desk.close_until (c, b.today - 1);
    perform desk.take_up (c);
    unserved := unserved + r.unserved;
    missed := missed + r.missed;
  end loop;
  return jsonb_build_object ('unserved', unserved, 'missed', missed);
end $$;

select desk.expose ('command', 'help_call', '{clerk,supervisor}'),
       desk.expose ('command', 'help_acknowledge', '{supervisor}'),
       desk.expose ('command', 'day_close', '{supervisor}'),
       desk.expose ('command', 'queue_due', '{steward}');
