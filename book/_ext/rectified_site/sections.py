"""Headings that a cell prints are headings of its page.

myst-nb turns a heading in the Markdown that a cell displays into a paragraph. Here it begins a
section of the page, which holds what the cell displays up to its next heading: the section is in
the page's contents and in the search, and has an address. On the page ``cheat-sheet`` the heading
"Leaky ReLU" is ``#leaky-relu``; other pages refer to it as ``#cheat-sheet-leaky-relu``.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(PrintedHeadings)


class PrintedHeadings(SphinxTransform):
    """Move what follows a printed heading from the cell's output into a section after the cell."""

    default_priority = 700  # Sphinx collects labels at 850, contents and titles at 880

    def apply(self, **kwargs: object) -> None:
        """Change the document in place."""
        for output in list(self.document.findall(_is_output)):
            sections: list[nodes.section] = []
            for displayed in list(output):
                for heading in list(displayed.findall(nodes.rubric))[:1]:
                    sections.append(self._begin(heading))
                if sections:
                    output.remove(displayed)
                    sections[-1].append(displayed)
            cell = output.parent
            place = cell.parent.index(cell) + 1
            cell.parent[place:place] = sections

    def _begin(self, heading: nodes.rubric) -> nodes.section:
        """Return a section with the text of ``heading`` as its title, and remove ``heading``."""
        page, anchor = self.env.docname.rpartition("/")[2], heading["ids"][0]
        section = nodes.section(ids=heading["ids"], names=[f"{page}-{anchor}"])
        section.source, section.line = heading.source, heading.line
        section.append(nodes.title(heading.rawsource, "", *heading.children))
        heading.parent.remove(heading)
        self.document.ids[anchor] = section  # in place of the heading
        self.document.note_explicit_target(section)
        return section


def _is_output(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and node.get("nb_element") == "cell_code_output"
