-- prints.sql: each print of a paper is an attempt, written down before anything is sent; the spool; and what was
-- committed against what was printed, confirmed and collected.
set role janela_owner;

-- What the paper says is kept by its hash; the same text twice is kept once.
create or replace function desk.spool_put (c desk.call, document text)
returns text language plpgsql as $$
declare
  digest text := encode (sha256 (convert_to (document, 'UTF8')), 'hex');
begin
  if document is null then
    return null;
  elsif length (document) > 1048576 or jsonb_typeof (document::jsonb) <> 'object' then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "document"}');
  end if;
  insert into desk.spool (branch, hash, json) values (c.branch, digest, document) on conflict do nothing;
  return digest;
end $$;

-- Every print is an event. What may have come out of the printer counts; a reprint says COPY n.
create or replace function desk.print_begin (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  r desk.receipt;
  p desk.print;
begin
  perform desk.need_session (c);
  select * into p from desk.print where attempt = desk.want_uuid (args, 'attempt');
  if found then
    return jsonb_build_object ('copy', p.copy);
  end if;
  p.kind := coalesce (args ->> 'kind', 'receipt');
  if p.kind = 'receipt' then
    r := desk.receipt_in (c, args);
    p.subject := r.id;
    p.title := r.no;
  else
    p.subject := (args ->> 'subject')::uuid;
    p.title := coalesce (args ->> 'title', '');
    perform pg_advisory_xact_lock (hashtextextended ('print:' || p.subject, 0)); -- two prints at once are no two originals
  end if;
  p.edition := coalesce (args ->> 'edition', '');
  select count (*) into p.copy from desk.print h
  where h.subject = p.subject and h.kind = p.kind and h.edition = p.edition and coalesce (h.outcome, 'unconfirmed') in ('printed', 'unconfirmed');
  insert into desk.print (attempt, branch, receipt, copy, medium, printer, begun_at,
                          kind, subject, title, terminal, counter, login, edition, document)
  values ((args ->> 'attempt')::uuid, c.branch, r.id, p.copy, desk.want (args, 'medium'), coalesce (args ->> 'printer', ''), c.at,
          p.kind, p.subject, p.title, c.terminal, c.counter, c.login, p.edition, desk.spool_put (c, args ->> 'document'));
  perform desk.note (c, 'print', (args ->> 'attempt')::uuid, 'begun', null,
                     jsonb_build_object (p.kind, p.title, 'copy', p.copy));
  return jsonb_build_object ('copy', p.copy);
end $$;

-- The end that the print server told, or that the clerk did: only he can settle what is unconfirmed.
create or replace function desk.print_end (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  how text := desk.want (args, 'outcome');
  asked boolean := coalesce ((args ->> 'by_clerk')::boolean, false);
begin
  perform desk.need_session (c);
  update desk.print
  set outcome = how, reason = nullif (args ->> 'reason', ''), ended_at = c.at,
      bytes = coalesce (args ->> 'bytes', bytes), job = coalesce ((args ->> 'job')::int, job),
      confirmed_at = case when asked then c.at end, confirmed_by = case when asked then c.login end
  where attempt = desk.want_uuid (args, 'attempt') and branch = c.branch
    and (outcome is null or outcome = 'unconfirmed');
  if not found then
    perform desk.fail ('conflict', 'print-ended');
  end if;
  perform desk.note (c, 'print', (args ->> 'attempt')::uuid, how, args ->> 'reason',
                     case when asked then '{"by": "clerk"}'::jsonb end);
  return '{}';
end $$;

-- The same drawing into a file: it leaves the house like a print does.
create or replace function desk.print_saved (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  kind text := desk.want (args, 'kind');
begin
  perform desk.need_session (c);
  if kind !~ '^[a-z-]{3,20}$' then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "kind"}');
  end if;
  perform desk.note (c, 'print', (args ->> 'subject')::uuid, 'saved', null,
                     jsonb_build_object (kind, coalesce (args ->> 'title', ''), 'medium', args ->> 'medium'));
  return '{}';
end $$;

create or replace function desk.print_json (p desk.print)
returns jsonb language sql stable as $$
  select jsonb_build_object (
    'attempt', p.attempt, 'kind', p.kind, 'subject', p.subject, 'title', p.title, 'edition', p.edition, 'copy', p.copy, 'medium', p.medium,
    'printer', p.printer, 'terminal', p.terminal, 'counter', p.counter, 'begun', p.begun_at, 'ended', p.ended_at,
    'outcome', p.outcome, 'reason', p.reason, 'confirmed', p.confirmed_at is not null, 'document', p.document)
$$;

-- What this terminal began and does not know the end of (after a restart, another sign-in), or the prints of
-- one paper by the number that stands on it: of a ticket today's, whose number comes again every day. Two questions, each by
-- its own index.
create or replace function desk.prints (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  rows jsonb;
begin
  perform desk.need_session (c);
  if args ->> 'title' is not null then
    select jsonb_agg (desk.print_json (p) order by p.begun_at desc) into rows
    from (select * from desk.print h
          where h.branch = c.branch and h.title = args ->> 'title'
            and (h.kind <> 'ticket' or h.begun_at >= desk.day_begins (c.branch, c.day) and h.begun_at < desk.day_begins (c.branch, c.day + 1))
          order by h.begun_at desc limit 50) p;
  else
    select jsonb_agg (desk.print_json (p) order by p.begun_at desc) into rows
    from (select * from desk.print h
          where h.branch = c.branch and h.terminal = c.terminal and (h.outcome is null or h.outcome = 'unconfirmed')
            and h.begun_at > now () - interval '18 hours'
          order by h.begun_at desc limit 50) p;
  end if;
  return jsonb_build_object ('prints', coalesce (rows, '[]'));
end $$;

-- What a paper says, to print it again at any counter of the branch. Reading it is logged.
create or replace function desk.spool (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  p desk.print;
  kept text;
begin
  perform desk.need_session (c);
  select * into p from desk.print where attempt = desk.want_uuid (args, 'attempt') and branch = c.branch;
  select s.json into kept from desk.spool s where s.branch = p.branch and s.hash = p.document;
  if kept is null and p.document is not null then
    perform desk.fail ('not-found', 'document-pruned', null, jsonb_build_object ('kind', p.kind, 'title', p.title));
  elsif kept is null then
    perform desk.fail ('not-found', 'no-document');
  end if;
  perform desk.note (c, 'print', p.attempt, 'read', null, jsonb_build_object (p.kind, p.title));
  return jsonb_build_object ('document', kept, 'hash', p.document);
end $$;

-- Housekeeping. What papers say is personal data: it goes some days after the last print of it ended. A print whose end
-- nobody knows keeps it longer, for it may be told still; one that is under way or asked about keeps it in any case.
create or replace function desk.spool_is_due (s desk.spool, days int)
returns boolean language sql stable as $$
  select s.put_at < now () - make_interval (days => days)
     and not exists (select from desk.print p
                     where p.branch = s.branch and p.document = s.hash
                       and case when coalesce (p.outcome, 'unconfirmed') = 'unconfirmed'
                           then p.begun_at > now () - make_interval (days => days * 3)
                           else p.ended_at > now () - make_interval (days => days) end)
$$;

-- So many at once that nobody waits for it; an event of each branch says how many.
create or replace function desk.spool_prune (c desk.call, most int)
returns int language plpgsql as $$
declare
  days int := greatest ((desk.setting ('spool_days'))::int, 1);
  gone record;
  n int := 0;
begin
  for gone in
    with due as (
      select s.branch, s.hash from desk.spool s
      where s.put_at < now () - make_interval (days => days) and desk.spool_is_due (s, days)
      order by s.put_at limit most),
    pruned as (delete from desk.spool s using due d where s.branch = d.branch and s.hash = d.hash returning s.branch)
    select p.branch, count (*)::int as documents from pruned p group by p.branch order by p.branch
  loop
    c.branch := gone.branch;
    perform desk.note (c, 'spool', null, 'pruned', null, jsonb_build_object ('documents', gone.documents, 'days', days));
    n := n + gone.documents;
  end loop;
  return n;
end $$;

-- One receipt of the day beside its prints.
create or replace function desk.receipt_prints (of_branch text, of_day date)
returns table (id uuid, no text, counter int, sealed boolean, at timestamptz, originals bigint, printed bigint, copies bigint,
               confirmed bigint, waiting bigint, collected boolean)
language sql stable as $$
  select r.id, r.no, r.counter, r.seal is not null, r.at,
         count (p.attempt) filter (where p.outcome = 'printed' and p.copy = 0),
         count (p.attempt) filter (where p.outcome = 'printed'),
         count (p.attempt) filter (where p.outcome = 'printed' and p.copy > 0),
         count (p.attempt) filter (where p.outcome = 'printed' and p.confirmed_at is not null),
         count (p.attempt) filter (where coalesce (p.outcome, 'unconfirmed') = 'unconfirmed'),
         exists (select from desk.application a join desk.event e on e.subject = a.id
                 where a.visit = r.visit and e.kind = 'application' and e.what = 'collected')
  from desk.receipt r left join desk.print p on p.subject = r.id and p.kind = 'receipt'
  where r.branch = of_branch and r.day = of_day
  group by r.id
$$;

-- What does not match: a line for each thing that somebody should look at. What began in the last minutes
-- may still be under way.
create or replace function desk.print_mismatches (of_branch text, of_day date)
returns table (what text, no text, counter int, attempt uuid, since timestamptz)
language sql stable as $$
  select 'never-printed', r.no, r.counter, null::uuid, r.at from desk.receipt_prints (of_branch, of_day) r
  where r.printed = 0 and r.waiting = 0 and r.at < now () - interval '2 minutes'
  union all
  select 'printed-twice', r.no, r.counter, null, r.at from desk.receipt_prints (of_branch, of_day) r where r.originals > 1
  union all
  select 'not-sealed', r.no, r.counter, null, r.at from desk.receipt_prints (of_branch, of_day) r
  where not r.sealed and r.at < now () - interval '2 minutes'
  union all
  select 'collected-unprinted', r.no, r.counter, null, r.at from desk.receipt_prints (of_branch, of_day) r
  where r.collected and r.printed = 0
  union all
  select case when p.outcome is null then 'never-ended' else 'unconfirmed' end, p.title, p.counter, p.attempt, p.begun_at
  from desk.print p
  where p.branch = of_branch and p.begun_at >= desk.day_begins (of_branch, of_day) and p.begun_at < desk.day_begins (of_branch, of_day + 1)
    and coalesce (p.outcome, 'unconfirmed') = 'unconfirmed' and p.begun_at < now () - interval '2 minutes'
  order by 5, 1
$$;

create or replace function desk.print_counts (of_branch text, of_day date)
returns jsonb language sql stable as $$
  select coalesce (jsonb_agg (to_jsonb (k) order by k.printer, k.kind), '[]') from (
    select p.printer, p.kind, count (*) as begun, count (*) filter (where p.outcome = 'printed') as printed,
           count (*) filter (where p.outcome = 'printed' and p.confirmed_at is not null) as confirmed,
           count (*) filter (where p.outcome = 'printed' and p.copy > 0) as copies,
           count (*) filter (where p.outcome = 'failed') as failed, count (*) filter (where p.outcome = 'cancelled') as cancelled,
           count (*) filter (where coalesce (p.outcome, 'unconfirmed') = 'unconfirmed') as open
    from desk.print p
    where p.branch = of_branch and p.begun_at >= desk.day_begins (of_branch, of_day) and p.begun_at < desk.day_begins (of_branch, of_day + 1)
    group by p.printer, p.kind) k
$$;

-- The day's paper: committed against printed, confirmed and collected, and what does not match.
create or replace function desk.reconcile (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  of_branch text := coalesce (c.branch, desk.want (args, 'branch'));
  of_day date := (args ->> 'day')::date;
  report jsonb;
begin
  if of_day is null then
    select (now () at time zone b.zone)::date into of_day from desk.branch b where b.code = of_branch;
  end if;
  select jsonb_build_object (
    'committed', count (*), 'sealed', count (*) filter (where r.sealed), 'printed', count (*) filter (where r.printed > 0),
    'confirmed', count (*) filter (where r.confirmed > 0), 'copies', coalesce (sum (r.copies), 0),
    'collected', count (*) filter (where r.collected)) into report
  from desk.receipt_prints (of_branch, of_day) r;
  return jsonb_build_object (
    'branch', of_branch, 'day', of_day, 'receipts', report, 'prints', desk.print_counts (of_branch, of_day),
    'mismatches', (select coalesce (jsonb_agg (to_jsonb (m)), '[]') from desk.print_mismatches (of_branch, of_day) m));
end $$;

select desk.expose ('command', 'print_begin', '{clerk,supervisor,kiosk}', true),
       desk.expose ('command', 'print_end', '{clerk,supervisor,kiosk}', true),
       desk.expose ('command', 'print_saved', '{clerk,supervisor}', true),
       desk.expose ('query', 'prints', '{clerk,supervisor,kiosk}'),
       desk.expose ('query', 'spool', '{clerk,supervisor}'),
       desk.expose ('query', 'reconcile', '{supervisor,head_office,admin}');
