"""What stays on one line of a text."""

import pytest

from harness.site import hyphens


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (
            "DOCKER_HOST=unix:///run/user/1000/docker.sock",
            "DOCKER_HOST=<wbr>unix:///<wbr>run/<wbr>user/<wbr>1000/<wbr>docker.sock",
        ),
        (
            '<span class="o">=</span>unix:///run/user/1000/docker.sock',
            '<span class="o">=</span>unix:///<wbr>run/<wbr>user/<wbr>1000/<wbr>docker.sock',
        ),
        (
            "/usr/local/share/ca-certificates",
            '/usr/<wbr>local/<wbr>share/<wbr><span class="whole">ca-certificates</span>',
        ),
        ("cat /etc/nginx/nginx.conf", "cat /etc/nginx/nginx.conf"),
        ("cp ~/docker-note/site .", 'cp <span class="whole">~/docker-note/site</span> .'),
    ],
)
def test_a_word_that_is_longer_than_a_phones_line_may_end_it_between_its_parts(command: str, shown: str) -> None:
    assert hyphens.whole(command) == shown


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
