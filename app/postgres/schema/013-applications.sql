-- 013-applications.sql: what a visit leaves behind: applications, papers, consents, fees, the receipt
-- and its prints, and the supervisor's tray. Fees are stored with the case, never computed again.
set role janela_owner;

create table desk.receipt (
  id        uuid primary key default gen_random_uuid(),
  branch    text not null,
  no        text not null unique,                -- 07-2026-0000001, or the terminal's 07-T12-000031
  visit     uuid not null unique,
  day       date not null,
  at        timestamptz not null,
  counter   int not null,
  fee       bigint not null,                     -- avos; what is confirmed
  pick_up   date,
  json      jsonb not null,                      -- RECEIPT as answered
  seal      text,
  sealed_at timestamptz
);

create table desk.application (
  id            uuid primary key,                -- made by the client
  branch        text not null,
  visit         uuid not null references desk.visit,
  no            text not null unique,            -- the receipt's number and its place in the visit
  service       text not null,
  department    text not null,
  version       text not null,
  hash          text not null,
  xml           text not null,
  needs         text[] not null default '{}',
  state         text not null check (state in ('submitted', 'waiting', 'decided')),
  login         text not null,
  day           date not null,
  language      text not null,
  fee           bigint,                          -- as the filling says; the steward's word counts
  pledge_days   int,
  due           date,                            -- none while waiting: no clock
  submitted_at  timestamptz not null,
  verdict       text check (verdict in ('verified', 'refused')),
  verdict_node  text,
  verdict_reason text,
  verdict_at    timestamptz
);
alter table desk.application alter column xml set compression lz4;
create index application_visit on desk.application (visit);
create index application_pending on desk.application (submitted_at) where verdict is null;
create index application_inbox on desk.application (department, submitted_at) where verdict = 'verified' and state <> 'decided';
create index application_day on desk.application using brin (day);

create table desk.fee (
  application  uuid not null,
  branch       text not null,
  code         text not null,
  amount       bigint not null check (amount >= 0),
  confirmed    boolean not null,                 -- by the department; only such are charged
  primary key (application, code)
);

create table desk.paper (
  branch    text not null,
  visit     uuid not null,
  code      text not null,
  services  text[] not null,
  state     text not null check (state in ('presented', 'scanned', 'qr', 'held', 'fetched', 'missing')),
  original  boolean not null default false,
  blob      text,
  source    text,
  primary key (visit, code)
);

create table desk.consent (
  branch      text not null,
  visit       uuid not null,
  person      uuid not null,
  department  text not null,
  given       boolean not null,
  at          timestamptz not null,
  primary key (visit, person, department)
);

create table desk.print (
  attempt   uuid primary key,                    -- made by the client; it is in the job's name
  branch    text not null,
  receipt   uuid not null references desk.receipt,
  copy      int not null,                        -- 0: the first; then COPY n
  medium    text not null check (medium in ('roll80', 'roll58', 'a5', 'a4')),
  printer   text not null,
  begun_at  timestamptz not null,
  ended_at  timestamptz,
  outcome   text check (outcome in ('printed', 'failed', 'cancelled', 'unconfirmed')),
  reason    text
);
create index print_receipt on desk.print (receipt);

-- What a supervisor must clear: refused by the steward, or not delivered from a terminal's journal.
create table desk.tray (
  id          uuid primary key default gen_random_uuid(),
  branch      text not null,
  kind        text not null check (kind in ('verdict', 'replay')),
  subject     uuid,
  code        text not null,
  details     jsonb not null default '{}',
  put_at      timestamptz not null default now(),
  cleared_at  timestamptz,
  cleared_by  text,
  note        text
);
create index tray_open on desk.tray (branch, put_at) where cleared_at is null;
