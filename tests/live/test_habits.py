"""How people write sessions down: each habit is run as a reader would, and a wrong one differs instead of breaking."""

import pytest

from live.project import Project

PASSES = {
    "ash": "$ docker run -it --rm busybox sh\n...\n/ # echo hi\nhi\n/ # exit\n",
    "dash": "$ docker run -it --rm debian sh\n...\n# echo hi\nhi\n# exit\n",
    "user": "$ docker run -it --rm -u 1234 debian sh\n...\n$ id -u\n1234\n$ exit\n",
    "nobody": "$ docker run -it --rm -u 1234 debian bash\n...\nI have no name!@0123456789ab:/$ id -u\n1234\n"
    "I have no name!@0123456789ab:/$ exit\nexit\n",
    "ubuntu": "minji@ubuntu:~$ echo hi\nhi\n",
    "backslash": "$ docker run --rm \\\n    debian \\\n    echo hi\n...\nhi\n",
    "here-document": "$ cat > note.txt <<EOF\none\ntwo\nEOF\n$ cat note.txt\none\ntwo\n",
    "several-lines": "$ echo one &&\necho 'two\nthree'\none\ntwo\nthree\n",
    "interrupted": "$ docker run --rm debian sh -c 'while true; do echo tick; sleep 0.1; done'\n...\ntick\n^C\n",
    "syntax": "$ echo )\nbash: syntax error near unexpected token `)'\n[2]\n",
    "job": "$ sleep 300 &\n[1] 4242\n",
    "answer": "$ docker volume prune\n...\nAre you sure you want to continue? [y/N] y\nTotal reclaimed space: 0B\n",
    "dots": "$ docker info --format '{{json .}}'\n"
    '{"ID":"8062def7-4a8d-4f7d-8473-728f7568c114","Containers":0, ...}\n',
    "limit": "$ docker run -d --name small -m 256m busybox sleep 1d\n...\n"
    "$ docker stats --no-stream --format '{{.MemUsage}}' small\n3.27MiB / 256MiB\n",
    "zone": "$ docker run --rm -e TZ=UTC debian date +%FT%T%:z\n...\n2026-11-24T11:28:57+00:00\n",
}
DIFFERS = {
    "prompt": "$ docker run -it --rm debian bash --norc\n...\nbash-4.4# echo hi\nhi\nbash-4.4# exit\nexit\n",
    "wrong-syntax": "$ echo )\nbash: parse error\n[2]\n",
    "wrong-job": "$ sleep 300 &\n[2] 4242\n",
    "wrong-limit": "$ docker run -d --name small -m 256m busybox sleep 1d\n...\n"
    "$ docker stats --no-stream --format '{{.MemUsage}}' small\n3.27MiB / 512MiB\n",
    "wrong-zone": "$ docker run --rm -e TZ=UTC debian date +%FT%T%:z\n...\n2026-11-24T20:28:57+09:00\n",
    "wrong-dots": "$ docker info --format '{{json .}}'\n"
    '{"ID":"8062def7-4a8d-4f7d-8473-728f7568c114","Containers":3, ...}\n',
    "wrong-tail": "$ docker run -d --name two debian sh -c 'echo one; echo one'\n...\n$ sleep 1\n"
    "$ docker logs --tail 1 two\none\none\n",
}
BREAKS = {"question": "$ read -p 'Continue? [y/N] ' answer\n"}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> dict[str, str]:
    """What became of each session. Those that pass share a page; of the others each has its own."""
    project = Project(tmp_path_factory.mktemp("habits"), environment)
    pages = {f"{name}.md": _fence(text) for name, text in (DIFFERS | BREAKS).items()}
    sessions = [_fence(text, f'title="{name}"') for name, text in PASSES.items()]  # each on a terminal of its own
    project.run({"passes.md": "\n".join(sessions), **pages}, "--numprocesses=2", "--dist=loadscope")
    passes = [block["outcome"] for block in project.blocks("passes.md")]
    own = {name.removesuffix(".md"): project.blocks(name)[0]["outcome"] for name in pages}
    return dict(zip(PASSES, passes, strict=True)) | own


def _fence(text: str, title: str = "") -> str:
    return f"``` console {title}\n{text}```\n"


@pytest.mark.parametrize("name", PASSES)
def test_a_session_as_people_write_it_passes(name: str, outcomes: dict[str, str]) -> None:
    assert outcomes[name] == "passed"


@pytest.mark.parametrize("name", DIFFERS)
def test_a_session_that_shows_something_else_differs(name: str, outcomes: dict[str, str]) -> None:
    assert outcomes[name] == "differs"


@pytest.mark.parametrize("name", BREAKS)
def test_a_command_that_waits_for_what_the_page_does_not_give_is_broken(name: str, outcomes: dict[str, str]) -> None:
    assert outcomes[name] == "broken"
