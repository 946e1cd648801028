// Numbers as text, by Grafana's ids of units: the one place where a figure gets its digits, its scale and its unit.
(() => {
  const Board = (window.Board = window.Board || {});
  const MINUS = "\u2212";

  /** As many decimals as three figures ask for; whole numbers none. */
  function ownDecimals(value) {
    if (value === 0 || Number.isInteger(value)) return 0;
    const size = Math.abs(value);
    const power = Math.floor(Math.log10(size));
    const decimals = -power + 1 + (size / 10 ** power > 2.25 ? 1 : 0);
    return Math.max(0, Math.min(10, decimals));
  }

  function grouped(text, from) {
    const [whole, rest] = text.split(".");
    const digits = whole.length < from ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return rest === undefined ? digits : `${digits}.${rest}`;
  }

  /** A number with a fixed count of decimals, a true minus sign, and thousands parted from 10,000 on. */
  function fixed(value, decimals, groupFrom = 5) {
    const places =
      decimals === null || decimals === undefined ? ownDecimals(value) : Math.max(0, Math.min(20, decimals));
    const size = Math.abs(value);
    if (size >= 1e21) return String(value);
    const factor = 10 ** places;
    const rounded = places > 12 ? size : Math.round(size * factor * (1 + Number.EPSILON)) / factor;
    const text = grouped(rounded.toFixed(places), groupFrom);
    return value < 0 && rounded !== 0 ? MINUS + text : text;
  }

  const plain = (value, decimals) => ({ prefix: "", text: fixed(value, decimals), suffix: "" });
  const withSuffix = (suffix) => (value, decimals) => ({ prefix: "", text: fixed(value, decimals), suffix });

  /** Divides by `factor` while the number is that large, one suffix a step. */
  function scaled(factor, suffixes) {
    return (value, decimals) => {
      let step = 0;
      let scale = 1;
      while (Math.abs(value) / scale >= factor && step < suffixes.length - 1) {
        scale *= factor;
        step += 1;
      }
      const shown = Number(fixed(Math.abs(value) / scale, decimals).replace(/,/g, ""));
      if (shown >= factor && step < suffixes.length - 1) {
        scale *= factor;
        step += 1;
      }
      return { prefix: "", text: fixed(value / scale, decimals), suffix: suffixes[step] };
    };
  }

  const short = scaled(1000, ["", " K", " Mil", " Bil", " Tri", " Quadr", " Quint"]);

  function counted(symbol) {
    const scale = scaled(1000, ["", "K", "M", "B", "T"]);
    return (value, decimals) => {
      const shown = scale(value, decimals);
      return { prefix: "", text: shown.text, suffix: `${shown.suffix} ${symbol}` };
    };
  }

  function metric(symbol, first = 0) {
    const letters = ["f", "p", "n", "\u00b5", "m", "", "k", "M", "G", "T", "P"];
    return (value, decimals) => {
      let step = 5 + first;
      let size = value;
      while (Math.abs(size) >= 1000 && step < letters.length - 1) {
        size /= 1000;
        step += 1;
      }
      while (size !== 0 && Math.abs(size) < 1 && step > 0) {
        size *= 1000;
        step -= 1;
      }
      return { prefix: "", text: fixed(size, decimals), suffix: ` ${letters[step]}${symbol}` };
    };
  }

  function currency(symbol, behind) {
    const scale = scaled(1000, ["", "K", "M", "B", "T"]);
    return (value, decimals) => {
      const shown = scale(Math.abs(value), decimals);
      const sign = value < 0 ? MINUS : "";
      return behind
        ? { prefix: sign, text: shown.text, suffix: `${shown.suffix} ${symbol}` }
        : { prefix: sign + symbol, text: shown.text, suffix: shown.suffix };
    };
  }

  const SPANS = [
    [1e-9, "ns"],
    [1e-6, "\u00b5s"],
    [1e-3, "ms"],
    [1, "s"],
    [60, "min"],
    [3600, "hour"],
    [86400, "day"],
    [604800, "week"],
    [31536000, "year"],
  ];

  /** A span of time given in units of `seconds`, in the largest unit that it fills once. */
  function span(seconds, smallest) {
    return (value, decimals) => {
      const total = Math.abs(value * seconds);
      let chosen = SPANS.findIndex(([, name]) => name === smallest);
      if (total === 0)
        chosen = Math.max(
          chosen,
          SPANS.findIndex(([size]) => size === seconds),
        );
      while (chosen < SPANS.length - 1 && total >= SPANS[chosen + 1][0] * (1 - 1e-12)) chosen += 1;
      const [size, name] = SPANS[chosen];
      const text = fixed((value * seconds) / size, decimals);
      const plural = size >= 3600 && text !== "1" ? "s" : "";
      return { prefix: "", text, suffix: ` ${name}${plural}` };
    };
  }

  const PARTS = [
    [31536000, "year"],
    [2628000, "month"],
    [604800, "week"],
    [86400, "day"],
    [3600, "hour"],
    [60, "minute"],
    [1, "second"],
    [0.001, "millisecond"],
  ];

  /** "2 hours, 5 minutes": `decimals` more parts than the first. */
  function spoken(seconds) {
    return (value, decimals) => {
      let rest = Math.abs(value * seconds);
      if (rest === 0) return { prefix: "", text: "0", suffix: " seconds" };
      const words = [];
      let left = 1 + (decimals || 0);
      for (const [size, name] of PARTS) {
        const count = Math.floor(rest / size + 1e-9);
        if (left <= 0) break;
        if (count < 1 && !words.length) continue;
        words.push(`${count} ${name}${count === 1 ? "" : "s"}`);
        rest -= count * size;
        left -= 1;
      }
      return { prefix: value < 0 ? MINUS : "", text: words.join(", "), suffix: "" };
    };
  }

  function clock(seconds, withDays) {
    return (value) => {
      const total = Math.round(Math.abs(value * seconds));
      const two = (number) => String(number).padStart(2, "0");
      const days = withDays ? Math.floor(total / 86400) : 0;
      const rest = total - days * 86400;
      const text = `${two(Math.floor(rest / 3600))}:${two(Math.floor((rest % 3600) / 60))}:${two(rest % 60)}`;
      return { prefix: value < 0 ? MINUS : "", text: days ? `${days} d ${text}` : text, suffix: "" };
    };
  }

  const words = (yes, no) => (value) => ({ prefix: "", text: value ? yes : no, suffix: "" });

  const UNITS = {
    none: (value, decimals) => ({ prefix: "", text: fixed(value, decimals, Infinity), suffix: "" }),
    short,
    sishort: metric(""),
    string: plain,
    percent: withSuffix("%"),
    percentunit: (value, decimals) => ({ prefix: "", text: fixed(value * 100, decimals), suffix: "%" }),
    locale: (value, decimals) => ({
      prefix: "",
      text: fixed(value, decimals ?? (Number.isInteger(value) ? 0 : Math.min(3, ownDecimals(value))), 4),
      suffix: "",
    }),
    scientific: (value, decimals) => ({
      prefix: "",
      text: value.toExponential(decimals ?? undefined).replace("-", MINUS),
      suffix: "",
    }),
    bool: words("True", "False"),
    bool_yes_no: words("Yes", "No"),
    bool_on_off: words("On", "Off"),
    ns: span(1e-9, "ns"),
    "\u00b5s": span(1e-6, "ns"),
    ms: span(1e-3, "ms"),
    s: span(1, "ns"),
    m: span(60, "min"),
    h: span(3600, "hour"),
    d: span(86400, "day"),
    dtdurations: spoken(1),
    dtdurationms: spoken(0.001),
    dthms: clock(1, false),
    dtdhms: clock(1, true),
    clocks: clock(1, true),
    clockms: clock(0.001, true),
    bytes: scaled(1024, [" B", " KiB", " MiB", " GiB", " TiB", " PiB"]),
    decbytes: scaled(1000, [" B", " kB", " MB", " GB", " TB", " PB"]),
    bits: scaled(1024, [" b", " Kib", " Mib", " Gib", " Tib"]),
    decbits: scaled(1000, [" b", " kb", " Mb", " Gb", " Tb"]),
    Bps: scaled(1000, [" B/s", " kB/s", " MB/s", " GB/s"]),
    binBps: scaled(1024, [" B/s", " KiB/s", " MiB/s", " GiB/s"]),
    bps: scaled(1000, [" b/s", " kb/s", " Mb/s", " Gb/s"]),
    cps: counted("c/s"),
    ops: counted("ops/s"),
    reqps: counted("req/s"),
    rps: counted("rd/s"),
    wps: counted("wr/s"),
    iops: counted("io/s"),
    eps: counted("evt/s"),
    mps: counted("msg/s"),
    recps: counted("rec/s"),
    rowsps: counted("rows/s"),
    cpm: counted("c/m"),
    opm: counted("ops/m"),
    reqpm: counted("req/m"),
    rpm: counted("rd/m"),
    wpm: counted("wr/m"),
    epm: counted("evt/m"),
    mpm: counted("msg/m"),
    recpm: counted("rec/m"),
    hertz: metric("Hz"),
    rothz: metric("Hz"),
    rotrpm: withSuffix(" rpm"),
    watt: metric("W"),
    kwatt: metric("W", 1),
    watth: metric("Wh"),
    kwatth: metric("Wh", 1),
    joule: metric("J"),
    volt: metric("V"),
    amp: metric("A"),
    celsius: withSuffix(" \u00b0C"),
    fahrenheit: withSuffix(" \u00b0F"),
    kelvin: withSuffix(" K"),
    humidity: withSuffix(" %H"),
    pressurebar: metric("bar"),
    massmg: metric("g", -1),
    massg: metric("g"),
    masskg: metric("g", 1),
    masst: withSuffix(" t"),
    lengthmm: metric("m", -1),
    lengthm: metric("m"),
    lengthkm: metric("m", 1),
    litre: metric("L"),
    velocityms: withSuffix(" m/s"),
    degree: withSuffix("\u00b0"),
    currencyUSD: currency("$"),
    currencyEUR: currency("\u20ac"),
    currencyGBP: currency("\u00a3"),
    currencyJPY: currency("\u00a5"),
    currencyCHF: currency("CHF", true),
    currencyPLN: currency("z\u0142", true),
    currencyNOK: currency("kr", true),
    currencySEK: currency("kr", true),
    currencyDKK: currency("kr", true),
    currencyCZK: currency("K\u010d", true),
  };

  const CUSTOM = {
    suffix: (rest) => withSuffix(rest.startsWith(" ") || /^[%/\u00b0]/.test(rest) ? rest : ` ${rest}`),
    prefix: (rest) => (value, decimals) => ({ ...plain(value, decimals), prefix: rest }),
    si: (rest) => metric(rest),
    count: (rest) => counted(rest),
    currency: (rest) => currency(rest),
  };

  const isTimeUnit = (unit) => typeof unit === "string" && (unit.startsWith("dateTime") || unit.startsWith("time:"));

  function formatter(unit) {
    if (!unit) return plain;
    if (UNITS[unit]) return UNITS[unit];
    const colon = unit.indexOf(":");
    const custom = colon > 0 && CUSTOM[unit.slice(0, colon)];
    if (custom) return custom(unit.slice(colon + 1));
    return withSuffix(unit.startsWith("/") ? unit : ` ${unit}`);
  }

  /** {prefix, text, suffix} of a finite number; a time unit reads it as epoch milliseconds in the zone. */
  function format(value, unit, decimals, zone) {
    if (isTimeUnit(unit)) return { prefix: "", text: Board.time.byUnit(value, unit, zone), suffix: "" };
    if (!Number.isFinite(value))
      return { prefix: "", text: value > 0 ? "\u221e" : value < 0 ? `${MINUS}\u221e` : "not a number", suffix: "" };
    return formatter(unit)(value, decimals);
  }

  const joined = (shown) => shown.prefix + shown.text + shown.suffix;

  /** The text at a tick of an axis: no more decimals than the tick needs. */
  function tick(value, unit, zone) {
    const shown = format(Number(value.toPrecision(10)), unit, 4, zone);
    return joined({ ...shown, text: shown.text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") });
  }

  const SECOND_STEPS = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400, 172800, 345600,
    604800, 1209600, 2419200, 4838400,
  ];
  const SECONDS = {
    s: 1,
    ms: 0.001,
    m: 60,
    h: 3600,
    d: 86400,
    dtdurations: 1,
    dtdurationms: 0.001,
    dthms: 1,
    dtdhms: 1,
    clocks: 1,
  };

  function niceStep(rough, unit) {
    const seconds = SECONDS[unit];
    if (seconds && rough * seconds >= 1) {
      const step = SECOND_STEPS.find((candidate) => candidate >= rough * seconds * 0.999);
      if (step) return step / seconds;
    }
    if (unit === "bytes" || unit === "bits") return 2 ** Math.ceil(Math.log2(rough));
    const power = 10 ** Math.floor(Math.log10(rough));
    return [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999) * power;
  }

  /** Round {min, max, interval} around the values; `fixedMin`, `fixedMax` are kept as they are. */
  function scale(low, high, unit, count, decimals, fixedMin, fixedMax) {
    let min = fixedMin ?? low;
    let max = fixedMax ?? high;
    if (!(max > min)) {
      const room = min === 0 ? 1 : Math.abs(min) * 0.1;
      if (fixedMax === undefined || fixedMax === null) max = min + room;
      if (fixedMin === undefined || fixedMin === null) min -= min === 0 ? 0 : room;
      if (!(max > min)) max = min + 1;
    }
    let interval = niceStep((max - min) / count, unit);
    if (decimals === 0 && !["percentunit"].includes(unit) && !SECONDS[unit]) interval = Math.max(interval, 1);
    if (fixedMin === undefined || fixedMin === null) min = Math.floor(min / interval + 1e-9) * interval;
    if (fixedMax === undefined || fixedMax === null) max = min + Math.ceil((max - min) / interval - 1e-9) * interval;
    return { min, max, interval };
  }

  Board.units = {
    format,
    tick,
    scale,
    isTimeUnit,
    fixed,
    text: (value, unit, decimals, zone) => joined(format(value, unit, decimals, zone)),
  };
})();
