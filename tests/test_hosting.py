"""What hosts are told, read as they read it; nginx and Caddy themselves, where they are installed."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from presscheck import pipeline, read
from presscheck.cli import main
from presscheck.config import Config
from presscheck.errors import UsageError
from presscheck.hosting import azure, caddy, firebase, model, netlify, nginx, security_txt
from presscheck.hosting.model import Redirect, Service
from presscheck.hosting.written import for_hosts
from presscheck.manifest import Entry
from presscheck.urls import encoded
from tests import hosts
from tests.conftest import CLOCK, ROOT, render
from tests.test_pipeline import POST, files_of

Make = Callable[..., Path]

FORTY = "0123456789abcdef0123456789abcdef01234567"
SITE = [
    "404.html",
    "index.html",
    "index.xml",
    "posts/a/index.html",
    "posts/a/cover.jpg",
    f"posts/a/cover_hu_{FORTY[:12]}.jpg",
    "posts/b/index.md",
    f"css/text.{FORTY}.css",
    f"js/text.{FORTY}.js",
    "pagefind/pagefind.js",
    f"pagefind/index/en_{FORTY[:7]}.pf_index",
    "favicon.svg",
    "papers/whole.pdf",
    "release.json",
]


def config(base_url: str = "https://site.example/", *, search: bool = False, **hosting: Any) -> Config:
    settings = {key.replace("_", "-"): value for key, value in hosting.items()}
    return Config.of(
        {"baseURL": base_url, "params": {"search": search, "presscheck": {"hosting": settings}}}, "config.toml"
    )


def served(paths: list[str], *redirects: Redirect, gone: tuple[str, ...] = (), **settings: Any) -> Service:
    return model.service(config(**settings), paths, redirects, gone)


def sent_by_hosts(service: Service, path: str) -> dict[str, dict[str, str]]:
    """The headers that each host sends with the file at `path`."""
    file, url = netlify.headers(service).text, service.base_path + encoded(path)
    return {
        "cloudflare": hosts.cloudflare(file, url),
        "netlify": hosts.netlify(file, url),
        "firebase": hosts.firebase(firebase.config(service).text, url),
        "azure": hosts.azure(azure.config(service).text, url),
    }


@pytest.mark.parametrize("base_url", ["https://site.example/", "https://user.example/blog/"])
def test_every_host_keeps_a_file_as_long_as_its_name_allows(base_url: str) -> None:
    service = served(SITE, base_url=base_url)
    for entry in service.entries:
        wanted = {
            True: "public, max-age=31536000, immutable",
            entry.path in {"posts/a/cover.jpg", "favicon.svg", "papers/whole.pdf"}: "public, max-age=86400",
            "index" in entry.path and "pf_" not in entry.path: "public, max-age=60, must-revalidate",
            entry.path in {"404.html", "release.json", "pagefind/pagefind.js"}: "public, max-age=60, must-revalidate",
        }[True]
        for host, sent in sent_by_hosts(service, entry.path).items():
            assert sent["cache-control"] == wanted, (host, entry.path)


names = st.sampled_from(["a", "cover", "cover_x", "Ä b", "x(y", "main.min", "a+b"])
marks = st.sampled_from(["", f".{FORTY}", f"_hu_{FORTY[:12]}", f"_hu{FORTY[:16]}", f"_{FORTY[:7]}"])
endings = st.sampled_from([".css", ".js", ".jpg", ".JPG", ".html", ".pf_index", "", ".webp"])
folders = st.sampled_from(["", "posts/a/", "posts/b/", "posts/", "css/"])


@given(st.lists(st.builds("{0}{1}{2}{3}".format, folders, names, marks, endings), min_size=1, max_size=12, unique=True))
def test_no_host_keeps_longer_what_may_change(paths: list[str]) -> None:
    """A file with a fingerprint may be kept shorter, where a host cannot be told apart what has one; never the reverse."""
    service = served(paths)
    for entry in service.entries:
        for host, sent in sent_by_hosts(service, entry.path).items():
            if sent["cache-control"] != service.cache_of(entry):
                assert entry.is_fingerprinted, (host, entry.path, sent)
                assert host != "firebase", (entry.path, sent)


@given(
    st.lists(
        st.builds(
            "{0}{1}{2}{3}".format,
            st.sampled_from(["", "css/", "posts/one/"]),
            st.just("a"),
            marks.filter(lambda mark: mark[1:2] != "0" or "." in mark),
            endings.filter(lambda ending: ending != ".JPG"),
        ),
        min_size=1,
        max_size=9,
        unique=True,
    )
)
def test_what_never_changes_is_kept_for_a_year(paths: list[str]) -> None:
    service = served(paths)
    for entry in service.entries:
        for host, sent in sent_by_hosts(service, entry.path).items():
            assert sent["cache-control"] == service.cache_of(entry), (host, entry.path)


def test_every_answer_has_the_strict_headers() -> None:
    service = served(SITE)
    for path in ("index.html", f"css/text.{FORTY}.css", "nothing/here/", "favicon.svg"):
        for host, sent in sent_by_hosts(service, path).items():
            assert {
                "content-security-policy": f"{model.POLICY}; frame-ancestors 'none'",
                "x-content-type-options": "nosniff",
                "referrer-policy": "strict-origin-when-cross-origin",
                "cross-origin-opener-policy": "same-origin",
                "strict-transport-security": "max-age=63072000; includeSubDomains",
            }.items() <= sent.items(), host
            assert "geolocation=()" in sent["permissions-policy"]
            assert not any("unsafe" in value for value in sent.values())


def test_only_a_site_with_a_search_allows_webassembly() -> None:
    assert (
        "script-src 'self' 'wasm-unsafe-eval';" in dict(model.headers(config(search=True)))["Content-Security-Policy"]
    )
    assert "unsafe" not in str(model.headers(config()))


def test_what_is_set_goes_before_what_is_usual() -> None:
    own: dict[str, Any] = {"policy": "default-src 'self'", "hsts": "", "referrer": "no-referrer", "permissions": ""}
    assert dict(model.headers(config(**own))) == {
        "Content-Security-Policy": "default-src 'self'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def test_an_address_without_encryption_promises_none() -> None:
    assert "Strict-Transport-Security" not in dict(model.headers(config("http://intranet.example/")))


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("policy", "default-src 'self'\nX-Evil: 1", "characters that a header cannot have"),
        ("page_cache", 'a"; return 200 "', "`page-cache` in .* has characters"),
        ("hsts", "max-age=$age", "characters that a header cannot have"),
        ("referrer", "same-öriginal", "characters that a header cannot have"),
        ("policy", "img-src " + "https://a.example " * 120, "characters long"),
        ("files", ["netlfy"], "`netlfy` is no host"),
        ("files", ["netlify", "cloudflare"], "read the same files differently"),
        ("files", [7], "is not a list of texts"),
        ("files", "netlify", "is not a list"),
        ("filse", [], "`filse` is not a setting"),
        ("contact", ["security@site.example"], "no address to write to"),
        ("contact", [3], "is not a list of texts"),
        ("contact_expires", 400, "is 400"),
    ],
)
def test_a_setting_that_no_host_would_understand_is_refused(setting: str, value: object, message: str) -> None:
    settings: dict[str, Any] = {"contact": ["https://site.example/contact/"], setting: value}
    with pytest.raises(UsageError, match=message) as raised:
        for_hosts(config(**settings), SITE, CLOCK)
    assert raised.value.hint


# Redirects

ALIASES = '+++\ntitle = "One"\ndate = 2026-03-02T09:00:00Z\naliases = {}\n+++\n\nSome words about one.\n'


def build(folder: Path, **changes: Any) -> pipeline.Outcome:
    root = read.find_root(folder)
    assert root
    return pipeline.build(pipeline.Order(**{"root": root, "output": folder / "public", "clock": CLOCK, **changes}))


def with_hosting(folder: Path, lines: str) -> Path:
    path = folder / "config.toml"
    path.write_text(f"{path.read_text('utf-8')}\n[params.presscheck.hosting]\n{lines}\n", "utf-8")
    return folder


def test_what_hugo_made_of_aliases_becomes_redirects(site_of: Make) -> None:
    aliases = '["/old/", "/older.html", "/grüße/", "/a b/", "beside"]'
    folder = with_hosting(site_of({"content/posts/one.md": ALIASES.format(aliases)}), 'files = ["netlify", "azure"]')
    outcome = build(folder, base_url="https://user.example/blog/")
    assert outcome.is_published
    assert outcome.notes == ()
    public = folder / "public"
    assert (public / "_redirects").read_text("utf-8").splitlines() == [
        "/blog/a%20b/ /blog/posts/one/ 301!",
        "/blog/gr%C3%BC%C3%9Fe/ /blog/posts/one/ 301!",
        "/blog/old/ /blog/posts/one/ 301!",
        "/blog/older.html /blog/posts/one/ 301!",
        "/blog/posts/beside/ /blog/posts/one/ 301!",
    ]
    routes = json.loads((public / "staticwebapp.config.json").read_text("utf-8"))["routes"]
    assert {"route": "/blog/old/index.html", "redirect": "/blog/posts/one/", "statusCode": 301} in routes
    assert outcome.release
    assert {"_headers", "_redirects", "staticwebapp.config.json"} <= outcome.release.files.keys()


def test_an_address_that_a_host_takes_for_a_pattern_is_left_to_hugos_page(site_of: Make) -> None:
    aliases = '["/notes:today/", "/fine/"]'
    folder = with_hosting(site_of({"content/posts/one.md": ALIASES.format(aliases)}), 'files = ["cloudflare"]')
    outcome = build(folder)
    assert (folder / "public/_redirects").read_text("utf-8") == "/fine/ /posts/one/ 301\n"
    assert outcome.notes == (
        "_redirects cannot have 1 of 2 redirects, such as /notes:today/: the pages that Hugo made lead on instead",
    )


def test_a_page_that_reloads_itself_or_has_words_is_no_redirect(site_of: Make) -> None:
    slow = '<!doctype html><title>Clock</title><h1>Clock</h1><meta http-equiv="refresh" content="60; url=/">'
    folder = with_hosting(site_of({"static/clock.html": slow}), 'files = ["netlify"]')
    assert build(folder).is_published
    assert (folder / "public/_redirects").read_text("utf-8") == ""


MANY = [Redirect(f"/old-{n:04}/", f"/posts/a-long-name-of-a-post-{n:04}/") for n in range(2100)]


def test_cloudflare_gets_two_thousand_redirects_and_the_rest_is_told() -> None:
    made = netlify.redirects(served(SITE, *MANY), forced=False, gone=False)
    lines = made.text.splitlines()
    assert len(lines) == 2000
    assert lines[-1] == "/old-1999/ /posts/a-long-name-of-a-post-1999/ 301"
    assert made.notes == (
        "_redirects cannot have 100 of 2100 redirects, such as /old-2000/: the pages that Hugo made lead on instead",
    )


def test_azure_gets_as_many_redirects_as_fit_and_the_rest_is_told() -> None:
    made = azure.config(served(SITE, *MANY))
    assert 19_500 < len(made.text.encode()) <= 20_000
    (note,) = made.notes
    kept = sum("redirect" in route for route in json.loads(made.text)["routes"])
    assert f"no room for {2100 - kept} of 2100 redirects, such as /old-{kept:04}/" in note
    assert azure.config(served(SITE, *MANY[:20])).notes == ()


def test_more_rules_than_a_host_takes_are_cut_where_it_matters_least() -> None:
    bundles = [f"posts/p{n}/{name}" for n in range(150) for name in ("cover.jpg", f"cover_hu_{FORTY[:12]}.jpg")]
    made = netlify.headers(served([*SITE, *bundles]))
    assert len(hosts.rules_of(made.text)) == 100
    assert "/*.css" in made.text
    (note,) = made.notes
    assert re.fullmatch(
        r"_headers has 100 rules at most: \d+ files with a fingerprint are kept as short as others", note
    )


def test_a_page_that_is_gone_is_said_to_be_gone_where_a_host_can() -> None:
    service = served(SITE, gone=("/lost/",))
    assert netlify.redirects(service, forced=True, gone=True).text == "/lost/ /lost/ 410!\n"
    assert {"route": "/lost/index.html", "statusCode": 410} in json.loads(azure.config(service).text)["routes"]
    for made in (netlify.redirects(service, forced=False, gone=False), firebase.config(service)):
        assert made.notes == ("this host cannot answer 410: 1 pages that say that they are gone are sent as found",)


def test_firebase_publishes_the_folder_without_the_files_for_hosts() -> None:
    told = json.loads(firebase.config(served(SITE, Redirect("/a.b/", "/c/"))).text)["hosting"]
    assert told["public"] == "."
    assert "firebase.json" in told["ignore"]
    assert ".well-known" not in str(told["ignore"])
    assert told["redirects"] == [{"regex": r"^/a\.b/$", "destination": "/c/", "type": 301}]


# What a build adds


def test_a_site_that_asks_for_nothing_gets_nothing(site_of: Make) -> None:
    folder = site_of({"content/posts/one.md": POST.format(title="One")})
    assert build(folder).is_published
    assert not {path for path in files_of(folder / "public") if path.startswith(("_", ".")) or "config" in path}


def test_the_same_site_is_told_in_the_same_bytes(site_of: Make) -> None:
    made = []
    for name in ("one", "two"):
        folder = site_of({"content/posts/one.md": ALIASES.format('["/z/", "/a/", "/m/"]')}, name)
        with_hosting(folder, 'files = ["netlify", "firebase", "azure"]\ncontact = ["mailto:security@site.example"]')
        assert build(folder).is_published
        made.append(files_of(folder / "public"))
    assert made[0] == made[1]
    assert {"_headers", "_redirects", "firebase.json", "staticwebapp.config.json", ".well-known/security.txt"} <= made[
        0
    ].keys()
    assert all(value.endswith("100644") for value in made[0].values())


@pytest.mark.parametrize("own", ["static/_headers", "static/.well-known/security.txt"])
def test_what_the_author_wrote_is_never_replaced(site_of: Make, own: str) -> None:
    folder = site_of({"content/posts/one.md": POST.format(title="One"), own: "mine\n"})
    with_hosting(folder, 'files = ["netlify"]\ncontact = ["mailto:security@site.example"]')
    with pytest.raises(UsageError, match=rf"has a file {own.removeprefix('static/')} of its own"):
        build(folder)
    assert (folder / own).read_text() == "mine\n"
    assert not (folder / "public").exists()


def test_the_search_that_a_policy_would_stop_is_told() -> None:
    hosted = for_hosts(config(search=True, files=["netlify"], policy="default-src 'self'"), SITE, CLOCK)
    assert [note for note in hosted.notes if "wasm-unsafe-eval" in note]
    assert for_hosts(config(search=True, files=["netlify"]), SITE, CLOCK).notes == ()


# The pages


@pytest.mark.parametrize(
    ("settings", "policy"),
    [
        ("", model.POLICY),
        ("[params.presscheck]\nstyle = false\n", model.POLICY),
        (
            "[params.presscheck.hosting]\npolicy = \"default-src 'self'; frame-ancestors https://a.example; img-src *; sandbox\"\n",
            "default-src 'self'; img-src *",
        ),
    ],
    ids=["nothing set", "something else set", "a policy set"],
)
def test_the_templates_write_the_same_policy_into_the_page(tmp_path: Path, settings: str, policy: str) -> None:
    folder = tmp_path / "site"
    shutil.copytree(ROOT / "layouts/_partials", folder / "layouts/_partials")
    head = (ROOT / "layouts/_partials/head.html").read_text("utf-8")
    (line,) = [line for line in head.splitlines() if "Content-Security-Policy" in line]
    (folder / "layouts/home.html").write_text(line, "utf-8")
    (folder / "config.toml").write_text(
        f'baseURL = "https://site.example/"\ndisableKinds = ["taxonomy", "sitemap", "rss"]\n{settings}', "utf-8"
    )
    assert not render(folder, tmp_path / "public").status
    page = LexborHTMLParser((tmp_path / "public/index.html").read_text("utf-8"))
    (meta,) = page.css("meta[http-equiv='Content-Security-Policy']")
    assert meta.attributes["content"] == policy


# security.txt


def test_security_txt_says_whom_to_tell_and_until_when() -> None:
    told = config(contact=["mailto:security@site.example", "https://site.example/contact/"])
    assert security_txt.text(told, CLOCK) == (
        "Contact: mailto:security@site.example\n"
        "Contact: https://site.example/contact/\n"
        "Expires: 2027-06-01T00:00:00Z\n"
        "Canonical: https://site.example/.well-known/security.txt\n"
        "Preferred-Languages: en\n"
    )


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)), st.integers(1, 330))  # noqa: DTZ001 - the zone is given beside
def test_security_txt_holds_as_long_as_set_and_less_than_a_year(clock: datetime, days: int) -> None:
    text = security_txt.text(config(contact=["tel:+1-201-555-0123"], contact_expires=days), clock)
    end = datetime.fromisoformat(re.findall(r"Expires: (.*)", text)[0])
    assert days <= (end - clock).total_seconds() / 86_400 + 1e-9 <= 365
    assert (end.day, end.hour, end.minute) == (1, 0, 0)


def test_builds_of_one_week_make_the_same_security_txt() -> None:
    told = config(contact=["mailto:security@site.example"])
    moments = [datetime(2026, 11, day, hour, 7, tzinfo=UTC) for day in range(22, 29) for hour in (0, 23)]
    assert len({security_txt.text(told, moment) for moment in moments if moment.day < 29}) <= 2
    assert len({security_txt.text(told, moment) for moment in moments[:8]}) == 1


def test_below_a_path_security_txt_is_for_whoever_has_the_host() -> None:
    hosted = for_hosts(config("https://user.example/blog/", contact=["mailto:a@user.example"]), SITE, CLOCK)
    assert hosted.files == {}
    assert hosted.notes == (
        ".well-known/security.txt belongs to the top of the host, above this site: `presscheck hosting security.txt` prints it",
    )
    assert "Canonical: https://user.example/.well-known/" in security_txt.text(
        config("https://user.example/blog/", contact=["mailto:a@user.example"]), CLOCK
    )


# The command


def test_the_command_tells_about_the_site_that_is_published(
    site_of: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = with_hosting(
        site_of({"content/posts/one.md": ALIASES.format('["/old/"]')}), 'contact = ["mailto:a@site.example"]'
    )
    monkeypatch.chdir(folder)
    assert main(["hosting", "nginx"]) == 2
    assert "no published site" in capsys.readouterr().err
    assert build(folder, base_url="https://user.example/blog/").is_published
    for host, words in {
        "nginx": 'location = "/blog/old/" { return 301 "/blog/posts/one/"; }',
        "caddy": 'redir "/blog/old/" "/blog/posts/one/" permanent',
        "netlify": "# _redirects\n/blog/old/ /blog/posts/one/ 301!",
        "cloudflare": "# _redirects\n/blog/old/ /blog/posts/one/ 301\n",
        "firebase": '"destination": "/blog/posts/one/"',
        "azure": '"redirect": "/blog/posts/one/"',
        "security.txt": "Canonical: https://user.example/.well-known/security.txt",
    }.items():
        assert main(["hosting", host]) == 0
        assert words in capsys.readouterr().out, host


def test_the_command_without_a_contact_says_how_to_name_one(
    site_of: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site_of({}))
    assert main(["hosting", "security.txt"]) == 2
    assert "contact = " in capsys.readouterr().err


# Real servers


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 20
        while True:
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                pytest.fail(process.communicate()[1][-2000:])
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=20)


def asked(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def nginx_command(folder: Path, port: int, text: str) -> list[str]:
    (folder / "site.conf").write_text(text, "utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/temporary;\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} pid {folder}/pid; error_log {folder}/error.log; daemon off;\nevents {{}}\nhttp {{ access_log off;\n{temporary}"
        f"server {{ listen 127.0.0.1:{port}; include {folder}/site.conf; }} }}\n",
        "utf-8",
    )
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    return command


def caddy_command(folder: Path, port: int, text: str) -> list[str]:
    (folder / "Caddyfile").write_text(
        f"{{\nadmin off\nauto_https off\n}}\nhttp://127.0.0.1:{port} {{\n{text}}}\n", "utf-8"
    )
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.mark.parametrize("base", ["/", "/blog/"])
@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_a_server_does_what_it_is_told(tmp_path: Path, server: str, base: str) -> None:
    if not shutil.which(server):
        pytest.skip(f"{server} is not installed")
    public = tmp_path / "the public"
    odd = (
        "old/index.html",
        "lost/index.html",
        "lost.html",
        "grüße/index.html",
        "c$d/(e) f/index.html",
        "x.a`b",
        "x.{c}",
    )
    for path in [*SITE, *odd]:
        (public / path).parent.mkdir(parents=True, exist_ok=True)
        (public / path).write_text(f"this is {path}", "utf-8")
    redirects = [Redirect(f"{base}{encoded(old)}", f"{base}posts/a/") for old in ("old/", "grüße/", "c$d/(e) f/")]
    paths = [path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()]
    told = config(f"https://site.example{base}", search=True)
    service = model.service(told, paths, redirects, ["/lost/", "/lost.html"], str(public))
    text = {"nginx": nginx, "caddy": caddy}[server].snippet(service)
    port = free_port()
    command = {"nginx": nginx_command, "caddy": caddy_command}[server](tmp_path, port, text)
    environment = {"PATH": "/usr/bin:/usr/sbin:/bin", "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    with running(command, port, environment):
        for entry in service.entries:
            if entry.path.startswith(("old/", "lost", "grüße/", "c$d/", "x.")) or entry.path == "404.html":
                continue
            status, sent, body = asked(port, base + entry.url.lstrip("/"))
            assert (status, body.decode()) == (200, f"this is {entry.path}")
            assert sent["cache-control"] == service.cache_of(entry), entry.path
            assert sent["content-type"].split(";")[0] == entry.media_type.split(";")[0], entry.path
            assert ("charset=utf-8" in sent["content-type"].lower()) >= ("charset" in entry.media_type), entry.path
            assert {name.lower(): value for name, value in service.headers}.items() <= sent.items()
        for old, new in redirects:
            status, sent, _ = asked(port, old)
            assert (status, sent["location"]) == (301, new)
            assert sent["x-content-type-options"] == "nosniff"
        assert asked(port, f"{base}posts/a")[1]["location"] == f"{base}posts/a/"
        for path, wanted, words in [
            ("nothing/", 404, "this is 404.html"),
            (f"css/text.{FORTY[::-1]}.css", 404, "this is 404.html"),
            ("lost/", 410, "this is lost/index.html"),
        ]:
            answer = asked(port, base + path)
            assert (answer[0], answer[2].decode()) == (wanted, words)
            assert "frame-ancestors 'none'" in answer[1]["content-security-policy"]
            assert "immutable" not in answer[1].get("cache-control", "")
        assert asked(port, f"{base}lost.html")[0] == 410
        assert asked(port, f"{base}x.a%60b")[2] == b"this is x.a`b"


def test_the_media_types_are_those_of_the_manifest() -> None:
    kinds = served(SITE).media_types
    assert kinds[".css"] == Entry("a.css", 0, "").media_type
    assert "image/svg+xml" in nginx.snippet(served(SITE))
