// The keys that somebody chose, kept with the account too where people log in: another browser has them as well.
"use strict";

(async () => {
  const AT = "/settings/preferences";
  const STORE = "dateline.keys";
  // What is chosen before the account has answered goes before what the account had.
  let chosen = null;
  let isOpen = false;
  const send = () =>
    fetch(AT, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ keys: chosen }),
      keepalive: true,
    });
  document.addEventListener("dateline:keys", (event) => {
    chosen = event.detail;
    if (isOpen) send();
  });
  let answer;
  try {
    answer = await fetch(AT);
  } catch {
    return;
  }
  // 204: nobody logs in here, and this browser alone keeps the keys.
  if (answer.status !== 200) return;
  const { keys } = await answer.json();
  isOpen = true;
  if (chosen) {
    send();
  } else if (keys) {
    try {
      localStorage.setItem(STORE, JSON.stringify(keys));
    } catch {
      return;
    }
    keyboard.show();
  }
})();
