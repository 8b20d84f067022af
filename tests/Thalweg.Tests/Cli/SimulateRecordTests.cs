// What "simulate" records on request, against the two-time equations, exact sums and a second way to find it.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Thalweg.Cli;
using Thalweg.Descent.FirstOrder;
using Thalweg.Instances;
using Thalweg.Models;
using Thalweg.Probes;
using Xunit;

namespace Thalweg.Tests.Cli;

public sealed class SimulateRecordTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    // statistical(4 standard errors + 3/N): parts of the loss, correlations and responses over twenty drawn instances lie on the two-time curves.
    [Fact]
    public void Parts_correlations_and_responses_lie_on_the_two_time_curves()
    {
        const int n = 120;
        var result = place.Call("simulate", "--n", "120", "--trials", "20", "--t", "6", "--m0", "0.3", "--inv-delta-2", "2.7", "--waiting", "0,0.5,2", "--response", "0.01", "--out", "x", "--json").Ends(ExitCode.Done).Json().GetProperty("result");
        var times = Columns("x/data.csv");
        foreach (string name in new[] { "energy_noise_2", "energy_noise_3", "energy_signal" })
        {
            AssertOnCurve(times, name, n);
        }

        var correlation = Columns("x/data-correlation.csv");
        AssertOnCurve(correlation, "c", n);
        AssertOnCurve(correlation, "chi", n);
        foreach (double wait in new[] { 0, 0.5, 2 })
        {
            var record = result.GetProperty("waiting").EnumerateArray().Single(item => item.GetProperty("t_w").GetDouble() == wait);
            int[] rows = [.. Enumerable.Range(0, correlation["t"].Length).Where(row => correlation["t_w"][row] == wait)];
            Assert.Equal(times["t"].Where(t => t >= wait), rows.Select(row => correlation["t"][row]));
            Assert.Equal(1, correlation["c"][rows[0]], 1e-14);
            Assert.Equal(0, correlation["chi"][rows[0]]);
            Assert.Equal(correlation["c"][rows[^1]], Value(record, "c"));
            Assert.Equal(correlation["chi"][rows[^1]], Value(record, "chi"));

            // Each of both curves is compared at every time but the first.
            Assert.Equal(2 * (rows.Length - 1), record.GetProperty("compared").GetInt32());
            Assert.InRange(record.GetProperty("outside_5").GetInt32(), 0, record.GetProperty("outside_3").GetInt32());
        }
    }

    // exact: every row of every trial, to rounding; the curves of infinite N to what their errors allow at --tol 1e-5.
    [Theory]
    [InlineData("--n 20")]
    [InlineData("--n 20 --strict-sums --precision float")]
    [InlineData("--n 22 --diluted 6 --m0 0.3")]
    [InlineData("--n 20 --temperature 0.3")]
    [InlineData("--n 20 --no-planted --mixture x^2+x^3")]
    public void Parts_add_up_to_the_loss(string words)
    {
        place.Call(["simulate", .. words.Split(' '), "--trials", "2", "--t", "2", "--out", "x"]).Ends(ExitCode.Done);
        foreach (var (file, suffix, tolerance) in new[] { ("x/data-trials.csv", string.Empty, 1e-12), ("x/data.csv", "_two_time", 1e-4) })
        {
            var columns = Columns(file);
            string[] parts = [.. columns.Keys.Where(name => name.StartsWith("energy_noise_", StringComparison.Ordinal) || name.StartsWith("energy_signal", StringComparison.Ordinal)).Where(name => suffix.Length > 0 ? name.EndsWith(suffix, StringComparison.Ordinal) : true)];
            Assert.Equal(words.Contains("--no-planted", StringComparison.Ordinal) ? 2 : 3, parts.Length);
            for (int row = 0; row < columns["t"].Length; row++)
            {
                Assert.Equal(columns["energy" + suffix][row], parts.Sum(part => columns[part][row]), tolerance);
            }
        }
    }

    // exact: at t = 0 all eigenvalues of the Hessian from its matrix; the vectors span the tangent space, so that their overlaps add up to one. 1e-6: the tolerance of the pairs is 1e-8 of the spread.
    [Fact]
    public void Lowest_eigenpairs_are_those_of_the_matrix()
    {
        const int n = 14;
        var result = place.Call("simulate", "--n", "14", "--trials", "3", "--t", "1", "--at", "0,0.5", "--lowest", "13", "--seed", "5", "--out", "x", "--json").Ends(ExitCode.Done).Json().GetProperty("result");
        var table = Columns("x/data-lowest.csv");
        Assert.Equal(3 * 2 * 13, table["k"].Length);
        for (int trial = 0; trial < 3; trial++)
        {
            var landscape = PackedInstance.Draw(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.3).ToModel(), n, 5, (uint)trial).Landscape();
            double[] start = new double[n];
            Trials.Start(landscape, null, 5, (uint)trial, start);
            double[] expected = [.. new TangentHessian(landscape, start).Eigenvalues().Order()];
            foreach (double t in new[] { 0, 0.5 })
            {
                int[] rows = [.. Enumerable.Range(0, table["k"].Length).Where(row => table["trial"][row] == trial && table["t"][row] == t)];
                Assert.Equal(1, rows.Sum(row => table["overlap2"][row]), 1e-9);
                Assert.All(rows, row => Assert.InRange(table["residual"][row], 0, 1e-6));
                for (int k = 0; t == 0 && k < rows.Length; k++)
                {
                    Assert.Equal(expected[k], table["eigenvalue"][rows[k]], 1e-6);
                }
            }
        }

        var first = result.GetProperty("at")[1].GetProperty("lowest")[0];
        double[] lowest = [.. Enumerable.Range(0, table["k"].Length).Where(row => table["k"][row] == 1 && table["t"][row] == 0.5).Select(row => table["eigenvalue"][row])];
        Assert.Equal(lowest.Average(), Value(first, "eigenvalue"), 1e-12);
        Assert.Equal(Math.Sqrt(lowest.Sum(x => (x - lowest.Average()) * (x - lowest.Average())) / 6), first.GetProperty("eigenvalue").GetProperty("error").GetDouble(), 1e-12);
    }

    // A walk of fixed steps waits at a step, and the correlation at zero temperature is that of the table of a flow up to the step.
    [Fact]
    public void Walks_of_fixed_steps_wait_at_their_steps()
    {
        var result = place.Call("simulate", "--method", "descent", "--step", "0.3", "--n", "20", "--trials", "2", "--t", "1", "--waiting", "0.5", "--out", "x", "--json").Ends(ExitCode.Done).Json().GetProperty("result");
        Assert.Equal(0.6, result.GetProperty("waiting")[0].GetProperty("t_w").GetDouble(), 1e-12);
        var table = Columns("x/data-correlation.csv");
        Assert.All(table["t_w"], t => Assert.Equal(0.6, t, 1e-12));
        Assert.Equal([0.6, 0.9, 1.2], table["t"].Select(t => Math.Round(t, 9)));
        Assert.Equal(1, table["c"][0], 1e-14);
        Assert.True(table["c"][1] > table["c"][2] && table["c"][2] > 0);
    }

    // A record changes no step: what is recorded without it stays, to the bit.
    [Fact]
    public void Records_change_no_walk()
    {
        string[] call = ["simulate", "--n", "30", "--trials", "3", "--t", "4", "--at", "0.5,2"];
        place.Call([.. call, "--out", "plain"]).Ends(ExitCode.Done);
        place.Call([.. call, "--waiting", "0.5,2", "--lowest", "2", "--response", "0.05", "--out", "more"]).Ends(ExitCode.Done);
        foreach (string file in new[] { "data.csv", "data-trials.csv" })
        {
            Assert.Equal(File.ReadAllText(place["plain/" + file]), File.ReadAllText(place["more/" + file]));
        }

        Assert.Contains("Integrated response", File.ReadAllText(place["more/figure.svg"]), StringComparison.Ordinal);
        Assert.DoesNotContain("Integrated response", File.ReadAllText(place["plain/figure.svg"]), StringComparison.Ordinal);
    }

    // An answer must lie within memory before anything is drawn: at this size Krylov spaces are what is too large.
    [Fact]
    public void Krylov_spaces_are_forecast()
    {
        string[] call = ["simulate", "--n", "100000", "--diluted", "2", "--trials", "2", "--t", "0.01", "--max-memory", "300M"];
        var answer = place.Call([.. call, "--at", "0.01", "--lowest", "2"]).Ends(ExitCode.Limit);
        Assert.Contains("memory", answer.Error, StringComparison.Ordinal);
        place.Call(call).Ends(ExitCode.Done);
    }

    private static void AssertOnCurve(Dictionary<string, double[]> columns, string name, int n)
    {
        for (int row = 0; row < columns["t"].Length; row++)
        {
            double mean = columns[name][row], theory = columns[name + "_two_time"][row], error = columns[name + "_se"][row];
            Assert.True(Math.Abs(mean - theory) < 4 * error + 3.0 / n, $"{name} at t = {columns["t"][row]}: {mean} +- {error} against {theory}");
        }

        // ... and the curve moves by more than that, so that agreement says something.
        Assert.InRange(columns[name + "_two_time"].Max() - columns[name + "_two_time"].Min(), 0.1, 2);
    }

    private static double Value(JsonElement owner, string key) => owner.GetProperty(key).GetProperty("value").GetDouble();

    private Dictionary<string, double[]> Columns(string file)
    {
        string[][] lines = [.. File.ReadAllLines(place[file]).Select(line => line.Split(','))];
        return lines[0].Select((name, i) => (Name: name, Values: lines.Skip(1).Select(line => double.Parse(line[i], CultureInfo.InvariantCulture)).ToArray())).ToDictionary(column => column.Name, column => column.Values);
    }
}
