-- 011-visits.sql: a visit has people in roles, each with a document, a capacity and a signature of his
-- own; drafts are kept here at each field, not only on the terminal.
set role janela_owner;

create table desk.visit (
  id            uuid primary key default gen_random_uuid(),
  branch        text not null,
  day           date not null,
  ticket        uuid references desk.ticket,     -- none: begun offline without a slip
  login         text not null,
  counter       int,
  event         text,
  services      text[] not null default '{}',
  opened_at     timestamptz not null,
  submitted_at  timestamptz,
  language      text,
  stars         int check (stars between 1 and 5),
  rating_reason text,
  rated_at      timestamptz
);
create index visit_day on desk.visit (branch, day, login);

create table desk.visit_person (
  id         uuid primary key,                   -- made by the client
  branch     text not null,
  visit      uuid not null references desk.visit,
  role       text not null,                      -- applicant, child, mother … (forms/VOCABULARY.md)
  capacity   text not null default '',
  person     uuid references desk.person,        -- in the register; none: unknown, a newborn, a foreigner
  document   jsonb,
  basis      text,
  signature  jsonb                               -- {method, blob}
);
create index visit_person_visit on desk.visit_person (visit);

create table desk.draft (
  application  uuid primary key,
  branch       text not null,
  visit        uuid not null references desk.visit,
  service      text not null,
  version      text not null,
  xml          text not null,
  login        text not null,
  saved_at     timestamptz not null
);
create index draft_visit on desk.draft (visit);
alter table desk.draft alter column xml set compression lz4;
