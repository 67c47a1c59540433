"""Turns a page's sources into what stands at its end, for readers: when it last changed, its Markdown, its source, and
a question that leads to an issue which is already half written.
"""

import subprocess
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode


def changes(root: Path) -> dict[str, str]:
    """When each file of the project last changed (YYYY-MM-DD), by its path; empty where git knows nothing of it."""
    command = ["git", "-c", "core.quotepath=off", "log", "--format=%x00%cs", "--name-only"]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout
    found: dict[str, str] = {}
    for commit in told.split("\0")[1:]:
        date, *paths = commit.split("\n")
        found |= {path: date for path in filter(None, paths) if path not in found}
    return found


def about(name: str, sources: Sequence[str], changed: Mapping[str, str], repository: str) -> str:
    """The HTML at the end of the page `name` (below docs/). `repository` is its address, empty where there is none."""
    date = max((changed[source] for source in sources if source in changed), default="")
    parts = [f'마지막 변경 <time datetime="{date}">{date}</time>'] if date else []
    parts.append(f'<a href="{quote(Path(name).name)}">Markdown</a>')
    if repository:
        source = f"{repository}/blob/HEAD/docs/{quote(name)}"
        parts.append(f'<a href="{escape(source)}">원본</a>')
        parts.append(f'<a class="stale" href="{escape(_issue(name, repository))}">이 페이지가 낡았나요?</a>')
    return f'<p class="about" data-search-exclude>{" · ".join(parts)}</p>'


def _issue(name: str, repository: str) -> str:
    body = (
        f"페이지: docs/{name}\n\n"
        "어느 예제나 문장이 낡았습니까?\n\n\n"
        "무엇을 실행했고, 무엇이 나왔습니까? (`docker version`의 출력도 함께 적어 주시면 좋습니다.)\n\n\n"
    )
    return f"{repository}/issues/new?{urlencode({'title': f'낡은 페이지: docs/{name}', 'body': body})}"
