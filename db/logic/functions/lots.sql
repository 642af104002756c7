-- owner: law
-- Lots: their status and expiry, and which use of them is a departure.

-- The day from which it is expired: the printed one, or so many days after opening.
create or replace function private.expiry_of(lot lab.lots)
returns date
language sql immutable
set search_path = ''
return least(lot.expires_on, lot.opened_on + lot.in_use_days);
grant execute on function private.expiry_of(lab.lots) to member;

-- What is not allowed about using this material then, or null. It can be done for a reason, and is then recorded as a departure.
create or replace function private.departure_of_use(material lab.samples, act lab.material_acts)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  lot lab.lots;
  departure text;
begin
  if act.kind not in ('take', 'use') then
    return null;
  end if;
  select l.* into lot from lab.lots l where l.lab_id = material.lab_id and l.material_id = material.id;
  departure := case
    when lot.status = 'blocked' then 'blocked'
    when lot.status = 'quarantine' then 'quarantine'
    when private.expiry_of(lot) < (act.happened_at at time zone 'UTC')::date then 'expired'
  end;
  if departure is not null and coalesce(btrim(act.reason), '') = '' then
    perform private.refuse('PL155', array[material.code, case departure when 'quarantine' then 'in quarantine' else departure end]);
  end if;
  return departure;
end $$;

-- `after insert on lab.material_acts`: a lot is opened, released, blocked or put into quarantine.
create or replace function private.apply_lot_acts()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  stray text;
begin
  select s.code into stray
  from new_rows n
  join lab.samples s on s.lab_id = n.lab_id and s.id = n.material_id
  where n.kind in ('open', 'release', 'block', 'quarantine')
    and not exists (select from lab.lots l where l.lab_id = n.lab_id and l.material_id = n.material_id)
  limit 1;
  if found then
    perform private.refuse('PL154', array[stray]);
  end if;
  update lab.lots l
  set status = case n.kind when 'release' then 'released' when 'block' then 'blocked' when 'quarantine' then 'quarantine' else l.status end,
    opened_on = case n.kind when 'open' then coalesce(l.opened_on, (n.happened_at at time zone 'UTC')::date) else l.opened_on end
  from new_rows n
  where n.kind in ('open', 'release', 'block', 'quarantine') and l.lab_id = n.lab_id and l.material_id = n.material_id;
  return null;
end $$;
grant execute on function private.apply_lot_acts() to migrator;

-- `before update on lab.lots`, where status or opening change: by the acts above alone, which are law's.
create or replace function private.keep_lot_acts()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if current_user <> 'law' then
    perform private.refuse('PL140', array[case when new.status <> old.status then 'status' else 'opening' end],
      array['release_lot, block_lot, quarantine_lot or open_lot']);
  end if;
  return new;
end $$;
grant execute on function private.keep_lot_acts() to member, migrator;

-- `before insert or update of expires_on on lab.lots`: a prepared lot expires with its shortest part, unless a method says otherwise.
create or replace function private.judge_expiry()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  shortest constant date := private.shortest_expiry(new.lab_id, new.material_id);
begin
  if tg_op = 'INSERT' and private.expiry_of(new) is null then
    new.expires_on := shortest;
  elsif new.expiry_reason is null and shortest < coalesce(private.expiry_of(new), 'infinity') then
    perform private.refuse('PL156', array[coalesce(private.expiry_of(new)::text, 'no day'), shortest::text]);
  end if;
  return new;
end $$;
grant execute on function private.judge_expiry() to migrator;

create or replace function private.shortest_expiry(lab uuid, material_id uuid)
returns date
language sql stable
set search_path = ''
as $$
  select min(private.expiry_of(l))
  from lab.sample_origins o
  join lab.lots l on l.lab_id = o.lab_id and l.material_id = o.parent_id
  where o.lab_id = lab and o.sample_id = shortest_expiry.material_id
$$;
