-- 091-ability.sql: what a counter and the clerk at it can serve, remembered until something that decides it changes.
set role janela_owner;

drop function if exists desk.able (desk.call, text[]), desk.able_now (desk.call, text[]);

-- One row a counter, of who sits there now (functions/ability.sql). It is true only while its version is the present one.
create table desk.ability (
  branch   text not null,
  counter  int not null,
  login    text not null,
  day      date not null,
  version  bigint not null,
  able     jsonb not null,                       -- {service: rank}
  primary key (branch, counter)
) with (fillfactor = 50, toast_tuple_target = 4080); -- read with each call: in the row itself

alter table desk.ability enable row level security;
create policy branch on desk.ability to janela_api using (branch = (select s.branch from desk.own_session s));

create table desk.ability_version (
  version  bigint not null,
  single   boolean primary key default true check (single)
);
insert into desk.ability_version values (1);
grant select, insert, update on desk.ability to janela_api;
grant select, update on desk.ability_version to janela_api;

create function desk.ability_changed ()
returns trigger language plpgsql as $$
begin
  update desk.ability_version set version = version + 1;
  return null;
end $$;

do $$
declare
  name text;
begin
  foreach name in array '{counter, profile_match, authorisation, publication}'::text[] loop
    execute format ('create trigger ability after insert or update or delete or truncate on desk.%I
                     for each statement execute function desk.ability_changed ()', name);
  end loop;
end $$;
