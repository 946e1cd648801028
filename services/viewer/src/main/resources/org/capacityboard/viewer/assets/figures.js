// The panels that show single figures: stat, gauge and bar gauge.
(() => {
  const Board = (window.Board = window.Board || {});
  const { el, svg } = Board;

  // ---- which figures ----------------------------------------------------------------------------------------------

  function chosen(fields, wanted) {
    if (wanted) {
      const pattern = wanted.startsWith("/") ? Board.fields.regex(wanted) : null;
      const hits = fields.filter((field) =>
        pattern ? pattern.test(field.label) : field.label === wanted || field.name === wanted,
      );
      return hits.length > 1 ? hits.filter((field) => field.type !== "time" || field.name !== "time") : hits;
    }
    const numbers = fields.filter((field) => field.type === "number");
    return numbers.length ? numbers : fields.filter((field) => field.type !== "time");
  }

  function rowName(frame, field, row, fields) {
    const words = frame.fields
      .filter((other) => other !== field && other.type === "string")
      .map((other) => other.values[row])
      .filter((word) => word !== null);
    if (!words.length) return field.label;
    return fields.length > 1 ? `${words.join(" ")} ${field.label}` : words.join(" ");
  }

  /** The figures of a panel: {name, field, frame, row, value, shown, times}. */
  function figures(panel, frames, ctx) {
    const reduce = (panel.options || {}).reduceOptions || {};
    const found = [];
    for (const frame of frames) {
      if (!frame.length) continue;
      const fields = chosen(frame.fields, reduce.fields);
      const time = Board.fields.timeOf(frame);
      if (reduce.values) {
        for (let row = 0; row < Math.min(frame.length, reduce.limit || 25); row += 1)
          for (const field of fields)
            found.push({ name: rowName(frame, field, row, fields), field, frame, row, value: field.values[row] });
      } else {
        for (const field of fields) {
          const value = Board.fields.reduce((reduce.calcs || [])[0] || "lastNotNull", field.values);
          const row = field.values.lastIndexOf(value);
          found.push({
            name: field.label,
            field,
            frame,
            row: row < 0 ? frame.length - 1 : row,
            value,
            times: time && field !== time ? time.values : null,
          });
        }
      }
    }
    for (const figure of found) figure.shown = Board.fields.display(figure.field, figure.value, ctx.zone);
    return found;
  }

  function valueNode(figure, ctx, colour) {
    const { prefix, text, suffix, missing } = figure.shown;
    const link = Board.links.firstOf(figure.field);
    const inside = [
      prefix ? el("span.stat-unit", {}, prefix) : null,
      text,
      suffix ? el("span.stat-unit", {}, suffix) : null,
    ];
    const at = { field: figure.field, value: figure.value, frame: figure.frame, row: figure.row };
    const data = {
      field: figure.field.label,
      value: figure.value === null || figure.value === undefined ? "" : String(figure.value),
    };
    return el(
      missing ? "span.stat-value.missing" : "span.stat-value",
      { data, css: colour ? { color: colour } : {} },
      link ? Board.links.anchor(link, ctx, at, ...inside) : inside,
    );
  }

  const longestWord = (text) => Math.max(...text.split(/\s+/).map((word) => word.length));

  const lengthOf = ({ shown }) => shown.prefix.length * 0.6 + shown.text.length + shown.suffix.length * 0.6;

  // ---- stat ---------------------------------------------------------------------------------------------------------

  /** The course of the values as a small filled line; gaps stay gaps. */
  function sparkline(figure, colour) {
    const { times, field } = figure;
    const known = field.values.filter((value) => typeof value === "number");
    if (!times || known.length < 2) return null;
    const low = Math.min(...known),
      high = Math.max(...known);
    const x = (ms) => (((ms - times[0]) / (times.at(-1) - times[0] || 1)) * 100).toFixed(2);
    const y = (value) => (38 - (high > low ? (value - low) / (high - low) : 0.5) * 34).toFixed(2);
    let line = "",
      area = "",
      start = null,
      last = null;
    const close = () => {
      if (start !== null) area += `L${last} 40L${start} 40Z`;
      start = null;
    };
    field.values.forEach((value, row) => {
      if (typeof value !== "number") {
        close();
        return;
      }
      const point = `${x(times[row])} ${y(value)}`;
      line += `${start === null ? "M" : "L"}${point}`;
      area += `${start === null ? "M" : "L"}${point}`;
      if (start === null) start = x(times[row]);
      last = x(times[row]);
    });
    close();
    return svg(
      "svg",
      { class: "sparkline", viewBox: "0 0 100 40", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("path", { d: area, fill: colour, "fill-opacity": "0.14" }),
      svg("path", {
        d: line,
        fill: "none",
        stroke: colour,
        "stroke-width": "1.5",
        "vector-effect": "non-scaling-stroke",
      }),
    );
  }

  function drawStat(body, panel, frames, ctx) {
    const found = figures(panel, frames, ctx);
    if (!found.length) return { empty: "No data in this range" };
    const options = panel.options || {};
    const mode = options.textMode || "auto";
    const named = mode === "value_and_name" || mode === "name" || (mode === "auto" && found.length > 1);
    const filled = (options.colorMode || "value").startsWith("background");
    const coloured = options.colorMode !== "none";
    const wide =
      options.orientation === "vertical"
        ? true
        : options.orientation === "horizontal"
          ? false
          : body.clientWidth / found.length > Board.theme.px(6.5) || body.clientWidth > body.clientHeight * 1.3;
    const room = found.map((figure) =>
      Math.max(3, lengthOf(figure), named ? Math.min(9, longestWord(figure.name)) * 0.72 : 0),
    );
    const chars = wide ? room.reduce((sum, one) => sum + one + 1, -1) : Math.max(...room);
    const items = found.map((figure) => {
      const colour = coloured ? figure.shown.colour : null;
      const background = filled && colour ? colour : null;
      const ink = background ? Board.colour.inkOn(background) : colour ? Board.colour.readable(colour, 4.5) : null;
      const course =
        options.graphMode === "none" ? null : sparkline(figure, background ? ink : colour || Board.theme.token("soft"));
      return el(
        `div.stat${background ? ".filled" : ""}${course ? ".with-course" : ""}`,
        { css: background ? { "background-color": background, color: ink } : {} },
        course,
        named ? el("span.stat-name", {}, figure.name) : null,
        mode === "name" || mode === "none" ? null : valueNode(figure, ctx, background ? null : ink),
      );
    });
    const centre = options.justifyMode === "center";
    Board.replace(
      body,
      el(
        `div.stats${wide ? ".wide" : ""}${centre ? ".centre" : ""}`,
        { css: { "--chars": chars.toFixed(2), "--count": String(found.length), "--named": named ? "1" : "0" } },
        items,
      ),
    );
    return {};
  }

  // ---- gauge ----------------------------------------------------------------------------------------------------------

  const SWEEP = 240;

  function arc(from, to, radius) {
    const at = (share) => {
      const angle = ((-90 - SWEEP / 2 + SWEEP * share) * Math.PI) / 180;
      return `${(100 + radius * Math.cos(angle)).toFixed(2)} ${(100 + radius * Math.sin(angle)).toFixed(2)}`;
    };
    return `M${at(from)}A${radius} ${radius} 0 ${(to - from) * SWEEP > 180 ? 1 : 0} 1 ${at(to)}`;
  }

  function bounds(field) {
    const { min, max } = field.config;
    const unitMax = field.config.unit === "percentunit" ? 1 : 100;
    return {
      low: min ?? 0,
      high: max ?? Math.max(unitMax, typeof field.config.max === "number" ? 0 : Board.fields.rangeOf(field).max),
    };
  }

  const clamp = (share) => Math.max(0, Math.min(1, share));

  function gaugePicture(figure, options) {
    const { low, high } = bounds(figure.field);
    const share = (value) => clamp((value - low) / (high - low || 1));
    const colour = figure.shown.colour || Board.theme.series(0);
    const steps = Board.fields.steps(figure.field);
    const parts = [
      svg("path", { d: arc(0, 1, 78), fill: "none", stroke: Board.theme.token("well"), "stroke-width": "20" }),
    ];
    if (!figure.shown.missing && share(figure.value) > 0.002)
      parts.push(
        svg("path", { d: arc(0, share(figure.value), 78), fill: "none", stroke: colour, "stroke-width": "20" }),
      );
    if (options.showThresholdMarkers !== false && steps.length > 1) {
      steps.forEach((step, at) => {
        const from = share(Math.max(low, step.from)),
          to = at + 1 < steps.length ? share(steps[at + 1].from) : 1;
        if (to > from)
          parts.push(
            svg("path", {
              d: arc(from, to, 93),
              fill: "none",
              stroke: Board.colour.plain(step.colour) || Board.theme.token("soft"),
              "stroke-width": "4",
            }),
          );
      });
    }
    return svg(
      "svg",
      {
        class: "gauge-arc",
        viewBox: "0 0 200 156",
        role: "img",
        "aria-label": `${figure.name}: ${figure.shown.prefix}${figure.shown.text}${figure.shown.suffix}`,
      },
      parts,
    );
  }

  function drawGauge(body, panel, frames, ctx) {
    const found = figures(panel, frames, ctx);
    if (!found.length) return { empty: "No data in this range" };
    const options = panel.options || {};
    const named = found.length > 1;
    const items = found.map((figure) => {
      const ink = figure.shown.colour ? Board.colour.readable(figure.shown.colour, 4.5) : null;
      return el(
        "div.gauge",
        {},
        el(
          "div.gauge-face",
          { css: { "--chars": String(Math.max(4, lengthOf(figure))) } },
          gaugePicture(figure, options),
          valueNode(figure, ctx, ink),
        ),
        named ? el("span.stat-name", {}, figure.name) : null,
      );
    });
    Board.replace(
      body,
      el(
        "div.gauges",
        {
          css: {
            "--columns": String(
              body.clientWidth > body.clientHeight * 0.9 ? found.length : Math.ceil(Math.sqrt(found.length)),
            ),
          },
        },
        items,
      ),
    );
    return {};
  }

  // ---- bar gauge --------------------------------------------------------------------------------------------------------

  function drawBarGauge(body, panel, frames, ctx) {
    const found = figures(panel, frames, ctx);
    if (!found.length) return { empty: "No data in this range" };
    const options = panel.options || {};
    const standing =
      options.orientation === "vertical" ||
      ((options.orientation || "auto") === "auto" &&
        body.clientWidth > body.clientHeight &&
        found.length > 1 &&
        body.clientHeight > Board.theme.px(11) &&
        body.clientWidth / found.length > Board.theme.px(4));
    const common = found.flatMap(({ field }) => {
      const { low, high } = bounds(field);
      return [low, high];
    });
    const values = found.map((figure) => figure.value).filter((value) => typeof value === "number");
    const configured = found.some(({ field }) => typeof field.config.max === "number");
    const low = Math.min(...common),
      high = configured ? Math.max(...common) : Math.max(low + Number.EPSILON, ...values);
    const items = found.map((figure) => {
      const colour = figure.shown.colour || Board.theme.series(0);
      const share =
        figure.shown.missing || typeof figure.value !== "number" ? 0 : clamp((figure.value - low) / (high - low || 1));
      const size = `${(share * 100).toFixed(2)}%`;
      const track = el(
        options.showUnfilled === false ? "span.bar-track.bare" : "span.bar-track",
        {},
        el(`span.bar-fill${options.displayMode === "lcd" ? ".lcd" : ""}`, {
          css: { [standing ? "height" : "width"]: size, "background-color": colour },
        }),
      );
      const value =
        options.valueMode === "hidden"
          ? el("span")
          : valueNode(
              figure,
              ctx,
              options.valueMode === "text" || !figure.shown.colour
                ? null
                : Board.colour.readable(figure.shown.colour, 4.5),
            );
      return el(
        "div.bar",
        {},
        options.namePlacement === "hidden" ? el("span") : el("span.bar-name", { title: figure.name }, figure.name),
        track,
        value,
      );
    });
    Board.replace(body, el(standing ? "div.bar-gauge.standing" : "div.bar-gauge", {}, items));
    return {};
  }

  Board.drawers = {
    ...(Board.drawers || {}),
    stat: { draw: drawStat, chart: false, asSeries: false },
    gauge: { draw: drawGauge, chart: false, asSeries: false },
    bargauge: { draw: drawBarGauge, chart: false, asSeries: false },
  };
})();
