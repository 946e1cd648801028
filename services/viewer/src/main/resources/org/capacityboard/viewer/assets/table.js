// The table panel, also used to read a chart as figures: sorting by a click, cells with colours, bars and links, a footer, long tables in portions.
(() => {
  const Board = (window.Board = window.Board || {});
  const { el } = Board;
  const PORTION = 200;
  const LONG_TEXT = 26;

  const custom = (field) => field.config.custom || {};
  const isNumber = (field) => field.type === "number";

  function cellOptions(field) {
    const { cellOptions: options, displayMode } = custom(field);
    if (options && options.type) return options;
    const old = {
      "color-text": { type: "color-text" },
      "color-background": { type: "color-background", mode: "gradient" },
      "color-background-solid": { type: "color-background" },
      basic: { type: "gauge", mode: "basic" },
      "gradient-gauge": { type: "gauge", mode: "gradient" },
      "lcd-gauge": { type: "gauge", mode: "lcd" },
    };
    return old[displayMode] || { type: "auto" };
  }

  function columnOf(field, plain) {
    const align =
      custom(field).align && custom(field).align !== "auto"
        ? custom(field).align
        : isNumber(field) && !(field.config.mappings || []).length
          ? "right"
          : "left";
    return { field, align, options: plain ? { type: "auto" } : cellOptions(field) };
  }

  // ---- cells ------------------------------------------------------------------------------------------------------

  function bar(field, value, shown, options) {
    const share = Math.max(0, Math.min(100, Board.fields.percentOf(field, value)));
    const text =
      options.valueDisplayMode === "hidden"
        ? null
        : el(
            "span",
            {
              css:
                options.valueDisplayMode === "color" && shown.colour
                  ? { color: Board.colour.readable(shown.colour, 4.5) }
                  : {},
            },
            shown.prefix + shown.text + shown.suffix,
          );
    return el(
      "span.cell-bar",
      {},
      el(
        "span.bar-track",
        {},
        el(`span.bar-fill${options.mode === "lcd" ? ".lcd" : ""}`, {
          css: { width: `${share.toFixed(2)}%`, "background-color": shown.colour || Board.theme.series(0) },
        }),
      ),
      text,
    );
  }

  function cell(column, frame, row, ctx) {
    const { field, options } = column;
    const value = field.values[row] ?? null;
    const shown = Board.fields.display(field, value, ctx.zone);
    const text = shown.prefix + shown.text + shown.suffix;
    const td = el(`td.${column.align}${shown.missing ? ".missing" : ""}${text.length > LONG_TEXT ? ".words" : ""}`, {
      data: {
        field: field.label,
        value: value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value),
      },
    });
    const inside = options.type === "gauge" && typeof value === "number" ? bar(field, value, shown, options) : text;
    if (options.type === "color-text" && shown.colour) td.style.color = Board.colour.readable(shown.colour, 4.5);
    if (options.type === "color-background" && shown.colour) {
      td.style.backgroundColor = shown.colour;
      td.style.color = Board.colour.inkOn(shown.colour);
      td.classList.add("filled");
      if (options.applyToRow) column.rowColour = shown.colour;
    }
    const links = (field.config.links || []).filter((link) => link.url);
    if (!links.length || shown.missing) return Board.replace(td, inside);
    const at = { field, value, frame, row };
    return Board.replace(
      td,
      Board.links.anchor(links[0], ctx, at, inside),
      links.slice(1).map((link) => Board.links.anchor(link, ctx, at, Board.icon("link"))),
    );
  }

  function rowOf(columns, frame, row, ctx) {
    for (const column of columns) column.rowColour = null;
    const tr = el(
      "tr",
      {},
      columns.map((column) => cell(column, frame, row, ctx)),
    );
    const whole = columns.find((column) => column.rowColour);
    if (whole)
      Object.assign(tr.style, { backgroundColor: whole.rowColour, color: Board.colour.inkOn(whole.rowColour) });
    return tr;
  }

  // ---- order --------------------------------------------------------------------------------------------------------

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    return String(a).localeCompare(String(b), "en", { numeric: true });
  }

  /** Row numbers in the wanted order; unknown values stay at the end either way. */
  function order(frame, sort) {
    const rows = Array.from({ length: frame.length }, (unused, row) => row);
    for (const { label, desc } of [...sort].reverse()) {
      const field = frame.fields.find((one) => one.label === label || one.name === label);
      if (!field) continue;
      const known = (row) => field.values[row] !== null && field.values[row] !== undefined;
      rows.sort(
        (a, b) => known(b) - known(a) || (known(a) ? (desc ? -1 : 1) * compare(field.values[a], field.values[b]) : 0),
      );
    }
    return rows;
  }

  // ---- head and foot ------------------------------------------------------------------------------------------------

  function heading(column, state, redraw) {
    const { field } = column;
    const current = (state.sort || []).find((one) => one.label === field.label);
    const next = () => {
      const firstDesc = isNumber(field) || field.type === "time";
      if (!current) state.sort = [{ label: field.label, desc: firstDesc }];
      else if (current.desc === firstDesc) state.sort = [{ label: field.label, desc: !firstDesc }];
      else state.sort = [];
      redraw(field.label);
    };
    const width = custom(field).width ? `${(custom(field).width / 14).toFixed(2)}rem` : null;
    const minimum = custom(field).minWidth ? `${(custom(field).minWidth / 14).toFixed(2)}rem` : null;
    return el(
      `th.${column.align}`,
      {
        scope: "col",
        "aria-sort": current ? (current.desc ? "descending" : "ascending") : "none",
        css: { ...(width ? { width, "min-width": width } : {}), ...(minimum ? { "min-width": minimum } : {}) },
      },
      el(
        "button.sort",
        { type: "button", onclick: next, title: field.config.description || null, data: { sort: field.label } },
        field.type === "time" && field.label === "time" ? "Time" : field.label,
        el("span.sort-mark", { "aria-hidden": "true" }, current ? (current.desc ? "\u25be" : "\u25b4") : ""),
      ),
    );
  }

  function footer(columns, frame, options, ctx) {
    const wanted = options.footer;
    if (!wanted || !wanted.show || !frame.length) return null;
    const calc = (wanted.reducer || ["sum"])[0] || "sum";
    const only = Array.isArray(wanted.fields) && wanted.fields.length ? wanted.fields : null;
    const cells = columns.map((column, at) => {
      const { field } = column;
      if (wanted.countRows && calc === "count")
        return el(`td.${column.align}`, {}, at === 0 ? `${Board.units.fixed(frame.length, 0)} rows` : "");
      if (!isNumber(field) || (only && !only.includes(field.label) && !only.includes(field.name)))
        return el(`td.${column.align}`, {}, at === 0 ? Board.fields.reducerName(calc) : "");
      const value = Board.fields.reduce(calc, field.values);
      return el(
        `td.${column.align}`,
        {},
        Board.fields.isCount(calc) ? Board.units.fixed(value, 0) : Board.fields.text(field, value, ctx.zone),
      );
    });
    return el("tfoot", {}, el("tr", {}, cells));
  }

  // ---- the table ------------------------------------------------------------------------------------------------------

  function tableOf(frame, panel, ctx, state, scroller, redraw, plain) {
    const options = plain ? {} : panel.options || {};
    const columns = frame.fields
      .filter((field) => !custom(field).hidden && !(custom(field).hideFrom || {}).viz)
      .map((field) => columnOf(field, plain));
    const rows = order(frame, state.sort || []);
    const tbody = el("tbody");
    let shown = 0;
    const more = (upTo) => {
      const part = document.createDocumentFragment();
      for (; shown < Math.min(upTo, rows.length); shown += 1) part.append(rowOf(columns, frame, rows[shown], ctx));
      tbody.append(part);
    };
    more(Math.max(PORTION, state.shownRows || 0));
    scroller.addEventListener(
      "scroll",
      () => {
        state.scrollTop = scroller.scrollTop;
        if (shown >= rows.length || scroller.scrollTop + scroller.clientHeight < scroller.scrollHeight - 400) return;
        more(shown + PORTION);
        state.shownRows = shown;
      },
      { passive: true },
    );
    const head =
      options.showHeader === false
        ? null
        : el(
            "thead",
            {},
            el(
              "tr",
              {},
              columns.map((column) => heading(column, state, redraw)),
            ),
          );
    const dense = { sm: "dense", md: "medium", lg: "tall" }[options.cellHeight || "sm"];
    return el(`table.figures.${dense}`, {}, head, tbody, footer(columns, frame, options, ctx));
  }

  function draw(body, panel, frames, ctx, state, plain) {
    const filled = frames.filter((frame) => frame.fields.length && frame.length);
    if (!filled.length) return { empty: "No data in this range" };
    if (!state.sort)
      state.sort = plain
        ? []
        : ((panel.options || {}).sortBy || []).map((one) => ({ label: one.displayName, desc: Boolean(one.desc) }));
    const redraw = (label) => {
      draw(body, panel, frames, ctx, state, plain);
      const button = [...body.querySelectorAll("[data-sort]")].find((one) => one.dataset.sort === label);
      if (button) button.focus({ preventScroll: true });
    };
    Board.chart.dispose(body);
    const scroller = el("div.table-scroll", {
      tabindex: "0",
      role: "region",
      "aria-label": `Table: ${panel.title || ""}`,
    });
    const chosen = plain ? filled : [filled[Math.min(state.frame || 0, filled.length - 1)]];
    const choice =
      !plain && filled.length > 1
        ? el(
            "select.frame-choice",
            {
              "aria-label": "Which result",
              onchange: (event) => {
                state.frame = event.target.selectedIndex;
                redraw();
              },
            },
            filled.map((frame, at) =>
              el("option", { selected: at === (state.frame || 0) }, frame.ref || String(at + 1)),
            ),
          )
        : null;
    for (const frame of chosen) scroller.append(tableOf(frame, panel, ctx, state, scroller, redraw, plain));
    Board.replace(body, choice, scroller);
    if (state.scrollTop) scroller.scrollTop = state.scrollTop;
    return {};
  }

  Board.drawers = { ...(Board.drawers || {}), table: { draw, chart: false, asSeries: false } };
  Board.table = { draw: (body, panel, frames, ctx, state) => draw(body, panel, frames, ctx, state, true) };
})();
