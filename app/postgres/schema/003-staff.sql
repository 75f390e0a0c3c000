-- 003-staff.sql: staff with dated authorisations, their sessions, and the grants for working offline.
set role janela_owner;

-- A member of staff is a role of the database of the same name; session_user cannot be forged.
create table desk.staff (
  login       text primary key,
  name        jsonb not null,                    -- {zh, latin}
  roles       text[] not null,                   -- clerk, supervisor …: janela_ without its prefix
  branch      text references desk.branch,       -- none: no branch of his own (head office, officer)
  department  text,                              -- an officer's
  languages   text[] not null default '{zh-Hant}',
  immediate   text[] not null default '{}',      -- patterns of services he may decide in the visit
  active      boolean not null default true
);

-- Which services a clerk may serve, from day to day inclusive; patterns for LIKE.
create table desk.authorisation (
  login       text not null references desk.staff,
  pattern     text not null,
  from_day    date not null,
  until_day   date,
  primary key (login, pattern, from_day)
);

create table desk.session (
  id          uuid primary key default gen_random_uuid(),
  login       text not null references desk.staff,
  role        text not null,                     -- under which he acts
  branch      text not null,
  terminal    text not null,
  counter     int,                               -- none: reception, hall
  state       text not null default 'open' check (state in ('open', 'break', 'back-office', 'closed')),
  pid         int not null default pg_backend_pid(),
  side_pid    int,                               -- its second connection, for blobs
  opened_at   timestamptz not null default now(),
  closed_at   timestamptz
);
create index session_open on desk.session (branch, counter) where closed_at is null;
create index session_pid on desk.session (pid) where closed_at is null;

-- Leave to work while the line is down: the secret signs the journal's records (functions/replay.sql).
create table desk.offline_grant (
  id          uuid primary key default gen_random_uuid(),
  session     uuid not null references desk.session,
  login       text not null,
  branch      text not null,
  terminal    text not null,
  counter     int,
  secret      bytea not null,
  given_at    timestamptz not null default now(),
  expires_at  timestamptz not null
);

-- The branch whose rows this connection sees: its session's, '*' for those without borders, else none.
-- The session's id stands in a setting, which the client could change: so it counts only with the login
-- and the connection that it was opened with. Policies say (select desk.my_branch ()), so it is asked once a statement (59 times faster).
create function desk.my_branch ()
returns text language plpgsql stable as $$
declare
  mine text;
begin
  select s.branch into mine from desk.session s
  where s.id = nullif (current_setting ('janela.session', true), '')::uuid
    and s.login = session_user and pg_backend_pid () in (s.pid, s.side_pid) and s.closed_at is null;
  if mine is null and (pg_has_role (session_user, 'janela_steward', 'member')
                       or pg_has_role (session_user, 'janela_head_office', 'member')
                       or pg_has_role (session_user, 'janela_admin', 'member')) then
    mine := '*';
  end if;
  return mine;
end $$;

-- The department whose applications this connection sees, where he is no clerk.
create function desk.my_department ()
returns text language sql stable as $$
  select department from desk.staff where login = session_user and active
$$;
