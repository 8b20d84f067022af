// Where walks of a problem begin: its random starts, a known critical point and beside it, or a point given by its numbers.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>--from, --displacement, --start, --spread.</summary>
public static class StartParameters
{
    /// <summary>A known point.</summary>
    public static Parameter<string> From { get; } = new("from", "begin at a known critical point, by its name (default: the problem's random starts)", Readers.Words("a name", text => text.Trim().Length == 0 ? throw new FormatException("must be a name") : text.Trim()));

    /// <summary>How far from it.</summary>
    public static Parameter<double> Displacement { get; } = new("displacement", "how far from the known point, in a random direction; 0 for the point itself", Readers.Number(0, 1e6), "1e-3") { Needs = From };

    /// <summary>A point by its numbers.</summary>
    public static Parameter<double[]> Start { get; } = new("start", "begin at this point, in place of random starts: its numbers with commas", Readers.Numbers(-1e300, 1e300));

    /// <summary>The spread of random starts.</summary>
    public static Parameter<double> Spread { get; } = new("spread", "multiply random starts by this (default: 1; flat spaces alone)", Readers.Number(1e-300, 1e6));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [From, Displacement, Start, Spread];

    /// <summary>Refuses options that contradict each other.</summary>
    /// <param name="set">The values.</param>
    /// <exception cref="BadInputException">More than one of --from, --start and --spread is given.</exception>
    public static void Check(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        Parameter[] given = [.. new Parameter[] { From, Start, Spread }.Where(set.IsGiven)];
        if (given.Length > 1)
        {
            throw new BadInputException($"--{given[0].Name} and --{given[1].Name} both say where walks begin: give one of them");
        }
    }

    /// <summary>The starts that a call asks for.</summary>
    /// <param name="set">The values.</param>
    /// <param name="kind">The problem's name and size.</param>
    /// <param name="problem">The problem.</param>
    /// <exception cref="BadInputException">There is no such point.</exception>
    internal static WalkStarts Read(ParameterSet set, ProblemKind kind, Problem problem)
    {
        Check(set);
        int n = problem.Manifold.AmbientDimension;
        ulong seed = set.Get(CommonParameters.Seed);
        if (set.IsGiven(Start))
        {
            double[] point = set.Get(Start);
            if (point.Length != n)
            {
                throw new BadInputException($"--start: {point.Length} numbers, and a point of --problem {kind.Name} has {n}");
            }

            problem.Manifold.Normalise(point);
            return point.All(double.IsFinite) ? new(problem, seed, point, 0, 1) : throw new BadInputException($"--start: this point cannot be put on the manifold \"{problem.Manifold.Name}\" of --problem {kind.Name}; give another one");
        }

        if (!set.IsGiven(From))
        {
            double spread = set.IsGiven(Spread) ? set.Get(Spread) : 1;
            return spread == 1 || problem.Manifold is Geometry.EuclideanSpace ? new(problem, seed, null, 0, spread)
                : throw new BadInputException($"--spread has no meaning on the manifold \"{problem.Manifold.Name}\" of --problem {kind.Name}: leave it out");
        }

        string name = set.Get(From);
        string[] names = [.. problem.KnownPoints.Select(known => known.Name)];
        return problem.KnownPoints.FirstOrDefault(known => known.Name == name) is { } from ? new(problem, seed, from.Point, set.Get(Displacement), 1)
            : throw new BadInputException($"--from {name}: --problem {kind.Name} knows no such point; it knows {(names.Length == 0 ? "none" : string.Join(", ", names))}{Closest.Hint(name, names)}");
    }
}

/// <summary>Starts as a function of seed and trial.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Seed">Of everything random.</param>
/// <param name="Point">[i], where walks begin; null for the problem's own starts.</param>
/// <param name="Displacement">How far from the point, in a direction that is uniform on the sphere of the tangent space.</param>
/// <param name="Spread">By how much random starts are multiplied.</param>
internal sealed record WalkStarts(Problem Problem, ulong Seed, double[]? Point, double Displacement, double Spread)
{
    /// <summary>The start of a trial.</summary>
    /// <param name="trial">Its number.</param>
    public double[] Of(uint trial)
    {
        double[] start = new double[Problem.Manifold.AmbientDimension];
        if (Point is null)
        {
            Problem.Start(new PhiloxStream(Seed, StreamPurpose.Start, trial), start);
            if (Spread != 1)
            {
                Vectors.Scale(Spread, start);
            }

            return start;
        }

        Point.CopyTo(start, 0);
        if (Displacement > 0)
        {
            double[] direction = new double[start.Length];
            new PhiloxStream(Seed, StreamPurpose.Field, trial).FillUnitVector(direction);
            Problem.Manifold.Project(start, direction);
            Problem.Manifold.Retract(start, direction, Displacement / Math.Max(double.Epsilon, Vectors.Length(direction)), start);
        }

        return start;
    }
}
