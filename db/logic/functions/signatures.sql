-- owner: law
-- A signature binds a person, a printed name, a meaning and a time to the hash of an exact text. A challenge is asked for in the
-- browser, shown on the gateway's own page, and redeemed there once, within five minutes, after the person proved the password.

-- The text an approval stands for: the run, and what was recorded at every step before it. Names and words are quoted as JSON
-- does, so nothing that a person typed can pass for a line of its own.
create or replace function private.write_approval_text(run lab.sop_runs, step lab.sop_steps)
returns text
language sql stable
set search_path = ''
as $$
  select concat_ws(E'\n',
    format('Run %s %s of SOP %s %s, version %s.', run.code, to_json(run.name), s.code, to_json(s.title), v.number),
    (select 'Samples: ' || string_agg(m.code || ' ' || to_json(m.name)::text, ', ' order by m.code) || '.'
     from lab.sop_run_samples rs join lab.samples m on m.lab_id = rs.lab_id and m.id = rs.sample_id
     where rs.lab_id = run.lab_id and rs.sop_run_id = run.id),
    (select string_agg(private.write_step_text(run, b), E'\n' order by b.ordinal) from private.steps_before(step) b))
  from lab.sop_versions v
  join lab.sops s on s.lab_id = v.lab_id and s.id = v.sop_id
  where v.lab_id = run.lab_id and v.id = run.sop_version_id
$$;

create or replace function private.write_step_text(run lab.sop_runs, step lab.sop_steps)
returns text
language sql stable
set search_path = ''
as $$
  select concat_ws(E'\n',
    format('%s. %s: by %s (%s), %s.', step.ordinal, step.title, to_json(p.name), p.login, private.utc(r.happened_at)),
    (select string_agg(format('   %s: %s', f.field ->> 'label', private.words_of_answer(r.fields -> (f.field ->> 'key'))), E'\n' order by f.n)
     from jsonb_array_elements(step.fields) with ordinality f (field, n)
     where r.fields ? (f.field ->> 'key')),
    (select string_agg(format('   %s (%s, %s): %s', d.grade, d.rule, d.status, to_json(d.description)), E'\n' order by d.id)
     from lab.deviations d where d.lab_id = w.lab_id and d.run_step_id = w.id))
  from lab.run_steps w
  join lab.step_records r on r.lab_id = w.lab_id and r.run_step_id = w.id
  left join lab.people p on p.id = r.created_by
  where w.lab_id = run.lab_id and w.sop_run_id = run.id and w.sop_step_id = step.id
$$;

create or replace function private.steps_before(step lab.sop_steps)
returns setof lab.sop_steps
language sql stable
set search_path = ''
as $$
  with recursive before (key) as (
    select unnest(step.needs)
    union
    select unnest(s.needs)
    from before b
    join lab.sop_steps s on s.lab_id = step.lab_id and s.sop_version_id = step.sop_version_id and s.key = b.key
  )
  select s.* from lab.sop_steps s join before b on b.key = s.key
  where s.lab_id = step.lab_id and s.sop_version_id = step.sop_version_id
$$;

create or replace function private.hash_text(text text)
returns text
language sql stable
set search_path = ''
as $$
  select encode(sha256(convert_to(text, 'UTF8')), 'hex')
$$;

-- Asked twice: when the challenge is made, and again when it is redeemed.
create or replace function private.demand_signable(run lab.sop_runs, step lab.sop_steps)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.demand_project_role(run.project_id, array[step.role]);
  if step.kind <> 'approval' then
    perform private.refuse('PL035', array[step.key]);
  end if;
  perform private.demand_ready(run, private.find_run_step(run, step), step);
  perform private.demand_four_eyes(run, step);
end $$;

-- Nobody approves what they recorded.
create or replace function private.demand_four_eyes(run lab.sop_runs, step lab.sop_steps)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.refuse('PL036', array[b.key])
  from private.steps_before(step) b
  join lab.run_steps w on w.lab_id = run.lab_id and w.sop_run_id = run.id and w.sop_step_id = b.id
  join lab.step_records r on r.lab_id = w.lab_id and r.run_step_id = w.id
  where r.created_by = private.me();
end $$;

-- For the signing page. What is no longer valid and what never was look the same.
create or replace function private.describe_challenge(challenge uuid)
returns table (login text, printed_name text, meaning text, record text, content text, content_sha256 text, expires_at timestamptz)
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query
    select p.login, p.name, c.meaning, format('%s "%s", step "%s"', r.code, r.name, s.title),
      c.act ->> 'content', c.content_sha256, c.expires_at
    from private.signature_challenges c
    join lab.people p on p.id = c.person_id
    join lab.run_steps w on w.lab_id = c.lab_id and w.id = c.record_id
    join lab.sop_runs r on r.lab_id = w.lab_id and r.id = w.sop_run_id
    join lab.sop_steps s on s.lab_id = w.lab_id and s.id = w.sop_step_id
    where c.id = challenge and c.redeemed_at is null and c.expires_at > now();
  if not found then
    perform private.refuse('PL017');
  end if;
end $$;
comment on function private.describe_challenge(uuid) is 'What a signing request asks whom to sign, for the page that shows it.';
grant execute on function private.describe_challenge(uuid) to authenticator;

-- Called by the gateway after it has checked the person's password at the Hub. There is no token here: the person of the challenge
-- becomes the person of this transaction, so that policies, created_by and the log name the signer.
create or replace function private.redeem_signature(challenge uuid, login text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  asked constant private.signature_challenges := private.take_challenge(challenge, login);
  claims constant jsonb := jsonb_build_object('sub', asked.person_id, 'role', 'member', 'aud', 'petri', 'via', 'browser');
  run lab.sop_runs;
  step lab.sop_steps;
  content text;
begin
  perform set_config('request.jwt.claims', claims::text, true);
  run := private.lock_run((asked.act ->> 'run_id')::uuid);
  step := private.find_step(run, asked.act ->> 'step');
  perform private.demand_signable(run, step);
  content := private.write_approval_text(run, step);
  if private.hash_text(content) <> asked.content_sha256 then
    perform private.refuse('PL018');
  end if;

  insert into lab.signatures (lab_id, project_id, person_id, printed_name, meaning, table_name, record_id, content, content_sha256)
  select asked.lab_id, asked.project_id, p.id, p.name, asked.meaning, asked.table_name, asked.record_id, content, asked.content_sha256
  from lab.people p where p.id = asked.person_id;
  return private.move_run(run, step, '{}', asked.id, null);
end $$;
comment on function private.redeem_signature(uuid, text) is 'Signs what a signing request asks for, once, and completes the approval step.';
grant execute on function private.redeem_signature(uuid, text) to authenticator;

-- Takes a challenge out of use. A refusal later undoes this with everything else, and the challenge may be tried again.
create or replace function private.take_challenge(challenge uuid, login text)
returns private.signature_challenges
language plpgsql volatile
set search_path = ''
as $$
declare
  asked private.signature_challenges;
  person lab.people;
begin
  update private.signature_challenges c set redeemed_at = now()
  where c.id = challenge and c.redeemed_at is null and c.expires_at > now()
  returning * into asked;
  if not found then
    perform private.refuse('PL017');
  end if;
  select * into strict person from lab.people p where p.id = asked.person_id;
  if person.login is distinct from login then
    perform private.refuse('PL037');
  elsif not person.active then
    perform private.refuse('PL002');
  end if;
  return asked;
end $$;
