"""Processes that check files beside this one, and what is said of a file that one of them does not survive.

They are started afresh ("spawn"), for neither Saxon nor threads survive a fork. Each is given one file at a time
and answers with its findings, so that a file which hangs or kills its process costs that process alone.
"""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from teipress.checks.facts import Examined
from teipress.finding import Finding, Refusal

#: Seconds that a file may take; the largest of plays takes a few.
PATIENCE: Final = 120.0

Task = tuple[Path, str]
Work = Callable[[Path, str], Examined]
_SPAWN: Final = multiprocessing.get_context("spawn")


def _serve(connection: Connection, work: Work) -> None:
    """Answer one task after the other until there is none."""
    gc.set_threshold(100_000, 20, 100)  # a document is many thousand objects, and all of them go at once
    while (task := connection.recv()) is not None:
        try:
            connection.send(work(*task))
        except Refusal as refusal:
            connection.send((refusal.message, refusal.remedy))
        except MemoryError:  # nothing more can be said from here, and a traceback says nothing to anybody
            return


class _Worker:
    """One process, and the task that it is at."""

    def __init__(self, work: Work) -> None:
        self.connection, other = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_serve, args=(other, work), daemon=True)
        self.process.start()
        other.close()
        self.number = -1
        self.since = 0.0

    def take(self, number: int, task: Task) -> None:
        self.number, self.since = number, time.monotonic()
        self.connection.send(task)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class Workers:
    """Checks files in several processes; a context manager, which ends them all."""

    def __init__(self, work: Work, number: int, patience: float) -> None:
        """Start `number` processes that do `work`, each task within `patience` seconds."""
        self._work = work
        self._patience = patience
        self._workers = [_Worker(work) for _ in range(number)]

    def __enter__(self) -> Workers:
        """Give the processes."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()

    def run(self, tasks: Sequence[Task]) -> Iterator[Examined]:
        """Yield what came of each file, in the order of the tasks; raise `Refusal` where one was raised."""
        waiting = iter(enumerate(tasks))
        done: dict[int, Examined] = {}
        for worker in self._workers:
            self._next(worker, waiting)
        for number in range(len(tasks)):
            while number not in done:
                self._listen(tasks, waiting, done)
            yield done.pop(number)

    @staticmethod
    def _next(worker: _Worker, waiting: Iterator[tuple[int, Task]]) -> None:
        number, task = next(waiting, (-1, None))
        worker.number = -1
        if task is not None:
            worker.take(number, task)

    def _listen(
        self, tasks: Sequence[Task], waiting: Iterator[tuple[int, Task]], done: dict[int, Examined]
    ) -> None:
        """Wait until a process answers, dies or takes too long."""
        busy = {worker.connection: worker for worker in self._workers if worker.number >= 0}
        first = min(worker.since for worker in busy.values()) + self._patience
        ready = wait(list(busy), max(0.0, first - time.monotonic()))
        for connection in ready:
            worker = busy[connection]  # type: ignore[index]
            done[worker.number] = self._answer(worker, tasks[worker.number][1])
            self._next(self._fresh(worker), waiting)
        for worker in list(busy.values()):
            if worker.connection not in ready and time.monotonic() - worker.since > self._patience:
                done[worker.number] = Examined((_too_long(tasks[worker.number][1], self._patience),))
                worker.end()
                self._next(self._fresh(worker), waiting)

    @staticmethod
    def _answer(worker: _Worker, name: str) -> Examined:
        try:
            answer: Any = worker.connection.recv()
        except (EOFError, OSError):
            worker.end()
            return Examined((_died(name),))
        if isinstance(answer, tuple):
            raise Refusal(*answer)
        examined: Examined = answer
        return examined

    def _fresh(self, worker: _Worker) -> _Worker:
        """Give the process itself while it lives, or a new one in its place."""
        if not worker.connection.closed:
            return worker
        place = self._workers.index(worker)
        self._workers[place] = _Worker(self._work)
        return self._workers[place]


def _too_long(name: str, patience: float) -> Finding:
    message = f"the check of this file did not end within {patience:g} seconds, and was stopped"
    remedy = "divide the file, or look in the schema for rules and patterns that take long"
    return Finding(name, 0, 0, "XML004", "error", message, remedy)


def _died(name: str) -> Finding:
    remedy = "divide the file, or check it on a machine with more memory"
    return Finding(name, 0, 0, "XML005", "error", "the check of this file ended its process", remedy)
