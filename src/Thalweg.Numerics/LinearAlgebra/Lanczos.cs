// The lowest eigenpairs of a symmetric operator that is given as a product: Lanczos' method with full reorthogonalisation.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;

namespace Thalweg.Numerics.LinearAlgebra;

/// <summary>A v for a symmetric A.</summary>
/// <param name="vector">v: [i].</param>
/// <param name="product">[i], overwritten by A v.</param>
public delegate void SymmetricProduct(ReadOnlySpan<double> vector, Span<double> product);

/// <summary>Eigenpairs and how well they satisfy their equation.</summary>
/// <param name="Values">λ_k, ascending.</param>
/// <param name="Vectors">[k][i], of length one, orthogonal to each other and to what was deflated.</param>
/// <param name="Residuals">|A v - λ v| of each pair, computed with a product of its own, plus its rounding: an eigenvalue of A lies within that distance of λ_k.</param>
/// <param name="Products">How often A was applied.</param>
/// <param name="IsConverged">Whether every residual is below the tolerance times the spread of the spectrum that was seen.</param>
public sealed record LanczosPairs(double[] Values, double[][] Vectors, double[] Residuals, int Products, bool IsConverged);

/// <summary>
/// A Krylov space with full reorthogonalisation (Parlett, The Symmetric Eigenvalue Problem, chapter 13), not restarted: cost m products and O(m² n) besides, memory 8 m n bytes for m steps. Deterministic: the start is drawn from a fixed stream.
/// </summary>
public sealed class Lanczos
{
    private const double Unit = 2.220446049250313e-16, Breakdown = 1e-13;
    private readonly SymmetricProduct product;
    private readonly double[][] deflated;
    private readonly double[][] basis;
    private readonly double[] diagonal, off, work;
    private readonly PhiloxStream stream;
    private readonly int n;
    private double[] first = [];

    /// <summary>Room for a Krylov space.</summary>
    /// <param name="dimension">n.</param>
    /// <param name="product">A.</param>
    /// <param name="largestSpace">The most steps that may be made; reduced to what is left of the space.</param>
    /// <param name="seed">Names the random start.</param>
    /// <param name="deflated">Orthonormal vectors that are projected out, n entries each: A is taken between the vectors orthogonal to them.</param>
    public Lanczos(int dimension, SymmetricProduct product, int largestSpace, ulong seed = 1, params double[][] deflated)
    {
        ArgumentNullException.ThrowIfNull(product);
        ArgumentNullException.ThrowIfNull(deflated);
        if (dimension <= deflated.Length || largestSpace < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "nothing is left of the space, or no step is allowed");
        }

        (n, this.product, this.deflated) = (dimension, product, deflated);
        basis = new double[Math.Min(largestSpace, dimension - deflated.Length)][];
        (diagonal, off, work) = (new double[basis.Length], new double[basis.Length], new double[dimension]);
        stream = new(seed, StreamPurpose.Start, 0, uint.MaxValue);
    }

    /// <summary>The Krylov space of a vector, in place of one with a random start.</summary>
    /// <param name="start">[i], neither zero nor in the span of what is deflated; of any length.</param>
    /// <param name="product">A.</param>
    /// <param name="largestSpace">The most steps that may be made.</param>
    /// <param name="deflated">Orthonormal vectors that are projected out.</param>
    public static Lanczos From(ReadOnlySpan<double> start, SymmetricProduct product, int largestSpace, params double[][] deflated) => new(start.Length, product, largestSpace, 1, deflated) { first = start.ToArray() };

    /// <summary>How many steps were made.</summary>
    public int Steps { get; private set; }

    /// <summary>The diagonal of the tridiagonal matrix, <see cref="Steps"/> entries.</summary>
    public ReadOnlySpan<double> Diagonal => diagonal.AsSpan(0, Steps);

    /// <summary>What couples k and k + 1; the last entry couples to the step that was not made.</summary>
    public ReadOnlySpan<double> OffDiagonal => off.AsSpan(0, Steps);

    /// <summary>The lowest eigenpairs.</summary>
    /// <param name="dimension">n.</param>
    /// <param name="product">A.</param>
    /// <param name="count">How many, at least 1; fewer are returned when the space is smaller.</param>
    /// <param name="tolerance">On the residuals, relative to the spread of the spectrum that was seen.</param>
    /// <param name="largestSpace">The most steps.</param>
    /// <param name="deflated">Orthonormal vectors that are projected out.</param>
    public static LanczosPairs Lowest(int dimension, SymmetricProduct product, int count, double tolerance = 1e-10, int largestSpace = 600, params double[][] deflated)
    {
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "must be at least 1");
        }

        var lanczos = new Lanczos(dimension, product, largestSpace, 1, deflated);
        int next = Math.Min(lanczos.basis.Length, Math.Max(20, 3 * count));
        while (true)
        {
            lanczos.Extend(next);
            var (values, rows) = lanczos.Solve();
            count = Math.Min(count, values.Length);
            double scale = Math.Max(values[^1] - values[0], Unit * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]))), largest = 0;
            for (int k = 0; k < count; k++)
            {
                largest = Math.Max(largest, lanczos.Residual(rows[k]));
            }

            if (largest <= 0.5 * tolerance * scale || lanczos.Steps == lanczos.basis.Length)
            {
                return lanczos.Pairs(values, rows, count, tolerance * scale);
            }

            next = Math.Min(lanczos.basis.Length, lanczos.Steps + Math.Max(10, lanczos.Steps / 4));
        }
    }

    /// <summary>Makes steps until there are as many as asked for.</summary>
    /// <param name="steps">At most the size of the space that was made room for.</param>
    public void Extend(int steps)
    {
        for (int k = Steps; k < Math.Min(steps, basis.Length); k++)
        {
            double[] v = basis[k] ??= new double[n];
            if (k == 0 || off[k - 1] == 0)
            {
                Restart(v, k);
            }
            else
            {
                work.CopyTo(v, 0);
                Kernels.Vectors.Scale(1 / off[k - 1], v);
            }

            product(v, work);
            diagonal[k] = Kernels.Vectors.Dot(v, work);
            double before = Kernels.Vectors.Length(work);
            Orthogonalise(work, k + 1);
            off[k] = Kernels.Vectors.Length(work);
            if (off[k] <= Breakdown * before)
            {
                // The space is invariant: what follows starts afresh and is not coupled.
                off[k] = 0;
            }

            Steps = k + 1;
        }
    }

    /// <summary>Eigenvalues of the tridiagonal matrix, ascending, and its eigenvectors.</summary>
    /// <returns>λ_k and [k][step].</returns>
    public (double[] Values, double[][] Vectors) Solve()
    {
        int m = Steps;
        double[] values = Diagonal.ToArray(), coupling = OffDiagonal.ToArray(), rotations = new double[m * m];
        for (int i = 0; i < m; i++)
        {
            rotations[i * m + i] = 1;
        }

        Tridiagonal.SolveInPlace(values, coupling, rotations);
        var vectors = new double[m][];
        for (int k = 0; k < m; k++)
        {
            vectors[k] = rotations.AsSpan(k * m, m).ToArray();
        }

        Array.Sort(values, vectors);
        return (values, vectors);
    }

    /// <summary>The vector of length one with given coordinates in the Krylov space: an eigenvector's from <see cref="Solve"/>.</summary>
    /// <param name="coordinates">[step].</param>
    /// <returns>[i].</returns>
    public double[] Combine(double[] coordinates)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        double[] vector = new double[n];
        Combine(coordinates, vector);
        Kernels.Vectors.Scale(1 / Kernels.Vectors.Length(vector), vector);
        return vector;
    }

    /// <summary>The vector with given coordinates in the Krylov space, of the length that they give it.</summary>
    /// <param name="coordinates">[step].</param>
    /// <param name="vector">[i], overwritten.</param>
    public void Combine(ReadOnlySpan<double> coordinates, Span<double> vector)
    {
        vector.Clear();
        for (int step = 0; step < Steps; step++)
        {
            Kernels.Vectors.Add(coordinates[step], basis[step], vector);
        }
    }

    /// <summary>The coordinates of a vector's part in the Krylov space.</summary>
    /// <param name="vector">[i].</param>
    /// <returns>[step].</returns>
    public double[] Coordinates(ReadOnlySpan<double> vector)
    {
        double[] coordinates = new double[Steps];
        for (int step = 0; step < Steps; step++)
        {
            coordinates[step] = Kernels.Vectors.Dot(basis[step], vector);
        }

        return coordinates;
    }

    private double Residual(double[] row) => off[Steps - 1] * Math.Abs(row[^1]);

    private LanczosPairs Pairs(double[] values, double[][] rows, int count, double largest)
    {
        var vectors = new double[count][];
        var residuals = new double[count];
        double scale = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        bool converged = true;
        for (int k = 0; k < count; k++)
        {
            vectors[k] = Combine(rows[k]);
            product(vectors[k], work);
            Deflate(work);
            Kernels.Vectors.Add(-values[k], vectors[k], work);
            residuals[k] = Kernels.Vectors.Length(work) + 4 * Unit * Math.Sqrt(n) * scale;
            converged &= residuals[k] <= Math.Max(largest, 16 * Unit * Math.Sqrt(n) * scale);
        }

        return new(values[..count], vectors, residuals, Steps + count, converged);
    }

    // A random vector orthogonal to everything so far; the given one at the start.
    private void Restart(double[] v, int k)
    {
        if (k == 0 && first.Length > 0)
        {
            first.CopyTo(v, 0);
            Kernels.Vectors.Scale(1 / Kernels.Vectors.Length(v), v);
        }
        else
        {
            stream.FillUnitVector(v);
        }

        Orthogonalise(v, k);
        Kernels.Vectors.Scale(1 / Kernels.Vectors.Length(v), v);
        Orthogonalise(v, k);
        Kernels.Vectors.Scale(1 / Kernels.Vectors.Length(v), v);
    }

    // Twice is enough (Kahan, Parlett).
    private void Orthogonalise(double[] v, int count)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            Deflate(v);
            for (int k = count - 1; k >= 0; k--)
            {
                Kernels.Vectors.Add(-Kernels.Vectors.Dot(basis[k], v), basis[k], v);
            }
        }
    }

    private void Deflate(double[] v)
    {
        foreach (double[] d in deflated)
        {
            Kernels.Vectors.Add(-Kernels.Vectors.Dot(d, v), d, v);
        }
    }
}
