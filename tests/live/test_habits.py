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
    "open-bracket": "$ echo (\nbash: syntax error near unexpected token `newline'\n[2]\n",
    "hidden": "$ read -s -p 'Password: ' word; echo; echo ${#word}\nPassword: secret\n6\n",
    "login": "$ docker run -d --name registry -p 5000:5000 registry\n...\n"
    "$ until curl -sfo /dev/null localhost:5000/v2/; do sleep 0.2; done\n"
    "$ docker login localhost:5000\nUsername: minji\nPassword: secret\n...\nLogin Succeeded\n",
    "menu": "$ cat > compose.yaml <<END\nservices:\n  front:\n    image: busybox\n    init: true\n"
    "    command: sh -c 'echo ready; sleep 300'\nEND\n$ docker compose up\n...\nfront-1  | ready\n\n\n"
    "v View in Docker Desktop   o View Config   w Enable Watch\n"
    "^CGracefully Stopping... press Ctrl+C again to force\n...\n",
    "reader": "$ docker run -it --rm python:3 python3\n...\n>>> print(7 * 6)\n42\n>>> exit()\n",
    "quiet-ash": "$ docker pull -q busybox\n...\n$ docker run -it --rm busybox\n/ # exit\n",
    "block": "$ docker run -it --rm python:3 python3\n...\n>>> def f(x):\n...     y = x + 1\n...     return y\n...\n"
    ">>> f(2)\n3\n>>> exit()\n",
    "shells": "$ docker run -it --rm debian\n...\nroot@588ec8830392:/# sh\n# bash\nroot@588ec8830392:/# echo a\na\n"
    "root@588ec8830392:/# exit\nexit\n# exit\nroot@588ec8830392:/# exit\nexit\n",
    "sqlite": "$ docker run -it --rm python:3 python3 -m sqlite3\n...\nsqlite> create table t (a int);\n"
    "sqlite> insert into t\n    ... values (1), (2);\nsqlite> select count(*) from t;\n(2,)\nsqlite> .quit\n",
    "asked-inside": "$ docker run -it --rm debian\n...\nroot@4c5d6e7f8a9b:/# read -p 'Name: ' name\nName: minji\n"
    "root@4c5d6e7f8a9b:/# echo $name\nminji\nroot@4c5d6e7f8a9b:/# exit\nexit\n",
    "label": "$ docker run -it --rm debian sh -c 'printf \"City: \"; head -n 1'\n...\nCity: Seoul\nSeoul\n",
    "detached": "$ docker run -dit --name shell busybox\n...\n$ docker attach shell\n/ # echo hi\nhi\n/ # ^P^Q\n"
    "$ docker rm -f shell\nshell\n",
    "top": "$ docker run -it --rm --init busybox top\n...\nCPU: ...\n...\n^C\n",
    "code": '$ docker run --rm --init debian perl -e \'print $$, " ", 7 * 6, "\\n"\'\n17 42\n',
    "cut-digests": "$ printf 'FROM redis\\nRUN echo hi\\n' > Dockerfile\n$ docker build -t app .\n...\n"
    " => [1/2] FROM docker.io/library/redis:latest@sha256:030723dfab2f06fd1    0.5s\n...\n"
    " => => writing image sha256:2e863c44b718727c860746568e1d54afd13b2fa71b16  0.0s\n"
    " => => naming to docker.io/library/app                                    0.0s\n",
    "cut-token": "$ docker swarm init\n"
    "Swarm initialized: current node (dxn1zf6l61qsb1josjja83ngz) is now a manager.\n...\n"
    "    docker swarm join --token SWMTKN-1-49nj... 192.168.99.100:2377\n...\n",
    "cut-certificate": "$ docker swarm ca\n-----BEGIN CERTIFICATE-----\nMIIBazCCARCgAwIBAgI...\n...\n"
    "-----END CERTIFICATE-----\n",
    # Behind the build above, which shows how its base image is pulled.
    "keys": "$ docker run -d --name cache redis\n...\n"
    "$ until docker exec cache redis-cli ping > /dev/null 2>&1; do sleep 0.2; done\n$ docker exec -it cache redis-cli\n"
    "127.0.0.1:6379> SET greeting hello\nOK\n127.0.0.1:6379> exit\n",
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
    "wrong-length": "$ read -s -p 'Password: ' word; echo; echo ${#word}\nPassword: secret\n7\n",
    "wrong-code": '$ docker run --rm debian perl -e \'print $$, " ", 7 * 6, "\\n"\'\n...\n17 43\n',
    "wrong-block": "$ docker run -it --rm python:3 python3\n...\n>>> for i in range(2):\n...     print(i)\n...\n0\n2\n",
    "wrong-token": "$ docker swarm init\n...\n"
    "    docker swarm join --token SWMTKN-2-49nj... 192.168.99.100:2377\n...\n",
    "wrong-end": "$ docker run --init busybox \\\n"
    "> sh -c 'trap \"echo Bye; exit\" INT; echo Start; while :; do sleep 0.1; done'\n...\nStart\n^C\n",
    "wrong-tail": "$ docker run -d --name two debian sh -c 'echo one; echo one'\n...\n$ docker wait two\n0\n"
    "$ docker logs --tail 1 two\none\none\n",
}
BREAKS = {
    "question": "$ read -p 'Continue? [y/N] ' answer\n",
    "no-password": "$ read -s -p 'Password: ' word; echo\nPassword: \n",
}


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
