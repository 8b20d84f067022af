// The stabilised explicit Runge-Kutta-Chebyshev method of second order: s stages reach 0.65 s² along the negative real axis.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Numerics.Steppers;

/// <summary>
/// RKC2 for problems whose Jacobian has real eigenvalues, most of them negative: the number of stages is the smallest that is stable for the step, so that the cost of a long step grows like its square root.
/// </summary>
/// <remarks>
/// Sommeijer, Shampine, Verwer, Journal of Computational and Applied Mathematics 88 (1998) 315: damping ε = 2/13, error estimate of order three, here with a cubic Hermite polynomial between the ends. A step that would need more than
/// <see cref="MostStages"/> stages is unstable: <see cref="LongestStep"/> says how far one may go.
/// </remarks>
public sealed class Chebyshev : EmbeddedStepper
{
    /// <summary>The largest number of stages.</summary>
    public const int MostStages = 100;

    private const double Damping = 2.0 / 13;
    private readonly double[] stageRate;
    private double[] newer, older;

    /// <summary>A stepper for states of some dimension.</summary>
    /// <param name="dimension">How many entries a state has; eight vectors are kept.</param>
    /// <param name="field">f.</param>
    /// <param name="projection">Applied to the end of each step; null for none.</param>
    public Chebyshev(int dimension, RateOfChange field, Projection? projection = null)
        : base(dimension, field, projection) => (stageRate, newer, older) = (new double[dimension], new double[dimension], new double[dimension]);

    /// <inheritdoc/>
    public override int Order => 2;

    /// <inheritdoc/>
    public override int ErrorOrder => 3;

    /// <summary>A bound on the moduli of the Jacobian's eigenvalues, to be kept up to date by the caller.</summary>
    public double SpectralRadius { get; set; }

    /// <summary>The longest step that <see cref="MostStages"/> stages keep stable.</summary>
    public double LongestStep => StabilityLimit(MostStages) / SpectralRadius;

    /// <summary>β(s) = (2/3)(s² - 1)(1 - 2ε/15): stable while h times the spectral radius is below.</summary>
    /// <param name="stages">s, at least 2.</param>
    public static double StabilityLimit(int stages) => 2.0 / 3 * ((double)stages * stages - 1) * (1 - 2 * Damping / 15);

    /// <summary>The smallest s ≥ 2 whose limit holds the step.</summary>
    /// <param name="reach">The step times the spectral radius, at least 0.</param>
    public static int StagesFor(double reach)
    {
        int stages = 2;
        while (stages < MostStages && StabilityLimit(stages) < reach)
        {
            stages++;
        }

        return stages;
    }

    /// <inheritdoc/>
    protected override void Advance(double step, double[] start, double[] startRate, double[] end)
    {
        int stages = StagesFor(step * SpectralRadius);
        double w0 = 1 + Damping / ((double)stages * stages);
        var (_, slope, curvature) = Polynomial(stages, w0);
        double w1 = slope / curvature;

        // T_j, T_j' and T_j'' at w0 follow by recurrence; b_j = T_j''/T_j'², a_j = 1 - b_j T_j.
        double t1 = w0, t2 = 1, d1 = 1, d2 = 0, c1 = 0, c2 = 0, b1 = 1 / (4 * w0 * w0), b2 = b1, first = w1 * b1, time1 = first, time2 = 0;
        start.CopyTo(older, 0);
        start.CopyTo(newer, 0);
        Vectors.Add(step * first, startRate, newer);
        for (int j = 2; j <= stages; j++)
        {
            double t = 2 * w0 * t1 - t2, d = 2 * w0 * d1 - d2 + 2 * t1, c = 2 * w0 * c1 - c2 + 4 * d1, b = c / (d * d);
            double mu = 2 * w0 * b / b1, nu = -b / b2, scaled = mu * w1 / w0, gamma = -scaled * (1 - b1 * t1);
            Evaluate(Time + time1 * step, newer, stageRate);

            // Y_j = (1 - μ - ν) Y_0 + μ Y_{j-1} + ν Y_{j-2} + h (μ~ F_{j-1} + γ~ F_0), written over Y_{j-2}.
            Vectors.Scale(nu, older);
            Vectors.Add(mu, newer, older);
            Vectors.Add(1 - mu - nu, start, older);
            Vectors.Add(step * scaled, stageRate, older);
            Vectors.Add(step * gamma, startRate, older);
            (newer, older) = (older, newer);
            (time1, time2) = (mu * time1 + nu * time2 + scaled + gamma, time1);
            (t1, t2, d1, d2, c1, c2, b1, b2) = (t, t1, d, d1, c, c1, b, b1);
        }

        newer.CopyTo(end, 0);
    }

    /// <inheritdoc/>
    protected override void EstimateError(double step, double[] start, double[] startRate, double[] end, double[] endRate)
    {
        start.CopyTo(ErrorVector, 0);
        Vectors.Add(-1, end, ErrorVector);
        Vectors.Scale(0.8, ErrorVector);
        Vectors.Add(0.4 * step, startRate, ErrorVector);
        Vectors.Add(0.4 * step, endRate, ErrorVector);
    }

    /// <inheritdoc/>
    protected override void Interpolate(double share, double step, double[] start, double[] startRate, double[] end, double[] endRate, Span<double> destination)
    {
        double rest = 1 - share, difference = share * share * (3 - 2 * share);
        start.CopyTo(destination);
        Vectors.Scale(1 - difference, destination);
        Vectors.Add(difference, end, destination);
        Vectors.Add(step * share * rest * rest, startRate, destination);
        Vectors.Add(-step * share * share * rest, endRate, destination);
    }

    // T_s, T_s' and T_s'' at w.
    private static (double Value, double Slope, double Curvature) Polynomial(int degree, double w)
    {
        double t1 = w, t2 = 1, d1 = 1, d2 = 0, c1 = 0, c2 = 0;
        for (int j = 2; j <= degree; j++)
        {
            double t = 2 * w * t1 - t2, d = 2 * w * d1 - d2 + 2 * t1, c = 2 * w * c1 - c2 + 4 * d1;
            (t1, t2, d1, d2, c1, c2) = (t, t1, d, d1, c, c1);
        }

        return (t1, d1, c1);
    }
}
