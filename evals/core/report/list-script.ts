/**
 * The script of the list of samples: unpacks the index, filters, shows a page of rows, and unpacks a row's details when it
 * is opened. Plain JavaScript; text from outside enters the page as text only.
 */
export const listScript = `"use strict";
(async () => {
  const list = document.getElementById("list");
  if (!list) return;
  const unpack = async (id) => {
    const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  };
  const blocks = new Map();
  const block = (id) => { if (!blocks.has(id)) blocks.set(id, unpack(id)); return blocks.get(id); };
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) { element.textContent = text; if (tag !== "span" && tag !== "summary") element.dir = "auto"; }
    return element;
  };
  const [rows, status, form, pages] = [".samples", ".found", ".filters", ".pages"].map((place) => list.querySelector(place));
  let index;
  try { index = await unpack("index"); }
  catch { status.textContent = "This browser cannot unpack the list: open the page in a newer one."; return; }
  const pageSize = 50;
  const count = (n) => n.toLocaleString("en");
  let found = [];
  let page = 0;

  const fold = (text) => text.toLocaleLowerCase();
  const tests = () => index.columns.flatMap((column) => {
    const field = form.elements.namedItem(column.id);
    if (!field || field.value === "") return [];
    const wanted = fold(field.value);
    const passes = Uint8Array.from(column.values, (value) => (column.filter === "choice" ? value === field.value : fold(value).includes(wanted)) ? 1 : 0);
    return [{ codes: column.codes, passes }];
  });
  const filter = () => {
    const all = tests();
    found = [];
    for (let row = 0; row < index.n; row++) if (all.every(({ codes, passes }) => passes[codes[row]] === 1)) found.push(row);
    page = 0;
    show();
  };

  const rowOf = (row) => {
    const item = make("li");
    const details = make("details", "sample");
    details.dataset.row = "";
    details.dataset.sample = String(row);
    const summary = make("summary");
    for (const column of index.columns.filter(({ shown }) => shown)) {
      const value = column.values[column.codes[row]];
      const cell = make("span", "c-" + column.id + (value === "" ? " none" : ""), value === "" ? "none" : value);
      cell.dataset.title = column.title;
      cell.dataset.value = value;
      summary.append(cell, " ");
    }
    details.append(summary, make("div", "detail"));
    item.append(details);
    return item;
  };
  const show = () => {
    const last = Math.max(0, Math.ceil(found.length / pageSize) - 1);
    page = Math.min(Math.max(0, page), last);
    const shown = found.slice(page * pageSize, (page + 1) * pageSize);
    rows.replaceChildren(...shown.map(rowOf));
    rows.start = page * pageSize + 1;
    status.textContent = found.length === index.n ? count(index.n) + " " + index.noun : count(found.length) + " of " + count(index.n) + " " + index.noun;
    pages.hidden = last === 0;
    pages.querySelector("span").textContent = count(page * pageSize + 1) + " to " + count(page * pageSize + shown.length) + " of " + count(found.length);
    pages.querySelector("[data-page='-1']").disabled = page === 0;
    pages.querySelector("[data-page='1']").disabled = page === last;
  };

  const part = (into, title, ...children) => {
    const section = make("div", "part");
    section.append(make("h4", "", title), ...children);
    into.append(section);
  };
  const said = (text, className = "said") => make("p", className, text);
  const listOf = (texts) => { const ul = make("ul"); ul.append(...texts.map((text) => make("li", "", text))); return ul; };
  const pairs = (entries) => {
    const dl = make("dl", "facts");
    for (const [name, value] of entries) dl.append(make("dt", "", name), make("dd", "", value));
    return dl;
  };
  const closed = (title, ...children) => { const details = make("details"); details.append(make("summary", "", title), ...children); return details; };
  const memory = async ({ text, score, parts }) => {
    const all = await block("memories-" + Math.floor(text / index.memoriesABlock));
    const { text: words, thinking, emotion, source } = all[text % index.memoriesABlock];
    const item = make("li");
    item.append(said(words), make("p", "small soft", source));
    const then = [thinking, emotion].filter(Boolean);
    if (then.length > 0) item.append(closed("What was thought and felt then", ...then.map((each) => said(each))));
    const numbers = Object.entries(parts).map(([name, value]) => [index.scoreParts[name] ?? name, value.toFixed(2).replace("-", "\\u2212")]);
    item.append(closed("Why this came to mind: score " + score.toFixed(2).replace("-", "\\u2212"), pairs(numbers)));
    return item;
  };
  const mindOf = async (mind) => {
    const inside = make("div", "inside");
    if (mind.keyElements.length > 0) part(inside, "Noticed", listOf(mind.keyElements));
    if (mind.queries.length > 0) part(inside, mind.asksForMemory ? "Something had to be remembered; looked for" : "Looked for in memory", listOf(mind.queries));
    const memories = make("ol");
    memories.append(...await Promise.all(mind.memories.map(memory)));
    part(inside, "Remembered", mind.memories.length > 0 ? memories : make("p", "soft", "Nothing came to mind."));
    for (const [title, text] of mind.parts) part(inside, title, said(text));
    if (mind.mood) part(inside, "Mood afterwards", said(mind.mood));
    return inside;
  };
  const sideOf = async (side) => {
    const box = make("section", "side");
    if (side.label) box.append(make("h3", "", side.label));
    part(box, "Asked", said(side.question || "Nothing was put."));
    part(box, "Replied", side.reply === undefined ? make("p", "soft", "There is no reply.") : said(side.reply));
    const read = [["Extracted answer", side.extracted ?? "none"], ["Right answer (key)", side.key ?? "there is none"]];
    if (side.reason) read.push(["Why", side.reason]);
    if (side.scores) read.push(["Scores", Object.entries(side.scores).map(([name, value]) => name + " " + Number(value.toFixed(4))).join(", ")]);
    part(box, "Read as", pairs(read));
    if (side.mind) box.append(closed("What went on in the mind", await mindOf(side.mind)));
    if (side.otherMind) box.append(closed("What went on in the mind", make("pre", "stored", side.otherMind)));
    box.append(closed("Cost and origin", listOf(side.facts)));
    return box;
  };
  const fill = async (details) => {
    const place = details.querySelector(".detail");
    if (place.childElementCount > 0 || place.dataset.filling) return;
    place.dataset.filling = "1";
    const row = Number(details.dataset.sample);
    const all = await block("samples-" + Math.floor(row / index.samplesABlock));
    place.append(...await Promise.all(all[row % index.samplesABlock].map(sideOf)));
  };
  rows.addEventListener("toggle", ({ target }) => { if (target.open && target.dataset.sample !== undefined) fill(target); }, true);

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  pages.addEventListener("click", ({ target }) => {
    const by = target.closest("[data-page]")?.dataset.page;
    if (!by) return;
    page += Number(by);
    show();
    list.scrollIntoView({ block: "start" });
    rows.querySelector("summary")?.focus({ preventScroll: true });
  });
  addEventListener("click", (event) => {
    const link = event.target.closest("[data-filter]");
    if (!link) return;
    form.reset();
    for (const [name, value] of Object.entries(JSON.parse(link.dataset.filter))) { const field = form.elements.namedItem(name); if (field) field.value = value; }
    filter();
    rows.querySelector("summary")?.focus({ preventScroll: true });
  });
  filter();
  list.dataset.ready = "";
})();`;
