// Our symmetric eigensolver against LAPACK, and the option that asks for the latter.
using System;
using System.IO;
using System.Text.Json;
using Thalweg.Cli;
using Thalweg.Instances;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Random;
using Thalweg.Probes;
using Thalweg.Tests.Cli;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class LapackTests
{
    private const double Unit = 2.220446049250313e-16;

    // exact up to rounding: both solvers are backward stable, so that eigenvalues differ by less than n roundings of the largest, and an eigenvector by that over its gap.
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 1.0)]
    [InlineData(7, 1e100)]
    [InlineData(40, 1e-100)]
    [InlineData(150, 1.0)]
    public void Random_matrices_have_the_eigenpairs_of_lapack(int n, double scale)
    {
        var stream = new PhiloxStream((ulong)n, StreamPurpose.Matrix);
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                a[i * n + j] = a[j * n + i] = scale * stream.NextNormal();
            }
        }

        Compare(a, n);

        // Only the lower triangle is read.
        for (int i = 0; i < n; i++)
        {
            a.AsSpan(i * n + i + 1, n - i - 1).Fill(double.MaxValue);
        }

        Compare(a, n);
    }

    [Fact]
    public void A_Hessian_has_the_eigenpairs_of_lapack()
    {
        const int n = 80;
        var landscape = PackedInstance.Draw(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 4).ToModel(), n, 4, 0).Landscape();
        double[] point = new double[n];
        new PhiloxStream(9, StreamPurpose.Start, 2).FillUnitVector(point);
        Compare(new TangentHessian(landscape, point).Dense(), n - 1);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        var lapack = Library();
        Assert.Throws<ArgumentException>(() => lapack.Decompose(new double[3], 2));
        Assert.Throws<ArgumentException>(() => lapack.Decompose([double.NaN], 1));
        Assert.Throws<InvalidOperationException>(() => lapack.Decompose([1], 1).Vector(0).Length);
    }

    // The states are those of a run without the option, to the last bit; the eigenvalues are so to rounding, and the manifest says whose they are.
    [Fact]
    public void The_option_is_named_in_the_manifest()
    {
        string[] call = ["hessian", "--n", "30", "--trials", "2", "--t", "5", "--inv-delta-2", "4", "--out"];
        using var place = new Workplace();
        var lapack = Library();
        var own = place.Call([.. call, "own", "--json"]).Ends(ExitCode.Done).Json().GetProperty("result").GetProperty("measured");
        var other = place.Call([.. call, "other", "--lapack", "--json"]).Ends(ExitCode.Done).Json().GetProperty("result").GetProperty("measured");
        Assert.Equal(Value(own, "mu"), Value(other, "mu"));
        Assert.Equal(Value(own, "lowest"), Value(other, "lowest"), 1e-13);
        Assert.Equal(Value(own, "outlier_overlap2"), Value(other, "outlier_overlap2"), 1e-11);
        Assert.Equal(JsonValueKind.Null, Manifest("own").GetProperty("lapack").ValueKind);
        Assert.Equal(lapack.Name, Manifest("other").GetProperty("lapack").GetString());
        Assert.Matches(@"^lib\w+\.so\.\d( \(LAPACK 3\.\d+\.\d+\))?$", lapack.Name);
        place.Call("verify", "other").Ends(ExitCode.Done);
        Assert.Contains("--n", place.Refused("hessian", "--lapack"), StringComparison.Ordinal);

        static double Value(JsonElement owner, string key) => owner.GetProperty(key).GetProperty("value").GetDouble();
        JsonElement Manifest(string folder) => JsonDocument.Parse(File.ReadAllText(place[folder + "/manifest.json"])).RootElement;
    }

    // Names that no library has, and one that is no LAPACK; where the machine has none, the command says which were tried.
    [Fact]
    public void A_missing_library_is_said()
    {
        Assert.Null(Lapack.Find("libthalwegnothing.so.0, libc.so.6"));
        using var place = new Workplace();
        if (Lapack.Find() is null)
        {
            Assert.Contains(Lapack.Libraries, place.Refused("hessian", "--n", "30", "--lapack"), StringComparison.Ordinal);
        }
    }

    private static Lapack Library()
    {
        Assert.SkipWhen(Lapack.Find() is null, "LAPACK is not installed: install libopenblas0-pthread to run this test");
        return Lapack.Find()!;
    }

    private static void Compare(double[] matrix, int n)
    {
        SymmetricEigen ours = SymmetricEigen.Of(matrix, n, wantVectors: true), theirs = Library().Decompose(matrix, n, wantVectors: true);
        double[] values = Library().Decompose(matrix, n).Values.ToArray();
        double size = Math.Max(Math.Abs(ours.Values[0]), Math.Abs(ours.Values[n - 1])), rounding = 4 * (n + 3) * Unit;
        for (int k = 0; k < n; k++)
        {
            Assert.InRange(Math.Abs(ours.Values[k] - theirs.Values[k]) / size, 0, rounding);
            Assert.InRange(Math.Abs(values[k] - theirs.Values[k]) / size, 0, rounding);
            double gap = Math.Min(k == 0 ? size : ours.Values[k] - ours.Values[k - 1], k == n - 1 ? size : ours.Values[k + 1] - ours.Values[k]) / size;
            double sign = Vectors.Dot(ours.Vector(k), theirs.Vector(k)) < 0 ? -1 : 1, square = 0;
            for (int i = 0; i < n; i++)
            {
                square += (ours.Vector(k)[i] - sign * theirs.Vector(k)[i]) * (ours.Vector(k)[i] - sign * theirs.Vector(k)[i]);
            }

            Assert.InRange(Math.Sqrt(square), 0, 4 * rounding / gap);
        }
    }
}
