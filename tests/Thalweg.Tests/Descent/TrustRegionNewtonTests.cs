// Newton's method in a trust region: minima to rounding, saddles that are left, the slice that is kept, ends that are said.
using System;
using System.Linq;
using System.Threading;
using Thalweg.Descent.FirstOrder;
using Thalweg.Descent.SecondOrder;
using Thalweg.Geometry;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Probes;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Descent;

public class TrustRegionNewtonTests
{
    private static readonly double[] Levels = [-1, 0, 0.25, 1.5, 4];

    // exact: on the sphere a quadratic form has two minima, its lowest eigenvectors, and saddles or a maximum at the others. The latter are left although the gradient vanishes there.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Saddles_are_left_for_the_minimum(int level)
    {
        var landscape = new QuadraticLandscape(Levels);
        double[] start = new double[5], gradient = new double[5];
        start[level] = 1;
        landscape.Reflect(start);
        landscape.Gradient(start, gradient);
        Sphere.Project(start, gradient);
        Assert.InRange(Vectors.Length(gradient), 0, 1e-14);

        var end = TrustRegionNewton.Run(landscape, start);
        Assert.Equal((Status.Converged, string.Empty), (end.Status, end.Sentence));
        Assert.Equal(-0.5, end.Loss, 1e-14);
        Assert.Equal(1, Math.Abs(Vectors.Dot(end.Configuration, landscape.Signal)), 1e-13);
        Assert.Equal(1, end.LowestEigenvalue, 1e-13);
        Assert.InRange(end.GradientNorm, 0, 1e-10);
        Assert.Equal(level == 0, end.Iterations == 0);
    }

    // converged(quadratically): from a gradient of g at a nondegenerate minimum the next is of order g², so that each of the last steps at least doubles the number of digits.
    [Fact]
    public void The_gradient_falls_quadratically()
    {
        var landscape = QuadraticLandscape.Ramp(30, -1, 2);
        double[] start = new double[30];
        (start[0], start[7], start[29]) = (1, 0.03, -0.02);
        landscape.Reflect(start);
        double[] norms = [.. Enumerable.Range(0, 4).Select(k => TrustRegionNewton.Run(landscape, start, new() { GradientNorm = 1e-13, LargestIterations = k }).GradientNorm)];
        Assert.InRange(norms[0], 0.01, 0.1);
        for (int k = 1; k < norms.Length; k++)
        {
            Assert.InRange(norms[k], 0, Math.Max(10 * norms[k - 1] * norms[k - 1], 1e-14));
        }
    }

    // exact: the overlap that a slice holds at zero stays there, the end is a minimum in every other direction, and no flow from there leads lower.
    [Theory]
    [InlineData(1.5)]
    [InlineData(4)]
    public void A_flow_on_a_slice_ends_at_a_minimum_of_the_slice(double strength)
    {
        const int n = 60;
        var landscape = PackedInstance.Draw(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, strength).ToModel(), n, 5, 0).Landscape();
        var slice = new OrthogonalLandscape(landscape, landscape.Signal);
        double[] start = new double[n];
        Trials.Start(landscape, 0, 5, 0, start);
        var walk = GradientFlow.Run(slice, start, new FlowOptions { EndTime = 5, Tolerance = 1e-5 });
        var end = TrustRegionNewton.Run(slice, walk.Configuration);
        Assert.Equal(Status.Converged, end.Status);
        Assert.InRange(end.Iterations, 1, 60);
        Assert.InRange(Math.Abs(Vectors.Dot(end.Configuration, landscape.Signal)), 0, 1e-14);
        Assert.Equal(1, Vectors.Length(end.Configuration), 1e-14);

        var hessian = new TangentHessian(slice, end.Configuration);
        Assert.InRange(hessian.GradientNorm, 0, 1e-10);
        Assert.Equal(0, TangentHessian.Index(hessian.Eigenvalues()));
        Assert.Equal(end.LowestEigenvalue, hessian.Eigenvalues()[0]);
        Assert.True(end.Loss < slice.Gradient(walk.Configuration, new double[n]));
        Assert.InRange(end.LowestEigenvalue, 1e-6, hessian.Multiplier);

        // A step in any direction leads up.
        double[] near = new double[n], direction = GradientFlowTests.Start(n, 3);
        for (int sign = -1; sign <= 1; sign += 2)
        {
            double[] tangent = [.. direction];
            Vectors.Add(-Vectors.Dot(landscape.Signal, tangent), landscape.Signal, tangent);
            Sphere.Project(end.Configuration, tangent);
            Sphere.Retract(end.Configuration, tangent, sign * 1e-3, near);
            Assert.True(slice.Gradient(near, new double[n]) > end.Loss);
        }
    }

    // exact up to rounding: coordinates in the basis of the dense matrix and the way back.
    [Fact]
    public void Coordinates_lead_there_and_back()
    {
        double[] point = GradientFlowTests.Start(9, 2), vector = GradientFlowTests.Start(9, 3);
        foreach (double sign in new[] { 1.0, -1.0 })
        {
            point[0] = sign * Math.Abs(point[0]);
            var hessian = new TangentHessian(QuadraticLandscape.Ramp(9, -1, 1), point);
            double[] tangent = [.. vector], back = hessian.Tangent(hessian.Coordinates(vector));
            Sphere.Project(point, tangent);
            Assert.All(Enumerable.Range(0, 9), i => Assert.Equal(tangent[i], back[i], 1e-14));
            Assert.Equal(hessian.GradientNorm, Vectors.Length(hessian.Coordinates(hessian.Gradient)), 1e-14);
        }
    }

    [Fact]
    public void What_is_not_reached_is_said()
    {
        var landscape = new QuadraticLandscape(Levels);
        double[] start = GradientFlowTests.Start(5, 1);
        var few = TrustRegionNewton.Run(landscape, start, new() { LargestIterations = 1, LongestStep = 1e-3 });
        Assert.Equal((Status.NotConverged, 1), (few.Status, few.Iterations));
        Assert.Matches("^1 steps of Newton's method were not enough: the gradient is .* and the lowest eigenvalue .*", few.Sentence);
        var rounding = TrustRegionNewton.Run(QuadraticLandscape.Ramp(30, -1, 2), GradientFlowTests.Start(30, 1), new() { GradientNorm = 1e-30 });
        Assert.Equal(Status.NotConverged, rounding.Status);
        Assert.StartsWith("no step of Newton's method leads lower: ", rounding.Sentence, StringComparison.Ordinal);
        Assert.InRange(rounding.GradientNorm, 0, 1e-14);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Equal(Status.Cancelled, TrustRegionNewton.Run(landscape, start, new() { Cancellation = source.Token }).Status);
        Assert.Throws<ArgumentOutOfRangeException>(() => TrustRegionNewton.Run(landscape, start, new() { GradientNorm = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrustRegionNewton.Run(landscape, start, new() { LongestStep = double.NaN }));
    }
}
