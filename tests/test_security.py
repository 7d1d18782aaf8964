"""What somebody whom nobody knows may put into a post: the promises of `content/docs/security.md` that no other test holds."""

from __future__ import annotations

import http.server
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from presscheck import hugo, read
from presscheck.check import active_rules, all_rules, check_site, protected
from presscheck.config import Config
from presscheck.errors import UsageError
from presscheck.page import PAGE_SUFFIXES
from presscheck.site import Site
from tests.conftest import CLOCK, HERE, ROOT, lay, lay_our_templates, load, render

Make = Callable[..., Path]

UNPUBLISHED = "the words that nobody is to read"
STEAL = (
    '{{ $content := dict "mediaType" "text/markdown" "value" (readFile ".env") }}'
    '{{ .AddPage (dict "path" "stolen" "title" "A page" "content" $content) }}'
)


def post(body: str = "Text.", front_matter: str = "") -> str:
    return f'+++\ntitle = "A post"\ndate = 2026-03-02T09:00:00Z\n{front_matter}+++\n\n{body}\n'


def found_in(folder: Path) -> set[str]:
    """The names of the rules that find something."""
    site = load(folder)
    return {each.rule for each in check_site(site, active_rules(site.config))}


def presscheck(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), *arguments, "--clock", "2026-11-22T12:00:00Z"]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False, text=True)


def what_runs(output: Path) -> list[str]:
    """Everything in rendered pages that runs or loads a page, but for data."""
    found = []
    for path in sorted(output.rglob("*.html")):
        for node in LexborHTMLParser(path.read_text("utf-8")).css("*"):
            kind = (node.attributes.get("type") or "").lower()
            is_theirs = (node.attributes.get("src") or "").startswith(("/", "https://presscheck.example/"))
            if node.tag in {"iframe", "object", "embed", "base", "frame", "applet"} or (
                node.tag == "script" and "json" not in kind and not is_theirs
            ):
                found.append(f"{path.name} <{node.tag}> {node.text()[:40]}")
            for name, value in node.attributes.items():
                address = re.sub(r"[\x00-\x20]", "", value or "").lower()
                if name.startswith("on") or address.startswith(("javascript:", "vbscript:", "data:text")):
                    found.append(f"{path.name} <{node.tag}> {name}={value}")
    return found


# Nothing in a post runs while the site is built


@pytest.mark.parametrize(
    "name",
    [
        "_content.gotmpl",
        "_CONTENT.GOTMPL",
        "_Content.en.gotmpl",
        "b/_content.gotmpl",
        "b/sub/_content.gotmpl",
        "new/_content.gotmpl",
    ],
)
def test_a_template_among_posts_is_refused(site_of: Make, tmp_path: Path, name: str) -> None:
    files = {f"content/posts/{name}": STEAL, ".env": UNPUBLISHED, "content/posts/b/index.md": post()}
    folder = site_of(files)
    assert render(folder, tmp_path / "plain").status == 0
    plain = [path for path in (tmp_path / "plain").rglob("*.html") if UNPUBLISHED in path.read_text()]
    assert plain, "Hugo by itself carries it out"
    built = presscheck(folder, "build", "--output-format", "concise")
    assert built.returncode == 1
    assert f"content/posts/{name}:1:1: error[file-active]" in built.stdout
    assert not (folder / "public").exists()


@pytest.mark.parametrize(
    "ending", ["html", "htm", "HTML", "org", "adoc", "asciidoc", "ad", "rst", "pandoc", "pdc", "en.html"]
)
@pytest.mark.parametrize("place", ["posts/x", "posts/b/x"])
def test_a_page_that_is_not_markdown_is_refused_before_hugo_is_asked(
    site_of: Make, tmp_path: Path, place: str, ending: str
) -> None:
    body = "<p onclick='x'>Text</p>"
    folder = site_of({f"content/{place}.{ending}": post(body), "content/posts/b/index.md": post()})
    assert "page-not-markdown" in found_in(folder)
    render(folder, tmp_path / "plain")
    pages = [path for path in (tmp_path / "plain").rglob("*.html") if "onclick" in path.read_text()]
    assert pages == [], "and Hugo would not have published it either"


@pytest.mark.parametrize("value", ["html", "HTML", "htm", "org", "rst", "pandoc", "asciidocext"])
@pytest.mark.parametrize("where", ['markup = "{}"\n', 'Markup = "{}"\n', '[cascade]\nmarkup = "{}"\n', '[[cascade]]\nmarkup = "{}"\n', 'cascade = {{ markup = "{}" }}\n'])  # fmt: skip
def test_front_matter_does_not_change_the_notation(site_of: Make, where: str, value: str) -> None:
    folder = site_of({"content/posts/_index.md": post(front_matter=where.format(value)), "content/posts/a.md": post()})
    assert "page-not-markdown" in found_in(folder)


def test_html_that_the_settings_let_in_is_named_there(site_of: Make) -> None:
    folder = site_of({"content/posts/a.html": post("<p>Text</p>")})
    config = next(folder.glob("*.toml"))
    config.write_text(config.read_text() + '\n[security]\nallowContent = [".*"]\n')
    assert {"page-not-markdown", "config-security-open"} & found_in(folder) == {"config-security-open"}


# What Hugo publishes is read


@pytest.mark.parametrize("ending", [*PAGE_SUFFIXES, *(suffix.upper() for suffix in PAGE_SUFFIXES), ".Md", ".en.MD"])
def test_whatever_hugo_makes_a_page_of_is_judged(site_of: Make, tmp_path: Path, ending: str) -> None:
    folder = site_of({f"content/posts/a{ending}": post("[a](javascript:x)")})
    assert "link-dangerous" in found_in(folder)
    assert render(folder, tmp_path / "public").status == 0
    assert (tmp_path / "public/posts/a/index.html").exists()
    assert presscheck(folder, "check", f"content/posts/a{ending}").returncode == 1


@pytest.mark.parametrize("name", ["INDEX.MD", "Index.md", "_INDEX.MD", "_Index.markdown"])
def test_an_index_in_capital_letters_is_one(site_of: Make, tmp_path: Path, name: str) -> None:
    folder = site_of({f"content/posts/a/{name}": post()})
    site = load(folder)
    (page,) = [page for page in site.pages if page.path.endswith(name)]
    assert page.address == "/posts/a/"
    assert render(folder, tmp_path / "public").status == 0
    assert "A post" in (tmp_path / "public/posts/a/index.html").read_text()


def test_a_folder_for_a_language_that_nobody_reads_is_named(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": post(), "inhalt/posts/b.md": post("[a](javascript:x)")})
    config = next(folder.glob("*.toml"))
    config.write_text(config.read_text() + '\n[languages.en]\nweight = 1\n[languages.de]\ncontentDir = "inhalt"\n')
    assert "config-content-unread" in found_in(folder)


def test_hidden_files_beside_a_post_are_not_published(site_of: Make, tmp_path: Path) -> None:
    names = [".env", ".post.md.swp", "old~", "#new#", ".hidden/id_rsa"]
    files = {"content/posts/b/index.md": post(), **{f"content/posts/b/{name}": UNPUBLISHED for name in names}}
    assert render(site_of(files), tmp_path / "public").status == 0
    published = [path for path in (tmp_path / "public").rglob("*") if path.is_file()]
    assert not [path for path in published if UNPUBLISHED.encode() in path.read_bytes()]


# Nothing in a post runs in a reader's browser

BATTERY = r"""
## A heading <img src=x onerror=x> {onclick="x" style="x"}

{{< figure src="tree.png" alt="\"><img src=x onerror=x>" caption="<script>x</script> [a](/posts/)" link="javascript:x" title="<img src=x onerror=x>" attr="<script>x</script>" attrlink="javascript:x" class="\" onclick=\"x" width="\" onload=\"x" >}}

```go {class="\"><script>x</script>" onclick="x" id="\"><img src=x onerror=x>" title="\"><img src=x onerror=x>" wrapperClass="\"><script>x</script>"}
<script>x</script>
```

```goat {alt="\"><img src=x onerror=x>"}
.---.  <script>x</script>
| a |  "><img src=x onerror=x>
'---'
```

```mermaid
graph <script>x</script>
```

Inline \(a < b\) and

\[ \text{<img src=x onerror=x>} \]

> [!NOTE] <img src=x onerror=x> a title
> A body <script>x</script>

A note[^1], <https://site.example/"onclick="x> [x](https://site.example/"onclick=x 'ti"tle onmouseover="x')
[y](</x" onclick="x>) ![a" onerror="x](tree.png "t\" onerror=\"x")

[^1]: A foot <img src=x onerror=x>

{{< details summary="<img src=x onerror=x>" name="\" onclick=\"x" class="\"><script>x</script>" >}}
<script>x</script> <img src=x onerror=x>
{{< /details >}}

{{< param "evil" >}} {{% param "evil" %}}

| a <script>x</script> | b |
|:--|--:|
| `<script>x</script>` | <img src=x onerror=x> |

<div onclick=x>x</div> <!-- <script>x</script> --> <!--> <script>x</script> -->
"""
WORDS = r"</script><script>x</script> \"><img src=x onerror=x> ' onclick='x"


@pytest.fixture(scope="module")
def hostile_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project's own site with one hostile post, as Hugo alone renders it."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("assets", "i18n", "layouts", "static", "data", "archetypes", "config.toml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.exists():
            shutil.copy(source, folder / name)
    target = folder / "content/posts/a/index.md"
    target.parent.mkdir(parents=True)
    (folder / "content/posts/_index.md").write_text('+++\ntitle = "Posts"\n+++\n')
    shutil.copy(HERE / "rules/image-has-location/good/static/img/pond.png", target.parent / "tree.png")
    front_matter = (
        f'+++\ntitle = "A title {WORDS}"\ndate = 2026-03-02T09:00:00Z\ndescription = "{WORDS}"\ntags = ["{WORDS}"]\n'
        f'[params]\nevil = "{WORDS}"\nauthor = "{WORDS}"\n[menus.main]\nname = "{WORDS}"\nurl = "javascript:x"\n+++\n'
    )
    target.write_text(front_matter + BATTERY)
    run = render(folder, folder / "public")
    assert (folder / "public/posts/a/index.html").exists(), run.output
    return folder / "public"


def test_nothing_that_a_post_says_runs_on_the_sites_own_pages(hostile_output: Path) -> None:
    text = (hostile_output / "posts/a/index.html").read_text()
    assert "onerror=x" in text, "as text"
    assert what_runs(hostile_output) == []


def test_the_eye_that_looks_for_what_runs_sees(tmp_path: Path) -> None:
    for name, body in {
        "a": "<script>x</script>",
        "b": "<p onclick=x>",
        "c": '<a href=" java\nscript:x">',
        "d": "<iframe>",
    }.items():
        (tmp_path / f"{name}.html").write_text(f"<!doctype html><title>x</title>{body}")
    assert len(what_runs(tmp_path)) == 4


@pytest.mark.parametrize(
    "front_matter",
    [
        "[markup.goldmark.renderer]\nunsafe = true\n",
        "[params.markup.goldmark.renderer]\nunsafe = true\n",
        '[content]\nmediaType = "text/html"\n',
        '[cascade.security]\nallowContent = [".*"]\n',
        '[security.http]\nurls = [".*"]\n',
        'type = "../../../etc"\nlayout = "../../../etc/passwd"\n',
        '[[resources]]\nsrc = "../../**"\nname = "x"\n',
        'outputs = ["html", "rss"]\n',
        'aliases = ["/x\\"><script>y</script>/", "javascript:y"]\n',
        "[params]\nprivate = true\n",
    ],
)
def test_front_matter_opens_no_door(site_of: Make, tmp_path: Path, front_matter: str) -> None:
    """Neither Hugo's settings nor ours can be set from a post."""
    body = "<script>y</script>\n\n[a](javascript:y)"
    folder = site_of({"content/posts/a.md": post(body, front_matter), "secret.txt": UNPUBLISHED})
    assert {"link-dangerous", "html-dropped"} <= found_in(folder)
    run = render(folder, tmp_path / "public")
    assert run.status == 0, run.output
    for path in (tmp_path / "public").rglob("*.html"):
        assert "<script>y" not in path.read_text()
        assert "javascript:y" not in path.read_text() or "/posts/javascript:y/" in path.as_posix()
        assert UNPUBLISHED not in path.read_text()


@pytest.mark.parametrize("front_matter", ['[params.presscheck]\nignore = ["*"]\n', '[presscheck]\nignore = ["*"]\n', "[[params.presscheck.paths]]\nmatch = ['*']\nignore = ['*']\n"])  # fmt: skip
def test_settings_in_a_post_are_none(site_of: Make, front_matter: str) -> None:
    assert "link-dangerous" in found_in(site_of({"content/posts/a.md": post("[a](javascript:x)", front_matter)}))


PROTECTING = sorted(rule.name for rule in all_rules() if rule.protects)


def found_by(name: str, site: Site) -> set[str]:
    """The pages in which a rule finds something."""
    rules = active_rules(site.config, frozenset({name}))
    return {each.path for each in check_site(site, rules) if each.rule == name and each.path in site.by_file}


def with_setting(site: Site, **settings: object) -> Site:
    params = {**site.config.params, "presscheck": {**site.config.settings, **settings}}
    config = Config.of({**site.config.values, "params": params}, site.config.path)
    config = replace(config, is_whole=site.config.is_whole, templates=site.config.templates)
    return replace(site, config=config, pages=tuple(replace(page, config=config) for page in site.pages))


@pytest.mark.parametrize("name", PROTECTING)
def test_no_comment_in_a_post_silences_a_rule_that_protects(tmp_path: Path, name: str) -> None:
    folder = lay(tmp_path / "bad", HERE / "rules" / name / "bad")
    before = found_by(name, load(folder))
    for path in before:
        data = (folder / path).read_bytes()
        if data.startswith(b"+++\n"):
            (folder / path).write_bytes(b"+++\n# presscheck: ignore-file[%s] let me\n" % name.encode() + data[4:])
    site = load(folder)
    assert found_by(name, site) >= before
    if before:
        assert found_by(name, with_setting(site, suppressible=[name])) < before, "the configuration can allow it"
        silenced = with_setting(site, paths=[{"match": ["content/*"], "ignore": [name]}])
        assert found_by(name, silenced) == set(), "and it can silence the rule"


def test_the_rules_that_protect_are_these() -> None:
    """A rule that is added for safety's sake belongs into this list, and one that leaves it does so on purpose."""
    assert {
        "file-active", "file-irregular", "file-sensitive", "html-active", "image-has-location", "image-svg-active",
        "link-dangerous", "page-not-markdown", "secret-in-text", "shortcode-inline-off", "shortcode-network",
        "tag-unsafe-term", "term-page-kind", "url-duplicate", "url-escapes-site", "url-static-shadow", "alias-shadows-page",
        "page-too-long", "table-too-large", "inline-limit", "nesting-too-deep", "heading-limit", "footnote-limit",
        "reference-amplification", "fence-too-long", "fence-language-too-long", "alias-too-many", "tag-too-many",
    } == set(PROTECTING)  # fmt: skip


def test_a_misspelt_rule_in_suppressible_is_a_mistake() -> None:
    config = Config.of({"params": {"presscheck": {"suppressible": ["secret-in-texts"]}}}, "config.toml")
    with pytest.raises(UsageError, match="is no rule"):
        active_rules(config)
    some = Config.of({"params": {"presscheck": {"suppressible": ["secret-*"]}}}, "config.toml")
    assert protected(Config()) - protected(some) == {"secret-in-text"}


def test_add_ignore_writes_no_comment_that_is_not_honoured(site_of: Make) -> None:
    folder = site_of({"content/posts/a.md": post("[a](javascript:x) and [b](/none/)")})
    run = presscheck(folder, "fix", "--add-ignore", "it was so")
    assert run.returncode == 1
    text = (folder / "content/posts/a.md").read_text()
    assert "[link-broken] it was so" in text
    assert "link-dangerous" not in text


# Nothing is fetched


@pytest.fixture
def visits() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()


def test_with_our_security_table_a_build_asks_nobody(
    site_of: Make, tmp_path: Path, visits: tuple[str, list[str]]
) -> None:
    """Even a template cannot; with Hugo's network open it does, so the server would have noticed."""
    address, asked = visits
    template = f'{{{{ with try (resources.GetRemote "{address}") }}}}{{{{ with .Value }}}}{{{{ .Content }}}}{{{{ end }}}}{{{{ end }}}}'
    folder = site_of({"content/posts/a.md": post(), "layouts/home.html": template})
    config = next(folder.glob("*.toml"))
    before = config.read_text()
    own = (ROOT / "config.toml").read_text()
    table = own[own.index("[security]\n") :].partition("\n# ")[0]
    assert 'urls = "none"' in table
    config.write_text(before + "\n" + table)
    render(folder, tmp_path / "closed")
    assert asked == []
    config.write_text(before + '\n[security.http]\nurls = [".*"]\nmethods = ["GET"]\n')
    render(folder, tmp_path / "open")
    assert asked


@pytest.mark.parametrize(
    "call", ['{{< x user="a" id="1" >}}', "{{< instagram a >}}", "{{< youtube a >}}", "{{< vimeo 1 >}}"]
)
def test_shortcodes_that_call_others_stop_a_build_of_this_site(tmp_path: Path, call: str) -> None:
    folder = lay_our_templates(tmp_path / "site")
    shutil.copy(ROOT / "config.toml", folder)
    (folder / "content/posts").mkdir(parents=True)
    (folder / "content/posts/a.md").write_text(post(call))
    run = hugo.build(folder, tmp_path / "public", clock=CLOCK, cache_folder=tmp_path / "cache", time_limit=120)
    assert run.status == 1
    assert "a.md" in run.output


# The page that says all this

PAGE = ROOT / "content/docs/security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_test_that_the_page_names_is_collected() -> None:
    named = NAMED.findall(PAGE.read_text("utf-8"))
    assert len(named) > 20
    files = sorted({file for file, _ in named})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n0", "-p", "no:cacheprovider", *files]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=False, text=True)
    collected = set(re.findall(r"^(tests/[\w/]+\.py)::(test_\w+)", run.stdout, re.MULTILINE))
    assert [each for each in named if each not in collected] == [], run.stdout[-500:]


def test_every_promise_on_the_page_names_a_test_and_every_protecting_rule_is_there() -> None:
    text = PAGE.read_text("utf-8")
    promises = re.split(r"^### ", text.partition("## What is promised")[2].partition("\n## ")[0], flags=re.MULTILINE)[
        1:
    ]
    assert len(promises) >= 8
    for promise in promises:
        assert NAMED.search(promise), promise[:80]
    assert [name for name in PROTECTING if f"/docs/rules/{name}/" not in text] == []


def test_the_json_report_says_what_a_fix_writes_again(site_of: Make) -> None:
    data = (HERE / "rules/image-has-location/bad/content/posts/walk/gate.jpeg").read_bytes()
    folder = site_of({"content/posts/a.md": post(), "static/gate.jpg": data})
    found = json.loads(presscheck(folder, "check", "--output-format", "json").stdout)["diagnostics"]
    (fix,) = [each["fix"] for each in found if each["rule"] == "image-has-location"]
    assert fix["rewrites"] == [{"path": "static/gate.jpg", "how": "without the place"}]


def test_a_baseline_and_the_settings_lie_outside_of_the_posts(site_of: Make) -> None:
    """What may silence these rules is never below the content folder, so a change of posts alone cannot."""
    folder = site_of({"content/posts/a.md": post("[a](javascript:x)"), "content/config.toml": 'title = "x"\n[params.presscheck]\nignore = ["link-*"]\n', "content/presscheck-baseline.json": "{}"})  # fmt: skip
    root = read.find_root(folder / "content/posts")
    assert root
    assert root.folder == folder
    assert read.baseline_path(root, read.configured(root)).parent == folder
    assert "link-dangerous" in found_in(folder)
