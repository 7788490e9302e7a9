"""1,797 handwritten digits of 8×8 pixels: small enough to train on in seconds, and real."""

from importlib.resources import files

import numpy as np

from rectified.data.split import Split, every_fourth


def load_digits(*, images: bool = False) -> Split:
    """Return 1,352 training and 445 test images of handwritten digits, with labels 0 to 9.

    x is float64 from 0 (paper) to 1 (ink), (n, 64), or (n, 1, 8, 8) with ``images``, as ``Conv2d``
    takes it; y is int64, (n,). The split is fixed: every fourth image of each digit, in the order
    of the source, is a test image. The source does not say who wrote what, so both parts may hold
    the same writers.

    Source: Alpaydin & Kaynak, UCI Machine Learning Repository, 1998, doi:10.24432/C50P49,
    CC BY 4.0; see README.md beside this module.

    >>> load_digits().x_train.shape, load_digits(images=True).x_test.shape
    ((1352, 64), (445, 1, 8, 8))
    """
    with (files(__package__) / "digits.npz").open("rb") as file, np.load(file) as stored:
        pixels, labels = stored["images"], stored["labels"].astype(np.int64)
    x = pixels.reshape(-1, 1, 8, 8) / 16 if images else pixels.reshape(-1, 64) / 16
    test = every_fourth(labels)
    return Split(x[~test], labels[~test], x[test], labels[test])
