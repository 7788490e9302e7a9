"""What is mounted into the sandbox and runs there, beside the student's code.

Standard library and NumPy only, and nothing secret: a student who reads these files learns how a
call travels, and no answer. `wire` and `npy` are spoken by both sides, `worker` loads a student's
cells and answers calls, `nursery` forks a worker for each submission, `lockdown` takes a worker's
rights away.
"""
