"""A convolution with its ReLU, its gradients, and wrong ideas about both."""

from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from rectified.checks.judging import Misconception


def maps(x, weights, bias):
    """Return the feature maps before ReLU: every window times every kernel, plus the bias."""
    windows = sliding_window_view(x, weights.shape[2:], axis=(2, 3))
    return np.einsum("nkrcij,okij->norc", windows, weights) + bias[:, np.newaxis, np.newaxis]


def rectified(x, weights, bias):
    """Return the feature maps after ReLU."""
    return np.maximum(maps(x, weights, bias), 0)


def gradients_of_maps(x, weights, g):
    """Return the gradients of x, weights and bias for a gradient g of the maps before ReLU."""
    height, width = weights.shape[2:]
    windows = sliding_window_view(x, (height, width), axis=(2, 3))
    border = ((0, 0), (0, 0), (height - 1,) * 2, (width - 1,) * 2)
    turned = weights[:, :, ::-1, ::-1].swapaxes(0, 1)
    grad_x = maps(np.pad(g, border), turned, np.zeros(x.shape[1]))
    return grad_x, np.einsum("norc,nkrcij->okij", g, windows), g.sum(axis=(0, 2, 3))


def gradients(x, weights, bias, grad_output):
    """Return the gradients of x, weights and bias; at a kink the slope of ReLU is 0."""
    return gradients_of_maps(x, weights, grad_output * (maps(x, weights, bias) > 0))


def _each_product_rectified(x, weights, bias):
    windows = sliding_window_view(x, weights.shape[2:], axis=(2, 3))
    products = np.einsum("nkrcij,okij->norckij", windows, weights)
    return np.maximum(products, 0).sum(axis=(4, 5, 6)) + bias[:, np.newaxis, np.newaxis]


def of_convolution() -> tuple[Misconception, ...]:
    """Return what is written in place of ``rectified``."""

    def idea(change: Callable, hint: str) -> Misconception:
        return Misconception(change, hint)

    def flipped(x, w, b):
        return rectified(x, w[:, :, ::-1, ::-1], b)

    return (
        idea(maps, "These are the maps before ReLU: negative numbers came through."),
        idea(
            flipped,
            "The kernel seems to be turned by 180 degrees, as in the convolution of mathematics. "
            "Here row i and column j of the kernel meet row i and column j of the window.",
        ),
        idea(lambda x, w, b: rectified(x, w, 0 * b), "The bias is missing."),
        idea(
            lambda x, w, b: rectified(x, w, 0 * b) + b[:, np.newaxis, np.newaxis],
            "The bias was added after ReLU. Which of the two comes first?",
        ),
        idea(lambda x, w, b: rectified(x, w, -b), "The bias was subtracted."),
        idea(
            lambda x, w, b: np.abs(maps(x, w, b)),
            "Negative sums came back positive. What does ReLU make of them?",
        ),
        idea(
            lambda x, w, b: np.heaviside(maps(x, w, b), 0.0),
            "This says which entries are positive. Asked for are their values.",
        ),
        idea(lambda x, w, b: np.minimum(maps(x, w, b), 0), "What is kept is the wrong half."),
        idea(
            lambda x, w, b: maps(np.maximum(x, 0), w, b),
            "ReLU was applied to the image. It belongs after the sum.",
        ),
        idea(
            lambda x, w, b: rectified(x[:, :1], w[:, :1], b),
            "Only the first channel was used. The sum runs over all channels of the image.",
        ),
        idea(
            lambda x, w, b: rectified(x[:, -1:], w[:, -1:], b),
            "Only the last channel was used: is something overwritten in a loop that should be "
            "added up?",
        ),
        idea(
            lambda x, w, b: np.repeat(rectified(x[:1], w, b), len(x), axis=0),
            "Every image got the maps of the first.",
        ),
        idea(
            lambda x, w, b: rectified(x, np.repeat(w[:1], len(w), axis=0), b),
            "Every map was made with the first kernel.",
        ),
        idea(
            lambda x, w, b: rectified(x, w, np.full_like(b, b[0])),
            "Every map got the first bias. Each kernel has its own.",
        ),
        idea(
            lambda x, w, b: rectified(x, w.swapaxes(2, 3), b),
            "Rows and columns of the kernel are swapped.",
        ),
        idea(
            lambda x, w, b: rectified(x, w, b)[:, :, :-1, :-1],
            "The last row and column of places are missing. At how many places does a window of 2 "
            "fit into a row of 4?",
        ),
        idea(
            lambda x, w, b: np.where(maps(x, w, b) > 0, maps(x, w, b), 0.01 * maps(x, w, b)),
            "Negative sums came back a hundred times smaller: this is leaky ReLU.",
        ),
        idea(
            lambda x, w, b: sum(
                rectified(x[:, k : k + 1], w[:, k : k + 1], b / x.shape[1])
                for k in range(x.shape[1])
            ),
            "Each channel was rectified before the channels were added up. ReLU comes last.",
        ),
        idea(
            _each_product_rectified,
            "The products were rectified before they were added up. ReLU comes after the sum.",
        ),
        idea(
            lambda x, w, b: rectified(x, w, b)[:, :, :: w.shape[2], :: w.shape[3]],
            "The windows lie side by side, as in pooling. There is a place for every pixel at "
            "which the window fits.",
        ),
        idea(
            lambda x, w, b: rectified(x.sum(axis=0, keepdims=True), w, b),
            "There are maps of one image only. Which axis belongs to the images?",
        ),
        idea(
            lambda x, w, b: rectified(x, w.sum(axis=0, keepdims=True), b.sum(keepdims=True)),
            "There is one map for all kernels together. Each kernel makes its own.",
        ),
        idea(
            lambda x, w, b: rectified(x, w, b * x.shape[1]),
            "The bias was added once for each channel. It is added once, to the whole sum.",
        ),
        idea(
            lambda x, w, b: np.maximum(maps(x, w, 0 * b) + b, 0),
            "The biases lie along the wrong axis: NumPy sets (kernels,) against the last one, the "
            "columns. On which axis of the result do the kernels lie?",
        ),
        idea(
            lambda x, w, b: rectified(x, w / w[0].size, b),
            "The sum over the window became a mean.",
        ),
        idea(
            lambda x, w, b: rectified(np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1))), w, b),
            "The image was padded. Count only the places where the window fits.",
        ),
    )


def _last_window_only(x, weights, bias, g, right):
    found = np.zeros_like(right)
    height, width = weights.shape[2:]
    for r, c in np.ndindex(g.shape[2:]):
        here = np.s_[:, :, r : r + height, c : c + width]
        found[here] = np.einsum("no,okij->nkij", g[:, :, r, c], weights)
    return found


def _last_place_only(x, weights, bias, g, right):
    height, width = weights.shape[2:]
    return np.einsum("no,nkij->okij", g[:, :, -1, -1], x[:, :, -height:, -width:])


def of_gradients() -> tuple[Misconception, ...]:
    """Return what is written in place of ``gradients``, all three at once."""

    def with_part(number: int, change: Callable) -> Callable:
        def changed(x, w, b, g):
            found = list(gradients(x, w, b, g))
            found[number] = change(x, w, b, g * (maps(x, w, b) > 0), found[number])
            return tuple(found)

        return changed

    def not_turned(x, w, b, g, _):
        height, width = w.shape[2:]
        border = ((0, 0), (0, 0), (height - 1,) * 2, (width - 1,) * 2)
        return maps(np.pad(g, border), w.swapaxes(0, 1), np.zeros(x.shape[1]))

    return (
        Misconception(
            lambda x, w, b, g: gradients_of_maps(x, w, g * (maps(x, w, b) >= 0)),
            "Only the places where the sum is exactly 0 are off. Which slope does the task fix "
            "there?",
        ),
        Misconception(
            lambda x, w, b, g: gradients_of_maps(x, w, g * np.heaviside(maps(x, w, b), 0.5)),
            "Only the places where the sum is exactly 0 are off. One half is a subgradient too, "
            "but the task fixes another slope.",
        ),
        Misconception(
            lambda *arguments: gradients(*arguments)[::-1],
            "The order of the three is another: x, weights, bias, as in the call.",
        ),
        Misconception(
            lambda x, w, b, g: gradients_of_maps(x, w, g),
            "grad_output passed where ReLU was 0 as well. Where does ReLU stop it?",
        ),
        Misconception(
            lambda x, w, b, g: gradients_of_maps(x, w, np.maximum(g, 0)),
            "The sign of grad_output was tested. What decides is the sum before ReLU; a gradient "
            "may well be negative.",
        ),
        Misconception(
            lambda x, w, b, g: gradients_of_maps(x, w, g * rectified(x, w, b)),
            "grad_output was multiplied by the height of ReLU. The chain rule asks for its slope.",
        ),
        Misconception(
            lambda x, w, b, g: gradients_of_maps(x, w, g * (maps(x, w, 0 * b) > 0)),
            "ReLU stops the gradient at the wrong places: its input includes the bias.",
        ),
        Misconception(
            lambda x, w, b, g: gradients(x, w, b, np.ones_like(g)),
            "grad_output was replaced by ones, or not used.",
        ),
        Misconception(
            lambda x, w, b, g: gradients(x, w, b, g / len(x)),
            "The gradient was divided by the number of images. That is the business of the loss.",
        ),
        Misconception(
            with_part(0, not_turned),
            "The kernels lie the wrong way round. Pixel (p, q) met entry (i, j) of the kernel at "
            "the place (p - i, q - j): which way does the kernel run for a fixed pixel?",
        ),
        Misconception(
            with_part(2, lambda x, w, b, g, right: g.mean(axis=(0, 2, 3))),
            "The bias's gradient is a mean over the places. It is used at each of them, and its "
            "effects add up.",
        ),
        Misconception(
            with_part(1, lambda x, w, b, g, right: right / g[0, 0].size),
            "The gradient of the kernels is a mean over the places. A weight is used at each of "
            "them, and its effects add up.",
        ),
        Misconception(
            with_part(2, lambda x, w, b, g, right: g),
            "There is a number for every place, but the bias is used at all of them: one number "
            "for each kernel.",
        ),
        Misconception(
            with_part(2, lambda x, w, b, g, right: g.sum(axis=(2, 3))),
            "There is a number for every image and kernel, but a bias serves all images: one "
            "number for each kernel, in an array of one axis.",
        ),
        Misconception(
            with_part(2, lambda x, w, b, g, right: np.sum(g)),
            "This is one sum over everything. Each kernel has a bias of its own: over which axes "
            "is to be summed, and which one stays?",
        ),
        Misconception(
            with_part(2, lambda x, w, b, g, right: np.full_like(right, np.sum(g))),
            "Every bias got the sum over all kernels. Each kernel has a bias of its own.",
        ),
        Misconception(
            with_part(1, _last_place_only),
            "The kernels got the share of the last place alone: is something overwritten that "
            "should be added up?",
        ),
        *(
            Misconception(
                lambda x, w, b, g, one=one: gradients(x[one], w, b, g[one]),
                "Only one image of the batch counts: is something overwritten that should be "
                "added up?",
            )
            for one in (slice(0, 1), slice(-1, None))
        ),
        Misconception(
            with_part(0, lambda x, w, b, g, right: right * (x > 0)),
            "The image was tested for its sign. ReLU saw the sums, not the pixels.",
        ),
        Misconception(
            with_part(0, lambda x, w, b, g, right: np.einsum("norc,ok->nkrc", g, w[:, :, 0, 0])),
            "This has the shape of the maps. Each place saw a whole window of pixels, and each of "
            "them gets a share.",
        ),
        Misconception(
            with_part(0, _last_window_only),
            "Each pixel got the share of one window. Where windows overlap, their shares add up.",
        ),
        Misconception(
            lambda x, w, b, g: gradients_of_maps(
                x, w, g * np.select([maps(x, w, b) > 0, maps(x, w, b) < 0], [1, 0.01], 0)
            ),
            "A hundredth of the gradient passes where ReLU is off: that is leaky ReLU.",
        ),
        *(
            Misconception(
                with_part(number, lambda x, w, b, g, right: right[..., ::-1, ::-1]),
                "It is turned by 180 degrees.",
            )
            for number in (0, 1)
        ),
    )
