// Value, gradient, Hessian products and Hessian matrix of phase retrieval at finite N.
using System;
using System.Runtime.InteropServices;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Threads;

namespace Thalweg.Problems;

/// <summary>ℓ = (1/N) Σ l(h_μ,y_μ), gradient (1/N) Σ l' x_μ, Hessian (1/N) Σ f x_μ x_μ^T with h_μ = x_μ·σ.</summary>
/// <remarks>A call reads every measurement once and costs 4 N M operations, 6 N M for a product at a new point; the matrix costs N² M. Measurements are added in eight parts of fixed borders, and these in order, so that bits do not depend on threads.</remarks>
public sealed class PhaseRetrievalLandscape : ILandscape, IHessianMatrix
{
    private const int Parts = 8, Block = 32;
    private readonly PhaseRetrievalInstance instance;
    private readonly ThreadTeam? team;
    private readonly double[] point, direction, curvaturesAt, curvatures, values;
    private readonly double[][] sums;
    private readonly Action<int> gradientPart, productPart, rowsPart;
    private bool hasCurvatures;
    private double[] matrix = [];

    internal PhaseRetrievalLandscape(PhaseRetrievalInstance instance, ThreadTeam? team)
    {
        (this.instance, this.team) = (instance, team);
        int n = instance.Dimension;
        (point, direction, curvaturesAt, curvatures, values, sums) = (new double[n], new double[n], new double[n], new double[instance.Measurements], new double[Parts], new double[Parts][]);
        for (int part = 0; part < Parts; part++)
        {
            sums[part] = new double[n];
        }

        (gradientPart, productPart, rowsPart) = (GradientPart, ProductPart, RowsPart);
    }

    /// <inheritdoc/>
    public int Dimension => instance.Dimension;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Signal => instance.Signal;

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        point.CopyTo(this.point);
        Share(gradientPart);
        AddUp(gradient);
        double value = 0;
        foreach (double part in values)
        {
            value += part;
        }

        return value / Dimension;
    }

    /// <inheritdoc/>
    public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
    {
        MoveTo(point);
        direction.CopyTo(this.direction);
        Share(productPart);
        hasCurvatures = true;
        AddUp(product);
    }

    /// <inheritdoc/>
    /// <remarks>Keeps N² numbers for the next call.</remarks>
    public void Hessian(ReadOnlySpan<double> point, Span<double> hessian)
    {
        int n = Dimension;
        MoveTo(point);
        if (!hasCurvatures)
        {
            Array.Clear(direction);
            Share(productPart);
            hasCurvatures = true;
        }

        matrix = matrix.Length == 0 ? new double[n * n] : matrix;
        Array.Clear(matrix);
        Share(rowsPart);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                hessian[i * n + j] = hessian[j * n + i] = matrix[i * n + j] / n;
            }
        }
    }

    private void MoveTo(ReadOnlySpan<double> to)
    {
        hasCurvatures = hasCurvatures && to.SequenceEqual(curvaturesAt);
        to.CopyTo(curvaturesAt);
    }

    private void Share(Action<int> part)
    {
        if (team is not null)
        {
            team.For(Parts, part);
            return;
        }

        for (int k = 0; k < Parts; k++)
        {
            part(k);
        }
    }

    private void AddUp(Span<double> result)
    {
        sums[0].CopyTo(result);
        for (int part = 1; part < Parts; part++)
        {
            Vectors.Add(1, sums[part], result);
        }

        Vectors.Scale(1.0 / Dimension, result);
    }

    private int First(int part) => (int)((long)instance.Measurements * part / Parts);

    private void GradientPart(int part)
    {
        double[] sum = sums[part];
        Array.Clear(sum);
        double value = 0;
        for (int row = First(part); row < First(part + 1); row++)
        {
            double[] x = instance.Inputs[row];
            double h = Vectors.Dot(x, point), y = instance.Targets[row];
            value += instance.Model.Loss(h, y);
            Vectors.Add(instance.Model.Slope(h, y), x, sum);
        }

        values[part] = value;
    }

    private void ProductPart(int part)
    {
        double[] sum = sums[part];
        Array.Clear(sum);
        for (int row = First(part); row < First(part + 1); row++)
        {
            double[] x = instance.Inputs[row];
            if (!hasCurvatures)
            {
                curvatures[row] = instance.Model.Curvature(Vectors.Dot(x, curvaturesAt), instance.Targets[row]);
            }

            Vectors.Add(curvatures[row] * Vectors.Dot(x, direction), x, sum);
        }
    }

    // Rows part, part + Parts, ... of the lower triangle: measurements by blocks, so that a block stays near the processor while it meets every row.
    private void RowsPart(int part)
    {
        int n = Dimension, count = instance.Measurements;
        for (int first = 0; first < count; first += Block)
        {
            int last = Math.Min(count, first + Block);
            for (int i = part; i < n; i += Parts)
            {
                ref double target = ref matrix[i * n];
                for (int row = first; row < last; row++)
                {
                    double[] x = instance.Inputs[row];
                    AddKernel.To(ref target, ref MemoryMarshal.GetArrayDataReference(x), curvatures[row] * x[i], i + 1);
                }
            }
        }
    }
}
