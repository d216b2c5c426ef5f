// Search and filters: which rows are left, and what the first screen counts of them.
(() => {
  "use strict";
  const box = document.querySelector(".filter");
  const overview = document.querySelector(".overview");
  if (!box) return;
  const controls = [...box.querySelectorAll("[data-filter]")];
  const control = (by) => controls.find((one) => one.dataset.filter === by);
  const parts = new Map([...document.querySelectorAll("noscript[data-part]")].map((p) => [p.dataset.part, p]));
  const words = (value) => (value ?? "").split(" ").filter(Boolean);
  const groups = [...overview.querySelectorAll(".group")].map((node) => ({
    node,
    details: node.querySelector("details"),
    folded: !node.querySelector("details")?.open,
    count: node.querySelector("summary .count"),
    rows: [...node.querySelectorAll(".row")].map((row) => {
      const { id, t, p, b, d, s, v, m, k } = row.dataset;
      const [since, until] = (d ?? "/").split("/");
      return { node: row, id, since, until, k: Number(k ?? -1), t: words(t), p: words(p), b: words(b), s: words(s), v: words(v), m: [m] };
    }),
  }));
  const rows = groups.flatMap((group) => group.rows);

  // Reports that wait are searched as they are written: what is looked for is escaped as they are, not they undone.
  const escaped = (text) => text.toLowerCase().replace(/[&<>"']/g, (c) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "#34", "'": "#39" }[c]};`);
  const plain = (html) => html.replace(/<\/?(?:mark|a|span|bdi|q)\b[^>]*>/g, "").replace(/<[^>]*>/g, " ").toLowerCase();
  const read = () => {
    for (const group of groups) {
      if (group.text !== undefined) return;
      const html = parts.get(group.node.dataset.part)?.textContent ?? "";
      group.text = plain(html) + escaped(group.node.querySelector(".head")?.textContent ?? "");
      for (const row of group.rows) {
        const own = parts.get(row.id)?.textContent;
        const start = html.indexOf(`data-card="${row.id}"`);
        const card = own ?? (start < 0 ? "" : html.slice(start, html.indexOf("<details", start)));
        row.text = plain(card) + escaped(row.node.textContent);
      }
    }
  };

  const tests = {
    words: (row, looked) => looked.every((word) => row.text.includes(word)),
    since: (row, day) => row.until >= day,
    until: (row, day) => row.since !== "" && row.since <= day,
    k: (row, least) => row.k >= Number(least),
  };

  const tally = (by, left) => {
    const all = new Map();
    for (const row of left) {
      for (const is of row[by]) {
        const sum = all.get(is) ?? { all: 0, happened: 0 };
        sum.all += 1;
        if (row.m[0] === "asserted") sum.happened += 1;
        all.set(is, sum);
      }
    }
    for (const node of overview.querySelectorAll(`[data-by="${by}"]`)) {
      const sum = all.get(node.dataset.is) ?? { all: 0, happened: 0 };
      const count = node.querySelector(".count");
      if (count) count.textContent = sum.all;
      const so = node.querySelector(".so");
      if (so) so.textContent = sum.happened;
      if (by !== "b") node.hidden = !sum.all;
      for (const bar of node.querySelectorAll(".all, .happened")) {
        const value = bar.matches(".all") ? sum.all : sum.happened;
        if (by === "t") bar.setAttribute("width", value);
        if (by === "b") rise(bar, value);
      }
      if (by === "b") node.querySelector("title").textContent = node.querySelector("title").textContent.replace(/\d+$/, sum.all);
    }
    return all;
  };
  const line = overview.querySelector(".line");
  const rise = (bar, value) => {
    const { tall, most } = line.dataset;
    const height = (tall * value) / most;
    bar.setAttribute("height", height);
    bar.setAttribute("y", tall - height);
  };

  const many = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
  const apply = () => {
    const asked = controls.filter((one) => one.value.trim()).map((one) => [one.dataset.filter, one.value.trim()]);
    const looked = escaped(control("words").value).split(/\s+/).filter(Boolean);
    if (looked.length) read();
    const kept = (row) =>
      asked.every(([by, value]) => (tests[by] ? tests[by](row, by === "words" ? looked : value) : row[by].includes(value)));
    const left = rows.filter(kept);
    const ids = new Set(left.map((row) => row.id));
    let standing = 0;
    for (const group of groups) {
      let own = 0;
      for (const row of group.rows) {
        row.node.hidden = !ids.has(row.id);
        if (!row.node.hidden) own += 1;
      }
      // Words may stand in the text of a report of which no event is left: then the report is what was looked for.
      const found = asked.every(([by]) => by === "words") && looked.every((word) => group.text.includes(word));
      group.node.hidden = !own && !found;
      if (!group.node.hidden) standing += 1;
      if (group.count) group.count.textContent = own;
      if (group.details) group.details.open = asked.length ? own > 0 : !group.folded;
    }
    for (const node of overview.querySelectorAll("[data-of]")) {
      node.hidden = !node.dataset.of.split(" ").some((id) => ids.has(id));
    }
    tally("t", left);
    tally("b", left);
    const places = tally("p", left);
    const { one, group } = overview.dataset;
    const of = group ? `, in ${standing.toLocaleString("en")} of ${many(groups.length, group)}` : "";
    box.querySelector(".shown").textContent = asked.length
      ? `${left.length.toLocaleString("en")} of ${many(rows.length, one)}${of}`
      : `${many(rows.length, one)}${group ? ` in ${many(groups.length, group)}` : ""}`;
    box.querySelector(".clear").disabled = !asked.length;
    overview.querySelector(".nothing").hidden = standing > 0;
    for (const pick of overview.querySelectorAll("[data-pick]")) {
      const by = control(pick.dataset.pick);
      if (by) pick.setAttribute("aria-pressed", by.value === pick.dataset.value);
    }
    document.dispatchEvent(new CustomEvent("filtered", { detail: places }));
  };

  let due = 0;
  control("words").addEventListener("input", () => {
    clearTimeout(due);
    due = setTimeout(apply, 150);
  });
  box.addEventListener("change", apply);
  box.querySelector(".clear").addEventListener("click", () => {
    for (const one of controls) one.value = "";
    apply();
    control("words").focus();
  });

  // What is counted can be picked: a type by its name, a stretch of time by its bar. A second time lets it go.
  const set = (given) => {
    const same = Object.entries(given).every(([by, value]) => control(by)?.value === value);
    for (const [by, value] of Object.entries(given)) if (control(by)) control(by).value = same ? "" : value;
    apply();
  };
  for (const pick of overview.querySelectorAll("[data-pick]")) {
    if (!control(pick.dataset.pick)) continue;
    pick.setAttribute("role", "button");
    pick.tabIndex = 0;
    const picked = () => set({ [pick.dataset.pick]: pick.dataset.value });
    pick.addEventListener("click", picked);
    pick.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      picked();
    });
  }
  line?.addEventListener("click", (event) => {
    const bar = event.target.closest("[data-since]");
    if (bar) set({ since: bar.dataset.since, until: bar.dataset.until });
  });
  document.addEventListener("picked", (event) => set(event.detail));

  const more = box.querySelector("details");
  if (matchMedia("(max-width: 40rem)").matches) more.open = false;
  box.hidden = false;
  apply();
})();
