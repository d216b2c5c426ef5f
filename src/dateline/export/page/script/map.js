// The map: zoom and pan, circles by what the filters leave, and places that would cover one another as one circle.
// A circle stands on the point of a place, always: that of a group on the place of most in it.
(() => {
  "use strict";
  const frame = document.querySelector(".zoom");
  if (!frame) return;
  const svg = frame.querySelector("svg");
  const ground = svg.querySelector(".ground");
  const ruler = svg.querySelector(".bar-km");
  const { width, height } = svg.viewBox.baseVal;
  const noun = frame.dataset.noun;
  const scale = Number(frame.dataset.scale);
  const closest = Number(frame.dataset.closest);
  let at = d3.zoomIdentity;

  const dots = [...svg.querySelectorAll(".dot")].map((node) => {
    const [x, y] = node.dataset.at.split(" ").map(Number);
    const full = node.dataset.name;
    const many = Number(node.dataset.many);
    const [title, circle, count, name] = ["title", "circle", ".count", ".name"].map((part) => node.querySelector(part));
    return { node, x, y, full, many, title, circle, count, name, place: node.dataset.place, rough: node.matches(".rough"), ids: node.dataset.e };
  });

  const radius = (many) => Math.min(30, Math.max(4.5, scale * Math.sqrt(many)));
  // A map on a narrow screen is drawn small: its circles and words are not.
  const enlarged = () => Math.max(1, 560 / (svg.clientWidth || width));

  const joined = (group, other) => {
    group.dots.push(...other.dots);
    group.many += other.many;
    group.r = Math.max(9, radius(group.many));
  };
  const grouped = (size) => {
    const groups = dots.filter((dot) => dot.many).sort((a, b) => b.many - a.many).map((dot) => {
      const [x, y] = at.apply([dot.x, dot.y]);
      return { dots: [dot], x, y, many: dot.many, r: radius(dot.many) };
    });
    // A group that grows may reach the next: looked at again, until none reaches another.
    for (let i = 0; i < groups.length; i += 1) {
      const near = groups.findIndex((other, j) =>
        j > i && Math.hypot(other.x - groups[i].x, other.y - groups[i].y) < (other.r + groups[i].r) * size);
      if (near < 0) continue;
      joined(groups[i], ...groups.splice(near, 1));
      i = -1;
    }
    return groups;
  };

  const hit = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const sides = (r, wide) => [
    ["start", r + 3, 0, 0],
    ["end", -r - 3, 0, -wide],
    ["middle", 0, r + 10, -wide / 2],
    ["middle", 0, -r - 10, -wide / 2],
    ...[1, -1].flatMap((down) => [
      ["start", 0.7 * r + 3, down * (0.7 * r + 7), 0],
      ["end", -0.7 * r - 3, down * (0.7 * r + 7), -wide],
    ]),
  ];
  const name = (group, size, taken) => {
    const [dot, ...more] = group.dots;
    const words = dot.full.split(",")[0].slice(0, 28) + (more.length ? ` +${more.length}` : "");
    const wide = 7 * words.length + 2;
    for (const [anchor, x, y, from] of sides(group.r, wide)) {
      const left = group.x + (from === 0 ? x : anchor === "end" ? x + from : from) * size;
      const box = [left, group.y + (y - 7) * size, left + wide * size, group.y + (y + 7) * size];
      if (box[0] < 0 || box[1] < 0 || box[2] > width || box[3] > height || taken.some((other) => hit(box, other))) continue;
      taken.push(box);
      dot.name.setAttribute("text-anchor", anchor);
      dot.name.setAttribute("x", x);
      dot.name.setAttribute("y", y);
      dot.name.textContent = words;
      return;
    }
    dot.name.textContent = "";
  };

  const draw = () => {
    ground.setAttribute("transform", at);
    const size = enlarged();
    const groups = grouped(size);
    const shown = new Set(groups.map((group) => group.dots[0]));
    for (const dot of dots) dot.node.toggleAttribute("hidden", !shown.has(dot));
    const taken = groups.map(({ x, y, r }) => [x - r * size, y - r * size, x + r * size, y + r * size]);
    for (const group of groups) {
      const [dot, ...more] = group.dots;
      const whole = more.length ? `${dot.full} and ${more.length} more place${more.length === 1 ? "" : "s"}` : dot.full;
      dot.group = group;
      dot.node.dataset.e = group.dots.map((one) => one.ids).join(" ");
      dot.node.setAttribute("transform", `translate(${group.x} ${group.y}) scale(${size})`);
      dot.node.classList.toggle("rough", dot.rough && !more.length);
      dot.node.classList.toggle("several", more.length > 0);
      const each = more.length ? group.dots.slice(0, 9).map((one) => `${one.full}: ${one.many}`) : [];
      const told = [`${whole}: ${group.many} ${noun}${group.many === 1 ? "" : "s"}`, ...each];
      dot.title.textContent = [...told, ...(more.length > 8 ? ["…"] : [])].join("\n");
      dot.circle.setAttribute("r", group.r);
      dot.count.textContent = group.r >= 8 + 2 * (String(group.many).length - 1) ? group.many : "";
      name(group, size, taken);
    }
    measure(size);
  };

  const measure = (size) => {
    const pixels = Number(frame.dataset.kilometre) * at.k;
    const steps = [0, 1, 2, 3, 4].flatMap((power) => [1, 2, 5].map((n) => n * 10 ** power));
    const length = steps.filter((n) => n * pixels <= width * 0.24).at(-1) ?? 1;
    ruler.setAttribute("transform", `translate(${width - 16} ${height - 16}) scale(${size})`);
    ruler.querySelector("path").setAttribute("d", `M${(-length * pixels) / size} 0v5H0v-5`);
    ruler.querySelector("text").setAttribute("x", 0);
    ruler.querySelector("text").setAttribute("y", -4);
    ruler.querySelector("text").textContent = `${length.toLocaleString("en")} km`;
  };

  const zoom = d3
    .zoom()
    .scaleExtent([1, closest])
    .extent([[0, 0], [width, height]])
    .translateExtent([[0, 0], [width, height]])
    .wheelDelta((event) => -event.deltaY * (event.deltaMode ? 0.05 : Math.abs(event.deltaY) < 50 ? 0.02 : 0.003))
    // The wheel and one finger are the page's: it should scroll past the map.
    .filter((event) =>
      event.type === "wheel" ? event.ctrlKey || event.metaKey : event.touches ? event.touches.length > 1 : !event.button)
    .on("zoom", (event) => {
      at = event.transform;
      draw();
    });
  const canvas = d3.select(svg).call(zoom);

  svg.addEventListener("click", (event) => {
    const node = event.target.closest(".dot");
    const dot = dots.find((one) => one.node === node);
    if (!dot) return;
    const xs = dot.group.dots.map((one) => one.x);
    const ys = dot.group.dots.map((one) => one.y);
    const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const k = Math.min(closest, 0.6 / Math.max((east - west) / width, (south - north) / height, 1e-9));
    if (dot.group.dots.length > 1 && k > at.k * 1.05) {
      event.preventDefault();
      const middle = d3.zoomIdentity.translate(width / 2, height / 2).scale(k);
      canvas.call(zoom.transform, middle.translate(-(west + east) / 2, -(north + south) / 2));
    } else if (dot.group.dots.length === 1 && document.querySelector("[data-filter='p']")) {
      event.preventDefault();
      document.dispatchEvent(new CustomEvent("picked", { detail: { p: dot.place } }));
    }
  });

  const moves = { ArrowLeft: [90, 0], ArrowRight: [-90, 0], ArrowUp: [0, 90], ArrowDown: [0, -90] };
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in moves) canvas.call(zoom.translateBy, ...moves[event.key].map((step) => step / at.k));
    else if (event.key === "+" || event.key === "=") canvas.call(zoom.scaleBy, 2);
    else if (event.key === "-") canvas.call(zoom.scaleBy, 0.5);
    else return;
    event.preventDefault();
  });
  for (const button of frame.querySelectorAll("[data-zoom]")) {
    const by = Number(button.dataset.zoom);
    button.addEventListener("click", () =>
      by ? canvas.call(zoom.scaleBy, by) : canvas.call(zoom.transform, d3.zoomIdentity));
  }

  document.addEventListener("filtered", (event) => {
    for (const dot of dots) dot.many = event.detail.get(dot.place)?.all ?? 0;
    draw();
  });
  new ResizeObserver(draw).observe(svg);
  frame.tabIndex = 0;
  frame.querySelector(".buttons").hidden = false;
  for (const how of document.querySelectorAll(".how")) how.hidden = false;
  draw();
})();
