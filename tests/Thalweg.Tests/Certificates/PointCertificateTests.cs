// Certificates say what a point is: by all eigenvalues, and by Lanczos' method with its interval.
using System;
using System.Linq;
using Thalweg.Certificates;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Problems;
using Thalweg.Problems.Factorization;
using Xunit;

namespace Thalweg.Tests.Certificates;

/// <summary>Points whose kind is known.</summary>
public class PointCertificateTests
{
    // exact: lowest eigenvalue and index of every critical point, by formula and by two methods; the table of the quick try: {} (-3, 9), {1} (-2, 4), {2} (-3, 5), {1,2} (-1, 1), {2,3} (-3, 3), all (0, 0).
    [Theory]
    [InlineData("{}", -3, 9)]
    [InlineData("{1}", -2, 4)]
    [InlineData("{2}", -3, 5)]
    [InlineData("{1,2}", -1, 1)]
    [InlineData("{2,3}", -3, 3)]
    [InlineData("{1,2,3}", 0, 0)]
    public void Factorisations_have_the_indices_of_the_formula(string name, double lowest, int index)
    {
        var problem = new PositiveFactorization(20, 3, [3, 2, 1], 1);
        var known = problem.KnownPoints.Single(point => point.Name == name);
        int nullity = known.Spectrum.Count(value => value == 0);
        foreach (int denseUpTo in new[] { 400, 1 })
        {
            var certificate = PointCertificate.Of(problem.Open(), problem.Manifold, known.Point, new() { Idle = problem.Idle(known.Point), DenseUpTo = denseUpTo, LargestCount = 64 });
            Assert.Equal(denseUpTo == 400, certificate.IsDense);
            Assert.Equal(lowest, certificate.Lowest, 1e-6);
            Assert.InRange(lowest, certificate.LowestLow - 1e-12, certificate.LowestHigh + 1e-12);
            Assert.Equal(index, certificate.Index);
            Assert.Equal(nullity, certificate.Nullity);
            Assert.Equal(index > 0 ? PointKind.StrictSaddle : PointKind.SecondOrder, certificate.Kind);
            int shown = denseUpTo == 400 ? known.Spectrum.Length : Math.Min(known.Spectrum.Length, index + nullity + 1);
            Assert.Equal(shown, certificate.Eigenvalues.Count);
            Assert.All(Enumerable.Range(0, shown), k => Assert.Equal(known.Spectrum[k], certificate.Eigenvalues[k], 1e-5));
        }
    }

    // exact: the gradient is zero and the Hessian not negative, and yet the value falls along the valley as 3/2 - 6 t⁴.
    [Fact]
    public void A_flat_valley_is_degenerate_and_no_minimum()
    {
        var problem = new FlatValley();
        var landscape = problem.Open();
        var certificate = PointCertificate.Of(landscape, problem.Manifold, problem.KnownPoints[0].Point);
        Assert.Equal((PointKind.Degenerate, 0, 1), (certificate.Kind, certificate.Index, certificate.Nullity));
        foreach (double t in new[] { 0.1, 0.01 })
        {
            Assert.Equal(1.5 - 6 * Math.Pow(t, 4), landscape.Gradient([t, Math.Sqrt(0.5 - 2 * t * t)], new double[2]), 1e-14);
        }

        Assert.Equal(PointKind.SecondOrder, PointCertificate.Of(landscape, problem.Manifold, problem.KnownPoints[1].Point).Kind);
        Assert.Equal(PointKind.StrictSaddle, PointCertificate.Of(landscape, problem.Manifold, problem.KnownPoints[2].Point).Kind);
    }

    [Fact]
    public void A_point_on_the_way_is_not_critical()
    {
        var certificate = PointCertificate.Of(new DiagonalQuadratic(1, 2).Open(), new EuclideanSpace(2), [1, 1]);
        Assert.Equal(PointKind.NotCritical, certificate.Kind);
        Assert.Equal(Math.Sqrt(5), certificate.GradientNorm, 1e-15);
    }

    // exact: dimension one, a flat Hessian, and values that are no numbers: a named answer each time.
    [Fact]
    public void Robust()
    {
        foreach (int denseUpTo in new[] { 400, 0 })
        {
            CertificateOptions options = new() { DenseUpTo = denseUpTo };
            Assert.Equal(PointKind.SecondOrder, Of(options, 2.0));
            Assert.Equal(PointKind.StrictSaddle, Of(options, -2.0));
            Assert.Equal(PointKind.Degenerate, Of(options, 0.0));
            Assert.Equal(PointKind.Degenerate, Of(options, 0, 0, 0));
            Assert.Equal(PointKind.Degenerate, Of(options, [.. Enumerable.Repeat(0.0, 30)]));
            Assert.Equal(PointKind.StrictSaddle, Of(options, 1, -1, 0));
            foreach (var nothing in new[] { new NoNumber(isHessian: false), new NoNumber(isHessian: true) })
            {
                var certificate = PointCertificate.Of(nothing, new EuclideanSpace(5), new double[5], options);
                Assert.Equal(PointKind.Undecided, certificate.Kind);
                Assert.Contains("no number", certificate.Why, StringComparison.Ordinal);
            }
        }

        static PointKind Of(CertificateOptions options, params double[] eigenvalues) =>
            PointCertificate.Of(new DiagonalQuadratic(eigenvalues).Open(), new EuclideanSpace(eigenvalues.Length), new double[eigenvalues.Length], options).Kind;
    }

    // statistical(δ = 1e-3 a start, so that one failure in 300 is expected in a third of all suites: none may fail by more than the interval of 1e-6): the interval holds the lowest eigenvalue of random diagonal matrices, of few steps as of many.
    [Fact]
    public void Intervals_of_Lanczos_hold_the_lowest_eigenvalue()
    {
        int missed = 0;
        for (ulong seed = 1; seed <= 300; seed++)
        {
            double[] eigenvalues = new double[500];
            new Thalweg.Numerics.Random.PhiloxStream(seed, Thalweg.Numerics.Random.StreamPurpose.Data).FillNormal(eigenvalues);
            var certificate = PointCertificate.Of(new DiagonalQuadratic(eigenvalues).Open(), new EuclideanSpace(500), new double[500], new() { LargestSpace = 20 + (int)(seed % 30), LargestCount = 1 });
            Assert.True(certificate.LowestHigh >= eigenvalues.Min() - 1e-12);
            missed += certificate.LowestLow > eigenvalues.Min() ? 1 : 0;
        }

        Assert.InRange(missed, 0, 3);
    }

    // exact: with ρ given, an eigenvalue of -½ sqrt(ρ ε) is accepted, and of -2 sqrt(ρ ε) is a saddle's.
    [Fact]
    public void The_second_order_tolerance_is_the_root_of_rho_epsilon()
    {
        CertificateOptions options = new() { GradientNorm = 1e-4, HessianLipschitz = 1, FlatShare = 1e-12 };
        Assert.Equal(PointKind.StrictSaddle, PointCertificate.Of(new DiagonalQuadratic(1, -0.02).Open(), new EuclideanSpace(2), [0, 0], options).Kind);
        var accepted = PointCertificate.Of(new DiagonalQuadratic(1, -0.005).Open(), new EuclideanSpace(2), [0, 0], options);
        Assert.Equal(PointKind.SecondOrder, accepted.Kind);
        Assert.Contains("sqrt", accepted.Why, StringComparison.Ordinal);
    }

    private sealed class NoNumber(bool isHessian) : ILandscape
    {
        public int Dimension => 5;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient.Clear();
            return isHessian ? 0 : double.NaN;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product) => product.Fill(double.NaN);
    }
}
