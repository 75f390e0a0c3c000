-- changes.sql: what changed since a snapshot, and the notice that something did. NOTIFY never
-- stands inside a business transaction: it serialises all commits (397 against 3,898 submits a second).
set role janela_owner;

-- Rows carry their transaction; what the client's last snapshot did not show is what it asks for.
-- So no version row is needed, which would be a lock for the whole branch. Of what belongs to no branch only
-- suspensions and the catalogue are seen from one (037-suspensions.sql, 087-history.sql).
create or replace function desk.changes (c desk.call, args jsonb)
returns jsonb language plpgsql stable as $$
declare
  since pg_snapshot := (args ->> 'since')::pg_snapshot;
begin
  perform desk.need_session (c);
  return jsonb_build_object ('snapshot', pg_current_snapshot ()::text, 'rows', (
    select coalesce (jsonb_agg (jsonb_build_object ('kind', k.kind, 'id', k.subject)), '[]')
    from (select distinct e.kind, e.subject from desk.event e
          where e.branch in (c.branch, '*') and e.txid >= pg_snapshot_xmin (since)
            and not pg_visible_in_snapshot (e.txid, since)) k));
end $$;

select desk.expose ('query', 'changes', '{clerk,supervisor,head_office,kiosk,board}');

-- Sent by the client after its commit, alone, with synchronous_commit = off. A lost one is mended by
-- changes. The steward's goes to the branch of what it names; a department's suspension and the administration's
-- catalogue go to every branch.
create or replace function api.notify (kind text, id text) returns void
language plpgsql security definer set search_path = pg_catalog, desk, pg_temp as $$
declare
  branch text := nullif (desk.stand (null), '');
begin
  if (branch is null and kind = 'suspension' or branch = '*' and kind = 'catalogue') and id ~ '^[0-9A-Za-z-]{0,40}$' then
    perform set_config ('synchronous_commit', 'off', true);
    perform pg_notify ('jn_' || b.code, kind || ':' || id) from desk.branch b;
    return;
  elsif branch = '*' then
    select a.branch into branch from desk.application a where a.id::text = notify.id;
  end if;
  if branch is null or kind !~ '^[a-z-]{1,20}$' or id !~ '^[0-9A-Za-z-]{0,40}$' then
    return;
  end if;
  perform set_config ('synchronous_commit', 'off', true);
  perform pg_notify ('jn_' || branch, kind || ':' || id);
end $$;
revoke all on function api.notify (text, text) from public;
grant execute on function api.notify (text, text)
  to janela_clerk, janela_supervisor, janela_head_office, janela_kiosk, janela_steward, janela_officer, janela_admin;
alter function api.notify (text, text) owner to janela_api;
