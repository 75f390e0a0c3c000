-- 004-calendar.sql: one calendar counts all days: pledges, due dates, lapses and slots.
set role janela_owner;

-- Days that are not as the week says. branch '*' means all. A holiday on a day of rest stands here
-- too; typhoons and extensions are added as they come.
create table desk.calendar_day (
  branch      text not null default '*',
  day         date not null,
  kind        text not null check (kind in ('holiday', 'compensatory', 'waived', 'closed',
                                            'half-afternoon', 'half-morning', 'working')),
  names       jsonb not null,
  source      text,
  confidence  text not null default 'assumed',
  primary key (branch, day, kind)
);
create index calendar_day_day on desk.calendar_day (day);

-- The branch's working days, numbered: derived, so that counting days costs two look-ups.
create table desk.working_day (
  branch   text not null,
  day      date not null,
  ordinal  int not null,                         -- a day of rest has the ordinal of the day before
  working  boolean not null,
  primary key (branch, day)
);
create unique index working_day_ordinal on desk.working_day (branch, ordinal) where working;
