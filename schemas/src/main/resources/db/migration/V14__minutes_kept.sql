-- Dropping old minutes read a date out of the name of every table that inherits anything, whichever the planner looked at first, and failed where a
-- name held none. Now a name is read only if it is that of a day.
set role capacity_migrator;

create or replace function store.drop_minutes_before(first_kept_day date) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '2s'
as $$
declare
    partition text;
    dropped integer := 0;
begin
    for partition in
        select child.relname
        from pg_inherits
        join pg_class child on child.oid = inhrelid
        where inhparent = 'store.line_product_minute'::regclass
            and case
                when child.relname ~ '_[0-9]{8}$' then to_date(right(child.relname, 8), 'YYYYMMDD') < first_kept_day
                else false
            end
        order by child.relname
    loop
        begin
            execute format('drop table store.%I', partition);
            dropped := dropped + 1;
        exception
            when lock_not_available then exit;
        end;
    end loop;
    return dropped;
end
$$;
