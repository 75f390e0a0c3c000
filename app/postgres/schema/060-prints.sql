-- 060-prints.sql: the prints of every paper, not of the receipt alone, and the spool from which any terminal
-- of the branch prints again.
set role janela_owner;

-- What a paper says, as jn_document_to_json () writes it: drawn again it is the same to the byte.
create table desk.spool (
  branch  text not null,
  hash    text not null check (hash ~ '^[0-9a-f]{64}$'),  -- SHA-256 of json
  json    text not null check (length (json) <= 1048576),
  put_at  timestamptz not null default now(),
  primary key (branch, hash)
);
alter table desk.spool alter column json set compression lz4;

alter table desk.print
  alter column receipt drop not null,
  add column kind      text not null default 'receipt'
    check (kind in ('ticket', 'receipt', 'notice', 'not-accepted', 'delivery', 'application', 'hand-over', 'report', 'test')),
  add column subject   uuid,                     -- what it is of: a receipt, a ticket …; copies are counted by it
  add column title     text not null default '', -- the number that stands on it; never a name
  add column terminal  text,
  add column counter   int,
  add column login     text,
  add column document  text,                     -- in the spool
  add column bytes     text,                     -- SHA-256 of what the printer was sent
  add column job       int,                      -- at the print server
  add column confirmed_at timestamptz,           -- a clerk answered "did it come out?"
  add column confirmed_by text;
update desk.print p set subject = p.receipt, title = (select r.no from desk.receipt r where r.id = p.receipt);
create index print_subject on desk.print (subject);
create index print_title on desk.print (branch, title);
create index print_open on desk.print (branch, terminal) where outcome is null or outcome = 'unconfirmed';
create index print_begun on desk.print using brin (begun_at);

grant select, insert on desk.spool to janela_api;
alter table desk.spool enable row level security;
create policy branch on desk.spool to janela_api
  using (branch = (select desk.my_branch ()) or (select desk.my_branch ()) = '*');
