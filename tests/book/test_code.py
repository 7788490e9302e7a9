"""Show it, then import it: the functions that a chapter defines are those of the package."""

import ast
import importlib
import inspect

import pytest

import rectified.activations as activations
from rectified.activations import contract


def definitions(trees):
    """Return the functions defined at the top of some code, by name."""
    return {
        node.name: node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)
    }


def without_docstring(function):
    """Return the code of a function definition, decorators included, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    bare = ast.FunctionDef(
        function.name, function.args, body, function.decorator_list, function.returns
    )
    return ast.unparse(ast.fix_missing_locations(bare))


def package_functions():
    """Return every function of ``rectified.activations`` as parsed, by name."""
    modules = {
        value.__module__ for value in vars(activations).values() if inspect.isfunction(value)
    }
    trees = [
        ast.parse(inspect.getsource(importlib.import_module(module)))
        for module in sorted(modules)
        if module != contract.__name__
    ]
    return definitions(trees)


def differences(shown, package):
    """Return the names of functions that a chapter shows differently from the package."""
    return [
        name
        for name, function in shown.items()
        if name in package and without_docstring(function) != without_docstring(package[name])
    ]


def test_chapter_shows_the_code_of_the_package(chapter):
    assert differences(definitions(chapter.trees), package_functions()) == []


def test_chapter_defines_a_function_of_its_module_with_its_derivative(chapter):
    try:
        module = importlib.import_module(f"rectified.activations.{chapter.slug}")
    except ModuleNotFoundError:
        return  # a chapter about networks or measurements shows what it needs
    asked = definitions([ast.parse(inspect.getsource(module))])
    shown = asked.keys() & definitions(chapter.trees).keys()
    pairs = {name for name in shown if f"{name}_grad" in shown or f"{name}_vjp" in shown}
    assert pairs, f"of {sorted(asked)} the chapter shows no function with its derivative"


def test_the_model_chapter_shows_both_functions(model):
    assert {"relu", "relu_grad"} <= definitions(model.trees).keys()


@pytest.mark.parametrize(
    ("pattern", "replacement", "different"),
    [
        (r"np\.sign\(np\.maximum\(x, 0\)\)", "np.sign(np.maximum(x, 1))", ["relu_grad"]),
        (r"@elementwise\ndef relu\(", "def relu(", ["relu"]),
        (r"def relu\(x\)", "def relu(x, slope=0)", ["relu"]),
        (r'"""Return max\(0, x\), elementwise\."""', '"""Return the rectifier."""', []),
    ],
    ids=["formula", "decorator", "parameters", "docstring"],
)
def test_a_difference_is_noticed_except_in_words(pattern, replacement, different, broken):
    changed = definitions(broken(pattern, replacement).trees)
    assert differences(changed, package_functions()) == different
