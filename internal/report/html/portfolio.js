"use strict";
(() => {
  const $ = (id) => document.getElementById(id);

  // ids are written as "1-3 7".
  const idsOf = (s) => {
    const out = new Set();
    for (const part of s.split(" ")) {
      const [from, to] = part.split("-").map(Number);
      for (let id = from; id <= (to || from); id++) out.add(id);
    }
    return out;
  };

  const collator = new Intl.Collator("en", { numeric: true });
  const tables = new Map();
  for (const table of document.querySelectorAll("table.grid")) tables.set(table.id, prepare(table));

  function prepare(table) {
    const self = { rows: [...table.tBodies[0].rows], only: null };
    sortable(table, self.rows);
    const form = document.querySelector(`form[data-table="${table.id}"]`);
    if (form) filtered(self, table, form);
    return self;
  }

  function filtered(self, table, form) {
    const rows = self.rows;
    const facets = [...form.querySelectorAll("[data-column]")];
    const search = form.querySelector("[type=search]");
    const shown = form.querySelector(".shown");
    const printed = table.parentNode.previousElementSibling;
    const words = new Map();
    const textOf = (row) => {
      if (!words.has(row)) words.set(row, row.textContent.toLowerCase());
      return words.get(row);
    };
    const facetOf = (row, column) => row.cells[column].dataset.facet ?? row.cells[column].textContent;
    self.search = search;
    self.apply = () => {
      const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let n = 0;
      for (const row of rows) {
        const fits = (!self.only || self.only.has(Number(row.dataset.review))) &&
          facets.every((f) => !f.value || facetOf(row, f.dataset.column) === f.value.slice(1)) &&
          wanted.every((w) => textOf(row).includes(w));
        row.hidden = !fits;
        n += fits;
      }
      shown.textContent = n + " of " + rows.length + " shown";
      printed.textContent = n < rows.length ? shown.textContent : "";
      form.nextElementSibling.hidden = n > 0;
    };
    self.reset = () => {
      form.reset();
      self.only = null;
      if (table.id === "t-workloads") $("only").hidden = true;
      self.apply();
    };
    form.addEventListener("input", self.apply);
    form.addEventListener("submit", (e) => e.preventDefault());
    form.querySelector("button").addEventListener("click", self.reset);
    self.apply();
  }

  // Heads become buttons that sort. What has no value stands last either way.
  function sortable(table, rows) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      const numeric = head.classList.contains("n");
      const valueOf = (row) => {
        const cell = row.cells[column];
        return cell.dataset.v ?? (numeric ? (cell.querySelector("summary") || cell).textContent : cell.textContent).trim();
      };
      const compare = numeric ? (a, b) => a - b : collator.compare;
      button.addEventListener("click", () => {
        const first = numeric ? "descending" : "ascending";
        const other = numeric ? "ascending" : "descending";
        const order = head.getAttribute("aria-sort") === first ? other : first;
        for (const h of heads) h.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const keyed = rows.map((row) => [valueOf(row), row]);
        keyed.sort(([a], [b]) => (a === "") - (b === "") || a !== "" && sign * compare(a, b));
        table.tBodies[0].append(...keyed.map(([, row]) => row));
      });
    });
  }

  // What is behind a number: those reviews alone, in the table of workloads.
  const workloads = tables.get("t-workloads");
  document.addEventListener("click", (e) => {
    const button = e.target.closest("button[data-ids]");
    if (!button || !workloads) return;
    workloads.reset();
    workloads.only = idsOf(button.dataset.ids);
    $("only").hidden = false;
    $("only-what").textContent = button.dataset.what;
    workloads.apply();
    $("workloads").scrollIntoView();
    $("only-all").focus({ preventScroll: true });
  });
  if (workloads) $("only-all").addEventListener("click", () => {
    workloads.reset();
    workloads.search.focus();
  });

  // A link to a review shows it if a filter hides it.
  const show = () => {
    const row = location.hash && $(location.hash.slice(1));
    if (!row || !row.hidden || !workloads) return;
    workloads.reset();
    row.scrollIntoView();
  };
  addEventListener("hashchange", show);
  show();
})();
