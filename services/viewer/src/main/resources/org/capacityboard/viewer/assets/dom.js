// Builds elements out of text nodes and attributes, never out of HTML strings; opens and closes pop-up menus.
(() => {
  const Board = (window.Board = window.Board || {});
  const SVG = "http://www.w3.org/2000/svg";

  function apply(node, attributes) {
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (key === "css") for (const [name, text] of Object.entries(value)) node.style.setProperty(name, text);
      else if (key === "data") for (const [name, text] of Object.entries(value)) node.dataset[name] = text;
      else node.setAttribute(key, value === true ? "" : String(value));
    }
    return node;
  }

  function append(node, children) {
    for (const child of children.flat(Infinity)) {
      if (child === null || child === undefined || child === false) continue;
      node.append(child instanceof Node ? child : String(child));
    }
    return node;
  }

  /** el("button.quiet.small", {type: "button", onclick: f, css: {"--x": 1}, data: {id: 3}}, "text", node, ...). */
  function el(tag, attributes, ...children) {
    const [name, ...classes] = tag.split(".");
    const node = document.createElement(name);
    if (classes.length) node.className = classes.join(" ");
    return append(apply(node, attributes), children);
  }

  function svg(tag, attributes, ...children) {
    return append(apply(document.createElementNS(SVG, tag), attributes), children);
  }

  function replace(node, ...children) {
    node.textContent = "";
    return append(node, children);
  }

  /** An icon of the page's own small set, drawn with the colour of the text around it. */
  const PATHS = {
    table: "M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 6.5v6",
    chart: "M2.5 2.5v11h11M4.5 10.5l3-4 2.5 2.5 3.5-5",
    info: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM8 7.2v4M8 4.9v.4",
    link: "M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3 7.5 8.5",
    refresh: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3",
    clock: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM8 4.8V8l2.2 1.6",
    wall: "M2 3h12v8H2zM6 13.5h4",
    down: "M4.5 6.5 8 10l3.5-3.5",
    light:
      "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 1 0 0-5.6zM8 1.6v1.6M8 12.8v1.6M1.6 8h1.6M12.8 8h1.6M3.5 3.5l1.1 1.1M11.4 11.4l1.1 1.1M12.5 3.5l-1.1 1.1M4.6 11.4l-1.1 1.1",
    dark: "M12.8 9.8A5.4 5.4 0 0 1 6.2 3.2a5.4 5.4 0 1 0 6.6 6.6z",
    auto: "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 1 0 8 2.2zM8 2.2v11.6M8 5h3.8M8 8h5.6M8 11h3.8",
  };

  function icon(name) {
    return svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
  }

  let opened = null;

  function closeMenu(focusButton) {
    if (!opened) return;
    const { button, menu, onclose } = opened;
    opened = null;
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    if (focusButton) button.focus();
    if (onclose) onclose();
  }

  /** Makes the button open what `build` returns under itself; Esc, a click elsewhere or a second click closes it. */
  function menu(button, build, onclose) {
    button.setAttribute("aria-expanded", "false");
    const anchor = el("span.menu-anchor", {}, button);
    button.addEventListener("click", () => {
      const again = opened && opened.button === button;
      closeMenu(false);
      if (again) return;
      const node = build(() => closeMenu(true));
      node.classList.add("menu");
      anchor.append(node);
      button.setAttribute("aria-expanded", "true");
      opened = { button, menu: node, anchor, onclose };
      node.classList.toggle("to-left", node.getBoundingClientRect().right > document.documentElement.clientWidth - 8);
      const first = node.querySelector("[autofocus], input, button, a");
      if (first) first.focus({ preventScroll: true });
    });
    return anchor;
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && opened) {
        closeMenu(true);
        event.preventDefault();
        event.stopPropagation();
      }
    },
    true,
  );
  document.addEventListener("pointerdown", (event) => {
    if (opened && !opened.anchor.contains(event.target)) closeMenu(false);
  });
  document.addEventListener("focusin", (event) => {
    if (opened && !opened.anchor.contains(event.target)) closeMenu(false);
  });

  Board.el = el;
  Board.svg = svg;
  Board.icon = icon;
  Board.replace = replace;
  Board.menu = menu;
  Board.closeMenu = closeMenu;
  Board.menuIsOpen = () => opened !== null;
})();
