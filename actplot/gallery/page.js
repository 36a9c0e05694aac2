"use strict";
const box = document.getElementById("search-box");
const count = document.getElementById("shown-count");
const nothing = document.getElementById("nothing-found");
const chips = [...document.querySelectorAll(".chips button")];
const cards = [...document.querySelectorAll(".card")];
const sections = [...document.querySelectorAll("main section")];
let family = "";

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

function filter() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const card of cards) {
    const inFamily = !family || card.closest("section").id === `family-${family}`;
    const fits = inFamily && words.every((word) => card.dataset.words.includes(word));
    card.hidden = !fits;
    shown += fits;
  }
  for (const section of sections) section.hidden = !section.querySelector(".card:not([hidden])");
  for (const chip of chips) chip.setAttribute("aria-pressed", chip.value === family);
  const all = `${cards.length} ${cards.length === 1 ? "function" : "functions"}`;
  count.textContent = shown === cards.length ? all : `${shown} of ${all}`;
  nothing.hidden = shown > 0;
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
read();
filter();
