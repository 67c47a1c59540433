"""What ends `serve` ends it, whichever of its threads is handed the signal."""

import signal
from collections.abc import Iterator
from threading import Event, Thread, get_ident

import pytest

from harness.serve import signals


@pytest.fixture(autouse=True)
def _handlers_as_they_were() -> Iterator[None]:
    before = {end: signal.getsignal(end) for end in signals.ENDS}
    yield
    for end, handler in before.items():
        signal.signal(end, handler)


@pytest.mark.parametrize("end", signals.ENDS)
def test_a_signal_that_another_thread_is_handed_ends_the_wait(end: signal.Signals) -> None:
    over = Event()

    def work() -> None:
        over.wait(0.2)  # the main thread waits meanwhile
        signal.pthread_kill(get_ident(), end)
        over.wait(10)

    signals.hear()
    thread = Thread(target=work)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        signals.wait_for(thread)
    assert thread.is_alive()
    over.set()
    thread.join()


def test_a_thread_that_ends_by_itself_ends_the_wait() -> None:
    thread = Thread(target=Event().wait, args=(0.01,))
    thread.start()
    signals.wait_for(thread)
    assert not thread.is_alive()
