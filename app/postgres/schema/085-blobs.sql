-- 085-blobs.sql: the same bytes may come from two branches, each of which sees its own; and the pieces of what
-- never came whole are found by their age.
set role janela_owner;

alter table desk.blob drop constraint blob_pkey;
create unique index blob_of on desk.blob (hash, coalesce (branch, '*'));

alter table desk.blob_chunk
  drop constraint blob_chunk_pkey,
  add column branch text not null default '*',   -- '*': published for all, as no branch in desk.blob
  add column put_at timestamptz not null default now ();
update desk.blob_chunk k set branch = b.branch from desk.blob b where b.hash = k.hash and b.branch is not null;
alter table desk.blob_chunk add primary key (hash, branch, n);
create index blob_chunk_put on desk.blob_chunk using brin (put_at);
