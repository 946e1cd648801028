-- From planned time to the ideal time of good units: what is left after each loss, in seconds, for some lines in a range.
set role capacity_migrator;

create function capacity.loss_waterfall(lines text[], from_time timestamptz, to_time timestamptz)
    returns table ("position" int, step text, seconds numeric)
    language sql stable parallel safe
    as $$
        with summed as (
            select sum(planned_seconds) as planned, sum(unknown_seconds) as unknown, sum(down_seconds) as down,
                sum(delay_seconds) as delay, sum(setup_seconds) as setup, sum(producing_seconds) as producing,
                sum(ideal_seconds) as ideal, sum(ideal_good_seconds) as ideal_good
            from capacity.line_hour
            where line_id = any (lines) and window_start between from_time and to_time
        )
        select bar.position, bar.step, bar.seconds
        from summed cross join lateral (values
            (1, 'Planned', planned), (2, 'Unknown', unknown), (3, 'Down', down), (4, 'Delay', delay), (5, 'Setup', setup),
            (6, 'Speed', producing - ideal), (7, 'Quality', ideal - ideal_good), (8, 'Good units, ideal time', ideal_good)
        ) as bar (position, step, seconds)
        order by bar.position
    $$;

comment on function capacity.loss_waterfall is
    'Planned time of lines in a range and where it went, in seconds. Speed is producing time less ideal time (negative if the ideal cycle is too slow).';
