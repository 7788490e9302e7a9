"""The shipped sets are what their sources say, and splitting loses nothing."""

import gzip
import hashlib
import shutil
import subprocess
import sys
import zipfile
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from rectified.data import SPECIES, load_digits, load_penguins
from rectified.data.split import every_fourth

# Of optdigits.tes, as the UCI repository lists them.
DIGIT_COUNTS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_digits_are_the_test_file_of_the_uci_repository():
    digits = load_digits()
    counts = np.bincount(np.concatenate([digits.y_train, digits.y_test]))
    assert counts.tolist() == DIGIT_COUNTS


def test_digits_are_unchanged_from_their_source():
    with np.load(files("rectified.data") / "digits.npz") as stored:
        rows = np.column_stack([stored["images"].reshape(-1, 64), stored["labels"]])
    text = "".join(",".join(map(str, row)) + "\n" for row in rows.tolist())
    readme = (files("rectified.data") / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(text.encode()).hexdigest() in readme


def test_penguins_are_unchanged_from_their_source():
    packed = (files("rectified.data") / "penguins.csv.gz").read_bytes()
    readme = (files("rectified.data") / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(gzip.decompress(packed)).hexdigest() in readme


def test_digits_have_the_documented_shapes_types_and_range():
    flat, images = load_digits(), load_digits(images=True)
    assert flat.x_train.shape == (1352, 64)
    assert flat.x_test.shape == (445, 64)
    assert flat.x_train.dtype == np.float64
    assert flat.y_train.dtype == np.int64
    assert (flat.x_train.min(), flat.x_train.max()) == (0.0, 1.0)
    np.testing.assert_array_equal(images.x_train.reshape(-1, 64), flat.x_train)
    np.testing.assert_array_equal(images.y_test, flat.y_test)


def test_digits_look_like_their_labels():
    # A nearest class mean is a poor classifier; a shuffled or transposed set would be near 10 %.
    x, y, x_test, y_test = load_digits()
    means = np.array([x[y == digit].mean(axis=0) for digit in range(10)])
    nearest = ((x_test[:, np.newaxis] - means) ** 2).sum(axis=-1).argmin(axis=-1)
    assert np.mean(nearest == y_test) > 0.8


def test_every_class_gives_a_quarter_to_the_test():
    labels = np.random.default_rng(0).integers(0, 5, 1000)
    test = every_fourth(labels)
    assert np.bincount(labels[test]).tolist() == (np.bincount(labels) // 4).tolist()


def test_no_image_is_in_both_parts():
    digits = load_digits()
    train = {image.tobytes() for image in digits.x_train}
    assert not any(image.tobytes() in train for image in digits.x_test)


@pytest.mark.parametrize(("target", "features"), [("body_mass", 7), ("species", 5)])
def test_penguins_have_the_documented_shapes_and_scales(target, features):
    birds = load_penguins(target)
    assert birds.x_train.shape == (251, features)
    assert birds.x_test.shape == (82, features)
    scaled = birds.x_train[:, : 3 if target == "body_mass" else 4]
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scaled.std(axis=0), 1, rtol=1e-12)


def test_penguin_species_have_their_published_numbers():
    # 152, 68 and 124 birds, of which 146, 68 and 119 are complete.
    birds = load_penguins("species")
    counts = np.bincount(np.concatenate([birds.y_train, birds.y_test]))
    assert dict(zip(SPECIES, counts.tolist(), strict=True)) == {
        "Adelie": 146,
        "Chinstrap": 68,
        "Gentoo": 119,
    }


def test_penguin_mass_is_in_kilograms_and_mostly_explained_by_the_rest():
    x, y, x_test, y_test = load_penguins()
    assert 2.5 < y.min() < y.max() < 6.5
    coefficients = np.linalg.lstsq(x, y, rcond=None)[0]
    residual = y_test - x_test @ coefficients
    assert 0.8 < 1 - residual.var() / y_test.var() < 0.95


def test_species_and_body_mass_tasks_hold_the_same_birds():
    mass, species = load_penguins(), load_penguins("species")
    np.testing.assert_array_equal(mass.x_train[:, 4:].argmax(axis=1), species.y_train)
    np.testing.assert_array_equal(mass.x_test[:, 3], species.x_test[:, 4])


def test_an_unknown_target_is_named():
    with pytest.raises(ValueError, match="target"):
        load_penguins("sex")


def test_loading_twice_gives_arrays_of_ones_own():
    first = load_digits()
    first.x_train[...] = -1
    assert load_digits().x_train.min() == 0


def test_data_files_are_in_the_wheel(tmp_path):
    root = Path(__file__).parents[2]
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(root / name, source)
    for name in ("README.md", "LICENSE-TEXT.md"):
        (source / name).touch()
    shutil.copytree(root / "rectified", source / "rectified")
    build = "import setuptools.build_meta as b, sys; print(b.build_wheel(sys.argv[1]))"
    subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)], cwd=source, check=True, capture_output=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "rectified/data/digits.npz",
        "rectified/data/penguins.csv.gz",
        "rectified/data/README.md",
    } <= names
