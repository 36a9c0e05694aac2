"""Sigmoids without exponentials: roots, quotients and arcs, whose tails are heavier."""

from actplot.activations.declaration import activation

FAMILY = (
    activation("softsign", "x/(1 + abs(x))",
        slope="1/(1 + abs(x))**2",
        title="Softsign", aliases=("elliotsig",), range=(-8, 8), source="Elliott 1993; Turian, Bergstra & Bengio 2009",
        sentence="A sigmoid that needs no exponential and approaches its limits slowly.",
        frameworks={"torch": "Softsign", "keras": "softsign", "tensorflow": "softsign", "jax": "soft_sign",
            "onnx": "Softsign"}),
    activation("isru", "x/sqrt(1 + alpha*x**2)", alpha=1.0, bounds=("alpha > 0",),
        slope="1/sqrt(1 + alpha*x**2)**3",
        title="ISRU", source="Carlile, Delamarter, Kinney, Marti & Whitney 2017",
        sentence="The inverse square root unit: a sigmoid between ±1/√α that costs one root."),
    activation("arctan", "atan(x)",
        title="Arctan", aliases=("atan",), symbol=r"\arctan", range=(-8, 8), source="Kamruzzaman & Aziz 2002",
        sentence="A sigmoid between ±π/2 whose slope falls off as 1/x² only."),
    activation("asinh", "asinh(x)",
        title="Asinh", aliases=("arcsinh",), symbol=r"\operatorname{arsinh}",
        source="Johnson 1949; Burbidge, Magee & Robb 1988",
        sentence="Linear near zero and logarithmic far out, on both sides: it never saturates."),
    activation("sqnl", "-1 if x < -2 else x + x**2/4 if x < 0 else x - x**2/4 if x <= 2 else 1",
        slope="max(0, 1 - abs(x)/2)",
        title="SQNL", source="Wuraola & Patel 2018",
        sentence="The square nonlinearity: a tanh of two parabolas, constant beyond ±2."),
)
