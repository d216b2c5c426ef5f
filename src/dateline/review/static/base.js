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

// What was said stays for a while; what could not be done, until something else is said.
{
  const said = document.getElementById("said");
  let timer = 0;
  new MutationObserver(() => {
    clearTimeout(timer);
    if (said.textContent.trim() && !said.querySelector(".note")) timer = setTimeout(() => said.replaceChildren(), 6000);
  }).observe(said, { childList: true });
  said.addEventListener("click", () => said.replaceChildren());
  document.addEventListener("htmx:error", () => {
    const words = document.createElement("p");
    words.className = "note";
    words.textContent = "The workspace did not answer, and nothing was kept. Is it still running? Try again.";
    said.replaceChildren(words);
  });
}
