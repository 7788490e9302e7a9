"""The training loop: batches, steps, what is recorded, and what a loss that diverges leads to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from tqdm.auto import tqdm

from rectified.networks.independent import Rng, count_networks, draw
from rectified.networks.layer import positive_integer
from rectified.networks.optimizers import Optimizer
from rectified.networks.sequential import Sequential

Data = tuple[NDArray, NDArray]


class TrainingDiverged(ArithmeticError):
    """Every network's loss has become infinite or NaN. ``history`` holds what was recorded."""

    def __init__(self, message: str, history: "History"):
        super().__init__(message)
        self.history = history


@dataclass(frozen=True)
class History:
    """What ``fit`` recorded. With S independent networks every array gets a last axis of S.

    Attributes
    ----------
    loss : ndarray, (steps,)
        Of the batch, before each step.
    steps : ndarray of int, (evaluations,)
        After how many steps the network was evaluated. Never with an axis of S.
    train_loss, train_metric, validation_loss, validation_metric : ndarray, (evaluations,)
        Over the whole sets, in evaluation mode; NaN after a network diverged. None if ``fit`` was
        given no metric, or no validation set.
    diverged_at : ndarray of int, ()
        The step at which the loss was first not finite; −1 if it never was.
    """

    loss: NDArray
    steps: NDArray
    train_loss: NDArray
    train_metric: NDArray | None
    validation_loss: NDArray | None
    validation_metric: NDArray | None
    diverged_at: NDArray

    @property
    def diverged(self) -> NDArray:
        """True for each network whose loss stopped being finite."""
        return self.diverged_at >= 0


def minibatches(
    num_examples: int, batch_size: int | None, rng: Rng | None
) -> Iterator[NDArray | slice]:
    """Yield the index of one batch after the other, without end.

    Each epoch draws a new order and goes through it once; its last batch may be smaller. With S
    generators there are S orders, and an index is (S, batch). If ``batch_size`` is None, or at
    least ``num_examples``, every batch is all examples as they are, and nothing is drawn.
    """
    if batch_size is None or batch_size >= num_examples:
        while True:
            yield slice(None)
    while True:
        order = draw(lambda one: one.permutation(num_examples), rng)
        for start in range(0, num_examples, batch_size):
            yield order[..., start : start + batch_size]


def fit(
    network: Sequential,
    loss: Callable[[NDArray, NDArray], tuple],
    optimizer: Optimizer,
    x: NDArray,
    y: NDArray,
    *,
    steps: int | None = None,
    epochs: int | None = None,
    batch_size: int | None = None,
    rng: Rng | None = None,
    metric: Callable[[NDArray, NDArray], float | NDArray] | None = None,
    validation: Data | None = None,
    evaluate_every: int | None = None,
    callback: Callable[[int, Sequential], bool | None] | None = None,
    on_divergence: str = "raise",
    progress: bool = False,
) -> History:
    """Train ``network`` in place and return what happened on the way.

    Parameters
    ----------
    network : Sequential
        It is in training mode during steps, and left in training mode.
    loss : callable
        Of ``rectified.networks.losses``: (outputs, targets) to (value, gradient).
    optimizer : Optimizer
        Made for this network.
    x, y : ndarray
        Examples on the first axis of both. For S independent networks that is one set for all;
        if x has three axes, (S, examples, features), then y has an axis of S in front as well,
        and network s sees x[s] and y[s].
    steps, epochs : int
        How long: one of the two.
    batch_size : int or None
        None is the full batch.
    rng : Generator or sequence of S generators
        Draws the order of the examples: one order for all networks, or one for each. Needed
        unless the batch is full.
    metric : callable
        Such as ``accuracy``: (outputs, targets) to a number for each network.
    validation : (x, y)
        Only evaluated.
    evaluate_every : int
        Evaluate each time after so many steps, besides before the first step and after the last.
    callback : callable
        ``callback(step, network)`` after each step, counted from 1; returns True to stop.
    on_divergence : {"raise", "record"}
        What to do when no network with a finite loss is left. Training stops in either case. As
        long as one is left it goes on, and only ``diverged_at`` tells.
    progress : bool
        Show a bar (tqdm; on standard error, or as a widget in a notebook).

    Raises
    ------
    TrainingDiverged
        If the last network diverged, unless ``on_divergence`` is "record".
    ValueError
        If arguments do not fit together.
    """
    if on_divergence not in ("raise", "record"):
        raise ValueError(f"on_divergence must be 'raise' or 'record', not {on_divergence!r}")
    if optimizer.network is not network and not _shares(optimizer, network):
        raise ValueError("optimizer must have been made for this network, or for layers of it")
    data = _Examples(network, x, y, "x", "y")
    held_out = validation and _Examples(network, *validation, "validation x", "validation y")
    if batch_size is not None:
        batch_size = positive_integer(batch_size, "batch_size")
        if batch_size < data.count and rng is None:
            raise ValueError("rng must be given to draw batches smaller than the data")
    if evaluate_every is not None:
        evaluate_every = positive_integer(evaluate_every, "evaluate_every")
    if rng is not None and count_networks(rng) not in (None, network.num_networks):
        raise ValueError(f"rng must be one generator, or {network.num_networks or 1} of them")
    total = _num_steps(steps, epochs, data.count, batch_size)
    record = _Recorder(network, loss, metric, data, held_out)

    network.train()
    # A diverging network overflows; its loss is looked at in every step, and reported.
    with np.errstate(over="ignore", invalid="ignore"):
        record.evaluate(0)
        batches = islice(minibatches(data.count, batch_size, rng), total)
        for step, index in enumerate(tqdm(batches, total=total, disable=not progress), start=1):
            batch_x, batch_y = data.take(index)
            value, gradient = loss(network.forward(batch_x), batch_y)
            record.step(step - 1, value)
            if record.all_diverged:
                break
            network.backward(gradient)
            optimizer.step()
            stop = callback is not None and callback(step, network)
            if stop or step == total or (evaluate_every and step % evaluate_every == 0):
                record.evaluate(step)
            if stop:
                break
    history = record.history()
    if record.all_diverged and on_divergence == "raise":
        who = "the loss" if network.num_networks is None else "the loss of every network"
        raise TrainingDiverged(
            f"{who} is not finite after {history.diverged_at.max()} steps, at a learning rate of "
            f"{optimizer.current_rate()}: try a smaller one, or look at the initialization",
            history,
        )
    return history


class _Examples:
    """Inputs and targets, of one set for all networks or of one for each."""

    def __init__(self, network: Sequential, x: NDArray, y: NDArray, x_name: str, y_name: str):
        self.x, self.y = np.asarray(x), np.asarray(y)
        self.networks = network.num_networks if self.x.ndim == 3 else None
        axis = 0 if self.networks is None else 1
        if self.networks is not None and self.x.shape[0] != self.networks:
            raise ValueError(
                f"{x_name} must have {self.networks} networks on axis 0, not shape {self.x.shape}"
            )
        if self.y.shape[: axis + 1] != self.x.shape[: axis + 1] or not self.x.shape[axis]:
            raise ValueError(
                f"{y_name} must start with {self.x.shape[: axis + 1]}, like {x_name}, "
                f"and hold at least one example; its shape is {self.y.shape}"
            )
        self.count = self.x.shape[axis]

    def take(self, index: NDArray | slice) -> Data:
        """Return the batch at ``index``: the same for all networks, or (S, batch), one for each."""
        if self.networks is None:
            return self.x[index], self.y[index]
        if isinstance(index, slice) or index.ndim == 1:
            return self.x[:, index], self.y[:, index]
        network = np.arange(self.networks)[:, np.newaxis]
        return self.x[network, index], self.y[network, index]


class _Recorder:
    """Collects the history while ``fit`` runs."""

    def __init__(self, network, loss, metric, data: _Examples, held_out: _Examples | None):
        self.network, self.loss, self.metric = network, loss, metric
        self.data, self.held_out = data, held_out
        shape = () if network.num_networks is None else (network.num_networks,)
        self.diverged_at = np.full(shape, -1)
        self.losses: list = []
        self.steps: list[int] = []
        self.evaluations: list[tuple] = []

    @property
    def all_diverged(self) -> bool:
        return bool(np.all(self.diverged_at >= 0))

    def step(self, step: int, value: float | NDArray) -> None:
        self.losses.append(value)
        self._look(step, value)

    def evaluate(self, step: int) -> None:
        train_loss, train_metric = self._measure(self.data)
        self._look(step, train_loss)
        self.steps.append(step)
        self.evaluations.append((train_loss, train_metric, *self._measure(self.held_out)))

    def history(self) -> History:
        columns = zip(*self.evaluations, strict=True)
        measured = [None if column[0] is None else np.array(column) for column in columns]
        losses = np.array(self.losses).reshape(-1, *self.diverged_at.shape)
        return History(losses, np.array(self.steps), *measured, self.diverged_at)

    def _look(self, step: int, value: float | NDArray) -> None:
        first = ~np.isfinite(value) & (self.diverged_at < 0)
        self.diverged_at[first] = step

    def _measure(self, examples: _Examples | None) -> tuple:
        if examples is None:
            return None, None
        outputs = self.network.predict(examples.x)
        value, _ = self.loss(outputs, examples.y)
        if self.metric is None:
            return value, None
        # NaN outputs still have a largest one: a diverged network has no accuracy.
        return value, np.where(np.isfinite(value), self.metric(outputs, examples.y), np.nan)


def _num_steps(steps: int | None, epochs: int | None, count: int, batch_size: int | None) -> int:
    if (steps is None) == (epochs is None):
        raise ValueError("give either steps or epochs")
    if steps is not None:
        return positive_integer(steps, "steps")
    return positive_integer(epochs, "epochs") * -(-count // min(batch_size or count, count))


def _shares(optimizer: Optimizer, network: Sequential) -> bool:
    ours = {id(parameter) for parameter in network.parameters}
    return all(id(parameter) in ours for parameter in optimizer.network.parameters)
