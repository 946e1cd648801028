// What the time series panel draws: its series, brought onto common instants where they are stacked, and their axes.
(() => {
  const Board = (window.Board = window.Board || {});

  /** The series of all frames: {name, field, times, values, custom, colour, stroke, days}. */
  function seriesOf(frames) {
    const found = [];
    for (const frame of frames) {
      const time = Board.fields.timeOf(frame);
      if (!time) continue;
      for (const field of frame.fields) {
        if (field === time || field.type !== "number") continue;
        const custom = field.config.custom || {};
        if (custom.hideFrom && custom.hideFrom.viz) continue;
        const line = custom.lineStyle || {};
        const named = { dash: "dashed", dot: "dotted", solid: "solid" }[line.fill];
        const fixed = (field.config.color || {}).mode === "fixed";
        found.push({
          name: field.label,
          field,
          frame,
          times: time.values,
          values: field.values,
          custom,
          days: time.days,
          colour:
            custom.drawStyle === "bars"
              ? Board.fields.seriesColour(field)
              : Board.colour.readable(Board.fields.seriesColour(field), 3),
          stroke:
            custom.drawStyle === "bars"
              ? "filled"
              : named || (fixed ? "solid" : Board.theme.stroke(Math.max(0, field.index))),
        });
      }
    }
    const names = new Map();
    for (const one of found) {
      names.set(one.name, (names.get(one.name) || 0) + 1);
      if (names.get(one.name) > 1) one.name = `${one.name} (${one.frame.ref})`;
    }
    return found;
  }

  const stackingOf = (one) => (one.custom.stacking && one.custom.stacking.mode !== "none" ? one.custom.stacking : null);

  /** Brings stacked series onto the same instants (ECharts stacks by position) and turns percent stacks into shares of 100. */
  function alignStacks(series) {
    const groups = new Map();
    for (const one of series) {
      const stacking = stackingOf(one);
      if (!stacking) continue;
      one.stack = `${one.custom.drawStyle || "line"} ${stacking.mode} ${stacking.group || "A"} ${axisKey(one)}`;
      if (!groups.has(one.stack)) groups.set(one.stack, []);
      groups.get(one.stack).push(one);
    }
    for (const group of groups.values()) {
      const times = group.every((one) => one.times === group[0].times)
        ? group[0].times
        : [...new Set(group.flatMap((one) => one.times))].sort((a, b) => a - b);
      for (const one of group) {
        if (one.times === times) {
          one.drawn = one.values;
          continue;
        }
        const rows = new Map(one.times.map((ms, row) => [ms, one.values[row]]));
        one.drawn = times.map((ms) => rows.get(ms) ?? null);
      }
      const share = stackingOf(group[0]).mode === "percent";
      const totals = times.map((ms, row) => group.reduce((total, one) => total + Math.abs(one.drawn[row] || 0), 0));
      for (const one of group) {
        one.drawnTimes = times;
        if (share)
          one.drawn = one.drawn.map((value, row) =>
            value === null ? null : totals[row] ? (value / totals[row]) * 100 : 0,
          );
      }
    }
  }

  const isShare = (one) => Boolean(stackingOf(one)) && stackingOf(one).mode === "percent";

  function axisKey(one) {
    const { config } = one.field;
    const placement = one.custom.axisPlacement === "right" ? "right" : "";
    return JSON.stringify([
      isShare(one) ? "percent" : config.unit || "",
      placement,
      config.min ?? null,
      config.max ?? null,
      one.custom.axisLabel || "",
      one.custom.scaleDistribution || null,
    ]);
  }

  /** Lowest and highest drawn value of the series of one axis, stacks summed. */
  function extent(series) {
    let low = Infinity,
      high = -Infinity;
    const sums = new Map();
    const take = (value) => {
      if (value < low) low = value;
      if (value > high) high = value;
    };
    for (const one of series) {
      const values = one.drawn || one.values;
      if (one.custom.drawStyle === "bars" || one.stack) take(0);
      if (!one.stack) {
        for (const value of values) if (value !== null) take(value);
        continue;
      }
      if (!sums.has(one.stack)) sums.set(one.stack, [new Float64Array(values.length), new Float64Array(values.length)]);
      const [above, below] = sums.get(one.stack);
      values.forEach((value, row) => {
        if (value >= 0) take((above[row] += value));
        else if (value < 0) take((below[row] += value));
      });
    }
    return low > high ? [0, 1] : [low, high];
  }

  function axisOf(series, at, count, ctx) {
    const first = series[0];
    const { config } = first.field;
    const { custom } = first;
    const share = isShare(first);
    let [low, high] = share ? [0, 100] : extent(series);
    if (custom.axisSoftMin !== undefined && custom.axisSoftMin !== null) low = Math.min(low, custom.axisSoftMin);
    if (custom.axisSoftMax !== undefined && custom.axisSoftMax !== null) high = Math.max(high, custom.axisSoftMax);
    if (custom.axisCenteredZero) {
      high = Math.max(Math.abs(low), Math.abs(high));
      low = -high;
    }
    const unit = share ? "percent" : config.unit;
    const scale = Board.units.scale(
      low,
      high,
      unit,
      count,
      share ? undefined : config.decimals,
      share ? 0 : config.min,
      share ? 100 : config.max,
    );
    const axis = Board.chart.valueAxis(scale, unit, ctx.zone, custom.axisLabel);
    if (custom.scaleDistribution && custom.scaleDistribution.type === "log" && low > 0)
      Object.assign(axis, {
        type: "log",
        logBase: custom.scaleDistribution.log || 10,
        min: config.min > 0 ? config.min : undefined,
        max: undefined,
        interval: undefined,
      });
    const right = custom.axisPlacement === "right" || (custom.axisPlacement !== "left" && at > 0);
    if (custom.axisLabel) axis.nameGap = Board.theme.px(3.2);
    if (custom.axisPlacement === "hidden") axis.axisLabel = { show: false };
    if (custom.axisGridShow === false || at > 0) axis.splitLine = { show: false };
    return Object.assign(axis, {
      position: right ? "right" : "left",
      offset: at > 1 ? (at - 1) * Board.theme.px(3.5) : 0,
    });
  }

  Board.layers = { seriesOf, alignStacks, axisKey, axisOf };
})();
