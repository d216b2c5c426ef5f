// The table: cells that become fields, rows that are chosen together.
"use strict";

(() => {
  const boxes = () => [...document.querySelectorAll("#rows input[name=row]")];
  const columns = () => document.getElementById("rows")?.dataset.columns ?? "";
  let reason = "";
  let kept = null;

  const counted = () => {
    const all = boxes();
    const many = all.filter((box) => box.checked).length;
    const told = document.getElementById("how-many");
    if (told) told.textContent = many ? `${many} row${many === 1 ? "" : "s"} chosen.` : "No row is chosen.";
    const every = document.querySelector("[data-all]");
    if (every) {
      every.checked = many > 0 && many === all.length;
      every.indeterminate = many > 0 && many < all.length;
    }
    for (const box of all) box.closest("tr").classList.toggle("chosen", box.checked);
  };

  const leave = (cell) => {
    cell.replaceChildren(...cell.kept);
    delete cell.kept;
    cell.classList.remove("editing");
    cell.querySelector("button")?.focus();
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.cell");
    if (button) {
      const cell = button.closest("td");
      const key = button.closest("tr").dataset.key;
      const asked = new URLSearchParams({ key, column: button.dataset.edits, columns: columns() });
      cell.kept = [...cell.childNodes];
      await htmx.ajax("GET", `/table/cell?${asked}`, { target: cell, swap: "innerHTML" });
      const form = cell.querySelector("form");
      if (!form) return;
      cell.classList.add("editing");
      form.elements.why.value = reason;
      form.elements.value.focus();
      form.elements.value.select?.();
    }
    if (event.target.closest("[data-leaves]")) leave(event.target.closest("td"));
  });

  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.("td.editing");
    if (cell && event.key === "Escape") {
      event.preventDefault();
      leave(cell);
    }
    const button = event.target.closest?.("button.cell");
    if (button && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const row = button.closest("tr");
      const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
      const there = next?.querySelector(`button[data-edits="${button.dataset.edits}"]`);
      if (there) {
        event.preventDefault();
        there.focus();
      }
    }
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.edit")) return;
    // The reason for one change is often that for the next.
    reason = event.target.elements.why.value;
    kept = { key: event.target.elements.key.value, column: event.target.elements.column.value };
  }, true);

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) for (const box of boxes()) box.checked = event.target.checked;
    if (event.target.matches("[data-all], #rows input[name=row]")) counted();
  });

  document.addEventListener("htmx:after:swap", () => {
    counted();
    const row = kept && [...document.querySelectorAll("#rows tr[data-key]")].find((one) => one.dataset.key === kept.key);
    const cell = row?.querySelector(`button[data-edits="${kept.column}"]`);
    if (!cell) return;
    cell.focus();
    kept = null;
  });
})();
