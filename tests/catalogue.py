"""Collects the sentences of the program, brings the catalogues up to date and compiles them.

`python -m tests.catalogue` rewrites the files; `collect` and `compiled` are what the gate compares with.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
KEYWORDS = {"tr": None, "trn": (1, 2), "trc": ((1, "c"), 2), "mark": None}
DAY = datetime(2026, 1, 1, tzinfo=UTC)


def collect() -> Catalog:
    """Every sentence the source says, with the files that say it."""
    catalog = Catalog(project="Selfcare", creation_date=DAY, revision_date=DAY, fuzzy=False)
    found = extract_from_dir(str(ROOT / "src"), keywords=KEYWORDS, method_map=[("**.py", "python")])
    for filename, _line, message, comments, context in found:
        catalog.add(message, None, [(filename, 1)], auto_comments=comments, context=context)
    return catalog


def language_file(language: str) -> Path:
    """Where the translations of a language stand."""
    return LOCALE / language / "LC_MESSAGES" / "selfcare.po"


def load(language: str) -> Catalog:
    """The translations of a language; an empty catalogue where there are none yet."""
    path = language_file(language)
    if not path.exists():
        return Catalog(locale=language, project="Selfcare", creation_date=DAY, revision_date=DAY, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def update(language: str) -> int:
    """Bring one language up to date; how many sentences it still lacks."""
    catalog = load(language)
    catalog.update(collect(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.revision_date = DAY
    catalog.creation_date = DAY
    path = language_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, no_location=False, include_lineno=False, sort_output=True)
    path.with_suffix(".mo").write_bytes(compiled(load(language)))
    return sum(1 for m in catalog if m.id and not is_whole(m.string))


def is_whole(translation: object) -> bool:
    """A translation, and each of its plural forms, says something."""
    if isinstance(translation, str):
        return bool(translation.strip())
    return isinstance(translation, (list, tuple)) and all(bool(form.strip()) for form in translation)


if __name__ == "__main__":
    print(f"fr: {update('fr')} sentences are not yet said in French")
