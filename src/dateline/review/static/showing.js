// What the map and the time line have in common: a mark that is picked, and drawings taken away as pixels.
"use strict";

const showing = (() => {
  const many = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

  // Picking shows what is told of a mark beside the drawing, under an address of its own.
  const pick = (href, within) => {
    const way = new URL(href, location.href);
    const view = new URLSearchParams(location.search).get("view");
    if (view) way.searchParams.set("view", view);
    const told = way.pathname + way.search;
    const go = document.createElement("a");
    const does = { href: told, "hx-get": told, "hx-target": "#picked", "hx-select": "#picked", "hx-swap": "outerHTML", "hx-push-url": "true" };
    for (const [name, value] of Object.entries(does)) go.setAttribute(name, value);
    go.hidden = true;
    within.append(go);
    htmx.process(go);
    go.click();
    setTimeout(() => go.remove(), 5000);
  };
  const picked = () => new URLSearchParams(location.search).get("at");

  const keep = (blob, name) => {
    const way = document.createElement("a");
    way.href = URL.createObjectURL(blob);
    way.download = name;
    way.click();
    setTimeout(() => URL.revokeObjectURL(way.href), 10000);
  };

  // The drawing in twice as many pixels as it has: the browser draws it from the file that has no need of it.
  const pictures = () => {
    for (const button of document.querySelectorAll("[data-png]")) {
      button.hidden = false;
      button.onclick = () => {
        const picture = new Image();
        picture.onload = () => {
          const board = document.createElement("canvas");
          board.width = picture.naturalWidth * 2;
          board.height = picture.naturalHeight * 2;
          board.getContext("2d").drawImage(picture, 0, 0, board.width, board.height);
          board.toBlob((blob) => keep(blob, button.dataset.name), "image/png");
        };
        picture.src = button.dataset.png;
      };
    }
  };
  document.addEventListener("htmx:after:swap", pictures);
  pictures();

  // A box of words beside a mark, inside the drawing that it belongs to.
  const tips = (tip, width) => ({
    show(lines, x, top, bottom) {
      tip.replaceChildren(...lines.filter(Boolean).map((words, at) => {
        const one = document.createElement(at ? "span" : "strong");
        one.dir = "auto";
        one.textContent = words;
        return one;
      }));
      tip.hidden = false;
      const wide = tip.offsetWidth;
      tip.style.left = `${Math.min(Math.max(x - wide / 2, 4), Math.max(width() - wide - 4, 4))}px`;
      const above = top - tip.offsetHeight - 8;
      tip.style.top = `${Math.max(above > 0 ? above : bottom + 8, 4)}px`;
    },
    hide() {
      tip.hidden = true;
    },
  });

  return { many, pick, picked, tips };
})();
