-- 070-submit.sql: what a submission reads stands in one place, and what it writes goes into few rows.

-- Who writes a submission: the function that does it, and nobody else.
do $$
begin
  if not exists (select from pg_roles where rolname = 'janela_submit') then
    create role janela_submit nologin;
  end if;
end $$;
grant janela_submit to janela_owner;
set role janela_owner;

drop function if exists desk.fees_said (text, jsonb, text[], bigint), desk.charged (jsonb), desk.due_day (desk.call, jsonb),
  desk.check_application (desk.call, jsonb, int, text[], int), desk.take_visit (desk.call, jsonb),
  desk.submit_persons (desk.call, desk.visit, jsonb), desk.submit_papers (desk.call, desk.visit, jsonb),
  desk.make_receipt (desk.call, desk.visit, desk.checked[], uuid),
  desk.make_applications (desk.call, desk.visit, desk.receipt, desk.checked[]),
  desk.note_submission (desk.call, desk.visit, desk.receipt, desk.checked[]),
  desk.learn_shape (text, text, text[]), desk.value_fault (text, text, text), desk.is_lexical (text, text),
  desk.walk (text, text[], jsonb), desk.check_instance (text, text, text, boolean);

-- A shape holds all that a submission must know of a form, so one row is read for each. It is learned from a publication
-- that is not withdrawn, and dropped with it (desk.forget_shapes). A filled form is split at each "<"; numbers
-- in a shape are those of the pieces.
drop table desk.shape cascade;
create table desk.shape (
  code         text not null,
  version      text not null,
  tags         int not null,                     -- how many there are
  digest       bytea not null,                   -- of the pattern
  hash         text not null,                    -- this and the next four as published
  department   text not null,
  pledge_days  int,
  pledge_kind  text,
  pick_up      boolean not null,
  pattern      text not null,                    -- for LIKE, each value a %
  marked_at    int[] not null,                   -- tags with attributes and without a value
  choice_at    int[] not null,                   -- of which each piece is one of its choices:
  choices      jsonb[] not null,                 -- ["sex>", "sex>M", "sex>F"]
  typed_at     int[] not null,                   -- of which each value follows its type (desk.is_right)
  types        text[] not null,
  fee_at       int[],                            -- the fees, in order of their codes; null: the form names none
  fees         jsonb[],                          -- {service, code, confirmed}, to which its amount is added
  learned_at   timestamptz not null default now(),
  primary key (code, version, tags, digest)
);
alter table desk.shape                           -- in the row itself, all of it
  alter column pattern set storage main, alter column marked_at set storage main, alter column choice_at set storage main,
  alter column choices set storage main, alter column typed_at set storage main, alter column types set storage main,
  alter column fee_at set storage main, alter column fees set storage main,
  alter column pattern set compression lz4, alter column choices set compression lz4, alter column types set compression lz4;
grant select, insert, update, delete on desk.shape to janela_api;

-- An application as it is sent, and as it goes into its department's inbox.
create type desk.sent as (id uuid, service text, version text, hash text, xml text, needs text[], fee bigint);
drop type desk.checked;
create type desk.checked as (
  id uuid, ordinal int, service text, department text, version text, hash text, xml text, needs text[],
  waits boolean, fee bigint, fees jsonb, pledge_days int, due date, pick_up boolean
);

-- Constraints of a table are read and planned again by each statement that writes it (20 microseconds each); those of a
-- domain are kept. What they say is the same.
create domain desk.application_state as text check (value in ('submitted', 'waiting', 'decided'));
create domain desk.verdict as text check (value in ('verified', 'refused'));
create domain desk.stars as int check (value between 1 and 5);
alter table desk.visit drop constraint visit_stars_check, alter column stars type desk.stars;
drop policy department on desk.application;
alter table desk.application drop constraint application_state_check, drop constraint application_verdict_check,
  alter column state type desk.application_state, alter column verdict type desk.verdict;
create policy department on desk.application for select to janela_api
  using (verdict = 'verified' and department = (select desk.my_department ()));

-- One guard too many: an application is made only in the transaction that has just taken its visit
-- (desk.take_visit), and nobody has the right to delete a visit. It cost a query for each application.
alter table desk.application drop constraint application_visit_fkey;

-- Papers, consents and the signature stay with the visit, and fees with the application, as they were sent: they
-- are written once and read together. As rows of their own they cost a third of a submission. The views show rows.
alter table desk.visit
  add column papers jsonb not null default '[]',   -- [{code, services, state, original, blob, source}]
  add column consents jsonb not null default '[]', -- [{person, department, given}]
  add column signature jsonb;                      -- {person, method, blob}
alter table desk.application
  add column fees jsonb not null default '[]';     -- [{service, code, amount, confirmed}]; none while waiting
update desk.visit v set
  papers = coalesce ((select jsonb_agg (to_jsonb (p) - '{branch,visit}'::text[] order by p.code) from desk.paper p where p.visit = v.id), '[]'),
  consents = coalesce ((select jsonb_agg (to_jsonb (k) - '{branch,visit,at}'::text[]) from desk.consent k where k.visit = v.id), '[]'),
  signature = (select p.signature from desk.visit_person p where p.visit = v.id and p.signature is not null limit 1);
update desk.application a set
  fees = coalesce ((select jsonb_agg (jsonb_build_object ('service', a.service) || (to_jsonb (f) - '{application,branch}'::text[]) order by f.code)
                    from desk.fee f where f.application = a.id), '[]');
drop table desk.paper, desk.consent, desk.fee;
alter table desk.visit_person drop column signature;

create view desk.paper with (security_invoker) as
  select v.branch, v.id as visit, p.*
  from desk.visit v cross join jsonb_to_recordset (v.papers) p (code text, services text[], state text, original boolean, blob text, source text);
create view desk.consent with (security_invoker) as
  select v.branch, v.id as visit, k.person, k.department, k.given, v.submitted_at as at
  from desk.visit v cross join jsonb_to_recordset (v.consents) k (person uuid, department text, given boolean);
create view desk.fee with (security_invoker) as
  select a.id as application, a.branch, f.code, f.amount, f.confirmed
  from desk.application a cross join jsonb_to_recordset (a.fees) f (code text, amount bigint, confirmed boolean);
grant select on desk.paper, desk.consent, desk.fee to janela_api;

-- janela_submit may do what a submission needs, and only with rows of the branch for which desk.visit_submit works: it
-- says so in a setting, before all else and in every call, so what a client has put there is never read. This
-- is the fence of 015-security.sql without asking for the session at each table again, which took a quarter of the time.
grant usage on schema desk to janela_submit;
grant select on desk.setting, desk.publication, desk.shape, desk.working_day, desk.emergency, desk.document, desk.blob to janela_submit;
grant insert on desk.shape, desk.receipt, desk.application, desk.event to janela_submit;
grant select, insert, update on desk.visit, desk.visit_person, desk.number to janela_submit;
grant select, delete on desk.draft to janela_submit;
grant execute on all functions in schema desk to janela_submit;
alter default privileges for role janela_owner in schema desk grant execute on functions to janela_submit;
do $$
declare
  name text;
begin
  foreach name in array '{visit, visit_person, draft, application, receipt, event, number, emergency}'::text[] loop
    execute format ($p$ create policy submission on desk.%I to janela_submit
                        using (branch = current_setting ('janela.branch')) $p$, name);
  end loop;
end $$;
create policy submission on desk.document for select to janela_submit using (true);
create policy submission on desk.blob for select to janela_submit
  using (branch is null or branch = current_setting ('janela.branch'));
