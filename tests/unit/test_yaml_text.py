"""What anybody may write as YAML is read, or refused with its line."""

import pytest
import yaml

from harness.claims import yaml_text
from harness.claims.front_matter import front_matter


def test_the_values_of_a_text_are_read() -> None:
    assert yaml_text.load("a: [1, x]\nb: 2026-11-28") == yaml.safe_load("a: [1, x]\nb: 2026-11-28")


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("2026-99-99", "2026-99-99 is no timestamp"),
        ("0x_", "0x_ is no int"),
        ("!!float x", "x is no float"),
        ("!!timestamp x", "x is no timestamp"),
        ("[" * 300_000, "nested more than 100 deep"),
        ("- " * 300_000, "nested more than 100 deep"),
    ],
)
def test_a_value_that_is_none_is_refused_at_its_line(value: str, problem: str) -> None:
    refused = front_matter(["---", "title: x", "date:", f"  {value}", "---"])
    assert (refused.error, refused.error_line) == (problem, 4)


def test_a_list_is_no_text() -> None:
    assert [yaml_text.text(value) for value in (5, 2.5, "x", None, ["x"], {"x": 1})] == ["5", "2.5", "x", "", "", ""]
