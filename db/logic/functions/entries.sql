-- owner: law
-- A locked entry stays as it is, whoever writes.

create or replace function private.keep_locked_entry()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform private.refuse('PL008', array['An entry is locked after it was written.'], array['Write it, then call lock_entry.']);
  end if;
  perform private.refuse('PL176', array[old.title]);
  return null;
end $$;
grant execute on function private.keep_locked_entry() to migrator;

create or replace function private.lock_entry_row(entry_id uuid)
returns lab.entries
language plpgsql volatile
set search_path = ''
as $$
declare
  entry lab.entries;
begin
  select e.* into entry
  from lab.entries e
  where e.id = entry_id and private.may_see('entries', e.id)
  for update;
  if not found then
    perform private.refuse('PL004', array['entry', entry_id::text]);
  end if;
  perform private.demand_project_role(entry.project_id, '{technician,analyst}');
  return entry;
end $$;

-- The kinds of record that an entry links to, and whether one may see the record.
create or replace function private.demand_linkable(kind text, record_id uuid)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if coalesce(kind, '') not in ('sample', 'experiment', 'result', 'sop_run', 'file', 'plate') then
    perform private.refuse('PL008', array[format('An entry does not link to a "%s".', kind)],
      array['Expected one of: sample, experiment, result, sop_run, file, plate.']);
  end if;
  perform private.demand_visible(kind || 's', record_id, replace(kind, '_', ' '));
end $$;
