"""Bring a fr.po in step with its .pot; prints how many terms lack their French."""

import sys

import polib

LANGUAGE = {"Language": "fr_FR", "Plural-Forms": "nplurals=2; plural=(n > 1);"}


def merge(template_path, target_path):
    template = polib.pofile(template_path)
    if not len(template):
        # An export that failed must not take the French with it.
        raise SystemExit(f"{template_path} holds no term: fr.po stays as it is")
    try:
        target = polib.pofile(target_path)
    except OSError:
        target = polib.POFile()
        target.metadata = {**template.metadata, **LANGUAGE}
    known = {(entry.msgctxt, entry.msgid): entry for entry in target}
    merged = polib.POFile(wrapwidth=78)
    merged.metadata = target.metadata
    merged.header = target.header
    for entry in template:
        old = known.get((entry.msgctxt, entry.msgid))
        entry.msgstr = old.msgstr if old else ""
        merged.append(entry)
    merged.save(target_path)
    return [entry.msgid for entry in merged if not entry.msgstr]


if __name__ == "__main__":
    missing = merge(*sys.argv[1:3])
    sys.stdout.write(f"{sys.argv[2]}: {len(missing)} terms to translate\n")
    sys.stdout.writelines(f"  - {term!r}\n" for term in missing)
