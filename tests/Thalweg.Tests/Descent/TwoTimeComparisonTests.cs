// Walks over random matrices against the two-time equations: the unit of time, the strength of the noise, the response.
using System;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Quadrature;
using Thalweg.Numerics.Random;
using Thalweg.TwoTime;
using Thalweg.TwoTime.Exact;
using Xunit;

namespace Thalweg.Tests.Descent;

public class TwoTimeComparisonTests
{
    private const int N = 200, Instances = 100;
    private static readonly double[] Times = [0.25, 0.5, 1, 2];

    // statistical(3 standard errors over 100 instances, one seed) plus 2/N for finite-size corrections, 4/N for μ: some 1.2/N was measured in the energy at T = 0.4 and 1 with 300 instances.
    [Fact]
    public void Gradient_flow_has_the_time_and_the_response_of_the_equations()
    {
        var exact = new MatrixSolution(0);
        var runs = Trials.Run(() => new MatrixLandscape(0), Instances, 2, (_, trial) =>
        {
            var landscape = new MatrixLandscape((uint)trial);
            double[] waited = new double[N], direction = GradientFlowTests.Start(N, (ulong)(1000 + trial));
            var flow = GradientFlow.Run(landscape, GradientFlowTests.Start(N, (ulong)trial), new() { EndTime = 2, OutputTimes = Times, WaitingTimes = [0.5], Observer = (t, point) => Keep(t, point, waited) });
            var response = FieldResponse.Measure(landscape, waited, direction, 1e-4, [0.5, 1.5], new() { Tolerance = 1e-10 });
            return new[] { flow.Multiplier, flow.Loss, flow.Correlation[0], response.Integrated };
        });
        for (int k = 0; k < Times.Length; k++)
        {
            AssertMean(exact.Multiplier(Times[k]), [.. runs.Select(run => run![0][k])], 4);
            AssertMean(exact.Energy(Times[k]), [.. runs.Select(run => run![1][k])]);
            if (k > 0)
            {
                AssertMean(exact.Correlation(Times[k], 0.5), [.. runs.Select(run => run![2][k])]);
            }
        }

        var rule = GaussLegendre.OfOrder(20);
        for (int k = 0; k < 2; k++)
        {
            double lag = k + 0.5, integral = 0;
            for (int i = 0; i < rule.Nodes.Length; i++)
            {
                integral += 0.5 * lag * rule.Weights[i] * exact.Response(0.5 + lag, 0.5 + 0.5 * lag * (1 + rule.Nodes[i]));
            }

            AssertMean(integral, [.. runs.Select(run => run![3][k])]);
        }

        static void Keep(double t, ReadOnlySpan<double> point, double[] waited)
        {
            if (t == 0.5)
            {
                point.CopyTo(waited);
            }
        }
    }

    // statistical(3 standard errors over 100 instances, one seed) plus 2/N, 4/N for μ: eqs. (8)-(11) at T = 0.4 on their uniform grid.
    [Fact]
    public void Langevin_dynamics_has_the_temperature_of_the_equations()
    {
        const double temperature = 0.4;
        var theory = UniformSolver.Run(new(Model.FromMixture("x^2/2", Covariance.Pure(2, 0.5), planted: false), temperature), 2, 16, 4);
        var runs = Trials.Run(() => new MatrixLandscape(0), Instances, 2, (_, trial) => Langevin.Run(new MatrixLandscape((uint)trial), GradientFlowTests.Start(N, (ulong)trial), new() { EndTime = 2, Temperature = temperature, Step = 0.05, Trial = (uint)trial, OutputTimes = Times }));
        for (int k = 0; k < Times.Length; k++)
        {
            int at = (int)Math.Round(Times[k] * 8);
            Assert.Equal(Times[k], theory.Times[at], 1e-12);
            AssertMean(theory.Energy[at], [.. runs.Select(run => run!.Loss[k])]);
            AssertMean(theory.Multiplier[at], [.. runs.Select(run => run!.Multiplier[k])], 4);
        }
    }

    private static void AssertMean(double expected, double[] values, double correction = 2)
    {
        double mean = values.Average(), error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1.0) / values.Length);
        Assert.InRange(error, 0, 0.03);
        Assert.True(Math.Abs(mean - expected) < 3 * error + correction / N, $"{mean} is not {expected} +- {error}");
    }

    // ℓ = -σ^T W σ/2 with covariance Q(C)/N, Q = x²/2.
    private sealed class MatrixLandscape : ILandscape
    {
        private readonly double[] matrix = new double[N * N];

        public MatrixLandscape(uint replica)
        {
            var stream = new PhiloxStream(21, StreamPurpose.Instance, replica);
            for (int i = 0; i < N; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    matrix[i * N + j] = matrix[j * N + i] = -stream.NextNormal() * Math.Sqrt((i == j ? 2.0 : 1) / N);
                }
            }
        }

        public int Dimension => N;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            HessianProduct(point, point, gradient);
            return 0.5 * Vectors.Dot(point, gradient);
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            for (int i = 0; i < N; i++)
            {
                product[i] = Vectors.Dot(matrix.AsSpan(i * N, N), direction);
            }
        }
    }
}
