// The map: places drawn as what is known of them, moved and zoomed, those that would cover one another as one circle.
// A circle always stands on the point of a place: that of a group on the place of most in it.
"use strict";

(() => {
  const { feature, geoCircle, geoPath, geoProjection, mesh, select, zoom, zoomIdentity } = maps;
  const SVG = "http://www.w3.org/2000/svg";
  const KILOMETRES = 111.32;
  const FINE = 100;
  const CLOSEST = 0.25;
  const NOT_KNOWN = 16;
  const worlds = new Map();
  let shown = null;

  const make = (name, attributes = {}, parent = null) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    parent?.append(node);
    return node;
  };
  const { many, pick, picked, tips } = showing;
  const told = (mark) =>
    [many(mark.rows, "row"), many(mark.reports, "report"), mark.publishers === null ? "" : many(mark.publishers, "publisher")]
      .filter(Boolean).join(", ");
  const full = (mark) => (mark.country ? `${mark.name}, ${mark.country}` : mark.name);

  const world = (address) => {
    if (!worlds.has(address)) worlds.set(address, fetch(address).then((answer) => answer.json()));
    return worlds.get(address);
  };

  // The window that the server worked out, true at its middle, in as many pixels as the page gives it.
  const projected = (frame, width) => {
    const [west, south, east, north, share] = ["west", "south", "east", "north", "share"].map((name) => Number(frame.dataset[name]));
    const height = Math.round(Math.max(width * share, Math.min(320, width)));
    const across = width / (east - west);
    const down = (width * share) / (north - south);
    const projection = geoProjection((x, y) => [(x * across) / down, y])
      .rotate([-(west + east) / 2, 0])
      .center([0, (south + north) / 2])
      .scale((down * 180) / Math.PI)
      .translate([width / 2, height / 2])
      .clipExtent([[-9, -9], [width + 9, height + 9]])
      .precision(0.3);
    return { projection, width, height, across, down, span: east - west, middle: (west + east) / 2, centre: (south + north) / 2 };
  };

  const start = () => {
    const frame = document.getElementById("zoom");
    const given = document.getElementById("marks");
    if (!frame || !given) return;
    shown?.watcher.disconnect();
    const canvas = frame.querySelector(".canvas");
    const marks = JSON.parse(given.textContent);
    const map = projected(frame, Math.max(canvas.clientWidth, 240));
    const { projection, width, height } = map;
    const path = geoPath(projection);
    const svg = make("svg", { class: "map", viewBox: `0 0 ${width} ${height}`, width, height, focusable: "false" });
    make("rect", { class: "sea", width, height }, svg);
    const ground = make("g", { class: "ground", "aria-hidden": "true" }, svg);
    const land = make("path", { class: "land" }, ground);
    const washed = make("g", {}, ground);
    const borders = make("path", { class: "border" }, ground);
    const rings = make("g", {}, ground);
    const layer = make("g", { class: "marks" }, svg);
    const ruler = make("g", { class: "ruler", "aria-hidden": "true" }, svg);
    make("path", {}, ruler);
    make("text", { "text-anchor": "end" }, ruler);
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    const stage = document.createElement("div");
    stage.append(svg, tip);
    canvas.replaceChildren(stage);

    const closest = Math.max(1, map.span / CLOSEST);
    let scale = Number(frame.dataset.scale);
    const radius = (rows) => Math.max(4, scale * Math.sqrt(rows));
    const widest = Math.max(1, ...marks.filter((mark) => mark.kind !== "point").map((mark) => mark.rows));
    let at = zoomIdentity;
    let nodes = [];

    const page = new URL(location.href);
    page.searchParams.delete("view");
    for (const mark of marks) {
      page.searchParams.set("at", mark.key);
      mark.href = page.pathname + page.search;
      [mark.x, mark.y] = projection([mark.lon, mark.lat]) ?? [NaN, NaN];
      if (mark.kind === "ring" && mark.reach) {
        const drawn = path(geoCircle().center([mark.lon, mark.lat]).radius(mark.reach / KILOMETRES).precision(3)());
        mark.shape = make("path", { class: "ring", d: drawn ?? "" }, rings);
        mark.top = projection([mark.lon, Math.min(mark.lat + mark.reach / KILOMETRES, 89)])?.[1];
      }
    }
    const points = marks.filter((mark) => mark.kind === "point" && Number.isFinite(mark.x));
    const tags = marks.filter((mark) => mark.kind !== "point" && Number.isFinite(mark.x));

    const paint = async () => {
      const fine = map.span / at.k <= FINE;
      const address = fine ? frame.dataset.fine : frame.dataset.rough;
      if (land.dataset.of === address) return;
      land.dataset.of = address;
      const topology = await world(address);
      if (land.dataset.of !== address) return;
      const { countries } = topology.objects;
      land.setAttribute("d", path(feature(topology, topology.objects.land)) ?? "");
      borders.setAttribute("d", path(mesh(topology, countries, (a, b) => a !== b)) ?? "");
      const by = new Map(feature(topology, countries).features.map((one) => [Number(one.id), one]));
      washed.replaceChildren();
      for (const mark of tags.filter((one) => one.kind === "country")) {
        const area = by.get(mark.area);
        mark.shape = make("path", { class: "area", d: (area && path(area)) ?? "" }, washed);
        mark.shape.style.setProperty("--strength", (mark.rows / widest).toFixed(3));
      }
      light();
    };

    // Points that would cover one another are one circle, larger by what it holds.
    const grouped = () => {
      const cell = 64;
      const grid = new Map();
      const groups = [];
      for (const mark of points) {
        const [x, y] = at.apply([mark.x, mark.y]);
        if (x < -30 || y < -30 || x > width + 30 || y > height + 30) continue;
        const own = radius(mark.rows);
        const [column, line] = [Math.floor(x / cell), Math.floor(y / cell)];
        let near = null;
        for (let i = column - 1; i <= column + 1 && !near; i += 1) {
          for (let j = line - 1; j <= line + 1 && !near; j += 1) {
            near = grid.get(`${i} ${j}`)?.find((one) => Math.hypot(one.x - x, one.y - y) < (one.r + own) * 0.92);
          }
        }
        if (near) {
          near.marks.push(mark);
          near.rows += mark.rows;
          near.r = Math.max(8, radius(near.rows));
        } else {
          const group = { marks: [mark], x, y, rows: mark.rows, r: own };
          groups.push(group);
          const key = `${column} ${line}`;
          grid.set(key, [...(grid.get(key) ?? []), group]);
        }
      }
      // A circle that grew may reach the next one: those are looked at again.
      for (let merged = true; merged;) {
        merged = false;
        groups.sort((a, b) => b.rows - a.rows);
        for (let i = 0; i < Math.min(groups.length, 80); i += 1) {
          const near = groups.findIndex((other, j) => j > i && Math.hypot(other.x - groups[i].x, other.y - groups[i].y) < (other.r + groups[i].r) * 0.86);
          if (near < 0) continue;
          const [other] = groups.splice(near, 1);
          groups[i].marks.push(...other.marks);
          groups[i].rows += other.rows;
          groups[i].r = Math.max(8, radius(groups[i].rows));
          merged = true;
        }
      }
      return groups;
    };

    // The largest circle of the whole map has the most room there is; nearer, circles keep what a row is worth.
    const settle = () => {
      for (let tries = 0; tries < 3; tries += 1) {
        const most = Math.max(1, ...grouped().map((group) => group.rows));
        scale = Math.min(Number(frame.dataset.scale), 25 / Math.sqrt(most));
      }
    };

    const hit = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    const named = (node, group, taken) => {
      const [mark, ...more] = group.marks;
      const words = mark.name.split(",")[0].slice(0, 28) + (more.length ? ` +${more.length}` : "");
      const wide = 6.6 * words.length + 4;
      const sides = [["start", group.r + 4, 0, 0], ["end", -group.r - 4, 0, -wide], ["middle", 0, -group.r - 9, -wide / 2], ["middle", 0, group.r + 10, -wide / 2]];
      for (const [anchor, dx, dy, from] of sides) {
        const box = [group.x + dx + from, group.y + dy - 7, group.x + dx + from + wide, group.y + dy + 7];
        if (anchor === "middle") box[0] = group.x + from, box[2] = group.x + from + wide;
        if (box[0] < 0 || box[1] < 0 || box[2] > width || box[3] > height || taken.some((other) => hit(box, other))) continue;
        taken.push(box);
        make("text", { class: "name", x: dx, y: dy, dy: ".34em", "text-anchor": anchor, "aria-hidden": "true" }, node).textContent = words;
        return;
      }
    };

    // The number of an area stands in a box where it covers no circle; boxes that would cover one another are one.
    const boxed = (taken) => {
      const groups = [];
      const circles = taken.length;
      for (const mark of tags) {
        const [x, middle] = at.apply([mark.x, mark.y]);
        if (x < -20 || middle < -20 || x > width + 20 || middle > height + 20) continue;
        const tall = mark.top === undefined ? 0 : Math.max(middle - at.apply([mark.x, mark.top])[1], 0);
        const wide = Math.max(18, 6.6 * mark.rows.toLocaleString("en").length + 8);
        const reach = tall || (mark.kind === "ring" ? NOT_KNOWN : 18);
        const spots = [[0, -reach], [0, reach], [reach, 0], [-reach, 0]];
        if (mark.kind === "country") spots.unshift([0, 0]);
        const boxes = spots.map(([dx, dy]) => [x + dx - wide / 2 - 1, middle + dy - 10, x + dx + wide / 2 + 1, middle + dy + 10]);
        const inside = boxes.filter((one) => one[0] >= 0 && one[1] >= 0 && one[2] <= width && one[3] <= height);
        if (!inside.length) continue;
        const box = inside.find((one) => !taken.some((other) => hit(one, other))) ?? inside.find((one) => !taken.slice(circles).some((other) => hit(one, other)));
        const near = box ? null : groups.find((group) => inside.some((one) => hit(one, group.box)));
        if (near) {
          near.marks.push(mark);
          near.rows += mark.rows;
          near.wide = Math.max(near.wide, 6.6 * near.rows.toLocaleString("en").length + 8);
          continue;
        }
        const spot = box ?? inside[0];
        taken.push(spot);
        groups.push({ marks: [mark], x: (spot[0] + spot[2]) / 2, y: (spot[1] + spot[3]) / 2, middle, rows: mark.rows, r: 10, wide, box: spot });
      }
      return groups;
    };

    const link = (group, kind) => {
      const [mark, ...more] = group.marks;
      const whole = more.length ? `${full(mark)} and ${many(more.length, "more place")}` : full(mark);
      const words = more.length ? many(group.rows, "row") : told(mark);
      const node = make("a", { href: mark.href, class: `mark of-${kind}${more.length ? " several" : ""}`, "aria-label": `${whole}: ${words}`, transform: `translate(${group.x} ${group.y})`, tabindex: "-1" }, layer);
      node.dataset.rows = group.rows;
      node.dataset.key = mark.key;
      node.group = group;
      return node;
    };

    const draw = () => {
      ground.setAttribute("transform", at);
      const active = document.activeElement?.closest?.(".mark")?.dataset.key;
      layer.replaceChildren();
      nodes = [];
      const groups = grouped();
      const taken = groups.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
      for (const group of boxed(taken)) {
        const { marks: [mark, ...more], x, y, wide } = group;
        const node = link(group, mark.kind);
        if (mark.kind === "ring" && !mark.reach && !more.length) make("circle", { class: "ring", r: NOT_KNOWN, cy: group.middle - y }, node);
        make("rect", { class: "reach", x: -13, y: -13, width: 26, height: 26 }, node);
        make("rect", { class: "tag", x: -wide / 2, y: -9, width: wide, height: 18, rx: 3 }, node);
        make("text", { class: "count", dy: ".35em", "aria-hidden": "true" }, node).textContent = group.rows.toLocaleString("en");
        nodes.push(node);
      }
      for (const group of groups) {
        const node = link(group, "point");
        make("circle", { class: "reach", r: Math.max(12, group.r) }, node);
        make("circle", { class: "dot", r: group.r }, node);
        const label = group.rows.toLocaleString("en");
        if (group.r >= 7 + 2.6 * (label.length - 1)) make("text", { class: "count", dy: ".35em", "aria-hidden": "true" }, node).textContent = label;
        nodes.push(node);
      }
      for (const node of nodes) if (node.matches(".of-point")) named(node, node.group, taken);
      nodes.sort((a, b) => b.group.rows - a.group.rows);
      const again = nodes.find((node) => node.dataset.key === active);
      (again ?? nodes[0])?.setAttribute("tabindex", "0");
      again?.focus({ preventScroll: true });
      measure();
      light();
    };

    const measure = () => {
      const pixels = (map.down * at.k) / KILOMETRES;
      const steps = [0, 1, 2, 3, 4].flatMap((power) => [1, 2, 5].map((n) => n * 10 ** power));
      const length = steps.filter((n) => n * pixels <= width * 0.22).at(-1) ?? 1;
      ruler.setAttribute("transform", `translate(${width - 14} ${height - 14})`);
      ruler.querySelector("path").setAttribute("d", `M${-length * pixels} -5v5H0v-5`);
      ruler.querySelector("text").setAttribute("y", -9);
      ruler.querySelector("text").textContent = `${length.toLocaleString("en")} km`;
    };

    const light = () => {
      const key = picked();
      for (const mark of marks) mark.shape?.classList.toggle("picked", mark.key === key);
      for (const node of nodes) node.classList.toggle("picked", node.group.marks.some((mark) => mark.key === key));
    };

    const box = () => {
      const [[left, top], [right, bottom]] = [at.invert([0, 0]), at.invert([width, height])];
      const degree = (x, y) => [map.middle + (x - width / 2) / map.across, map.centre - (y - height / 2) / map.down];
      const [west, north] = degree(left, top);
      const [east, south] = degree(right, bottom);
      return [west, Math.max(south, -90), east, Math.min(north, 90)].map((one) => Number(one.toFixed(3)));
    };
    const remember = () => {
      const view = at.k > 1.001 ? box().join(",") : "";
      const within = (told) => {
        const address = new URL(told, location.href);
        if (view) address.searchParams.set("view", view);
        else address.searchParams.delete("view");
        return address.pathname + address.search;
      };
      history.replaceState(history.state, "", within(location.href));
      for (const one of document.querySelectorAll("[data-export]")) one.setAttribute("href", within(one.getAttribute("href")));
      for (const one of document.querySelectorAll("[data-png]")) one.dataset.png = within(one.dataset.png);
    };

    const zooming = zoom()
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
      })
      .on("end", () => {
        paint();
        remember();
      });
    const surface = select(svg).call(zooming).on("dblclick.zoom", null);
    const zoomTo = (west, north, east, south, most) => {
      const k = Math.max(1, Math.min(most, 1 / Math.max((east - west) / width, (south - north) / height, 1e-9)));
      surface.call(zooming.transform, zoomIdentity.translate(width / 2, height / 2).scale(k).translate(-(west + east) / 2, -(north + south) / 2));
    };

    layer.addEventListener("click", (event) => {
      const node = event.target.closest(".mark");
      if (!node || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      // A group opens as far as its places, and what they reach over, leave room.
      const held = node.group.marks;
      const reach = (mark) => (mark.top === undefined ? 0 : Math.abs(mark.y - mark.top));
      const west = Math.min(...held.map((mark) => mark.x - reach(mark)));
      const east = Math.max(...held.map((mark) => mark.x + reach(mark)));
      const north = Math.min(...held.map((mark) => mark.y - reach(mark)));
      const south = Math.max(...held.map((mark) => mark.y + reach(mark)));
      const most = Math.min(closest, at.k * 6, 0.6 / Math.max((east - west) / width, (south - north) / height, 1e-9));
      if (held.length > 1 && most > at.k * 1.05) zoomTo(west, north, east, south, most);
      else pick(held[0].href, frame);
    });

    const words = tips(tip, () => width);
    const tell = (node) => {
      const { marks: [mark, ...more], x, y, r, rows } = node.group;
      const reach = mark.reach ? `somewhere within some ${Math.round(mark.reach)} km` : `a ${mark.precision}; how far it reaches is not known`;
      const lines = more.length
        ? [`${full(mark)} and ${many(more.length, "more place")}`, many(rows, "row")]
        : [full(mark), told(mark), mark.types, mark.kind === "ring" ? reach : ""];
      words.show(lines, x, y - r, y + r);
    };
    const hush = () => words.hide();
    // Browsers take a drawing's part that listens to the focus for one that can have it: its frame listens instead.
    for (const [kind, what] of [["pointerover", tell], ["focusin", tell], ["pointerout", hush], ["focusout", hush]]) {
      stage.addEventListener(kind, (event) => {
        const node = event.target.closest(".mark");
        if (node) what(node);
      });
    }

    // On the map itself the arrows move it; on a mark they go to the next mark that way.
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    frame.onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const node = event.target.closest(".mark");
      const way = ways[event.key];
      if (event.key === "Escape") hush();
      else if (way && node) {
        const ahead = nodes.map((other) => {
          const [dx, dy] = [other.group.x - node.group.x, other.group.y - node.group.y];
          const along = dx * way[0] + dy * way[1];
          return { other, along, cost: along + 2 * Math.abs(dx * way[1] + dy * way[0]) };
        }).filter(({ other, along }) => other !== node && along > 1 && other.group.x >= 0 && other.group.x <= width && other.group.y >= 0 && other.group.y <= height);
        const [next] = ahead.sort((a, b) => a.cost - b.cost);
        if (next) {
          node.setAttribute("tabindex", "-1");
          next.other.setAttribute("tabindex", "0");
          next.other.focus();
        }
        event.preventDefault();
      } else if (way && event.target === frame) {
        surface.call(zooming.translateBy, (-90 * way[0]) / at.k, (-90 * way[1]) / at.k);
        event.preventDefault();
      } else if (event.key === "+" || event.key === "=") surface.call(zooming.scaleBy, 2);
      else if (event.key === "-") surface.call(zooming.scaleBy, 0.5);
      else if (event.key === "0") surface.call(zooming.transform, zoomIdentity);
    };
    for (const button of frame.querySelectorAll("[data-zoom]")) {
      const by = Number(button.dataset.zoom);
      button.onclick = () => (by ? surface.call(zooming.scaleBy, by) : surface.call(zooming.transform, zoomIdentity));
    }

    settle();
    frame.tabIndex = 0;
    frame.querySelector(".buttons").hidden = false;
    const asked = frame.dataset.box.split(",").map(Number);
    if (asked.length === 4) {
      const [west, south, east, north] = asked;
      const pixel = (lon, lat) => [width / 2 + (lon - map.middle) * map.across, height / 2 - (lat - map.centre) * map.down];
      const [[left, bottom], [right, top]] = [pixel(west, south), pixel(east, north)];
      zoomTo(left, top, right, bottom, closest);
    } else draw();
    paint();
    const drawnAt = canvas.clientWidth;
    const watcher = new ResizeObserver(() => {
      if (Math.abs(canvas.clientWidth - drawnAt) > 2) start();
    });
    watcher.observe(canvas);
    shown = { watcher, light, of: given.textContent + JSON.stringify(frame.dataset) };
  };

  const again = () => {
    const frame = document.getElementById("zoom");
    const given = document.getElementById("marks");
    if (frame && given && shown?.of === given.textContent + JSON.stringify(frame.dataset) && frame.querySelector("svg.map")) shown.light();
    else start();
  };
  document.addEventListener("htmx:after:swap", again);
  again();
})();
