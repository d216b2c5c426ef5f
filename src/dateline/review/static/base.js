// What every page of the workspace does: dialogs that open and close, and what was said last.
"use strict";

// What was said of the last thing asked for says nothing of the next one.
document.addEventListener("htmx:before:request", () => document.getElementById("said")?.replaceChildren());

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
  }
});
