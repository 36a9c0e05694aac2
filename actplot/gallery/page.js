"use strict";
const box = document.getElementById("search-box");
const count = document.getElementById("shown-count");
const nothing = document.getElementById("nothing-found");
const chips = [...document.querySelectorAll(".chips button")];
const cards = [...document.querySelectorAll(".card")];
const sections = [...document.querySelectorAll("main section")];
const foldAll = document.getElementById("fold-all");
const folded = new Set();
const SMALLEST = 0.5;  // of the size of a formula; one that needs it smaller can be scrolled
let family = "";
let searching = false;

// The state is in the address, so that a search can be sent to someone: #q=tanh&family=gated
function read() {
  const given = new URLSearchParams(location.hash.slice(1));
  if (!given.has("q") && !given.has("family")) return;
  box.value = given.get("q") ?? "";
  family = given.get("family") ?? "";
}

function write() {
  const given = new URLSearchParams();
  if (box.value.trim()) given.set("q", box.value.trim());
  if (family) given.set("family", family);
  history.replaceState(null, "", given.size ? `#${given}` : location.pathname + location.search);
}

// Formulas do not break into lines: one too wide for its card is set smaller. Those of cards near what is seen are
// measured, all at once, then set; a card out of sight has no layout to be measured.
const near = new Set();
function fit(wanted) {
  const formulas = [...wanted].flatMap((card) => [...card.querySelectorAll(".formula")]);
  for (const formula of formulas) formula.style.fontSize = "";
  const ratios = formulas.map((formula) => formula.scrollWidth && formula.clientWidth / formula.scrollWidth);
  formulas.forEach((formula, place) => {
    const ratio = ratios[place];
    if (ratio && ratio < 1) formula.style.fontSize = `${Math.max(0.98 * ratio, SMALLEST)}em`;
  });
}

const watch = new IntersectionObserver((entries) => {
  const come = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
  for (const entry of entries) entry.isIntersecting ? near.add(entry.target) : near.delete(entry.target);
  fit(come);
}, { rootMargin: "800px 0px" });
for (const card of cards) watch.observe(card);

// How well a card's names answer a search: one of them is it, begins with it, has it in it, or none does.
const spelled = (text) => text.toLowerCase().replace(/[\s_-]+/g, "");
function rank(card, query) {
  const names = card.dataset.names.split("\n").map(spelled);
  if (!query || names.includes(query)) return 0;
  if (names.some((name) => name.startsWith(query))) return 1;
  return names.some((name) => name.includes(query)) ? 2 : 3;
}

// Put what answers best first, and all back in their places when nothing is searched.
function sort() {
  const query = spelled(box.value);
  const ranks = new Map(cards.map((card) => [card, rank(card, query)]));
  const best = (section) => Math.min(4, ...members.get(section).filter((card) => !card.hidden).map((card) => ranks.get(card)));
  for (const section of sections) {
    place(section.querySelector(".cards"), members.get(section), (card) => ranks.get(card), null);
  }
  place(nothing.parentNode, sections, best, nothing);
}

function place(parent, things, value, before) {
  const wanted = things.map((thing) => [value(thing), thing]).sort((a, b) => a[0] - b[0]).map(([, thing]) => thing);
  const present = [...parent.children].filter((child) => things.includes(child));
  if (wanted.some((thing, at) => thing !== present[at])) for (const thing of wanted) parent.insertBefore(thing, before);
}
const members = new Map(sections.map((section) => [section, [...section.querySelectorAll(".card")]]));

function fold() {
  for (const section of sections) section.firstElementChild.open = searching || !folded.has(section.id);
  const all = folded.size === sections.length;
  foldAll.setAttribute("aria-pressed", all);
  foldAll.textContent = all ? "@unfold@" : "@fold@";
}

function filter() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  searching = words.length > 0 || family !== "";
  for (const card of cards) {
    const inFamily = !family || card.closest("section").id === `family-${family}`;
    const fits = inFamily && words.every((word) => card.dataset.words.includes(word));
    card.hidden = !fits;
    shown += fits;
  }
  for (const section of sections) section.hidden = !section.querySelector(".card:not([hidden])");
  for (const chip of chips) chip.setAttribute("aria-pressed", chip.value === family);
  const all = `@counted@`;
  count.textContent = shown === cards.length ? all : `@some@`;
  nothing.hidden = shown > 0;
  sort();
  fold();
}

function change() {
  write();
  filter();
}

function clear() {
  box.value = family = "";
  change();
}

box.addEventListener("input", change);
for (const chip of chips) {
  chip.addEventListener("click", () => {
    family = family === chip.value ? "" : chip.value;
    change();
  });
}
foldAll.addEventListener("click", () => {
  const all = folded.size === sections.length;
  for (const section of sections) all ? folded.delete(section.id) : folded.add(section.id);
  fold();
});
for (const section of sections) {
  section.querySelector("summary").addEventListener("click", () => {
    if (searching) return;
    if (section.firstElementChild.open) folded.add(section.id);
    else folded.delete(section.id);
    queueMicrotask(() => setTimeout(() => { fold(); }));
  });
}
document.getElementById("clear-search").addEventListener("click", () => {
  clear();
  box.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && event.target !== box) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "Escape" && (box.value || family)) {
    clear();
  }
});
addEventListener("hashchange", () => {
  read();
  filter();
});

function scheme(wanted) {
  document.documentElement.style.colorScheme = wanted;
}
document.getElementById("theme-switch").addEventListener("click", () => {
  const shown = document.documentElement.style.colorScheme;
  const dark = shown ? shown === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  scheme(dark ? "light" : "dark");
  try { localStorage.setItem("actplot-scheme", dark ? "light" : "dark"); } catch { /* a page that may store nothing */ }
});
try { scheme(localStorage.getItem("actplot-scheme") ?? ""); } catch { /* the same */ }

document.querySelector(".tools").hidden = false;
addEventListener("resize", () => fit(near));
addEventListener("beforeprint", () => fit(cards));
read();
filter();
