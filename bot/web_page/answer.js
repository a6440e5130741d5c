/* An answer: its statements, its quotes and their places, in the words of the other faces. */

const MAX_TITLES = 10;

function showAnswer(turn, answer) {
  const isChat = answer.mode !== "extractive", { citations, documents: titles } = answer;
  const offered = answer.on_topic && answer.closest;
  const quoted = offered ? [offered] : citations;
  quoted.forEach((citation, index) => Object.assign(citation, { turn, key: `${turns.indexOf(turn)}-${index}` }));
  Object.assign(turn, { answer, quoted });
  const rest = titles.length - MAX_TITLES;
  const checked = `${counted(citations.length, "quote")}, checked against the source`;
  const model = isChat ? `chat model ${answer.mode} · ` : "";
  const seconds = ((answer.timings_ms.total ?? 0) / 1000).toFixed(1);
  const parts = [
    answer.read_as && paragraph("quiet", `Read as: ${visible(answer.read_as)}`),
    titles.length && paragraph("", `${counted(titles.length, "document")}:`),
    ...titles.slice(0, MAX_TITLES).map((title) => paragraph("title", visible(title))),
    rest > 0 && paragraph("", `and ${rest.toLocaleString("en")} more`),
    answer.short && paragraph("large", visible(answer.short.text)),
    answer.status !== "answered" && paragraph("words", answer.text),
    ...(isChat ? answer.statements : []).map((statement) => {
      const numbers = statement.citations.flatMap((number) => [" ", numberOf(citations[number - 1])]);
      return paragraph("words", visible(statement.text), ...numbers);
    }),
    answer.certainty === "unsure" && paragraph("quiet", isChat ? DATA.words.unsure_remark : DATA.words.unsure),
    offered && paragraph("quiet", DATA.words.closest),
    quoted.length && make("ol", {}, ...quoted.map(cardOf)),
    answer.remark && paragraph("quiet", answer.remark),
    citations.length && paragraph("quiet", `${checked} · ${model}${seconds} s`),
  ];
  turn.body.replaceChildren(...parts.filter(Boolean));
}

function numberOf(citation) {
  const name = `Quote ${citation.number}, ${citation.place}`;
  const properties = { "data-quotes": citation.key, "aria-label": name, onclick: () => show(citation) };
  return button("number", properties, String(citation.number));
}

function cardOf(citation) {
  const { quote, cut, start, end, highlight } = citation;
  const [from, to] = highlight ?? [end, end];
  const part = (one, other) => visible(slice(quote, one - start, other - start));
  const text = make(
    "blockquote", { dir: "auto" },
    cut.start && "… ", "“", part(start, from), highlight && make("strong", {}, part(from, to)), part(to, end), "”",
    cut.end && " …");
  const number = citation.number && make("span", { className: "number" }, String(citation.number));
  const place = button("place", { onclick: () => show(citation) }, number, citation.place);
  const copy = button("copy", { onclick: () => copyQuote(citation, copy) }, "Copy");
  const foot = make("div", { className: "foot" }, place, copy, link(citation.link, "Open there"), proofOf(citation));
  // A click anywhere, unless words are being selected.
  const onclick = ({ target }) => target.closest("button, a, details") || String(getSelection()) || show(citation);
  const about = citation.about && paragraph("quiet", citation.about);
  return make("li", { className: "card", "data-quotes": citation.key, onclick }, about, text, foot);
}

/* By a field that is selected: browsers keep navigator.clipboard from pages that came without TLS. */
function copyQuote({ quote, place, source }, pressed) {
  const address = isWeb(source.uri) ? `, ${source.uri}` : "";
  const field = make("textarea", { className: "unseen", value: `“${quote}”\n— ${place}${address}\n` });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  pressed.focus();
  pressed.textContent = "Copied";
  say("The quote and its place are copied.");
  setTimeout(() => { pressed.textContent = "Copy"; }, 2000);
}
