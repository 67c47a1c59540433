"""When an example was run, as its readers' clocks showed it."""

import pytest

from harness.site import clock


@pytest.mark.parametrize(
    ("started", "minute"),
    [
        ("2026-11-24T08:05:59+00:00", "2026-11-24 17:05"),
        ("2026-11-24T15:00:00+00:00", "2026-11-25 00:00"),
        ("2026-11-24T15:00:00+09:00", "2026-11-24 15:00"),
        ("<b>", "<b>"),
    ],
)
def test_a_run_is_told_in_korean_time(started: str, minute: str) -> None:
    assert clock.minute(started) == minute
    assert clock.day(started) == minute[:10]
