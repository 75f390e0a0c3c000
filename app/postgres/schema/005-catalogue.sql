-- 005-catalogue.sql: what is published: services, events, facts, departments, by version and hash;
-- and the blobs that hold their XML, scans and signatures.
set role janela_owner;

-- Bytes by their SHA-256; they come and go in chunks, on a second connection.
create table desk.blob (
  hash      text primary key check (hash ~ '^[0-9a-f]{64}$'),
  size      bigint not null,
  branch    text,                                -- where it came from; none: published for all
  login     text not null default session_user,
  put_at    timestamptz not null default now()
);
create table desk.blob_chunk (
  hash  text not null,
  n     int not null,
  data  bytea not null,
  primary key (hash, n)
);
alter table desk.blob_chunk alter column data set storage external;  -- scans are compressed already

-- meta of a service: {names, group, immediate, offline, keywords, pledge: {days, kind, from},
-- equipment, needs: [codes], fees: [{code, ref, confirmed}], nodes: {path: {type, required, choices}}};
-- of an event: {names, services: [{code, optional}]}; of facts: {properties: {name: {sensitive}}};
-- of departments: {departments: [{code, acronym, names}]}.
create table desk.publication (
  kind          text not null check (kind in ('service', 'event', 'facts', 'departments')),
  code          text not null,
  version       text not null,
  hash          text not null,
  department    text,
  meta          jsonb not null,
  nodes         jsonb not null default '{}',     -- of the form: what a submission is checked against
  current       boolean not null default true,
  published_at  timestamptz not null default now(),
  published_by  text not null default session_user,
  withdrawn_at  timestamptz,
  primary key (kind, code, version)
);
create unique index publication_current on desk.publication (kind, code) where current;
alter table desk.publication alter column nodes set storage external;  -- read at each submission

create view desk.service as
  select code, version, hash, department, meta from desk.publication where kind = 'service' and current;
