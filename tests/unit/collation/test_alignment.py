from app.collation.alignment import align

STORY = [
    "Harbour bridge to close for repairs",
    "The council will close the harbour bridge for six weeks from Monday, engineers said.",
    "Ferries will carry passengers across the water while the work goes on.",
]


def test_a_text_against_itself_gives_every_paragraph_with_its_own() -> None:
    assert [(row.base, row.witness, row.similarity) for row in align(STORY, STORY)] == [
        ((0,), (0,), 1.0), ((1,), (1,), 1.0), ((2,), (2,), 1.0),
    ]  # fmt: skip


def test_nothing_against_a_text_gives_only_added_rows() -> None:
    assert [(row.base, row.witness) for row in align([], STORY)] == [((), (0,)), ((), (1,)), ((), (2,))]
