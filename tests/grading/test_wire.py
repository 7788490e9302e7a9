"""What crosses the wire arrives as it was; what breaks the rules is refused, whatever it is."""

import io
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rectified.grading.jail.wire import (
    LENGTHS,
    MAX_BODY,
    Decoder,
    Encoder,
    Foreign,
    WireError,
    pack,
    unpack,
)


def carry(value):
    """Send a value through a frame of bytes and return what arrives."""
    encoder = Encoder(lambda function: 7)
    tree = encoder.encode(value)
    header, pieces = unpack(io.BytesIO(pack({"value": tree}, encoder.pieces)).read)
    return Decoder(pieces, lambda name: ("function", name)).decode(header["value"])


def frame(header: dict, body: bytes = b"") -> io.BytesIO:
    text = json.dumps(header).encode()
    return io.BytesIO(LENGTHS.pack(len(text), len(body)) + text + body)


def npy(array) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def arrays():
    dtypes = st.sampled_from(
        ["<f2", "<f4", "<f8", ">f8", "<i4", "<i8", "|u1", "|b1", "<c16", "<U3"]
    )
    shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)
    return dtypes.flatmap(lambda dtype: hnp.arrays(dtype, shapes))


@given(arrays())
def test_an_array_arrives_bit_by_bit(array):
    arrived = carry(array)
    assert (arrived.dtype, arrived.shape) == (array.dtype, array.shape)
    assert arrived.tobytes() == array.tobytes()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.tuples(inner, inner)
            | st.dictionaries(st.text(max_size=5), inner, max_size=4)
        ),
        max_leaves=20,
    )
)
def test_plain_values_arrive_with_their_types(value):
    assert repr(carry(value)) == repr(value)


@pytest.mark.parametrize("scalar", [np.float32(0.1), np.int8(-3), np.bool_(True), 1j, np.nan])
def test_a_scalar_stays_a_scalar(scalar):
    arrived = carry(scalar)
    assert type(arrived) is type(scalar)
    np.testing.assert_equal(arrived, scalar)


def test_order_stride_and_protection_of_an_array_arrive():
    strided = np.arange(12.0).reshape(3, 4)[:, ::2]
    fortran = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    locked = np.ones(3)
    locked.flags.writeable = False
    assert not carry(strided).flags.forc
    assert carry(fortran).flags.f_contiguous
    assert not carry(fortran).flags.c_contiguous
    assert not carry(locked).flags.writeable
    np.testing.assert_array_equal(carry(strided), strided)


def test_an_array_that_is_there_twice_is_one_there_as_well():
    """And a reply that names the same bytes a thousand times takes no more memory than once."""
    array = np.zeros(3)
    first, (second, third) = carry([array, (array, array.copy())])
    assert first is second
    assert first is not third
    many = Decoder([npy(np.zeros(1000))], len).decode({"list": [{"array": 0}] * 1000})
    assert len({id(found) for found in many}) == 1


@pytest.mark.parametrize("kind", ["PCG64", "MT19937", "Philox", "SFC64"])
def test_a_generator_goes_on_where_it_was(kind):
    generator = np.random.Generator(getattr(np.random, kind)(5))
    generator.normal(size=7)
    arrived = carry(generator)
    np.testing.assert_array_equal(arrived.normal(size=4), generator.normal(size=4))


def test_a_subclass_arrives_as_its_plain_numbers():
    class Yes(np.ndarray):
        def __eq__(self, other):
            return True

    arrived = carry(np.arange(3.0).view(Yes))
    assert type(arrived) is np.ndarray
    assert not (arrived == 7).any()


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", np.array([object()]), range(3)])
def test_of_anything_else_the_type_arrives(value):
    assert isinstance(carry(value), Foreign)


def test_a_function_arrives_as_its_name():
    assert carry([len]) == [("function", 7)]


LIES = {
    "another length": frame({"value": {"array": 0}, "pieces": [99]}, b"x" * 98),
    "a negative length": frame({"value": {"array": 0}, "pieces": [-1]}),
    "no pieces": frame({"value": None}),
    "no JSON": io.BytesIO(LENGTHS.pack(3, 0) + b"{{{"),
    "a list for a header": frame([1]),
    "a header without end": io.BytesIO(LENGTHS.pack(1 << 31, 0)),
    "a body without end": io.BytesIO(LENGTHS.pack(2, MAX_BODY + 1) + b"{}"),
    "a nest without end": io.BytesIO(LENGTHS.pack(500_000, 0) + b"[" * 500_000),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_frame_that_lies_is_refused(lie):
    LIES[lie].seek(0)
    with pytest.raises(WireError):
        unpack(LIES[lie].read)


def headed(shape: str, descr: str) -> bytes:
    """The header of an array and none of its bytes."""
    text = f"{{'descr': {descr!r}, 'fortran_order': False, 'shape': {shape}}}\n".encode()
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def pickled() -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.array([print], dtype=object), allow_pickle=True)
    return stream.getvalue()


VALUES = {
    "a pickle": ({"array": 0}, pickled()),
    "too few bytes": ({"array": 0}, npy(np.zeros(4)).replace(b"(4,)", b"(9,)")),
    "a huge shape": ({"array": 0}, npy(np.zeros(0)).replace(b"(0,)", b"(9999999999999,)")),
    "a negative shape": ({"array": 0}, npy(np.zeros(10)).replace(b"(10,)", b"(-1,)")),
    "text without letters": ({"array": 0}, headed(f"({1 << 33},)", "<U0")),
    "no bytes of a huge shape": ({"array": 0}, headed(f"(0, {1 << 39}, {1 << 39})", "<f8")),
    "an integer of 4000 digits": (10**4000, b""),
    "fields": ({"array": 0}, npy(np.zeros(2, dtype=[("a", float)]))),
    "dates": ({"array": 0}, npy(np.zeros(2, dtype="M8[s]"))),
    "no array": ({"array": 0}, b"x" * 100),
    "an index too high": ({"array": 3}, npy(np.zeros(1))),
    "an index of text": ({"array": "0"}, npy(np.zeros(1))),
    "a scalar with a shape": ({"array": 0, "scalar": True}, npy(np.zeros(2))),
    "an unknown form": ({"module": "os"}, b""),
    "a list of text": ({"list": "abc"}, b""),
    "a key that is a list": ({"dict": [[{"list": []}, 1]]}, b""),
    "a generator of nothing": ({"generator": {"bit_generator": "PCG64"}}, b""),
    "a generator of the system": ({"generator": {"bit_generator": "__class__"}}, b""),
    "a complex of text": ({"complex": ["1", "2"]}, b""),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_lies_is_refused(name):
    tree, piece = VALUES[name]
    with pytest.raises(WireError):
        Decoder([piece], lambda name: name).decode(tree)


def test_a_nest_is_refused_on_both_sides():
    nest, tree = [], {"list": []}
    for _ in range(100):
        nest, tree = [nest], {"list": [tree]}
    with pytest.raises(WireError):
        carry(nest)
    with pytest.raises(WireError):
        Decoder([], len).decode(tree)


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_random_bytes_give_a_message_or_an_error_of_the_wire(data):
    stream = io.BytesIO(npy(np.zeros(3))[:60] + data)
    try:
        Decoder([stream.getvalue()], len).decode({"array": 0})
    except WireError:
        return
