-- Units after UCUM (https://ucum.org, version 2.1): a reference that belongs to no lab, and the parser that reads codes like mg/L.
-- Two deliberate differences: the mole is a dimension of its own (as in SI), so 10*6/mL is no concentration of substance; and
-- logarithmic units ([pH], B, Np) are dimensions of their own, so they compare with themselves only.

create table private.unit_prefixes (
  code text primary key,
  factor numeric not null
);
insert into private.unit_prefixes (code, factor) values
  ('Y', 1e24), ('Z', 1e21), ('E', 1e18), ('P', 1e15), ('T', 1e12), ('G', 1e9), ('M', 1e6), ('k', 1e3), ('h', 1e2), ('da', 1e1),
  ('d', 1e-1), ('c', 1e-2), ('m', 1e-3), ('u', 1e-6), ('n', 1e-9), ('p', 1e-12), ('f', 1e-15), ('a', 1e-18), ('z', 1e-21), ('y', 1e-24),
  ('Ki', 1024), ('Mi', 1048576), ('Gi', 1073741824), ('Ti', 1099511627776);

-- (value + shift) * factor is the value in m, g, s, A, K, mol, cd or in an arbitrary unit of its own.
create table private.unit_atoms (
  code text primary key,
  name text not null,
  takes_prefix boolean not null,
  dimension text not null,
  factor numeric not null,
  shift numeric not null default 0
);
comment on column private.unit_atoms.dimension is
  'Powers of L, M, T, I, K, N, J (length, mass, time, current, temperature, substance, luminosity) or of arbitrary units, sorted; 1 for none.';
insert into private.unit_atoms (code, name, takes_prefix, dimension, factor, shift) values
  ('m', 'metre', true, 'L', 1, 0),
  ('g', 'gram', true, 'M', 1, 0),
  ('s', 'second', true, 'T', 1, 0),
  ('A', 'ampere', true, 'I', 1, 0),
  ('K', 'kelvin', true, 'K', 1, 0),
  ('mol', 'mole', true, 'N', 1, 0),
  ('cd', 'candela', true, 'J', 1, 0),
  ('Cel', 'degree Celsius', true, 'K', 1, 273.15),
  ('[degF]', 'degree Fahrenheit', false, 'K', 0.55555555555555555555555555555555555556, 459.67),
  ('%', 'percent', false, '1', 1e-2, 0),
  ('[ppth]', 'parts per thousand', false, '1', 1e-3, 0),
  ('[ppm]', 'parts per million', false, '1', 1e-6, 0),
  ('[ppb]', 'parts per billion', false, '1', 1e-9, 0),
  ('[pptr]', 'parts per trillion', false, '1', 1e-12, 0),
  ('rad', 'radian', true, '1', 1, 0),
  ('deg', 'degree of arc', false, '1', 0.01745329251994329576923690768488612713, 0),
  ('sr', 'steradian', true, '1', 1, 0),
  ('l', 'litre', true, 'L3', 1e-3, 0),
  ('L', 'litre', true, 'L3', 1e-3, 0),
  ('[drp]', 'drop', false, 'L3', 5e-8, 0),
  ('[gal_us]', 'US gallon', false, 'L3', 3.785411784e-3, 0),
  ('[foz_us]', 'US fluid ounce', false, 'L3', 2.95735295625e-5, 0),
  ('[in_i]', 'inch', false, 'L', 0.0254, 0),
  ('[ft_i]', 'foot', false, 'L', 0.3048, 0),
  ('Ao', 'ångström', false, 'L', 1e-10, 0),
  ('min', 'minute', false, 'T', 60, 0),
  ('h', 'hour', false, 'T', 3600, 0),
  ('d', 'day', false, 'T', 86400, 0),
  ('wk', 'week', false, 'T', 604800, 0),
  ('mo', 'month', false, 'T', 2629800, 0),
  ('a', 'year', false, 'T', 31557600, 0),
  ('[S]', 'svedberg', false, 'T', 1e-13, 0),
  ('t', 'tonne', true, 'M', 1e6, 0),
  ('u', 'unified atomic mass unit (dalton)', true, 'M', 1.66053906660e-24, 0),
  ('[lb_av]', 'pound', false, 'M', 453.59237, 0),
  ('[oz_av]', 'ounce', false, 'M', 28.349523125, 0),
  ('Hz', 'hertz', true, 'T-1', 1, 0),
  ('Bq', 'becquerel', true, 'T-1', 1, 0),
  ('Ci', 'curie', true, 'T-1', 3.7e10, 0),
  ('N', 'newton', true, 'L.M.T-2', 1e3, 0),
  ('dyn', 'dyne', true, 'L.M.T-2', 1e-2, 0),
  ('Pa', 'pascal', true, 'L-1.M.T-2', 1e3, 0),
  ('bar', 'bar', true, 'L-1.M.T-2', 1e8, 0),
  ('atm', 'standard atmosphere', false, 'L-1.M.T-2', 1.01325e8, 0),
  ('m[Hg]', 'metre of mercury column', true, 'L-1.M.T-2', 1.33322e8, 0),
  ('m[H2O]', 'metre of water column', true, 'L-1.M.T-2', 9.80665e6, 0),
  ('[psi]', 'pound per square inch', false, 'L-1.M.T-2', 6.894757293168361e6, 0),
  ('J', 'joule', true, 'L2.M.T-2', 1e3, 0),
  ('erg', 'erg', true, 'L2.M.T-2', 1e-4, 0),
  ('cal', 'calorie', true, 'L2.M.T-2', 4184, 0),
  ('eV', 'electronvolt', true, 'L2.M.T-2', 1.602176634e-16, 0),
  ('W', 'watt', true, 'L2.M.T-3', 1e3, 0),
  ('C', 'coulomb', true, 'I.T', 1, 0),
  ('V', 'volt', true, 'I-1.L2.M.T-3', 1e3, 0),
  ('Ohm', 'ohm', true, 'I-2.L2.M.T-3', 1e3, 0),
  ('S', 'siemens', true, 'I2.L-2.M-1.T3', 1e-3, 0),
  ('F', 'farad', true, 'I2.L-2.M-1.T4', 1e-3, 0),
  ('H', 'henry', true, 'I-2.L2.M.T-2', 1e3, 0),
  ('Wb', 'weber', true, 'I-1.L2.M.T-2', 1e3, 0),
  ('T', 'tesla', true, 'I-1.M.T-2', 1e3, 0),
  ('G', 'gauss', true, 'I-1.M.T-2', 1e-1, 0),
  ('lm', 'lumen', true, 'J', 1, 0),
  ('lx', 'lux', true, 'J.L-2', 1, 0),
  ('Gy', 'gray', true, 'L2.T-2', 1, 0),
  ('Sv', 'sievert', true, 'L2.T-2', 1, 0),
  ('P', 'poise', true, 'L-1.M.T-1', 100, 0),
  ('St', 'stokes', true, 'L2.T-1', 1e-4, 0),
  ('[g]', 'standard acceleration of free fall', true, 'L.T-2', 9.80665, 0),
  ('kat', 'katal', true, 'N.T-1', 1, 0),
  ('U', 'enzyme unit (micromole per minute)', true, 'N.T-1', 1.6666666666666666666666666666666666667e-8, 0),
  ('eq', 'equivalent', true, 'N', 1, 0),
  ('osm', 'osmole', true, 'N', 1, 0),
  ('g%', 'gram per decilitre', true, 'L-3.M', 1e4, 0),
  ('bit', 'bit', true, '[bit]', 1, 0),
  ('By', 'byte', true, '[bit]', 8, 0),
  ('[iU]', 'international unit', true, '[iU]', 1, 0),
  ('[IU]', 'international unit', true, '[iU]', 1, 0),
  ('[arb''U]', 'arbitrary unit', false, '[arb''U]', 1, 0),
  ('[USP''U]', 'United States Pharmacopeia unit', false, '[USP''U]', 1, 0),
  ('[CFU]', 'colony forming unit', false, '[CFU]', 1, 0),
  ('[PFU]', 'plaque forming unit', false, '[PFU]', 1, 0),
  ('[FFU]', 'focus forming unit', false, '[FFU]', 1, 0),
  ('[TCID_50]', '50 % tissue culture infectious dose', false, '[TCID_50]', 1, 0),
  ('[CCID_50]', '50 % cell culture infectious dose', false, '[CCID_50]', 1, 0),
  ('[EID_50]', '50 % embryo infectious dose', false, '[EID_50]', 1, 0),
  ('[ELU]', 'ELISA unit', false, '[ELU]', 1, 0),
  ('[BAU]', 'binding antibody unit', false, '[BAU]', 1, 0),
  ('[pH]', 'pH', false, '[pH]', 1, 0),
  ('B', 'bel', true, '[B]', 1, 0),
  ('Np', 'neper', true, '[Np]', 1, 0);

-- a · b^power, as a sorted list of powers.
create function private.multiply_dimension_v1(a text, b text, power integer)
returns text
language sql immutable
set search_path = ''
as $$
  select coalesce(string_agg(p.symbol || case when p.power = 1 then '' else p.power::text end, '.' order by p.symbol collate "C"), '1')
  from (
    select s.part[1] as symbol, sum(coalesce(s.part[2], '1')::integer * f.power) as power
    from (values (a, 1), (b, multiply_dimension_v1.power)) f (dimension, power)
    cross join lateral string_to_table(f.dimension, '.') t (word)
    cross join lateral regexp_match(t.word, '^(\D.*?)(-?\d+)?$') s (part)
    where t.word <> '1'
    group by 1) p
  where p.power <> 0
$$;

-- One factor of a unit: a number, an annotation in braces, or an atom with a prefix and a power; no row when it is none of them.
create function private.parse_unit_factor_v1(term text)
returns table (dimension text, factor numeric, shift numeric, power integer)
language sql stable
set search_path = ''
as $$
  with bare as (
    select regexp_replace(term, '\{[^{}]*\}', '', 'g') as text
  ), split as (
    select part[1] as atom, coalesce(part[2], '1')::integer as power
    from bare cross join regexp_match(bare.text, '^([^\s{}]*[^0-9+{}\s-])([+-]?\d{1,2})?$') m (part)
  )
  select '1', 1::numeric, 0::numeric, 1 from bare where bare.text = '' and term <> ''
  union all
  select '1', bare.text::numeric, 0, 1 from bare where bare.text ~ '^[1-9]\d{0,8}$'
  union all
  select '1', ('1e' || coalesce(nullif(substr(bare.text, 4), ''), '1'))::numeric, 0, 1 from bare where bare.text ~ '^10[*^]([+-]?\d{1,2})?$'
  union all
  (select a.dimension, coalesce(p.factor, 1) * a.factor, a.shift / coalesce(p.factor, 1), split.power
   from split
   join private.unit_atoms a on right(split.atom, length(a.code)) = a.code
   left join private.unit_prefixes p on a.takes_prefix and p.code = left(split.atom, -length(a.code))
   where split.atom = a.code or p.code is not null
   order by (split.atom = a.code) desc
   limit 1)
$$;

-- What a UCUM code means: factors joined by . and / from left to right. `problem` says in words why it means nothing.
create function private.parse_unit_v1(code text, out dimension text, out factor numeric, out shift numeric, out problem text)
language plpgsql stable
set search_path = ''
as $$
declare
  pattern constant text := '([./]?)((?:\[[^\[\]]*\]|\{[^{}]*\}|[^./\[\]{}\s])+)';
  terms constant integer := (select count(*) from regexp_matches(code, pattern, 'g'));
  term text[];
  part record;
begin
  dimension := '1';
  factor := 1::numeric(60, 45); -- so many decimals survive a division
  shift := 0;
  if code is null or length(code) > 60 or code !~ ('^(?:' || pattern || ')+$') then
    problem := 'it is not written as factors joined by . and /';
    return;
  end if;
  for term in select t from regexp_matches(code, pattern, 'g') t loop
    select * into part from private.parse_unit_factor_v1(term[2]);
    if not found then
      problem := format('"%s" is neither a unit, a number nor an annotation in braces', term[2]);
      return;
    elsif part.shift <> 0 and (terms > 1 or part.power <> 1) then
      problem := format('"%s" has a zero point of its own and stands alone; write K for a difference', term[2]);
      return;
    end if;
    part.power := part.power * case term[1] when '/' then -1 else 1 end;
    dimension := private.multiply_dimension_v1(dimension, part.dimension, part.power);
    factor := case when part.power < 0 then factor / part.factor ^ -part.power else factor * part.factor ^ part.power end;
    shift := trim_scale(part.shift);
  end loop;
  factor := trim_scale(factor);
end $$;
grant execute on function private.multiply_dimension_v1(text, text, integer), private.parse_unit_factor_v1(text), private.parse_unit_v1(text)
  to law, member, worker, migrator;

-- Every code in use, read once. Those that laboratories commonly write are offered to everybody; a lab's own stay with the lab.
create table private.known_units (
  code text primary key,
  name text not null,
  dimension text not null,
  factor numeric not null,
  shift numeric not null,
  common boolean not null default false,
  constraint factor_is_positive check (factor > 0)
);
comment on table private.known_units is 'Units of measurement as read: what they measure, and how they turn into each other.';
comment on column private.known_units.code is 'UCUM code.';
comment on column private.known_units.name is 'Name in words.';
comment on column private.known_units.dimension is 'What it measures: values whose units have the same dimension can be compared.';
comment on column private.known_units.factor is '(value + shift) * factor is the value in base units.';
comment on column private.known_units.shift is 'Zero point of a temperature.';
comment on column private.known_units.common is 'Commonly written in laboratories.';

insert into private.known_units (code, name, dimension, factor, shift, common)
select v.code, v.name, u.dimension, u.factor, u.shift, true
from (values
  ('1', 'one (dimensionless)'),
  ('%', 'percent'),
  ('[ppth]', 'parts per thousand'),
  ('[ppm]', 'parts per million'),
  ('[ppb]', 'parts per billion'),
  ('10*3', 'thousand'),
  ('10*6', 'million'),
  ('10*9', 'billion'),
  ('m', 'metre'),
  ('cm', 'centimetre'),
  ('mm', 'millimetre'),
  ('um', 'micrometre'),
  ('nm', 'nanometre'),
  ('cm2', 'square centimetre'),
  ('mm2', 'square millimetre'),
  ('L', 'litre'),
  ('dL', 'decilitre'),
  ('mL', 'millilitre'),
  ('uL', 'microlitre'),
  ('nL', 'nanolitre'),
  ('pL', 'picolitre'),
  ('kg', 'kilogram'),
  ('g', 'gram'),
  ('mg', 'milligram'),
  ('ug', 'microgram'),
  ('ng', 'nanogram'),
  ('pg', 'picogram'),
  ('fg', 'femtogram'),
  ('u', 'unified atomic mass unit (dalton)'),
  ('ku', 'kilodalton'),
  ('s', 'second'),
  ('ms', 'millisecond'),
  ('us', 'microsecond'),
  ('min', 'minute'),
  ('h', 'hour'),
  ('d', 'day'),
  ('wk', 'week'),
  ('mo', 'month'),
  ('a', 'year'),
  ('mol', 'mole'),
  ('mmol', 'millimole'),
  ('umol', 'micromole'),
  ('nmol', 'nanomole'),
  ('pmol', 'picomole'),
  ('fmol', 'femtomole'),
  ('mol/L', 'mole per litre (molar)'),
  ('mmol/L', 'millimole per litre (millimolar)'),
  ('umol/L', 'micromole per litre (micromolar)'),
  ('nmol/L', 'nanomole per litre (nanomolar)'),
  ('pmol/L', 'picomole per litre (picomolar)'),
  ('g/L', 'gram per litre'),
  ('mg/L', 'milligram per litre'),
  ('ug/L', 'microgram per litre'),
  ('ng/L', 'nanogram per litre'),
  ('mg/mL', 'milligram per millilitre'),
  ('ug/mL', 'microgram per millilitre'),
  ('ng/mL', 'nanogram per millilitre'),
  ('pg/mL', 'picogram per millilitre'),
  ('ng/uL', 'nanogram per microlitre'),
  ('pg/uL', 'picogram per microlitre'),
  ('g/dL', 'gram per decilitre'),
  ('mg/dL', 'milligram per decilitre'),
  ('mg/kg', 'milligram per kilogram'),
  ('ug/g', 'microgram per gram'),
  ('ng/mg', 'nanogram per milligram'),
  ('mg/g', 'milligram per gram'),
  ('mL/kg', 'millilitre per kilogram'),
  ('g/mol', 'gram per mole'),
  ('g/mL', 'gram per millilitre'),
  ('Cel', 'degree Celsius'),
  ('K', 'kelvin'),
  ('[degF]', 'degree Fahrenheit'),
  ('[pH]', 'pH'),
  ('U', 'enzyme unit (micromole per minute)'),
  ('mU', 'milli-unit of enzyme'),
  ('kU', 'kilo-unit of enzyme'),
  ('U/mL', 'enzyme units per millilitre'),
  ('mU/mL', 'milli-units of enzyme per millilitre'),
  ('U/L', 'enzyme units per litre'),
  ('U/mg', 'enzyme units per milligram'),
  ('U/uL', 'enzyme units per microlitre'),
  ('kat', 'katal'),
  ('nkat', 'nanokatal'),
  ('umol/min', 'micromole per minute'),
  ('umol/min/mg', 'micromole per minute per milligram'),
  ('nmol/min/mg', 'nanomole per minute per milligram'),
  ('umol/L/min', 'micromole per litre per minute'),
  ('[IU]', 'international unit'),
  ('[IU]/mL', 'international units per millilitre'),
  ('[IU]/L', 'international units per litre'),
  ('m[IU]/mL', 'milli-international units per millilitre'),
  ('m[IU]/L', 'milli-international units per litre'),
  ('[arb''U]', 'arbitrary unit'),
  ('[arb''U]/mL', 'arbitrary units per millilitre'),
  ('[CFU]', 'colony forming unit'),
  ('[CFU]/mL', 'colony forming units per millilitre'),
  ('[PFU]', 'plaque forming unit'),
  ('[PFU]/mL', 'plaque forming units per millilitre'),
  ('[TCID_50]/mL', '50 % tissue culture infectious doses per millilitre'),
  ('{cells}', 'cells'),
  ('{cells}/mL', 'cells per millilitre'),
  ('10*6/mL', 'million per millilitre'),
  ('10*3/uL', 'thousand per microlitre'),
  ('10*9/L', 'billion per litre'),
  ('/uL', 'per microlitre'),
  ('/mL', 'per millilitre'),
  ('/min', 'per minute'),
  ('/s', 'per second'),
  ('/h', 'per hour'),
  ('/d', 'per day'),
  ('{copies}', 'copies'),
  ('{copies}/mL', 'copies per millilitre'),
  ('{copies}/uL', 'copies per microlitre'),
  ('{bp}', 'base pairs'),
  ('{counts}/min', 'counts per minute'),
  ('{counts}/s', 'counts per second'),
  ('{rev}/min', 'revolutions per minute'),
  ('{OD}', 'optical density'),
  ('[g]', 'times standard gravity'),
  ('Pa', 'pascal'),
  ('kPa', 'kilopascal'),
  ('MPa', 'megapascal'),
  ('bar', 'bar'),
  ('mbar', 'millibar'),
  ('mm[Hg]', 'millimetre of mercury'),
  ('[psi]', 'pound per square inch'),
  ('J', 'joule'),
  ('kJ', 'kilojoule'),
  ('kJ/mol', 'kilojoule per mole'),
  ('cal', 'calorie'),
  ('kcal/mol', 'kilocalorie per mole'),
  ('eV', 'electronvolt'),
  ('W', 'watt'),
  ('V', 'volt'),
  ('mV', 'millivolt'),
  ('kV', 'kilovolt'),
  ('A', 'ampere'),
  ('mA', 'milliampere'),
  ('uA', 'microampere'),
  ('Ohm', 'ohm'),
  ('S/cm', 'siemens per centimetre'),
  ('mS/cm', 'millisiemens per centimetre'),
  ('uS/cm', 'microsiemens per centimetre'),
  ('Hz', 'hertz'),
  ('kHz', 'kilohertz'),
  ('MHz', 'megahertz'),
  ('Bq', 'becquerel'),
  ('kBq', 'kilobecquerel'),
  ('MBq', 'megabecquerel'),
  ('uCi', 'microcurie'),
  ('mCi', 'millicurie'),
  ('mL/min', 'millilitre per minute'),
  ('uL/min', 'microlitre per minute'),
  ('L/min', 'litre per minute'),
  ('mPa.s', 'millipascal second'),
  ('deg', 'degree of arc'),
  ('By', 'byte'),
  ('kBy', 'kilobyte'),
  ('MBy', 'megabyte'),
  ('L/mol/cm', 'litre per mole and centimetre (molar extinction)'),
  ('mL/mg/cm', 'millilitre per milligram and centimetre'),
  ('mosm/kg', 'milliosmole per kilogram'),
  ('mosm/L', 'milliosmole per litre'),
  ('lx', 'lux')) v (code, name)
cross join lateral private.parse_unit_v1(v.code) u;

-- A code from before that UCUM does not know measures itself only.
insert into private.known_units (code, name, dimension, factor, shift)
select distinct on (l.code) l.code, l.name,
  case when u.problem is null then u.dimension else '"' || l.code || '"' end,
  case when u.problem is null then u.factor else 1 end, case when u.problem is null then u.shift else 0 end
from lab.units l cross join lateral private.parse_unit_v1(l.code) u
on conflict do nothing;

alter table lab.units add constraint units_known_fk foreign key (code) references private.known_units (code);
comment on column lab.units.code is 'UCUM code, as written after a value.';

alter table private.known_units enable row level security, force row level security;
create policy all_law on private.known_units to law, migrator using (true) with check (true);
create policy select_common on private.known_units for select to member, worker using (common);
grant select, insert on private.known_units to law;
grant select on private.known_units to member, worker;
grant select on private.unit_atoms, private.unit_prefixes to law, member, worker;
