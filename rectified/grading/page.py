"""The page that a student gets back: the code that was graded, and what each check said of it.

One file, no script, nothing from elsewhere. It is made from the gradebook, so that marks and
comments of a person are on it as well; of the course's tests it shows the messages alone.
"""

from collections.abc import Mapping
from functools import cache
from html import escape

from jinja2 import Environment
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from rectified.grading.assignment import SourceNotebook
from rectified.grading.gradebook import Marks
from rectified.grading.grader import CellOutcome, NotebookOutcome, Outcome

MAX_HIGHLIGHTED = 20_000
TEMPLATE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem;
       color: #1b1b1b; background: #fff; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem;
         border-bottom: 1px solid #ccc; }
td.points { white-space: nowrap; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f5f5f5; padding: .6rem;
      margin: 0; }
td pre { background: none; padding: 0; font: inherit; }
.problems, .note { border-left: .3rem solid #8a5300; padding: .1rem 1rem; background: #fdf6ec; }
{{ style|safe }}
</style>
</head>
<body>
<h1>{{ title }}</h1>
<p>{{ student }}{% if timestamp %}, submitted {{ timestamp }}{% endif %}</p>
<p><strong>{{ score }} of {{ max_score }} points</strong>
{%- if waiting %}; {{ waiting }} more are still to be marked by hand{% endif %}.</p>
{% if problems %}<div class="problems"><h2>About your submission</h2>
<ul>{% for line in problems %}<li>{{ line }}</li>{% endfor %}</ul></div>{% endif %}
{% for part in parts %}
<h2>{{ part.name }}</h2>
{{ part.code|safe }}
{% if part.comment %}<div class="note"><p>Comment: {{ part.comment }}</p></div>{% endif %}
{% if part.rows %}<table>
<thead><tr><th scope="col">Check</th><th scope="col">Points</th><th scope="col">What it says</th>
</tr></thead><tbody>
{% for row in part.rows %}<tr><td>{{ row.name }}</td><td class="points">{{ row.points }}</td>
<td><pre>{{ row.message }}</pre></td></tr>
{% endfor %}</tbody></table>{% endif %}
{% endfor %}
<p>{{ foot }}</p>
</body>
</html>
"""


def feedback_page(
    source: SourceNotebook,
    outcome: Outcome,
    notebook: NotebookOutcome,
    marks: Mapping[tuple[str, str], Marks],
) -> str:
    """Return the HTML of one graded notebook; `marks` are those of the gradebook."""
    marks = {name: mark for (owner, name), mark in marks.items() if owner == notebook.name}
    results = {cell.grade_id: cell for cell in notebook.cells}
    rows = {name: _row(cell, marks.get(name)) for name, cell in results.items()}
    total = sum(_points(cell, marks.get(name)) or 0.0 for name, cell in results.items())
    waiting = sum(
        cell.max_points for name, cell in results.items() if _points(cell, marks.get(name)) is None
    )
    foot = "The points come from the checks of the course"
    if any(cell.in_sandbox for cell in notebook.cells):
        names = ", ".join(cell.grade_id for cell in notebook.cells if cell.in_sandbox)
        foot += f"; those of {names} from tests of your instructor, run beside your code"
    if outcome.isolation == "none":
        foot += ". Graded without isolation"
    return _template().render(
        title=f"{outcome.assignment}: {notebook.name}",
        student=outcome.student,
        timestamp=outcome.timestamp,
        score=f"{total:g}",
        max_score=f"{source.max_score:g}",
        waiting=f"{waiting:g}" if waiting else "",
        problems=[*outcome.problems, *notebook.problems],
        parts=_parts(source, notebook, rows, marks),
        foot=f"{foot}.",
        style=_style(),
    )


def _parts(
    source: SourceNotebook, notebook: NotebookOutcome, rows: dict, marks: Mapping[str, Marks]
) -> list[dict]:
    """Each cell of the student's with the checks that ask for it, then the checks of no cell."""
    results = {cell.grade_id: cell for cell in notebook.cells}
    parts, used = [], set()
    for cell in source.cells:
        if not cell.by_student:
            continue
        name = cell.grade_id
        mine = [
            key
            for key, result in results.items()
            if key not in used and (key == name or name == (result.asks_for or ("",))[0])
        ]
        used |= set(mine)
        text = notebook.answers.get(name, "")
        parts.append(
            {
                "name": name,
                "code": _code(text) if cell.cell_type == "code" else f"<pre>{escape(text)}</pre>",
                "comment": marks[name].comment if name in marks else None,
                "rows": [rows[key] for key in mine],
            }
        )
    rest = [rows[key] for key in results if key not in used]
    if rest:
        parts.append({"name": "Further checks", "code": "", "comment": None, "rows": rest})
    return parts


def _row(cell: CellOutcome, mark: Marks | None) -> dict:
    points = _points(cell, mark)
    earned = "–" if points is None else f"{points:g}"
    message = cell.message
    if not message and points is not None and points >= cell.max_points:
        message = "passed"
    if mark is not None and mark.manual is not None:
        message = f"{message}\nMarked by a person.".strip()
    return {
        "name": cell.check_id or cell.grade_id,
        "points": f"{earned} of {cell.max_points:g}",
        "message": message,
    }


def _points(cell: CellOutcome, mark: Marks | None) -> float | None:
    return cell.points if mark is None else mark.points


def _code(text: str) -> str:
    if len(text) > MAX_HIGHLIGHTED:
        return f"<pre>{escape(text)}</pre>"
    return highlight(text, PythonLexer(), HtmlFormatter())


@cache
def _template():
    return Environment(autoescape=True).from_string(TEMPLATE)


@cache
def _style() -> str:
    return HtmlFormatter().get_style_defs(".highlight")
