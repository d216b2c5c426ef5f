// Filters: no empty field in an address, and lists of choices that close when one goes elsewhere.
"use strict";

document.addEventListener("formdata", (event) => {
  if (!event.target.matches(".filters")) return;
  for (const name of new Set(event.formData.keys())) {
    const said = event.formData.getAll(name).filter((value) => value !== "");
    event.formData.delete(name);
    for (const value of said) event.formData.append(name, value);
  }
});

const openLists = () => document.querySelectorAll(".choose[open]");

document.addEventListener("click", (event) => {
  for (const list of openLists()) if (!list.contains(event.target)) list.open = false;
});
document.addEventListener("focusin", (event) => {
  for (const list of openLists()) if (!list.contains(event.target)) list.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const list of openLists()) {
    list.open = false;
    list.querySelector("summary").focus();
  }
});

// A list in which one has chosen stays open for the next choice, and the focus stays where it was.
let before = null;
document.addEventListener("htmx:before:swap", () => {
  before = { list: openLists()[0]?.id, focus: document.activeElement?.closest(".filters") ? document.activeElement.id : "" };
});
document.addEventListener("htmx:after:swap", () => {
  const list = before?.list && document.getElementById(before.list);
  if (list) list.open = true;
  if (before?.focus) document.getElementById(before.focus)?.focus({ preventScroll: true });
  before = null;
});
