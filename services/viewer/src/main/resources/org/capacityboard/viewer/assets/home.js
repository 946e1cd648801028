// The first page: what this is, how fresh it is, the dashboards with their questions, who is silent or down now.
(() => {
  const Board = (window.Board = window.Board || {});
  const { el } = Board;
  const EVERY_MS = 30000;

  let page = null;

  const STATES = {
    UNKNOWN: ["Silent", "unknown"],
    STOPPED: ["Stopped", "down"],
    ABORTED: ["Aborted", "down"],
    CLEARING: ["Clearing", "down"],
    MAINTENANCE: ["Maintenance", "down"],
    HELD: ["Waiting (internal)", "other"],
    SUSPENDED: ["Waiting (external)", "other"],
    IDLE: ["Idle", "other"],
  };

  function what(home) {
    return el(
      "div.lead",
      {},
      el(
        "p",
        {},
        "Capacity Board computes, from what machines and order books report, how much the production lines of an alliance really make and how well they run, how long orders take, how late they are and when they will come, and how much of all this is known.",
      ),
      home.synthetic
        ? el(
            "p.soft",
            {},
            "All plants, lines and figures here are synthetic: a simulator makes them. No real plant is shown.",
          )
        : null,
    );
  }

  function lines(counts) {
    if (!counts) return null;
    const kinds = [
      ["producing", "Producing"],
      ["down", "Down while planned"],
      ["unknown", "Silent while planned"],
      ["other", "Not planned, waiting or in setup"],
    ].map(([key, name]) => ({ key, name, count: counts[key] || 0 }));
    const total = kinds.reduce((sum, kind) => sum + kind.count, 0) || 1;
    return el(
      "section.now",
      { "aria-label": "Lines now" },
      el("h2.row", {}, "Lines now"),
      el(
        "div.share",
        { role: "img", "aria-label": kinds.map((kind) => `${kind.name}: ${kind.count}`).join(", ") },
        kinds
          .filter((kind) => kind.count)
          .map((kind) => el(`span.${kind.key}`, { css: { width: `${((kind.count / total) * 100).toFixed(2)}%` } })),
      ),
      el(
        "dl.counts",
        {},
        kinds.map((kind) =>
          el("div", {}, el(`dt.${kind.key}`, {}, kind.name), el("dd", {}, Board.units.fixed(kind.count, 0))),
        ),
        el("div", {}, el("dt", {}, "All lines"), el("dd", {}, Board.units.fixed(counts.total || 0, 0))),
      ),
    );
  }

  function cards(home) {
    const list = home.dashboards || [];
    return el(
      "section.boards",
      { "aria-label": "Dashboards" },
      el("h2.row", {}, "Dashboards"),
      list.length
        ? el(
            "ul.cards",
            {},
            list.map((one) =>
              el(
                "li",
                {},
                el(
                  "a.card",
                  { href: `/d/${encodeURIComponent(one.uid)}` },
                  el("h3", {}, one.title),
                  el("p", {}, one.description || ""),
                ),
              ),
            ),
          )
        : el("p.soft", {}, "No dashboard file was found. Maybe the folder of dashboards is empty."),
    );
  }

  function attention(home, zone) {
    const rows = home.attention || [];
    const hasPlant = (home.dashboards || []).some((one) => one.uid === "plant");
    const line = (row) =>
      hasPlant
        ? el(
            "a",
            {
              href: `/d/plant?${new URLSearchParams([
                ["var-plant", row.plant || ""],
                ["var-line", row.line],
              ])}`,
            },
            row.line,
          )
        : row.line;
    const body = rows.map((row) => {
      const [text, kind] = STATES[row.state] || [row.state, "other"];
      return el(
        "tr",
        {},
        el("td", {}, line(row)),
        el("td", {}, row.plant || ""),
        el("td", {}, el(`span.state.${kind}`, {}, text)),
        el(
          "td.right",
          {},
          row.since === null || row.since === undefined ? "unknown" : Board.time.duration(home.now - row.since),
        ),
        el("td", {}, row.since === null || row.since === undefined ? "unknown" : Board.time.dateTime(row.since, zone)),
        el("td.words", {}, row.reason || ""),
      );
    });
    return el(
      "section.attention",
      { "aria-label": "Silent or down now" },
      el("h2.row", {}, "Silent or down now"),
      rows.length
        ? el(
            "div.table-scroll",
            { tabindex: "0" },
            el(
              "table.figures.dense",
              {},
              el(
                "thead",
                {},
                el(
                  "tr",
                  {},
                  ["Line", "Plant", "State", "For", `Since (${Board.time.zoneName(zone)})`, "Reason"].map((name) =>
                    el(name === "For" ? "th.right" : "th", { scope: "col" }, name),
                  ),
                ),
              ),
              el("tbody", {}, body),
            ),
          )
        : el("p.soft", {}, home.lines ? "No line is silent or down while it should be producing." : "Not known."),
    );
  }

  function broken(home) {
    if (!(home.broken || []).length) return null;
    return el(
      "section.broken",
      { "aria-label": "Broken dashboard files" },
      el("h2.row", {}, "Dashboard files that cannot be read"),
      el(
        "dl",
        {},
        home.broken.map((one) => [el("dt", {}, one.file), el("dd", {}, one.problem)]),
      ),
    );
  }

  function foot() {
    Board.replace(
      document.getElementById("foot"),
      el(
        "nav",
        { "aria-label": "For operators" },
        el("a", { href: "/metrics" }, "Metrics"),
        el("a", { href: "/healthz" }, "Health"),
        el("a", { href: "/readyz" }, "Readiness"),
      ),
    );
  }

  function show(home) {
    const scrolls = document.querySelector("main .table-scroll");
    const top = scrolls ? scrolls.scrollTop : 0;
    Board.replace(
      document.getElementById("page"),
      el(
        "div.home",
        {},
        el("h1", {}, "Capacity Board"),
        what(home),
        home.problem ? el("p.panel-problem", {}, home.problem) : null,
        lines(home.lines),
        cards(home),
        attention(home, "utc"),
        broken(home),
      ),
    );
    const now = document.querySelector("main .table-scroll");
    if (now) now.scrollTop = top;
  }

  async function load() {
    const current = page;
    clearTimeout(current.timer);
    try {
      const home = await Board.source.home(current.abort.signal);
      if (page !== current) return;
      show(home);
      current.shown = true;
      Board.controls.freshness(home, "utc");
      Board.controls.loaded(Date.now(), null, "utc");
    } catch (failure) {
      if (page !== current || failure.name === "AbortError") return;
      const text = failure instanceof Board.source.Problem ? failure.message : "The first page could not be shown.";
      if (!(failure instanceof Board.source.Problem)) console.error("home", failure);
      if (current.shown) Board.controls.loaded(null, `The last refresh failed. ${text}`, "utc");
      else Board.replace(document.getElementById("page"), el("div.plain", {}, el("p.panel-problem", {}, text)));
    }
    document.body.dataset.state = "ready";
    document.body.dataset.complete = "true";
    if (!document.hidden) current.timer = setTimeout(load, EVERY_MS);
  }

  document.addEventListener("visibilitychange", () => {
    if (page && !document.hidden) load();
  });

  function open() {
    close();
    Board.controls.forget();
    page = { abort: new AbortController() };
    document.title = "Capacity Board";
    document.body.dataset.state = "loading";
    document.body.classList.remove("kiosk");
    Board.controls.homeHead();
    foot();
    load();
  }

  function close() {
    if (!page) return;
    clearTimeout(page.timer);
    page.abort.abort();
    page = null;
    Board.replace(document.getElementById("foot"));
  }

  Board.home = { open, close };
})();
