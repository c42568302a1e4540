"use strict";
// The viewer of a deck. Without it, the page is read from top to bottom and numbers link to their facts.
const body = document.body;
const find = (selector, within = document) => within.querySelector(selector);
const every = (selector, within = document) => [...within.querySelectorAll(selector)];
const slides = every(".slide");
const [thumbs, card, search, watch] = [".thumbs", ".card", ".search", ".watch"].map((each) => find(each));
const NUMBER = ".fact, [data-fact]"; // in text, and in a chart
const PRESENTER = "#presenter"; // the address of the presenter's window
const begun = Date.now();
let current = 0;
let peer = null; // the other window: the presenter's, or the one that is shown
let led = false; // a key led here, so that it is no matter which slide the page is scrolled to

// Slides, and the ways to look at them: read, overview, show, presenter.

const is = (way) => body.classList.contains(way);
const headline = (slide) => find(".slot-headline", slide)?.textContent.trim() ?? "";
const placeOf = (hash) => slides.findIndex((slide) => `#${slide.id}` === hash);

function mark(index) {
  current = Math.max(0, Math.min(slides.length - 1, index));
  slides.forEach((slide, at) => {
    slide.classList.toggle("current", at === current);
    slide.classList.toggle("next", at === current + 1);
    thumbs.children[at].classList.toggle("current", at === current);
  });
  const thumb = thumbs.children[current];
  thumbs.scrollTop = thumb.offsetTop - thumbs.offsetTop - thumbs.clientHeight / 2;
  find(".place", watch).textContent = `${current + 1} / ${slides.length}`;
}

function go(index, tell = true) {
  close();
  mark(index);
  led = true;
  const slide = slides[current];
  if (!is("presenter")) history.replaceState(null, "", `#${slide.id}`);
  if (is("read")) slide.scrollIntoView();
  if (is("overview")) slide.scrollIntoView({ block: "nearest" });
  slide.focus({ preventScroll: true });
  if (tell) peer?.postMessage({ slide: current }, "*");
}

function look(way) {
  body.className = way;
  watch.hidden = way !== "presenter";
  find("[data-key=o]").setAttribute("aria-pressed", way === "overview");
  for (const each of every(".beneath")) each.open = way === "presenter";
  if (way !== "show" && document.fullscreenElement) document.exitFullscreen();
  go(current, false);
}

function show() {
  if (is("show")) return look("read");
  look("show");
  document.documentElement.requestFullscreen?.().catch(() => {}); // it fills the window, then
}

function present() {
  peer = open(location.href.split("#")[0] + PRESENTER, "_blank", "popup,width=1200,height=760");
  if (!peer) look("presenter");
}

function tick() {
  const seconds = Math.floor((Date.now() - begun) / 1000);
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  find(".elapsed", watch).textContent = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  find(".clock", watch).textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
}

function darken() {
  const root = document.documentElement;
  const preferred = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.theme = (root.dataset.theme ?? preferred) === "dark" ? "light" : "dark";
}

// The card of a number: what it is, its value and rows, and its query one step further.

let shown = null; // the number whose card is open
let kept = false; // it was clicked, so that the card stays when the mouse leaves
let leaving = 0;

function tell(number, keep = false) {
  clearTimeout(leaving);
  if (number !== shown) {
    close();
    const row = document.getElementById(number.dataset.fact ?? number.hash.slice(1));
    for (const name of ["meaning", "said", "raw", "rows", "test", "query"]) {
      const cell = find(`.${name}`, row);
      find(`.${name}`, card).textContent = cell?.dataset.shown ?? cell?.textContent.trim() ?? "";
    }
    shown = number;
    number.classList.add("open");
    number.setAttribute("aria-describedby", card.id);
    card.hidden = false;
    stand();
  }
  kept ||= keep;
}

function stand() {
  const at = shown.getBoundingClientRect();
  const below = at.bottom + 8;
  const top = below + card.offsetHeight < innerHeight ? below : Math.max(8, at.top - 8 - card.offsetHeight);
  const right = document.documentElement.clientWidth - card.offsetWidth - 8;
  card.style.top = `${top + scrollY}px`;
  card.style.left = `${Math.max(8, Math.min(at.left, right)) + scrollX}px`;
}

function close() {
  clearTimeout(leaving);
  shown?.classList.remove("open");
  shown?.removeAttribute("aria-describedby");
  shown = null;
  kept = find("details", card).open = false;
  card.hidden = true;
}

function step(way) {
  const slide = slides[current];
  if (is("overview") || !slide.contains(document.activeElement)) return false;
  const stops = [slide, ...every(".stage :is(.fact, .jump)", slide)];
  const next = stops[stops.indexOf(document.activeElement) + way];
  next?.focus({ preventScroll: next === slide });
  return Boolean(next);
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse" || is("overview")) return;
  const number = event.target.closest(NUMBER);
  if (number && !kept) tell(number);
  else if (event.target.closest(".card")) clearTimeout(leaving);
  else if (shown && !kept && shown !== document.activeElement) leaving = setTimeout(close, 250);
});
document.addEventListener("focusin", (event) => {
  const index = slides.indexOf(event.target.closest(".slide"));
  if (index >= 0 && index !== current) mark(index);
  if (event.target.matches(".fact")) tell(event.target);
  else if (!event.target.closest(".card")) close();
});
document.addEventListener("click", (event) => {
  const number = event.target.closest(NUMBER);
  const index = slides.indexOf(event.target.closest(".slide"));
  if (is("overview") && index >= 0) {
    event.preventDefault();
    mark(index);
    look("read");
  } else if (number) {
    event.preventDefault();
    tell(number, true);
    if (event.detail === 0) find("summary", card).focus(); // it was the keyboard
  } else if (is("show") && !event.target.closest(".card, a, dialog")) go(current + 1);
  else if (!event.target.closest(".card")) close();
});
find("details", card).addEventListener("toggle", () => shown && stand());

// Search in what slides say.

const said = slides.map((slide) =>
  every(".p, .table th, .table td, .wide text", slide).map((each) => each.textContent.trim()).join(" "));

function result(index, around) {
  const [item, link, small] = ["li", "a", "small"].map((tag) => document.createElement(tag));
  link.href = `#${slides[index].id}`;
  small.textContent = `… ${around.replace(/^\S* | \S*$/g, "")} …`; // whole words
  link.append(`${index + 1}  ${headline(slides[index])}`, small);
  item.append(link);
  return item;
}

find("input", search).addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  const found = said.flatMap((text, index) => {
    const at = wanted ? text.toLowerCase().indexOf(wanted) : -1;
    return at < 0 ? [] : [result(index, text.slice(Math.max(0, at - 30), at + wanted.length + 50))];
  });
  find("ol", search).replaceChildren(...found);
  find(".none", search).hidden = !wanted || found.length > 0;
});
search.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link && event.target !== search) return; // beside it, or on a result
  event.preventDefault();
  search.close();
  if (!link) return;
  if (is("overview")) look("read");
  go(placeOf(link.hash));
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) find("a", search)?.click();
});

// Keys and buttons.

const keys = {
  ArrowRight: () => go(current + 1),
  PageDown: () => go(current + 1),
  ArrowLeft: () => go(current - 1),
  PageUp: () => go(current - 1),
  " ": (event) => go(current + (event.shiftKey ? -1 : 1)),
  Home: () => go(0),
  End: () => go(slides.length - 1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => is("overview") && look("read"),
  Escape: () => {
    if (shown) shown.focus({ preventScroll: true }), close();
    else if (is("show")) look("read");
    else if (!is("presenter")) keys.o();
  },
  o: () => look(is("overview") ? "read" : "overview"),
  f: show,
  p: present,
  d: darken,
  "/": () => search.showModal(),
};

document.addEventListener("keydown", (event) => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey || event.altKey || search.open || !Object.hasOwn(keys, key)) return;
  if (event.target.closest("pre, .scroll") && key !== "Escape") return; // it scrolls
  if ([" ", "Enter"].includes(key) && event.target.closest("button, summary, a")) return;
  led = keys[key](event) !== false;
  if (led) event.preventDefault();
});
find(".tools").addEventListener("click", (event) => {
  const button = event.target.closest("[data-key]");
  if (button) keys[button.dataset.key](event);
});
document.addEventListener("fullscreenchange", () => {
  if (!document.fullscreenElement && is("show")) look("read");
});

// Deep links, the other window, and where the page is scrolled to.

addEventListener("hashchange", () => placeOf(location.hash) >= 0 && go(placeOf(location.hash)));
addEventListener("message", (event) => {
  if (!peer || event.source !== peer) return;
  if (event.data === "hello") peer.postMessage({ slide: current }, "*");
  else if (Number.isInteger(event.data?.slide)) go(event.data.slide, false);
});
for (const name of ["wheel", "touchmove", "pointerdown"]) {
  addEventListener(name, () => { led = false; }, { passive: true });
}
const scrolled = new IntersectionObserver((entries) => {
  const entry = entries.find((each) => each.isIntersecting);
  if (entry && is("read") && !led) mark(slides.indexOf(entry.target));
}, { rootMargin: "-20% 0px -75% 0px" });

function miniature(slide) {
  const frame = find(".frame", slide).cloneNode(true);
  every(".narrow", frame).forEach((each) => each.remove());
  every("[id]", frame).forEach((each) => each.removeAttribute("id"));
  frame.inert = true;
  const thumb = document.createElement("div");
  thumb.append(frame);
  thumb.addEventListener("click", () => go(slides.indexOf(slide)));
  return thumb;
}

function offer(downloads) {
  const served = location.protocol.startsWith("http") && location.pathname.match(/^.*\/(decks|share|presentations)\/(.+?)(\.html)?$/);
  if (!served) return; // a file that was saved
  const [, kind, id] = served;
  for (const link of downloads.children) {
    const { ending } = link.dataset;
    link.href = id + ending + (kind === "share" ? "" : location.search);
    link.hidden = kind !== "decks" && ending === ".json"; // a link to one deck opens its page and its files
  }
  downloads.hidden = false;
}

for (const link of every(".slide .fact, .slide .jump")) link.tabIndex = -1;
thumbs.append(...slides.map(miniature));
for (const slide of slides) {
  slide.tabIndex = 0;
  scrolled.observe(slide);
}
thumbs.hidden = find(".tools").hidden = false;
every(".downloads").forEach(offer);
mark(0);
if (placeOf(location.hash) >= 0) go(placeOf(location.hash));
if (location.hash === PRESENTER) {
  peer = opener;
  look("presenter");
  peer?.postMessage("hello", "*");
}
tick();
setInterval(tick, 1000);
