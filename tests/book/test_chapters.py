"""Every chapter has the shape of a chapter: each rule holds, and each is seen to fail.

A rule is a function of a chapter that returns what is wrong, in words; nothing is wrong if the
list is empty. ``BREAKS`` holds for each rule ways to break the model chapter that it must notice.
"""

import ast
import re
import subprocess
import sys

import pytest

WORDS = range(1200, 2501)
FENCE = r"^(?:`{3,}|:{3,}).*$"


def prose(markdown):
    """Return the words that a reader reads: no fences, labels, formulas, tables or addresses."""
    for pattern, replacement in (
        (r"^\$\$(?s:.*?)^\$\$", " "),
        (r"\$[^$]+\$", " formula "),
        (r"^\|.*$", " "),
        (r"^\([\w-]+\)=$", " "),
        (r"^:[\w-]+:.*$", " "),
        (r"^:{3,}\{\w+\} *", " "),
        (FENCE, " "),
        (r"\{[\w:]+\}`([^`]+)`", r"\1"),
        (r"\]\([^)]*\)", "] "),
    ):
        markdown = re.sub(pattern, replacement, markdown, flags=re.M)
    return re.findall(r"[^\W_][\w'’.,-]*", markdown)


def wrong_length(chapter):
    count = len(prose(chapter.markdown))
    return [] if count in WORDS else [f"{count} words of prose, not {WORDS.start} to {WORDS[-1]}"]


def wrong_opening(chapter):
    problems = []
    opening = chapter.source.split("You will be able to")[0]
    if "{code-cell}" not in opening:
        problems.append("no picture or failure before the goals")
    if "?" not in opening:
        problems.append("no question before the goals")
    if re.search(r"^## ", opening, re.M):
        problems.append("a section comes before the goals")
    return problems


def wrong_goals(chapter):
    box = re.search(r"\{admonition\} You will be able to\n(.*?)^:::", chapter.markdown, re.M | re.S)
    if not box:
        return ["no box 'You will be able to'"]
    verbs = re.findall(r"^- \*\*\w+\*\*", box[1], re.M)
    problems = [] if len(verbs) == 3 else [f"{len(verbs)} verbs among the goals, not 3"]
    if "**You need**" not in box[1]:
        problems.append("the goals do not say what you need")
    if not re.search(r"\d+ minutes", box[1]):
        problems.append("the goals do not say how long it takes")
    return problems


def wrong_predictions(chapter):
    boxes = re.findall(
        r"^(:{4,})\{admonition\} Predict\n:class: predict\n(.*?)^\1$", chapter.markdown, re.M | re.S
    )
    problems = [] if len(boxes) in range(2, 5) else [f"{len(boxes)} predictions, not 2 to 4"]
    for _, box in boxes:
        question = box.split(":::", maxsplit=1)[0]
        name = repr(question.strip()[:40])
        if "?" not in question:
            problems.append(f"the prediction {name} asks nothing")
        replies = re.findall(r"^(:{3,})\{dropdown\} \S.*?\n(.*?)^\1$", box, re.M | re.S)
        if len(replies) < 2:
            problems.append(f"the prediction {name} has fewer than two options")
        if len({reply.strip() for _, reply in replies}) < len(replies):
            problems.append(f"two options of the prediction {name} have the same reply")
        if any(len(reply.split()) < 5 for _, reply in replies):
            problems.append(f"an option of the prediction {name} has no reply of its own")
    return problems


def wrong_ending(chapter):
    headings = re.findall(r"^## (.*)$", chapter.markdown, re.M)
    ending = ["What people get wrong", "In brief", "Sources"]
    if headings[-3:] != ending:
        return [f"ends with {headings[-3:]}, not {ending}"]
    problems = []
    lines = re.findall(r"^- ", chapter.section("In brief"), re.M)
    if len(lines) != 4:
        problems.append(f"{len(lines)} lines in brief, not 4")
    if chapter.has_exercise and "**Exercise.**" not in chapter.section("In brief"):
        problems.append("In brief does not lead to the exercise")
    for line in re.findall(r"^- .*$", chapter.section("Sources"), re.M):
        if not re.search(r"\{cite:\w+\}`[^`]+`.*: \w+", line):
            problems.append(f"a source without a citation or a word on what it shows: {line[:50]}")
    return problems


def wrong_checks(chapter):
    checks = [cell for cell in chapter.code if "check-the-numbers" in cell.metadata.get("tags", [])]
    problems = [] if checks else ["no cell checks the numbers"]
    for cell in checks:
        if "assert" not in cell.source:
            problems.append("a cell 'Check the numbers' asserts nothing")
        if "hide-cell" not in cell.metadata["tags"]:
            problems.append("a cell 'Check the numbers' is not folded")
        if cell.metadata.get("mystnb", {}).get("code_prompt_show") != "Check the numbers":
            problems.append("a folded check does not say 'Check the numbers'")
    return problems


def calls(chapter):
    """Yield each call in the chapter's code with the dotted name of what is called."""
    for tree in chapter.trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node


def wrong_figures(chapter):
    problems, figures = [], 0
    for name, call in calls(chapter):
        if name in ("plt.show", "plt.savefig", "fig.show"):
            problems.append(f"{name}() instead of show() or explore() from rectified.figures")
        if name not in ("show", "explore"):
            continue
        figures += 1
        texts = {word.arg: word.value for word in call.keywords}
        for argument in ("alt", "caption"):
            text = texts.get(argument)
            if text is None:
                problems.append(f"a figure without {argument}, in line {call.lineno} of its cell")
            elif isinstance(text, ast.Constant) and len(text.value.split()) < 8:
                problems.append(f"{argument} says too little: {text.value!r}")
    if re.search(r"!\[\]\(", chapter.markdown):
        problems.append("an image without alternative text")
    return problems if figures else [*problems, "no figure"]


def wrong_randomness(chapter):
    return [
        f"{name}() draws from global state: pass a numpy.random.Generator"
        for name, _ in calls(chapter)
        if name.startswith("np.random.") and name != "np.random.default_rng"
    ]


def wrong_tone(chapter):
    text = re.sub(r"`[^`]*`|\$[^$]*\$|!\[", " ", chapter.markdown)
    problems = [f"an exclamation mark: …{found}" for found in re.findall(r".{0,20}!", text)]
    problems += [f"an emoji: {sign}" for sign in re.findall(r"[\U0001f300-\U0001faff]", text)]
    words = r"\b(delve|simply|obviously|powerful|leverage|in this chapter we)\b"
    return problems + [f"filler: {found[0]}" for found in re.finditer(words, text, re.I)]


RULES = (
    wrong_length,
    wrong_opening,
    wrong_goals,
    wrong_predictions,
    wrong_ending,
    wrong_checks,
    wrong_figures,
    wrong_randomness,
    wrong_tone,
)

#: For each rule: what to break in the model chapter, and a word of what the rule must say of it.
BREAKS = {
    wrong_length: [
        (r"^## The definition.*^## What", "## What", "words of prose"),
        (r"^(# .*?)$", r"\1" + " word" * 2600, "words of prose"),
    ],
    wrong_opening: [
        (r"\A(.*?)```\{code-cell\}(.*?)```(.*?You will)", r"\1\3", "no picture or failure"),
        (r"there\?\*\*(.*?You will)", r"there.**\1", "no question"),
        (r"^Here are two programs", "## Two\n\nHere are two programs", "a section comes before"),
    ],
    wrong_goals: [
        (r"\{admonition\} You will be able to", "{admonition} Goals", "no box"),
        (r"^- \*\*state\*\*.*?$", "", "2 verbs"),
        (r"\*\*You need\*\*", "You need", "what you need"),
        (r"about \d+ minutes", "a while", "how long"),
    ],
    wrong_predictions: [
        (r":class: predict", ":class: tip", "0 predictions"),
        (r"Where is it silent\?", "It is silent somewhere.", "asks nothing"),
        (r"(A unit computes.*?silent\?\n).*?^:::::$", r"\1:::::", "fewer than two options"),
        (r"^You divided.*?$", "", "no reply of its own"),
        (r"^(You divided.*?)$(.*?)^The hinge is right.*?$", r"\1\2\1", "the same reply"),
    ],
    wrong_ending: [
        (r"^## In brief$", "## Summary", "ends with"),
        (r"^- Backwards it is a mask.*?$", "", "3 lines in brief"),
        (r"\*\*Exercise\.\*\*", "", "does not lead to the exercise"),
        (r"^(- \{cite:t\}`bertoin2021`): .*?$", r"\1", "a word on what it shows"),
    ],
    wrong_checks: [
        (r"check-the-numbers", "other", "no cell checks"),
        (r"^assert ", "", "asserts nothing"),
        (r"hide-cell, ", "", "not folded"),
        (r'code_prompt_show: "Check the numbers"', 'code_prompt_show: "Show"', "does not say"),
    ],
    wrong_figures: [
        (r"^    alt=", "    label=", "without alt"),
        (r"^    caption=", "    title=", "without caption"),
        (r"^show\(", "plt.show(", "plt.show() instead"),
        (r"caption=\"The rectifier.*?and 1\.\"", 'caption="A plot of it"', "says too little"),
        (r"^Not even rounding", "![](plot.png)\n\nNot even", "without alternative text"),
        (r"^(show|explore)\(", "print(", "no figure"),
    ],
    wrong_randomness: [(r"np\.random\.default_rng\(0\)", "np.random.seed(0)", "global state")],
    wrong_tone: [
        (r"gets in the way:", "gets in the way!", "an exclamation mark"),
        (r"Keep what is positive", "Simply keep what is positive", "filler: Simply"),
        (r"Keep what is positive", "Keep what is positive \U0001f680", "an emoji"),
    ],
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_chapter_keeps_the_rule(rule, chapter):
    assert rule(chapter) == []


@pytest.mark.parametrize(
    ("rule", "pattern", "replacement", "complaint"),
    [(rule, *change) for rule in RULES for change in BREAKS[rule]],
    ids=[f"{rule.__name__}-{change[2]}" for rule in RULES for change in BREAKS[rule]],
)
def test_rule_notices_a_broken_chapter(rule, pattern, replacement, complaint, broken):
    assert complaint in "\n".join(rule(broken(pattern, replacement)))


def complaints(code):
    """Return what ruff says of the code of a chapter."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--quiet", "--line-length=100"]
    # a cell imports what it needs, where it needs it, and ends with what it shows
    command += ["--select=E,F,B,UP,NPY,C4,PIE", "--ignore=E402,B018,B905"]
    done = subprocess.run(
        [*command, "--stdin-filename=chapter.py", "-"],
        input=code,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_code_is_clean(chapter):
    assert complaints("\n\n".join(cell.source for cell in chapter.code)) == ""


def test_shown_code_fits_the_page(chapter):
    """77 characters are what the text column shows without scrolling, at 1280 pixels."""
    folded = {"hide-input", "hide-cell", "remove-input", "remove-cell"}
    shown = [cell for cell in chapter.code if not folded & set(cell.metadata.get("tags", []))]
    lines = [line for cell in shown for line in cell.source.splitlines()]
    assert [line for line in lines if len(line) > 77] == []


def test_unclean_code_is_noticed():
    assert "F821" in complaints("print(relu(1))\n")
