// What a browser adds to finished pages: amounts in the viewer's own way, figures under the pointer, copying.
"use strict";

const locale = navigator.languages && navigator.languages.length ? [...navigator.languages] : undefined;

function formats() {
  const made = new Map();
  return (options) => {
    const key = JSON.stringify(options);
    if (!made.has(key)) made.set(key, new Intl.NumberFormat(locale, options));
    return made.get(key);
  };
}
const format = formats();

function inMoney(element) {
  const value = Number(element.value);
  const options = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  if (element.dataset.currency) Object.assign(options, { style: "currency", currency: element.dataset.currency });
  if ("change" in element.dataset) options.signDisplay = "exceptZero";
  try {
    element.textContent = format(options).format(value);
  } catch {
    // A currency nobody knows: what the server wrote stays.
  }
}

function inPercent(element) {
  const value = Number(element.value) / 100;
  const digits = Math.abs(value) >= 10 ? 0 : 1;
  const sign = "change" in element.dataset ? "exceptZero" : "auto";
  element.textContent = format({ style: "percent", maximumFractionDigits: digits, signDisplay: sign }).format(value);
}

function inWords(root) {
  root.querySelectorAll("data.amount").forEach(inMoney);
  root.querySelectorAll("data.percent").forEach(inPercent);
  root.querySelectorAll("text[data-amount]").forEach((text) => {
    text.textContent = format({ notation: "compact", maximumFractionDigits: 2 }).format(Number(text.dataset.amount));
  });
  root.querySelectorAll("time[datetime]").forEach((time) => {
    const at = new Date(time.dateTime);
    time.title = time.textContent;
    time.textContent = at.toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
  });
}

// Figures under the pointer: read from the table below the chart, which says the same to a screen reader.
function pointable(chart) {
  const table = chart.parentElement.querySelector("table");
  const shown = () => [...chart.querySelectorAll("svg[data-count]")].find((svg) => svg.getBoundingClientRect().width);
  if (!table || !shown()) return;
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const rows = [...table.tBodies[0].rows];
  const line = document.createElement("div");
  line.className = "pointer";
  const tip = document.createElement("div");
  tip.className = "tip";
  chart.append(line, tip);
  line.hidden = tip.hidden = true;
  let at = rows.length - 1;

  const show = (column) => {
    const svg = shown();
    if (!svg || !rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, column));
    const frame = chart.getBoundingClientRect(), box = svg.getBoundingClientRect();
    const scale = box.width / svg.viewBox.baseVal.width, data = svg.dataset;
    const step = (data.right - data.left) / data.count;
    const x = box.left - frame.left + scale * (Number(data.left) + (at + 0.5) * step);
    line.hidden = tip.hidden = false;
    line.style.left = `${x}px`;
    line.style.top = `${scale * data.top}px`;
    line.style.height = `${scale * (data.bottom - data.top)}px`;
    fill(tip, heads, rows[at]);
    const width = tip.offsetWidth;
    tip.style.left = `${Math.max(0, x + 14 + width > frame.width ? x - width - 14 : x + 14)}px`;
    tip.style.top = `${scale * data.top}px`;
  };
  const hide = () => { line.hidden = tip.hidden = true; };
  chart.addEventListener("pointermove", (event) => {
    const svg = shown();
    if (!svg) return;
    const box = svg.getBoundingClientRect(), data = svg.dataset;
    const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
    show(Math.floor(((x - data.left) / (data.right - data.left)) * data.count));
  });
  chart.addEventListener("pointerleave", hide);
  chart.addEventListener("blur", hide);
  chart.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: -1, ArrowRight: 1, Home: -rows.length, End: rows.length };
    if (event.key === "Escape") hide();
    if (!(event.key in moves)) return;
    event.preventDefault();
    show(line.hidden ? at : at + moves[event.key]);
  });
}

function fill(tip, heads, row) {
  const title = document.createElement("strong");
  title.textContent = row.cells[0].textContent;
  const list = document.createElement("dl");
  for (let i = 1; i < row.cells.length; i += 1) {
    if (!row.cells[i].textContent) continue;
    const name = document.createElement("dt"), value = document.createElement("dd");
    name.textContent = heads[i];
    value.textContent = row.cells[i].textContent;
    list.append(name, value);
  }
  tip.replaceChildren(title, list);
}

function copyable(button) {
  button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "copied";
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = "selected";
    }
    setTimeout(() => { button.textContent = "copy"; }, 1500);
  });
}

// A part that takes the server a while: asked for once the page stands.
async function filled(part) {
  try {
    const answer = await fetch(part.dataset.fill, { headers: { "X-Part": "1" } });
    if (!answer.ok) throw new Error(answer.status);
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    part.replaceChildren(...made.body.childNodes);
    part.removeAttribute("aria-busy");
    ready(part);
  } catch {
    part.querySelector(".waiting").textContent = "It could not be read; load the page again.";
  }
}

// An answer that comes line by line: each line a finished piece of a page.
async function answered(form) {
  const answer = form.closest("section").querySelector(".answer"), button = form.querySelector("button");
  answer.replaceChildren();
  button.disabled = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    const reply = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "1" } });
    const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop();
      lines.forEach((line) => {
        const made = new DOMParser().parseFromString(JSON.parse(line), "text/html");
        answer.append(...made.body.childNodes);
      });
    }
  } catch {
    answer.append("The answer broke off; ask again.");
  }
  button.disabled = false;
}

function ready(root) {
  inWords(root);
  root.querySelectorAll(".chart").forEach(pointable);
  root.querySelectorAll("button.copy").forEach(copyable);
  root.querySelectorAll("input.every").forEach((every) => {
    every.addEventListener("change", () => {
      every.closest("table").querySelectorAll("tbody input[type=checkbox]").forEach((one) => { one.checked = every.checked; });
    });
  });
  root.querySelectorAll("form[data-at-once] select").forEach((select) => {
    select.addEventListener("change", () => select.form.requestSubmit());
  });
  root.querySelectorAll("form.filters").forEach((form) => {
    form.addEventListener("submit", () => {
      form.querySelectorAll("select, input").forEach((field) => { if (!field.value) field.disabled = true; });
    });
  });
  root.querySelectorAll("form[data-ask]").forEach((form) => {
    form.addEventListener("submit", (event) => { event.preventDefault(); answered(form); });
  });
  root.querySelectorAll("[data-fill]").forEach(filled);
}

ready(document);
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form.filters [disabled]").forEach((field) => { field.disabled = false; });
});
