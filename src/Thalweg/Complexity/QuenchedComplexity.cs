// The quenched complexity: the typical, not the average, number of stationary points at an overlap and, if wanted, at an energy.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Models;
using Thalweg.Numerics.Roots;
using Thalweg.Results;

namespace Thalweg.Complexity;

/// <summary>What became of the saddle that is continued from m = 0.</summary>
public enum QuenchedStatus
{
    /// <summary>The numbers belong to the saddle connected with the exact one at m = 0.</summary>
    OnBranch,

    /// <summary>That saddle ends or turns singular before the point asked for: there are no numbers.</summary>
    BranchLost,

    /// <summary>The model has no such saddle to start from.</summary>
    Undefined,
}

/// <summary>The order parameters of a solution, each with its numerical error: see <see cref="ReplicaParameters"/>.</summary>
/// <param name="Response">r.</param>
/// <param name="Conjugate">d_0.</param>
/// <param name="ReplicaOverlap">q: the overlap of two typical stationary points at this m; above m², so they repel the annealed picture of independent ones.</param>
/// <param name="ReplicaResponse">ρ.</param>
/// <param name="ReplicaConjugate">d.</param>
/// <param name="SignalResponse">r_*.</param>
/// <param name="EnergyConjugate">β̂ = dΣ/de.</param>
public sealed record QuenchedOrder(
    Quantity Response, Quantity Conjugate, Quantity ReplicaOverlap, Quantity ReplicaResponse, Quantity ReplicaConjugate, Quantity SignalResponse, Quantity EnergyConjugate);

/// <summary>The quenched complexity at one point, or the sentence why there is none.</summary>
/// <param name="Overlap">m.</param>
/// <param name="Status">Whether the branch reaches this point.</param>
/// <param name="Sentence">Where and why it ends; empty on the branch.</param>
/// <param name="Complexity">Σ_q per N; negative where typically no stationary point exists.</param>
/// <param name="Energy">e, total loss per N: the energy held, or that of typical stationary points at this overlap.</param>
/// <param name="BulkShift">t: below 2 stationary points have extensive index.</param>
/// <param name="Order">The order parameters; null off the branch.</param>
public sealed record QuenchedPoint(double Overlap, QuenchedStatus Status, string Sentence, Quantity Complexity, Quantity Energy, Quantity BulkShift, QuenchedOrder? Order);

/// <summary>
/// Σ_q(m) = lim (1/N) E log(number of stationary points at overlap m), and Σ_q(m, e) with the energy held, in the replica-symmetric approximation: the extremum of <see cref="QuenchedAction"/>
/// over its order parameters and over the shift of the Hessian, followed from m = 0.
/// </summary>
/// <remarks>
/// At m = 0 the saddle has q = ρ = d = r_* = 0 and equals the annealed complexity. Elsewhere Σ_q &lt; Σ_a. The errors are bounds on rounding only: replica symmetry itself is an assumption, exact at
/// m = 0 where <see cref="ReplicaStability"/> holds and not verified elsewhere. All indices are counted together; the minima-only count at m ≠ 0 is not given here.
/// </remarks>
public sealed class QuenchedComplexity
{
    private readonly Model model;
    private readonly string? refusal;

    /// <summary>Prepares the continuation.</summary>
    /// <param name="model">Noise and signal of any shape; without linear terms, and noise other than a pure matrix.</param>
    /// <remarks>A model outside this domain is not an error: every result then says <see cref="QuenchedStatus.Undefined"/> and why.</remarks>
    public QuenchedComplexity(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        refusal = model.Noise.Coefficient(1) > 0 || model.Signal.Coefficient(1) > 0
            ? "a term linear in the overlap pins the stationary points: q = 0 is no saddle at m = 0, and the continuation has no known start"
            : model.Noise.IsPure && model.Noise.Powers[0] == 2
                ? "a pure matrix has 2N stationary points: the complexity is zero and its saddle at m = 0 is degenerate"
                : null;
    }

    /// <summary>Σ_q(m): stationary points of every energy and index.</summary>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">m outside (-1, 1).</exception>
    public QuenchedPoint At(double overlap) => Curve([overlap])[0];

    /// <summary>Σ_q(m, e): stationary points of one total energy.</summary>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <param name="energy">e, total loss per N including the signal's -S(m).</param>
    /// <exception cref="ArgumentOutOfRangeException">m outside (-1, 1), or an energy that is not finite.</exception>
    public QuenchedPoint At(double overlap, double energy) => EnergyCurve(overlap, [energy])[0];

    /// <summary>Σ_q(m) at many overlaps in one continuation.</summary>
    /// <param name="overlaps">[i], each in (-1, 1), in any order.</param>
    /// <returns>[i], in the same order; some ten microseconds an overlap.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An overlap outside (-1, 1).</exception>
    public IReadOnlyList<QuenchedPoint> Curve(IReadOnlyList<double> overlaps)
    {
        ArgumentNullException.ThrowIfNull(overlaps);
        var points = new QuenchedPoint[overlaps.Count];
        foreach (int sign in (int[])[1, -1])
        {
            QuenchedBranch? branch = null;
            foreach (int i in Enumerable.Range(0, overlaps.Count).Where(i => overlaps[i] < 0 == sign < 0).OrderBy(i => Math.Abs(Checked(overlaps[i]))))
            {
                points[i] = refusal is null ? Reached(branch ?? QuenchedBranch.AtZeroOverlap(model), overlaps[i], out branch) : Refused(overlaps[i], QuenchedStatus.Undefined, refusal);
            }
        }

        return points;
    }

    /// <summary>Σ_q(m, e) at one overlap and many energies, each continued from the typical energy at that overlap.</summary>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <param name="energies">[i], finite, in any order.</param>
    /// <returns>[i], in the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">m outside (-1, 1), or an energy that is not finite.</exception>
    public IReadOnlyList<QuenchedPoint> EnergyCurve(double overlap, IReadOnlyList<double> energies)
    {
        ArgumentNullException.ThrowIfNull(energies);
        var points = new QuenchedPoint[energies.Count];
        var start = StartAt(Checked(overlap), out var none);
        double typical = start?.Energy ?? 0;
        foreach (int sign in (int[])[1, -1])
        {
            var branch = start;
            foreach (int i in Enumerable.Range(0, energies.Count).Where(i => Finite(energies[i]) < typical == sign < 0).OrderBy(i => Math.Abs(energies[i] - typical)))
            {
                if (branch is not { } here)
                {
                    points[i] = none!;
                    continue;
                }

                points[i] = here.AdvanceToEnergy(energies[i]) ? Point(here) : Refused(overlap, QuenchedStatus.BranchLost, LostAtEnergy(here));
                branch = here;
            }
        }

        return points;
    }

    /// <summary>The overlap beyond which typically no stationary point exists on the branch: the first zero of Σ_q(m) away from m = 0.</summary>
    /// <param name="sign">+1 for positive overlaps, -1 for negative ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another sign.</exception>
    public Quantity LargestOverlap(int sign = 1)
    {
        if (sign is not (1 or -1))
        {
            throw new ArgumentOutOfRangeException(nameof(sign), sign, "a sign is +1 or -1");
        }

        if (refusal is not null)
        {
            return Quantity.Missing(refusal);
        }

        var branch = QuenchedBranch.AtZeroOverlap(model);
        return FirstZero(branch, sign * 0.02, sign * 0.999, (ref QuenchedBranch here, double m) => here.AdvanceToOverlap(m), here => here.Overlap, here => QuenchedAction.OverlapSlope(model, here.Overlap, here.Parameters), LostAtOverlap);
    }

    /// <summary>The lowest energy at which stationary points typically exist at an overlap: the zero of Σ_q(m, e) below the typical energy.</summary>
    /// <param name="overlap">m in (-1, 1), where Σ_q(m) &gt; 0.</param>
    /// <remarks>At m = 0 this is the ground-state energy of the landscape without signal, compare <see cref="GroundStateEnergy"/>.</remarks>
    public Quantity LowestEnergy(double overlap)
    {
        if (StartAt(Checked(overlap), out var none) is not { } branch)
        {
            return Quantity.Missing(none!.Sentence);
        }

        if (Value(branch) <= 0)
        {
            return Quantity.Missing($"the complexity is not positive at m = {overlap:R}: typically there are no stationary points at any energy");
        }

        double unit = Math.Sqrt(model.Noise.AtOne);
        return FirstZero(branch, -0.1 * unit, -40 * unit, (ref QuenchedBranch here, double e) => here.AdvanceToEnergy(e), here => here.Energy, here => here.Parameters.EnergyConjugate, LostAtEnergy);
    }

    private delegate bool Advance(ref QuenchedBranch branch, double target);

    // Walks until the complexity changes sign, then closes the bracket; every evaluation goes on from the last point with a positive complexity.
    private Quantity FirstZero(QuenchedBranch branch, double stride, double range, Advance advance, Func<QuenchedBranch, double> position, Func<QuenchedBranch, double> slope, Func<QuenchedBranch, string> lost)
    {
        double origin = position(branch);
        for (int k = 1; Math.Abs(k * stride) <= Math.Abs(range); k++)
        {
            var next = branch;
            bool reached = advance(ref next, origin + k * stride);
            if (Value(next) <= 0)
            {
                var root = BracketedRoot.Find(target => Value(Reach(branch, target, advance, next)), position(branch), position(next));
                var end = Reach(branch, root.Position, advance, next);
                double blur = (Math.Abs(Value(end)) + 2 * Error(end)) / Math.Abs(slope(end));
                return Quantity.Of(root.Position, blur + 4 * Quantity.Unit * Math.Abs(root.Position), How.Root);
            }

            if (!reached)
            {
                return Quantity.Missing("the complexity is still positive where the branch ends: " + lost(next));
            }

            branch = next;
        }

        return Quantity.Missing("the complexity does not vanish on the branch");
    }

    private static QuenchedBranch Reach(QuenchedBranch branch, double target, Advance advance, in QuenchedBranch end) => advance(ref branch, target) ? branch : end;

    private QuenchedBranch? StartAt(double overlap, out QuenchedPoint? none)
    {
        if (refusal is not null)
        {
            none = Refused(overlap, QuenchedStatus.Undefined, refusal);
            return null;
        }

        var branch = QuenchedBranch.AtZeroOverlap(model);
        none = branch.AdvanceToOverlap(overlap) ? null : Refused(overlap, QuenchedStatus.BranchLost, LostAtOverlap(branch));
        return none is null ? branch.HoldingEnergy() : null;
    }

    private QuenchedPoint Reached(QuenchedBranch branch, double overlap, out QuenchedBranch? left)
    {
        bool reached = branch.AdvanceToOverlap(overlap);
        left = branch;
        return reached ? Point(branch) : Refused(overlap, QuenchedStatus.BranchLost, LostAtOverlap(branch));
    }

    private QuenchedPoint Point(QuenchedBranch branch)
    {
        var z = branch.Parameters;
        Span<double> errors = stackalloc double[QuenchedAction.Count];
        branch.Errors(errors, out double shiftError, out _);
        double slope = model.Noise.SlopeAtOne, energyError = slope * errors[0] + Math.Abs(model.Noise.DQ(z.ReplicaOverlap)) * errors[3]
            + Math.Abs(model.Noise.D2Q(z.ReplicaOverlap) * z.ReplicaResponse) * errors[2] + 8 * Quantity.Unit * (model.Signal.AtOne + slope * Math.Abs(z.Response));
        var order = new QuenchedOrder(
            Of(z.Response, errors[0]), Of(z.Conjugate, errors[1]), Of(z.ReplicaOverlap, errors[2]), Of(z.ReplicaResponse, errors[3]),
            Of(z.ReplicaConjugate, errors[4]), Of(z.SignalResponse, errors[5]), Of(z.EnergyConjugate, errors[6]));
        var energy = branch.HoldsEnergy ? Quantity.ClosedForm(branch.Energy) : Of(branch.Energy, energyError);
        return new(branch.Overlap, QuenchedStatus.OnBranch, string.Empty, Of(Value(branch), Error(branch)), energy, Of(branch.Shift, shiftError), order);
    }

    private double Value(in QuenchedBranch branch) =>
        QuenchedAction.Of(model, branch.Overlap, branch.Energy, branch.Shift * Math.Sqrt(model.Noise.CurvatureAtOne), branch.Parameters, out _);

    // The action is stationary, so that errors of the order parameters enter in second order only; what remains is the rounding of its terms.
    private double Error(in QuenchedBranch branch)
    {
        QuenchedAction.Of(model, branch.Overlap, branch.Energy, branch.Shift * Math.Sqrt(model.Noise.CurvatureAtOne), branch.Parameters, out double magnitude);
        Span<double> errors = stackalloc double[QuenchedAction.Count];
        branch.Errors(errors, out _, out double second);
        return 4 * Quantity.Unit * magnitude + second;
    }

    private static string LostAtOverlap(QuenchedBranch branch) => $"the replica-symmetric saddle continued from m = 0 ends at m = {branch.Overlap:0.00000000}, q = {branch.Parameters.ReplicaOverlap:0.0000}: {branch.Obstacle}";

    private static string LostAtEnergy(QuenchedBranch branch) =>
        $"the replica-symmetric saddle at m = {branch.Overlap:R}, continued from the typical energy, ends at e = {branch.Energy:0.00000000}, q = {branch.Parameters.ReplicaOverlap:0.0000}: {branch.Obstacle}";

    private static QuenchedPoint Refused(double overlap, QuenchedStatus status, string sentence) =>
        new(overlap, status, sentence, Quantity.Missing(sentence), Quantity.Missing(sentence), Quantity.Missing(sentence), null);

    private static Quantity Of(double value, double error) => Quantity.Of(value, error, How.Root);

    private static double Checked(double overlap) =>
        overlap is > -1 and < 1 ? overlap : throw new ArgumentOutOfRangeException(nameof(overlap), overlap, "an overlap lies in (-1, 1)");

    private static double Finite(double energy) =>
        double.IsFinite(energy) ? energy : throw new ArgumentOutOfRangeException(nameof(energy), energy, "an energy is finite");
}
