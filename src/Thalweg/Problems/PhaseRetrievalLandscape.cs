// Value, gradient, Hessian products and Hessian matrix of phase retrieval at finite N.
using System;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Threads;

namespace Thalweg.Problems;

/// <summary>ℓ = (1/N) Σ l(h_μ,y_μ), gradient (1/N) Σ l' x_μ, Hessian (1/N) Σ f x_μ x_μ^T with h_μ = x_μ·σ.</summary>
/// <remarks>A call reads every measurement once and costs 4 N M operations, 6 N M for a product at a new point; the matrix costs N² M. Measurements are added in eight parts of fixed borders, and these in order, so that bits do not depend on threads.</remarks>
public sealed class PhaseRetrievalLandscape : ILandscape, IHessianMatrix
{
    private const int Parts = 8, Block = 128, ColumnsAtOnce = 256, RowsAtOnce = RankUpdateKernel.Rows;
    private readonly PhaseRetrievalInstance instance;
    private readonly ThreadTeam? team;
    private readonly double[] point, direction, curvaturesAt, curvatures, values;
    private readonly double[][] sums;
    private readonly Action<int> gradientPart, productPart, copyPart, rowsPart;
    private bool hasCurvatures;
    private int blockStart, blockLength;
    private double[] matrix = [], panel = [], weighted = [];

    internal PhaseRetrievalLandscape(PhaseRetrievalInstance instance, ThreadTeam? team)
    {
        (this.instance, this.team) = (instance, team);
        int n = instance.Dimension;
        (point, direction, curvaturesAt, curvatures, values, sums) = (new double[n], new double[n], new double[n], new double[instance.Measurements], new double[Parts], new double[Parts][]);
        for (int part = 0; part < Parts; part++)
        {
            sums[part] = new double[n];
        }

        (gradientPart, productPart, copyPart, rowsPart) = (GradientPart, ProductPart, CopyPart, RowsPart);
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
    /// <remarks>Keeps N² numbers for the next call, and two blocks of measurements.</remarks>
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

        if (matrix.Length == 0)
        {
            (matrix, panel, weighted) = (new double[n * n], new double[Block * n], new double[Block * n]);
        }

        Array.Clear(matrix);
        for (blockStart = 0; blockStart < instance.Measurements; blockStart += Block)
        {
            blockLength = Math.Min(Block, instance.Measurements - blockStart);
            Share(copyPart);
            Share(rowsPart);
        }

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

    // A block of measurements without gaps: as it is, and with its curvatures, by coordinates.
    private void CopyPart(int part)
    {
        int n = Dimension;
        for (int k = part; k < blockLength; k += Parts)
        {
            double[] x = instance.Inputs[blockStart + k];
            double curvature = curvatures[blockStart + k];
            x.CopyTo(panel, k * n);
            for (int i = 0; i < n; i++)
            {
                weighted[i * blockLength + k] = curvature * x[i];
            }
        }
    }

    // Groups of rows part, part + Parts, ... of the lower triangle: columns by blocks that stay near the processor while they meet every row.
    private void RowsPart(int part)
    {
        int n = Dimension;
        for (int columns = 0; columns < n; columns += ColumnsAtOnce)
        {
            for (int i = RowsAtOnce * part; i < n; i += RowsAtOnce * Parts)
            {
                int rows = Math.Min(RowsAtOnce, n - i), count = Math.Min(columns + ColumnsAtOnce, i + rows) - columns;
                if (count <= 0)
                {
                    continue;
                }

                if (rows == RowsAtOnce)
                {
                    RankUpdateKernel.Four(matrix.AsSpan(i * n + columns), n, weighted.AsSpan(i * blockLength, rows * blockLength), panel.AsSpan(columns), n, blockLength, count);
                    continue;
                }

                for (int r = 0; r < rows; r++)
                {
                    for (int k = 0; k < blockLength; k++)
                    {
                        Vectors.Add(weighted[(i + r) * blockLength + k], panel.AsSpan(k * n + columns, count), matrix.AsSpan((i + r) * n + columns, count));
                    }
                }
            }
        }
    }
}
