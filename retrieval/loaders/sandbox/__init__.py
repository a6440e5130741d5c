"""The processes that read files for the program, so that a hostile file costs one of them and nothing else."""
