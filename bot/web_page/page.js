/* The page: what it holds, asking, keys and buttons. */

const DATA = JSON.parse(at("data").textContent);
const SERVED = DATA.answer === null;
const MAX_TURNS = 20; // of the conversation that is sent with a question
const turns = []; // every question so far: {answer, quoted, article, body}
let documents = DATA.sources; // those that can be opened, each with its text once it was needed
let collections = []; // those to ask
let current = null; // the citation that is shown in its document
let laid = {}; // the document that is shown, and the turn whose quotes are lit in it
let request = null; // what ends the question that is being answered

async function ask(question) {
  const told = turns.map((turn) => turn.answer).filter(Boolean).slice(-MAX_TURNS);
  const history = told.map((answer) => ({ question: answer.question, answer: answer.text }));
  const turn = begin(question);
  request = new AbortController();
  at("send").textContent = "Stop";
  turn.body.append(paragraph("quiet", "Looking for the words…"));
  turn.article.scrollIntoView();
  say("Looking for the words…");
  try {
    const body = { question, history, stream: true, ...(collections.length ? { collections } : {}) };
    for await (const answer of snapshots(await call("ask", body, request.signal))) {
      if (answer.error) throw new Error(answer.error);
      showAnswer(turn, answer);
    }
  } catch (error) {
    const sentence = request.signal.aborted ? "Stopped." : error.message;
    Object.assign(turn, { answer: null, quoted: [] });
    turn.body.replaceChildren(paragraph("failed", sentence));
  }
  request = null;
  at("send").textContent = "Ask";
  if (turn.quoted.length) {
    await show(turn.quoted[0], false);
    if (isWaiting()) goTo(turn.quoted[0]);
  } else showNone();
  turn.article.scrollIntoView();
  // Last: a screen reader that follows the focus first would drop what was said before.
  if (turn.answer) announce(turn);
  else say(turn.body.textContent);
}

/* Whether nobody has gone elsewhere, or begun the next question, since the last one was sent. */
function isWaiting() {
  return !at("words").value && [at("words"), at("send"), document.body].includes(document.activeElement);
}

function begin(question) {
  document.body.classList.remove("empty");
  const body = make("div", {}), heading = make("h2", { className: "question", dir: "auto" }, visible(question));
  const article = make("article", { className: "turn" }, heading, body);
  at("turns").append(article);
  turns.push({ article, body, answer: null, quoted: [] });
  return turns.at(-1);
}

function announce({ answer, quoted }) {
  const doubt = answer.certainty === "unsure" ? `${DATA.words.unsure} ` : "";
  const count = quoted.length ? ` ${counted(quoted.length, "quote")}.` : "";
  say(`${doubt}${answer.short?.text ?? answer.text}${count}`);
}

async function start() {
  if (!SERVED) {
    for (const id of ["ask", "slash", "browse"]) at(id).hidden = true;
    document.title = `${visible(DATA.answer.question)} — Pullquote`;
    const turn = begin(DATA.answer.question);
    showAnswer(turn, DATA.answer);
    at("pane").hidden = at("keys").hidden = !turn.quoted.length;
    if (turn.quoted.length) await show(turn.quoted[0], false);
    return;
  }
  try {
    documents = await listed();
    const names = documents.map((one) => one.collection);
    collections = names.includes("default") ? ["default"] : names.slice(0, 1);
    listDocuments();
  } catch (error) {
    failInPane(error);
  }
  if (matchMedia("(hover: hover)").matches) at("words").focus();
}

at("ask").onsubmit = (event) => {
  event.preventDefault();
  const question = at("words").value.trim();
  if (request) request.abort();
  else if (question) {
    at("words").value = "";
    ask(question);
  }
};
at("previous").onclick = () => step(-1);
at("next").onclick = () => step(1);
at("back").onclick = () => leave(current);
at("browse").onclick = enterPane;
at("list").onclick = () => { listDocuments(); enterPane(); };
at("key").onclose = keepKey;
document.onkeydown = (event) => {
  if (at("key").open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const anywhere = { Escape: () => leave(current) };
  const elsewhere = { "/": () => at("words").focus(), ArrowLeft: () => step(-1), ArrowRight: () => step(1) };
  const act = (event.target === at("words") ? anywhere : { ...anywhere, ...elsewhere })[event.key];
  if (!act) return;
  event.preventDefault();
  act();
};
start();
