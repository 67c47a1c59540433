"""What a reader finds who types into the search: the real queries of queries.toml, and a person's keys."""

import re
import tomllib
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from bench.sight import settle

QUERIES = tomllib.loads(Path(__file__).with_name("queries.toml").read_text("utf-8"))

# What no line may end in, of the results' lines: those that stand on several.
TORN = r"""() => [...document.querySelectorAll(".search-line")].flatMap((line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), places = [];
    while (walker.nextNode())
        for (let at = 0; at < walker.currentNode.data.length; at++) places.push([walker.currentNode, at]);
    const text = places.map(([node, at]) => node.data[at]).join(""), range = document.createRange();
    const top = (place) => {
        const [node, at] = places[place];
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect().top;
    };
    const whole = /(?<![^\s(])-{1,2}[a-z][a-z-]{0,24}(?![^\s),])|\bdocker\s(?:compose\s)?[a-z]+\b/g;
    return [...text.matchAll(whole)]
        .filter(({ 0: { length }, index }) => Math.abs(top(index) - top(index + length - 1)) > 4)
        .map(([words]) => words);
})"""


def search(tab: Page, query: str) -> list[str]:
    """The names of the pages that are found for what is typed, best first."""
    box = tab.get_by_role("searchbox", name="검색")
    box.fill("")
    expect(tab.get_by_text("검색어를 입력하세요")).to_be_attached()
    box.fill(query)
    results = tab.locator(".md-search-result__item")
    results.first.wait_for()
    links = results.evaluate_all("(items) => items.map((item) => item.querySelector('a').href)")
    return [Path(urlsplit(link).path).stem for link in links]


@pytest.mark.parametrize("kind", QUERIES)
def test_the_page_that_answers_is_among_the_first_three(tab: Page, site: str, kind: str) -> None:
    tab.goto(site)
    search(tab, "docker")  # loads the engine, which then is asked without the keys: hundreds of queries take a while
    found: list[list[str]] = tab.evaluate(
        "(queries) => queries.map((query) => siteSearch(query).pages.map(([best]) => best.address))",
        list(QUERIES[kind]),
    )
    missed = {}
    for (query, answers), addresses in zip(QUERIES[kind].items(), found, strict=True):
        pages = [Path(urlsplit(address).path).stem or "index" for address in addresses[:3]]
        if not set(pages) & set([answers] if isinstance(answers, str) else answers):
            missed[query] = pages
    assert missed == {}


def test_the_queries_are_many_and_a_wrong_answer_is_seen(tab: Page, site: str) -> None:
    assert sum(len(queries) for queries in QUERIES.values()) >= 750
    tab.goto(site)
    assert search(tab, "docker attach")[0] != "install"


def test_the_first_result_shows_the_line_that_answers_and_enter_leads_there(tab: Page, site: str) -> None:
    tab.goto(site)
    tab.keyboard.press("/")
    tab.keyboard.type("컨테이너삭제")
    first = tab.locator(".md-search-result__link").first
    expect(first).to_contain_text("컨테이너 › 지우기")
    expect(first).to_contain_text("docker rm에 ID나 이름을 적어 지웁니다.")
    assert {"지웁니다", "rm"} <= set(first.locator("mark").all_inner_texts())
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(f"^{site}/containers.html#{quote('지우기')}"))


def test_of_lines_with_the_same_words_a_result_shows_the_one_that_has_them_as_typed(tab: Page, site: str) -> None:
    tab.goto(site)
    search(tab, "Is the docker daemon running")  # a newer engine says: and if the daemon is running
    expect(tab.locator(".md-search-result__link").first).to_contain_text("Is the docker daemon running?")


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_a_key_opens_the_search_and_a_sign_tells_which(tab: Page, site: str, keys: str) -> None:
    tab.goto(site)
    sign = tab.locator(".search-keys")
    assert sign.inner_text().split() == ["Ctrl", "K", "/"]
    tab.keyboard.press(keys)
    expect(tab.get_by_role("searchbox", name="검색")).to_be_focused()
    expect(sign).to_be_hidden()


def test_who_comes_back_from_a_result_finds_query_and_results(tab: Page, site: str) -> None:
    tab.goto(site)
    search(tab, "컨테이너삭제")
    first = tab.locator(".md-search-result__link").first
    said = first.inner_text()
    first.click()
    expect(tab.get_by_role("heading", name="지우기")).to_be_in_viewport()
    tab.go_back()
    expect(tab.get_by_role("searchbox", name="검색")).to_have_value("컨테이너삭제")
    expect(first).to_be_visible()
    assert first.inner_text() == said
    tab.get_by_role("searchbox", name="검색").press("Escape")
    tab.reload()
    expect(tab.locator(".md-search__output")).to_be_hidden()


def test_the_home_has_a_big_field_in_its_middle_that_is_the_same_search(tab: Page, site: str) -> None:
    tab.goto(site)
    same = search(tab, "컨테이너삭제")
    tab.keyboard.press("Escape")
    field = tab.get_by_role("searchbox", name="안내서에서 찾기")
    expect(field).to_be_in_viewport()
    field.fill("컨테이너삭제")
    items = tab.locator(".home-search .md-search-result__item")
    items.first.wait_for()
    links = items.evaluate_all("(items) => items.map((item) => item.querySelector('a').href)")
    assert [Path(urlsplit(link).path).stem for link in links] == same
    field.press("Escape")
    expect(items.first).to_be_hidden()
    field.fill("컨테이너삭제")
    expect(items.first).to_be_visible()
    field.press("Enter")
    expect(tab.get_by_role("heading", name="지우기")).to_be_in_viewport()
    tab.go_back()
    expect(field).to_have_value("컨테이너삭제")
    expect(items.first).to_be_visible()
    expect(tab.locator(".md-search__output")).to_be_hidden()


def test_a_hit_behind_another_tab_opens_that_tab(tab: Page, site: str) -> None:
    tab.goto(site)
    search(tab, "as 29 prints it")
    hit = tab.locator(".md-search-result__link", has_text="as 29 prints it").first
    address = hit.evaluate("(link) => link.href")
    hit.click()
    expect(tab.get_by_text("as 29 prints it")).to_be_in_viewport()
    assert re.search(":~:text=as%2029%20prints%20it", address)  # which the browser marks, and takes out of the address


def test_what_is_typed_as_a_section_is_called_leads_to_that_section_first(tab: Page, site: str) -> None:
    tab.goto(site)
    for query, address in (
        ("permission denied", "errors.html#permission-denied"),
        ("exited with code 137", "debug.html#"),
    ):
        search(tab, query)
        assert address in str(tab.locator(".md-search-result__link").first.get_attribute("href"))


def test_what_the_guide_does_not_speak_of_is_said_with_what_is_near(tab: Page, site: str) -> None:
    tab.goto(site)
    assert search(tab, "helm 볼륨")[0] == "volumes"
    expect(tab.locator(".md-search-result__meta")).to_contain_text("‘helm’: 이 안내서에 나오지 않는 말입니다. 가까운 ")
    search(tab, "gpu 쓰기")
    expect(tab.get_by_text("이 안내서에서 찾은 것이 없어 모든 페이지를 보여 드립니다")).to_be_visible()


MISSING = "(queries) => queries.map((query) => siteMissing(query).join())"


@pytest.mark.parametrize(
    ("likeness", "absent"),
    [
        ("sounds like", ["테라폼", "엔시블", "코틀린", "노마드", "볼트", "vagrant", "플러터"]),
        ("is a slip away from", ["프로메테우스", "키클록", "애저", "넷리파이"]),
        ("ends like", ["람다", "컨설", "에어플로", "키바나", "앱엔진"]),
        ("holds", ["안드로이드", "클라우드포메이션", "서버리스", "크론탭", "파이어베이스"]),
        ("stands beside", ["람다 컨테이너", "애저 배포", "서버리스 배포", "시놀로지 볼륨", "크론탭 등록"]),
        ("is made of words that no page has together", ["블록체인", "오픈스택 설치", "데이터레이크"]),
    ],
)
def test_what_only_resembles_a_word_of_the_guide_is_said_to_be_missing(
    tab: Page, site: str, likeness: str, absent: list[str]
) -> None:
    tab.goto(site)
    search(tab, "docker")
    assert tab.evaluate(MISSING, absent) == [query.split()[0] for query in absent]


def test_another_spelling_a_slip_an_ending_or_a_compound_of_words_of_the_guide_is_not_said_to_be_missing(
    tab: Page, site: str
) -> None:
    tab.goto(site)
    search(tab, "docker")
    present = ["엔드포인트", "캐퍼빌리티", "인스펙트", "콤포즈", "비지박스", "저널디", "스탯츠", "컴포즈 오버라이드"]
    present += ["contianers", "도커 인스펙트 볼룸", "이미자", "도거", "컨테이너이름", "이미지이름바꾸기", "서버 리스트"]
    present += ["볼륨 마운트", "컨테", "예제들은", "변수 먹이기", "명령이 안먹혀요", "루트리스", "도커화일"]
    present += ["컨테이너엔진", "안쓰는이미지삭제", "빌드캐시날리기"]
    assert tab.evaluate(MISSING, present) == [""] * len(present)


def test_a_number_is_no_word_that_is_missing_and_a_name_is_said_once(tab: Page, site: str) -> None:
    tab.goto(site)
    search(tab, "docker")
    assert tab.evaluate("siteMissing('ghtmx 0123 볼륨 ghtmx')") == ["ghtmx"]


def test_the_names_in_a_pasted_error_are_not_said_to_be_missing(tab: Page, site: str) -> None:
    """Who pastes an error knows that the guide doesn't speak of jiwon, nor of the ID of a container of theirs."""
    tab.goto(site)
    for error in (
        "Cannot connect to the Docker daemon at unix:///Users/jiwon/docker.sock. Is the docker daemon running?",
        "network shop_default id 3f1d7c has active endpoints",
        "error during connect: Get http://%2F%2F.%2Fpipe%2FdockerDesktopLinuxEngine/v1.47/containers/json",
    ):
        search(tab, error)
        expect(tab.locator(".md-search-result__meta")).to_contain_text("페이지에서 찾았")


def test_it_says_how_many_pages_were_found_and_how_many_are_shown(tab: Page, site: str) -> None:
    tab.goto(site)
    status = tab.locator(".md-search-result__meta")
    assert len(search(tab, "엔드포인트")) < 20
    expect(status).to_have_text(f"{len(search(tab, '엔드포인트'))}개 페이지에서 찾았습니다")
    assert len(search(tab, "컨테이너")) == 20
    count, shown = map(int, re.findall(r"\d+", status.inner_text()))
    assert (count > 20, shown) == (True, 20)
    expect(status).to_have_text(f"{count}개 페이지에서 찾았고, 가까운 20개를 보여 드립니다")


@pytest.mark.parametrize("query", ["compose up --force-recreate", "--no-cache", "run --rm", "multi-stage"])
def test_no_line_of_a_result_ends_inside_an_option_or_a_command(phone: Page, site: str, query: str) -> None:
    phone.goto(site)
    phone.locator("header label[for=__search]").first.tap()
    phone.keyboard.type(query)
    phone.locator(".search-line").first.wait_for()
    torn = phone.evaluate(TORN)
    assert torn == []


def test_a_word_that_is_spelt_as_it_sounds_leads_to_the_section_with_the_other_spelling(tab: Page, site: str) -> None:
    tab.goto(site)
    assert search(tab, "프룬")[0] == "cleanup"
    first = tab.locator(".md-search-result__link").first
    expect(first).to_contain_text("정리하기 › 종류별로 지우기")
    assert "prune" in first.locator("mark").all_inner_texts()


def test_a_syllable_that_is_still_being_typed_is_the_beginning_of_one(tab: Page, site: str) -> None:
    tab.goto(site)
    assert "build" in search(tab, "이미지 빌ㄷ")[:2]
    assert search(tab, "애찯ㄱ ㅣㅐㅎㄴ")[0] == "logs"  # docker logs, with the keyboard in Korean


def test_what_readers_ask_leads_to_the_page_that_answers(tab: Page, site: str) -> None:
    tab.goto(site)
    assert search(tab, "라이브니스 프로브")[0] == "healthcheck"
    first = tab.locator(".md-search-result__link").first
    expect(first).to_contain_text("쿠버네티스 liveness probe 같은 라이브니스 프로브")


def test_arrows_walk_through_the_results_and_escape_leaves(tab: Page, site: str) -> None:
    tab.goto(site)
    tab.keyboard.press("/")
    tab.keyboard.type("이미지")
    expect(tab.locator(".md-search-result__link").nth(1)).to_be_visible()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(".md-search-result__link").nth(1)).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.locator(".md-search__output")).to_be_hidden()


def test_where_nothing_is_found_all_pages_are_shown_and_it_says_so(tab: Page, site: str, names: list[str]) -> None:
    tab.goto(site)
    assert {f"/{name}.html" for name in search(tab, "쀍뛟")} == set(names)
    expect(tab.get_by_text("이 안내서에서 찾은 것이 없어 모든 페이지를 보여 드립니다")).to_be_visible()


def test_the_search_works_from_files(tab: Page, folder: Path) -> None:
    tab.goto((folder / "images.html").as_uri())
    assert search(tab, "컨테이너를 지우려면")[0] == "containers"
    tab.locator(".md-search-result__link").first.click()
    expect(tab.get_by_role("heading", name="지우기")).to_be_in_viewport()


def test_on_a_phone_the_search_opens_by_a_tap(phone: Page, site: str) -> None:
    phone.goto(site)
    phone.locator("header label[for=__search]").first.tap()
    phone.keyboard.type("볼륨")
    expect(phone.locator(".md-search-result__link").first).to_be_in_viewport()


def test_words_and_index_are_loaded_only_when_somebody_searches(tab: Page, site: str) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.removeprefix(site)))
    tab.goto(site)
    settle(tab)
    assert [url for url in asked if "search" in url] == []
    search(tab, "이미지")
    assert {
        "/assets/search/letters.js",
        "/assets/search/words.js",
        "/search/index.js",
        "/assets/search/engine.js",
    } <= set(asked)


@pytest.mark.parametrize("lost", ["search/index.js", "assets/search/letters.js", "assets/search/engine.js"])
def test_an_index_that_did_not_come_is_asked_for_again(tab: Page, site: str, lost: str) -> None:
    """Who was without a network for a moment need not load the page anew."""
    tab.route(f"**/{lost}", lambda route: route.abort())
    tab.goto(site)
    tab.get_by_role("searchbox", name="검색").fill("이미지")
    expect(tab.get_by_text("검색 색인을 읽지 못했습니다")).to_be_visible()
    tab.unroute(f"**/{lost}")
    assert "images" in search(tab, "이미지")


@pytest.mark.parametrize(
    ("address", "words"),
    [("docker-attach.html", "guide docker attach"), ("100%25-%E0%A4%A.html", "guide 100%25 %E0%A4%A")],
)
def test_an_address_that_does_not_exist_is_searched_for(tab: Page, site: str, address: str, words: str) -> None:
    """The second is no address that a browser would write: its last letter is cut."""
    page = tab.request.get(f"{site}/404.html").text()
    tab.route("**/guide/*", lambda route: route.fulfill(status=404, body=page, content_type="text/html"))
    tab.goto(f"{site}/guide/{address}")
    expect(tab.locator(".missing [role=status]")).to_contain_text(f"‘{words}’: ")
    expect(tab.locator(".missing a").first).to_be_visible()


def test_an_address_that_does_not_exist_leads_to_the_page_that_its_words_find(tab: Page, site: str) -> None:
    page = tab.request.get(f"{site}/404.html").text()
    tab.route("**/guide/*", lambda route: route.fulfill(status=404, body=page, content_type="text/html"))
    tab.goto(f"{site}/guide/docker-attach.html")
    first = tab.locator(".missing a").first
    expect(first).to_contain_text("docker attach")
    left = "(one) => one.getBoundingClientRect().left"
    assert first.locator(".search-title").evaluate(left) == tab.get_by_role("heading", level=1).evaluate(left)
