// Cubic Newton from an exact saddle, its Krylov form against the exact one, and cubic models by gradient descent.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent;
using Thalweg.Descent.SecondOrder;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Thalweg.Problems.Factorization;
using Xunit;

namespace Thalweg.Tests.Descent;

public class CubicNewtonTests
{
    private static readonly PositiveFactorization Factors = new(20, 3, [3, 2, 1], 1);

    // Acceptance row 1.5. exact up to rounding: at U = 0 g = 0 and the lowest eigenvalue is -3, so that r = 2·3/6 = 1 along it, and f falls from (9+4+1)/4 to ((3-1)² + 4 + 1)/4.
    // converged(quadratically): at the end the gradient is of the order of the square of the one before.
    [Fact]
    public void Row_1_5_from_the_saddle_the_first_step_has_length_one()
    {
        var landscape = Factors.Open();
        double[] product = new double[60], zero = new double[60];
        var method = new CubicNewton(new(1e-10, 6), strength: 6);
        method.Begin(landscape, Factors.Manifold, zero, new(1, StreamPurpose.Trajectory));
        Assert.Equal(3.5, method.Value, 1e-14);
        Assert.Equal(0, method.GradientNorm);
        Assert.True(method.Step());
        Assert.Equal(1, Vectors.Length(method.Point), 1e-14);
        Assert.Equal(2.25, method.Value, 1e-14);
        landscape.HessianProduct(zero, method.Point, product);
        Vectors.Add(3, method.Point, product);
        Assert.InRange(Vectors.Length(product), 0, 1e-13);

        var norms = new List<double>();
        var ending = method.Run(StoppingRules.Iterations(20), at => norms.Add(at.GradientNorm));
        Assert.True(method.HasFound, ending.Sentence);
        Assert.InRange(method.Iterations, 8, 12);
        Assert.InRange(method.Value, 0, 1e-20);
        for (int k = norms.Count - 3; k < norms.Count; k++)
        {
            Assert.InRange(norms[k], 0, Math.Max(2 * norms[k - 1] * norms[k - 1], 1e-13));
        }

        // A gradient at the start and again for the model, one a step; as many products as coordinates at each point.
        Assert.Equal((method.Iterations + 2, 60 * (method.Iterations + 1)), (method.Gradients, method.Products));
    }

    // exact: from a saddle with g = 0 each method makes the step of its formula along the lowest eigenvector, here of -3: 2|λ|/ρ = 1 with ρ = 6, or the radius 1; up to the tolerance of Lanczos' method, 1e-6 of the size and its square in the eigenvalue, and for gradient descent on the model up to its own, 2 % of the length.
    [Theory]
    [InlineData("trust-region", 1e-14, 1e-5)]
    [InlineData("cubic", 1e-14, 1e-13)]
    [InlineData("cubic-krylov", 1e-10, 1e-5)]
    [InlineData("accelerated", 1e-10, 1e-5)]
    [InlineData("carmon-duchi", 0.02, 0.1)]
    public void The_first_step_from_a_saddle_is_that_of_the_formula(string name, double length, double direction)
    {
        double[] product = new double[60], zero = new double[60];
        var method = MethodCatalog.Find(name)!.Build(new() { Accuracy = 1e-8, HessianLipschitz = 6 });
        method.Begin(Factors.Open(), Factors.Manifold, zero, new(1, StreamPurpose.Trajectory));
        Assert.Equal((0, false), (method.GradientNorm, method.HasFound));
        Assert.True(method.Step());
        Assert.Equal(1, Vectors.Length(method.Point), length);
        Factors.Open().HessianProduct(zero, method.Point, product);
        Vectors.Add(3, method.Point, product);
        Assert.InRange(Vectors.Length(product), 0, direction);
    }

    // exact: with M at least the Lipschitz constant of the Hessian on the way every step is taken, M stays, the value falls by M|s|³/12 at least, and the gradient ends below M|s|² (Nesterov and Polyak 2006, lemmas 3 and 4, with ρ ≤ M).
    [Fact]
    public void Steps_keep_the_bounds_of_Nesterov_and_Polyak()
    {
        var problem = new PositiveFactorization(8, 3, [3, 2, 1], 2);
        double strength = problem.Smoothness!.Hessian;
        for (uint seed = 0; seed < 5; seed++)
        {
            double[] before = new double[24], difference = new double[24];
            problem.Start(new(11, StreamPurpose.Start, seed), before);
            var method = new CubicNewton(new(1e-9, strength));
            method.Begin(problem.Open(), problem.Manifold, before, new(11, StreamPurpose.Trajectory));
            for (double value = method.Value; method.Step(); value = method.Value)
            {
                method.Point.CopyTo(difference);
                Vectors.Add(-1, before, difference);
                double length = Vectors.Length(difference);
                Assert.True(length > 0);
                Assert.Equal(strength, method.Strength);
                Assert.True(value - method.Value >= strength * length * length * length / 12 - 1e-15);
                Assert.InRange(method.GradientNorm, 0, strength * length * length + 1e-15);
                method.Point.CopyTo(before);
            }

            Assert.True(method.HasFound);
        }
    }

    // converged(the space is extended until the slope that is left is 1e-12 of g): where g has a part in every direction both forms have the same minimum, here of models that are indefinite.
    [Theory]
    [InlineData("psd-factorization", 6, 2)]
    [InlineData("tensor", 7, null)]
    [InlineData("components", 3, null)]
    [InlineData("quadratic-network", 4, 3)]
    public void The_Krylov_form_makes_the_steps_of_the_exact_form(string name, int dimension, int? rank)
    {
        var problem = ProblemCatalog.Find(name)!.Of(new(dimension, rank));
        int indefinite = 0;
        for (uint seed = 0; seed < 10; seed++)
        {
            double[] start = new double[problem.Manifold.AmbientDimension];
            problem.Start(new(5, StreamPurpose.Start, seed), start);
            var exact = new CubicNewton(new(1e-9, 1), strength: 3);
            var krylov = new CubicKrylov(new(1e-9, 1), strength: 3, residual: 1e-12);
            foreach (var method in new DescentMethod[] { exact, krylov })
            {
                method.Begin(problem.Open(), problem.Manifold, start, new(5, StreamPurpose.Trajectory));
                Assert.True(method.Step());
            }

            double[] difference = exact.Point.ToArray();
            Vectors.Add(-1, krylov.Point, difference);
            Assert.InRange(Vectors.Length(difference), 0, 1e-10);
            Assert.Equal(exact.Strength, krylov.Strength);
            indefinite += new Thalweg.Probes.LocalModel(problem.Open(), problem.Manifold, exact.Point).Spectrum().Values[0] < -0.01 ? 1 : 0;
        }

        Assert.InRange(indefinite, 1, 10);
    }

    // exact: with a Krylov space the products of an iteration are far fewer than the coordinates.
    [Fact]
    public void Krylov_spaces_save_products()
    {
        double[] start = new double[60];
        Factors.Start(new(2, StreamPurpose.Start), start);
        DescentMethod exact = new CubicNewton(new(1e-8, 6)), krylov = new CubicKrylov(new(1e-8, 6));
        foreach (var method in new[] { exact, krylov })
        {
            method.Begin(Factors.Open(), Factors.Manifold, start, new(2, StreamPurpose.Trajectory));
            Assert.Equal(Thalweg.Results.Status.Converged, method.Run(StoppingRules.Iterations(100)).Status);
        }

        Assert.InRange(krylov.Products, 1, exact.Products / 4);
    }

    // converged(gradient descent to a slope of 1e-10): the value of the perturbed model is within σ|s| at both minima of that of the model, so that m ≤ m* + 2 σ R with R ≥ |s|, and never below m*.
    // The first component is made tiny or zero: the hard case, which the perturbation alone leaves.
    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-6)]
    [InlineData(0.0)]
    public void Gradient_descent_finds_the_minimum_of_the_cubic_model(double first)
    {
        const int n = 8;
        const double strength = 2, sigma = 1e-5;
        var stream = new PhiloxStream(9, StreamPurpose.Data);
        for (int trial = 0; trial < 10; trial++)
        {
            double[] values = new double[n], gradient = new double[n], perturbed = new double[n], step = new double[n], best = new double[n];
            stream.FillNormal(values);
            Array.Sort(values);
            values[0] = -2;
            stream.FillNormal(gradient);
            gradient[0] *= first;
            stream.FillUnitVector(perturbed);
            Vectors.Scale(sigma, perturbed);
            Vectors.Add(1, gradient, perturbed);
            double size = values.Max(Math.Abs), share = size / strength, bound = share + Math.Sqrt(share * share + 2 * Vectors.Length(perturbed) / strength);
            var exact = CubicEquation.Solve(values, gradient, strength, best);
            var found = CarmonDuchi.Minimise(new(gradient, Product, strength, size), perturbed, 1e-10, 0, 100_000, step);
            Assert.True(found.IsConverged);
            Assert.Equal(-CubicEquationTests.Model(values, gradient, strength, step), found.Decrease, 1e-12);
            Assert.InRange(found.Decrease, exact.Decrease - 2 * sigma * bound, exact.Decrease + 1e-12);
            Assert.InRange(Vectors.Length(step), 0, bound);

            // Too few products are said, and the Cauchy point at least is reached.
            Assert.False(CarmonDuchi.Minimise(new(gradient, Product, strength, size), perturbed, 1e-10, 0, 1, best).IsConverged);

            void Product(ReadOnlySpan<double> vector, Span<double> product)
            {
                for (int i = 0; i < n; i++)
                {
                    product[i] = values[i] * vector[i];
                }
            }
        }
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CubicNewton(new(0, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CubicNewton(new(1, -1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CubicNewton(new(1, double.NaN)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CubicNewton(new(1, 1), strength: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CubicKrylov(new(1, 1), residual: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CubicKrylov(new(1, 1), largestSpace: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CarmonDuchi(new(1, 1), perturbation: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CarmonDuchi(new(1, 1), largestInner: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrustRegion(new(1, 1), radius: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AcceleratedDescent(new(1, 1), largestInner: 0));
    }
}
