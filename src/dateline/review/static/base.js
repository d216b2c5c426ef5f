// What every page of the workspace does: dialogs that open and close, and what was said last.
"use strict";

for (const opener of document.querySelectorAll("[data-opens]")) {
  opener.addEventListener("click", () => document.getElementById(opener.dataset.opens)?.showModal());
}
