// Draws only the photos that are on the screen, so that many thousands open as quickly as ten.
// Text from the data is only ever set as text, never as HTML.

const NAMES = ["name", "folder", "kind", "confidence", "pCat", "pDog", "notes", "outcome",
  "target", "error", "moment", "address"];
const HEAD_PX = 64, TILE_PX = 260, NARROWEST_PX = 180, BEYOND_PX = 600;
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("photos").textContent);
const photos = data.photos.map((values, number) => ({
  ...Object.fromEntries(NAMES.map((name, at) => [name, values[at]])), number,
}));
const counts = new Map();
for (const photo of photos) counts.set(photo.kind, (counts.get(photo.kind) || 0) + 1);

const ORDERS = {
  least: null, // as written: by kind, then by confidence
  most: (a, b) => rank(a) - rank(b) || b.confidence - a.confidence,
  name: (a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, texts.lang, { numeric: true }),
};
const rank = (photo) => data.kinds.indexOf(photo.kind);

// What is chosen stands in the address, so that a view can be kept and found again.
const chosen = { show: "all", order: "least", search: "" };
for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
  if (key in chosen) chosen[key] = value;
}
if (!(chosen.order in ORDERS)) chosen.order = "least";

let found = []; // the photos that are chosen, in their order
let lines = []; // {top, height, kind, photos or null for a heading}
let drawn = new Map(); // number of a line -> its element
const blocks = new Map();
let printing = false;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

// The JPEG of a photo as base64; undefined while the browser has not read that far.
function picture(number) {
  const block = Math.floor(number / data.block);
  if (!blocks.has(block)) {
    const stored = byId(`pictures-${block}`);
    if (!stored || (document.readyState === "loading" && !stored.nextSibling)) return undefined;
    blocks.set(block, stored.textContent.slice(1).split("\n"));
  }
  return blocks.get(block)[number % data.block];
}

function frame(photo) {
  const place = element("div", "picture", photo.kind === "unreadable" ? problem(photo.error) : "");
  const jpeg = picture(photo.number);
  if (jpeg === undefined) place.dataset.waits = photo.number;
  if (jpeg) {
    const image = element("img");
    image.alt = photo.name;
    image.src = `data:image/jpeg;base64,${jpeg}`;
    place.replaceChildren(image);
  }
  return place;
}

function tile(photo) {
  const made = element("a", `photo ${photo.kind}`);
  made.href = photo.address;
  made.target = "_blank"; // the page stays where it is
  made.rel = "noopener";
  made.dataset.at = photo.at;
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    large.open(photo.at);
  });
  made.title = [`${photo.folder}/${photo.name}`, photo.target && `→ ${photo.target}`, problem(photo.error)]
    .filter(Boolean).join("\n");
  made.append(frame(photo), element("span", "name", photo.name), verdict(photo),
    element("small", "", chances(photo)), element("small", "outcome", outcome(photo)));
  return made;
}

function verdict(photo) {
  const label = element("b", "", tr(photo.kind));
  let said = [label];
  if (photo.notes & 1) said = parts(tr("{label}, corrected by you"), { label });
  else if (photo.confidence) {
    said = parts(tr("{label}, {share} sure"), { label, share: percent(photo.confidence) });
  }
  const more = [];
  if (photo.notes & 2) more.push(tr("incomplete file"));
  if (photo.moment) more.push(filled(tr("video at {moment}"), { moment: photo.moment }));
  const made = element("span");
  made.append(...said, ...more.map((part) => `, ${part}`));
  return made;
}

function chances(photo) {
  return photo.pCat === null ? "" :
    filled(tr("cat {cat}, dog {dog}"), { cat: percent(photo.pCat), dog: percent(photo.pDog) });
}

function outcome(photo) {
  return [tr(photo.outcome, 1), photo.outcome && problem(photo.error)].filter(Boolean).join(": ");
}

// The photo itself where it lies; the small picture where the browser cannot show or find that.
function showLarge(at, image, caption) {
  const photo = found[at];
  image.alt = photo.name;
  image.onerror = () => {
    image.onerror = null;
    const jpeg = picture(photo.number);
    image.hidden = !jpeg;
    if (jpeg) image.src = `data:image/jpeg;base64,${jpeg}`;
  };
  image.src = photo.address;
  const open = element("a", "", tr("Open the file"));
  open.href = photo.address;
  open.target = "_blank";
  open.rel = "noopener";
  const about = [photo.name, verdict(photo), chances(photo), outcome(photo) || problem(photo.error), open];
  about.filter(Boolean).forEach((part, number) => caption.append(...(number ? [" · "] : []), part));
}
const large = lightbox(() => found.length, showLarge);

function wanted() {
  const words = chosen.search.toLowerCase().split(/\s+/).filter(Boolean);
  const chosenOnes = photos.filter((photo) => {
    if (chosen.show !== "all" && photo.kind !== chosen.show) return false;
    const text = `${photo.folder}/${photo.name} ${photo.target}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return ORDERS[chosen.order] ? chosenOnes.sort(ORDERS[chosen.order]) : chosenOnes;
}

function arrange() {
  const sheet = byId("sheet");
  const columns = Math.max(2, Math.floor(sheet.clientWidth / NARROWEST_PX));
  sheet.style.setProperty("--columns", columns);
  found = wanted();
  found.forEach((photo, at) => { photo.at = at; });
  lines = [];
  let top = 0;
  const add = (line) => { lines.push({ ...line, top }); top += line.height; };
  for (const kind of data.kinds) {
    const own = found.filter((photo) => photo.kind === kind);
    if (own.length) add({ height: HEAD_PX, kind, count: own.length, photos: null });
    for (let at = 0; at < own.length; at += columns) {
      add({ height: TILE_PX, kind, photos: own.slice(at, at + columns), columns });
    }
  }
  sheet.style.height = `${top}px`;
  sheet.replaceChildren();
  drawn = new Map();
  const shares = { n: grouped(found.length), total: grouped(photos.length) };
  byId("count").textContent = found.length === photos.length ? "" : found.length ?
    filled(tr("{n} of {total} photos"), shares) : tr("No photo matches.");
  draw();
}

function lineElement(line) {
  const made = element("div", "line");
  made.style.top = `${line.top}px`;
  if (line.photos) {
    made.style.gridTemplateColumns = `repeat(${line.columns}, minmax(0, 1fr))`;
    made.append(...line.photos.map(tile));
  } else {
    const number = grouped(line.count);
    made.append(element("h2", "", filled(tr("{label}: {number}"), { label: tr(line.kind), number })));
  }
  return made;
}

function draw() {
  if (printing) return;
  const sheet = byId("sheet");
  const from = -sheet.getBoundingClientRect().top - BEYOND_PX;
  const to = from + innerHeight + 2 * BEYOND_PX;
  let first = 0, end = lines.length; // the first line that reaches below `from`
  while (first < end) {
    const middle = (first + end) >> 1;
    if (lines[middle].top + lines[middle].height < from) first = middle + 1;
    else end = middle;
  }
  const visible = new Map();
  for (let at = first; at < lines.length && lines[at].top <= to; at += 1) {
    const there = drawn.get(at) || sheet.appendChild(lineElement(lines[at]));
    visible.set(at, there);
  }
  for (const [at, old] of drawn) if (!visible.has(at)) old.remove();
  drawn = visible;
}

// Paper has no screen to be near: all that is chosen is drawn.
function drawAll() {
  fillIn();
  byId("sheet").replaceChildren(...lines.map(lineElement));
  drawn = new Map();
}

function fillIn() {
  for (const place of document.querySelectorAll("[data-waits]")) {
    place.replaceWith(frame(photos[place.dataset.waits]));
  }
}

function choose(key, value) {
  chosen[key] = value;
  const address = new URLSearchParams(chosen).toString();
  history.replaceState(null, "", `#${address}`);
  showChoice();
  scrollTo(0, Math.min(scrollY, byId("bar").offsetTop));
  arrange();
}

function showChoice() {
  for (const button of byId("kinds").children) {
    button.setAttribute("aria-pressed", String(button.value === chosen.show));
  }
}

for (const kind of ["all", ...data.kinds.filter((kind) => counts.has(kind))]) {
  const count = kind === "all" ? photos.length : counts.get(kind);
  const button = element("button", "", `${tr(kind)} ${grouped(count)}`);
  button.type = "button";
  button.value = kind;
  button.addEventListener("click", () => choose("show", kind));
  byId("kinds").append(button);
}
byId("search").value = chosen.search;
byId("search").addEventListener("input", (event) => choose("search", event.target.value));
byId("order").value = chosen.order;
byId("order").addEventListener("change", (event) => choose("order", event.target.value));
byId("table").addEventListener("click", () => saveTable("photos.csv",
  ["path", "label", "p_cat", "p_dog", "outcome", "target", "error"],
  found.map((photo) => [`${photo.folder}/${photo.name}`, photo.kind, photo.pCat, photo.pDog,
    photo.outcome, photo.target, photo.error])));
// Arrow keys go from photo to photo; what comes into sight is drawn as it does.
byId("sheet").addEventListener("keydown", (event) => {
  const columns = Number(byId("sheet").style.getPropertyValue("--columns"));
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
  const from = event.target.dataset && event.target.dataset.at;
  if (!by || from === undefined) return;
  const to = document.querySelector(`[data-at="${Number(from) + by}"]`);
  if (to) {
    event.preventDefault();
    to.focus();
  }
});
addEventListener("scroll", draw, { passive: true });
addEventListener("resize", () => printing || arrange());
addEventListener("beforeprint", () => { printing = true; drawAll(); });
addEventListener("afterprint", () => { printing = false; arrange(); });
const filling = setInterval(fillIn, 100); // while the pictures are still being read
document.addEventListener("DOMContentLoaded", () => { clearInterval(filling); fillIn(); });
showChoice();
arrange();
document.documentElement.dataset.drawnMs = performance.now().toFixed(0);
