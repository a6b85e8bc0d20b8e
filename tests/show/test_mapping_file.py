"""What a mapping file says of the files at hand, and how a page tells it."""

from __future__ import annotations

from pathlib import Path

from loadmon.intake.owners_file import owners_of
from loadmon.intake.plan import plan
from loadmon.show import mapping_file
from loadmon.show.preview import preview_of
from tests.intake import made


def test_lines_that_contradict_each_other_are_told_with_both_sides(tmp_path: Path) -> None:
    names = ("camp/1.fit", "camp/ben_2.fit", "lost.fit")
    folder = made.lay(tmp_path / "given", {name: made.fit(day) for day, name in enumerate(names)})
    mapping = owners_of(b"camp,Anna\ncamp/*,Ben\n*_2.*,Cleo\n", "o.csv")
    found = preview_of(plan([folder], mapping=mapping), {})
    assert found.doubts == ("The mapping file says Ben (line 2) and Cleo (line 3).",)
    assert (found.without_owner, dict(found.runners), dict(found.told_by)) == (1, {"Ben": 1}, {"Ben": "mapping file"})


def test_what_it_says_of_the_files_at_hand() -> None:
    mapping = owners_of(b"".join(b"f%d,Anna\n" % n for n in range(8)) + b"serial:0123456789abcdef,Ben\n", "o.csv")
    assert mapping_file.told(mapping, range(1, 9)) == [
        "o.csv: 9 lines read.",
        "1 line names a watch: which files were recorded with it shows once they are looked through.",
        "Lines 1 (“f0”), 2 (“f1”), 3 (“f2”), 4 (“f3”), 5 (“f4”) and 3 more fit no file here. Correct it, or leave it: it does no harm.",
    ]
    assert owners_of(mapping_file.EXAMPLE.encode(), "e.csv").owner("2026/spring camp/x.fit")
