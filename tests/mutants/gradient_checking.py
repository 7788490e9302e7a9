"""Versions of difference quotients, relative errors and gradient checks, as students write them.

Wrong ones stand for an idea, not for a typing error. See tools/mutants.py for the decorators.
"""

import numpy as np

from tools.mutants import right, wrong


def double(x):
    return np.asarray(x, dtype=np.float64)


def central(f, x, step):
    """Return the central difference, right."""
    x = double(x)
    return (f(x + step) - f(x - step)) / (2 * step)


# --- central_difference, wrong -------------------------------------------------------------------


@wrong("central_difference.values")
def forward(f, x, step):
    x = double(x)
    return (f(x + step) - f(x)) / step


@wrong("central_difference.values")
def backward(f, x, step):
    x = double(x)
    return (f(x) - f(x - step)) / step


@wrong("central_difference.values")
def one_step_apart(f, x, step):
    return 2 * central(f, x, step)


@wrong("central_difference.values")
def half_a_step(f, x, step):
    return central(f, x, step / 2)


@wrong("central_difference.values")
def brackets_forgotten(f, x, step):
    x = double(x)
    return (f(x + step) - f(x - step)) / 2 * step


@wrong("central_difference.values")
def rise_without_run(f, x, step):
    x = double(x)
    return f(x + step) - f(x - step)


@wrong("central_difference.values")
def left_minus_right(f, x, step):
    return -central(f, x, step)


@wrong("central_difference.values")
def own_step(f, x, step):
    """The step that the chapter recommends, whatever is passed."""
    return central(f, x, 1e-5)


@wrong("central_difference.values")
def values_added(f, x, step):
    x = double(x)
    return (f(x + step) + f(x - step)) / (2 * step)


@wrong("central_difference.values")
def second_difference(f, x, step):
    x = double(x)
    return (f(x + step) - 2 * f(x) + f(x - step)) / step**2


@wrong("central_difference.values")
def five_points(f, x, step):
    """A better formula, and another one."""
    return (4 * central(f, x, step / 2) - central(f, x, step)) / 3


@wrong("central_difference.values")
def between_neighbours(f, x, step):
    return np.gradient(f(double(x)), double(x))


@wrong("central_difference.values")
def difference_inside(f, x, step):
    """The minus is inside f."""
    x = double(x)
    return f((x + step) - (x - step)) / (2 * step)


@wrong("central_difference.values")
def relative_step(f, x, step):
    """The step grows with x, as in a library."""
    x = double(x)
    step = step * np.maximum(1, np.abs(x))
    return (f(x + step) - f(x - step)) / (2 * step)


@wrong("central_difference.small")
def step_not_below_a_thousandth(f, x, step):
    return central(f, x, max(step, 1e-3))


@wrong("central_difference.small")
def values_in_single_precision(f, x, step):
    """Invisible with powers of two and simple numbers; fatal for small steps."""
    if step > 0.1:
        return central(f, x, step)
    x = double(x)
    return double(np.float32(f(x + step)) - np.float32(f(x - step))) / (2 * step)


@wrong("central_difference.shapes")
def one_axis_only(f, x, step):
    x = double(x)
    return np.array([central(f, x[i], step) for i in range(len(x))])


@wrong("central_difference.shapes")
def flat_result(f, x, step):
    return central(f, double(x).ravel(), step)


@wrong("central_difference.precision")
def dtype_of_the_input(f, x, step):
    x = np.asarray(x)
    step = x.dtype.type(step) if x.dtype.kind == "f" else step
    return (f(x + step) - f(x - step)) / (2 * step)


@wrong("central_difference.precision")
def arrays_only(f, x, step):
    return double((f(x + step) - f(x - step)) / (2 * step))


@wrong("central_difference.untouched")
def moved_in_place(f, x, step):
    x = double(x)
    x += step
    high = f(x)
    return (high - f(x - 2 * step)) / (2 * step)


# --- central_difference, right -------------------------------------------------------------------


@right("central_difference")
def by_definition(f, x, step):
    return central(f, x, step)


@right("central_difference")
def mean_of_both_sides(f, x, step):
    x = np.array(x, dtype=float)
    return ((f(x + step) - f(x)) / step + (f(x) - f(x - step)) / step) / 2


@right("central_difference")
def by_the_distance_that_was_walked(f, x, step):
    x = double(x)
    high, low = x + step, x - step
    return (f(high) - f(low)) / (high - low)


@right("central_difference")
def number_by_number(f, x, step):
    return np.vectorize(lambda v: float(f(v + step) - f(v - step)) / 2 / step, otypes=[float])(
        double(x)
    )


@right("central_difference")
def both_at_once(f, x, step):
    x = double(x)
    high, low = f(np.stack([x + step, x - step]))
    return (high - low) * (0.5 / step)


# --- relative_error, wrong -----------------------------------------------------------------------


def error(a, b):
    """Return the relative error, right."""
    a, b = double(a), double(b)
    below = np.maximum(np.abs(a), np.abs(b))
    return np.abs(a - b) / np.where(below == 0, 1, below)


@wrong("relative_error.values")
def absolute(a, b):
    return np.abs(double(a) - double(b))


@wrong("relative_error.values")
def signed(a, b):
    a, b = double(a), double(b)
    return (a - b) / np.maximum(np.abs(a), np.abs(b))


@wrong("relative_error.values")
def relative_to_a(a, b):
    return np.abs(double(a) - double(b)) / np.abs(double(a))


@wrong("relative_error.values")
def relative_to_b(a, b):
    return np.abs(double(a) - double(b)) / np.abs(double(b))


@wrong("relative_error.values")
def relative_to_the_sum(a, b):
    a, b = double(a), double(b)
    return np.abs(a - b) / (np.abs(a) + np.abs(b))


@wrong("relative_error.values")
def relative_to_the_mean(a, b):
    a, b = double(a), double(b)
    return 2 * np.abs(a - b) / (np.abs(a) + np.abs(b))


@wrong("relative_error.values")
def relative_to_the_smaller(a, b):
    a, b = double(a), double(b)
    return np.abs(a - b) / np.minimum(np.abs(a), np.abs(b))


@wrong("relative_error.values")
def larger_number_for_larger_size(a, b):
    a, b = double(a), double(b)
    return np.abs(a - b) / np.maximum(a, b)


@wrong("relative_error.values")
def at_least_one_below(a, b):
    """The mixed error of many libraries."""
    a, b = double(a), double(b)
    return np.abs(a - b) / np.maximum(1, np.maximum(np.abs(a), np.abs(b)))


@wrong("relative_error.values")
def sizes_compared(a, b):
    a, b = np.abs(double(a)), np.abs(double(b))
    return np.abs(a - b) / np.maximum(a, b)


@wrong("relative_error.values")
def squared(a, b):
    return error(a, b) ** 2


@wrong("relative_error.values")
def largest_of_all(a, b):
    return np.max(error(a, b))


@wrong("relative_error.values")
def by_norms(a, b):
    a, b = double(a), double(b)
    return np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b))


@wrong("relative_error.values")
def pythons_max(a, b):
    return abs(double(a) - double(b)) / max(abs(double(a)), abs(double(b)))


@wrong("relative_error.values")
def yes_or_no(a, b):
    return (double(a) != double(b)) * 1.0


@wrong("relative_error.zeros")
def nothing_over_nothing(a, b):
    a, b = double(a), double(b)
    return np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))


@wrong("relative_error.zeros")
def where_comes_too_late(a, b):
    """np.where computes the quotient everywhere, and NumPy warns."""
    a, b = double(a), double(b)
    return np.where(a == b, 0, np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))


@wrong("relative_error.zeros")
def one_where_a_is_zero(a, b):
    a, b = double(a), double(b)
    below = np.maximum(np.abs(a), np.abs(b))
    return np.where(a == 0, 1, np.abs(a - b) / np.where(below == 0, 1, below))


@wrong("relative_error.zeros")
def zero_where_either_is(a, b):
    return np.where(double(a) * double(b) == 0, 0, error(a, b))


@wrong("relative_error.scale")
def small_number_added(a, b):
    a, b = double(a), double(b)
    return np.abs(a - b) / (np.maximum(np.abs(a), np.abs(b)) + 1e-15)


@wrong("relative_error.scale")
def at_least_epsilon_below(a, b):
    a, b = double(a), double(b)
    return np.abs(a - b) / np.maximum(1e-12, np.maximum(np.abs(a), np.abs(b)))


@wrong("relative_error.scale")
def by_squares(a, b):
    a, b = double(a), double(b)
    below = np.maximum(a * a, b * b)
    return np.sqrt((a - b) ** 2 / np.where(below == 0, 1, below))


@wrong("relative_error.shapes")
def loop_over_first_axis(a, b):
    return np.array([error(x, y) for x, y in zip(a, b, strict=True)])


@wrong("relative_error.lists")
def subtracts_lists(a, b):
    below = np.maximum(np.abs(a), np.abs(b))
    return np.abs(a - b) / np.where(below == 0, 1, below)


@wrong("relative_error.nan")
def nan_is_no_error(a, b):
    return np.nan_to_num(error(a, b))


@wrong("relative_error.nan")
def filled_where_different(a, b):
    """NaN is larger than nothing, so its place keeps the 0."""
    a, b = double(a), double(b)
    result, below = np.zeros(a.shape), np.maximum(np.abs(a), np.abs(b))
    differs = np.abs(a - b) > 0
    result[differs] = np.abs(a - b)[differs] / below[differs]
    return result


@wrong("relative_error.untouched")
def difference_in_place(a, b):
    a, b = double(a), double(b)
    below = np.maximum(np.abs(a), np.abs(b))
    a -= b
    return np.abs(a) / np.where(below == 0, 1, below)


# --- relative_error, right -----------------------------------------------------------------------


@right("relative_error")
def zero_replaced_below(a, b):
    return error(a, b)


@right("relative_error")
def quiet_where(a, b):
    a, b = double(a), double(b)
    with np.errstate(invalid="ignore", divide="ignore"):
        quotient = np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))
    return np.where(a == b, 0.0, quotient)


@right("relative_error")
def divided_where_possible(a, b):
    a, b = double(a), double(b)
    below = np.maximum(np.abs(a), np.abs(b))
    result = np.zeros_like(below)
    np.divide(np.abs(a - b), below, out=result, where=below != 0)
    return result


@right("relative_error")
def pair_by_pair(a, b):
    def one(x, y):
        if x == y:
            return 0.0
        return abs(x - y) / max(abs(x), abs(y)) if x == x and y == y else np.nan

    return np.vectorize(one, otypes=[float])(a, b)


@right("relative_error")
def scaled_first(a, b):
    """Both numbers as shares of the larger one."""
    a, b = double(a), double(b)
    below = np.maximum(np.abs(a), np.abs(b))
    below = np.where(below == 0, 1, below)
    return np.abs(a / below - b / below)


# --- check_gradient, wrong -----------------------------------------------------------------------

STEP = 1e-5


def sides(f, kink):
    """Return the slopes to the left and to the right of a kink."""
    kink = double(kink)
    left, right_ = (f(kink) - f(kink - STEP)) / STEP, (f(kink + STEP) - f(kink)) / STEP
    return float(min(left, right_)) - 1e-4, float(max(left, right_)) + 1e-4


def passes(claimed, measured):
    return (error(claimed, measured) <= 1e-6) | (np.abs(claimed - measured) <= 1e-8)


def judged(f, f_grad, x, kinks, agrees=passes, at_kinks=sides, reach=STEP):
    """Return for every point whether the derivative is right there."""
    x = double(x)
    claimed = f_grad(x)
    good = agrees(claimed, central(f, x, STEP))
    for kink in kinks:
        near = np.abs(x - kink) <= reach
        low, high = at_kinks(f, kink)
        good = np.where(near, (claimed >= low) & (claimed <= high), good)
    return good


@wrong("check_gradient.smooth")
def always_content(f, f_grad, x, kinks=()):
    return True


@wrong("check_gradient.smooth")
def never_content(f, f_grad, x, kinks=()):
    return False


@wrong("check_gradient.smooth")
def step_far_too_small(f, f_grad, x, kinks=()):
    measured = central(f, x, 1e-12)
    return bool(np.all(error(f_grad(x), measured) <= 1e-6))


@wrong("check_gradient.smooth")
def step_far_too_large(f, f_grad, x, kinks=()):
    measured = central(f, x, 0.1)
    return bool(np.all(error(f_grad(x), measured) <= 1e-6))


@wrong("check_gradient.smooth")
def by_forward_difference(f, f_grad, x, kinks=()):
    measured = (f(x + STEP) - f(x)) / STEP
    return bool(np.all(error(f_grad(x), measured) <= 1e-6))


@wrong("check_gradient.smooth")
def one_percent_is_fine(f, f_grad, x, kinks=()):
    return bool(np.all(judged(f, f_grad, x, kinks, lambda a, b: error(a, b) <= 0.01)))


@wrong("check_gradient.smooth")
def exactly_equal(f, f_grad, x, kinks=()):
    return bool(np.all(f_grad(x) == central(f, x, STEP)))


@wrong("check_gradient.smooth")
def function_for_derivative(f, f_grad, x, kinks=()):
    return bool(np.all(error(f(x), central(f, x, STEP)) <= 1e-6))


@wrong("check_gradient.smooth")
def signs_ignored(f, f_grad, x, kinks=()):
    agrees = passes(np.abs(f_grad(x)), np.abs(central(f, x, STEP)))
    return bool(np.all(agrees | np.isin(x, kinks)))


@wrong("check_gradient.smooth")
def answer_for_every_point(f, f_grad, x, kinks=()):
    return judged(f, f_grad, x, kinks)


@wrong("check_gradient.smooth")
def error_for_an_answer(f, f_grad, x, kinks=()):
    return float(np.max(error(f_grad(x), central(f, x, STEP))))


@wrong("check_gradient.smooth")
def kinks_taken_for_granted(f, f_grad, x, kinks=()):
    """The nearest of no kinks is an error."""
    near = np.array([min(abs(v - k) for k in kinks) <= STEP for v in x])
    return bool(np.all(judged(f, f_grad, x, kinks) | near))


@wrong("check_gradient.each")
def any_point_will_do(f, f_grad, x, kinks=()):
    return bool(np.any(judged(f, f_grad, x, kinks)))


@wrong("check_gradient.each")
def median_error(f, f_grad, x, kinks=()):
    return bool(np.median(error(f_grad(x), central(f, x, STEP))) <= 1e-6)


@wrong("check_gradient.each")
def sums_compared(f, f_grad, x, kinks=()):
    return bool(passes(np.sum(f_grad(x)), np.sum(central(f, x, STEP))))


@wrong("check_gradient.each")
def first_points_only(f, f_grad, x, kinks=()):
    return bool(np.all(judged(f, f_grad, np.sort(x)[4:8], kinks)))


@wrong("check_gradient.flat")
def relative_error_alone(f, f_grad, x, kinks=()):
    return bool(np.all(judged(f, f_grad, x, kinks, lambda a, b: error(a, b) <= 1e-6)))


@wrong("check_gradient.flat")
def flat_places_left_out(f, f_grad, x, kinks=()):
    measured = central(f, x, STEP)
    return bool(np.all(judged(f, f_grad, x, kinks) | (np.abs(measured) < 1e-6)))


@wrong("check_gradient.scale")
def absolute_tolerance(f, f_grad, x, kinks=()):
    return bool(np.all(judged(f, f_grad, x, kinks, lambda a, b: np.abs(a - b) <= 1e-3)))


@wrong("check_gradient.scale")
def tight_absolute_tolerance(f, f_grad, x, kinks=()):
    return bool(np.all(judged(f, f_grad, x, kinks, lambda a, b: np.abs(a - b) <= 1e-8)))


@wrong("check_gradient.nan")
def not_any_too_large(f, f_grad, x, kinks=()):
    """A comparison with NaN is False, so nothing is too large."""
    claimed, measured = f_grad(x), central(f, x, STEP)
    bad = (error(claimed, measured) > 1e-6) & (np.abs(claimed - measured) > 1e-8)
    near = np.isin(x, kinks)
    return not np.any(bad & ~near)


@wrong("check_gradient.nan")
def nan_passed_over(f, f_grad, x, kinks=()):
    claimed = f_grad(x)
    return bool(np.all(judged(f, f_grad, x, kinks) | np.isnan(claimed)))


@wrong("check_gradient.kinks")
def kinks_ignored(f, f_grad, x, kinks=()):
    return bool(np.all(passes(f_grad(x), central(f, x, STEP))))


@wrong("check_gradient.kinks")
def only_points_on_a_kink(f, f_grad, x, kinks=()):
    """Right at the kink, and a false alarm within reach of it."""
    return bool(np.all(judged(f, f_grad, x, kinks, reach=0.0)))


@wrong("check_gradient.kinks")
def kinks_left_out(f, f_grad, x, kinks=()):
    x = double(x)
    for kink in kinks:
        x = x[np.abs(x - kink) > STEP]
    return bool(np.all(passes(f_grad(x), central(f, x, STEP))))


@wrong("check_gradient.kinks")
def content_if_there_are_kinks(f, f_grad, x, kinks=()):
    return len(kinks) > 0 or bool(np.all(passes(f_grad(x), central(f, x, STEP))))


@wrong("check_gradient.kinks")
def zero_at_a_kink(f, f_grad, x, kinks=()):
    """The convention of one function, asked of all."""
    return bool(np.all(judged(f, f_grad, x, kinks, at_kinks=lambda f, k: (0.0, 0.0))))


@wrong("check_gradient.kinks")
def either_side_only(f, f_grad, x, kinks=()):
    """Between the two slopes is right as well."""
    x = double(x)
    claimed = f_grad(x)
    good = passes(claimed, central(f, x, STEP))
    for kink in kinks:
        low, high = sides(f, kink)
        either = (np.abs(claimed - low) < 2e-4) | (np.abs(claimed - high) < 2e-4)
        good = np.where(np.abs(x - kink) <= STEP, either, good)
    return bool(np.all(good))


@wrong("check_gradient.kinks")
def first_kink_only(f, f_grad, x, kinks=()):
    return bool(np.all(judged(f, f_grad, x, kinks[:1])))


@wrong("check_gradient.kinks")
def between_zero_and_one(f, f_grad, x, kinks=()):
    """The subgradients of relu, asked of all."""
    return bool(np.all(judged(f, f_grad, x, kinks, at_kinks=lambda f, k: (0.0, 1.0))))


# --- check_gradient, right -----------------------------------------------------------------------


@right("check_gradient")
def with_masks(f, f_grad, x, kinks=()):
    return bool(np.all(judged(f, f_grad, x, kinks)))


@right("check_gradient")
def point_by_point(f, f_grad, x, kinks=()):
    for point in np.asarray(x):
        claimed = float(f_grad(point))
        near = [kink for kink in kinks if abs(point - kink) <= STEP]
        if near:
            low, high = sides(f, near[0])
            good = low <= claimed <= high
        else:
            measured = float(central(f, point, STEP))
            distance = abs(claimed - measured)
            good = distance <= 1e-8 or distance <= 1e-6 * max(abs(claimed), abs(measured))
        if not good:
            return False
    return True


@right("check_gradient")
def by_assertions(f, f_grad, x, kinks=()):
    """An exception is a rejection."""
    x = np.array(x, dtype=float)
    reach = np.array([any(abs(v - k) <= STEP for k in kinks) for v in x], dtype=bool)
    away = x[~reach]
    np.testing.assert_allclose(f_grad(away), central(f, away, STEP), rtol=1e-6, atol=1e-8)
    for point in x[reach]:
        kink = min(kinks, key=lambda k: abs(point - k))
        low, high = sides(f, kink)
        assert low <= f_grad(np.array([point]))[0] <= high
    return True


@right("check_gradient")
def allclose(f, f_grad, x, kinks=()):
    away = np.ones(len(x), dtype=bool)
    claimed = f_grad(x)
    for kink in kinks:
        here = np.abs(x - kink) <= STEP
        low, high = sides(f, kink)
        if not np.all((claimed[here] >= low) & (claimed[here] <= high)):
            return np.False_
        away &= ~here
    return np.allclose(claimed[away], central(f, x[away], STEP), rtol=1e-6, atol=1e-8)


# --- accepts_relu_pair, wrong --------------------------------------------------------------------

FAR = np.array([1e-3, 0.1, 2.0, 50.0, 1e6])
POINTS = np.concatenate([FAR, -FAR])
SPECIAL = np.array([0.0, np.inf, -np.inf, np.nan])


def relu(x):
    return np.maximum(x, 0)


def values_right(f, points):
    return bool(np.allclose(f(points), relu(points), equal_nan=True))


def slopes_right(f_grad, points):
    return bool(np.allclose(f_grad(points), points > 0))


def kink_right(f_grad):
    return bool(0 <= float(f_grad(np.zeros(1))[0]) <= 1)


EVERYTHING = np.concatenate([POINTS, SPECIAL])


@wrong("accepts_relu_pair.caught")
def accepts_all(f, f_grad):
    return True


@wrong("accepts_relu_pair.caught")
def rejects_all(f, f_grad):
    return False


@wrong("accepts_relu_pair.caught")
def function_only(f, f_grad):
    return values_right(f, EVERYTHING)


@wrong("accepts_relu_pair.caught")
def derivative_only(f, f_grad):
    return slopes_right(f_grad, POINTS) and kink_right(f_grad)


@wrong("accepts_relu_pair.caught")
def agrees_with_itself(f, f_grad):
    """A gradient check says that f_grad belongs to f, and nothing about f."""
    return bool(np.allclose(f_grad(POINTS), central(f, POINTS, 1e-5), atol=1e-4))


@wrong("accepts_relu_pair.caught")
def zero_at_the_kink(f, f_grad):
    """One subgradient asked for, where several are right."""
    points = np.append(POINTS, 0.0)
    return values_right(f, EVERYTHING) and slopes_right(f_grad, points)


@wrong("accepts_relu_pair.caught")
def whole_numbers_only(f, f_grad):
    points = np.arange(-5.0, 6.0)
    return values_right(f, points) and slopes_right(f_grad, points[points != 0])


@wrong("accepts_relu_pair.caught")
def positive_side_only(f, f_grad):
    return values_right(f, FAR) and slopes_right(f_grad, FAR)


@wrong("accepts_relu_pair.caught")
def kink_left_out(f, f_grad):
    return values_right(f, EVERYTHING) and slopes_right(f_grad, POINTS)


@wrong("accepts_relu_pair.caught")
def nothing_near_the_kink(f, f_grad):
    points = np.concatenate([POINTS[np.abs(POINTS) > 1], SPECIAL])
    good = values_right(f, points) and slopes_right(f_grad, points[:6])
    return good and kink_right(f_grad)


@wrong("accepts_relu_pair.caught")
def nothing_far_away(f, f_grad):
    points = POINTS[np.abs(POINTS) < 5]
    good = values_right(f, np.append(points, [0.0, -np.inf, np.nan]))
    return good and slopes_right(f_grad, points) and kink_right(f_grad)


@wrong("accepts_relu_pair.caught")
def nothing_special(f, f_grad):
    return values_right(f, POINTS) and slopes_right(f_grad, POINTS) and kink_right(f_grad)


@wrong("accepts_relu_pair.caught")
def nan_compared(f, f_grad):
    return bool(np.array_equal(f(EVERYTHING), relu(EVERYTHING)))


@wrong("accepts_relu_pair.caught")
def tolerance_of_a_hundredth(f, f_grad):
    good = np.allclose(f(POINTS), relu(POINTS), atol=0.02)
    return bool(good) and slopes_right(f_grad, POINTS[np.abs(POINTS) > 0.5])


@wrong("accepts_relu_pair.caught")
def verdict_printed(f, f_grad):
    values_right(f, EVERYTHING)


@wrong("accepts_relu_pair.caught")
def no_negative_values(f, f_grad):
    """A property instead of the values."""
    return bool(np.all(f(POINTS) >= 0)) and slopes_right(f_grad, POINTS)


# --- accepts_relu_pair, right --------------------------------------------------------------------


@right("accepts_relu_pair")
def by_definition_and_kink(f, f_grad):
    good = values_right(f, EVERYTHING) and slopes_right(f_grad, POINTS)
    return good and kink_right(f_grad)


@right("accepts_relu_pair")
def by_numpys_assertions(f, f_grad):
    np.testing.assert_allclose(f(EVERYTHING), relu(EVERYTHING))
    np.testing.assert_allclose(f_grad(POINTS), np.heaviside(POINTS, 0))
    assert 0 <= f_grad(np.array([0.0]))[0] <= 1
    return True


@right("accepts_relu_pair")
def number_by_number_pair(f, f_grad):
    for x in np.concatenate([np.linspace(-0.01, 0.01, 21), np.linspace(-20, 20, 41)]):
        if abs(float(f(x)) - max(x, 0.0)) > 1e-12:
            return False
        slope = float(f_grad(x))
        if x == 0 and not 0 <= slope <= 1:
            return False
        if x != 0 and abs(slope - (x > 0)) > 1e-9:
            return False
    far = f(np.array([-np.inf, np.inf, np.nan]))
    return bool(far[0] == 0 and far[1] == np.inf and np.isnan(far[2]))


@right("accepts_relu_pair")
def with_many_points(f, f_grad):
    x = np.concatenate([np.geomspace(1e-6, 1e6, 400), -np.geomspace(1e-6, 1e6, 400)])
    good = np.all(np.isclose(f(x), np.where(x > 0, x, 0), rtol=1e-9, atol=1e-12))
    good &= np.all(np.isclose(f_grad(x), np.where(x > 0, 1, 0)))
    good &= np.isnan(f(np.nan)) & (f(-np.inf) == 0) & (f(np.inf) == np.inf)
    good &= (f_grad(0.0) >= 0) & (f_grad(0.0) <= 1) & (f(0.0) == 0)
    return bool(good)
