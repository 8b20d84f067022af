// The enumeration of stationary points: quadratic forms by their eigenvectors, honesty about what is missing, no allocation.
using System;
using System.Linq;
using Thalweg.Instances;
using Thalweg.Models;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Random;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Instances;

public class CriticalPointEnumerationTests
{
    private static readonly Model Spiked = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 1.5).ToModel();

    // exact: the stationary points of a quadratic form σ^T A σ on the sphere are plus and minus its eigenvectors, with energy λ_k and index k.
    [Fact]
    public void Quadratic_form_has_its_eigenvectors()
    {
        const int n = 5;
        var instance = SmallInstance.Draw(Model.FromMixture("form", Covariance.Pure(2, 0.5), planted: true), n, 1, 0);
        var set = CriticalPointEnumeration.Of(instance, new EnumerationRule(), 1, 0);
        double[] gradient = new double[n], hessian = new double[n * n];
        instance.Evaluate(set.Points[0].Configuration, gradient, hessian, new double[instance.WorkspaceLength]);
        var eigen = SymmetricEigen.Of(hessian, n);
        Assert.True(set.IsComplete);
        Assert.Equal([2, 2, 2, 2, 2], set.CountByIndex(n));
        for (int k = 0; k < 2 * n; k++)
        {
            Assert.Equal(eigen.Values[k / 2] / 2, set.Points[k].EnergyDensity, 1e-14);
            Assert.Equal(k / 2, set.Points[k].Index);
            Assert.Equal(1, set.Points[k].Configuration.Sum(x => x * x), 1e-14);
            Assert.Equal(set.Points[k].Overlap, set.Points[k].Configuration[0]);
        }
    }

    // converged(the search): forty times the quiet starts, from other starting points, find the same points in every one of these instances.
    [Fact]
    public void A_much_longer_search_finds_the_same_points()
    {
        for (uint i = 0; i < 8; i++)
        {
            var instance = SmallInstance.Draw(Spiked, 5, 2, i);
            var set = CriticalPointEnumeration.Of(instance, new EnumerationRule(), 2, i);
            var longer = CriticalPointEnumeration.Of(instance, new EnumerationRule(QuietStarts: 20_000), 3, i);
            Assert.True(set.IsComplete && longer.IsComplete);
            Assert.Equal(longer.CountByIndex(5), set.CountByIndex(5));
            for (int k = 0; k < set.Points.Count; k++)
            {
                Assert.Equal(longer.Points[k].EnergyDensity, set.Points[k].EnergyDensity, 1e-13);
            }
        }
    }

    [Fact]
    public void An_incomplete_search_says_so()
    {
        var instance = SmallInstance.Draw(Spiked, 6, 4, 0);
        var set = CriticalPointEnumeration.Of(instance, new EnumerationRule(LargestStarts: 10), 4, 0);
        Assert.Equal(Status.NotConverged, set.Status);
        Assert.False(set.IsComplete);
        Assert.Contains("LargestStarts", set.Sentence, StringComparison.Ordinal);

        // A search that falls silent too early is caught by the Morse-Euler identity and goes on; without patience it must never be called complete with a wrong sum.
        for (uint i = 0; i < 200; i++)
        {
            var hasty = CriticalPointEnumeration.Of(instance, new EnumerationRule(QuietStarts: 1, QuietFactor: 0, LargestStarts: 30), 5, i);
            int sum = hasty.Points.Sum(point => point.Index % 2 == 0 ? 1 : -1);
            Assert.True(!hasty.IsComplete || sum == CriticalPointEnumeration.EulerCharacteristic(6));
        }
    }

    [Fact]
    public void Newton_converges_quadratically_and_allocates_nothing()
    {
        var instance = SmallInstance.Draw(Spiked, 6, 6, 0);
        var newton = new SphereNewton(instance, 1e-12, 60, 0.7);
        var stream = new PhiloxStream(6, StreamPurpose.Start);
        int converged = 0;
        stream.FillUnitVector(newton.Point);
        newton.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
        {
            stream.FillUnitVector(newton.Point);
            converged += newton.Run() ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(converged, 150, 200);
    }
}
