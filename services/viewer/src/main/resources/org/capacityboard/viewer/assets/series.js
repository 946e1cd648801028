// The time series panel: lines, bars and points over time, stacked or not, on one or two axes, with thresholds.
(() => {
  const Board = (window.Board = window.Board || {});
  const { seriesOf, alignStacks, axisKey, axisOf } = Board.layers;

  /** Rows without a value that the line crosses, because `spanNulls` allows gaps of any length or of so many ms; stacks need every row. */
  function bridgedRows(one, times, values) {
    const longest = one.custom.spanNulls === true ? Infinity : one.custom.spanNulls;
    if (!longest || one.stack) return null;
    const rows = new Set();
    let last = -1;
    for (let row = 0; row < times.length; row += 1) {
      if (values[row] === null) continue;
      if (last < 0 || times[row] - times[last] <= longest) for (let gap = last + 1; gap < row; gap += 1) rows.add(gap);
      last = row;
    }
    for (let gap = last + 1; gap < times.length; gap += 1) rows.add(gap);
    return rows;
  }

  /** [x, y] pairs; a known value alone between unknown ones gets a dot, or it would not be seen. */
  function points(one, shift, dots) {
    const times = one.drawnTimes || one.times;
    const values = one.drawn || one.values;
    const bridged = bridgedRows(one, times, values);
    const data = [];
    for (let row = 0; row < times.length; row += 1) {
      const value = values[row];
      if (bridged && bridged.has(row)) continue;
      const lonely =
        !dots &&
        value !== null &&
        (row === 0 || values[row - 1] === null) &&
        (row === times.length - 1 || values[row + 1] === null);
      data.push(
        lonely ? { value: [times[row] + shift, value], symbol: "circle", symbolSize: 5 } : [times[row] + shift, value],
      );
    }
    return data;
  }

  function fillOf(one) {
    const share = (one.custom.fillOpacity || 0) / 100;
    if (one.custom.gradientMode === "opacity" && share > 0) {
      return {
        color: new echarts.graphic.LinearGradient(0, 0, 0, 1, [
          { offset: 0, color: Board.colour.alpha(one.colour, share) },
          { offset: 1, color: Board.colour.alpha(one.colour, share * 0.1) },
        ]),
      };
    }
    return share > 0 ? { color: one.colour, opacity: share } : undefined;
  }

  function option(one, axis, shift, width) {
    const { custom } = one;
    const common = { name: one.name, yAxisIndex: axis, stack: one.stack, color: one.colour, z: 3 };
    if (custom.drawStyle === "bars") {
      const opacity = custom.fillOpacity === undefined ? 0.7 : Math.max(0.15, custom.fillOpacity / 100);
      return {
        ...common,
        type: "bar",
        data: points(one, shift, true),
        barMaxWidth: custom.barMaxWidth || Board.theme.px(3),
        barCategoryGap: "18%",
        barGap: "6%",
        large: one.times.length > 3000,
        itemStyle: {
          color: Board.colour.mix(Board.theme.token("panel"), one.colour, opacity),
          borderColor: one.colour,
          borderWidth: custom.lineWidth || 0,
        },
        emphasis: { disabled: true },
      };
    }
    const dots =
      custom.drawStyle === "points" ||
      custom.showPoints === "always" ||
      ((custom.showPoints || "auto") === "auto" && one.times.length <= width / 22);
    const curve = custom.lineInterpolation || "linear";
    const thick = (custom.lineWidth ?? 1) * Board.theme.weight();
    return {
      ...common,
      type: "line",
      data: points(one, shift, dots),
      connectNulls: custom.spanNulls === true,
      showSymbol: true,
      symbol: dots ? "circle" : "none",
      symbolSize:
        custom.drawStyle === "points" || custom.showPoints === "always"
          ? custom.pointSize || 5
          : Math.max(3, thick * 2),
      lineStyle: { width: custom.drawStyle === "points" ? 0 : thick, type: one.stroke, cap: "butt", join: "round" },
      areaStyle: custom.drawStyle === "points" ? undefined : fillOf(one),
      step: { stepBefore: "start", stepAfter: "end" }[curve] || false,
      smooth: curve === "smooth" ? 0.35 : false,
      smoothMonotone: "x",
      sampling: one.times.length > 3000 && !one.stack ? "lttb" : undefined,
      emphasis: { focus: "series", lineStyle: { width: thick + 1 } },
      blur: { lineStyle: { opacity: 0.18 } },
    };
  }

  /** Threshold lines and areas of the series' field, on their first series. */
  function thresholds(one, scale) {
    const style = one.custom.thresholdsStyle && one.custom.thresholdsStyle.mode;
    if (!style || style === "off") return {};
    const steps = Board.fields.steps(one.field).map((step) => ({ ...step, colour: Board.colour.plain(step.colour) }));
    const marks = {};
    if (/line|dashed/.test(style)) {
      marks.markLine = {
        silent: true,
        symbol: "none",
        animation: false,
        label: { show: false },
        data: steps
          .filter((step) => step.from > -Infinity && step.colour && step.from >= scale.min && step.from <= scale.max)
          .map((step) => ({
            yAxis: step.from,
            lineStyle: {
              color: step.colour,
              width: 1.5 * Board.theme.weight(),
              type: style.startsWith("dashed") ? "dashed" : "solid",
            },
          })),
      };
    }
    if (style.includes("area")) {
      marks.markArea = {
        silent: true,
        animation: false,
        data: steps
          .filter((step) => step.colour)
          .map((step, at) => [
            { yAxis: Math.max(step.from, scale.min), itemStyle: { color: step.colour, opacity: 0.1 } },
            { yAxis: Math.min(at + 1 < steps.length ? steps[at + 1].from : Infinity, scale.max) },
          ])
          .filter(([low, high]) => high.yAxis > low.yAxis),
      };
    }
    return marks;
  }

  /** The area between a series and the one that its `fillBelowTo` names, as two stacked lines without strokes. */
  function bands(series, axisIndex, shift) {
    return series.flatMap((upper) => {
      const lower =
        upper.custom.fillBelowTo &&
        series.find((one) => one.name === upper.custom.fillBelowTo || one.field.name === upper.custom.fillBelowTo);
      if (!lower) return [];
      const floor = new Map(lower.times.map((ms, row) => [ms, lower.values[row]]));
      const both = upper.times
        .map((ms, row) => [ms + shift, floor.get(ms) ?? null, upper.values[row]])
        .map(([x, low, high]) => (low === null || high === null ? [x, null, null] : [x, low, high - low]));
      const common = {
        type: "line",
        stack: `band ${upper.name}`,
        stackStrategy: "all",
        yAxisIndex: axisIndex(upper),
        symbol: "none",
        silent: true,
        lineStyle: { opacity: 0 },
        z: 1,
        tooltip: { show: false },
      };
      return [
        { ...common, name: `\u0000${upper.name} floor`, data: both.map(([x, low]) => [x, low]) },
        {
          ...common,
          name: `\u0000${upper.name} band`,
          data: both.map(([x, , gap]) => [x, gap]),
          areaStyle: { color: upper.colour, opacity: (upper.custom.fillOpacity || 15) / 100 },
        },
      ];
    });
  }

  /** The row of the instant nearest to `ms`, or -1. */
  function nearest(times, ms) {
    let low = 0,
      high = times.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] < ms) low = middle + 1;
      else high = middle;
    }
    if (low > 0 && Math.abs(times[low - 1] - ms) <= Math.abs(times[low] - ms)) low -= 1;
    return times.length ? low : -1;
  }

  function stamp(ms, days, zone) {
    return days
      ? Board.time.date(ms, "utc")
      : `${Board.time.dateTime(ms, zone, ms % 60000 !== 0)} ${Board.time.zoneName(zone)}`;
  }

  function tipOf(series, ms, mode, sort, days, ctx, pixelGap) {
    let rows = series
      .map((one) => {
        const row = nearest(one.times, ms);
        if (row < 0 || Math.abs(one.times[row] - ms) > 1) return null;
        const value = one.values[row];
        const shown = Board.fields.display(one.field, value, ctx.zone);
        return {
          colour: one.colour,
          stroke: one.stroke,
          name: one.name,
          value,
          text: shown.prefix + shown.text + shown.suffix,
          missing: shown.missing,
          one,
        };
      })
      .filter(Boolean);
    if (mode === "single" && rows.length > 1) {
      const gaps = rows.map((row) => (row.value === null ? Infinity : pixelGap(row.one, row.value)));
      rows = [rows[gaps.indexOf(Math.min(...gaps))]];
    }
    const order = { desc: -1, asc: 1 }[sort];
    if (order) rows.sort((a, b) => a.missing - b.missing || order * (a.value - b.value));
    return Board.chart.tip(stamp(ms, days, ctx.zone), rows);
  }

  function draw(body, panel, frames, ctx, state) {
    const all = seriesOf(frames);
    if (all.every((one) => !one.times.length)) return { empty: "No data in this range" };
    if (all.every((one) => one.values.every((value) => value === null)))
      return { empty: "Every value in this range is unknown" };
    const hidden = state.hidden || new Set();
    const visible = all.filter((one) => !hidden.has(one.name));
    const series = visible.length ? visible : all;
    alignStacks(series);
    const days = series.every((one) => one.days);
    const zone = days ? "utc" : ctx.zone;
    const options = panel.options || {};
    const legendOptions = options.legend || {};
    const hover = (name, on) => {
      const chart = Board.chart.of(body);
      if (chart) chart.dispatchAction({ type: on ? "highlight" : "downplay", seriesName: name });
    };
    const listed = all.filter((one) => !(one.custom.hideFrom && one.custom.hideFrom.legend));
    const legend = Board.chart.legend(
      listed,
      legendOptions,
      ctx,
      state,
      () => draw(body, panel, frames, ctx, state),
      hover,
    );
    const host = Board.chart.stage(body, state, legendOptions.placement, legend);

    const [from, to] = reach(series, ctx.range);
    const { axis, shift } = Board.chart.timeAxis(from, to, zone, host.clientWidth);
    const keys = [...new Set(series.map(axisKey))];
    const count = Math.max(2, Math.min(6, Math.floor(host.clientHeight / Board.theme.px(2.6))));
    const axes = keys.map((key, at) =>
      axisOf(
        series.filter((one) => axisKey(one) === key),
        at,
        count,
        ctx,
      ),
    );
    const axisIndex = (one) => keys.indexOf(axisKey(one));
    const drawn = series.map((one) => option(one, axisIndex(one), shift, host.clientWidth));
    keys.forEach((key, at) => {
      const first = series.findIndex((one) => axisKey(one) === key);
      Object.assign(drawn[first], thresholds(series[first], axes[at]));
    });

    const { mode = "single", sort = "none" } = options.tooltip || {};
    const tooltip = Board.chart.tooltip(host, {
      show: mode !== "none",
      trigger: "axis",
      axisPointer: { type: "line", snap: true },
      formatter: (params) => {
        const found = (Array.isArray(params) ? params : [params])[0];
        const gap = (one, value) =>
          Math.abs(chart.convertToPixel({ yAxisIndex: axisIndex(one) }, value) - (host.boardPointerY || 0));
        return tipOf(
          series,
          (Array.isArray(found.value) ? found.value[0] : found.axisValue) - shift,
          mode,
          sort,
          days,
          ctx,
          gap,
        );
      },
    });
    const labelled = axes.some((one) => one.name);
    const chart = Board.chart.set(host, {
      useUTC: true,
      grid: Board.chart.grid({ right: Board.theme.px(1.5), ...(labelled ? { left: Board.theme.px(1.4) } : {}) }),
      xAxis: axis,
      yAxis: axes,
      tooltip,
      series: [...bands(series, axisIndex, shift), ...drawn],
    });
    if (ctx.chooseRange) Board.chart.rangeBySweep(chart, host, (x) => x - shift, ctx.chooseRange);
    return {};
  }

  /** The range, widened to a first or last value that lies less than one step outside (a day that began before the range). */
  function reach(series, range) {
    let { from, to } = range;
    const bars = series.some((one) => one.custom.drawStyle === "bars");
    for (const { times } of series) {
      if (times.length < 2) continue;
      const step = Math.min(times[1] - times[0], times.at(-1) - times.at(-2));
      if (times[0] < from && times[0] > from - step) from = times[0];
      if (times.at(-1) > to && times.at(-1) < to + step) to = times.at(-1);
      if (bars && times[0] >= from && times[0] - from < step / 2) from = times[0] - step / 2;
      if (bars && times.at(-1) <= to && to - times.at(-1) < step / 2) to = times.at(-1) + step / 2;
    }
    return [from, to];
  }

  Board.drawers = { ...(Board.drawers || {}), timeseries: { draw, chart: true, asSeries: true } };
})();
