"""Text that students can influence, made fit for a terminal, a page and a database."""

import re
import unicodedata

MAX_LINE = 600
CONTROL = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control, invisible, half a character, line ends


def plain_lines(text: str) -> str:
    """Return `text` with its line ends; whatever else would steer a terminal or a reader is "?".

    >>> plain_lines("a\\n\\x1b[2Jb\\x00")
    'a\\n?[2Jb?'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in CONTROL else "?" for c in text
    )


def plain_line(text: str, most: int = MAX_LINE) -> str:
    """Return `text` on one line, no longer than `most`.

    >>> plain_line("ValueError: \\n  relu, ada:   26 of 26")
    'ValueError: relu, ada: 26 of 26'
    """
    line = re.sub(r"\s+", " ", plain_lines(text)).strip()
    return line if len(line) <= most else f"{line[: most - 1]}…"


def markdown_of(line: str) -> str:
    """Return the Markdown that reads as `line`: no mark-up in it, no HTML.

    >>> markdown_of("<b>*x*")
    '\\\\<b\\\\>\\\\*x\\\\*'
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", line)
