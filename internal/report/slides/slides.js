"use strict";
(() => {
  const slides = [...document.querySelectorAll(".slide")];
  document.querySelector(".keys").hidden = false;

  // The slide that is nearest to the middle of the window.
  const present = () => {
    const middle = innerHeight / 2;
    const off = (s) => { const r = s.getBoundingClientRect(); return Math.abs((r.top + r.bottom) / 2 - middle); };
    return slides.reduce((best, s, i) => (off(s) < off(slides[best]) ? i : best), 0);
  };
  // Where keys have turned to, until somebody scrolls.
  let last = -1;
  for (const kind of ["wheel", "touchmove", "pointerdown"]) addEventListener(kind, () => { last = -1; }, { passive: true });
  const turn = (to) => {
    last = Math.max(0, Math.min(slides.length - 1, to));
    const slide = slides[last];
    slide.scrollIntoView({ block: "center" });
    slide.focus({ preventScroll: true });
    try { history.replaceState(null, "", "#" + slide.id); } catch { /* not here */ }
  };
  const keys = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1,
    ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1,
  };
  addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    let to;
    if (e.key === "Home") to = 0;
    else if (e.key === "End") to = slides.length - 1;
    else if (e.key >= "1" && e.key <= String(slides.length)) to = +e.key - 1;
    else if (e.key in keys) to = (last < 0 ? present() : last) + (e.key === " " && e.shiftKey ? -1 : keys[e.key]);
    else return;
    e.preventDefault();
    turn(to);
  });
  addEventListener("keypress", (e) => { if (e.key === " ") e.preventDefault(); }); // some input scrolls by it
})();
