"""The rules: one module each, one name each. A module here is a rule; there is nothing to register.

A rule's module holds its manual (the docstring), its `SEVERITY`, and one or more of

- `check_page(page)`: sees one page and the configuration;
- `check_in_site(page, site)`: sees one page, and all others beside it;
- `check_site(site)`: sees all pages, and the moment to judge dates by;
- `check_output(publication)`: sees what was rendered;
- `check_external(page, answers)`: sees one page, and what other sites answered for its links;
- `check_suppression(suppression, use)`: sees a comment that keeps findings from being reported, and what it was of use for.

Each yields `Finding`s; those of `check_site` and `check_output` name the file. A frozen dataclass
`Options`, when there is one, is passed last. A rule imports the words (`diagnostics`, `text`, `keyed`), the model that it judges, and the standard library.
"""
