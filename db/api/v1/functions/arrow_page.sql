-- Bulk rows: one keyset page of an exposed view as an Arrow IPC stream.

create or replace function api_v1.arrow_page(
  relation text, columns text[] default null, filters jsonb default '[]', order_by text[] default '{id}', after text[] default null, most integer default 25000)
returns api_v1."application/vnd.apache.arrow.stream"
language plpgsql stable
set search_path = ''
as $$
declare
  all_columns constant arrow.columns[] := arrow.find_columns(relation, null);
  chosen constant arrow.columns[] := arrow.find_columns(relation, coalesce(columns, arrow.columns_of_header()));
  keys constant arrow.columns[] := arrow.find_columns(relation, order_by);
begin
  if most is null or most not between 1 and arrow.most_rows() then
    perform private.refuse('PL022', array[coalesce(most::text, 'null')], array[arrow.most_rows()::text]);
  end if;
  perform arrow.demand_keyset(keys, after);
  return arrow.write_stream(chosen,
    format('select %s from (select * from api_v1.%I where %s order by %s limit %s) rows', arrow.plan_source(chosen), relation,
      concat_ws(' and ', 'true', arrow.plan_filters(all_columns, filters), arrow.plan_after(keys, after)), arrow.name_list(keys), most),
    null::integer[]);
end $$;
comment on function api_v1.arrow_page(text, text[], jsonb, text[], text[], integer) is
  'A page of a view as an Arrow IPC stream: rows that match all filters ([["value","gte","1"],…]; eq, neq, gt, gte, lt, lte, in, is), in ascending order of columns that are never null and end in id, after the row with the keys `after`. most: 1 to 100000 rows. A GET names columns in the header x-petri-columns.';
grant execute on function api_v1.arrow_page(text, text[], jsonb, text[], text[], integer) to member;
