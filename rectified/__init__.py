"""ReLU and its family, from one kink to a trained network: the code behind the course.

``activations`` holds the mathematics, ``networks`` what is built from it, ``measure`` what is
observed on it, ``checks`` what an exercise asks of it, ``figures`` how the book draws, ``data``
what the experiments learn from, ``grading`` how notebooks become grades.
"""

__version__ = "0.1.0"
