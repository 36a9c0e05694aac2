"""Thresholds: functions with a jump."""

from actplot.activations.declaration import activation, kink

FAMILY = (
    activation("step", "1 if x > theta else value if x == theta else 0", theta="0", value="1",
        title="Step", aliases=("heaviside", "binary_step", "hardlim"), source="McCulloch & Pitts 1943",
        sentence="Fires or does not; its derivative is zero wherever it exists, so no gradient passes.",
        spelled={"threshold": "theta"}, frameworks={"mlx": "step(threshold=0)"}),
    activation("sign", "sign(x)",
        title="Sign", aliases=("hardlims",), same="step", source="Widrow & Hoff 1960",
        sentence="The perceptron's output, −1 or 1, and 0 at zero, where MATLAB's hardlims is 1."),
    activation("threshold", "x if x > theta else value", theta=1.0, value=0.0,
        title="Threshold", aliases=("thresholded_relu", "trelu", "trec"),
        source="Konda, Memisevic & Krueger 2014",
        sentence="Passes what exceeds a threshold and puts a constant in place of the rest.",
        kinks=(kink("theta", torch=0),), spelled={"threshold": "theta", "alpha": "theta", "default_value": "value"},
        frameworks={"torch": "Threshold(threshold, value, inplace)", "keras": "threshold(threshold, default_value)",
            "onnx": "ThresholdedRelu(alpha=1)"}),
)

# What papers and collections name besides.
PAPERS = (
    activation("bipolar_step", "1 if x >= 0 else -1",
        title="Bipolar step", aliases=("bipolar",), range=(-2, 2), same="step",
        source="McCulloch & Pitts 1943; Nissen 2003, FANN",
        sentence="The step between −1 and 1, as binary networks take it: 1 at zero."),
)
