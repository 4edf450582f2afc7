"""Connections that are cut: the view comes back."""

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

VIEW = "/compare?indicator=rd_expenditure_gdp&view=ranking&year=2020"
# What the browser says of a connection that is gone.
GONE = ("WebSocket", "ERR_")


def cut_after(page, kind):
    """Cut the next connection of a page when a message of this kind has come; later ones hold.

    In the browser, because a relay does not see where in the bytes one message ends.
    """
    cuts = []

    def join(socket):
        server = socket.connect_to_server()

        def pass_on(message):
            if cuts and cuts[0] is socket:
                return
            socket.send(message)
            if not cuts and ForwardMsg.FromString(message).WhichOneof("type") == kind:
                cuts.append(socket)
                socket.close(code=1012)
                server.close()

        server.on_message(pass_on)

    page.route_web_socket("**/_stcore/stream", join)
    return cuts


@pytest.mark.parametrize("kind", ["new_session", "delta"])
def test_a_page_cut_off_in_its_first_run_comes_back_with_its_view(open_page, server, settle, kind):
    page = open_page(VIEW, expected_errors=GONE)
    title = page.locator(".card-title").first.inner_text()
    address = page.url
    cuts = cut_after(page, kind)
    page.goto(f"{server}{VIEW}")
    page.locator(".card-title").first.wait_for()
    settle(page)
    assert len(cuts) == 1
    assert page.locator(".card-title").first.inner_text() == title
    expect(page).to_have_url(address)
