-- numbers.sql: numbers come from a row each, never from max + 1 and never from a sequence:
-- they are gapless, and the row's lock puts those who ask in line (TheQ #626, FQM).
set role janela_owner;

-- The lock is held until the end of the transaction: ask last.
create or replace function desk.next_number (wanted text, of_series text, of_period text)
returns bigint language plpgsql as $$
declare
  number bigint;
begin
  update desk.number n set last = n.last + 1
  where n.branch = wanted and n.series = of_series and n.period = of_period returning n.last into number;
  if number is null then                         -- the first of its period, or next to one who is just making it
    insert into desk.number as n (branch, series, period, last) values (wanted, of_series, of_period, 1)
    on conflict (branch, series, period) do update set last = n.last + 1 returning n.last into number;
  end if;
  return number;
end $$;
