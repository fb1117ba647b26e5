// Search: the index is a script, loaded when the search is first used, so that it works
// from a folder, too. Without this file the site has no search and all else.
"use strict";
(() => {
  const root = document.documentElement.dataset.root;
  const box = document.getElementById("search");
  const input = document.getElementById("query");
  const panel = box.querySelector(".panel");
  const list = document.getElementById("results");
  const status = document.getElementById("found");
  const most = 20;
  let entries = null, loading = false, active = -1, shown = [];

  box.hidden = false;

  const plain = (s) => s.toLowerCase().replaceAll("_", "-");

  function load() {
    if (loading) return;
    loading = true;
    const script = document.createElement("script");
    script.src = root + "assets/search-index.js";
    script.onload = () => {
      entries = window.iotlensIndex.map(([kind, id, title, to, words]) => ({
        kind, id, title, to, key: plain(id), head: " " + plain(kind + " " + title).replace(/[^\p{L}\p{N}.-]+/gu, " "), words: " " + words,
      }));
      search();
    };
    document.head.append(script);
  }

  // score is how well an entry answers all words; 0 where one of them is missing. The last
  // word may be typed in part, and so may any other.
  function score(e, words) {
    let sum = 0;
    for (const w of words) {
      let s = 0;
      if (e.key === w) s = 100;
      else if (e.key && e.key.startsWith(w)) s = 60;
      else if (e.key && e.key.includes(w)) s = 40;
      else if (e.head.includes(" " + w + " ") || e.head.endsWith(" " + w)) s = 20;
      else if (e.head.includes(" " + w)) s = 12;
      else if (e.words.includes(" " + w + " ") || e.words.endsWith(" " + w)) s = 3;
      else if (e.words.includes(" " + w)) s = 2;
      if (!s) return 0;
      sum += s;
    }
    return sum - e.title.length / 1000;
  }

  function search() {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    if (!entries) return load();
    const found = words.length ? entries.map((e) => [score(e, words), e]).filter(([s]) => s > 0).sort((a, b) => b[0] - a[0]) : [];
    shown = found.slice(0, most).map(([, e]) => e);
    list.replaceChildren(...shown.map(option));
    panel.hidden = !words.length;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    select(shown.length ? 0 : -1);
    const say = !words.length ? "" : !found.length ? "Nothing found" : found.length > most ? `${most} of ${found.length} results` : found.length === 1 ? "1 result" : `${found.length} results`;
    status.textContent = say;
    panel.dataset.say = say;
  }

  function option(e, i) {
    const li = document.createElement("li");
    li.id = "result-" + i;
    li.setAttribute("role", "option");
    li.dataset.to = e.to;
    const kind = document.createElement("span");
    kind.textContent = e.kind;
    const title = document.createElement("b");
    title.textContent = e.id && e.kind !== "Command" ? e.id + " " + e.title : e.id || e.title;
    li.append(title, " ", kind);
    return li;
  }

  function select(i) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = i;
    const li = list.children[i];
    if (!li) return input.removeAttribute("aria-activedescendant");
    li.setAttribute("aria-selected", "true");
    li.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", li.id);
  }

  function close() {
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  const open = (i) => { if (shown[i]) location.href = root + shown[i].to; close(); };

  input.addEventListener("focus", load);
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!shown.length) return;
      event.preventDefault();
      select((active + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % shown.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      open(active);
    } else if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const li = event.target.closest("li");
    if (li) open([...list.children].indexOf(li));
  });
  document.addEventListener("pointerdown", (event) => { if (!box.contains(event.target)) close(); });
  box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) close(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
})();
