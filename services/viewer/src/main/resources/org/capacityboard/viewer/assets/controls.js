// The head of the page: where one is, how fresh the figures are, what is chosen, refreshing, theme and wall screen.
(() => {
  const Board = (window.Board = window.Board || {});
  const { el, icon } = Board;
  const { rangeControl, variableControl, chosenText } = Board.pickers;

  // ---- the head --------------------------------------------------------------------------------------------------------------

  function themeButton() {
    const button = el("button.quiet", {
      id: "theme",
      type: "button",
      onclick: () => {
        Board.theme.next();
        show();
      },
    });
    const show = () => {
      const choice = Board.theme.choice();
      Board.replace(button, icon(choice));
      button.title = { auto: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" }[choice];
      button.setAttribute("aria-label", button.title);
    };
    show();
    return button;
  }

  const RATES = [
    ["", "Off"],
    ["30s", "30 s"],
    ["1m", "1 min"],
    ["5m", "5 min"],
    ["15m", "15 min"],
    ["30m", "30 min"],
    ["1h", "1 h"],
  ];

  function refreshControl(rate, act) {
    const rates = RATES.some(([value]) => value === (rate || "")) ? RATES : [...RATES, [rate, rate]];
    return el(
      "span.control-pair",
      {},
      el(
        "button.control",
        { id: "refresh-now", type: "button", title: "Refresh now", "aria-label": "Refresh now", onclick: act.refresh },
        icon("refresh"),
      ),
      el(
        "select.control",
        {
          id: "refresh",
          "aria-label": "Refresh by itself",
          title: "Refresh by itself",
          onchange: (event) => act.rate(event.target.value),
        },
        rates.map(([value, name]) => el("option", { value, selected: value === (rate || "") }, name)),
      ),
    );
  }

  function masthead(crumbs, ...right) {
    const home = Board.source.archived
      ? el("span.name", {}, "Capacity Board")
      : el("a.name", { href: "/" }, "Capacity Board");
    const trail = crumbs.map((crumb, at) =>
      el("li", at === crumbs.length - 1 ? { "aria-current": "page" } : {}, crumb),
    );
    return el(
      "div.masthead",
      {},
      el("nav", { "aria-label": "Where you are" }, el("ol.crumbs", {}, el("li", {}, home), trail)),
      el("p", { id: "freshness" }),
      el("span.masthead-right", {}, right),
    );
  }

  /** Head of a dashboard. `act`: choose(from, to), variable(name, values), refresh(), rate(text), kiosk(). */
  function dashboardHead(dashboard, ctx, rate, act) {
    const head = document.getElementById("head");
    const focused =
      document.activeElement && head.contains(document.activeElement)
        ? document.activeElement.id ||
          (document.activeElement.dataset.variable &&
            `[data-variable="${CSS.escape(document.activeElement.dataset.variable)}"]`)
        : null;
    const archived = Board.source.archived;
    const kiosk = archived
      ? null
      : el(
          "button.quiet",
          {
            id: "kiosk",
            type: "button",
            title: "Wall screen: hide this head (Esc brings it back)",
            "aria-label": "Wall screen",
            onclick: act.kiosk,
          },
          icon("wall"),
        );
    const links = (dashboard.links || [])
      .filter((link) => link.url)
      .map((link) => el("li", {}, Board.links.anchor(Board.links.ofDashboard(link, ctx), ctx, null, link.title)));
    const fixed = [
      el(
        "span.control-pair",
        {},
        el("span.control-name", {}, "Range"),
        el(
          "span",
          {},
          `${Board.time.dateTime(ctx.range.from, ctx.zone, false)} to ${Board.time.dateTime(ctx.range.to, ctx.zone, false)} ${Board.time.zoneName(ctx.zone)}`,
        ),
      ),
      ...(dashboard.variables || [])
        .filter((variable) => variable.hide !== 2)
        .map((variable) =>
          el(
            "span.control-pair",
            {},
            el("span.control-name", {}, variable.label || variable.name),
            el("span", {}, chosenText(variable)),
          ),
        ),
    ];
    const live = () => [
      rangeControl(ctx, act.choose),
      (dashboard.variables || []).map((variable) => variableControl(variable, act.variable)),
      el("span.spring"),
      refreshControl(rate, act),
    ];
    Board.replace(
      head,
      masthead([el("span", {}, dashboard.title)], themeButton(), kiosk),
      el(
        "div.title",
        {},
        el("h1", {}, dashboard.title),
        dashboard.description ? el("p.standfirst", {}, dashboard.description) : null,
        links.length && !archived ? el("nav", { "aria-label": "Related" }, el("ul.related", {}, links)) : null,
      ),
      el("div.controls", { role: "toolbar", "aria-label": "What is shown" }, archived ? fixed : live()),
    );
    if (focused) {
      const again = head.querySelector(focused.startsWith("[") ? focused : `#${focused}`);
      if (again) again.focus({ preventScroll: true });
    }
    tellFreshness();
  }

  function homeHead() {
    Board.replace(document.getElementById("head"), masthead([el("span", {}, "Home")], themeButton()));
  }

  // ---- freshness ------------------------------------------------------------------------------------------------------------

  const OLD_MS = 5 * 60000;
  const fresh = { dataUpTo: null, known: false, asked: false, skew: 0, zone: "utc", loadedAt: null, problem: null };

  /** What is known of the age of the data: {now, dataUpTo} of the server's answer, in the zone shown. */
  function freshness(home, zone) {
    if (!home.problem) Object.assign(fresh, { dataUpTo: home.dataUpTo, known: true });
    Object.assign(fresh, { asked: true, skew: home.now - Date.now(), zone });
    tellFreshness();
  }

  function loaded(atMs, problem, zone) {
    Object.assign(fresh, { loadedAt: atMs ?? fresh.loadedAt, problem, zone: zone || fresh.zone });
    tellFreshness();
  }

  function tellFreshness() {
    const place = document.getElementById("freshness");
    if (!place) return;
    const age = Date.now() + fresh.skew - fresh.dataUpTo;
    const text = Board.source.archived
      ? `Written ${Board.time.dateTime(Board.source.renderedAt, fresh.zone, false)} ${Board.time.zoneName(fresh.zone)}, from synthetic data`
      : !fresh.known
        ? fresh.asked
          ? "Age of the data not known"
          : ""
        : fresh.dataUpTo === null
          ? "No data yet"
          : `Data up to ${Board.time.dateTime(fresh.dataUpTo, fresh.zone)} ${Board.time.zoneName(fresh.zone)}, ${Board.time.ago(Math.max(0, age))}`;
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle(
      "old",
      !Board.source.archived && fresh.asked && (!fresh.known || fresh.dataUpTo === null || age > OLD_MS),
    );
    const notice = document.getElementById("notice");
    notice.hidden = !fresh.problem;
    if (!fresh.problem) {
      Board.replace(notice);
      return;
    }
    // only the sentence is announced by a screen reader, not the age that changes every second
    if (!notice.firstChild || notice.firstChild.textContent !== fresh.problem)
      Board.replace(notice, el("span", { role: "alert" }, fresh.problem), el("span"));
    notice.lastChild.textContent = fresh.loadedAt
      ? ` The figures below are of ${Board.time.clock(fresh.loadedAt, fresh.zone)}, ${Board.time.ago(Date.now() - fresh.loadedAt)}.`
      : "";
  }

  setInterval(() => {
    if (!document.hidden) tellFreshness();
  }, 1000);

  Board.controls = {
    dashboardHead,
    homeHead,
    freshness,
    loaded,
    forget: () => Object.assign(fresh, { known: false, asked: false, loadedAt: null, problem: null }),
  };
})();
