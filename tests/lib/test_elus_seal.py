"""Seals of the proof: one text for one set of facts, each on the one before."""

from hypothesis import given
from hypothesis import strategies as st
from mairie_elus.lib.seal import GENESIS, canonical, first_broken, seal

FACTS = st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5))


def chain(texts):
    records, previous = [], GENESIS
    for text in texts:
        previous = seal(text, previous)
        records.append((text, previous))
    return records


@given(FACTS)
def test_order_of_the_facts_does_not_matter(facts):
    assert canonical(dict(reversed(facts.items()))) == canonical(facts)


@given(st.lists(st.text(), max_size=8))
def test_an_untouched_chain_holds(texts):
    assert first_broken(chain(texts)) is None


@given(st.lists(st.text(), min_size=1, max_size=8), st.data())
def test_one_changed_text_is_found_at_its_place(texts, data):
    index = data.draw(st.integers(0, len(texts) - 1))
    records = chain(texts)
    text, sealed = records[index]
    records[index] = (text + "x", sealed)
    assert first_broken(records) == index


def test_a_deleted_or_moved_record_is_found():
    records = chain(["a", "b", "c"])
    assert first_broken([records[0], records[2]]) == 1
    assert first_broken([records[0], records[2], records[1]]) == 1


def test_the_way_of_sealing_is_written():
    assert seal("a").startswith("$1$")
