// From the rows of an answer to fields as Grafana sees them: names, overrides, reductions, mappings, thresholds, colours, texts.
(() => {
  const Board = (window.Board = window.Board || {});
  const DAY_MS = 86400000;

  // ---- frames: columns of rows, long turned into wide -------------------------------------------------------------

  function epochMs(value) {
    if (typeof value !== "number") return value;
    return Math.abs(value) < 1e11 ? value * 1000 : value;
  }

  function timeColumn(columns) {
    const named = columns.findIndex((column) => column.name === "time");
    return named >= 0 ? named : columns.findIndex((column) => column.type === "time");
  }

  function columnsOf(answer) {
    return answer.columns.map((column, at) => {
      const isTime = column.type === "time" || (column.name === "time" && column.type === "number");
      const values = answer.rows.map((row) =>
        isTime && column.type !== "time" ? epochMs(row[at]) : (row[at] ?? null),
      );
      return { name: column.name, type: isTime ? "time" : column.type, values, labels: null };
    });
  }

  /** One field for each number column and each combination of the text columns, on the union of their times. */
  function wide(answer, isLabel) {
    const columns = columnsOf(answer);
    const timeAt = timeColumn(answer.columns);
    const labelled = columns.filter((column, at) => at !== timeAt && isLabel(column));
    if (timeAt < 0) return columns;
    const time = columns[timeAt];
    const values = columns.filter((column, at) => at !== timeAt && !labelled.includes(column));
    if (!labelled.length) return sortedByTime([time, ...values], time);
    const stamps = [...new Set(time.values)].filter((ms) => ms !== null).sort((a, b) => a - b);
    const rowOf = new Map(stamps.map((ms, row) => [ms, row]));
    const combinations = new Map();
    time.values.forEach((ms, row) => {
      if (ms === null) return;
      const key = JSON.stringify(labelled.map((column) => column.values[row]));
      if (!combinations.has(key)) {
        const labels = Object.fromEntries(
          labelled.map((column) => [column.name, column.values[row] === null ? "" : String(column.values[row])]),
        );
        combinations.set(
          key,
          values.map((column) => ({
            name: column.name,
            type: column.type,
            labels,
            values: new Array(stamps.length).fill(null),
          })),
        );
      }
      combinations.get(key).forEach((field, at) => {
        field.values[rowOf.get(ms)] = values[at].values[row];
      });
    });
    const fields = values.flatMap((column, at) => [...combinations.values()].map((group) => group[at]));
    if (columns.length === 3 && labelled.length === 1 && labelled[0].name === "metric") {
      for (const field of fields) {
        field.name = field.labels.metric;
        field.labels = null;
      }
    }
    return [{ ...time, values: stamps }, ...fields];
  }

  function sortedByTime(fields, time) {
    if (time.values.every((ms, row) => row === 0 || ms >= time.values[row - 1])) return fields;
    const order = time.values.map((ms, row) => row).sort((a, b) => time.values[a] - time.values[b]);
    return fields.map((field) => ({ ...field, values: order.map((row) => field.values[row]) }));
  }

  function nameOf(field) {
    if (!field.labels) return field.name;
    const labels = Object.entries(field.labels);
    if (labels.length === 1) return `${field.name} ${labels[0][1]}`.trim();
    return `${field.name} {${labels.map(([key, value]) => `${key}="${value}"`).join(", ")}}`;
  }

  // ---- field configuration: defaults, then overrides in their order -----------------------------------------------

  /** Between slashes as written; without them the pattern must fit the whole text, as in Grafana. */
  function regex(text) {
    try {
      const hit = /^\/(.*)\/([a-z]*)$/s.exec(text);
      return hit ? new RegExp(hit[1], hit[2].replace(/[gy]/g, "")) : new RegExp(`^${text}$`);
    } catch (malformed) {
      return /(?!)/;
    }
  }

  const MATCHERS = {
    byName: (field, option) => field.label === option || field.name === option,
    byRegexp: (field, option) => regex(String(option)).test(field.label),
    byType: (field, option) => field.type === option,
    byFrameRefID: (field, option) => field.ref === option,
    byNames: (field, option) => (option.names || []).includes(field.label) !== (option.mode === "exclude"),
  };

  function configure(field, fieldConfig) {
    const defaults = fieldConfig.defaults || {};
    const config = { ...defaults, custom: { ...(defaults.custom || {}) } };
    for (const override of fieldConfig.overrides || []) {
      const matches = MATCHERS[override.matcher && override.matcher.id];
      if (!matches || !matches(field, override.matcher.options)) continue;
      for (const { id, value } of override.properties || []) {
        if (id.startsWith("custom.")) config.custom[id.slice(7)] = value;
        else config[id] = value;
      }
    }
    field.config = config;
    if (config.displayName) {
      field.label = config.displayName
        .replace(/\$\{__field\.labels\.([^}]+)\}/g, (whole, label) => (field.labels ? (field.labels[label] ?? "") : ""))
        .replace(/\$\{__(?:field|series)\.name\}/g, nameOf(field));
    }
    return field;
  }

  /** Series whose colour goes by their name keep it whatever stands beside them, as far as the palette reaches. */
  function indexByName(fields) {
    const taken = new Set();
    for (const field of [...fields].sort((a, b) => (a.label < b.label ? -1 : 1))) {
      let slot =
        [...field.label].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)) >>> 0, 7) % Board.theme.colours;
      while (taken.size < Board.theme.colours && taken.has(slot)) slot = (slot + 1) % Board.theme.colours;
      taken.add(slot);
      field.index = slot;
    }
  }

  /** The frames of an answer with configured fields. `asSeries`: every frame with a time is made wide, as for a chart over time. */
  function frames(panel, answer, asSeries) {
    let index = 0;
    const found = (answer.frames || []).map((frame) => {
      const columns = frame.columns || [];
      const complete = { ...frame, columns, rows: frame.rows || [] };
      const long = frame.format === "time_series" || asSeries;
      const isLabel =
        asSeries === "states" && frame.format !== "time_series"
          ? (column) => column.name === "metric"
          : (column) => column.type === "string";
      const fields = (long ? wide(complete, isLabel) : columnsOf(complete)).map((field) => {
        field.ref = frame.ref;
        field.label = nameOf(field);
        field.index = field.type === "time" ? -1 : index++;
        return configure(field, panel.fieldConfig || {});
      });
      const onlyDays = fields.filter(
        (field) =>
          field.type === "time" && field.values.length && field.values.every((ms) => ms === null || ms % DAY_MS === 0),
      );
      for (const field of onlyDays) field.days = field.values.some((ms) => ms !== null);
      return {
        ref: frame.ref,
        fields,
        length: fields.length ? fields[0].values.length : 0,
        truncated: frame.truncated === true,
        problem: frame.problem || null,
      };
    });
    indexByName(
      found
        .flatMap((frame) => frame.fields)
        .filter((field) => (field.config.color || {}).mode === "palette-classic-by-name"),
    );
    return found;
  }

  /** The time field of a frame, or undefined. */
  const timeOf = (frame) =>
    frame.fields.find((field) => field.type === "time" && field.name === "time") ||
    frame.fields.find((field) => field.type === "time");

  // ---- reductions ---------------------------------------------------------------------------------------------------

  const numbersOf = (values) => values.filter((value) => typeof value === "number" && Number.isFinite(value));
  const known = (values) => values.filter((value) => value !== null && value !== undefined);
  const sum = (numbers) => numbers.reduce((total, value) => total + value, 0);
  const over = (reduce) => (values) => {
    const numbers = numbersOf(values);
    return numbers.length ? reduce(numbers) : null;
  };
  const extreme = (better) => over((numbers) => numbers.reduce((best, value) => (better(value, best) ? value : best)));
  const mean = (numbers) => sum(numbers) / numbers.length;
  const variance = (numbers) => {
    const middle = mean(numbers);
    return sum(numbers.map((value) => (value - middle) ** 2)) / numbers.length;
  };

  function percentile(share) {
    return over((numbers) => {
      const sorted = [...numbers].sort((a, b) => a - b);
      return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
    });
  }

  function median(numbers) {
    const sorted = [...numbers].sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  const REDUCERS = {
    lastNotNull: ["Last", (values) => known(values).at(-1) ?? null],
    last: ["Last, or none", (values) => values.at(-1) ?? null],
    firstNotNull: ["First", (values) => known(values)[0] ?? null],
    first: ["First, or none", (values) => values[0] ?? null],
    min: ["Min", extreme((value, best) => value < best)],
    max: ["Max", extreme((value, best) => value > best)],
    mean: ["Mean", over(mean)],
    median: ["Median", over(median)],
    sum: ["Total", over(sum)],
    count: ["Count", (values) => values.length],
    range: [
      "Range",
      over(
        (numbers) => extreme((value, best) => value > best)(numbers) - extreme((value, best) => value < best)(numbers),
      ),
    ],
    diff: ["Difference", over((numbers) => numbers.at(-1) - numbers[0])],
    delta: [
      "Increase",
      over((numbers) =>
        numbers.reduce(
          (total, value, at) => (at === 0 ? 0 : total + (value >= numbers[at - 1] ? value - numbers[at - 1] : value)),
          0,
        ),
      ),
    ],
    variance: ["Variance", over(variance)],
    stdDev: ["Deviation", over((numbers) => Math.sqrt(variance(numbers)))],
    distinctCount: ["Distinct", (values) => new Set(known(values)).size],
    changeCount: [
      "Changes",
      (values) => known(values).filter((value, at, all) => at > 0 && value !== all[at - 1]).length,
    ],
  };

  function reducer(id) {
    const share = /^p(\d{1,2})$/.exec(id);
    if (share) return [id, percentile(Number(share[1]) / 100)];
    return REDUCERS[id] || REDUCERS.lastNotNull;
  }

  const reduce = (id, values) => reducer(id)[1](values);
  const reducerName = (id) => reducer(id)[0];
  const isCount = (id) => ["count", "distinctCount", "changeCount"].includes(id);

  // ---- what a value means: mapping, threshold, colour, text -----------------------------------------------------------

  const SPECIAL = {
    null: (value) => value === null,
    nan: (value) => Number.isNaN(value),
    "null+nan": (value) => value === null || Number.isNaN(value),
    true: (value) => value === true,
    false: (value) => value === false,
    empty: (value) => value === "",
  };

  const MAPPINGS = {
    value: (options, value) => (value === null ? null : options[String(value)]),
    range: (options, value) =>
      typeof value === "number" && value >= (options.from ?? -Infinity) && value <= (options.to ?? Infinity)
        ? options.result
        : null,
    special: (options, value) => (SPECIAL[options.match] && SPECIAL[options.match](value) ? options.result : null),
    regex: (options, value) => {
      if (value === null || !regex(options.pattern).test(String(value))) return null;
      const result = options.result || {};
      return result.text === undefined
        ? result
        : { ...result, text: String(value).replace(regex(options.pattern), result.text) };
    },
  };

  function mapped(field, value) {
    for (const mapping of field.config.mappings || []) {
      const result = MAPPINGS[mapping.type] && MAPPINGS[mapping.type](mapping.options || {}, value);
      if (result) return result;
    }
    return null;
  }

  /** The least and the greatest value of a field: as configured, else as found. */
  function rangeOf(field) {
    if (!field.found) field.found = { min: reduce("min", field.values), max: reduce("max", field.values) };
    return { min: field.config.min ?? field.found.min ?? 0, max: field.config.max ?? field.found.max ?? 100 };
  }

  function percentOf(field, value) {
    const { min, max } = rangeOf(field);
    return max > min ? ((value - min) / (max - min)) * 100 : 0;
  }

  /** The threshold steps of a field as [{from, colour}] in the unit of its values, lowest first. */
  function steps(field) {
    const thresholds = field.config.thresholds;
    if (!thresholds || !thresholds.steps) return [];
    const { min, max } = rangeOf(field);
    const real = (value) => (thresholds.mode === "percentage" ? min + ((max - min) * value) / 100 : value);
    return thresholds.steps.map((step, at) => ({
      from: at === 0 || step.value === null || step.value === undefined ? -Infinity : real(step.value),
      colour: step.color,
    }));
  }

  function thresholdColour(field, value) {
    let chosen = null;
    for (const step of steps(field)) if (value >= step.from) chosen = step.colour;
    return Board.colour.plain(chosen);
  }

  const RAMPS = {
    "continuous-GrYlRd": ["#56A64B", "#E0B400", "#E02F44"],
    "continuous-RdYlGr": ["#E02F44", "#E0B400", "#56A64B"],
    "continuous-BlYlRd": ["#3274D9", "#E0B400", "#E02F44"],
    "continuous-YlRd": ["#E0B400", "#E02F44"],
    "continuous-BlPu": ["#3274D9", "#A352CC"],
    "continuous-YlBl": ["#E0B400", "#3274D9"],
    "continuous-blues": ["#C6DBEF", "#084594"],
    "continuous-reds": ["#FCBBA1", "#99000D"],
    "continuous-greens": ["#C7E9C0", "#005A32"],
    "continuous-purples": ["#DADAEB", "#4A1486"],
    "continuous-viridis": ["#440154", "#31688E", "#35B779", "#FDE725"],
    "continuous-cividis": ["#00224E", "#7D7C78", "#FEE838"],
  };

  function rampColour(ramp, share) {
    const place = Math.max(0, Math.min(1, share)) * (ramp.length - 1);
    const at = Math.min(ramp.length - 2, Math.floor(place));
    return Board.colour.mix(ramp[at], ramp[at + 1], place - at);
  }

  /** The colour that a value has by its mapping or the field's colour mode; null where the file gives it none. */
  function colour(field, value) {
    const mapping = mapped(field, value);
    if (mapping && mapping.color) return Board.colour.plain(mapping.color);
    const wanted = field.config.color || {};
    const mode = wanted.mode || (field.config.thresholds ? "thresholds" : "none");
    if (mode === "fixed" || mode === "shades") return Board.colour.plain(wanted.fixedColor);
    if (mode.startsWith("palette")) return Board.theme.series(Math.max(0, field.index));
    if (typeof value !== "number") return null;
    if (RAMPS[mode]) return rampColour(RAMPS[mode], percentOf(field, value) / 100);
    return mode === "thresholds" ? thresholdColour(field, value) : null;
  }

  /** The colour of a whole series: fixed, by its last value, or from the palette. */
  function seriesColour(field) {
    const wanted = field.config.color || {};
    if ((wanted.mode === "fixed" || wanted.mode === "shades") && Board.colour.plain(wanted.fixedColor))
      return Board.colour.plain(wanted.fixedColor);
    if (wanted.mode === "thresholds" || (wanted.mode || "").startsWith("continuous")) {
      const by = { last: "lastNotNull", min: "min", max: "max" }[wanted.seriesBy] || "lastNotNull";
      return colour(field, reduce(by, field.values)) || Board.theme.series(field.index);
    }
    return Board.theme.series(Math.max(0, field.index));
  }

  function textOf(field, value, zone) {
    const { unit, decimals } = field.config;
    if (field.type === "time" && typeof value === "number") {
      if (field.days && !Board.units.isTimeUnit(unit))
        return { prefix: "", text: Board.time.date(value, "utc"), suffix: "" };
      return Board.units.format(value, Board.units.isTimeUnit(unit) ? unit : "dateTimeAsIso", null, zone);
    }
    if (typeof value === "number") return Board.units.format(value, unit, decimals, zone);
    if (typeof value === "boolean") return { prefix: "", text: value ? "Yes" : "No", suffix: "" };
    return { prefix: "", text: typeof value === "object" ? JSON.stringify(value) : String(value), suffix: "" };
  }

  /** A value as it is shown: {prefix, text, suffix, colour, missing}. Unknown is `noValue`, never 0. */
  function display(field, value, zone) {
    const given = value === undefined ? null : value;
    const mapping = mapped(field, given);
    const missing = given === null || Number.isNaN(given);
    if (mapping && mapping.text)
      return { prefix: "", text: String(mapping.text), suffix: "", colour: colour(field, given), missing };
    if (missing)
      return {
        prefix: "",
        text: field.config.noValue || "\u2013",
        suffix: "",
        colour: mapping && mapping.color ? Board.colour.plain(mapping.color) : null,
        missing,
      };
    return { ...textOf(field, given, zone), colour: colour(field, given), missing };
  }

  const text = (field, value, zone) => {
    const shown = display(field, value, zone);
    return shown.prefix + shown.text + shown.suffix;
  };

  Board.fields = {
    frames,
    timeOf,
    reduce,
    reducerName,
    isCount,
    mapped,
    rangeOf,
    percentOf,
    steps,
    thresholdColour,
    colour,
    seriesColour,
    display,
    text,
    regex,
  };
})();
