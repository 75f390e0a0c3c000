-- persons.sql: persons with their documents, and what is known of them: each fact with source,
-- day and grade. A read of facts is an event that names the ticket and the basis (Law 8/2005).
set role janela_owner;

-- A Hong Kong card's check character: weights 9 8 7 6 5 4 3 2 over (letter, letter, six digits), a
-- missing first letter counts 36; A = 10 … Z = 35.
create or replace function desk.hkid_is_right (number text)
returns boolean language plpgsql immutable as $$
declare
  padded text := lpad (number, 9, '?');
  sum int := 0;
  check_value int;
begin
  for i in 1..8 loop
    sum := sum + (10 - i) * case when substr (padded, i, 1) = '?' then 36
                                 else strpos ('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', substr (padded, i, 1)) - 1 end;
  end loop;
  check_value := (11 - sum % 11) % 11;
  return right (number, 1) = case check_value when 10 then 'A' else check_value::text end;
end $$;

-- A mainland identity card or residence permit (GB 11643-1999): weighted sum modulo 11.
create or replace function desk.mainland_id_is_right (number text)
returns boolean language sql immutable as $$
  select right (number, 1) = substr ('10X98765432', 1 + sum (w.weight * substr (number, w.n::int, 1)::int)::int % 11, 1)
  from unnest ('{7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2}'::int[]) with ordinality w (weight, n)
$$;

-- The number as kept: capitals, without brackets, strokes and blanks; null where the shape is wrong.
-- A Macao card's check character is not tested: no public rule was found.
create or replace function desk.document_number (of_kind text, typed text)
returns text language plpgsql immutable as $$
declare
  number text := upper (regexp_replace (translate (normalize (coalesce (typed, ''), nfkc), '()/- ', ''), '\s', '', 'g'));
begin
  if number = (case of_kind
       when 'bir' then substring (number from '^[157][0-9]{6}[0-9A]$')
       when 'hkid' then substring (number from '^[A-Z]{1,2}[0-9]{6}[0-9A]$')
       when 'mainland-id' then substring (number from '^[0-9]{17}[0-9X]$')
       when 'home-return-permit' then substring (number from '^[HM][0-9]{8}(?:[0-9]{2})?$')
       when 'passport' then substring (number from '^[A-Z0-9]{5,15}$')
       when 'other' then substring (number from '^.{1,40}$')
     end)
     and (of_kind <> 'hkid' or desk.hkid_is_right (number))
     and (of_kind <> 'mainland-id' or desk.mainland_id_is_right (number)) then
    return number;
  end if;
  return null;
end $$;

-- A document as it came, checked: {kind, issuer, number}; null stays null.
create or replace function desk.document_checked (document jsonb)
returns jsonb language plpgsql immutable as $$
declare
  number text;
begin
  if document is null or document = 'null' then
    return null;
  end if;
  number := desk.document_number (document ->> 'kind', document ->> 'number');
  if number is null then
    perform desk.fail ('rejected', 'document-number', null,
                       jsonb_build_object ('kind', document ->> 'kind'));
  end if;
  return jsonb_build_object ('kind', document ->> 'kind', 'number', number,
                             'issuer', coalesce (nullif (document ->> 'issuer', ''), 'MO'));
end $$;

-- Whom the register knows by this document, as document_checked gives it.
create or replace function desk.person_of (document jsonb)
returns uuid language plpgsql stable as $$
begin
  return (select d.person from desk.document d
          where d.kind = document ->> 'kind' and d.issuer = document ->> 'issuer' and d.number = document ->> 'number');
end $$;

-- What may be shown of a person: the newest of each property, without what is sensitive (health,
-- conviction, hardship never fill another form: forms/VOCABULARY.md section 4).
create or replace function desk.facts_of (wanted uuid)
returns table (property text, value text, source text, as_of date, grade text) language sql stable as $$
  select distinct on (f.property) f.property, f.value, f.source, f.as_of, f.grade
  from desk.fact f
  where f.person = wanted
    and not exists (select from desk.publication p
                    where p.kind = 'facts' and p.current
                      and p.meta #>> array['properties', f.property, 'sensitive'] is not null)
  order by f.property, f.as_of desc, f.recorded_at desc
$$;
