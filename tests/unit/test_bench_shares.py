"""bench/shares.py: a night of 1,000 pages on 12 runners."""

import pytest

from bench import shares

MEASURED = [3.1, 4.2, 6.0, 8.5, 9.9, 12.4, 14.0, 19.5, 22.7, 26.1, 33.3, 41.8, 58.2, 74.9, 106.2]  # seconds


def test_of_twelve_runners_the_last_ends_within_15_percent_of_the_mean_in_every_night() -> None:
    assert [night for night in shares.nights(MEASURED) if night > 1.15] == []


def test_runners_end_together_where_all_pages_take_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "SPREAD", 0)
    monkeypatch.setattr(shares, "NEW", 0)
    assert {round(night, 2) for night in shares.nights([12.0] * 5)} == {1.01}  # 83 or 84 pages a runner
