// Where answers come from: the viewer's HTTP interface, or the archive that is written into the page itself.
(() => {
  const Board = (window.Board = window.Board || {});
  const AT_ONCE = 6;

  const kept = document.getElementById("board-archive");
  const archive = kept ? JSON.parse(kept.textContent) : null;

  /** A failure whose message is for the reader. */
  class Problem extends Error {}

  const PATIENCE_MS = 60000;

  /** A signal that also ends what takes too long: an answer that never comes must not look like figures that never change. */
  function bounded(signal) {
    const bound = new AbortController();
    const late = () => bound.abort(new Problem("The viewer does not answer. Maybe it hangs, or the network is cut."));
    const timer = setTimeout(late, PATIENCE_MS);
    const outdated = () => bound.abort(signal.reason);
    if (signal && signal.aborted) outdated();
    else if (signal) signal.addEventListener("abort", outdated, { once: true });
    const done = () => {
      clearTimeout(timer);
      if (signal) signal.removeEventListener("abort", outdated);
    };
    return { signal: bound.signal, done };
  }

  async function get(path, outer) {
    const bound = bounded(outer);
    try {
      return await answerTo(path, bound.signal);
    } catch (failure) {
      throw bound.signal.aborted ? bound.signal.reason : failure;
    } finally {
      bound.done();
    }
  }

  async function answerTo(path, signal) {
    let response;
    try {
      response = await fetch(path, {
        signal,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        cache: "no-store",
      });
    } catch (failure) {
      if (failure.name === "AbortError") throw failure;
      throw new Problem("The viewer cannot be reached. Maybe it was stopped, or the network is cut.");
    }
    let answer = null;
    try {
      answer = await response.json();
    } catch (failure) {
      if (failure.name === "AbortError") throw failure;
    }
    if (response.ok && answer) return answer;
    if (answer && answer.problem) throw new Problem(answer.problem);
    throw new Problem(
      response.status === 401
        ? "This browser is not let in any more. Maybe open the address with its token again."
        : `The viewer answered with status ${response.status}. Maybe its log says why.`,
    );
  }

  // ---- a few requests at once, in the order asked ------------------------------------------------------------------

  const queue = [];
  let running = 0;

  function pump() {
    while (running < AT_ONCE && queue.length) {
      const { task, resolve, reject, signal } = queue.shift();
      if (signal.aborted) {
        reject(new DOMException("outdated", "AbortError"));
        continue;
      }
      running += 1;
      task()
        .then(resolve, reject)
        .finally(() => {
          running -= 1;
          pump();
        });
    }
  }

  function queued(path, signal) {
    return new Promise((resolve, reject) => {
      queue.push({ task: () => get(path, signal), resolve, reject, signal });
      pump();
    });
  }

  // ---- the three answers -----------------------------------------------------------------------------------------------

  /** Parameters of the address that the server wants: from, to and the variables. */
  function query(search, range, width) {
    const wanted = new URLSearchParams();
    for (const [key, value] of search)
      if (key === "from" || key === "to" || key.startsWith("var-")) wanted.append(key, value);
    if (range) {
      wanted.set("from", String(range.from));
      wanted.set("to", String(range.to));
    }
    if (width) wanted.set("width", String(Math.max(100, Math.round(width))));
    const text = wanted.toString();
    return text ? `?${text}` : "";
  }

  async function panel(uid, id, search, range, width, signal) {
    if (!archive)
      return queued(
        `/api/dashboards/${encodeURIComponent(uid)}/panels/${encodeURIComponent(id)}${query(search, range, width)}`,
        signal,
      );
    const answer = archive.panels[String(id)];
    if (!answer) throw new Problem("The archive holds no figures for this panel.");
    return answer;
  }

  Board.source = {
    archived: Boolean(archive),
    renderedAt: archive ? archive.renderedAt : null,
    Problem,
    home: (signal) => get("/api/home", signal),
    dashboard: async (uid, search, signal) =>
      archive ? archive.dashboard : get(`/api/dashboards/${encodeURIComponent(uid)}${query(search)}`, signal),
    panel,
    query,
  };
})();
