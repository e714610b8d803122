"""Who is answered: only this machine's own page, in requests of bounded size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from sim.app.guard import HEADERS, Guard
from tests.app.conftest import HOST, ORIGIN, SiteMaker


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8017",
        "127.0.0.1.evil",
        "localhost:8017.evil",
        "localhost:",
        "127.0.0.1:x",
        "a@localhost",
        "",
    ],
)
def test_a_foreign_name_for_this_machine_is_refused(reader: TestClient, host: str) -> None:
    assert reader.get("/nb/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost:9000", "LOCALHOST:8017", "[::1]:80", "127.0.0.1:8017"]
)
def test_all_names_of_this_machine_are_served_behind_a_forwarded_port_too(
    reader: TestClient, host: str
) -> None:
    bare = TestClient(reader.app, base_url=ORIGIN)
    assert bare.get("/nb/", headers={"host": host}).status_code == 200
    sent = bare.post("/nb/kjor", headers={"host": host, "origin": f"http://{host.casefold()}"})
    assert sent.status_code not in {403, 421}
    foreign = bare.post("/nb/kjor", headers={"host": host, "origin": "http://localhost:1"})
    assert foreign.status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8017", "http://127.0.0.1:1"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_sites_are_refused(reader: TestClient, origin: str, method: str) -> None:
    answer = reader.request(method, "/nb/kjor" if method == "POST" else "/nb/", headers={"origin": origin})
    assert answer.status_code == 403


def test_a_form_must_say_where_it_comes_from(reader: TestClient) -> None:
    bare = TestClient(reader.app, base_url=ORIGIN)
    assert bare.post("/nb/kjor", data={"a": "voluntary"}).status_code == 403
    strange = bare.post("/nb/kjor", headers={"origin": ORIGIN, "sec-fetch-site": "cross-site"})
    assert strange.status_code == 403


def test_what_another_site_would_embed_is_refused_but_a_link_is_followed(reader: TestClient) -> None:
    bare = TestClient(reader.app, base_url=ORIGIN)
    embedded = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert bare.get("/static/page.css", headers=embedded).status_code == 403
    assert (
        bare.get("/nb/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status_code
        == 200
    )


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_no_other_method_is_served(reader: TestClient, method: str) -> None:
    assert reader.request(method, "/nb/").status_code == 405


@pytest.mark.parametrize(
    "path", ["/nb/", "/nb/nothing", "/static/page.css", "/", f"/resultat/{'x' * 10}/data.zip"]
)
def test_every_answer_binds_the_browser(reader: TestClient, path: str) -> None:
    headers = reader.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in headers["content-security-policy"]
    assert "server" not in headers


def test_a_refusal_binds_the_browser_too(reader: TestClient) -> None:
    headers = reader.get("/nb/", headers={"host": "evil.example"}).headers
    assert headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_a_large_body_is_refused_by_its_announced_length(reader: TestClient) -> None:
    answer = reader.post("/nb/last-opp", content=b"x" * (400 * 1024), headers={"content-type": "text/plain"})
    assert answer.status_code == 413


def test_a_large_body_without_a_length_is_refused_while_it_comes(make_site: SiteMaker) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.yaml"\r\n\r\n'
        for _ in range(100):
            yield b"# much\n" * 1000

    answer = make_site().post(
        "/nb/last-opp", content=pieces(), headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 413
    assert "for stor" in answer.text


@pytest.mark.parametrize("length", ["-1", "abc", "1e9", "²"])
def test_a_strange_length_is_refused(length: str) -> None:
    from starlette.datastructures import Headers

    guard = Guard(app=lambda *_: None, most=100, failure=lambda *_: None)  # type: ignore[arg-type]
    raw = {"host": HOST, "origin": ORIGIN, "content-length": length}
    headers = Headers(raw=[(name.encode(), value.encode("latin-1")) for name, value in raw.items()])
    assert guard.refusal("POST", headers) == (400, "The length of the request makes no sense.")


def test_a_length_of_thousands_of_digits_is_too_large() -> None:
    from starlette.datastructures import Headers

    guard = Guard(app=lambda *_: None, most=100, failure=lambda *_: None)  # type: ignore[arg-type]
    headers = Headers({"host": HOST, "origin": ORIGIN, "content-length": "9" * 4_400})
    assert guard.refusal("POST", headers) == (413, "The request is too large.")


def test_an_error_of_the_page_binds_the_browser_too(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(answers=False)
    monkeypatch.setattr("sim.app.pages.start._cards", lambda *_: 1 / 0)
    lenient = TestClient(site.app, base_url=ORIGIN, raise_server_exceptions=False)
    answer = lenient.get("/nb/")
    assert answer.status_code == 500
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "ZeroDivision" not in answer.text


@pytest.mark.parametrize(
    ("lang", "what", "kept", "do"),
    [
        ("nb", "Hva skjedde", "Hva som er tatt vare på", "Hva du kan gjøre"),
        ("en", "What happened", "What is kept", "What you can do"),
    ],
)
@pytest.mark.parametrize("status", [400, 404, 405, 413, 500])
def test_whatever_goes_wrong_is_told_in_the_page_s_own_way(
    make_site: SiteMaker,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    what: str,
    kept: str,
    do: str,
    status: int,
) -> None:
    site = TestClient(make_site(answers=False).app, base_url=ORIGIN, raise_server_exceptions=False)
    monkeypatch.setattr("sim.app.pages.start._cards", lambda *_: 1 / 0)
    method, path, length = {
        400: ("POST", "kjor", "-1"), 404: ("GET", "ingenting", ""), 405: ("PUT", "", ""), 413: ("POST", "last-opp", "400000"),
        500: ("GET", "", ""),
    }[status]  # fmt: skip
    headers = {"origin": ORIGIN, **({"content-length": length} if length else {})}
    answer = site.request(method, f"/{lang}/{path}", headers=headers)
    assert answer.status_code == status
    assert f'<html lang="{lang}">' in answer.text
    assert [answer.text.count(f"<dt>{each}</dt>") for each in (what, kept, do)] == [1, 1, 1]
    assert answer.headers.get("connection") == "close" or status == 404


def test_where_even_that_page_fails_there_is_a_line(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = TestClient(make_site(answers=False).app, base_url=ORIGIN, raise_server_exceptions=False)
    monkeypatch.setattr("sim.app.application.page", lambda *_, **__: 1 / 0)
    assert site.request("PUT", "/nb/", headers={"origin": ORIGIN}).text == "This method is not served.\n"


def test_whoever_goes_in_the_midst_of_a_form_is_no_error() -> None:
    import asyncio

    from starlette.requests import ClientDisconnect
    from starlette.responses import PlainTextResponse

    async def gone(*_: object) -> None:
        raise ClientDisconnect

    async def send(message: object) -> None:
        raise AssertionError(message)

    guard = Guard(gone, 10, lambda *_: PlainTextResponse())
    scope = {"type": "http", "method": "GET", "headers": [(b"host", HOST.encode())]}
    asyncio.run(guard(scope, gone, send))  # type: ignore[arg-type]  # nothing is received
