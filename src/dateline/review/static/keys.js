// Which key does what: the table of the page, and what somebody chose instead, which this browser keeps.
"use strict";

const keyboard = (() => {
  const STORE = "dateline.keys";
  const table = () => JSON.parse(document.getElementById("key-table")?.dataset.keys ?? "{}");
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(STORE)) ?? {};
    } catch {
      return {};
    }
  };
  const keep = (own) => {
    try {
      localStorage.setItem(STORE, JSON.stringify(own));
    } catch {
      // A browser that keeps nothing has the keys as they are at first.
    }
    show();
    document.dispatchEvent(new CustomEvent("dateline:keys", { detail: own }));
  };

  const now = () => ({ ...table(), ...kept().keys });
  const isOn = () => !kept().off;

  // How a key that is pressed is called in the table: "a", "Space", "Ctrl+Enter".
  const named = (event) => {
    const key = event.key === " " ? "Space" : event.key;
    const plain = key.length === 1;
    const parts = [];
    if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
    if (event.altKey) parts.push("Alt");
    if (event.shiftKey && !plain) parts.push("Shift");
    return [...parts, key].join("+");
  };

  const action = (event) => {
    const pressed = named(event);
    if (!isOn() && !event.ctrlKey && !event.metaKey) return "";
    const keys = now();
    return Object.keys(keys).find((name) => keys[name] === pressed) ?? "";
  };

  const show = () => {
    const keys = now();
    for (const place of document.querySelectorAll("[data-shows]")) {
      const key = keys[place.dataset.shows] ?? "";
      if (place.textContent !== key) place.textContent = key;
    }
    const on = document.getElementById("keys-on");
    if (on) on.checked = isOn();
    document.body.classList.toggle("keys-off", !isOn());
  };

  const change = (name, key) => {
    const own = kept();
    const keys = { ...now(), [name]: key };
    // A key does one thing: what it did before goes by the key that is free now.
    for (const other of Object.keys(keys)) {
      if (other !== name && keys[other] === key) keys[other] = now()[name];
    }
    keep({ ...own, keys });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-remaps]");
    if (!button) return;
    button.classList.add("waiting");
    const chosen = (pressed) => {
      if (["Shift", "Control", "Alt", "Meta"].includes(pressed.key)) return;
      removeEventListener("keydown", chosen, true);
      button.classList.remove("waiting");
      if (pressed.key === "Tab") return;
      pressed.preventDefault();
      pressed.stopImmediatePropagation();
      if (pressed.key !== "Escape") change(button.dataset.remaps, named(pressed));
    };
    addEventListener("keydown", chosen, true);
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "keys-on") keep({ ...kept(), off: !event.target.checked });
  });
  document.addEventListener("click", (event) => {
    if (event.target.id === "keys-reset") keep({});
  });
  show();
  return { action, named, show };
})();
