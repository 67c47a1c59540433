"""What a swarm makes up: the node that a task runs on, the number of its last change, its certificate."""

import re
from collections.abc import Sequence

from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy, Rewrite
from harness.shapes.policies.typed import Typed, programs

_NODE = re.compile(r"(?<=[0-9a-z]{12}@)[0-9A-Za-z][-.0-9A-Za-z]{0,62}(?= +\| )")
_LINE = "web.1.{}@{}    | {}"
_TASK, _OTHER = "x7c3v0b9n8m1q2w3e4r5t6y7u", "q7c3v0b9n8m1q2w3e4r5t6y7u"
_SPEAKER = re.compile(r"[^\s.]{1,100}\.\d{1,4}")
_FIRST, _FIRST_AGAIN = (_LINE.format(_TASK, "lab", said) for said in ("starts", "is ready"))
_SECOND = _LINE.replace("web.1", "web.2").format(_OTHER, "lab", "starts")
_CHANGE = re.compile(r"(?<=\"Index\":)( ?)[1-9]\d{0,17}\b")
_INSPECTS = frozenset(
    {"docker inspect", *(f"docker {name} inspect" for name in ("config", "node", "secret", "service"))}
)
_VERSION = '"Version": {{\n    "Index": {}\n}},\n"Name": "site"'
_KEY = re.compile(r"(Issuer Public Key: +|\"CertIssuerPublicKey\": ?\")[0-9A-Za-z+/]{120,124}={0,2}")
_CERTIFIED = re.compile(r"(?<=BEGIN CERTIFICATE)(-+\\n)(?:[0-9A-Za-z+/]{1,64}={0,2}\\n){5,20}(?=-+END)")
_WIDTH = 64  # characters of a certificate's line
_CERTIFICATE = "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n\n Issuer Subject:        MBMx"
_OURS, _THEIRS = ("\n".join((*[sign * 64] * 7, sign * length)) for sign, length in (("a", 42), ("b", 61)))
_IN_JSON = '{{"TLSInfo":{{"TrustRoot":"-----BEGIN CERTIFICATE-----\\n{}\\n-----END CERTIFICATE-----\\n"}}}}'


def _task(line: Line) -> str:
    found = _SPEAKER.match(line.text)
    return found[0] if found else ""


def _inspects(command: str) -> bool:
    return any(one.plain_name in _INSPECTS for one in programs(command))


def _shows_certificate(command: str) -> bool:
    return any(one.plain_name in ("docker node inspect", "docker swarm ca") for one in programs(command))


def _is_certified(lines: Sequence[Line], place: int) -> bool:
    """Whether a certificate begins there, with a whole line."""
    above = lines[place - 1].text if place else ""
    return above == "-----BEGIN CERTIFICATE-----" and len(lines[place].text) == _WIDTH


ROWS = (
    Rewrite(
        name="the node that a task runs on",
        sign="@",
        write=lambda text: _NODE.sub("node", text),
        command=Typed("docker service logs"),
        seen=((_LINE.format(_TASK, "lab", "ready"), _LINE.format(_OTHER, "my-laptop", "ready")),),
        damaged=(("ready", "panic"), ("web.1", "web.2"), ("@my-laptop", "")),
        typed="docker service logs web",
    ),
    Dialect(
        name="lines of a service's tasks",
        lines=rf"{_SPEAKER.pattern}\.[0-9a-z]{{12,25}}@\S{{1,63}} +\| .*",
        policy=Policy.REDUCED,
        command=Typed("docker service logs"),
        reduce=lambda run: sorted(run, key=_task),  # each in their order, whichever speaks first
        seen=((f"{_FIRST}\n{_FIRST_AGAIN}\n{_SECOND}", f"{_SECOND}\n{_FIRST}\n{_FIRST_AGAIN}"),),
        damaged=(("ready", "panic"), ("web.2", "web.3"), (f"{_FIRST}\n{_FIRST_AGAIN}", f"{_FIRST_AGAIN}\n{_FIRST}")),
        typed="docker service logs web",
    ),
    Rewrite(
        name="the number that a swarm's last change of a thing has among all its changes",
        sign='"Index":',
        write=lambda text: _CHANGE.sub(r"\1change", text),
        command=_inspects,
        seen=((_VERSION.format(85), _VERSION.format(87)),),
        damaged=(("87", "none"), ("site", "side"), ('    "Index": 87\n', "")),
        typed="docker config inspect site",
    ),
    Dialect(
        name="the certificate of a swarm",
        lines=r"[0-9A-Za-z+/]{4,64}={0,2}",
        policy=Policy.REDUCED,
        command=_shows_certificate,
        only=_is_certified,
        reduce=lambda lines: [lines[0].standing_for("a certificate")],
        seen=((_CERTIFICATE.format(_OURS), _CERTIFICATE.format(_THEIRS)),),
        damaged=(("BEGIN", "END"), ("Subject", "Object"), (_THEIRS, "none")),
        typed="docker node inspect --pretty self",
    ),
    Rewrite(
        name="the certificate of a swarm, on one line",
        sign="BEGIN CERTIFICATE",
        write=lambda text: _CERTIFIED.sub(r"\1", text),
        command=_shows_certificate,
        seen=((_IN_JSON.format(_OURS.replace("\n", "\\n")), _IN_JSON.format(_THEIRS.replace("\n", "\\n"))),),
        damaged=(("BEGIN", "END"), ("TrustRoot", "Root")),
        typed="docker node inspect -f '{{json .Description}}' self",
    ),
    Rewrite(
        name="the key of a swarm's certificate",
        sign="Issuer",
        write=lambda text: _KEY.sub(r"\1key", text),
        command=_shows_certificate,
        seen=((f" Issuer Public Key:     {'a' * 122}==", f" Issuer Public Key:     {'b' * 122}=="),),
        damaged=(("Public", "Private"), ("b" * 122, "none")),
        typed="docker node inspect --pretty self",
    ),
)
