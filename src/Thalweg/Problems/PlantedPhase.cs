// Phase retrieval as a problem: a drawn instance on the sphere, with the signal as the known minimum.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Problems;

/// <summary>
/// ℓ = (1/N) Σ (h² - y²)²/(a + y²) over S measurements, h = x·σ and y = x·σ*. Both σ* and -σ* have the value 0, the lowest there is; there the Hessian is (1/N) Σ 8y²/(a + y²) x x^T between the directions orthogonal to σ*, positive for as many measurements in general position.
/// </summary>
public sealed class PlantedPhase : Problem
{
    /// <summary>Its name in the catalog.</summary>
    public const string Name = "phase-retrieval";

    private readonly PhaseRetrievalInstance instance;
    private readonly Lazy<IReadOnlyList<KnownPoint>> known;

    /// <summary>Draws an instance.</summary>
    /// <param name="dimension">N ≥ 2.</param>
    /// <param name="samples">S ≥ 1.</param>
    /// <param name="normalisation">a.</param>
    /// <param name="seed">Names the instance.</param>
    public PlantedPhase(int dimension, int samples, double normalisation, ulong seed)
    {
        (Manifold, instance) = (new UnitSphere(dimension), PhaseRetrievalInstance.Draw(new(normalisation), (double)samples / dimension, dimension, seed, 0));
        known = new(() => [At("signal", 1), At("opposite", -1)]);
    }

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override double? GlobalValue => 0;

    /// <inheritdoc/>
    /// <remarks>Their spectra are eigenvalues of the formula's matrix: S N² operations when they are first asked for.</remarks>
    public override IReadOnlyList<KnownPoint> KnownPoints => known.Value;

    /// <inheritdoc/>
    public override ILandscape Open() => instance.Open();

    // In the basis of the tangent space that a reflection of e_1 to ∓σ* gives.
    private KnownPoint At(string name, int sign)
    {
        int n = instance.Dimension;
        double[] signal = instance.Signal.ToArray(), u = [.. signal], matrix = new double[(n - 1) * (n - 1)], row = new double[n];
        u[0] += u[0] >= 0 ? 1 : -1;
        double scale = 2 / Vectors.Dot(u, u);
        for (int μ = 0; μ < instance.Measurements; μ++)
        {
            instance.Inputs[μ].CopyTo(row, 0);
            double y = instance.Targets[μ], weight = 8 * y * y / (instance.Model.Normalisation + y * y) / n;
            Vectors.Add(-scale * Vectors.Dot(u, row), u, row);
            for (int i = 1; i < n; i++)
            {
                Vectors.Add(weight * row[i], row.AsSpan(1, i), matrix.AsSpan((i - 1) * (n - 1), i));
            }
        }

        return new(name, [.. signal.Select(x => sign * x)], 0, SymmetricEigen.Of(matrix, n - 1).Values.ToArray());
    }
}
