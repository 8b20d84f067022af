// Follows the replica-symmetric saddle from m = 0, where it is known in closed form, to any overlap and energy: predictor, damped Newton, step control.
using System;
using Thalweg.Models;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Complexity;

/// <summary>A point on the saddle with everything needed to go on from it.</summary>
/// <remarks>
/// The multiplier is eliminated by its own stationarity Φ'(t) = r sqrt(Q_2). Both t and r are functions of one coordinate y that runs through the edge of the bulk without a jump:
/// t = 2y, r sqrt(Q_2) = y for |y| ≤ 1 (t inside the bulk) and t = y + 1/y, r sqrt(Q_2) = 1/y for |y| ≥ 1 (outside, G = 1/y).
/// Unknowns are therefore y, d_0, q, ρ, d, r_* and, when the energy is held, β̂. A step in m or e is accepted only when the prediction is close, Newton contracts and the
/// determinant of the Jacobian keeps its sign; a step that cannot be halved further is the end of the branch. One step costs some microseconds and allocates nothing.
/// </remarks>
internal struct QuenchedBranch
{
    private const int Free = QuenchedAction.Count - 1, Held = QuenchedAction.Count;
    private const double FirstStep = 0.05, SmallestStep = 1e-12, LargestCorrection = 0.05, Rounding = 1e-13;

    private readonly Model model;
    private readonly double root2, unit;
    private readonly int unknowns;
    private readonly double orientation;
    private double y, energy, step;

    private QuenchedBranch(Model model, double y, ReplicaParameters z, double overlap, double energy, int unknowns)
    {
        this.model = model;
        this.y = y;
        this.energy = energy;
        this.unknowns = unknowns;
        root2 = Math.Sqrt(model.Noise.CurvatureAtOne);
        unit = Math.Sqrt(model.Noise.SlopeAtOne);
        step = FirstStep;
        Parameters = z;
        Overlap = overlap;
        Span<double> jacobian = stackalloc double[Held * Held], force = stackalloc double[Held];
        orientation = Math.Sign(Tangent(alongEnergy: false, jacobian[..(unknowns * unknowns)], force[..unknowns]));
    }

    /// <summary>m of this point.</summary>
    public double Overlap { get; private set; }

    /// <summary>The order parameters of this point.</summary>
    public ReplicaParameters Parameters { get; private set; }

    /// <summary>Why the last step failed; empty while on the branch.</summary>
    public string Obstacle { get; private set; } = string.Empty;

    /// <summary>Steps accepted so far.</summary>
    public int Steps { get; private set; }

    /// <summary>t, the shift of the bulk.</summary>
    public readonly double Shift => ShiftAt(y);

    /// <summary>True when the energy is held rather than free.</summary>
    public readonly bool HoldsEnergy => unknowns == Held;

    /// <summary>The total energy e: the one held, or the typical one of all stationary points at this overlap, where dΣ/de = 0.</summary>
    public readonly double Energy
    {
        get
        {
            if (HoldsEnergy)
            {
                return energy;
            }

            Covariance noise = model.Noise;
            var z = Parameters;
            return -(model.Signal.Q(Overlap) + noise.SlopeAtOne * z.Response - noise.DQ(z.ReplicaOverlap) * z.ReplicaResponse);
        }
    }

    /// <summary>The saddle of all stationary points at m = 0: t = 0, d_0 = 1/Q_1, everything else zero.</summary>
    /// <param name="model">A model whose Q and S have no linear term.</param>
    public static QuenchedBranch AtZeroOverlap(Model model) => new(model, 0, new(0, 1 / model.Noise.SlopeAtOne, 0, 0, 0, 0, 0), 0, 0, Free);

    /// <summary>The same point with the energy held from now on.</summary>
    public readonly QuenchedBranch HoldingEnergy() => new(model, y, Parameters, Overlap, Energy, Held);

    /// <summary>Follows the branch to another overlap, at free energy.</summary>
    /// <param name="target">m in (-1, 1).</param>
    /// <returns>False when the branch ends before; the point then is the last one reached.</returns>
    public bool AdvanceToOverlap(double target) => Advance(target, alongEnergy: false);

    /// <summary>Follows the branch to another energy, at held overlap.</summary>
    /// <param name="target">e.</param>
    /// <returns>False when the branch ends before; the point then is the last one reached.</returns>
    public bool AdvanceToEnergy(double target) => Advance(target, alongEnergy: true);

    /// <summary>Bounds on the rounding errors of the solution: |J⁻¹| (|residual| + rounding of its terms).</summary>
    /// <param name="errors">[i], the seven parameters in the order of <see cref="ReplicaParameters"/>, written.</param>
    /// <param name="shift">The bound for t, written.</param>
    /// <param name="second">The effect of the residual on the action, of second order, written.</param>
    public readonly void Errors(Span<double> errors, out double shift, out double second)
    {
        const double unitRoundoff = 2.220446049250313e-16;
        int n = unknowns;
        Span<double> force = stackalloc double[Held], magnitude = stackalloc double[Held], jacobian = stackalloc double[Held * Held], inverse = stackalloc double[Held * Held];
        QuenchedAction.Gradient(model, Overlap, energy, root2 * Shift, Parameters, force, magnitude);
        Jacobian(jacobian[..(n * n)], stackalloc double[Held]);
        inverse.Clear();
        for (int i = 0; i < n; i++)
        {
            inverse[i * n + i] = 1;
        }

        InPlaceElimination.Solve(jacobian[..(n * n)], inverse[..(n * n)], n, n);
        second = 0;
        for (int i = 0; i < Held; i++)
        {
            errors[i] = 0;
            for (int j = 0; i < n && j < n; j++)
            {
                errors[i] += Math.Abs(inverse[i * n + j]) * (Math.Abs(force[j]) + 4 * unitRoundoff * magnitude[j]);
            }

            second += i < n ? errors[i] * Math.Abs(force[i]) : 0;
        }

        shift = (Math.Abs(y) <= 1 ? 2 : 1 - 1 / (y * y) + errors[0]) * errors[0] + 2 * unitRoundoff * Math.Abs(Shift);
        errors[0] *= Math.Abs(ResponseSlope());
    }

    private bool Advance(double target, bool alongEnergy)
    {
        double scale = alongEnergy ? unit : 1, largest = alongEnergy ? 0.5 : 0.1;
        Obstacle = string.Empty;
        while (true)
        {
            double position = alongEnergy ? energy : Overlap, rest = target - position, length = Math.Min(Math.Abs(rest), step * scale);
            if (rest == 0)
            {
                return true;
            }

            double next = length == Math.Abs(rest) ? target : position + Math.Sign(rest) * length;
            var saved = this;
            if (Step(next, alongEnergy, out int iterations, out string obstacle))
            {
                Steps++;
                step = Math.Min(Math.Max(step, length / scale) * (iterations <= 4 ? 1.6 : 1), largest);
                continue;
            }

            this = saved;
            step = length / scale / 2;
            if (step < SmallestStep)
            {
                step = FirstStep;
                Obstacle = Diagnosis(alongEnergy, scale, obstacle);
                return false;
            }
        }
    }

    // Euler predictor along the tangent dz/dm (or dz/de), then Newton at the new position.
    private bool Step(double next, bool alongEnergy, out int iterations, out string obstacle)
    {
        int n = unknowns;
        Span<double> jacobian = stackalloc double[n * n], move = stackalloc double[n], force = stackalloc double[Held], unused = stackalloc double[Held];
        iterations = 0;
        double length = next - (alongEnergy ? energy : Overlap);
        if (Tangent(alongEnergy, jacobian, move) == 0)
        {
            obstacle = "the Hessian of the action is singular there";
            return false;
        }

        Apply(move, -length);
        (Overlap, energy) = alongEnergy ? (Overlap, next) : (next, energy);
        double previous = double.PositiveInfinity;
        for (iterations = 1; iterations <= 12; iterations++)
        {
            if (!InDomain())
            {
                obstacle = "the order parameters leave the domain q < 1, D > 0";
                return false;
            }

            QuenchedAction.Gradient(model, Overlap, energy, root2 * Shift, Parameters, force);
            Jacobian(jacobian, unused);
            force[..n].CopyTo(move);
            double determinant = InPlaceElimination.Solve(jacobian, move, n), size = Size(move);
            if (Math.Sign(determinant) != orientation || !double.IsFinite(size))
            {
                obstacle = "the Hessian of the action is singular there: the saddle meets another one or becomes unstable";
                return false;
            }

            bool rounding = size >= 0.5 * previous && previous < 1e-9;
            if (iterations == 1 ? size > LargestCorrection : size > 0.5 * previous && !rounding)
            {
                obstacle = "Newton's iteration does not contract there";
                return false;
            }

            if (rounding)
            {
                obstacle = string.Empty;
                return true;
            }

            Apply(move, -1);
            if (size < Rounding)
            {
                obstacle = InDomain() ? string.Empty : "the order parameters leave the domain q < 1, D > 0";
                return obstacle.Length == 0;
            }

            previous = size;
        }

        obstacle = "Newton's iteration does not converge there";
        return false;
    }

    // dz/dm or dz/de up to its sign, and the determinant of the Jacobian.
    private readonly double Tangent(bool alongEnergy, Span<double> jacobian, Span<double> move)
    {
        Span<double> alongOverlap = stackalloc double[Held];
        Jacobian(jacobian, alongOverlap);
        alongOverlap[..move.Length].CopyTo(move);
        if (alongEnergy)
        {
            move.Clear();
            move[^1] = 1;
        }

        return InPlaceElimination.Solve(jacobian, move, move.Length);
    }

    // At a fold the solution depends on m or e like a square root: its slope is large where no step succeeds.
    private readonly string Diagnosis(bool alongEnergy, double scale, string obstacle)
    {
        if (Parameters.ReplicaOverlap > 0.95)
        {
            return "the replicas coincide there, q -> 1, and the conjugate order parameters diverge";
        }

        Span<double> jacobian = stackalloc double[unknowns * unknowns], move = stackalloc double[unknowns];
        return Tangent(alongEnergy, jacobian, move) != 0 && Size(move) * scale > 100 ? "the branch folds back there, the Hessian of the action turns singular" : obstacle;
    }

    // The Jacobian of the gradient in (y, d_0, q, ρ, d, r_*, β̂): the first column carries dr/dy, and dμ/dy where the gradient in r contains -μ.
    private readonly void Jacobian(Span<double> jacobian, Span<double> alongOverlap)
    {
        int n = unknowns;
        Span<double> hessian = stackalloc double[Held * Held];
        QuenchedAction.Hessian(model, Overlap, Parameters, hessian, alongOverlap);
        double slope = ResponseSlope();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                jacobian[i * n + j] = hessian[i * Held + j] * (j == 0 ? slope : 1);
            }
        }

        jacobian[0] -= root2 * (Math.Abs(y) <= 1 ? 2 : 1 - 1 / (y * y));
    }

    private void Apply(ReadOnlySpan<double> move, double factor)
    {
        var z = Parameters;
        y += factor * move[0];
        Parameters = new(
            (Math.Abs(y) <= 1 ? y : 1 / y) / root2, z.Conjugate + factor * move[1], z.ReplicaOverlap + factor * move[2], z.ReplicaResponse + factor * move[3],
            z.ReplicaConjugate + factor * move[4], z.SignalResponse + factor * move[5], HoldsEnergy ? z.EnergyConjugate + factor * move[6] : 0);
    }

    // A length that does not change when noise and signal are measured in other units: responses scale as 1/sqrt(Q_1), conjugates as 1/Q_1. As q → 1 the conjugates diverge; then they count relatively.
    private readonly double Size(ReadOnlySpan<double> move)
    {
        double conjugates = unit * unit * (Math.Abs(move[1]) + Math.Abs(move[4])) / (1 + unit * unit * (Math.Abs(Parameters.Conjugate) + Math.Abs(Parameters.ReplicaConjugate)));
        double size = Math.Abs(move[0]) + Math.Abs(move[2]) + unit * (Math.Abs(move[3]) + Math.Abs(move[5])) + conjugates;
        return HoldsEnergy ? size + unit * Math.Abs(move[6]) : size;
    }

    private readonly bool InDomain()
    {
        var z = Parameters;
        double v = z.Response - z.ReplicaResponse;
        return z.ReplicaOverlap < 1 && (1 - z.ReplicaOverlap) * (z.Conjugate - z.ReplicaConjugate) + v * v > 0;
    }

    private readonly double ResponseSlope() => (Math.Abs(y) <= 1 ? 1 : -1 / (y * y)) / root2;

    private static double ShiftAt(double y) => Math.Abs(y) <= 1 ? 2 * y : y + 1 / y;
}
