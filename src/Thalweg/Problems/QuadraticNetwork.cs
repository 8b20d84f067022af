// f = (1/4n) Σ (x^T W^T W x - y)²: a network with one layer of squares, taught by another.
using System;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Problems.Factorization;

namespace Thalweg.Problems;

/// <summary>
/// W of k × d, row-major; n standard normal inputs x, labels of a teacher of r units with entries of variance 1/d. All local minima are global for k ≥ d (Soltanolkotabi, Javanmard, Lee 2017; Du and Lee 2018).
/// </summary>
/// <remarks>Gradient (1/n) W Σ e_i x_i x_i^T, product (1/n)(D Σ e_i x_i x_i^T + W Σ ė_i x_i x_i^T), ė_i = 2⟨W x_i,D x_i⟩. Each costs some 4 n k d operations.</remarks>
public sealed class QuadraticNetwork : Problem
{
    private readonly double[] inputs, labels, teacher;
    private readonly int d, k, teacherUnits;

    /// <summary>A teacher and its data.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="units">k of the student.</param>
    /// <param name="teacherUnits">r of the teacher.</param>
    /// <param name="samples">n.</param>
    /// <param name="seed">Names data and teacher.</param>
    public QuadraticNetwork(int dimension, int units, int teacherUnits, int samples, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(teacherUnits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (d, k, this.teacherUnits, inputs, labels, Manifold) = (dimension, units, teacherUnits, new double[samples * dimension], new double[samples], new EuclideanSpace(units * dimension));
        teacher = new double[teacherUnits * dimension];
        new PhiloxStream(seed, StreamPurpose.Signal).FillNormal(teacher);
        Vectors.Scale(1 / Math.Sqrt(dimension), teacher);
        new PhiloxStream(seed, StreamPurpose.Data).FillNormal(inputs);
        for (int i = 0; i < samples; i++)
        {
            for (int unit = 0; unit < teacherUnits; unit++)
            {
                double response = Vectors.Dot(teacher.AsSpan(unit * d, d), inputs.AsSpan(i * d, d));
                labels[i] += response * response;
            }
        }
    }

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    /// <remarks>The teacher's, when the student has as many units.</remarks>
    public override double? GlobalValue => 0;

    /// <inheritdoc/>
    /// <remarks>W and O W are one function.</remarks>
    public override double[][] Idle(ReadOnlySpan<double> point) => ColumnRotations.Of(point, k, Whole);

    /// <inheritdoc/>
    /// <remarks>The cosine of W^T W and that of the teacher.</remarks>
    public override double? Recovery(ReadOnlySpan<double> point) => FactorOverlap.Cosine(point, k, teacher, teacherUnits, Whole, Whole);

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape(inputs, labels, d, k);

    private FactorPlace Whole => new(0, d, 1, d);

    private sealed class Landscape(double[] inputs, double[] labels, int d, int k) : ILandscape
    {
        private readonly double[] hidden = new double[k], rate = new double[k];

        public int Dimension => k * d;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient.Clear();
            double value = 0;
            for (int i = 0; i < labels.Length; i++)
            {
                var x = inputs.AsSpan(i * d, d);
                double error = Error(point, i);
                value += error * error;
                for (int unit = 0; unit < k; unit++)
                {
                    Vectors.Add(error * hidden[unit] / labels.Length, x, gradient.Slice(unit * d, d));
                }
            }

            return 0.25 * value / labels.Length;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            product.Clear();
            for (int i = 0; i < labels.Length; i++)
            {
                var x = inputs.AsSpan(i * d, d);
                double error = Error(point, i), moves = 0;
                for (int unit = 0; unit < k; unit++)
                {
                    rate[unit] = Vectors.Dot(direction.Slice(unit * d, d), x);
                    moves += 2 * rate[unit] * hidden[unit];
                }

                for (int unit = 0; unit < k; unit++)
                {
                    Vectors.Add((error * rate[unit] + moves * hidden[unit]) / labels.Length, x, product.Slice(unit * d, d));
                }
            }
        }

        // e_i, with W x_i.
        private double Error(ReadOnlySpan<double> point, int i)
        {
            double output = 0;
            for (int unit = 0; unit < k; unit++)
            {
                hidden[unit] = Vectors.Dot(point.Slice(unit * d, d), inputs.AsSpan(i * d, d));
                output += hidden[unit] * hidden[unit];
            }

            return output - labels[i];
        }
    }
}
