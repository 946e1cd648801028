// The head of the page: where one is, how fresh the figures are, the range of time, variables, refreshing, theme and wall screen.
(() => {
  const Board = (window.Board = window.Board || {});
  const { el, icon, menu } = Board;

  // ---- range of time --------------------------------------------------------------------------------------------------

  function rangeMenu(ctx, choose, close) {
    const zone = ctx.zone;
    const input = (id, value, name) => el("label.field", {}, el("span", {}, name), el("input", { id, type: "text", value: Board.time.boundText(value, zone), spellcheck: "false", autocomplete: "off" }));
    const problem = el("p.field-problem", { role: "alert", hidden: true });
    const from = input("range-from", ctx.raw.from, "From"), to = input("range-to", ctx.raw.to, "To");
    const pick = (start, end) => { close(); choose(start, end); };
    const apply = () => {
      const [start, end] = [from, to].map((field) => Board.time.parse(field.querySelector("input").value, zone));
      const wrong = start === null ? "From" : end === null ? "To" : null;
      const backwards = !wrong && /^\d+$/.test(start) && /^\d+$/.test(end) && Number(start) >= Number(end);
      if (!wrong && !backwards) return pick(start, end);
      problem.hidden = false;
      problem.textContent = wrong ? `"${wrong}" is not understood. Maybe write 2026-03-01 06:00, or now-7d.` : "The range ends before it begins.";
    };
    const onEnter = (event) => { if (event.key === "Enter") apply(); };
    const { from: low, to: high } = ctx.range;
    const shift = (share) => { const by = Math.round((high - low) * share); pick(String(low + by), String(high + by)); };
    const presets = Board.time.PRESETS.map(([start, end, name]) => el("button", { type: "button", data: { range: start, to: end }, "aria-pressed": String(ctx.raw.from === start && ctx.raw.to === end), onclick: () => pick(start, end) }, name));
    return el("div", { id: "range-menu", role: "dialog", "aria-label": "Range of time", onkeydown: onArrows },
      el("div.presets", {}, presets),
      el("div.range-own", { onkeydown: onEnter }, from, to, problem,
        el("p.soft", {}, `Times in ${Board.time.zoneName(zone)}. Dates, or relative: now-24h, now-1d/d`),
        el("button.main", { type: "button", id: "range-apply", onclick: apply }, "Apply"),
        el("div.range-move", {}, el("button", { type: "button", onclick: () => shift(-1) }, "\u2190 Earlier"), el("button", { type: "button", onclick: () => pick(String(Math.round(low - (high - low) / 2)), String(Math.round(high + (high - low) / 2))) }, "Wider"), el("button", { type: "button", onclick: () => shift(1) }, "Later \u2192"))));
  }

  function onArrows(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    buttons[(at + (event.key === "ArrowDown" ? 1 : buttons.length - 1)) % buttons.length].focus();
  }

  function rangeControl(ctx, choose) {
    const button = el("button.control", { id: "range", type: "button", "aria-haspopup": "dialog", title: `${Board.time.dateTime(ctx.range.from, ctx.zone, false)} to ${Board.time.dateTime(ctx.range.to, ctx.zone, false)} ${Board.time.zoneName(ctx.zone)}` },
      icon("clock"), el("span", {}, Board.time.describe(ctx.raw.from, ctx.raw.to, ctx.zone)), el("span.soft.zone", {}, Board.time.zoneName(ctx.zone)), icon("down"));
    return menu(button, (close) => rangeMenu(ctx, choose, close));
  }

  // ---- variables ----------------------------------------------------------------------------------------------------------

  const ALL = { text: "All", value: "$__all" };
  const MOST_OPTIONS = 300;

  function chosenText(variable) {
    if (variable.all) return "All";
    const texts = (variable.value || []).map((value) => ((variable.options || []).find((option) => option.value === value) || { text: value }).text);
    return texts.length > 3 ? `${texts.slice(0, 2).join(", ")} and ${texts.length - 2} more` : texts.join(", ") || "none";
  }

  /** A list with a filter; with several to choose, the choice is taken when the list closes. */
  function listbox(variable, choose, close) {
    const options = (variable.includeAll ? [ALL] : []).concat((variable.options || []).filter((option) => option.value !== ALL.value));
    const picked = new Set(variable.all ? [ALL.value] : variable.value || []);
    const id = `options-of-${variable.name}`;
    const list = el("ul", { id, role: "listbox", "aria-label": variable.label || variable.name, "aria-multiselectable": variable.multi ? "true" : null });
    const rest = el("p.soft", { hidden: true });
    const filter = el("input", { type: "search", role: "combobox", "aria-expanded": "true", "aria-controls": id, "aria-label": `Find in ${variable.label || variable.name}`, placeholder: "Find", autocomplete: "off", spellcheck: "false" });
    let shown = [], active = 0;

    const mark = () => {
      [...list.children].forEach((item, at) => { item.classList.toggle("active", at === active); item.setAttribute("aria-selected", String(picked.has(shown[at].value))); });
      const item = list.children[active];
      if (item) { filter.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
    };
    const take = (option) => {
      if (!variable.multi) { picked.clear(); picked.add(option.value); close(); return; }
      if (option.value === ALL.value) { const had = picked.has(ALL.value); picked.clear(); if (!had) picked.add(ALL.value); }
      else { picked.delete(ALL.value); picked.has(option.value) ? picked.delete(option.value) : picked.add(option.value); }
      mark();
    };
    const fill = () => {
      const wanted = filter.value.trim().toLowerCase();
      const hits = options.filter((option) => option.text.toLowerCase().includes(wanted));
      shown = hits.slice(0, MOST_OPTIONS);
      Board.replace(list, shown.map((option, at) => el(variable.multi ? "li.check" : "li", { id: `${id}-${at}`, role: "option", data: { value: option.value }, onclick: () => { active = at; take(option); } }, option.text)));
      rest.hidden = hits.length === shown.length && hits.length > 0;
      rest.textContent = hits.length ? `${hits.length - shown.length} more: type to find them` : "Nothing of that name";
      active = Math.max(0, wanted ? 0 : shown.findIndex((option) => picked.has(option.value)));
      mark();
    };
    filter.addEventListener("input", fill);
    filter.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
      if (step) { event.preventDefault(); active = Math.max(0, Math.min(shown.length - 1, active + step)); mark(); }
      else if (event.key === "Enter" && shown[active]) { event.preventDefault(); take(shown[active]); }
    });
    const node = el("div.listbox", {}, filter, list, rest, variable.multi ? el("button.main", { type: "button", onclick: close }, "Done") : null);
    setTimeout(fill);
    return { node, finished: () => choose(picked.has(ALL.value) || !picked.size ? (variable.includeAll ? [ALL.value] : variable.value || []) : [...picked]) };
  }

  function variableControl(variable, choose) {
    if (variable.hide === 2) return null;
    const name = variable.label || variable.name;
    const caption = variable.hide === 1 ? null : el("span.control-name", {}, name);
    const problem = variable.problem ? el("span.control-problem", { title: variable.problem }, variable.problem) : null;
    const same = (values) => JSON.stringify(values) === JSON.stringify(variable.all ? [ALL.value] : variable.value || []);
    if (variable.type === "textbox") {
      const input = el("input.control", { type: "text", value: (variable.value || [])[0] || "", "aria-label": name, data: { variable: variable.name }, onchange: (event) => choose(variable.name, [event.target.value]) });
      return el("label.control-pair", {}, caption, input, problem);
    }
    const button = el("button.control", { type: "button", "aria-haspopup": "listbox", "aria-label": `${name}: ${chosenText(variable)}`, data: { variable: variable.name } }, el("span", {}, chosenText(variable)), icon("down"));
    let open = null;
    const anchor = menu(button, (close) => { open = listbox(variable, (values) => { if (!same(values)) choose(variable.name, values); }, close); return open.node; }, () => open.finished());
    return el("span.control-pair", {}, caption, anchor, problem);
  }

  // ---- the head --------------------------------------------------------------------------------------------------------------

  function themeButton() {
    const button = el("button.quiet", { id: "theme", type: "button", onclick: () => { Board.theme.next(); show(); } });
    const show = () => {
      const choice = Board.theme.choice();
      Board.replace(button, icon(choice));
      button.title = { auto: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" }[choice];
      button.setAttribute("aria-label", button.title);
    };
    show();
    return button;
  }

  const RATES = [["", "Off"], ["30s", "30 s"], ["1m", "1 min"], ["5m", "5 min"], ["15m", "15 min"], ["30m", "30 min"], ["1h", "1 h"]];

  function refreshControl(rate, act) {
    const rates = RATES.some(([value]) => value === (rate || "")) ? RATES : [...RATES, [rate, rate]];
    return el("span.control-pair", {},
      el("button.control", { id: "refresh-now", type: "button", title: "Refresh now", "aria-label": "Refresh now", onclick: act.refresh }, icon("refresh")),
      el("select.control", { id: "refresh", "aria-label": "Refresh by itself", title: "Refresh by itself", onchange: (event) => act.rate(event.target.value) }, rates.map(([value, name]) => el("option", { value, selected: value === (rate || "") }, name))));
  }

  function masthead(crumbs, ...right) {
    const home = Board.source.archived ? el("span.name", {}, "Capacity Board") : el("a.name", { href: "/" }, "Capacity Board");
    const trail = crumbs.map((crumb, at) => el("li", at === crumbs.length - 1 ? { "aria-current": "page" } : {}, crumb));
    return el("div.masthead", {}, el("nav", { "aria-label": "Where you are" }, el("ol.crumbs", {}, el("li", {}, home), trail)), el("p", { id: "freshness", role: "status" }), el("span.masthead-right", {}, right));
  }

  /** Head of a dashboard. `act`: choose(from, to), variable(name, values), refresh(), rate(text), kiosk(). */
  function dashboardHead(dashboard, ctx, rate, act) {
    const head = document.getElementById("head");
    const focused = document.activeElement && head.contains(document.activeElement) ? document.activeElement.id || (document.activeElement.dataset.variable && `[data-variable="${CSS.escape(document.activeElement.dataset.variable)}"]`) : null;
    const archived = Board.source.archived;
    const kiosk = archived ? null : el("button.quiet", { id: "kiosk", type: "button", title: "Wall screen: hide this head (Esc brings it back)", "aria-label": "Wall screen", onclick: act.kiosk }, icon("wall"));
    const links = (dashboard.links || []).filter((link) => link.url).map((link) => el("li", {}, Board.links.anchor(Board.links.ofDashboard(link, ctx), ctx, null, link.title)));
    const fixed = [el("span.control-pair", {}, el("span.control-name", {}, "Range"), el("span", {}, `${Board.time.dateTime(ctx.range.from, ctx.zone, false)} to ${Board.time.dateTime(ctx.range.to, ctx.zone, false)} ${Board.time.zoneName(ctx.zone)}`)),
      ...(dashboard.variables || []).filter((variable) => variable.hide !== 2).map((variable) => el("span.control-pair", {}, el("span.control-name", {}, variable.label || variable.name), el("span", {}, chosenText(variable))))];
    const live = () => [rangeControl(ctx, act.choose), (dashboard.variables || []).map((variable) => variableControl(variable, act.variable)), el("span.spring"), refreshControl(rate, act)];
    Board.replace(head, masthead([el("span", {}, dashboard.title)], themeButton(), kiosk),
      el("div.title", {}, el("h1", {}, dashboard.title), dashboard.description ? el("p.standfirst", {}, dashboard.description) : null, links.length && !archived ? el("nav", { "aria-label": "Related" }, el("ul.related", {}, links)) : null),
      el("div.controls", { role: "toolbar", "aria-label": "What is shown" }, archived ? fixed : live()));
    if (focused) { const again = head.querySelector(focused.startsWith("[") ? focused : `#${focused}`); if (again) again.focus({ preventScroll: true }); }
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
    const text = Board.source.archived ? `Written ${Board.time.dateTime(Board.source.renderedAt, fresh.zone, false)} ${Board.time.zoneName(fresh.zone)}, from synthetic data`
      : !fresh.known ? (fresh.asked ? "Age of the data not known" : "") : fresh.dataUpTo === null ? "No data yet" : `Data up to ${Board.time.dateTime(fresh.dataUpTo, fresh.zone)} ${Board.time.zoneName(fresh.zone)}, ${Board.time.ago(Math.max(0, age))}`;
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle("old", !Board.source.archived && fresh.asked && (!fresh.known || fresh.dataUpTo === null || age > OLD_MS));
    const notice = document.getElementById("notice");
    const said = fresh.problem && (fresh.loadedAt ? `${fresh.problem} The figures below are of ${Board.time.clock(fresh.loadedAt, fresh.zone)}, ${Board.time.ago(Date.now() - fresh.loadedAt)}.` : fresh.problem);
    notice.hidden = !said;
    if (said && notice.textContent !== said) notice.textContent = said;
  }

  setInterval(() => { if (!document.hidden) tellFreshness(); }, 1000);

  Board.controls = { dashboardHead, homeHead, freshness, loaded, forget: () => Object.assign(fresh, { known: false, asked: false, loadedAt: null, problem: null }) };
})();
