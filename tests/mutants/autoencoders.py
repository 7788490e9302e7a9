"""Versions of a step towards a sparse code, and of the code, as students write them.

Wrong ones stand for an idea, not for a typing error. See tools/mutants.py for the decorators.
"""

import numpy as np
from scipy.optimize import nnls

from tools.mutants import right, wrong


def slope(code, x, dictionary):
    """Return the gradient of the error, right."""
    return (code @ dictionary - x) @ dictionary.T


def relu(z):
    return np.maximum(z, 0)


def step(code, x, dictionary, strength, step_size):
    """Return the code after a step, right."""
    return relu(code - step_size * (slope(code, x, dictionary) + strength))


# --- sparse_code_step, wrong ---------------------------------------------------------------------


@wrong("sparse_code_step.values")
def relu_forgotten(code, x, dictionary, strength, step_size):
    return code - step_size * slope(code, x, dictionary) - step_size * strength


@wrong("sparse_code_step.values")
def charge_forgotten(code, x, dictionary, strength, step_size):
    return relu(code - step_size * slope(code, x, dictionary))


@wrong("sparse_code_step.values")
def charge_without_step_size(code, x, dictionary, strength, step_size):
    return relu(code - step_size * slope(code, x, dictionary) - strength)


@wrong("sparse_code_step.values")
def charge_after_relu(code, x, dictionary, strength, step_size):
    return relu(code - step_size * slope(code, x, dictionary)) - step_size * strength


@wrong("sparse_code_step.values")
def rewarded(code, x, dictionary, strength, step_size):
    return relu(code - step_size * slope(code, x, dictionary) + step_size * strength)


@wrong("sparse_code_step.values")
def uphill(code, x, dictionary, strength, step_size):
    return relu(code + step_size * slope(code, x, dictionary) - step_size * strength)


@wrong("sparse_code_step.values")
def old_code_forgotten(code, x, dictionary, strength, step_size):
    return relu(-step_size * slope(code, x, dictionary) - step_size * strength)


@wrong("sparse_code_step.values")
def whole_steps(code, x, dictionary, strength, step_size):
    return relu(code - slope(code, x, dictionary) - strength)


@wrong("sparse_code_step.values")
def twice_the_gradient(code, x, dictionary, strength, step_size):
    """The square without its half."""
    return relu(code - 2 * step_size * slope(code, x, dictionary) - step_size * strength)


@wrong("sparse_code_step.values")
def soft_threshold(code, x, dictionary, strength, step_size):
    """For codes of both signs."""
    v = code - step_size * slope(code, x, dictionary)
    return np.sign(v) * relu(np.abs(v) - step_size * strength)


@wrong("sparse_code_step.values")
def hard_threshold(code, x, dictionary, strength, step_size):
    v = code - step_size * slope(code, x, dictionary)
    return np.where(v > step_size * strength, v, 0)


@wrong("sparse_code_step.values")
def absolute_value(code, x, dictionary, strength, step_size):
    return np.abs(code - step_size * (slope(code, x, dictionary) + strength))


@wrong("sparse_code_step.values")
def only_speakers_pay(code, x, dictionary, strength, step_size):
    """The slope of |h| with sign(0) = 0, as in a subgradient method."""
    gradient = slope(code, x, dictionary) + strength * np.sign(code)
    return relu(code - step_size * gradient)


@wrong("sparse_code_step.values")
def rest_ignored(code, x, dictionary, strength, step_size):
    """What is left to explain taken to be the image."""
    return relu(code + step_size * x @ dictionary.T - step_size * strength)


@wrong("sparse_code_step.values")
def divided_by_batch(code, x, dictionary, strength, step_size):
    return relu(code - step_size * slope(code, x, dictionary) / len(x) - step_size * strength)


@wrong("sparse_code_step.values")
def gradient_for_code(code, x, dictionary, strength, step_size):
    return slope(code, x, dictionary)


@wrong("sparse_code_step.values")
def what_it_draws(code, x, dictionary, strength, step_size):
    return step(code, x, dictionary, strength, step_size) @ dictionary


@wrong("sparse_code_step.values")
def transposed_dictionary(code, x, dictionary, strength, step_size):
    """Atoms taken for columns."""
    return relu(code - step_size * (slope(code, x, dictionary.T) + strength))


@wrong("sparse_code_step.values")
def leaky(code, x, dictionary, strength, step_size):
    v = code - step_size * (slope(code, x, dictionary) + strength)
    return np.where(v > 0, v, 0.01 * v)


@wrong("sparse_code_step.values")
def unchanged(code, x, dictionary, strength, step_size):
    return code.copy()


@wrong("sparse_code_step.price")
def half_of_large_charges(code, x, dictionary, strength, step_size):
    """A charge that is capped."""
    return relu(code - step_size * (slope(code, x, dictionary) + min(strength, 0.5)))


@wrong("sparse_code_step.price")
def default_for_no_charge(code, x, dictionary, strength, step_size):
    """`strength or 0.1` takes 0 for missing."""
    return step(code, x, dictionary, strength or 0.1, step_size)


@wrong("sparse_code_step.sizes")
def lone_axes_dropped(code, x, dictionary, strength, step_size):
    return np.squeeze(step(code, x, dictionary, strength, step_size))


@wrong("sparse_code_step.dtype")
def always_double(code, x, dictionary, strength, step_size):
    return step(np.asarray(code, float), x, dictionary, strength, step_size)


@wrong("sparse_code_step.dtype")
def double_charge(code, x, dictionary, strength, step_size):
    """An array of charges, with a dtype of its own."""
    charge = np.full(code.shape, step_size * strength)
    return relu(code - step_size * slope(code, x, dictionary) - charge)


@wrong("sparse_code_step.untouched")
def in_place(code, x, dictionary, strength, step_size):
    code -= (step_size * (slope(code, x, dictionary) + strength)).astype(code.dtype)
    return np.maximum(code, 0, out=code)


@wrong("sparse_code_step.untouched")
def rest_stored_in_x(code, x, dictionary, strength, step_size):
    x -= code @ dictionary
    return relu(code + step_size * (x @ dictionary.T - strength))


# --- sparse_code_step, right ---------------------------------------------------------------------


@right("sparse_code_step")
def as_defined(code, x, dictionary, strength, step_size):
    gradient = (code @ dictionary - x) @ dictionary.T
    return np.maximum(code - step_size * gradient - step_size * strength, 0)


@right("sparse_code_step")
def as_a_layer(code, x, dictionary, strength, step_size):
    """Terms sorted: one matrix for the code, one for the image, one bias."""
    feedback = np.eye(len(dictionary), dtype=code.dtype) - step_size * dictionary @ dictionary.T
    z = code @ feedback + step_size * x @ dictionary.T - step_size * strength
    return np.where(z > 0, z, 0).astype(code.dtype)


@right("sparse_code_step")
def image_by_image(code, x, dictionary, strength, step_size):
    found = np.empty_like(code)
    for n in range(len(code)):
        rest = x[n] - np.dot(code[n], dictionary)
        found[n] = np.clip(code[n] + step_size * (np.dot(dictionary, rest) - strength), 0, None)
    return found


@right("sparse_code_step")
def by_einsum_and_mask(code, x, dictionary, strength, step_size):
    rest = x - np.einsum("nk,kp->np", code, dictionary)
    moved = code + step_size * np.einsum("np,kp->nk", rest, dictionary) - step_size * strength
    moved[moved < 0] = 0
    return moved


@right("sparse_code_step")
def every_loop(code, x, dictionary, strength, step_size):
    found = np.zeros_like(code)
    for n, k in np.ndindex(code.shape):
        gradient = 0.0
        for p in range(x.shape[1]):
            drawn = sum(code[n, j] * dictionary[j, p] for j in range(len(dictionary)))
            gradient += (drawn - x[n, p]) * dictionary[k, p]
        found[n, k] = max(code[n, k] - step_size * (gradient + strength), 0.0)
    return found


# --- sparse_code, wrong --------------------------------------------------------------------------


def steps(x, dictionary, strength, step_size, num_steps, one=step, start=0.0):
    """Return the code after steps of a kind."""
    code = np.full((len(x), len(dictionary)), start, x.dtype)
    for _ in range(num_steps):
        code = one(code, x, dictionary, strength, step_size)
    return code


@wrong("sparse_code.values")
def single_step(x, dictionary, strength, step_size, num_steps):
    """A loop that starts anew each time."""
    return steps(x, dictionary, strength, step_size, 1)


@wrong("sparse_code.values")
def one_more(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size, num_steps + 1)


@wrong("sparse_code.values")
def one_less(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size, max(num_steps - 1, 0))


@wrong("sparse_code.values")
def from_ones(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size, num_steps, start=1.0)


@wrong("sparse_code.values")
def from_projections(x, dictionary, strength, step_size, num_steps):
    """The start that an encoder would make."""
    code = relu(x @ dictionary.T)
    for _ in range(num_steps):
        code = step(code, x, dictionary, strength, step_size)
    return code


@wrong("sparse_code.values")
def one_large_step(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size * num_steps, 1)


@wrong("sparse_code.values")
def step_sizes_shrink(x, dictionary, strength, step_size, num_steps):
    code = np.zeros((len(x), len(dictionary)), x.dtype)
    for number in range(num_steps):
        code = step(code, x, dictionary, strength, step_size / (number + 1))
    return code


@wrong("sparse_code.values")
def relu_at_the_end(x, dictionary, strength, step_size, num_steps):
    return relu(steps(x, dictionary, strength, step_size, num_steps, one=relu_forgotten))


@wrong("sparse_code.values")
def charge_at_the_end(x, dictionary, strength, step_size, num_steps):
    code = steps(x, dictionary, strength, step_size, num_steps, one=charge_forgotten)
    return relu(code - step_size * strength)


@wrong("sparse_code.values")
def free_of_charge(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size, num_steps, one=charge_forgotten)


@wrong("sparse_code.values")
def only_speakers_pay_all_along(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size, num_steps, one=only_speakers_pay)


@wrong("sparse_code.values")
def signed(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size, num_steps, one=soft_threshold)


@wrong("sparse_code.values")
def drawn_again(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size, num_steps) @ dictionary


@wrong("sparse_code.values")
def turned(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size, num_steps).T


@wrong("sparse_code.values")
def always_fifty(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size, 50)


@wrong("sparse_code.values")
def every_code(x, dictionary, strength, step_size, num_steps):
    """All codes on the way."""
    counts = range(1, num_steps + 1)
    return np.array([steps(x, dictionary, strength, step_size, n) for n in counts])


@wrong("sparse_code.steps")
def at_least_one(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size, max(num_steps, 1))


@wrong("sparse_code.steps")
def ten_at_most(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size, min(num_steps, 10))


@wrong("sparse_code.minimum")
def stops_when_it_moves_little(x, dictionary, strength, step_size, num_steps):
    """A tolerance that nobody asked for."""
    code = np.zeros((len(x), len(dictionary)), x.dtype)
    for _ in range(num_steps):
        before, code = code, step(code, x, dictionary, strength, step_size)
        if np.abs(code - before).max() < 1e-3:
            break
    return code


@wrong("sparse_code.minimum")
def rounded(x, dictionary, strength, step_size, num_steps):
    """Neat for printing, once there are many steps."""
    code = steps(x, dictionary, strength, step_size, num_steps)
    return np.round(code, 3) if num_steps > 100 else code


@wrong("sparse_code.sizes")
def lone_axes_dropped_again(x, dictionary, strength, step_size, num_steps):
    return np.squeeze(steps(x, dictionary, strength, step_size, num_steps))


@wrong("sparse_code.dtype")
def double_zeros(x, dictionary, strength, step_size, num_steps):
    code = np.zeros((len(x), len(dictionary)))
    for _ in range(num_steps):
        code = step(code, x, dictionary, strength, step_size)
    return code


@wrong("sparse_code.untouched")
def rest_kept_in_x(x, dictionary, strength, step_size, num_steps):
    code = steps(x, dictionary, strength, step_size, num_steps)
    x -= code @ dictionary
    return code


@wrong("sparse_code.untouched")
def atoms_normalized_in_place(x, dictionary, strength, step_size, num_steps):
    code = steps(x, dictionary, strength, step_size, num_steps)
    dictionary /= np.linalg.norm(dictionary, axis=1, keepdims=True)
    return code


# --- sparse_code, right --------------------------------------------------------------------------


@right("sparse_code")
def loop_of_steps(x, dictionary, strength, step_size, num_steps):
    return steps(x, dictionary, strength, step_size, num_steps)


@right("sparse_code")
def loop_of_layers(x, dictionary, strength, step_size, num_steps):
    """The two matrices made once."""
    feedback = np.eye(len(dictionary), dtype=x.dtype) - step_size * dictionary @ dictionary.T
    drive = step_size * x @ dictionary.T - step_size * strength
    code = np.zeros_like(drive)
    while num_steps:
        code = np.maximum(code @ feedback + drive, 0)
        num_steps -= 1
    return code


@right("sparse_code")
def recursive(x, dictionary, strength, step_size, num_steps):
    """Each step asks for the code before it; Python allows about a thousand such calls."""
    if num_steps == 0:
        return np.zeros((len(x), len(dictionary)), x.dtype)
    if num_steps > 100:
        return loop_of_steps(x, dictionary, strength, step_size, num_steps)
    before = recursive(x, dictionary, strength, step_size, num_steps - 1)
    return image_by_image(before, x, dictionary, strength, step_size)


@right("sparse_code")
def columns_of_codes(x, dictionary, strength, step_size, num_steps):
    """Everything turned: images in columns."""
    code = np.zeros((len(dictionary), len(x)), x.dtype)
    for _ in range(num_steps):
        rest = x.T - dictionary.T @ code
        code = np.clip(code + step_size * (dictionary @ rest - strength), 0, None)
    return code.T


@right("sparse_code")
def minimum_for_many_steps(x, dictionary, strength, step_size, num_steps):
    """Steps while they are few; for many, an exact solver from elsewhere."""
    if num_steps < 1000:
        return steps(x, dictionary, strength, step_size, num_steps)
    # ½‖hD − x‖² + λΣh = ½‖hD − x'‖² + a constant, where x' has the scores xDᵀ − λ
    shifted = [np.linalg.lstsq(dictionary, dictionary @ row - strength)[0] for row in x]
    return np.array([nnls(dictionary.T, row)[0] for row in shifted], x.dtype)
