"use strict";
// What pages do beside htmx; each of them works without it.

// A form is sent once, however often its button is pressed; a page that is come back to may send again.
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "true";
  form.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

// A file may be dropped onto its field, which then says so.
for (const drop of document.querySelectorAll(".drop")) {
  const input = drop.querySelector("input[type=file]");
  const mark = (isOver) => drop.classList.toggle("over", isOver);
  drop.addEventListener("dragover", (event) => (event.preventDefault(), mark(true)));
  drop.addEventListener("dragleave", () => mark(false));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// What was held while somebody signed in goes on by itself.
document.querySelector("form[data-send-at-once]")?.requestSubmit();
