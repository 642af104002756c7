-- owner: law
-- What the ledger does to the rows of materials, and keeps everybody else from doing.

-- `after insert on lab.samples`: what a material was registered with is its first act. One with nothing to tell has none yet.
create or replace function private.open_ledgers()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into lab.material_acts (lab_id, project_id, material_id, kind)
  select m.lab_id, m.project_id, m.id, 'register'
  from new_rows m
  where m.amount is not null or m.status <> 'available' or m.thaw_count > 0 or m.custodian_id is not null
    or m.received_at is not null or m.condition is not null or m.place_id is not null;
  return null;
end $$;
grant execute on function private.open_ledgers() to migrator;

-- `after insert on lab.material_acts`: the row says what the last act left. All rows at once, so that two can swap positions.
create or replace function private.apply_acts()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update lab.samples s
  set amount = a.balance::float8, amount_unit = a.unit, status = a.status, thaw_count = a.thaw_count, custodian_id = a.custodian_id,
    received_at = a.received_at, condition = a.condition, condition_note = a.condition_note, place_id = a.place_id, position = a.position
  from (select distinct on (n.lab_id, n.material_id) n.* from new_rows n order by n.lab_id, n.material_id, n.number desc) a
  where s.lab_id = a.lab_id and s.id = a.material_id and a.kind <> 'register'
    and (s.amount, s.amount_unit, s.status, s.thaw_count, s.custodian_id, s.received_at, s.condition, s.condition_note, s.place_id, s.position)
      is distinct from
      (a.balance::float8, a.unit, a.status, a.thaw_count, a.custodian_id, a.received_at, a.condition, a.condition_note, a.place_id, a.position);
  return null;
exception when exclusion_violation then
  perform private.refuse('PL151', array[n.position, private.name_place(p)], array[private.whom_to_ask(s, p)])
  from new_rows n
  join lab.samples s on s.lab_id = n.lab_id and s.place_id = n.place_id and s.position = n.position and s.id <> n.material_id
  join lab.places p on p.lab_id = n.lab_id and p.id = n.place_id
  order by n.position limit 1;
  raise;
end $$;
grant execute on function private.apply_acts() to migrator;

-- `before update on lab.samples`, where something of the ledger changes: only as the last act says.
create or replace function private.keep_ledger()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform from (
    select a.* from lab.material_acts a
    where a.lab_id = new.lab_id and a.material_id = new.id
    order by a.number desc limit 1) a
  where (new.amount, new.amount_unit, new.status, new.thaw_count, new.custodian_id, new.received_at, new.condition, new.condition_note,
      new.place_id, new.position)
    is not distinct from
    (a.balance::float8, a.unit, a.status, a.thaw_count, a.custodian_id, a.received_at, a.condition, a.condition_note, a.place_id, a.position);
  if not found then
    perform private.refuse('PL140', array[case
        when new.status <> old.status then 'status'
        when (new.amount, new.amount_unit) is distinct from (old.amount, old.amount_unit) then 'amount'
        when (new.place_id, new.position) is distinct from (old.place_id, old.position) then 'place'
        when new.thaw_count <> old.thaw_count then 'thaw_count'
        when new.custodian_id is distinct from old.custodian_id then 'custodian'
        else 'condition' end],
      array[case
        when new.status <> old.status then 'archive_material, dispose_material, ship_material, consume_material or restore_material'
        when (new.amount, new.amount_unit) is distinct from (old.amount, old.amount_unit) then 'take_amount or correct_amount'
        when (new.place_id, new.position) is distinct from (old.place_id, old.position) then 'move_materials'
        when new.thaw_count <> old.thaw_count then 'thaw_material'
        when new.custodian_id is distinct from old.custodian_id then 'hand_over_material'
        else 'receive_material' end]);
  end if;
  return new;
end $$;
grant execute on function private.keep_ledger() to member, migrator;

-- `before insert on lab.samples` with a place: the position is one that the place has.
create or replace function private.check_position()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  new.position := private.read_position(new.lab_id, new.place_id, new.position);
  return new;
end $$;
grant execute on function private.check_position() to migrator;

-- `before insert on lab.foreign_codes`: a code belongs to the project of its material, which the row policy then judges.
create or replace function private.take_project()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  new.project_id := (select s.project_id from lab.samples s where s.lab_id = new.lab_id and s.id = new.material_id);
  if new.project_id is null then
    perform private.refuse('PL004', array['material', coalesce(new.material_id::text, '')]);
  end if;
  return new;
end $$;
grant execute on function private.take_project() to migrator;
