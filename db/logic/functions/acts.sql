-- owner: law
-- An act carries a key made by whoever sends it (act_key): sent again, it is answered as it was the first time and changes nothing.
-- A function checks who asks, begins the act, does its work and ends it; begun twice at once, the second waits for the first.

-- The answer that was given, or null when the act is new. `content` is all that makes it this act and no other.
create or replace function private.begin_act(lab uuid, act_key uuid, name text, content jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  sha256 constant text := private.hash_text(jsonb_build_array(name, content)::text);
  known private.acts;
begin
  if act_key is null then
    perform private.refuse('PL008', array['An act needs a key.'], array['Make a uuid for the act, and send the same one when you repeat it.']);
  end if;
  insert into private.acts (lab_id, act_key, person_id, name, act_sha256)
  values (lab, act_key, private.me(), name, sha256)
  on conflict do nothing;
  if found then
    return null;
  end if;
  select a.* into strict known from private.acts a where a.lab_id = lab and a.act_key = begin_act.act_key;
  if (known.person_id, known.act_sha256) is distinct from (private.me(), sha256) then
    perform private.refuse('PL009');
  end if;
  return known.answer || '{"repeated": true}';
end $$;

create or replace function private.end_act(lab uuid, act_key uuid, answer jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update private.acts a set answer = end_act.answer where a.lab_id = lab and a.act_key = end_act.act_key;
  return answer || '{"repeated": false}';
end $$;
