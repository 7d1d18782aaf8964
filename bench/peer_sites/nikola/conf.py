"""Nikola with the plainest theme that comes with it."""  # noqa: INP001 - a settings file, not a module

BLOG_AUTHOR = "Nobody"
BLOG_TITLE = "Minimal"
SITE_URL = "https://example.com/"
BLOG_EMAIL = "nobody@example.com"
BLOG_DESCRIPTION = "Minimal"
DEFAULT_LANG = "en"
TRANSLATIONS = {"en": ""}
THEME = "base"
TIMEZONE = "UTC"
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": (".md",)}
METADATA_FORMAT = "YAML"
TAG_PATH = "tags"
FEED_LENGTH = 20
INDEX_DISPLAY_POST_COUNT = 10
NAVIGATION_LINKS = {"en": ()}
