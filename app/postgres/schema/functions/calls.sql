-- calls.sql: the frame of every command and query: who calls, once only, and what is exposed.
set role janela_owner;

-- Deactivated, and here all the same: who came in while that was done was not there yet when all connections of the login were
-- ended (staff_set_active). Sessions were, so only who has none is asked.
create or replace function desk.is_inactive ()
returns boolean language sql stable as $$
  select exists (select from desk.staff s where s.login = session_user and not s.active)
$$;

-- The role under which someone acts who has no session at a counter.
create or replace function desk.standing_role ()
returns text language plpgsql stable as $$
begin
  if desk.is_inactive () then
    perform desk.fail ('denied', 'not-staff');
  end if;
  return (select r from unnest ('{steward,admin,head_office,officer,department_system,booking,kiosk,board,supervisor,clerk}'::text[])
                   with ordinality u (r, n)
          where pg_has_role (session_user, 'janela_' || r, 'member') order by n limit 1);
end $$;

-- The branch whose rows this connection sees (003-staff.sql, 071-sessions.sql); without borders is only who is still of the staff.
create or replace function desk.my_branch ()
returns text language plpgsql stable as $$
declare
  mine text;
begin
  select s.branch into mine from desk.session s
  where s.id = nullif (current_setting ('janela.session', true), '')::uuid
    and s.login = session_user and pg_backend_pid () in (s.pid, s.side_pid) and coalesce (s.closed_at, 'infinity') = 'infinity';
  if mine is null and (pg_has_role (session_user, 'janela_steward', 'member')
                       or pg_has_role (session_user, 'janela_head_office', 'member')
                       or pg_has_role (session_user, 'janela_admin', 'member')) and not desk.is_inactive () then
    mine := '*';
  end if;
  return mine;
end $$;

-- Who calls, and when it happened: that is the client's word, but never in the future, and no longer ago than an
-- answer that was lost and a line that came back account for. Older words are cut, not refused: a retry must find
-- its first answer whenever it comes. What was done offline has its own time, within its grant (replay.sql).
create or replace function desk.call_of (name text, args jsonb)
returns desk.call language plpgsql stable as $$
declare
  c desk.call;
begin
  c.name := name;
  c.login := session_user;
  c.at := least (coalesce ((args ->> 'at')::timestamptz, now()), now());
  if c.at < now() - interval '1 minute' then  -- the setting is only looked up for the few
    c.at := greatest (c.at, now() - make_interval (mins => desk.setting ('late_minutes')::int));
  end if;
  return c;
end $$;

-- For which branch a call works ('*': all of them, '': none) is said where the policies find it, first of all (093-frame.sql).
-- Who has no call, stands where this connection does.
create or replace function desk.stand (c desk.call)
returns text language sql as $$
  select set_config ('janela.branch', coalesce (c.branch, desk.my_branch (), ''), true)
$$;

create or replace function desk.caller (name text, args jsonb)
returns desk.call language plpgsql as $$
declare
  c desk.call := desk.call_of (name, args);
  stands text;
begin
  select s.id, s.role, s.branch, s.terminal, s.counter, s.state, (c.at at time zone s.zone)::date
    into c.session, c.role, c.branch, c.terminal, c.counter, c.state, c.day
  from desk.own_session s;
  stands := desk.stand (c);
  if c.session is null then
    c.role := desk.standing_role ();
  end if;
  return c;
end $$;

-- By what a retry is known to be the same command: all but the time, which is measured anew.
create or replace function desk.hash_of (args jsonb)
returns bigint language sql immutable as $$
  select jsonb_hash_extended (args - 'at', 0)
$$;

-- One command at a time for one key: who comes second waits, then finds the answer. (The caller and the answer are read in
-- one statement, as it is the start of one that costs.)
create or replace function desk.open_call (name text, key uuid, args jsonb)
returns desk.call language plpgsql as $$
declare
  c desk.call := desk.call_of (name, args);
  given desk.command;
  locked text;
  stands text;
begin
  if key is null then
    perform desk.fail ('rejected', 'missing-argument', null, '{"name": "key"}');
  end if;
  c.key := key;
  c.args_hash := desk.hash_of (args);
  locked := pg_advisory_xact_lock (hashtextextended (key::text, 1)); -- an assignment costs less than a statement
  select s.id, s.role, s.branch, s.terminal, s.counter, s.state, (c.at at time zone s.zone)::date,
         d.name, d.args_hash, d.terminal, d.answer
    into c.session, c.role, c.branch, c.terminal, c.counter, c.state, c.day,
         given.name, given.args_hash, given.terminal, given.answer
  from (values (c.key)) k (key)
  left join desk.own_session s on true
  left join desk.command d on d.key = k.key;
  stands := desk.stand (c);
  if c.session is null then
    c.role := desk.standing_role ();
  end if;
  if given.name <> name or given.args_hash <> c.args_hash
     or given.name is not null and given.terminal is distinct from c.terminal then
    perform desk.fail ('conflict', 'key-reused');
  end if;
  c.answer := given.answer;
  return c;
end $$;

create or replace function desk.close_call (c desk.call, answer jsonb)
returns jsonb language plpgsql as $$
begin
  insert into desk.command (key, branch, name, args_hash, login, terminal, answer)
  values (c.key, c.branch, c.name, c.args_hash, c.login, c.terminal, answer);
  return answer;
end $$;

-- Work at a counter needs a session: identity alone is not enough.
create or replace function desk.need_session (c desk.call)
returns void language plpgsql as $$
begin
  if c.session is null then
    perform desk.fail ('denied', 'no-session');
  end if;
end $$;

-- Append an event of this call.
create or replace function desk.note (c desk.call, of_kind text, of_subject uuid, what text,
                           why text default null, details jsonb default null)
returns void language plpgsql as $$
begin
  insert into desk.event (branch, kind, subject, what, actor, session_role, session, terminal, counter,
                          offline_grant, happened_at, reason, details)
  values (coalesce (c.branch, '*'), of_kind, of_subject, what, c.login, coalesce (c.role, 'none'), c.session,
          c.terminal, c.counter, c.offline_grant, c.at, nullif (why, ''), details);
end $$;
