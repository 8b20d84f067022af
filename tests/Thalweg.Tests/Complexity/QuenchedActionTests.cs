// The replicated Kac-Rice action: derivatives by slope test, the determinant of n replicas, and the annealed complexity at n = 1.
using System;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Numerics.LinearAlgebra;
using Xunit;

namespace Thalweg.Tests.Complexity;

public class QuenchedActionTests
{
    private const double M = 0.31, Energy = -0.7, Multiplier = 3.1;
    private static readonly Model[] Models =
    [
        SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 1.5).ToModel(),
        SpikedMatrixTensor.FromInverseMatrixNoise(4, 0.7, 1.5).ToModel(planted: false),
        new("noise and signal of different shape", MixtureParser.Parse("0.4 x^2 + 0.2 x^3 + 0.1 x^5"), MixtureParser.Parse("0.3 x + 0.2 x^4")),
    ];

    private static readonly ReplicaParameters Point = new(0.37, 0.6, 0.23, 0.05, -0.11, -0.17, 0.4);

    private static double[] ToArray(ReplicaParameters z) =>
        [z.Response, z.Conjugate, z.ReplicaOverlap, z.ReplicaResponse, z.ReplicaConjugate, z.SignalResponse, z.EnergyConjugate];

    private static ReplicaParameters FromArray(double[] z) => new(z[0], z[1], z[2], z[3], z[4], z[5], z[6]);

    private static ReplicaParameters Moved(int i, double step)
    {
        double[] z = ToArray(Point);
        z[i] += step;
        return FromArray(z);
    }

    // converged(order 2): central differences extrapolated once, error O(h^4) = 1e-12 times a derivative of order 10.
    private static double Slope(Func<double, double> f)
    {
        const double h = 1e-3;
        return (4 * (f(h / 2) - f(-h / 2)) / h - (f(h) - f(-h)) / (2 * h)) / 3;
    }

    [Fact]
    public void Gradient_follows_the_slope_test()
    {
        var gradient = new double[7];
        foreach (var model in Models)
        {
            QuenchedAction.Gradient(model, M, Energy, Multiplier, Point, gradient);
            for (int i = 0; i < 7; i++)
            {
                Assert.Equal(Slope(h => QuenchedAction.Of(model, M, Energy, Multiplier, Moved(i, h), out _)), gradient[i], 1e-8);
            }

            Assert.Equal(Slope(h => QuenchedAction.Of(model, M + h, Energy, Multiplier, Point, out _)), QuenchedAction.OverlapSlope(model, M, Point), 1e-8);
        }
    }

    [Fact]
    public void Hessian_follows_the_slope_test()
    {
        double[] hessian = new double[49], mixed = new double[7];
        foreach (var model in Models)
        {
            QuenchedAction.Hessian(model, M, Point, hessian, mixed);
            for (int i = 0; i < 7; i++)
            {
                for (int j = 0; j < 7; j++)
                {
                    Assert.Equal(Slope(h => Component(model, M, Moved(j, h), i)), hessian[i * 7 + j], 1e-7);
                }

                Assert.Equal(Slope(h => Component(model, M + h, Point, i)), mixed[i], 1e-7);
            }
        }
    }

    private static double Component(Model model, double m, ReplicaParameters z, int i)
    {
        var gradient = new double[7];
        QuenchedAction.Gradient(model, m, Energy, Multiplier, z, gradient);
        return gradient[i];
    }

    // The volume of n replicas is the determinant of [[C - m m, i(R - m r*)], [i(R - m r*), D + r* r*]], whose RS form has D once for each of n-1 directions and a shifted D for the last.
    private static double Volume(double n, ReplicaParameters z, double m)
    {
        double u = 1 - z.ReplicaOverlap, v = z.Response - z.ReplicaResponse, w = z.Conjugate - z.ReplicaConjugate;
        double a = z.ReplicaOverlap - m * m, b = z.ReplicaResponse - m * z.SignalResponse, c = z.ReplicaConjugate + z.SignalResponse * z.SignalResponse;
        return ((n - 1) * Math.Log(u * w + v * v) + Math.Log((u + n * a) * (w + n * c) + (v + n * b) * (v + n * b))) / (2 * n);
    }

    [Fact]
    public void Volume_of_n_replicas_is_their_determinant()
    {
        for (int n = 1; n <= 4; n++)
        {
            // exact: with the i's moved out of the matrix its determinant changes by (-1)^n.
            var matrix = new double[4 * n * n];
            for (int a = 0; a < n; a++)
            {
                for (int b = 0; b < n; b++)
                {
                    double c = a == b ? 1 : Point.ReplicaOverlap, r = a == b ? Point.Response : Point.ReplicaResponse, d = a == b ? Point.Conjugate : Point.ReplicaConjugate;
                    matrix[a * 2 * n + b] = c - M * M;
                    matrix[a * 2 * n + n + b] = matrix[(a + n) * 2 * n + b] = r - M * Point.SignalResponse;
                    matrix[(a + n) * 2 * n + n + b] = -(d + Point.SignalResponse * Point.SignalResponse);
                }
            }

            double determinant = DenseLu.Of(matrix, 2 * n).Determinant * (n % 2 == 0 ? 1 : -1);
            Assert.Equal(Math.Log(determinant) / (2 * n), Volume(n, Point, M), 1e-13);
        }
    }

    [Fact]
    public void Action_is_the_limit_of_no_replicas()
    {
        foreach (var model in Models)
        {
            var (r, d0, q, ρ, d, rStar, β) = Point;
            Covariance noise = model.Noise, signal = model.Signal;
            double diagonal = β * β * noise.AtOne + 2 * β * noise.SlopeAtOne * r - noise.SlopeAtOne * d0 + noise.CurvatureAtOne * r * r;
            double offDiagonal = β * β * noise.Q(q) + 2 * β * noise.DQ(q) * ρ - noise.DQ(q) * d + noise.D2Q(q) * ρ * ρ;
            double t = Multiplier / Math.Sqrt(noise.CurvatureAtOne), single = Math.Log(noise.CurvatureAtOne) / 2 + Potential(t) + 1
                + β * (Energy + signal.Q(M)) - Multiplier * r + signal.DQ(M) * rStar;
            double Of(double n) => single + diagonal / 2 + (n - 1) / 2 * offDiagonal + Volume(n, Point, M);

            // converged(order 1 in n, extrapolated twice): error O(h^3) = 1e-12 and rounding 1e-16/h.
            const double h = 1e-4;
            double limit = (8 * Of(h / 4) - 6 * Of(h / 2) + Of(h)) / 3;
            Assert.Equal(limit, QuenchedAction.Of(model, M, Energy, Multiplier, Point, out _), 3e-11);
        }
    }

    [Fact]
    public void One_replica_gives_the_annealed_complexity()
    {
        foreach (var model in Models)
        {
            Covariance noise = model.Noise;
            double Q1 = noise.SlopeAtOne, Q2 = noise.CurvatureAtOne, slope = model.Signal.DQ(M), width = 1 - M * M;
            double t0 = M * slope / Math.Sqrt(Q2), v = 1 + Q1 / Q2, t = 2 * t0 / (2 - v);
            Assert.InRange(t, 0, 2);
            double μ = t * Math.Sqrt(Q2), r = t / 2 / Math.Sqrt(Q2), det = width / Q1, rStar = M * r - slope * det, b = r - M * rStar, d0 = (det - b * b) / width - rStar * rStar;

            // exact: the saddle of one replica in closed form.
            double action = Math.Log(Q2) / 2 + Potential(t) + 1 - μ * r + slope * rStar + (-Q1 * d0 + Q2 * r * r) / 2 + Volume(1, new(r, d0, 0.4, 0.1, 0.2, rStar, 0), M);
            Assert.Equal(AnnealedReference.AllEnergies(model, M).Complexity, action, 1e-13);
        }
    }

    private static double Potential(double t) => AnnealedReference.Potential(t);
}
