-- The ledger and the rows of materials say the same, whoever writes.

create or replace trigger check_position before insert on lab.samples
  for each row when (new.place_id is not null or new.position is not null) execute function private.check_position();
-- after govern_1_merge: judged is the merged row
create or replace trigger keep_ledger before update on lab.samples
  for each row when (
    (new.amount, new.amount_unit, new.status, new.thaw_count, new.custodian_id, new.received_at, new.condition, new.condition_note, new.place_id, new.position)
    is distinct from
    (old.amount, old.amount_unit, old.status, old.thaw_count, old.custodian_id, old.received_at, old.condition, old.condition_note, old.place_id, old.position))
  execute function private.keep_ledger();
create or replace trigger open_ledgers after insert on lab.samples
  referencing new table as new_rows for each statement execute function private.open_ledgers();

create or replace trigger compute_act before insert on lab.material_acts
  for each row execute function private.compute_act();
create or replace trigger apply_acts after insert on lab.material_acts
  referencing new table as new_rows for each statement execute function private.apply_acts();

create or replace trigger take_project before insert on lab.foreign_codes
  for each row execute function private.take_project();
create or replace trigger keep_tree before update of parent_id on lab.places
  for each row when (new.parent_id is distinct from old.parent_id and new.parent_id is not null) execute function private.keep_tree();

create or replace trigger check_link before insert on lab.sample_origins
  for each row when (current_user = 'member') execute function private.check_link();
create or replace trigger keep_acyclic after insert on lab.sample_origins
  referencing new table as new_rows for each statement execute function private.keep_acyclic();

-- A link is seen with both its ends, or not at all: a branch ends where something hidden begins, and nothing tells that it goes on.
select private.govern_policy(s, 'sample_origins', 'see_both_ends', 'as restrictive for select to member using (
  exists (select from lab.samples m where m.id = sample_id) and exists (select from lab.samples m where m.id = parent_id))')
from unnest('{lab,history}'::text[]) s;

create or replace trigger apply_lot_acts after insert on lab.material_acts
  referencing new table as new_rows for each statement execute function private.apply_lot_acts();
create or replace trigger keep_lot_acts before update on lab.lots
  for each row when ((new.status, new.opened_on) is distinct from (old.status, old.opened_on)) execute function private.keep_lot_acts();
create or replace trigger take_project before insert on lab.lots
  for each row execute function private.take_project();
create or replace trigger judge_expiry_of_new before insert on lab.lots
  for each row execute function private.judge_expiry();
create or replace trigger judge_expiry before update on lab.lots
  for each row when ((new.expires_on, new.expiry_reason) is distinct from (old.expires_on, old.expiry_reason)) execute function private.judge_expiry();
