// One report at a time. Without script all of them stand below the first screen. With it they wait inside <noscript>,
// as text that costs a browser next to nothing, until one is asked for.
(() => {
  "use strict";
  const waiting = [...document.querySelectorAll("noscript[data-part]")];
  const parts = new Map(waiting.map((part) => [part.dataset.part, part]));
  const slot = document.getElementById("open");
  if (!parts.size) return;
  let shown = "";
  let left = 0;

  const partOf = (hash) => {
    const id = /^#([a-z]\d+)(?:-|$)/.exec(hash)?.[1];
    return parts.has(id) ? id : "";
  };
  const made = (id) => [...new DOMParser().parseFromString(parts.get(id).textContent, "text/html").body.children];

  const open = (id) => {
    if (id === shown) return false;
    if (!shown) left = scrollY;
    shown = id;
    slot.replaceChildren(...made(id));
    document.body.classList.add("one");
    return true;
  };
  const close = () => {
    shown = "";
    slot.replaceChildren();
    document.body.classList.remove("one");
    scrollTo({ top: left, behavior: "instant" });
  };

  // A link is followed by the browser itself; its report has to be there before.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    const id = partOf(link.getAttribute("href"));
    if (id) open(id);
  });
  const follow = () => {
    const id = partOf(location.hash);
    if (id) {
      if (open(id)) location.replace(location.hash);
    } else if (shown && !document.getElementById(location.hash.slice(1))?.closest(".types")) close();
  };
  addEventListener("hashchange", follow);

  // On paper stands what is on the screen; from the first screen, every report that the filters leave.
  addEventListener("beforeprint", () => {
    if (shown) return;
    const left = (id) => !document.querySelector(`.group[data-part="${id}"], .row[data-id="${id}"]`)?.hidden;
    slot.replaceChildren(...[...parts.keys()].filter(left).flatMap(made));
  });
  addEventListener("afterprint", () => {
    if (!shown) slot.replaceChildren();
  });

  document.body.classList.add("live");
  follow();
})();
