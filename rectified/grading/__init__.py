"""Notebooks in, grades out. This room knows notebooks and nbgrader, and nothing of mathematics.

What an exercise demands of a function is in `rectified.checks`; here live the reading of a
solution (`source`), the settings of nbgrader (`settings`) and the making of a course directory
(`course`). nbgrader and jupytext are needed here and nowhere else in the package.
"""
