-- 012-instances.sql: the check of a filled form that SQL can do: its size, its nodes, lexical types,
-- what is always required, choices that never change. The steward fills the form again afterwards.
set role janela_owner;

-- A shape is the tags of a filled form in their order, without attributes and texts. To walk it costs a
-- millisecond for 60 questions; so a shape that was walked once is remembered, with what is to be checked
-- at each of its values, and from then on only the values are looked at. Which shapes there are depends
-- on what is relevant in a form.
create table desk.shape (
  code      text not null,
  version   text not null,
  digest    bytea not null,
  paths     text[] not null,                     -- of the values in their order; null where there is none
  at        int[] not null,                      -- the values that are checked; the next three go with it
  lexical   text[] not null,
  choices   text[] not null,
  required  boolean[] not null,
  primary key (code, version, digest)
);
alter table desk.shape
  alter column paths set compression lz4, alter column at set compression lz4, alter column lexical set compression lz4,
  alter column choices set compression lz4, alter column required set compression lz4;
