/* Proof: the server compares a quote with its library, and a file with the source that lies in it. */

function proofOf(citation) {
  const { source: { sha256 }, start, end } = citation, summary = make("summary", {}), told = make("p", {});
  const words = `These words stand from character ${start.toLocaleString("en")} up to ${end.toLocaleString("en")}`;
  const prove = async () => {
    try {
      tell(await (SERVED ? proveThere : proveHere)(citation), "Proven anew just now.");
    } catch (error) {
      tell(error.message);
    }
  };
  const again = button("", { onclick: () => prove().then(() => say(told.textContent)) }, "Verify again");
  const details = make("details", { className: "proof" }, summary, told, again);
  function tell(reason, when) {
    summary.textContent = `${reason ? "not verified" : "verified"} ${sha256.slice(0, 8)}`;
    told.textContent = reason || `${words} of the source whose SHA-256 is ${sha256}. ${when}`;
    details.classList.toggle("broken", Boolean(reason));
  }
  tell(null, "Proven before the answer was shown.");
  if (!SERVED) prove();
  return details;
}

/* Why a quote is not proven; nothing, if it is. */
async function proveThere({ source, start, end, quote }) {
  const response = await call("verify", { source_id: source.id, sha256: source.sha256, start, end, text: quote });
  return (await response.json()).reason;
}

async function proveHere({ source, start, end, quote }) {
  const { text } = await sourceOf(source);
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const hash = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hash !== source.sha256) return "The source in this file was altered: its hash is another one.";
  return slice(text, start, end) === quote ? null : "These words do not stand at this place of the source.";
}
