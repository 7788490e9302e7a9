"""How soon a page shows its largest part, and how soon a figure answers its slider.

Both in headless Chromium, from the site on this machine, nothing cached, medians. The book's aims
are a largest contentful paint within 1 s and a new picture within 16 ms, one frame of a screen.
They are printed beside what was measured, not asserted: a busy machine proves nothing.
"""

from collections.abc import Iterator
from statistics import median

import pytest
from playwright.sync_api import Browser

from tests.site.serving import served
from tests.site.visiting import DESK
from tools.book import build_if_changed
from tools.browser import chromium_path, headless_chromium

pytestmark = [pytest.mark.browser, pytest.mark.site]

VISITS = 5
AIM_PAINT = 1000  # ms
AIM_REDRAW = 16

LARGEST_PAINT = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true});
})"""
#: Moves every slider to each of its places; for each: the script with style and layout, in ms, and
#: the time until the frame after it was painted, which waits for the screen's next tick.
REDRAW = """async () => {
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  }));
  const found = [];
  for (const box of document.querySelectorAll("details")) box.open = true;
  for (const slider of document.querySelectorAll(".rx-control input")) {
    const figure = slider.closest("figure");
    for (let place = 0; place <= Number(slider.max); place += 1) {
      await painted();
      slider.value = String(place);
      const start = performance.now();
      slider.dispatchEvent(new Event("input", {bubbles: true}));
      figure.getBoundingClientRect();
      const laidOut = performance.now();
      await painted();
      found.push([laidOut - start, performance.now() - start]);
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    if chromium_path() is None:
        pytest.skip("NO CHROMIUM on this machine: pages are not measured")
    with headless_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the site is served."""
    with served(build_if_changed()) as url:
        yield url


@pytest.fixture(scope="module")
def documents() -> list[str]:
    """Every document of the book, with a page at the root of the site."""
    site = build_if_changed()
    paths = [path.relative_to(site).as_posix() for path in sorted(site.glob("*/*.html"))]
    return [path for path in paths if not path.startswith("_")]


def report(capsys: pytest.CaptureFixture[str], title: str, lines: list[str]) -> None:
    """Print a table, whatever pytest captures."""
    with capsys.disabled():
        print("", title, *lines, sep="\n")


def test_largest_contentful_paint(benchmark, capsys, browser, address, documents):
    times: dict[str, list[float]] = {path: [] for path in documents}

    def visit_every_page():
        for path, found in times.items():
            context = browser.new_context(viewport=DESK)
            page = context.new_page()
            page.goto(address + path, wait_until="load")
            found.append(page.evaluate(LARGEST_PAINT))
            context.close()

    benchmark.pedantic(visit_every_page, rounds=VISITS, warmup_rounds=1)
    for found in times.values():
        del found[0]  # of the warm-up
    lines = [f"{median(found):8.0f}  {path}" for path, found in times.items()]
    every = median(time for found in times.values() for time in found)
    slowest = max(median(found) for found in times.values())
    benchmark.extra_info |= {"median": every, "slowest page": slowest, "aim": AIM_PAINT}
    title = f"Largest contentful paint in ms, median of {VISITS}; the aim is {AIM_PAINT}:"
    report(capsys, title, [*lines, f"{every:8.0f}  all", f"{slowest:8.0f}  the slowest page"])


def test_slider_to_redraw(benchmark, capsys, browser, address, documents):
    page = browser.new_page(viewport=DESK)
    lines, everything = [], []

    def move_every_slider():
        for path in documents:
            page.goto(address + path, wait_until="load")
            found = page.evaluate(REDRAW)
            if found:
                drawn, painted = zip(*found, strict=True)
                everything.extend(drawn)
                counts = f"{median(drawn):8.2f}{max(drawn):8.2f}{median(painted):8.1f}"
                lines.append(f"{counts}  {len(found):5}  {path}")

    benchmark.pedantic(move_every_slider, rounds=1)
    page.close()
    benchmark.extra_info |= {"median": median(everything), "aim": AIM_REDRAW}
    title = f"A slider's move to its new picture in ms; the aim is a median below {AIM_REDRAW}:"
    heads = f"{'median':>8}{'longest':>8}{'painted':>8}  moves"
    report(capsys, title, [heads, *lines, f"{median(everything):8.2f}  all, the median"])
