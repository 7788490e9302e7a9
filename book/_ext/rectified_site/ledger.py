"""The claims ledger can be narrowed to one verdict: radio buttons and a style, no script.

On the page ``book/myths`` each row of the table gets its verdict as a class, and a group of radio
buttons, which also count the rows, stands above the table. The style sheet hides the rows that do
not have the verdict of the chosen button.
"""

from collections import Counter

from docutils import nodes
from sphinx.application import Sphinx

PAGE = "book/myths"
COLUMN = 2
#: How a verdict begins -> class of its rows. "half true" and "true if …" are not "true".
VERDICTS = {"true if": "true-if", "true": "true", "half true": "half-true", "false": "false"}
LABELS = {"true": "true", "true-if": "true if …", "half-true": "half true", "false": "false"}


def setup(app: Sphinx) -> None:
    """Register the hook."""
    app.connect("doctree-resolved", _make_filter)


def _make_filter(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Mark the rows of the ledger and put the buttons above it."""
    if docname != PAGE or app.builder.format != "html":
        return
    table = next(doctree.findall(nodes.table))
    counts: Counter[str] = Counter()
    for row in next(table.findall(nodes.tbody)).children:
        verdict = verdict_class(row.children[COLUMN].astext())
        row["classes"].append(f"verdict-{verdict}")
        counts[verdict] += 1
    table["classes"] += ["ledger", "cards"]
    table.parent.insert(table.parent.index(table), nodes.raw("", _buttons(counts), format="html"))


def verdict_class(text: str) -> str:
    """Return the class of a verdict, such as ``true-if`` for "true if the layers are wide".

    Raises
    ------
    ValueError
        If ``text`` begins with no verdict.
    """
    for beginning, name in VERDICTS.items():
        if text.startswith(beginning):
            return name
    raise ValueError(f"{text!r} in the table of {PAGE} begins with no verdict")


def _buttons(counts: Counter[str]) -> str:
    choices = [("all", "all", counts.total())]
    choices += [(name, label, counts[name]) for name, label in LABELS.items()]
    buttons = "\n".join(
        f'<label><input type="radio" name="verdict" id="verdict-{name}"'
        f"{' checked' if name == 'all' else ''}> {label} ({count})</label>"
        for name, label, count in choices
    )
    return (
        '<fieldset class="ledger-filter"><legend>Show the claims that are</legend>\n'
        f"{buttons}\n</fieldset>\n"
    )
