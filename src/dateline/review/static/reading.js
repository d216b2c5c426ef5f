// The desk: keys that decide, words that are selected, what lights up together. Deciding by its forms needs none of it.
"use strict";

(() => {
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const inField = (node) => node instanceof Element && node.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const inControl = (node) => node instanceof Element && node.closest("button, a, summary, input, select, textarea");

  // Keys. An action presses what has it: a button, a link, a summary, a checkbox.
  const go = (step) => {
    const rows = all("[data-card]").filter((row) => row.matches(".focus, .others li"));
    const numbered = rows.sort((a, b) => Number(/\d+$/.exec(a.id)[0]) - Number(/\d+$/.exec(b.id)[0]));
    const next = numbered[numbered.findIndex((row) => row.matches(".focus")) + step];
    next?.querySelector("a.go")?.click();
  };
  const open = (box, field) => {
    if (!box) return;
    box.open = true;
    (field ?? box.querySelector("input:not([type=hidden]), select"))?.focus();
  };
  const own = {
    next: () => go(1),
    previous: () => go(-1),
    change: () => {
      for (const field of all(".field")) field.open = true;
      find(".field select, .field input:not([type=hidden])")?.focus();
    },
    reason: () => find("#why")?.focus(),
    state: () => find("#state")?.focus(),
    split: () => open(find("#split")),
    merge: () => open(find("#merge")),
    add: () => pick() || open(find("#add")),
    save: () => {
      const form = document.activeElement?.closest?.("form") ?? find("#decide");
      const button = form?.querySelector("[data-key=save]") ?? form?.querySelector("button.main");
      button?.click();
    },
  };
  // Nothing is decided on a row that is not there yet, or whose sentence is out of sight. What decides nothing waits.
  let waits = 0;
  let later = null;
  document.addEventListener("htmx:before:request", () => (waits += 1));
  document.addEventListener("htmx:finally:request", () => {
    waits = Math.max(0, waits - 1);
    if (waits || !later) return;
    const action = later;
    later = null;
    press(action);
  });
  const decides = (action) => ["accept", "reject", "undo", "redo", "save", "flag"].includes(action);
  const press = (action) => {
    const part = find(`[data-key="${action}"]`);
    if (own[action]) own[action]();
    else if (part && !part.disabled) part.click();
  };
  const inSight = () => {
    const words = find(".card.focus .within");
    const box = words?.getBoundingClientRect();
    return !box || (box.bottom > 0 && box.top < innerHeight);
  };
  const show = () => find(".card.focus")?.scrollIntoView({ block: "start" });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || find("dialog[open]")) return;
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === "Escape" && inField(event.target)) return event.target.blur();
    if (inField(event.target) && !held) return;
    const action = keyboard.action(event);
    if ((event.key === " " || event.key === "Enter") && !held && inControl(event.target)) return;
    if (action) {
      const part = find(`[data-key="${action}"]`);
      if (!own[action] && !part) return;
      event.preventDefault();
      if (event.repeat) return;
      if (waits) {
        if (!decides(action)) later = action;
        return;
      }
      if ((action === "accept" || action === "reject") && !inSight()) return show();
      press(action);
    } else if (/^\d$/.test(event.key) && !held && !waits && !document.body.classList.contains("keys-off")) {
      find(`[data-digit="${event.key}"]`)?.click();
    }
  });

  // Words that are selected in the report can become an event. Offsets count code points, as the report's do.
  const offset = (node, at) => {
    const part = (node instanceof Element ? node : node.parentElement)?.closest("[data-at]");
    if (!part) return null;
    const range = document.createRange();
    range.selectNodeContents(part);
    range.setEnd(node, at);
    return Number(part.dataset.at) + [...range.toString()].length;
  };
  const selected = () => {
    const selection = getSelection();
    const words = find("#words");
    if (!words || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!words.contains(range.startContainer) || !words.contains(range.endContainer)) return null;
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    return start === null || end === null || start >= end ? null : { start, end, range };
  };
  // Numbers of rows stand among the words and are no words of the report.
  const wordsOf = (range) => {
    const copy = range.cloneContents();
    for (const part of copy.querySelectorAll(".n, .unseen")) part.remove();
    return copy.textContent.trim();
  };
  const pick = () => {
    const found = selected();
    const form = find("#adding");
    if (!found || !form) return false;
    form.elements.start.value = found.start;
    form.elements.end.value = found.end;
    form.elements.words.value = wordsOf(found.range);
    find("#picked").hidden = true;
    getSelection().removeAllRanges();
    open(find("#add"), form.elements.added);
    find("#add").scrollIntoView({ block: "nearest" });
    return true;
  };
  document.addEventListener("selectionchange", () => {
    const box = find("#picked");
    const found = box && find("#adding") && selected();
    if (!box) return;
    box.hidden = !found;
    if (!found) return;
    const at = found.range.getBoundingClientRect();
    box.style.left = `${Math.max(8, Math.min(at.left + scrollX, innerWidth - 290))}px`;
    box.style.top = `${at.bottom + scrollY + 6}px`;
  });
  // Pressing the button must not undo the selection that it is about.
  document.addEventListener("mousedown", (event) => event.target.id === "pick" && event.preventDefault());
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.id === "pick") pick();
    if (target.closest("[data-closes]")) target.closest("dialog").close();
    const adds = target.closest("[data-adds]");
    if (adds) another(adds.closest("form"));
    // Words of another row lead to it.
    const hit = target.closest("a.hit");
    const row = hit && document.getElementById(hit.getAttribute("href").slice(1));
    const there = row?.querySelector("a.go");
    if (there) {
      event.preventDefault();
      there.click();
    }
  });
  const another = (form) => {
    const parts = form.querySelectorAll(".part");
    const copy = parts[parts.length - 1].cloneNode(true);
    copy.querySelector("legend").textContent = `Event ${parts.length + 1}`;
    for (const column of copy.querySelectorAll("[name=column]")) {
      column.value = column.value.replace(/^\d+/, parts.length);
    }
    const renumbered = (id) => id.replace(/^part\d+/, `part${parts.length}`);
    for (const part of copy.querySelectorAll("[id]")) part.id = renumbered(part.id);
    for (const label of copy.querySelectorAll("label")) label.htmlFor = renumbered(label.htmlFor);
    for (const input of copy.querySelectorAll("[aria-describedby]")) {
      input.setAttribute("aria-describedby", renumbered(input.getAttribute("aria-describedby")));
    }
    parts[parts.length - 1].after(copy);
    copy.querySelector("select, input:not([type=hidden])").focus();
  };

  // The reason is one, wherever it is written; those given before are offered.
  const REASONS = "dateline.reasons";
  const reasons = () => {
    try {
      return JSON.parse(localStorage.getItem(REASONS)) ?? [];
    } catch {
      return [];
    }
  };
  const offer = () => {
    const list = find("#reasons");
    list?.replaceChildren(
      ...reasons().map((words) => Object.assign(document.createElement("option"), { value: words })),
    );
  };
  document.addEventListener("input", (event) => {
    const target = event.target;
    if (target.name === "why") for (const other of all("[name=why]")) if (other !== target) other.value = target.value;
    const field = target.closest?.(".field");
    if (!field) return;
    field.classList.toggle("changed", [...field.querySelectorAll("[name=value]")].some(isChanged));
    field.closest("form").classList.toggle("changed", field.closest("form").querySelector(".field.changed") !== null);
  });
  const isChanged = (input) =>
    input instanceof HTMLSelectElement
      ? [...input.options].some((option) => option.selected !== option.defaultSelected)
      : input.value !== input.defaultValue;
  document.addEventListener("submit", (event) => {
    const words = event.target.elements?.why?.value.trim();
    if (!words) return;
    try {
      localStorage.setItem(REASONS, JSON.stringify([words, ...reasons().filter((other) => other !== words)].slice(0, 12)));
    } catch {
      // Nothing is offered then.
    }
  });

  // Graphic text that was asked for stays shown for its report, and no longer than the tab is open.
  const graphic = () => `dateline.graphic ${find("#desk")?.dataset.report}`;
  document.addEventListener("change", (event) => {
    if (event.target.id === "show-graphic") sessionStorage.setItem(graphic(), event.target.checked ? "1" : "");
  });

  // All the words of a row light up together.
  const light = (id) => {
    for (const part of all(".lit")) part.classList.remove("lit");
    if (id) for (const part of all(`[data-e~="${id}"], .others [data-card="${id}"], .others li[data-card="${id}"]`)) part.classList.add("lit");
  };
  const rowAt = (node) => {
    const part = node instanceof Element && node.closest("[data-e], .others [data-card]");
    return part ? (part.dataset.card ?? part.dataset.e.split(" ")[0]) : "";
  };
  document.addEventListener("pointerover", (event) => light(rowAt(event.target)));
  document.addEventListener("focusin", (event) => light(rowAt(event.target)));

  // What a new row needs when it comes: its words in sight, its keys, and the focus, so that it is read out.
  const arrive = (moved) => {
    keyboard.show();
    offer();
    const box = find("#show-graphic");
    if (box) box.checked = sessionStorage.getItem(graphic()) === "1";
    const card = find(".card.focus");
    const id = card?.dataset.card;
    for (const part of all(`#words [data-e~="${id}"].trigger`)) part.classList.add("own");
    const words = find(`#words [data-v~="${id}"]`) ?? find(`#words [data-e~="${id}"]`);
    const text = find(".text");
    if (words && text && text.scrollHeight > text.clientHeight) {
      text.scrollTop += words.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
    }
    if (moved) {
      (card ?? find("#report-title"))?.focus({ preventScroll: true });
      scrollTo({ top: 0, behavior: "instant" });
      const end = find(".card.focus blockquote.evidence")?.getBoundingClientRect().bottom;
      if (end > innerHeight) show();
    }
  };
  document.addEventListener("htmx:after:swap", (event) => {
    if (find("#desk") && event.target !== find("#said")) arrive(true);
  });
  document.body.classList.add("scripted");
  arrive(false);
})();
