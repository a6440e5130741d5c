"""A browser without a window, driven over the DevTools protocol through a pair of pipes."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars", "--remote-debugging-pipe"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)
SECONDS = 30
KEYS = {"Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowRight": 39, "Tab": 9}


def find_browser() -> str | None:
    """Where a browser lies, if there is one."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


class BrowserPage:
    """One page: what it shows, what it says to the console, and what it asks of a network."""

    def __init__(self, reads: int, writes: int) -> None:
        self._reads, self._writes = reads, writes
        self._held = b""
        self._session: str | None = None
        self._sent = 0
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "Accessibility"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask the browser for something, and wait until it is done."""
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writes, json.dumps(message).encode() + b"\0")
        while (answer := self._receive()).get("id") != self._sent:
            self.events.append(answer)
        assert "error" not in answer, (method, answer)
        result: dict[str, Any] = answer["result"]
        return result

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._held:
            ready, _, _ = select.select([self._reads], [], [], SECONDS)
            assert ready, "The browser says nothing."
            part = os.read(self._reads, 1 << 20)
            assert part, "The browser has ended."
            self._held += part
        message, self._held = self._held.split(b"\0", 1)
        received: dict[str, Any] = json.loads(message)
        return received

    def open(self, address: str) -> None:
        """Go to an address, and wait until what it shows is there."""
        self.events.clear()
        self.call("Page.navigate", url=address)
        self.wait_for("document.readyState === 'complete' && document.querySelector('#body > *, #pane[hidden]')")

    def run(self, script: str) -> Any:
        """The value of an expression."""
        told = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def wait_for(self, condition: str) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + SECONDS
        while not self.run(f"Boolean({condition})"):
            assert time.monotonic() < end, (condition, self.run("document.body.innerText"))
            time.sleep(0.02)

    def texts(self, selector: str) -> list[str]:
        """The text of each element that a selector finds."""
        found: list[str] = self.run(f"[...document.querySelectorAll({json.dumps(selector)})].map((e) => e.textContent)")
        return found

    def press(self, key: str) -> None:
        """Press and release a key; one of a single character types it."""
        code = KEYS.get(key, 0)
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        held = {"key": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", **held, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **held)

    def type(self, text: str) -> None:
        """Write text where the focus is."""
        self.call("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """Click into the middle of the first element that a selector finds."""
        element = f"document.querySelector({json.dumps(selector)})"
        x, y = self.run(
            f"(() => {{ const e = {element}; e.scrollIntoView({{block: 'nearest'}}); const b = e.getClientRects()[0];"
            "return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def look(self, *, width: int = 1280, height: int = 800, scheme: str = "light", scale: float = 1) -> None:
        """Be a window of that size, for a person who has chosen that colour scheme and wants nothing to move."""
        size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 500}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        features = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        self.call("Emulation.setEmulatedMedia", features=[{"name": n, "value": v} for n, v in features.items()])

    def save_picture(self, path: Path) -> None:
        """Draw what is seen."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def complaints(self) -> list[str]:
        """What the page and its policy have complained of."""
        self.run("0")  # what was said before has arrived by then
        named = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}
        return [json.dumps(event["params"]) for event in self.events if event.get("method") in named]

    def requests(self) -> list[str]:
        """The addresses that the page has asked for."""
        self.run("0")
        sent = (event["params"] for event in self.events if event.get("method") == "Network.requestWillBeSent")
        return [event["request"]["url"] for event in sent if not event["request"]["url"].startswith("data:")]

    def named(self) -> list[tuple[str, str]]:
        """What a screen reader is told: the role and name of every element that has a role of its own."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        seen = (node for node in nodes if not node["ignored"])
        return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in seen]


@contextmanager
def open_browser(folder: Path) -> Iterator[BrowserPage]:
    """A browser whose profile lies in a folder, until the block ends."""
    browser = find_browser()
    assert browser is not None
    (theirs, writes), (reads, ours) = os.pipe(), os.pipe()
    # The browser looks for its ends at the descriptors 3 and 4.
    command = ["bash", "-c", f'exec "$@" 3<&{theirs} 4>&{ours}', "bash", browser, *OPTIONS, f"--user-data-dir={folder}"]
    with (folder / "browser.log").open("wb") as log:
        process = subprocess.Popen(command, pass_fds=(theirs, ours), stdout=log, stderr=log)
    os.close(theirs)
    os.close(ours)
    try:
        yield BrowserPage(reads, writes)
    finally:
        os.close(writes)  # which ends it
        process.wait(SECONDS)
        os.close(reads)
