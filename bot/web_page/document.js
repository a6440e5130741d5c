/* A document, with the quotes of an answer lit in it. */

const LINES_A_BLOCK = 40;

/* Show where a quote stands. */
async function show(citation, focus = true) {
  const { turn, source, key } = citation, index = turn.quoted.indexOf(citation);
  current = citation;
  try {
    const found = await sourceOf(source);
    if (current !== citation) return;
    if (laid.source !== found || laid.turn !== turn) open(found, turn);
  } catch (error) {
    openPane("Documents", paragraph("block failed", error.message));
    say(error.message);
  }
  document.body.classList.toggle("reading", focus);
  at("count").textContent = `${index + 1} of ${turn.quoted.length}`;
  Object.assign(at("previous"), { hidden: false, disabled: index === 0 });
  Object.assign(at("next"), { hidden: false, disabled: index === turn.quoted.length - 1 });
  markCurrent(key);
  const lit = document.querySelector("mark[aria-current]");
  lit?.scrollIntoView({ block: "center" });
  if (focus) lit?.focus({ preventScroll: true });
  // The blocks in between have their true height only now.
  requestAnimationFrame(() => lit?.scrollIntoView({ block: "center" }));
}

/* Show no quote: that of an earlier question would look like the answer to this one. */
function showNone() {
  current = null;
  markCurrent(null);
  if (laid.turn) listDocuments();
}

function markCurrent(key) {
  for (const element of document.querySelectorAll("[data-quotes]")) {
    if (element.dataset.quotes.split(" ").includes(key)) element.setAttribute("aria-current", "true");
    else element.removeAttribute("aria-current");
  }
}

/* Put the focus on the quote that is shown, where the arrows lead on, or on its card where no document is seen. */
function goTo(citation) {
  const lit = document.querySelector("mark[aria-current]");
  const seen = lit?.checkVisibility({ visibilityProperty: true }) ? lit : placeOn(citation);
  seen?.focus({ preventScroll: true });
}

function step(by) {
  const quoted = (current?.turn ?? turns.at(-1))?.quoted ?? [], next = quoted[quoted.indexOf(current) + by];
  if (next) show(next);
}

/* Go back to the card of a quote, or to the question. */
function leave(citation) {
  document.body.classList.remove("reading");
  (placeOn(citation) ?? at("words")).focus();
}

/* The button on a quote's card that shows it. */
function placeOn(citation) {
  return document.querySelector(`.card[data-quotes="${citation?.key}"] .place`);
}

function openPane(title, ...children) {
  laid = {};
  at("title").textContent = visible(title);
  at("about").replaceChildren();
  at("list").hidden = documents.length < 2;
  at("count").textContent = "";
  at("previous").hidden = at("next").hidden = true;
  at("body").replaceChildren(...children);
  at("body").scrollTop = 0;
}

function open(source, turn) {
  openPane(source.title, ...blocksOf(source, turn));
  laid = { source, turn };
  at("body").lang = source.language;
  at("about").append(...[source.date, source.date && " ", link(source.uri, "Open the original")].filter(Boolean));
}

/* The lines of a document, some to a block, so that a browser need not lay out all of them. */
function blocksOf({ text, places, id, sha256 }, turn) {
  const quotes = (turn?.quoted ?? []).filter(({ source }) => source.id === id && source.sha256 === sha256);
  const pointsOf = ({ start, end, highlight }) => [start, end, ...(highlight ?? [])];
  const units = unitsOf(text, [...quotes.flatMap(pointsOf), ...places.map((place) => place.start)]);
  const lit = quotes.map((quote) => ({ quote, points: pointsOf(quote).map((point) => units.get(point)) }));
  const lines = [], blocks = [];
  let page = null, next = 0;
  for (const { index: start, 0: line } of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    const words = line.replace(/[\r\n]+$/, "");
    let heading = null;
    for (; next < places.length && units.get(places[next].start) < start + Math.max(words.length, 1); next++) {
      const place = places[next];
      heading = place.heading?.split(" › ").at(-1);
      if (place.page && place.page !== page) lines.push(make("p", { className: "page" }, pageName(place)));
      page = place.page;
    }
    lines.push(lineOf(text, start, start + words.length, lit, heading && words.includes(heading)));
  }
  while (lines.length) blocks.push(make("div", { className: "block" }, ...lines.splice(0, LINES_A_BLOCK)));
  return blocks;
}

function pageName({ page, page_label: label }) {
  return label && label !== String(page) ? `page ${label} (${page} in the file)` : `page ${page}`;
}

function lineOf(text, start, end, lit, isHeading) {
  const role = isHeading ? { role: "heading", ariaLevel: 3 } : {};
  const element = make("div", { className: isHeading ? "line heading" : "line", dir: "auto", ...role });
  // The marks of Markdown before a heading are there, but not seen.
  const syntax = isHeading ? /^#*\s*/.exec(text.slice(start, end))[0] : "", first = start + syntax.length;
  if (syntax) element.append(make("span", { className: "syntax" }, syntax));
  const cuts = lit.flatMap(({ points }) => points).filter((point) => point > first && point < end);
  const borders = [first, ...cuts.sort((one, other) => one - other), end];
  borders.slice(1).forEach((to, index) => {
    const from = borders[index], words = visible(text.slice(from, to));
    const inside = lit.filter(({ points }) => points[0] < to && from < points[1]);
    for (const { quote, points } of inside) {
      const begins = points[0] >= start && from === Math.max(points[0], first);
      if (begins && quote.number) element.append(backTo(quote));
    }
    const isAnswer = inside.some(({ points }) => points[2] <= from && to <= points[3]);
    const keys = inside.map(({ quote }) => quote.key).join(" ");
    const mark = { className: isAnswer ? "answer" : "", tabIndex: -1, "data-quotes": keys };
    if (words) element.append(inside.length ? make("mark", mark, words) : words);
  });
  return element;
}

function backTo(quote) {
  const properties = { "aria-label": `Back to quote ${quote.number}`, "data-quotes": quote.key };
  return button("number", { ...properties, onclick: () => leave(quote) }, String(quote.number));
}

/* The list of documents, and which collections are asked. */
function listDocuments() {
  const names = [...new Set(documents.map((one) => one.collection))];
  openPane("Documents", ...names.flatMap((name) => {
    const box = make("input", { type: "checkbox", checked: collections.includes(name) });
    box.onchange = () => { collections = collections.filter((one) => one !== name).concat(box.checked ? name : []); };
    const titles = documents.filter((one) => one.collection === name).map((one) => (
      make("li", {}, button("", { dir: "auto", onclick: () => read(one) }, visible(one.title)))));
    const choice = names.length > 1 && make("label", {}, box, ` Ask in “${visible(name)}”`);
    return [choice, make("ul", {}, ...titles)].filter(Boolean);
  }));
  at("list").hidden = true;
  at("about").textContent = counted(documents.length, "document");
}

async function read(chosen) {
  await sourceOf(chosen).then((source) => open(source, null), failInPane);
  enterPane();
}

function failInPane(error) {
  openPane("Documents", paragraph("block failed", error.message));
}

function enterPane() {
  document.body.classList.add("reading");
  at("title").focus();
}
