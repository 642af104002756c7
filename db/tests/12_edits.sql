-- Two people edit one record. Disjoint edits both stand; the same field is a conflict that shows both values; nothing is overwritten blindly.

insert into lab.samples (lab_id, project_id, name, sample_type, amount, amount_unit)
select lab_id, id, 'Shared', 'edited', 10, 'uL' from lab.projects where code = 'ENZ';
insert into lab.foreign_codes (lab_id, material_id, kind, code) select lab_id, id, 'sender', 'EDIT-1' from lab.samples where sample_type = 'edited';

select tap.as_person('dina');
select tap.throws($$update api_v1.samples set name = 'Blind' where sample_type = 'edited'$$, 'PL006', 'an edit that names no version is refused');
select tap.same((select name from api_v1.samples where sample_type = 'edited'), 'Shared', 'and changes nothing');
select tap.lives($$update api_v1.samples set name = 'By Dina', version = 1 where sample_type = 'edited'$$, 'an edit of the version that was seen is taken');
select tap.same((select version from api_v1.samples where sample_type = 'edited'), 2, 'and makes the next version');

select tap.as_person('tess');
select tap.lives($$update api_v1.samples set description = 'By Tess', version = 1 where sample_type = 'edited'$$, 'an edit of another field, from the older version, is merged');
select tap.same((select name || ', ' || description || ', ' || version from api_v1.samples where sample_type = 'edited'), 'By Dina, By Tess, 3', 'both edits stand');
select tap.lives($$update api_v1.samples set name = 'Shared', synthetic = true, version = 1 where sample_type = 'edited'$$, 'a field sent back as it was seen is no edit');
select tap.same((select name || ', ' || synthetic from api_v1.samples where sample_type = 'edited'), 'By Dina, true', 'and theirs is kept');
select tap.throws($$update api_v1.samples set name = 'By Tess', version = 1 where sample_type = 'edited'$$, 'PL005', 'the same field is a conflict');

-- The conflict names base, yours, theirs, and who.
create function pg_temp.conflict() returns jsonb language plpgsql as $$
begin
  update api_v1.samples set name = 'By Tess', version = 1 where sample_type = 'edited';
  return null;
exception when sqlstate 'PGRST' then
  return (sqlerrm::jsonb ->> 'details')::jsonb;
end $$;
select tap.same(pg_temp.conflict() -> 'fields' -> 'name', '{"base": {"name": "Shared"}, "yours": {"name": "By Tess"}, "theirs": {"name": "By Dina"}}'::jsonb,
  'a conflict shows what was seen, yours and theirs');
select tap.same(pg_temp.conflict() ->> 'changed_by', (select id::text from api_v1.me()), 'and by whom it was last changed');

select tap.lives($$update api_v1.foreign_codes set kind = 'supplier', version = 1 where code = 'EDIT-1'$$, 'the kind of a code is edited');
select tap.throws($$update api_v1.foreign_codes set code = 'EDIT-2', version = 1 where code = 'EDIT-1'$$, 'PL005', 'a code and its kind count as one field');
select tap.throws($$update api_v1.samples set amount = null, version = 99 where sample_type = 'edited'$$, 'PL007', 'a version from the future is refused');
select tap.throws($$update api_v1.samples set code = 'S-1', version = 4 where sample_type = 'edited'$$, '42501', 'a code never changes');
select tap.throws($$update api_v1.samples set id = uuidv7() where sample_type = 'edited'$$, '42501', 'nor does an id');
select tap.throws($$delete from api_v1.samples where sample_type = 'edited'$$, '42501', 'nothing is deleted');
