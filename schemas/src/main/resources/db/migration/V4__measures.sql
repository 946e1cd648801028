-- Ratios of summed facts (terms after ISO 22400-2), 0..1, null where nothing stands below the line. Arguments are sums of the
-- columns of the same name; whole numbers up to 2^53 pass through double precision unchanged, so these functions give the same
-- bits as the Java class Effectiveness.
set role capacity_migrator;

-- Known share of planned time.
create function capacity.completeness(planned_ms double precision, unknown_ms double precision) returns double precision
    language sql immutable parallel safe
    return (planned_ms - unknown_ms) / nullif(planned_ms, 0);

-- Share of the known planned time in which the line produced.
create function capacity.availability(
    planned_ms double precision, unknown_ms double precision, producing_ms double precision) returns double precision
    language sql immutable parallel safe
    return producing_ms / nullif(planned_ms - unknown_ms, 0);

-- Ideal time of what was made over the time it took. Not capped: above 1 the ideal cycle is wrong.
create function capacity.effectiveness(producing_ms double precision, ideal_us double precision) returns double precision
    language sql immutable parallel safe
    return ideal_us / nullif(producing_ms * 1000, 0);

-- Good share of what was made, weighted by ideal time so that unlike products add up.
create function capacity.quality_ratio(ideal_us double precision, ideal_good_us double precision) returns double precision
    language sql immutable parallel safe
    return ideal_good_us / nullif(ideal_us, 0);

-- Overall equipment effectiveness: availability x effectiveness x quality, which is ideal time of good units over known planned time.
create function capacity.oee(
    planned_ms double precision, unknown_ms double precision, ideal_good_us double precision) returns double precision
    language sql immutable parallel safe
    return ideal_good_us / nullif((planned_ms - unknown_ms) * 1000, 0);

-- OEE if nothing was made in the unknown time.
create function capacity.oee_low(planned_ms double precision, ideal_good_us double precision) returns double precision
    language sql immutable parallel safe
    return ideal_good_us / nullif(planned_ms * 1000, 0);

-- OEE if the unknown time was produced at the known effectiveness and quality.
create function capacity.oee_high(
    planned_ms double precision,
    unknown_ms double precision,
    producing_ms double precision,
    ideal_us double precision,
    ideal_good_us double precision) returns double precision
    language sql immutable parallel safe
    return (ideal_good_us
            + unknown_ms * 1000
                * (coalesce(capacity.effectiveness(producing_ms, ideal_us), 1)
                    * coalesce(capacity.quality_ratio(ideal_us, ideal_good_us), 1)))
        / nullif(planned_ms * 1000, 0);

-- Net equipment effectiveness: OEE with setup counted as production.
create function capacity.nee(
    planned_ms double precision,
    unknown_ms double precision,
    producing_ms double precision,
    setup_ms double precision,
    ideal_us double precision,
    ideal_good_us double precision) returns double precision
    language sql immutable parallel safe
    return (producing_ms + setup_ms) / nullif(planned_ms - unknown_ms, 0)
        * capacity.effectiveness(producing_ms, ideal_us)
        * capacity.quality_ratio(ideal_us, ideal_good_us);

-- Scrapped share of what was made.
create function capacity.scrap_ratio(good_units double precision, scrap_units double precision) returns double precision
    language sql immutable parallel safe
    return scrap_units / nullif(good_units + scrap_units, 0);

-- Reworked units per unit made; rework stands beside good and scrap.
create function capacity.rework_ratio(
    good_units double precision, scrap_units double precision, rework_units double precision) returns double precision
    language sql immutable parallel safe
    return rework_units / nullif(good_units + scrap_units, 0);

-- Good units an hour of a window, or of known planned time.
create function capacity.units_per_hour(good_units double precision, window_ms double precision) returns double precision
    language sql immutable parallel safe
    return good_units * 3600000 / nullif(window_ms, 0);

-- Good units over what the declared rate gives in the window.
create function capacity.utilisation(
    good_units double precision, declared_units_per_hour double precision, window_ms double precision) returns double precision
    language sql immutable parallel safe
    return good_units * 3600000 / nullif(declared_units_per_hour * window_ms, 0);

-- Whether a line made clearly more than its ideal cycle allows in an hour or more of production: the cycle is wrong.
create function capacity.ideal_cycle_suspect(producing_ms double precision, ideal_us double precision) returns boolean
    language sql immutable parallel safe
    return producing_ms >= 3600000 and coalesce(capacity.effectiveness(producing_ms, ideal_us) > 1.02, false);

-- ISO 8601 week of a day, such as 2026-W46.
create function capacity.iso_week(day date) returns text
    language sql immutable parallel safe
    return extract(isoyear from day) || '-W' || lpad(extract(week from day)::text, 2, '0');
