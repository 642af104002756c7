-- owner: law
-- The ledger of materials. An act is a row; what it leaves is computed here, under the lock of its material, so two at once follow
-- each other and nothing goes below zero. What the material's row says is copied from its last act, and can come from nowhere else.

-- `before insert on lab.material_acts`: the state after the act, from the state before it.
create or replace function private.compute_act()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  material lab.samples;
  before lab.material_acts;
begin
  select s.* into material from lab.samples s where s.lab_id = new.lab_id and s.id = new.material_id for update;
  if not found then
    perform private.refuse('PL004', array['material', new.material_id::text]);
  end if;
  before := private.state_before(material);
  new.project_id := material.project_id;
  new.number := before.number + 1;
  if new.kind = 'register' then
    before.number := 1;
    before.change := before.balance;
    return private.keep_state(new, before);
  end if;
  perform private.demand_past(new.happened_at);
  perform private.demand_possible(material, before.status, new.kind);
  new.departure := private.departure_of_use(material, new);
  if new.kind in ('correct', 'archive', 'dispose', 'ship', 'restore', 'release', 'block', 'quarantine') and coalesce(btrim(new.reason), '') = '' then
    perform private.refuse('PL144', array[new.kind]);
  end if;
  return private.compute_state(material, before, private.compute_balance(material, before, new));
end $$;
grant execute on function private.compute_act() to migrator;

-- The last act, or what the row says where nothing was done yet.
create or replace function private.state_before(material lab.samples)
returns lab.material_acts
language plpgsql stable
set search_path = ''
as $$
declare
  state lab.material_acts;
begin
  select a.* into state
  from lab.material_acts a
  where a.lab_id = material.lab_id and a.material_id = material.id
  order by a.number desc limit 1;
  if not found then
    state.number := 0;
    state.balance := private.exact(material.amount);
    state.unit := material.amount_unit;
    state.status := material.status;
    state.thaw_count := material.thaw_count;
    state.custodian_id := material.custodian_id;
    state.received_at := material.received_at;
    state.condition := material.condition;
    state.condition_note := material.condition_note;
    state.place_id := material.place_id;
    state.position := material.position;
  end if;
  return state;
end $$;

-- An act at registration only says how things stood.
create or replace function private.keep_state(act lab.material_acts, state lab.material_acts)
returns lab.material_acts
language plpgsql immutable
set search_path = ''
as $$
begin
  act.change := state.change;
  act.balance := state.balance;
  act.unit := state.unit;
  act.status := state.status;
  act.thaw_count := state.thaw_count;
  act.custodian_id := state.custodian_id;
  act.received_at := state.received_at;
  act.condition := state.condition;
  act.condition_note := state.condition_note;
  act.place_id := state.place_id;
  act.position := state.position;
  return act;
end $$;

-- Which acts make sense for which status. What is impossible is refused; what is merely not allowed takes a reason.
create or replace function private.demand_possible(material lab.samples, status text, act text)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  possible constant jsonb := '{
    "take": ["available"], "use": ["available"], "thaw": ["available"], "consume": ["available"], "miss": ["available"],
    "receive": ["available", "missing"],
    "correct": ["available", "consumed", "archived"],
    "move": ["available", "consumed", "archived"],
    "custody": ["available", "consumed", "archived", "shipped", "missing"],
    "archive": ["available", "consumed"],
    "dispose": ["available", "consumed", "archived", "missing"],
    "ship": ["available", "archived"],
    "open": ["available"],
    "release": ["available", "consumed", "archived", "disposed", "shipped", "missing"],
    "block": ["available", "consumed", "archived", "disposed", "shipped", "missing"],
    "quarantine": ["available", "consumed", "archived", "disposed", "shipped", "missing"],
    "restore": ["consumed", "archived", "disposed", "shipped", "missing"]}';
begin
  if not possible -> act ? status then
    perform private.refuse('PL142', array[material.code, status, act], array[
      (select string_agg(s, ' or ') from jsonb_array_elements_text(possible -> act) s)]);
  end if;
end $$;

-- Amounts are added as decimal numbers, exactly as they were written: 0.1 and 0.2 are 0.3.
create or replace function private.exact(amount float8)
returns numeric
language sql immutable
set search_path = ''
return amount::text::numeric;
grant execute on function private.exact(float8) to member, migrator;

create or replace function private.compute_balance(material lab.samples, before lab.material_acts, act lab.material_acts)
returns lab.material_acts
language plpgsql stable
set search_path = ''
as $$
declare
  given constant numeric := private.amount_in(private.exact(act.given_amount), act.given_unit, coalesce(before.unit, act.given_unit));
begin
  act.unit := before.unit;
  act.balance := before.balance;
  act.change := null;
  if act.kind = 'correct' then
    return private.correct_balance(before, act, given);
  elsif act.kind = 'consume' then
    act.change := -before.balance;
    act.balance := 0 * before.balance;
  elsif act.kind in ('take', 'use') and before.unit is not null and act.given_unit is not null then
    if given is null then
      perform private.refuse('PL143', array[act.given_unit, material.code], array[before.unit]);
    elsif given > before.balance then
      perform private.refuse('PL141', array[trim_scale(before.balance)::text, before.unit, material.code]);
    end if;
    act.change := -given;
    act.balance := before.balance - given;
  end if;
  return act;
end $$;

-- What was found to be there becomes the balance. Another kind of unit (it was registered in mL and is weighed) starts a sum of its own.
create or replace function private.correct_balance(before lab.material_acts, act lab.material_acts, given numeric)
returns lab.material_acts
language plpgsql stable
set search_path = ''
as $$
begin
  if act.given_amount is null then
    perform private.refuse('PL008', array['A correction needs an amount.'], array['Say how much there is, with its unit.']);
  elsif given is not null then
    act.unit := coalesce(before.unit, act.given_unit);
    act.balance := given;
    act.change := given - coalesce(before.balance, 0);
  elsif not exists (select from lab.units u where u.lab_id = act.lab_id and u.code = act.given_unit) then
    perform private.refuse('PL004', array['unit', act.given_unit]);
  else
    act.unit := act.given_unit;
    act.balance := private.exact(act.given_amount);
    act.change := act.balance - (
      select coalesce(sum(a.change), 0) from lab.material_acts a
      where a.lab_id = act.lab_id and a.material_id = act.material_id and a.unit = act.given_unit);
  end if;
  return act;
end $$;

create or replace function private.compute_state(material lab.samples, before lab.material_acts, act lab.material_acts)
returns lab.material_acts
language plpgsql stable
set search_path = ''
as $$
declare
  leaves constant boolean := act.kind in ('dispose', 'ship', 'miss');   -- what is gone stands nowhere
begin
  act.status := case
    when act.kind = 'consume' then 'consumed'
    when act.kind = 'archive' then 'archived'
    when act.kind = 'dispose' then 'disposed'
    when act.kind = 'ship' then 'shipped'
    when act.kind = 'miss' then 'missing'
    when act.kind in ('restore', 'receive') then 'available'
    when act.kind in ('take', 'use', 'correct') and before.status in ('available', 'consumed') then
      case when act.balance = 0 then 'consumed' else 'available' end
    else before.status
  end;
  act.thaw_count := before.thaw_count
    + case when act.kind = 'thaw' or act.kind = 'receive' and act.condition = 'thawed' then 1 else 0 end;
  if act.kind = 'receive' then
    act.received_at := act.happened_at;
  else
    act.received_at := before.received_at;
    act.condition := before.condition;
    act.condition_note := before.condition_note;
  end if;
  if act.kind not in ('custody', 'ship') or act.kind = 'ship' and act.custodian_id is null then
    act.custodian_id := before.custodian_id;
  end if;
  if act.kind = 'move' then
    act.position := private.read_position(act.lab_id, act.place_id, act.position);
  else
    act.place_id := case when not leaves then before.place_id end;
    act.position := case when not leaves then before.position end;
  end if;
  return act;
end $$;
