// Sends dropped photos, one a request and a few at once, and shows the answers.
"use strict";

const AT_ONCE = 4;
const byId = (id) => document.getElementById(id);
const waiting = [];
const photos = []; // in the order in which they were given: {file, item, parts, kind, said}
const KINDS = ["cat", "dog", "both", "neither", "unsure", "unreadable"];
const counts = new Map(); // of "all" and each kind
let underWay = 0;
let answered = 0;
let chosen = "all";
let asksForToken = false;

function entry(file) {
  const photo = { file, item: document.createElement("li"), parts: {}, kind: "", said: null };
  const open = document.createElement("button");
  const picture = document.createElement("img");
  open.type = "button";
  open.setAttribute("aria-label", filled(tr("Open {name} large"), { name: file.name }));
  open.addEventListener("click", () => large.open(shown().indexOf(photo)));
  open.append(picture);
  photo.item.append(open);
  picture.alt = "";
  showPicture(picture, photo);
  for (const part of ["label", "share", "name"]) {
    photo.parts[part] = document.createElement("span");
    photo.parts[part].className = part;
    photo.item.append(photo.parts[part]);
  }
  photo.parts.label.textContent = "…";
  photo.parts.name.textContent = file.name;
  byId("photos").append(photo.item);
  photos.push(photo);
  count("all");
  hideOthers(photo);
  return photo;
}

// The photo as the browser shows it, or else as the service does, which reads more formats.
function showPicture(picture, photo) {
  const url = URL.createObjectURL(photo.file);
  const done = () => URL.revokeObjectURL(url);
  picture.onload = done;
  picture.onerror = async () => {
    done();
    picture.onload = picture.onerror = null;
    picture.hidden = true;
    const small = await thumbnail(photo);
    picture.hidden = !small;
    if (small) picture.src = URL.createObjectURL(small);
    else if (picture.parentElement.tagName === "BUTTON") picture.parentElement.append(tr("no picture"));
  };
  picture.src = url;
}

// A JPEG by the service, asked for once the photo itself was answered; null where it has none.
async function thumbnail(photo) {
  while (!photo.said) await new Promise((resolve) => setTimeout(resolve, 200));
  if (photo.said.error) return null;
  if (!photo.small) photo.small = askFor("/thumbnail", photo.file).then((answer) =>
    answer.ok ? answer.blob() : null, () => null);
  return photo.small;
}

function askFor(address, file) {
  const form = new FormData();
  form.append("photos", file);
  return fetch(address, { method: "POST", body: form, headers: credentials() });
}

function credentials() {
  const word = byId("word").value;
  return word ? { Authorization: `Bearer ${word}` } : {};
}

function askForToken() {
  asksForToken = true;
  byId("wrong").hidden = !byId("word").value;
  setTimeout(() => byId("word").focus());
}

// Whether the service accepts the token, or needs none; before a photo is sent.
async function checkToken() {
  const answer = await fetch("/metrics", { headers: credentials() }).catch(() => null);
  if (answer?.status === 401) askForToken();
  else asksForToken = false;
  goOn();
}

function add(files) {
  for (const file of files) {
    waiting.push(entry(file));
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
    ask(photo).then((said) => said && show(photo, said)).finally(() => {
      underWay -= 1;
      goOn();
    });
  }
  byId("token").hidden = !asksForToken;
  const shares = { n: grouped(answered), total: grouped(photos.length) };
  if (photos.length) {
    byId("state").textContent = filled(tr("{n} of {total} answered. None is kept."), shares);
  }
}

async function ask(photo) {
  try {
    const answer = await askFor("/classify", photo.file);
    if (answer.status === 429) {
      const seconds = Number(answer.headers.get("Retry-After")) || 1;
      await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
    }
    if (answer.status === 401) askForToken();
    if (answer.status === 401 || answer.status === 429) {
      waiting.unshift(photo);
      return null;
    }
    const said = await answer.json();
    if (answer.status === 413) return { error: tr("The photo is too large for this service.") };
    if (answer.status === 408 || answer.status === 504) {
      return { error: tr("The service took too long.") };
    }
    return said.photos ? said.photos[0] : said;
  } catch {
    return { error: tr("The service does not answer.") };
  }
}

function words(said) {
  if (said.error) return problem(said.error);
  const shares = { cat: percent(said.p_cat), dog: percent(said.p_dog) };
  const chances = filled(tr("cat {cat}, dog {dog}"), shares);
  return said.incomplete ? `${chances}, ${tr("incomplete file")}` : chances;
}

function show(photo, said) {
  answered += 1;
  photo.said = said;
  photo.kind = said.label || "unreadable";
  photo.parts.label.textContent = tr(photo.kind);
  photo.parts.label.style.color = `var(--${photo.kind})`;
  photo.item.classList.add(photo.kind);
  photo.parts.share.textContent = words(said);
  if (said.error) photo.parts.share.title = words(said); // a long one is cut off
  count(photo.kind);
  hideOthers(photo);
}

// --- What is shown ---------------------------------------------------------------------------

function shown() {
  return photos.filter((photo) => chosen === "all" || photo.kind === chosen);
}

function count(kind) {
  counts.set(kind, (counts.get(kind) || 0) + 1);
  const button = kindButton(kind);
  button.hidden = false;
  button.textContent = `${tr(kind)} ${grouped(counts.get(kind))}`;
}

// All buttons are made with the first count, in their order, and hidden until theirs.
function kindButton(kind) {
  const place = byId("kinds");
  if (!place.children.length) {
    place.append(...["all", ...KINDS].map((one) => {
      const button = document.createElement("button");
      button.type = "button";
      button.value = one;
      button.hidden = true;
      button.setAttribute("aria-pressed", String(one === chosen));
      button.addEventListener("click", () => choose(one));
      return button;
    }));
    byId("bar").hidden = false;
  }
  return place.querySelector(`[value="${kind}"]`);
}

function choose(kind) {
  chosen = kind;
  for (const button of byId("kinds").children) {
    button.setAttribute("aria-pressed", String(button.value === kind));
  }
  photos.forEach(hideOthers);
}

function hideOthers(photo) {
  photo.item.hidden = chosen !== "all" && photo.kind !== chosen;
}

const large = lightbox(() => shown().length, (at, image, caption) => {
  const photo = shown()[at];
  image.alt = photo.file.name;
  showPicture(image, photo);
  caption.textContent = [photo.file.name, tr(photo.kind), photo.said && words(photo.said)]
    .filter(Boolean).join(" · ");
});

byId("table").addEventListener("click", () => saveTable("photos.csv",
  ["name", "label", "p_cat", "p_dog", "error"],
  shown().map(({ file, kind, said }) => [file.name, kind, said?.p_cat, said?.p_dog, said?.error])));

// Arrow keys go from photo to photo.
byId("photos").addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by) return;
  const buttons = [...document.querySelectorAll("#photos li:not([hidden]) > button")];
  const to = buttons[buttons.indexOf(event.target) + by];
  if (to) to.focus();
});

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
  checkToken();
});
checkToken();
