"""Shrinkage: small inputs go to zero, as in sparse coding and denoising."""

from actplot.activations.declaration import activation, kink

FAMILY = (
    activation("soft_shrink", "sign(x)*(abs(x) - bias) if abs(x) > lambd else 0", lambd=0.5, bias="lambd",
        bounds=("lambd >= 0",),
        slope="1 if abs(x) > lambd else 0",
        title="Softshrink", aliases=("mod_relu",), source="Donoho 1995",
        sentence="Moves every input towards zero by λ and stops there.",
        kinks=(kink("-lambd", torch=0), kink("lambd", torch=0)), spelled={"threshold": "lambd"},
        frameworks={"torch": "Softshrink(lambd=0.5)", "keras": "soft_shrink(threshold=0.5)",
            "onnx": "Shrink(bias, lambd=0.5)", "mlx": "softshrink(lambd=0.5)"}),
    activation("hard_shrink", "x - sign(x)*bias if abs(x) > lambd else 0", lambd=0.5, bias="0", bounds=("lambd >= 0",),
        title="Hardshrink", source="Donoho & Johnstone 1994",
        sentence="Sets inputs no larger than λ to zero and keeps the others as they are.",
        kinks=(kink("-lambd", torch=0), kink("lambd", torch=0)), spelled={"threshold": "lambd"},
        frameworks={"torch": "Hardshrink(lambd=0.5)", "keras": "hard_shrink(threshold=0.5)",
            "onnx": "Shrink(bias=0, lambd=0.5)", "mlx": "hard_shrink(lambd=0.5)"}),
    activation("tanh_shrink", "x - tanh(x)",
        slope="tanh(x)**2",
        title="Tanhshrink", source="Collobert, Kavukcuoglu & Farabet 2011",
        sentence="What tanh cuts off: flat at the origin, the identity less one far out.",
        frameworks={"torch": "Tanhshrink", "keras": "tanh_shrink"}),
)

# What papers and collections name besides.
PAPERS = (
    activation("garrote", "x - lambd**2/x if abs(x) > lambd else 0", lambd=0.5, bounds=("lambd >= 0",),
        title="Garrote", aliases=("nn_garrote",), range=(-3, 3),
        source="Breiman 1995; Gao 1998",
        sentence="Shrinkage between the soft and the hard: continuous, and the identity far out."),
)
