-- retention.sql: what was typed and scanned in a visit that came to nothing goes some days later. Of papers' texts: prints.sql.
set role janela_owner;

create or replace function desk.draft_days ()
returns int language sql stable as $$ select greatest ((desk.setting ('draft_days'))::int, 1) $$;

-- Somebody may still take the visit up: he is here, is expected back until closing, or has booked a day instead.
create or replace function desk.visit_goes_on (of_visit uuid)
returns boolean language sql stable as $$
  select exists (
    select from desk.ticket t
    where t.id in (select v.ticket from desk.visit v where v.id = of_visit
                   union all select h.id from desk.ticket h where h.visit = of_visit)
      and (t.state <> 'done'
           or exists (select from desk.event e join desk.appointment a on a.id = (e.details ->> 'appointment')::uuid
                      where e.subject = t.id and e.kind = 'ticket' and a.state = 'booked')))
$$;

-- So many at once that nobody waits for it; an event of each branch says how many.
create or replace function desk.draft_prune (c desk.call, most int)
returns int language plpgsql as $$
declare
  days int := desk.draft_days ();
  gone record;
  n int := 0;
begin
  for gone in
    with due as (
      select d.application from desk.draft d
      where d.saved_at < now () - make_interval (days => days) and not desk.visit_goes_on (d.visit)
      order by d.saved_at limit most),
    pruned as (delete from desk.draft d using due u
               where d.application = u.application and d.saved_at < now () - make_interval (days => days) returning d.branch)
    select p.branch, count (*)::int as drafts from pruned p group by p.branch order by p.branch
  loop
    c.branch := gone.branch;
    perform desk.note (c, 'draft', null, 'pruned', null, jsonb_build_object ('drafts', gone.drafts, 'days', days));
    n := n + gone.drafts;
  end loop;
  return n;
end $$;

-- The blobs that a text names: an answer to a question for a file is its hash.
create or replace function desk.blobs_named (text text)
returns setof text language sql immutable as $$
  select m[1] from regexp_matches (text, '\m[0-9a-f]{64}\M', 'g') m
$$;

-- Those of an application, and what its visit laid on the desk and signed.
create or replace function desk.blobs_of (a desk.application)
returns setof text language sql stable as $$
  select h from desk.blobs_named (a.xml) h
  union select v.signature ->> 'blob' from desk.visit v where v.id = a.visit
  union select p ->> 'blob' from desk.visit v, jsonb_array_elements (v.papers) p where v.id = a.visit
$$;

-- The steward has seen an application: what it names stays with it. It is noted here, as a submission is the dearest step of the day.
create or replace function desk.use_blobs (a desk.application)
returns void language sql as $$
  update desk.blob b set used_at = now ()
  where b.branch = a.branch and b.used_at is null and b.hash in (select desk.blobs_of (a))
$$;

-- A record that names it may lie in the journal of a terminal: where who sent it might have worked on without the line, and which has not
-- been back since.
create or replace function desk.is_awaited (b desk.blob)
returns boolean language sql stable as $$
  select exists (
    select from desk.offline_grant g
    where g.login = b.login and g.branch = b.branch and g.given_at <= b.wanted_at and g.expires_at >= b.wanted_at
      and not exists (select from desk.session s
                      where s.branch = g.branch and s.terminal = g.terminal and s.opened_at > g.expires_at))
$$;

-- What is named by nothing: no draft, no submission that the steward has not seen yet (what he has seen is marked), nothing in the
-- supervisor's tray. Who comes with the same bytes meanwhile sends them again (blob_wanted).
create or replace function desk.unused_blob_prune (c desk.call, most int)
returns int language plpgsql as $$
declare
  days int := desk.draft_days ();
  term timestamptz := now () - make_interval (days => days);
  most_bytes constant bigint := 64 * 1048576;    -- a round has ten seconds, like every statement
  gone record;
  n int := 0;
begin
  if not exists (select from desk.blob b where b.used_at is null and b.branch is not null and b.wanted_at < term) then
    return 0;                                    -- nothing is read for nothing
  end if;
  for gone in
    with named as materialized (
      select d.branch, h as hash from desk.draft d, desk.blobs_named (d.xml) h
      union select a.branch, h from desk.application a, desk.blobs_of (a) h where a.verdict is null
      union select t.branch, h from desk.tray t, desk.blobs_named (t.details::text) h where t.cleared_at is null),
    oldest as (
      select b.branch, b.hash, b.size, b.wanted_at from desk.blob b
      where b.used_at is null and b.branch is not null and b.wanted_at < term
        and not exists (select from named k where k.branch = b.branch and k.hash = b.hash)
        and (b.wanted_at < now () - make_interval (days => days * 3) or not desk.is_awaited (b))
      order by b.wanted_at limit most),
    due as (
      select s.branch, s.hash
      from (select o.branch, o.hash, sum (o.size) over (order by o.wanted_at, o.hash, o.branch) - o.size as before from oldest o) s
      where s.before < most_bytes),
    pruned as (delete from desk.blob b using due u
               where b.branch = u.branch and b.hash = u.hash and b.used_at is null and b.wanted_at < term returning b.branch, b.hash),
    pieces as (delete from desk.blob_chunk k using pruned p where k.branch = p.branch and k.hash = p.hash)
    select p.branch, count (*)::int as blobs from pruned p group by p.branch order by p.branch
  loop
    c.branch := gone.branch;
    perform desk.note (c, 'blob', null, 'pruned', null, jsonb_build_object ('blobs', gone.blobs, 'days', days));
    n := n + gone.blobs;
  end loop;
  return n;
end $$;
