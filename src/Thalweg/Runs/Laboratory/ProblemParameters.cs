// The options of every command of the laboratory: which problem, and how large.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>--problem, --dim, --rank, --samples, --coverage, --p, --l, --field.</summary>
public static class ProblemParameters
{
    private const double MostNumbers = 2e8;

    /// <summary>Which problem.</summary>
    public static Parameter<string> Problem { get; } = new("problem", "which problem", Readers.Choice([.. ProblemCatalog.All.Select(kind => kind.Name)]));

    /// <summary>D.</summary>
    public static Parameter<int> Dimension { get; } = new("dim", "dimension D of the problem (default: its own)", Readers.Integer(1, 1_000_000));

    /// <summary>R.</summary>
    public static Parameter<int> Rank { get; } = new("rank", "rank R of a factorisation or units R of a network (default: its own)", Readers.Integer(1, 100));

    /// <summary>S.</summary>
    public static Parameter<int> Samples { get; } = new("samples", "measurements or data S (default: its own)", Readers.Integer(1, 10_000_000));

    /// <summary>The share of entries.</summary>
    public static Parameter<double> Coverage { get; } = new("coverage", "share of entries of a matrix that are seen (default: its own)", Readers.Number(1e-3, 1));

    /// <summary>P.</summary>
    public static Parameter<int> Order { get; } = new("p", "order P of the spin glass (default: 3) or of the power (default: 4)", Readers.Integer(2, 6));

    /// <summary>L of the tube.</summary>
    public static Parameter<double> Stiffness { get; } = new("l", "stiffness L of the tube, at or above its instability 1 (default: 1.5)", Readers.Number(1, 1e6));

    /// <summary>a of the spin glass.</summary>
    public static Parameter<double> Field { get; } = new("field", "variance a of a random linear field on the spin glass, Q(x) = x^P + a x (default: 0)", Readers.Number(0, 1e6));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [Problem, Dimension, Rank, Samples, Coverage, Order, Stiffness, Field];

    /// <summary>The kind of the problem and its full size.</summary>
    /// <param name="set">The values.</param>
    /// <exception cref="BadInputException">An option has no meaning for this problem, or the size is too small.</exception>
    public static (ProblemKind Kind, ProblemSize Size) Read(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var kind = ProblemCatalog.Find(set.Get(Problem)) ?? throw new InvalidOperationException("a problem that the parameter allows is in the catalog");
        foreach (var (parameter, isMeant) in new (Parameter, bool)[] { (Dimension, kind.Default.Dimension is not null), (Rank, kind.Default.Rank is not null), (Samples, kind.Default.Samples is not null), (Coverage, kind.Default.Coverage is not null), (Order, kind.Default.Order is not null), (Stiffness, kind.Default.Stiffness is not null), (Field, kind.Default.Field is not null) })
        {
            if (set.IsGiven(parameter) && !isMeant)
            {
                throw new BadInputException($"--{parameter.Name} has no meaning for --problem {kind.Name}: leave it out");
            }
        }

        var size = kind.Full(new(set.IsGiven(Dimension) ? set.Get(Dimension) : null, set.IsGiven(Rank) ? set.Get(Rank) : null, set.IsGiven(Samples) ? set.Get(Samples) : null, set.IsGiven(Coverage) ? set.Get(Coverage) : null, set.IsGiven(Order) ? set.Get(Order) : null, set.Get(CommonParameters.Seed), set.IsGiven(Stiffness) ? set.Get(Stiffness) : null, set.IsGiven(Field) ? set.Get(Field) : null));
        if (size.Dimension < kind.Smallest)
        {
            throw new BadInputException($"--dim {size.Dimension}: --problem {kind.Name} needs at least {kind.Smallest}");
        }

        if (Numbers((kind, size)) > MostNumbers)
        {
            throw new BadInputException(FormattableString.Invariant($"--problem {kind.Name} of this size is made of {Numbers((kind, size)):G2} random numbers: at most {MostNumbers:G2}; make it smaller"));
        }

        return size.Rank > size.Dimension && kind.Name != "quadratic-network"
            ? throw new BadInputException($"--rank {size.Rank}: must be at most --dim {size.Dimension}")
            : (kind, size);
    }

    /// <summary>What a problem itself takes, in bytes.</summary>
    /// <param name="set">The values.</param>
    public static long Bytes(ParameterSet set) => 8 * (long)Numbers(Read(set));

    /// <summary>How many numbers a point has.</summary>
    /// <param name="set">The values.</param>
    public static long Coordinates(ParameterSet set)
    {
        var (kind, size) = Read(set);
        long n = size.Dimension ?? 2;
        return kind.Name switch
        {
            "asymmetric-factorization" => 2 * n * size.Rank!.Value,
            "components" => n * n,
            _ => n * (size.Rank ?? 1),
        };
    }

    /// <summary>Refuses a size without a problem.</summary>
    /// <param name="set">The values.</param>
    /// <exception cref="BadInputException">A size is given and no problem.</exception>
    public static void RefuseSizes(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (!set.IsGiven(Problem) && All.FirstOrDefault(set.IsGiven) is { } size)
        {
            throw new BadInputException($"--{size.Name} needs --problem: say which");
        }
    }

    private static double Numbers((ProblemKind Kind, ProblemSize Size) problem)
    {
        double n = problem.Size.Dimension ?? 2, samples = problem.Size.Samples ?? 0;
        int order = problem.Size.Order ?? 3;
        return problem.Kind.Name switch
        {
            "quadratic" or "double-well" or "tube" or "trap" or "power" => n,
            "matrix-sensing" => samples * n * n,
            "quadratic-network" or PlantedPhase.Name => samples * n,
            SphericalGlass.Name => Math.Pow(n + order, order) / Enumerable.Range(1, order).Aggregate(1.0, (product, k) => product * k),

            // A frame of as many vectors as dimensions is made orthonormal with n³ operations.
            "tensor" or "components" => n * n * n,
            _ => n * n,
        };
    }

    /// <summary>The options of the problem that this call uses, defaults included.</summary>
    /// <param name="set">The values.</param>
    public static IEnumerable<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        var (kind, size) = Read(set);
        yield return (Problem, kind.Name);
        if (size.Dimension is { } dimension)
        {
            yield return (Dimension, Readers.Text(dimension));
        }

        if (size.Rank is { } rank)
        {
            yield return (Rank, Readers.Text(rank));
        }

        if (size.Samples is { } samples)
        {
            yield return (Samples, Readers.Text(samples));
        }

        if (size.Coverage is { } coverage)
        {
            yield return (Coverage, Readers.Text(coverage));
        }

        if (size.Order is { } order)
        {
            yield return (Order, Readers.Text(order));
        }

        if (size.Stiffness is { } stiffness)
        {
            yield return (Stiffness, Readers.Text(stiffness));
        }

        if (size.Field is { } field)
        {
            yield return (Field, Readers.Text(field));
        }
    }
}
