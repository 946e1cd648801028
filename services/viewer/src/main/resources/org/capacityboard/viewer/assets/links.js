// Templates of links and titles: variables, the range of time and the value that was clicked, filled in; unsafe addresses refused.
(() => {
  const Board = (window.Board = window.Board || {});

  function rangeQuery(ctx) {
    return `from=${encodeURIComponent(ctx.raw.from)}&to=${encodeURIComponent(ctx.raw.to)}`;
  }

  function variableQuery(variable) {
    const values = variable.all ? ["$__all"] : variable.value || [];
    return values.map((value) => `var-${encodeURIComponent(variable.name)}=${encodeURIComponent(value)}`).join("&");
  }

  const allVariables = (ctx) => (ctx.variables || []).map(variableQuery).filter(Boolean).join("&");

  function path(text) {
    const parts = [];
    for (const hit of text.matchAll(/\.?([^.[\]"']+)|\[["']?([^\]"']+)["']?\]/g)) parts.push(hit[1] ?? hit[2]);
    return parts;
  }

  function shown(field, value, facet, ctx) {
    if (facet === "text") return Board.fields.text(field, value, ctx.zone);
    if (facet === "numeric") return typeof value === "number" ? String(value) : "";
    return value === null || value === undefined ? "" : String(value);
  }

  function builtIn(name, ctx, at) {
    if (name === "__url_time_range") return { text: rangeQuery(ctx), ready: true };
    if (name === "__all_variables") return { text: allVariables(ctx), ready: true };
    if (name === "__from" || name === "__to")
      return { text: String(name === "__from" ? ctx.range.from : ctx.range.to) };
    if (name === "__dashboard" || name === "__dashboard.uid")
      return { text: name.endsWith("uid") ? ctx.uid : ctx.title };
    if (!at || !at.field) return null;
    const [head, ...rest] = path(name);
    if (head === "__value")
      return {
        text: rest[0] === "time" ? shownTime(at) : shown(at.field, at.value, rest[0] === "raw" ? null : rest[0], ctx),
      };
    if (head === "__field" || head === "__series") {
      if (rest[0] === "labels") return { text: (at.field.labels || {})[rest[1]] ?? "" };
      return { text: rest[0] === "displayName" ? at.field.label : at.field.name };
    }
    if (head === "__data" && rest[0] === "fields" && at.frame) {
      const field =
        at.frame.fields.find((one) => one.name === rest[1] || one.label === rest[1]) ||
        at.frame.fields[Number(rest[1])];
      return field ? { text: shown(field, field.values[at.row], rest[2], ctx) } : { text: "" };
    }
    return null;
  }

  function shownTime(at) {
    const time = at.frame && Board.fields.timeOf(at.frame);
    return time && at.row !== undefined ? String(time.values[at.row]) : "";
  }

  const TEMPLATE = /\$\{([^}:]+)(?::([^}]+))?\}|\[\[([\w]+)(?::(\w+))?\]\]|\$(\w+)/g;

  function valuesText(variable, format) {
    const values = variable.all ? ["All"] : variable.value || [];
    const texts = values.map(
      (value) => ((variable.options || []).find((option) => option.value === value) || { text: value }).text,
    );
    return (format === "raw" ? values : texts).join(" + ");
  }

  /** A title or text with its variables filled in. */
  function text(template, ctx, at) {
    return String(template || "").replace(TEMPLATE, (whole, braced, format, boxed, boxedFormat, bare) => {
      const name = braced || boxed || bare;
      const known = builtIn(name, ctx, at);
      if (known) return known.text;
      const variable = (ctx.variables || []).find((one) => one.name === name);
      return variable ? valuesText(variable, format || boxedFormat) : whole;
    });
  }

  function fill(template, ctx, at) {
    // var-line=$line with several values repeats the parameter, as Grafana's own drill-downs do
    const repeated = String(template).replace(
      /var-([\w%-]+)=(?:\$\{(\w+)\}|\$(\w+)\b)/g,
      (whole, parameter, braced, bare) => {
        const variable = (ctx.variables || []).find((one) => one.name === (braced || bare));
        return variable
          ? variableQuery({ ...variable, name: decodeURIComponent(parameter) }) || `var-${parameter}=`
          : whole;
      },
    );
    return repeated.replace(TEMPLATE, (whole, braced, format, boxed, boxedFormat, bare, place) => {
      const name = braced || boxed || bare;
      const known = builtIn(name, ctx, at);
      if (known) return known.ready || place === 0 || format === "raw" ? known.text : encodeURIComponent(known.text);
      const variable = (ctx.variables || []).find((one) => one.name === name);
      if (!variable) return whole;
      if ((format || boxedFormat) === "queryparam") return variableQuery(variable);
      const values = variable.all ? ["$__all"] : variable.value || [];
      return encodeURIComponent(values.join(","));
    });
  }

  /** The address when it is one a reader may follow (http, https, mailto, a path of this server), else null. */
  function safe(address) {
    try {
      const url = new URL(address, window.location.href);
      const own = url.protocol === window.location.protocol && url.host === window.location.host;
      if (Board.source && Board.source.archived && !/^(https?|mailto):/i.test(address)) return null;
      return ["http:", "https:", "mailto:"].includes(url.protocol) ? { href: url.href, own } : null;
    } catch (malformed) {
      return null;
    }
  }

  /** An anchor around the children, or the children in a span when the address may not be followed. */
  function anchor(link, ctx, at, ...children) {
    const address = safe(fill(link.url || "", ctx, at));
    const title = text(link.tooltip || link.title || "", ctx, at);
    if (!address) return Board.el("span", {}, ...children);
    const attributes = { href: address.href, title: title || null };
    if (link.targetBlank) Object.assign(attributes, { target: "_blank", rel: "noopener noreferrer" });
    else if (!address.own) attributes.rel = "noreferrer";
    return Board.el("a", attributes, ...children);
  }

  /** The first link of a field, or null. */
  const firstOf = (field) =>
    (field.config.links || [])[0] && field.config.links[0].url ? field.config.links[0] : null;

  /** A dashboard link of the file; adds range and variables when it asks for them and has not got them. */
  function ofDashboard(link, ctx) {
    const extra = [];
    if (link.keepTime && !/__url_time_range|[?&]from=/.test(link.url)) extra.push(rangeQuery(ctx));
    if (link.includeVars && !/__all_variables/.test(link.url)) extra.push(allVariables(ctx));
    const query = extra.filter(Boolean).join("&");
    const url = query ? `${link.url}${link.url.includes("?") ? "&" : "?"}${query}` : link.url;
    return { ...link, url };
  }

  Board.links = { text, anchor, firstOf, ofDashboard, safe };
})();
