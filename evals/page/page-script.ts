/**
 * The script of every page: unpacks stored texts when they are opened, keys beside those the browser has, and printing.
 * Plain JavaScript, kept small; without it the page still reads, all but the stored texts.
 */
export const pageScript = `"use strict";
(() => {
  let texts;
  const unpack = () => texts ??= (async () => {
    const packed = document.getElementById("stored-texts").textContent;
    const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  })();
  const fill = async (inside) => {
    const places = [...inside.querySelectorAll(".stored:empty")].filter((place) => place.closest("details") === inside);
    if (places.length === 0) return;
    try {
      const all = await unpack();
      for (const place of places) place.textContent = all[Number(place.dataset.text)];
    } catch {
      for (const place of places) place.textContent = "This browser cannot unpack the text: open the page in a newer one.";
    }
  };
  document.addEventListener("toggle", ({ target }) => { if (target.open) fill(target); }, true);

  const rows = () => [...document.querySelectorAll("[data-row] > summary")];
  const step = (from, by) => {
    const all = rows();
    const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(from) + by))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const summary = event.target.closest("summary");
    const row = summary?.parentElement.matches("[data-row]");
    const key = event.key;
    if (key === "Escape") {
      const open = event.target.closest("details[open]");
      if (!open) return;
      open.open = false;
      open.querySelector("summary").focus();
    } else if (!summary) return;
    else if (key === "ArrowRight") summary.parentElement.open = true;
    else if (key === "ArrowLeft") summary.parentElement.open = false;
    else if (row && key === "ArrowDown") step(summary, 1);
    else if (row && key === "ArrowUp") step(summary, -1);
    else if (row && key === "Home") step(summary, -1e6);
    else if (row && key === "End") step(summary, 1e6);
    else return;
    event.preventDefault();
  });

  const follow = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const row = target && (target.matches("details") ? target : target.querySelector("[data-row]"));
    if (!row) return;
    row.open = true;
    row.querySelector("summary").focus({ preventScroll: true });
    target.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  follow();

  for (const button of document.querySelectorAll("[data-open-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(open));
      for (const row of document.querySelectorAll("[data-row]")) row.open = open;
    });
  }

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("[data-row]:not([open])")];
    for (const row of closed) row.open = true;
  });
  addEventListener("afterprint", () => { for (const row of closed) row.open = false; });
})();`;
