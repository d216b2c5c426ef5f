// The keys that somebody chose, kept with the account too where people log in: another browser has them as well.
"use strict";

(async () => {
  const AT = "/settings/preferences";
  const STORE = "dateline.keys";
  let answer;
  try {
    answer = await fetch(AT);
  } catch {
    return;
  }
  // 204: nobody logs in here, and this browser alone keeps the keys.
  if (answer.status !== 200) return;
  const { keys } = await answer.json();
  if (keys) {
    try {
      localStorage.setItem(STORE, JSON.stringify(keys));
    } catch {
      return;
    }
    keyboard.show();
  }
  document.addEventListener("dateline:keys", (event) => {
    fetch(AT, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ keys: event.detail }),
      keepalive: true,
    });
  });
})();
