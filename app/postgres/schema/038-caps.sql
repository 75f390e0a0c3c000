-- 038-caps.sql: what a citizen is told when a cap is reached, in three languages; none: the standard text.
set role janela_owner;

alter table desk.cap add column words jsonb
  check (words is null or jsonb_typeof (words -> 'zh_Hant') = 'string' and jsonb_typeof (words -> 'pt') = 'string'
                          and jsonb_typeof (words -> 'en') = 'string');
