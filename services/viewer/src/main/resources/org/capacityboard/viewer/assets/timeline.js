// The state timeline panel: one lane a field, a bar as long as a state lasted, coloured and named by value mappings.
(() => {
  const Board = (window.Board = window.Board || {});

  /** One typical step when instants come at even steps (windows), else null (events). */
  function evenStep(times) {
    if (times.length < 3) return null;
    const gaps = times
      .slice(1)
      .map((ms, at) => ms - times[at])
      .sort((a, b) => a - b);
    const middle = gaps[Math.floor(gaps.length / 2)];
    return gaps.filter((gap) => Math.abs(gap - middle) < middle * 0.01).length >= gaps.length * 0.8 ? middle : null;
  }

  /** The lanes of all frames: {name, field, spans: [{from, to, value}]}. A state lasts until the next instant; unknown is a gap. */
  function lanesOf(frames, range, merge) {
    const lanes = [];
    for (const frame of frames) {
      const time = Board.fields.timeOf(frame);
      if (!time) continue;
      const step = evenStep(time.values);
      const end = time.values.length
        ? Math.max(time.values.at(-1), step ? Math.min(range.to, time.values.at(-1) + step) : range.to)
        : range.to;
      for (const field of frame.fields) {
        if (field === time || field.type === "time") continue;
        const bridge = (field.config.custom || {}).spanNulls;
        const spans = [];
        field.values.forEach((value, row) => {
          const from = time.values[row];
          const to = row + 1 < time.values.length ? time.values[row + 1] : end;
          const last = spans.at(-1);
          if (value === null || value === undefined) {
            if (last && last.to === from && (bridge === true || to - last.known <= bridge)) last.to = to;
            return;
          }
          if (last && merge && last.value === value && last.to === from) Object.assign(last, { to, known: to });
          else spans.push({ from, to, known: to, value });
        });
        lanes.push({ name: field.label, field, spans });
      }
    }
    return lanes;
  }

  function colourer(lanes) {
    const seen = new Map();
    return (field, value) => {
      const given = Board.fields.colour(field, value);
      const mode = (field.config.color || {}).mode || "";
      if (given && !mode.startsWith("palette")) return given;
      const mapping = Board.fields.mapped(field, value);
      if (mapping && mapping.color) return given;
      if (!seen.has(value)) seen.set(value, seen.size);
      return Board.theme.series(seen.get(value));
    };
  }

  /** What the colours mean, once each, in the order of the mappings, else of appearance. */
  function meanings(lanes, colourOf, ctx) {
    const found = new Map();
    for (const { field, spans } of lanes) {
      for (const { value } of spans) {
        const text = Board.fields.text(field, value, ctx.zone);
        const mapping = Board.fields.mapped(field, value);
        if (!found.has(text))
          found.set(text, {
            name: text,
            colour: colourOf(field, value),
            index: mapping && mapping.index !== undefined ? mapping.index : 1000 + found.size,
          });
      }
    }
    return [...found.values()].sort((a, b) => a.index - b.index);
  }

  function legendOf(entries, options) {
    if (options.showLegend === false || !entries.length || entries.length > 40) return null;
    return Board.el(
      "div.legend.list",
      {},
      entries.map((entry) =>
        Board.el(
          "span.legend-entry.still",
          {},
          Board.chart.swatch(entry.colour, "filled"),
          Board.el("span", {}, entry.name),
        ),
      ),
    );
  }

  function draw(body, panel, frames, ctx, state) {
    const options = panel.options || {};
    const lanes = lanesOf(frames, ctx.range, options.mergeValues !== false);
    if (!lanes.length || frames.every((frame) => frame.length === 0)) return { empty: "No data in this range" };
    const colourOf = colourer(lanes);
    const legend = legendOf(meanings(lanes, colourOf, ctx), options.legend || {});
    const host = Board.chart.stage(body, state, (options.legend || {}).placement, legend);
    const least = lanes.length * Board.theme.px(1.15) + Board.theme.px(2);
    host.style.minHeight = least > host.clientHeight ? `${least}px` : "";

    const { axis, shift } = Board.chart.timeAxis(ctx.range.from, ctx.range.to, ctx.zone, host.clientWidth);
    const spans = lanes.flatMap((lane, at) =>
      lane.spans
        .filter((span) => span.to > ctx.range.from && span.from < ctx.range.to)
        .map((span) => ({ lane, at, ...span })),
    );
    const share = Math.min(1, options.rowHeight || 0.9);
    const paper = Board.theme.token("panel");
    const opacity = Math.max(0.2, ((lanes[0].field.config.custom || {}).fillOpacity ?? 70) / 100);
    const type = Board.chart.small();
    const looks = spans.map((span) => {
      const colour = Board.colour.mix(paper, colourOf(span.lane.field, span.value), opacity);
      return {
        fill: colour,
        ink: Board.colour.inkOn(colour),
        text: Board.fields.text(span.lane.field, span.value, ctx.zone),
      };
    });

    const renderItem = (params, api) => {
      const [x0, y] = api.coord([api.value(1), api.value(0)]);
      const [x1] = api.coord([api.value(2), api.value(0)]);
      const height = Math.max(2, api.size([0, 1])[1] * share);
      const room = params.coordSys;
      const left = Math.max(x0, room.x),
        right = Math.min(x1, room.x + room.width);
      const look = looks[params.dataIndex];
      if (right <= left) return null;
      const bar = {
        type: "rect",
        shape: { x: left, y: y - height / 2, width: Math.max(1, right - left), height },
        style: { fill: look.fill },
      };
      const wanted =
        options.showValue !== "never" && height > type && right - left > look.text.length * type * 0.62 + 8;
      const place = { left: [left + 5, "left"], right: [right - 5, "right"] }[options.alignValue] || [
        (left + right) / 2,
        "center",
      ];
      return wanted
        ? {
            type: "group",
            children: [
              bar,
              {
                type: "text",
                silent: true,
                style: {
                  text: look.text,
                  x: place[0],
                  y,
                  textAlign: place[1],
                  textVerticalAlign: "middle",
                  fill: look.ink,
                  fontSize: type,
                  fontFamily: Board.theme.token("font"),
                },
              },
            ],
          }
        : bar;
    };

    const tooltip = Board.chart.tooltip(host, {
      trigger: "item",
      show: (options.tooltip || {}).mode !== "none",
      formatter: (point) => {
        const span = spans[point.dataIndex];
        const at = (ms) => Board.time.dateTime(ms, ctx.zone, ms % 60000 !== 0);
        return Board.chart.tip(span.lane.name, [
          {
            colour: colourOf(span.lane.field, span.value),
            stroke: "filled",
            name: looks[point.dataIndex].text,
            text: Board.time.duration(span.to - span.from),
            strong: true,
          },
          { name: "from", text: at(span.from) },
          { name: "to", text: `${at(span.to)} ${Board.time.zoneName(ctx.zone)}` },
        ]);
      },
    });
    const chart = Board.chart.set(host, {
      useUTC: true,
      grid: Board.chart.grid({ top: 4, right: Board.theme.px(1.5) }),
      tooltip,
      xAxis: axis,
      yAxis: {
        type: "category",
        inverse: true,
        data: lanes.map((lane) => lane.name),
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: {
          ...Board.chart.axisText(),
          color: Board.theme.token("ink"),
          interval: 0,
          width: Board.theme.px(11),
          overflow: "truncate",
        },
      },
      series: [
        {
          type: "custom",
          renderItem,
          encode: { x: [1, 2], y: 0 },
          data: spans.map((span) => [span.at, span.from + shift, span.to + shift]),
          progressive: 0,
          cursor: "default",
          clip: true,
        },
      ],
    });
    if (ctx.chooseRange) Board.chart.rangeBySweep(chart, host, (x) => x - shift, ctx.chooseRange);
    return {};
  }

  Board.drawers = { ...(Board.drawers || {}), "state-timeline": { draw, chart: true, asSeries: "states" } };
})();
