// Ctrl-K: anything by how its name begins, with the keyboard alone.
"use strict";

(() => {
  const dialog = document.getElementById("find");
  if (!dialog) return;
  const field = document.getElementById("find-words");
  const list = document.getElementById("found");
  let chosen = -1;

  const options = () => [...list.querySelectorAll("[data-address]")];

  const choose = (at) => {
    const all = options();
    all.forEach((one, n) => one.setAttribute("aria-selected", String(n === at)));
    chosen = all[at] ? at : -1;
    if (chosen < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    }
  };

  const open = () => {
    if (!dialog.open) dialog.showModal();
    field.focus();
    field.select();
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });

  field.addEventListener("keydown", (event) => {
    const all = options();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!all.length) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose((chosen + step + all.length + (chosen < 0 && step < 0 ? 1 : 0)) % all.length);
    } else if (event.key === "Enter" && all[chosen]) {
      event.preventDefault();
      location.assign(all[chosen].dataset.address);
    }
  });

  document.addEventListener("htmx:after:swap", () => {
    field.setAttribute("aria-expanded", String(options().length > 0));
    if (dialog.open) choose(-1);
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-address]");
    if (option) location.assign(option.dataset.address);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
})();
