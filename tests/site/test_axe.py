"""axe-core on every page: light and dark, at a desk and on a phone, without a violation.

The dark page is the light one in other colours, so the rules on colours alone judge it again.
"""

from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import SUMMARY
from tests.site.visiting import DESK, PHONE, settle

pytestmark = [pytest.mark.site, pytest.mark.browser]

RULES_ON_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
IN_FULL = {"resultTypes": ["violations", "incomplete"]}  # of what passes, the rules are enough
OPTIONS = {"light": IN_FULL, "dark": IN_FULL | {"runOnly": RULES_ON_COLOURS}}
VIEWPORTS = [
    pytest.param(DESK, id="1280", marks=pytest.mark.xdist_group("axe-1280")),
    pytest.param(PHONE, id="420", marks=pytest.mark.xdist_group("axe-420")),
]


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_no_violation_on_any_page(chromium, address, pages, viewport, record_property):
    axe = Axe()
    context = chromium.new_context(viewport=viewport, reduced_motion="reduce")
    page = context.new_page()
    faults, runs, passed, unsure = [], 0, 0, Counter()
    for path in pages:
        page.emulate_media(color_scheme="light")
        page.goto(address + path, wait_until="load")
        page.wait_for_url(lambda url: not url.endswith("/rectified/index.html"))  # it redirects
        settle(page)
        for theme, options in OPTIONS.items():
            page.emulate_media(color_scheme=theme)
            page.wait_for_function(f"document.documentElement.dataset.theme === '{theme}'")
            found = axe.run(page, options=options).response
            runs, passed = runs + 1, passed + len(found["passes"])
            unsure.update(each["id"] for each in found["incomplete"])
            for violation in found["violations"]:
                places = [node["html"][:160] for node in violation["nodes"][:3]]
                faults.append(f"{theme}, {path}: {violation['id']}: {places}")
    context.close()
    record_property(
        SUMMARY,
        f"axe at {viewport['width']} px: {runs} runs on {len(pages)} pages, light and dark; "
        f"{passed} rules passed, {len(faults)} violated, to be judged by eye: {dict(unsure)}",
    )
    assert not faults, "\n".join(faults)
