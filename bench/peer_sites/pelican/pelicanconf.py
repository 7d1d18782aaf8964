"""Pelican with the plain theme that comes with it."""  # noqa: INP001 - a settings file, not a module

SITENAME = "Minimal"
SITEURL = "https://example.com"
AUTHOR = "Nobody"
PATH = "content"
THEME = "simple"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
DEFAULT_PAGINATION = 10
STATIC_PATHS = ["images"]
ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = "posts/{slug}/index.html"
SLUGIFY_SOURCE = "basename"
TAG_FEED_ATOM = "feeds/tag-{slug}.atom.xml"
FEED_MAX_ITEMS = 20
AUTHOR_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
"""Without a folder of its own, page 3 of the tag `cache-13` would be written where the tag `cache-133` is."""
