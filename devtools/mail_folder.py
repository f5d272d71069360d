"""The demo town's mail server: it keeps each e-mail as a file and sends nothing out."""

import asyncio
import datetime
import threading
from pathlib import Path

END = b".\r\n"


class Mailbox:
    """Just enough SMTP for one honest sender (RFC 5321): HELO, MAIL, RCPT, DATA.

    :param folder: where the messages go, one .eml file each
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.received = 0

    def start(self, port):
        """Listen on the loopback, in a thread that ends with the process."""
        ready = threading.Event()
        thread = threading.Thread(target=self._run, args=(port, ready), daemon=True)
        thread.start()
        ready.wait(5)

    def _run(self, port, ready):
        asyncio.run(self._listen(port, ready))

    async def _listen(self, port, ready):
        server = await asyncio.start_server(self._talk, "127.0.0.1", port)
        ready.set()
        async with server:
            await server.serve_forever()

    async def _talk(self, reader, writer):
        writer.write(b"220 demo town\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                self._keep(await self._read_message(reader))
            writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            await writer.drain()
            if verb == b"QUIT":
                break
        writer.close()

    async def _read_message(self, reader):
        lines = []
        while (line := await reader.readline()) not in (END, b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def _keep(self, message):
        self.received += 1
        moment = datetime.datetime.now().strftime("%Y-%m-%d_%H%M%S")
        path = self.folder / f"{moment}_{self.received:04}.eml"
        path.write_bytes(message)
