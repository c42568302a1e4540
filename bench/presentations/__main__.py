"""Count the edits of presentations that `deckgen verify` names: python -m bench.presentations [SEED].

Each edit is made in a file that python-pptx or LibreOffice saved, of decks about the tables of the
tests and of a sample with every kind of chart. What changes a number or what it says has to be named on
its slide; what does not, and files that were only saved again, must not be.
"""

import hashlib
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from pptx import Presentation

from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Deck
from deckgen.domain.step_contract import DatasetInfo
from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes.theme import names, theme
from deckgen.orchestrator import analyst
from tests.decks import sample_deck
from tests.office_saving import saved_by_office
from tests.presentation_edits import HARMLESS, MEANING, Made, edited_files, named, saved

EDITS = 200
TABLES = [*sorted(Path("tests/data").glob("*.csv")), Path("examples/newspaper_revenue.csv")]
BRIEF = "What changed, who leads, and what should we do?"


def decks() -> Iterator[tuple[str, Deck]]:
    yield "sample", sample_deck()
    for path in TABLES:
        content, brief = path.read_bytes(), Brief(business_context=BRIEF)
        digest = hashlib.sha256(content).hexdigest()
        info = DatasetInfo(name=path.name, sha256=digest, bytes=len(content))
        source = analyst.profile(path, info, brief)
        findings = analyst.find(path, source, brief)
        draft = analyst.draft(brief, source, findings)
        yield path.stem, analyst.assemble(brief, source, findings, draft, path)


def report(title: str, files: list[Made], *, should_be_named: bool) -> None:
    wrong: Counter[str] = Counter()
    for kind, content, slide in files:
        problems = named(content)
        is_named = (
            any(re.search(rf"slide {slide}\b", each) for each in problems)
            if should_be_named
            else problems
        )
        if bool(is_named) is not should_be_named:
            wrong[kind] += 1
            say(f"    {kind}, slide {slide}: {problems[:3]}")
    named_count = len(files) - wrong.total() if should_be_named else wrong.total()
    say(f"{title}: {named_count} of {len(files)} named{f', wrong: {dict(wrong)}' if wrong else ''}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(seed: int) -> None:
    looks = names()
    made_by = {
        name: render_pptx(deck, theme(looks[number % len(looks)]))
        for number, (name, deck) in enumerate(decks())
    }
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        office = saved_by_office(made_by, place / "files")
        again = {name: saved(Presentation(BytesIO(each))) for name, each in made_by.items()}
        both = {"python-pptx": again, "LibreOffice": office}
        for program, files in both.items():
            untouched = [(name, content, 0) for name, content in files.items()]
            report(f"untouched, {program}", untouched, should_be_named=False)
        for title, edits, is_meant in (("meaning", MEANING, True), ("harmless", HARMLESS, False)):
            for program, files in both.items():
                done = edited_files(files, edits, EDITS, seed)
                report(f"{title}, in files of {program}", done, should_be_named=is_meant)
            done = edited_files(made_by, edits, EDITS, seed + 1)
            later = saved_by_office(
                {str(number): content for number, (_, content, _) in enumerate(done)}, place / title
            )
            last = [(kind, later[str(number)], at) for number, (kind, _, at) in enumerate(done)]
            report(f"{title}, saved by LibreOffice after it", last, should_be_named=is_meant)


if __name__ == "__main__":
    main(int(next((each for each in sys.argv[1:] if each.isdigit()), 1)))
