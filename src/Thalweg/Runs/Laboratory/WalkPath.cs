// What is kept of one walk: all iterations of a short one, ever fewer of a long one.
using System;
using System.Collections.Generic;
using Thalweg.Descent;
using Thalweg.Numerics.Kernels;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>Rows at the iterations k = 0, 1, 2, .. as long as there is room, and then at times that grow by a constant factor; the last one always.</summary>
internal sealed class WalkPath
{
    private readonly List<double> iterations = [], values = [], gradients = [], lengths = [], coordinates = [];
    private readonly double factor;
    private readonly int kept;
    private double[] last = [], move = [];
    private double length;
    private long next, row = -1;

    /// <summary>An empty path.</summary>
    /// <param name="iterations">The most iterations.</param>
    /// <param name="points">About how many rows may be kept.</param>
    /// <param name="coordinates">How many coordinates of each point.</param>
    public WalkPath(long iterations, int points, int coordinates)
    {
        // With the factor 1 + 1/c every iteration up to c is kept, and c ln(K/c) of those beyond.
        double dense = iterations;
        if (iterations > points)
        {
            dense = points;
            for (int k = 0; k < 60; k++)
            {
                dense = points / (1 + Math.Log(Math.Max(Math.E, iterations / dense)));
            }
        }

        (factor, kept) = (1 + 1 / Math.Max(1, dense), coordinates);
    }

    public IReadOnlyList<double> Iterations => iterations;

    public IReadOnlyList<double> Values => values;

    public IReadOnlyList<double> Gradients => gradients;

    /// <summary>|x_1 - x_0| + |x_2 - x_1| + .. so far.</summary>
    public double Length => length;

    /// <summary>Looks at the method after each step.</summary>
    public void Watch(DescentMethod method)
    {
        if (last.Length == 0)
        {
            (last, move) = (method.Point.ToArray(), new double[method.Point.Length]);
        }
        else
        {
            method.Point.CopyTo(move);
            Vectors.Add(-1, last, move);
            length += Vectors.Length(move);
            method.Point.CopyTo(last);
        }

        if (method.Iterations >= next)
        {
            Keep(method);
            next = Math.Max(method.Iterations + 1, (long)(method.Iterations * factor));
        }
    }

    /// <summary>Keeps the last point.</summary>
    public void End(DescentMethod method)
    {
        if (row < method.Iterations)
        {
            Keep(method);
        }
    }

    /// <summary>The tables "path" and "points".</summary>
    public IReadOnlyList<Table> Tables()
    {
        int rows = iterations.Count, each = Math.Min(kept, last.Length);
        var (time, which) = (new long[rows * each], new long[rows * each]);
        for (int i = 0; i < time.Length; i++)
        {
            (time[i], which[i]) = ((long)iterations[i / each], i % each);
        }

        return
        [
            new("path", Column.Integers("iteration", [.. Whole(iterations)]), Of("value", values), Of("gradient_norm", gradients), Of("length", lengths)),
            new("points", Column.Integers("iteration", time), Column.Integers("coordinate", which), Of("x", coordinates)),
        ];
    }

    private static IEnumerable<long> Whole(List<double> numbers)
    {
        foreach (double number in numbers)
        {
            yield return (long)number;
        }
    }

    private static Column Of(string name, List<double> numbers)
    {
        bool[] exists = [.. numbers.ConvertAll(double.IsFinite)];
        return new(name, [.. numbers.ConvertAll(number => double.IsFinite(number) ? number : 0)], Array.TrueForAll(exists, one => one) ? null : exists);
    }

    private void Keep(DescentMethod method)
    {
        row = method.Iterations;
        iterations.Add(method.Iterations);
        values.Add(method.Value);
        gradients.Add(method.GradientNorm);
        lengths.Add(length);
        for (int i = 0; i < Math.Min(kept, last.Length); i++)
        {
            coordinates.Add(method.Point[i]);
        }
    }
}
