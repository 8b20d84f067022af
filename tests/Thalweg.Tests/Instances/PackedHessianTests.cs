// The Hessian of a packed instance as a matrix against its products, and descent that is held orthogonal to the signal.
using System;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Random;
using Thalweg.Probes;
using Thalweg.Tests.Descent;
using Xunit;

namespace Thalweg.Tests.Instances;

public class PackedHessianTests
{
    private static double[] Unit(int n, uint replica)
    {
        double[] point = new double[n];
        new PhiloxStream(9, StreamPurpose.Start, replica).FillUnitVector(point);
        return point;
    }

    // exact: sums of the same terms in another order.
    [Theory]
    [InlineData(EntryPrecision.Double, true, NoiseSampler.Isotropic)]
    [InlineData(EntryPrecision.Single, true, NoiseSampler.Isotropic)]
    [InlineData(EntryPrecision.Double, false, NoiseSampler.Isotropic)]
    [InlineData(EntryPrecision.Double, true, NoiseSampler.StrictSums)]
    public void The_matrix_has_the_columns_that_products_give(EntryPrecision precision, bool isStored, NoiseSampler sampler)
    {
        const int n = 13;
        var model = Model.FromMixture("all", Covariance.FromTerms([(1, 0.3), (2, 0.7), (3, 1.1), (4, 0.4), (5, 0.2)]), planted: true);
        var landscape = PackedInstance.Draw(model, n, 3, 0, new() { Precision = precision, IsStored = isStored, Sampler = sampler, Signal = PlantedSignal.Uniform(n, 3, 0) }).Landscape();
        double[] point = Unit(n, 1), hessian = new double[n * n], column = new double[n], axis = new double[n];
        landscape.Hessian(point, hessian);
        for (int i = 0; i < n; i++)
        {
            Array.Clear(axis);
            axis[i] = 1;
            landscape.HessianProduct(point, axis, column);
            for (int j = 0; j < n; j++)
            {
                Assert.Equal(column[j], hessian[j * n + i], 1e-13 * (1 + Math.Abs(column[j])));
                Assert.Equal(hessian[i * n + j], hessian[j * n + i]);
            }
        }
    }

    [Fact]
    public void Coordinates_belong_to_the_dense_matrix()
    {
        const int n = 30;
        var landscape = PackedInstance.Draw(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.7).ToModel(), n, 3, 0).Landscape();
        var hessian = new TangentHessian(landscape, Unit(n, 2));
        double[] v = Unit(n, 3), product = new double[n], dense = hessian.Dense(), coordinates = hessian.Coordinates(v);
        hessian.Product(v, product);
        double[] image = hessian.Coordinates(product);
        for (int a = 0; a < n - 1; a++)
        {
            Assert.Equal(image[a], Enumerable.Range(0, n - 1).Sum(b => dense[a * (n - 1) + b] * coordinates[b]), 1e-13);
        }
    }

    [Fact]
    public void A_walk_that_is_held_orthogonal_stays_so_and_ends_in_a_minimum_of_the_rest()
    {
        const int n = 40;
        var landscape = PackedInstance.Draw(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 3).ToModel(), n, 4, 0).Landscape();
        double[] start = new double[n];
        Trials.Start(landscape, 0, 4, 0, start);
        var slice = new OrthogonalLandscape(landscape, landscape.Signal);
        var walk = GradientFlow.Run(slice, start, new FlowOptions { EndTime = 1e5, GradientNorm = 1e-10, Stepper = FlowStepper.Chebyshev, Tolerance = 1e-5 });
        Assert.InRange(Math.Abs(walk.Configuration[0]), 0, 1e-13);
        double[] eigenvalues = SymmetricEigen.Of(new TangentHessian(slice, walk.Configuration).Dense(), n - 1).Values.ToArray();

        // One zero for the direction of the signal, which is held, plus the multiplier there.
        Assert.True(eigenvalues.All(value => value > -1e-9), string.Join(' ', eigenvalues.Take(3)));
        Assert.True(new TangentHessian(landscape, walk.Configuration).GradientNorm > 1e-3, "toward the signal there is a slope");
    }

    // exact up to rounding: the matrix of the slice is that of its products, symmetric to the last bit, whether the landscape has a matrix of its own or not.
    [Fact]
    public void The_matrix_of_a_slice_is_that_of_its_products()
    {
        const int n = 9;
        var landscape = PackedInstance.Draw(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 3).ToModel(), n, 4, 0).Landscape();
        double[] point = Unit(n, 2), normal = Unit(n, 5), unit = new double[n], product = new double[n];
        foreach (ILandscape inner in new ILandscape[] { landscape, QuadraticLandscape.Ramp(n, -1, 2) })
        {
            var slice = new OrthogonalLandscape(inner, normal);
            double[] matrix = new double[n * n];
            slice.Hessian(point, matrix);
            for (int i = 0; i < n; i++)
            {
                Array.Clear(unit);
                unit[i] = 1;
                slice.HessianProduct(point, unit, product);
                Assert.All(Enumerable.Range(0, n), j => Assert.Equal(product[j], matrix[i * n + j], 1e-13));
                Assert.All(Enumerable.Range(0, n), j => Assert.Equal(matrix[j * n + i], matrix[i * n + j]));
            }
        }
    }
}
