// The frame around every panel: title, description, links, table switch, problems; it asks the drawer of the panel's type for the picture.
(() => {
  const Board = (window.Board = window.Board || {});
  const { el } = Board;

  // ---- text panel: HTML rendered by the server, let through element by element ---------------------------------------

  const ALLOWED = new Set([
    "P",
    "BR",
    "HR",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "UL",
    "OL",
    "LI",
    "STRONG",
    "EM",
    "B",
    "I",
    "S",
    "DEL",
    "CODE",
    "PRE",
    "BLOCKQUOTE",
    "A",
    "TABLE",
    "THEAD",
    "TBODY",
    "TR",
    "TH",
    "TD",
    "DIV",
    "SPAN",
    "SUB",
    "SUP",
    "KBD",
  ]);

  function adopted(node) {
    if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE) return null;
    const children = [...node.childNodes].map(adopted);
    if (["SCRIPT", "STYLE", "IFRAME", "OBJECT", "TEMPLATE"].includes(node.nodeName)) return null;
    if (!ALLOWED.has(node.nodeName)) return el("span", {}, children);
    if (node.nodeName !== "A") return el(node.nodeName.toLowerCase(), {}, children);
    const address = Board.links.safe(node.getAttribute("href") || "");
    return address ? el("a", { href: address.href, rel: "noreferrer" }, children) : el("span", {}, children);
  }

  function drawText(body, panel) {
    const parsed = new DOMParser()
      .parseFromString(`<template>${panel.html || ""}</template>`, "text/html")
      .querySelector("template");
    Board.replace(body, el("div.prose", {}, [...parsed.content.childNodes].map(adopted)));
    return {};
  }

  Board.drawers.text = { draw: drawText, chart: false, asSeries: false };

  // ---- the frame ------------------------------------------------------------------------------------------------------

  /** A panel on the page: its elements, what it last showed and since when. */
  function create(panel, ctx) {
    const drawer = panel.notDrawn ? null : Board.drawers[panel.type];
    const view = { panel, drawer, state: {}, answer: null, drawnAt: null, waiting: false };
    const title = Board.links.text(panel.title, ctx);
    view.body = el("div.panel-body");
    view.problem = el("p.panel-problem", { role: "status", hidden: true });
    view.tools = el("div.panel-tools");
    const head = title || panel.description ? el("header.panel-head", {}, view.tools, el("h3", {}, title)) : null;
    const { x = 0, y = 0, w = 12, h = 8 } = panel.gridPos || {};
    view.section = el(
      "section.panel",
      {
        "aria-label": title || panel.type,
        data: { panelId: String(panel.id), type: panel.type, state: "loading" },
        css: { "--x": String(x + 1), "--y": String(y - (panel.originY || 0) + 1), "--w": String(w), "--h": String(h) },
      },
      head,
      view.problem,
      view.body,
    );
    view.heading = head && head.lastChild;
    fillTools(view, ctx);
    if (!drawer) notDrawn(view);
    return view;
  }

  function fillTools(view, ctx) {
    const { panel, drawer } = view;
    const tools = (panel.links || [])
      .filter((link) => link.url)
      .map((link) =>
        el(
          "span.panel-link",
          {},
          Board.links.anchor(
            Board.links.ofDashboard(link, ctx),
            ctx,
            null,
            link.title || "Open",
            " ",
            Board.icon("link"),
          ),
        ),
      );
    if (drawer && drawer.chart) {
      view.asTable = el(
        "button.quiet.as-table",
        {
          type: "button",
          "aria-pressed": "false",
          title: "Data as table",
          "aria-label": `${panel.title || "Panel"}: data as table`,
          onclick: () => toggleTable(view),
        },
        Board.icon("table"),
      );
      tools.push(view.asTable);
    }
    if (panel.description) {
      const info = el(
        "button.quiet.info",
        { type: "button", "aria-label": `About: ${panel.title || panel.type}`, title: panel.description },
        Board.icon("info"),
      );
      tools.push(Board.menu(info, () => el("div.panel-about", { role: "note" }, panel.description)));
    }
    Board.replace(view.tools, tools);
  }

  function toggleTable(view) {
    view.state.asTable = !view.state.asTable;
    view.asTable.setAttribute("aria-pressed", String(view.state.asTable));
    view.state.sort = undefined;
    Board.replace(view.asTable, Board.icon(view.state.asTable ? "chart" : "table"));
    redraw(view);
  }

  function notDrawn(view) {
    const reason =
      view.panel.notDrawn ||
      `Panels of the type "${view.panel.type}" are not drawn here. Maybe open this dashboard in Grafana.`;
    Board.replace(view.body, el("p.panel-not-drawn", {}, reason));
    view.section.dataset.state = "ready";
    view.done = true;
  }

  function showProblem(view, text) {
    view.problem.hidden = !text;
    view.problem.title = text || "";
    Board.replace(view.problem, text || "");
  }

  const NOTHING = "No data in this range";

  /** A panel without rows says what the file has it say (nothing may be good news). */
  function empty(view, reason) {
    const own = ((view.panel.fieldConfig || {}).defaults || {}).noValue;
    const text = reason === NOTHING && own && !/^(unknown|-|\u2013|n\/?a)$/i.test(own) ? own : reason;
    Board.chart.dispose(view.body);
    Board.replace(view.body, el("p.panel-empty", {}, text));
    view.section.dataset.state = "empty";
  }

  /** Draws the last answer of a panel. */
  function draw(view, ctx) {
    view.ctx = ctx;
    view.failure = null;
    view.waiting = false;
    if (!view.drawer) return;
    const { panel, drawer, answer } = view;
    if (view.heading) view.heading.textContent = Board.links.text(panel.title, ctx);
    const problems = ((answer && answer.frames) || []).map((frame) => frame.problem).filter(Boolean);
    const here = { ...ctx, range: (answer && answer.range) || ctx.range };
    const frames = answer ? Board.fields.frames(panel, answer, view.drawer.asSeries) : [];
    const cut = frames.find((frame) => frame.truncated);
    try {
      if (problems.length && frames.every((frame) => frame.problem || !frame.length)) {
        Board.chart.dispose(view.body);
        Board.replace(view.body);
        view.section.dataset.state = "error";
      } else {
        const outcome = (view.state.asTable ? Board.table.draw : drawer.draw)(
          view.body,
          panel,
          frames,
          here,
          view.state,
        );
        if (outcome.empty) empty(view, outcome.empty);
        else view.section.dataset.state = "ready";
      }
    } catch (failure) {
      console.error("panel not drawn", panel.id, failure);
      Board.chart.dispose(view.body);
      Board.replace(view.body);
      problems.push(
        "This panel could not be drawn. Maybe its options are of a newer Grafana; the browser's console has the details.",
      );
      view.section.dataset.state = "error";
    }
    if (cut)
      problems.push(
        `Only the first ${Board.units.fixed(Math.max(...answer.frames.map((frame) => (frame.rows || []).length)), 0)} rows are shown. Maybe choose a shorter range.`,
      );
    showProblem(view, [...new Set(problems)].join(" "));
    view.section.classList.remove("stale");
  }

  /** Draws the figures at hand in another way; what is wrong with them stays said. */
  function redraw(view) {
    const { failure } = view;
    const stale = view.section.classList.contains("stale");
    if (view.ctx && (view.answer || view.panel.type === "text")) draw(view, view.ctx);
    view.section.classList.toggle("stale", stale);
    if (failure) showFailure(view, failure);
  }

  /** Why a whole answer is of no use, or null. */
  function refusal(answer) {
    const problems = (answer.frames || []).map((frame) => frame.problem);
    return problems.length && problems.every(Boolean) ? [...new Set(problems)].join(" ") : null;
  }

  /** The panel got no figures: a picture of the same question stays, with the problem and the time that it is of; any other goes. */
  function fail(view, problem, zone, sameQuestion) {
    const keeps = sameQuestion && view.answer && view.drawnAt;
    const old = keeps ? `Still the figures of ${Board.time.dateTime(view.drawnAt, zone)}. ` : "";
    if (!keeps) {
      Board.chart.dispose(view.body);
      Board.replace(view.body);
      view.answer = null;
    }
    showFailure(view, { text: old + problem, stale: Boolean(old) });
  }

  function showFailure(view, failure) {
    view.failure = failure;
    view.section.dataset.state = "error";
    view.section.classList.toggle("stale", failure.stale);
    showProblem(view, failure.text);
  }

  function dispose(view) {
    Board.chart.dispose(view.section);
    view.section.remove();
  }

  Board.panels = { create, draw, redraw, fail, refusal, fillTools, dispose };
})();
