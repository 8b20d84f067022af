// One row of a solution as ageing theory sees it: integrated response against correlation.
using System;
using Thalweg.Numerics.Roots;
using Thalweg.TwoTime;

namespace Thalweg.Ageing;

/// <summary>C, R, χ(t,t') = ∫_{t'}^t R(t,s) ds and ∂C(t,t')/∂t' at one time t, on the mesh of the solution in θ = t'/t.</summary>
/// <remarks>Cost: six rows to interpolate from, and one short product a column.</remarks>
public sealed class AgeingRow
{
    private readonly TwoTimeSolution solution;
    private readonly double[] correlation, response, integrated, rate;

    /// <summary>The row of a time.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="t">t &gt; 0, up to its last row.</param>
    public AgeingRow(TwoTimeSolution solution, double t)
    {
        ArgumentNullException.ThrowIfNull(solution);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(t);
        (this.solution, Time) = (solution, t);
        int points = solution.Mesh.Unknowns + 1;
        (correlation, response, integrated, rate) = (new double[points], new double[points], new double[points], new double[points]);
        solution.FieldsAt(t, correlation, response);
        solution.Mesh.Integrate(response, integrated);
        solution.Mesh.Differentiate(correlation, rate);
        for (int i = 0; i < points; i++)
        {
            integrated[i] *= t;
            rate[i] /= t;
        }
    }

    /// <summary>t.</summary>
    public double Time { get; }

    /// <summary>[i]: θ, descending from 1 to 0.</summary>
    public ReadOnlySpan<double> Theta => solution.Mesh.X;

    /// <summary>[i]: 1 - θ, with all its digits.</summary>
    public ReadOnlySpan<double> Distance => solution.Mesh.Y;

    /// <summary>[i]: C(t, θ t).</summary>
    public ReadOnlySpan<double> Correlation => correlation;

    /// <summary>[i]: χ(t, θ t).</summary>
    public ReadOnlySpan<double> Integrated => integrated;

    /// <summary>χ(t,t') at any θ.</summary>
    /// <param name="x">θ.</param>
    /// <param name="y">1 - θ.</param>
    public double IntegratedAt(double x, double y) => solution.Mesh.Evaluate(integrated, x, y);

    /// <summary>R(t,t') at any θ.</summary>
    /// <param name="x">θ.</param>
    /// <param name="y">1 - θ.</param>
    public double ResponseAt(double x, double y) => solution.Mesh.Evaluate(response, x, y);

    /// <summary>C(t,t') at any θ.</summary>
    /// <param name="x">θ.</param>
    /// <param name="y">1 - θ.</param>
    public double CorrelationAt(double x, double y) => solution.Mesh.Evaluate(correlation, x, y);

    /// <summary>-dχ/dC = R(t,t') / (∂C(t,t')/∂t'), the inverse of the effective temperature.</summary>
    /// <param name="x">θ.</param>
    /// <param name="y">1 - θ.</param>
    /// <returns>Not finite where C does not change: at T = 0 on the diagonal.</returns>
    public double RatioAt(double x, double y) => ResponseAt(x, y) / solution.Mesh.Evaluate(rate, x, y);

    /// <summary>∫_0^w R(t,s) ds, the weak long-term memory of the first w.</summary>
    /// <param name="until">w, from 0 to t.</param>
    public double MemoryOf(double until) => integrated[^1] - IntegratedAt(until / Time, (Time - until) / Time);

    /// <summary>Where C has fallen to a value.</summary>
    /// <param name="value">The value, below 1.</param>
    /// <returns>The largest such θ, with its distance from 1; null when C(t,0) is still above.</returns>
    public (double X, double Y)? PlaceOf(double value)
    {
        int i = Array.FindIndex(correlation, c => c <= value);
        if (i <= 0)
        {
            return null;
        }

        // From the nearer end: the other distance has lost its digits.
        if (Theta[i] < 0.5)
        {
            double x = BracketedRoot.Find(at => CorrelationAt(at, 1 - at) - value, Theta[i], Theta[i - 1]).Position;
            return (x, 1 - x);
        }

        double y = BracketedRoot.Find(at => CorrelationAt(1 - at, at) - value, Distance[i - 1], Distance[i]).Position;
        return (1 - y, y);
    }
}
