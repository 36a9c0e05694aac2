"""Bumps: largest at the centre, zero far out on both sides."""

from actplot.activations.declaration import activation

FAMILY = (
    activation("gaussian", "exp(-x**2)",
        slope="-2*x*f",
        title="Gaussian", aliases=("radbas",), source="Broomhead & Lowe 1988",
        sentence="The bell of radial basis networks: it answers to inputs near its centre only."),
    activation("tribas", "max(0, 1 - abs(x))",
        slope="-sign(x) if abs(x) < 1 else 0",
        title="Tribas", aliases=("triangular",),
        source="Demuth & Beale, MATLAB Neural Network Toolbox 3, 1998",
        sentence="A bell of two straight lines, the triangular basis function."),
)
