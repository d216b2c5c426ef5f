"""Where time goes: stacks as py-spy writes them, put together, by stage and as a picture that tells nothing else."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

from benchmarks.flame import ELSE, STARTING, by_stage, drawn, read_stacks, stage_of, tree_of
from benchmarks.throughput import BARE, ONE, Measured, Spent, page, stages, table

from dateline.engine.cores import cores

HOME = "/home/somebody/site-packages"
OUTER = f"main ({HOME}/dateline/cli/app.py:9);run_jobs (dateline/engine/jobs.py:76)"
LINES = [
    f"{OUTER};find_mentions (dateline/coder/events/find.py:10);clause_of (dateline/lang/clause.py:3) 20",
    f"{OUTER};find_mentions (dateline/coder/events/find.py:11);clause_of (dateline/lang/clause.py:4) 10",
    f"{OUTER};parse_many (dateline/coder/syntax/parse.py:70);Language.pipe (spacy/language.py:1) 40",
    f"{OUTER};RelationReader.read (dateline/coder/relation/types.py:1);_run (dateline/coder/encoder/network.py:2) 5",
    f"{OUTER};Encoder.read (dateline/coder/encoder/network.py:1);run (/opt/x/onnxruntime_session.py:2) 24",
    f"{OUTER};never (elsewhere.py) 1",
    "main (dateline/cli/app.py:9);<module> (dateline/api.py:1);load <it> (spacy/language.py:1) 7",
    " 3",
]


def test_lines_of_code_are_one_function_and_paths_begin_at_the_package() -> None:
    stacks = read_stacks(LINES)
    assert sum(stacks.values()) == 107
    assert max(stacks.values()) == 40
    assert sorted(stacks.values()) == [1, 5, 7, 24, 30, 40]
    assert not any(frame.count("/home") or ":" in frame for stack in stacks for frame in stack)


def test_the_innermost_rule_is_the_stage_and_what_the_networks_call_is_theirs() -> None:
    assert by_stage(read_stacks(LINES)) == Counter(
        {
            "parser: spaCy's pipeline": 40,
            "rules: event mentions and their parties": 30,
            "encoder: words of attributions and events": 24,
            STARTING: 7,
            "what is done between two parties, by the encoder": 5,
            ELSE: 1,
        }
    )
    assert stage_of(("find_mentions (dateline/coder/events/find.py)", "match (dateline/coder/triggers/match.py)")) == (
        "rules: triggers and modality"
    )


def test_the_picture_is_as_broad_as_the_shares_and_names_no_path_of_the_machine() -> None:
    root = tree_of(read_stacks(LINES), "run_jobs")
    assert root.count == 100
    picture = drawn(root, "A <title> & more")
    ElementTree.fromstring(picture)
    assert "A &lt;title&gt; &amp; more" in picture
    assert "/home" not in picture
    assert "/opt" not in picture
    assert re.search(r"<title>find_mentions \(dateline/coder/events/find\.py\): 30\.0 %</title><rect x=\"480", picture)
    assert "never" in picture
    assert "never" not in drawn(root, "t", least=0.02)


def measured(seconds: dict[str, tuple[float, float]], refused: int | None = 1) -> Measured:
    """Two rounds of each side, the second twice as slow, over four reports of ten sentences and a hundred words."""
    spent = {name: [Spent(wall, used), Spent(2 * wall, 2 * used)] for name, (wall, used) in seconds.items()}
    return Measured(spent, 4, 40, 400, refused, "en_small")


def test_sides_are_set_beside_the_bare_parser() -> None:
    rows = table(measured({BARE: (2, 1), ONE: (8, 8)}))
    assert rows[2] == f"| {BARE} | 1.33 | 13.3 | 133 | 0.3750 | 1.00 | 1.00 |"
    assert rows[3] == f"| {ONE} | 0.33 | 3.3 | 33 | 3.0000 | 4.00 | 8.00 |"


def test_stages_are_shares_of_what_a_coding_takes_and_starting_is_told_apart() -> None:
    seen = by_stage(read_stacks(LINES))
    rows = stages(seen, 2.0)
    assert rows[2] == "| parser: spaCy's pipeline | 40.0 % | 0.8000 |"
    assert rows[-1] == "| all of a coding | 100 % | 2.0000 |"
    assert not any(STARTING in row for row in rows)
    taken = measured({BARE: (2, 1), ONE: (8, 8), f"coding, {cores()} jobs": (4, 8)})
    told = page(taken, ["(beside)"], seen, 1.0)
    # Half as long as one job, which is four times as long as the parser; 7 looks at starting on 100 at 12 seconds.
    assert "takes 2.00 times as long" in told and "models took 0.8 s more" in told
    assert "takes quotations from 3 of the 4 reports" in told
    assert "py-spy was not installed" in page(taken, [], None, 1.0)
