// The numbered equations of the papers: what each says, and what it gives for a model.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Descent.FirstOrder;
using Thalweg.Growth;
using Thalweg.Instances;
using Thalweg.Results;
using Thalweg.Spectra;
using Thalweg.Thresholds;
using Thalweg.TwoTime;

namespace Thalweg.Runs;

/// <summary>A numbered equation.</summary>
/// <param name="Paper">The paper's key.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Title">What it is, a few words.</param>
/// <param name="Formula">The formula in plain text.</param>
/// <param name="Values">What it gives for a model, by name; null while no code implements it.</param>
public sealed record PaperEquation(string Paper, int Number, string Title, string Formula, Func<ModelChoice, IEnumerable<(string Name, Quantity Value)>>? Values)
{
    /// <summary>True when code implements it.</summary>
    public bool IsImplemented => Values is not null;
}

/// <summary>The equations that the product is built on, in the order of the papers.</summary>
public static class PaperEquations
{
    private const string Key = Papers.BigBadMinima;

    /// <summary>Every numbered equation, those without code included.</summary>
    public static IReadOnlyList<PaperEquation> All { get; } =
    [
        new(Key, 1, "the tensor that is observed", "T_{i1...ip} = eta_{i1...ip} + sqrt(N (p-1)!) sigma*_{i1} ... sigma*_{ip}", choice => [("a_p = 1/(p Delta_p)", Coefficient(choice, choice.Spiked?.TensorOrder ?? 3))]),
        new(Key, 2, "the matrix that is observed", "Y_ij = eta_ij + sqrt(N) sigma*_i sigma*_j", choice => [("a_2 = 1/(2 Delta_2)", Coefficient(choice, 2))]),
        new(Key, 3, "the loss", "l(sigma) = eps_p + eps_2 - m^p/(p Delta_p) - m^2/(2 Delta_2)", choice => [("N Var[noise] = Q(1)", Quantity.ClosedForm(choice.Model.Noise.AtOne)), ("l(sigma*) on average", Quantity.ClosedForm(-choice.Model.Signal.AtOne))]),
        new(Key, 4, "gradient flow on the sphere", "d sigma_i/dt = -mu(t) sigma_i - dl/dsigma_i", choice => [("loss at t = 10, instance 0 of seed 1 at N = 60, random start", Descended(choice))]),
        new(Key, 5, "the gradient-flow threshold", "Delta_2^GF = [-Delta_p + sqrt(Delta_p^2 + 4 (p-1) Delta_p)] / (2 (p-1))", choice => [("Delta_2^GF", GradientFlowThreshold.Of(choice.Family)), ("1/Delta_2^GF", GradientFlowThreshold.Inverse(choice.Family))]),
        new(Key, 6, "the Hessian at critical points of zero overlap", "H = sqrt(Q''(1)) [W + t I - theta e1 e1^T]", choice => Spectrum(new HessianSpectrum(choice.Model, 0, 2))),
        new(Key, 7, "the BBP transition of the threshold states", "theta = Q''(0)/sqrt(Q''(1)) = 1", choice => [("theta", Quantity.ClosedForm(HessianSpectrum.Spike(choice.Model, 0)))]),
        new(Key, 8, "correlation", "dC(t,t')/dt = -mu(t) C(t,t') + Q'(m(t)) m(t') + int_0^t R(t,s) Q''(C(t,s)) C(t',s) ds + int_0^t' R(t',s) Q'(C(t,s)) ds", choice => [("C(10, 5)", At(choice, dynamics => dynamics.Correlation(10, 5)))]),
        new(Key, 9, "response", "dR(t,t')/dt = -mu(t) R(t,t') + int_t'^t R(t,s) Q''(C(t,s)) R(s,t') ds", choice => [("R(10, 5)", At(choice, dynamics => dynamics.Response(10, 5)))]),
        new(Key, 10, "overlap", "dm(t)/dt = -mu(t) m(t) + Q'(m(t)) + int_0^t R(t,s) m(s) Q''(C(t,s)) ds", choice => [("d ln m/dt at t = 10, m infinitesimal", At(choice, dynamics => dynamics.GrowthRate(10)))]),
        new(Key, 11, "spherical constraint", "mu(t) = Q'(m(t)) m(t) + int_0^t R(t,s) [Q'(C(t,s)) + Q''(C(t,s)) C(t,s)] ds", choice => [("mu(10)", At(choice, dynamics => dynamics.Multiplier(10)))]),
        new(Key, 12, "overlap in the ageing regime", "dm/dt = -mu m + Q'(m) + int R_TTI Q''(1) m + int R_ag Q''(C_ag) m", choice => [("d ln m/dt at t = 10, from k + Q''(1)/k - mu", Predicted(choice))]),
        new(Key, 13, "its linear growth", "dm/dt = [-mu_inf + Q''(0) + Q''(1) Rbar] m", choice => [("as printed, k - sqrt(Q''(1))", AgeingGrowth.Undamped(choice.Model)), ("with the damping that it drops, (k - sqrt(Q''(1)))^2/k", AgeingGrowth.Limit(choice.Model))]),
        new(Key, 14, "where ageing becomes unstable toward the signal", "0 = -mu_inf + Q''(0) + Q''(1) Rbar, mu_inf = 2 sqrt(Q''(1)), Rbar = 1/sqrt(Q''(1))", choice => [("Delta_2 of marginal growth", GradientFlowThreshold.Of(choice.Family)), ("Q''(0) - sqrt(Q''(1))", Margin(choice))]),
    ];

    /// <summary>The equation of a paper and number, or null.</summary>
    /// <param name="paper">The paper's key.</param>
    /// <param name="number">Its number.</param>
    public static PaperEquation? Find(string paper, int number) => All.FirstOrDefault(equation => equation.Paper == paper && equation.Number == number);

    private static Quantity Coefficient(ModelChoice choice, int power) =>
        choice.Model.Noise.Coefficient(power) is > 0 and var coefficient ? Quantity.ClosedForm(coefficient) : Quantity.Missing("the mixture has no such term");

    // The two-time equations of a model, unplanted or with an infinitesimal overlap.
    private static Quantity At(ModelChoice choice, Func<TwoTimeDynamics, Quantity> observable)
    {
        bool follows = choice.Model.IsPlanted && choice.Model.Signal.Coefficient(1) == 0;
        var dynamics = TwoTimeDynamics.Solve(new TwoTimeProblem(choice.Model, logOverlap: follows ? 0 : null, isLinear: follows), 10, 1e-5);
        return dynamics.LastTime < 10 ? Quantity.Missing(dynamics.Sentence) : observable(dynamics);
    }

    // One flow over one drawn instance; its error is that of a hundred steps.
    private static Quantity Descended(ModelChoice choice)
    {
        if (Math.Max(choice.Model.Noise.Powers[^1], choice.Model.Signal.IsZero ? 0 : choice.Model.Signal.Powers[^1]) > 4)
        {
            return Quantity.Missing("powers above four take seconds at this N: use the command simulate");
        }

        const int n = 60;
        const double tolerance = 1e-9;
        var landscape = PackedInstance.Draw(choice.Model, n, 1, 0).Landscape();
        var start = new double[n];
        Trials.Start(landscape, null, 1, 0, start);
        var flow = GradientFlow.Run(landscape, start, new FlowOptions { EndTime = 10, OutputTimes = [10], Tolerance = tolerance });
        return flow.Status == Status.Converged ? Quantity.Of(flow.Loss[^1], 100 * tolerance, How.Simulation) : Quantity.Missing(flow.Sentence);
    }

    private static Quantity Predicted(ModelChoice choice) =>
        choice.Model.Signal.CurvatureAtZero > 0 ? At(choice, dynamics => Quantity.Of(AgeingGrowth.At(choice.Model, dynamics.Multiplier(10).Value), dynamics.Multiplier(10).Error, How.Estimate))
        : Quantity.Missing("there is no matrix signal, so nothing grows from zero overlap");

    private static Quantity Margin(ModelChoice choice)
    {
        double k = choice.Model.Signal.CurvatureAtZero, root = Math.Sqrt(choice.Model.Noise.CurvatureAtOne);
        return Quantity.ClosedForm(k - root, Math.Max(k, root));
    }

    private static IEnumerable<(string Name, Quantity Value)> Spectrum(HessianSpectrum spectrum) =>
        [("theta", Quantity.ClosedForm(spectrum.SpikeStrength)), ("left edge at threshold", spectrum.BulkLeft), ("right edge at threshold", spectrum.BulkRight), ("isolated eigenvalue at threshold", spectrum.Outlier)];
}
