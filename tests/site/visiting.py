"""One visit to one page in a real browser, and what was seen and heard on it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Response

PHONE = {"width": 420, "height": 860}
DESK = {"width": 1280, "height": 900}

#: What a page looks like once its scripts are done; run in the page.
OBSERVE = """() => {
  const texts = [...document.querySelectorAll("figure svg text")];
  const sizeOf = (text) => {
    const matrix = text.getScreenCTM();
    const scale = matrix ? Math.hypot(matrix.a, matrix.b) : 0;  // 0: in a closed box
    const parts = [text, ...text.children];
    return scale * Math.max(...parts.map((part) => parseFloat(getComputedStyle(part).fontSize)));
  };
  const formulas = [...document.querySelectorAll("article .math")];
  const unspoken = (each) => {  // no MathML for assistive technology, or the drawn letters too
    const math = each.querySelector("mjx-assistive-mml math");
    return !math?.textContent.trim() || math.closest("[aria-hidden=true]")
      || each.querySelector(":scope > mjx-math").getAttribute("aria-hidden") !== "true";
  };
  return {
    width: document.documentElement.scrollWidth,
    smallestType: Math.min(99, ...texts.map(sizeOf).filter((size) => size > 0)),
    formulas: formulas.length,
    formulasSet: document.querySelectorAll("article mjx-container").length,
    formulasUnspoken: [...document.querySelectorAll("article mjx-container")]
      .filter(unspoken).length,
    amsLetters: [...new Set([...document.querySelectorAll("mjx-c.TEX-A, .TEX-A mjx-c")]
      .map((each) => getComputedStyle(each, "::before").content.slice(1, -1)))],
    formulasWrong: document.querySelectorAll("mjx-merror").length,
    formulasRaw: formulas.filter((each) => /\\\\[([]/.test(each.innerText)).length,
  };
}"""


@dataclass
class Visit:
    """What happened while one page was open."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    seen: dict[str, float] = field(default_factory=dict)

    def foreign(self, address: str) -> list[str]:
        """Return the requests that went to another host than that of ``address``."""
        own = urlsplit(address).netloc
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in {"data", "blob"} and urlsplit(url).netloc != own
        ]


def without_mathjax(context: BrowserContext) -> Page:
    """Return a page that sets no formulas, and is there sooner, for tests of its other parts."""
    context.route("**/*mathjax*/**", lambda route: route.abort())
    return context.new_page()


def settle(page: Page) -> None:
    """Wait until formulas are set and fonts are there."""
    page.evaluate("() => window.MathJax?.startup?.promise")
    page.evaluate("() => document.fonts.ready")


def visit(chromium: Browser, url: str, viewport: dict[str, int]) -> Visit:
    """Open ``url`` with an empty cache and return what happened."""
    seen = Visit()
    context: BrowserContext = chromium.new_context(viewport=viewport)
    page = context.new_page()

    def answered(response: Response) -> None:
        if response.status >= 400:
            seen.complaints.append(f"{response.status} for {response.url}")

    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("response", answered)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            seen.complaints.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    page.goto(url, wait_until="load")
    settle(page)
    seen.seen = page.evaluate(OBSERVE)
    context.close()
    return seen
