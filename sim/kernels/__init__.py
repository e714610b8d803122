"""Compiled forms of the processes that most of a run's time would go to: loops over identities, staff rooms, schools, owners.

Each does what a process says in whole columns of numpy, in one pass over memory; the process's module has the readable form, and
a test holds the two against each other. Sums are taken in the order of the members, in both. Columns of teachers come sorted by
school, `n_teachers` of each; kernels change the columns they are handed in place.

Four habits make them fast: no index that might be negative (slices of a staff room), choices in place of branches, what is rare
put aside so that the rest goes several at a time, and nothing allocated inside a loop.
"""
