"""Exponential-linear units and their kin: linear on the right, a smooth curve that saturates on the left."""

from actplot.activations.declaration import activation, kink

FAMILY = (
    activation("elu", "x if x > 0 else alpha*expm1(x)", alpha=1.0,
        title="ELU", source="Clevert, Unterthiner & Hochreiter 2016",
        sentence="Smooth on the left, where it saturates at −α and pulls the mean activation towards zero.",
        kinks=(kink(0, torch="alpha", tensorflow="alpha", jax="alpha"),),
        frameworks={"torch": "ELU(alpha=1, inplace)", "keras": "elu(alpha=1)", "tensorflow": "elu",
            "jax": "elu(alpha=1)", "onnx": "Elu(alpha=1)"}),
    activation("celu", "max(0, x) + min(0, alpha*expm1(x/alpha))", alpha=1.0, bounds=("alpha > 0",),
        slope="1 if x > 0 else exp(x/alpha)",
        title="CELU", source="Barron 2017",
        sentence="ELU rescaled so that it is continuously differentiable for every α.",
        frameworks={"torch": "CELU(alpha=1, inplace)", "keras": "celu(alpha=1)", "jax": "celu(alpha=1)",
            "onnx": "Celu(alpha=1)"}),
    activation("selu", "scale*x if x > 0 else scale*alpha*expm1(x)", alpha=1.6732632423543772, scale=1.0507009873554805,
        title="SELU", source="Klambauer, Unterthiner, Mayr & Hochreiter 2017",
        sentence="ELU with two constants chosen so that activations keep mean 0 and variance 1 from layer to layer.",
        kinks=(kink(0, torch="scale*alpha", tensorflow="scale", jax="scale*alpha"),), spelled={"gamma": "scale"},
        frameworks={"torch": "SELU(inplace)", "keras": "selu", "tensorflow": "selu", "jax": "selu",
            "onnx": "Selu(alpha=1.6732632423543772, gamma=1.0507009873554805)"}),
    activation("xielu", "alpha_p*x**2 + beta*x if x > 0 else alpha_n*(expm1(x) - x) + beta*x", alpha_p=0.8, alpha_n=0.8,
        beta=0.5,
        slope="2*alpha_p*x + beta if x > 0 else alpha_n*expm1(x) + beta",
        title="xIELU", range=(-4, 2), source="Huang & Schlag 2024",
        sentence="The integral of an ELU: quadratic on the right, linear far on the left, its constants learned."),
    activation("isrlu", "x if x >= 0 else x/sqrt(1 + alpha*x**2)", alpha=1.0, bounds=("alpha > 0",),
        slope="1 if x >= 0 else 1/sqrt(1 + alpha*x**2)**3",
        title="ISRLU", source="Carlile, Delamarter, Kinney, Marti & Whitney 2017",
        sentence="Like ELU, with an inverse square root in place of the exponential."),
)
