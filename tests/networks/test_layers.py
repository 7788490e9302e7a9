"""What all layers promise: right gradients, dtypes kept, bad shapes named, gradients in place."""

import numpy as np
import pytest

from rectified.activations import CATALOGUE, leaky_relu
from rectified.measure.gradient_check import check_layer
from rectified.networks import (
    Activation,
    AveragePool2d,
    BatchNorm,
    Conv2d,
    Dense,
    Dropout,
    Flatten,
    MaxPool2d,
    PReLU,
    Sequential,
    generators,
    perceptron,
)

IMAGES = (3, 2, 8, 9)


def rng():
    return np.random.default_rng(7)


# name: (layer of a dtype, shape of x). Every option that changes a formula appears.
LAYERS = {
    "dense": (lambda dtype: Dense(5, 3, bias=0.3, rng=rng(), dtype=dtype), (6, 5)),
    "dense, no bias": (lambda dtype: Dense(5, 3, bias=None, rng=rng(), dtype=dtype), (6, 5)),
    "dense, sequences": (lambda dtype: Dense(5, 3, rng=rng(), dtype=dtype), (4, 6, 5)),
    "4 dense": (lambda dtype: Dense(5, 3, rng=generators(4, 0), dtype=dtype), (4, 6, 5)),
    "4 dense, one x": (lambda dtype: Dense(5, 3, rng=generators(4, 0), dtype=dtype), (6, 5)),
    "activation": (lambda dtype: Activation("tanh"), (6, 5)),
    "leaky": (lambda dtype: Activation("leaky_relu", negative_slope=0.2), (4, 6, 5)),
    "prelu": (lambda dtype: PReLU(dtype=dtype), (6, 5)),
    "prelu per feature": (lambda dtype: PReLU(5, dtype=dtype), (6, 5)),
    "prelu per channel": (lambda dtype: PReLU(2, channel_axis=-3, dtype=dtype), IMAGES),
    "4 prelu": (lambda dtype: PReLU(num_networks=4, dtype=dtype), (4, 6, 5)),
    "4 prelu per feature": (lambda dtype: PReLU(5, num_networks=4, dtype=dtype), (4, 6, 5)),
    "batchnorm": (lambda dtype: BatchNorm(5, dtype=dtype), (6, 5)),
    "batchnorm per channel": (lambda dtype: BatchNorm(2, channel_axis=-3, dtype=dtype), IMAGES),
    "4 batchnorm": (lambda dtype: BatchNorm(5, num_networks=4, dtype=dtype), (4, 6, 5)),
    "conv": (lambda dtype: Conv2d(2, 4, 3, bias=0.3, rng=rng(), dtype=dtype), IMAGES),
    "conv, stride and padding": (
        lambda dtype: Conv2d(2, 4, (3, 2), stride=(2, 3), padding=1, rng=rng(), dtype=dtype),
        IMAGES,
    ),
    "conv, no bias": (lambda dtype: Conv2d(2, 4, 1, bias=None, rng=rng(), dtype=dtype), IMAGES),
    "max pool": (lambda dtype: MaxPool2d(2), IMAGES),
    "max pool, overlapping": (lambda dtype: MaxPool2d((3, 2), 1), IMAGES),
    "average pool": (lambda dtype: AveragePool2d((2, 3)), IMAGES),
    "average pool, overlapping": (lambda dtype: AveragePool2d(3, 2), IMAGES),
    "flatten": (lambda dtype: Flatten(), IMAGES),
    "network": (
        lambda dtype: Sequential(
            # A bias would have gradient 0 here: BatchNorm subtracts it again.
            Conv2d(2, 3, 3, padding=1, bias=None, rng=rng(), dtype=dtype),
            BatchNorm(3, channel_axis=-3, dtype=dtype),
            Activation("leaky_relu"),
            MaxPool2d(2),
            Flatten(),
            Dense(48, 4, rng=rng(), dtype=dtype),
        ),
        IMAGES,
    ),
}
each_layer = pytest.mark.parametrize(("make", "shape"), LAYERS.values(), ids=LAYERS)


def spread(shape):
    """Values at least 2/(n − 1) apart and 1/(n − 1) from 0: no kink or tie within a step."""
    size = int(np.prod(shape))
    assert size % 2 == 0
    return rng().permutation(np.linspace(-1, 1, size)).reshape(shape)


@each_layer
def test_backward_is_the_derivative_of_forward(make, shape):
    layer = make(np.float64)
    for parameter in layer.parameters:
        parameter += rng().normal(0, 0.1, parameter.shape)
    check_layer(layer, spread(shape), rng=rng(), tolerance=1e-7)


@pytest.mark.parametrize("name", ["batchnorm", "batchnorm per channel", "4 batchnorm"])
def test_batchnorm_backward_is_right_in_evaluation(name):
    make, shape = LAYERS[name]
    layer = make(np.float64)
    layer.forward(spread(shape) * 3 + 1)
    layer.eval()
    check_layer(layer, spread(shape), rng=rng(), tolerance=1e-7)


@each_layer
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_is_kept(make, shape, dtype):
    layer = make(dtype)
    x = spread(shape).astype(dtype)
    output = layer.forward(x)
    grad_x = layer.backward(np.ones_like(output))
    arrays = [output, grad_x, *layer.parameters, *layer.gradients]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dropout_keeps_dtype(dtype):
    layer = Dropout(0.5, rng())
    output = layer.forward(np.ones((4, 3), dtype))
    assert output.dtype == layer.backward(output).dtype == dtype


@each_layer
def test_x_and_grad_output_are_left_alone(make, shape):
    layer, x = make(np.float64), spread(shape)
    kept = x.copy()
    grad_output = np.ones_like(layer.forward(x))
    layer.backward(grad_output)
    np.testing.assert_array_equal(x, kept)
    np.testing.assert_array_equal(grad_output, 1)


@each_layer
def test_gradients_are_overwritten_in_the_same_arrays(make, shape):
    layer, x = make(np.float64), spread(shape)
    arrays = list(layer.gradients)
    grad_output = np.ones_like(layer.forward(x))
    layer.backward(grad_output)
    first = [gradient.copy() for gradient in layer.gradients]
    layer.forward(x)
    layer.backward(grad_output)
    assert all(now is before for now, before in zip(layer.gradients, arrays, strict=True))
    for now, before in zip(layer.gradients, first, strict=True):
        np.testing.assert_array_equal(now, before)


@each_layer
def test_lists_are_in_step(make, shape):
    layer = make(np.float64)
    assert len(layer.parameters) == len(layer.gradients) == len(layer.roles)
    for parameter, gradient in zip(layer.parameters, layer.gradients, strict=True):
        assert parameter.shape == gradient.shape


@each_layer
def test_a_grad_output_of_another_shape_is_named(make, shape):
    layer = make(np.float64)
    output = layer.forward(spread(shape))
    with pytest.raises(ValueError, match="grad_output"):
        layer.backward(np.ones((*output.shape[:-1], output.shape[-1] + 1)))


@each_layer
def test_backward_first_is_refused(make, shape):
    with pytest.raises(RuntimeError, match="forward"):
        make(np.float64).backward(np.ones(shape))


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (Dense(5, 3, rng=rng()), (6, 4)),
        (Dense(5, 3, rng=rng()), (5,)),
        (Dense(5, 3, rng=generators(4, 0)), (3, 6, 5)),
        (Conv2d(2, 4, 3, rng=rng()), (3, 1, 8, 8)),
        (Conv2d(2, 4, 3, rng=rng()), (2, 8, 8)),
        (Conv2d(2, 4, 3, rng=rng()), (3, 2, 2, 8)),
        (MaxPool2d(3), (1, 1, 2, 5)),
        (MaxPool2d(3), (5, 5)),
        (AveragePool2d(3), (1, 1, 5, 2)),
        (BatchNorm(5), (6, 4)),
        (BatchNorm(1), (6, 4)),
        (BatchNorm(5), (1, 5)),
        (BatchNorm(5, num_networks=2), (3, 6, 5)),
        (PReLU(3), (6, 4)),
        (PReLU(3, channel_axis=-3), (6, 4)),
        (PReLU(num_networks=2), (3, 6, 4)),
        (Flatten(), (6,)),
        (Dropout(0.5, generators(4, 0)), (3, 6, 5)),
    ],
)
def test_an_x_of_a_wrong_shape_is_named(layer, shape):
    with pytest.raises(ValueError, match=r"^x must"):
        layer.forward(np.ones(shape))


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: Dense(0, 3, rng=rng()), "fan_in"),
        (lambda: Dense(3, 2.5, rng=rng()), "fan_out"),
        (lambda: Dense(3, 2, rng=rng(), initialization="best"), "initialization"),
        (lambda: Dense(3, 2, rng=rng(), dtype=np.int64), "dtype"),
        (lambda: Conv2d(1, 0, 3, rng=rng()), "out_channels"),
        (lambda: Conv2d(1, 2, (3, 3, 3), rng=rng()), "kernel_size"),
        (lambda: Conv2d(1, 2, 3, stride=0, rng=rng()), "stride"),
        (lambda: Conv2d(1, 2, 3, padding=-1, rng=rng()), "padding"),
        (lambda: MaxPool2d(0), "size"),
        (lambda: AveragePool2d(2, 0), "stride"),
        (lambda: BatchNorm(0), "num_features"),
        (lambda: BatchNorm(2, momentum=0), "momentum"),
        (lambda: BatchNorm(2, epsilon=0), "epsilon"),
        (lambda: PReLU(0), "num_parameters"),
        (lambda: PReLU(2, channel_axis=1).forward(np.ones((3, 2))), "channel_axis"),
        (lambda: PReLU(2, num_networks=0), "num_networks"),
        (lambda: Dropout(1.0, rng()), "rate"),
        (lambda: perceptron([3], "tanh", rng=rng()), "widths"),
    ],
)
def test_a_bad_argument_is_named(make, name):
    with pytest.raises(ValueError, match=name):
        make()


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: Dense(3, 2, rng=0), "rng"),
        (lambda: Dense(3, 2, rng=[]), "rng"),
        (lambda: Conv2d(1, 2, 3, rng=generators(2, 0)), "rng"),
        (lambda: Dropout(0.5, np.random), "rng"),
        (lambda: Activation(np.tanh), "function"),
        (lambda: Activation((np.tanh, np.tanh)).forward(["text"]), "x must"),
    ],
)
def test_an_argument_of_a_wrong_type_is_named(make, name):
    with pytest.raises(TypeError, match=name):
        make()


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_name_of_the_catalogue_is_a_layer(name):
    # No kink of the catalogue lies within a step of a point of this grid.
    x = np.linspace(-4.03, 4.01, 60).reshape(6, 10)
    layer = Activation(name)
    np.testing.assert_array_equal(layer.forward(x), CATALOGUE[name].function(x))
    check_layer(layer, x, rng=rng(), tolerance=1e-7)


def test_activation_passes_its_parameters_on():
    x = rng().normal(size=(4, 3))
    layer = Activation("leaky_relu", negative_slope=0.3)
    np.testing.assert_array_equal(layer.forward(x), leaky_relu(x, negative_slope=0.3))
    np.testing.assert_array_equal(layer.backward(np.ones_like(x)), np.where(x > 0, 1, 0.3))


def test_prelu_learns_the_slope_that_its_data_have():
    layer, x = PReLU(2), rng().normal(size=(200, 2))
    target = np.where(x > 0, x, x * [0.7, -0.2])
    for _ in range(200):
        layer.backward(2 * (layer.forward(x) - target) / len(x))
        layer.slope -= 0.5 * layer.gradients[0]
    np.testing.assert_allclose(layer.slope, [0.7, -0.2], rtol=1e-9)


def test_an_unknown_activation_is_named():
    with pytest.raises(ValueError, match="function must"):
        Activation("reul")


def test_integers_become_float64():
    layer = Dense(2, 2, rng=rng())
    np.testing.assert_array_equal(layer.forward([[1, 0]]), layer.forward([[1.0, 0.0]]))
