"use strict";
(() => {
  const $ = (id) => document.getElementById(id);

  // Print: everything open but what is folded for its length; afterwards as it was.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open]):not(.more)")];
    for (const d of closed) d.open = true;
  });
  addEventListener("afterprint", () => {
    for (const d of closed) d.open = false;
    closed = [];
  });

  // A link to a finding opens it, and shows it if a filter hides it.
  const list = $("list");
  let apply;
  const show = () => {
    const target = location.hash && $(location.hash.slice(1));
    if (!target || target.parentNode !== list) return;
    if (target.hidden) { $("filters").reset(); apply(); }
    const details = target.querySelector("details");
    details.open = true;
    details.querySelector("summary").focus({ preventScroll: true });
    target.scrollIntoView();
  };

  if (list) {
    const form = $("filters"), search = $("search"), sort = $("sort"), shown = $("shown");
    const pickers = [...form.querySelectorAll("[data-filter]")];
    const items = [...list.children];
    const words = new Map();
    const textOf = (item) => {
      if (!words.has(item)) words.set(item, item.textContent.toLowerCase());
      return words.get(item);
    };
    const rank = { high: 0, medium: 1, low: 2 };
    const by = {
      n: () => 0,
      severity: (a, b) => rank[a.dataset.severity] - rank[b.dataset.severity],
      effort: (a, b) => rank[b.dataset.effort] - rank[a.dataset.effort],
      due: (a, b) => last(a.dataset.due, b.dataset.due),
      owner: (a, b) => last(a.dataset.owner, b.dataset.owner),
      id: (a, b) => compare(a.id, b.id),
    };
    const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    const last = (a, b) => (!a - !b) || compare(a, b);
    let order = "n";
    apply = () => {
      const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let n = 0;
      for (const item of items) {
        const fits = pickers.every((p) => !p.value || item.dataset[p.dataset.filter].split(" ").includes(p.value)) &&
          wanted.every((w) => textOf(item).includes(w));
        item.hidden = !fits;
        n += fits;
      }
      if (sort.value !== order) {
        order = sort.value;
        items.sort((a, b) => by[order](a, b) || a.dataset.n - b.dataset.n);
        list.append(...items);
      }
      shown.textContent = n + " of " + items.length + (items.length === 1 ? " finding shown" : " findings shown");
      document.querySelector(".empty").hidden = n > 0;
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (e) => e.preventDefault());
    $("all").addEventListener("click", () => {
      form.reset();
      apply();
    });
    for (const [id, open] of [["unfold", true], ["fold", false]]) {
      $(id).addEventListener("click", () => {
        for (const item of items) if (!item.hidden) item.firstElementChild.open = open;
      });
    }
    // A cell of the map filters by its layer and pillar.
    for (const cell of document.querySelectorAll(".map a")) {
      cell.addEventListener("click", () => {
        form.reset();
        $("f-layer").value = cell.dataset.layer;
        $("f-pillar").value = cell.dataset.pillar;
        apply();
      });
    }
    apply();
    addEventListener("hashchange", show);
    show();
  }

  // The contents show where we are.
  const links = new Map([...document.querySelectorAll("nav ol a")].map((a) => [a.hash.slice(1), a]));
  const seen = new Set();
  const eye = new IntersectionObserver((entries) => {
    for (const e of entries) {
      if (e.isIntersecting) seen.add(e.target.id);
      else seen.delete(e.target.id);
    }
    const first = [...links.keys()].find((id) => seen.has(id));
    for (const [id, a] of links) {
      if (id === first) a.setAttribute("aria-current", "true");
      else a.removeAttribute("aria-current");
    }
  }, { rootMargin: "-10% 0px -60% 0px" });
  for (const id of links.keys()) eye.observe($(id));
})();
