// Sends dropped photos, one a request and a few at once, and shows the answers.
"use strict";

const AT_ONCE = 4;
const byId = (id) => document.getElementById(id);
const waiting = [];
let underWay = 0;
let answered = 0;
let total = 0;
let asksForToken = false;

function entry(file) {
  const item = document.createElement("li");
  const picture = document.createElement("img");
  picture.alt = "";
  picture.src = URL.createObjectURL(file);
  picture.onload = () => URL.revokeObjectURL(picture.src);
  picture.onerror = () => picture.remove(); // a format that this browser does not show
  item.append(picture);
  const parts = {};
  for (const part of ["label", "share", "name"]) {
    parts[part] = document.createElement("span");
    parts[part].className = part;
    item.append(parts[part]);
  }
  parts.label.textContent = "…";
  parts.name.textContent = file.name;
  byId("photos").append(item);
  return parts;
}

function add(files) {
  for (const file of files) {
    waiting.push({ file, parts: entry(file) });
    total += 1;
  }
  goOn();
}

// The files of what was dropped, those in folders too. Hidden files are no photos.
async function filesIn(entries) {
  const found = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    if (entry.isFile) {
      found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
      continue;
    }
    const reader = entry.createReader();
    for (;;) { // a call gives some of the entries, and none at the end
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!some.length) break;
      found.push(...await filesIn(some));
    }
  }
  return found;
}

async function addDropped(data) {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
  const files = [...data.files]; // the list is empty once this function has waited
  if (!entries.some((entry) => entry && entry.isDirectory)) return add(files);
  const inside = await filesIn(entries.filter(Boolean));
  add(inside.filter((file) => file.type.startsWith("image/") || !file.type));
}

function goOn() {
  while (waiting.length && underWay < AT_ONCE && !asksForToken) {
    underWay += 1;
    const photo = waiting.shift();
    ask(photo).then((said) => said && show(photo.parts, said)).finally(() => {
      underWay -= 1;
      goOn();
    });
  }
  byId("token").hidden = !asksForToken;
  byId("state").textContent = total ? `${answered} of ${total} answered. None is kept.` : "";
}

async function ask(photo) {
  const form = new FormData();
  form.append("photos", photo.file);
  const word = byId("word").value;
  const headers = word ? { Authorization: `Bearer ${word}` } : {};
  try {
    const answer = await fetch("/classify", { method: "POST", body: form, headers });
    if (answer.status === 429) {
      const seconds = Number(answer.headers.get("Retry-After")) || 1;
      await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
    }
    if (answer.status === 401) {
      asksForToken = true;
      byId("wrong").hidden = !word;
      setTimeout(() => byId("word").focus());
    }
    if (answer.status === 401 || answer.status === 429) {
      waiting.unshift(photo);
      return null;
    }
    const said = await answer.json();
    return said.photos ? said.photos[0] : said;
  } catch {
    return { error: "The service does not answer." };
  }
}

function show(parts, said) {
  answered += 1;
  const percent = (p) => p >= 1 ? "100%" : `${(100 * Math.min(p, 0.999)).toFixed(1)}%`;
  const kind = said.label || "unreadable";
  parts.label.textContent = kind;
  parts.label.style.color = `var(--${kind})`;
  parts.label.parentElement.classList.add(kind);
  parts.share.textContent =
    said.error ||
    `cat ${percent(said.p_cat)}, dog ${percent(said.p_dog)}` +
      (said.incomplete ? ", incomplete file" : "");
}

const drop = byId("drop");
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop") addDropped(event.dataTransfer);
  });
}
byId("files").addEventListener("change", (event) => {
  add(event.target.files);
  event.target.value = "";
});
byId("token").addEventListener("submit", (event) => {
  event.preventDefault();
  asksForToken = false;
  byId("wrong").hidden = true;
  goOn();
});
