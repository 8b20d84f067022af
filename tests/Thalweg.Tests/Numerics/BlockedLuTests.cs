// The blocked factorisation against the plain one, and the same bits for any number of threads and from the plain kernels.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Threads;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class BlockedLuTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(100)]
    [InlineData(301)]
    public void It_solves_what_the_plain_one_solves(int n)
    {
        var (matrix, right) = Draw(n);
        var lu = Filled(matrix, n);
        lu.Factorise();
        double[] x = [.. right], plain = [.. right];
        lu.Solve(x);
        var reference = DenseLu.Of(matrix, n);
        reference.Solve(plain);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(plain[i], x[i], 1e-8);
        }

        Assert.Equal(Math.Sign(reference.Determinant), lu.DeterminantSign);
        Assert.False(lu.IsSingular);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(299)]
    public void Threads_do_not_change_a_bit(int n)
    {
        var (matrix, right) = Draw(n);
        double[] one = [.. right], four = [.. right];
        var lu = Filled(matrix, n);
        lu.Factorise();
        lu.Solve(one);
        using var team = new ThreadTeam(4);
        lu = Filled(matrix, n);
        lu.Factorise(team);
        lu.Solve(four);
        Assert.Equal(one, four);
    }

    [Fact]
    public void A_singular_matrix_is_said_to_be_one()
    {
        var lu = new BlockedLu();
        lu.Clear(40);
        for (int i = 0; i < 40; i++)
        {
            lu.Row(i)[i] = i == 20 ? 0 : 1;
        }

        lu.Factorise();
        Assert.True(lu.IsSingular);
        Assert.Throws<InvalidOperationException>(() => lu.Solve(new double[40]));
        lu.Clear(2);
        lu.Row(0)[1] = lu.Row(1)[0] = 1;
        lu.Factorise();
        Assert.False(lu.IsSingular);
        Assert.Equal(-1, lu.DeterminantSign);
    }

    [Fact]
    public void Each_kernel_has_the_bits_of_its_plain_twin()
    {
        var stream = new PhiloxStream(5, StreamPurpose.Data);
        for (int length = 1; length < 70; length++)
        {
            double[] x = Numbers(length), y = Numbers(length);
            Assert.Equal(DotKernel.Plain(ref x[0], ref y[0], length), DotKernel.Fast(ref x[0], ref y[0], length));
            double[] fast = [.. y], plain = [.. y];
            AddKernel.Fast(ref fast[0], ref x[0], 0.3, length);
            AddKernel.Plain(ref plain[0], ref x[0], 0.3, length);
            Assert.Equal(plain, fast);
            double[] fastX = [.. x], plainX = [.. x];
            RotationKernel.Fast(ref fastX[0], ref fast[0], 0.8, -0.6, length);
            RotationKernel.Plain(ref plainX[0], ref plain[0], 0.8, -0.6, length);
            Assert.Equal([.. plainX, .. plain], (double[])[.. fastX, .. fast]);
            Assert.Equal(DiagonalKernel.Plain(ref y[0], ref x[0], ref plain[0], length), DiagonalKernel.Fast(ref y[0], ref x[0], ref fast[0], length));
            Assert.Equal(plain, fast);
        }

        for (int rows = 1; rows <= 6; rows++)
        {
            double[][] stored = new double[rows][];
            for (int i = 0; i < rows; i++)
            {
                stored[i] = Numbers(40);
            }

            double[] across = Numbers(rows), along = Numbers(16);
            Assert.Equal(PanelKernel.Plain(stored, across, 13, along), PanelKernel.Fast(stored, across, 13, along));
        }

        double[] Numbers(int count)
        {
            var numbers = new double[count];
            foreach (ref double number in numbers.AsSpan())
            {
                number = stream.NextUniform() - 0.5;
            }

            return numbers;
        }
    }

    private static BlockedLu Filled(double[] matrix, int n)
    {
        var lu = new BlockedLu();
        lu.Clear(n);
        for (int i = 0; i < n; i++)
        {
            matrix.AsSpan(i * n, n).CopyTo(lu.Row(i));
        }

        return lu;
    }

    private static (double[] Matrix, double[] Right) Draw(int n)
    {
        var stream = new PhiloxStream(7, StreamPurpose.Data, (uint)n);
        double[] matrix = new double[n * n], right = new double[n];
        for (int i = 0; i < matrix.Length; i++)
        {
            matrix[i] = stream.NextUniform() - 0.5;
        }

        for (int i = 0; i < n; i++)
        {
            right[i] = stream.NextUniform();
        }

        return (matrix, right);
    }
}
