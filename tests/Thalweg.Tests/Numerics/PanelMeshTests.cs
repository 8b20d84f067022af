// Panels: exactness of their quadrature and derivative, interpolation near both ends without cancellation, and the threads that share loops.
using System;
using System.Linq;
using System.Threading;
using Thalweg.Numerics.Meshes;
using Thalweg.Numerics.Threads;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class PanelMeshTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(31)]
    public void The_basis_is_exact_for_its_polynomials(int degree)
    {
        var basis = new PanelBasis(degree);
        Assert.Equal(0, basis.Nodes[0]);
        Assert.Equal(1, basis.Nodes[degree]);
        for (int power = 0; power <= 2 * degree - 2; power++)
        {
            double sum = 0;
            for (int i = 0; i <= degree; i++)
            {
                sum += basis.Weights[i] * Math.Pow(basis.Nodes[i], power);
            }

            Assert.Equal(1.0 / (power + 1), sum, 1e-13);
        }

        double[] values = [.. Enumerable.Range(0, degree + 1).Select(i => Math.Pow(basis.Nodes[i] - 0.3, degree))];
        var weights = new double[degree + 1];
        for (double x = 0; x <= 1; x += 0.07)
        {
            basis.Interpolate(x, weights);
            Assert.Equal(Math.Pow(x - 0.3, degree), weights.Zip(values).Sum(pair => pair.First * pair.Second), 1e-12);
        }

        for (int i = 0; i <= degree; i++)
        {
            double slope = 0;
            for (int j = 0; j <= degree; j++)
            {
                slope += basis.Derivative[i * (degree + 1) + j] * values[j];
            }

            Assert.Equal(degree * Math.Pow(basis.Nodes[i] - 0.3, degree - 1), slope, 1e-9);
        }
    }

    [Fact]
    public void The_tail_estimates_the_error_of_interpolation()
    {
        var basis = new PanelBasis(15);
        double[] smooth = [.. basis.Nodes.ToArray().Select(x => 1 / (1 + x))], rough = [.. basis.Nodes.ToArray().Select(x => 1 / (0.05 + x))];
        Assert.InRange(basis.Tail(smooth), 1e-15, 1e-10);
        Assert.InRange(basis.Tail(rough), 1e-5, 1e-1);
    }

    [Fact]
    public void Functions_of_both_small_distances_are_kept_to_the_last_digits()
    {
        Edge[] edges = [Edge.FromOne(0), .. Enumerable.Range(0, 20).Select(k => Edge.FromOne(1e-12 * Math.Pow(4, k))), Edge.FromZero(0.25), Edge.FromZero(1e-3), Edge.FromZero(0)];
        var mesh = new PanelMesh(new PanelBasis(15), edges);
        double[] f = [.. Enumerable.Range(0, mesh.Unknowns + 1).Select(i => 1 / (1 + 1e12 * mesh.Y[i]))];
        foreach (double y in new[] { 1e-13, 3e-12, 7e-9, 1e-5, 0.3 })
        {
            Assert.Equal(1 / (1 + 1e12 * y), mesh.Evaluate(f, 1 - y, y), 1e-6 / (1 + 1e12 * y)); // panels that grow fourfold: 3^-16 of the value at their ends
        }

        var other = new PanelMesh(mesh.Basis, [.. mesh.Edges[..5], Edge.FromOne(1e-9), .. mesh.Edges[6..]]);
        var moved = new double[other.Unknowns + 1];
        mesh.Transfer(f, other, moved);
        Assert.Equal(mesh.Evaluate(f, 1 - 1e-11, 1e-11), other.Evaluate(moved, 1 - 1e-11, 1e-11), 1e-7);
        double length = 0;
        for (int i = 0; i <= mesh.Unknowns; i++)
        {
            length += mesh.Weights[i];
        }

        Assert.Equal(1, length, 1e-14);
    }

    [Fact]
    public void Integrals_and_derivatives_are_exact_for_polynomials()
    {
        var mesh = new PanelMesh(new PanelBasis(7), [Edge.FromOne(0), Edge.FromOne(1e-6), Edge.FromOne(0.3), Edge.FromZero(0.2), Edge.FromZero(0)]);
        int points = mesh.Unknowns + 1;
        double[] f = new double[points], integral = new double[points], slope = new double[points];
        for (int i = 0; i < points; i++)
        {
            f[i] = Math.Pow(mesh.X[i], 7) - 2 * mesh.X[i];
        }

        mesh.Integrate(f, integral);
        mesh.Differentiate(f, slope);
        for (int i = 0; i < points; i++)
        {
            // exact but for rounding, which a derivative divides by the width of the narrowest panel.
            double x = mesh.X[i];
            Assert.Equal(-0.875 + x * x - Math.Pow(x, 8) / 8, integral[i], 1e-15);
            Assert.Equal(7 * Math.Pow(x, 6) - 2, slope[i], i <= 7 ? 1e-7 : 1e-12);
        }
    }

    [Fact]
    public void Meshes_that_do_not_descend_are_refused()
    {
        var basis = new PanelBasis(3);
        Assert.Throws<ArgumentException>(() => new PanelMesh(basis, [Edge.FromOne(0)]));
        Assert.Throws<ArgumentException>(() => new PanelMesh(basis, [Edge.FromOne(0), Edge.FromOne(0.5)]));
        Assert.Throws<ArgumentException>(() => new PanelMesh(basis, [Edge.FromOne(0), Edge.FromOne(0.5), Edge.FromOne(0.4), Edge.FromZero(0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PanelBasis(1));
    }

    [Fact]
    public void A_team_does_every_iteration_once_and_passes_errors_on()
    {
        using var team = new ThreadTeam(3);
        var counts = new int[1000];
        for (int repeat = 0; repeat < 50; repeat++)
        {
            team.For(counts.Length, i => Interlocked.Increment(ref counts[i]));
        }

        Assert.All(counts, count => Assert.Equal(50, count));
        Assert.Throws<InvalidOperationException>(() => team.For(100, i => throw new InvalidOperationException("of an iteration")));
        team.For(10, i => counts[i] = 0);
        Assert.All(counts[..10], count => Assert.Equal(0, count));
    }
}
