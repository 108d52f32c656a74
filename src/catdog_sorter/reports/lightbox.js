"use strict";
// Reports and the drop page share this file.

// One photo as large as the page: ← and → walk, Escape closes.
// `count()` says how many photos there are, `show(number, image, caption)` fills in one of them.
function lightbox(count, show) {
  const part = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.setAttribute("aria-label", name);
    return made;
  };
  const dialog = part("dialog", "", tr("One photo, large"));
  dialog.id = "large";
  const image = part("img"), caption = part("p"), row = part("div"), place = part("span");
  const back = part("button", "←", tr("Previous photo"));
  const next = part("button", "→", tr("Next photo"));
  const close = part("button", "✕", tr("Close"));
  caption.setAttribute("role", "status");
  row.append(back, place, next, close);
  dialog.append(image, caption, row);
  document.body.append(dialog);
  let at = 0;
  const go = (to) => {
    if (to < 0 || to >= count()) return;
    at = to;
    place.textContent = filled(tr("{n} of {total}"), { n: grouped(at + 1), total: grouped(count()) });
    back.disabled = at === 0;
    next.disabled = at === count() - 1;
    image.hidden = false;
    image.onerror = null;
    caption.replaceChildren();
    show(at, image, caption);
  };
  for (const button of [back, next, close]) button.type = "button";
  back.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => go(at + 1));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  // Of the page, as a button that is disabled at an end loses the focus to it.
  document.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (dialog.open && by) go(at + by);
  });
  return {
    open(number) {
      go(number);
      dialog.showModal();
    },
  };
}

// A table as a file: every value is quoted, so that no comma, line or formula in a name counts.
function saveTable(name, columns, rows) {
  const quoted = (value) => {
    const text = String(value ?? "");
    return `"${(/^[=+\-@\t\r]/.test(text) && isNaN(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  const lines = [columns, ...rows].map((row) => row.map(quoted).join(","));
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(new Blob([`${lines.join("\r\n")}\r\n`], { type: "text/csv" }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
