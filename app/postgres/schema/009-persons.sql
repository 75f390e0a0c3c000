-- 009-persons.sql: persons with their documents, and what is known of them: each fact with source,
-- day and grade. A read of facts is an event that names the ticket and the basis (Law 8/2005).
set role janela_owner;

create table desk.person (
  id       uuid primary key default gen_random_uuid(),
  kind     text not null default 'person',       -- entity dataset: person, company, vehicle
  version  int not null default 1,
  made_at  timestamptz not null default now()
);

create table desk.document (
  kind     text not null check (kind in ('bir', 'passport', 'hkid', 'mainland-id', 'home-return-permit', 'other')),
  issuer   text not null,
  number   text not null,                        -- as normalised by desk.document_number
  person   uuid not null references desk.person,
  expires  date,                                 -- none: does not end
  primary key (kind, issuer, number)
);

-- Grades: A issued by the authority, B original seen by a clerk, C uploaded, D declared.
create table desk.fact (
  id           uuid primary key default gen_random_uuid(),
  person       uuid not null references desk.person,
  property     text not null,                    -- as in forms/facts.xml
  value        text not null,
  source       text not null,                    -- the department
  as_of        date not null,
  grade        text not null check (grade in ('A', 'B', 'C', 'D')),
  recorded_at  timestamptz not null default clock_timestamp()
);
create index fact_person on desk.fact (person, property, as_of desc);
create trigger append_only before update or delete or truncate on desk.fact
  for each statement execute function desk.append_only ();

create table desk.relation (
  person    uuid not null references desk.person,
  role      text not null,                       -- spouse, child …
  name      jsonb not null,
  document  jsonb,
  primary key (person, role, name)
);
