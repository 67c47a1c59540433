"""The form of a date, as `date` and strftime take it, is the pattern of what it prints."""

import re

import pytest

from harness.shapes import dates


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("%H:%M", "09:30"),
        ("%j", "007"),
        ("%-j", "7"),
        ("%N", "123456789"),
        ("%3N", "123"),
        ("%3Y", "2026"),
        ("%S.%f", "57.000017"),
        ("%d%%", "24%"),
    ],
)
def test_what_a_form_prints_has_its_pattern(form: str, printed: str) -> None:
    assert re.fullmatch(dates.pattern(form), printed)


@pytest.mark.parametrize(
    ("form", "printed"),
    [("%H:%M", "9:30"), ("%H:%M", "29:30"), ("%j", "7"), ("%-j", "1234"), ("%3N", "12"), ("%3N", "1234"), ("%f", "17")],
)
def test_what_a_form_never_prints_does_not_have_its_pattern(form: str, printed: str) -> None:
    assert not re.fullmatch(dates.pattern(form), printed)


@pytest.mark.parametrize("form", ["today", "%c", "%H %x"])
def test_a_form_without_a_date_or_that_leaves_it_open_has_no_pattern(form: str) -> None:
    assert dates.pattern(form) == ""
