"""The judge of light pages is judged: each fault that it looks for is seen."""

from . import rgaa

FAULTY = """<!DOCTYPE html><html lang="fr"><head><title>Essai</title><style>
  a:focus-visible { outline: none }
  .row { font: 16px monospace; white-space: nowrap }
  @keyframes turn { to { rotate: 1turn } }
  .turning { animation: turn 2s infinite }
</style></head><body><main>
  <p class="row">Une ligne de trente caractères</p>
  <a href="#a">Un lien</a> <a href="/b" target="_blank">Un autre</a>
  <label>Téléphone <input type="tel" tabindex="3"></label>
  <p class="turning">Attendez</p>
</main></body></html>"""
NUMBERS = {"10.7", "10.12", "11.13", "12.8", "13.2", "13.8"}


def test_each_fault_is_named(chromium):
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        tab = context.new_page()
        tab.set_content(FAULTY)
        assert not tab.evaluate(f"{rgaa.OVERFLOW} > 0"), "wide before it is spaced out"
        found = {fault.split()[0] for fault in rgaa.light_page_faults(tab)}
    assert found == NUMBERS


def test_the_grammar_of_the_standard_is_asked():
    assert not rgaa.grammar_faults(FAULTY)
    [fault] = rgaa.grammar_faults(FAULTY.replace("</p>\n</main>", "</div>\n</main>"))
    assert fault.startswith("8.2 line 10")
