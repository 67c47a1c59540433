"""Where one sequence stands in another."""

from itertools import product

import pytest

from harness.shapes.policies.window import find

_TEXTS = ["".join(letters) for length in range(7) for letters in product("ab", repeat=length)]


@pytest.mark.parametrize("pattern", [text for text in _TEXTS if len(text) < 5])
def test_the_first_whole_occurrence_is_found_as_str_finds_it(pattern: str) -> None:
    found = {text: find(pattern, text) for text in _TEXTS if pattern in text}
    assert found == {text: (text.find(pattern), len(pattern)) for text in found}


@pytest.mark.parametrize("pattern", [text for text in _TEXTS if len(text) < 5])
def test_without_a_whole_one_the_longest_that_the_text_ends_in_is_found(pattern: str) -> None:
    texts = [text for text in _TEXTS if pattern not in text]
    ends = {text: max(n for n in range(len(pattern)) if text.endswith(pattern[:n])) for text in texts}
    assert {text: find(pattern, text) for text in texts} == {text: (len(text) - n, n) for text, n in ends.items()}
