"""Ctrl-C as a request to stop after the step that is being taken, so that no half step is kept."""

import signal


class StopOnInterrupt:
    """In its `with` block the first Ctrl-C sets `requested`; a second one interrupts at once, as always.

    Outside of the main thread, where signals cannot be handled, it does nothing.
    """

    requested = False

    def __enter__(self):
        try:
            self._former = signal.signal(signal.SIGINT, self._request)
        except ValueError:
            self._former = None
        return self

    def __exit__(self, *error):
        if self._former is not None:
            signal.signal(signal.SIGINT, self._former)

    def _request(self, number, frame):
        self.requested = True
        signal.signal(signal.SIGINT, self._former)
