// The quenched complexity against 40-digit solutions, against the annealed one where they agree, and against its own derivatives.
using System;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Complexity;

public class QuenchedComplexityTests
{
    private static QuenchedComplexity Spiked(int p, double tensorNoise, double u, bool planted = true) => new(SpikedMatrixTensor.FromInverseMatrixNoise(p, tensorNoise, u).ToModel(planted));

    // The last four columns: Σ, t, q, β̂ from a separate program that solves the same stationarity conditions with 40 digits (mpmath), continued from m = 0.
    // The 17 digits below lose at most half a unit in the last place, which the reported errors exceed.
    [Theory]
    [InlineData(3, 1, 1.5, true, 0.3, double.NaN, 0.074187523658235793671, 0.70340664682556835829, 0.22762285870398206172, 0.0)]
    [InlineData(3, 1, 1.5, true, -0.3, double.NaN, 0.099546049971956078393, 0.45806893154900588295, 0.18528548874870791133, 0.0)]
    [InlineData(3, 1, 2.7, true, 0.2, double.NaN, 0.057280985915016968466, 0.58653362145201350435, 0.21035359036056477537, 0.0)]
    [InlineData(4, 1, 1.5, true, 0.4, double.NaN, 0.13557052074450109142, 0.67939843117203605909, 0.29164533718799055741, 0.0)]
    [InlineData(3, 0.25, 8, true, 0.05, double.NaN, 0.13558705189558868981, 0.041700331839952527486, 0.021383994634688187738, 0.0)]
    [InlineData(3, 1, 1.5, false, 0.3, double.NaN, 0.11944882574074015825, 0.0, 0.15669868131429803572, 0.0)]
    [InlineData(3, 1, 1.5, true, 0.3, -1.5, 0.010031555709703286519, 1.9048246128840897292, 0.16583787169329660323, 0.13487100156940801812)]
    [InlineData(3, 1, 1.5, true, 0.2, -1.57, 0.00046401707183999267674, 1.9985644984136197401, 0.10558578072621213634, 0.18638221287061264655)]
    [InlineData(3, 1, 1.5, true, 0.2, 0.5, 0.089970050650463404226, -0.64284847638130604557, 0.1807669620853473766, -0.10300563314510981265)]
    public void Solution_agrees_with_forty_digits_within_its_errors(int p, double tensorNoise, double u, bool planted, double m, double e, double complexity, double shift, double q, double β)
    {
        var solver = Spiked(p, tensorNoise, u, planted);
        var point = double.IsNaN(e) ? solver.At(m) : solver.At(m, e);
        Assert.Equal(QuenchedStatus.OnBranch, point.Status);
        AssertWithin(complexity, point.Complexity, 1e-12);
        AssertWithin(shift, point.BulkShift, 1e-11);
        AssertWithin(q, point.Order!.ReplicaOverlap, 1e-11);
        AssertWithin(β, point.Order.EnergyConjugate, 1e-11);
    }

    private static void AssertWithin(double expected, Quantity quantity, double largestError)
    {
        Assert.InRange(Math.Abs(quantity.Value - expected), 0, quantity.Error);
        Assert.InRange(quantity.Error, 0, largestError);
    }

    [Fact]
    public void Quenched_is_annealed_without_overlap()
    {
        foreach (var (_, model) in ModelCatalog.All.Where(item => item.Model.Noise.Coefficient(1) == 0))
        {
            var solver = new QuenchedComplexity(model);
            AssertNear(AnnealedReference.AllEnergies(model, 0).Complexity, solver.At(0).Complexity);
            double unit = Math.Sqrt(model.Noise.AtOne);
            var end = ReplicaStability.InstabilityEnergy(model.Noise);
            foreach (double e in (double[])[-1.5 * unit, -0.8 * unit, 0.3 * unit, 1.2 * unit])
            {
                if (end.Exists && e <= end.Value)
                {
                    continue;
                }

                var point = solver.At(0, e);
                var (complexity, shift) = AnnealedReference.AtEnergy(model, 0, e);
                Assert.Equal(QuenchedStatus.OnBranch, point.Status);
                AssertNear(complexity, point.Complexity);
                AssertNear(shift, point.BulkShift);
            }
        }
    }

    // exact: two formulas for one number; the reference has rounding of its own.
    private static void AssertNear(double expected, Quantity quantity) => Assert.InRange(Math.Abs(quantity.Value - expected), 0, quantity.Error + 1e-14);

    [Fact]
    public void Quenched_lies_below_annealed_elsewhere()
    {
        foreach (var (_, model) in ModelCatalog.All.Where(item => item.Model.Noise.Coefficient(1) == 0))
        {
            foreach (var point in new QuenchedComplexity(model).Curve([-0.25, -0.1, 0.1, 0.25]))
            {
                Assert.Equal(QuenchedStatus.OnBranch, point.Status);
                double gap = AnnealedReference.AllEnergies(model, point.Overlap).Complexity - point.Complexity.Value;
                Assert.True(gap > 0, $"{model.Noise} at m = {point.Overlap}: {gap:E2}");
            }
        }
    }

    [Fact]
    public void Numbers_of_the_trapped_point()
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 1.5).ToModel();
        var solver = new QuenchedComplexity(model);
        Assert.Equal(0.08113158, AnnealedReference.AllEnergies(model, 0.3).Complexity, 1e-8);
        Assert.Equal(0.07418752, solver.At(0.3).Complexity.Value, 1e-8);
        Assert.Equal(0, AnnealedReference.AllEnergies(model, 0.494379).Complexity, 1e-7);
        AssertWithin(0.442561302997933, solver.LargestOverlap(), 1e-12);
        Assert.Equal(-1.57053403736, solver.LowestEnergy(0).Value, 1e-11);
    }

    [Fact]
    public void Slopes_are_the_conjugates()
    {
        const double h = 1e-3, m = 0.2, e = -1.3;
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 1.5).ToModel();
        var solver = new QuenchedComplexity(model);
        double Slope(Func<double, double> f) => (4 * (f(h / 2) - f(-h / 2)) / h - (f(h) - f(-h)) / (2 * h)) / 3;

        // converged(order 4): h^4 = 1e-12 times derivatives of order 100, and rounding 1e-14/h.
        Assert.Equal(solver.At(m, e).Order!.EnergyConjugate.Value, Slope(x => solver.At(m, e + x).Complexity.Value), 1e-9);
        var order = solver.At(m).Order!;
        var z = new ReplicaParameters(
            order.Response.Value, order.Conjugate.Value, order.ReplicaOverlap.Value, order.ReplicaResponse.Value, order.ReplicaConjugate.Value, order.SignalResponse.Value, 0);
        Assert.Equal(QuenchedAction.OverlapSlope(model, m, z), Slope(x => solver.At(m + x).Complexity.Value), 1e-9);
    }

    [Fact]
    public void Typical_energy_is_the_maximum_over_energies()
    {
        var solver = Spiked(3, 1, 1.5);
        var free = solver.At(0.25);
        var held = solver.At(0.25, free.Energy.Value);
        Assert.Equal(free.Complexity.Value, held.Complexity.Value, 1e-14);
        Assert.True(solver.At(0.25, free.Energy.Value - 0.05).Complexity.Value < free.Complexity.Value - 1e-5);
        Assert.True(solver.At(0.25, free.Energy.Value + 0.05).Complexity.Value < free.Complexity.Value - 1e-5);
    }

    // exact: ∂Σ/∂β̂ = e + S(m) + Q_1 r - Q'(q) ρ = 0 at β̂ = 0, up to the rounding of its terms and the errors of the order parameters.
    [Fact]
    public void Typical_energy_is_minus_signal_and_responses()
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 1.5).ToModel();
        var noise = model.Noise;
        foreach (double m in (double[])[-0.3, 0.1, 0.3, 0.44, 0.499])
        {
            var point = new QuenchedComplexity(model).At(m);
            var order = point.Order!;
            double q = order.ReplicaOverlap.Value, ρ = order.ReplicaResponse.Value;
            Assert.Equal(-(model.Signal.Q(m) + noise.SlopeAtOne * order.Response.Value - noise.DQ(q) * ρ), point.Energy.Value, 1e-14);
            double slopes = noise.SlopeAtOne * order.Response.Error + noise.DQ(q) * order.ReplicaResponse.Error + Math.Abs(noise.D2Q(q) * ρ) * order.ReplicaOverlap.Error;
            Assert.InRange(point.Energy.Error, slopes, slopes + 1e-14);
        }
    }

    [Fact]
    public void Counting_knows_no_unit_of_energy()
    {
        const double c = 37;
        var model = MixtureParser.Parse("0.5 x^2 + 0.3 x^3 + 0.1 x^4");
        var signal = MixtureParser.Parse("0.4 x^2 + 0.1 x^3");
        var scaledModel = Covariance.FromTerms(model.Powers.ToArray().Zip(model.Coefficients.ToArray(), (k, a) => (k, c * c * a)));
        var scaledSignal = Covariance.FromTerms(signal.Powers.ToArray().Zip(signal.Coefficients.ToArray(), (k, a) => (k, c * a)));
        QuenchedComplexity plain = new(new Model("plain", model, signal)), scaled = new(new Model("scaled", scaledModel, scaledSignal));
        QuenchedPoint a = plain.At(0.3, -1), b = scaled.At(0.3, -c);
        Assert.Equal(a.Complexity.Value, b.Complexity.Value, 1e-12);
        Assert.Equal(a.BulkShift.Value, b.BulkShift.Value, 1e-11);
        Assert.Equal(a.Order!.ReplicaOverlap.Value, b.Order!.ReplicaOverlap.Value, 1e-11);
    }

    [Fact]
    public void Without_signal_both_sides_are_alike()
    {
        var solver = Spiked(3, 1, 1.5, planted: false);
        QuenchedPoint left = solver.At(-0.3), right = solver.At(0.3);
        Assert.Equal(left.Complexity.Value, right.Complexity.Value, 1e-14);
        Assert.Equal(0, right.BulkShift.Value, 1e-14);
        Assert.Equal(-solver.LargestOverlap(-1).Value, solver.LargestOverlap().Value, 1e-12);
    }

    [Fact]
    public void A_lost_branch_is_said()
    {
        var solver = Spiked(3, 1, 1.5);
        var curve = solver.Curve([0.6, 0.45, 0.499]);
        Assert.Equal([QuenchedStatus.BranchLost, QuenchedStatus.OnBranch, QuenchedStatus.OnBranch], curve.Select(point => point.Status));
        Assert.False(curve[0].Complexity.Exists);
        Assert.Contains("ends at m = 0.4999", curve[0].Sentence, StringComparison.Ordinal);
        Assert.Contains("replicas coincide", curve[0].Sentence, StringComparison.Ordinal);
        Assert.True(curve[1].Complexity.Value < 0, "the branch is lost only after the complexity has vanished");

        // At held energy the branch folds back; a Newton iteration without checks lands on another branch there (q = -0.0036 < m² at e = -1.6).
        Assert.Equal(QuenchedStatus.OnBranch, solver.At(0.1, -1.58).Status);
        Assert.Contains("folds back", solver.At(0.1, -1.6).Sentence, StringComparison.Ordinal);

        // p = 4 beyond u = a: the saddle q = 0 turns singular before the complexity vanishes, and it is not followed further.
        var quartic = Spiked(4, 1, 1.5);
        var end = ReplicaStability.InstabilityEnergy(SpikedMatrixTensor.FromInverseMatrixNoise(4, 1, 1.5).ToCovariance());
        Assert.Equal(QuenchedStatus.OnBranch, quartic.At(0, end.Value + 1e-5).Status);
        Assert.Equal(QuenchedStatus.BranchLost, quartic.At(0, end.Value - 1e-5).Status);
        Assert.Contains("singular", quartic.LowestEnergy(0).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_without_a_start_are_refused_as_values()
    {
        foreach (string mixture in (string[])["0.3 x + 0.5 x^3", "0.5 x^2"])
        {
            var solver = new QuenchedComplexity(Model.FromMixture("mixture", MixtureParser.Parse(mixture), planted: true));
            Assert.Equal(QuenchedStatus.Undefined, solver.At(0.1).Status);
            Assert.Equal(QuenchedStatus.Undefined, solver.At(0.1, -1).Status);
            Assert.False(solver.LargestOverlap().Exists);
            Assert.False(solver.LowestEnergy(0.1).Exists);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Spiked(3, 1, 1).At(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Spiked(3, 1, 1).At(0.1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Spiked(3, 1, 1).LargestOverlap(0));
        Assert.False(Spiked(3, 1, 1.5).LowestEnergy(0.47).Exists);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var solver = Spiked(3, 1, 1.5);
        Assert.Equal(Allocated(() => solver.At(0.001)), Allocated(() => solver.At(0.44)));
    }

    private static long Allocated(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
