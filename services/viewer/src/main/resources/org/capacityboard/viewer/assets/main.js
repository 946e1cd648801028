// Which page an address means, and going from one to the next without loading anew.
(() => {
  const Board = (window.Board = window.Board || {});

  function route() {
    Board.closeMenu(false);
    const search = new URLSearchParams(window.location.search);
    const hit = /^\/d\/([^/]+)/.exec(window.location.pathname);
    if (!Board.source.archived && !hit) {
      Board.dashboard.close();
      Board.home.open();
      return;
    }
    Board.home.close();
    Board.dashboard.open(hit ? decodeURIComponent(hit[1]) : "", search);
  }

  function navigate(address) {
    const before = window.location.pathname;
    history.pushState(null, "", address);
    if (window.location.pathname !== before) window.scrollTo(0, 0);
    route();
  }

  const isPage = (url) =>
    url.origin === window.location.origin && (url.pathname === "/" || /^\/d\/[^/]+/.test(url.pathname));

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest && event.target.closest("a[href]");
    if (
      !anchor ||
      Board.source.archived ||
      event.defaultPrevented ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.altKey ||
      anchor.target === "_blank"
    )
      return;
    const url = new URL(anchor.href);
    if (!isPage(url) || anchor.classList.contains("skip")) return;
    event.preventDefault();
    navigate(url.pathname + url.search);
  });

  window.addEventListener("popstate", route);
  Board.navigate = navigate;
  route();
})();
