"""What the person at the keyboard reads: numbered steps, progress, clear failures."""

import contextlib
import subprocess
import sys
import time


class Failure(Exception):
    """A step cannot go on. The message says what happened and what to do."""


quiet = False  # set for commands whose own output is what matters


def say(text=""):
    if not quiet:
        print(text, flush=True)


class Steps:
    """Announce steps as "[2/7] Title", then how long each took."""

    def __init__(self, total):
        self.total = total
        self.done = 0
        self.started = time.monotonic()

    @contextlib.contextmanager
    def step(self, title):
        self.done += 1
        say(f"[{self.done}/{self.total}] {title}")
        started = time.monotonic()
        yield
        say(f"      done in {time.monotonic() - started:.1f} s")

    def elapsed(self):
        return time.monotonic() - self.started


def note(text):
    say(f"      {text}")


def run(command, *, log=None, **options):
    """Run a command quietly; on failure raise with its last lines.

    :param log: file that keeps the whole output, named in the error sentence
    :return: what the command printed
    """
    result = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        check=False,
        **options,
    )
    if log:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(result.stdout)
    if result.returncode:
        tail = "\n".join(result.stdout.strip().splitlines()[-12:])
        where = f"\nThe whole output is in {log}." if log else ""
        raise Failure(
            f"`{' '.join(map(str, command[:4]))} …` ended with code "
            f"{result.returncode}:\n{tail}{where}"
        )
    return result.stdout


def fail(error):
    """Print a failure as a sentence for people; used once, at the very top."""
    print(f"\nCannot go on: {error}\n", file=sys.stderr, flush=True)
