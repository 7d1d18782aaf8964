"""What the rules about code fences share: languages, and the parts of the line that opens a fence."""

from __future__ import annotations

import re
from typing import NamedTuple

from presscheck.config import Config
from presscheck.markdown import CodeBlock
from presscheck.page import Page
from presscheck.text import Span

LONGEST_LANGUAGE = 32
"""In characters; no language that Hugo knows has a longer name."""

_OPENING = re.compile(r"(?:`{3,}|~{3,})[ \t]*(?P<language>[^\s{`]*)(?P<rest>[^\r\n]*)")


class Opening(NamedTuple):
    """The line that opens a fence."""

    language: str
    """As written; empty when there is none."""
    language_span: Span
    """Its place."""
    rest: str
    """What stands behind it, without the line break."""
    rest_span: Span
    """Its place."""
    end: int
    """The end of the line."""


def opening(page: Page, block: CodeBlock) -> Opening | None:
    """The parts of a fence's first line; None for an indented block, and where a shortcode makes one of them."""
    if not block.is_fenced:
        return None
    found = _OPENING.match(page.source.text, block.span.start)
    if not found or "{{<" in found[0] or "{{%" in found[0]:
        return None
    return Opening(
        found["language"], Span(*found.span("language")), found["rest"], Span(*found.span("rest")), found.end()
    )


def is_known(language: str) -> bool:
    """Whether Hugo colours code in that language, whose name may be a file's: `retrieve.py`."""
    name = language.lower()
    return name in LANGUAGES or ("." in name and name.rpartition(".")[2] in LANGUAGES)


def has_hook(config: Config, language: str = "") -> bool:
    """Whether the site renders the blocks of that language, or of any, in its own way."""
    wanted = f"render-codeblock-{language}." if language else "render-codeblock."
    return any(name.rpartition("/")[2].startswith(wanted) for name in config.templates.names)


_NAMES = """
1p 1s 3pm 6pl 6pm _exrc _gvimrc _vimrc abap abl abnf aconf actionscript actionscript3 ada ada2005 ada95 adb ads agda
ahk ahkl al alloy als ampl angular2 antlr apache apacheconf apl applescript aql arduino arexx armasm art arturo as
as3 asm asn.1 atl au3 autodelegate autohandler autohotkey autoit automount aux awk b b3d ballerina bas bash
bash-session bash_profile bashrc basic bat batch batchfile bb beef bf bib bibtex bicep bind blitzbasic bnf bplus bqn
brainfuck bsdmake build bzl c c# c++ c3 caddy caddy-d caddyfile caddyfile-d caddyfile-directives capnp cassandra
cassette cc cdf ceylon cf cf3 cfengine3 cfg cfs cfstatement chai chaiscript chapel cheetah chpl cjs cl clj clojure
cls cmake cmd cob cobol coffee coffee-script coffeescript common-lisp console containerfile coq core cp cpp cpy cql
cr crystal cs csh csharp csproj css csv cts cucumber cue cxx cython d dart dax decls def desktop desktop_entry
device devicetree dhandler di diff django django/jinja docker dockerfile dosbatch dosini dpr dtd dts dtsi duby dyl
dylan ebnf ebuild ecl eclass edn eex el elisp elixir elm emacs emacs-lisp emacslisp env eps erb erl erlang es
escript ex exheres-0 exlib exs f f03 f90 factor feature fennel fish fishshell fnl forth fortran fortranfixed frag
frt fs fsharp fsi fun gas gawk gd gd3 gdscript gdscript3 gemfile gemini gemspec gemtext genshi genshitext geo
gherkin gleam glsl gmi gmni gnuplot go go-html-template go-template go-text-template go.mod golang gotmpl gql gradle
graphql graphqls groff groovy gsed gvimrc h h++ ha handlebars hare haskell haxe hbs hcl hexdump hh hlb hlsl hlsli
holyc hpp hrl hs htm html html+erb html+genshi html+kid html+ruby http hx hxsl hxx hy hylang i idc idr idris igor
igorpro ijs inc inf ini ino intr io ipf iscdhcpd j janet java java-properties javascript jdn jinja jl js jsm json
json5 jsonata jsonc jsonl jsonnet jsx julia jungle jy kak kakoune kakrc kakscript kid kotlin ksh kt kts latex lean
lean4 libsonnet lighttpd lighty lilypond lisp ll llvm load lox lua luau ly m m2 ma mak make makefile mako man mao
mariadb markdown mason materialize mathematica matlab mawk mc mcf mcfunction md meson meson.build metal mf mhtml mi
minizinc mjs mk mkd ml mli mlir mll mly mma mo mod modelica modula-2 modula2 mojo monkeyc moon moonscript morrowind
mount mt mts mwscript myghty mysql myt mzn mzsql nasm natural nawk nb nbp ndisasm newspeak ng2 nginx nim nimrod nix
nixos no-highlight nqp nroff ns2 nsh nsi nsis nu obj-c objc objective-c objectivec objectpascal ocaml octave odin
ones onesenterprise openedge openedgeabl openscad org orgmode p p6 p6l p6m pacmanconf pas patch path pc perl perl6
php php3 php4 php5 phtml pig pkgconfig pl pl/pgsql pl6 plain plaintext plc plot plpgsql plt plutus-core pm pm6 pml
po pony posh postgres postgresql postscr postscript pot pov povray powerquery powershell pp pq pr prm pro progress
prolog prom promela promql properties proto protobuf prql ps ps1 psd1 psl psm1 puppet pwsh pxd pxi py py2 py3 pyi
pyrex python python2 python3 pyw pyx qbasic qbs qml r racket ragel rake raku rakudoc rakumod rakutest rb rbw rbx re
react reason reasonml reg registry rego rei rest restructuredtext rex rexx rgbasm rhtml ring rkt rktd rktl rpmspec
rq rs rss rst ruby run rust rvt rx s sage salt sas sass sc scad scala scd scdoc sce scheme sci scilab scm scope scss
sed service sh sh-session shell shell-session sieve sig siv slice sls smali smalltalk smarty sml snbt snobol socket
sol solidity sourcepawn sp sparql spec spitfire splus spt sql sqlrpgle squeak squid squid.conf squidconf ss ssed st
starlark stas stylus sv svelte svg svh swap swift systemd systemverilog t t-sql tablegen tac tal tape target tasm
tcl tcsh td termcap terminfo terraform tex text tf thrift timer tmpl toc toml tpl tpp tradingview transact-sql ts
tsql tst tsx ttl turing turtle tv twig txt txtpb typ typescript typoscript typoscriptcssdata typoscripthtmldata
typst ucode udiff uxntal v vala vapi vb vb.net vbnet verilog vert vhd vhdl vhs vim viml vimrc vlang vsh vshell vtt
vue vuejs wast wat wdte wgsl whiley winbatch wl wlua wsdl wsf xhtml xml xml+genshi xml+kid xorg xorg.conf xsd xsl
xslt yaml yaml+jinja yang yml z80 zed zig zone zsh zshrc
"""
LANGUAGES = frozenset(_NAMES.split())
"""The names, in lower case, for which `transform.CanHighlight` of Hugo 0.168 says yes; found by asking it."""
