"""A slow line that breaks: bytes trickle through a relay, which then cuts every connection.

A relay of our own, because shaping the network of a machine needs rights that tests do not have.
"""

import asyncio
import threading
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from playwright.sync_api import expect

PIECE, DELAY_SECONDS = 64 * 1024, 0.02


class Line:
    """A relay to a server: each piece of an answer waits, in its turn."""

    def __init__(self, port):
        self.port = port
        self.open, self.joined = set(), []
        self.loop = asyncio.new_event_loop()

    async def serve(self, started):
        server = await asyncio.start_server(self.join, "127.0.0.1", 0)
        self.address = f"http://localhost:{server.sockets[0].getsockname()[1]}"
        started.set()
        async with server:
            with suppress(asyncio.CancelledError):
                await server.serve_forever()
        for end in list(self.open):
            end.transport.abort()
        await asyncio.gather(*self.joined, return_exceptions=True)

    async def join(self, reader, writer):
        self.joined.append(asyncio.current_task())
        there, back = await asyncio.open_connection("127.0.0.1", self.port)
        self.open |= {writer, back}
        await asyncio.gather(
            self.pass_on(reader, back, 0),
            self.pass_on(there, writer, DELAY_SECONDS),
            return_exceptions=True,
        )
        for end in (writer, back):
            end.close()
            with suppress(OSError):
                await end.wait_closed()
        self.open -= {writer, back}

    async def pass_on(self, source, target, delay):
        while piece := await source.read(PIECE):
            await asyncio.sleep(delay)
            target.write(piece)
            await target.drain()
        target.close()

    def cut(self):
        """Break every connection, as a tunnel does."""
        self.loop.call_soon_threadsafe(lambda: [end.transport.abort() for end in list(self.open)])


@contextmanager
def slow_line(server):
    line, started = Line(urlsplit(server).port), threading.Event()
    task = line.loop.create_task(line.serve(started))
    thread = threading.Thread(target=line.loop.run_until_complete, args=(task,))
    thread.start()
    started.wait()
    try:
        yield line
    finally:
        line.loop.call_soon_threadsafe(task.cancel)
        thread.join()
        line.loop.close()


def test_a_page_comes_over_a_slow_line_and_goes_on_after_a_cut(open_page, server, settle):
    with slow_line(server) as line:
        page = open_page(
            "/compare?view=ranking&places=JPN&places=KOR&places=CHN",
            at=line.address,
            expected_errors=("WebSocket", "ERR_"),
        )
        title = page.locator(".card-title").first.inner_text()
        line.cut()
        page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]').dataset.testConnectionState"
            " !== 'CONNECTED'"
        )
        settle(page)
        assert page.locator(".card-title").first.inner_text() == title
        page.get_by_role("radio", name="Heat map", exact=True).click()
        page.wait_for_url("**view=heat**")
        settle(page)
        expect(page.locator(".js-plotly-plot").first).to_be_visible()
        assert page.locator('[data-testid="stException"]').count() == 0
        page.close()
