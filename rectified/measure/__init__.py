"""What is observed on activations and networks: gradients, flow, sparsity, regions, symmetry.

Nothing here trains or defines a network; each module answers one kind of question about one.
Import from the module that answers it, as in ``from rectified.measure.dying import dead_units``.
"""
