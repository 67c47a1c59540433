"""What stays on one line of a text."""

import pytest

from harness.site import hyphens


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>a-b <code>docker run -e A</code>", '<p>a-b <code>docker run <span class="whole">-e</span> A</code>'),
        ("<code>apt-get</code>", '<code><span class="whole">apt-get</span></code>'),
        (f"<code>{'a-' * 15}</code>", f"<code>{'a-' * 15}</code>"),
        ("<pre><span></span><code>$ a -b\n</code></pre>", "<pre><span></span><code>$ a -b\n</code></pre>"),
        ("<a>a</a><code>-e</code>", "<a>a</a><code>-e</code>"),
        ('<code class="x">-e</code>', '<code class="x">-e</code>'),
    ],
)
def test_a_word_with_a_hyphen_in_code_within_a_text_stays_whole_where_it_fits(html: str, shown: str) -> None:
    assert hyphens.inline(html) == shown
