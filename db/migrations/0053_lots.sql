-- Lots: what makes a material a batch of a bought or prepared reagent.

create table lab.lots (
  like private.governed including all,
  project_id uuid not null,
  material_id uuid not null,
  supplier text,
  catalogue_number text,
  lot_number text,
  certificate_file_id uuid,
  status text not null default 'quarantine',
  opened_on date,
  expires_on date,
  in_use_days integer,
  expiry_reason text,
  low_amount float8,
  constraint lots_material_key unique (lab_id, material_id),
  constraint status_is_known check (status in ('quarantine', 'released', 'blocked')),
  constraint in_use_days_are_days check (in_use_days between 0 and 36500),
  constraint expiry_is_a_day check (expires_on between '1900-01-01' and '9999-12-31' and opened_on between '1900-01-01' and '9999-12-31'),
  constraint low_amount_is_an_amount check (low_amount >= 0 and low_amount < 'infinity'),
  constraint expiry_reason_is_not_blank check (btrim(expiry_reason) <> ''),
  constraint lots_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint lots_material_fk foreign key (lab_id, material_id) references lab.samples (lab_id, id),
  constraint lots_certificate_fk foreign key (lab_id, certificate_file_id) references lab.files (lab_id, id)
);
create index lots_expiry_idx on lab.lots (project_id, (least(expires_on, opened_on + in_use_days)));
create index lots_certificate_idx on lab.lots (certificate_file_id) where certificate_file_id is not null;
create index lots_number_idx on lab.lots (lab_id, lot_number);
comment on table lab.lots is 'Batches of bought or prepared reagents: what their material has beyond other materials.';
comment on column lab.lots.project_id is 'The project of the material.';
comment on column lab.lots.material_id is 'The material that is the lot.';
comment on column lab.lots.supplier is 'Who made or sold it.';
comment on column lab.lots.catalogue_number is 'The supplier''s number of the product.';
comment on column lab.lots.lot_number is 'The supplier''s number of the batch.';
comment on column lab.lots.certificate_file_id is 'The file of its certificate.';
comment on column lab.lots.status is 'quarantine, released or blocked. Changed by acts.';
comment on column lab.lots.opened_on is 'The day on which it was opened. Changed by an act.';
comment on column lab.lots.expires_on is 'The expiry that is printed on it; of a prepared lot, that of its shortest part unless its method says otherwise.';
comment on column lab.lots.in_use_days is 'How long it may be used after opening [days].';
comment on column lab.lots.expiry_reason is 'The method by which a prepared lot expires later than its shortest part.';
comment on column lab.lots.low_amount is 'Below this, stock is low [in the unit of the material''s amount].';

alter table lab.material_acts
  drop constraint kind_is_known,
  drop constraint what_is_unusual_has_a_reason,
  add constraint kind_is_known check (kind in ('register', 'receive', 'take', 'use', 'correct', 'consume', 'thaw', 'move', 'custody',
    'archive', 'dispose', 'ship', 'miss', 'restore', 'open', 'release', 'block', 'quarantine')),
  add constraint what_is_unusual_has_a_reason check (
    reason is not null or (departure is null and kind not in ('correct', 'archive', 'dispose', 'ship', 'restore', 'release', 'block', 'quarantine')));
comment on column lab.material_acts.kind is 'register, receive, take, use (went into another material), correct, consume, thaw, move, custody, archive, dispose, ship, miss, restore; of a lot also open, release, block or quarantine.';
