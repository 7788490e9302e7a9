"""A matplotlib figure as a small tree of inline SVG whose colours follow the page.

What matplotlib writes for a file becomes what a page needs: no metadata, no style sheet that
would leak, no fixed font, coordinates to a hundredth of a point, colours as custom properties,
ids that no other figure of the page has. What the page does with the tree is not decided here.
"""

import hashlib
import io
import re
from collections.abc import Iterable
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib as mpl
from matplotlib.figure import Figure

from rectified.figures.style import INK, THEMED

_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_LONE_ROTATION = re.compile(r"rotate\(-?0 [^)]*\)")
_REFERENCE = re.compile(r"#([A-Za-z][\w-]*)")
_GEOMETRY = {"d", "x", "y", "width", "height", "transform", "points", "cx", "cy", "r"}
_HEX = re.compile(r"#[0-9a-f]{6}\b")
_INKS = {INK, "#000000"}


def svg_tree(figure: Figure) -> Element:
    """Return ``figure`` as an ``<svg>`` element without namespaces, size or metadata.

    What other parts refer to (markers, clip paths, hatches) stands in one ``<defs>``, under an id
    made from its content, so that equal parts have equal ids in every frame of a series;
    ``prefix_ids`` makes them the page's. The figure stays open.
    """
    buffer = io.BytesIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "rectified"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    root = ElementTree.fromstring(buffer.getvalue())
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        element.attrib = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        element.tail = None
        if element.tag not in {"text", "tspan"}:
            element.text = None
    root.attrib = {"viewBox": root.get("viewBox", "")}
    root.set("fill", "currentColor")  # matplotlib leaves black unsaid
    root.set("stroke-linejoin", "round")
    _drop_unseen(root)
    for element in root.iter():
        _tidy_attributes(element)
        if element.tag == "text":
            _let_text_flow(element)
    _gather_definitions(root)
    _drop_idle_groups(root, _references(root))
    return root


def prefix_ids(root: Element, prefix: str) -> None:
    """Put ``prefix`` before every id of the tree and before every reference to one, in place."""
    ids = {element.get("id") for element in root.iter()} - {None}
    _rename_ids(root, {name: prefix + name for name in ids})


def content_id(text: str, taken: Iterable[str] = ()) -> str:
    """Return a short id made from ``text``, different from every id in ``taken``."""
    base = "rx" + hashlib.sha256(text.encode()).hexdigest()[:8]
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def markup(root: Element) -> str:
    """Return the tree as text for an HTML page."""
    return ElementTree.tostring(root, encoding="unicode")


def _drop_unseen(root: Element) -> None:
    """Remove metadata, style sheets, and shapes that are neither filled nor stroked."""
    for parent in list(root.iter()):
        for child in list(parent):
            style = child.get("style", "")
            unseen = child.tag == "path" and style == "fill: none"
            if unseen or child.tag in {"metadata", "style"}:
                parent.remove(child)


def _tidy_attributes(element: Element) -> None:
    """Round the geometry, take the font's family away, give colours their names; in place."""
    if "font-family" in element.get("style", "") or "font:" in element.get("style", ""):
        element.set("style", _without_family(element.get("style", "")))
    for key, value in list(element.attrib.items()):
        if key == "href" and value.startswith("data:"):
            value = re.sub(r"\s+", "", value)
        elif key in _GEOMETRY:
            value = _NUMBER.sub(_rounded, _LONE_ROTATION.sub("", value))
            value = re.sub(r"\s*([MLCQzHV])\s*", r"\1", value).strip()
        elif key in {"style", "fill", "stroke"}:
            value = _NUMBER.sub(_rounded, _HEX.sub(_themed, value))
            value = re.sub(r"([:;]) ", r"\1", value)
            if key != "style" and "var(" in value:  # var() works in a style only
                del element.attrib[key]
                element.set("style", f"{key}:{value};{element.get('style', '')}".rstrip(";"))
                continue
        if value:
            element.set(key, value)
        else:
            del element.attrib[key]


def _without_family(style: str) -> str:
    """Return a text style without its font family: the page's own font is used."""
    style = re.sub(r"font-family:[^;]*;? ?", "", style)
    return re.sub(
        r"font: ([^;]*?)([\d.]+)px [^;]*",
        lambda m: f"font-size: {m[2]}px" + _font_words(m[1]),
        style,
    ).strip("; ")


def _font_words(words: str) -> str:
    """Return the weight and slant that a ``font`` shorthand named, as declarations."""
    weight = re.search(r"bold|\b[1-9]00\b", words)
    slant = re.search(r"italic|oblique", words)
    return (f"; font-weight: {weight[0]}" if weight else "") + (
        f"; font-style: {slant[0]}" if slant else ""
    )


def _rounded(match: re.Match) -> str:
    """Return a number to two decimals, without the zeros at its end."""
    text = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _themed(match: re.Match) -> str:
    """Return the name that a colour has on the page, with the colour itself as fallback."""
    color = match[0]
    if color in _INKS:
        return "currentColor"
    return f"var({THEMED[color]},{color})" if color in THEMED else color


def _let_text_flow(text: Element) -> None:
    """Join what mathtext placed glyph by glyph, so that it is text in any font; in place.

    Runs with one baseline and style become one ``tspan``; a raised or lowered run follows with
    ``dy``. Text that is stacked (a fraction) keeps its places.
    """
    spans = list(text)
    if spans:
        text.text = None
    places = [float(span.get("x", "nan").split()[0]) for span in spans]
    if not spans or any(later <= earlier for earlier, later in pairwise(places)):
        return
    merged: list[Element] = []
    baseline = None
    for span in spans:
        here = float(span.get("y", "0"))
        if merged and here == baseline and span.get("style") == merged[-1].get("style"):
            merged[-1].text = (merged[-1].text or "") + (span.text or "")
            continue
        if merged:
            del span.attrib["x"], span.attrib["y"]
            if here != baseline:
                span.set("dy", f"{here - baseline:.2f}".rstrip("0").rstrip("."))
        merged.append(span)
        baseline = here
    text[:] = merged


def _gather_definitions(root: Element) -> None:
    """Move every used definition to one ``<defs>``, under an id of its content; in place."""
    used = _references(root)
    found: dict[str, Element] = {}
    names: dict[str, str] = {}
    for parent in list(root.iter()):
        for definitions in parent.findall("defs"):
            parent.remove(definitions)
            for element in definitions:
                old = element.attrib.pop("id", None)
                if old in used:
                    names[old] = content_id(markup(element))
                    element.set("id", old)
                    found[names[old]] = element
    if found:
        gathered = Element("defs")
        gathered.extend(found.values())
        root.insert(0, gathered)
        _rename_ids(root, names)


def _rename_ids(root: Element, names: dict[str, str]) -> None:
    """Give the ids that ``names`` maps, and all references to them, their new names; in place."""

    def renamed(match: re.Match) -> str:
        return "#" + names.get(match[1], match[1])

    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, names.get(value, value))
            elif _may_refer(key, value):
                element.set(key, _REFERENCE.sub(renamed, value))


def _references(root: Element) -> set[str]:
    """Return the ids that something in the tree points to."""
    return {
        name
        for element in root.iter()
        for key, value in element.attrib.items()
        if _may_refer(key, value)
        for name in _REFERENCE.findall(value)
    }


def _may_refer(key: str, value: str) -> bool:
    """Return whether an attribute can point to an id (a PNG's base64 cannot)."""
    return key != "id" and "#" in value and not value.startswith("data:")


def _drop_idle_groups(element: Element, used: set[str]) -> None:
    """Replace every group that says nothing by its children, and drop ids nobody uses; in place."""
    if element.get("id") not in used:
        element.attrib.pop("id", None)
    children: list[Element] = []
    for child in element:
        _drop_idle_groups(child, used)
        children += list(child) if child.tag == "g" and not child.attrib else [child]
    element[:] = children
