"""The box that each table of a page's text scrolls in."""

import re

import pytest
from markdown import Markdown

TABLE = "| 앞 | 뒤 |\n|---|---|\n| 1 | 2 |\n"
INDENTED = TABLE.replace("\n", "\n    ")
BOX = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table>'


def html(text: str) -> str:
    made = Markdown(extensions=["harness.site.tables", "admonition", "md_in_html", "tables"]).convert(text)
    return re.sub(r"\n\s*", "", made)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{TABLE}\n문단", id="of a page"),
        pytest.param(f"1. 항목\n\n    {INDENTED}", id="of a list"),
        pytest.param(f"!!! note\n\n    {INDENTED}", id="of a note"),
        pytest.param(f'<div class="cheatsheet" markdown>\n\n{TABLE}\n{TABLE}\n</div>', id="of a page's own element"),
    ],
)
def test_each_table_stands_in_a_box(text: str) -> None:
    made = html(text)
    assert made.count(BOX) == made.count("<table>") == text.count("---|---")
    assert made.count("</table></div></div>") == made.count("<table>")


def test_what_follows_a_table_stays_behind_it() -> None:
    assert html(f"{TABLE}\n문단").endswith("</table></div></div><p>문단</p>")
