-- 002-branches.sql: branches with their zones, counters, profiles, priorities and terminals.
set role janela_owner;

-- What the whole installation says of itself ({"demo": true}, "receipt_host", …).
create table desk.setting (
  name  text primary key,
  value jsonb not null
);
insert into desk.setting values
  ('demo', 'false'),
  ('receipt_host', '"janela.example"'),
  ('official_pair', '["zh-Hant", "pt"]'),
  ('rating_excluded_events', '["death"]'),
  ('protocol', '{"least": 1, "newest": 1}'),
  ('grant_hours', '72'),
  ('instance_limit', '262144'),
  ('blob_limit', '33554432');

create table desk.branch (
  code         text primary key check (code ~ '^[0-9]{2,3}$'),
  names        jsonb not null,
  zone         text not null default 'Asia/Macau',
  weekly_rest  int[] not null default '{6,7}',   -- ISO weekdays
  recall_gap   interval not null default '30 seconds',
  details      jsonb not null default '{}'       -- address, phone, hours, sources
);

-- A part of the hall, and the letter before its tickets' numbers.
create table desk.zone (
  branch  text not null references desk.branch,
  code    text not null,
  names   jsonb not null,
  prefix  text,
  primary key (branch, code)
);

-- Minutes that a class of priority is put forward: bounded, so nobody starves (DESIGN section 7).
create table desk.priority (
  branch  text not null references desk.branch,
  class   text not null check (class in ('none', 'infant', 'pregnancy', 'disability', 'senior', 'appointed')),
  credit  interval not null check (credit between '0' and '60 minutes'),
  primary key (branch, class)
);

-- What a counter serves; changeable while it is open. Lower rank first.
create table desk.profile (
  branch  text not null references desk.branch,
  code    text not null,
  names   jsonb not null,
  primary key (branch, code)
);
create table desk.profile_match (
  branch   text not null,
  profile  text not null,
  kind     text not null check (kind in ('service', 'department', 'event')),
  pattern  text not null,                        -- for LIKE
  rank     int not null default 1,
  primary key (branch, profile, kind, pattern),
  foreign key (branch, profile) references desk.profile
);

create table desk.counter (
  branch     text not null references desk.branch,
  number     int not null check (number > 0),
  names      jsonb not null default '{}',
  zone       text,
  profile    text not null,
  equipment  text[] not null default '{}',       -- camera fingerprint till scanner wheelchair sign-language
  primary key (branch, number),
  foreign key (branch, zone) references desk.zone,
  foreign key (branch, profile) references desk.profile
);

-- Every terminal has one valid key; kid is branch-terminal-generation (printing/keys.h).
create table desk.terminal (
  branch  text not null references desk.branch,
  code    text not null check (code ~ '^T[0-9]{1,4}$'),
  primary key (branch, code)
);
create table desk.terminal_key (
  kid         text primary key,
  branch      text not null,
  terminal    text not null,
  generation  int not null check (generation between 1 and 255),
  public_key  text not null check (public_key ~ '^[0-9a-f]{64}$'),
  not_before  timestamptz not null default now(),
  not_after   timestamptz,
  revoked_at  timestamptz,
  reason      text,
  unique (branch, terminal, generation),
  foreign key (branch, terminal) references desk.terminal
);
