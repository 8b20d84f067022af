// The tube of Du et al. (2017): d saddles one after another, which plain gradient descent passes in exponential time and perturbed descent in linear time.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Random;

namespace Thalweg.Problems;

/// <summary>
/// With a_j = |x_j|, a profile h and a gate w, f(x) = Σ_j [L a_j² + P_j (h(a_j) - L a_j²)], P_j = Π_{k&lt;j} w(a_k): a coordinate is held at zero by a stiff spring until all those before it have passed 2τ; then it stands on a ridge of curvature -2γ, from which it rolls to 4τ.
/// </summary>
/// <remarks>
/// Du, Jin, Lee, Jordan, Singh, Póczos, Gradient Descent Can Take Exponential Time to Escape Saddle Points, arXiv 1705.10412. h(t) is -γ t² up to τ, g_1(t) = -γ t² + (10γ - 14L)(t-τ)³/(3τ) + (5L - 3γ)(t-τ)⁴/(2τ²) up to 2τ, L (t-4τ)² - ν beyond, with ν = (13γ + 37L) τ²/6;
/// w is 0 up to τ, 10u³ - 15u⁴ + 6u⁵ with u = (t-τ)/τ up to 2τ, 1 beyond, so that L - (L+γ) w is the g_2 of the paper. Where the paper defines f (a_j ≤ τ for all j after the first a_i ≤ 2τ) the sum is its f; elsewhere it is an extension of the same form, so that f is twice
/// continuously differentiable on all of R^d. Saddle k has its first k coordinates at 4τ and the others at 0, the value -kν and the eigenvalues -2γ (once) and 2L; the minima have all coordinates at ±4τ and the value -dν.
/// </remarks>
public sealed class Tube : Problem
{
    // A list of all saddles takes d² numbers.
    private const int MostKnown = 64;
    private readonly double third, fourth;

    /// <summary>A tube.</summary>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="stiffness">L ≥ γ.</param>
    /// <param name="instability">γ > 0.</param>
    /// <param name="scale">τ > 0; e in the paper's experiments, and here when null.</param>
    public Tube(int dimension, double stiffness, double instability = 1, double? scale = null)
    {
        double τ = scale ?? Math.E;
        if (!(instability > 0) || !(stiffness >= instability && double.IsFinite(stiffness)))
        {
            throw new ArgumentOutOfRangeException(nameof(stiffness), stiffness, $"must be at least γ = {instability}, which must be above 0");
        }

        if (!(τ > 0 && double.IsFinite(τ)))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "must be above 0");
        }

        (Dimension, Stiffness, Instability, Scale, Manifold) = (dimension, stiffness, instability, τ, new EuclideanSpace(dimension));
        (third, fourth) = ((10 * instability - 14 * stiffness) / 3, (5 * stiffness - 3 * instability) / 2);
        Depth = (13 * instability + 37 * stiffness) / 6 * τ * τ;
        KnownPoints = [.. Enumerable.Range(0, dimension + 1).Where(k => dimension <= MostKnown || k == 0 || k >= dimension - 1).Select(At)];
    }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>L.</summary>
    public double Stiffness { get; }

    /// <summary>γ.</summary>
    public double Instability { get; }

    /// <summary>τ.</summary>
    public double Scale { get; }

    /// <summary>ν: by how much the value falls from one saddle to the next.</summary>
    public double Depth { get; }

    /// <summary>η = 1/(4L), the step of the paper's experiments.</summary>
    public double PublishedStep => 0.25 / Stiffness;

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override double? GlobalValue => -Dimension * Depth;

    /// <inheritdoc/>
    /// <remarks>Beyond 64 dimensions the first saddle, the last and the minimum.</remarks>
    public override IReadOnlyList<KnownPoint> KnownPoints { get; }

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape(this);

    /// <summary>A start that is uniform in [-1, 1]^d.</summary>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="point">[i], overwritten.</param>
    public override void Start(PhiloxStream stream, Span<double> point)
    {
        ArgumentNullException.ThrowIfNull(stream);
        foreach (ref double x in point)
        {
            x = 2 * stream.NextUniform() - 1;
        }
    }

    /// <summary>h and its first two derivatives.</summary>
    /// <param name="t">At or above 0.</param>
    public (double Value, double First, double Second) Profile(double t)
    {
        double u = (t - Scale) / Scale, away = t - 4 * Scale;
        return u <= 0 ? (-Instability * t * t, -2 * Instability * t, -2 * Instability)
            : u >= 1 ? (Stiffness * away * away - Depth, 2 * Stiffness * away, 2 * Stiffness)
            : (-Instability * t * t + Scale * Scale * u * u * u * (third + fourth * u), -2 * Instability * t + Scale * u * u * (3 * third + 4 * fourth * u), -2 * Instability + u * (6 * third + 12 * fourth * u));
    }

    /// <summary>w and its first two derivatives.</summary>
    /// <param name="t">At or above 0.</param>
    public (double Value, double First, double Second) Gate(double t)
    {
        double u = (t - Scale) / Scale;
        return u <= 0 ? (0, 0, 0) : u >= 1 ? (1, 0, 0) : (u * u * u * (10 + u * (6 * u - 15)), 30 * u * u * (1 - u) * (1 - u) / Scale, 60 * u * (1 - u) * (1 - 2 * u) / (Scale * Scale));
    }

    private KnownPoint At(int passed)
    {
        double[] point = new double[Dimension], spectrum = new double[Dimension];
        Array.Fill(point, 4 * Scale, 0, passed);
        Array.Fill(spectrum, 2 * Stiffness);
        if (passed < Dimension)
        {
            spectrum[0] = -2 * Instability;
        }

        return new(passed < Dimension ? $"saddle {passed}" : "minimum", point, -passed * Depth, spectrum);
    }

    // With c_j = h - L a² and S_j = c_j + w_j S_{j+1} the value is Σ L a_j² + S_1 and ∂S_1/∂a_j = P_j e_j, e_j = c_j' + w_j' S_{j+1}.
    private sealed class Landscape(Tube tube) : ILandscape
    {
        private readonly double[] share = new double[tube.Dimension], gate = new double[tube.Dimension], slope = new double[tube.Dimension], pull = new double[tube.Dimension], bend = new double[tube.Dimension];

        public int Dimension => tube.Dimension;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            double value = Terms(point);
            for (int j = 0; j < gradient.Length; j++)
            {
                gradient[j] = 2 * tube.Stiffness * point[j] + share[j] * (point[j] < 0 ? -pull[j] : pull[j]);
            }

            return value;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            Terms(point);
            double later = 0;
            for (int j = product.Length - 1; j >= 0; j--)
            {
                double v = point[j] < 0 ? -direction[j] : direction[j];
                product[j] = 2 * tube.Stiffness * v + share[j] * (bend[j] * v + slope[j] * later);
                later = pull[j] * v + gate[j] * later;
            }

            double earlier = 0;
            for (int j = 0; j < product.Length; j++)
            {
                double v = point[j] < 0 ? -direction[j] : direction[j], sum = product[j] + earlier * pull[j];
                earlier = earlier * gate[j] + share[j] * slope[j] * v;
                product[j] = point[j] < 0 ? -sum : sum;
            }
        }

        private double Terms(ReadOnlySpan<double> point)
        {
            double open = 1, rest = 0, springs = 0;
            for (int j = 0; j < point.Length; j++)
            {
                share[j] = open;
                open *= tube.Gate(Math.Abs(point[j])).Value;
            }

            for (int j = point.Length - 1; j >= 0; j--)
            {
                double a = Math.Abs(point[j]), stiffness = tube.Stiffness;
                var (h, dh, d2h) = tube.Profile(a);
                (gate[j], slope[j], double curve) = tube.Gate(a);
                (pull[j], bend[j]) = (dh - 2 * stiffness * a + slope[j] * rest, d2h - 2 * stiffness + curve * rest);
                rest = h - stiffness * a * a + gate[j] * rest;
                springs += stiffness * a * a;
            }

            return springs + rest;
        }
    }
}
