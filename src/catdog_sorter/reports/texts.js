"use strict";
// Texts and numbers in the language of the page. Reports and the drop page share this file.

const texts = JSON.parse(document.getElementById("texts").textContent);

// The text in that language, the form of its words chosen by a number if there is one.
function tr(text, number) {
  const forms = texts.forms[text] || [text];
  return forms[texts.singular.includes(number) ? 0 : forms.length - 1];
}

// The parts of a text, with values in place of its `{names}`.
const parts = (text, values) =>
  text.split(/\{(\w+)\}/).map((part, at) => (at % 2 ? values[part] : part));
const filled = (text, values) => parts(text, values).join("");

// A sentence of the program: as `tr`, with the names and numbers that it holds.
function problem(sentence) {
  if (texts.forms[sentence]) return tr(sentence);
  for (const [source, pattern] of patterns) {
    const found = pattern.exec(sentence);
    if (found) return filled(tr(source), found.map(inner));
  }
  return sentence;
}

// A name that stands in a gap, as `cat`, may be a word of the catalogue; a sentence is translated.
const inner = (value, at) => (at && value.endsWith(".") ? problem(value) : value);

// The texts with `{1}`, `{2}` ... in place of what differs, those with most words first.
const patterns = Object.keys(texts.forms).filter((text) => text.includes("{1}"))
  .map((text) => [text, text.split(/\{\d+\}/)])
  .sort(([, some], [, others]) => others.join("").length - some.join("").length)
  .map(([text, words]) => [text, new RegExp(
    `^${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("(.+?)")}$`, "s")]);

const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, texts.group);

// A probability, spelled as everywhere in the program.
const percent = (p) => (p >= 1 ? "100%" : `${(Math.min(p, 0.999) * 100).toFixed(1)}%`)
  .replace(".", texts.decimal).replace("%", texts.percent);
