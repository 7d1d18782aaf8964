"""The rules: one module each, one name each. A module here is a rule; there is nothing to register.

A rule's module holds its manual (the docstring), its `SEVERITY`, and one or more of

- `check_page(page)`: sees one page and the configuration;
- `check_site(site)`: sees all pages, and the moment to judge dates by;
- `check_output(publication)`: sees what was rendered.

Each yields `Finding`s; those of the last two name the file. A frozen dataclass `Options`, when there is one, is passed
second. A rule imports the words (`diagnostics`, `text`, `keyed`), the model that it judges, and the standard library.
"""
