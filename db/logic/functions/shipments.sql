-- owner: law
-- Intake. A list is taken wholly or not at all; whatever is wrong with it is said of each row, in words.

-- Holds the shipment, so that two people at one box follow each other.
create or replace function private.lock_shipment(shipment_id uuid, roles text[])
returns lab.shipments
language plpgsql volatile
set search_path = ''
as $$
declare
  shipment lab.shipments;
begin
  select s.* into shipment
  from lab.shipments s
  where s.id = shipment_id and s.project_id = any (array(select private.my_projects()))
  for update;
  if not found then
    perform private.refuse('PL004', array['shipment', shipment_id::text]);
  end if;
  perform private.demand_project_role(shipment.project_id, roles);
  return shipment;
end $$;

create or replace function private.demand_open_shipment(shipment lab.shipments)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if shipment.status = 'closed' then
    perform private.refuse('PL160', array[shipment.code]);
  end if;
end $$;

create or replace function private.demand_list(items jsonb)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if jsonb_typeof(items) is distinct from 'array' or jsonb_array_length(items) not between 1 and 5000 then
    perform private.refuse('PL008', array['This is no list of items.'], array['Give a JSON array of 1 to 5000 items.']);
  end if;
end $$;

-- `problems`: [{"item", "code", "problem"}], at most one for each item; nothing where all is well.
create or replace function private.refuse_items(problems jsonb, total integer)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if jsonb_array_length(problems) > 0 then
    perform private.refuse('PL161',
      array[jsonb_array_length(problems)::text, total::text, problems -> 0 ->> 'item', problems -> 0 ->> 'code', problems -> 0 ->> 'problem'],
      details => problems);
  end if;
end $$;

-- What is wrong with the words and amounts of an item, wherever it comes from; null when nothing is.
create or replace function private.item_problem(item jsonb, units text[])
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(item) <> 'object' then 'is no object with the fields of an item'
    when length(item ->> 'code') > 200 or length(item ->> 'name') > 1000 then 'has a code or name that is too long'
    when item ->> 'code' ~ '[[:cntrl:]]' then 'has a code that cannot be scanned'
    when jsonb_typeof(item -> 'amount') not in ('number', 'null') then format('has the amount %s, which is no number', item -> 'amount')
    when (item ->> 'amount')::numeric not between 0 and 1e300 then format('has the amount %s, which is out of bounds', item ->> 'amount')
    when item ->> 'amount' is not null and item ->> 'unit' is null then 'has an amount without a unit'
    when item ->> 'amount' is null and item ->> 'unit' is not null then 'has a unit without an amount'
    when item ->> 'unit' <> all (units) then format('has the unknown unit "%s"', item ->> 'unit')
  end
$$;

-- A sender's list, read.
create or replace function private.read_announced(lab uuid, items jsonb)
returns table (ordinal integer, code text, name text, sample_type text, description text, amount float8, unit text, problem text)
language sql stable
set search_path = ''
as $$
  with units as materialized (
    select array(select u.code from lab.units u where u.lab_id = lab) as codes
  ), listed as (
    select i.n::integer as ordinal, i.item, nullif(btrim(i.item ->> 'code'), '') as code,
      private.item_problem(i.item, u.codes) as problem,
      first_value(i.n) over (partition by btrim(i.item ->> 'code') order by i.n) as first_n
    from jsonb_array_elements(items) with ordinality i (item, n), units u
  )
  select l.ordinal, l.code, coalesce(nullif(btrim(l.item ->> 'name'), ''), l.code), btrim(l.item ->> 'sample_type'),
    coalesce(l.item ->> 'description', ''), case when l.problem is null then (l.item ->> 'amount')::float8 end, l.item ->> 'unit',
    coalesce(l.problem, case
      when l.code is null then 'has no code'
      when l.first_n < l.ordinal then format('has the code of item %s', l.first_n)
      when coalesce(btrim(l.item ->> 'sample_type'), '') = '' then 'has no sample_type'
    end)
  from listed l
$$;

-- What a receiver says, read against the shipment.
create or replace function private.read_received(shipment lab.shipments, items jsonb)
returns table (ordinal integer, item_id uuid, code text, outcome text, condition text, condition_note text,
  name text, sample_type text, description text, amount float8, unit text, problem text)
language sql stable
set search_path = ''
as $$
  with units as materialized (
    select array(select u.code from lab.units u where u.lab_id = shipment.lab_id) as codes
  ), said as (
    select s.n::integer as ordinal, s.item, coalesce(k.sender_code, nullif(btrim(s.item ->> 'code'), '')) as code,
      k.id as known_id, k.outcome as known_outcome, s.item ->> 'outcome' as outcome, s.item ->> 'condition' as condition,
      private.item_problem(s.item, u.codes) as problem
    from jsonb_array_elements(items) with ordinality s (item, n)
    cross join units u
    left join lab.shipment_items k on k.lab_id = shipment.lab_id and k.shipment_id = shipment.id
      and case when s.item ->> 'item_id' is not null then k.id::text = s.item ->> 'item_id' else k.sender_code = btrim(s.item ->> 'code') end
  )
  select d.ordinal, d.known_id, d.code, d.outcome, d.condition, nullif(btrim(d.item ->> 'condition_note'), ''),
    coalesce(nullif(btrim(d.item ->> 'name'), ''), d.code), nullif(btrim(d.item ->> 'sample_type'), ''),
    coalesce(d.item ->> 'description', ''), case when d.problem is null then (d.item ->> 'amount')::float8 end, d.item ->> 'unit',
    coalesce(d.problem, private.receipt_problem(d.item, d.code, d.known_id is not null, d.known_outcome),
      case when row_number() over (partition by d.code order by d.ordinal) > 1 then 'stands twice in what you sent' end)
  from said d
$$;

create or replace function private.receipt_problem(item jsonb, code text, is_known boolean, known_outcome text)
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when coalesce(item ->> 'outcome', '') not in ('received', 'missing', 'unexpected') then
      format('has the unknown outcome "%s": expected received, missing or unexpected', item ->> 'outcome')
    when code is null then 'has neither the code nor the item_id of an item of this shipment'
    when known_outcome = 'received' then 'was received already'
    when item ->> 'outcome' = 'unexpected' and is_known then 'is on the list: it is received, not unexpected'
    when item ->> 'outcome' <> 'unexpected' and not is_known then 'is not on the list: say "unexpected" if it came along'
    when item ->> 'outcome' = 'missing' and item ->> 'condition' is not null then 'is missing, and so has no condition'
    when item ->> 'outcome' = 'missing' then null
    when coalesce(item ->> 'condition', '') not in ('good', 'thawed', 'warm', 'leaking', 'broken', 'empty', 'unlabelled', 'other') then
      format('has the unknown condition "%s": expected good, thawed, warm, leaking, broken, empty, unlabelled or other', item ->> 'condition')
    when item ->> 'condition' = 'other' and coalesce(btrim(item ->> 'condition_note'), '') = '' then
      'is in another condition, so it needs a condition_note'
    when item ->> 'outcome' = 'unexpected' and coalesce(btrim(item ->> 'sample_type'), '') = '' then
      'came unexpectedly, so it needs a sample_type'
  end
$$;

-- Whose code it is: the sender's; of a sender who uses a code twice, that of this shipment.
create or replace function private.name_sender(shipment lab.shipments, code text)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when exists (
      select from lab.foreign_codes f
      where f.lab_id = shipment.lab_id and f.kind = left(shipment.sender, 60) and f.code = name_sender.code)
    then left(shipment.sender, 59 - length(shipment.code)) || ' ' || shipment.code
    else left(shipment.sender, 60)
  end
$$;

-- The one place where what arrived becomes samples. `received` names items of the shipment, each with what was seen of it.
create or replace function private.record_items(shipment lab.shipments, received jsonb, at timestamptz)
returns void
language sql volatile
set search_path = ''
as $$
  with arrived as materialized (
    select i.*, r.condition as seen, r.condition_note as seen_note, r.amount as seen_amount, r.unit as seen_unit, uuidv7() as made_id
    from jsonb_to_recordset(received) r (item_id uuid, condition text, condition_note text, amount float8, unit text)
    join lab.shipment_items i on i.lab_id = shipment.lab_id and i.id = r.item_id
    order by i.ordinal
  ), made as (
    insert into lab.samples (lab_id, id, project_id, name, sample_type, description, amount, amount_unit,
      received_at, condition, condition_note, thaw_count, fields)
    select a.lab_id, a.made_id, a.project_id, a.name, a.sample_type, a.description, coalesce(a.seen_amount, a.amount),
      coalesce(a.seen_unit, a.amount_unit), at, a.seen, a.seen_note, case a.seen when 'thawed' then 1 else 0 end,
      private.excuse_fields(a.lab_id, a.sample_type, 'The list of the sender does not say.')
    from arrived a
  )
  update lab.shipment_items i
  set outcome = 'received', condition = a.seen, condition_note = a.seen_note, received_amount = a.seen_amount, received_unit = a.seen_unit,
    received_at = at, received_by = private.me(), sample_id = a.made_id
  from arrived a
  where i.lab_id = a.lab_id and i.id = a.id;

  insert into lab.foreign_codes (lab_id, project_id, material_id, kind, code)
  select i.lab_id, i.project_id, i.sample_id, private.name_sender(shipment, i.sender_code), i.sender_code
  from jsonb_to_recordset(received) r (item_id uuid)
  join lab.shipment_items i on i.lab_id = shipment.lab_id and i.id = r.item_id
  order by i.ordinal
$$;

-- What differs from the list, one row for each way in which an item differs.
create or replace function private.differences_of(item lab.shipment_items)
returns table (kind text, description text)
language sql stable
set search_path = ''
as $$
  select 'missing', 'It was on the list and did not come.' where item.outcome = 'missing'
  union all
  select 'unexpected', 'It came and was not on the list.' where not item.expected
  union all
  select 'condition', concat_ws(': ', item.condition, item.condition_note) where item.condition <> 'good'
  union all
  select 'amount', format('%s %s by the list, %s %s received', item.amount, item.amount_unit, item.received_amount, item.received_unit)
  where (item.amount, item.amount_unit) <> (item.received_amount, item.received_unit)
$$;
grant execute on function private.differences_of(lab.shipment_items) to member, migrator;

create or replace function private.describe_shipment(shipment_id uuid)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('shipment_id', s.id, 'code', s.code, 'status', s.status,
    'awaited', count(*) filter (where i.outcome = 'awaited'),
    'received', count(*) filter (where i.outcome = 'received' and i.expected),
    'missing', count(*) filter (where i.outcome = 'missing'),
    'unexpected', count(*) filter (where not i.expected),
    'differing', count(*) filter (where exists (select from private.differences_of(i))))
  from lab.shipments s
  join lab.shipment_items i on i.lab_id = s.lab_id and i.shipment_id = s.id
  where s.id = describe_shipment.shipment_id
  group by s.id, s.code, s.status
$$;
