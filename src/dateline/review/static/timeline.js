// The time line: what is told of when, over what was published meanwhile; the same days stand under each other.
"use strict";

(() => {
  const { many, pick, picked, tips } = showing;
  let shown = null;

  const day = (told) => new Date(`${told}T00:00:00Z`);
  const LEFT = 44;

  const start = () => {
    const frame = document.getElementById("line");
    const given = document.getElementById("times");
    if (!frame || !given) return;
    shown?.watcher.disconnect();
    const { bars, stretches, types } = JSON.parse(given.textContent);
    for (const one of [...bars, ...stretches]) [one.x1, one.x2] = [day(one.begin), day(one.end)];
    const width = Math.max(frame.clientWidth, 240);
    const left = Math.min(LEFT, width / 8);
    const gap = width / bars.length > 5 ? 1 : 0;
    const x = { type: "utc", domain: [bars[0].x1, bars.at(-1).x2], label: null };
    const common = { width, marginLeft: left, marginRight: 10, x };
    const [first, last] = x.domain;

    const rows = Plot.plot({
      ...common, height: 216, marginTop: 6, marginBottom: 30,
      y: { label: null, grid: false, nice: true },
      marks: [
        Plot.axisY({ ticks: 4, tickSize: 0, tickFormat: (n) => (Number.isInteger(n) ? n.toLocaleString("en") : "") }),
        Plot.axisX({ ticks: Math.max(2, Math.floor(width / 110)), tickSize: 4 }),
        Plot.rectY(bars, { x1: "x1", x2: "x2", y: "rows", insetLeft: gap, className: "rows" }),
        Plot.rectY(bars, { x1: "x1", x2: "x2", y: () => Math.max(1, ...bars.map((bar) => bar.rows)), href: "href", className: "holds" }),
        Plot.ruleY([0]),
      ],
    });
    const coverage = Plot.plot({
      ...common, height: 74, marginTop: 0, marginBottom: 8,
      x: { ...x, axis: null },
      y: { label: null, reverse: true, nice: true },
      marks: [
        Plot.axisY({ ticks: 2, tickSize: 0, tickFormat: (n) => (Number.isInteger(n) ? n.toLocaleString("en") : "") }),
        Plot.rectY(bars, { x1: "x1", x2: "x2", y: "reports", insetLeft: gap, className: "coverage" }),
        Plot.ruleY([0]),
      ],
    });
    const lines = [labelled(rows, "rows"), labelled(coverage, "reports published")];
    lines[1].append(lines[1].firstChild);

    // A stretch is as long as it is: it may begin before the bars and end after them.
    const lanes = [];
    const seen = stretches.filter((one) => one.x2 > first && one.x1 < last)
      .map((one) => ({ ...one, x1: new Date(Math.max(one.x1, first)), x2: new Date(Math.min(one.x2, last)) }))
      .sort((a, b) => a.x1 - b.x1 || b.x2 - a.x2);
    for (const one of seen) {
      const free = lanes.findIndex((end) => end <= one.x1);
      one.at = free < 0 ? lanes.length : free;
      lanes[one.at] = one.x2;
    }
    if (seen.length) {
      const drawn = Plot.plot({
        ...common, height: 10 + 20 * lanes.length, marginTop: 2, marginBottom: 2,
        x: { ...x, axis: null }, y: { axis: null, domain: [-0.6, lanes.length - 0.4], reverse: true },
        marks: [
          Plot.ruleY(seen, { x1: "x1", x2: "x2", y: "at", strokeWidth: 6, insetLeft: 1, insetRight: 1, href: "href", className: "stretches" }),
          Plot.text(seen, { x: (one) => new Date((+one.x1 + +one.x2) / 2), y: "at", dy: -9, text: (one) => one.rows.toLocaleString("en"), className: "counts" }),
        ],
      });
      lines.push(labelled(drawn, "known to lie between two days, and no closer"));
    }
    for (const one of types.length > 1 ? types : []) {
      const drawn = Plot.plot({
        ...common, height: 34, marginTop: 2, marginBottom: 2,
        x: { ...x, axis: null }, y: { axis: null, domain: [0, Math.max(1, ...types.flatMap((type) => type.bars))] },
        marks: [
          Plot.rectY(bars.map((bar, at) => ({ ...bar, rows: one.bars[at] })), { x1: "x1", x2: "x2", y: "rows", insetLeft: gap, className: "rows" }),
          Plot.ruleY([0]),
        ],
      });
      lines.push(labelled(drawn, one.words, one.rows));
    }
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    frame.replaceChildren(...lines, tip);
    links(frame, bars, stretches, tip);
    light(frame);
    const drawnAt = frame.clientWidth;
    const watcher = new ResizeObserver(() => {
      if (Math.abs(frame.clientWidth - drawnAt) > 2) start();
    });
    watcher.observe(frame);
    shown = { watcher, of: given.textContent };
  };

  const labelled = (drawn, words, count = null) => {
    const box = document.createElement("div");
    const name = document.createElement("p");
    box.className = "strip";
    name.className = "strip-name";
    name.textContent = count === null ? words : `${words}, ${count.toLocaleString("en")}`;
    // Names that the library gives its shapes say nothing to people; the table below has what has no links.
    for (const part of [drawn, ...drawn.querySelectorAll("[aria-label]")]) part.removeAttribute("aria-label");
    if (!drawn.querySelector("a")) drawn.setAttribute("aria-hidden", "true");
    box.append(name, drawn);
    return box;
  };

  // Bars and stretches are links with names; one of them is in the tab order, the arrows go on from there.
  const links = (frame, bars, stretches, tip) => {
    const by = new Map([...bars, ...stretches].map((one) => [one.href, one]));
    const words = tips(tip, () => frame.clientWidth);
    const nodes = [...frame.querySelectorAll("svg a")];
    for (const [at, node] of nodes.entries()) {
      const href = node.getAttribute("href") ?? node.getAttributeNS("http://www.w3.org/1999/xlink", "href");
      const one = by.get(href);
      const isBar = bars.includes(one);
      node.classList.add("mark");
      node.dataset.key = one.key;
      node.dataset.rows = one.rows;
      node.setAttribute("aria-label", `${one.words}: ${many(one.rows, "row")}${isBar ? `, ${many(one.reports, "report")} published by ${many(one.publishers, "publisher")}` : " known no closer"}`);
      node.setAttribute("tabindex", at ? "-1" : "0");
      const tell = () => {
        const box = node.getBoundingClientRect();
        const whole = frame.getBoundingClientRect();
        const lines = isBar
          ? [one.words, `${many(one.rows, "row")}${one.events ? `, ${many(one.events, "event")}` : ""}`, one.types, `${many(one.reports, "report")} published, ${many(one.publishers, "publisher")}`]
          : [`some time in ${one.words}`, `${many(one.rows, "row")} in ${many(one.reports, "report")}`];
        words.show(lines, box.left + box.width / 2 - whole.left, box.top - whole.top, box.bottom - whole.top);
      };
      for (const kind of ["pointerenter", "focus"]) node.addEventListener(kind, tell);
      for (const kind of ["pointerleave", "blur"]) node.addEventListener(kind, () => words.hide());
      node.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        pick(href, frame);
      });
      node.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (event.key === "Escape") words.hide();
        const next = step && nodes[at + step];
        if (!next) return;
        event.preventDefault();
        node.setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus();
      });
    }
  };

  const light = (frame) => {
    for (const node of frame.querySelectorAll("svg a")) node.classList.toggle("picked", node.dataset.key === picked());
  };

  const again = () => {
    const frame = document.getElementById("line");
    const given = document.getElementById("times");
    if (frame && given && shown?.of === given.textContent && frame.querySelector("svg")) light(frame);
    else start();
  };
  document.addEventListener("htmx:after:swap", again);
  again();
})();
