-- Three roles and two schemas. The writer fills tables in "store"; the reader sees nothing but the views in "capacity".
-- Roles belong to the whole cluster, so another database may have made them before, or be making them now.
do $$
declare
    wanted text;
begin
    foreach wanted in array array['capacity_migrator', 'capacity_writer', 'capacity_reader'] loop
        if not exists (select from pg_roles where rolname = wanted) then
            begin
                -- Without a password: nobody gets in over a network before the operator sets one.
                execute format('create role %I login', wanted);
            exception
                when duplicate_object or unique_violation then null;
            end;
        end if;
    end loop;
    -- Whoever migrates acts as the owner, so that functions with the owner's rights never run as a superuser.
    if not pg_has_role(current_user, 'capacity_migrator', 'set') then
        execute format('grant capacity_migrator to %I', current_user);
    end if;
    -- Per database, because these settings of a shared role would otherwise reach into its neighbours.
    execute format('alter role capacity_reader in database %I set statement_timeout = %L', current_database(), '15s');
    execute format('alter role capacity_reader in database %I set default_transaction_read_only = on', current_database());
    execute format('alter role capacity_reader in database %I set search_path = capacity', current_database());
    execute format('alter role capacity_writer in database %I set search_path = store', current_database());
    -- A day turned into an instant is that day in UTC, wherever the server stands.
    execute format('alter role capacity_reader in database %I set timezone = %L', current_database(), 'UTC');
    execute format('alter role capacity_writer in database %I set timezone = %L', current_database(), 'UTC');
end
$$;

create schema if not exists store;
create schema if not exists capacity;
alter schema store owner to capacity_migrator;
alter schema capacity owner to capacity_migrator;

set role capacity_migrator;

grant usage on schema store to capacity_writer;
grant usage on schema capacity to capacity_reader;
alter default privileges in schema store grant select, insert, update on tables to capacity_writer;
alter default privileges in schema capacity grant select on tables to capacity_reader;
-- Functions are for those they are granted to, not for everybody.
alter default privileges revoke execute on functions from public;
alter default privileges in schema store grant execute on functions to capacity_writer;
alter default privileges in schema capacity grant execute on functions to capacity_reader;
