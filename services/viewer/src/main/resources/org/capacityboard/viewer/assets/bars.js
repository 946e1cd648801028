// The bar chart panel: one group of bars a row, standing or lying, side by side or stacked, coloured by series, threshold or mapping.
(() => {
  const Board = (window.Board = window.Board || {});

  function fieldsOf(frame, options) {
    const named =
      options.xField && frame.fields.find((field) => field.label === options.xField || field.name === options.xField);
    const x =
      named ||
      frame.fields.find((field) => field.type === "string") ||
      frame.fields.find((field) => field.type === "time");
    const shown = (field) =>
      field !== x && field.type === "number" && !((field.config.custom || {}).hideFrom || {}).viz;
    return { x, values: frame.fields.filter(shown) };
  }

  const shorten = (text, most) => (most > 0 && text.length > most ? `${text.slice(0, most)}\u2026` : text);

  function stackOf(options) {
    return options.stacking && options.stacking !== "none" ? options.stacking : null;
  }

  function shares(values) {
    return values.map((field) =>
      field.values.map((value, row) => {
        const total = values.reduce((sum, other) => sum + Math.abs(other.values[row] || 0), 0);
        return value === null ? null : total ? (value / total) * 100 : 0;
      }),
    );
  }

  function extent(columns, stacked) {
    const rows = columns[0] ? columns[0].length : 0;
    let low = 0,
      high = 0;
    for (let row = 0; row < rows; row += 1) {
      const known = columns.map((column) => column[row]).filter((value) => value !== null);
      const above = known.filter((value) => value > 0),
        below = known.filter((value) => value < 0);
      const reach = (values, choose) =>
        stacked ? values.reduce((sum, value) => sum + value, 0) : values.length ? choose(...values) : 0;
      high = Math.max(high, reach(above, Math.max));
      low = Math.min(low, reach(below, Math.min));
    }
    return [low, high];
  }

  function draw(body, panel, frames, ctx, state) {
    const frame = frames.find((one) => one.length > 0 && one.fields.some((field) => field.type === "number"));
    if (!frame) return { empty: "No data in this range" };
    const options = panel.options || {};
    const { x, values: all } = fieldsOf(frame, options);
    if (!all.length) return { empty: "No numbers to draw" };
    const hidden = state.hidden || new Set();
    const visible = all.filter((field) => !hidden.has(field.label));
    const values = visible.length ? visible : all;
    if (values.every((field) => field.values.every((value) => value === null)))
      return { empty: "Every value in this range is unknown" };

    const entries = all.map((field) => ({
      name: field.label,
      colour: Board.fields.seriesColour(field),
      stroke: "filled",
      field,
    }));
    const legendOptions = options.legend || {};
    const legend = Board.chart.legend(entries, legendOptions, ctx, state, () => draw(body, panel, frames, ctx, state));
    const host = Board.chart.stage(body, state, legendOptions.placement, legend);

    const lying =
      options.orientation === "horizontal" ||
      ((options.orientation || "auto") === "auto" && body.clientWidth < body.clientHeight);
    const categories = Array.from({ length: frame.length }, (unused, row) =>
      x ? Board.fields.text(x, x.values[row], ctx.zone) : String(row + 1),
    );
    const least = lying
      ? frame.length * Board.theme.px(values.length > 1 && !stackOf(options) ? 0.9 * values.length + 0.5 : 1.3)
      : 0;
    host.style.minHeight = least > body.clientHeight ? `${least}px` : "";

    const stacking = stackOf(options);
    const columns = stacking === "percent" ? shares(values) : values.map((field) => field.values);
    const first = values[0].config;
    const custom = first.custom || {};
    const unit = stacking === "percent" ? "percent" : first.unit;
    let [low, high] = extent(columns, Boolean(stacking));
    if (typeof custom.axisSoftMin === "number") low = Math.min(low, custom.axisSoftMin);
    if (typeof custom.axisSoftMax === "number") high = Math.max(high, custom.axisSoftMax);
    const room = lying ? host.clientWidth / Board.theme.px(7) : host.clientHeight / Board.theme.px(2.6);
    const scale = Board.units.scale(
      low,
      high,
      unit,
      Math.max(2, Math.min(6, Math.floor(room))),
      first.decimals,
      stacking === "percent" ? 0 : first.min,
      stacking === "percent" ? 100 : first.max,
    );
    const valueAxis = Board.chart.valueAxis(scale, unit, ctx.zone, custom.axisLabel);
    if (custom.axisLabel) valueAxis.nameGap = Board.theme.px(lying ? 1.8 : 3.2);
    if (custom.axisPlacement === "hidden") valueAxis.axisLabel = { show: false };
    const categoryAxis = {
      type: "category",
      data: categories,
      inverse: lying,
      axisLine: { lineStyle: { color: Board.theme.token("rule-strong") } },
      axisTick: { show: false },
      axisLabel: {
        ...Board.chart.axisText(),
        color: Board.theme.token("ink"),
        interval: lying ? 0 : "auto",
        rotate: lying ? 0 : -(options.xTickLabelRotation || 0),
        width: Board.theme.px(lying ? 13 : 8),
        overflow: "truncate",
        formatter: (text) => shorten(text, options.xTickLabelMaxLength || 0),
      },
    };

    const several = values.length > 1;
    const showValue =
      options.showValue === "always" ||
      ((options.showValue || "auto") === "auto" &&
        frame.length * values.length <=
          (lying ? host.clientHeight : host.clientWidth) / Board.theme.px(lying ? 1.2 : 3));
    const colourField = options.colorByField && frame.fields.find((field) => field.label === options.colorByField);
    const series = values.map((field, at) => {
      const base = Board.fields.seriesColour(field);
      const share = (field.config.custom || {}).fillOpacity;
      const shade = (colour) =>
        Board.colour.mix(Board.theme.token("panel"), colour, share === undefined ? 1 : Math.max(0.2, share / 100));
      const colourAt = (row) =>
        (colourField
          ? Board.fields.colour(colourField, colourField.values[row])
          : perValue(field)
            ? Board.fields.colour(field, field.values[row])
            : null) || base;
      return {
        type: "bar",
        name: field.label,
        stack: stacking ? "all" : undefined,
        barMaxWidth: Board.theme.px(3.2),
        barGap: "8%",
        barCategoryGap: `${Math.round((1 - (options.groupWidth || 0.7)) * 100)}%`,
        emphasis: { disabled: true },
        cursor: "default",
        data: columns[at].map((value, row) => ({
          value: value === null ? "-" : value,
          itemStyle: { color: shade(colourAt(row)) },
          label: value < 0 && !stacking ? { position: lying ? "left" : "bottom" } : undefined,
        })),
        label: {
          show: showValue,
          position: stacking ? "inside" : lying ? "right" : "top",
          color: stacking ? undefined : Board.theme.token("ink"),
          fontSize: Board.theme.px(several ? 0.72 : 0.85),
          formatter: (point) =>
            field.values[point.dataIndex] === null
              ? ""
              : Board.fields.text(field, field.values[point.dataIndex], ctx.zone),
        },
        labelLayout: { hideOverlap: true },
      };
    });
    const unknowns =
      lying && !several
        ? {
            type: "bar",
            name: "\u0000unknown",
            silent: true,
            barGap: "-100%",
            data: columns[0].map((value) => (value === null ? Math.max(0, scale.min) : "-")),
            itemStyle: { color: "transparent" },
            label: {
              show: true,
              position: "right",
              color: Board.theme.token("soft"),
              fontStyle: "italic",
              fontSize: Board.theme.px(0.85),
              formatter: () => first.noValue || "\u2013",
            },
          }
        : null;
    if (unknowns && columns[0].includes(null)) series.push(unknowns);

    const tooltip = Board.chart.tooltip(host, {
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: Board.colour.alpha(Board.theme.token("ink"), 0.06) } },
      show: (options.tooltip || {}).mode !== "none",
      formatter: (params) => {
        const row = (Array.isArray(params) ? params[0] : params).dataIndex;
        return Board.chart.tip(
          categories[row],
          values.map((field) => {
            const shown = Board.fields.display(field, field.values[row], ctx.zone);
            const colour =
              (perValue(field) && Board.fields.colour(field, field.values[row])) || Board.fields.seriesColour(field);
            return {
              colour,
              stroke: "filled",
              name: field.label,
              text: shown.prefix + shown.text + shown.suffix,
              missing: shown.missing,
            };
          }),
        );
      },
    });
    const room4label =
      showValue && !stacking
        ? lying
          ? { right: Board.theme.px(4.5) }
          : { top: Board.theme.px(1.4), right: Board.theme.px(1.8) }
        : { right: Board.theme.px(1.8) };
    Board.chart.set(host, {
      grid: Board.chart.grid(room4label),
      xAxis: lying ? valueAxis : categoryAxis,
      yAxis: lying ? categoryAxis : valueAxis,
      tooltip,
      series,
    });
    return {};
  }

  function perValue(field) {
    const { mode } = field.config.color || {};
    return (field.config.mappings || []).length > 0 || mode === "thresholds" || (mode || "").startsWith("continuous");
  }

  Board.drawers = { ...(Board.drawers || {}), barchart: { draw, chart: true, asSeries: false } };
})();
