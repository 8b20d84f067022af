// A number with its error and the way it was found, or the reason why it does not exist.
using System;

namespace Thalweg.Results;

/// <summary>How a number was found.</summary>
public enum How
{
    /// <summary>An explicit formula: the error is rounding alone.</summary>
    ClosedForm,

    /// <summary>A root: the error is the final bracket and the rounding of the function over its slope.</summary>
    Root,

    /// <summary>An integral: the error compares two rules.</summary>
    Quadrature,

    /// <summary>The two-time equations: a global error estimate.</summary>
    Dynamics,

    /// <summary>Random draws: the error is one standard error of the mean.</summary>
    Simulation,

    /// <summary>A heuristic or an approximation whose error is itself only estimated.</summary>
    Estimate,
}

/// <summary>A number that carries its absolute error and its origin; or an absence that carries its reason. There is no NaN.</summary>
public readonly record struct Quantity
{
    private readonly double value;

    private Quantity(double value, double error, How how, string? why)
    {
        this.value = value;
        Error = error;
        How = how;
        Why = why;
    }

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">It does not exist; the message is the reason.</exception>
    public double Value => Why is null ? value : throw new InvalidOperationException("there is no value: " + Why);

    /// <summary>Estimate of the absolute error, ≥ 0: a bound on rounding for closed forms, one standard error for simulations.</summary>
    public double Error { get; }

    /// <summary>How the number was found.</summary>
    public How How { get; }

    /// <summary>Null for a number; the reason, one plain sentence, for an absence.</summary>
    public string? Why { get; }

    /// <summary>True when there is a number.</summary>
    public bool Exists => Why is null;

    /// <summary>A closed form whose rounding error is bounded by eight units in the last place of its largest term.</summary>
    /// <param name="value">The number.</param>
    /// <param name="magnitude">The largest absolute value among the terms added up; zero means the value itself.</param>
    public static Quantity ClosedForm(double value, double magnitude = 0) => Of(value, 8 * Unit * Math.Max(Math.Abs(value), magnitude), How.ClosedForm);

    /// <summary>A number with an error of any origin.</summary>
    /// <param name="value">The number, finite.</param>
    /// <param name="error">Its absolute error, finite and ≥ 0.</param>
    /// <param name="how">How it was found.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number or its error is not finite: absences are said with <see cref="Missing"/>.</exception>
    public static Quantity Of(double value, double error, How how)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "a quantity is finite; say why it is missing instead");
        }

        if (!double.IsFinite(error) || error < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(error), error, "an error is finite and >= 0");
        }

        return new(value, error, how, null);
    }

    /// <summary>The absence of a number.</summary>
    /// <param name="why">One plain sentence that says why it does not exist.</param>
    public static Quantity Missing(string why) => new(0, 0, How.Estimate, why);

    /// <summary>The number through a smooth function, its error carried along by the slope.</summary>
    /// <param name="function">The function.</param>
    /// <param name="slope">An upper bound on the absolute slope near the value.</param>
    public Quantity Map(Func<double, double> function, double slope)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!Exists)
        {
            return this;
        }

        double image = function(value);
        return Of(image, Math.Abs(slope) * Error + 2 * Unit * Math.Abs(image), How);
    }

    /// <summary>The number with its error, or the reason for its absence: safe to print in either case.</summary>
    public override string ToString() => Exists ? FormattableString.Invariant($"{value:R} ± {Error:E1} ({How})") : "none: " + Why;

    /// <summary>The spacing of doubles at one, half of which bounds the relative error of one rounding.</summary>
    public const double Unit = 2.220446049250313e-16;
}
