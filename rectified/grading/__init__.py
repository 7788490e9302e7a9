"""Notebooks in, grades out. This room knows notebooks and nbgrader, and nothing of mathematics.

What an exercise demands of a function is in `rectified.checks`. Here live

- an author's side: the reading of a solution (`source`), nbgrader's settings (`settings`,
  `feedback`), the making of a course directory (`course`), a student's own check (`selfcheck`);
- the class runner, from the outside in: the command (`command`), one run over a class (`runner`)
  on disk (`place`, `submitted`) with workers (`pool`), nbgrader's gradebook (`gradebook`,
  `tables`, `backup`), what people read (`page`, `rebuild`, `plain`);
- one submission: what is asked (`sources`, `assignment`), what was handed in (`notebook`), both
  judged (`grader`);
- the student's code, in a process that can do nothing but answer: the sandbox (`sandbox`,
  `bubblewrap`), the functions in it as seen from here (`remote`, `connection`, `answers`), and
  what runs on the other side (`jail`).
"""
