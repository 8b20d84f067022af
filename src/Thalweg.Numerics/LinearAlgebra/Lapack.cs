// Symmetric eigenvalues by the LAPACK of the machine, for those who ask for it: a second opinion on SymmetricEigen.
using System;
using System.Runtime.InteropServices;

namespace Thalweg.Numerics.LinearAlgebra;

/// <summary>LAPACK's dsyevd (Householder tridiagonalisation, then divide and conquer), from OpenBLAS or else from the reference library.</summary>
/// <remarks>Never used unless asked for: its bits depend on the library, its version and its threads. It is looked up by name when the program runs, with indices of 32 bits, as Linux distributions build it.</remarks>
public sealed unsafe class Lapack
{
    /// <summary>The libraries that are tried, in this order.</summary>
    public const string Libraries = "libopenblas.so.0, liblapack.so.3";

    // Fortran passes everything by address, and the length of each text by value at the end.
    private readonly delegate* unmanaged[Cdecl]<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, nuint, nuint, void> decompose;

    private static readonly Lazy<Lapack?> Found = new(() => Find(Libraries));

    private Lapack(nint decompose, string name)
    {
        this.decompose = (delegate* unmanaged[Cdecl]<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, nuint, nuint, void>)decompose;
        Name = name;
    }

    /// <summary>The library with its version of LAPACK: "libopenblas.so.0 (LAPACK 3.11.0)".</summary>
    public string Name { get; }

    /// <summary>The LAPACK of this machine; null when none of <see cref="Libraries"/> is there.</summary>
    public static Lapack? Find() => Found.Value;

    /// <summary>Decomposes a copy of a symmetric matrix, as <see cref="SymmetricEigen.Of"/> does.</summary>
    /// <param name="matrix">[i, j] row-major, n × n, finite; only the lower triangle is read, nothing is changed.</param>
    /// <param name="n">Its order, at least 1.</param>
    /// <param name="wantVectors">Whether eigenvectors are computed too.</param>
    /// <exception cref="ArgumentException">The shape is wrong or an entry is not finite.</exception>
    /// <exception cref="InvalidOperationException">The library reports a failure.</exception>
    public SymmetricEigen Decompose(ReadOnlySpan<double> matrix, int n, bool wantVectors = false)
    {
        SymmetricEigen.Check(matrix, n);

        // Row-major below the diagonal is column-major above it; the vectors come as columns, which are rows of ours.
        double[] a = matrix.ToArray(), values = new double[n];
        double length = 0;
        int size = 0;
        fixed (double* entries = a, eigenvalues = values)
        {
            Call(entries, eigenvalues, &length, -1, &size, -1);
            double[] work = new double[Math.Max(1, (int)length)];
            int[] integers = new int[Math.Max(1, size)];
            fixed (double* space = work)
            fixed (int* whole = integers)
            {
                Call(entries, eigenvalues, space, work.Length, whole, integers.Length);
            }
        }

        return new(values, wantVectors ? a : null, n);

        void Call(double* entries, double* eigenvalues, double* work, int workLength, int* integers, int integersLength)
        {
            byte job = (byte)(wantVectors ? 'V' : 'N'), triangle = (byte)'U';
            int order = n, failure = 0;
            decompose(&job, &triangle, &order, entries, &order, eigenvalues, work, &workLength, integers, &integersLength, &failure, 1, 1);
            if (failure != 0)
            {
                throw new InvalidOperationException($"dsyevd of {Name} failed on a matrix of order {n}: info = {failure}");
            }
        }
    }

    /// <summary>The first of some libraries that is there and holds what is needed; null when none does.</summary>
    /// <param name="libraries">Their names, with ", " between them.</param>
    /// <returns>A new object each time; <see cref="Find()"/> looks once.</returns>
    public static Lapack? Find(string libraries)
    {
        ArgumentNullException.ThrowIfNull(libraries);
        foreach (string library in libraries.Split(", "))
        {
            if (NativeLibrary.TryLoad(library, out nint handle) && NativeLibrary.TryGetExport(handle, "dsyevd_", out nint decompose))
            {
                return new(decompose, library + VersionOf(handle));
            }
        }

        return null;
    }

    private static string VersionOf(nint handle)
    {
        if (!NativeLibrary.TryGetExport(handle, "ilaver_", out nint export))
        {
            return string.Empty;
        }

        int major = 0, minor = 0, patch = 0;
        ((delegate* unmanaged[Cdecl]<int*, int*, int*, void>)export)(&major, &minor, &patch);
        return $" (LAPACK {major}.{minor}.{patch})";
    }
}
