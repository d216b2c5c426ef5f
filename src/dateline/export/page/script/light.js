// Reading needs none of this: links work without it. It lights up all the words of an event together, both ways.
(() => {
  "use strict";
  let lit = [];
  let pinned = "";

  const partsOf = (id) => [
    ...document.querySelectorAll(`[data-e~="${id}"], [data-v~="${id}"], [data-card="${id}"]`),
  ];

  const light = (ids) => {
    for (const part of lit) part.classList.remove("lit");
    lit = ids.flatMap(partsOf);
    for (const part of lit) part.classList.add("lit");
  };

  const eventsAt = (node) => {
    const part = node instanceof Element ? node.closest("[data-e], [data-card], .hit") : null;
    if (!part) return null;
    const marked = part.matches(".hit") ? part.querySelector("mark") : part;
    return (marked.dataset.card || marked.dataset.e || "").split(" ").filter(Boolean);
  };

  const show = (node) => light(eventsAt(node) ?? (pinned ? [pinned] : []));

  const pin = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const card = target?.closest("[data-card]");
    const words = /^(r\d+)-[vw](\d+)/.exec(target?.id ?? "");
    pinned = card ? card.dataset.card : words ? `${words[1]}-e${words[2]}` : "";
    light(pinned ? [pinned] : []);
    for (let box = target; box; box = box.parentElement) if (box instanceof HTMLDetailsElement) box.open = true;
  };

  // What a scroll brings under a pointer that rests is not pointed at.
  let pointer = "";
  const moved = (event) => {
    const before = pointer;
    pointer = `${event.clientX} ${event.clientY}`;
    return pointer !== before;
  };
  document.addEventListener("pointermove", moved);
  document.addEventListener("pointerover", (event) => {
    if (moved(event)) show(event.target);
  });
  document.addEventListener("focusin", (event) => show(event.target));
  document.addEventListener("focusout", () => show(null));
  addEventListener("hashchange", pin);
  pin();
})();
