-- 020-shapes.sql: shapes of filled forms kept as patterns, so that a filled form is compared and not taken apart.
set role janela_owner;

-- A shape is what the tags of a filled form are, in their order: which nodes are relevant and how many rows
-- a repeat has. To walk it costs milliseconds, so a shape that was walked once is remembered as a pattern for
-- LIKE, in which each value is a %; a document with as many < and > as its pattern has no tag hidden in a value.
-- The steward drops what is too much or too old (desk.tidy).
drop table desk.shape cascade;
drop function if exists desk.check_instance (text, text, text, text[]), desk.value_fault (text, text, text, boolean),
              desk.walk (text, text[], jsonb), desk.fees_said (text, jsonb, jsonb, bigint),
              desk.visit_to_submit (desk.call, jsonb), desk.check_application (desk.call, jsonb, int, text[]),
              desk.make_application (desk.call, desk.visit, text, text, desk.checked);
create table desk.shape (
  code        text not null,
  version     text not null,
  tags        int not null,                      -- how many there are
  digest      bytea not null,                    -- of the pattern
  pattern     text not null,
  at          int[] not null,                    -- the tags whose values are checked; the next two go with it
  lexical     text[] not null,
  choices     text[] not null,
  fee_at      int[] not null,                    -- the tag of each fee of publication.meta
  learned_at  timestamptz not null default now(),
  primary key (code, version, tags, digest)
);
alter table desk.shape
  alter column pattern set storage main, alter column at set storage main, alter column lexical set storage main,
  alter column choices set storage main, alter column pattern set compression lz4, alter column choices set compression lz4;
grant select, insert, update, delete on desk.shape to janela_api;
