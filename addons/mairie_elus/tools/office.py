"""LibreOffice at work on one document: bytes in, a PDF out, nothing else.

Each document has a folder, a profile and a process group of its own: two at once never
meet, and what hangs ends with all that it started. The suite runs no macro, follows no
link and has no network.
"""

import contextlib
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

#: Seconds that one document may take, the start of the suite included.
TIMEOUT = 120
BOX = Path(__file__).with_name("office_box.py")

_SETTINGS = {
    "org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "org.openoffice.Office.Writer/Content/Update": {"Link": "2"},
    "org.openoffice.Office.Calc/Content/Update": {"Link": "2"},
    # A proxy that nobody serves: the second lock, where the first one is missing.
    "org.openoffice.Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetHTTPProxyName": "127.0.0.1",
        "ooInetHTTPProxyPort": "9",
        "ooInetHTTPSProxyName": "127.0.0.1",
        "ooInetHTTPSProxyPort": "9",
    },
}
_OLE = b"\xd0\xcf\x11\xe0"
_ODF_LIST, _ODF_LIST_SIZE = "META-INF/manifest.xml", 1_000_000
#: What reading a damaged archive may raise; RuntimeError: one of its files is locked.
_BAD_ZIP = (
    *(zipfile.BadZipFile, zlib.error),
    *(EOFError, KeyError, OSError, RuntimeError, ValueError),
)


class OfficeError(Exception):
    """No PDF came out."""


class TooSlowError(OfficeError):
    """The document took longer than it may."""


def find_office() -> str | None:
    """Return the path of LibreOffice, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def is_locked(content: bytes) -> bool:
    """Tell whether an office document asks for a password.

    Word, Excel and PowerPoint wrap such a file in a container that says so; an
    OpenDocument says it in its list of files.
    """
    if content.startswith(_OLE):
        return "EncryptedPackage".encode("utf-16-le") in content
    try:
        with zipfile.ZipFile(io.BytesIO(content)).open(_ODF_LIST) as files:
            return b"encryption-data" in files.read(_ODF_LIST_SIZE)
    except _BAD_ZIP:
        return False


def lay_out(content: bytes, extension: str, timeout: float = TIMEOUT) -> bytes:
    """Return the PDF of an office document.

    :param extension: that of the file, without its dot: the suite goes by it
    :raise TooSlowError: it was stopped after ``timeout`` seconds
    :raise OfficeError: no office suite, or nothing came out of it
    """
    office = find_office()
    if not office:
        raise OfficeError
    with tempfile.TemporaryDirectory(
        prefix="mairie_piece_", ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        _write_profile(folder)
        source = folder / f"piece.{extension}"
        source.write_bytes(content)
        _run(_command(office, folder, source), folder, timeout)
        try:
            return (folder / "piece.pdf").read_bytes()
        except OSError as error:
            raise OfficeError from error


def _write_profile(folder):
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}"><value>{value}</value>'
        "</prop></item>"
        for path, settings in _SETTINGS.items()
        for name, value in settings.items()
    )
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items'
        ' xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>"
    )


def _command(office, folder, source):
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    return [
        *(sys.executable, "-I", str(BOX)),
        *(office, profile, "--headless", "--norestore", "--nolockcheck"),
        *("--convert-to", "pdf", "--outdir", str(folder), str(source)),
    ]


def _run(command, folder, timeout):
    """Wait for the suite; at the end of time, stop it with all that it started.

    It is told nothing of Odoo's environment, where passwords may be.
    """
    process = subprocess.Popen(  # a fixed program; only the folder's name varies
        command,
        cwd=folder,
        env={
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        raise TooSlowError from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
