-- owner: law
-- The memory of acts (acts.sql) for functions that run as whoever asks: they stand on the row policies, the memory does not.

create or replace function private.open_act(lab uuid, act_key uuid, name text, content jsonb)
returns jsonb
language sql volatile security definer
set search_path = ''
return private.begin_act(lab, act_key, name, content);
grant execute on function private.open_act(uuid, uuid, text, jsonb) to member;

create or replace function private.close_act(lab uuid, act_key uuid, answer jsonb)
returns jsonb
language sql volatile security definer
set search_path = ''
return private.end_act(lab, act_key, answer);
grant execute on function private.close_act(uuid, uuid, jsonb) to member;
