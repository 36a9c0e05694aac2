"""A function over points: the grid, the curve with its breaks, its marks, and the panels it is shown in."""
