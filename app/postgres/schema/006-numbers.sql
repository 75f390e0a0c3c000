-- 006-numbers.sql: numbers come from a row each, never from max + 1 and never from a sequence:
-- they are gapless, and the row's lock puts those who ask in line (TheQ #626, FQM).
set role janela_owner;

create table desk.number (
  branch  text not null,
  series  text not null,                         -- 'ticket:B', 'receipt'
  period  text not null,                         -- the day or the year
  last    bigint not null,
  primary key (branch, series, period)
) with (fillfactor = 50);                        -- room for updates in place
