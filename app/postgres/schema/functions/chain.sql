-- chain.sql: the chain over the events of a branch, sealed in batches by the steward, and its check.
-- A batch goes by transaction numbers, so the history moves between servers with them (physical copies and
-- replication, not a dump into another cluster).
set role janela_owner;

-- An event as bytes that no setting of the session changes.
create or replace function desk.event_bytes (e desk.event)
returns bytea language sql stable as $$
  select convert_to (jsonb_build_array (
    e.branch, e.txid::text, e.id, e.kind, e.subject, e.what, e.actor, e.session_role, e.session, e.terminal, e.counter,
    e.offline_grant, extract (epoch from e.happened_at), extract (epoch from e.recorded_at), e.reason, e.details)::text, 'UTF8')
$$;

create or replace function desk.last_batch (of_branch text)
returns desk.chain_batch language sql stable as $$
  select * from desk.chain_batch b where b.branch = of_branch order by b.number desc limit 1
$$;

-- The edge stands in a variable: within the question it was looked up anew for each event of the branch, and kept the index from
-- being used (a coalesce does not go below row-level security).
create or replace function desk.unsealed (of_branch text)
returns bigint language plpgsql stable as $$
declare
  edge xid8 := coalesce ((desk.last_batch (of_branch)).to_xid, '0');
begin
  return (select count (*) from desk.event e where e.branch = of_branch and e.txid >= edge);
end $$;

-- What a batch holds: how many events, and the digest over the one before and all of them in order.
create or replace function desk.batch_digest (of_branch text, from_xid xid8, to_xid xid8, previous bytea,
                                   out events int, out digest bytea)
language sql stable as $$
  select count (*)::int,
         sha256 (previous || coalesce (string_agg (sha256 (desk.event_bytes (e)), '' order by e.txid, e.id), ''))
  from desk.event e where e.branch = of_branch and e.txid >= from_xid and e.txid < to_xid
$$;

-- Seal what lies below every running transaction: it cannot grow any more, and no commit waits.
create or replace function desk.chain_seal (c desk.call, args jsonb)
returns jsonb language plpgsql as $$
declare
  of_branch text := desk.want (args, 'branch');
  b desk.chain_batch;
  n desk.chain_batch;
begin
  perform pg_advisory_xact_lock (hashtextextended ('chain:' || of_branch, 0));
  b := desk.last_batch (of_branch);
  n.from_xid := coalesce (b.to_xid, '0');
  n.to_xid := pg_snapshot_xmin (pg_current_snapshot ());
  n.previous := coalesce (b.digest, sha256 (convert_to ('janela ' || of_branch, 'UTF8')));
  select d.events, d.digest into n.events, n.digest
  from desk.batch_digest (of_branch, n.from_xid, n.to_xid, n.previous) d;
  if n.events > 0 then
    insert into desk.chain_batch (branch, number, from_xid, to_xid, events, previous, digest)
    values (of_branch, coalesce (b.number, 0) + 1, n.from_xid, n.to_xid, n.events, n.previous, n.digest);
  end if;
  return jsonb_build_object ('sealed', n.events, 'tail', desk.unsealed (of_branch));
end $$;

-- The whole chain again. broken names the first batch that does not fit, and why.
create or replace function desk.audit_verify (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  of_branch text := desk.want (args, 'branch');
  previous bytea := sha256 (convert_to ('janela ' || of_branch, 'UTF8'));
  edge xid8 := '0';
  rows bigint := 0;
  batches bigint := 0;
  b desk.chain_batch;
  d record;
  wrong text;
begin
  for b in select * from desk.chain_batch h where h.branch = of_branch order by h.number loop
    select * into d from desk.batch_digest (of_branch, b.from_xid, b.to_xid, b.previous);
    wrong := case when b.number <> batches + 1 then 'batch-missing'
                  when b.previous <> previous or b.from_xid <> edge then 'chain'
                  when d.events <> b.events then 'events'
                  when d.digest <> b.digest then 'digest' end;
    exit when wrong is not null;
    batches := batches + 1;
    rows := rows + d.events;
    previous := b.digest;
    edge := b.to_xid;
  end loop;
  return jsonb_build_object (
    'rows', rows, 'batches', batches, 'unsealed', desk.unsealed (of_branch),
    'broken', case when wrong is not null then
      jsonb_build_object ('batch', b.number, 'why', wrong, 'sealed_at', b.sealed_at) end);
end $$;

-- The events themselves in the chain's order, a page at a time (Law 13/2019: incidents are reported from the log). A page
-- begins in the key where the one before ended: what was given is not read again.
create or replace function desk.audit_export (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  of_branch text := desk.want (args, 'branch');
  zone text := coalesce ((select b.zone from desk.branch b where b.code = of_branch), 'UTC');
  begins timestamptz := coalesce ((args ->> 'from')::date::timestamp at time zone zone, '-infinity');
  ends timestamptz := coalesce (((args ->> 'to')::date + 1)::timestamp at time zone zone, 'infinity');
  after_xid xid8 := coalesce ((args #>> '{after,txid}')::xid8, '0');
  after_id bigint := coalesce ((args #>> '{after,id}')::bigint, 0);
begin
  if jsonb_typeof (args -> 'after') = 'number' then
    perform desk.fail ('rejected', 'wrong-argument', null, '{"name": "after"}');
  end if;
  return jsonb_build_object ('rows', (
    select coalesce (jsonb_agg (to_jsonb (e) order by e.txid, e.id), '[]')
    from (select h.* from desk.event h
          where h.branch = of_branch and (h.txid, h.id) > (after_xid, after_id)
            and h.recorded_at >= begins and h.recorded_at < ends
          order by h.txid, h.id limit least (coalesce ((args ->> 'limit')::int, 1000), 10000)) e));
end $$;

select desk.expose ('command', 'chain_seal', '{steward}'),
       desk.expose ('query', 'audit_verify', '{steward,admin,head_office}'),
       desk.expose ('query', 'audit_export', '{admin,head_office}');
