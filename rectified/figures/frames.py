"""Many frames of one figure as one SVG: what never changes once, what changes once per variant.

The frames of an explorable figure share axes, ticks and labels. ``merge`` walks their trees side
by side and keeps one copy of what is equal; where they differ it puts each variant into a group
``<g data-f="3 4">`` that names the frames it belongs to. All groups but those of the first frame
shown carry ``display="none"``: without a script, the figure is that one frame.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from xml.etree.ElementTree import Element

from rectified.figures.svg import markup


def merge(frames: Sequence[Element], shown: int) -> Element:
    """Return one ``<svg>`` that holds all ``frames``, with number ``shown`` visible.

    Raises
    ------
    ValueError
        If the frames are not all of the same size.
    """
    if len({frame.get("viewBox") for frame in frames}) > 1:
        raise ValueError("draw must return figures of one size for every setting")
    root = Element("svg", frames[0].attrib)
    definitions = {
        element.get("id"): element for frame in frames for element in frame.iterfind("defs/*")
    }
    if definitions:
        root.append(Element("defs"))
        root[0].extend(definitions.values())
    root.extend(_merge_lists([[e for e in frame if e.tag != "defs"] for frame in frames], shown))
    return root


def _merge_lists(lists: Sequence[list[Element]], shown: int) -> list[Element]:
    """Return the elements of one place in every frame, merged."""
    texts = [[markup(element) for element in elements] for elements in lists]
    merged: list[Element] = []
    at = [0] * len(lists)
    for anchor in [*_common(texts), None]:
        ends = [
            len(row) if anchor is None else row.index(anchor, start)
            for row, start in zip(texts, at, strict=True)
        ]
        gaps = [row[a:b] for row, a, b in zip(lists, at, ends, strict=True)]
        merged += _merge_gaps(gaps, shown)
        if anchor is not None:
            merged.append(lists[0][ends[0]])
        at = [end + 1 for end in ends]
    return merged


def _common(texts: Sequence[list[str]]) -> list[str]:
    """Return elements that stand in every frame in the same order."""
    common = texts[0]
    for row in texts[1:]:
        if row != common:
            blocks = SequenceMatcher(None, common, row, autojunk=False).get_matching_blocks()
            common = [text for block in blocks for text in common[block.a : block.a + block.size]]
    return common


def _merge_gaps(gaps: Sequence[list[Element]], shown: int) -> list[Element]:
    """Return what differs between two places that are equal in every frame."""
    if len({len(gap) for gap in gaps}) > 1:
        return _variants(gaps, shown)
    merged: list[Element] = []
    for column in zip(*gaps, strict=True):
        first = column[0]
        alike = first.tag == "g" and all(
            element.tag == "g" and element.attrib == first.attrib for element in column
        )
        if alike:
            group = Element("g", first.attrib)
            group.extend(_merge_lists([list(element) for element in column], shown))
            merged.append(group)
        else:
            merged += _variants([[element] for element in column], shown)
    return merged


def _variants(gaps: Sequence[list[Element]], shown: int) -> list[Element]:
    """Return one group for each different gap, marked with the frames that have it."""
    owners: dict[str, list[int]] = {}
    for frame, gap in enumerate(gaps):
        owners.setdefault("".join(map(markup, gap)), []).append(frame)
    groups = []
    for text, frames in owners.items():
        if not text:
            continue
        group = Element("g", {"data-f": " ".join(map(str, frames))})
        if shown not in frames:
            group.set("display", "none")
        group.extend(gaps[frames[0]])
        groups.append(group)
    return groups
