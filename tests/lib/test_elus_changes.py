"""What a member must be told of a dossier that changed."""

from mairie_elus.lib.changes import compare

BASE = {
    "assembly": "Conseil",
    "start": "2026-12-17T19:00",
    "place": "Salle",
    "call": "ordinary",
}


def item(name, *files, **content):
    facts = {"kind": "deliberation", "rapporteur": "", "note": "", "mention": ""}
    pieces = [{"name": piece, "sha256": sha256} for piece, sha256 in files]
    return {"name": name, "closed": False, "files": pieces, **facts, **content}


def notice(*items, **meeting):
    return {**BASE, "agenda": list(items), **meeting}


def test_nothing_changed():
    assert not compare(notice(item("A")), notice(item("A")))


def test_an_item_added_at_the_end_moves_none():
    found = compare(notice(item("A")), notice(item("A"), item("B", ("Plan", "1"))))
    assert found.added_points == ["B"]
    assert found.added_files == ["Plan"]
    assert not found.moved_points


def test_an_item_inserted_first_moves_none_either():
    found = compare(
        notice(item("A"), item("C")), notice(item("B"), item("A"), item("C"))
    )
    assert found.added_points == ["B"]
    assert not found.moved_points


def test_an_item_taken_off():
    found = compare(notice(item("A"), item("B")), notice(item("B")))
    assert found.removed_points == ["A"]
    assert not found.moved_points


def test_two_items_exchanged():
    found = compare(notice(item("A"), item("B")), notice(item("B"), item("A")))
    assert found.moved_points == ["B", "A"]


def test_a_note_rewritten():
    found = compare(notice(item("A")), notice(item("A", note="<p>x</p>")))
    assert found.changed_points == ["A"]


def test_documents_added_replaced_and_taken_off():
    before = notice(item("A", ("Plan", "1"), ("Devis", "2")))
    after = notice(item("A", ("Plan", "9"), ("Avis", "3")))
    found = compare(before, after)
    assert found.replaced_files == ["Plan"]
    assert found.added_files == ["Avis"]
    assert found.removed_files == ["Devis"]


def test_a_meeting_that_moves_is_another_notice():
    found = compare(notice(item("A")), notice(item("A"), place="Préau"))
    assert found.meeting == ["place"]
