// Settling: fields for values of one's own show once they are asked for.
"use strict";

for (const chooser of document.querySelectorAll("[data-own]")) {
  const own = document.getElementById(`own-${chooser.dataset.own}`);
  const show = () => { own.hidden = !chooser.checked; };
  for (const one of document.getElementsByName(chooser.name)) one.addEventListener("change", show);
  show();
}
