"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  for (const e of document.querySelectorAll(".tools,.filters,.js")) e.hidden = false;

  // Theme: as the system unless chosen; a choice is kept where the browser allows it.
  const theme = $("theme");
  const paint = () => {
    if (theme.value) root.dataset.theme = theme.value;
    else delete root.dataset.theme;
  };
  try { theme.value = localStorage.getItem("iotlens-theme") || ""; } catch { /* no storage here */ }
  theme.addEventListener("change", () => {
    paint();
    try { localStorage.setItem("iotlens-theme", theme.value); } catch { /* no storage here */ }
  });
  paint();
  $("print").addEventListener("click", () => print());
})();
