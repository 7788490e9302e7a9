"""The claims ledger: every row has a verdict and leads to a place that exists."""

import re

import pytest

VERDICT = re.compile(r"true|half true|false|true if .+")
CLAIMS = {f"C{number:02}" for number in range(1, 61)}
COLUMNS = ["id", "claim", "verdict", "why", "place"]


def rows(page):
    """Return the rows of the ledger, each a mapping of column to cell."""
    lines = re.findall(r"^\| (?!id |---)(.*) \|$", page, re.M)
    return [dict(zip(COLUMNS, line.split(" | "), strict=True)) for line in lines]


def targets(sources):
    """Return the labels in some sources, by source."""
    return {slug: set(re.findall(r"^\(([\w-]+)\)=$", text, re.M)) for slug, text in sources.items()}


def problems(page, sources):
    """Return what is wrong with the ledger, in words."""
    found, seen, places = [], [], targets(sources)
    for row in rows(page):
        name = row["id"]
        if name not in CLAIMS:
            found.append(f"{name}: no such claim")
        if name in seen:
            found.append(f"{name}: entered twice")
        seen.append(name)
        if not VERDICT.fullmatch(row["verdict"]):
            found.append(f"{name}: {row['verdict']!r} is no verdict")
        found += [f"{name}: a bar in {column!r}" for column in COLUMNS if "|" in row[column]]
        if len(row["why"].split()) < 5:
            found.append(f"{name}: no reason")
        links = re.findall(r"\[[^\]]+\]\(#([\w-]+)\)", row["place"])
        if not links:
            found.append(f"{name}: leads nowhere")
        for link in links:
            slug = re.sub(r"-c\d\d$", "", link)
            if not link.endswith(f"-{name.lower()}"):
                found.append(f"{name}: {link} is the place of another claim")
            elif link not in places.get(slug, ()):
                found.append(f"{name}: {link} is not in book/{slug}.md")
    if seen != sorted(seen):
        found.append("the rows are not in the order of their ids")
    linked = set(re.findall(r"\(#([\w-]+)\)", page))
    for slug, labels in places.items():
        settled = {label for label in labels if re.fullmatch(rf"{slug}-c\d\d", label)}
        found += [
            f"{label} is settled in a chapter and not in the ledger" for label in settled - linked
        ]
    return found


@pytest.fixture
def page(book):
    return (book / "myths.md").read_text("utf-8")


@pytest.fixture
def sources(book):
    return {path.stem: path.read_text("utf-8") for path in book.glob("*.md")}


def test_every_claim_is_in_the_ledger(page):
    assert {row["id"] for row in rows(page)} == CLAIMS


def test_nothing_is_wrong_with_the_ledger(page, sources):
    assert problems(page, sources) == []


@pytest.mark.parametrize(
    ("pattern", "replacement", "complaint"),
    [
        (r"\| half true \| One", "|  | One", "'' is no verdict"),
        (r"\| half true \| One", "| perhaps | One", "'perhaps' is no verdict"),
        (r"\| half true \| One", "| true if  | One", "is no verdict"),
        (r"\| C03", "| C02", "C02: entered twice"),
        (r"\| C56", "| C61", "C61: no such claim"),
        (r"(\| C03.*\n)(\| C\d\d.*\n)", r"\2\1", "not in the order"),
        (r"One point lacks.*?\. \|", "So. |", "C02: no reason"),
        (r"For x ≥ 0 the", "For |x| the", "C03: a bar in 'why'"),
        (r"\[ReLU: six facts\]\(#relu-c03\)", "ReLU", "C03: leads nowhere"),
        (r"#relu-c02", "#relu-c03", "C02: relu-c03 is the place of another claim"),
        (r"#relu-c02", "#leaky-c02", "C02: leaky-c02 is not in book/leaky.md"),
        (r"^\| C02.*\n", "", "relu-c02 is settled in a chapter and not in the ledger"),
    ],
    ids=lambda value: value if value.startswith("C") else "",
)
def test_a_broken_ledger_is_noticed(pattern, replacement, complaint, page, sources):
    changed, count = re.subn(pattern, replacement, page, count=1, flags=re.M)
    assert count == 1
    assert complaint in "\n".join(problems(changed, sources))


def test_a_label_that_goes_is_noticed(page, sources):
    sources["relu"] = sources["relu"].replace("(relu-c44)=", "")
    assert problems(page, sources) == ["C44: relu-c44 is not in book/relu.md"]
