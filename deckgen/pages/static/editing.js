"use strict";
// Editing by hand: words are typed, numbers are chips, and the checks run as one types.

const editing = document.querySelector(".editing");
const { check: checkUrl, ask: askUrl } = editing.dataset;
const form = editing.querySelector("form.saving");
const summary = form.querySelector(".summary");
const bullets = editing.querySelector(".bullets");
const were = JSON.parse(editing.dataset.bullets);
const asked = JSON.parse(editing.dataset.asked); // questions, as the edit has them
const REFERENCE = /\{\{([ftq]\d+|[cC]\d+|b\d+-\d+|s\d+|source|brief)\}\}/g;
const PAUSE = 400; // milliseconds without a key, after which is checked
let free = Number(editing.dataset.free); // the next id of a number that is asked for
let last = editing.querySelector(".text"); // the text in which was written last
let spot = null; // and where in it

const make = (name, options = {}, ...inner) => {
  const made = Object.assign(document.createElement(name), options);
  made.append(...inner);
  return made;
};

// Texts and their chips.

function chipOf(reference, text) {
  const chip = make("span", { className: "chip", contentEditable: "false", draggable: true, textContent: text });
  chip.dataset.ref = reference;
  return chip;
}

function written(node) {
  let text = "";
  for (const each of node.childNodes) {
    if (each.nodeType === Node.TEXT_NODE) text += each.data;
    else if (each.dataset?.ref) text += `{{${each.dataset.ref}}}`;
    else if (each.nodeName === "BR") text += "\n";
    else text += written(each);
  }
  return text;
}

const isOfNotes = (text) => text.dataset.place === "notes";
const textOf = (text) => (isOfNotes(text) ? written(text).trim() : written(text).replace(/\s*\n\s*/g, " ").trim());

function shownOf(reference) {
  const known = [...document.querySelectorAll("[data-ref]")].find((each) => each.dataset.ref === reference);
  return known?.dataset.text ?? known?.textContent;
}

// What is pasted or dropped is text; references in it become chips again.
function fragmentOf(text) {
  const made = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const shown = shownOf(match[1]);
    if (shown === undefined) continue;
    made.append(text.slice(end, match.index), chipOf(match[1], shown));
    end = match.index + match[0].length;
  }
  made.append(text.slice(end));
  return made;
}

function insert(fragment, range) {
  const [final] = [...fragment.childNodes].slice(-1);
  range.deleteContents();
  range.insertNode(fragment);
  if (final) range.setStartAfter(final);
  range.collapse(true);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

function spotIn(text) {
  if (spot && text.contains(spot.startContainer)) return spot;
  const end = document.createRange();
  end.selectNodeContents(text);
  end.collapse(false);
  return end;
}

function putChip(reference, shown) {
  const text = last.isConnected ? last : editing.querySelector(".text");
  const range = spotIn(text).cloneRange();
  text.focus();
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const holder = make("div");
  holder.append(before.cloneContents());
  const needsSpace = /[^\s(“"]$/.test(written(holder));
  const fragment = document.createDocumentFragment();
  fragment.append(needsSpace ? " " : "", chipOf(reference, shown), " ");
  insert(fragment, range);
  changed();
}

document.addEventListener("selectionchange", () => {
  const { anchorNode, rangeCount } = getSelection();
  const text = rangeCount ? anchorNode?.parentElement?.closest(".text") ?? (anchorNode?.closest?.(".text")) : null;
  if (text) [last, spot] = [text, getSelection().getRangeAt(0).cloneRange()];
});

editing.addEventListener("keydown", (event) => {
  const text = event.target.closest(".text");
  if (text && event.key === "Enter" && !isOfNotes(text)) event.preventDefault();
});

for (const kind of ["copy", "cut"]) {
  editing.addEventListener(kind, (event) => {
    if (!event.target.closest?.(".text") && !last.contains(getSelection().anchorNode)) return;
    const range = getSelection().getRangeAt(0);
    const holder = make("div");
    holder.append(range.cloneContents());
    event.clipboardData.setData("text/plain", written(holder));
    event.preventDefault();
    if (kind === "cut") range.deleteContents();
    changed();
  });
}

editing.addEventListener("paste", (event) => {
  const text = event.target.closest(".text");
  if (!text) return;
  event.preventDefault();
  insert(fragmentOf(event.clipboardData.getData("text/plain")), getSelection().getRangeAt(0));
  changed();
});

// Chips are moved by dragging, within a text and to another.
let carried = null;
editing.addEventListener("dragstart", (event) => {
  carried = event.target.closest?.(".chip");
  if (carried) event.dataTransfer.setData("text/plain", `{{${carried.dataset.ref}}}`);
});
editing.addEventListener("dragend", () => (carried = null));
editing.addEventListener("drop", (event) => {
  const text = event.target.closest(".text");
  if (!text) return;
  event.preventDefault();
  const range = document.caretRangeFromPoint(event.clientX, event.clientY);
  if (!range || !text.contains(range.startContainer)) return;
  const fragment = fragmentOf(event.dataTransfer.getData("text/plain"));
  carried?.remove();
  insert(fragment, range);
  changed();
});

// Bullets.

function number() {
  [...bullets.children].forEach((item, at) => {
    const text = item.querySelector(".text");
    text.dataset.place = `bullet ${at + 1}`;
    text.setAttribute("aria-label", `${editing.dataset.bullet} ${at + 1}`);
    item.querySelector(".remove").setAttribute("aria-label", `${editing.dataset.remove} ${at + 1}`);
  });
}

editing.querySelector(".add-bullet")?.addEventListener("click", () => {
  const model = editing.querySelector(".text");
  const text = make("div", { className: "text", contentEditable: "plaintext-only", spellcheck: true, lang: model.lang });
  text.setAttribute("role", "textbox");
  text.setAttribute("aria-multiline", "true");
  const found = make("div", { className: "found" });
  found.setAttribute("aria-live", "polite");
  const remove = make("button", { type: "button", className: "remove", textContent: "×" });
  bullets.append(make("li", {}, make("div", {}, text, found), remove));
  number();
  text.focus();
  changed();
});

bullets?.addEventListener("click", (event) => {
  const remove = event.target.closest(".remove");
  if (!remove) return;
  const item = remove.closest("li");
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  number();
  (next?.querySelector(".text") ?? editing.querySelector(".add-bullet")).focus();
  changed();
});

// The edit: what differs from the deck, and the questions whose numbers are used.

function edit() {
  const slide = { texts: {} };
  const points = [];
  for (const text of editing.querySelectorAll(".text")) {
    const { place, was } = text.dataset;
    const now = textOf(text);
    if (place.startsWith("bullet ")) points.push(now);
    else if (now === was) continue;
    else if (place === "title" || place === "notes") slide[place] = now;
    else slide.texts[place] = now;
  }
  if (bullets && JSON.stringify(points) !== JSON.stringify(were)) slide.bullets = points;
  const used = JSON.stringify(slide);
  return { slide, asked: asked.filter((each) => Object.keys(each.facts).some((name) => used.includes(`{{${name}}}`))) };
}

const body = (fields) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return { method: "POST", body: data, headers: { Accept: "application/json" } };
};

const first = JSON.stringify(edit());
let isSaving = false;
form.addEventListener("submit", () => {
  form.elements.edit.value = JSON.stringify(edit());
  isSaving = true;
});
addEventListener("pageshow", () => (isSaving = false));
addEventListener("beforeunload", (event) => {
  if (!isSaving && JSON.stringify(edit()) !== first) event.preventDefault();
});

// The checks, beside the text that they are about.

let timer = 0;
let running = null;
function changed() {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
}
editing.addEventListener("input", (event) => event.target.closest(".text") && changed());

async function check() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  summary.textContent = editing.dataset.checking;
  try {
    const answer = await fetch(checkUrl, { ...body({ edit: JSON.stringify(edit()) }), signal });
    if (!answer.ok) throw new Error(answer.status);
    tell(await answer.json());
  } catch (error) {
    if (error.name !== "AbortError") summary.textContent = editing.dataset.away;
  }
}

function tell(found) {
  for (const each of editing.querySelectorAll(".found")) each.replaceChildren();
  for (const text of editing.querySelectorAll(".text")) text.removeAttribute("aria-invalid");
  for (const sentence of found.sentences) {
    const text = [...editing.querySelectorAll(".text")].find((each) => each.dataset.place === sentence.place);
    const box = text?.nextElementSibling ?? editing.querySelector(".found[data-for=slide]");
    if (text && sentence.findings.some((each) => each.severity === "error")) text.setAttribute("aria-invalid", "true");
    for (const each of sentence.findings) {
      const line = make("p", { className: `finding ${each.severity}` }, make("b", { textContent: each.kind }), ` ${each.words} `);
      for (const { reference, display, label } of each.suggestions) {
        const name = reference.replace(/[{}]/g, "");
        const put = make("button", { type: "button", title: label, textContent: display });
        put.addEventListener("click", () => replace(text, each.piece, name, display));
        line.append(put, " ");
      }
      box.append(line);
    }
  }
  summary.textContent = found.summary;
}

// What was typed is replaced by the number that the deck has for it.
function replace(text, piece, reference, shown) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = piece ? node.data.indexOf(piece) : -1;
    if (at < 0 || node.parentElement.closest(".chip")) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + piece.length);
    range.deleteContents();
    range.insertNode(chipOf(reference, shown));
    return changed();
  }
  [last, spot] = [text, null];
  putChip(reference, shown);
}

// Numbers: of the deck, and those that are asked for.

editing.addEventListener("click", (event) => {
  const button = event.target.closest(".palette button");
  if (button?.dataset.ref) putChip(button.dataset.ref, button.dataset.text);
});

const asking = editing.querySelector(".asking");
const computed = editing.querySelector(".computed");
asking.addEventListener("submit", async (event) => {
  event.preventDefault();
  const question = asking.elements.question.value.trim();
  asking.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(askUrl, body({ question }));
    const said = await answer.json();
    offer(question, answer.ok ? said.answers : [{ text: "", reason: said.detail, facts: [] }]);
  } catch {
    computed.replaceChildren(make("p", { textContent: editing.dataset.away }));
  }
  asking.removeAttribute("aria-busy");
});

function offer(question, answers) {
  const list = make("ul", { className: "palette" });
  const facts = answers.flatMap((each) => each.facts);
  for (const fact of facts) {
    const button = make("button", { type: "button" }, make("b", { textContent: fact.display }), ` ${fact.label}`);
    button.addEventListener("click", () => putChip(named(question, fact, facts), fact.display));
    list.append(make("li", {}, button));
  }
  const said = answers.flatMap((each) => [each.text, each.reason]).filter(Boolean);
  if (!said.length && !facts.length) said.push(editing.dataset.noAnswer);
  const hint = facts.length ? [make("p", { className: "hint", textContent: editing.dataset.insert })] : [];
  computed.replaceChildren(...said.map((text) => make("p", { textContent: text })), ...hint, list);
}

// The id that a fact of an answer has in the deck.
function named(question, fact, facts) {
  let known = asked.find((each) => each.question === question);
  if (!known) asked.push((known = { question, facts: {}, answer: facts }));
  const there = Object.entries(known.facts).find(([, name]) => name === fact.id);
  if (there) return there[0];
  const name = `f${free++}`;
  known.facts[name] = fact.id;
  return name;
}

if (editing.dataset.unsaved) check();
