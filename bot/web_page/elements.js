/* Making elements: what documents, questions and servers say reaches the page as text nodes, never as HTML. */

// What could hide words or put them in another order; right-to-left marks stay, because a browser needs them.
const HIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

const at = (id) => document.getElementById(id);
const visible = (text) => text.replace(HIDDEN, (hidden) => `\\u{${hidden.codePointAt(0).toString(16)}}`);
const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
const isWeb = (address) => /^https?:\/\//i.test(address) && URL.canParse(address);

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

function paragraph(className, ...children) {
  return make("p", { className, dir: "auto" }, ...children);
}

function button(className, properties, ...children) {
  return make("button", { type: "button", className, ...properties }, ...children);
}

function link(href, words) {
  return isWeb(href) && make("a", { href, target: "_blank", rel: "noopener noreferrer" }, words);
}

/* A sentence for a screen reader. */
function say(sentence) {
  at("status").textContent = visible(sentence);
}
