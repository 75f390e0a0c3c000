-- instances.sql: the check of a filled form that SQL can do: its size, its nodes, lexical types,
-- what is always required, choices that never change. The steward fills the form again afterwards.
set role janela_owner;

-- Lexical forms of the ODK types; what is missing here is text. The two commonest have a name.
create or replace function desk.lexical (type text)
returns text language sql immutable as $$
  select case type
    when 'int' then 'int'
    when 'date' then 'date'
    when 'decimal' then '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$'
    when 'time' then '^([01][0-9]|2[0-4]):[0-5][0-9](:[0-6][0-9](\.[0-9]+)?)?([Z+-].*)?$'
    when 'dateTime' then '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T[0-9]{2}:[0-9]{2}.*$'
    when 'boolean' then '^(true|false|0|1)$'
  end
$$;

-- From {path: {type, required, choices}} to what the check reads: each group on the way is a node as well, and
-- holds no value (g); t the lexical form, r required, c the choices between strokes, with a star before them
-- where several may be given.
create or replace function desk.nodes_compiled (nodes jsonb)
returns jsonb language sql immutable as $$
  select coalesce (jsonb_object_agg (path, node), '{}') from (
    select distinct on (path) path, node from (
      select '/' || array_to_string ((string_to_array (n.key, '/'))[2:depth], '/') as path,
             case when depth = array_length (string_to_array (n.key, '/'), 1) then jsonb_strip_nulls (jsonb_build_object (
               'g', case when n.value ->> 'type' = 'group' then true end, 't', desk.lexical (n.value ->> 'type'),
               'r', case when (n.value ->> 'required')::boolean then true end,
               'c', (select case when n.value ->> 'type' = 'select' or (n.value ->> 'multiple')::boolean then '*' else '' end
                            || '|' || string_agg (choice, '|') || '|' from jsonb_array_elements_text (
                       case jsonb_typeof (n.value -> 'choices') when 'array' then n.value -> 'choices' else '[]' end) choice)))
             else '{"g": true}' end as node
      from jsonb_each (nodes) n
      cross join generate_series (2, array_length (string_to_array (n.key, '/'), 1)) depth
      where strpos (n.key, '@') = 0) all_nodes
    order by path, node ? 'g', length (node::text) desc) one_each
$$;

-- Walk the tags, which come split at each "<": every element must be a node of the form, and closed; text
-- stands in the nodes that hold values only. Returns the pattern of the shape, which tags have attributes, and for
-- each tag the path of the node whose value follows it.
create or replace function desk.walk (code text, pieces text[], nodes jsonb, out pattern text, out marked boolean[], out paths text[])
language plpgsql immutable as $$
declare
  last int := cardinality (pieces) - 1;
  at text := '';
  tag text;
  name text;
  value text;
  fault text;
begin
  pattern := '';
  nodes := nodes || '{}';                        -- out of its toast once, not at every look
  paths := array_fill (null::text, array[last]);
  marked := array_fill (false, array[last]);
  for n in 1 .. last loop
    tag := split_part (pieces[n + 1], '>', 1);
    name := split_part (tag, ' ', 1);
    value := substr (pieces[n + 1], length (tag) + 2);
    marked[n] := tag <> name;
    pattern := pattern || '<' || desk.literal (name) || case when marked[n] then ' %' else '' end || '>';
    if left (tag, 1) = '/' then
      fault := case when right (at, length (tag)) <> tag or value <> '' then 'not-plain-xml' end;
      at := left (at, -length (tag));
    elsif name !~ '^[A-Za-z_][^[:space:]&"''/]*$' or right (tag, 1) = '/' or n > 1 and at = '' then
      fault := 'not-plain-xml';
    else
      at := at || '/' || name;
      if not nodes ? at then
        fault := 'unknown-node';
      elsif pieces[n + 2] is distinct from '/' || name || '>' or nodes -> at ? 'g' then
        fault := case when value <> '' then 'not-plain-xml' end;
      else
        paths[n] := at;
        fault := case when value = '' and nodes -> at ? 'r' then 'required' end;
        pattern := pattern || case when nodes -> at ? 'r' then '_%' else '%' end;
      end if;
    end if;
    if fault is not null or pieces[1] <> '' or pieces[n + 1] not like '%>%' then
      perform desk.fail ('rejected', coalesce (fault, 'not-plain-xml'), at, jsonb_build_object ('service', code));
    end if;
  end loop;
  if at <> '' or last < 2 then
    perform desk.fail ('rejected', 'not-plain-xml', at, jsonb_build_object ('service', code));
  end if;
end $$;

-- What is to be checked at the values of a shape: a regular expression, or choices. A choice without attributes is compared together with its tag.
create or replace function desk.rules (pieces text[], paths text[], marked boolean[], nodes jsonb)
returns table (at int, choices jsonb, type text) language sql immutable as $$
  select v.at, case when v.by_tag then jsonb_build_array (v.tag) || (select jsonb_agg (v.tag || c) from unnest (v.choices) c) end,
         case when not v.by_tag then coalesce (v.several || '<' || array_to_string (v.choices, '<') || '<',
                                         case v.node ->> 't' when 'int' then '^[+-]?[0-9]{1,18}$'
                                                             when 'date' then '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
                                                             else v.node ->> 't' end) end
  from (select n.at + 1 as at, split_part (pieces[n.at + 1], '>', 1) || '>' as tag, nodes -> n.path as node,
               string_to_array (trim (both '|' from ltrim (nodes -> n.path ->> 'c', '*')), '|') as choices,
               case left (nodes -> n.path ->> 'c', 1) when '*' then '*' when '|' then '' end as several,
               coalesce (left (nodes -> n.path ->> 'c', 1) = '|' and not marked[n.at], false) as by_tag
        from (select p.n::int as at, p.path from unnest (paths) with ordinality p (path, n)) n) v
  where v.node ?| '{t,c}'
$$;

-- A shape seen for the first time; nothing where its form is not published. What is always required must be among its
-- nodes. It is remembered while there are not too many: a client that is not ours could make up any number of
-- rows of a repeat.
create or replace function desk.learn_shape (a desk.sent)
returns desk.shape language plpgsql as $$
declare
  pieces text[] := string_to_array (a.xml, '<');
  f desk.publication;
  w record;
  s desk.shape;
  lacking text;
begin
  lock table desk.shape in row exclusive mode;   -- before the form is read: see forget_shapes
  select * into f from desk.publication p
  where p.kind = 'service' and p.code = a.service and p.version = a.version and p.hash = a.hash and p.withdrawn_at is null;
  if not found then
    return null;
  end if;
  w := desk.walk (f.code, pieces, f.nodes);
  select r into lacking from jsonb_array_elements_text (f.meta -> 'required') r where r <> all (array_remove (w.paths, null)) limit 1;
  if found then
    perform desk.fail ('rejected', 'required', lacking, jsonb_build_object ('service', f.code));
  end if;
  s.code := f.code;
  s.version := f.version;
  s.hash := f.hash;
  s.department := f.department;
  s.pledge_days := (f.meta #>> '{pledge,days}')::int;
  s.pledge_kind := f.meta #>> '{pledge,kind}';
  s.pick_up := coalesce ((f.meta ->> 'pick_up')::boolean, false);
  s.tags := cardinality (w.paths);
  s.pattern := w.pattern;
  s.digest := sha256 (convert_to (w.pattern, 'UTF8'));
  s.learned_at := now ();
  s.marked_at := array (select n + 1 from generate_series (1, s.tags) n where w.marked[n] and w.paths[n] is null);
  select coalesce (array_agg (r.at order by r.at) filter (where r.choices is not null), '{}'),
         coalesce (array_agg (r.choices order by r.at) filter (where r.choices is not null), '{}'),
         coalesce (array_agg (r.at order by r.at) filter (where r.type is not null), '{}'),
         coalesce (array_agg (r.type order by r.at) filter (where r.type is not null), '{}')
    into s.choice_at, s.choices, s.typed_at, s.types
  from desk.rules (pieces, w.paths, w.marked, f.nodes) r;
  if jsonb_typeof (f.meta -> 'fees') = 'array' then
    select coalesce (array_agg (u.at + 1 order by u.code), '{}'),
           coalesce (array_agg (jsonb_build_object ('service', f.code, 'code', u.code, 'confirmed', u.confirmed) order by u.code), '{}')
      into s.fee_at, s.fees
    from (select array_position (w.paths, fee ->> 'ref') as at, fee ->> 'code' as code,
                 coalesce ((fee ->> 'confirmed')::boolean, false) as confirmed from jsonb_array_elements (f.meta -> 'fees') fee) u
    where u.at is not null;
  end if;
  insert into desk.shape select (s).*            -- nobody waits for another who learns the same
  where pg_try_advisory_xact_lock (hashtextextended (s.pattern, 2))
    and (select count(*) from desk.shape h where h.code = f.code and h.version = f.version) < 500
  on conflict do nothing;
  return s;
end $$;

-- What was learned of a form goes when it is withdrawn or published anew. Who is just learning it is waited for; who
-- learns afterwards waits here, and reads the form as it is then.
create or replace function desk.forget_shapes (of_code text, of_version text default null)
returns void language plpgsql as $$
begin
  lock table desk.shape in share row exclusive mode;
  delete from desk.shape s where s.code = of_code and s.version = coalesce (of_version, s.version);
end $$;

-- A tag that is no tag (no type), or a value that is not as its form wants it: said with its place.
create or replace function desk.refuse_value (service text, pieces text[], at int, type text)
returns void language plpgsql as $$
begin
  perform desk.fail ('rejected', case when type is null or pieces[at] like '%>%>%' then 'not-plain-xml'
                                      when type ~ '^[*<]' then 'not-a-choice' else 'wrong-type' end,
                     desk.path_at (pieces, at - 1), jsonb_build_object ('service', service));
end $$;

-- The path of the node that the n-th tag opens.
create or replace function desk.path_at (pieces text[], n int)
returns text language plpgsql immutable as $$
declare
  at text := '';
  tag text;
begin
  foreach tag in array pieces[2 : n + 1] loop
    tag := split_part (split_part (tag, '>', 1), ' ', 1);
    at := case when left (tag, 1) = '/' then left (at, -length (tag)) else at || '/' || tag end;
  end loop;
  return at;
end $$;

-- As JnBackend's clients send a filled form: no declaration, no blanks around it, and <a></a> for <a/>.
create or replace function desk.plain_xml (xml text)
returns text language plpgsql immutable as $$
begin
  if left (xml, 5) = '<?xml' then
    xml := substr (xml, strpos (xml, '?>') + 2);
  end if;
  return regexp_replace (btrim (xml, E' \t\r\n'), '<([^[:space:]<>/]+)([[:space:]][^<>]*)?/>', '<\1\2></\1>', 'g');
end $$;

-- Look at the values of a filled form, whose shape is known. Values are checked to their end, so a bare ">", which
-- XML allows in a text, hides nothing; a tag with attributes must be one tag. Whether a value may be blank says the
-- shape. Choices of a type stand between "<", which no value holds; where several may be given, a star is before them.
-- Returns how many were checked.
create or replace function desk.check_values (service text, pieces text[], marked_at int[], choice_at int[], choices jsonb[],
                                              typed_at int[], types text[])
returns int language plpgsql as $$
declare
  value text;
  is_right boolean;
begin
  for n in 1 .. cardinality (marked_at) loop
    if pieces[marked_at[n]] like any ('{%>_%,%/>}') then
      perform desk.refuse_value (service, pieces, marked_at[n], null);
    end if;
  end loop;
  for n in 1 .. cardinality (choice_at) loop
    if not choices[n] ? pieces[choice_at[n]] then
      perform desk.refuse_value (service, pieces, choice_at[n], '<');
    end if;
  end loop;
  for n in 1 .. cardinality (typed_at) loop
    value := substr (pieces[typed_at[n]], strpos (pieces[typed_at[n]], '>') + 1);
    is_right := value = '' or case left (types[n], 1)
                                when '<' then strpos (types[n], '<' || value || '<') > 0
                                when '*' then string_to_array (trim (value), ' ') <@ string_to_array (types[n], '<')
                                else value ~ types[n] end;
    if not is_right then
      perform desk.refuse_value (service, pieces, typed_at[n], types[n]);
    end if;
  end loop;
  return cardinality (choice_at) + cardinality (typed_at);
end $$;
