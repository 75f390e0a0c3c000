-- 092-draft-retention.sql: what was typed and scanned in a visit that came to nothing is kept for some days, and no longer
-- (Personal Data Protection Act, Law 8/2005, article 5).
set role janela_owner;

-- Days after a draft was last saved, and after a scan or signature last came that nothing names; of these three times as long where
-- the terminal that may name one still has not been back.
insert into desk.setting values ('draft_days', '7');

alter table desk.blob
  add column wanted_at timestamptz not null default now(),  -- it came, or somebody had it too and need not send it
  add column used_at   timestamptz;                         -- an application that the steward has seen names it: it stays
update desk.blob set wanted_at = put_at;
update desk.blob b set used_at = now ()
where b.branch is not null and b.hash in (
  select m[1] from desk.application a, regexp_matches (a.xml, '\m[0-9a-f]{64}\M', 'g') m
  union select v.signature ->> 'blob' from desk.visit v where v.submitted_at is not null
  union select p ->> 'blob' from desk.visit v, jsonb_array_elements (v.papers) p where v.submitted_at is not null);
create index blob_unused on desk.blob (wanted_at) where used_at is null and branch is not null;
grant delete on desk.blob to janela_api;

-- Who worked where when: by it a blob is kept for a terminal that has not been back.
create index offline_grant_login on desk.offline_grant (login, given_at);
create index session_terminal on desk.session (branch, terminal, opened_at);
