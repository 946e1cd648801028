// What a reader chooses: the range of time in a menu, the values of variables in lists with a filter.
(() => {
  const Board = (window.Board = window.Board || {});
  const { el, icon, menu } = Board;

  // ---- range of time --------------------------------------------------------------------------------------------------

  function rangeMenu(ctx, choose, close) {
    const zone = ctx.zone;
    const input = (id, value, name) =>
      el(
        "label.field",
        {},
        el("span", {}, name),
        el("input", {
          id,
          type: "text",
          value: Board.time.boundText(value, zone),
          spellcheck: "false",
          autocomplete: "off",
        }),
      );
    const problem = el("p.field-problem", { role: "alert", hidden: true });
    const from = input("range-from", ctx.raw.from, "From"),
      to = input("range-to", ctx.raw.to, "To");
    const pick = (start, end) => {
      close();
      choose(start, end);
    };
    const apply = () => {
      const [start, end] = [from, to].map((field) => Board.time.parse(field.querySelector("input").value, zone));
      const wrong = start === null ? "From" : end === null ? "To" : null;
      const backwards = !wrong && /^\d+$/.test(start) && /^\d+$/.test(end) && Number(start) >= Number(end);
      if (!wrong && !backwards) return pick(start, end);
      problem.hidden = false;
      problem.textContent = wrong
        ? `"${wrong}" is not understood. Maybe write 2026-03-01 06:00, or now-7d.`
        : "The range ends before it begins.";
    };
    const onEnter = (event) => {
      if (event.key === "Enter") apply();
    };
    const { from: low, to: high } = ctx.range;
    const shift = (share) => {
      const by = Math.round((high - low) * share);
      pick(String(low + by), String(high + by));
    };
    const presets = Board.time.PRESETS.map(([start, end, name]) =>
      el(
        "button",
        {
          type: "button",
          data: { range: start, to: end },
          "aria-pressed": String(ctx.raw.from === start && ctx.raw.to === end),
          onclick: () => pick(start, end),
        },
        name,
      ),
    );
    return el(
      "div",
      { id: "range-menu", role: "dialog", "aria-label": "Range of time", onkeydown: onArrows },
      el("div.presets", {}, presets),
      el(
        "div.range-own",
        { onkeydown: onEnter },
        from,
        to,
        problem,
        el("p.soft", {}, `Times in ${Board.time.zoneName(zone)}. Dates, or relative: now-24h, now-1d/d`),
        el("button.main", { type: "button", id: "range-apply", onclick: apply }, "Apply"),
        el(
          "div.range-move",
          {},
          el("button", { type: "button", onclick: () => shift(-1) }, "\u2190 Earlier"),
          el(
            "button",
            {
              type: "button",
              onclick: () =>
                pick(String(Math.round(low - (high - low) / 2)), String(Math.round(high + (high - low) / 2))),
            },
            "Wider",
          ),
          el("button", { type: "button", onclick: () => shift(1) }, "Later \u2192"),
        ),
      ),
    );
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
    const button = el(
      "button.control",
      {
        id: "range",
        type: "button",
        "aria-haspopup": "dialog",
        title: `${Board.time.dateTime(ctx.range.from, ctx.zone, false)} to ${Board.time.dateTime(ctx.range.to, ctx.zone, false)} ${Board.time.zoneName(ctx.zone)}`,
      },
      icon("clock"),
      el("span", {}, Board.time.describe(ctx.raw.from, ctx.raw.to, ctx.zone)),
      el("span.soft.zone", {}, Board.time.zoneName(ctx.zone)),
      icon("down"),
    );
    return menu(button, (close) => rangeMenu(ctx, choose, close));
  }

  // ---- variables ----------------------------------------------------------------------------------------------------------

  const ALL = { text: "All", value: "$__all" };
  const MOST_OPTIONS = 300;

  function chosenText(variable) {
    if (variable.all) return "All";
    const texts = (variable.value || []).map(
      (value) => ((variable.options || []).find((option) => option.value === value) || { text: value }).text,
    );
    return texts.length > 3
      ? `${texts.slice(0, 2).join(", ")} and ${texts.length - 2} more`
      : texts.join(", ") || "none";
  }

  /** A list with a filter; with several to choose, the choice is taken when the list closes. */
  function listbox(variable, choose, close) {
    const options = (variable.includeAll ? [ALL] : []).concat(
      (variable.options || []).filter((option) => option.value !== ALL.value),
    );
    const picked = new Set(variable.all ? [ALL.value] : variable.value || []);
    const id = `options-of-${variable.name}`;
    const list = el("ul", {
      id,
      role: "listbox",
      "aria-label": variable.label || variable.name,
      "aria-multiselectable": variable.multi ? "true" : null,
    });
    const rest = el("p.soft", { hidden: true });
    const filter = el("input", {
      type: "search",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": id,
      "aria-label": `Find in ${variable.label || variable.name}`,
      placeholder: "Find",
      autocomplete: "off",
      spellcheck: "false",
    });
    let shown = [],
      active = 0;

    const mark = () => {
      [...list.children].forEach((item, at) => {
        item.classList.toggle("active", at === active);
        item.setAttribute("aria-selected", String(picked.has(shown[at].value)));
      });
      const item = list.children[active];
      if (item) {
        filter.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({ block: "nearest" });
      }
    };
    const take = (option) => {
      if (!variable.multi) {
        picked.clear();
        picked.add(option.value);
        close();
        return;
      }
      if (option.value === ALL.value) {
        const had = picked.has(ALL.value);
        picked.clear();
        if (!had) picked.add(ALL.value);
      } else {
        picked.delete(ALL.value);
        picked.has(option.value) ? picked.delete(option.value) : picked.add(option.value);
      }
      mark();
    };
    const fill = () => {
      const wanted = filter.value.trim().toLowerCase();
      const hits = options.filter((option) => option.text.toLowerCase().includes(wanted));
      shown = hits.slice(0, MOST_OPTIONS);
      Board.replace(
        list,
        shown.map((option, at) =>
          el(
            variable.multi ? "li.check" : "li",
            {
              id: `${id}-${at}`,
              role: "option",
              data: { value: option.value },
              onclick: () => {
                active = at;
                take(option);
              },
            },
            option.text,
          ),
        ),
      );
      rest.hidden = hits.length === shown.length && hits.length > 0;
      rest.textContent = hits.length ? `${hits.length - shown.length} more: type to find them` : "Nothing of that name";
      active = Math.max(0, wanted ? 0 : shown.findIndex((option) => picked.has(option.value)));
      mark();
    };
    filter.addEventListener("input", fill);
    filter.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
      if (step) {
        event.preventDefault();
        active = Math.max(0, Math.min(shown.length - 1, active + step));
        mark();
      } else if (event.key === "Enter" && shown[active]) {
        event.preventDefault();
        take(shown[active]);
      }
    });
    const node = el(
      "div.listbox",
      {},
      filter,
      list,
      rest,
      variable.multi ? el("button.main", { type: "button", onclick: close }, "Done") : null,
    );
    setTimeout(fill);
    return {
      node,
      finished: () =>
        choose(
          picked.has(ALL.value) || !picked.size
            ? variable.includeAll
              ? [ALL.value]
              : variable.value || []
            : [...picked],
        ),
    };
  }

  function variableControl(variable, choose) {
    if (variable.hide === 2) return null;
    const name = variable.label || variable.name;
    const caption = variable.hide === 1 ? null : el("span.control-name", {}, name);
    const problem = variable.problem ? el("span.control-problem", { title: variable.problem }, variable.problem) : null;
    const same = (values) =>
      JSON.stringify(values) === JSON.stringify(variable.all ? [ALL.value] : variable.value || []);
    if (variable.type === "textbox") {
      const input = el("input.control", {
        type: "text",
        value: (variable.value || [])[0] || "",
        "aria-label": name,
        data: { variable: variable.name },
        onchange: (event) => choose(variable.name, [event.target.value]),
      });
      return el("label.control-pair", {}, caption, input, problem);
    }
    const button = el(
      "button.control",
      {
        type: "button",
        "aria-haspopup": "listbox",
        "aria-label": `${name}: ${chosenText(variable)}`,
        data: { variable: variable.name },
      },
      el("span", {}, chosenText(variable)),
      icon("down"),
    );
    let open = null;
    const anchor = menu(
      button,
      (close) => {
        open = listbox(
          variable,
          (values) => {
            if (!same(values)) choose(variable.name, values);
          },
          close,
        );
        return open.node;
      },
      () => open.finished(),
    );
    return el("span.control-pair", {}, caption, anchor, problem);
  }

  Board.pickers = { rangeControl, variableControl, chosenText };
})();
