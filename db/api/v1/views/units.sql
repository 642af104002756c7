create or replace view api_v1.known_units with (security_invoker) as
select code, name, dimension, factor::float8 as factor, shift::float8 as shift from private.known_units where common;
comment on view api_v1.known_units is 'Units that laboratories commonly use, after UCUM; a lab admin takes those the lab works with into its units.';
comment on column api_v1.known_units.code is 'UCUM code.';
comment on column api_v1.known_units.name is 'Name in words.';
comment on column api_v1.known_units.dimension is 'What it measures: values whose units have the same dimension can be compared.';
comment on column api_v1.known_units.factor is '(value + shift) * factor is the value in base units.';
comment on column api_v1.known_units.shift is 'Zero point of a temperature.';
grant select on api_v1.known_units to member;
