"use strict";
// Sends the form of an operation, and shows the answer as it comes in.

const root = location.pathname.replace(/docs\/?$/, "").replace(/\/$/, "");

function place(form) {
  const headers = new Headers(), query = new URLSearchParams();
  let path = form.dataset.path;
  const key = document.getElementById("key").value;
  if (key) headers.set("Authorization", `Bearer ${key}`);
  for (const input of form.querySelectorAll(":scope > label > input")) {
    const [where, name] = input.name.split(/:(.*)/);
    if (where === "path") path = path.replace(`{${name}}`, encodeURIComponent(input.value));
    else if (input.value && where === "query") query.append(name, input.value);
    else if (input.value) headers.set(name, input.value);
  }
  return { url: root + path + (query.size ? `?${query}` : ""), headers };
}

function body(form, headers) {
  const chosen = form.querySelector("fieldset:not([disabled])");
  if (!chosen) return undefined;
  if (chosen.dataset.type === "multipart/form-data") {
    const parts = new FormData();
    for (const input of chosen.querySelectorAll("input")) {
      const value = input.type === "file" ? input.files[0] : input.value;
      if (value) parts.append(input.name, value);
    }
    return parts;
  }
  headers.set("Content-Type", chosen.dataset.type);
  const input = chosen.querySelector("[name=body]");
  return input.type === "file" ? input.files[0] : input.value;
}

async function show(answer, output) {
  const text = document.createElement("pre");
  text.textContent = `${answer.status} ${answer.statusText}\n`;
  for (const [name, value] of answer.headers) text.textContent += `${name}: ${value}\n`;
  output.replaceChildren(text);
  output.hidden = false;
  const type = answer.headers.get("Content-Type") || "";
  if (!/json|text/.test(type)) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = /''(.*)/.exec(answer.headers.get("Content-Disposition") || "")?.[1] || "answer";
    link.textContent = `Save ${link.download}`;
    output.append(link);
    return;
  }
  text.textContent += "\n";
  if (answer.body) {
    for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) text.textContent += piece;
  }
}

async function send(form) {
  const { url, headers } = place(form), output = form.querySelector("output");
  const options = { method: form.dataset.method.toUpperCase(), headers, body: body(form, headers) };
  try {
    await show(await fetch(url, options), output);
  } catch (error) {
    output.textContent = String(error);
    output.hidden = false;
  }
}

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  form.querySelector("select")?.addEventListener("change", (event) => {
    for (const set of form.querySelectorAll("fieldset")) {
      set.hidden = set.disabled = set.dataset.type !== event.target.value;
    }
  });
}

function open() {
  const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (found?.tagName === "DETAILS") found.open = true;
}

addEventListener("hashchange", open);
open();
