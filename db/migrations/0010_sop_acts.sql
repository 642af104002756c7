-- What makes an act at the bench repeatable, and a signature readable for ever.

alter table lab.deviations
  add column act_key uuid,
  add constraint deviations_act_key unique (lab_id, act_key);
comment on column lab.deviations.act_key is 'Made by the client when a person reports it; the same report is recorded once, however often it is sent.';

alter table lab.signatures
  add column content text not null,
  add constraint content_is_what_was_hashed check (content_sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'));
comment on column lab.signatures.content is 'The exact text that was shown and signed.';
