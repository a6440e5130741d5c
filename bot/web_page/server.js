/* What the page asks the server for, with the key that the server may want. */

const KEY = "pullquote-key";

async function call(path, body, signal) {
  const headers = { "Content-Type": "application/json" }, key = sessionStorage.getItem(KEY);
  if (key) headers.Authorization = `Bearer ${key}`;
  const options = { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), signal };
  const response = await fetch(path, options).catch((error) => {
    if (signal?.aborted) throw error;
    throw new Error("The server cannot be reached; look whether `pullquote serve` still runs.");
  });
  if (response.status === 401) {
    await askForKey();
    return call(path, body, signal);
  }
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  throw new Error(told.error ?? `The server answers with the status ${response.status}; try again later.`);
}

/* One dialog for all calls that wait for the key. */
function askForKey() {
  if (!at("key").open) at("key").showModal();
  return new Promise((resolve) => at("key").addEventListener("close", resolve, { once: true }));
}

function keepKey() {
  sessionStorage.setItem(KEY, at("secret").value);
  at("secret").value = "";
}

/* The answer as it grows: each event of the stream holds all of it. */
async function* snapshots(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let held = "", part = await reader.read(); !part.done; part = await reader.read()) {
    const events = (held + part.value).split(/\r?\n\r?\n/);
    held = events.pop();
    for (const event of events) {
      const lines = event.split(/\r?\n/).filter((line) => line.startsWith("data:"));
      if (lines.length) yield JSON.parse(lines.map((line) => line.slice(5)).join("\n"));
    }
  }
}

async function listed() {
  return (await (await call("sources")).json()).sources;
}

/* A document with its text, as it was when it was quoted. */
async function sourceOf({ id, sha256 }) {
  const find = () => documents.find((one) => one.id === id && one.sha256 === sha256);
  if (SERVED && !find()) documents = await listed();
  const found = find();
  if (found && found.text === undefined) {
    const path = `sources/${encodeURIComponent(id)}?collection=${encodeURIComponent(found.collection)}`;
    Object.assign(found, await (await call(path)).json());
  }
  if (found?.sha256 !== sha256) throw new Error("The document has changed since this answer; ask again.");
  return found;
}
