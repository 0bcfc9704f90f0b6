"""How long from the last answer to the suggestion on the screen: `python -m tests.browser.speed`.

A measurement and no test: it depends on the machine. The aim is 100 milliseconds.
"""

from __future__ import annotations

import statistics

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import launched
from tests.browser.hosting import MODULE_FIRST, find, hosted, no_danger
from tests.server import serving

TIMES = 30
TIMED = """(prompt) => new Promise((done) => {
    const marks = prompt.shadowRoot.querySelectorAll(".found fieldset")[0].querySelectorAll("input");
    const next = [...marks].find((mark) => !mark.checked && mark.value !== "absent");
    const status = prompt.shadowRoot.querySelector(".result [role=status]");
    const began = performance.now();
    new MutationObserver((_, watching) => requestAnimationFrame(() => {
        watching.disconnect();
        setTimeout(() => done(performance.now() - began));
    })).observe(status, { childList: true });
    next.click();
})"""


def measure(page: Page) -> list[float]:
    """Give the milliseconds of each time, the first one apart from the rest only by being first."""
    with serving() as served:
        prompt = hosted(page, served, MODULE_FIRST)
        no_danger(prompt)
        find(prompt, "mum drinking more and more")
        found = []
        for _ in range(TIMES):
            found.append(float(prompt.evaluate(TIMED)))
            page.wait_for_timeout(50)
        return found


if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = launched(playwright)
        times = measure(browser.new_page())
        browser.close()
    middle, most = statistics.median(times), max(times)
    said = f"{times[0]:.0f} ms the first time, {middle:.0f} ms in the middle, {most:.0f} ms at most ({TIMES} times)"
    print(f"From the last answer to the suggestion on the screen: {said}.")
