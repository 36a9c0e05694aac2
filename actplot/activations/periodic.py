"""Waves: functions that oscillate, for signals and periodic data."""

from actplot.activations.declaration import activation

FAMILY = (
    activation("sin", "sin(omega*x)", omega="1",
        slope="omega*cos(omega*x)",
        title="Sin", symbol=r"\sin", range=(-7, 7),
        source="Lapedes & Farber 1987; Sitzmann, Martel, Bergman, Lindell & Wetzstein 2020",
        sentence="A pure wave; networks of it represent sounds, images and the solutions of differential equations.",
        spelled={"frequency": "omega"}),
    activation("cos", "cos(x)",
        title="Cos", symbol=r"\cos", range=(-7, 7), source="Rahimi & Recht 2007",
        sentence="The even wave, the feature of random Fourier features."),
    activation("sinc", "sin(x)/x if x != 0 else 1",
        slope="(cos(x) - sin(x)/x)/x if x != 0 else 0",
        title="Sinc", range=(-15, 15), source="Elwasif & Fausett 1996",
        sentence="A wave that fades: 1 at zero, where its formula is 0/0, and zero at every other multiple of π."),
    activation("snake", "x + sin(a*x)**2/b", a=1.0, b="a", bounds=("a > 0", "b > 0"),
        slope="1 + a/b*sin(2*a*x)",
        title="Snake", source="Ziyin, Hartwig & Ueda 2020",
        sentence="The identity with a ripple, which lets a network go on with a period beyond its data."),
    activation("gcu", "x*cos(x)",
        slope="cos(x) - x*sin(x)",
        title="GCU", range=(-8, 8), source="Noel, Arunkumar, Trivedi & Dutta 2021",
        sentence="The growing cosine unit: with its many zeros, one neuron can learn XOR."),
)
