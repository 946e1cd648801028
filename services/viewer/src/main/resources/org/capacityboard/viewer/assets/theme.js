// Light and dark, and the reckoning with colours: the palette of series, contrast, and names of colours as Grafana has them.
(() => {
  const Board = (window.Board = window.Board || {});
  const KEY = "capacity-board-theme";
  const root = document.documentElement;
  const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
  const listeners = new Set();
  let printing = false;
  const tokens = new Map();
  const legible = new Map();

  function choice() {
    try {
      const kept = window.localStorage.getItem(KEY);
      return kept === "light" || kept === "dark" ? kept : "auto";
    } catch (refused) {
      return "auto";
    }
  }

  function current() {
    if (printing) return "light";
    const chosen = choice();
    return chosen === "auto" ? (prefersDark.matches ? "dark" : "light") : chosen;
  }

  function apply() {
    const before = root.dataset.theme;
    root.dataset.theme = current();
    tokens.clear();
    legible.clear();
    if (before !== root.dataset.theme) tell();
  }

  function tell() {
    for (const listener of listeners) listener();
  }

  const rootPx = () => parseFloat(getComputedStyle(root).fontSize);
  let knownRootPx = rootPx();

  // The page's type grows with the screen; charts draw their texts themselves and have to do it anew.
  window.addEventListener("resize", () => {
    if (rootPx() === knownRootPx) return;
    knownRootPx = rootPx();
    tell();
  });

  function next() {
    const following = { auto: "light", light: "dark", dark: "auto" }[choice()];
    try {
      window.localStorage.setItem(KEY, following);
    } catch (refused) {
      root.dataset.theme = following;
    }
    apply();
  }

  prefersDark.addEventListener("change", apply);
  window.addEventListener("beforeprint", () => {
    printing = true;
    apply();
  });
  window.addEventListener("afterprint", () => {
    printing = false;
    apply();
  });
  apply();

  /** Okabe and Ito's colours, darkened or lightened where the paper asks for it; after eight the strokes change. */
  const PALETTE = {
    light: ["#0072B2", "#D55E00", "#00875F", "#B45A91", "#B87A00", "#2E93CF", "#5B4B9A", "#7A5C3E"],
    dark: ["#4FA3DC", "#F0803C", "#2FBF93", "#DE93BD", "#E9AE2B", "#8CCBF2", "#A99BE0", "#C3A27F"],
  };
  const STROKES = ["solid", "dashed", "dotted"];

  const NAMED = {
    red: "#E02F44",
    orange: "#FF780A",
    yellow: "#E0B400",
    green: "#56A64B",
    blue: "#3274D9",
    purple: "#A352CC",
    "dark-red": "#C4162A",
    "dark-orange": "#FA6400",
    "dark-yellow": "#CC9D00",
    "dark-green": "#37872D",
    "dark-blue": "#1F60C4",
    "dark-purple": "#8F3BB8",
    "semi-dark-red": "#E02F44",
    "semi-dark-orange": "#FF780A",
    "semi-dark-yellow": "#F2CC0C",
    "semi-dark-green": "#56A64B",
    "semi-dark-blue": "#3274D9",
    "semi-dark-purple": "#A352CC",
    "light-red": "#FF7383",
    "light-orange": "#FFB357",
    "light-yellow": "#FFEE52",
    "light-green": "#96D98D",
    "light-blue": "#8AB8FF",
    "light-purple": "#CA95E5",
    "super-light-red": "#FFA6B0",
    "super-light-orange": "#FFCB7D",
    "super-light-yellow": "#FFF899",
    "super-light-green": "#C8F2C2",
    "super-light-blue": "#C0D8FF",
    "super-light-purple": "#DEB6F2",
    gray: "#8A8F98",
    grey: "#8A8F98",
    black: "#000000",
    white: "#FFFFFF",
  };

  function token(name) {
    if (!tokens.has(name)) tokens.set(name, getComputedStyle(root).getPropertyValue(`--${name}`).trim());
    return tokens.get(name);
  }

  /** [r, g, b] of a colour as a dashboard file writes it, or null when it is not understood. */
  function rgb(colour) {
    if (typeof colour !== "string") return null;
    const text = (NAMED[colour] || colour).trim();
    let hit = /^#([0-9a-f]{3})$/i.exec(text);
    if (hit) return [...hit[1]].map((digit) => parseInt(digit + digit, 16));
    hit = /^#([0-9a-f]{6})([0-9a-f]{2})?$/i.exec(text);
    if (hit) return [0, 2, 4].map((at) => parseInt(hit[1].slice(at, at + 2), 16));
    hit = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/i.exec(text);
    return hit ? hit.slice(1, 4).map(Number) : null;
  }

  function hex(parts) {
    return (
      "#" +
      parts
        .map((part) =>
          Math.round(Math.max(0, Math.min(255, part)))
            .toString(16)
            .padStart(2, "0"),
        )
        .join("")
    );
  }

  /** The colour as a hex text; "text" is the ink of the page; null when there is none or it is transparent. */
  function plain(colour) {
    if (colour === "text") return token("ink");
    const parts = rgb(colour);
    return parts ? hex(parts) : null;
  }

  function luminance(parts) {
    const [r, g, b] = parts.map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(one, other) {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  }

  function mix(from, to, share) {
    const a = rgb(from),
      b = rgb(to);
    return a && b ? hex(a.map((part, i) => part + (b[i] - part) * share)) : from;
  }

  /** The same hue, moved towards the ink until it can be read on the paper at this contrast (4.5 for text, 3 for large text). */
  function readable(colour, ratio) {
    const key = `${colour} ${ratio}`;
    if (!legible.has(key)) legible.set(key, darkenedOrLightened(colour, ratio));
    return legible.get(key);
  }

  function darkenedOrLightened(colour, ratio) {
    const paper = rgb(token("panel")) || [255, 255, 255];
    const end = luminance(paper) > 0.4 ? "#000000" : "#ffffff";
    let parts = rgb(colour);
    if (!parts) return token("ink");
    for (let share = 0.06; contrast(parts, paper) < ratio && share <= 1; share += 0.06)
      parts = rgb(mix(colour, end, share));
    return hex(parts);
  }

  /** Ink that can be read on a filled area of this colour. */
  function inkOn(colour) {
    const parts = rgb(colour);
    if (!parts) return token("ink");
    return contrast(parts, [255, 255, 255]) >= contrast(parts, [20, 20, 20]) * 0.75 ? "#ffffff" : "#141414";
  }

  function alpha(colour, share) {
    const parts = rgb(colour) || [128, 128, 128];
    return `rgba(${parts.join(",")},${share})`;
  }

  Board.theme = {
    choice,
    current,
    next,
    token,
    /** Calls when colours or the size of the page's type are others. */
    onChange: (listener) => listeners.add(listener),
    /** Size in pixels of so many rem: charts draw their texts themselves. */
    px: (rem) => rem * rootPx(),
    /** How much thicker strokes are on this screen than on a desk: a wall screen is read from afar. */
    weight: () => Math.max(1, rootPx() / 16),
    colours: PALETTE.light.length,
    series: (index) => PALETTE[current()][index % PALETTE.light.length],
    stroke: (index) => STROKES[Math.floor(index / PALETTE.light.length) % STROKES.length],
  };
  Board.colour = { rgb, plain, mix, readable, inkOn, alpha };
})();
