// What all charts share: the life of an ECharts instance, axes in the page's type, tooltips and legends made of elements.
(() => {
  const Board = (window.Board = window.Board || {});
  const { el } = Board;
  const MOST_TIP_ROWS = 16;

  // ---- life of an instance -----------------------------------------------------------------------------------------

  const due = new Set();
  const sizes = new ResizeObserver((entries) => {
    if (!due.size) requestAnimationFrame(resizeDue);
    for (const entry of entries) due.add(entry.target);
  });

  function resizeDue() {
    for (const host of due) {
      const chart = echarts.getInstanceByDom(host);
      const width = host.clientWidth,
        height = host.clientHeight;
      if (!chart || !width || !height || (chart.getWidth() === width && chart.getHeight() === height)) continue;
      chart.resize({ width, height });
    }
    due.clear();
  }

  /** The chart of a host element, made when there is none yet; the picture is replaced at once, without animation. */
  function set(host, option) {
    let chart = echarts.getInstanceByDom(host);
    if (!chart) {
      chart = echarts.init(host, null, {
        renderer: "canvas",
        width: host.clientWidth || 300,
        height: host.clientHeight || 200,
      });
      sizes.observe(host);
      host.addEventListener(
        "pointermove",
        (event) => {
          host.boardPointerY = event.clientY - host.getBoundingClientRect().top;
        },
        { capture: true, passive: true },
      );
    }
    chart.setOption(
      { animation: false, textStyle: { fontFamily: Board.theme.token("font") }, aria: { enabled: false }, ...option },
      { notMerge: true, lazyUpdate: false },
    );
    return chart;
  }

  /** The ECharts instance in or under an element, or undefined. */
  function of(element) {
    const inside = element.querySelector("[_echarts_instance_]");
    return echarts.getInstanceByDom(element) || (inside ? echarts.getInstanceByDom(inside) : undefined);
  }

  function dispose(element) {
    for (const host of [element, ...element.querySelectorAll("[_echarts_instance_]")]) {
      const chart = echarts.getInstanceByDom(host);
      if (!chart) continue;
      sizes.unobserve(host);
      chart.dispose();
    }
  }

  /** The drawing area beside or above its legend; kept over redraws so that the picture does not blink. */
  function stage(body, state, legendAt, legend) {
    let box = body.querySelector(":scope > .chart-box");
    if (!box) {
      dispose(body);
      box = Board.replace(body, el("div.chart-box", {}, el("div.chart-scroll", {}, el("div.chart")))).firstChild;
    }
    const host = box.querySelector(".chart");
    const before = box.querySelector(".legend");
    const scrolled = before ? before.scrollTop : 0;
    if (before) before.remove();
    const right = legendAt === "right" && body.clientWidth > Board.theme.px(34);
    box.classList.toggle("legend-right", Boolean(legend) && right);
    if (legend) {
      box.append(legend);
      legend.scrollTop = scrolled;
    }
    return host;
  }

  // ---- type and rules ------------------------------------------------------------------------------------------------

  const small = () => Board.theme.px(0.78);
  const axisText = () => ({ color: Board.theme.token("soft"), fontSize: small() });
  const rule = () => ({ color: Board.theme.token("rule"), width: 1 });

  const DAY_MS = 86400000;

  /** Ticks every few days start anew on the first of a month: the last of them is left without words when it stands too near. */
  function isCrowded(wall, step) {
    const nextMonth = Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 1);
    return wall.getUTCDate() > 1 && step > DAY_MS * 1.1 && nextMonth - wall.getTime() < step * 0.75;
  }

  function tickLabel(ms, shifted, span, step, zone) {
    const wall = new Date(shifted);
    const midnight = wall.getUTCHours() === 0 && wall.getUTCMinutes() === 0 && wall.getUTCSeconds() === 0;
    const day = `${wall.getUTCDate()} ${Board.time.MONTHS[wall.getUTCMonth()]}`;
    if (midnight && span > 300 * DAY_MS) return `${Board.time.MONTHS[wall.getUTCMonth()]} ${wall.getUTCFullYear()}`;
    if (midnight) return isCrowded(wall, step) ? "" : day;
    return Board.time.clock(ms, zone, span < 600000 || wall.getUTCSeconds() !== 0);
  }

  /** The axis of time of a range. ECharts knows UTC only: instants are moved by `shift` so that its days are the zone's days. */
  function timeAxis(from, to, zone, width) {
    const shift = Math.min(Board.time.offset(from, zone), Board.time.offset(to, zone));
    const span = to - from;
    const ticks = Math.max(3, Math.floor(width / Board.theme.px(7)));
    const axis = {
      type: "time",
      splitNumber: ticks,
      min: from + shift,
      max: to + shift,
      axisLine: { lineStyle: { color: Board.theme.token("rule-strong") } },
      axisTick: { lineStyle: rule(), length: 4 },
      splitLine: { show: false },
      axisPointer: { lineStyle: { color: Board.theme.token("soft"), type: "dashed" } },
      axisLabel: {
        ...axisText(),
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (value) => tickLabel(value - shift, value, span, span / ticks, zone),
      },
    };
    return { axis, shift };
  }

  /** An axis of values from a scale of Board.units. */
  function valueAxis(scale, unit, zone, name) {
    return {
      type: "value",
      ...scale,
      name: name || undefined,
      nameLocation: "middle",
      nameTextStyle: axisText(),
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: rule() },
      axisLabel: { ...axisText(), formatter: (value) => Board.units.tick(value, unit, zone) },
    };
  }

  const grid = (extra) => ({ left: 4, right: 14, top: 10, bottom: 4, containLabel: true, ...extra });

  // ---- tooltips -------------------------------------------------------------------------------------------------------

  /** Beside the pointer, inside the window. */
  function place(host) {
    return (point, params, dom, rect, size) => {
      const box = host.getBoundingClientRect();
      const [width, height] = size.contentSize;
      const room = document.documentElement.clientWidth - box.left;
      const left = point[0] + 18 + width < room ? point[0] + 18 : Math.max(-box.left + 4, point[0] - 18 - width);
      const top = Math.max(4 - box.top, Math.min(point[1] - height / 2, window.innerHeight - box.top - height - 4));
      return [left, top];
    };
  }

  function tooltip(host, options) {
    return {
      show: true,
      confine: false,
      appendTo: document.body,
      renderMode: "html",
      className: "tip",
      transitionDuration: 0,
      backgroundColor: Board.theme.token("panel"),
      borderColor: Board.theme.token("rule-strong"),
      borderWidth: 1,
      padding: 0,
      textStyle: { color: Board.theme.token("ink"), fontSize: Board.theme.px(0.85) },
      position: place(host),
      ...options,
    };
  }

  const swatch = (colour, stroke) => el(`i.swatch.${stroke || "solid"}`, { css: { "--c": colour } });

  /** The inside of a tooltip: a head and rows {colour, stroke, name, text, missing, strong}. */
  function tip(head, rows) {
    const shown = rows.slice(0, MOST_TIP_ROWS);
    const table = el(
      "table",
      {},
      el(
        "tbody",
        {},
        shown.map((row) =>
          el(
            row.strong ? "tr.strong" : "tr",
            {},
            el("td", {}, row.colour ? swatch(row.colour, row.stroke) : null, row.name),
            el(row.missing ? "td.number.missing" : "td.number", {}, row.text),
          ),
        ),
      ),
    );
    const more = rows.length > shown.length ? el("p.tip-more", {}, `and ${rows.length - shown.length} more`) : null;
    return el("div.tip-inside", {}, el("p.tip-head", {}, head), table, more);
  }

  // ---- legends ----------------------------------------------------------------------------------------------------------

  /**
   * A legend of entries {name, colour, stroke, field, values}, as a list or a table with reductions. A click shows one series alone, with Ctrl or Shift it
   * hides or shows it; `state.hidden` keeps the names that are hidden.
   */
  function legend(entries, options, ctx, state, redraw, hover) {
    if (!options || options.showLegend === false || options.displayMode === "hidden" || !entries.length) return null;
    state.hidden = state.hidden || new Set();
    const toggle = (name, several) => {
      const { hidden } = state;
      const names = entries.map((entry) => entry.name);
      if (several) hidden.has(name) ? hidden.delete(name) : hidden.add(name);
      else if (!hidden.has(name) && names.filter((one) => !hidden.has(one)).length === 1) hidden.clear();
      else {
        hidden.clear();
        names.filter((one) => one !== name).forEach((one) => hidden.add(one));
      }
      if (names.every((one) => hidden.has(one))) hidden.clear();
      redraw();
    };
    const button = (entry) =>
      el(
        "button.legend-entry",
        {
          type: "button",
          "aria-pressed": String(!state.hidden.has(entry.name)),
          title: `${entry.name}: click shows it alone, Ctrl and click hides it`,
          onclick: (event) => toggle(entry.name, event.ctrlKey || event.metaKey || event.shiftKey),
          onmouseenter: () => hover && hover(entry.name, true),
          onmouseleave: () => hover && hover(entry.name, false),
        },
        swatch(entry.colour, entry.stroke),
        el("span", {}, entry.name),
      );
    const calcs = options.calcs || [];
    if (options.displayMode !== "table" && !calcs.length) return el("div.legend.list", {}, entries.map(button));
    if (options.displayMode !== "table") {
      return el(
        "div.legend.list",
        {},
        entries.map((entry) =>
          el(
            "span.legend-pair",
            {},
            button(entry),
            calcs.map((calc) => el("span.soft", {}, `${Board.fields.reducerName(calc)} ${reduced(entry, calc, ctx)}`)),
          ),
        ),
      );
    }
    const head = el(
      "tr",
      {},
      el("th", { scope: "col" }, "Series"),
      calcs.map((calc) => el("th.number", { scope: "col" }, Board.fields.reducerName(calc))),
    );
    const rows = entries.map((entry) =>
      el(
        "tr",
        {},
        el("td", {}, button(entry)),
        calcs.map((calc) => el("td.number", {}, reduced(entry, calc, ctx))),
      ),
    );
    return el("div.legend.table", {}, el("table", {}, el("thead", {}, head), el("tbody", {}, rows)));
  }

  function reduced(entry, calc, ctx) {
    const value = Board.fields.reduce(calc, entry.field.values);
    return Board.fields.isCount(calc) ? String(value) : Board.fields.text(entry.field, value, ctx.zone);
  }

  // ---- choosing a range by drawing over the chart ---------------------------------------------------------------------

  function rangeBySweep(chart, host, toMs, choose) {
    if (host.boardSweep) {
      Object.assign(host.boardSweep, { toMs, choose });
      return;
    }
    const sweep = (host.boardSweep = { toMs, choose, start: null, mark: null });
    const inside = (x, y) => chart.containPixel("grid", [x, y]);
    const end = (event) => {
      if (sweep.start === null) return;
      const { start, mark } = sweep;
      const stop = event.clientX - host.getBoundingClientRect().left;
      sweep.start = null;
      if (mark) mark.remove();
      sweep.mark = null;
      window.removeEventListener("pointerup", end);
      if (Math.abs(stop - start) < 8 || chart.isDisposed()) return;
      const at = (x) => sweep.toMs(chart.convertFromPixel({ xAxisIndex: 0 }, x));
      sweep.choose(Math.round(at(Math.min(start, stop))), Math.round(at(Math.max(start, stop))));
    };
    host.addEventListener("pointerdown", (event) => {
      const box = host.getBoundingClientRect();
      if (
        event.button !== 0 ||
        event.pointerType === "touch" ||
        !inside(event.clientX - box.left, event.clientY - box.top)
      )
        return;
      sweep.start = event.clientX - box.left;
      window.addEventListener("pointerup", end);
    });
    host.addEventListener("pointermove", (event) => {
      if (sweep.start === null) return;
      const now = event.clientX - host.getBoundingClientRect().left;
      if (!sweep.mark && Math.abs(now - sweep.start) >= 8) host.append((sweep.mark = el("div.sweep")));
      if (!sweep.mark) return;
      sweep.mark.style.left = `${Math.min(now, sweep.start)}px`;
      sweep.mark.style.width = `${Math.abs(now - sweep.start)}px`;
    });
  }

  Board.chart = {
    set,
    of,
    dispose,
    stage,
    timeAxis,
    valueAxis,
    grid,
    axisText,
    rule,
    small,
    tooltip,
    tip,
    swatch,
    legend,
    rangeBySweep,
  };
})();
