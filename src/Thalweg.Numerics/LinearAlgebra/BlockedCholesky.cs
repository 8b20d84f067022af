// Cholesky's factorisation of a dense positive matrix, in blocks, on several threads; the same bits for any number of them.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Threads;

namespace Thalweg.Numerics.LinearAlgebra;

/// <summary>A = L L^T in the lower triangle of A itself; n³/3 operations a factorisation, 2n² a solve.</summary>
/// <remarks>Right-looking with blocks of 64 columns. Each entry sees the same operations in the same order whatever the threads, so results do not depend on them. A matrix that is not positive is found out at the pivot that says so.</remarks>
public sealed class BlockedCholesky
{
    private const int Block = 64, ColumnsAtOnce = 512, RowsAtOnce = RankUpdateKernel.Rows;
    private readonly double[] a, panel;
    private readonly double[][] negated;
    private readonly int n, parts;
    private readonly ThreadTeam? team;
    private readonly Action<int> solvePart, updatePart;
    private int start, end;

    private BlockedCholesky(double[] matrix, int n, ThreadTeam? team)
    {
        (a, this.n, this.team, parts) = (matrix, n, team, team is { Threads: > 1 } ? 4 * team.Threads : 1);
        (panel, negated, solvePart, updatePart) = (new double[Block * n], new double[parts][], SolvePart, UpdatePart);
        for (int part = 0; part < parts; part++)
        {
            negated[part] = new double[RowsAtOnce * Block];
        }
    }

    /// <summary>Factorises in memory of the caller.</summary>
    /// <param name="matrix">[i, j] row-major, n × n; its lower triangle is read and overwritten by L, what stands above the diagonal is lost. It must stay as it is while the result is used.</param>
    /// <param name="n">Its order, at least 1.</param>
    /// <param name="team">Threads that share the work; null for this one alone.</param>
    /// <returns>Null where the matrix is not positive, or an entry is no number.</returns>
    public static BlockedCholesky? InPlace(double[] matrix, int n, ThreadTeam? team = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (n < 1 || matrix.Length != n * n)
        {
            throw new ArgumentException($"{matrix.Length} entries are no {n} by {n} matrix", nameof(matrix));
        }

        var factor = new BlockedCholesky(matrix, n, team);
        return factor.Factorise() ? factor : null;
    }

    /// <summary>Solves A x = b in place.</summary>
    /// <param name="b">[i], n entries, overwritten by the solution.</param>
    public void Solve(Span<double> b)
    {
        for (int i = 0; i < n; i++)
        {
            b[i] = (b[i] - Vectors.Dot(a.AsSpan(i * n, i), b[..i])) / a[i * n + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            b[i] /= a[i * n + i];
            Vectors.Add(-b[i], a.AsSpan(i * n, i), b[..i]);
        }
    }

    private bool Factorise()
    {
        for (start = 0; start < n; start = end)
        {
            end = Math.Min(start + Block, n);
            for (int i = start; i < end; i++)
            {
                SolveRow(i, i);
                double pivot = a[i * n + i] - Vectors.Dot(a.AsSpan(i * n + start, i - start), a.AsSpan(i * n + start, i - start));
                if (!(pivot > 0 && double.IsFinite(pivot)))
                {
                    return false;
                }

                a[i * n + i] = Math.Sqrt(pivot);
            }

            Share(solvePart);
            Share(updatePart);
        }

        return true;
    }

    // L_ij for the columns of the block before one: (a_ij - Σ_k L_ik L_jk)/L_jj.
    private void SolveRow(int i, int before)
    {
        for (int j = start; j < before; j++)
        {
            a[i * n + j] = (a[i * n + j] - Vectors.Dot(a.AsSpan(i * n + start, j - start), a.AsSpan(j * n + start, j - start))) / a[j * n + j];
        }
    }

    private void Share(Action<int> call)
    {
        if (parts > 1 && n - end > Block)
        {
            team!.For(parts, call);
            return;
        }

        for (int part = 0; part < parts; part++)
        {
            call(part);
        }
    }

    // Rows below the block, in groups that go round the parts; what they become is kept transposed too.
    private void SolvePart(int part)
    {
        for (int first = end + RowsAtOnce * part; first < n; first += RowsAtOnce * parts)
        {
            for (int i = first; i < Math.Min(n, first + RowsAtOnce); i++)
            {
                SolveRow(i, end);
                for (int k = start; k < end; k++)
                {
                    panel[(k - start) * n + i] = a[i * n + k];
                }
            }
        }
    }

    // a_ij -= Σ_k L_ik L_jk for the rows below, up to the diagonal and the few entries beside it that a group of rows takes along.
    private void UpdatePart(int part)
    {
        int depth = end - start;
        double[] left = negated[part];
        for (int block = end; block < n; block += ColumnsAtOnce)
        {
            int skipped = (block - end) / RowsAtOnce / parts * parts;
            for (int first = end + RowsAtOnce * (skipped + part); first < n; first += RowsAtOnce * parts)
            {
                int rows = Math.Min(RowsAtOnce, n - first), columns = Math.Min(Math.Min(block + ColumnsAtOnce, n), first + rows) - block;
                if (columns <= 0)
                {
                    continue;
                }

                for (int r = 0; r < rows; r++)
                {
                    for (int k = 0; k < depth; k++)
                    {
                        left[r * depth + k] = -a[(first + r) * n + start + k];
                    }
                }

                if (rows == RowsAtOnce)
                {
                    RankUpdateKernel.Four(a.AsSpan(first * n + block), n, left, panel.AsSpan(block), n, depth, columns);
                    continue;
                }

                for (int r = 0; r < rows; r++)
                {
                    for (int j = block; j < block + columns; j++)
                    {
                        double sum = a[(first + r) * n + j];
                        for (int k = 0; k < depth; k++)
                        {
                            sum = Math.FusedMultiplyAdd(left[r * depth + k], panel[k * n + j], sum);
                        }

                        a[(first + r) * n + j] = sum;
                    }
                }
            }
        }
    }
}
