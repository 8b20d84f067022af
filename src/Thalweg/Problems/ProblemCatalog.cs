// The problems, one line each.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Problems.Counterexamples;
using Thalweg.Problems.Factorization;

namespace Thalweg.Problems;

/// <summary>How large a problem is; what is null has the default of its problem.</summary>
/// <param name="Dimension">n or d, as the problem says.</param>
/// <param name="Rank">Columns of a factor, units of a network.</param>
/// <param name="Samples">Measurements or data.</param>
/// <param name="Coverage">The share of entries that are seen.</param>
/// <param name="Order">p of a tensor or of a power.</param>
/// <param name="Seed">Of everything random.</param>
/// <param name="Stiffness">L of the tube.</param>
/// <param name="Field">a of the random linear field of the spin glass.</param>
public sealed record ProblemSize(int? Dimension = null, int? Rank = null, int? Samples = null, double? Coverage = null, int? Order = null, ulong Seed = 1, double? Stiffness = null, double? Field = null);

/// <summary>A problem by name.</summary>
/// <param name="Name">kebab-case.</param>
/// <param name="Summary">What it is, with the meaning of its size.</param>
/// <param name="Default">Its size when nothing is given: what is null here has no meaning for it.</param>
/// <param name="Smallest">The smallest dimension.</param>
/// <param name="Build">Makes it from a size without nulls but those of the default.</param>
public sealed record ProblemKind(string Name, string Summary, ProblemSize Default, int Smallest, Func<ProblemSize, Problem> Build)
{
    /// <summary>The problem of a size; what is null has its default.</summary>
    /// <param name="size">The size.</param>
    public Problem Of(ProblemSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return Build(Full(size));
    }

    /// <summary>A size with the defaults in the place of nulls.</summary>
    /// <param name="size">The size.</param>
    public ProblemSize Full(ProblemSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return new(size.Dimension ?? Default.Dimension, size.Rank ?? Default.Rank, size.Samples ?? Default.Samples, size.Coverage ?? Default.Coverage, size.Order ?? Default.Order, size.Seed, size.Stiffness ?? Default.Stiffness, size.Field ?? Default.Field);
    }
}

/// <summary>An explicit list: what stands here is checked by slope tests and known points on arrival.</summary>
public static class ProblemCatalog
{
    /// <summary>Every problem, in the order of the documentation.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        new("quadratic", "saddle ½ Σ λ_i x_i² in D dimensions with λ = 1, then halved from one to the next, the last of them negative", new(3), 1, size => new DiagonalQuadratic(Saddle(size.Dimension!.Value))),
        new("double-well", "½|x|² - 2 ln cosh x_1 in D dimensions: two minima on either side of a strict saddle", new(10), 1, size => new DoubleWell(size.Dimension!.Value)),
        new("psd-factorization", "¼|UU^T - M|², M of D × D with eigenvalues R, R-1, .., 1, U of rank R", new(20, 3), 2, size => new PositiveFactorization(size.Dimension!.Value, size.Rank!.Value, Descending(size.Rank.Value), size.Seed)),
        new("asymmetric-factorization", "½|UV^T - M|² with a balancing term, M of D × (5D/6) with singular values R, .., 1", new(30, 3), 3, size => new AsymmetricFactorization(size.Dimension!.Value, Math.Max(1, 5 * size.Dimension.Value / 6), size.Rank!.Value, Descending(size.Rank.Value), size.Seed)),
        new("matrix-sensing", "a positive D × D matrix of rank R from S measurements", new(20, 2, 200), 2, size => new MatrixSensing(size.Dimension!.Value, size.Rank!.Value, size.Samples!.Value, size.Seed)),
        new("matrix-completion", "a positive D × D matrix of rank R from a share of its entries", new(60, 2, Coverage: 0.35), 2, size => new MatrixCompletion(size.Dimension!.Value, size.Rank!.Value, size.Coverage!.Value, size.Seed)),
        new("tensor", "a component of an orthogonal fourth-order tensor in D dimensions, on the sphere", new(8), 2, size => new OrthogonalTensor(size.Dimension!.Value, size.Seed)),
        new("components", "all components of an orthogonal fourth-order tensor in D dimensions, on unit rows", new(4), 2, size => new SeparatedComponents(size.Dimension!.Value, size.Seed)),
        new("quadratic-network", "R units with squares in D dimensions, S data of a teacher of three units", new(6, 6, 40), 1, size => new QuadraticNetwork(size.Dimension!.Value, size.Rank!.Value, 3, size.Samples!.Value, size.Seed)),
        new(SphericalGlass.Name, "the spherical p-spin glass of order P in D dimensions, energy per spin", new(60, Order: 3, Field: 0), 4, size => new SphericalGlass(size.Dimension!.Value, size.Order!.Value, size.Seed, size.Field!.Value)),
        new(PlantedPhase.Name, "a unit vector in D dimensions from the squares of S random products, a = 0.1 in the loss, on the sphere", new(60, Samples: 360), 2, size => new PlantedPhase(size.Dimension!.Value, size.Samples!.Value, 0.1, size.Seed)),
        new("tube", "D saddles one after another, with curvatures of 2L around them, in D dimensions", new(10, Stiffness: 1.5), 1, size => new Tube(size.Dimension!.Value, size.Stiffness!.Value)),
        new("flat-valley", "two dimensions, with a second-order critical point that is no minimum", new(), 2, _ => new FlatValley()),
        new("nesterov", "two dimensions, with a start from which gradient descent converges to a strict saddle", new(), 2, _ => new NesterovSaddle()),
        new("trap", "D dimensions, where gradient descent with the step 1 throws most starts onto strict saddles", new(2), 1, size => new SaddleTrap(size.Dimension!.Value)),
        new("spiral", "two dimensions, where gradient descent goes round for ever and converges to no point", new(), 2, _ => new SpiralGroove()),
        new("power", "Σ |x_i|^P / P in D dimensions, with a minimum that is flat for P above 2", new(1, Order: 4), 1, size => new PowerWell(size.Dimension!.Value, size.Order!.Value)),
    ];

    /// <summary>The problem of a name, or null.</summary>
    /// <param name="name">Its name.</param>
    public static ProblemKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    // 1, ½, -¼ in three dimensions, as in the lecture.
    private static double[] Saddle(int dimension) => [.. Enumerable.Range(0, dimension).Select(i => Math.Pow(2, -i) * (i == dimension - 1 && i > 0 ? -1 : 1))];

    private static double[] Descending(int rank) => [.. Enumerable.Range(0, rank).Select(k => (double)(rank - k))];
}
