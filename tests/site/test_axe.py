"""axe-core on every page: light and dark, at a desk and on a phone, without a violation."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site.test_browser import DESK, MATHEMATICS_DONE, PHONE

pytestmark = [pytest.mark.site, pytest.mark.browser, pytest.mark.xdist_group("axe")]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["1280", "420"])
def test_no_violation_on_any_page(chromium, address, pages, theme, viewport):
    axe = Axe()
    context = chromium.new_context(viewport=viewport, color_scheme=theme, reduced_motion="reduce")
    page = context.new_page()
    faults = []
    for path in pages:
        page.goto(address + path, wait_until="networkidle")
        page.evaluate(MATHEMATICS_DONE)
        if path != "index.html":  # the redirect's own page has no theme
            assert page.evaluate("document.documentElement.dataset.theme") == theme
        for violation in axe.run(page).response["violations"]:
            places = [node["html"][:160] for node in violation["nodes"][:3]]
            faults.append(f"{path}: {violation['id']} ({len(violation['nodes'])}): {places}")
    context.close()
    assert not faults, "\n".join(faults)
