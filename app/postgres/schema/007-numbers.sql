-- 007-numbers.sql: numbers come from a row each, never from max + 1 and never from a sequence:
-- they are gapless, and the row's lock puts those who ask in line (TheQ #626, FQM).
set role janela_owner;

create table desk.number (
  branch  text not null,
  series  text not null,                         -- 'ticket:B', 'receipt'
  period  text not null,                         -- the day or the year
  last    bigint not null,
  primary key (branch, series, period)
) with (fillfactor = 50);                        -- room for updates in place

-- The lock is held until the end of the transaction: ask last.
create function desk.next_number (wanted text, of_series text, of_period text)
returns bigint language plpgsql as $$
declare
  number bigint;
begin
  insert into desk.number as n (branch, series, period, last) values (wanted, of_series, of_period, 1)
  on conflict (branch, series, period) do update set last = n.last + 1
  returning last into number;
  return number;
end $$;
