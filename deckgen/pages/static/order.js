"use strict";
// Slides are dragged to their places; the buttons beside them do the same without it.

const form = document.querySelector("form.arranging");
const list = form.querySelector("ol");
let dragged = null;

for (const item of list.children) {
  item.draggable = true;
  item.addEventListener("dragstart", (event) => {
    dragged = item;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.dataset.id);
    item.classList.add("dragged");
  });
  item.addEventListener("dragend", () => {
    item.classList.remove("dragged");
    if (dragged) arrange();
    dragged = null;
  });
  item.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const box = item.getBoundingClientRect();
    const isBelow = event.clientY > box.top + box.height / 2;
    if (item !== dragged) list.insertBefore(dragged, isBelow ? item.nextSibling : item);
  });
}
list.addEventListener("drop", (event) => event.preventDefault());

// The page is asked for again with the new order, as a button would.
function arrange() {
  const order = [...list.children].map((item) => item.dataset.id).join(" ");
  if (order === form.elements.order.value) return;
  form.elements.order.value = order;
  const moved = document.createElement("input");
  Object.assign(moved, { type: "hidden", name: "do", value: "moved" });
  form.append(moved);
  form.requestSubmit();
}
