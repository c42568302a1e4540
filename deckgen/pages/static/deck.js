"use strict";
// The page of a deck: what stands beside the slides follows the slide that is looked at in their frame.

const frame = document.querySelector("iframe.slides");
const panels = [...document.querySelectorAll(".of-slide")];
const links = [...document.querySelectorAll(".contents a[data-place]")];

function follow(place) {
  if (!panels.some((panel) => panel.dataset.place === place)) return;
  for (const panel of panels) panel.hidden = panel.dataset.place !== place;
  for (const link of document.querySelectorAll(".contents a")) {
    link.toggleAttribute("aria-current", link.dataset.place === place);
    if (link.dataset.place === place) link.setAttribute("aria-current", "true");
  }
}

function watch() {
  const inner = frame.contentDocument;
  const slides = [...(inner?.querySelectorAll(".slide") ?? [])];
  if (!slides.length) return;
  const look = () => {
    const at = slides.findIndex((slide) => slide.classList.contains("current"));
    if (at >= 0) follow(String(at + 1));
  };
  const watching = new MutationObserver(look);
  for (const slide of slides) watching.observe(slide, { attributeFilter: ["class"] });
}

frame.addEventListener("load", watch);
if (frame.contentDocument?.readyState === "complete") watch();

for (const link of links) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || !frame.contentWindow) return;
    event.preventDefault();
    frame.contentWindow.location.hash = `slide-${link.dataset.place}`;
    follow(link.dataset.place);
    frame.scrollIntoView({ block: "nearest" });
  });
}

// The menu of files closes by Escape, and by a click elsewhere.
const menu = document.querySelector("details.menu");
addEventListener("click", (event) => menu?.contains(event.target) || menu?.removeAttribute("open"));
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
