-- 062-hand-over.sql: slips with which applications and their papers go to a department or to the next clerk.
set role janela_owner;

create table desk.hand_over (
  id          uuid primary key,                  -- made by the client
  branch      text not null,
  no          text not null unique,              -- 07-E-20261126-01
  day         date not null,
  counter     int,
  department  text,                              -- none: to the next clerk, so the papers stay in the branch
  note        text not null default '',
  login       text not null,
  at          timestamptz not null
);
create index hand_over_day on desk.hand_over (branch, day);

create table desk.hand_over_line (
  hand_over    uuid not null references desk.hand_over,
  branch       text not null,
  application  uuid not null references desk.application,
  papers       int not null,
  primary key (hand_over, application)
);
create index hand_over_application on desk.hand_over_line (application);

do $$
declare
  name text;
begin
  foreach name in array '{hand_over, hand_over_line}'::text[] loop
    execute format ('grant select, insert on desk.%I to janela_api', name);
    execute format ('alter table desk.%I enable row level security', name);
    execute format ($p$ create policy branch on desk.%I to janela_api
                        using (branch = (select desk.my_branch ()) or (select desk.my_branch ()) = '*') $p$, name);
  end loop;
end $$;
