"""ZIP files and the sources that go into them."""

import io
import zipfile

from odoo.tools.misc import file_open


def make_zip(files):
    """Bytes of a ZIP file. :param files: name -> text or bytes"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def read_text(path):
    with file_open(path) as file:
        return file.read()
