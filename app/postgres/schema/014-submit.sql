-- 014-submit.sql: submit: one transaction for the visit, each application, papers, fees, consents, the
-- receipt's number and the audit. Committed first, printed after.
set role janela_owner;

create type desk.checked as (
  id uuid, ordinal int, service text, department text, version text, hash text, xml text, needs text[],
  waits boolean, fee bigint, fees jsonb, pledge_days int, due date, pick_up boolean
);
