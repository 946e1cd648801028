// Instants in the zone of the dashboard, ranges of time in words, and how long ago something was.
(() => {
  const Board = (window.Board = window.Board || {});
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const intl = new Map();

  function clockOf(zone) {
    if (!intl.has(zone)) {
      const fields = {
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
        hourCycle: "h23",
      };
      try {
        intl.set(zone, new Intl.DateTimeFormat("en-US", { ...fields, timeZone: zone }));
      } catch (unknownZone) {
        intl.set(zone, new Intl.DateTimeFormat("en-US", { ...fields, timeZone: "UTC" }));
      }
    }
    return intl.get(zone);
  }

  /** The zone as "utc" or an IANA name; "browser" and nothing are the zone of this machine. */
  function zoneOf(text) {
    if (!text || text === "browser") return Intl.DateTimeFormat().resolvedOptions().timeZone || "utc";
    return text.toLowerCase() === "utc" || text === "Etc/UTC" ? "utc" : text;
  }

  /** {year, month 1-12, day, hour, minute, second, ms} of an instant in a zone. */
  function parts(ms, zone) {
    const whole = Math.floor(ms);
    const fraction = ((whole % 1000) + 1000) % 1000;
    if (zone === "utc") {
      const at = new Date(whole);
      return {
        year: at.getUTCFullYear(),
        month: at.getUTCMonth() + 1,
        day: at.getUTCDate(),
        hour: at.getUTCHours(),
        minute: at.getUTCMinutes(),
        second: at.getUTCSeconds(),
        ms: fraction,
      };
    }
    const found = { ms: fraction };
    for (const part of clockOf(zone).formatToParts(whole))
      if (part.type !== "literal") found[part.type] = Number(part.value);
    return found;
  }

  /** How far the clocks of the zone are ahead of UTC at that instant, ms. */
  function offset(ms, zone) {
    if (zone === "utc") return 0;
    const p = parts(ms, zone);
    return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - Math.floor(ms / 1000) * 1000;
  }

  function fromLocal(utcMs, zone) {
    const first = utcMs - offset(utcMs, zone);
    return utcMs - offset(first, zone);
  }

  const two = (number) => String(number).padStart(2, "0");
  const dateOf = (p) => `${p.year}-${two(p.month)}-${two(p.day)}`;

  function date(ms, zone) {
    return dateOf(parts(ms, zone));
  }

  function dateTime(ms, zone, withSeconds = true) {
    const p = parts(ms, zone);
    return `${dateOf(p)} ${two(p.hour)}:${two(p.minute)}${withSeconds ? `:${two(p.second)}` : ""}`;
  }

  function clock(ms, zone, withSeconds = true) {
    const p = parts(ms, zone);
    return `${two(p.hour)}:${two(p.minute)}${withSeconds ? `:${two(p.second)}` : ""}`;
  }

  function dayAndMonth(ms, zone) {
    const p = parts(ms, zone);
    return `${p.day} ${MONTHS[p.month - 1]}`;
  }

  function pattern(ms, text, zone) {
    const p = parts(ms, zone);
    const values = {
      YYYY: p.year,
      YY: two(p.year % 100),
      MMM: MONTHS[p.month - 1],
      MM: two(p.month),
      M: p.month,
      DD: two(p.day),
      D: p.day,
      HH: two(p.hour),
      H: p.hour,
      mm: two(p.minute),
      m: p.minute,
      ss: two(p.second),
      s: p.second,
      SSS: String(p.ms).padStart(3, "0"),
    };
    return text.replace(/\[([^\]]*)\]|YYYY|YY|MMM|MM|M|DD|D|HH|H|mm|m|ss|s|SSS/g, (word, literal) =>
      literal === undefined ? values[word] : literal,
    );
  }

  /** An instant by one of Grafana's time units: dateTimeAsIso, ...NoDateIfToday, dateTimeFromNow, time:PATTERN. */
  function byUnit(ms, unit, zone) {
    if (unit.startsWith("time:")) return pattern(ms, unit.slice(5), zone);
    if (unit === "dateTimeFromNow") return ago(Date.now() - ms);
    if (unit.endsWith("NoDateIfToday") && date(ms, zone) === date(Date.now(), zone)) return clock(ms, zone);
    return dateTime(ms, zone);
  }

  const SPANS = [
    [86400000, "day"],
    [3600000, "h"],
    [60000, "min"],
    [1000, "s"],
  ];

  /** A span in its two largest units: "2 h 15 min", "3 days 4 h", "40 s". */
  function duration(ms) {
    const words = [];
    let rest = Math.round(Math.abs(ms) / 1000) * 1000;
    for (const [size, name] of SPANS) {
      const count = Math.floor(rest / size);
      if (count > 0) words.push(`${count} ${name}${name === "day" && count > 1 ? "s" : ""}`);
      else if (words.length) break;
      rest -= count * size;
      if (words.length === 2) break;
    }
    return words.join(" ") || "0 s";
  }

  /** "12 s ago", "3 h ago", "in 2 days": the largest unit alone. */
  function ago(ms) {
    const size = Math.abs(ms);
    const [unit, name] = SPANS.find(([span]) => size >= span) || SPANS[3];
    const count = Math.floor(size / unit);
    const text = `${count} ${name}${name === "day" && count !== 1 ? "s" : ""}`;
    return ms < -999 ? `in ${text}` : `${text} ago`;
  }

  const PRESETS = [
    ["now-1h", "now", "Last hour"],
    ["now-6h", "now", "Last 6 hours"],
    ["now-12h", "now", "Last 12 hours"],
    ["now-24h", "now", "Last 24 hours"],
    ["now-2d", "now", "Last 2 days"],
    ["now-7d", "now", "Last 7 days"],
    ["now-14d", "now", "Last 14 days"],
    ["now-30d", "now", "Last 30 days"],
    ["now-90d", "now", "Last 90 days"],
    ["now/d", "now", "Today so far"],
    ["now-1d/d", "now-1d/d", "Yesterday"],
    ["now/w", "now", "This week so far"],
    ["now-1w/w", "now-1w/w", "Last week"],
    ["now/M", "now", "This month so far"],
  ];
  const UNIT_WORDS = { s: "second", m: "minute", h: "hour", d: "day", w: "week", M: "month", y: "year" };
  const RELATIVE = /^now([+-]\d+[smhdwMyQ])*(\/[smhdwMyQf]+)?$/;

  /** A bound as the viewer takes it: relative as written, a date or time in the zone as epoch ms; null when it is neither. */
  function parse(text, zone) {
    const bound = String(text).trim();
    if (RELATIVE.test(bound)) return bound;
    if (/^\d{9,}$/.test(bound)) return bound;
    const hit = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z)?$/.exec(bound);
    if (!hit) return null;
    const [year, month, day, hour, minute, second] = hit.slice(1, 7).map((part) => Number(part || 0));
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
    return String(fromLocal(Date.UTC(year, month - 1, day, hour, minute, second), hit[7] ? "utc" : zone));
  }

  function boundText(bound, zone) {
    if (/^\d{9,}$/.test(bound)) return dateTime(Number(bound), zone, Number(bound) % 60000 !== 0);
    const at = RELATIVE.test(bound) ? NaN : Date.parse(bound);
    return Number.isNaN(at) ? bound : dateTime(at, zone, at % 60000 !== 0);
  }

  function describe(from, to, zone) {
    const preset = PRESETS.find(([start, end]) => start === from && end === to);
    if (preset) return preset[2];
    const last = to === "now" && /^now-(\d+)([smhdwMy])$/.exec(from);
    if (last) return `Last ${last[1]} ${UNIT_WORDS[last[2]]}${last[1] === "1" ? "" : "s"}`;
    return `${boundText(from, zone)} to ${boundText(to, zone)}`;
  }

  /** "30s", "5m", "1h" as ms; 0 when it is none. */
  function intervalMs(text) {
    const hit = /^(\d+)(ms|s|m|h|d)$/.exec(text || "");
    return hit ? Number(hit[1]) * { ms: 1, s: 1000, m: 60000, h: 3600000, d: 86400000 }[hit[2]] : 0;
  }

  const zoneName = (zone) => (zone === "utc" ? "UTC" : zone.replace(/_/g, " "));

  Board.time = {
    zoneOf,
    zoneName,
    parts,
    offset,
    date,
    dateTime,
    clock,
    dayAndMonth,
    byUnit,
    duration,
    ago,
    PRESETS,
    MONTHS,
    parse,
    boundText,
    describe,
    intervalMs,
  };
})();
