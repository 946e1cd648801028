// A dashboard on the page: its sections and grid, the order in which panels are asked for and drawn, refreshing.
(() => {
  const Board = (window.Board = window.Board || {});
  const { el } = Board;
  const RETRY_MS = 10000;

  let page = null;

  // ---- layout -----------------------------------------------------------------------------------------------------------

  /** Panels by section: those before the first row, then each row with its own. Each section has a grid that starts at 0. */
  function sectionsOf(panels) {
    const sections = [{ row: null, panels: [] }];
    const byPlace = [...panels].sort(
      (a, b) => (a.gridPos || {}).y - (b.gridPos || {}).y || (a.gridPos || {}).x - (b.gridPos || {}).x,
    );
    const rows = new Map();
    for (const panel of byPlace.filter((one) => one.row === undefined || one.row === null)) {
      if (panel.type === "row") {
        const section = { row: panel, panels: [] };
        rows.set(panel.id, section);
        sections.push(section);
      } else sections.at(-1).panels.push(panel);
    }
    for (const panel of byPlace)
      if (panel.row !== undefined && panel.row !== null && rows.has(panel.row)) rows.get(panel.row).panels.push(panel);
    for (const section of sections) {
      const top = Math.min(...section.panels.map((panel) => (panel.gridPos || {}).y || 0));
      for (const panel of section.panels) panel.originY = top;
    }
    return sections.filter((section) => section.row || section.panels.length);
  }

  function buildSection(section, ctx, views, closed) {
    const grid = el("div.grid", {});
    for (const panel of section.panels) {
      const view = Board.panels.create(panel, ctx);
      views.push(view);
      grid.append(view.section);
    }
    if (!section.row) return el("div.section", {}, grid);
    const { row } = section;
    const isClosed = closed.has(row.id) ? closed.get(row.id) : row.collapsed === true;
    grid.hidden = isClosed;
    const button = el(
      "button.row-title",
      {
        type: "button",
        "aria-expanded": String(!isClosed),
        onclick: () => {
          grid.hidden = !grid.hidden;
          closed.set(row.id, grid.hidden);
          button.setAttribute("aria-expanded", String(!grid.hidden));
          if (!grid.hidden) awaken(page);
        },
      },
      Board.links.text(row.title, ctx),
      Board.icon("down"),
    );
    return el("div.section", { data: { row: String(row.id) } }, el("h2.row", {}, button), grid);
  }

  const shape = (dashboard) => JSON.stringify(dashboard.panels);

  function build(dashboard, ctx) {
    for (const view of page.views) Board.panels.dispose(view);
    page.seen.disconnect();
    page.views = [];
    const nodes = sectionsOf(dashboard.panels).map((section) => buildSection(section, ctx, page.views, page.closed));
    Board.replace(document.getElementById("page"), nodes);
    for (const view of page.views) {
      view.section.boardView = view;
      page.seen.observe(view.section);
    }
  }

  // ---- what is in sight ---------------------------------------------------------------------------------------------------

  function inSight(view) {
    const box = view.section.getBoundingClientRect();
    return box.height > 0 && box.top < window.innerHeight && box.bottom > 0;
  }

  const isShown = (view) => view.section.offsetParent !== null;

  function watch(entries) {
    for (const entry of entries) {
      const view = entry.target.boardView;
      if (entry.isIntersecting && view && view.waiting) drawNow(view);
    }
  }

  function drawNow(view) {
    Board.panels.draw(view, page.ctx);
    view.done = true;
    settle();
  }

  /** Marks the page ready when what is in sight is drawn, and complete when all is. */
  function settle() {
    if (!page || page.loading) return;
    const open = page.views.filter((view) => !view.done && isShown(view));
    const urgent = open.filter((view) => view.urgent);
    if (urgent.length) return;
    document.body.dataset.state = "ready";
    if (!open.length) {
      document.body.dataset.complete = "true";
      return;
    }
    const next = open.find((view) => view.waiting);
    if (next && !page.idle) {
      const later = window.requestIdleCallback || ((task) => setTimeout(task, 1));
      page.idle = later(
        () => {
          if (!page) return;
          page.idle = null;
          if (next.waiting && isShown(next)) drawNow(next);
          else settle();
        },
        { timeout: 200 },
      );
    }
  }

  // ---- asking ----------------------------------------------------------------------------------------------------------------

  const hasFigures = (view) => view.drawer && view.panel.type !== "text" && view.panel.queries !== 0;

  /** The width of a panel's figures as the server is told it, in CSS pixels. */
  const widthOf = (view) => view.body.clientWidth || 600;

  async function ask(view, signal) {
    const question = Board.source.query(page.search);
    const same = question === view.question;
    view.question = question;
    try {
      const answer = await Board.source.panel(
        page.uid,
        view.panel.id,
        page.search,
        page.ctx.range,
        widthOf(view),
        signal,
      );
      if (signal.aborted) return;
      const refusal = Board.panels.refusal(answer);
      if (refusal) throw new Board.source.Problem(refusal);
      view.answer = answer;
      view.drawnAt = Date.now();
      view.asked = false;
      if (!view.urgent && document.body.dataset.state !== "ready" && !inSight(view)) view.waiting = true;
      else Board.panels.draw(view, page.ctx);
      view.done = !view.waiting;
    } catch (failure) {
      if (signal.aborted || failure.name === "AbortError") return;
      if (!(failure instanceof Board.source.Problem)) console.error("panel", view.panel.id, failure);
      Board.panels.fail(
        view,
        failure instanceof Board.source.Problem ? failure.message : "This panel could not be read.",
        page.ctx.zone,
        same,
      );
      view.done = true;
      view.asked = false;
    }
    settle();
  }

  /** Asks for the panels that can be seen or scrolled to, those in sight first; closed rows wait until they are opened. */
  function askAll(signal, quiet) {
    const shown = page.views.filter(isShown);
    const order = shown.map((view) => ({ view, sight: inSight(view) }));
    for (const { view, sight } of order) {
      view.urgent = sight;
      view.done = !view.drawer;
      view.waiting = false;
      if (!quiet && view.drawer) view.section.dataset.state = "loading";
    }
    const sorted = [...order.filter((one) => one.sight), ...order.filter((one) => !one.sight)].map((one) => one.view);
    for (const view of page.views.filter((one) => !shown.includes(one))) {
      view.stale = true;
      view.done = true;
    }
    for (const view of sorted) {
      view.stale = false;
      if (!view.drawer) continue;
      if (hasFigures(view)) {
        view.asked = true;
        ask(view, signal);
      } else drawNow(view);
    }
  }

  /** A row was opened: its panels have not been asked for in this round. */
  function awaken(current) {
    const views = current.views.filter(
      (view) => isShown(view) && view.drawer && (view.stale || !view.answer) && !view.asked,
    );
    for (const view of views) {
      Object.assign(view, { stale: false, urgent: true, done: false });
      view.section.dataset.state = "loading";
      if (hasFigures(view)) {
        view.asked = true;
        ask(view, current.abort.signal);
      } else drawNow(view);
    }
    if (views.length) document.body.dataset.state = "loading";
    settle();
  }

  // ---- loading -----------------------------------------------------------------------------------------------------------------

  function contextOf(dashboard, search) {
    const raw = {
      from: search.get("from") || (dashboard.time || {}).from || String(dashboard.range.from),
      to: search.get("to") || (dashboard.time || {}).to || String(dashboard.range.to),
    };
    return {
      uid: dashboard.uid,
      title: dashboard.title,
      zone: Board.time.zoneOf(dashboard.timezone),
      range: dashboard.range,
      raw,
      variables: dashboard.variables || [],
      chooseRange: Board.source.archived ? null : (from, to) => chooseRange(String(from), String(to)),
    };
  }

  /** After the reader changed one variable, picks of others that it no longer offers go quietly: what the server chose instead stands. */
  function dropPicksThatWent(current, dashboard) {
    const gone = (dashboard.variables || []).filter(
      (one) => current.changed && one.problem && one.name !== current.changed && (one.options || []).length,
    );
    current.changed = null;
    if (!gone.length) return;
    const url = new URL(window.location.href);
    for (const variable of gone) {
      variable.problem = null;
      for (const search of [url.searchParams, current.search]) {
        search.delete(`var-${variable.name}`);
        for (const value of variable.all ? ["$__all"] : variable.value || []) search.append(`var-${variable.name}`, value);
      }
    }
    history.replaceState(null, "", url);
  }

  async function load(quiet) {
    const current = page;
    clearTimeout(current.timer);
    if (current.abort) current.abort.abort();
    current.abort = new AbortController();
    for (const view of current.views) view.asked = false;
    const { signal } = current.abort;
    current.loading = true;
    document.body.dataset.state = "loading";
    delete document.body.dataset.complete;
    document.body.classList.toggle("quiet", quiet);
    if (!Board.source.archived)
      Board.source.home(signal).then(
        (home) => {
          if (!signal.aborted) Board.controls.freshness(home, current.ctx ? current.ctx.zone : "utc");
        },
        () => {},
      );
    try {
      const dashboard = await Board.source.dashboard(current.uid, current.search, signal);
      if (signal.aborted || page !== current) return;
      dropPicksThatWent(current, dashboard);
      const first = !current.dashboard;
      const same = !first && shape(dashboard) === current.shape;
      current.dashboard = dashboard;
      current.ctx = contextOf(dashboard, current.search);
      document.title = `${dashboard.title} \u2013 Capacity Board`;
      if (!same) {
        current.shape = shape(dashboard);
        build(dashboard, current.ctx);
      }
      if (first && current.search.get("refresh") === null)
        current.rate = Board.source.archived ? "" : dashboard.refresh || "";
      if (!Board.menuIsOpen()) Board.controls.dashboardHead(dashboard, current.ctx, current.rate, act);
      current.loading = false;
      Board.controls.loaded(Date.now(), null, current.ctx.zone);
      askAll(signal, quiet && same);
      settle();
    } catch (failure) {
      if (signal.aborted || page !== current) return;
      if (!(failure instanceof Board.source.Problem)) console.error("dashboard", current.uid, failure);
      const text = failure instanceof Board.source.Problem ? failure.message : "This dashboard could not be shown.";
      current.loading = false;
      if (current.dashboard) Board.controls.loaded(null, `The last refresh failed. ${text}`, current.ctx.zone);
      else
        Board.replace(
          document.getElementById("page"),
          el(
            "div.plain",
            {},
            el("h1", {}, "Not shown"),
            el("p.panel-problem", {}, text),
            el("p", {}, el("a", { href: "/" }, "All dashboards")),
          ),
        );
      for (const view of current.views) {
        if (view.section.dataset.state === "loading") Board.panels.fail(view, text, current.ctx.zone, true);
        view.section.classList.add("stale");
      }
      document.body.dataset.state = "ready";
    }
    schedule();
  }

  function schedule() {
    clearTimeout(page.timer);
    const rate = page.dashboard ? Board.time.intervalMs(page.rate) : RETRY_MS;
    page.due = 0;
    if (!rate || Board.source.archived) return;
    page.due = Date.now() + (document.getElementById("notice").hidden ? rate : Math.min(rate, RETRY_MS));
    if (!document.hidden) page.timer = setTimeout(refresh, page.due - Date.now());
  }

  /** Asks anew, unless answers of the last round are still to come. */
  function refresh() {
    if (page.views.some((view) => view.asked)) page.timer = setTimeout(refresh, 1000);
    else load(true);
  }

  document.addEventListener("visibilitychange", () => {
    if (!page || !page.due) return;
    clearTimeout(page.timer);
    if (!document.hidden) page.timer = setTimeout(refresh, Math.max(0, page.due - Date.now()));
  });

  // ---- what the controls do -----------------------------------------------------------------------------------------------------

  function go(change) {
    const url = new URL(window.location.href);
    change(url.searchParams);
    Board.navigate(url.pathname + url.search);
  }

  const chooseRange = (from, to) =>
    go((search) => {
      search.set("from", from);
      search.set("to", to);
    });

  const act = {
    choose: chooseRange,
    variable: (name, values) => {
      page.changed = name;
      go((search) => {
        search.delete(`var-${name}`);
        for (const value of values) search.append(`var-${name}`, value);
      });
    },
    refresh: () => load(false),
    rate: (text) => {
      page.rate = text;
      const url = new URL(window.location.href);
      if (text) url.searchParams.set("refresh", text);
      else url.searchParams.delete("refresh");
      history.replaceState(null, "", url);
      schedule();
    },
    kiosk: () => kiosk(true),
  };

  function kiosk(on) {
    document.body.classList.toggle("kiosk", on);
    const url = new URL(window.location.href);
    if (on) url.searchParams.set("kiosk", "");
    else url.searchParams.delete("kiosk");
    if (url.href !== window.location.href) history.replaceState(null, "", url.href.replace(/kiosk=(?=&|$)/, "kiosk"));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && document.body.classList.contains("kiosk")) kiosk(false);
  });

  /** Opens a dashboard, or the same one with other parameters, keeping its pictures until the new figures are there. */
  function open(uid, search) {
    document.body.classList.toggle("kiosk", search.has("kiosk"));
    if (page && page.uid === uid && page.dashboard) page.search = search;
    else {
      close();
      Board.controls.forget();
      page = {
        uid,
        search,
        views: [],
        closed: new Map(),
        rate: search.get("refresh") || "",
        seen: new IntersectionObserver(watch, { rootMargin: "20%" }),
      };
      Board.replace(document.getElementById("page"), el("p.plain.soft", {}, "Reading the dashboard\u2026"));
    }
    load(false);
  }

  function close() {
    if (!page) return;
    clearTimeout(page.timer);
    if (page.abort) page.abort.abort();
    page.seen.disconnect();
    for (const view of page.views) Board.panels.dispose(view);
    page = null;
  }

  Board.theme.onChange(() => {
    if (!page || !page.ctx) return;
    for (const view of page.views)
      if (view.drawer && view.done && isShown(view)) Board.panels.redraw(view);
  });

  Board.dashboard = { open, close };
})();
